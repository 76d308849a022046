"""What is looked for, as an expression that finds it in a text. Pure."""

import re
from dataclasses import dataclass
from enum import StrEnum

_PLAIN = re.compile(r"[^\W_]+(?: [^\W_]+)*")
_LETTERS = dict.fromkeys("её", "[её]") | dict.fromkeys("ЕЁ", "[ЕЁ]") | {" ": "[ \xa0\u202f]"}
"""Of an inexact query. A blank is also the one that keeps words on one line."""


class Problem(StrEnum):
    """Why an expression finds nothing."""

    INVALID = "invalid"
    TOO_SLOW = "too_slow"
    NO_PROCESS = "no_process"


@dataclass(frozen=True, slots=True)
class Query:
    """Words to find. Letters are compared without their case, and `ё` is `е`, unless `is_exact`.

    Whoever takes it from the user keeps it within `FIND_QUERY_MAX_CHARS`.
    """

    text: str
    is_exact: bool = False
    """Large and small letters differ; `ё` and `е` do, too."""
    is_whole_word: bool = False
    is_expression: bool = False
    """The text is a regular expression. Only the worker process may run it: it can take for ever."""

    @property
    def is_empty(self) -> bool:
        return not self.text

    @property
    def is_plain(self) -> bool:
        """Nothing but letters, digits and single blanks: no mark of Markdown can be meant."""
        return bool(_PLAIN.fullmatch(self.text))

    @property
    def reach(self) -> int | None:
        """How many letters a place has at most; None if nobody knows."""
        return None if self.is_expression else len(self.text)

    def pattern(self) -> re.Pattern[str]:
        """Finds it in a shown text. An expression never matches an empty place for us: see `places`.

        Raises:
            re.error: it is no valid expression.
        """
        inner = self.text if self.is_expression else self._literal(self.text)
        if self.is_whole_word:
            inner = rf"(?<!\w)(?:{inner})(?!\w)"
        return re.compile(inner, self._flags)

    def loose_pattern(self, dropped: str) -> re.Pattern[str] | None:
        """Finds it in a text without the characters `dropped`, however its blanks are broken; None if nothing is left.

        Ends of words are not looked at.
        """
        words = ["".join(character for character in word if character not in dropped) for word in self.text.split()]
        words = [self._literal(word) for word in words if word]
        return re.compile(r"\s+".join(words), self._flags) if words else None

    def variants(self) -> tuple[str, ...]:
        """How it is most often written: what contains none of these seldom contains it. Of at least one letter."""
        text = self.text
        if self.is_exact:
            return (text,)
        spellings = {text, text.lower(), text.upper(), text.capitalize(), text[:1].upper() + text[1:]}
        spellings |= {" ".join(word.capitalize() for word in text.split(" "))}
        return tuple(spellings | {_without_dots(each) for each in spellings})

    def refines(self, other: "Query") -> bool:
        """Whether everything that this finds is in a message in which `other` is found."""
        return (
            not self.is_expression
            and not other.is_expression
            and self.is_exact == other.is_exact
            and not other.is_whole_word
            and not other.is_empty
            and other.text in self.text
        )

    @property
    def _flags(self) -> re.RegexFlag:
        flags = re.MULTILINE if self.is_expression else re.RegexFlag(0)
        return flags if self.is_exact else flags | re.IGNORECASE

    def _literal(self, text: str) -> str:
        if self.is_exact:
            return re.escape(text)
        return "".join(_LETTERS.get(character) or re.escape(character) for character in text)


def _without_dots(text: str) -> str:
    return text.replace("ё", "е").replace("Ё", "Е")
