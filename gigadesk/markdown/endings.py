"""Where a text ends that goes on to the end of a document, as code without its last fence does. Pure."""

import re

_FENCE = re.compile(r"^ {0,3}(`{3,}(?=[^`\n]*$)|~{3,})([^\n]*)$", re.MULTILINE)
_HTML = re.compile(
    r" {0,3}<(?:(?P<comment>!--)|(?P<cdata>!\[CDATA\[)|(?P<instruction>\?)|(?P<declaration>![A-Z])"
    r"|(?P<tag>script|pre|style|textarea)(?=[\s>]|$))",
    re.IGNORECASE,
)
"""What HTML must begin with to go on behind an empty line (CommonMark 4.6); here it is text, elsewhere it is not."""
_ENDS = {"comment": "-->", "cdata": "]]>", "instruction": "?>", "declaration": ">"}


def closing(text: str) -> str:
    """What has to follow a text, so that what comes after it in a document is no part of its code or its HTML."""
    if not _may_be_open(text):
        return ""
    end = _open_end(text)
    return end if not end or text.endswith("\n") else f"\n{end}"


def _may_be_open(text: str) -> bool:
    """A quick look, which knows nothing of lists and quotes: they end what is in them."""
    opened = ""
    for mark, rest in _FENCE.findall(text):
        if not opened:
            opened = mark
        elif mark.startswith(opened) and not rest.strip():
            opened = ""
    return bool(opened) or any(_HTML.match(line) for line in text.split("\n"))


def _open_end(text: str) -> str:
    from markdown_it import MarkdownIt

    # Only the blocks are wanted, as every other reader of Markdown sees them.
    tokens = MarkdownIt("commonmark").disable(["inline", "reference"]).parse(text)
    last = tokens[-1] if tokens else None
    if last is None or last.map is None:
        return ""
    lines = text.rstrip("\n").split("\n")[last.map[0] :]
    if last.type == "fence":
        is_closed = len(lines) > 1 and re.fullmatch(rf" {{0,3}}{last.markup}{last.markup[0]}*[ \t]*", lines[-1])
        return "" if is_closed else last.markup
    found = _HTML.match(lines[0]) if last.type == "html_block" else None
    if found is None:
        return ""
    end = _ENDS.get(found.lastgroup or "") or f"</{found['tag'].lower()}>"
    return "" if end in last.content.lower() else end
