"""Russian words whose forms the stemmer does not bring together, and rules for some kinds of them. Pure.

The stemmer knows no words: `архив` is a verb to it, as `купив` is, and `день` has nothing in common with `дня`. The
words themselves are in `russian_words`.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from os.path import commonprefix

from gigadesk.search import russian_words as words

Stemmer = Callable[[str], str]

_CONSONANT = "[бвгджзклмнпрстфхцчшщ]"
_OF_OVAT = re.compile(
    rf"(.{{2,}}{_CONSONANT})у(?:(?:ет|ешь|ем|ете|ют|йте|я)(?:ся|сь)?|й(?:ся)?|ющ[а-я]{{2,3}}(?:ся)?"
    r"|ем(?:ый|ого|ому|ым|ом|ая|ой|ую|ое|ые|ых|ыми))|(.{2,}(?:ир|из|ств))ую(?:сь)?"
)
"""Of использовать: использует, используй, используемый. In `-ую` adjectives end, too."""
_OF_NUT = re.compile(rf"(.{{2,}}н)у(?:ть|л[аои]?|в(?:ши)?)(?:ся|сь)?|(.*{_CONSONANT}н)(?:ешь|ете|ут|ет)(?:ся)?")
"""Of вернуть: вернул, вернет."""
_ENDS_OF_NUT = ("нет", "нешь", "нете", "нут", "ся", "сь", "нуть", "нул", "ла", "ло", "ли", "нув", "вши")
_NO_VERBS = frozenset(("интернет", "кларнет", "магнет", "кнут"))
_PARTICIPLE = re.compile(
    rf"(?!.*(?:ств|м)енн)(.{{2,}}{_CONSONANT})енн(?:ый|ого|ому|ым|ом|ая|ой|ую|ое|ые|ых|ыми|о|а|ы|ее)"
)
"""полученный, which is as получен to the stemmer without one of its н."""
_NOUN_OF_DOING = re.compile(".*ани(?:е|я|ю|ем|и|й|ям|ями|ях)")
_AGAIN = re.compile("(.*[аеиоуыэюя].*)(?:[иы]в|[иы]т|[иы]м|[еоа]м|[иы]х)|(.*[аеиоуыэюя].*[ая])[лн]")
"""What the stemmer leaves of материалу, and takes off материал: to it that is the past tense of a verb."""
_ENDS_AGAIN = tuple("ив ыв ит ыт им ым ем ом ам их ых ал ял ан ян".split())  # noqa: SIM905  (words)
_STEM_MIN_CHARS = 3
_BEGINNING_MIN_CHARS = 3
_OWN = "ъ"
"""Behind a stem that no other word has: with it none ends that the stemmer makes."""


class RussianForms:
    """Made once, in some milliseconds."""

    def __init__(self, stemmer: Stemmer) -> None:
        self._stemmer = stemmer
        self._stems: dict[str, str] = {}
        self._beginnings: dict[str, tuple[str, ...]] = {}
        self._kept = frozenset((*words.STEMS, *words.NAMES))
        learned: dict[str, list[str]] = {}
        for known, forms in self._paradigms():
            learned.setdefault(known, []).extend(forms)
        for known, forms in learned.items():
            self._stems.update(dict.fromkeys(forms, known))
            self._beginnings[known] = beginnings(forms if known.endswith(_OWN) else [*forms, known])

    def stem(self, word: str) -> str:
        """The stem of a word of 3 to 28 letters from `а` to `я`."""
        known = self._stems.get(word)
        if known is not None:
            return known
        # Most words are none of these, which is seen sooner without the patterns.
        if "у" in word and (found := _OF_OVAT.fullmatch(word)):
            first = found[1] or found[2]
            return first + ("ева" if first[-1] in "цчшщж" else "ова")
        if word.endswith(_ENDS_OF_NUT) and word not in _NO_VERBS and (found := _OF_NUT.fullmatch(word)):
            return (found[1] or found[2]) + "у"
        if "енн" in word and (found := _PARTICIPLE.fullmatch(word)):
            word = found[1] + "ен"
        elif word.endswith("ствен"):
            word += "ный"
        stem = self._stemmer(word)
        if stem in self._kept:
            return stem
        if not stem.endswith(_ENDS_AGAIN):
            return stem
        found = _AGAIN.fullmatch(stem)
        shorter = (found[1] or found[2]) if found else ""
        if len(shorter) >= _STEM_MIN_CHARS and not _NOUN_OF_DOING.fullmatch(word):
            return shorter
        return stem

    def is_settled(self, stem: str) -> bool:
        """Whether nothing comes and goes in it: it is told here."""
        return stem in self._kept or stem in self._beginnings

    def beginnings_of(self, stem: str) -> tuple[str, ...]:
        """Of a stem that is told here what its forms begin with, each with one of these; nothing of another."""
        return self._beginnings.get(stem, ())

    def _paradigms(self) -> Iterator[tuple[str, list[str]]]:
        """Stems, each with forms that have it."""
        yield from self._words()
        yield from self._verbs_with_prefixes()
        yield from ((self.stem(other), [word, other]) for word, other in self._pairs())

    def _words(self) -> Iterator[tuple[str, list[str]]]:
        for line in words.IRREGULAR:
            lemma, *forms = line.split()
            is_own = not lemma.startswith("=")
            lemma = lemma.removeprefix("=")
            yield lemma + _OWN if is_own else self.stem(lemma), [lemma, *forms]
        for begun in words.NEUTERS:
            yield begun + "мя" + _OWN, [begun + ending for ending in words.NEUTER_ENDINGS]
        for begun in words.SOFT:
            yield begun + "й" + _OWN, [begun + ending for ending in words.SOFT_ENDINGS]
        for known in (*words.STEMS, *words.NAMES):
            yield known, [known + ending for ending in words.ENDINGS]
        for pair in words.CHANGED:
            begun, _, verb = pair.partition(":")
            ends = (*words.CHANGED_ENDINGS, *(f"енн{ending}" for ending in words.FULL_ENDINGS))
            yield self.stem(verb), [verb, *(begun + ending for ending in ends)]

    def _verbs_with_prefixes(self) -> Iterator[tuple[str, list[str]]]:
        for infinitive, present, prefixes in words.TWO_STEMS:
            for prefix in prefixes:
                forms = [prefix + present + ending for ending in words.PERSONS]
                yield self.stem(f"{prefix}{infinitive}ть"), [f"{prefix}{infinitive}ть", *forms]
        for prefix in words.GOING:
            future = prefix[:-1] + "ид" if prefix == "при" else prefix + "йд"
            forms = [future + ending for ending in (*words.PERSONS, "ен", "ена", "ено", "ены")]
            past = [f"{prefix}ш{ending}" for ending in ("ел", "ла", "ло", "ли", "едший", "едшая", "едшие")]
            yield self.stem(prefix + "йти"), [prefix + "йти", *forms, *past]
        for prefix in words.LEADING:
            forms = [f"{prefix}вед{ending}" for ending in (*words.PERSONS, "ен", "ена", "ено", "ены")]
            past = [prefix + ending for ending in ("вел", "вела", "вело", "вели")]
            yield self.stem(prefix + "вести"), [prefix + "вести", *forms, *past]
        for prefix in words.BRINGING:
            forms = [f"{prefix}нес{ending}" for ending in (*words.PERSONS, "ен", "ена", "ено", "ены")]
            past = [prefix + ending for ending in ("нес", "несла", "несло", "несли")]
            yield self.stem(prefix + "нести"), [prefix + "нести", *forms, *past]
        for prefix in words.GIVING:
            forms = [prefix + ending for ending in words.GIVEN]
            yield self.stem(prefix + "дать"), [prefix + "дать", *forms]
        for prefix in words.COVERING:
            forms = [f"{prefix}кро{ending}" for ending in ("ю", "ешь", "ет", "ем", "ете", "ют", "й", "йте")]
            yield f"{prefix}кр", [f"{prefix}крыть", *forms, *(f"{form}ся" for form in forms)]

    @staticmethod
    def _pairs() -> Iterator[tuple[str, str]]:
        """Forms, each with another one that has the same stem."""
        for word in words.SHORT:
            begun = word.removesuffix("ен")
            yield word, begun + ("ьный" if begun.endswith("л") else "йный" if begun.endswith("о") else "ный")
        for pair in words.SINGLE:
            word, _, other = pair.partition(":")
            yield word, other


def beginnings(forms: Iterable[str]) -> tuple[str, ...]:
    """What these begin with, each with one of it."""
    whole = commonprefix(list(forms))  # noqa: RUF071  (of letters)
    if len(whole) >= _BEGINNING_MIN_CHARS:
        return (whole,)
    groups: dict[str, list[str]] = {}
    for form in forms:
        groups.setdefault(form[:2], []).append(form)
    return tuple(sorted(commonprefix(group) for group in groups.values()))  # noqa: RUF071  (of letters)
