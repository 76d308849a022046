"""The texts of a message as they are shown, a text for each block, made a slice at a time. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise
from typing import overload

from gigadesk.markdown.blocks import Block
from gigadesk.ui.transcript.copy.joining import seam
from gigadesk.ui.transcript.find.places import Shown
from gigadesk.ui.transcript.layout.pieces import text_of
from gigadesk.ui.transcript.messages.parsed_text import ParsedText


class ShownText:
    """Reads one text of a message. `texts` are whole when `read` has gone to its end."""

    def __init__(self, text: str, *, is_plain: bool) -> None:
        self._text = text
        self._is_plain = is_plain
        self.texts: list[Shown] = []

    def read(self) -> Iterator[None]:
        """Stops whenever some milliseconds may have gone by."""
        parsed = ParsedText(is_plain=self._is_plain)
        parsed.parse(self._text, is_running=False)
        while not parsed.is_whole:
            yield
            parsed.parse_more(is_running=False)
        size = 0
        before: Block | None = None
        for block in parsed.blocks:
            self.texts.append(_shown(before, block, parsed.text))
            before = block
            size += len(self.texts[-1].text) + _BLOCK_CHARS
            if size > _SLICE_CHARS:
                size = 0
                yield


_SLICE_CHARS = 64 * 1024
_BLOCK_CHARS = 256
"""What a block costs, however short it is."""


class ShownBlocks(Sequence[Shown]):
    """The texts of blocks that follow each other, each made when it is asked for: there may be a hundred thousand."""

    def __init__(self, blocks: Iterable[Block], source: str) -> None:
        self._blocks = list(blocks)
        self._source = source
        self._made: dict[int, Shown] = {}

    def __len__(self) -> int:
        return len(self._blocks)

    @overload
    def __getitem__(self, index: int) -> Shown: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Shown]: ...
    def __getitem__(self, index: int | slice) -> Shown | Sequence[Shown]:
        if isinstance(index, slice):
            return [self[each] for each in range(*index.indices(len(self)))]
        made = self._made.get(index)
        if made is None:
            block = self._blocks[index]
            made = self._made[index] = _shown(self._blocks[index - 1] if index else None, block, self._source)
        return made


def shown_blocks(blocks: Iterable[Block], source: str) -> list[Shown]:
    """The texts of blocks that follow each other and were made from `source`."""
    return [_shown(before, block, source) for before, block in pairwise(chain((None,), blocks)) if block is not None]


def _shown(before: Block | None, block: Block, source: str) -> Shown:
    return Shown(text_of(block), seam(before, block, source) if before is not None else None)


def shown_texts(text: str, *, is_plain: bool) -> list[Shown]:
    """All at once."""
    shown = ShownText(text, is_plain=is_plain)
    for _ in shown.read():
        pass
    return shown.texts
