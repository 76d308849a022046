"""What a message can be asked for in the index, what that costs and what it leaves. Values only."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import prod

LOOK = 1000
"""To look at the text of one message takes as long as to pass over 500 in the list of those that have a term. Words
were seen about half as often as is estimated."""


@dataclass(frozen=True, slots=True)
class Ask:
    """An expression for the index, and estimates about it."""

    expression: str
    listed: float
    """Messages that are passed over."""
    left: float
    """Messages that fit, without those that have what is really meant: these are looked at anyway."""


def terms_of(terms: Iterable[str], listed: float, left: float | None = None) -> Ask:
    """A message has to have one of these."""
    return Ask("(" + " OR ".join(map(quoted, terms)) + ")", listed, listed if left is None else left)


def any_of(asks: Sequence[Ask]) -> Ask:
    """One of these has to fit."""
    expression = f"({' OR '.join(ask.expression for ask in asks)})"
    return Ask(expression, sum(ask.listed for ask in asks), sum(ask.left for ask in asks))


def all_of(asks: Sequence[Ask], total: float) -> Ask:
    """All of these have to fit. So many messages there are."""
    expression = f"({' AND '.join(ask.expression for ask in asks)})"
    return Ask(expression, sum(ask.listed for ask in asks), total * prod(ask.left / total for ask in asks))


def worth_asking(asks: Iterable[Ask], total: float) -> list[Ask]:
    """Those of asks which all have to fit with which the search ends soonest, rare ones first; at least one.

    Each costs a walk through all messages that have it, and saves a look at those that have not.
    """
    left = total
    telling: list[Ask] = []
    for ask in sorted(asks, key=lambda each: each.listed):
        if telling and ask.listed >= LOOK * left * (1 - min(1.0, ask.left / total)):
            break
        telling.append(ask)
        left *= min(1.0, ask.left / total)
    return telling


def quoted(term: str) -> str:
    """A term as SQLite's full-text search wants it."""
    return '"' + term.replace('"', '""') + '"'
