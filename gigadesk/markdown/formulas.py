r"""Where formulas are in a text: `$..$`, `$$..$$`, `\(..\)` and `\[..\]`. Pure, one look at each character.

The rules are those of pandoc and GitHub, careful with money and shell variables: no blank behind the first `$` and
before the last one, no digit behind it, `\$` is a dollar, a formula never reaches over a blank line, code wins.
`\(` and `\[` are escaped brackets in CommonMark, and stay so unless they are closed.
"""

import bisect
import re
from dataclasses import dataclass

from gigadesk.limits import FORMULA_SOURCE_MAX_CHARS

_MARK = re.compile(r"\\[\\()\[\]$`]|`+|\${1,2}")
_CLOSERS = {"\\(": "\\)", "\\[": "\\]", "$$": "$$"}
_SOURCE = re.compile(
    r"(?P<display>\$\$|\\\[)(?P<large>.*)(?:\$\$|\\\])(?P<tail>[ \t]*[.,;:!?]?)|(?:\$|\\\()(?P<small>.*)(?:\$|\\\))",
    re.DOTALL,
)
_TAIL = re.compile(r"[ \t]*([.,;:!?]?)[ \t]*\Z")
_WORDS = re.compile(r"\A\d[\d.,]*\s+[^\W\d_]+\s|\b[^\W\d_]{2,}(?:\s+[^\W\d_]{2,}){2}")
_TEXT_COMMAND = re.compile(r"\\[A-Za-z]+\*?(?:\s*\{[^{}]*\}?)?")
_VARIABLE = re.compile(r"[A-Z][A-Z_]*[:/]?")
_SIGNS_MAX = 8
_HELD_MAX_CHARS = 160
"""A dollar that nothing closes hides no more of the text than this, and no longer than until it comes."""


@dataclass(frozen=True, slots=True)
class Found:
    """Half-open range of a formula with its delimiters."""

    start: int
    end: int


def find_formulas(text: str) -> list[Found]:
    """The closed formulas of a leaf's text, in order, none inside of another."""
    if "$" not in text and "\\(" not in text and "\\[" not in text:
        return []
    return _Scan(text).formulas


def hold_formula(text: str) -> str:
    """A text that is still coming without the formula that may have begun at its end."""
    if "$" not in text and "\\(" not in text and "\\[" not in text:
        return text
    start = _Scan(text).open_start
    return text if start < 0 else text[:start]


def tex_of(source: str) -> tuple[str, bool]:
    """What stands between the delimiters of a formula, and whether it is to be displayed large.

    A mark of the sentence behind a displayed formula belongs to it.
    """
    found = _SOURCE.fullmatch(source.strip())
    if found is None:
        return source, False
    if found["display"]:
        return found["large"].strip() + found["tail"].strip(), True
    return found["small"].strip(), False


def bare_tex(source: str) -> str:
    """What stands between the delimiters of a formula and nothing else."""
    found = _SOURCE.fullmatch(source.strip())
    return (found["large"] or found["small"] or "").strip() if found is not None else source


def display_delimiter(line: str) -> str:
    r"""What closes the formula that a line begins with (`$$` or `\]`); empty if it begins none."""
    if line.startswith("$$"):
        return "" if line.startswith("$$$") else "$$"
    return "\\]" if line.startswith("\\[") else ""


def find_closer(line: str, closer: str, start: int = 0) -> int:
    """Where the closing delimiter of a displayed formula is in a line, or -1."""
    for found in _MARK.finditer(line, start):
        if found[0] == closer:
            return found.start()
    return -1


def is_tail(text: str) -> bool:
    """Whether what follows the closing delimiter may stand beside a formula that stands alone."""
    return _TAIL.match(text) is not None


