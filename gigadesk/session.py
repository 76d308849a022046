"""What one run works with: store, account, conversations and the window over them. Part of the composition root.

Imported after the first paint of the window; what few starts need (dialogs, the emulator) is imported when it is used.
"""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from gigadesk.account import AccountService
from gigadesk.account_desk import AccountDesk
from gigadesk.account_options import asks_alike
from gigadesk.accounts import Accounts
from gigadesk.attachments import Shelf
from gigadesk.conversations import Conversations, TemporaryChats
from gigadesk.credentials import Credentials
from gigadesk.data_desk import DataDesk
from gigadesk.data_folder import Place, TemporaryPlace
from gigadesk.errors import StorageError
from gigadesk.facts import Event, ModelsChanged, QueueChanged
from gigadesk.kept import StartWish
from gigadesk.key_desk import KeyDesk
from gigadesk.limits import REPORT_MAX_BYTES
from gigadesk.picture_desk import PictureDesk
from gigadesk.settings import Account, Settings, SettingsFile, SignIn
from gigadesk.store import Store
from gigadesk.tasks import TaskScope
from gigadesk.text import clean
from gigadesk.ui.follow_link import follow_link
from gigadesk.ui.main_window import MainWindow
from gigadesk.ui.notices import (
    keyring_wait_notice,
    last_crash_notice,
    notice_for,
    unexpected_notice,
)
from gigadesk.ui.scopes import account_text
from gigadesk.ui.theme import Theme
from gigadesk.ui.widgets.dialogs import show_and_wait

if TYPE_CHECKING:
    from gigadesk.emulator import Emulator
    from gigadesk.ui.settings_dialog import SettingsDialog

FILES_NAME = "files"
TASKS_LIMIT_S = 0.5


