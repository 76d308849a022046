"""Inline marks of one leaf to spans, by markdown-it-py."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from gigadesk.markdown import addresses, footnotes
from gigadesk.markdown.addresses import link_mails
from gigadesk.markdown.blocks import Span
from gigadesk.markdown.formulas import find_formulas

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

_PICTURES = {code: 0x2400 + code for code in range(0x20) if code not in {0x09, 0x0A}}
_PICTURES |= {0x7F: 0x2421} | dict.fromkeys(range(0x80, 0xA0), 0xFFFD)
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_FORMULAS = "formulas"


@dataclass(frozen=True, slots=True)
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


def show_controls(text: str) -> str:
    """Control characters as visible pictures, but for tab and line end."""
    return text.translate(_PICTURES) if _CONTROLS.search(text) else text


def read_inline(text: str, *definitions: Mapping[str, str], is_open: bool = False) -> Inline:
    """The spans of a leaf's text. `is_open`: more will come, so an address at its end is no link yet."""
    text = text.strip(" \t\n")
    if not text:
        return Inline(())
    references = References(*definitions)
    parser = _parser()
    environment = {"references": references, "is_open": is_open, _FORMULAS: {}}
    tokens = parser.inline.parse(text, parser, environment, [])
    spans = link_mails(_Writer().write(tokens), is_open=is_open)
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


class _Writer:
    """Tokens to spans; neighbours of one style become one."""

    def __init__(self) -> None:
        self._spans: list[Span] = []
        self._depths = {"strong": 0, "em": 0, "s": 0}
        self._links: list[str] = []

    def write(self, tokens: Sequence["Token"]) -> list[Span]:
        for token in tokens:
            match token.type:
                case "softbreak":
                    self._add(" ")
                case "hardbreak":
                    self._add("\n")
                case "code_inline":
                    self._add(token.content, is_code=True)
                case "image":
                    self._add_image(token)
                case "formulas":
                    self._spans.append(replace(self._style(token.content.replace("\n", " ")), is_formula=True))
                case "footnote_ref":
                    style = self._style(token.content)
                    self._spans.append(replace(style, link="", footnote=str(token.meta["label"])))
                case "link_open":
                    self._links.append(str(token.attrs.get("href", "")))
                case "link_close":
                    self._links.pop()
                case _ if token.tag in self._depths:
                    self._depths[token.tag] += token.nesting
                case _:
                    self._add(token.content)
        return self._spans

    def _add_image(self, token: "Token") -> None:
        text = "".join(span.text for span in _Writer().write(token.children or []))
        self._spans.append(replace(self._style(text), link=str(token.attrs.get("src", "")), is_image=True))

    def _style(self, text: str, *, is_code: bool = False) -> Span:
        return Span(
            show_controls(text),
            is_bold=self._depths["strong"] > 0,
            is_italic=self._depths["em"] > 0,
            is_strike=self._depths["s"] > 0,
            is_code=is_code,
            link=self._links[-1] if self._links else "",
        )

    def _add(self, text: str, *, is_code: bool = False) -> None:
        if not text:
            return
        span = self._style(text, is_code=is_code)
        if self._spans:
            last = self._spans[-1]
            is_alone = last.is_image or last.is_formula or last.footnote
            if not is_alone and replace(last, text=span.text) == span:
                self._spans[-1] = replace(last, text=last.text + span.text)
                return
        self._spans.append(span)
