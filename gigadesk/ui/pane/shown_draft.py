"""What is being written in the chat that is on the page: text, files, tools, model, account, and the room for it."""

import itertools
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from gigadesk.chat import Chat, ChatFile, ChatId, Effort, FileId, FileState, Tool
from gigadesk.conversations import Conversations
from gigadesk.errors import GigadeskError
from gigadesk.facts import ContextMeasured, FileProgress, ModelsChanged
from gigadesk.settings import Settings
from gigadesk.ui.notices import Action, notice_for
from gigadesk.ui.pane.chat_page import ChatPage
from gigadesk.ui.pane.model_picker import AccountChoice

if TYPE_CHECKING:
    from gigadesk.ui.file_saving import FileSaver

ESTIMATE_DELAY_MS = 50
"""Many facts come at once when a chat is opened or a message is sent; one estimate serves them all."""
MEASURE_DELAY_MS = 2000
"""Nobody types for so long: the service may be asked to count."""


class ShownDraft(QObject):
    """Fills the composer with the draft of one chat, and passes on what the user does there.

    Signals:
        sent(): the message is on the disk.
        kept(int): what is being written in this chat was stored, or was sent.
        account_shown(str): the id of the account that the shown chat asks; empty when there is none.
        action_requested(str): an `Action` that is not about the draft itself: settings, models, a new chat.
    """

    sent = Signal()
    kept = Signal(int)
    account_shown = Signal(str)
    action_requested = Signal(str)

    def __init__(self, conversations: Conversations, page: ChatPage, parent: QObject) -> None:
        super().__init__(parent)
        self._conversations = conversations
        self._page = page
        self._chat: Chat | None = None
        self._files: Sequence[ChatFile] = ()
        self._settings = Settings()
        self._account_id = ""
        self._saver: FileSaver | None = None
        self._estimating = self._timer(ESTIMATE_DELAY_MS, self._estimate_context)
        self._reading = self._timer(0, self._estimate_context)
        self._measuring = self._timer(MEASURE_DELAY_MS, self._measure_context)
        self._connect()

    @property
    def account_id(self) -> str:
        """The account that the shown chat asks: its own, or that of the settings."""
        return self._account_id

    def account_name(self, account_id: str) -> str:
        """What the user calls an account; empty when that account is not there any more, or was not noted."""
        return next((account.name for account in self._settings.accounts if account.id == account_id), "")

    def use_conversations(self, conversations: Conversations) -> None:
        self._conversations = conversations

    def open(self, chat_id: ChatId) -> None:
        """Show the draft of this chat. Call `save` before, as long as the former one is shown."""
        self._chat = None
        self._show_text(chat_id)
        self.update_chat(self._conversations.chat(chat_id))
        self.show_files(chat_id)

    def leave(self) -> None:
        """Show an empty composer."""
        self._chat = None
        self._files = ()
        self._estimating.stop()
        self._reading.stop()
        self._measuring.stop()
        composer = self._page.composer
        composer.set_text("")
        composer.set_editing(is_editing=False)
        composer.set_files((), {})
        composer.set_busy(busy=False)
        composer.model_picker.set_chosen("")
        composer.model_picker.set_chosen_account("")
        composer.tools.set_tools(())
        composer.tools.set_effort(None)
        composer.context_meter.set_use(None)
        self._page.show_problem(None)

    def save(self) -> None:
        """Store the text that stands in the composer now, if it has changed."""
        self._page.composer.flush_draft()

    def apply_settings(self, settings: Settings) -> None:
        """Accounts and default model may be others."""
        self._settings = settings
        picker = self._page.composer.model_picker
        picker.set_default(settings.generation.model)
        choices = tuple(AccountChoice(account.id, account.name) for account in settings.accounts)
        picker.set_accounts(choices, settings.account.id)
        if self._chat is not None:
            self._show_account(self._chat)
            self._show_model()

    # Facts

    def update_chat(self, chat: Chat) -> None:
        """Model, account, tools or state of the shown chat changed."""
        is_other = self._chat is None
        self._chat = chat
        composer = self._page.composer
        composer.set_busy(busy=chat.is_streaming)
        composer.model_picker.set_chosen(chat.model)
        composer.model_picker.set_chosen_account(chat.account)
        composer.tools.set_tools(chat.tools)
        composer.tools.set_effort(chat.effort)
        self._show_account(chat, anew=is_other)
        self._show_model()
        self.renew_context()

    def show_edit(self, chat_id: ChatId) -> None:
        """An edit was begun, sent or given up: other text and files are being written now."""
        if self._chat is not None and chat_id == self._chat.id:
            self._show_text(chat_id)
            self.show_files(chat_id)

    def take_over(self, chat_id: int) -> None:
        """The same chat is in another window too, and was written in there."""
        if self._chat is None or chat_id != self._chat.id:
            return
        if self._conversations.draft(self._chat.id) != self._page.composer.text():
            self._show_text(self._chat.id)
            self.renew_context()

    def show_files(self, chat_id: ChatId) -> None:
        """The files of a draft changed."""
        if self._chat is None or chat_id != self._chat.id:
            return
        self._files = self._conversations.draft_files(chat_id)
        paths = {file.id: self._conversations.files.path(file) for file in self._files}
        self._page.composer.set_files(self._files, paths)
        self._show_problem()
        self.renew_context()

    def show_progress(self, event: FileProgress) -> None:
        """A file has gone up a bit further."""
        if self._chat is not None and event.chat_id == self._chat.id:
            self._page.composer.chips.set_progress(event.file_id, event.done_bytes, event.total_bytes)

    def show_models(self, event: ModelsChanged) -> None:
        """An account may use other models."""
        if event.account in {"", self._account_id}:
            self._page.composer.model_picker.set_models(event.models)
            self._page.transcript.commands.set_models(event.models)
            self._show_model()

    def show_context(self, event: ContextMeasured) -> None:
        """The service has counted."""
        if self._chat is not None and event.chat_id == self._chat.id:
            self._page.composer.context_meter.set_use(event.use)

    def renew_context(self) -> None:
        """What would be sent has changed: estimate soon, and let it be counted when nothing has changed for a while."""
        if self._chat is not None:
            self._estimating.start()
            self._measuring.start()

    def retranslate(self) -> None:
        """Say the problem in the new language."""
        self._show_problem()

    # Wishes

    def switch_tool(self, tool: Tool) -> None:
        """As a click on its switch does."""
        self._page.composer.tools.toggle(tool)

    def _connect(self) -> None:
        composer = self._page.composer
        composer.message_submitted.connect(self._on_submitted)
        composer.draft_changed.connect(self._on_draft_changed)
        composer.files_offered.connect(self._on_files_offered)
        composer.picture_offered.connect(self._on_picture_offered)
        composer.text_offered.connect(self._on_text_offered)
        composer.file_removed.connect(self._on_file_removed)
        composer.file_retried.connect(self._on_file_retried)
        composer.file_opened.connect(self._on_file_opened)
        composer.model_picker.model_chosen.connect(self._on_model_chosen)
        composer.model_picker.account_chosen.connect(self._on_account_chosen)
        composer.tools.tools_chosen.connect(self._on_tools_chosen)
        composer.tools.effort_chosen.connect(self._on_effort_chosen)
        self._page.problem_action_requested.connect(self._on_problem_action)

    def _on_submitted(self, text: str) -> None:
        # The text leaves the field only when it is on the disk; if not, `SavingFailed` brings the words, or those
        # about the files stand above the composer. The files go with `DraftFilesChanged`; an edit goes with
        # `EditChanged`, which puts the draft in its place.
        if self._chat is None:
            return
        is_edit = self._conversations.edited(self._chat.id) is not None
        if self._conversations.send(self._chat.id, text):
            if not is_edit:
                self._page.composer.clear()
            self.sent.emit()
            self.kept.emit(self._chat.id)

    def _on_draft_changed(self, text: str) -> None:
        if self._chat is not None:
            self._conversations.save_draft(self._chat.id, text)
            self.kept.emit(self._chat.id)
            self.renew_context()

    def _on_files_offered(self, paths: Sequence[Path]) -> None:
        if self._chat is not None:
            for path in paths:
                self._conversations.files.attach(self._chat.id, path, path.name or str(path))

    def _on_picture_offered(self, content: bytes) -> None:
        if self._chat is not None:
            self._conversations.files.attach(self._chat.id, content, self._free_name(self.tr("Picture"), ".png"))

    def _on_text_offered(self, text: str) -> None:
        if self._chat is not None:
            name = self._free_name(self.tr("Pasted text"), ".txt")
            self._conversations.files.attach(self._chat.id, text.encode("utf-8"), name)

    def _on_file_removed(self, file_id: int) -> None:
        self._conversations.files.detach(FileId(file_id))

    def _on_file_retried(self, file_id: int) -> None:
        self._conversations.files.retry(FileId(file_id))

    def _on_file_opened(self, file_id: int) -> None:
        """Show a picture large; nothing else is handed to another program."""
        page = self._page
        for file in self._files:
            path = self._conversations.files.path(file) if file.id == file_id else ""
            if path and page.pictures.size(path).isValid():
                from gigadesk.ui.file_saving import FileSaver
                from gigadesk.ui.picture_viewer import show_picture

                self._saver = self._saver or FileSaver(page)
                show_picture(page.composer, page.pictures, path, file.name, self._saver)

    def _on_model_chosen(self, model: str) -> None:
        if self._chat is not None:
            self._conversations.choices.set_model(self._chat.id, model)

    def _on_account_chosen(self, account_id: str) -> None:
        if self._chat is not None:
            self._conversations.choices.set_account(self._chat.id, account_id)

    def _on_tools_chosen(self, tools: tuple[Tool, ...]) -> None:
        if self._chat is not None:
            self._conversations.choices.set_tools(self._chat.id, tools)

    def _on_effort_chosen(self, effort: Effort | None) -> None:
        if self._chat is not None:
            self._conversations.choices.set_effort(self._chat.id, effort)

    def _on_problem_action(self, name: str) -> None:
        if Action(name) is Action.RETRY:
            for file in self._files:
                if file.state is FileState.FAILED:
                    self._conversations.files.retry(file.id)
        else:
            self.action_requested.emit(name)

    # Inside

    def _show_text(self, chat_id: ChatId) -> None:
        composer = self._page.composer
        composer.set_text(self._conversations.draft(chat_id))
        composer.set_editing(is_editing=self._conversations.edited(chat_id) is not None)

    def _free_name(self, stem: str, ending: str) -> str:
        """A name for something without one that no other file of the draft has."""
        taken = {file.name for file in self._files}
        names = (f"{stem} {number}{ending}" if number > 1 else f"{stem}{ending}" for number in itertools.count(1))
        return next(name for name in names if name not in taken)

    def _show_account(self, chat: Chat, *, anew: bool = False) -> None:
        account_id = self._settings.account_of(chat.account).id
        if account_id != self._account_id or anew:
            self._account_id = account_id
            models = self._conversations.models(account_id)
            self._page.composer.model_picker.set_models(models)
            self._page.transcript.commands.set_models(models)
            self.account_shown.emit(account_id)

    def _show_model(self) -> None:
        """What depends on which model will be asked."""
        self._page.composer.tools.set_model(self._page.composer.model_picker.model)
        self._show_problem()

    def _show_problem(self) -> None:
        problem = self._problem()
        self._page.show_problem(notice_for(problem) if problem is not None else None)

    def _problem(self) -> GigadeskError | None:
        """Why the draft cannot be sent as it is."""
        if self._chat is None or not self._files:
            return None
        failed = next((file.error for file in self._files if file.state is FileState.FAILED and file.error), None)
        return failed or self._conversations.files.draft_problem(self._chat.id)

    def _estimate_context(self) -> None:
        if self._chat is None:
            return
        if self._conversations.context.prepare(self._chat.id):
            use = self._conversations.context.use(self._chat.id, self._page.composer.text())
            self._page.composer.context_meter.set_use(use)
        else:
            self._reading.start()

    def _measure_context(self) -> None:
        if self._chat is not None and not self._chat.is_streaming:
            self._conversations.context.measure(self._chat.id, self._page.composer.text())

    def _timer(self, delay_ms: int, run: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(delay_ms)
        timer.timeout.connect(run)
        return timer
