"""Where in a text the words of a query are: to mark them, to count them, to make sure of phrases. Pure."""

import re
from collections.abc import Sequence
from itertools import islice

from gigadesk.search.glance import Glance
from gigadesk.search.joined import JoinedWord, parts_of
from gigadesk.search.query import Query, Term
from gigadesk.search.stems import beginnings_of, stem
from gigadesk.search.words import (
    ALONE,
    CHUNK,
    PARTS_MAX,
    SIGNED,
    Span,
    aligned,
    folded,
    is_common,
    is_usual,
    lowered,
    parts_of_chunk,
    pieces_of,
    plain,
    stems_of,
    wanted_of,
    words_of,
)

Spot = Span

_LETTER = rf"[^\W_{ALONE}]"
_ANY_LETTER = r"[^\W_]"
_ALONE = re.compile(f"[{ALONE}]")
_AFTER = rf"(?!{_LETTER})"
_BETWEEN = r"[\W_]+"
_JOINTS = "-_‐‑.'’\u00ad\u200b\u200c\u200d\u2060\ufeff"
_LOOSE = r"(?:[^\w\s]|_)*"
"""Where joints and marks over letters may be. To name them takes Python milliseconds for each letter."""
_LOOSE_MAX_CHARS = 24
_REACH = 200
PIECES_MIN = 3
"""Of two pieces both are words of the text anyway."""
UNUSUAL_MAX_CHARS = 20_000
"""So far a text is looked into for what is written in an unusual way: that takes some milliseconds."""


class _Pattern:
    """A pattern with letters.

    To compile what letters are takes Python 10 ms when it has scripts without spaces in it, so that is only done for
    texts in these.
    """

    def __init__(self, source: str) -> None:
        self._source = source
        self._simple = re.compile(source.replace(_LETTER, _ANY_LETTER))
        self._exact: re.Pattern[str] | None = None

    def of(self, text: str) -> re.Pattern[str]:
        """The pattern for this text."""
        if is_common(text) or _ALONE.search(text) is None:
            return self._simple
        if self._exact is None:
            self._exact = re.compile(self._source)
        return self._exact


