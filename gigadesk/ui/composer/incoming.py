"""What is in a drop or on the clipboard, as far as a message can use it: files, a picture, plain text.

Rich text is never read: it may name local files, which Qt would open. Addresses of other computers are not fetched.
"""

import re
from pathlib import Path

from PySide6.QtCore import QBuffer, QMimeData
from PySide6.QtGui import QImage

FILES_MAX = 20
"""A message takes far fewer; more at once is a slip of the hand."""
_ENCODED = ("image/png", "image/jpeg", "image/bmp")
"""Taken as they are: nothing has to be decoded here."""
_ADDRESS = re.compile(r"(https?://|data:image/|file:)\S*")
_FAST_PNG = 80
"""Qt's `quality`: little compression, since a large screenshot must not hold up the window."""


def local_files(data: QMimeData) -> tuple[Path, ...]:
    """Files (and whatever else has a path) on this computer."""
    return tuple(Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile())[:FILES_MAX]


def has_text(data: QMimeData) -> bool:
    return data.hasFormat("text/plain")


def has_picture(data: QMimeData) -> bool:
    """A picture that is meant as one.

    Table programs put a picture of the cells beside their text; browsers put the address of a picture beside it.
    """
    is_there = data.hasImage() or any(map(data.hasFormat, _ENCODED))
    return is_there and (not has_text(data) or bool(_ADDRESS.fullmatch(data.text().strip())))


def is_attachable(data: QMimeData) -> bool:
    return bool(local_files(data)) or has_picture(data)


def picture(data: QMimeData) -> bytes:
    """The picture as a PNG, JPEG or BMP; empty when there is none after all."""
    for kind in _ENCODED:
        content = bytes(data.data(kind).data()) if data.hasFormat(kind) else b""
        if content:
            return content
    image = data.imageData()
    return _as_png(image) if isinstance(image, QImage) and not image.isNull() else b""


def _as_png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG", _FAST_PNG)  # type: ignore[call-overload]  # the stubs want bytes, the program text
    return bytes(buffer.data().data())
