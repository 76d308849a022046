"""The store against a plain dictionary: whatever is done in whatever order, both tell the same."""

import tempfile
from dataclasses import dataclass, field, replace
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, multiple, rule

from gigadesk.chat import (
    ChatFile,
    ChatId,
    Effort,
    FileId,
    FileKind,
    FileState,
    Message,
    MessageId,
    Source,
    Status,
    Tool,
    Usage,
)
from gigadesk.errors import ContentRefusedError, GigadeskError, NetworkCause, NetworkError, RateLimitError
from gigadesk.store import JournalKind, Store, TitleOrigin

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
    account: str = ""
    tools: tuple[Tool, ...] = ()
    effort: Effort | None = None
    is_unread: bool = False
    is_deleted: bool = False
    updated_at: float = 0.0
    draft: str = ""
    edited: MessageId | None = None
    edit: str = ""


@dataclass
class Model:
    """What the store should hold."""

    chats: dict[ChatId, ModelChat] = field(default_factory=dict)
    messages: dict[MessageId, Message] = field(default_factory=dict)
    journals: dict[tuple[MessageId, JournalKind], str] = field(default_factory=dict)
    files: dict[FileId, ChatFile] = field(default_factory=dict)
    edit_files: set[FileId] = field(default_factory=set)
    trash: dict[MessageId, MessageId] = field(default_factory=dict)
    """Deleted messages, each with the one that was deleted by the user."""
    chosen: dict[MessageId, MessageId] = field(default_factory=dict)
    """The child that was shown last below a message."""

    def of_message(self, message_id: MessageId) -> tuple[ChatFile, ...]:
        return tuple(file for file in self.files.values() if file.message_id == message_id)

    def edited(self, chat_id: ChatId) -> MessageId | None:
        edited = self.chats[chat_id].edited
        return None if edited in self.trash else edited

    def text(self, chat_id: ChatId) -> str:
        chat = self.chats[chat_id]
        return chat.draft if self.edited(chat_id) is None else chat.edit

    def of_draft(self, chat_id: ChatId) -> tuple[ChatFile, ...]:
        is_of_edit = self.edited(chat_id) is not None
        return tuple(
            file
            for file in self.files.values()
            if (file.chat_id, file.message_id) == (chat_id, None) and (file.id in self.edit_files) == is_of_edit
        )

    def end_edit(self, chat_id: ChatId) -> None:
        self.chats[chat_id].edited = None
        for file in list(self.files.values()):
            if file.chat_id == chat_id and file.message_id is None and file.id in self.edit_files:
                del self.files[file.id]

    def add(self, message: Message) -> None:
        self.messages[message.id] = message
        self.lead_to(message.id)
        self.chats[message.chat_id].leaf = message.id

    def lead_to(self, message_id: MessageId) -> None:
        while (parent := self.messages[message_id].parent_id) is not None:
            self.chosen[parent] = message_id
            message_id = parent

    def end_of(self, message_id: MessageId) -> MessageId:
        while children := [
            other.id for other in self.messages.values() if other.parent_id == message_id and other.id not in self.trash
        ]:
            chosen = self.chosen.get(message_id)
            message_id = chosen if chosen in children else max(children)
        return message_id

    def show(self, message_id: MessageId) -> None:
        self.lead_to(message_id)
        self.chats[self.messages[message_id].chat_id].leaf = self.end_of(message_id)

    def unfold(self, message: Message) -> Message:
        """With what is in the journals, which are done with."""
        return replace(
            message,
            text=message.text + self.journals.pop((message.id, JournalKind.TEXT), ""),
            reasoning=message.reasoning + self.journals.pop((message.id, JournalKind.REASONING), ""),
        )

    def branch(self, leaf: MessageId | None) -> list[Message]:
        branch = []
        while leaf is not None:
            branch.append(replace(self.messages[leaf], files=self.of_message(leaf)))
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
        return tuple(
            other.id
            for other in self.messages.values()
            if (other.chat_id, other.parent_id) == place and other.id not in self.trash
        )

    def live(self) -> list[MessageId]:
        return [message_id for message_id in self.messages if message_id not in self.trash]


def told(message: Message) -> tuple[object, ...]:
    """Everything about a message; errors have no equality of their own."""
    error: GigadeskError | None = message.error
    return (
        replace(message, error=None, files=tuple(map(bare, message.files))),
        type(error),
        vars(error) if error else None,
    )


