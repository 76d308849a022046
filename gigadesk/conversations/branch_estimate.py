"""The estimated tokens of one branch of a chat, kept in step with it. Pure."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from gigadesk.chat import ChatFile, FileKind, Message, MessageId, Role
from gigadesk.conversations.token_estimate import tokens_of_file, tokens_of_message
from gigadesk.limits import DOCUMENTS_PER_REQUEST, IMAGES_PER_REQUEST

RATIO_MIN_TOKENS = 200
"""Below this what the service adds by itself would be taken for a property of the text."""
RATIO_RANGE = (0.4, 2.5)
RATIO_LOOK_BACK = 12
READ_MAX_CHARS = 1_600_000
"""Somewhat more than the largest context there is: 262,144 tokens."""


class BranchEstimate:
    """Estimates of the messages from the root to the leaf.

    `ratio` is what the service counted for each estimated token of this text, as far as that is known. Of a very long
    branch only the end is looked at: what comes before fits into no model.
    """

    def __init__(
        self,
        messages: Sequence[Message],
        system_tokens: float,
        unread_ids: Sequence[MessageId] = (),
        tokens: Sequence[float] | None = None,
    ) -> None:
        """`unread_ids` are of the messages that stand before `messages`; `tokens` of these, if they are known."""
        self._system_tokens = system_tokens
        first = _first_to_read(messages)
        self._unread = len(unread_ids) + first
        self._ids = [*unread_ids, *(message.id for message in messages[:first])]
        self._questions: list[int] = []
        self._sums = [0.0] * (self._unread + 1)
        self._messages: list[Message] = []
        self._files: dict[MessageId, tuple[ChatFile, ...]] = {}
        self.ratio = 1.0
        known = list(map(tokens_of_message, messages[first:])) if tokens is None else tokens[first:]
        for message, count in zip(messages[first:], known, strict=True):
            self._add(message, count)
        for place in range(max(len(messages) - RATIO_LOOK_BACK, first), len(messages)):
            self._calibrate(len(unread_ids) + place, messages[place])

    def learn(self, message: Message) -> bool:
        """Take up a message that is new at the end, or that has changed; False when it is not of this branch."""
        if self._ids and message.id == self._ids[-1]:
            self._sums[-1] = self._sums[-2] + tokens_of_message(message)
            self._messages[-1] = message
            self._calibrate(len(self._ids) - 1, message)
        elif message.parent_id == (self._ids[-1] if self._ids else None):
            self._add(message, tokens_of_message(message))
        elif message.id not in self._ids or self._has_other_words(message):
            return False
        if message.role is Role.USER and message.files:
            self._files[message.id] = message.files
        return True

    def _has_other_words(self, message: Message) -> bool:
        """A question that waits was written anew."""
        place = bisect_left(self._ids, message.id) - self._unread
        return place >= 0 and message.role is Role.USER and self._messages[place].text != message.text

    def messages_from(self, start: int) -> Sequence[Message]:
        """The messages from a place on that `first_that_fits` has given."""
        return self._messages[start - self._unread :]

    def tokens_from(self, start: int) -> float:
        """Of the messages from the place `start` on, without their files and not corrected."""
        return self._sums[-1] - self._sums[start]

    def first_that_fits(self, room: float) -> int:
        """Where to cut so that the rest takes no more than `room`: at a question, and never behind the last one."""
        place = max(bisect_left(self._sums, self._sums[-1] - room), self._unread)
        if place == 0 or not self._questions:
            return self._unread
        return self._questions[min(bisect_left(self._questions, place), len(self._questions) - 1)]

    def file_tokens(self, draft: Iterable[ChatFile]) -> float:
        """Of the files that go along: all of the draft, and of earlier ones as many as a request may have."""
        chosen = list(draft)
        rooms = {
            kind: most - sum(file.kind is kind for file in chosen)
            for kind, most in ((FileKind.TEXT, DOCUMENTS_PER_REQUEST), (FileKind.IMAGE, IMAGES_PER_REQUEST))
        }
        for message_id in reversed(self._files):
            for file in self._files[message_id]:
                if rooms.get(file.kind, 1) > 0:
                    rooms[file.kind] = rooms.get(file.kind, 1) - (file.kind in rooms)
                    chosen.append(file)
        return sum(map(tokens_of_file, chosen))

    def correct(self, counted: float, estimated: float) -> None:
        """The service has counted `counted` tokens for text of this chat that was estimated, uncorrected, so."""
        least, most = RATIO_RANGE
        if estimated >= RATIO_MIN_TOKENS and least <= counted / estimated <= most:
            self.ratio = counted / estimated

    def _add(self, message: Message, tokens: float) -> None:
        if message.role is Role.USER:
            self._questions.append(len(self._ids))
            if message.files:
                self._files[message.id] = message.files
        self._messages.append(message)
        self._ids.append(message.id)
        self._sums.append(self._sums[-1] + tokens)

    def _calibrate(self, place: int, answer: Message) -> None:
        # Files and tools add what is not in the text. A count that is far off is that of a request cut short, or of
        # an answer that was continued.
        if answer.usage is not None and answer.finish_reason and not (self._files or answer.state_id or answer.files):
            self.correct(answer.usage.prompt, self._sums[place] + self._system_tokens)


def _first_to_read(messages: Sequence[Message]) -> int:
    chars = 0
    for place in range(len(messages) - 1, -1, -1):
        chars += len(messages[place].text)
        if chars > READ_MAX_CHARS:
            return place
    return 0