class Matcher:
    """Looks for the terms of one query. Phrases are meant literally but for case and ё; words with all their forms."""

    def __init__(self, query: Query) -> None:
        self.terms = query.terms
        self._phrases = [Phrase(term) for term in query.terms if term.is_phrase]
        self._excluded = [Phrase(term) for term in query.excluded if term.is_phrase]
        self._joined = {
            number: JoinedWord(parts, is_open=term.is_open)
            for number, term in enumerate(query.terms)
            if (parts := parts_of(term))
        }
        self._glances = [phrase.glance for phrase in self._phrases] + [word.glance for word in self._joined.values()]
        self._stems: dict[str, int] = {}
        self._words_meant: dict[str, int] = {}
        self._openings: list[tuple[str, int]] = []
        for number, term in enumerate(query.terms):
            if term.is_phrase:
                continue
            wanted = wanted_of(plain(term.text))
            self._stems.update((stem(word), number) for word in wanted)
            self._words_meant.update((word, number) for word in wanted)
            if term.is_open:
                self._openings.append((wanted[-1], number))
        begun = (each for known in self._stems for each in beginnings_of(known))
        self._beginnings = [*begun, *(opening for opening, _ in self._openings)]
        self._starts = _starts(self._beginnings, "") if self._beginnings else None
        self._loose: _Pattern | None = None
        self._known: dict[str, int | None] = {}
        """What was found out about words."""

    @property
    def is_literal(self) -> bool:
        """Whether a text has to be looked at to know that it fits."""
        return bool(self._phrases or self._excluded or self._joined)

    def may_fit(self, texts: Sequence[bytes]) -> bool:
        """Whether it is worth while to ask `fits` about these texts, which are in UTF-8."""
        return all(any(map(glance.may_be_in, filter(None, texts))) for glance in self._glances)

    def fits(self, texts: Sequence[str]) -> bool:
        """Whether all phrases and joined words are in one of these texts each, and no excluded phrase is."""
        return (
            all(any(map(phrase.is_in, texts)) for phrase in self._phrases)
            and all(any(word.is_in(text, lowered(text)) for text in texts) for word in self._joined.values())
            and not any(phrase.is_in(text) for phrase in self._excluded for text in texts)
        )

    def spots(self, text: str, limit: int = 200) -> list[Spot]:
        """What is to be marked, in its order; up to `limit` places of each kind."""
        joined: list[Spot] = []
        for (start, end), _ in sorted(self.numbered_spots(text, limit)):
            if joined and start < joined[-1][1]:
                joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
            else:
                joined.append((start, end))
        return joined

    def numbered_spots(self, text: str, limit: int = 200) -> list[tuple[Spot, int]]:
        """The same, each with the number of its term; they may overlap."""
        found: list[tuple[Spot, int]] = []
        low = lowered(text)
        numbers = [number for number, term in enumerate(self.terms) if term.is_phrase]
        for number, phrase in zip(numbers, self._phrases, strict=True):
            spots = (hit.span() for hit in phrase.pattern.of(low).finditer(low))
            found.extend((spot, number) for spot in islice(spots, max(limit - len(found), 1)))
        for number, word in self._joined.items():
            found.extend((spot, number) for spot in word.spots(text, low, max(limit - len(found), 1)))
        seen = {number for _, number in found}
        if self._starts is not None:
            words = self._words(self._starts, text, low, limit)
            if not words:
                # Perhaps as parts that are joined, or with marks over the letters.
                if self._loose is None:
                    self._loose = _starts(self._beginnings, _LOOSE)
                words = self._words(self._loose, text, low, limit)
            found.extend(each for each in words if each[1] not in seen)
        return found or self._in_unusual(text[:UNUSUAL_MAX_CHARS], limit)

    def _in_unusual(self, text: str, limit: int) -> list[tuple[Spot, int]]:
        """The same in a text with ligatures, letters of double width and the like: where they are seen."""
        if is_usual(text):
            return []
        known, spans = aligned(text)
        found = self.numbered_spots(known, limit) if known != text else []
        return [((spans[start][0], spans[end - 1][1]), number) for (start, end), number in found]

    def _words(self, starts: _Pattern, text: str, low: str, limit: int) -> list[tuple[Spot, int]]:
        """Words by their stems. Only what begins as one of them does is looked at."""
        found: list[tuple[Spot, int]] = []
        pattern = starts.of(low)
        position = 0
        while len(found) < limit and (near := pattern.search(low, position)) is not None:
            start, end = near.span()
            position = end
            word = text[start:end]
            is_whole = not (start and (text[start - 1].isalnum() or text[start - 1] in _JOINTS))
            number = self._number(word) if is_whole or not text[start - 1].isalnum() else None
            if number is not None:
                found.append(((start, end), number))
            elif start and text[start - 1].islower() and word.islower() and word.isalpha():
                continue  # in the middle of a word: nothing begins here
            elif not (is_whole and word.islower() and word.isalnum() and text[end : end + 1] not in _JOINTS):
                # A part of something that is joined, or that is found by all of it.
                chunk = _chunk_at(text, start)
                spot = self._in_chunk(chunk) if chunk is not None else None
                if spot is not None:
                    found.append(spot)
                    position = max(position, spot[0][1])
        return found

    def _number(self, word: str) -> int | None:
        """The term that a simple word is a form of."""
        if word not in self._known:
            known = folded(plain(word))
            number = self._stems.get(stem(known))
            if number is None:
                number = next((number for opening, number in self._openings if known.startswith(opening)), None)
            self._known[word] = number
        return self._known[word]

    def _in_chunk(self, chunk: re.Match[str]) -> tuple[Spot, int] | None:
        known = plain(chunk[0])
        for known_stem in stems_of(known):
            number = self._stems.get(known_stem)
            if number is not None:
                return _spot(chunk, known_stem, known), number
        if (spot := self._in_name(chunk, known)) is not None:
            return spot
        for word in words_of(known):
            for opening, number in self._openings:
                if word.startswith(opening):
                    return _spot(chunk, word, known), number
        return None

    def _in_name(self, chunk: re.Match[str], known: str) -> tuple[Spot, int] | None:
        """A word that is the last pieces of a longer name: `username` in `getUserName`."""
        pieces = pieces_of(known)
        if not PIECES_MIN <= len(pieces) <= PARTS_MAX or len(known) != len(chunk[0]):
            return None
        for first in range(1, len(pieces) - 1):
            number = self._words_meant.get("".join(map(folded, pieces[first:])))
            if number is not None:
                start = chunk.start()
                for piece in pieces[: first + 1]:
                    start = chunk.string.index(piece, start) + len(piece)
                return (start - len(pieces[first]), chunk.end()), number
        return None


