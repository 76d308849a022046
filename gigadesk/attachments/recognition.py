"""What a file is, by its content first and its name second. Pure.

Only kinds that the service takes are told apart: see `gigachat/file_kinds.py`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from gigadesk.attachments.encodings import as_utf8
from gigadesk.attachments.picture_size import picture_size
from gigadesk.chat import FileKind
from gigadesk.errors import AttachmentCause, AttachmentError
from gigadesk.gigachat.file_kinds import FILE_TYPES, FileType
from gigadesk.limits import PICTURE_MAX_PIXELS

_HEAD_BYTES = 4096
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RICH_TEXT = b"{\\rtf"
"""Letters, but nothing that a person would call text. Other foreign kinds hold bytes that no text holds."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """A kind that the service takes, and the bytes to keep: text of old encodings comes as UTF-8."""

    type: FileType
    content: bytes


def recognise(name: str, content: bytes) -> Recognised:
    """What these bytes are.

    Raises:
        AttachmentError: `UNSUPPORTED`, `BAD_PICTURE`, or `TOO_LARGE` for what it turned out to be.
    """
    ending = _ending_of(name)
    named = FILE_TYPES.get(ending)
    found = _binary_ending(content, ending)
    if found is None:
        return _recognise_text(name, content, named)
    kind = FILE_TYPES.get(found)
    if kind is None:
        raise AttachmentError(AttachmentCause.UNSUPPORTED, name)
    if kind.kind is FileKind.IMAGE:
        _check_picture(name, content)
    return _measured(name, Recognised(kind, content))


def _recognise_text(name: str, content: bytes, named: FileType | None) -> Recognised:
    plain = FILE_TYPES["txt"]
    if named is not None and named.kind is FileKind.IMAGE:
        raise AttachmentError(AttachmentCause.BAD_PICTURE, name)
    text = as_utf8(content) if named in {None, plain} else None
    if text is None or not text.strip():
        cause = AttachmentCause.UNSUPPORTED if text is None else AttachmentCause.EMPTY
        raise AttachmentError(cause, name)
    return _measured(name, Recognised(plain, text))


def _check_picture(name: str, content: bytes) -> None:
    size = picture_size(content)
    if size is None or size[0] * size[1] > PICTURE_MAX_PIXELS:
        raise AttachmentError(AttachmentCause.BAD_PICTURE, name)


def _measured(name: str, found: Recognised) -> Recognised:
    if len(found.content) > found.type.max_bytes:
        raise AttachmentError(AttachmentCause.TOO_LARGE, name, limit_bytes=found.type.max_bytes)
    return found


def _ending_of(name: str) -> str:
    return PurePath(name).suffix.lower().removeprefix(".")


def _binary_ending(content: bytes, ending: str) -> str | None:
    """The ending that fits, "" for what is known and not taken, None for what may be text."""
    for tell in (_picture, _sound, _document):
        found = tell(content, ending)
        if found is not None:
            return found
    return "" if content.startswith(_RICH_TEXT) else None


def _picture(content: bytes, ending: str) -> str | None:
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if content.startswith((b"II*\0", b"MM\0*")):
        return "tif"
    if content.startswith(b"BM") and (ending == "bmp" or picture_size(content) is not None):
        return "bmp"
    return None


def _sound(content: bytes, ending: str) -> str | None:
    head = content[:_HEAD_BYTES]
    if head.startswith(b"RIFF") and head[8:12] in {b"WAVE", b"WEBP", b"AVI "}:
        return "wav" if head[8:12] == b"WAVE" else ""
    if head.startswith(b"OggS\0"):
        if b"theora" in head:
            return ""
        return "opus" if ending == "opus" else "ogg"
    if head.startswith(b"\0") and head[4:8] == b"ftyp":
        # Pictures of phones (heic, avif) and films of cameras (mov) begin like this as well.
        return {"mp4": "mp4", "m4a": "m4a"}.get(ending, "m4a" if head[8:12] == b"M4A " else "")
    if head.startswith(b"\x1aE\xdf\xa3"):
        return "weba" if ending == "weba" and b"webm" in head else ""
    return "mp3" if _is_mp3(head, ending) else None


def _is_mp3(head: bytes, ending: str) -> bool:
    if head.startswith((b"ID3\2", b"ID3\3", b"ID3\4")):
        return True
    if ending == "mp3":  # some programs write padding before the first frame
        return any(_is_mp3_frame(head, at) for at in range(len(head)))
    return _is_mp3_frame(head, 0) and as_utf8(head) is None  # a word of Windows-1251 may look like a frame


def _is_mp3_frame(head: bytes, at: int) -> bool:
    """Sync, layer III, and neither a bit rate nor a sample rate that does not exist (ISO 11172-3, 2.4.1.3)."""
    if len(head) < at + 3 or head[at] != 0xFF or head[at + 1] & 0xE6 != 0xE2:
        return False
    return head[at + 1] & 0x18 != 0x08 and head[at + 2] & 0xF0 not in {0x00, 0xF0} and head[at + 2] & 0x0C != 0x0C


def _document(content: bytes, ending: str) -> str | None:
    if b"%PDF-" in content[:1024] and (ending == "pdf" or content.startswith(b"%PDF-")):
        return "pdf"
    if content.startswith(_ZIP):
        return _first(content, _ZIP_PARTS, lambda text: text.encode("ascii"))
    if content.startswith(_OLE):
        return _first(content, _OLE_PARTS, lambda text: text.encode("utf-16-le"))
    return None


# Names of parts are never compressed, so they can be seen from outside without opening what may be a bomb.
_ZIP_PARTS = {
    "epub": "mimetypeapplication/epub+zip",
    "docx": "word/document",
    "pptx": "ppt/presentation",
    "xlsx": "xl/workbook",
}
_OLE_PARTS = {"doc": "WordDocument", "ppt": "PowerPoint Document"}


def _first(content: bytes, parts: dict[str, str], encode: Callable[[str], bytes]) -> str:
    return next((ending for ending, part in parts.items() if encode(part) in content), "")
