"""The window of the settings: a list of pages on the left, the page on the right."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QSize, Qt, Signal
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

from gigadesk.settings import Account, Appearance, Generation, Settings
from gigadesk.ui.notices import Notice
from gigadesk.ui.settings_dialog.account_page import AccountPage
from gigadesk.ui.settings_dialog.appearance_page import AppearancePage
from gigadesk.ui.settings_dialog.generation_page import GenerationPage
from gigadesk.ui.settings_dialog.key_section import KeyPlace

MARGIN = 12
WIDTH, HEIGHT = 760, 600
MIN_WIDTH, MIN_HEIGHT = 440, 320


class SettingsDialog(QDialog):
    """Applies what is chosen at once; there is nothing to confirm. Escape closes it, typed text is taken along.

    Signals:
        settings_changed(object): the user wants these `Settings`.
        key_submitted(str): keep this key (mended); answer with `set_key_place` and `show_check_result`.
        key_removed(): forget the key; answer with `set_key_place`.
        check_requested(): try the key; `set_checking(True)`, then `show_check_result`.
    """

    settings_changed = Signal(object)
    key_submitted = Signal(str)
    key_removed = Signal()
    check_requested = Signal()

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
        self._account = AccountPage(self._stack, settings.account, place)
        self._generation = GenerationPage(self._stack, settings.generation, models)
        self._appearance = AppearancePage(self._stack, settings.appearance)
        for page in (self._account, self._generation, self._appearance):
            self._stack.addWidget(page)
            self._list.addItem("")
        self._lay_out()
        self._connect()
        self._retranslate()
        self._list.setCurrentRow(0)
        self.setMinimumSize(MIN_WIDTH, MIN_HEIGHT)
        self.resize(WIDTH, HEIGHT)

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
        self._account.show_values(settings.account)
        self._generation.show_values(settings.generation)
        self._appearance.show_values(settings.appearance)

    def set_models(self, models: Sequence[str]) -> None:
        self._generation.set_models(models)

    def set_key_place(self, place: KeyPlace) -> None:
        self._account.key_section.show_place(place)

    def set_checking(self, is_checking: bool) -> None:  # noqa: FBT001 - the one thing this says
        self._account.key_section.set_checking(is_checking)

    def show_check_result(self, notice: Notice | None, ok_text: str = "") -> None:
        """What the check of the key brought: a notice, or `ok_text` when all is well."""
        self._account.key_section.show_check_result(notice, ok_text or self.tr("GigaChat accepts the key."))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def done(self, result: int) -> None:
        self._account.commit()
        self._generation.commit()
        super().done(result)

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
        self._account.changed.connect(self._on_account_changed)
        self._generation.changed.connect(self._on_generation_changed)
        self._appearance.changed.connect(self._on_appearance_changed)
        keys = self._account.key_section
        keys.key_submitted.connect(self.key_submitted)
        keys.key_removed.connect(self.key_removed)
        keys.check_requested.connect(self.check_requested)

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Settings"))
        self._list.setAccessibleName(self.tr("Pages of the settings"))
        for row, text in enumerate((self.tr("Account"), self.tr("Answers"), self.tr("Appearance"))):
            self._list.item(row).setText(text)
        self._list.updateGeometry()

    def _on_account_changed(self, account: Account) -> None:
        self._publish(self._settings.with_account(account))

    def _on_generation_changed(self, generation: Generation) -> None:
        self._publish(replace(self._settings, generation=generation))

    def _on_appearance_changed(self, appearance: Appearance) -> None:
        self._publish(replace(self._settings, appearance=appearance))

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
