"""An export that is dropped on the list of chats is offered for import. On the page it would be attached."""

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from gigadesk.ui.composer import incoming
from gigadesk.ui.theme import LIGHT, Theme

ENDINGS = frozenset({".json", ".zip"})


class ImportDrop(QWidget):
    """Lies over a widget while a file is dragged there; hidden else.

    Signals: `file_dropped(object)`: the path of what may be an export.
    """

    file_dropped = Signal(object)

    def __init__(self, target: QWidget) -> None:
        super().__init__(target)
        self._target = target
        self._theme = LIGHT
        self.setAcceptDrops(True)
        target.setAcceptDrops(True)
        # A field of text would take the name of the file.
        for widget in (target, *target.findChildren(QLineEdit)):
            widget.installEventFilter(self)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def title_text(self) -> str:
        """What letting go will do."""
        return self.tr("Drop to import chats")

    def hint_text(self) -> str:
        """What it may be."""
        return self.tr("An export of GigaDesk, ChatGPT or Open WebUI")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002 - Qt's signature
        if event.type() != QEvent.Type.DragEnter or not isinstance(event, QDragEnterEvent):
            return False
        if _file(event.mimeData()) is None:
            return False
        self.setGeometry(self._target.rect())
        self.raise_()
        self.show()
        _accept(event)
        return True

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _file(event.mimeData()) is not None:
            _accept(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        _accept(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.hide()
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self.hide()
        _accept(event)
        path = _file(event.mimeData())
        if path is not None:
            self.file_dropped.emit(path)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        # A press comes only when no drag is going on: some platforms do not tell the end of every one.
        self.hide()
        super().mousePressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        from gigadesk.ui.widgets.drop_overlay import paint_drop_place  # the window need not wait for it

        paint_drop_place(self, self._theme, "arrow-down", self.title_text(), self.hint_text())


def _accept(event: QDropEvent) -> None:
    """As a copy, whatever is proposed: a file manager would delete what was moved."""
    event.setDropAction(Qt.DropAction.CopyAction)
    event.accept()


def _file(data: QMimeData) -> Path | None:
    """The one file that is dragged, if it may be an export; what it is, its contents decide."""
    files = incoming.local_files(data)
    return files[0] if len(files) == 1 and files[0].suffix.lower() in ENDINGS else None
