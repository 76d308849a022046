"""Inline marks that leave no doubt, read without the parser: it takes twenty times as long. Pure.

Most leaves of an answer hold some code, a few words in bold, a link; none inside of another. What is recognised here is
what the parser makes of it (`tests/markdown/test_simple_inline.py`); for all else it is asked.
"""

import re

from gigadesk.markdown.blocks import Span
from gigadesk.markdown.spans import show_controls

_INNER = r"*~`_\[\]\\<&$@\n"
_SIMPLE = re.compile(
    rf"""
    (?<!`)` (?P<code>[^`\n ](?:[^`\n]*[^`\n ])?) `(?!`)
    |
    (?<![*~])(?P<mark>\*\*?|~~)
        (?P<marked>[^\W_](?:[^{_INNER}]*(?:[^\W_]|[.,:;?!)%](?=(?P=mark)(?:[ \n]|\Z))))?)
    (?P=mark)(?![*~])
    |
    (?<![!\)])\[ (?P<label>[^{_INNER}^!][^{_INNER}]{{0,200}}) \]\( (?P<target>[a-zA-Z0-9:/.?=\#%+_-]{{1,500}}) \)
    """,
    re.VERBOSE,
)
_DOUBTFUL = re.compile(r"[*~`\[\]\\<&$@]|://|www\.|[ \t]\n|\n[ \t]|(?<![^\W_])(?<!_)_|_(?!_)(?![^\W_])", re.IGNORECASE)
"""Behind or before a blank, a line end may be a hard one. A line between two letters is no mark."""


def read_simple(text: str) -> tuple[Span, ...] | None:
    """The spans of a leaf's text without blanks around it; None if only the parser can tell."""
    spans: list[Span] = []
    position = 0
    for found in _SIMPLE.finditer(text):
        begin = found.start()
        if begin > position:
            plain = text[position:begin]
            if _DOUBTFUL.search(plain):
                return None
            spans.append(_plain(plain))
        position = found.end()
        match found.lastgroup:
            case "code":
                spans.append(Span(show_controls(found["code"]), is_code=True))
            case "target":
                if _DOUBTFUL.search(found["label"]):
                    return None
                spans.append(Span(show_controls(found["label"]), link=found["target"]))
            case _:
                if _DOUBTFUL.search(found["marked"]):
                    return None
                spans.append(_marked(show_controls(found["marked"]), found["mark"]))
    if position < len(text):
        plain = text[position:]
        if _DOUBTFUL.search(plain):
            return None
        spans.append(_plain(plain))
    return tuple(spans)


def _plain(text: str) -> Span:
    return Span(show_controls(text.replace("\n", " ")))


def _marked(text: str, mark: str) -> Span:
    return Span(text, is_bold=mark == "**", is_italic=mark == "*", is_strike=mark == "~~")
