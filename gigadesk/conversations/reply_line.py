"""Replies get into the line of requests, and out of it."""

from gigadesk.chat import Message
from gigadesk.conversations.live_chats import LiveChats
from gigadesk.conversations.reply import Reply, ReplySetting
from gigadesk.facts import ChatChanged


class ReplyLine:
    """Begins replies and ends them."""

    def __init__(self, live: LiveChats, setting: ReplySetting) -> None:
        self._live = live
        self._setting = setting
        self._queue = setting.queue
        self._publish = setting.publish

    def begin(self, message: Message, *, is_continuation: bool = False) -> None:
        """Ask for a reply that is stored as queued, as soon as a lane is free."""
        reply = Reply(message, self._setting, is_continuation=is_continuation)
        self._live.add(reply)
        self._publish(ChatChanged(self._live.chat(reply.chat_id)))
        self._queue.add(reply.job)

    def stop(self, reply: Reply) -> None:
        """End it; what has come is kept."""
        reply.is_stopping = True
        if self._queue.is_running(reply.job):
            self._queue.cancel(reply.job)
        else:
            self._queue.remove(reply.job)
            reply.end_unstarted()

    def forget(self, reply: Reply) -> None:
        """Drop a reply that waits, and that is not in the store any more."""
        self._live.remove(reply.id)
        self._queue.remove(reply.job)
        self._publish(ChatChanged(self._live.chat(reply.chat_id)))

    def move_to_front(self, reply: Reply) -> None:
        """Let it be the next one."""
        self._queue.move_to_front(reply.job)

    def position(self, reply: Reply) -> int:
        """Its place among those that wait, from 1; 0 when it does not."""
        return self._queue.position(reply.job)

    def refresh(self) -> None:
        """What holds a reply back may have changed."""
        self._queue.refresh()

    def is_running(self, reply: Reply) -> bool:
        """Whether it is being written."""
        return self._queue.is_running(reply.job)
