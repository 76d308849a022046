"""What is copied: Markdown source, HTML and plain text of the same selection, offered together."""

from collections.abc import Sequence

from PySide6.QtCore import QMimeData

from gigadesk.markdown.blocks import Block, CodeBlock, Heading, ItemList, ListItem, Paragraph, Quote
from gigadesk.ui.transcript.html_writer import html_text
from gigadesk.ui.transcript.markdown_writer import markdown_text
from gigadesk.ui.transcript.pieces import clip
from gigadesk.ui.transcript.plain_writer import plain_text
from gigadesk.ui.transcript.rows import Rows
from gigadesk.ui.transcript.selection import SelectedBlock, Selection
from gigadesk.ui.transcript.tail_blocks import tail_blocks

MARKDOWN_TYPE = "text/markdown"
WRITTEN_MAX_CHARS = 2 * 1024 * 1024
"""Of larger selections the Markdown source alone is copied: it needs no parsing."""


def selection_data(selection: Selection, rows: Rows) -> QMimeData:
    """The selection in all formats."""
    markdown = selected_markdown(selection, rows)
    data = QMimeData()
    data.setData(MARKDOWN_TYPE, markdown.encode("utf-8"))
    if len(markdown) > WRITTEN_MAX_CHARS:
        data.setText(markdown)
        return data
    plain, rich = [], []
    for message in selection.messages(rows):
        if selection.holds_whole(message):
            # As in the Markdown: without the thoughts, with what stands below the text.
            blocks = _whole_blocks(rows, message)
        else:
            blocks = [
                kept
                for each in selection.blocks_of(rows, message)
                if (kept := each.block if each.is_whole else clip(each.block, each.start, each.end)) is not None
            ]
        plain.append(plain_text(blocks))
        rich.append(html_text(blocks))
        rows.tidy()
    data.setText("\n\n".join(text for text in plain if text))
    data.setHtml("\n".join(text for text in rich if text))
    return data


def message_data(rows: Rows, message: int) -> QMimeData:
    """One whole message in all formats."""
    item = rows.open(message)
    text = _whole_markdown(rows, message)
    data = QMimeData()
    data.setData(MARKDOWN_TYPE, text.encode("utf-8"))
    if len(text) > WRITTEN_MAX_CHARS or item.has_unparsed_text:
        data.setText(text)
        return data
    blocks = _whole_blocks(rows, message)
    data.setText(plain_text(blocks))
    data.setHtml(html_text(blocks))
    return data


def _whole_blocks(rows: Rows, message: int) -> list[Block]:
    item = rows.open(message)
    return [*item.answer_blocks, *tail_blocks(item.view.message)]


def _whole_markdown(rows: Rows, message: int) -> str:
    item = rows.items[message]
    tail = tail_blocks(item.view.message)
    text = item.source_text
    return "\n\n".join(part for part in (text.strip("\n"), markdown_text(tail)) if part) if tail else text


def selected_markdown(selection: Selection, rows: Rows) -> str:
    """Source of what is selected whole; parts of blocks are written anew."""
    texts = []
    for message in selection.messages(rows):
        if selection.holds_whole(message):
            texts.append(_whole_markdown(rows, message).strip("\n"))
            continue
        item, selected = rows.open(message), selection.blocks_of(rows, message)
        thoughts = [each for each in selected if each.is_thought]
        if thoughts:
            texts.append(_markdown_of(thoughts, item.text_behind(0)))
        answer = selected[len(thoughts) :]
        texts.append(_markdown_of(answer, item.text_behind(item.thought_count)))
    return "\n\n".join(text for text in texts if text)


def _markdown_of(selected: Sequence[SelectedBlock], source: str) -> str:
    texts: list[str] = []
    end = -1
    for each in selected:
        block = each.block
        if each.is_whole:
            if texts and end >= 0:
                # With what stood between the two: exactly the source.
                texts[-1] += source[end : block.source.end]
            else:
                texts.append(source[block.source.start : block.source.end])
            end = block.source.end
        else:
            kept = clip(block, each.start, each.end)
            if kept is not None:
                texts.append(_part_text(kept) if len(selected) == 1 else markdown_text([kept]))
            end = -1
    return "\n\n".join(text.strip("\n") for text in texts)


def _part_text(block: Block) -> str:
    """A part of a single block: words without the marks of the list, quote or fence that they are in."""
    while True:
        match block:
            case Quote(blocks=(inner,)) | ItemList(items=(ListItem(blocks=(inner,)),)):
                block = inner
            case Heading():
                return markdown_text([Paragraph(block.spans, block.source)])
            case CodeBlock():
                return plain_text([block])
            case _:
                return markdown_text([block])
