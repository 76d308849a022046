"""Which files the service takes, and what a file is: by the ending of its name and by its first bytes. Pure.

Source: https://developers.sber.ru/docs/ru/gigachat/api/reference/rest/post-file
"""

import codecs
import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePath

from gigadesk.chat import FileKind
from gigadesk.limits import (
    AUDIO_FILE_MAX_BYTES,
    DOWNLOAD_MAX_BYTES,
    FILE_NAME_MAX_CHARS,
    IMAGE_FILE_MAX_BYTES,
    TEXT_FILE_MAX_BYTES,
)
from gigadesk.text import clean

HEAD_BYTES = 4096
"""So much of the beginning of a file is enough to tell what it is."""


@dataclass(frozen=True, slots=True)
class FileType:
    """How a file is declared when it is uploaded, and how large it may be."""

    kind: FileKind
    mime: str

    @property
    def max_bytes(self) -> int:
        return _MAX_BYTES.get(self.kind, DOWNLOAD_MAX_BYTES)


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


def type_of_content(head: bytes) -> FileType:
    """What a file is by its first bytes, at most `HEAD_BYTES` of them, whatever its name says.

    Documents that are archives (docx, xlsx, epub, ...) are `OTHER` here: only their names tell them apart.
    """
    for pattern, found in _CONTENTS:
        if pattern.match(head):
            return found
    if not _is_text(head):
        return FileType(FileKind.OTHER, "application/octet-stream")
    is_json = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in {b"{", b"["}
    return FileType(FileKind.TEXT, "application/json" if is_json else "text/plain")


def clean_file_name(name: str) -> str:
    """A name fit to be shown, sent and saved: without folders, control and invisible characters, and not too long.

    The ending survives the shortening. Never empty, never `.` or `..`.
    """
    # macOS gives "й" as two characters.
    name = re.split(r"[/\\]", unicodedata.normalize("NFC", clean(name)))[-1]
    kept = "".join(" " if character.isspace() else character for character in name if _is_visible(character))
    kept = " ".join(kept.split())
    if len(kept) > FILE_NAME_MAX_CHARS:
        ending = PurePath(kept).suffix[:_ENDING_MAX_CHARS]
        kept = kept[: FILE_NAME_MAX_CHARS - len(ending)].rstrip() + ending
    return kept if kept.strip(" .") else "file"


_ENDING_MAX_CHARS = 16


def _is_visible(character: str) -> bool:
    # Cc: controls; Cf: marks that turn text around or hide it; Cs: halves of characters; Co, Cn: nobody's letters.
    return character.isspace() or not unicodedata.category(character).startswith("C")


def _is_text(head: bytes) -> bool:
    if any(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in head):
        return False
    try:
        # Not final: the head may end within a character.
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return True


_CONTENTS = [
    (re.compile(pattern, re.DOTALL), FileType(kind, mime))
    for pattern, kind, mime in (
        (rb"\xff\xd8\xff", FileKind.IMAGE, "image/jpeg"),
        (rb"\x89PNG\r\n\x1a\n", FileKind.IMAGE, "image/png"),
        (rb"GIF8[79]a", FileKind.IMAGE, "image/gif"),
        (rb"RIFF....WEBP", FileKind.IMAGE, "image/webp"),
        (rb"II\*\x00|MM\x00\*", FileKind.IMAGE, "image/tiff"),
        (rb"BM....\x00\x00\x00\x00", FileKind.IMAGE, "image/bmp"),
        (rb"Kaydara FBX Binary  \x00", FileKind.MODEL_3D, "model/fbx"),
        (rb"; FBX \d", FileKind.MODEL_3D, "model/fbx"),
        (rb"glTF[\x01\x02]\x00\x00\x00", FileKind.MODEL_3D, "model/gltf-binary"),
        (rb"%PDF-", FileKind.TEXT, "application/pdf"),
        (rb"PK\x03\x04", FileKind.OTHER, "application/zip"),
        (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", FileKind.OTHER, "application/x-ole-storage"),
        (rb"RIFF....WAVE", FileKind.AUDIO, "audio/x-wav"),
        (rb"ID3[\x02-\x04]|\xff[\xe2\xe3\xf2\xf3\xfa\xfb]", FileKind.AUDIO, "audio/mp3"),
        (rb"OggS\x00", FileKind.AUDIO, "audio/x-ogg"),
        (rb"....ftypM4A", FileKind.AUDIO, "audio/x-m4a"),
        (rb"....ftyp", FileKind.AUDIO, "audio/mp4"),
        (rb"\x1aE\xdf\xa3", FileKind.AUDIO, "audio/webm"),
    )
]
