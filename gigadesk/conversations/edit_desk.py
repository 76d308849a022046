"""The edit of a question that was sent: what is being written in a chat, for a while, in place of its draft."""

from collections.abc import Callable, Iterable

from gigadesk.chat import ChatFile, ChatId, MessageId, Role
from gigadesk.conversations.live_chats import LiveChats, reporting
from gigadesk.conversations.saver import Saver
from gigadesk.conversations.transfers import Transfers
from gigadesk.facts import EditChanged, Event
from gigadesk.store import Store


class EditDesk:
    """Begins and gives up edits. The store keeps draft and edit apart; sending one ends it."""

    def __init__(
        self,
        store: Store,
        live: LiveChats,
        saver: Saver,
        transfers: Transfers,
        publish: Callable[[Event], None],
        on_given_up: Callable[[], None],
    ) -> None:
        """`on_given_up` is called when an edit ends without being sent: what waited for it may go on."""
        self._store = store
        self._live = live
        self._saver = saver
        self._transfers = transfers
        self._publish = publish
        self._on_given_up = on_given_up

    def begin(self, message_id: MessageId) -> None:
        """Write a question anew, beginning with its text and its files: `EditChanged`.

        Until it is sent or given up it is what is being written in the chat: `draft`, `save_draft`, `draft_files`,
        `files.attach` and `send` are about it. The draft is kept meanwhile, and both survive the end of the program.
        """
        message = self._store.message(message_id)
        if message.role is not Role.USER or self._store.is_message_deleted(message_id):
            return
        if self._store.edited(message.chat_id) == message_id:
            return
        with reporting(self._publish):
            self._keep_what_waits(message.chat_id)
            files = self._files_of_edit(message.chat_id)
            self._store.begin_edit(message_id)
            self._drop(files)
            self._publish(EditChanged(message.chat_id))

    def give_up(self, chat_id: ChatId) -> None:
        """Forget the edit; the draft takes its place again: `EditChanged`."""
        if self._store.edited(chat_id) is not None:
            self._give_up(chat_id)
        self._on_given_up()

    def _give_up(self, chat_id: ChatId) -> None:
        with reporting(self._publish):
            files = self._files_of_edit(chat_id)
            self._store.end_edit(chat_id)
            self._drop(files)
            self._saver.drop_draft(chat_id)
            self._publish(EditChanged(chat_id))

    def _keep_what_waits(self, chat_id: ChatId) -> None:
        """Typed text that the disk has refused until now: afterwards it would pass for the edit's."""
        waiting = self._saver.unsaved_draft(chat_id)
        if waiting is not None:
            self._store.set_draft(chat_id, waiting)
            self._saver.drop_draft(chat_id)

    def _files_of_edit(self, chat_id: ChatId) -> tuple[ChatFile, ...]:
        return () if self._store.edited(chat_id) is None else self._live.draft_files(chat_id)

    def _drop(self, files: Iterable[ChatFile]) -> None:
        for file in files:
            self._saver.drop_file(file.id)
            self._transfers.drop(file.id)
