"""Reads from certificates what a person may want to know: who, by whom, from when until when. Pure.

For showing only. It verifies nothing and believes nothing: what may be trusted is decided by OpenSSL.

Source: RFC 5280 (certificates), X.690 (their encoding), RFC 5246 and RFC 8446 (the message they come in)
"""

from collections.abc import Iterator
from dataclasses import dataclass

from gigadesk.text import clean

_NAME_MAX_CHARS = 100
_CHAIN_MAX = 10

_SET, _VERSION = 0x31, 0xA0
_UTC_TIME, _GENERALIZED_TIME = 0x17, 0x18
_UTF_16 = 0x1E
_COMMON_NAME, _ORGANIZATION, _UNIT = b"\x55\x04\x03", b"\x55\x04\x0a", b"\x55\x04\x0b"


class _OddError(Exception):
    """Not a certificate."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """Names such as `Russian Trusted Sub CA (The Ministry of ...)`; days as ISO 8601, UTC."""

    subject: str
    issuer: str
    valid_from: str
    valid_until: str


def read_chain(message: bytes, *, is_tls13: bool) -> tuple[Certificate, ...]:
    """The certificates of a handshake message, the host's own first; what cannot be read is left out."""
    chain = []
    try:
        for der in _certificates(message, is_tls13=is_tls13):
            chain.append(_certificate(der))
            if len(chain) == _CHAIN_MAX:
                break
    except _OddError:
        pass
    return tuple(chain)


def _certificates(message: bytes, *, is_tls13: bool) -> Iterator[bytes]:
    place = 4  # kind and length of the message
    if is_tls13:
        place += 1 + _number(message, place, 1)  # the context of the request
    place += 3  # length of the list
    while place < len(message):
        size = _number(message, place, 3)
        yield message[place + 3 : place + 3 + size]
        place += 3 + size
        if is_tls13:
            place += 2 + _number(message, place, 2)  # extensions


def _number(message: bytes, place: int, size: int) -> int:
    if place + size > len(message):
        raise _OddError
    return int.from_bytes(message[place : place + size])


def _certificate(der: bytes) -> Certificate:
    (_, whole), *_ = _elements(der)
    (_, inner), *_ = _elements(whole)
    fields = [content for kind, content in _elements(inner) if kind != _VERSION]
    if len(fields) < 5:
        raise _OddError
    _serial, _algorithm, issuer, validity, subject = fields[:5]
    days = [_day(kind, content) for kind, content in _elements(validity)]
    if len(days) != 2:
        raise _OddError
    return Certificate(_name(subject), _name(issuer), days[0], days[1])


def _elements(content: bytes) -> list[tuple[int, bytes]]:
    """Kind and content of the elements that stand one behind the other."""
    found = []
    place = 0
    while place < len(content):
        kind, size = content[place], _number(content, place + 1, 1)
        place += 2
        if size >= 0x80:
            digits = size - 0x80
            if not 1 <= digits <= 4:
                raise _OddError
            size = _number(content, place, digits)
            place += digits
        if place + size > len(content):
            raise _OddError
        found.append((kind, content[place : place + size]))
        place += size
    if not found:
        raise _OddError
    return found


def _name(content: bytes) -> str:
    parts: dict[bytes, str] = {}
    for kind, entry in _elements(content) if content else ():
        if kind == _SET:
            for _, pair in _elements(entry):
                _, what = _elements(pair)[0]
                parts.setdefault(what, _text(*_elements(pair)[-1]))
    first = parts.get(_COMMON_NAME) or parts.get(_UNIT, "")
    owner = parts.get(_ORGANIZATION, "")
    if not first or not owner or owner == first:
        return first or owner
    return f"{first} ({owner})"


def _text(kind: int, content: bytes) -> str:
    text = clean(content.decode("utf-16-be" if kind == _UTF_16 else "utf-8", "replace"))
    return "".join(letter for letter in text if letter.isprintable())[:_NAME_MAX_CHARS]


def _day(kind: int, content: bytes) -> str:
    digits = content.decode("ascii", "replace")
    if kind == _UTC_TIME:
        # Two digits of the year: 50 and later are of the last century.
        digits = ("19" if digits[:2] >= "50" else "20") + digits
    elif kind != _GENERALIZED_TIME:
        raise _OddError
    if not digits[:8].isdecimal() or len(digits) < 8:
        raise _OddError
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}"
