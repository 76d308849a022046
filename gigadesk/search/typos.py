"""What may have been meant by a word that is nowhere: other keyboard, letters too many, too few or wrong. Pure."""

from collections.abc import Iterable, Iterator

LONG_CHARS = 7
"""A word of so many letters may have two mistakes."""
SHORT_CHARS = 3
"""A shorter one has none: nearly every other word is near to it."""

_LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,.~QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>"
_CYRILLIC = "ёйцукенгшщзхъфывапролджэячсмитьбюЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ"
_TO_CYRILLIC = str.maketrans(_LATIN, _CYRILLIC)
_TO_LATIN = str.maketrans(_CYRILLIC, _LATIN)
_LATIN_ALIKE, _CYRILLIC_ALIKE = "aceopxyABCEHKMOPTXY", "асеорхуАВСЕНКМОРТХУ"
_ALIKE_CYRILLIC = str.maketrans(_LATIN_ALIKE, _CYRILLIC_ALIKE)
_ALIKE_LATIN = str.maketrans(_CYRILLIC_ALIKE, _LATIN_ALIKE)
_RUSSIAN = "абвгдежзийклмнопрстуфхцчшщъыьэюя"
_ENGLISH = "abcdefghijklmnopqrstuvwxyz"


def other_layout(text: str) -> str:
    """What the same keys write on the other keyboard, Russian or English; what is of neither stays."""
    latin = sum("a" <= each <= "z" for each in text.lower())
    cyrillic = sum("а" <= each <= "я" or each == "ё" for each in text.lower())
    if latin == cyrillic == 0:
        return text
    return text.translate(_TO_CYRILLIC if latin >= cyrillic else _TO_LATIN)


def in_one_script(text: str) -> tuple[str, ...]:
    """The text with all its Latin letters that look as Russian ones as these, and the other way round."""
    return tuple(other for other in (text.translate(_ALIKE_CYRILLIC), text.translate(_ALIKE_LATIN)) if other != text)


def near_words(word: str) -> Iterator[str]:
    """Everything that is one mistake away from a folded word: two letters exchanged first, the commonest one."""
    letters = _RUSSIAN if any("а" <= each <= "я" for each in word) else _ENGLISH
    cuts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    for head, tail in cuts:
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
    for head, tail in cuts:
        if tail:
            yield head + tail[1:]
    for head, tail in cuts:
        for letter in letters:
            if tail:
                yield head + letter + tail[1:]
            yield head + letter + tail


def nearest(word: str, others: Iterable[str], limit: int) -> str | None:
    """The first of those others that are the fewest mistakes away, `limit` at most."""
    best, best_distance = None, limit + 1
    for other in others:
        if abs(len(other) - len(word)) < best_distance:
            distance = mistakes(word, other, best_distance - 1)
            if distance < best_distance:
                best, best_distance = other, distance
    return best


def mistakes(first: str, second: str, limit: int) -> int:
    """How many letters are wrong, too many, too few or exchanged (Damerau); `limit` + 1 for all that is more."""
    if abs(len(first) - len(second)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(second) + 1))
    for place, letter in enumerate(first, start=1):
        earlier, before, row = before, row, [place]
        for other_place, other in enumerate(second, start=1):
            cost = min(row[-1] + 1, before[other_place] + 1, before[other_place - 1] + (letter != other))
            if place > 1 and other_place > 1 and letter == second[other_place - 2] and first[place - 2] == other:
                cost = min(cost, earlier[other_place - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return min(row[-1], limit + 1)
