"""A light look at inline marks: where a long paragraph is cut best, and what half-arrived marks are shown as.

An approximation of the standard's rules, good enough for both: a wrong guess costs a seam or a flash, never text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from gigadesk.limits import FORMULA_SOURCE_MAX_CHARS
from gigadesk.markdown.formulas import find_formulas, hold_formula

_TOKEN = re.compile(r"\\.|`+|\*+|_+|~~+|!?\[|\](?:\()?|[ \t\n]+", re.DOTALL)
_TRAILING_MARKS = re.compile(r"(?:[*_~`]+|\\|&#?\w{0,10}|<[\w:/.?=#%-]*|!)\Z")
_CHECKBOX = re.compile(r"\[[ xX]?\]?[ \t]?\Z")
_HELD_LINE = re.compile(
    r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(?:\[[ xX]?\]?|[-*+_=#|:~` \t>]*|\d{1,9}[.)]?|`{3}.*|~{3}.*)[ \t]*"
)
_HELD_FORMULA = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(?:\$\$.+\$\$|\\\[.+\\\])[ \t]*[.,;:!?]?[ \t]*")
_LABEL_MAX_CHARS = 200
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
    text = _TRAILING_MARKS.sub("", text)
    text = _TRAILING_MARKS.sub("", text).rstrip()
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


def _tokens(text: str, end: int) -> Iterator[re.Match[str]]:
    """The marks of a text up to a place, but for those in formulas."""
    formulas = iter(find_formulas(text))
    formula = next(formulas, None)
    for found in _TOKEN.finditer(text, 0, end):
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
