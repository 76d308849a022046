"""Words of a text as the search knows them: small letters, ё as е, stems, parts of what is joined. Pure."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby

from gigadesk.search.stems import stem

WORD_MAX_CHARS = 40
"""Longer ones are codes and keys: their beginning is enough to find them."""
PIECES_MAX = 4
"""Of letters and digits in one run: more of them are a code, not a name."""
PARTS_MAX = 24
"""Pieces of what is joined: of more only all of it is known."""
TURN = ">"
"""In front of a name that begins in its middle, and before what comes first. In no word."""

ALONE = "\u2e80-\u9fff\uf900-\ufaff"
"""Scripts without spaces between words: each letter is one."""
CHUNK = re.compile(
    rf"[{ALONE}]|[^\W_{ALONE}]+(?:[-_‐‑.'’\u00ad\u200b-\u200d\u2060\ufeff\u0300-\u036f]+[^\W_{ALONE}]+)*"
)
"""A word with all that is joined to it: `веб-сервис`, `get_user_name`, `os.path`, `don't`."""
_JOINTS = re.compile(r"[-_‐‑.'’]+")
_RUNS = re.compile(r"[0-9]+|[^\W\d_]+")
_HUMPS = re.compile(r"(?<=[a-zа-яё])(?=[A-ZА-ЯЁ])|(?<=[A-ZА-ЯЁ])(?=[A-ZА-ЯЁ][a-zа-яё])")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff\u0300-\u036f]")


def plain(text: str) -> str:
    """Text in which one letter is written in one way. Positions are not kept."""
    if not text.isascii():
        if not unicodedata.is_normalized("NFKC", text):
            text = unicodedata.normalize("NFKC", text)
        text = _INVISIBLE.sub("", text)
    return text


def folded(word: str) -> str:
    """A plain word in small letters, ё as е."""
    return word.lower().replace("ё", "е").replace("\u0307", "")


def lowered(text: str) -> str:
    """A text in small letters, ё as е, each letter in its place."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(small if len(small := each.lower()) == 1 else each for each in text)
    return low.replace("ё", "е")


def words_in(chunk: str) -> tuple[str, ...]:
    """The folded words of a match of `CHUNK` in a plain text: its pieces, and all of it without what joins them."""
    return words_with([folded(piece) for piece in pieces_of(chunk)], chunk)


def words_with(pieces: Sequence[str], chunk: str) -> tuple[str, ...]:
    """The same, from its folded pieces."""
    if len(pieces) == 1:
        return (pieces[0][:WORD_MAX_CHARS],)
    words = [piece[:WORD_MAX_CHARS] for piece in pieces] if len(pieces) <= PARTS_MAX else []
    names = _names_in(chunk) if words else [chunk]
    wholes = (_whole(name) for name in names)
    return tuple(dict.fromkeys([*words, *wholes]))


def turned_in(chunk: str) -> list[str]:
    """The names in a plain chunk as they can be looked up by a part that begins inside of them.

    `getUserName` is ">username>get": how it goes on from a piece in its middle, and what is before that.
    """
    found = []
    for name in _names_in(chunk) if len(pieces_of(chunk)) <= PARTS_MAX else ():
        pieces = [folded(piece) for piece in pieces_of(name)]
        whole, start = "".join(pieces), 0
        for piece in pieces[:-2]:
            start += len(piece)
            found.append(turned(whole, start))
    return found


def turned(whole: str, start: int) -> str:
    """A folded name from there on, then what is before that; of each as much as of a word."""
    return f"{TURN}{whole[start:][:WORD_MAX_CHARS]}{TURN}{whole[:start][:WORD_MAX_CHARS]}"


def turned_anywhere(whole: str) -> list[str]:
    """All that a name of less than `WORD_MAX_CHARS` can be in this way, wherever its pieces are."""
    return [turned(whole, start) for start in range(1, len(whole))]


def whole_of(word: str) -> str:
    """The name that was turned; another word is its own."""
    if not word.startswith(TURN):
        return word
    end, begin = word[len(TURN) :].split(TURN)
    return (begin + end)[:WORD_MAX_CHARS]


def _whole(name: str) -> str:
    return "".join(map(folded, pieces_of(name)))[:WORD_MAX_CHARS]


def _names_in(chunk: str) -> list[str]:
    """A full stop without a space after it joins no sentences; in names and numbers it does."""
    if "." not in chunk or chunk.isascii():
        return [chunk]
    names: list[str] = []
    for is_name, parts in groupby(filter(None, chunk.split(".")), key=str.isascii):
        each = list(parts)
        names += [".".join(each)] if is_name else each
    return names


def stems_in(chunk: str) -> tuple[str, ...]:
    """The stems of `words_in`, each once."""
    return tuple(dict.fromkeys(map(stem, words_in(chunk))))


# The same, remembered: for texts in which hits are marked.
words_of = lru_cache(maxsize=1 << 12)(words_in)
stems_of = lru_cache(maxsize=1 << 12)(stems_in)


@lru_cache(maxsize=256)
def wanted_of(chunk: str) -> tuple[str, ...]:
    """What of a plain chunk a text must have that is looked for by it: the whole, or each word of what is no name."""
    words = words_of(chunk)
    whole = "".join(map(folded, pieces_of(chunk)))[:WORD_MAX_CHARS]
    return (whole,) if whole in words else words


def pieces_of(chunk: str) -> list[str]:
    """A plain chunk where it comes apart, as it is written: `getUserName2` is get, User, Name and 2."""
    if chunk.isalpha():
        return _pieces(chunk)
    return [piece for part in parts_of_chunk(chunk) for piece in _pieces(part)]


def parts_of_chunk(chunk: str) -> list[str]:
    """A plain chunk without what joins it."""
    return [part for part in _JOINTS.split(chunk) if part]


def elements_of(chunk: str) -> list[str]:
    """What of a plain chunk stands beside other words, folded: as its pieces, but whatever is in capitals."""
    if chunk.isalpha():
        return [folded(chunk)]
    found: list[str] = []
    for part in _JOINTS.split(chunk):
        runs = _RUNS.findall(part) or [part]
        found += runs if len(runs) <= PIECES_MAX else [part]
    return [folded(element) for element in found if element]


def has_humps(chunk: str) -> bool:
    """Whether it is written as `getUserName`."""
    return _HUMPS.search(chunk) is not None


def _pieces(part: str) -> list[str]:
    if part.isalpha() and (part[1:].islower() or part.islower() or part.isupper()):
        return [part]
    runs = [run for hump in _HUMPS.split(part) for run in _RUNS.findall(hump) or [hump]]
    return runs if len(runs) <= PIECES_MAX or part.isalpha() else [part]
