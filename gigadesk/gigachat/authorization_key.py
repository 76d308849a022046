"""Reads an authorization key as people paste it, and says what is wrong with it. Pure.

A key is `base64("<client id>:<client secret>")`, shown once in the personal cabinet.
"""

import base64
import re
from dataclasses import dataclass, field
from enum import StrEnum

_INVISIBLE = re.compile(r"[\s\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u2064\ufeff]+")
_QUOTES = "\"'`«»“”„‘’"
_PREFIX = re.compile(
    r"^(?:[\"']?(?:Authorization|GIGACHAT_CREDENTIALS)[\"']?\s*[:=])?\s*[\"']?(?:Basic\b|Bearer\b)?", re.IGNORECASE
)
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_BASE64 = re.compile(r"[A-Za-z0-9+/]+={0,2}")
_LAYERS_MAX = 3
_KEY_MAX_CHARS = 4096


class KeyProblem(StrEnum):
    """Why a pasted text cannot be an authorization key."""

    EMPTY = "empty"
    CLIENT_SECRET = "client_secret"  # noqa: S105 - the name of a mistake: a bare UUID was pasted
    ACCESS_TOKEN = "access_token"  # noqa: S105 - the name of a mistake: a token of half an hour was pasted
    NOT_BASE64 = "not_base64"
    NOT_A_PAIR = "not_a_pair"
    DOUBLE_BASE64 = "double_base64"
    """Encoded more than twice; twice is mended silently."""
    FOREIGN_CHARACTERS = "foreign_characters"


@dataclass(frozen=True, slots=True)
class KeyReading:
    """`key` is fit to be sent if `problem` is None, else it is what was left of the pasted text."""

    key: str = field(repr=False)
    problem: KeyProblem | None = None


def read_key(pasted: str) -> KeyReading:
    """The key within a pasted text.

    Mended silently: spaces, line ends and invisible characters, quotes, `Basic ` and `Authorization:`, missing
    padding, the URL alphabet of base64, double base64, and `id:secret` that was never encoded.
    """
    key = _bare(pasted)
    if not key:
        return KeyReading("", KeyProblem.EMPTY)
    problem = _obvious_problem(key)
    if problem is not None:
        return KeyReading(key, problem)
    if _is_pair(key.encode()):
        return KeyReading(base64.b64encode(key.encode()).decode())
    # What cannot be mended stays as it was pasted: a gateway may want a key of another kind.
    pasted_key = key
    key = key.translate(str.maketrans("-_", "+/"))
    for layer in range(_LAYERS_MAX):
        key = key.rstrip("=") + "=" * (-len(key.rstrip("=")) % 4)
        inner = _decoded(key)
        if inner is None:
            return KeyReading(pasted_key, KeyProblem.NOT_A_PAIR if layer else KeyProblem.NOT_BASE64)
        if _is_pair(inner):
            return KeyReading(key) if layer < _LAYERS_MAX - 1 else KeyReading(pasted_key, KeyProblem.DOUBLE_BASE64)
        if not _BASE64.fullmatch(inner.decode("ascii", "replace")):
            break
        key = inner.decode("ascii")
    return KeyReading(pasted_key, KeyProblem.NOT_A_PAIR)


def _bare(pasted: str) -> str:
    text = pasted[: _KEY_MAX_CHARS * 2].strip().strip("\ufeff\u200b").strip()
    text = _PREFIX.sub("", text, count=1)
    return _INVISIBLE.sub("", text).strip(_QUOTES + ",;")


def _obvious_problem(key: str) -> KeyProblem | None:
    if not key.isascii() or not key.isprintable():
        return KeyProblem.FOREIGN_CHARACTERS
    if _UUID.fullmatch(key):
        return KeyProblem.CLIENT_SECRET
    if key.startswith("eyJ") and key.count(".") >= 2:
        return KeyProblem.ACCESS_TOKEN
    return None if len(key) <= _KEY_MAX_CHARS else KeyProblem.NOT_BASE64


def _decoded(key: str) -> bytes | None:
    return base64.b64decode(key) if _BASE64.fullmatch(key) and len(key) % 4 == 0 else None


def _is_pair(text: bytes) -> bool:
    client_id, colon, secret = text.partition(b":")
    if not (client_id and colon and secret):
        return False
    try:
        return text.decode("ascii").isprintable() and b" " not in text
    except UnicodeDecodeError:
        return False
