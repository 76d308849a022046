"""Where the transcript has its messages from: all at once, or read as they come into sight."""

from collections.abc import Sequence
from typing import Protocol

from gigadesk.chat import MessageId, RawWords, Role
from gigadesk.ui.transcript.find.places import joined, raw
from gigadesk.ui.transcript.values import MessageView


class MessageSource(Protocol):
    """The messages of a chat in order. Their ids ascend and are known; all else may be read when it is asked for."""

    is_renewable: bool
    """Asked again, it gives a message as it is by then; so what was made of one may be forgotten."""

    def __len__(self) -> int: ...

    def view(self, index: int) -> MessageView:
        """One message, as it is to be shown now."""
        ...

    def index_of(self, message_id: MessageId) -> int | None:
        """Where a message stands; None for one of another branch."""
        ...

    def lengths(self, first: int, count: int) -> Sequence[int]:
        """How many characters so many messages have, at least roughly."""
        ...

    def words(self, first: int, count: int) -> RawWords:
        """All the words of so many messages: as cheap, for finding something in them."""
        ...


class ListedMessages:
    """Messages that are all there."""

    is_renewable = False

    def __init__(self, views: Sequence[MessageView]) -> None:
        self._views = views
        self._index = {view.message.id: number for number, view in enumerate(views)}

    def __len__(self) -> int:
        return len(self._views)

    def view(self, index: int) -> MessageView:
        return self._views[index]

    def index_of(self, message_id: MessageId) -> int | None:
        return self._index.get(message_id)

    def lengths(self, first: int, count: int) -> Sequence[int]:
        return [len(view.message.text) for view in self._views[first : first + count]]

    def words(self, first: int, count: int) -> RawWords:
        messages = [view.message for view in self._views[first : first + count]]
        return joined([raw(each.text, each.reasoning, is_user=each.role is Role.USER) for each in messages])
