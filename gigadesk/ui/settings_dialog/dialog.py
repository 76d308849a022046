"""The window of the settings: a list of pages on the left, the page on the right."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from gigadesk.chat import ModelBalance
from gigadesk.errors import GigadeskError
from gigadesk.settings import Appearance, Generation, Keeping, Scope, Settings
from gigadesk.ui.notices import Notice, balance_problem_text
from gigadesk.ui.settings_dialog.account_page import AccountPage
from gigadesk.ui.settings_dialog.appearance_page import AppearancePage
from gigadesk.ui.settings_dialog.data_page import DataPage
from gigadesk.ui.settings_dialog.generation_page import GenerationPage
from gigadesk.ui.settings_dialog.secret_words import KeyPlace
from gigadesk.ui.widgets.enter_key import press_focused_button
from gigadesk.ui.widgets.screen_room import resize_within_screen

MARGIN = 12
WIDTH, HEIGHT = 760, 600
MIN_WIDTH, MIN_HEIGHT = 440, 320


class SettingsDialog(QDialog):
    """Applies what is chosen at once; there is nothing to confirm. Escape closes it, typed text is taken along.

    Answers that come late are for an account that may not be shown any more: they are then left out.

    Signals:
        settings_changed(object): the user wants these `Settings`.
        account_shown(str): the account with this id is shown; answer with `set_key_place`, and with its balance.
        key_submitted(str, str): keep this secret (mended) for the account with this id; answer with `set_key_place`
            and `show_check_result`.
        key_removed(str): forget the secret of this account; answer with `set_key_place`.
        check_requested(str): try the secret; `set_checking(True)`, then `show_check_result`.
        balance_requested(str): ask what is left; answer with `show_balance` or `show_balance_problem`.
        diagnosis_requested(str): find out what is wrong with this account.
    """

    settings_changed = Signal(object)
    account_shown = Signal(str)
    key_submitted = Signal(str, str)
    key_removed = Signal(str)
    check_requested = Signal(str)
    balance_requested = Signal(str)
    diagnosis_requested = Signal(str)

    def __init__(
        self,
        parent: QWidget | None,
        settings: Settings,
        models: Sequence[str],
        has_key: bool,  # noqa: FBT001 - see `set_key_place` for more
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        place = KeyPlace.KEYRING if has_key else KeyPlace.NONE
        self._list = _Navigation(self)
        self._stack = QStackedWidget(self)
        self._account = AccountPage(self._stack, settings, place)
        self._generation = GenerationPage(self._stack, settings.generation, models)
        self._appearance = AppearancePage(self._stack, settings.appearance)
        self.data = DataPage(self._stack, settings.keeping)
        for page in (self._account, self._generation, self._appearance, self.data):
            self._stack.addWidget(page)
            self._list.addItem("")
        self._lay_out()
        self._connect()
        self._retranslate()
        self._list.setCurrentRow(0)
        self.setMinimumSize(MIN_WIDTH, MIN_HEIGHT)
        resize_within_screen(self, WIDTH, HEIGHT)

    @property
    def settings(self) -> Settings:
        """What is in force as far as this window knows."""
        return self._settings

    def open(self) -> None:
        """Show the window; the rest of the program stays usable."""
        self.setWindowModality(Qt.WindowModality.NonModal)
        self.show()
        self.raise_()
        self.activateWindow()

    def set_settings(self, settings: Settings) -> None:
        """Show settings that were changed elsewhere. Nothing is emitted."""
        self._settings = settings
        self._account.show_values(settings)
        self._generation.show_values(settings.generation)
        self._appearance.show_values(settings.appearance)
        self.data.keeping.show_values(settings.keeping)

    def set_models(self, models: Sequence[str]) -> None:
        self._generation.set_models(models)

    @property
    def account_id(self) -> str:
        """Id of the account that is shown."""
        return self._account.account_id

    def show_account(self, account_id: str) -> None:
        """Turn to this account."""
        self._list.setCurrentRow(0)
        self._account.choose(account_id)

    def focus_sign_in(self) -> None:
        """Turn to the ways to sign in."""
        self._list.setCurrentRow(0)
        self._account.focus_sign_in()

    def hide_data(self) -> None:
        """There is no data to look after."""
        self._list.item(self._stack.indexOf(self.data)).setHidden(True)

    def set_key_place(self, account_id: str, place: KeyPlace, scope: Scope = Scope.PERS) -> None:
        """Where the secret of an account is kept, and the scope that it asks with."""
        if account_id == self.account_id:
            self._account.show_place(place, scope)

    def set_checking(self, account_id: str, is_checking: bool) -> None:  # noqa: FBT001 - the one thing this says
        if account_id == self.account_id:
            self._account.key_section.set_checking(is_checking)

    def show_check_result(self, account_id: str, notice: Notice | None) -> None:
        """What the check of the secret brought: a notice, or None when all is well."""
        if account_id == self.account_id:
            self._account.key_section.show_check_result(notice)

    def set_asking_balance(self, account_id: str) -> None:
        if account_id == self.account_id:
            self._account.balance.set_asking()

    def show_balance(self, account_id: str, balance: Sequence[ModelBalance]) -> None:
        """What is left of each package."""
        if account_id == self.account_id:
            self._account.balance.show_balance(balance)

    def show_balance_problem(self, account_id: str, error: GigadeskError) -> None:
        """Why nobody knows what is left."""
        if account_id == self.account_id:
            self._account.balance.show_problem(balance_problem_text(error))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def done(self, result: int) -> None:
        self._account.commit()
        self._generation.commit()
        super().done(result)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not press_focused_button(self, event):
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        side = QFrame(self)
        side.setProperty("kind", "side")
        beside = QVBoxLayout(side)
        beside.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        beside.addWidget(self._list)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(side)
        layout.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self._list.currentRowChanged.connect(self._stack.setCurrentIndex)
        self._account.changed.connect(self._on_accounts_changed)
        self._account.account_shown.connect(self.account_shown)
        self._account.diagnosis_requested.connect(self.diagnosis_requested)
        self._account.balance.refresh_requested.connect(lambda: self.balance_requested.emit(self.account_id))
        self._generation.changed.connect(self._on_generation_changed)
        self._appearance.changed.connect(self._on_appearance_changed)
        self.data.keeping.changed.connect(self._on_keeping_changed)
        keys = self._account.key_section
        keys.key_submitted.connect(lambda secret: self.key_submitted.emit(self.account_id, secret))
        keys.key_removed.connect(lambda: self.key_removed.emit(self.account_id))
        keys.check_requested.connect(lambda: self.check_requested.emit(self.account_id))

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Settings"))
        self._list.setAccessibleName(self.tr("Pages of the settings"))
        texts = self.tr("Accounts"), self.tr("Answers"), self.tr("Appearance"), self.tr("Data")
        for row, text in enumerate(texts):
            self._list.item(row).setText(text)
        self._list.updateGeometry()

    def _on_generation_changed(self, generation: Generation) -> None:
        self._publish(replace(self._settings, generation=generation))

    def _on_appearance_changed(self, appearance: Appearance) -> None:
        self._publish(replace(self._settings, appearance=appearance))

    def _on_keeping_changed(self, keeping: Keeping) -> None:
        self._publish(replace(self._settings, keeping=keeping))

    def _on_accounts_changed(self, settings: Settings) -> None:
        accounts, default = settings.accounts, settings.default_account
        self._publish(replace(self._settings, accounts=accounts, default_account=default))

    def _publish(self, settings: Settings) -> None:
        if settings != self._settings:
            self._settings = settings
            self.settings_changed.emit(settings)


class _Navigation(QListWidget):
    """The names of the pages; as wide as the longest."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("kind", "navigation")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(self.sizeHintForColumn(0) + 2 * MARGIN, super().sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self.updateGeometry()
