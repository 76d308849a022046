"""Blocks as HTML, for the clipboard of other programs. Everything is escaped, and there are no pictures. Pure."""

import html
import re
from collections.abc import Sequence

from gigadesk.markdown.blocks import (
    Align,
    Block,
    CodeBlock,
    Footnote,
    Formula,
    Heading,
    ItemList,
    ListItem,
    Paragraph,
    Quote,
    Rule,
    Span,
    Table,
)
from gigadesk.ui.transcript.copy.joining import joined
from gigadesk.ui.transcript.layout.pieces import Cell, shown

_BLANKS = re.compile(r"(?<=[ \n]) ")
"""Blanks that HTML would drop."""
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
LINK_BEGINNINGS = ("https://", "http://", "mailto:")


def html_text(blocks: Sequence[Block]) -> str:
    """The blocks as a fragment of HTML."""
    return "\n".join(_block(block) for block in joined(blocks))


def document(fragment: str) -> str:
    """A fragment as programs take it from the clipboard: some guess the encoding, unless they are told."""
    return f'<meta charset="utf-8">{fragment}'


def author_html(author: str) -> str:
    """A line that says whose the following is."""
    return f"<p><b>{html.escape(author)}:</b></p>"


def _block(block: Block, *, is_tight: bool = False) -> str:
    match block:
        case Paragraph():
            return _spans(block.spans) if is_tight else f"<p>{_spans(block.spans)}</p>"
        case Heading():
            return f"<h{block.level}>{_spans(block.spans)}</h{block.level}>"
        case CodeBlock():
            language = f' class="language-{html.escape(block.language)}"' if block.language else ""
            return f"<pre><code{language}>{html.escape(CONTROLS.sub('', block.text))}</code></pre>"
        case Formula():
            return f"<p>{_spans(block.spans)}</p>"
        case Rule():
            return "<hr>"
        case Table():
            return _table(block)
        case Quote():
            return f"<blockquote>{html_text(block.blocks)}</blockquote>"
        case Footnote():
            anchor = "" if block.continues else f' id="footnote-{block.number}"'
            mark = "" if block.continues else f"<sup>{block.number}</sup> "
            blocks = "".join(_block(inner, is_tight=number == 0) for number, inner in enumerate(joined(block.blocks)))
            return f"<div{anchor}><small>{mark}{blocks}</small></div>"
        case ItemList():
            items = "".join(_item(item, is_tight=block.is_tight) for item in block.items)
            if block.start is None:
                return f"<ul>{items}</ul>"
            start = f' start="{block.start}"' if block.start != 1 else ""
            return f"<ol{start}>{items}</ol>"


def _item(item: ListItem, *, is_tight: bool) -> str:
    mark = "" if item.is_checked is None else "☑ " if item.is_checked else "☐ "
    return f"<li>{mark}{''.join(_block(block, is_tight=is_tight) for block in joined(item.blocks))}</li>"


def _table(block: Table) -> str:
    head = f"<thead><tr>{_cells(block, block.header, 'th')}</tr></thead>" if block.header else ""
    rows = "".join(f"<tr>{_cells(block, row, 'td')}</tr>" for row in block.rows)
    # Without a border, a table in a text program has no lines at all.
    return f'<table border="1" style="border-collapse:collapse">{head}<tbody>{rows}</tbody></table>'


def _cells(block: Table, row: Sequence[Cell], tag: str) -> str:
    written = []
    for column, cell in enumerate(row):
        align = block.aligns[column] if column < len(block.aligns) else Align.DEFAULT
        style = "" if align is Align.DEFAULT else f' style="text-align:{align}"'
        written.append(f"<{tag}{style}>{_spans(cell)}</{tag}>")
    return "".join(written)


def _spans(spans: Cell) -> str:
    return "".join(_span(span) for span in spans)


def _span(span: Span) -> str:
    text = _BLANKS.sub("&nbsp;", html.escape(CONTROLS.sub("", shown(span)))).replace("\n", "<br>")
    for flag, tag in (
        (span.is_code or span.is_formula, "code"),
        (span.is_bold, "b"),
        (span.is_italic, "i"),
        (span.is_strike, "s"),
    ):
        if flag:
            text = f"<{tag}>{text}</{tag}>"
    if span.footnote:
        return f'<sup><a href="#footnote-{html.escape(span.text)}">{text}</a></sup>'
    if span.link and not span.is_image and span.link.lower().startswith(LINK_BEGINNINGS):
        text = f'<a href="{html.escape(span.link)}">{text}</a>'
    return text
