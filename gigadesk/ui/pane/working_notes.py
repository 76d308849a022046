"""What is being done for the answers of the shown chat right now, in words: tools at work, tries to come."""

import time
from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QTimer, Signal

from gigadesk.chat import MessageId
from gigadesk.facts import ReplyRetrying, ToolWorking
from gigadesk.ui.notices import notice_for
from gigadesk.ui.words.tool_words import working_text

TICK_MS = 1000


class WorkingNotes(QObject):
    """Remembers the notes of the shown chat; those about a tool that tells its time are said anew each second.

    Signals:
        tool_note_changed(int, str): a message's note about a tool; empty when none works.
        retry_changed(int, str, float): a message's words about the next try, in which `{seconds}` stands for the time
            until then, and that time in seconds; empty when there is none.
    """

    tool_note_changed = Signal(int, str)
    retry_changed = Signal(int, str, float)

    def __init__(self, parent: QObject, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(parent)
        self._clock = clock
        self._tools: dict[MessageId, tuple[ToolWorking, float]] = {}
        self._retries: dict[MessageId, tuple[ReplyRetrying, float]] = {}
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self.say_again)

    @property
    def tool_notes(self) -> Mapping[MessageId, str]:
        """The words about tools, by message."""
        return {message_id: self._tool_words(message_id) for message_id in self._tools}

    def tool_works(self, event: ToolWorking) -> None:
        """A tool has begun, has got further, or has ended."""
        if event.tool:
            self._tools[event.message_id] = event, self._clock()
        else:
            self._tools.pop(event.message_id, None)
        self.tool_note_changed.emit(event.message_id, self._tool_words(event.message_id))
        self._pace()

    def retries(self, event: ReplyRetrying) -> None:
        """A request will be tried again."""
        self._retries[event.message_id] = event, self._clock()
        self._tell_retry(event.message_id)

    def answer_came(self, message_id: MessageId) -> None:
        """Something has come, or the end: there is no next try to speak of any more."""
        if self._retries.pop(message_id, None) is not None:
            self.retry_changed.emit(message_id, "", 0.0)

    def ended(self, message_id: MessageId) -> None:
        """The reply is over."""
        self.answer_came(message_id)
        if self._tools.pop(message_id, None) is not None:
            self.tool_note_changed.emit(message_id, "")
            self._pace()

    def forget(self) -> None:
        """Another chat is shown."""
        self._tools.clear()
        self._retries.clear()
        self._pace()

    def say_again(self) -> None:
        """Say everything as it is now, in the language of now."""
        for message_id in self._retries:
            self._tell_retry(message_id)
        for message_id in self._tools:
            self.tool_note_changed.emit(message_id, self._tool_words(message_id))

    def _pace(self) -> None:
        speaks_of_time = any(each.seconds_left is not None for each, _ in self._tools.values())
        if speaks_of_time and not self._tick.isActive():
            self._tick.start()
        elif not speaks_of_time:
            self._tick.stop()

    def _tool_words(self, message_id: MessageId) -> str:
        if message_id not in self._tools:
            return ""
        event, since = self._tools[message_id]
        left = None if event.seconds_left is None else event.seconds_left - (self._clock() - since)
        return working_text(event.tool, event.note, left)

    def _tell_retry(self, message_id: MessageId) -> None:
        event, since = self._retries[message_id]
        left = event.delay_s - (self._clock() - since)
        again = self.tr("Trying again in {seconds} s…")
        title = notice_for(event.error).title.replace("{", "(").replace("}", ")")
        self.retry_changed.emit(message_id, f"{title}. {again}", max(left, 0.0))
