"""Which words and pairs of a phrase are worth asking the index for: those with which the search ends soonest."""

from collections.abc import Sequence
from math import exp

from gigadesk.search.pairs import Pair, pair_of, pairs_in
from gigadesk.search.query import Term
from gigadesk.search.stems import stem
from gigadesk.search.words import CHUNK, WORD_MAX_CHARS, folded, has_humps, parts_of_chunk, pieces_of, plain
from gigadesk.store.search_asks import Ask, all_of, any_of, terms_of, worth_asking
from gigadesk.store.search_places import fine_share
from gigadesk.store.search_words import WordTable

SHARED_BY, FINE_SHARED_BY = 64, 160
"""One of so many messages has the term of a pair with a common word because of other pairs."""
FEW_SHARED_BY, FINE_FEW_SHARED_BY = 30, 60
"""The same of any other pair."""
BESIDE = 0.25
"""Of the messages that have two frequent words, so many have them beside each other."""
SELDOM = 10_000
"""A word is taken to be in one of so many messages at least: how often it was seen is not known well."""
JOINED_MIN_CHARS = 4
PAIRED_MAX = 6
"""Pieces of a name of which all ways to part it in two are asked for."""


def most_telling(term: Term, words: WordTable) -> list[str]:
    """Expressions which a message that has this phrase fits all, those that are worth asking for, rare ones first."""
    phrase = _Phrase(words)
    return [ask.expression for ask in worth_asking(phrase.asks(term), phrase.total)]


def stems_of_phrase(term: Term) -> list[str]:
    """What a message with this phrase may be about: its words, and each name as a whole."""
    parts = _parts(term)
    pieces = [folded(piece) for part in parts for piece in pieces_of(part)]
    return list(dict.fromkeys(map(stem, [*pieces, *map(folded, parts)])))


class _Phrase:
    """Estimates, from how often words were seen."""

    def __init__(self, words: WordTable) -> None:
        self._words = words
        self.total = float(words.messages())

    def asks(self, term: Term) -> list[Ask]:
        """All that can be asked for."""
        pairs = pairs_in(term.text, is_open=term.is_open)
        found = list(map(self._pair, pairs))
        implied = {stem(word) for pair in pairs if pair.is_own for word in (pair.first, pair.second)}
        parts = _parts(term)
        for number, part in enumerate(parts, start=1):
            is_open = term.is_open and number == len(parts)
            pieces = [folded(piece) for piece in pieces_of(part)]
            if has_humps(part):
                found.extend(self._name(pieces, is_open=is_open))
                continue
            last = len(pieces) if is_open else 0
            found.extend(
                self._piece(piece, is_open=place == last)
                for place, piece in enumerate(pieces, start=1)
                if place == last or stem(piece) not in implied
            )
        return found

    def _pair(self, pair: Pair) -> Ask:
        total = self.total
        beside = self._messages_of(self._words.times_written(pair.first))
        beside *= self._messages_of(self._words.times_written(pair.second))
        beside = max(BESIDE * beside / total, total / SELDOM)
        if pair.is_own:
            return terms_of(pair.terms, beside)
        by, fine_by = (SHARED_BY, FINE_SHARED_BY) if pair.has_common else (FEW_SHARED_BY, FINE_FEW_SHARED_BY)
        fine = total * fine_share(total)
        shared = (total - fine) / by + fine / fine_by
        return terms_of(pair.terms, beside + shared, shared)

    def _piece(self, piece: str, *, is_open: bool) -> Ask:
        known = piece[:WORD_MAX_CHARS]
        if is_open:
            terms = dict.fromkeys(map(stem, [known, *self._words.beginning_with(known)]))
            return terms_of(terms, self._messages_of(self._words.times_begun(known)))
        seen = self._messages_of(self._words.times_seen(stem(known)))
        return terms_of(dict.fromkeys([stem(known), *map(stem, self._names(known))]), seen)

    def _names(self, piece: str) -> list[str]:
        """Longer names that may have this in them, but as several of their pieces: `username` in `self.userName`."""
        may_be_joined = piece.isascii() and piece.isalpha() and len(piece) >= JOINED_MIN_CHARS
        return (self._words.names_with(piece) or []) if may_be_joined else []

    def _name(self, pieces: Sequence[str], *, is_open: bool) -> list[Ask]:
        """Of a name as `getUserName`, however it is written; none when that says nothing.

        All of it is an element of the text, or there is one that is how it begins and another one after that.
        """
        count = len(pieces)
        whole = self._element(pieces, 0, count, is_open=is_open)
        if not whole:
            as_one = self._piece("".join(pieces), is_open=is_open)
            each = [self._piece(piece, is_open=is_open and place == count) for place, piece in enumerate(pieces, 1)]
            whole = [as_one, all_of(worth_asking(each, self.total), self.total)]
        ways = whole
        for cut in range(1, count):
            begin = self._element(pieces, 0, cut)
            for end in range(cut + 1, count + 1) if count <= PAIRED_MAX else ():
                is_end_open = is_open and end == count
                second = self._element(pieces, cut, end, is_open=is_end_open)
                pair = None if is_end_open else pair_of("".join(pieces[:cut]), "".join(pieces[cut:end]))
                asks = [*begin, *second, *([self._pair(pair)] if pair is not None else [])]
                if not asks:
                    return []
                ways.append(all_of(worth_asking(asks, self.total), self.total))
            if count > PAIRED_MAX:
                if not begin:
                    return []
                ways += begin
        return [any_of(ways)]

    def _element(self, pieces: Sequence[str], begin: int, end: int, *, is_open: bool = False) -> list[Ask]:
        """What has so many pieces as one word, alone or in a longer name; none when very many have."""
        if begin + 1 == end and len(pieces) > 1:
            return [self._piece(pieces[begin], is_open=is_open)]
        known = "".join(pieces[begin:end])[:WORD_MAX_CHARS]
        names = self._words.names_with(known)
        if names is None:
            return []
        terms = dict.fromkeys([stem(known), *map(stem, names)])
        return [terms_of(terms, self._messages_of(self._words.times_of(names)))]

    def _messages_of(self, times: float) -> float:
        # Some have it several times.
        return max(self.total * (1 - exp(-times / self.total)), self.total / SELDOM)


def _parts(term: Term) -> list[str]:
    return [part for chunk in CHUNK.findall(plain(term.text)) for part in parts_of_chunk(chunk)]
