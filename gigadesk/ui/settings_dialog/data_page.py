"""Where the chats are kept, and how they are kept safe."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from gigadesk.settings import Keeping
from gigadesk.ui.settings_dialog.button_row import ButtonRow
from gigadesk.ui.settings_dialog.keeping_section import KeepingSection
from gigadesk.ui.settings_dialog.page import Page
from gigadesk.ui.widgets.labels import PlainLabel


class DataPage(Page):
    """The folder with a way to move it, the snapshots, and the ways in and out.

    Signals:
        move_requested(): choose another folder and move everything there.
        snapshots_requested(): show the snapshots.
        import_requested(), export_requested(): take chats in; write all of them to a file.
    """

    move_requested = Signal()
    snapshots_requested = Signal()
    import_requested = Signal()
    export_requested = Signal()

    def __init__(self, parent: QWidget, keeping: Keeping) -> None:
        super().__init__(parent)
        self._folder, self._drive = "", ""
        self._is_exchange_only = False
        self._place_heading = self.add_heading()
        self._place = PlainLabel(self.column)
        self._place.make_selectable()
        self.add(self._place)
        self._warning = PlainLabel(self.column, kind="error")
        self.add(self._warning)
        self._move = QPushButton(self.column)
        self._move.clicked.connect(self.move_requested)
        self._place_row = ButtonRow(self.column, self._move)
        self.add(self._place_row)
        self._trash_heading = self.add_heading()
        self.keeping = KeepingSection(self.column, keeping)
        self.add(self.keeping)
        self._snapshots_heading = self.add_heading()
        self._words = PlainLabel(self.column, kind="muted")
        self.add(self._words)
        self._snapshots = QPushButton(self.column)
        self._snapshots.clicked.connect(self.snapshots_requested)
        self._snapshots_row = ButtonRow(self.column, self._snapshots)
        self.add(self._snapshots_row)
        self._exchange_heading = self.add_heading()
        self._exchange_words = PlainLabel(self.column, kind="muted")
        self.add(self._exchange_words)
        self._import = QPushButton(self.column)
        self._import.clicked.connect(self.import_requested)
        self._export = QPushButton(self.column)
        self._export.clicked.connect(self.export_requested)
        self._exchange_row = ButtonRow(self.column, self._import, self._export)
        self.add(self._exchange_row)
        for button in (self._move, self._snapshots, self._import, self._export):
            button.setAutoDefault(False)
        self._retranslate()

    def show_place(self, folder: str, drive: str) -> None:
        """Where the data is; `drive` is the kind of network drive or synced folder, if it is one."""
        self._folder, self._drive = folder, drive
        self._retranslate()

    def show_exchange_only(self) -> None:
        """The chats are those of the demo: there is nothing to keep, but they can be exported."""
        self._is_exchange_only = True
        self._retranslate()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._place_heading.setText(self.tr("Folder"))
        self._place.setText(self._folder)
        warning = self.tr("This folder is on a network drive or is synced ({drive}): the chats can be spoiled there.")
        self._warning.setText(warning.format(drive=self._drive))
        is_kept = not self._is_exchange_only
        self._warning.setVisible(bool(self._drive) and is_kept)
        self._move.setText(self.tr("Move…"))
        self._place_row.show_buttons(*([self._move] if is_kept else []))
        self._trash_heading.setText(self.tr("Trash"))
        self._snapshots_heading.setText(self.tr("Snapshots"))
        self._words.setText(
            self.tr("Copies of all chats, made each day. Look inside, bring back a single chat or everything.")
        )
        self._snapshots.setText(self.tr("Snapshots…"))
        self._snapshots_row.show_buttons(*([self._snapshots] if is_kept else []))
        for widget in (
            self._place_heading,
            self._place,
            self._trash_heading,
            self.keeping,
            self._snapshots_heading,
            self._words,
        ):
            widget.setVisible(is_kept)
        self._exchange_heading.setText(self.tr("Import and export"))
        words = self.tr(
            "Take over chats from ChatGPT, Open WebUI or GigaDesk, or write all chats with their files to one file."
        )
        if not is_kept:
            words = self.tr("These are the chats of the demo. What you export here can be imported outside of it.")
        self._exchange_words.setText(words)
        self._import.setText(self.tr("Import…"))
        self._export.setText(self.tr("Export everything…"))
        self._exchange_row.show_buttons(self._import, self._export)