def bare(file: ChatFile) -> ChatFile:
    return replace(file, error=None)


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
        chat = self.model.chats[chat_id]
        edited = self.model.edited(chat_id)
        exchange = self.store.add_exchange(chat_id, text, self.tick(), first_title=title)
        parent = chat.leaf if edited is None else self.model.messages[edited].parent_id
        assert exchange.question.parent_id == parent
        assert exchange.question.text == text
        for file in self.model.of_draft(chat_id):
            self.model.files[file.id] = replace(file, message_id=exchange.question.id)
            self.model.edit_files.discard(file.id)
        assert list(map(bare, exchange.question.files)) == list(map(bare, self.model.of_message(exchange.question.id)))
        for message in (exchange.question, exchange.reply):
            self.model.add(message)
        chat.updated_at = self.now
        if edited is None:
            chat.draft = ""
        else:
            self.model.end_edit(chat_id)
        if chat.origin is TitleOrigin.NONE:
            chat.title, chat.origin = title, TitleOrigin.FIRST_WORDS
        return exchange.reply.id

    @rule(target=running, reply=replies, model=TEXTS)
    def regenerate(self, reply, model):
        parent = self.model.messages[reply].parent_id
        if parent in self.model.trash:
            return multiple()
        message = self.store.add_reply(parent, self.tick(), model=model)
        assert (message.parent_id, message.model) == (parent, model)
        self.model.add(message)
        self.model.chats[message.chat_id].updated_at = self.now
        return message.id

    @rule(reply=running, text=TEXTS, kind=st.sampled_from(JournalKind), is_barrier=st.booleans())
    def grow(self, reply, text, kind, is_barrier):
        if self.model.messages[reply].status is Status.QUEUED:
            self.store.append(reply, text, kind, is_barrier=is_barrier)
            self.model.journals[reply, kind] = self.model.journals.get((reply, kind), "") + text

    @rule(reply=running, sources=st.sampled_from([(), (Source(1, "https://a.example", "A"), Source(2, "b"))]))
    def find_sources(self, reply, sources):
        self.store.set_sources(reply, sources)
        self.model.messages[reply] = replace(self.model.messages[reply], sources=sources)

    @rule(chat_id=chats, name=TEXTS, state=st.sampled_from(FileState), reply=st.none() | replies)
    def add_file(self, chat_id, name, state, reply):
        if reply is not None:
            chat_id = self.model.messages[reply].chat_id
        file = ChatFile(FileId(0), chat_id, name, FileKind.IMAGE, "m", 1, state, "digest", message_id=reply)
        is_of_edit = reply is None and self.model.edited(chat_id) is not None
        file = self.store.add_file(file)
        self.model.files[file.id] = file
        if is_of_edit:
            self.model.edit_files.add(file.id)

    @rule(number=st.integers(0, 9), state=st.sampled_from(FileState), remote=TEXTS)
    def change_file(self, number, state, remote):
        if number < len(self.model.files):
            file = replace(list(self.model.files.values())[number], state=state, remote_id=remote, remote_account="a")
            self.store.update_file(replace(file, message_id=None))
            self.model.files[file.id] = file

    @rule(number=st.integers(0, 9))
    def remove_file(self, number):
        if number < len(self.model.files):
            file_id = list(self.model.files)[number]
            self.store.delete_file(file_id)
            del self.model.files[file_id]

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
            ended = replace(before, status=status, error=error, usage=usage, model="m", finish_reason="r")
            message = replace(self.model.unfold(ended), reasoning_s=1.5, seconds=2.5, state_id="s", account="a")
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

    @rule(
        chat_id=chats,
        account=TEXTS,
        tools=st.lists(st.sampled_from(Tool), unique=True),
        effort=st.none() | st.sampled_from(Effort),
    )
    def choose(self, chat_id, account, tools, effort):
        self.store.set_account(chat_id, account)
        self.store.set_tools(chat_id, tools)
        self.store.set_effort(chat_id, effort)
        chat = self.model.chats[chat_id]
        chat.account, chat.tools, chat.effort = account, tuple(tools), effort

    @rule(chat_id=chats, is_deleted=st.booleans())
    def trash(self, chat_id, is_deleted):
        if is_deleted:
            self.store.places.delete([chat_id], self.tick())
        else:
            self.store.places.restore([chat_id])
        self.model.chats[chat_id].is_deleted = is_deleted

    @rule(chat_id=chats, text=TEXTS)
    def type(self, chat_id, text):
        self.store.set_draft(chat_id, text)
        if self.model.edited(chat_id) is None:
            self.model.chats[chat_id].draft = text
        else:
            self.model.chats[chat_id].edit = text

    @rule(number=st.integers(0, 9))
    def show(self, number):
        live = self.model.live()
        if number < len(live):
            assert self.store.shown_leaf(live[number]) == self.model.end_of(live[number])
            self.store.show_branch(live[number])
            self.model.show(live[number])

    @rule(number=st.integers(0, 9))
    def edit(self, number):
        questions = [message_id for message_id in self.model.live() if self.model.messages[message_id].role == "user"]
        if number < len(questions):
            message = self.model.messages[questions[number]]
            self.store.begin_edit(message.id)
            self.model.end_edit(message.chat_id)
            chat = self.model.chats[message.chat_id]
            chat.edited, chat.edit = message.id, message.text
            copies = self.store.draft_files(message.chat_id)
            originals = self.model.of_message(message.id)
            assert [file.name for file in copies] == [file.name for file in originals]
            self.model.files |= {file.id: file for file in copies}
            self.model.edit_files |= {file.id for file in copies}

    @rule(chat_id=chats)
    def give_edit_up(self, chat_id):
        self.store.end_edit(chat_id)
        self.model.end_edit(chat_id)

    @rule(number=st.integers(0, 9))
    def delete_message(self, number):
        live = self.model.live()
        if number >= len(live):
            return
        message = self.model.messages[live[number]]
        siblings = self.model.siblings(message.id)
        taken = [each for each in self.model.below(message.id) if each not in self.model.trash]
        assert self.store.below(message.id) == tuple(taken)
        self.store.delete_message(message.id, self.tick())
        self.model.trash |= dict.fromkeys(taken, message.id)
        if self.model.chats[message.chat_id].leaf not in taken:
            return
        place = siblings.index(message.id)
        if len(siblings) > 1:
            self.model.show(siblings[place - 1] if place else siblings[1])
        else:
            self.model.chats[message.chat_id].leaf = message.parent_id

    @rule(number=st.integers(0, 9))
    def restore_message(self, number):
        if number >= len(self.model.trash):
            return
        message_id = list(self.model.trash)[number]
        above = {self.model.trash.get(message.id) for message in self.model.branch(message_id)}
        self.store.restore_message(message_id)
        self.model.trash = {each: top for each, top in self.model.trash.items() if top not in above}
        self.model.show(message_id)

    @rule(number=st.integers(0, 9))
    def take_a_deletion_back(self, number):
        """At once: everything is as it was."""
        live = self.model.live()
        if number < len(live):
            chat_id = self.model.messages[live[number]].chat_id
            before = self.store.branch(self.store.chat(chat_id).leaf_id)
            if live[number] in [message.id for message in before]:
                self.store.delete_message(live[number], self.tick())
                assert live[number] not in [m.id for m in self.store.branch(self.store.chat(chat_id).leaf_id)]
                self.store.restore_message(live[number])
                assert list(map(told, self.store.branch(self.store.chat(chat_id).leaf_id))) == list(map(told, before))
                self.model.lead_to(live[number])

    @rule()
    def restart(self):
        self.store.close()
        self.store = Store.open(self._path)
        for message_id, message in self.model.messages.items():
            if message.status is Status.QUEUED:
                stopped = replace(self.model.unfold(message), status=Status.STOPPED, finish_reason="", error=None)
                self.model.messages[message_id] = stopped
        settled = {FileState.UPLOADING: FileState.KEPT, FileState.READING: FileState.FAILED}
        for file_id, file in self.model.files.items():
            state = settled.get(file.state, file.state)
            self.model.files[file_id] = replace(file, state=state)

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
            assert self.store.edited(chat_id) == self.model.edited(chat_id)
            assert self.store.draft(chat_id) == self.model.text(chat_id)
            assert not any(self.store.is_message_deleted(message.id) for message in stored)
            # From wherever one goes down, the way leads to what is shown.
            assert {self.store.shown_leaf(message.id) for message in stored} <= {chat.leaf}
            assert list(map(bare, self.store.draft_files(chat_id))) == list(map(bare, self.model.of_draft(chat_id)))
            stored_chat = self.store.chat(chat_id)
            assert (stored_chat.account, stored_chat.tools, stored_chat.effort) == (
                chat.account,
                chat.tools,
                chat.effort,
            )
            assert self.store.title_origin(chat_id) is chat.origin
            outline = self.store.outline(chat_id, self.store.chat(chat_id).leaf_id)
            assert list(outline.ids) == [message.id for message in stored]
            assert list(map(told, self.store.some_messages(outline.ids))) == list(map(told, stored))
            for message in self.model.messages.values():
                assert self.store.is_message_deleted(message.id) == (message.id in self.model.trash)
                if message.chat_id == chat_id and message.id not in self.model.trash:
                    siblings = self.model.siblings(message.id)
                    assert self.store.siblings(message.id) == siblings
                    assert not stored or outline.versions.get(message.id, (message.id,)) == siblings
                else:
                    assert message.id not in outline.versions


StoreMachine.TestCase.settings = settings(max_examples=30, stateful_step_count=40, deadline=None)
TestStoreMachine = StoreMachine.TestCase
