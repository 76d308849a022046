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

# Marks over, under and inside letters, without which a word is read all the same; and what is not seen at all.
_HIDDEN = (
    "\u00ad\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0640\u064b-\u065f\u0670"
    "\u200b-\u200d\u2060\ufeff"
)
_VOWELS = "\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
"""Signs of Hindi and Thai that are no letters to Python, and stand in the middle of words."""
SIGNED = re.compile(r"(?<![^\W_])[A-Za-zА-Яа-я](?:\+\+|#)")
"""C++ and C# are no C."""
_SIGNED_END = {"+": "p", "#": "s"}
Span = tuple[int, int]
"""First character and the one after the last."""

ALONE = "\u2e80-\u9fff\uf900-\ufaff"
"""Scripts without spaces between words: each letter is one."""
CHUNK = re.compile(rf"[{ALONE}]|[^\W_{ALONE}]+(?:[-_‐‑.'’{_HIDDEN}{_VOWELS}]+[^\W_{ALONE}]+)*")
"""A word with all that is joined to it: `веб-сервис`, `get_user_name`, `os.path`, `don't`."""
_JOINTS = re.compile(r"[-_‐‑.'’]+")
_RUNS = re.compile(r"[0-9]+|[^\W\d_]+")
_HUMPS = re.compile(r"(?<=[a-zа-яё])(?=[A-ZА-ЯЁ])|(?<=[A-ZА-ЯЁ])(?=[A-ZА-ЯЁ][a-zа-яё])")
_INVISIBLE = re.compile(f"[{_HIDDEN}]")
_UNUSUAL = re.compile(r"[^\x00-\x7fЁА-яё«»—–“”„’]")
_ODD = re.compile(rf"(?:{_UNUSUAL.pattern}|[\w])[{_HIDDEN}]+|{_UNUSUAL.pattern}")
_MARKED = re.compile("[\u00c0-\u024f\u0386-\u03ce\u1e00-\u1fff]")
"""Where letters with marks are in Latin and in Greek: é is found as e. й and ё are letters of their own."""
_COMMON = re.compile("[\x00-\xbf\u0250-\u0385\u03cf-\u1dff\u2000-\u2e7f\ua000-\uf8ff\ufb00-\U0010ffff]*")
"""All but the letters of `_MARKED` and of `ALONE`: three times as fast to run over as one of those is to find."""
_OTHERS = {
    "ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D",
    "ł": "l", "Ł": "L", "ı": "i", "ħ": "h", "Ħ": "H", "ς": "σ",
}  # fmt: skip
_NUMBER_SIGN = "№"
"""To Unicode it is as good as No, and a part of №5."""


def plain(text: str) -> str:
    """Text in which one letter is written in one way. Positions are not kept."""
    if not text.isascii():
        text = text.replace(_NUMBER_SIGN, " ")
        if not unicodedata.is_normalized("NFKC", text):
            text = unicodedata.normalize("NFKC", text)
        text = _INVISIBLE.sub("", text)
        if _MARKED.search(text) is not None:
            text = text.translate(_unmarked())
    return text


def aligned(text: str) -> tuple[str, list[Span]]:
    """The same as `plain`, nearly always, with the span of the text that each of its letters comes from."""
    parts: list[str] = []
    spans: list[Span] = []
    position = 0
    for odd in _ODD.finditer(text):
        start, end = odd.span()
        known = plain(odd[0])
        parts += (text[position:start], known)
        spans += ((place, place + 1) for place in range(position, start))
        spans += [(start, end)] * len(known)
        position = end
    parts.append(text[position:])
    spans += ((place, place + 1) for place in range(position, len(text)))
    return "".join(parts), spans


def folded(word: str) -> str:
    """A plain word in small letters, ё as е."""
    return word.lower().replace("ё", "е").replace("\u0307", "").replace("ς", "σ")


def lowered(text: str) -> str:
    """A text in small letters without marks, ё as е, each letter in its place."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(small if len(small := each.lower()) == 1 else each for each in text)
    if not is_common(low) and _MARKED.search(low) is not None:
        low = low.translate(_unmarked_in_place())
    return low.replace("ё", "е")


def is_common(text: str) -> bool:
    """Whether no letter with a mark is in a text, and none that is a word by itself."""
    return text.isascii() or _COMMON.match(text).end() == len(text)  # type: ignore[union-attr]  # nothing is a match, too


def is_usual(text: str) -> bool:
    """Whether a text is plain, as nearly all are; some that are plain are not known to be."""
    return text.isascii() or _UNUSUAL.search(text) is None


def words_in(chunk: str) -> tuple[str, ...]:
    """The folded words of a match of `CHUNK` in a plain text: its pieces, and all of it without what joins them."""
    return words_with([folded(piece) for piece in pieces_of(chunk)], chunk)


def words_with(pieces: Sequence[str], chunk: str) -> tuple[str, ...]:
    """The same, from its folded pieces."""
    if len(pieces) == 1:
        return (pieces[0][:WORD_MAX_CHARS],)
    words = [piece[:WORD_MAX_CHARS] for piece in pieces] if len(pieces) <= PARTS_MAX else []
    names = _names_in(chunk) if words else [chunk]
    wholes = [_whole(name) for name in names]
    if words and not chunk.islower():
        # Of `YouTube-канал` also youtube.
        wholes += [_whole(part) for part in parts_of_chunk(chunk) if has_humps(part)]
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


def signed_term(text: str) -> str:
    """The term of a match of `SIGNED`."""
    return f"{folded(text[0])}:{_SIGNED_END[text[-1]]}"


def signed_terms(text: str) -> tuple[str, ...]:
    """Those that a text may have that is looked for by this: the C may be another letter that looks the same."""
    alike = ("c", "с") if folded(text[0]) in {"c", "с"} else (text[0],)
    return tuple(signed_term(letter + text[1:]) for letter in alike)


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
    for part in parts_of_chunk(chunk):
        runs = _RUNS.findall(part) or [part]
        found += runs if len(runs) <= PIECES_MAX else [part]
    return list(map(folded, found))


def has_humps(chunk: str) -> bool:
    """Whether it is written as `getUserName`."""
    return _HUMPS.search(chunk) is not None


@lru_cache(maxsize=1)
def _unmarked() -> dict[int, str]:
    """For `str.translate`: letters with marks as those without."""
    found = dict(_OTHERS)
    for code in (*range(0xC0, 0x250), *range(0x386, 0x3CF), *range(0x1E00, 0x2000)):
        apart = unicodedata.normalize("NFD", chr(code))
        if len(apart) > 1 and apart[0].isalpha():
            found[chr(code)] = apart[0]
    return {ord(letter): plainer for letter, plainer in found.items()}


@lru_cache(maxsize=1)
def _unmarked_in_place() -> dict[int, str]:
    return {code: letter for code, letter in _unmarked().items() if len(letter) == 1}


def _pieces(part: str) -> list[str]:
    if part.isalpha() and (part[1:].islower() or part.islower() or part.isupper()):
        return [part]
    runs = [run for hump in _HUMPS.split(part) for run in _RUNS.findall(hump) or [hump]]
    return runs if len(runs) <= PIECES_MAX or part.isalpha() else [part]
