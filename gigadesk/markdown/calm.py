"""A light look at inline marks: where a long paragraph is cut best, and what half-arrived marks are shown as.

An approximation of the standard's rules, good enough for both: a wrong guess costs a seam or a flash, never text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from gigadesk.limits import FORMULA_SOURCE_MAX_CHARS
from gigadesk.markdown.formulas import find_formulas, hold_formula

_TOKEN = re.compile(r"\\.|`+|\*+|_+|~~+|!?\[|\](?:\()?|[ \t\n]+", re.DOTALL)
_TOKEN_BEGIN = re.compile(r"[\\`*_~!\[\] \t\n]")
_TRAILING_MARKS = re.compile(r"(?:[*_~`]+|\\|&#?\w{0,10}|<[\w:/.?=#%-]*|!)\Z")
_CHECKBOX = re.compile(r"\[[ xX]?\]?[ \t]?\Z")
_HELD_LINE = re.compile(
    r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(?:\[[ xX]?\]?|[-*+_=#|:~` \t>]*|\d{1,9}[.)]?|`{3}.*|~{3}.*)[ \t]*"
)
_HELD_FORMULA = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(?:\$\$.+\$\$|\\\[.+\\\])[ \t]*[.,;:!?]?[ \t]*")
_TRAILING_MAX_CHARS = 400
_LABEL_MAX_CHARS = 200
_MARKS_MAX = 4
"""So many marks inside of each other are none, but signs."""
_HELD_MAX_CHARS = 200


@dataclass(slots=True)
class _Open:
    """The marks that are open at some place."""

    marks: list[str] = field(default_factory=list)
    brackets: list[int] = field(default_factory=list)
    code: str = ""
    """The backticks that began a piece of code."""
    code_end: int = 0
    """Where those backticks end."""
    target: tuple[int, int] | None = None
    """Begin of a link and of its target that has not come to its end."""
    target_end: int = 0
    """Where the last target ends that has."""

    def is_outside(self, position: int) -> bool:
        return not (self.marks or self.brackets or self.code or self.target) and position >= self.target_end

    def is_near(self, position: int) -> bool:
        """Whether a link may yet end that began not long ago."""
        begin = self.target[0] if self.target else self.brackets[-1] if self.brackets else -_LABEL_MAX_CHARS
        return position - begin < _LABEL_MAX_CHARS or position < self.target_end


def find_cut(text: str, least: int, most: int) -> int:
    """Where to cut a text of more than `most` characters: at the last blank outside of all marks, else at the last one.

    A blank inside of marks cuts them too, and they are shown as they were written.
    """
    outside, anywhere = 0, 0
    state = _Open()
    for found in _tokens(text, most):
        if found[0][0] not in " \t\n":
            _step(state, text, found)
        elif found.start() >= least:
            anywhere = found.start()
            if state.is_outside(found.start()):
                outside = found.start()
    return outside or anywhere or most


def split_long(text: str, least: int) -> list[str]:
    """A text in parts that can be read one by one: each ends before a single blank or line end outside of all marks."""
    parts: list[str] = []
    begin = 0
    state = _Open()
    for found in _tokens(text, len(text)):
        if found[0][0] not in " \t\n":
            _step(state, text, found)
        elif found.start() - begin >= least and found[0] in {" ", "\n"} and state.is_outside(found.start()):
            parts.append(text[begin : found.start()])
            begin = found.end()
    return [*parts, text[begin:]]


@dataclass(frozen=True, slots=True)
class Split:
    """A text that is still coming, in parts: all but what is behind `begin` stay as they are while it grows."""

    text: str
    parts: tuple[tuple[str, str], ...] = ()
    """Each with the blank that stood behind it, if any."""
    begin: int = 0
    marks: tuple[str, ...] = ()
    """Open at `begin`."""
    code: str = ""

    @property
    def rest(self) -> str:
        return "".join(self.marks) + self.code + self.text[self.begin :]


def split_open(text: str, least: int, known: Split | None) -> Split:
    """A long text that is still coming, in parts. `known`: what this gave when the text was shorter.

    Inside of marks, which may have been open for a long time, each part closes them and the next one opens them again.
    """
    split = known if known and text.startswith(known.text[: known.begin]) else Split("")
    split = replace(split, text=text)
    state = _Open(marks=list(split.marks), code=split.code)
    for found in _tokens(text, len(text), split.begin):
        before = len(state.marks) + bool(state.code)
        is_blank = found[0][0] in " \t\n"
        if not is_blank:
            _step(state, text, found)
        place = found.start() if is_blank else found.end()
        length = place - split.begin
        if length < least or (state.is_near(place) and length < 2 * least):
            continue
        # Without any blank in sight, behind what was just closed.
        has_closed = length >= least * 5 // 4 and len(state.marks) + bool(state.code) < before
        if found[0] not in {" ", "\n"} if is_blank else not has_closed or text[place : place + 1].isspace():
            continue
        state.brackets.clear()
        state.target = None
        if len(state.marks) > _MARKS_MAX:
            state.marks.clear()
        part = split.rest[: len(split.rest) - len(text) + place]
        closed = part + "".join(mark[::-1] for mark in reversed([*state.marks, state.code]))
        joint = " " if is_blank else ""
        split = Split(text, (*split.parts, (closed, joint)), found.end(), tuple(state.marks), state.code)
    return split


def close_marks(text: str) -> str:
    """A text that is still coming, its open marks closed and a half-arrived last one left away."""
    text = hold_formula(text).rstrip()
    if _CHECKBOX.match(text):
        return ""
    state = _read(text)
    if state.code:
        body = text.rstrip("`")
        if len(body) > state.code_end:
            return body + state.code + "".join(reversed(state.marks))
        text = text[: state.code_end - len(state.code)]
        state = _read(text)
    if state.target:
        start, behind = state.target
        text = text[:start].removesuffix("!") + text[start + 1 : behind - 2]
    elif _ends_with_formula(text):
        return text + "".join(reversed(state.marks))
    elif text.endswith("]") and (start := _last_bracket(text)) >= 0:
        text = text[:start].removesuffix("!") + text[start + 1 : -1]
    elif state.brackets and len(text) - state.brackets[-1] <= _LABEL_MAX_CHARS:
        start = state.brackets[-1]
        text = text[:start].removesuffix("!") + text[start + 1 :]
    end = text[-_TRAILING_MAX_CHARS:]
    end = _TRAILING_MARKS.sub("", _TRAILING_MARKS.sub("", end))
    text = (text[:-_TRAILING_MAX_CHARS] + end).rstrip()
    return text + "".join(reversed(_read(text).marks))


def is_held(line: str) -> bool:
    """Whether a line that is still coming may yet become a mark of its own (`--`, `1.`, three backticks, `|--`).

    A formula alone on it may yet turn out to be the begin of a sentence.
    """
    if line.endswith("$") or "\\]" in line[-4:] or "$$" in line[-4:]:
        return len(line) <= FORMULA_SOURCE_MAX_CHARS and _HELD_FORMULA.fullmatch(line) is not None
    return len(line) <= _HELD_MAX_CHARS and _HELD_LINE.fullmatch(line) is not None


def is_held_in_code(line: str, fence: str) -> bool:
    """Whether a line of code that is still coming may yet close the block."""
    return bool(line.strip()) and not line.strip(fence + " \t>")


def _tokens(text: str, end: int, begin: int = 0) -> Iterator[re.Match[str]]:
    """The marks of a text between two places, but for those in formulas."""
    first = _TOKEN_BEGIN.search(text, begin, end)
    if first is None:
        return
    formulas = iter(find_formulas(text))
    formula = next(formulas, None)
    for found in _TOKEN.finditer(text, first.start(), end):
        while formula is not None and formula.end <= found.start():
            formula = next(formulas, None)
        if formula is None or found.start() < formula.start:
            yield found


def _ends_with_formula(text: str) -> bool:
    return text.endswith(("$", "\\)", "\\]")) and any(formula.end == len(text) for formula in find_formulas(text)[-1:])


def _read(text: str) -> _Open:
    state = _Open()
    for found in _tokens(text, len(text)):
        _step(state, text, found)
    return state


def _step(state: _Open, text: str, found: re.Match[str]) -> None:
    token = found[0]
    sign = token[0]
    if state.code:
        if token == state.code:
            state.code = ""
    elif sign == "`":
        state.code = token
        state.code_end = found.end()
    elif state.target or found.start() < state.target_end:
        return
    elif sign in "*_~":
        _step_mark(state, text, found)
    elif token.endswith("["):
        state.brackets.append(found.end() - 1)
    elif sign == "]" and state.brackets:
        start = state.brackets.pop()
        if found[0] == "](":
            end = text.find(")", found.end())
            state.target_end = end
            state.target = (start, found.end()) if end < 0 else None


def _step_mark(state: _Open, text: str, found: re.Match[str]) -> None:
    token, sign = found[0], found[0][0]
    before = text[found.start() - 1 : found.start()]
    behind = text[found.end() : found.end() + 1]
    closes = bool(before.strip())
    opens = bool(behind.strip())
    if sign == "_" and closes and opens and before.isalnum() and behind.isalnum():
        return
    count = len(token)
    while closes and count and state.marks and any(mark[0] == sign for mark in state.marks):
        mark = state.marks.pop()
        if mark[0] != sign:
            continue
        left = len(mark) - count
        if left > 0:
            state.marks.append(sign * left)
        count = max(0, -left)
    if count and opens:
        state.marks.append(sign * min(count, 3))


def _last_bracket(text: str) -> int:
    depth = 0
    for position in range(len(text) - 1, max(-1, len(text) - _LABEL_MAX_CHARS), -1):
        if text[position] == "]":
            depth += 1
        elif text[position] == "[":
            depth -= 1
            if not depth:
                return position
    return -1
