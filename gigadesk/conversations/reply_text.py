"""What has come of one reply: its text, what the model thought, its sources and files. Saved first, then published."""

import asyncio
import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from gigadesk.chat import Message, MessageId, Source
from gigadesk.conversations.delta_cleaner import DeltaCleaner
from gigadesk.conversations.file_desk import FileDesk
from gigadesk.conversations.gathering import Gathering
from gigadesk.conversations.reply_clock import ReplyClock
from gigadesk.conversations.saver import Saver
from gigadesk.facts import Event, MessageGrew, MessageThought, ToolWorking
from gigadesk.gigachat.events import FileReady, ToolProgress, ToolStatus
from gigadesk.limits import SOURCES_MAX
from gigadesk.store import JournalKind
from gigadesk.text import clean

FILES_MAX = 20
"""Of one answer. Each is fetched from the service; an answer gone wild must not fill the disk."""

TOOL_NOTES_FREE = 50
TOOL_NOTES_EVERY_S = 0.25
"""A server may send a hundred thousand notes about a tool; nobody can read more than some a second."""

_REMOTE_ID = re.compile(r"[0-9A-Za-z_\-.]{1,512}")


class ReplyText:
    """Takes the pieces of one reply as they come."""

    def __init__(
        self,
        message: Message,
        saver: Saver,
        files: FileDesk,
        publish: Callable[[Event], None],
        tell_changed: Callable[[MessageId], None],
    ) -> None:
        self._message = message
        self._saver = saver
        self._files = files
        self._publish = publish
        self._tell_changed = tell_changed
        self._answer = _Pieces(message.text)
        self._thoughts = _Pieces(message.reasoning)
        self._gathering = Gathering(self._hand_on)
        self._clock = ReplyClock(message.seconds, message.reasoning_s)
        self._sources = {source.number: source for source in message.sources}
        self._file_ids = {file.remote_id for file in message.files}
        self._tool = ""
        self._notes_told = 0
        self._note_told_at = 0.0
        self.has_grown = False
        """Whether anything of this part of the reply was shown: it cannot be asked for anew then."""

    def put_into(self, message: Message) -> Message:
        """`message` with what has come so far."""
        return replace(
            message,
            text=self._answer.whole(),
            reasoning=self._thoughts.whole(),
            reasoning_s=self._clock.reasoning_s,
            sources=self._sorted_sources(),
        )

    @property
    def seconds(self) -> float | None:
        return self._clock.seconds

    def begin(self) -> None:
        """The request is on its way."""
        self._clock.start()

    def grow(self, text: str) -> None:
        self._note_answer()
        self._append(JournalKind.TEXT, self._answer.feed(text))

    def think(self, text: str) -> None:
        self._clock.think()
        self._append(JournalKind.REASONING, self._thoughts.feed(text))

    def note_tool(self, progress: ToolProgress) -> None:
        """A built-in tool is at work, or has ended."""
        if progress.status is not ToolStatus.RUNNING:
            self._end_tool()
            return
        now = asyncio.get_running_loop().time()
        if self._notes_told >= TOOL_NOTES_FREE and now - self._note_told_at < TOOL_NOTES_EVERY_S:
            return
        self._notes_told += 1
        self._note_told_at = now
        self._tool = clean(progress.name)
        self._gathering.flush()
        self._tell_tool(clean(progress.text), progress.seconds_left)

    def add_file(self, ready: FileReady, account: str) -> None:
        """The answer holds a generated file. An id that is none, or was told before, is passed over."""
        if (
            ready.file_id in self._file_ids
            or len(self._file_ids) >= FILES_MAX
            or not _REMOTE_ID.fullmatch(ready.file_id)
        ):
            return
        self.has_grown = True
        self._gathering.flush()
        self._file_ids.add(ready.file_id)
        self._files.add_generated(self._message.chat_id, self._message.id, ready, account)

    def add_sources(self, sources: Iterable[Source]) -> None:
        """Pages that the answer refers to; those with a number that is known already replace them."""
        for source in sources:
            if source.number in self._sources or len(self._sources) < SOURCES_MAX:
                self._sources[source.number] = Source(source.number, _line(source.url), _line(source.title))
        self._gathering.flush()
        self._saver.save_sources(self._message.id, self._sorted_sources())
        self._tell_changed(self._message.id)

    def end(self) -> None:
        """No more will come."""
        self._append(JournalKind.REASONING, self._thoughts.rest())
        self._append(JournalKind.TEXT, self._answer.rest())
        self._gathering.flush()
        self._clock.answer()
        self._end_tool()

    def _sorted_sources(self) -> tuple[Source, ...]:
        return tuple(self._sources[number] for number in sorted(self._sources))

    def _note_answer(self) -> None:
        self._end_tool()
        if self._clock.answer():
            self._append(JournalKind.REASONING, self._thoughts.rest())
            self._gathering.flush()
            self._tell_changed(self._message.id)

    def _append(self, kind: JournalKind, delta: str) -> None:
        if delta:
            self.has_grown = True
            self._gathering.add(kind, delta)

    def _hand_on(self, kind: JournalKind, delta: str) -> None:
        is_answer = kind is JournalKind.TEXT
        (self._answer if is_answer else self._thoughts).add(delta)
        self._saver.append(self._message.id, delta, kind)
        grew = MessageGrew if is_answer else MessageThought
        self._publish(grew(self._message.chat_id, self._message.id, delta))

    def _end_tool(self) -> None:
        if self._tool:
            self._tool = ""
            self._tell_tool("", None)

    def _tell_tool(self, note: str, seconds_left: float | None) -> None:
        self._publish(ToolWorking(self._message.chat_id, self._message.id, self._tool, note, seconds_left))


class _Pieces:
    """A text that grows; joined only when it is read."""

    def __init__(self, text: str) -> None:
        self._pieces = [text]
        self._cleaner = DeltaCleaner()

    def feed(self, delta: str) -> str:
        return self._cleaner.feed(delta)

    def rest(self) -> str:
        return self._cleaner.rest()

    def add(self, delta: str) -> None:
        self._pieces.append(delta)

    def whole(self) -> str:
        if len(self._pieces) > 1:
            self._pieces = ["".join(self._pieces)]
        return self._pieces[0]


def _line(text: str) -> str:
    return " ".join(clean(text).split())
