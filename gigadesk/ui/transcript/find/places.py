"""Where in the blocks of a message something is found. Pure."""

import re
from collections.abc import Iterator, Sequence
from enum import IntEnum
from itertools import islice
from typing import NamedTuple

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


class Known(IntEnum):
    """What is known of a message."""

    NOTHING = 0
    QUICKLY = 1
    UNSURE = 2
    """The guess is not certain: the text must be parsed."""
    SURELY = 3


Texts = tuple[Sequence[str], Sequence[str]]
"""The shown texts of the blocks of the thoughts, and of the answer."""


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
