"""A message as the index keeps it: the stems of its words, and marks for what it is and has. Pure."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import chain
from zlib import crc32

from gigadesk.chat import Role
from gigadesk.search.pairs import common_stems, pairs_of, terms_of
from gigadesk.search.tokens import TOKENS, tokens_in
from gigadesk.search.words import folded, plain

PORTION_CHARS = 2_000
"""Of a long text that are taken apart in one go."""
OFTEN = 3
"""A stem that a message has so many times is among the things it is about."""
OFTEN_MIN_CHARS = 3
"""Shorter ones are particles as a rule. Common words are in every text so often, and it is about none of them."""

_CODE = re.compile(r"^ {0,3}(?:```|~~~)|`[^`\n]+`", re.MULTILINE)
_TABLE = re.compile(r"^ {0,3}\|?(?: *:?-+:? *\|)+ *(?::?-+:?)? *$", re.MULTILINE)
_LINK = re.compile(r"https?://\w", re.IGNORECASE)
STORED_AS = 10
"""A new number lets everything be indexed again: something else has changed than what the sample shows."""
_SAMPLE = "что договором ёлка веб-сервис getUserName2 generalization happily the функциями utf8 за́мок os.path 日本"
_CUT = re.compile(r"\s")


class Feature(StrEnum):
    """What can be asked for with `has:`."""

    CODE = "code"
    TABLE = "table"
    LINK = "link"
    FILE = "file"


_LOOKS = ((Feature.CODE, "`~", _CODE), (Feature.TABLE, "|", _TABLE), (Feature.LINK, ("://",), _LINK))
"""What a text with this has in any case: looking for that is quick."""
MARKS = {Feature.CODE: ":c", Feature.TABLE: ":t", Feature.LINK: ":l", Feature.FILE: ":f"}
ROLE_MARKS = {Role.USER: ":u", Role.ASSISTANT: ":a"}
OFTEN_MARK = "+"
MODEL_MARK = ":m"


@dataclass(frozen=True, slots=True)
class Content:
    """What is indexed of a message."""

    text: str
    thought: str
    role: Role
    model: str
    has_file: bool


class Document:
    """Takes a message apart, a portion at each `step`."""

    def __init__(self, content: Content) -> None:
        self._portions = _portions(content)
        self._counts: Counter[str] = Counter()
        self._pairs: set[int] = set()
        self._last: list[int] = []
        self._marks = set(_marks(content))
        self.words = [mark for mark in self._marks if mark.startswith(MODEL_MARK)]
        """As they are written, as often as they are there; "" says nothing."""

    def step(self) -> bool:
        """Take the next portion apart; False when all is done."""
        portion = next(self._portions, None)
        if portion is None:
            return False
        tokens = tokens_in(portion)
        if not tokens:
            return True
        parts = list(chain.from_iterable(map(TOKENS.__getitem__, tokens)))
        self.words += parts[::3]
        self._counts.update(parts[1::3])
        run = [*self._last, *filter(None, parts[2::3])]
        self._pairs.update(pairs_of(run))
        self._last = run[-1:]
        return True

    def terms(self, *, is_fine: bool = False) -> str:
        """What goes into the index, in one line; with the finer terms of pairs or the others."""
        often = [OFTEN_MARK + stem for stem, count in self._counts.items() if count >= OFTEN and may_be_often(stem)]
        return " ".join([*self._marks, *self._counts, *terms_of(self._pairs, is_fine=is_fine), *often])


def document_of(content: Content) -> Document:
    """A message, taken apart as a whole."""
    document = Document(content)
    while document.step():
        pass
    return document


def may_be_often(known: str) -> bool:
    """Whether a message can be about a stem."""
    return len(known) >= OFTEN_MIN_CHARS and known not in common_stems()


@lru_cache(maxsize=1)
def fingerprint() -> int:
    """Another number says that texts come apart in another way now: what was indexed has to be indexed again."""
    content = Content(_SAMPLE, "", Role.USER, "GigaChat-2-Max", has_file=True)
    document = document_of(content)
    terms = sorted({term for is_fine in (False, True) for term in document.terms(is_fine=is_fine).split()})
    return crc32(f"{terms} {sorted(set(document.words))} {sorted(common_stems())} {STORED_AS}".encode())


def model_term(model: str) -> str:
    """The mark of a model."""
    return MODEL_MARK + "".join(each for each in folded(plain(model)) if each.isalnum())


def _marks(content: Content) -> Iterator[str]:
    if content.role in ROLE_MARKS:
        yield ROLE_MARKS[content.role]
    if content.model:
        yield model_term(content.model)
    if content.has_file:
        yield MARKS[Feature.FILE]
    for feature, signs, pattern in _LOOKS:
        if any(sign in content.text for sign in signs) and pattern.search(content.text):
            yield MARKS[feature]


def _portions(content: Content) -> Iterator[str]:
    for text in (content.text, content.thought):
        start = 0
        while start < len(text):
            end = start + PORTION_CHARS
            if end < len(text):
                # Between two words. One that is longer than a portion may be cut.
                space = _CUT.search(text, end, end + PORTION_CHARS)
                end = space.start() if space is not None else end + PORTION_CHARS
            yield text[start:end]
            start = end
