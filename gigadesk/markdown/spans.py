"""Tokens of inline marks to spans."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from gigadesk.markdown.blocks import Span

if TYPE_CHECKING:
    from markdown_it.token import Token

_PICTURES = {code: 0x2400 + code for code in range(0x20) if code not in {0x09, 0x0A}}
_PICTURES |= {0x7F: 0x2421} | dict.fromkeys(range(0x80, 0xA0), 0xFFFD)
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def write_spans(tokens: Sequence["Token"]) -> list[Span]:
    """The spans of a text; neighbours of one style are one."""
    return _Writer().write(tokens)


def show_controls(text: str) -> str:
    """Control characters as visible pictures, but for tab and line end."""
    return text.translate(_PICTURES) if _CONTROLS.search(text) else text


class _Writer:
    """Gathers the text of one style until another begins."""

    def __init__(self) -> None:
        self._spans: list[Span] = []
        self._texts: list[str] = []
        self._is_code = False
        self._can_join = False
        """Text of the same style belongs to the last span."""
        self._depths = {"strong": 0, "em": 0, "s": 0}
        self._links: list[str] = []

    def write(self, tokens: Sequence["Token"]) -> list[Span]:
        for token in tokens:
            match token.type:
                case "text" | "text_special":
                    self._add(token.content)
                case "softbreak":
                    self._add(" ")
                case "hardbreak":
                    self._add("\n")
                case "code_inline":
                    self._add(token.content, is_code=True)
                case "image":
                    text = "".join([span.text for span in write_spans(token.children or [])])
                    self._add_alone(replace(self._make(text), link=str(token.attrs.get("src", "")), is_image=True))
                case "formulas":
                    self._add_alone(replace(self._make(token.content.replace("\n", " ")), is_formula=True))
                case "footnote_ref":
                    label = str(token.meta["label"])
                    self._add_alone(replace(self._make(token.content), link="", footnote=label))
                case "link_open":
                    self._end_style()
                    self._links.append(str(token.attrs.get("href", "")))
                case "link_close":
                    self._end_style()
                    self._links.pop()
                case _ if token.tag in self._depths:
                    self._end_style()
                    self._depths[token.tag] += token.nesting
                case _:
                    self._add(token.content)
        self._end_style()
        return self._spans

    def _make(self, text: str, *, is_code: bool = False) -> Span:
        is_bold, is_italic, is_strike = (depth > 0 for depth in self._depths.values())
        link = self._links[-1] if self._links else ""
        return Span(show_controls(text), is_bold, is_italic, is_strike, is_code, link)

    def _add(self, text: str, *, is_code: bool = False) -> None:
        if text:
            if is_code is not self._is_code:
                self._end_style()
                self._is_code = is_code
            self._texts.append(text)

    def _add_alone(self, span: Span) -> None:
        """Add what is never joined with its neighbours."""
        self._end_style()
        self._spans.append(span)
        self._can_join = False

    def _end_style(self) -> None:
        if not self._texts:
            return
        span = self._make("".join(self._texts), is_code=self._is_code)
        self._texts.clear()
        self._is_code = False
        last = self._spans[-1] if self._can_join else None
        if last is not None and _style_of(last) == _style_of(span):
            self._spans[-1] = replace(last, text=last.text + span.text)
        else:
            self._spans.append(span)
        self._can_join = True


def _style_of(span: Span) -> tuple[bool, bool, bool, bool, str]:
    return span.is_bold, span.is_italic, span.is_strike, span.is_code, span.link
