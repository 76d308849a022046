"""What one `Conversations` has of the queue: its own jobs, in lines that it may share with another."""

from collections.abc import Callable, Collection, Hashable

from gigadesk.chat import ChatId
from gigadesk.conversations.send_queue import Home, Job, SendQueue
from gigadesk.facts import Event, QueueChanged
from gigadesk.tasks import TaskScope


class QueueShare:
    """The service counts the requests of an account, whichever chats they are for: so their lines are shared.

    Chats and jobs of several shares are told apart by their ids. Publishes `QueueChanged`, about all shares.
    """

    def __init__(
        self,
        tasks: TaskScope,
        lanes: Callable[[str], int],
        publish: Callable[[Event], None],
        beside: "QueueShare | None" = None,
    ) -> None:
        """`beside` has the lines that are shared; without one they are new."""
        queue = SendQueue(lanes) if beside is None else beside._queue
        self._queue: SendQueue = queue
        self._home = Home(tasks, lambda running, waiting: publish(QueueChanged(running, waiting)))
        queue.open(self._home)
        self.remove, self.cancel, self.is_running = queue.remove, queue.cancel, queue.is_running
        self.position, self.account_of = queue.position, queue.account_of
        self.move_to_front, self.refresh, self.lanes_changed = queue.move_to_front, queue.refresh, queue.lanes_changed
        self.others_running, self.note_refusal = queue.others_running, queue.note_refusal

    def add(self, job: Job) -> None:
        """Run `job` as soon as it may; never, once the share is closed."""
        self._queue.add(job, self._home)

    def drop_chats(self, chat_ids: Collection[ChatId]) -> list[Hashable]:
        """Take the background jobs of chats out of the line; gives the slots of all their jobs that run."""
        return self._queue.drop_chats(chat_ids)

    def close(self) -> None:
        """Start nothing any more. What runs goes on; what waits is forgotten."""
        self._queue.close(self._home)

    def running(self) -> tuple[Job, ...]:
        """Its own jobs that run."""
        return self._queue.running(self._home)
