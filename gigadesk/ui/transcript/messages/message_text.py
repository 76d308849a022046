"""The texts of one message: its answer, and what was thought before it, as one list of blocks."""

from collections.abc import Sequence

from gigadesk.chat import Message, Role, Status
from gigadesk.markdown.blocks import Block
from gigadesk.text import clean
from gigadesk.ui.transcript.copy.hidden_tags import without_tags
from gigadesk.ui.transcript.copy.joined_blocks import JoinedBlocks
from gigadesk.ui.transcript.messages.incoming_text import IncomingText
from gigadesk.ui.transcript.messages.parsed_text import ParsedText
from gigadesk.ui.transcript.messages.thought import Thought

_CLOSED = ParsedText()
"""Of every message out of sight: there may be a hundred thousand."""


class MessageText:
    """Indices count the blocks that are shown: those of the unfolded thoughts, then those of the answer."""

    __slots__ = ("_answer", "_is_plain", "_message", "_prepared", "thought")

    def __init__(self, message: Message, *, is_folded: bool, is_plain: bool = False) -> None:
        self._message = message
        self._is_plain = is_plain or message.role is Role.USER
        self._answer = _CLOSED
        self._prepared: ParsedText | None = None
        """What has been parsed of a finished answer before it is opened."""
        self.thought = Thought(message, is_folded=is_folded) if message.reasoning else None
        """None for a message without any."""

    @property
    def _is_running(self) -> bool:
        return self._message.status in {Status.QUEUED, Status.STREAMING}

    @property
    def is_open(self) -> bool:
        return self._answer.is_open

    @property
    def raw(self) -> str:
        """The text of the message as it came."""
        return self._message.text

    @property
    def rest(self) -> IncomingText:
        """The end of the answer, for which there are no blocks yet."""
        return self._answer.rest

    @property
    def has_unparsed_text(self) -> bool:
        return not self._answer.is_whole or (self.thought is not None and self.thought.has_unparsed_text)

    @property
    def blocks(self) -> Sequence[Block]:
        """What has been parsed so far."""
        if self.thought is None:  # of most messages
            return self._answer.blocks
        thought = self._thought_blocks
        return JoinedBlocks(thought, self._answer.blocks) if thought else self._answer.blocks

    @property
    def answer_blocks(self) -> Sequence[Block]:
        return self._answer.blocks

    @property
    def thought_count(self) -> int:
        """How many of the blocks are thoughts."""
        return 0 if self.thought is None else len(self._thought_blocks)

    @property
    def _thought_blocks(self) -> Sequence[Block]:
        return self.thought.blocks if self.thought is not None and self._answer.is_open else ()

    def text_behind(self, index: int) -> str:
        """The text that the `source` of this block points into."""
        if self.thought is not None and index < self.thought_count:
            return self.thought.parsed_text
        return self._answer.text

    @property
    def source_text(self) -> str:
        """The whole answer as it is shown, with what is not parsed yet."""
        if self._answer.is_open:
            return self._answer.whole_text
        text = clean(self._message.text)
        return text if self._message.role is Role.USER else without_tags(text)

    def open(self) -> None:
        """Parse, or at least a first slice of each."""
        if self._prepared is None:
            self._answer = ParsedText(is_plain=self._is_plain)
            self._answer.parse(self._message.text, is_running=self._is_running)
        else:
            self._answer, self._prepared = self._prepared, None
            if not self._answer.is_whole:
                self._answer.parse_more(is_running=False)
        if self.thought is not None:
            self.thought.open()

    def prepare(self, seconds: float) -> bool:
        """Parse a part of a finished answer that is not open yet; True when all is parsed."""
        if self._prepared is None:
            self._prepared = ParsedText(is_plain=self._is_plain)
        return self._prepared.prepare(self._message.text, seconds)

    def let_go(self) -> bool:
        """Give back some of the answer's blocks, for which nobody will ask any more; False when none is left."""
        return self._answer.let_go()

    def close(self) -> bool:
        """Forget the blocks; False if that must not be now."""
        if self._is_running:
            return False
        self._answer = _CLOSED
        if self.thought is not None:
            self.thought.close()
        return True

    # Each of these returns the index of the first block that is not as before.

    def parse_more(self) -> int:
        """Parse the next slice."""
        if self.thought is not None and self.thought.has_unparsed_text:
            return self.thought.parse_more()
        return self.thought_count + self._answer.parse_more(is_running=self._is_running)

    def grow(self, delta: str) -> int:
        """Append to the answer."""
        return self.thought_count + self._answer.grow(delta)

    def think(self, delta: str, *, is_folded: bool) -> int:
        """Append to the thoughts."""
        if self.thought is None:
            self.thought = Thought(self._message, is_folded=is_folded)
        return self.thought.add(delta)

    def set_message(self, message: Message, *, is_folded: bool) -> int | None:
        """Take over the message as it is now; None if all blocks are as before."""
        self._message = message
        self._prepared = None
        changed = None
        if self.thought is None and message.reasoning:
            self.thought = Thought(message, is_folded=is_folded)
            if self._answer.is_open:
                self.thought.open()
                changed = 0 if not is_folded else None
        elif self.thought is not None:
            changed = self.thought.set_message(message)
        if not self._answer.is_open:
            return None
        in_answer = self._answer.set_text(message.text, is_running=self._is_running)
        if changed is None and in_answer is not None:
            changed = self.thought_count + in_answer
        return changed
