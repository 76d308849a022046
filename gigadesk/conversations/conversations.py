"""The facade of the program's behaviour: commands go in as calls, facts come out through one `publish`."""

import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

from gigadesk.chat import Chat, ChatId, Message, MessageId, Role, Status
from gigadesk.conversations.history import history_for_continuation, history_for_reply
from gigadesk.conversations.reply import Reply, ReplySetting
from gigadesk.conversations.saver import Saver
from gigadesk.conversations.send_queue import SendQueue
from gigadesk.conversations.service import Service
from gigadesk.conversations.service_link import ServiceLink
from gigadesk.conversations.title_text import clean_title, first_words
from gigadesk.conversations.titles import Titles
from gigadesk.errors import StorageError
from gigadesk.facts import (
    BranchChanged,
    ChatAdded,
    ChatChanged,
    ChatRemoved,
    Event,
    MessageAdded,
    MessageEnded,
    QueueChanged,
    SavingFailed,
)
from gigadesk.gigachat.events import ReplyRequest
from gigadesk.settings import Generation
from gigadesk.store import Store, TitleOrigin
from gigadesk.tasks import TaskScope
from gigadesk.text import clean

CLOSE_LIMIT_S = 2.0
"""How long running replies may take to end when the program does; their text is in the journal in any case."""

_MODELS_SLOT = "models"


