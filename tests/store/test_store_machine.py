"""The store against a plain dictionary: whatever is done in whatever order, both tell the same."""

import tempfile
from dataclasses import dataclass, field, replace
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, rule

from gigadesk.chat import ChatId, Message, MessageId, Status, Usage
from gigadesk.errors import ContentRefusedError, GigadeskError, NetworkCause, NetworkError, RateLimitError
from gigadesk.store import Store, TitleOrigin

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20)
ERRORS = st.sampled_from(
    [
        None,
        NetworkError("x", cause=NetworkCause.RESET, host="h"),
        RateLimitError(retry_after_s=1.5),
        ContentRefusedError(),
    ]
)


@dataclass
class ModelChat:
    """What a chat should hold."""

    title: str = ""
    origin: TitleOrigin = TitleOrigin.NONE
    leaf: MessageId | None = None
    model: str = ""
    is_unread: bool = False
    is_deleted: bool = False
    updated_at: float = 0.0
    draft: str = ""


@dataclass
class Model:
    """What the store should hold."""

    chats: dict[ChatId, ModelChat] = field(default_factory=dict)
    messages: dict[MessageId, Message] = field(default_factory=dict)
    journals: dict[MessageId, str] = field(default_factory=dict)

    def branch(self, leaf: MessageId | None) -> list[Message]:
        branch = []
        while leaf is not None:
            branch.append(self.messages[leaf])
            leaf = self.messages[leaf].parent_id
        return branch[::-1]

    def below(self, top: MessageId) -> list[MessageId]:
        below = [top]
        for message in sorted(self.messages.values(), key=lambda message: message.id):
            if message.parent_id in below:
                below.append(message.id)
        return below

    def siblings(self, message_id: MessageId) -> tuple[MessageId, ...]:
        this = self.messages[message_id]
        place = (this.chat_id, this.parent_id)
        return tuple(other.id for other in self.messages.values() if (other.chat_id, other.parent_id) == place)


def told(message: Message) -> tuple[object, ...]:
    """Everything about a message; errors have no equality of their own."""
    error: GigadeskError | None = message.error
    return (replace(message, error=None), type(error), vars(error) if error else None)


