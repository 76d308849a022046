"""The facade of the program's behaviour: commands go in as calls, facts come out through one `publish`."""

import time
from collections.abc import Callable, Sequence

from gigadesk.attachments import Shelf
from gigadesk.chat import Chat, ChatFile, ChatId, Message, MessageId, Outline, RawWords
from gigadesk.conversations.branch_reading import BranchReading
from gigadesk.conversations.chat_commands import ChatCommands
from gigadesk.conversations.chat_endings import ChatEndings
from gigadesk.conversations.chat_listing import ChatListing
from gigadesk.conversations.choices import Choices
from gigadesk.conversations.context_desk import SLOT as CONTEXT_SLOT
from gigadesk.conversations.context_desk import ContextDesk
from gigadesk.conversations.copy_desk import CopyDesk
from gigadesk.conversations.edit_desk import EditDesk
from gigadesk.conversations.export_desk import ExportDesk
from gigadesk.conversations.file_desk import FileDesk
from gigadesk.conversations.import_desk import ImportDesk
from gigadesk.conversations.library import Library
from gigadesk.conversations.live_chats import LiveChats
from gigadesk.conversations.message_commands import MessageCommands
from gigadesk.conversations.queue_share import QueueShare
from gigadesk.conversations.reply import ReplySetting
from gigadesk.conversations.reply_line import ReplyLine
from gigadesk.conversations.request_plan import RequestPlanner
from gigadesk.conversations.saver import Saver
from gigadesk.conversations.search_desk import SearchDesk
from gigadesk.conversations.service import Service, Services
from gigadesk.conversations.service_link import ServiceLinks
from gigadesk.conversations.titles import Titles
from gigadesk.conversations.transfers import Transfers
from gigadesk.conversations.trash_desk import TrashDesk, TrashWays
from gigadesk.conversations.waiting_desk import WaitingDesk
from gigadesk.errors import StorageError
from gigadesk.facts import Event, MessageChanged
from gigadesk.settings import Generation
from gigadesk.store import Store
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
        services: Services,
        tasks: TaskScope,
        publish: Callable[[Event], None],
        *,
        generation: Generation,
        shelf: Shelf,
        clock: Callable[[], float] = time.time,
        beside: QueueShare | None = None,
    ) -> None:
        self._store = store
        self._tasks = tasks
        self._listener = publish
        self._generation = generation
        self._shown: dict[str, ChatId] = {}
        self._links = ServiceLinks(services, self._publish)
        self.queue = QueueShare(tasks, services.lanes, publish, beside)
        self._saver = Saver(store, self._publish, clock)
        self._live = LiveChats(store, self._saver)
        self.choices = choices = Choices(
            store, services, self._links, self._live, self._current_generation, self._publish, self._on_account_chosen
        )
        self.branches = BranchReading(store)
        self.listing = ChatListing(store, self._live)
        self.search = SearchDesk(store, self._live, tasks, publish)
        self._chats = ChatCommands(store, self._live, self._publish, clock)
        self.context = ContextDesk(
            self._live, publish, self._current_generation, choices.model_of_chat, self._service_of, tasks
        )
        self._transfers = Transfers(
            self._live, self._saver, shelf, self._links, tasks, self._publish, choices.account_of, store.is_deleted
        )
        self.files = FileDesk(
            store, self._live, self._saver, shelf, self._transfers, tasks, self._publish, choices.model_of_chat
        )
        self.exports = ExportDesk(store, shelf, tasks)
        self.imports = ImportDesk(store, shelf, tasks, self._publish, clock, self.files.sweep_soon)
        self.copies = CopyDesk(store, self._live, self._saver, tasks, self.files.resume, self._publish, clock)
        self.edits = EditDesk(store, self._live, self._saver, self._transfers, self._publish, self.queue.refresh)
        first_messages = self._live.messages_to_name
        self._titles = Titles(self._links, self.queue, choices.account_of, first_messages, self._chats.name)
        planner = RequestPlanner(store, self._live, services, shelf, self.context, self._current_generation)
        setting = ReplySetting(
            links=self._links,
            saver=self._saver,
            queue=self.queue,
            files=self.files,
            transfers=self._transfers,
            publish=self._publish,
            account_of=choices.account_of,
            choose_model=choices.model_for,
            plan=planner.plan,
            is_unread=lambda chat_id: chat_id not in self._shown.values(),
            tell_changed=lambda message_id: self._publish(MessageChanged(self._live.message(message_id))),
            on_end=lambda message: self._messages.end(message),  # noqa: PLW0108  (made below)
            is_held=lambda reply: self.waiting.is_held(reply),  # noqa: PLW0108  (made below)
        )
        line = ReplyLine(self._live, setting)
        self.waiting = WaitingDesk(store, self._live, self._saver, line, self._transfers, self._publish)
        self._messages = MessageCommands(
            store, self._saver, self._live, self._titles, line, self.waiting, self._publish, clock
        )
        endings = ChatEndings(self._live, line, self.queue, self._transfers, CONTEXT_SLOT)
        self.library = Library(store, self._live, endings.stop, self.files.resume, tasks, self._publish, clock)
        ways = TrashWays(self.library, self._messages.restore, endings.end, self.files.sweep_soon)
        self.trash = TrashDesk(store, self._live, self._saver, ways, tasks, self._publish, clock)
        for begin in (self.files.begin, self.imports.begin_sweep, self.trash.begin, self.search.begin):
            begin()

    # Reading

    def chats(self) -> tuple[Chat, ...]:
        """All chats but the trash, the newest first."""
        return self._live.chats()

    def chat(self, chat_id: ChatId) -> Chat:
        return self._live.chat(chat_id)

    def messages(self, chat_id: ChatId) -> tuple[Message, ...]:
        """The shown branch from its root to its leaf; live replies with the text so far. For chats that are short."""
        return self._live.messages(chat_id)

    def outline(self, chat_id: ChatId) -> Outline:
        """Which messages the shown branch has, and which of them have other versions. Cheap for any chat."""
        outline = self._live.outline(chat_id)
        self.context.offer(chat_id, outline.ids)
        return outline

    def some_messages(self, message_ids: Sequence[MessageId]) -> tuple[Message, ...]:
        """Messages of a branch as they are now, by their ids, which ascend."""
        return self._live.some_messages(message_ids)

    def lengths(self, message_ids: Sequence[MessageId]) -> list[int]:
        """How many characters the texts of these messages have; of live replies, what is stored of them."""
        return self._store.lengths(message_ids)

    def words(self, message_ids: Sequence[MessageId]) -> RawWords:
        """The same with the thoughts, and whose they are: to find something in a chat."""
        return self._store.words(message_ids)

    def message(self, message_id: MessageId) -> Message:
        """One message as it is now; a live reply with the text so far."""
        return self._live.message(message_id)

    def siblings(self, message_id: MessageId) -> tuple[MessageId, ...]:
        """All versions of this turn but those in the trash, itself among them, the oldest first."""
        return self._store.siblings(message_id)

    def draft(self, chat_id: ChatId) -> str:
        """The text that is being written: of the edit of an earlier question (see `edited`), else of the draft."""
        return self._live.draft(chat_id)

    def edited(self, chat_id: ChatId) -> MessageId | None:
        """The question whose edit is being written in this chat, in place of the draft; None when there is none."""
        return self._store.edited(chat_id)

    def draft_files(self, chat_id: ChatId) -> tuple[ChatFile, ...]:
        """What is attached to the message that is being written, in the order in which it was."""
        return self._live.draft_files(chat_id)

    def models(self, account_id: str) -> tuple[str, ...]:
        """The chat models of an account (empty: of the default one) as far as they are known; see `refresh_models`."""
        return self._links.of(account_id).models

    # Chats

    def new_chat(self) -> ChatId:
        """A chat to type into: the one in which nothing was said, typed or named yet, else a new one.

        It begins with the tools and the effort of the chat that is shown; model and account follow the settings.
        Publishes `ChatAdded`, or `ChatChanged` when the blank one is used again and comes to the front of the list.

        Raises:
            StorageError: the disk refuses, and so there is no chat to give.
        """
        return self._chats.new(self._shown.get(""))

    def rename(self, chat_id: ChatId, title: str) -> None:
        """Name a chat for good; an empty title is ignored."""
        self._chats.rename(chat_id, title)

    def save_draft(self, chat_id: ChatId, text: str) -> None:
        """Keep what is being typed. Cheap enough for each key; publishes nothing."""
        self._saver.save_draft(chat_id, clean(text))

    def mark_read(self, chat_id: ChatId) -> None:
        self._chats.mark_read(chat_id)

    def set_shown(self, chat_id: ChatId | None, viewer: str = "") -> None:
        """Tell which chat the user sees in one window (`viewer`; empty is the main one), which also marks it read.

        Replies that end in a chat that no window shows mark theirs unread.
        """
        if chat_id is None:
            self._shown.pop(viewer, None)
        else:
            self._shown[viewer] = chat_id
            self.mark_read(chat_id)

    # Messages

    def send(self, chat_id: ChatId, text: str) -> bool:
        """Store a message of the user with the files of the draft, and its reply; ask as soon as a lane is free.

        An edit becomes another version of its question, and `BranchChanged` and `EditChanged` are published instead of
        `MessageAdded`; the version before it keeps its answer. An edit of a question that waits takes its place.

        Publishes `MessageAdded` twice (question, queued reply) and `ChatChanged`; then `ReplyStarted`, or first
        `ReplyQueued` when it has to wait. A reply of the same chat that is still being written is waited for: see
        `waiting` for what can be done meanwhile, and for what becomes of it when that reply fails. Files
        that are still being copied or sent are waited for by the reply.

        Returns:
            True when it is on the disk. Otherwise nothing was stored, the text was made the draft, and the composer
            must keep it: it was blank and without files, `SavingFailed` was published, or `DraftFilesChanged` because
            a file is `FAILED` or there is a `draft_problem`.
        """
        if not self.files.can_send(chat_id):
            self.save_draft(chat_id, text)
            return False
        return self._messages.send(chat_id, clean(text))

    def stop(self, chat_id: ChatId) -> None:
        """Stop the reply that is being written; if none is, all that wait. What has come is kept (`STOPPED`).

        A message that waits behind a running reply of the same chat is thus asked at once.
        """
        self._messages.stop(chat_id)

    def regenerate(self, message_id: MessageId, model: str = "") -> None:
        """Write another version of a reply (or a first one under a message of the user) and show its branch.

        Publishes `BranchChanged`: the new, queued reply is the last of `messages(chat_id)`. A version that is still
        being written is stopped. `model` is for this version only; empty means the one that is chosen now.
        """
        self._messages.regenerate(message_id, model)

    def continue_reply(self, message_id: MessageId) -> None:
        """Let the model go on with a reply that was stopped, cut or interrupted; the text is added to the same message.

        Publishes `ReplyStarted` (or first `ReplyQueued`), then `MessageGrew` as for any reply: the view reads
        `message(message_id)` again at the first of them, its status has changed.
        """
        self._messages.continue_reply(message_id)

    def show_branch(self, message_id: MessageId) -> None:
        """Show the branch that goes through this message, down to the end that was shown of it last."""
        self._messages.show_branch(message_id)

    def delete_message(self, message_id: MessageId) -> None:
        """Move a message, and all that hangs below it, to the trash: `BranchChanged`, then `MessageDeleted`.

        Replies among them are stopped. Another version of the message is shown in its place, or the branch ends above.
        """
        self._messages.delete(message_id)

    def restore_message(self, message_id: MessageId) -> None:
        """Bring back what went to the trash with this message and show it as it was shown: `MessageRestored`."""
        self._messages.restore(message_id)

    # The service

    def accounts_changed(self) -> None:
        """The settings of the accounts changed: ask as they say from the next request on.

        Running replies finish as they began. What was known of models and connections is forgotten; nothing is asked
        by this, the caller goes on with `refresh_models`.
        """
        self._links.forget()
        self.context.forget()
        self.queue.lanes_changed()

    def use_generation(self, generation: Generation) -> None:
        self._generation = generation
        self.context.forget()

    def refresh_models(self, account_id: str = "") -> None:
        """Ask in the background which models an account has (empty: the default one).

        Publishes `ModelsChanged`, or `ConnectionChanged` with the error.
        """
        link = self._links.of(account_id)
        self._tasks.start((_MODELS_SLOT, link.account), "list of models", link.refresh_models)

    def save_all(self) -> int:
        """Try once more to save what waits; how much the disk still refuses, which `close` would lose."""
        return self._saver.save_all()

    @property
    def refusal(self) -> StorageError | None:
        """Why the disk refuses what `save_all` counts."""
        return self._saver.refusal

    def waiting_texts(self) -> list[str]:
        """What `save_all` counts, in words."""
        return self._saver.waiting_texts()

    def note_refusal(self, refusal: StorageError) -> None:
        """Say that the disk refuses, before there is something that it does not take."""
        self._saver.note_refusal(refusal)

    async def close(self) -> None:
        """Stop all replies, uploads and downloads; what has come is kept. Takes at most `CLOSE_LIMIT_S`."""
        self.queue.close()
        self.search.end()
        self._messages.end_waiting()
        models = [(_MODELS_SLOT, link.account) for link in self._links.all()]
        slots = [CONTEXT_SLOT, *models, *(job.slot for job in self.queue.running())]
        slots += [
            slot for desk in (self.library, self.files, self.copies, self.trash, self.search) for slot in desk.slots()
        ]
        await self._tasks.end(slots, CLOSE_LIMIT_S)
        self.search.close()
        self._saver.close()

    # Inside

    def _current_generation(self) -> Generation:
        return self._generation

    def _service_of(self, chat_id: ChatId) -> Service:
        return self._links.of(self.choices.account_of(chat_id)).service

    def _on_account_chosen(self, account_id: str) -> None:
        self.queue.refresh()
        if not self.models(account_id):
            self.refresh_models(account_id)

    def _publish(self, event: Event) -> None:
        self.context.note(event)
        self.search.note(event)
        self._listener(event)
