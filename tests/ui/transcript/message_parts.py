"""Messages with files, thoughts and sources, and pictures to show in them."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QColor, QImage, QImageWriter

from gigadesk.chat import ChatFile, FileId, FileKind, FileState, Source
from gigadesk.ui.transcript import MessageView, Transcript
from gigadesk.ui.transcript.layout.file_boxes import Slot
from gigadesk.ui.transcript.messages.chrome import ChromeBox
from tests.ui.transcript.transcript_support import CHAT

TAG = '<img src="5e9f7d1c-0000-4444-8888-1234567890ab" fuse="true"/>'
RED = "#c03020"


def paint_file(folder: Path, name: str = "cat.png", width: int = 60, height: int = 40, color: str = RED) -> str:
    path = str(folder / name)
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(color))
    writer = QImageWriter(path, QByteArray(name.rpartition(".")[2].encode()))
    assert writer.write(image)
    return path


def chat_file(number: int, name: str, kind: FileKind = FileKind.IMAGE, state: FileState = FileState.READY, **extra):
    extra.setdefault("is_generated", True)
    return ChatFile(FileId(number), CHAT, name, kind, "image/png", 4321, state, **extra)


def with_files(view: MessageView, *files: ChatFile, **paths: str) -> MessageView:
    """The message with files; `p7="/x"` is the path of file 7."""
    known = {FileId(int(name[1:])): path for name, path in paths.items()}
    return replace(view, message=replace(view.message, files=files), paths=known)


def with_message(view: MessageView, **changes: object) -> MessageView:
    return replace(view, message=replace(view.message, **changes))


def sources(count: int) -> tuple[Source, ...]:
    return tuple(
        Source(number, f"https://site{number}.example/page", f"Page {number}") for number in range(1, count + 1)
    )


def marks(transcript: Transcript, message: int) -> list[str]:
    """All that stands around the text of a message."""
    item = transcript.rows.open(message)
    return [mark.text for row in (0, item.row_count - 1) for mark in item.box(row).marks]


def slots(transcript: Transcript, message: int) -> list[Slot]:
    box = transcript.rows.open(message).box(transcript.rows.items[message].row_count - 1)
    assert isinstance(box, ChromeBox)
    return box.slots


def body(transcript: Transcript, message: int) -> list[str]:
    """The texts of the blocks, thoughts included."""
    item = transcript.rows.open(message)
    return [part.text for row in range(1, len(item.blocks) + 1) for part in item.box(row).parts]
