"""Where in the blocks of a message something is found. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import IntEnum
from itertools import islice
from typing import NamedTuple, Protocol

from gigadesk.chat import THOUGHT_MARK, WORDS_BORDER, RawWords
from gigadesk.limits import FIND_HITS_MAX


class Hit(NamedTuple):
    """A place in a message. `block` counts the blocks of the thoughts and those of the answer apart."""

    is_answer: bool
    """Not of the thoughts, which stand before it."""
    block: int
    start: int
    """As `pieces.text_of` counts."""
    end: int
    """Behind the end of the block's text if the place goes on in the next block: the seam between them counts, too."""


class Words(NamedTuple):
    """What a message is made of."""

    text: str
    thought: str = ""
    is_user: bool = False


def raw(text: str, thought: str = "", *, is_user: bool = False) -> RawWords:
    """The words of one message as they come from the disk."""
    # Half of a pair of surrogates is no text, but must not fail.
    said = [part.encode(errors="replace") for part in ((text, thought) if thought else (text,))]
    return RawWords(THOUGHT_MARK.join(said), b"1" if is_user else b"0")


def joined(some: Iterable[RawWords]) -> RawWords:
    """Those of several as one."""
    known = [each for each in some if each.users]
    return RawWords(WORDS_BORDER.join([each.texts for each in known]), b"".join([each.users for each in known]))


def apart(words: RawWords) -> list[bytes]:
    """The text and the thoughts of each message."""
    return words.texts.split(WORDS_BORDER) if words.users else []


def words_of(said: bytes, *, is_user: bool = False) -> Words:
    """The words themselves of one message."""
    text, _, thought = said.partition(THOUGHT_MARK)
    return Words(text.decode(errors="replace"), thought.decode(errors="replace"), is_user)


class Known(IntEnum):
    """What is known of a message."""

    NOTHING = 0
    QUICKLY = 1
    UNSURE = 2
    """The guess is not certain: the text must be parsed."""
    SURELY = 3


class Shown(NamedTuple):
    """The text of a block as it is shown."""

    text: str
    seam: str | None = None
    """What stands between it and the block before, of which it is the continuation (an endless paragraph is cut into
    several blocks); None if it begins anew."""


Texts = tuple[Sequence[Shown], Sequence[Shown]]
"""The shown texts of the blocks of the thoughts, and of the answer."""

CHUNK = 128
"""Messages that are read and looked through together."""


class Sources(Protocol):
    """The messages that are searched, by their numbers."""

    def chunk(self, number: int) -> RawWords:
        """The words of the messages from `number * CHUNK` on."""
        ...

    def source(self, index: int) -> Words:
        """Those of one message."""
        ...

    def shown(self, index: int) -> Texts | None:
        """Its shown texts, if they are known already."""
        ...


def spans_in(text: str, pattern: re.Pattern[str], begin: int = 0) -> Iterator[tuple[int, int]]:
    """The places in one text, none of them empty."""
    for found in pattern.finditer(text, begin):
        start, end = found.span()
        if start < end:
            yield start, end


def hits_in(
    texts: Sequence[Shown],
    pattern: re.Pattern[str],
    reach: int | None = None,
    *,
    is_answer: bool = True,
    first_block: int = 0,
    start: int = 0,
    end: int | None = None,
    after: Hit | None = None,
) -> list[Hit]:
    """The places in the texts of blocks, at most so many as anybody counts: as if there were no seams.

    The first text is that of the block `first_block`. Only those from `start` to `end` are looked through, behind the
    place `after`. `reach`: no place is longer; None if nobody knows.
    """
    found: list[Hit] = []
    for number in range(start, len(texts) if end is None else min(end, len(texts))):
        last = found[-1] if found else after
        begin = 0
        if last is not None and last[:2] == (is_answer, first_block + number - 1) and number > 0:
            begin = max(0, last.end - len(texts[number - 1].text) - len(texts[number].seam or ""))
        spans = islice(_spans_from(texts, number, pattern, reach, begin), FIND_HITS_MAX - len(found))
        found.extend(Hit(is_answer, first_block + number, *span) for span in spans)
        if len(found) >= FIND_HITS_MAX:
            break
    return found


def _spans_from(
    texts: Sequence[Shown], number: int, pattern: re.Pattern[str], reach: int | None, begin: int
) -> Iterator[tuple[int, int]]:
    """The places that begin in a text, or in the seam behind it."""
    text, seam = texts[number]
    before = behind = ""
    border = len(text)
    if seam is not None and number > 0:
        before = texts[number - 1].text[-_CONTEXT:] + seam
    if number + 1 < len(texts) and (next_seam := texts[number + 1].seam) is not None:
        following = texts[number + 1].text
        # One letter more tells whether a word ends there.
        behind = next_seam + (following if reach is None else following[: reach + 1])
        border += len(next_seam)
    shift = len(before)
    for first, last in spans_in(before + text + behind, pattern, shift + begin):
        if first - shift >= border:
            return
        yield first - shift, last - shift


_CONTEXT = 32
"""Letters before a seam that an expression may look back at."""
