"""What is copied, as values that outlive the view: a selection or messages, in the formats other programs take.

Whole messages are kept as they came and are read when a format is asked for; of others, the blocks that are selected.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from gigadesk.chat import Message, Role
from gigadesk.markdown.blocks import Block, CodeBlock, Footnote, Heading, ItemList, ListItem, Paragraph, Quote, Table
from gigadesk.text import clean
from gigadesk.ui.transcript.copy.excerpts import HEAVY_WEIGHT, USER_LETTERS, copied_weight
from gigadesk.ui.transcript.copy.hidden_tags import without_tags
from gigadesk.ui.transcript.copy.html_writer import author_html, html_text
from gigadesk.ui.transcript.copy.joining import begun, joined
from gigadesk.ui.transcript.copy.markdown_writer import author_markdown, markdown_text, needs_other_text
from gigadesk.ui.transcript.copy.plain_writer import plain_text
from gigadesk.ui.transcript.copy.tail_blocks import tail_blocks
from gigadesk.ui.transcript.copy.whole_blocks import blocks_of
from gigadesk.ui.transcript.layout.pieces import clip
from gigadesk.ui.transcript.selecting.selection import SelectedBlock


@dataclass(frozen=True, slots=True)
class Stretch:
    """Blocks out of one text that follow each other, in the order in which they are shown."""

    blocks: tuple[Block, ...]
    markdown: str
    is_user: bool = False


@dataclass(frozen=True, slots=True)
class Copied:
    """What is copied of one message: `message` as a whole, with its `text` as it is shown, or else `stretches`."""

    author: str
    message: Message | None = None
    text: str | None = None
    """None for the text of the message itself."""
    stretches: tuple[Stretch, ...] = ()
    excerpt: str = ""
    """In the place of stretches: the source of a part that is too large to be written anew."""

    @property
    def size(self) -> int:
        """About how many characters it has."""
        if self.message is not None:
            return len(self.message.text if self.text is None else self.text)
        return len(self.excerpt) + sum(len(stretch.markdown) for stretch in self.stretches)

    def markdown(self) -> str:
        """The source."""
        if self.message is None:
            return self.excerpt or "\n\n".join(stretch.markdown for stretch in self.stretches if stretch.markdown)
        texts = (self.whole_text().strip("\n"), markdown_text(self.tail()))
        return "\n\n".join(text for text in texts if text)

    def blocks(self) -> list[Block]:
        """What is to be written as rich or plain text."""
        if self.message is None:
            return [block for stretch in self.stretches for block in stretch.blocks]
        return [*blocks_of(self.whole_text(), is_user=self.is_user), *self.tail()]

    @property
    def is_user(self) -> bool:
        return self.message is not None and self.message.role is Role.USER

    def tail(self) -> list[Block]:
        """What stands below the text of a whole message."""
        return tail_blocks(self.message) if self.message is not None else []

    def whole_text(self) -> str:
        """The text of a whole message as it is shown."""
        if self.text is not None or self.message is None:
            return self.text or ""
        text = clean(self.message.text)
        return text if self.message.role is Role.USER else without_tags(text)


def stretch_of(selected: Sequence[SelectedBlock], source: str, *, is_user: bool) -> Stretch:
    """Selected blocks of one text. What is whole keeps its source; parts are written anew."""
    groups = _groups(selected)
    blocks: list[Block] = []
    texts: list[str] = []
    end = -1
    for group in groups:
        block = _clipped(group, source)
        if block is None:
            continue
        is_whole = _is_whole(group)
        if not is_whole and len(groups) == 1:
            block = _unwrapped(block)
        blocks.append(block)
        if is_user or (is_whole and not needs_other_text(block, source)):
            first, last = group[0].block.source.start, group[-1].block.source.end
            if not is_whole:
                texts.append(plain_text([block]))
            elif texts and end >= 0:
                # With what stood between the two: exactly the source.
                texts[-1] += source[end:last]
            else:
                texts.append(source[first:last])
            end = last if is_whole else -1
        else:
            is_line = isinstance(block, CodeBlock) and not is_whole and len(groups) == 1 and "\n" not in block.text
            texts.append(plain_text([block]) if is_line else markdown_text([block]))
            end = -1
    return Stretch(tuple(blocks), "\n\n".join(text.strip("\n") for text in texts), is_user)


class CopiedText:
    """Several messages, or one, in all formats. Each is made when it is first asked for."""

    def __init__(self, parts: Sequence[Copied]) -> None:
        self._parts = parts
        self._blocks: list[list[Block]] | None = None
        self._formats: list[tuple[str, str]] = []
        """Plain text and HTML of the whole messages, written elsewhere."""
        self.size = sum(part.size for part in parts)
        self.is_excerpt = any(part.excerpt for part in parts)
        """Of a part of it there is the source alone."""

    @cached_property
    def weight(self) -> int:
        """What writing its formats costs: letters, and some for each mark."""
        if self.size > USER_LETTERS * HEAVY_WEIGHT:
            return self.size  # enough to know: nothing is read
        parts = [(stretch.markdown, stretch.is_user) for part in self._parts for stretch in part.stretches]
        return sum(copied_weight(text, is_user=is_user) for text, is_user in [*parts, *self.whole_texts()])

    def whole_texts(self) -> list[tuple[str, bool]]:
        """The texts of the whole messages, and whether the user has written them."""
        return [(part.whole_text(), part.is_user) for part in self._parts if part.message is not None]

    def take_formats(self, formats: Sequence[tuple[str, str]]) -> None:
        """Plain text and HTML of each of them."""
        self._formats = list(formats)

    def markdown(self) -> str:
        texts = [(part.author, part.markdown()) for part in self._parts]
        return "\n\n".join(self._with_authors([(author_markdown(author), text) for author, text in texts if text]))

    def plain(self) -> str:
        texts = [(f"{part.author}:", text) for part, text in self._written(plain_text, 0, "\n\n")]
        return "\n\n".join(self._with_authors([each for each in texts if each[1]]))

    def html(self) -> str:
        """A fragment, to which the clipboard adds what a document needs."""
        texts = [(author_html(part.author), text) for part, text in self._written(html_text, 1, "\n")]
        return "\n".join(self._with_authors([each for each in texts if each[1]]))

    def _written(
        self, write: Callable[[Sequence[Block]], str], number: int, between: str
    ) -> Iterator[tuple[Copied, str]]:
        """Each part in a format, which is that `number` of those that were written elsewhere."""
        if not self._formats:
            yield from ((part, write(blocks)) for part, blocks in self._read())
            return
        formats = iter(self._formats)
        for part in self._parts:
            if part.message is None:
                yield part, write(part.blocks())
            else:
                yield part, between.join(text for text in (next(formats)[number], write(part.tail())) if text)

    def _with_authors(self, texts: Sequence[tuple[str, str]]) -> list[str]:
        """Texts of several authors say whose they are."""
        if len(texts) < 2:
            return [text for _, text in texts]
        return [each for pair in texts for each in pair]

    def _read(self) -> list[tuple[Copied, list[Block]]]:
        if self._blocks is None:
            self._blocks = [part.blocks() for part in self._parts]
        return list(zip(self._parts, self._blocks, strict=True))


def _groups(selected: Sequence[SelectedBlock]) -> list[list[SelectedBlock]]:
    """The pieces of one block that was cut, together."""
    groups: list[list[SelectedBlock]] = []
    for each in selected:
        if groups and each.block.continues:
            groups[-1].append(each)
        else:
            groups.append([each])
    return groups


def _is_whole(group: Sequence[SelectedBlock]) -> bool:
    if group[0].block.continues or group[-1].is_continued:
        return False
    return all(each.is_whole for each in group)


def _clipped(group: Sequence[SelectedBlock], source: str) -> Block | None:
    kept = [
        block
        for each in group
        if (block := each.block if each.is_whole else clip(each.block, each.start, each.end)) is not None
    ]
    if not kept:
        return None
    return begun(joined([begun(kept[0]), *kept[1:]], source)[0])


def _unwrapped(block: Block) -> Block:
    """A part of a single block: words without the marks of the list, quote or heading that they are in."""
    while True:
        match block:
            case Quote(blocks=(inner,)) | Footnote(blocks=(inner,)) | ItemList(items=(ListItem(blocks=(inner,)),)):
                block = inner
            case Heading():
                return Paragraph(block.spans, block.source)
            case Table(header=(), rows=(row,)) if sum(map(bool, row)) == 1:
                return Paragraph(next(cell for cell in row if cell), block.source)
            case Table(rows=(), header=row) if sum(map(bool, row)) == 1:
                return Paragraph(next(cell for cell in row if cell), block.source)
            case _:
                return block
