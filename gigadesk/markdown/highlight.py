"""Code to colours, by Pygments. Pure, but slow on hostile code: call `highlight` in the worker process only."""

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from gigadesk.limits import CODE_HIGHLIGHT_MAX_CHARS, CODE_LINE_MAX_CHARS
from gigadesk.markdown.languages import LEXERS

if TYPE_CHECKING:
    from pygments.lexer import Lexer

Runs = tuple[tuple[int, int, str], ...]
"""Coloured runs (start, length, kind) in order, without overlap; what has no colour is left out."""

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
_GUESSES = (
    ("bash", re.compile(r"#!.*\b(?:ba|z)?sh\b|\$ \w")),
    (
        "python",
        re.compile(r"#!.*\bpython|(?:from [\w.]+ )?import [\w., ]+$|def \w+\(.*:$|class \w+.*:$|@\w+$", re.MULTILINE),
    ),
    ("html", re.compile(r"<!doctype html|<html\b", re.IGNORECASE)),
    ("xml", re.compile(r"<\?xml ")),
    ("json", re.compile(r"[{\[]\s*(?:\"|[{\[]\s*\"|[}\]])")),
    (
        "sql",
        re.compile(
            r"(?:select\b.+\bfrom|insert\s+into|create\s+table|update\s+\w+\s+set)\b", re.IGNORECASE | re.DOTALL
        ),
    ),
    ("diff", re.compile(r"diff --git |--- \S+\n\+\+\+ ")),
    ("c", re.compile(r"#include\s*[<\"]")),
)
_GUESS_MAX_CHARS = 200


def highlight(language: str, code: str) -> Runs:
    """The coloured runs of a piece of code; none if its language is unknown or it is too large."""
    if not is_colourable(language, code):
        return ()
    return tuple(_join(_read(_lexer(_name(language, code)), code), len(code)))


def is_colourable(language: str, code: str) -> bool:
    """Whether `highlight` would try. Cheap."""
    if not code or len(code) > CODE_HIGHLIGHT_MAX_CHARS or _name(language, code) not in LEXERS:
        return False
    return max(map(len, code.split("\n"))) <= CODE_LINE_MAX_CHARS


def load(language: str) -> None:
    """Import what a language needs, so that the time of `highlight` is that of the code alone."""
    name = language.lower()
    if name in LEXERS:
        _lexer(name)


def guess(code: str) -> str:
    """The language of code that names none, if its beginning gives it away; else an empty text."""
    beginning = code.lstrip()[:_GUESS_MAX_CHARS]
    return next((language for language, begin in _GUESSES if begin.match(beginning)), "")


def _name(language: str, code: str) -> str:
    return language.lower() if language else guess(code)


@cache
def _lexer(name: str) -> "Lexer":
    from pygments.lexers import get_lexer_by_name

    return get_lexer_by_name(LEXERS[name])


def _read(lexer: "Lexer", code: str) -> Iterator[tuple[int, int, str]]:
    # The last line end is what some lexers need; none of them may change the text before, as `get_tokens` would.
    for start, token, text in lexer.get_tokens_unprocessed(code + "\n"):
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
    """Neighbours of one kind as one run, nothing behind the end of the code."""
    begin, end, kind = 0, 0, ""
    for next_begin, next_end, next_kind in runs:
        if next_kind == kind and next_begin == end:
            end = next_end
            continue
        if kind and min(end, length) > begin:
            yield begin, min(end, length) - begin, kind
        begin, end, kind = next_begin, next_end, next_kind
    if kind and min(end, length) > begin:
        yield begin, min(end, length) - begin, kind