class Phrase:
    """Words next to each other, in any case, with ё or е, whatever stands between them."""

    def __init__(self, term: Term) -> None:
        pattern, was_alone = "", True
        parts = [part for chunk in CHUNK.findall(plain(term.text)) for part in parts_of_chunk(chunk)]
        runs = [[folded(piece) for piece in pieces_of(part)] for part in parts]
        for part, run in zip(parts, runs, strict=True):
            pieces = [re.escape(piece) for piece in run]
            is_alone = _ALONE.fullmatch(part) is not None
            # Nothing need stand before or behind a letter that is a word by itself.
            between = r"[\W_]*" if is_alone or was_alone else _BETWEEN
            # What must not be before comes after: so the search passes quickly over what begins with other letters.
            before = "" if pattern or is_alone else f"(?<!{_LETTER}{pieces[0]})"
            pattern += r"[\W_]*".join([(between if pattern else "") + pieces[0] + before, *pieces[1:]])
            was_alone = is_alone
        if SIGNED.fullmatch(term.text):
            letter, sign = lowered(term.text[0]), re.escape(term.text[1:])
            alike = "[cс]" if letter in {"c", "с"} else letter
            pattern, was_alone = f"(?<!{_LETTER}){alike}{sign}", True
        end = r"[^\W_]*" if term.is_open else ""
        self.pattern = _Pattern(pattern + end + ("" if was_alone else _AFTER))
        """Finds it in a text that is `lowered`."""
        # Of signs a quick look says nothing.
        self.glance = Glance([[term.text]] if SIGNED.fullmatch(term.text) else runs)

    def is_in(self, text: str) -> bool:
        """Whether a text has it."""
        low = lowered(text)
        if self._has(low):
            return True
        # What is written with marks over its letters, or otherwise unusual, is seen only then.
        if is_usual(low):
            return False
        return plain(low) != low and self._has(lowered(plain(text)))

    def _has(self, low: str) -> bool:
        return self.pattern.of(low).search(low) is not None


def _starts(words: Sequence[str], between: str) -> _Pattern:
    """Finds what begins as one of these words, to the end of its letters."""
    starts = sorted(set(words))
    ways = []
    for start in starts:
        letters = between.join(map(re.escape, start[:_LOOSE_MAX_CHARS] if between else start))
        # Parts of names in Latin letters begin in the middle: getUserName. Elsewhere what must not be before comes
        # after: so the search passes quickly over what begins with other letters.
        is_fixed = not start.isascii() and not between
        ways.append(rf"{letters}(?<!{_LETTER}{letters})" if is_fixed else letters)
    return _Pattern(rf"(?:{'|'.join(ways)}){_LETTER}*")


def _spot(chunk: re.Match[str], wanted: str, known: str) -> Spot:
    """The part of a chunk that is meant, or all of it."""
    if len(known) == len(chunk[0]):
        position = 0
        pieces = pieces_of(known)
        for piece in pieces:
            position = known.index(piece, position)
            if folded(piece) == wanted or (len(pieces) > 1 and wanted in stems_of(piece)):
                return chunk.start() + position, chunk.start() + position + len(piece)
            position += len(piece)
    return chunk.span()


def _chunk_at(text: str, position: int) -> re.Match[str] | None:
    """The chunk around a position."""
    start = position
    while start > 0 and position - start < _REACH and not text[start - 1].isspace():
        start -= 1
    for chunk in CHUNK.finditer(text, start, position + _REACH):
        if chunk.end() > position:
            return chunk if chunk.start() <= position else None
    return None
