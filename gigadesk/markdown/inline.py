"""Inline marks of one leaf to spans, by markdown-it-py."""

import re
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from gigadesk.markdown import addresses, footnotes, link_labels
from gigadesk.markdown.addresses import link_mails
from gigadesk.markdown.blocks import Span
from gigadesk.markdown.formulas import find_formulas
from gigadesk.markdown.quick_values import quick_value
from gigadesk.markdown.simple_inline import read_simple
from gigadesk.markdown.spans import show_controls, write_spans

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

_FORMULAS = "formulas"
_MARKS = re.compile(r"[\n!$&*<\[\\\]_`~@]|://|www\.", re.IGNORECASE)
"""A text with none of these is shown as it is."""


@quick_value(frozen=True, slots=True)
class Inline:
    """The spans of a leaf, and the labels it refers to that no definition has named."""

    spans: tuple[Span, ...]
    missing: frozenset[str] = frozenset()


class References:
    """Labels and targets as the parser of links asks for them; remembers what it asked for in vain."""

    def __init__(self, *definitions: Mapping[str, str]) -> None:
        self._definitions = definitions
        self.missing: set[str] = set()

    def get(self, label: str, default: None = None) -> dict[str, str] | None:
        for definitions in self._definitions:
            if label in definitions:
                return {"href": definitions[label], "title": ""}
        self.missing.add(label)
        return default


def read_inline(text: str, *definitions: Mapping[str, str], is_open: bool = False) -> Inline:
    """The spans of a leaf's text. `is_open`: more will come, so an address at its end is no link yet."""
    text = text.strip(" \t\n")
    if not text:
        return Inline(())
    if not _MARKS.search(text):
        return Inline((Span(show_controls(text)),))
    simple = read_simple(text)
    return read_by_parser(text, *definitions, is_open=is_open) if simple is None else Inline(simple)


def read_by_parser(text: str, *definitions: Mapping[str, str], is_open: bool = False) -> Inline:
    """The same for any text without blanks around it, whatever is in it."""
    references = References(*definitions)
    parser = _parser()
    environment = {"references": references, "is_open": is_open, _FORMULAS: {}, "addresses": {}}
    tokens = parser.inline.parse(text, parser, environment, [])
    spans = link_mails(write_spans(tokens), is_open=is_open)
    return Inline(tuple(spans), frozenset(references.missing))


def join_spans(first: tuple[Span, ...], second: tuple[Span, ...]) -> tuple[Span, ...]:
    """The spans of two parts of a text with a blank in between that has no style."""
    if not second:
        return first
    last, next_ = first[-1], second[0]
    if last == Span(last.text) and next_ == Span(next_.text):
        return (*first[:-1], Span(f"{last.text} {next_.text}"), *second[1:])
    if last == Span(last.text):
        return (*first[:-1], Span(last.text + " "), *second)
    if next_ == Span(next_.text):
        return (*first, Span(" " + next_.text), *second[1:])
    return (*first, Span(" "), *second)


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False, "strikethrough_single_tilde": True})
    parser.enable("strikethrough").disable("html_inline")
    addresses.add_rules(parser)
    footnotes.add_rules(parser)
    link_labels.add_bounds(parser)
    # Addresses stay as written: the gate for links decides later, and shows what it decided on.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005 - a hook of the library
    parser.normalizeLink = str  # type: ignore[assignment] # a hook of the library
    parser.normalizeLinkText = str  # type: ignore[assignment] # a hook of the library
    parser.inline.ruler.before("escape", "formula", _take_formula)
    return parser


def _take_formula(state: "StateInline", silent: bool) -> bool:  # noqa: FBT001 - a hook of the library
    """A rule of the library: whether a formula begins at the state's place; nothing in it is looked at as a mark."""
    if state.src[state.pos] not in "$\\":
        return False
    # The description of a picture is a text of its own.
    ends: dict[int, int] | None = state.env[_FORMULAS].get(state.src)
    if ends is None:
        ends = state.env[_FORMULAS][state.src] = {each.start: each.end for each in find_formulas(state.src)}
    end = ends.get(state.pos, 0)
    if not end or end > state.posMax:
        return False
    if not silent:
        state.push(_FORMULAS, "", 0).content = state.src[state.pos : end]
    state.pos = end
    return True
