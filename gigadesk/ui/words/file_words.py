"""Words about a file that are the same wherever it is shown: how large it is, and of what kind."""

from typing import assert_never

from PySide6.QtCore import QCoreApplication, QLocale

from gigadesk.chat import FileKind

_KB = 1024
_WHOLE_FROM = 10
"""From ten on, tenths say nothing any more."""


def size_text(size_bytes: int) -> str:
    """A size as people write it, such as `1.2 MB`; the unit counts by 1024, as the limits of the service do."""
    if size_bytes < _KB:
        return QCoreApplication.translate("Files", "{size} B").format(size=size_bytes)
    if size_bytes < _KB * _KB:
        return QCoreApplication.translate("Files", "{size} KB").format(size=_number(size_bytes / _KB))
    return QCoreApplication.translate("Files", "{size} MB").format(size=_number(size_bytes / _KB / _KB))


def kind_text(kind: FileKind) -> str:
    """What a file is, in one or two words."""
    match kind:
        case FileKind.IMAGE:
            return QCoreApplication.translate("Files", "Picture")
        case FileKind.TEXT:
            return QCoreApplication.translate("Files", "Document")
        case FileKind.AUDIO:
            return QCoreApplication.translate("Files", "Recording")
        case FileKind.MODEL_3D:
            return QCoreApplication.translate("Files", "3D model")
        case FileKind.OTHER:
            return QCoreApplication.translate("Files", "File")
        case _:
            assert_never(kind)


def kind_icon(kind: FileKind) -> str:
    """The name of the icon for a kind."""
    match kind:
        case FileKind.IMAGE:
            return "picture"
        case FileKind.TEXT:
            return "file-text"
        case FileKind.AUDIO:
            return "sound"
        case FileKind.MODEL_3D:
            return "cube"
        case FileKind.OTHER:
            return "file"
        case _:
            assert_never(kind)


def _number(value: float) -> str:
    return QLocale().toString(value, "f", 0 if value >= _WHOLE_FROM else 1)
