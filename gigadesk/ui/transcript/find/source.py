"""What the source of a message tells of its shown text without parsing it, which takes much longer. Pure."""

import re
from dataclasses import dataclass
from itertools import islice

from gigadesk.limits import FIND_HITS_MAX
from gigadesk.ui.transcript.find.query import Query

SHORT_CHARS = 4096
"""Longer messages are parsed in any case: their paragraphs may be cut."""
_MARKS = "*_~`[]\\<>!|#"
"""Characters that may be marks, and not be shown."""
_LINE_MARKS = re.compile(r"[*_~`\[\]\\<>|#]|://")
_HARD = ("$", "\\", "![", "]:", "[^", "<img", "<div", "\r")
"""Formulas, escapes, pictures, definitions, footnotes, tags of files: what is shown is not what is written."""
_ENTITY = re.compile(r"&#?\w")
_ODD_TARGET = re.compile(r"\]\([^)\n]*[\"'(<]")
_PICTURES = re.compile("[\u2400-\u2421\ufffd]")
"""Shown instead of control characters."""
_TARGET = re.compile(r"\]\([^()\n]*\)|\]\[[^\[\]\n]*\]")
_LIST_NUMBER = re.compile(r"[\s>*+-]*\d{1,9}[.)]")


@dataclass(frozen=True, slots=True)
class Guess:
    """How often something is found in a message."""

    count: int
    is_certain: bool


class SourceReader:
    """Guesses for one query. Law: a certain guess is what the shown text gives, and no other guess says "never"."""

    def __init__(self, query: Query) -> None:
        self._query = query
        self._pattern = query.pattern()
        self._variants = query.variants()
        self._loose = query.loose_pattern(_MARKS)
        self._is_plain = query.is_plain
        self._has_blank = any(character.isspace() for character in query.text)
        self._has_picture = bool(_PICTURES.search(query.text))
        self._has_digit = any(character.isdigit() for character in query.text)

    def quick_count(self, text: str) -> int:
        """How often the usual spellings stand in a source: the fastest thing there is to know."""
        if self._query.is_whole_word:
            return self._raw_count(text) if any(each in text for each in self._variants) else 0
        return min(sum([text.count(each) for each in self._variants]), FIND_HITS_MAX)

    def guess(self, text: str, *, is_user: bool) -> Guess:
        """How often it is in one text of a message."""
        raw = self._raw_count(text)
        if len(text) > SHORT_CHARS or self._has_picture or _is_hard(text):
            return Guess(raw, is_certain=False)
        if is_user:
            # Letter by letter as it was typed, but for the fences.
            return Guess(raw, is_certain=self._is_plain and "```" not in text)
        if "](" in text and not self._is_plain:
            return Guess(raw, is_certain=False)
        has_marks = any(map(text.__contains__, _MARKS))
        loose = self._loose_count(text) if has_marks or (self._has_blank and "\n" in text) else raw
        if not raw and not loose:
            return Guess(0, is_certain=True)
        is_certain = self._is_plain and loose == raw and self._stands_plainly(text, has_marks=has_marks)
        return Guess(raw, is_certain)

    def _raw_count(self, text: str) -> int:
        return sum([1 for _ in islice(self._pattern.finditer(text), FIND_HITS_MAX)])

    def _loose_count(self, text: str) -> int:
        if self._loose is None:
            # Nothing but marks is looked for.
            return int(all(character in text for character in self._query.text if not character.isspace()))
        found = self._count_without_marks(text)
        if "](" in text or "][" in text:
            # A bracket may begin the target of a link, which is not shown, or be meant as it is.
            bare = _TARGET.sub("]", text)
            if "](" in bare or "][" in bare:
                return FIND_HITS_MAX  # too intricate to tell
            found = max(found, self._count_without_marks(bare))
        return found

    def _count_without_marks(self, text: str) -> int:
        for mark in _MARKS:
            text = text.replace(mark, "")
        return 0 if self._loose is None else sum([1 for _ in islice(self._loose.finditer(text), FIND_HITS_MAX)])

    def _stands_plainly(self, text: str, *, has_marks: bool) -> bool:
        """Whether every place is in a line without any marks."""
        if not has_marks and not self._has_digit:
            return True
        for found in self._pattern.finditer(text):
            start = text.rfind("\n", 0, found.start()) + 1
            end = text.find("\n", found.end())
            line = text[start : end if end >= 0 else len(text)]
            if _LINE_MARKS.search(line) or (self._has_digit and _LIST_NUMBER.match(line)):
                return False
        return True


def _is_hard(text: str) -> bool:
    if any(map(text.__contains__, _HARD)):
        return True
    return ("&" in text and bool(_ENTITY.search(text))) or ("](" in text and bool(_ODD_TARGET.search(text)))
