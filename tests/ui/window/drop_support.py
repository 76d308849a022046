"""Drags and drops as Qt delivers them, and files to attach."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from gigadesk.chat import ChatFile, ChatId, FileId, FileKind, FileState

ACTIONS = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
BUTTON, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def mime(*, files: tuple[Path, ...] = (), text: str = "", image: object = None, **formats: bytes) -> QMimeData:
    """Data with local files, a text, a decoded picture, and raw formats such as `image_png=b"..."`."""
    data = QMimeData()
    if files:
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in files])
    if text:
        data.setText(text)
    if image is not None:
        data.setImageData(image)
    for name, content in formats.items():
        data.setData(name.replace("_", "/"), content)
    return data


def enter(target: QWidget, data: QMimeData, place: QPoint | None = None) -> QDragEnterEvent:
    """A drag comes over a widget; Qt asks its parents when it does not want it."""
    event = QDragEnterEvent(place or target.rect().center(), ACTIONS, data, BUTTON, NONE)
    QApplication.sendEvent(target, event)
    return event


def move(target: QWidget, data: QMimeData) -> QDragMoveEvent:
    event = QDragMoveEvent(target.rect().center(), ACTIONS, data, BUTTON, NONE)
    QApplication.sendEvent(target, event)
    return event


def reach(target: QWidget, overlay: Callable[[], QWidget], data: QMimeData) -> QDragEnterEvent:
    """A drag comes over a widget, something appears over it, and Qt tells both."""
    event = enter(target, data)
    leave(target)
    enter(overlay(), data)
    return event


def leave(target: QWidget) -> None:
    QApplication.sendEvent(target, QDragLeaveEvent())


def drop(target: QWidget, data: QMimeData) -> QDropEvent:
    """Let go; the other program proposes to move, as file managers do."""
    event = QDropEvent(QPointF(target.rect().center()), ACTIONS, data, BUTTON, NONE)
    event.setDropAction(Qt.DropAction.MoveAction)
    QApplication.sendEvent(target, event)
    return event


def chat_file(number: int = 1, name: str = "", **changes: object) -> ChatFile:
    """A file of a draft; a picture that has gone up unless `changes` say otherwise."""
    values = {"kind": FileKind.IMAGE, "mime": "image/png", "size_bytes": 1_258_291, "state": FileState.READY, **changes}
    return ChatFile(FileId(number), ChatId(1), name or f"file {number}.png", **values)  # type: ignore[arg-type]
