"""Which files the service takes, how large, and what it sees in them. Pure.

Source: the official description of `POST /files` (2026). Where its media types are not those that programs declare
(`application/pptx`), both are taken.
"""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024
"""Whether the service counts in 1,000 or 1,024 is not said; a client must not rely on the larger reading."""


@dataclass(frozen=True, slots=True)
class Sort:
    """Files with one limit."""

    modality: str
    max_bytes: int


TEXT = Sort("text", 40 * MEGABYTE)
IMAGE = Sort("image", 15 * MEGABYTE)
AUDIO = Sort("audio", 35 * MEGABYTE)

_OFFICE = "application/vnd.openxmlformats-officedocument."
_TYPES: dict[Sort, dict[str, tuple[str, ...]]] = {
    TEXT: {
        "txt": ("text/plain",),
        "doc": ("application/msword",),
        "docx": (_OFFICE + "wordprocessingml.document",),
        "pdf": ("application/pdf",),
        "epub": ("application/epub", "application/epub+zip"),
        "ppt": ("application/ppt", "application/vnd.ms-powerpoint"),
        "pptx": ("application/pptx", _OFFICE + "presentationml.presentation"),
        "xlsx": ("application/vnd.ms-excel", _OFFICE + "spreadsheetml.sheet"),
    },
    IMAGE: {
        "jpeg": ("image/jpeg", "image/jpg"),
        "jpg": ("image/jpeg",),
        "png": ("image/png",),
        "tiff": ("image/tiff",),
        "tif": ("image/tiff",),
        "bmp": ("image/bmp", "image/x-ms-bmp"),
    },
    AUDIO: {
        "mp4": ("audio/mp4",),
        "mp3": ("audio/mp3", "audio/mpeg"),
        "m4a": ("audio/x-m4a", "audio/m4a"),
        "wav": ("audio/x-wav", "audio/wave", "audio/wav", "audio/x-pn-wav"),
        "weba": ("audio/webm",),
        "ogg": ("audio/x-ogg", "audio/ogg"),
        "opus": ("audio/opus",),
    },
}
_BY_MIME = {mime: sort for sort, types in _TYPES.items() for mimes in types.values() for mime in mimes}
_BY_ENDING = {ending: (mimes[0], sort) for sort, types in _TYPES.items() for ending, mimes in types.items()}
_UNTOLD = frozenset({"", "application/octet-stream"})
_IMAGE_MAGIC = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\0", b"MM\0*", b"BM")


def recognise(declared: str, name: str) -> tuple[str, Sort] | None:
    """Media type and sort; of a part that declares nothing by the ending of its name. None is not taken."""
    mime = declared.partition(";")[0].strip().lower()
    if mime in _UNTOLD:
        return _BY_ENDING.get(name.rpartition(".")[2].lower())
    sort = _BY_MIME.get(mime)
    return (mime, sort) if sort else None


def modalities(sort: Sort, data: bytes) -> tuple[str, ...] | None:
    """What the service finds in the bytes; nothing in a picture that is none."""
    is_real = sort is not IMAGE or data.startswith(_IMAGE_MAGIC)
    return (sort.modality,) if is_real else None
