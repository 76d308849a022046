"""A query as SQLite's full-text search wants it: quoted terms, joined by AND, OR and NOT."""

from collections.abc import Iterable, Iterator, Sequence

from gigadesk.search.documents import MARKS, OFTEN_MARK, ROLE_MARKS
from gigadesk.search.joined import JoinedWord, parts_of
from gigadesk.search.pairs import terms_of_humps
from gigadesk.search.query import Query, Term
from gigadesk.search.stems import stem
from gigadesk.search.words import CHUNK, WORD_MAX_CHARS, has_humps, plain, stems_of, wanted_of
from gigadesk.store.search_phrases import most_telling
from gigadesk.store.search_words import WordTable

_ALL = tuple(ROLE_MARKS.values())
"""Every message has one of these."""


def match_of(query: Query, words: WordTable, *, often: bool = False) -> str:
    """The expression for the messages; those that fit it still have to have the phrases.

    With `often`, only messages that have one of the words several times.
    """
    found = [_groups(term, words) for term in query.terms]
    groups: list[list[str]] = []
    for term, wanted in zip(query.terms, found, strict=True):
        groups += most_telling(term, wanted, words) if term.is_phrase else wanted
        groups.extend(_humps(term) if term.is_phrase else ())
    if often:
        groups.append([OFTEN_MARK + known for wanted in found for group in wanted for known in group])
    groups.extend([MARKS[feature]] for feature in query.features)
    if query.models:
        groups.append(_models(query.models, words))
    if query.role is not None:
        groups.append([ROLE_MARKS[query.role]])
    excluded = [known for term in query.excluded if not term.is_phrase for known in _left_out(term, words)]
    excluded.extend(MARKS[feature] for feature in query.excluded_features)
    asked = " AND ".join(map(_any_of, groups or [list(_ALL)]))
    return f"({asked}) NOT {_any_of(excluded)}" if excluded else asked


def names_match_of(terms: Sequence[Term]) -> str:
    """The expression for titles and names, which have their words and their stems."""
    chunks = [chunk for term in terms for chunk in CHUNK.findall(plain(term.text))]
    return " AND ".join(f"({' AND '.join(map(_name, wanted_of(chunk)))}{_parts(chunk)})" for chunk in chunks)


def _parts(chunk: str) -> str:
    """The other way in which a name may have what is joined: as a part of something longer."""
    parts = parts_of(Term(chunk, is_phrase=False))
    return f" OR ({' AND '.join(map(_name, parts))})" if parts else ""


def _name(word: str) -> str:
    return f"({_quoted(word)}* OR {_quoted(stem(word))})"


def _groups(term: Term, words: WordTable) -> list[list[str]]:
    """Of each group one stem must be in the message."""
    if parts := parts_of(term):
        return _of_joined(term, parts, words)
    if not term.is_phrase:
        wanted = wanted_of(plain(term.text))
        groups = [[stem(word)] for word in wanted]
    else:
        # Word by word: in the text they may be joined otherwise. These are stems: the stem of a stem may be another.
        chunks = CHUNK.findall(plain(term.text))
        wanted = tuple(known for chunk in chunks for known in _pieces(chunk))
        groups = [[known] for known in wanted]
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
    if names is not None and ("." not in term.text or term.text.isascii()):
        return [list(dict.fromkeys([*one, *map(stem, names)]))]
    groups = [[stem(part)] for part in parts]
    if term.is_open:
        one += map(stem, words.beginning_with("".join(parts)[:WORD_MAX_CHARS]))
        groups[-1] += map(stem, words.beginning_with(parts[-1]))
    return [list(dict.fromkeys([*one, *group])) for group in groups]


def _humps(term: Term) -> Iterator[list[str]]:
    chunks = CHUNK.findall(plain(term.text))
    for chunk in chunks[:-1] if term.is_open else chunks:
        if has_humps(chunk) and (terms := terms_of_humps(chunk)):
            yield terms


def _pieces(chunk: str) -> tuple[str, ...]:
    words = stems_of(chunk)
    whole = wanted_of(chunk)
    return tuple(word for word in words if len(words) == 1 or word != stem(whole[-1])) or words


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
    return "(" + " OR ".join(map(_quoted, terms)) + ")"


def _quoted(term: str) -> str:
    return '"' + term.replace('"', '""') + '"'
