"""Footnotes: `[^label]` in a text, `[^label]: text` at the begin of a line.

Definitions are kept among those of links, under a key that no link can have; their value is the number of the note:
notes are numbered in the order of their definitions, so no number ever changes.

Source: cmark-gfm 0.29.0.gfm.13 (the written GFM spec leaves footnotes out).
"""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

KEY = "[^"
CONTENT_INDENT = 4
"""Columns that further lines of a note are indented by."""
_REFERENCE = re.compile(r"\[\^([^\s\[\]]{1,200})\]")
_DEFINITION = re.compile(r"\[\^([^\s\[\]]{1,200})\]:[ \t]*")


def key_of(label: str) -> str:
    """Where the definition of a label is kept."""
    from markdown_it.common.utils import normalizeReference

    return KEY + normalizeReference(label)


def match_definition(text: str, position: int) -> re.Match[str] | None:
    """The begin of a note, up to its text; its first group is the label."""
    return _DEFINITION.match(text, position)


def number_own(own: dict[str, str], known: int) -> None:
    """Number notes that are still coming, after those that are known."""
    for key in own:
        if key.startswith(KEY):
            known += 1
            own[key] = str(known)


def add_rules(parser: "MarkdownIt") -> None:
    """Teach the parser of inline marks references to notes; those that lead nowhere stay text."""
    parser.inline.ruler.after("link", "footnote_ref", _take_reference)


def _take_reference(state: "StateInline", silent: bool) -> bool:  # noqa: FBT001 - a hook of the library
    found = _REFERENCE.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    note = state.env["references"].get(key_of(found[1]))
    if note is None:
        return False
    if not silent:
        token = state.push("footnote_ref", "", 0)
        token.content = note["href"]
        token.meta = {"label": found[1]}
    state.pos = found.end()
    return True