class Session:
    """Everything between the data folder and the window, from `open` to `close`."""

    def __init__(
        self,
        *,
        folder: Path,
        demo_speed: float | None,
        settings: Settings,
        settings_file: SettingsFile,
        window: MainWindow,
        show_appearance: Callable[[Settings], Theme],
        enter_demo: Callable[[], None],
        on_crash: Callable[[str, BaseException], None],
        previous_crash: Path | None,
        place: Place | None = None,
        wish: StartWish = StartWish(),  # noqa: B008  (a value)
        begin_anew: Callable[[StartWish], None],
        hold_folder: Callable[[], bool] = lambda: True,
    ) -> None:
        self._folder = folder
        self._demo_speed = demo_speed
        self._idle = asyncio.Event()
        self._idle.set()
        self._settings = settings
        self._settings_file = settings_file
        self.window = window
        self._show_appearance = show_appearance
        self._report = previous_crash
        self._has_told_of_fault = False
        self._asks_about_unsaved = False
        self._enter_demo = enter_demo
        self.tasks = TaskScope(on_crash)
        self.credentials = Credentials(on_prompt=self._show_keyring_wait)
        self.accounts = Accounts(settings, self.credentials)
        self._store: Store | None = None
        self._emulator: Emulator | None = None
        self._models: tuple[str, ...] = ()
        self._dialog: SettingsDialog | None = None
        self.conversations: Conversations
        self.temporary: TemporaryChats
        self.keys = KeyDesk(self)
        self.account_desk = AccountDesk(self)
        self._pictures = PictureDesk(self, folder)
        self._temporary_place = TemporaryPlace(folder)
        self._temporary_pictures = PictureDesk(self, self._temporary_place.folder, is_temporary=True)
        self._data = DataDesk(self, folder, place, wish, begin_anew, hold_folder)

    async def open(self) -> bool:
        """Open the store and show the chats or the first page. False when the user gave up on a store that fails."""
        store = await self._data.open_store()
        if store is None:
            return False
        self._store = store
        self._pictures.forget_all()
        self.shelf = shelf = Shelf(self._folder / FILES_NAME)
        self.conversations = Conversations(
            store,
            self.accounts,
            self.tasks,
            self.publish,
            generation=self._settings.generation,
            shelf=shelf,
        )
        self.conversations.trash.use_days(self._settings.keeping.trash_days)
        self.temporary = TemporaryChats(
            self.accounts, store, shelf, self._temporary_place.folder, self.tasks, self.publish, self.conversations
        )
        self.temporary.has_files_on_disk = self._temporary_place.is_on_disk
        self.temporary.use_generation(self._settings.generation)
        self.window.use_conversations(self.conversations, self.temporary)
        self._connect()
        self._show_accounts()
        if self._settings_file.problem is not None:
            self.window.add_patient_notice(notice_for(self._settings_file.problem))
        if self._report is not None:
            self.window.add_patient_notice(last_crash_notice())
        self._data.begin()
        if self._demo_speed is not None:
            await self._start_demo(self._demo_speed)
        else:
            self.tasks.start("key", "load key", partial(self.keys.load, has_chats=self.conversations.listing.has_any()))
        return True

    def holds_back(self, end: Callable[[], None]) -> bool:
        """Whether something would be lost by ending now: then the user is asked, and `end` called after a yes."""
        if self._store is None:
            return False
        self.window.save_draft()
        if self._data.holds_back(end):
            return True
        count = self.conversations.save_all()
        if count and not self._asks_about_unsaved:
            from gigadesk.ui.data.unsaved import ask_about_unsaved

            self._asks_about_unsaved = True
            then = partial(self._on_unsaved_answer, end)
            ask_about_unsaved(self.window.front(), count, self.conversations.refusal, then)
        return bool(count)

    def _on_unsaved_answer(self, end: Callable[[], None], answer: str) -> None:
        self._asks_about_unsaved = False
        if answer == "discard" or (answer == "retry" and not self.holds_back(end)):
            end()

    async def close(self) -> None:
        """End all work, keep every answer as far as it has come, and let go of the network."""
        self.account_desk.close()
        self._data.close()
        if self._dialog is not None:
            self._dialog.close()
        if self._store is not None:
            self.window.end_temporary()
            await self.temporary.close()
            await self.conversations.close()
        await self.tasks.close(TASKS_LIMIT_S)
        await self.accounts.close()
        if self._emulator is not None:
            await self._emulator.stop()

    def close_store(self) -> None:
        """Fold the store into its file, and leave nothing beside it. The last thing that is done."""
        self._temporary_place.leave()
        self._pictures.forget_all()
        if self._store is not None:
            self._store.close()
            self._store = None
            self._data.discard_copy()

    @property
    def service(self) -> AccountService:
        """That of the default account."""
        return self.accounts.service("")

    @property
    def has_failed(self) -> bool:
        """Whether the store refused, and the user gave up on it."""
        return self._data.has_failed

    @property
    def is_demo(self) -> bool:
        return self._demo_speed is not None

    def end_keyring_wait(self) -> None:
        """The keyring has answered: take away the words that it may be asking for its password."""
        self.window.dismiss_notice(keyring_wait_notice())

    def _show_keyring_wait(self) -> None:
        self.window.show_notice(keyring_wait_notice())

    # Settings

    @property
    def settings(self) -> Settings:
        return self._settings

    def change_settings(self, settings: Settings, *, fetches_secrets: bool = True) -> None:
        """Put settings in force at once, and keep them."""
        former, self._settings = self._settings, settings
        self.keep_settings()
        if settings.appearance != former.appearance:
            self.refresh_appearance()
        else:
            self.window.apply_settings(settings, self._theme())
        self.conversations.use_generation(settings.generation)
        self.temporary.use_generation(settings.generation)
        self.conversations.trash.use_days(settings.keeping.trash_days)
        if (settings.accounts, settings.account.id) != (former.accounts, former.account.id):
            self._change_accounts(former, fetches_secrets=fetches_secrets)
        self._show_accounts()
        if self._dialog is not None and self._dialog.settings != settings:
            self._dialog.set_settings(settings)

    def keep_zoom(self, percent: int) -> None:
        """Keep the size in which the window shows conversations already."""
        appearance = replace(self._settings.appearance, zoom_percent=percent)
        self._settings = replace(self._settings, appearance=appearance)
        self.keep_settings()
        if self._dialog is not None:
            self._dialog.set_settings(self._settings)

    def keep_settings(self) -> None:
        """Write the settings to their file."""
        try:
            self._settings_file.save(self._settings)
        except StorageError as error:
            self.window.show_notice(notice_for(error))

    def _change_accounts(self, former: Settings, *, fetches_secrets: bool) -> None:
        settings = self._settings
        unread = self.accounts.configure(settings)
        known = {account.id: account for account in former.accounts}
        asks_otherwise = [each.id for each in settings.accounts if not asks_alike(each, known.pop(each.id, None))]
        is_other_default = settings.account.id != former.account.id
        for account_id in known:
            self.account_desk.forget(account_id)
            if self._demo_speed is None:
                self.keys.forget(account_id)
        for account_id in asks_otherwise:
            self.account_desk.forget(account_id)
        if asks_otherwise or known or is_other_default or _lanes_changed(former, settings):
            # What was known of the models and the state of another host counts no more.
            self.conversations.accounts_changed()
            self.temporary.accounts_changed()
            for account_id in self.accounts.ids:
                if account_id not in unread and self.accounts.service(account_id).can_sign_in:
                    self.conversations.refresh_models(account_id)
        for account_id in unread if fetches_secrets else ():
            self.keys.fetch(account_id)

    def refresh_appearance(self) -> None:
        """Take up colours, font and language again; the system's may have changed."""
        self.window.apply_settings(self._settings, self._theme())
        self._show_accounts()

    def _theme(self) -> Theme:
        return self._show_appearance(self._settings)

    def open_settings(self) -> None:
        """Show the window of the settings."""
        if self._dialog is None:
            from gigadesk.ui.settings_dialog import SettingsDialog

            dialog = SettingsDialog(self.window, self._settings, self._models, has_key=self.service.can_sign_in)
            dialog.settings_changed.connect(self.change_settings)
            if self._demo_speed is None:
                dialog.key_submitted.connect(self.keys.replace)
            else:
                # The demo takes no key: outside of it there is a page that does.
                dialog.key_submitted.connect(lambda _account, _secret: self.window.leave_demo_requested.emit())
            dialog.key_removed.connect(self.keys.remove)
            dialog.check_requested.connect(self.keys.check)
            dialog.account_shown.connect(self.account_desk.show_account)
            dialog.balance_requested.connect(self.account_desk.refresh)
            dialog.diagnosis_requested.connect(self.account_desk.diagnose)
            dialog.finished.connect(self._on_dialog_finished)
            self._data.connect_dialog(dialog)
            self._dialog = dialog
            self.account_desk.show_account(dialog.account_id)
        self._dialog.open()

    def open_account_settings(self, account_id: str) -> None:
        """Show an account in the window of the settings."""
        self.open_settings()
        if self._dialog is not None:
            self._dialog.show_account(account_id)

    def open_sign_in_settings(self) -> None:
        """Show the ways to sign in in the window of the settings."""
        self.open_settings()
        if self._dialog is not None:
            self._dialog.focus_sign_in()

    @property
    def dialog(self) -> "SettingsDialog | None":
        """The window of the settings, while it is open."""
        return self._dialog

    def _on_dialog_finished(self) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
            self._dialog = None

    # Faults

    def tell_of_fault(self, report: Path) -> None:
        """Say, once, that something happened which nobody expected; `report` is the file that tells more."""
        self._report = report
        if not self._has_told_of_fault:
            self._has_told_of_fault = True
            self.window.add_patient_notice(unexpected_notice())

    def _show_report(self) -> None:
        self.tasks.start("report", "show report", self._open_report)

    async def _open_report(self) -> None:
        if self._report is None:
            return
        try:
            with self._report.open("rb") as file:
                content = file.read(REPORT_MAX_BYTES)
        except OSError as exc:
            content = str(exc.strerror).encode()
        text = clean(content.decode("utf-8", "replace"))
        from gigadesk.ui.report_dialog import ReportDialog

        await show_and_wait(ReportDialog(self.window, text, str(self._report)))

    # Wiring

    def _connect(self) -> None:
        self.window.settings_requested.connect(self.open_settings)
        self.window.account_settings_requested.connect(self.open_account_settings)
        self.window.diagnosis_requested.connect(self.account_desk.diagnose)
        self.window.other_sign_in_requested.connect(self.open_sign_in_settings)
        self.window.key_submitted.connect(self.keys.submit)
        self.window.demo_requested.connect(self._enter_demo)
        self.window.link_followed.connect(self._follow_link)
        self.window.picture_requested.connect(self._load_picture)
        self.window.report_requested.connect(self._show_report)
        self.window.zoom_chosen.connect(self.keep_zoom)

    def _load_picture(self, address: str, is_temporary: bool) -> None:  # noqa: FBT001 - a signal
        (self._temporary_pictures if is_temporary else self._pictures).request(address)

    async def until_idle(self) -> None:
        """Wait until no request runs or waits: answers, and the titles that are asked for after them."""
        await self._idle.wait()

    def publish(self, event: Event) -> None:
        """Tell a fact to whoever shows it."""
        if isinstance(event, QueueChanged):
            (self._idle.clear if event.running or event.waiting else self._idle.set)()
        self.account_desk.note(event)
        self._data.note(event)
        if isinstance(event, ModelsChanged) and event.account in {"", self.accounts.default_id}:
            self._models = event.models
            if self._dialog is not None:
                self._dialog.set_models(event.models)
        self.window.apply(event)

    def _follow_link(self, address: str, text: str) -> None:
        self.tasks.start("link", "follow link", lambda: follow_link(self.window.front(), address, text))

    def _show_accounts(self) -> None:
        accounts = self._settings.accounts
        if len(accounts) == 1 and accounts[0].sign_in is SignIn.KEY and accounts[0].name == Account().name:
            self.window.set_account_texts({"": account_text(self.accounts.scope(""))})
        else:
            names = {account.id: account.name for account in accounts}
            self.window.set_account_texts({**names, "": self._settings.account.name})

    async def _start_demo(self, speed: float) -> None:
        from gigadesk.emulator import Emulator, EmulatorOptions

        self._emulator = Emulator(EmulatorOptions(characters_per_s=speed))
        endpoint = await self._emulator.start()
        self.accounts.use_overlay(
            lambda account: replace(
                account, base_url=endpoint.base_url, auth_url=endpoint.auth_url, proxy="none", sign_in=SignIn.KEY
            ),
            endpoint.credentials,
        )
        self.window.show_chats()
        self.conversations.refresh_models()


def _lanes_changed(former: Settings, settings: Settings) -> bool:
    return [(each.id, each.lanes) for each in former.accounts] != [(each.id, each.lanes) for each in settings.accounts]