class Conversations:
    """What the program does with chats. Everything is called on the loop's thread, while the loop runs.

    Reading takes milliseconds. Commands return at once; what came of them is published after it is on the disk. A
    command never raises for the disk's sake: `SavingFailed` is published and nothing has changed.

    Events may come for a chat or message that is not shown (it streams on in the background): a view ignores what it
    does not know.
    """

    def __init__(
        self,
        store: Store,
        service: Service,
        tasks: TaskScope,
        publish: Callable[[Event], None],
        *,
        generation: Generation,
        lanes: int,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._store = store
        self._tasks = tasks
        self._publish = publish
        self._generation = generation
        self._clock = clock
        self._link = ServiceLink(service, publish)
        self._queue = SendQueue(tasks, lanes, lambda running, waiting: publish(QueueChanged(running, waiting)))
        self._saver = Saver(store, publish, clock)
        self._live: dict[MessageId, Reply] = {}
        self._titles = Titles(self._link, self._queue, self._messages_to_name, self._on_title)
        self._shown: ChatId | None = None
        self._setting = ReplySetting(
            link=self._link,
            saver=self._saver,
            queue=self._queue,
            publish=publish,
            choose_model=self._model_for,
            make_request=self._request_for,
            is_unread=lambda chat_id: chat_id != self._shown,
            on_end=self._on_reply_ended,
        )

    # Reading

    def chats(self) -> tuple[Chat, ...]:
        """All chats but the trash, the newest first."""
        busy = {reply.chat_id for reply in self._live.values()}
        return tuple(replace(chat, is_streaming=True) if chat.id in busy else chat for chat in self._store.chats())

    def chat(self, chat_id: ChatId) -> Chat:
        return replace(self._store.chat(chat_id), is_streaming=self._is_busy(chat_id))

    def messages(self, chat_id: ChatId) -> tuple[Message, ...]:
        """The shown branch from its root to its leaf; live replies with the text so far."""
        return self._branch(self._store.chat(chat_id).leaf_id)

    def message(self, message_id: MessageId) -> Message:
        """One message as it is now; a live reply with the text so far."""
        return self._as_it_is_now(self._store.message(message_id))

    def siblings(self, message_id: MessageId) -> tuple[MessageId, ...]:
        """All versions of this turn, itself among them, the oldest first."""
        return self._store.siblings(message_id)

    def forks(self, chat_id: ChatId) -> Mapping[MessageId, tuple[MessageId, ...]]:
        """`siblings` for every message of the chat that has more than one version; for opening a long chat."""
        return self._store.forks(chat_id)

    def draft(self, chat_id: ChatId) -> str:
        unsaved = self._saver.unsaved_draft(chat_id)
        return self._store.draft(chat_id) if unsaved is None else unsaved

    def queue_position(self, message_id: MessageId) -> int:
        """Place of a reply in the line, from 1; 0 when it does not wait."""
        reply = self._live.get(message_id)
        return 0 if reply is None else self._queue.position(reply.job)

    # Chats

    def new_chat(self) -> ChatId:
        """A chat to type into: the one in which nothing was said, typed or named yet, else a new one.

        Publishes `ChatAdded`, or `ChatChanged` when the blank one is used again and comes to the front of the list.

        Raises:
            StorageError: the disk refuses, and so there is no chat to give.
        """
        blank = self._store.blank_chat()
        if blank is not None:
            with self._reporting():
                self._store.touch(blank, self._clock())
            self._publish(ChatChanged(self.chat(blank)))
            return blank
        chat_id = self._store.add_chat(str(uuid.uuid4()), self._clock())
        self._publish(ChatAdded(self.chat(chat_id)))
        return chat_id

    def rename(self, chat_id: ChatId, title: str) -> None:
        """Name a chat for good; an empty title is ignored."""
        title = clean_title(title)
        if not title:
            return
        with self._reporting():
            self._store.set_title(chat_id, title, TitleOrigin.USER)
            self._publish(ChatChanged(self.chat(chat_id)))

    def delete(self, chat_id: ChatId) -> None:
        """Move a chat to the trash; its replies are stopped."""
        with self._reporting():
            title = self._store.chat(chat_id).title
            self._store.delete(chat_id, self._clock())
            self._publish(ChatRemoved(chat_id, title))
            for reply in self._replies_of(chat_id):
                self._stop(reply)

    def restore(self, chat_id: ChatId) -> None:
        """Bring a chat back from the trash, to its old place in the list."""
        with self._reporting():
            self._store.restore(chat_id)
            self._publish(ChatAdded(self.chat(chat_id)))

    def set_model(self, chat_id: ChatId, model: str) -> None:
        """Choose the model for the next replies of this chat; empty follows the settings."""
        with self._reporting():
            self._store.set_model(chat_id, model)
            self._publish(ChatChanged(self.chat(chat_id)))

    def save_draft(self, chat_id: ChatId, text: str) -> None:
        """Keep what is being typed. Cheap enough for each key; publishes nothing."""
        self._saver.save_draft(chat_id, clean(text))

    def mark_read(self, chat_id: ChatId) -> None:
        with self._reporting():
            if self._store.chat(chat_id).is_unread:
                self._store.set_unread(chat_id, is_unread=False)
                self._publish(ChatChanged(self.chat(chat_id)))

    def set_shown(self, chat_id: ChatId | None) -> None:
        """Tell which chat the user sees, which also marks it read. Replies that end elsewhere mark theirs unread."""
        self._shown = chat_id
        if chat_id is not None:
            self.mark_read(chat_id)

    # Messages

    def send(self, chat_id: ChatId, text: str) -> bool:
        """Store a message of the user and its reply, drop the draft, and ask as soon as a lane is free.

        Publishes `MessageAdded` twice (question, queued reply) and `ChatChanged`; then `ReplyStarted`, or first
        `ReplyQueued` when it has to wait. A reply of the same chat that is still being written is waited for.

        Returns:
            True when it is on the disk. Otherwise nothing was stored, the text was made the draft, and the composer
            must keep it: it was blank, or `SavingFailed` was published.
        """
        text = clean(text)
        if not text.strip():
            return False
        try:
            exchange = self._store.add_exchange(chat_id, text, self._clock(), first_title=first_words(text))
        except StorageError as exc:
            self._saver.hold_draft(chat_id, text, exc)
            return False
        self._saver.drop_draft(chat_id)
        self._publish(MessageAdded(exchange.question))
        self._publish(MessageAdded(exchange.reply))
        self._begin(Reply(exchange.reply, self._setting))
        return True

    def stop(self, chat_id: ChatId) -> None:
        """Stop the reply that is being written; if none is, all that wait. What has come is kept (`STOPPED`).

        A message that waits behind a running reply of the same chat is thus asked at once.
        """
        replies = self._replies_of(chat_id)
        running = [reply for reply in replies if self._queue.is_running(reply.job) and not reply.is_stopping]
        for reply in running or replies:
            self._stop(reply)

    def regenerate(self, message_id: MessageId, model: str = "") -> None:
        """Write another version of a reply (or a first one under a message of the user) and show its branch.

        Publishes `BranchChanged`: the new, queued reply is the last of `messages(chat_id)`. A version that is still
        being written is stopped. `model` is for this version only; empty means the one that is chosen now.
        """
        message = self._store.message(message_id)
        parent_id = message.id if message.role is Role.USER else message.parent_id
        if parent_id is None:
            return
        if (live := self._live.get(message_id)) is not None:
            self._stop(live)
        with self._reporting():
            reply = self._store.add_reply(parent_id, self._clock(), model=model)
            self._publish(BranchChanged(message.chat_id))
            self._begin(Reply(reply, self._setting))

    def continue_reply(self, message_id: MessageId) -> None:
        """Let the model go on with a reply that was stopped, cut or interrupted; the text is added to the same message.

        Publishes `ReplyStarted` (or first `ReplyQueued`), then `MessageGrew` as for any reply: the view reads
        `message(message_id)` again at the first of them, its status has changed.
        """
        with self._reporting():
            self._saver.settle()
            message = self._store.message(message_id)
            if message_id in self._live or message.role is not Role.ASSISTANT:
                return
            self._store.reopen_reply(message_id)
            self._begin(Reply(message, self._setting, is_continuation=True))

    def move_to_front(self, message_id: MessageId) -> None:
        """Let a waiting reply be the next one."""
        if (reply := self._live.get(message_id)) is not None:
            self._queue.move_to_front(reply.job)

    def show_branch(self, message_id: MessageId) -> None:
        """Show the branch that goes through this message; of several the one with the newest end."""
        with self._reporting():
            chat_id = self._store.message(message_id).chat_id
            self._store.show_branch(chat_id, self._store.newest_leaf(message_id))
            self._publish(BranchChanged(chat_id))

    # The service

    def use_service(self, service: Service) -> None:
        """Ask another service from the next request on. Running replies finish with the one they began with.

        Nothing is asked by this; the caller goes on with `set_lanes` and `refresh_models`.
        """
        self._link.use(service)

    def use_generation(self, generation: Generation) -> None:
        self._generation = generation

    def set_lanes(self, lanes: int) -> None:
        """How many replies the account allows at once."""
        self._queue.set_lanes(lanes)

    def refresh_models(self) -> None:
        """Ask in the background which models there are: `ModelsChanged`, or `ConnectionChanged` with the error."""
        self._tasks.start(_MODELS_SLOT, "list of models", self._link.refresh_models)

    async def close(self) -> None:
        """Stop all replies, keep their text. Takes at most `CLOSE_LIMIT_S`."""
        self._queue.close()
        for reply in list(self._live.values()):
            if not self._queue.is_running(reply.job):
                reply.end_unstarted()
        slots = [job.slot for job in self._queue.running()]
        await self._tasks.end([*slots, _MODELS_SLOT], CLOSE_LIMIT_S)
        self._saver.close()

    # Inside

    def _begin(self, reply: Reply) -> None:
        self._live[reply.id] = reply
        self._publish(ChatChanged(self.chat(reply.chat_id)))
        self._queue.add(reply.job)

    def _stop(self, reply: Reply) -> None:
        reply.is_stopping = True
        if self._queue.is_running(reply.job):
            self._queue.cancel(reply.job)
        else:
            self._queue.remove(reply.job)
            reply.end_unstarted()

    def _on_reply_ended(self, message: Message) -> None:
        # First forgotten, then published: who reads again at the event finds the end, not the running reply.
        del self._live[message.id]
        self._publish(MessageEnded(message))
        self._publish(ChatChanged(self.chat(message.chat_id)))
        if message.status is Status.DONE:
            self._titles.wish(message.chat_id)

    def _messages_to_name(self, chat_id: ChatId) -> tuple[Message, ...]:
        """The beginning of a chat that nobody has named properly yet."""
        if self._store.title_origin(chat_id) is not TitleOrigin.FIRST_WORDS:
            return ()
        return self.messages(chat_id)[:2]

    def _on_title(self, chat_id: ChatId, title: str) -> None:
        with self._reporting():
            self._store.set_title(chat_id, title, TitleOrigin.MODEL)
            self._publish(ChatChanged(self.chat(chat_id)))

    def _model_for(self, reply: Reply) -> str:
        chosen = self._store.chat(reply.chat_id).model or self._generation.model
        return chosen if reply.is_continuation else reply.message.model or chosen

    def _request_for(self, reply: Reply, model: str) -> ReplyRequest:
        generation = self._generation
        branch = self._branch(reply.id)
        prompt = generation.system_prompt
        if reply.is_continuation:
            messages = history_for_continuation(branch, prompt)
        else:
            messages = history_for_reply(branch[:-1], prompt)
        return ReplyRequest(
            model=model,
            messages=messages,
            session_id=self._store.chat(reply.chat_id).session_id,
            temperature=generation.temperature,
            top_p=generation.top_p,
            max_tokens=generation.max_tokens,
            repetition_penalty=generation.repetition_penalty,
            update_interval_s=generation.update_interval_s,
        )

    def _branch(self, leaf_id: MessageId | None) -> tuple[Message, ...]:
        return tuple(map(self._as_it_is_now, self._store.branch(leaf_id)))

    def _as_it_is_now(self, stored: Message) -> Message:
        reply = self._live.get(stored.id)
        if reply is not None:
            return reply.message
        return self._saver.unsaved(stored.id) or stored

    def _replies_of(self, chat_id: ChatId) -> list[Reply]:
        return [reply for reply in self._live.values() if reply.chat_id == chat_id]

    def _is_busy(self, chat_id: ChatId) -> bool:
        return any(reply.chat_id == chat_id for reply in self._live.values())

    @contextmanager
    def _reporting(self) -> Iterator[None]:
        try:
            yield
        except StorageError as exc:
            self._publish(SavingFailed(exc))
