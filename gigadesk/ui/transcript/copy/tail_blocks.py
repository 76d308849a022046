"""What stands below the text of a message, as blocks, for copying: its files by name, and its sources."""

from gigadesk.chat import Message
from gigadesk.markdown.blocks import Block, ItemList, ListItem, Paragraph, Source, Span
from gigadesk.ui.transcript.layout.source_boxes import source_title
from gigadesk.ui.words.file_words import kind_text

_NOWHERE = Source(0, 0)


def tail_blocks(message: Message) -> list[Block]:
    """A line for each file, and the sources as a numbered list. Numbers that are missing are not made up for."""
    blocks: list[Block] = []
    if message.files:
        lines = "\n".join(f"{kind_text(file.kind)}: {file.name}" for file in message.files)
        blocks.append(Paragraph((Span(lines),), _NOWHERE))
    start = None
    items: list[ListItem] = []
    for source in message.sources:
        if start is None or source.number != start + len(items):
            if items:
                blocks.append(ItemList(tuple(items), _NOWHERE, start))
            start, items = source.number, []
        link = Span(source_title(source), link=source.url)
        items.append(ListItem((Paragraph((link,), _NOWHERE),), _NOWHERE))
    if items:
        blocks.append(ItemList(tuple(items), _NOWHERE, start))
    return blocks
