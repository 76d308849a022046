"""The conversations on the disk, as the rest of the program sees them.

Each writing method is one transaction. "Saved" in a docstring means: on return it survives a power cut too.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from gigadesk.chat import (
    Chat,
    ChatFile,
    ChatId,
    Effort,
    FileId,
    FileState,
    Message,
    MessageId,
    Outline,
    RawWords,
    Role,
    Source,
    Status,
    Tool,
)
from gigadesk.errors import StorageError
from gigadesk.store.branches import BranchReader
from gigadesk.store.chats import ChatTable, TitleOrigin
from gigadesk.store.copying import Copies
from gigadesk.store.database import Database, open_file, open_memory, open_reader
from gigadesk.store.edits import EditTable
from gigadesk.store.exporting import ExportReader
from gigadesk.store.files import FileTable
from gigadesk.store.folders import Folders
from gigadesk.store.forgetting import ForgottenTable
from gigadesk.store.importing import ImportTable
from gigadesk.store.last_run import LastRun
from gigadesk.store.listing import Listing
from gigadesk.store.messages import JournalKind, MessageTable
from gigadesk.store.outlines import EMPTY
from gigadesk.store.places import Places
from gigadesk.store.restoring import ChatRestorer
from gigadesk.store.search_index import SearchIndex
from gigadesk.store.search_reader import SearchReader
from gigadesk.store.trash import Trash
from gigadesk.store.waiting import WaitingQuestions


@dataclass(frozen=True, slots=True)
class Exchange:
    """A message of the user and the reply that will answer it."""

    question: Message
    reply: Message


class Store:
    """Chats, messages, drafts, files. Calls take well under a millisecond and belong on the loop's thread.

    Every method may raise `StorageError`; what it was to write is then not written at all. Ids that do not exist are
    a mistake of the caller (`LookupError`).
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._chats = ChatTable(database)
        self._edits = EditTable(database)
        self._files = FileTable(database)
        self._messages = MessageTable(database, self._files)
        self.listing = Listing(database)
        self.folders = Folders(database)
        self.places = Places(database)
        self.branches = BranchReader(database, self._messages.tree)
        self.trash = Trash(database)
        self.copies = Copies(database, self.branches)
        self.exports = ExportReader(database)
        self.imports = ImportTable(database)
        self.waiting = WaitingQuestions(database, self._chats, self._messages, self._files, self._edits)
        self.search = SearchIndex(database)
        self.forgotten = ForgottenTable(database)
        self.restorer = ChatRestorer(database)
        self._last_run = LastRun(database, self._messages, self._files, self.imports)

    @classmethod
    def open(cls, path: Path, *, is_prepared: bool = False) -> "Store":
        """Open or create the file at `path`. Replies that a crash cut short become `STOPPED`, with all their text.

        Raises:
            StorageError: see `database.open_file`; a file that is damaged, newer or not ours is untouched.
        """
        return cls(open_file(path, is_prepared=is_prepared))

    @property
    def refusal(self) -> StorageError | None:
        """Why nothing could be written at the opening; None as soon as something was."""
        return self._last_run.refusal

    @property
    def path(self) -> Path | None:
        """Where it is; None for one in memory."""
        return Path(self._database.path) if self._database.path else None

    @classmethod
    def in_memory(cls) -> "Store":
        """A store that keeps nothing after `close`."""
        return cls(open_memory())

    def close(self) -> None:
        """Fold everything into the one file and let go of it."""
        self._database.close()

    def open_search(self) -> SearchReader:
        """What finds messages. Close it before the store."""
        return SearchReader(open_reader(self._database), is_own=bool(self._database.path))

    # Chats

    def chats(self) -> tuple[Chat, ...]:
        """All but the trash, the newest first."""
        return self._chats.listed()

    def chat(self, chat_id: ChatId) -> Chat:
        return self._chats.get(chat_id)

    def blank_chat(self) -> ChatId | None:
        """The newest chat in which nothing was said, typed, attached or named yet."""
        return self._chats.find_blank()

    def add_chat(self, session_id: str, now: float) -> ChatId:
        with self._saved():
            return self._chats.insert(session_id, now)

    def touch(self, chat_id: ChatId, now: float) -> None:
        """Make the chat the newest of the list."""
        with self._noted():
            self._chats.touch(chat_id, now)

    def title_origin(self, chat_id: ChatId) -> TitleOrigin:
        return self._chats.title_origin(chat_id)

    def set_title(self, chat_id: ChatId, title: str, origin: TitleOrigin) -> None:
        with self._saved():
            self._chats.set_title(chat_id, title, origin)

    def set_model(self, chat_id: ChatId, model: str) -> None:
        with self._saved():
            self._chats.set_model(chat_id, model)

    def set_account(self, chat_id: ChatId, account: str) -> None:
        with self._saved():
            self._chats.set_account(chat_id, account)

    def set_tools(self, chat_id: ChatId, tools: Sequence[Tool]) -> None:
        with self._saved():
            self._chats.set_tools(chat_id, tools)

    def set_effort(self, chat_id: ChatId, effort: Effort | None) -> None:
        with self._saved():
            self._chats.set_effort(chat_id, effort)

    def set_unread(self, chat_id: ChatId, *, is_unread: bool) -> None:
        with self._noted():
            self._chats.set_unread(chat_id, is_unread=is_unread)

    def is_deleted(self, chat_id: ChatId) -> bool:
        """Whether the chat is in the trash."""
        return self._chats.is_deleted(chat_id)

    def show_branch(self, message_id: MessageId) -> None:
        """Make the branch through this message the shown one, to the end that was shown of it last."""
        with self._noted():
            self._show(message_id)

    # What is being written: the draft of a chat, or in its place the edit of an earlier question

    def draft(self, chat_id: ChatId) -> str:
        """The text of the edit, if there is one, else of the draft."""
        return self._chats.draft(chat_id) if self.edited(chat_id) is None else self._edits.text(chat_id)

    def set_draft(self, chat_id: ChatId, text: str) -> None:
        """Keep what was typed; cheap enough for each key (it survives a crash; a power cut only after `flush`)."""
        with self._noted():
            edited = self.edited(chat_id)
            if edited is None:
                self._chats.set_draft(chat_id, text)
            else:
                self._edits.put(chat_id, edited, text)

    def edited(self, chat_id: ChatId) -> MessageId | None:
        """The question that is being edited; None while it is in the trash."""
        return self._edits.message(chat_id)

    def begin_edit(self, message_id: MessageId) -> None:
        """Begin with the text and the files of a question. An edit before it is given up; the draft is kept."""
        with self._saved():
            message = self._messages.get(message_id)
            self._files.delete_of_edit(message.chat_id)
            self._edits.put(message.chat_id, message_id, message.text)
            self._files.copy_to_edit(message_id)

    def end_edit(self, chat_id: ChatId) -> None:
        """Give the edit up: the draft takes its place again."""
        with self._saved():
            self._end_edit(chat_id)

    # Messages

    def message(self, message_id: MessageId) -> Message:
        """As it is stored: a running reply without what is still in its journal."""
        return self._messages.get(message_id)

    def branch(self, leaf_id: MessageId | None, count: int = -1) -> tuple[Message, ...]:
        """From the root to `leaf_id`, or the last `count` of these; nothing for `None`."""
        return () if leaf_id is None else self._messages.branch(leaf_id, count)

    def outline(self, chat_id: ChatId, leaf_id: MessageId | None) -> Outline:
        """The branch from the root to `leaf_id` without its messages: their ids, and which have other versions."""
        return EMPTY if leaf_id is None else self._messages.outline(chat_id, leaf_id)

    def some_messages(self, message_ids: Sequence[MessageId]) -> tuple[Message, ...]:
        """These messages; their ids ascend."""
        return self._messages.some(message_ids)

    def lengths(self, message_ids: Sequence[MessageId]) -> list[int]:
        """How many characters the stored texts of these messages have; their ids ascend."""
        return self._messages.lengths(message_ids)

    def words(self, message_ids: Sequence[MessageId]) -> RawWords:
        """The stored texts of these messages, whose ids ascend, with their thoughts and whose they are."""
        return self._messages.words(message_ids)

    def siblings(self, message_id: MessageId) -> tuple[MessageId, ...]:
        """All versions of this turn but those in the trash, itself among them, the oldest first."""
        return self._messages.siblings(message_id)

    def shown_leaf(self, message_id: MessageId) -> MessageId:
        """Where the branch through this message ended when it was shown last; if it never was, the newest of it."""
        return self._messages.shown_leaf(message_id)

    def is_message_deleted(self, message_id: MessageId) -> bool:
        """Whether a message is in the trash, or gone."""
        return self._messages.is_deleted(message_id)

    def is_message_in_trash(self, message_id: MessageId) -> bool:
        """Whether a message can be brought back."""
        return self._messages.is_in_trash(message_id)

    def below(self, message_id: MessageId) -> tuple[MessageId, ...]:
        """A message and all below it, in all branches, that are not in the trash."""
        return self._messages.below(message_id)

    def delete_message(self, message_id: MessageId, now: float) -> None:
        """Move a message to the trash, and all below it; `restore_message` brings them back.

        If it was shown, another version of it is shown instead (the one before it, else the one after), without one
        the branch as far as its parent.
        """
        with self._saved():
            message = self._messages.get(message_id)
            siblings = self._messages.siblings(message_id)
            self._messages.delete(message_id, now)
            leaf_id = self._chats.get(message.chat_id).leaf_id
            if leaf_id is None or not self._messages.is_deleted(leaf_id):
                return
            place = siblings.index(message_id)
            other = siblings[place - 1] if place else next(iter(siblings[1:]), None)
            if other is not None:
                self._show(other)
            else:
                self._chats.set_leaf(message.chat_id, message.parent_id)

    def restore_message(self, message_id: MessageId) -> None:
        """Bring a message back with all that went with it, and show the branch that was shown of it.

        What is above it and went to the trash later comes back, too.
        """
        with self._saved():
            self._messages.restore(message_id)
            self._show(message_id)

    def add_exchange(self, chat_id: ChatId, text: str, now: float, *, first_title: str) -> Exchange:
        """Save a message of the user after the shown leaf, a queued reply under it, and drop the draft.

        If an earlier question is being edited, the message is another version of that, and the edit is dropped; the
        draft stays. The files of what was dropped become the message's. `first_title` names the chat if nobody did.
        """
        with self._saved():
            edited = self.edited(chat_id)
            parent_id = self._chats.get(chat_id).leaf_id if edited is None else self._messages.get(edited).parent_id
            question = self._messages.insert(chat_id, parent_id, Role.USER, Status.DONE, now, text=text)
            reply = self._messages.insert(chat_id, question, Role.ASSISTANT, Status.QUEUED, now)
            if edited is not None:
                self._messages.lead_to(question, self._chats.get(chat_id).leaf_id)
            self._chats.set_leaf(chat_id, reply)
            self._chats.touch(chat_id, now)
            self._files.give_to_message(chat_id, question, is_of_edit=edited is not None)
            if edited is None:
                self._chats.set_draft(chat_id, "")
            else:
                self._end_edit(chat_id)
            if self._chats.title_origin(chat_id) is TitleOrigin.NONE:
                self._chats.set_title(chat_id, first_title, TitleOrigin.FIRST_WORDS)
        return Exchange(self._messages.get(question), self._messages.get(reply))

    def add_reply(self, parent_id: MessageId, now: float, *, model: str) -> Message:
        """Save another queued reply under `parent_id` and make its branch the shown one."""
        with self._saved():
            chat_id = self._messages.get(parent_id).chat_id
            reply = self._messages.insert(chat_id, parent_id, Role.ASSISTANT, Status.QUEUED, now, model=model)
            self._messages.lead_to(reply, self._chats.get(chat_id).leaf_id)
            self._chats.set_leaf(chat_id, reply)
            self._chats.touch(chat_id, now)
        return self._messages.get(reply)

    def reopen_reply(self, message_id: MessageId) -> None:
        """Mark an ended reply as running again, so that a crash from here on finds it."""
        with self._saved():
            self._messages.reopen(message_id)

    def append(
        self, message_id: MessageId, text: str, kind: JournalKind = JournalKind.TEXT, *, is_barrier: bool
    ) -> None:
        """Add to the journal of a running reply. With `is_barrier` it is saved, and all that came before it."""
        with self._database.transaction(is_barrier=is_barrier):
            self._messages.append(message_id, text, kind)

    def set_sources(self, message_id: MessageId, sources: Sequence[Source]) -> None:
        """Note the sources of a running reply; `finish_reply` saves them."""
        with self._noted():
            self._messages.set_sources(message_id, sources)

    def flush(self) -> None:
        """Everything that was written so far is saved on return."""
        self._last_run.settle()
        self._database.flush()

    def finish_reply(self, message: Message, now: float, *, is_unread: bool) -> None:
        """Save an ended reply as a whole, but for its files; its journal is done with."""
        with self._saved():
            self._messages.finish(message)
            self._chats.touch(message.chat_id, now)
            if is_unread:
                self._chats.set_unread(message.chat_id, is_unread=True)

    # Files

    def file(self, file_id: FileId) -> ChatFile:
        return self._files.get(file_id)

    def draft_files(self, chat_id: ChatId) -> tuple[ChatFile, ...]:
        """What is attached to the edit or the draft, whichever `draft` gives, in the order in which it was."""
        return self._files.of_draft(chat_id, is_of_edit=self.edited(chat_id) is not None)

    def files_in_state(self, state: FileState) -> tuple[ChatFile, ...]:
        """Files of all chats but the trash."""
        return self._files.in_state(state)

    def digests(self) -> frozenset[str]:
        """The digests of all files, also of those in drafts and in the trash."""
        return self._files.digests()

    def add_file(self, file: ChatFile) -> ChatFile:
        """Save a file, without a message as a part of the draft or the edit; gives it with its id.

        The given id is not read.
        """
        with self._saved():
            is_of_edit = file.message_id is None and self.edited(file.chat_id) is not None
            return self._files.get(self._files.insert(file, is_of_edit=is_of_edit))

    def update_file(self, file: ChatFile) -> None:
        """Note what became of a file; to whom it belongs is not changed."""
        with self._noted():
            self._files.update(file)

    def delete_file(self, file_id: FileId) -> None:
        with self._saved():
            self._files.delete(file_id)

    @contextmanager
    def _saved(self) -> Iterator[None]:
        self._last_run.settle()
        with self._database.transaction(is_barrier=True):
            yield

    @contextmanager
    def _noted(self) -> Iterator[None]:
        self._last_run.settle()
        with self._database.transaction(is_barrier=False):
            yield

    def _show(self, message_id: MessageId) -> None:
        chat_id = self._messages.get(message_id).chat_id
        self._messages.lead_to(message_id, self._chats.get(chat_id).leaf_id)
        self._chats.set_leaf(chat_id, self._messages.shown_leaf(message_id))

    def _end_edit(self, chat_id: ChatId) -> None:
        self._edits.delete(chat_id)
        self._files.delete_of_edit(chat_id)
