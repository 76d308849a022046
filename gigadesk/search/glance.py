"""A quick look at a stored text, at its bytes: whether words can stand in it beside each other. Pure.

Most texts that have the words of a phrase have them elsewhere. To see that in the text itself takes ten times as long:
it has to be decoded, written small and looked at for what is written in unusual ways.
"""

import re
from collections.abc import Sequence
from functools import cached_property

_LEADS = b"\xd0\xd1"
"""The first bytes of Cyrillic letters from U+0400 to U+047F in UTF-8: without them a letter is one byte."""
_ODD = b"\xff"
"""In place of the first byte of all else but ASCII: what may be the same letter, written in another way."""
_SIGNS = re.compile(
    b"|".join([*(re.escape(sign.encode()) for sign in "—–«»“”„…’•№→\xa0"), rb"\xf0\x9f[\x8c-\xa7][\x80-\xbf]"])
)
"""The commonest of what is neither ASCII nor a letter, and pictures from U+1F300 on."""
_BETWEEN = rb"[\x00-/:-@\[-`{-\x7f]"
_WORD = re.compile("[0-9a-zа-я]+")


def _small() -> bytes:
    """For `bytes.translate`, without `_LEADS`: A as a, А as а. ё becomes б, and Ё с: see `_bytes_of`."""
    table = bytearray(range(256))
    table[ord("A") : ord("Z") + 1] = b"abcdefghijklmnopqrstuvwxyz"
    table[0x90:0xA0] = range(0xB0, 0xC0)  # А to П
    table[0xA0:0xB0] = range(0x80, 0x90)  # Р to Я
    table[0xC0:] = _ODD * 0x40
    return bytes(table)


_SMALL = _small()


class Glance:
    """Looks for folded words, each as the pieces that it may be parted into, one after the other."""

    def __init__(self, words: Sequence[Sequence[str]]) -> None:
        self._words = words
        self._is_usual = all(_WORD.fullmatch(piece) for pieces in words for piece in pieces)
        parts = [part for pieces in words for piece in pieces for part in piece.split("е")]
        self._part = _squeezed(max(parts, key=len, default="").encode())
        """Is looked for first: that is quicker, and most texts have other forms of the words."""

    @cached_property
    def _pattern(self) -> re.Pattern[bytes]:
        parts = [(_BETWEEN + b"*").join(_bytes_of(piece) for piece in pieces) for pieces in self._words]
        return re.compile((_BETWEEN + b"+").join(parts))

    def may_be_in(self, text: bytes) -> bool:
        """False: they are not in this text, which is in UTF-8, in whatever case. True: look closer."""
        if not self._is_usual:
            return True
        small = _squeezed(text)
        if _ODD in small:
            small = _squeezed(_SIGNS.sub(b" ", text))
            if _ODD in small:
                return True
        return self._part in small and self._pattern.search(small) is not None


def _squeezed(text: bytes) -> bytes:
    return text.translate(_SMALL, _LEADS)


def _bytes_of(piece: str) -> bytes:
    small = re.escape(_squeezed(piece.encode()))
    either = b"[" + _squeezed("еёЁ".encode()) + b"]"
    return small.replace(_squeezed("е".encode()), either)
