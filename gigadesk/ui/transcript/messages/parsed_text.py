"""One text of a message and its blocks: parsed when it comes into sight, in slices, and on while it grows."""

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from gigadesk.markdown.blocks import Block
from gigadesk.text import clean
from gigadesk.ui.transcript.copy.hidden_tags import without_tags
from gigadesk.ui.transcript.copy.plain_blocks import plain_blocks
from gigadesk.ui.transcript.messages.incoming_text import IncomingText

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

    __slots__ = ("_blocks", "_come", "_is_finished", "_is_plain", "_is_running", "_parser", "_plain_text", "rest")

    def __init__(self, *, is_plain: bool = False) -> None:
        self._is_plain = is_plain
        """The user's own: shown letter by letter."""
        self._parser: Parser | None = None
        self._plain_text = ""
        self._blocks: Sequence[Block] | None = None
        self._come: list[str] = []
        """All that has come, as it came."""
        self._is_running = self._is_finished = False
        self.rest = IncomingText()
        """What has come and is not parsed yet."""

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
        return self.text + self.rest.rest(is_open=self._is_running)

    @property
    def is_whole(self) -> bool:
        """All that has come is parsed, and nothing in it waits to be shown again."""
        if not self.rest.is_empty(is_open=self._is_running):
            return False
        return self._parser is None or not self._is_finished or self._parser.is_finished

    def close(self) -> None:
        """Forget the blocks to save memory."""
        self._parser = None
        self._blocks = None
        self._come = []
        self._plain_text = ""
        self.rest = IncomingText()

    def let_go(self) -> bool:
        """Give back some of the blocks, for which nobody will ask any more; False when none is left."""
        return self._parser is not None and self._parser.let_go()

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
        self._is_running, self._is_finished = is_running, False
        self._blocks = self._parser.blocks
        self._add(text)

    def _add(self, text: str) -> None:
        self._come.append(text)
        self.rest.add(text)

    def parse_more(self, *, is_running: bool) -> int:
        """Parse the next slice; returns the index of the first block that is not as before."""
        if self._parser is None:
            return len(self.blocks)
        self._is_running = is_running
        changed = self._parse_until(self._parser, time.thread_time() + PARSING_LIMIT_S, is_running=is_running)
        if self.rest.chars:
            changed = min(changed, self._parser.feed(""))  # its open tail is seen until the next slice
        return changed

    def _parse_until(self, parser: "Parser", end: float, *, is_running: bool) -> int:
        changed = self._parse_slice(parser, end, is_running=is_running)
        if self.rest.is_empty(is_open=is_running) and (self._is_finished or not is_running):
            changed = min(changed, parser.finish_some())
            self._is_finished = True
            while not parser.is_finished and time.thread_time() < end:
                changed = min(changed, parser.finish_some())
        self._blocks = parser.blocks
        return changed

    def grow(self, delta: str) -> int:
        """Append to a text that is being written; returns the index of the first block that is not as before."""
        if self._parser is None or self._is_finished:
            self.parse("".join(self._come) + delta if self._parser is not None else self.text + delta, is_running=True)
            return 0
        self._add(delta)
        return self.parse_more(is_running=True)

    def set_text(self, text: str, *, is_running: bool) -> int | None:
        """Take over the text as its message has it now; returns the first changed block, None if all is as before."""
        if self._parser is None:
            if clean(text) == self._plain_text:
                return None
            self.parse(text, is_running=is_running)
            return 0
        known = "".join(self._come)
        self._come = [text if text == known else known]
        if self._is_finished:
            is_same = text == known or without_tags(clean(text)) == self.whole_text
            return self._again(text, is_running=is_running) if is_running or not is_same else None
        if not text.startswith(known):
            # Of a running answer the view may know more than the one who asked for the update.
            return None if is_running and known.startswith(text) else self._again(text, is_running=is_running)
        self._add(text[len(known) :])
        return self.parse_more(is_running=is_running) if self.rest.chars or not is_running else None

    def _again(self, text: str, *, is_running: bool) -> int:
        self.parse(text, is_running=is_running)
        return 0

    def _parse_slice(self, parser: "Parser", end: float, *, is_running: bool) -> int:
        changed, count = len(self.blocks), 0
        while count < PARSED_AT_ONCE_CHARS and (not count or time.thread_time() < end):
            step = self.rest.take(PARSED_STEP_CHARS, is_open=is_running)
            if not step:
                break
            count += len(step)
            # The open tail costs a third of all, and is seen only when all that has come is parsed, or between slices.
            is_last = not self.rest.chars
            changed = min(changed, parser.feed(step, shows_tail=is_running and is_last))
        return changed
