"""A quick look at a stored text, at its bytes: whether words can stand in it beside each other. Pure.

Most texts that have the words of a phrase have them elsewhere. To see that in the text itself takes ten times as long:
it has to be decoded, written small and looked at for what is written in unusual ways.
"""

import re
from collections.abc import Sequence
from functools import cached_property

_USUAL = bytes(range(0x80)) + bytes(range(0x80, 0xC0)) + b"\xd0\xd1"
"""ASCII and Cyrillic from U+0400 to U+047F, in UTF-8: here the same letter is always written in the same way."""
_SIGNS = tuple(sign.encode() for sign in "—–«»“”„…№’\xa0")
"""The commonest of what is no letter and not usual in this sense."""
_BETWEEN = rb"[\x00-/:-@\[-`{-\x7f]"
_E, _YO, _CAPITAL_YO = (letter.encode() for letter in "еёЁ")
_WORD = re.compile("[0-9a-zа-я]+")


def _small() -> bytes:
    """Letters in one case, for `bytes.translate`: A as a; both first bytes of Cyrillic letters as one, А as а."""
    table = bytearray(range(256))
    table[ord("A") : ord("Z") + 1] = b"abcdefghijklmnopqrstuvwxyz"
    table[0xD1] = 0xD0
    table[0x90:0xA0] = range(0xB0, 0xC0)  # А to П
    table[0xA0:0xB0] = range(0x80, 0x90)  # Р to Я
    return bytes(table)


_SMALL = _small()


class Glance:
    """Looks for folded words, each as the pieces that it may be parted into, one after the other."""

    def __init__(self, words: Sequence[Sequence[str]]) -> None:
        self._words = words
        self._is_usual = all(_WORD.fullmatch(piece) for pieces in words for piece in pieces)
        self._has_e = any("е" in piece for pieces in words for piece in pieces)

    @cached_property
    def _pattern(self) -> re.Pattern[bytes]:
        parts = [(_BETWEEN + b"*").join(_bytes_of(piece) for piece in pieces) for pieces in self._words]
        return re.compile((_BETWEEN + b"+").join(parts))

    def may_be_in(self, text: bytes) -> bool:
        """False: they are not in this text, which is in UTF-8, in whatever case. True: look closer."""
        if not self._is_usual:
            return True
        if text.translate(None, _USUAL):
            for sign in _SIGNS:
                text = text.replace(sign, b" ")
            if text.translate(None, _USUAL):
                return True
        if self._has_e:
            text = text.replace(_YO, _E).replace(_CAPITAL_YO, _E)
        return self._pattern.search(text.translate(_SMALL)) is not None


def _bytes_of(piece: str) -> bytes:
    return re.escape(piece.encode().translate(_SMALL))
