"""The stem that the forms of a word share. Pure; the only module that knows the stemmer."""

import re
from functools import lru_cache
from typing import Any

# What is longer is no word of a language.
_RUSSIAN = re.compile("[а-я]{3,28}")
_ENGLISH = re.compile("[a-z]{3,28}")
_FLEETING = re.compile("(?<=[бвгджзйклмнпрстфхцчшщ])[ое](?=[кцнлр]$)")
"""The vowel that comes and goes: кнопка and кнопок, окно and окон, отца and отец. The stemmer leaves it."""
_FLEETING_MIN_CHARS = 4
_MAY_HAVE_LOST_ONE = re.compile("[а-я]+[бвгджзйклмнпрстфхцчшщ][кцнлр]")


@lru_cache(maxsize=1 << 15)
def stem(word: str) -> str:
    """The stem of a folded word, Russian or English by its letters; others are their own."""
    if _RUSSIAN.fullmatch(word):
        found: str = _stemmer("russian").stemWord(word)
        if len(found) >= _FLEETING_MIN_CHARS:
            found = _FLEETING.sub("", found)
    elif _ENGLISH.fullmatch(word):
        found = _stemmer("english").stemWord(word)
    else:
        return word
    return found or word


def opening_of(known: str) -> str:
    """What all forms of a stem begin with."""
    return known[:-1] if _MAY_HAVE_LOST_ONE.fullmatch(known) else known


@lru_cache(maxsize=2)
def _stemmer(language: str) -> Any:  # the library is not typed
    from snowballstemmer import stemmer  # type: ignore[import-untyped]  # loaded with the first word

    return stemmer(language)
