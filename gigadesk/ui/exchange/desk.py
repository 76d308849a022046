"""Where wishes to export and to import come together: from menus, shortcuts and the settings."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from gigadesk.chat import ChatId, FolderId
from gigadesk.conversations import Conversations
from gigadesk.ui.exchange.import_drop import ImportDrop
from gigadesk.ui.shortcuts import Shortcut
from gigadesk.ui.theme import Theme
from gigadesk.ui.transcript.wishes import EXPORT_KEYS
from gigadesk.ui.widgets.file_dialog import first_folder, name_fields

if TYPE_CHECKING:
    from gigadesk.ui.transcript import Transcript

IMPORT_KEYS = "Ctrl+Shift+I"


class ExchangeDesk(QObject):
    """Opens the dialogs of export and import over the window.

    Signals: `chat_requested(int)`: open this chat.
    """

    chat_requested = Signal(int)

    def __init__(
        self, conversations: Callable[[], Conversations], transcript: Callable[[], "Transcript"], parent: QWidget
    ) -> None:
        """`transcript` gives the fonts and colours of pages."""
        super().__init__(parent)
        self._conversations = conversations
        self._transcript = transcript
        self._parent = parent
        self._folder = ""
        self._dialog: QDialog | None = None
        self._drop: ImportDrop | None = None

    def accept_drops(self, target: QWidget) -> None:
        """A file that is dropped on this widget is offered for import."""
        self._drop = ImportDrop(target)
        self._drop.file_dropped.connect(self.import_file)

    def set_theme(self, theme: Theme) -> None:
        if self._drop is not None:
            self._drop.set_theme(theme)

    @property
    def dialog(self) -> QDialog | None:
        """The dialog of export or import, while it is open."""
        return self._dialog

    def choose_import(self) -> QFileDialog | None:
        """Ask for a file, and show what is in it. Returns the dialog that asks; None while another one is open."""
        if self._is_taken():
            return None
        dialog = QFileDialog(self._parent.window(), self.tr("Import chats"), self._folder or first_folder())
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(
            [self.tr("Exports of chats (*.json *.zip)"), self.tr("All files (*)")],
        )
        name_fields(dialog)
        dialog.fileSelected.connect(lambda path: self.import_file(Path(path)))
        self._keep(dialog)
        dialog.open()
        return dialog

    def import_file(self, path: Path) -> QDialog | None:
        """Show what is in a file and offer to import it. Returns the dialog, which is open."""
        from gigadesk.ui.exchange.import_dialog import ImportDialog

        if isinstance(self._dialog, QFileDialog):
            self._dialog = None
        if self._is_taken():
            return None
        self._folder = str(path.parent)
        conversations = self._conversations()
        dialog = ImportDialog(self._parent.window(), conversations.imports, conversations.library.folders, path)
        dialog.chat_requested.connect(self.chat_requested)
        dialog.undo_requested.connect(self._undo)
        self._keep(dialog)
        dialog.open()
        return dialog

    def shortcuts(self, export: Callable[[], object]) -> tuple[Shortcut, ...]:
        """`export` does that with the chats that are meant."""
        return (
            Shortcut((EXPORT_KEYS,), self.tr("Export the chat, or all chats"), export),
            Shortcut((IMPORT_KEYS,), self.tr("Import chats"), self.choose_import),
        )

    def export_shown(self, shown: ChatId | None) -> None:
        """Offer to export the chat that is shown."""
        if shown is not None:
            self.export_chats([shown])

    def export_all(self) -> QDialog | None:
        """Offer to export everything. Returns the dialog, which is open."""
        return self.export_chats([], is_all=True)

    def export_folder(self, folder_id: int) -> QDialog | None:
        """Offer to export the chats of a folder and of those in it."""
        return self.export_chats(self._conversations().exports.chat_ids(FolderId(folder_id)))

    def export_chats(self, chat_ids: Sequence[int], *, is_all: bool = False) -> QDialog | None:
        """Offer to export these chats, or all. Returns the dialog, which is open."""
        from gigadesk.ui.exchange.export_dialog import ExportDialog
        from gigadesk.ui.exchange.pdf_export import PdfExport

        if self._is_taken():
            return None
        conversations = self._conversations()
        pages = PdfExport(conversations, self._transcript(), self)
        dialog = ExportDialog(
            self._parent.window(), conversations.exports, tuple(map(ChatId, chat_ids)), pages, is_all=is_all
        )
        self._keep(dialog)
        dialog.open()
        return dialog

    def _undo(self, chat_ids: tuple[ChatId, ...]) -> None:
        self._conversations().library.delete_chats(chat_ids)

    def _is_taken(self) -> bool:
        if self._dialog is not None:
            self._dialog.raise_()
            self._dialog.activateWindow()
        return self._dialog is not None

    def _keep(self, dialog: QDialog) -> None:
        self._dialog = dialog
        dialog.finished.connect(lambda: self._forget(dialog))
        dialog.destroyed.connect(lambda: self._forget(dialog))

    def _forget(self, dialog: QDialog) -> None:
        if self._dialog is dialog:
            self._dialog = None
