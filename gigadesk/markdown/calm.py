"""A light look at inline marks: where a long paragraph is cut best, and what half-arrived marks are shown as.

An approximation of the standard's rules, good enough for both: a wrong guess costs a seam or a flash, never text.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import takewhile

from gigadesk.limits import FORMULA_SOURCE_MAX_CHARS
from gigadesk.markdown.formulas import Found, find_formulas, hold_formula

_TOKEN = re.compile(r"\\.|`+|\*+|_+|~+|!?\[|\](?:\()?|[ \t\n]+", re.DOTALL)
_TOKEN_BEGIN = re.compile(r"[\\`*_~!\[\] \t\n]")
_TRAILING_MARKS = re.compile(r"(?:(?<!\\)(?:\\\\)*\\|(?<!\\)(?:&#?\w{0,10}|<[\w:/.?=#%@+-]*|!))\Z")
_HELD_LINE = re.compile(
    r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(?:\[[ xX]\][ \t]+)?(?:\[[ xX]?\]?|\[\^[^\s\[\]]*\]?:?|"
    r"[-*+_=#|:~` \t>]*|\d{1,9}[.)]?|`{3}.*|~{3}.*)[ \t]*"
)
# Each definition as an atomic group: one that was read is never read in another way. Without that a text of twenty
# definitions that are none (`[^a]: [^a]: ...`) was never done.
_HELD_DEFINITION = re.compile(
    r"""(?>\[[^\[\]]{1,200}\]:[ \t]*\n?[ \t]*\S*(?:[ \t]*\n?[ \t]*(?:"[^"]*"?|'[^']*'?|\([^()]*\)?)?)?[ \t]*\n?)+"""
)
_HEAD_MAX_CHARS = 120
_HELD_FORMULA = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(?:\$\$.+\$\$|\\\[.+\\\])[ \t]*[.,;:!?]?[ \t]*")
_TRAILING_MAX_CHARS = 400
_LABEL_MAX_CHARS = 200
_HELD_LABEL_CHARS = 80
"""What stands in brackets waits so long for its target; more is shown before."""
_HELD_THINGS = 4
"""Half-arrived things inside of each other or one behind the other; more of them are signs, not marks."""
_MARKS_MAX = 4
"""So many marks inside of each other are none, but signs."""
_HELD_MAX_CHARS = 200
_REMEMBERED = 4
"""A long line that is still coming is cut and read at the same places with every repaint."""


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
    closed_bracket: tuple[int, int] = (0, -1)
    """The last brackets that were closed, without a target so far."""
    last_mark: tuple[int, int] = (0, -1)
    """The last stars, lines or tildes."""
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
    return _last_blank(text[: most + 1], least, most) or most


@lru_cache(_REMEMBERED)
def _last_blank(text: str, least: int, most: int) -> int:
    outside, anywhere = 0, 0
    state = _Open()
    for found in _tokens(text, most):
        if found[0][0] not in " \t\n":
            _step(state, text, found)
        elif found.start() >= least:
            anywhere = found.start()
            if state.is_outside(found.start()):
                outside = found.start()
    return outside or anywhere


@lru_cache(_REMEMBERED)
def split_long(text: str, least: int) -> tuple[str, ...]:
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
    return (*parts, text[begin:])


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
    formulas: tuple[Found, ...] = ()
    """Those that begin before `begin`. When a closing mark that comes late makes others of them, all begins anew."""

    @property
    def rest(self) -> str:
        return "".join(self.marks) + self.code + self.text[self.begin :]


def split_open(text: str, least: int, known: Split | None) -> Split:
    """A long text that is still coming, in parts. `known`: what this gave when the text was shorter.

    Inside of marks, which may have been open for a long time, each part closes them and the next one opens them again.
    """
    formulas = find_formulas(text)
    split = known if known and text.startswith(known.text[: known.begin]) else Split("")
    if split.formulas != _until(split.begin, formulas):
        split = Split("")
    split = replace(split, text=text)
    state = _Open(marks=list(split.marks), code=split.code)
    for found in _tokens(text, len(text), split.begin, formulas):
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
        begin = found.end()
        parts = (*split.parts, (closed, joint))
        split = Split(text, parts, begin, tuple(state.marks), state.code, _until(begin, formulas))
    return split


def _until(place: int, formulas: Sequence[Found]) -> tuple[Found, ...]:
    return tuple(takewhile(lambda formula: formula.start < place, formulas))


def hold_begin(text: str, *, is_long: bool) -> str:
    """A paragraph that is still coming without a last line that may be the head of a table, and without definitions.

    `is_long`: it goes on from another piece.
    """
    line_start = text.rfind("\n", 0, -1) + 1
    line = text[line_start:]
    pipe = line.find("|")
    if pipe == 0 or (pipe > 0 and len(line) <= _HEAD_MAX_CHARS and line[pipe - 1] != "\\"):
        text = text[: line_start + pipe]
    if not is_long and text.startswith("[") and _HELD_DEFINITION.fullmatch(text):
        return ""
    return text


def close_marks(text: str) -> str:
    """A text that is still coming, its open marks closed and a half-arrived last one left away."""
    text = hold_formula(text)
    is_word_over = text[-1:].isspace()
    text = text.rstrip()
    state = _read(text)
    for _ in range(_HELD_THINGS):
        held = _hold_link(text, state, is_word_over=is_word_over)
        if held is text:
            break
        text, is_word_over = held.rstrip(), held[-1:].isspace()
        state = _read(text)
    if state.code:
        body = text.rstrip("`")
        if len(body) > state.code_end:
            return body + state.code + "".join(reversed(state.marks))
        text = text[: state.code_end - len(state.code)]
        is_word_over = text[-1:].isspace()
        text = text.rstrip()
        state = _read(text)
    for _ in range(_HELD_THINGS):
        if is_word_over or _ends_with_formula(text):
            break
        shorter = text[: state.last_mark[0]] if state.last_mark[1] == len(text) else text
        end = _TRAILING_MARKS.sub("", shorter[-_TRAILING_MAX_CHARS:])
        shorter = shorter[:-_TRAILING_MAX_CHARS] + end
        if shorter == text:
            break
        is_word_over = shorter[-1:].isspace()
        text = shorter.rstrip()
        state = _read(text)
    return text + "".join(reversed(state.marks))


def _hold_link(text: str, state: _Open, *, is_word_over: bool) -> str:
    """A text without the link or picture at its end of which nobody knows yet whether it is one."""
    if state.target:
        start, behind = state.target
        if text[:start].endswith("!"):
            return text[: start - 1] if len(text) - start <= _TRAILING_MAX_CHARS else text
        return text[:start] + text[start + 1 : behind - 2]
    closed = state.closed_bracket[0] if state.closed_bracket[1] == len(text) and not is_word_over else -1
    if closed >= 0:
        state.brackets.append(closed)
    for start in state.brackets:
        if len(text) - start <= _HELD_LABEL_CHARS:
            return text[:start].removesuffix("!")
    for start in state.brackets:
        if len(text) - start <= _LABEL_MAX_CHARS:
            label = text[start + 1 : -1] if start == closed else text[start + 1 :]
            return text[:start].removesuffix("!") + label
    return text


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


def _tokens(text: str, end: int, begin: int = 0, known: Sequence[Found] | None = None) -> Iterator[re.Match[str]]:
    """The marks of a text between two places, but for those in formulas, which may be known."""
    first = _TOKEN_BEGIN.search(text, begin, end)
    if first is None:
        return
    formulas = iter(find_formulas(text) if known is None else known)
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
        # The label of a reference belongs to the words in front of it.
        goes_on = state.closed_bracket[1] == found.start()
        state.brackets.append(state.closed_bracket[0] if goes_on else found.end() - 1)
    elif sign == "]" and state.brackets:
        start = state.brackets.pop()
        state.closed_bracket = (start, found.end())
        if found[0] == "](":
            end = text.find(")", found.end())
            state.target_end = end
            state.target = (start, found.end()) if end < 0 else None


def _step_mark(state: _Open, text: str, found: re.Match[str]) -> None:
    token, sign = found[0], found[0][0]
    before = text[found.start() - 1 : found.start()] or " "
    behind = text[found.end() : found.end() + 1] or " "
    state.last_mark = (found.start(), found.end())
    if before.isspace() and behind.isspace():
        return
    if sign == "*" and before.isdigit() and behind.isdigit():
        return
    opens = not behind.isspace() and (behind.isalnum() or not before.isalnum())
    closes = not before.isspace() and (before.isalnum() or not behind.isalnum())
    if sign == "_":
        opens, closes = opens and (not closes or not before.isalnum()), closes and (not opens or not behind.isalnum())
    count = len(token)
    while closes and count and (index := _opener(state.marks, sign, count, is_both=opens)) >= 0:
        left = len(state.marks[index]) - count
        del state.marks[index:]
        if left > 0:
            state.marks.append(sign * left)
        count = max(0, -left)
    if count and opens:
        state.marks.append(sign * min(count, 3))


def _opener(marks: list[str], sign: str, count: int, *, is_both: bool) -> int:
    """Which of the open marks a run closes; -1 for none. One that may also open obeys the rule of three."""
    for index in range(len(marks) - 1, -1, -1):
        if marks[index][0] == sign:
            if sign == "~":
                return index if len(marks[index]) == count else -1
            length = len(marks[index])
            if not is_both or (length + count) % 3 or not (length % 3 or count % 3):
                return index
    return -1
