"""The stem that the forms of a word share. Pure; the only module that knows the stemmer."""

import re
from collections.abc import Callable
from functools import lru_cache
from os.path import commonprefix

from gigadesk.search.english_words import IRREGULAR
from gigadesk.search.russian import RussianForms, beginnings

# What is longer is no word of a language.
_RUSSIAN = re.compile("[а-я]{3,28}")
_ENGLISH = re.compile("[a-z]{3,28}")
_ENDS_OF_CHANGING = frozenset("кцнлр")
_FLEETING = re.compile("(.+[бвгджзйклмнпрстфхцчшщ])[ое]([кцнлр])")
_FLEETING_AFTER_VOWEL = re.compile("(.*[аеиоуыэюя])е([кц])")
_SOFT_BEFORE_LAST = re.compile("(.+)ь(ц)")
_LABIAL = re.compile("(.{2,}[бпвмф])л")
_NO_LABIALS = frozenset(("кремл", "павл"))
_MAY_HAVE_LOST_ONE = re.compile("[а-я]*[бвгджзклмнпрстфхцчшщ][кцнлр]")
_MAY_HAVE_LOST_TWO = re.compile("[а-я]*[йь][кцнлр]")
_OF_OVAT = re.compile("[а-я]+[ое]ва")
_OF_NUT = re.compile("[а-я]+ну")
_MAY_END_OTHERWISE = re.compile("[a-z]{2,}(?:[ei]|bl)")
"""use and using, happy and happi-, reliable and reliability."""
_OF_DYING = re.compile("[a-z]ie")
_ILY_MIN_CHARS = 6


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
    forms = _forms()
    found = forms.stem(word)
    # Most end otherwise, which is seen sooner than that they are none of all this.
    if found[-1:] not in _ENDS_OF_CHANGING or forms.is_settled(found):
        return found or word
    # The vowel that comes and goes: кнопка and кнопок, окно and окон, отца and отец. The stemmer leaves it.
    if fleeting := _FLEETING.fullmatch(found):
        found = fleeting[1] + fleeting[2]
    # боец and бойца, копеек and копейка; палец and пальца, of which the first is палц by now.
    elif fleeting := _FLEETING_AFTER_VOWEL.fullmatch(found):
        found = f"{fleeting[1]}й{fleeting[2]}"
    elif soft := _SOFT_BEFORE_LAST.fullmatch(found):
        found = soft[1] + soft[2]
    # куплю and отправлен: of купить and отправить. земель and земля lose theirs as well.
    if (labial := _LABIAL.fullmatch(found)) and found not in _NO_LABIALS:
        found = labial[1]
    return found


def english_stem(word: str) -> str:
    """The same, of a word of 3 to 28 letters from `a` to `z`."""
    if word.endswith("ily") and len(word) >= _ILY_MIN_CHARS and word != "family":
        word = word[:-3] + "y"  # happily, of happy
    stem_word, irregular, _ = _english()
    known = irregular.get(word)
    if known is not None:
        return known
    return stem_word(word) or word


def beginnings_of(known: str) -> tuple[str, ...]:
    """What the forms of a stem begin with: each with one of these."""
    if _OF_DYING.fullmatch(known):
        return known[:-1], known[0] + "y"
    return _told(known) or (opening_of(known),)


def opening_of(known: str) -> str:
    """What all forms of a stem begin with."""
    if begun := _told(known):
        return commonprefix(begun)  # noqa: RUF071  (of letters)
    if _MAY_HAVE_LOST_ONE.fullmatch(known) or _OF_NUT.fullmatch(known):
        return known[:-1]
    if _MAY_HAVE_LOST_TWO.fullmatch(known):
        return known[:-2]
    if _OF_OVAT.fullmatch(known):
        return known[:-3]
    return known[:-1] if _MAY_END_OTHERWISE.fullmatch(known) else known


@lru_cache(maxsize=1)
def _forms() -> RussianForms:
    from Stemmer import Stemmer  # type: ignore[import-not-found]  # loaded with the first word

    # Without a memory of its own: whoever asks much (`tokens`) remembers more than the stem.
    return RussianForms(Stemmer("russian", 0).stemWord)


def _told(known: str) -> tuple[str, ...]:
    return _english()[2].get(known, ()) if known.isascii() else _forms().beginnings_of(known)


@lru_cache(maxsize=1)
def _english() -> tuple[Callable[[str], str], dict[str, str], dict[str, tuple[str, ...]]]:
    """The stemmer, the stems of irregular forms, and what the forms of these stems begin with."""
    from Stemmer import Stemmer

    stem_word: Callable[[str], str] = Stemmer("english", 0).stemWord
    stems: dict[str, str] = {}
    begun: dict[str, tuple[str, ...]] = {}
    for line in IRREGULAR:
        forms = line.split()
        known = stem_word(forms[0])
        stems.update(dict.fromkeys(forms, known))
        begun[known] = beginnings([*forms, known[:-1] if _MAY_END_OTHERWISE.fullmatch(known) else known])
    return stem_word, stems, begun
