"""The stem that the forms of a word share. Pure; the only module that knows the stemmer."""

import re
from collections.abc import Callable
from functools import lru_cache

# What is longer is no word of a language.
_RUSSIAN = re.compile("[а-я]{3,28}")
_ENGLISH = re.compile("[a-z]{3,28}")
_CONSONANTS = frozenset("бвгджзйклмнпрстфхцчшщ")
_FLEETING_MIN_CHARS = 4
_MAY_HAVE_LOST_ONE = re.compile("[а-я]+[бвгджзйклмнпрстфхцчшщ][кцнлр]")


@lru_cache(maxsize=1 << 12)
def stem(word: str) -> str:
    """The stem of a folded word, Russian or English by its letters; others are their own."""
    if _RUSSIAN.fullmatch(word):
        return russian_stem(word)
    if _ENGLISH.fullmatch(word):
        return english_stem(word)
    return word


def russian_stem(word: str) -> str:
    """The same, of a word of 3 to 28 letters from `а` to `я`."""
    found: str = _stemmers()[0](word)
    # The vowel that comes and goes: кнопка and кнопок, окно and окон, отца and отец. The stemmer leaves it.
    if found[-1:] in "кцнлр" and len(found) >= _FLEETING_MIN_CHARS and found[-2] in "ое" and found[-3] in _CONSONANTS:
        return found[:-2] + found[-1]
    return found or word


def english_stem(word: str) -> str:
    """The same, of a word of 3 to 28 letters from `a` to `z`."""
    found: str = _stemmers()[1](word)
    return found or word


def opening_of(known: str) -> str:
    """What all forms of a stem begin with."""
    return known[:-1] if _MAY_HAVE_LOST_ONE.fullmatch(known) else known


@lru_cache(maxsize=1)
def _stemmers() -> tuple[Callable[[str], str], Callable[[str], str]]:
    from Stemmer import Stemmer  # type: ignore[import-not-found]  # loaded with the first word

    # Without a memory of its own: whoever asks much (`tokens`) remembers more than the stem.
    return Stemmer("russian", 0).stemWord, Stemmer("english", 0).stemWord
