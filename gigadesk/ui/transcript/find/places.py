"""Where in the blocks of a message something is found. Pure."""

import re
from collections.abc import Iterator, Sequence
from enum import IntEnum
from itertools import islice
from typing import NamedTuple, Protocol

from gigadesk.chat import RawWords
from gigadesk.limits import FIND_HITS_MAX


class Hit(NamedTuple):
    """A place in a message. `block` counts the blocks of the thoughts and those of the answer apart."""

    is_answer: bool
    """Not of the thoughts, which stand before it."""
    block: int
    start: int
    """As `pieces.text_of` counts."""
    end: int


class Words(NamedTuple):
    """What a message is made of."""

    text: str
    thought: str = ""
    is_user: bool = False


def raw(text: str, thought: str = "", *, is_user: bool = False) -> RawWords:
    """Words as they come from the disk."""
    # Half of a pair of surrogates is no text, but must not fail.
    return text.encode(errors="replace"), thought.encode(errors="replace") or None, is_user


def words_of(message: RawWords) -> Words:
    """The words themselves."""
    text, thought, is_user = message
    return Words(text.decode(errors="replace"), thought.decode(errors="replace") if thought else "", bool(is_user))


class Known(IntEnum):
    """What is known of a message."""

    NOTHING = 0
    QUICKLY = 1
    UNSURE = 2
    """The guess is not certain: the text must be parsed."""
    SURELY = 3


Texts = tuple[Sequence[str], Sequence[str]]
"""The shown texts of the blocks of the thoughts, and of the answer."""

CHUNK = 128
"""Messages that are read and looked through together."""


class Sources(Protocol):
    """The messages that are searched, by their numbers."""

    def chunk(self, number: int) -> Sequence[RawWords]:
        """The words of the messages from `number * CHUNK` on."""
        ...

    def source(self, index: int) -> Words:
        """Those of one message."""
        ...

    def shown(self, index: int) -> Texts | None:
        """Its shown texts, if they are known already."""
        ...


def spans_in(text: str, pattern: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """The places in one text, none of them empty."""
    for found in pattern.finditer(text):
        start, end = found.span()
        if start < end:
            yield start, end


def hits_in(
    texts: Sequence[str], pattern: re.Pattern[str], *, is_answer: bool = True, first_block: int = 0
) -> list[Hit]:
    """The places in the texts of blocks, at most so many as anybody counts."""
    found: list[Hit] = []
    for number, text in enumerate(texts, first_block):
        spans = islice(spans_in(text, pattern), FIND_HITS_MAX - len(found))
        found.extend(Hit(is_answer, number, start, end) for start, end in spans)
        if len(found) >= FIND_HITS_MAX:
            break
    return found