class _Scan:
    """One walk over the marks of a text that matter here; where each mark comes next is looked up, never searched."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._marks = [(found.start(), found[0]) for found in _MARK.finditer(text)]
        self._places: dict[str, list[int]] = {}
        """Indices of each kind of mark."""
        self._ticks: list[int] = []
        for index, (_, mark) in enumerate(self._marks):
            self._places.setdefault(mark, []).append(index)
            if mark[0] == "`":
                self._ticks.append(index)
        self.formulas: list[Found] = []
        self.open_start = -1
        """Where a formula begins that may yet be closed by what comes."""
        index = 0
        while index < len(self._marks):
            index = self._step(index)

    def _step(self, index: int) -> int:
        start, mark = self._marks[index]
        if mark[0] == "`":
            close = _next(self._places[mark], index)
            return index + 1 if close is None else close + 1
        if mark in _CLOSERS:
            close = self._find_closer(index, _CLOSERS[mark])
            if mark[0] == "\\" and close is not None and self._is_empty(start + 2, self._start_of(close)):
                return index + 1
        elif mark == "$" and self._may_open(start):
            close = self._find_dollar(index)
        else:
            return index + 1
        if close is None:
            return index + 1
        self.formulas.append(Found(start, self._start_of(close) + len(self._marks[close][1])))
        return close + 1

    def _is_empty(self, start: int, end: int) -> bool:
        """Whether a few escaped signs stand in a row, and no formula."""
        return end - start <= _SIGNS_MAX and not any(map(str.isalnum, self._text[start:end]))

    def _find_closer(self, index: int, closer: str) -> int | None:
        start, mark = self._marks[index]
        if mark == "$$" and self._text[start - 1 : start] in {"$", "\\"}:
            return None
        close = _next(self._places.get(closer, []), index)
        tick = _next(self._ticks, index)
        if close is None:
            if tick is None:
                self._hold(start, FORMULA_SOURCE_MAX_CHARS if mark != "\\(" else _HELD_MAX_CHARS)
            return None
        place = self._start_of(close)
        if place - start > FORMULA_SOURCE_MAX_CHARS or (tick is not None and tick < close):
            return None
        is_run = closer == "$$" and self._text.startswith("$", place + 2)
        return close if self._text[start + 2 : place].strip() and not is_run else None

    def _may_open(self, start: int) -> bool:
        text = self._text
        before, behind = text[start - 1 : start], text[start + 1 : start + 2]
        if before.isalnum() or before == "$" or behind.isspace():
            return False
        # Not inside of an address.
        return "://" not in text[max(0, start - 200) : start].rpartition(" ")[2]

    def _find_dollar(self, index: int) -> int | None:
        text = self._text
        start = self._marks[index][0]
        single, double, tick = (_next(each, index) for each in (self._dollars, self._doubles, self._ticks))
        if single is None:
            is_near = len(text) - start <= _HELD_MAX_CHARS
            if is_near and double is None and tick is None and not _is_prose(text[start + 1 :]):
                self._hold(start, _HELD_MAX_CHARS)
            return None
        place = self._start_of(single)
        if any(other is not None and other < single for other in (double, tick)):
            return None
        content, behind = text[start + 1 : place], text[place + 1 : place + 2]
        if len(content) > FORMULA_SOURCE_MAX_CHARS or content[-1].isspace() or behind.isdigit() or _is_prose(content):
            return None
        return None if behind.isupper() and _VARIABLE.fullmatch(content) else single

    def _hold(self, start: int, most: int) -> None:
        if self.open_start < 0 and len(self._text) - start <= most:
            self.open_start = start

    def _start_of(self, index: int) -> int:
        return self._marks[index][0]

    @property
    def _dollars(self) -> list[int]:
        return self._places.get("$", [])

    @property
    def _doubles(self) -> list[int]:
        return self._places.get("$$", [])


def _next(places: list[int], index: int) -> int | None:
    """The first of the places behind an index."""
    found = bisect.bisect_right(places, index)
    return places[found] if found < len(places) else None


def _is_prose(content: str) -> bool:
    """Whether what stands between two dollars is rather a sentence about money."""
    return _WORDS.search(_TEXT_COMMAND.sub(" ", content)) is not None
