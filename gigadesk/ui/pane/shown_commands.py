"""What the user does with the messages on the page: edit, write again, quote, delete, take back, look into."""

from functools import partial
from typing import assert_never

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from gigadesk.chat import ChatId, MessageId
from gigadesk.conversations import Conversations
from gigadesk.facts import MessageDeleted, MessageRestored, QuestionsLeft
from gigadesk.ui.pane.chat_page import ChatPage
from gigadesk.ui.pane.quoting import quoted
from gigadesk.ui.pane.shown_draft import ShownDraft
from gigadesk.ui.pane.waiting_order_desk import WaitingOrderDesk
from gigadesk.ui.shortcuts import Shortcut
from gigadesk.ui.transcript import wishes
from gigadesk.ui.transcript.wishes import Command, Wish

_READING = frozenset({Command.DETAILS, Command.COPY_BRANCH, Command.MORE, Command.LIST_MODELS})
"""What may be done with the messages of a chat that is only read."""


class ShownCommands(QObject):
    """Turns the wishes of the transcript and the composer into calls, and offers to take back what was taken away.

    Signals:
        chat_wanted(int): the id of a chat to be opened.
    """

    chat_wanted = Signal(int)

    def __init__(self, conversations: Conversations, page: ChatPage, draft: ShownDraft, parent: QObject) -> None:
        super().__init__(parent)
        self._conversations = conversations
        self._page = page
        self._draft = draft
        self._chat_id: ChatId | None = None
        self.is_reading = False
        """The chat is in the trash or in the archive: nothing in it is changed."""
        self._deleted: list[tuple[ChatId, MessageId]] = []
        """What can be taken back while the program runs, the last at the end."""
        self._wanted: ChatId | None = None
        """A copy that is being made, and is to be opened."""
        self.order = WaitingOrderDesk(conversations, page, self)
        page.transcript.commands.wished.connect(self._on_wished)
        page.composer.edit_last_requested.connect(self._on_edit_last_requested)
        page.composer.edit_cancelled.connect(self.cancel_edit)

    def use_conversations(self, conversations: Conversations) -> None:
        self._conversations = conversations
        self.order.use_conversations(conversations)
        self._deleted.clear()

    def open(self, chat_id: ChatId | None) -> None:
        """Another chat is on the page, or none."""
        self._chat_id = chat_id
        self._wanted = None
        self.order.close()
        self._page.undo_line.withdraw()

    def shortcuts(self) -> tuple[Shortcut, ...]:
        """The keys for what can be done with messages, for the table of the window."""
        commands = self._page.transcript.commands
        return (
            Shortcut((wishes.OLDER_KEYS,), self.tr("Previous version"), lambda: commands.step_version(-1)),
            Shortcut((wishes.NEWER_KEYS,), self.tr("Next version"), lambda: commands.step_version(1)),
            Shortcut((wishes.EDIT_KEYS,), self.tr("Edit your message"), commands.edit),
            Shortcut((wishes.AGAIN_KEYS,), self.tr("Answer again"), commands.regenerate),
            Shortcut((wishes.AGAIN_WITH_KEYS,), self.tr("Answer again with another model"), commands.regenerate_with),
            Shortcut((wishes.QUOTE_KEYS,), self.tr("Quote what is selected"), commands.quote),
            Shortcut((wishes.ASK_KEYS,), self.tr("Ask about what is selected"), commands.choose_prompt),
            *self._waiting_shortcuts(),
            Shortcut((wishes.COPY_BRANCH_KEYS,), self.tr("Continue from here in a new chat"), commands.copy_branch),
            Shortcut((wishes.DETAILS_KEYS,), self.tr("Details of the message"), commands.show_details),
            Shortcut((wishes.DELETE_KEYS,), self.tr("Delete the message that has the frame")),
            Shortcut((wishes.UNDO_KEYS,), self.tr("Undo deleting, in the chat")),
        )

    def walking_shortcuts(self) -> tuple[Shortcut, ...]:
        """The keys that go from message to message."""
        walk = self._page.transcript.walk
        return (
            Shortcut(("Alt+Up",), self.tr("Previous question"), lambda: walk.step_question(-1)),
            Shortcut(("Alt+Down",), self.tr("Next question"), lambda: walk.step_question(1)),
            Shortcut(("Alt+Shift+Up",), self.tr("Previous message"), lambda: walk.step(-1)),
            Shortcut(("Alt+Shift+Down",), self.tr("Next message"), lambda: walk.step(1)),
        )

    def _waiting_shortcuts(self) -> tuple[Shortcut, ...]:
        run = self._page.transcript.commands.run_waiting
        table = (
            (wishes.MOVE_UP_KEYS, self.tr("Ask a waiting question before the one above"), Command.MOVE_UP),
            (wishes.MOVE_DOWN_KEYS, self.tr("Ask a waiting question after the one below"), Command.MOVE_DOWN),
            (wishes.TAKE_BACK_KEYS, self.tr("Take a waiting question back"), Command.TAKE_BACK),
            (wishes.SEND_WAITING_KEYS, self.tr("Send what was not sent yet"), Command.SEND_WAITING),
        )
        return tuple(Shortcut((keys,), words, partial(run, command)) for keys, words, command in table)

    def cancel_edit(self) -> bool:
        """Give the edit up, if there is one; what was changed can be had back for a while."""
        chat_id = self._chat_id
        edited = self._conversations.edited(chat_id) if chat_id is not None else None
        if chat_id is None or edited is None:
            return False
        text = self._page.composer.text()
        self._conversations.edits.give_up(chat_id)
        if self._conversations.edited(chat_id) is None and text != self._conversations.message(edited).text:
            self._page.undo_line.offer(
                lambda: self.tr("Your changes were dropped"), lambda: self._take_up_edit(edited, text)
            )
        self._page.composer.setFocus()
        return True

    # Facts

    def note_added(self, chat_id: ChatId) -> None:
        """A chat is new."""
        if chat_id == self._wanted:
            self._wanted = None
            self.chat_wanted.emit(chat_id)

    def note_deleted(self, event: MessageDeleted) -> None:
        """A message went to the trash."""
        self._deleted.append((event.chat_id, event.message_id))
        if event.chat_id != self._chat_id:
            return
        later = event.taken - 1
        self._page.undo_line.offer(lambda: self._deleted_words(later), self._bring_back)
        if self._page.greeting.isVisible():
            # No messages are left that the keys for undo could be pressed in.
            self._page.undo_line.setFocus()

    def note_left(self, event: QuestionsLeft) -> None:
        """Questions wait in the branch that was shown before an edit."""
        if event.chat_id == self._chat_id:
            self._page.undo_line.offer(
                lambda: self.tr("%n question(s) still wait(s) in the version before your edit", "", event.count),
                lambda: self._conversations.show_branch(event.message_id),
                lambda: self.tr("Show"),
            )

    def note_restored(self, event: MessageRestored) -> None:
        """A message came back."""
        entry = (event.chat_id, event.message_id)
        if entry in self._deleted:
            self._deleted.remove(entry)
        if event.chat_id == self._chat_id:
            self._page.undo_line.withdraw()

    # Wishes

    def _on_wished(self, wish: Wish) -> None:
        if self.is_reading and wish.command not in _READING:
            self._page.resting.insist()
        elif wish.command is Command.ORDER and self._chat_id is not None:
            self.order.open(self._chat_id, wish.message_id)
        elif wish.message_id is not None:
            self._do_with_message(wish, wish.message_id)
        elif wish.command is Command.BRING_BACK:
            self._bring_back()
        else:
            self._page.composer.add_text(quoted(wish.value) + wish.prompt)

    def _do_with_message(self, wish: Wish, message_id: MessageId) -> None:
        match wish.command:
            case Command.EDIT:
                self._edit(message_id)
            case Command.AGAIN_WITH:
                self._conversations.regenerate(message_id, wish.value)
            case Command.LIST_MODELS:
                self._conversations.refresh_models(self._draft.account_id)
            case Command.DELETE:
                self._delete(message_id)
            case Command.DETAILS:
                self._show_details(message_id)
            case Command.COPY_BRANCH:
                self._copy_branch(message_id)
            case Command.SEND_WAITING:
                self._conversations.waiting.send(message_id)
            case Command.TAKE_BACK:
                self._take_back(message_id)
            case Command.MOVE_UP | Command.MOVE_DOWN:
                self._move(message_id, -1 if wish.command is Command.MOVE_UP else 1)
            case Command.COMPARE | Command.SHOW_MAP | Command.ORDER:
                pass  # for others
            case Command.BRING_BACK | Command.QUOTE | Command.ASK | Command.MORE:
                pass  # about no message, or a menu that the transcript opens itself
            case _:
                assert_never(wish.command)

    def _copy_branch(self, message_id: MessageId) -> None:
        title = self._conversations.chat(self._conversations.message(message_id).chat_id).title
        name = self.tr("{title} (copy)").replace("{title}", title) if title else ""
        self._wanted = self._conversations.copies.copy_branch(message_id, name)

    def _take_back(self, message_id: MessageId) -> None:
        self._draft.save()
        if self._conversations.waiting.take_back(message_id):
            self._page.transcript.walk.leave()
            self._page.composer.setFocus()

    def _move(self, message_id: MessageId, step: int) -> None:
        walk = self._page.transcript.walk
        lit = walk.index
        # A question and its reply go together, so the place is two messages away.
        if self._conversations.waiting.move(message_id, step) and lit is not None:
            walk.go_to(lit + 2 * step)

    def _edit(self, message_id: MessageId) -> None:
        self._draft.save()
        waiting = self._conversations.waiting.find(message_id)
        if waiting is not None:
            message_id = waiting.question_id
        self._conversations.edits.begin(message_id)
        self._page.composer.setFocus()

    def _on_edit_last_requested(self) -> None:
        self._page.transcript.walk.leave()
        self._page.transcript.commands.edit()

    def _take_up_edit(self, message_id: MessageId, text: str) -> None:
        self._edit(message_id)
        if self._chat_id is not None and self._conversations.edited(self._chat_id) == message_id:
            self._conversations.save_draft(self._chat_id, text)
            self._page.composer.set_text(text)

    def _delete(self, message_id: MessageId) -> None:
        self._draft.save()
        had_focus = self._page.transcript.hasFocus()
        self._conversations.delete_message(message_id)
        if had_focus or QApplication.focusWidget() is None:
            self._page.transcript.setFocus()  # where Ctrl+Z takes it back

    def _bring_back(self) -> None:
        """The last that went from this chat."""
        found = next((each for chat_id, each in reversed(self._deleted) if chat_id == self._chat_id), None)
        if found is not None:
            self._draft.save()
            self._conversations.restore_message(found)

    def _show_details(self, message_id: MessageId) -> None:
        from gigadesk.ui.pane.message_details import show_details  # the window need not wait for it

        message = self._conversations.message(message_id)
        chat = self._conversations.chat(message.chat_id)
        show_details(self._page.window(), message, self._draft.account_name(message.account), chat.session_id)

    def _deleted_words(self, later: int) -> str:
        if not later:
            return self.tr("Message deleted")
        return self.tr("Message deleted, and %n later message(s)", "", later)
