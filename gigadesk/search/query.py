"""What is typed into the search, read: words, "phrases", -excluded, and filters such as `from:me`. Pure.

Any text is a query. What looks like a filter and is none is words.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol

from gigadesk.chat import Role
from gigadesk.search.dates import begin_of, span_of
from gigadesk.search.documents import Feature
from gigadesk.search.hits import Place
from gigadesk.search.numbers import BLANK, PHONE_TYPED
from gigadesk.search.words import CHUNK, SIGNED, folded, plain

TERMS_MAX = 24
"""Words and phrases that are looked for; a pasted page has more, which say no more."""


class Key(StrEnum):
    """What can stand before the colon."""

    FROM = "from"
    MODEL = "model"
    BEFORE = "before"
    AFTER = "after"
    ON = "on"
    HAS = "has"
    IN = "in"
    CHAT = "chat"


KEYS: dict[str, Key] = {
    **{key.value: key for key in Key},
    "от": Key.FROM,
    "модель": Key.MODEL,
    "до": Key.BEFORE,
    "после": Key.AFTER,
    "за": Key.ON,
    "дата": Key.ON,
    "есть": Key.HAS,
    "в": Key.IN,
    "чат": Key.CHAT,
    "title": Key.CHAT,
    "название": Key.CHAT,
}
ROLES: dict[str, Role] = {
    **dict.fromkeys(("me", "меня", "я", "user"), Role.USER),
    **dict.fromkeys(("assistant", "ai", "gigachat", "ассистента", "ассистент", "модели", "ии"), Role.ASSISTANT),
}
FEATURES: dict[str, Feature] = {
    **dict.fromkeys(("code", "код"), Feature.CODE),
    **dict.fromkeys(("table", "таблица", "таблицы"), Feature.TABLE),
    **dict.fromkeys(("link", "links", "ссылка", "ссылки"), Feature.LINK),
    **dict.fromkeys(("file", "files", "файл", "файлы"), Feature.FILE),
}
PLACES: dict[str, Place] = {
    **dict.fromkeys(("archive", "архив", "архиве"), Place.ARCHIVE),
    **dict.fromkeys(("trash", "корзина", "корзине"), Place.TRASH),
}


class _Reader(Protocol):
    """Reads the value of a filter; False when it means nothing."""

    def __call__(self, reading: "_Reading", value: str, today: date, *, is_excluded: bool) -> bool: ...


_THOUSANDS = rf'(?:\d{{1,3}}(?:{BLANK}\d{{3}}){{2,}}|\d{{1,3}}{BLANK}000|\d{{1,2}}{BLANK}\d00)(?![^\s"])'
"""1 000 000 is one number."""
_TOKEN = re.compile(
    r"(?P<minus>-(?!-))?(?:(?P<key>[^\W\d_]+):)?"
    rf'(?:"(?P<quoted>[^"]*)(?P<closed>"?)|(?P<bare>{_THOUSANDS}|{PHONE_TYPED}(?![^\s"])|[^\s"]+))'
)
_BLANKS = re.compile(BLANK)
_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d)")
_POSSESSIVE = re.compile(r"([A-Za-z]{3,})['’]s")
_QUOTES = str.maketrans("“”„«»", '"' * 5)


@dataclass(frozen=True, slots=True)
class Term:
    """A word, or words that stand together."""

    text: str
    is_phrase: bool
    is_open: bool = False
    """Its last word may be going to be longer: it is still being typed."""


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter as it stands in the text."""

    key: Key
    value: str
    start: int
    end: int
    is_excluded: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for. All of it must be true of a message."""

    terms: tuple[Term, ...] = ()
    excluded: tuple[Term, ...] = ()
    role: Role | None = None
    models: tuple[str, ...] = ()
    since: float | None = None
    until: float | None = None
    features: tuple[Feature, ...] = ()
    excluded_features: tuple[Feature, ...] = ()
    folders: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    places: frozenset[Place] = frozenset({Place.LISTED})
    filters: tuple[Filter, ...] = ()
    odd: tuple[Filter, ...] = ()
    """What looks like a filter with a value that means nothing: words, or nothing while it is being typed."""

    @property
    def is_empty(self) -> bool:
        """Nothing is asked for."""
        return not (self.terms or self.excluded or self.filters)


@dataclass
class _Reading:
    terms: list[Term] = field(default_factory=list)
    excluded: list[Term] = field(default_factory=list)
    models: list[str] = field(default_factory=list)
    features: list[Feature] = field(default_factory=list)
    excluded_features: list[Feature] = field(default_factory=list)
    folders: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    places: set[Place] = field(default_factory=set)
    filters: list[Filter] = field(default_factory=list)
    odd: list[Filter] = field(default_factory=list)
    role: Role | None = None
    since: float | None = None
    until: float | None = None


def parse(text: str, today: date, *, is_typing: bool = False) -> Query:
    """Read a text. With `is_typing` its last word may be going to be longer, and its last filter is not there yet.

    A filter at the end without a value, as `in:`, is none yet in any case.
    """
    reading = _Reading()
    straight = text.translate(_QUOTES)
    end = len(straight)
    for found in _TOKEN.finditer(straight):
        is_last = is_typing and found.end() == end
        name, value = found["key"], found["quoted"] if found["quoted"] is not None else found["bare"]
        key = KEYS.get(name.lower()) if name else None
        is_excluded = bool(found["minus"])
        if key is not None and _READERS[key](reading, value, today, is_excluded=is_excluded):
            reading.filters.append(Filter(key, value, found.start(), found.end(), is_excluded))
            continue
        if key is not None and value:
            reading.odd.append(Filter(key, value, found.start(), found.end(), is_excluded))
        if not (is_last and key is not None) and not (found.end() == end and _is_bare_key(found)):
            _read_words(reading, found, is_open=is_last and not found["closed"])
    return Query(
        tuple(reading.terms[:TERMS_MAX]),
        tuple(reading.excluded[:TERMS_MAX]),
        reading.role,
        tuple(reading.models),
        reading.since,
        reading.until,
        tuple(reading.features),
        tuple(reading.excluded_features),
        tuple(reading.folders),
        tuple(reading.titles),
        frozenset(reading.places or {Place.LISTED}),
        tuple(reading.filters),
        tuple(reading.odd),
    )


def _is_bare_key(found: re.Match[str]) -> bool:
    """Whether it is the name of a filter and nothing behind its colon: the value is still to be typed."""
    if found["key"]:
        return found["key"].lower() in KEYS and not found["quoted"] and not found["bare"]
    name, colon, rest = (found["bare"] or "").partition(":")
    return bool(colon) and not rest and name.lower() in KEYS


def without(text: str, gone: Filter) -> str:
    """The text without one of its filters."""
    return " ".join((text[: gone.start].rstrip() + " " + text[gone.end :].lstrip()).split(" ")).strip()


def last_token(text: str) -> tuple[int, str, str]:
    """Where the token begins that is being typed, the name before its colon ("" without one), and what follows."""
    straight = text.translate(_QUOTES)
    for found in _TOKEN.finditer(straight):
        if found.end() == len(straight) and not found["closed"]:
            value = found["quoted"] if found["quoted"] is not None else found["bare"]
            return found.start("key") if found["key"] else found.start(), found["key"] or "", value
    # `from:` alone is not a token with a key: nothing follows the colon.
    return len(text), "", ""


def _read_words(reading: _Reading, found: re.Match[str], *, is_open: bool) -> None:
    into = reading.excluded if found["minus"] else reading.terms
    if found["quoted"] is not None:
        if found["key"]:
            into.extend(_words(found["key"], is_open=False))
        if CHUNK.search(plain(found["quoted"])):
            # Between closed quotes the words are whole; in open ones the last may be going to be longer.
            into.append(Term(found["quoted"], is_phrase=True, is_open=is_open))
        return
    whole = found["bare"] if not found["key"] else f"{found['key']}:{found['bare']}"
    into.extend(_words(whole, is_open=is_open))


def _words(text: str, *, is_open: bool) -> Iterator[Term]:
    if re.fullmatch(_THOUSANDS, text):
        text = _BLANKS.sub("", text)
    elif re.fullmatch(PHONE_TYPED, text):
        text = re.sub("[^0-9]", "", text)
    known = _DECIMAL_COMMA.sub(".", plain(text))
    for chunk in CHUNK.finditer(known):
        if signed := SIGNED.match(known, chunk.start()):
            yield Term(signed[0], is_phrase=True)
            continue
        possessive = _POSSESSIVE.fullmatch(chunk[0])
        # "word," is complete: something follows it already. `word*` is written by who wants all that begin so.
        is_last = is_open and chunk.end() == len(known)
        has_star = known[chunk.end() :] == "*" and not known.startswith("*")
        is_beginning = (is_last or has_star) and possessive is None
        yield Term(possessive[1] if possessive else chunk[0], is_phrase=False, is_open=is_beginning)


def _read_from(reading: _Reading, value: str, today: date, *, is_excluded: bool) -> bool:
    del today
    role = ROLES.get(folded(value))
    if role is None:
        return False
    others = {Role.USER: Role.ASSISTANT, Role.ASSISTANT: Role.USER}
    reading.role = others[role] if is_excluded else role
    return True


def _read_model(reading: _Reading, value: str, today: date, *, is_excluded: bool) -> bool:
    del today
    known = "".join(each for each in folded(plain(value)) if each.isalnum())
    if not known or is_excluded:
        return False
    reading.models.append(known)
    return True


def _read_before(reading: _Reading, value: str, today: date, *, is_excluded: bool) -> bool:
    span = span_of(value, today)
    if span is None or is_excluded:
        return False
    _narrow(reading, None, begin_of(span.first))
    return True


def _read_after(reading: _Reading, value: str, today: date, *, is_excluded: bool) -> bool:
    span = span_of(value, today)
    if span is None or is_excluded:
        return False
    _narrow(reading, begin_of(span.first), None)
    return True


def _read_on(reading: _Reading, value: str, today: date, *, is_excluded: bool) -> bool:
    span = span_of(value, today)
    if span is None or is_excluded:
        return False
    _narrow(reading, begin_of(span.first), begin_of(span.end))
    return True


def _read_has(reading: _Reading, value: str, today: date, *, is_excluded: bool) -> bool:
    del today
    feature = FEATURES.get(folded(value))
    if feature is None:
        return False
    (reading.excluded_features if is_excluded else reading.features).append(feature)
    return True


def _read_in(reading: _Reading, value: str, today: date, *, is_excluded: bool) -> bool:
    del today
    if is_excluded or not value.strip():
        return False
    place = PLACES.get(folded(value))
    if place is not None:
        reading.places.add(place)
    else:
        reading.folders.append(value)
    return True


def _read_chat(reading: _Reading, value: str, today: date, *, is_excluded: bool) -> bool:
    del today
    if is_excluded or not CHUNK.search(plain(value)):
        return False
    reading.titles.append(value)
    return True


def _narrow(reading: _Reading, since: float | None, until: float | None) -> None:
    if since is not None:
        reading.since = since if reading.since is None else max(reading.since, since)
    if until is not None:
        reading.until = until if reading.until is None else min(reading.until, until)


_READERS: dict[Key, _Reader] = {
    Key.FROM: _read_from,
    Key.MODEL: _read_model,
    Key.BEFORE: _read_before,
    Key.AFTER: _read_after,
    Key.ON: _read_on,
    Key.HAS: _read_has,
    Key.IN: _read_in,
    Key.CHAT: _read_chat,
}
