"""The messages of the shown chat, each made when it is first asked for."""

from collections.abc import Callable, Iterator, Sequence
from typing import overload

from gigadesk.chat import MessageId, RawWords
from gigadesk.ui.transcript.find.places import apart, joined, raw
from gigadesk.ui.transcript.messages.message_item import MessageItem
from gigadesk.ui.transcript.messages.message_source import MessageSource
from gigadesk.ui.transcript.values import MessageView

KEPT_ITEMS = 2_000
"""More than so many that are out of sight are forgotten, if they can be read again."""

Make = Callable[[int, MessageView], MessageItem]


class MessageItems(Sequence[MessageItem]):
    """All of them by index; most exist only in their source.

    Going through them makes them all: to look through a chat there are `texts`.
    """

    def __init__(self, source: MessageSource, make: Make) -> None:
        self._source = source
        self._make = make
        self._made: dict[int, MessageItem] = {}
        self._added: dict[MessageId, int] = {}
        """Messages that came after the source was made."""

    def __len__(self) -> int:
        return len(self._source) + len(self._added)

    @overload
    def __getitem__(self, index: int) -> MessageItem: ...
    @overload
    def __getitem__(self, index: slice) -> list[MessageItem]: ...
    def __getitem__(self, index: int | slice) -> MessageItem | list[MessageItem]:
        if isinstance(index, slice):
            return [self[each] for each in range(*index.indices(len(self)))]
        item = self._made.get(index)
        if item is not None:
            return item
        if -len(self) <= index < 0:
            return self[index + len(self)]
        if not 0 <= index < len(self._source):
            raise IndexError(index)  # those that were added are made
        item = self._made[index] = self._make(index, self._source.view(index))
        return item

    def append(self, view: MessageView) -> MessageItem:
        index = len(self)
        item = self._made[index] = self._make(index, view)
        self._added[view.message.id] = index
        return item

    def put(self, index: int, item: MessageItem) -> None:
        """Let a message of the source be this one, which is made already."""
        self._made[index] = item

    def index_of(self, message_id: MessageId) -> int | None:
        index = self._added.get(message_id)
        return self._source.index_of(message_id) if index is None else index

    def written_at(self, index: int) -> float | None:
        """When a message was written (Unix seconds); None below 0."""
        # Made, and not only looked at: it is wanted next, and would be read a second time.
        return self[index].view.message.created_at if index >= 0 else None

    @property
    def is_renewable(self) -> bool:
        """One that is made later is as the message is by then."""
        return self._source.is_renewable

    def made(self) -> Iterator[tuple[int, MessageItem]]:
        """What exists of them, with indices."""
        return iter(list(self._made.items()))

    def view(self, index: int) -> MessageView:
        """A message as it is to be shown now, without making it."""
        item = self._made.get(index)
        return self._source.view(index) if item is None else item.view

    def lengths(self, first: int, count: int) -> Sequence[int]:
        """How many characters so many messages have, at least roughly, without making them."""
        end = min(first + count, len(self))
        stored = self._source.lengths(first, max(0, min(end, len(self._source)) - first))
        lengths = [*stored, *[0] * (end - first - len(stored))]
        for index, item in self._made.items():
            if first <= index < end:
                lengths[index - first] = len(item.view.message.text)
        return lengths

    def existing(self, index: int) -> MessageItem | None:
        """A message if it is made already."""
        return self._made.get(index)

    def words(self, first: int, count: int) -> RawWords:
        """All the words of so many messages, without making them; thoughts that are still coming are left out."""
        end, own = min(first + count, len(self)), len(self._source)
        stored = self._source.words(first, max(0, min(end, own) - first))
        made = {index - first: item for index in range(first, end) if (item := self._made.get(index)) is not None}
        if not made:
            return stored
        each = [RawWords(said, stored.users[place : place + 1]) for place, said in enumerate(apart(stored))]
        each.extend([raw("")] * (end - first - len(each)))
        for place, item in made.items():
            message = item.view.message
            text, thought = (item.source_text, "") if item.is_running else (message.text, message.reasoning)
            each[place] = raw(text, thought, is_user=item.is_user)
        return joined(each)

    def tidy(self) -> None:
        """Forget those that have been out of sight for longest."""
        if len(self._made) <= KEPT_ITEMS or not self._source.is_renewable:
            return
        own = len(self._source)
        for index in [
            index for index, item in self._made.items() if index < own and not (item.is_open or item.is_running)
        ]:
            if len(self._made) <= KEPT_ITEMS // 2:
                break
            del self._made[index]
