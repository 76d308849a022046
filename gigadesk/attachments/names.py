"""Names of files: as the user sees them, and as the service gets them. Pure."""

import unicodedata

from gigadesk.gigachat.file_kinds import FILE_TYPES, file_type_of
from gigadesk.limits import FILE_NAME_MAX_CHARS
from gigadesk.text import clean

_NAMELESS = "file"
_ENDING_MAX_CHARS = 12
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Control, direction and private characters: they could make `exe.gpj` read as `jpg.exe`."""


def clean_name(name: str) -> str:
    """The last part of a path as one line that can be shown anywhere; never empty.

    Longer ones than `FILE_NAME_MAX_CHARS` lose letters before their ending.
    """
    last = clean(name).replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
    composed = unicodedata.normalize("NFC", last)  # macOS gives "й" as two characters
    seen = "".join(" " if letter in "\t\n" else letter for letter in composed if _is_seen(letter))
    return _shortened(" ".join(seen.split()).strip(". ")) or _NAMELESS


def upload_name(name: str, mime: str) -> str:
    """The name for the service, which goes by the ending: one that fits `mime` is put behind any other.

    `main.py`, taken as plain text, goes up as `main.py.txt`; a picture called `.jpg` that is a PNG as `….jpg.png`.
    """
    known = file_type_of(name)
    if known is not None and known.mime == mime:
        return name
    ending = next((ending for ending, each in FILE_TYPES.items() if each.mime == mime), "")
    return f"{name}.{ending}" if ending else name


def _is_seen(letter: str) -> bool:
    return letter in "\t\n" or unicodedata.category(letter) not in _UNSEEN


def _shortened(name: str) -> str:
    if len(name) <= FILE_NAME_MAX_CHARS:
        return name
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > _ENDING_MAX_CHARS:
        return name[:FILE_NAME_MAX_CHARS].strip(". ")
    return stem[: FILE_NAME_MAX_CHARS - len(ending) - 1].strip(". ") + dot + ending
