"""The texts of a message as they are shown, a text for each block, made a slice at a time. Pure."""

from collections.abc import Iterable, Iterator
from itertools import chain, pairwise

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
            size += len(self.texts[-1].text)
            if size > _SLICE_CHARS:
                size = 0
                yield


_SLICE_CHARS = 64 * 1024


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
