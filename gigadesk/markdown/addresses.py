"""Addresses in running text that become links without marks: `https://`, `www.` and e-mail.

The rules are those of GFM, with three exceptions: an address also ends at quotation marks and at a bracket that was
opened before it, it may stand in square brackets, and none has invisible or bidi characters.

Source: https://github.github.com/gfm/#autolinks-extension-
"""

import re
from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING

from gigadesk.markdown.blocks import Span

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

_HIDDEN = "\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff"
_BEGIN = re.compile(r"[hHwW](?<![^\W_].)(?<!/.)(?:(?<=[hH])(?i:ttps?://)|(?<=[wW])(?<![.@-].)(?i:ww\.))", re.DOTALL)
"""A letter first, and what may not stand before it afterwards: fifty times as fast as the other way round."""
_ADDRESS = re.compile(
    rf'(?:https?://|www\.)[^\x00-\x20\x7f-\xa0\s<>"\u00ab\u00bb\u201c-\u201e\u2400-\u2421{_HIDDEN}]+', re.IGNORECASE
)
_HOST = re.compile(r"[^\x00-,/:;-@\[-^`{-\x7f]+")
_ENTITY_END = re.compile(r"&[A-Za-z0-9]+;\Z")
_END = "?!.,:*_~'\""
_MARK = re.compile(r"[\n!$&*<\[\\\]_`~]")
_MAIL = re.compile(
    r"(?:(?<![\w.+-])mailto:|(?<![\w.+:/@-]))[a-z0-9._+-]+@[a-z0-9_-]+(?:\.[a-z0-9_-]+)+(?![\w@-])",
    re.IGNORECASE | re.ASCII,
)
_NO_MAIL_BEHIND = re.compile(rf"[{_HIDDEN}]|[^\x00-\x7f]")


def add_rules(parser: "MarkdownIt") -> None:
    """Teach the parser of inline marks addresses: nothing inside of one is a mark."""
    parser.inline.ruler.at("text", _take_text)


def link_mails(spans: list[Span], *, is_open: bool) -> list[Span]:
    """E-mail addresses in plain text as links. `is_open`: more will come, so one at the end is none yet."""
    if not any("@" in span.text for span in spans):
        return spans
    result: list[Span] = []
    for index, span in enumerate(spans):
        is_end_open = is_open and index == len(spans) - 1
        if span.link or span.is_code or span.is_image or span.is_formula or "@" not in span.text:
            result.append(span)
            continue
        position = 0
        for found in _MAIL.finditer(span.text):
            mail = found[0]
            is_growing = is_end_open and found.end() == len(span.text)
            if is_growing or mail[-1] in "-_" or _NO_MAIL_BEHIND.match(span.text, found.end()):
                continue
            if found.start() > position:
                result.append(replace(span, text=span.text[position : found.start()]))
            target = mail if mail[:7].lower() == "mailto:" else f"mailto:{mail}"
            result.append(replace(span, text=mail, link=target))
            position = found.end()
        if position < len(span.text):
            result.append(replace(span, text=span.text[position:]))
    return result


def find_address(text: str, position: int) -> str:
    """The address that begins at a place where one may begin; empty if there is none."""
    found = _ADDRESS.match(text, position)
    address = _trim(found[0]) if found else ""
    is_www = address[:4].lower() == "www."
    host = _HOST.match(address, 0 if is_www else address.find("://") + 3)
    if host is None or not host[0][0].isalnum() or (is_www and "." not in host[0]):
        return ""
    return "" if any("_" in label for label in host[0].split(".")[-2:]) else address


def _trim(address: str) -> str:
    """Without what belongs to the sentence: marks at the end, and a bracket that was opened before the address."""
    depth = 0
    for place, sign in enumerate(address if "]" in address else ""):
        depth += (sign == "[") - (sign == "]")
        if depth < 0:
            address = address[:place]
            break
    closed = address.count(")") - address.count("(")
    while address:
        last = address[-1]
        if last == ")" and closed > 0:
            closed -= 1
        elif last == ";" and (entity := _ENTITY_END.search(address, max(0, len(address) - 40))):
            address = address[: entity.start() + 1]
        elif last not in _END:
            break
        address = address[:-1]
    return address


def _take_text(state: "StateInline", silent: bool) -> bool:  # noqa: FBT001 - a hook of the library
    """Take an address, or go on to the next character that any rule of ours looks at or where one may begin."""
    found = _MARK.search(state.src, state.pos)
    end = found.start() if found else state.posMax
    starts = _starts(state)
    if starts:
        index = bisect_left(starts, state.pos)
        if index < len(starts) and starts[index] == state.pos:
            if _take_address(state, silent=silent):
                return True
            index += 1
        if index < len(starts):
            end = min(end, starts[index])
    if end == state.pos:
        return False
    if not silent:
        state.append_pending(state.src[state.pos : end])
    state.pos = end
    return True


def _take_address(state: "StateInline", *, silent: bool) -> bool:
    from markdown_it.common.utils import unescapeAll

    address = find_address(state.src[: state.posMax], state.pos)
    if not address:
        return False
    if not silent:
        found = _ADDRESS.match(state.src, state.pos)
        text = unescapeAll(address)
        is_growing = state.env.get("is_open") and found is not None and found.end() == len(state.src)
        if state.linkLevel or is_growing:
            state.append_pending(text)
        else:
            token = state.push("link_open", "a", 1)
            token.attrs = {"href": f"http://{text}" if text[:4].lower() == "www." else text}
            state.push("text", "", 0).content = text
            state.push("link_close", "a", -1)
    state.pos += len(address)
    return True


def _starts(state: "StateInline") -> list[int]:
    """Where addresses may begin, found once for each text."""
    known: dict[str, list[int]] = state.env["addresses"]
    starts = known.get(state.src)
    if starts is None:
        starts = known[state.src] = [found.start() for found in _BEGIN.finditer(state.src)]
    return starts
