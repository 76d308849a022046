"""What the model says of attached files: their names, kinds and sizes, and the first words of plain text. Pure."""

import struct

from gigadesk.emulator.answers.titles import escaped
from gigadesk.emulator.answers.tool_texts import ToolTexts
from gigadesk.emulator.prompts import HeldFile

BEGINNING_WORDS = 40
_MEGABYTE = 1024 * 1024
_START_OF_FRAME = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})


def talk_about(files: tuple[HeldFile, ...], texts: ToolTexts) -> str:
    """A paragraph for each file that is read: of several documents only the first."""
    documents = [file for file in files if file.kind == "text"]
    told = [_about(file, texts) for file in files if file not in documents[1:]]
    return told[0] if len(told) == 1 else "\n\n".join([texts.several.format(number=len(told)), *told])


def readable_text(file: HeldFile) -> str | None:
    """The content of plain text in the encodings it usually has; None for anything else."""
    if file.mime.partition(";")[0] != "text/plain":
        return None
    for encoding in ("utf-8-sig", "cp1251"):
        try:
            return file.data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def picture_size(data: bytes) -> tuple[int, int] | None:
    """Width and height by the header of a PNG or JPEG; None for other or broken ones."""
    if data.startswith(b"\x89PNG\r\n\x1a\n") and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
        return width, height
    return _jpeg_size(data) if data.startswith(b"\xff\xd8") else None


def _about(file: HeldFile, texts: ToolTexts) -> str:
    size, name = _size(len(file.data), texts), escaped(file.name)
    if file.kind == "image":
        found = picture_size(file.data)
        pixels = texts.pixels.format(width=found[0], height=found[1]) if found else ""
        return texts.image.format(name=name, mime=file.mime, size=size, pixels=pixels)
    if file.kind == "audio":
        return texts.audio.format(name=name, mime=file.mime, size=size)
    content = readable_text(file)
    if content is None:
        return texts.document.format(name=name, mime=file.mime, size=size)
    words = content.split()
    beginning = " ".join(words[:BEGINNING_WORDS]) + (" …" if len(words) > BEGINNING_WORDS else "")
    lines = content.count("\n") + (not content.endswith("\n")) if content else 0
    return texts.text.format(name=name, size=size, lines=lines, words=len(words), beginning=escaped(beginning) or "…")


def _size(size_bytes: int, texts: ToolTexts) -> str:
    units = ("Б", "КБ", "МБ") if texts.decimal_comma else ("B", "KB", "MB")
    if size_bytes < 1024:
        return f"{size_bytes} {units[0]}"
    is_small = size_bytes < _MEGABYTE
    number = f"{size_bytes / 1024:.0f} {units[1]}" if is_small else f"{size_bytes / _MEGABYTE:.1f} {units[2]}"
    return number.replace(".", ",") if texts.decimal_comma else number


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4])
        if marker in _START_OF_FRAME:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return None
