"""What the source of a message tells of its shown text without parsing it, which takes much longer. Pure."""

import re
from dataclasses import dataclass
from itertools import islice

from gigadesk.chat import RawWords
from gigadesk.limits import FIND_HITS_MAX
from gigadesk.ui.transcript.find.places import apart, words_of
from gigadesk.ui.transcript.find.query import Query

SHORT_CHARS = 4096
"""Longer messages are parsed in any case: their paragraphs may be cut."""
_MARKS = "*_~`[]\\<>!|#"
"""Characters that may be marks, and not be shown."""
_HIDING = re.compile(r"[\\<|]|://|```|~~~|\[[ xX]\]")
"""In a line with such marks a letter may not be shown: in a cell too many, a tick, the language of a code."""
_PARTING = re.compile(rf"[*_`\[\]#>]|{_HIDING.pattern}|~")
"""In a line with such marks a word may go on where it seems to end."""
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
        self._needles = [each.encode(errors="surrogatepass") for each in query.variants()]
        self._loose = query.loose_pattern(_MARKS)
        self._is_plain = query.is_plain
        self._has_blank = any(character.isspace() for character in query.text)
        self._has_picture = bool(_PICTURES.search(query.text))
        self._has_digit = any(character.isdigit() for character in query.text)

    def quick_count(self, words: RawWords) -> int | None:
        """How often the usual spellings stand in these sources together: the fastest thing there is to know.

        None if each must be looked at: ends of words matter, or there are more than anybody counts.
        """
        count = sum([words.texts.count(needle) for needle in self._needles])
        return None if count > FIND_HITS_MAX or (count and self._query.is_whole_word) else count

    def quick_counts(self, words: RawWords) -> list[int]:
        """The same for each message. Nothing is decoded."""
        counts = [0] * len(words.users)
        texts: list[bytes] = []
        for needle in self._needles:
            if needle in words.texts:
                texts = texts or apart(words)
                found = [text.count(needle) for text in texts]
                counts = [count + more for count, more in zip(counts, found, strict=True)] if any(counts) else found
        if self._query.is_whole_word and texts:
            return [count and self._raw_count_of(said) for count, said in zip(counts, texts, strict=True)]
        return [min(count, FIND_HITS_MAX) for count in counts] if max(counts, default=0) > FIND_HITS_MAX else counts

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

    def _raw_count_of(self, said: bytes) -> int:
        words = words_of(said)
        return self._raw_count(words.text) + (self._raw_count(words.thought) if words.thought else 0)

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
        """Whether every place is in a line with no marks but such as hide no letter."""
        if not has_marks and not self._has_digit:
            return True
        if "](" in text or "][" in text:
            bare = _TARGET.sub("]", text)
            if "](" in bare or "][" in bare or self._raw_count(bare) != self._raw_count(text):
                return False  # a place may be in the target of a link
            text = bare
        hiding = _PARTING if self._query.is_whole_word else _HIDING
        for found in self._pattern.finditer(text):
            start = text.rfind("\n", 0, found.start()) + 1
            end = text.find("\n", found.end())
            line = text[start : end if end >= 0 else len(text)]
            if hiding.search(line) or (self._has_digit and _LIST_NUMBER.match(line)):
                return False
        return True


def _is_hard(text: str) -> bool:
    if any(map(text.__contains__, _HARD)):
        return True
    return ("&" in text and bool(_ENTITY.search(text))) or ("](" in text and bool(_ODD_TARGET.search(text)))
