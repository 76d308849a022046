"""A line of a text around what was found in it, without the marks of Markdown. Pure."""

import re
from collections.abc import Sequence

from gigadesk.search.matching import Spot

SNIPPET_CHARS = 260
LEAD_CHARS = 60
"""Before the first place that was found."""

_MARKUP = re.compile(
    r"^[ \t]{0,3}(?:#{1,6}[ \t]+|>[ \t]?|(?:[-*+]|\d{1,3}[.)])[ \t]+|(?:```|~~~)[\w+-]*[ \t]*$"
    r"|(?:[-*_][ \t]*){3,}$|[=]{3,}$)"
    r"|^[ \t]*\|?(?:[ \t]*:?-{2,}:?[ \t]*\|)+[ \t]*(?::?-+:?)?[ \t]*$"  # the rule of a table
    r"|\*{1,3}(?=\S)|(?<=\S)\*{1,3}|~~|`+|!?\[(?=[^\]\n]*\]\()|\]\([^)\s]*\)|\|"
    r"|\\(?=[\\`*_{}\[\]()#+\-.!|$])|\$\$",
    re.MULTILINE,
)
_PERHAPS = re.compile(r"[#>*+`~|=\[\]\\$]|^[ \t]*[-_\d]", re.MULTILINE)
"""What each of these has: most texts have none of it, and that is seen quickly."""
_OPEN, _CLOSE = "\ue000", "\ue001"
_SIGNS = re.compile(f"([{_OPEN}{_CLOSE}])")
_SPACE = re.compile(r"\s+")


def snippet(text: str, spots: Sequence[Spot]) -> tuple[str, tuple[Spot, ...]]:
    """A part of the text in one line, and where `spots`, which ascend, are in it."""
    start, end = _window(text, spots)
    part = text[start:end].replace(_OPEN, " ").replace(_CLOSE, " ")
    parts: list[str] = []
    position = start
    for first, last in spots:
        if first >= position and last <= end:
            parts += (part[position - start : first - start], _OPEN, part[first - start : last - start], _CLOSE)
            position = last
    parts.append(part[position - start :])
    # With signs around what was found, so that it keeps its place while the rest goes.
    whole = "".join(parts)
    line = " ".join((_MARKUP.sub(_put_for, whole) if _PERHAPS.search(whole) else whole).split())
    line = ("…" if start > 0 else "") + line + ("…" if end < len(text) else "")
    shown, marks = "", []
    for place, piece in enumerate(_SIGNS.split(line)):
        if place % 2:
            marks.append(len(shown))
        else:
            shown += piece
    return shown, tuple(zip(marks[::2], marks[1::2], strict=True))


def _put_for(mark: re.Match[str]) -> str:
    return " " if mark[0].startswith("|") else ""


def _window(text: str, spots: Sequence[Spot]) -> Spot:
    if not spots:
        return 0, min(len(text), SNIPPET_CHARS)
    start = max(0, spots[0][0] - LEAD_CHARS)
    if start > 0:
        space = _SPACE.search(text, start, spots[0][0])
        start = space.end() if space is not None else start
    end = min(len(text), max(start + SNIPPET_CHARS, spots[0][1]))
    return start, end
