"""A query as SQLite's full-text search wants it: quoted terms, joined by AND, OR and NOT."""

from collections.abc import Iterable, Sequence
from itertools import chain

from gigadesk.search.documents import MARKS, OFTEN_MARK, ROLE_MARKS
from gigadesk.search.joined import JoinedWord, parts_of
from gigadesk.search.numbers import is_apart, is_phone, wholes_of
from gigadesk.search.pairs import pairs_in
from gigadesk.search.query import Query, Term
from gigadesk.search.stems import stem
from gigadesk.search.words import CHUNK, SIGNED, WORD_MAX_CHARS, plain, signed_terms, wanted_of
from gigadesk.store.search_asks import quoted
from gigadesk.store.search_phrases import most_telling, stems_of_phrase
from gigadesk.store.search_words import WordTable

_ALL = tuple(ROLE_MARKS.values())
"""Every message has one of these."""


def match_of(query: Query, words: WordTable, *, often: bool = False) -> str:
    """The expression for the messages; those that fit it still have to have the phrases.

    With `often`, only messages that have one of the words several times.
    """
    asked: list[str] = []
    about: list[str] = []
    for term in query.terms:
        if SIGNED.fullmatch(term.text):
            about += signed_terms(term.text)
            asked.append(_any_of(signed_terms(term.text)))
        elif term.is_phrase:
            asked += most_telling(term, words)
            about += stems_of_phrase(term)
        else:
            groups = _groups(term, words)
            asked += map(_any_of, groups)
            about += chain.from_iterable(groups)
    if often:
        asked.append(_any_of(OFTEN_MARK + known for known in about))
    asked += (_any_of([MARKS[feature]]) for feature in query.features)
    if query.models:
        asked.append(_any_of(_models(query.models, words)))
    if query.role is not None:
        asked.append(_any_of([ROLE_MARKS[query.role]]))
    excluded = [known for term in query.excluded if not term.is_phrase for known in _left_out(term, words)]
    excluded.extend(MARKS[feature] for feature in query.excluded_features)
    expression = " AND ".join(asked or [_any_of(_ALL)])
    return f"({expression}) NOT {_any_of(excluded)}" if excluded else expression


def names_match_of(terms: Sequence[Term]) -> str:
    """The expression for titles and names, which have their words and their stems."""
    chunks = [chunk for term in terms for chunk in CHUNK.findall(plain(term.text))]
    return " AND ".join(f"({' AND '.join(map(_name, wanted_of(chunk)))}{_parts(chunk)})" for chunk in chunks)


def _parts(chunk: str) -> str:
    """The other way in which a name may have what is joined: as a part of something longer."""
    parts = parts_of(Term(chunk, is_phrase=False))
    return f" OR ({' AND '.join(map(_name, parts))})" if parts else ""


def _name(word: str) -> str:
    return f"({quoted(word)}* OR {quoted(stem(word))})"


def _groups(term: Term, words: WordTable) -> list[list[str]]:
    """Of each group one stem must be in the message. Not for phrases."""
    if parts := parts_of(term):
        return _of_joined(term, parts, words)
    wanted = wanted_of(plain(term.text))
    groups = [[stem(word), *map(stem, words.names_ending_with(word))] for word in wanted]
    if term.is_open and groups:
        groups[-1] = list(dict.fromkeys([*groups[-1], *map(stem, words.beginning_with(wanted[-1]))]))
    return groups


def _of_joined(term: Term, parts: Sequence[str], words: WordTable) -> list[list[str]]:
    """The names that have it or, of very many, its pieces, which are beside each other or not.

    All this is seen in the text. A text may have the pieces without having a name that is known by all of them when
    these are not of one script.
    """
    one = [_whole(parts)]
    names = words.names_with(JoinedWord(tuple(parts), is_open=term.is_open).opening[:WORD_MAX_CHARS])
    apart = is_apart(tuple(parts))
    if apart:
        one = [*wholes_of(tuple(parts)), *map(stem, names or ())]
    elif names is not None and ("." not in term.text or term.text.isascii()):
        return [list(dict.fromkeys([*one, *map(stem, names)]))]
    groups = [[stem(part)] for part in parts]
    if term.is_open:
        one += map(stem, words.beginning_with("".join(parts)[:WORD_MAX_CHARS]))
        groups[-1] += map(stem, words.beginning_with(parts[-1]))
    if is_phone(tuple(parts)):
        groups[1:] = ([part, "".join(parts[1:])] for part in parts[1:])  # 123-45-67, which may be 1234567
    elif apart:
        groups += (pair.terms for pair in pairs_in(" ".join(parts), is_open=term.is_open))
    return [list(dict.fromkeys([*one, *group])) for group in groups]


def _models(models: Iterable[str], words: WordTable) -> list[str]:
    return [known for model in models for known in words.models(model)] or [":none"]


def _left_out(term: Term, words: WordTable) -> list[str]:
    if parts := parts_of(term):
        return [_whole(parts)]  # longer names have it only perhaps
    groups = _groups(term, words)
    return groups[0] if len(groups) == 1 else []


def _whole(parts: Sequence[str]) -> str:
    return stem("".join(parts)[:WORD_MAX_CHARS])


def _any_of(terms: Iterable[str]) -> str:
    return "(" + " OR ".join(map(quoted, terms)) + ")"
