"""Code to colours, by Pygments. Pure, but slow on hostile code: call `colour` in the worker process only."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from gigadesk.limits import CODE_HIGHLIGHT_MAX_CHARS, CODE_LINE_MAX_CHARS
from gigadesk.markdown.guess import guess
from gigadesk.markdown.languages import LEXERS

if TYPE_CHECKING:
    from pygments.lexer import Lexer

Runs = tuple[tuple[int, int, str], ...]
"""Coloured runs (start, length, kind) in order, without overlap; what has no colour is left out."""

State = dict[str, Any]
"""What a piece is read with: plain JSON, given out by the piece before."""

KINDS = ("keyword", "string", "number", "comment", "name", "type", "operator", "error")

# The longest name that fits wins. Unknown words and errors have no colour: code in answers is often a fragment.
_KINDS = {
    "Comment": "comment",
    "Comment.Preproc": "keyword",
    "Comment.PreprocFile": "string",
    "Generic.Deleted": "error",
    "Generic.Heading": "keyword",
    "Generic.Inserted": "string",
    "Generic.Prompt": "comment",
    "Generic.Subheading": "name",
    "Keyword": "keyword",
    "Keyword.Constant": "number",
    "Keyword.Type": "type",
    "Literal": "string",
    "Literal.Number": "number",
    "Name.Attribute": "name",
    "Name.Builtin": "name",
    "Name.Class": "type",
    "Name.Constant": "number",
    "Name.Decorator": "name",
    "Name.Entity": "number",
    "Name.Exception": "type",
    "Name.Function": "name",
    "Name.Label": "name",
    "Name.Tag": "keyword",
    "Operator": "operator",
    "Operator.Word": "keyword",
}


@dataclass(frozen=True, slots=True)
class Coloured:
    """The colours of a piece of code, and how to go on with the next piece or with more of this one."""

    runs: Runs = ()
    state: State = field(default_factory=dict)
    """What the next piece, which begins on a new line, is to be read with."""
    safe: int = 0
    """The begin of a line whose colours will stay when the piece grows at its end, ..."""
    safe_state: State = field(default_factory=dict)
    """... and what the code from there on is to be read with."""


def highlight(language: str, code: str) -> Runs:
    """The coloured runs of a piece of code; none if its language is unknown or it is too large."""
    return colour(language, code).runs


def colour(language: str, code: str, state: State | None = None) -> Coloured:
    """The colours of a piece of code that begins on a new line. `state`: that of the piece before, if there is one."""
    state = state or {}
    name = language.lower()
    if not name or not is_colourable(name, code):
        return Coloured(state=state, safe_state=state)
    from gigadesk.markdown.stepping import read

    reading = read(_lexer(name), code, state)
    return Coloured(
        tuple(_join(_kinds(reading.tokens), len(code))),
        reading.state,
        reading.safe,
        reading.safe_state if reading.safe else state,
    )


def is_colourable(language: str, code: str) -> bool:
    """Whether `colour` would try. Cheap. A language that is not named may be guessed."""
    if not code or len(code) > CODE_HIGHLIGHT_MAX_CHARS or (language and language.lower() not in LEXERS):
        return False
    return max(map(len, code.split("\n"))) <= CODE_LINE_MAX_CHARS


def load(language: str) -> None:
    """Import what a language needs, so that the time of `colour` is that of the code alone; of none, what guesses."""
    name = language.lower()
    if not name:
        guess("")
    elif name in LEXERS:
        _lexer(name)


def guessed(code: str) -> str:
    """The language of code that names none, if it is not too large and its signs give it away; else an empty text."""
    return guess(code) if is_colourable("", code) else ""


def pack(runs: Runs) -> list[int]:
    """Runs as one list of numbers, three for each: a tenth of the memory."""
    return [number for start, length, kind in runs for number in (start, length, KINDS.index(kind))]


def unpack(numbers: Sequence[int]) -> Iterator[tuple[int, int, str]]:
    """The runs again."""
    for index in range(0, len(numbers) - 2, 3):
        yield numbers[index], numbers[index + 1], KINDS[numbers[index + 2]]


@cache
def _lexer(name: str) -> "Lexer":
    if LEXERS[name] == "bsl":
        from gigadesk.markdown.bsl import BslLexer

        return BslLexer()
    from pygments.lexers import get_lexer_by_name

    # PHP in answers often comes without its opening mark.
    return get_lexer_by_name(LEXERS[name], **({"startinline": True} if LEXERS[name] == "php" else {}))


def _kinds(tokens: list[tuple[int, Any, str]]) -> Iterator[tuple[int, int, str]]:
    for start, token, text in tokens:
        kind = _kind(".".join(token))
        if kind and text:
            yield start, start + len(text), kind


@cache
def _kind(token: str) -> str:
    while token:
        if token in _KINDS:
            return _KINDS[token]
        token = token.rpartition(".")[0]
    return ""


def _join(runs: Iterator[tuple[int, int, str]], length: int) -> Iterator[tuple[int, int, str]]:
    """Neighbours of one kind as one run, nothing before the begin and behind the end of the code."""
    begin, end, kind = 0, 0, ""
    for next_begin, next_end, next_kind in runs:
        if next_end <= 0:
            continue
        if next_kind == kind and next_begin == end:
            end = next_end
            continue
        if kind and min(end, length) > begin:
            yield begin, min(end, length) - begin, kind
        begin, end, kind = max(0, next_begin), next_end, next_kind
    if kind and min(end, length) > begin:
        yield begin, min(end, length) - begin, kind
