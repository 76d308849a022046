"""One text of a message and its blocks: parsed when it comes into sight, in slices, and on while it grows."""

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from gigadesk.markdown.blocks import Block
from gigadesk.text import clean
from gigadesk.ui.transcript.copy.hidden_tags import take_tags
from gigadesk.ui.transcript.copy.plain_blocks import plain_blocks

if TYPE_CHECKING:
    from gigadesk.markdown import Parser

PARSED_AT_ONCE_CHARS = 32 * 1024
PARSED_STEP_CHARS = 512
PARSING_LIMIT_S = 0.015
"""Longer texts are parsed in slices between which the window lives. The first limit that is reached ends a slice: fifty
thousand short lines cost ten times as much as plain text. The time is the processor's, so an ordinary answer comes as a
whole on a busy machine too."""


class ParsedText:
    """The text itself belongs to the message; here is what has been made of it. `is_running`: more will come."""

    __slots__ = ("_blocks", "_held", "_is_finished", "_is_plain", "_parser", "_plain_text", "unparsed")

    def __init__(self, *, is_plain: bool = False) -> None:
        self._is_plain = is_plain
        """The user's own: shown letter by letter."""
        self._parser: Parser | None = None
        self._plain_text = ""
        self._blocks: Sequence[Block] | None = None
        self._held = ""
        """End of what has come that may become a tag, which is not shown."""
        self._is_finished = False
        self.unparsed = ""

    @property
    def blocks(self) -> Sequence[Block]:
        """The blocks parsed so far; call `parse` first."""
        return self._blocks or ()

    @property
    def is_open(self) -> bool:
        return self._blocks is not None

    @property
    def text(self) -> str:
        """What `Block.source` points into: the text so far as it is shown."""
        return self._parser.text if self._parser is not None else self._plain_text

    @property
    def whole_text(self) -> str:
        """The same with what is not parsed yet."""
        return self.text + self.unparsed

    @property
    def is_whole(self) -> bool:
        """All that has come is parsed, and nothing in it waits to be shown again."""
        return not self.unparsed and (self._parser is None or not self._is_finished or self._parser.is_finished)

    def close(self) -> None:
        """Forget the blocks to save memory."""
        self._parser = None
        self._blocks = None
        self._held = self.unparsed = self._plain_text = ""

    def parse(self, text: str, *, is_running: bool) -> None:
        """Begin anew with a text."""
        self._begin(text, is_running=is_running)
        self.parse_more(is_running=is_running)

    def prepare(self, text: str, seconds: float) -> bool:
        """Parse what nobody sees yet, for so long or a little longer; True when this finished text is parsed."""
        if self._blocks is None:
            self._begin(text, is_running=False)
        if self._parser is not None and not self.is_whole:
            self._parse_until(self._parser, time.thread_time() + seconds, is_running=False)
        return self.is_whole

    def _begin(self, text: str, *, is_running: bool) -> None:
        self.close()
        if self._is_plain:
            self._plain_text = clean(text)
            self._blocks = plain_blocks(self._plain_text)
            return
        # Loaded late: the first window needs no parser.
        from gigadesk.markdown import Parser

        self._parser = Parser()
        self._is_finished = False
        self._blocks = self._parser.blocks
        self.unparsed, self._held = take_tags(clean(text), is_open=is_running)

    def parse_more(self, *, is_running: bool) -> int:
        """Parse the next slice; returns the index of the first block that is not as before."""
        if self._parser is None:
            return len(self.blocks)
        changed = self._parse_until(self._parser, time.thread_time() + PARSING_LIMIT_S, is_running=is_running)
        if self.unparsed:
            changed = min(changed, self._parser.feed(""))  # its open tail is seen until the next slice
        return changed

    def _parse_until(self, parser: "Parser", end: float, *, is_running: bool) -> int:
        changed = self._parse_slice(parser, end, is_running=is_running)
        if not self.unparsed and (self._is_finished or not is_running):
            changed = min(changed, parser.finish_some())
            self._is_finished = True
            while not parser.is_finished and time.thread_time() < end:
                changed = min(changed, parser.finish_some())
        self._blocks = parser.blocks
        return changed

    def grow(self, delta: str) -> int:
        """Append to a text that is being written; returns the index of the first block that is not as before."""
        if self._parser is None or self._is_finished:
            self.parse(self.text + self._held + delta, is_running=True)
            return 0
        shown, self._held = take_tags(self._held + clean(delta), is_open=True)
        self.unparsed += shown
        return self.parse_more(is_running=True)

    def set_text(self, text: str, *, is_running: bool) -> int | None:
        """Take over the text as its message has it now; returns the first changed block, None if all is as before."""
        if self._parser is None:
            if clean(text) == self._plain_text:
                return None
            self.parse(text, is_running=is_running)
            return 0
        shown, held = take_tags(clean(text), is_open=is_running)
        known = self.whole_text
        if self._is_finished:
            return self._again(text, is_running=is_running) if shown != known or is_running else None
        if not shown.startswith(known):
            # Of a running answer the view may know more than the one who asked for the update.
            return None if is_running and known.startswith(shown) else self._again(text, is_running=is_running)
        if len(shown) > len(known) or not is_running:
            self._held = held
        self.unparsed = shown[len(self.text) :]
        return self.parse_more(is_running=is_running) if self.unparsed or not is_running else None

    def _again(self, text: str, *, is_running: bool) -> int:
        self.parse(text, is_running=is_running)
        return 0

    def _parse_slice(self, parser: "Parser", end: float, *, is_running: bool) -> int:
        changed, position = len(self.blocks), 0
        while position < min(len(self.unparsed), PARSED_AT_ONCE_CHARS) and (not position or time.thread_time() < end):
            step = self.unparsed[position : position + PARSED_STEP_CHARS]
            position += PARSED_STEP_CHARS
            # The open tail costs a third of all, and is seen only when all that has come is parsed, or between slices.
            is_last = position >= len(self.unparsed)
            changed = min(changed, parser.feed(step, shows_tail=is_running and is_last))
        self.unparsed = self.unparsed[position:]
        return changed
