"""Telling text from other bytes, and bringing old encodings to UTF-8. Pure."""

import codecs

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\x1b")) + b"\x7f"
"""What no text holds; escape sequences of terminals are found in logs."""
_CYRILLIC_FROM = 0xC0
_CYRILLIC_SHARE = 0.7


def as_utf8(content: bytes) -> bytes | None:
    """Text in UTF-8 as it is, in UTF-16 or Windows-1251 converted; None when these bytes are no text.

    The service is told `text/plain` and no encoding, so it must be the one that everybody expects.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _converted(content, encoding)
    if content.translate(None, _CONTROLS) != content:
        return None
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return _converted(content, "cp1251") if _looks_cyrillic(content) else None
    return content


def _converted(content: bytes, encoding: str) -> bytes | None:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text.encode("utf-8")


def _looks_cyrillic(content: bytes) -> bool:
    """Whether most of what is not ASCII would be Russian letters in Windows-1251."""
    high = [byte for byte in content[: 64 * 1024] if byte >= 0x80]
    return bool(high) and sum(byte >= _CYRILLIC_FROM for byte in high) >= _CYRILLIC_SHARE * len(high)
