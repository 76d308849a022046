"""Which files the service takes: kinds, types and sizes, by the ending of the name. Pure.

Source: https://developers.sber.ru/docs/ru/gigachat/api/reference/rest/post-file
"""

from dataclasses import dataclass
from pathlib import PurePath

from gigadesk.chat import FileKind
from gigadesk.limits import AUDIO_FILE_MAX_BYTES, IMAGE_FILE_MAX_BYTES, TEXT_FILE_MAX_BYTES


@dataclass(frozen=True, slots=True)
class FileType:
    """How a file is declared when it is uploaded, and how large it may be."""

    kind: FileKind
    mime: str

    @property
    def max_bytes(self) -> int:
        return _MAX_BYTES[self.kind]


_MAX_BYTES = {
    FileKind.TEXT: TEXT_FILE_MAX_BYTES,
    FileKind.IMAGE: IMAGE_FILE_MAX_BYTES,
    FileKind.AUDIO: AUDIO_FILE_MAX_BYTES,
}

FILE_TYPES: dict[str, FileType] = {
    "txt": FileType(FileKind.TEXT, "text/plain"),
    "doc": FileType(FileKind.TEXT, "application/msword"),
    "docx": FileType(FileKind.TEXT, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "pdf": FileType(FileKind.TEXT, "application/pdf"),
    "epub": FileType(FileKind.TEXT, "application/epub"),
    "ppt": FileType(FileKind.TEXT, "application/ppt"),
    "pptx": FileType(FileKind.TEXT, "application/pptx"),
    "xlsx": FileType(FileKind.TEXT, "application/vnd.ms-excel"),
    "jpg": FileType(FileKind.IMAGE, "image/jpeg"),
    "jpeg": FileType(FileKind.IMAGE, "image/jpeg"),
    "png": FileType(FileKind.IMAGE, "image/png"),
    "tif": FileType(FileKind.IMAGE, "image/tiff"),
    "tiff": FileType(FileKind.IMAGE, "image/tiff"),
    "bmp": FileType(FileKind.IMAGE, "image/bmp"),
    "mp4": FileType(FileKind.AUDIO, "audio/mp4"),
    "mp3": FileType(FileKind.AUDIO, "audio/mp3"),
    "m4a": FileType(FileKind.AUDIO, "audio/x-m4a"),
    "wav": FileType(FileKind.AUDIO, "audio/x-wav"),
    "weba": FileType(FileKind.AUDIO, "audio/webm"),
    "ogg": FileType(FileKind.AUDIO, "audio/x-ogg"),
    "opus": FileType(FileKind.AUDIO, "audio/opus"),
}
"""By ending, in lower case. Plain text under other endings is sent as `txt`: see `attachments`."""


def file_type_of(name: str) -> FileType | None:
    """How the service takes a file of this name; None when it does not."""
    return FILE_TYPES.get(PurePath(name).suffix.lower().removeprefix("."))
