"""Ends what goes on in chats that go away."""

from collections.abc import Collection, Hashable

from gigadesk.chat import ChatId
from gigadesk.conversations.live_chats import LiveChats
from gigadesk.conversations.queue_share import QueueShare
from gigadesk.conversations.reply_line import ReplyLine
from gigadesk.conversations.transfers import Transfers


class ChatEndings:
    """Stops replies, uploads, downloads and requests for titles. `measuring`: the slot of the count of tokens."""

    def __init__(
        self, live: LiveChats, line: ReplyLine, queue: QueueShare, transfers: Transfers, measuring: Hashable
    ) -> None:
        self._live = live
        self._line = line
        self._queue = queue
        self._transfers = transfers
        self._measuring = measuring

    def stop(self, chat_ids: Collection[ChatId]) -> None:
        """Chats go to the trash: what has come is kept."""
        for reply in self._live.replies():
            if reply.chat_id in chat_ids:
                self._line.stop(reply)
        self._transfers.stop_chats(chat_ids)

    def end(self, chat_ids: Collection[ChatId]) -> list[Hashable]:
        """Chats are deleted for ever. Gives the slots of what still has to clean up."""
        self.stop(chat_ids)
        return [*self._queue.drop_chats(chat_ids), self._measuring]