class StoreMachine(RuleBasedStateMachine):
    chats = Bundle("chats")
    replies = Bundle("replies")
    running = Bundle("running")

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        self._path = Path(self._folder.name) / "chats.db"
        self.store = Store.open(self._path)
        self.model = Model()
        self.now = 0.0

    def teardown(self) -> None:
        self.store.close()
        self._folder.cleanup()

    def tick(self) -> float:
        self.now += 1
        return self.now

    @initialize(target=chats)
    def first_chat(self):
        return self.add_chat_now()

    @rule(target=chats)
    def add_chat(self):
        return self.add_chat_now()

    def add_chat_now(self):
        chat_id = self.store.add_chat("session", self.tick())
        self.model.chats[chat_id] = ModelChat(updated_at=self.now)
        return chat_id

    @rule(target=running, chat_id=chats, text=TEXTS, title=TEXTS)
    def send(self, chat_id, text, title):
        exchange = self.store.add_exchange(chat_id, text, self.tick(), first_title=title)
        chat = self.model.chats[chat_id]
        assert exchange.question.parent_id == chat.leaf
        assert exchange.question.text == text
        for message in (exchange.question, exchange.reply):
            self.model.messages[message.id] = message
        chat.leaf, chat.updated_at, chat.draft = exchange.reply.id, self.now, ""
        if chat.origin is TitleOrigin.NONE:
            chat.title, chat.origin = title, TitleOrigin.FIRST_WORDS
        return exchange.reply.id

    @rule(target=running, reply=replies, model=TEXTS)
    def regenerate(self, reply, model):
        parent = self.model.messages[reply].parent_id
        message = self.store.add_reply(parent, self.tick(), model=model)
        assert (message.parent_id, message.model) == (parent, model)
        self.model.messages[message.id] = message
        chat = self.model.chats[message.chat_id]
        chat.leaf, chat.updated_at = message.id, self.now
        return message.id

    @rule(reply=running, text=TEXTS, is_barrier=st.booleans())
    def grow(self, reply, text, is_barrier):
        if self.model.messages[reply].status is Status.QUEUED:
            self.store.append(reply, text, is_barrier=is_barrier)
            self.model.journals[reply] = self.model.journals.get(reply, "") + text

    @rule(
        target=replies,
        reply=consumes(running),
        status=st.sampled_from([Status.DONE, Status.STOPPED, Status.FAILED]),
        error=ERRORS,
        usage=st.sampled_from([None, Usage(1, 2, 3), Usage(0, 0, 0, 5)]),
        is_unread=st.booleans(),
    )
    def finish(self, reply, status, error, usage, is_unread):
        before = self.model.messages[reply]
        if before.status is Status.QUEUED:
            text = before.text + self.model.journals.pop(reply, "")
            message = replace(before, text=text, status=status, error=error, usage=usage, model="m", finish_reason="r")
            self.store.finish_reply(message, self.tick(), is_unread=is_unread)
            self.model.messages[reply] = message
            chat = self.model.chats[before.chat_id]
            chat.updated_at = self.now
            chat.is_unread = chat.is_unread or is_unread
        return reply

    @rule(target=running, reply=consumes(replies))
    def go_on(self, reply):
        self.store.reopen_reply(reply)
        self.model.messages[reply] = replace(self.model.messages[reply], status=Status.QUEUED)
        return reply

    @rule(chat_id=chats, title=TEXTS, origin=st.sampled_from(TitleOrigin))
    def rename(self, chat_id, title, origin):
        self.store.set_title(chat_id, title, origin)
        self.model.chats[chat_id].title, self.model.chats[chat_id].origin = title, origin

    @rule(chat_id=chats, model=TEXTS, is_unread=st.booleans())
    def mark(self, chat_id, model, is_unread):
        self.store.set_model(chat_id, model)
        self.store.set_unread(chat_id, is_unread=is_unread)
        self.model.chats[chat_id].model, self.model.chats[chat_id].is_unread = model, is_unread

    @rule(chat_id=chats, is_deleted=st.booleans())
    def trash(self, chat_id, is_deleted):
        if is_deleted:
            self.store.delete(chat_id, self.tick())
        else:
            self.store.restore(chat_id)
        self.model.chats[chat_id].is_deleted = is_deleted

    @rule(chat_id=chats, text=TEXTS)
    def type(self, chat_id, text):
        self.store.set_draft(chat_id, text)
        self.model.chats[chat_id].draft = text

    @rule(reply=replies)
    def show(self, reply):
        leaf = self.store.newest_leaf(reply)
        assert leaf == max(self.model.below(reply))
        chat_id = self.model.messages[reply].chat_id
        self.store.show_branch(chat_id, leaf)
        self.model.chats[chat_id].leaf = leaf

    @rule()
    def restart(self):
        self.store.close()
        self.store = Store.open(self._path)
        for message_id, message in self.model.messages.items():
            if message.status is Status.QUEUED:
                text = message.text + self.model.journals.pop(message_id, "")
                self.model.messages[message_id] = replace(
                    message, text=text, status=Status.STOPPED, finish_reason="", error=None
                )

    @invariant()
    def the_list_is_the_same(self):
        listed = [
            (chat.id, chat.title, chat.leaf_id, chat.model, chat.is_unread, chat.updated_at)
            for chat in self.store.chats()
        ]
        expected = [
            (chat_id, chat.title, chat.leaf, chat.model, chat.is_unread, chat.updated_at)
            for chat_id, chat in self.model.chats.items()
            if not chat.is_deleted
        ]
        assert listed == sorted(expected, key=lambda row: (row[-1], row[0]), reverse=True)

    @invariant()
    def the_branches_are_the_same(self):
        for chat_id, chat in self.model.chats.items():
            stored = self.store.branch(self.store.chat(chat_id).leaf_id)
            assert list(map(told, stored)) == list(map(told, self.model.branch(chat.leaf)))
            assert self.store.draft(chat_id) == chat.draft
            assert self.store.title_origin(chat_id) is chat.origin
            forks = self.store.forks(chat_id)
            for message in self.model.messages.values():
                if message.chat_id == chat_id:
                    siblings = self.model.siblings(message.id)
                    assert self.store.siblings(message.id) == siblings
                    assert forks.get(message.id, (message.id,)) == siblings


StoreMachine.TestCase.settings = settings(max_examples=25, stateful_step_count=30, deadline=None)
TestStoreMachine = StoreMachine.TestCase
