"""Which words and pairs of a phrase are worth asking the index for: those with which the search ends soonest."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import exp

from gigadesk.search.pairs import pairs_in
from gigadesk.search.query import Term
from gigadesk.search.stems import stem
from gigadesk.store.search_words import WordTable

LOOK = 250
"""To look at the text of one message takes as long as to pass over so many in the list of those that have a term."""
SHARED_BY = 64
"""One of so many messages has a term because of other pairs."""
BESIDE = 0.25
"""Of the messages that have two frequent words, so many have them beside each other."""
SELDOM = 10_000
"""A word is taken to be in one of so many messages at least: how often it was seen is not known well."""


@dataclass(frozen=True, slots=True)
class _Ask:
    """What can be asked for. All numbers are estimates."""

    terms: list[str]
    """A message has to have one of these."""
    listed: float
    """Messages that have one: as many are passed over."""
    left: float
    """The same without those that have the words beside each other: these are looked at anyway."""


def most_telling(term: Term, wanted: Sequence[list[str]], words: WordTable) -> list[list[str]]:
    """Of the words `wanted` of a phrase and its pairs those that are worth asking for, rare ones first.

    Each costs a walk through all messages that have it, and saves a look at those that have not.
    """
    total = float(words.messages())
    left = total
    telling: list[list[str]] = []
    for ask in sorted(_asks(term, wanted, words, total), key=lambda each: each.listed):
        if telling and ask.listed >= LOOK * left * (1 - ask.left / total):
            break
        telling.append(ask.terms)
        left *= ask.left / total
    return telling


def _asks(term: Term, wanted: Sequence[list[str]], words: WordTable, total: float) -> list[_Ask]:
    @cache
    def messages_with(known: str) -> float:
        return messages_of(words.times_seen(known))

    def messages_with_word(word: str) -> float:
        return messages_of(words.times_written(word))

    def messages_of(times: float) -> float:
        # Some have it several times.
        return max(total * (1 - exp(-times / total)), total / SELDOM)

    found, implied = [], set()
    for pair in pairs_in(term.text, is_open=term.is_open):
        beside = messages_with_word(pair.first) * messages_with_word(pair.second)
        beside = max(BESIDE * beside / total, total / SELDOM)
        if pair.is_own:
            implied |= {stem(pair.first), stem(pair.second)}
            found.append(_Ask([pair.term], beside, beside))
        else:
            found.append(_Ask([pair.term], beside + total / SHARED_BY, total / SHARED_BY))
    for group in wanted:
        if len(group) > 1:
            # All that begins as the first does.
            seen = messages_of(words.times_begun(group[0]))
        elif group[0] in implied:
            continue
        else:
            seen = messages_with(group[0])
        found.append(_Ask(group, seen, seen))
    return found
