"""What can be done with a table: copy it in several forms, look at it in a window of its own."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from gigadesk.markdown.blocks import Block, CodeBlock
from gigadesk.ui.transcript import table_data, table_texts
from gigadesk.ui.transcript.copying import put
from gigadesk.ui.transcript.rows import RowKey

if TYPE_CHECKING:
    from gigadesk.ui.transcript.table_data import TableData
    from gigadesk.ui.transcript.view import Transcript
    from gigadesk.ui.transcript.zones import FoundZone


class TableActions(QObject):
    """Knows a table by the row of one of its pieces."""

    def __init__(self, view: "Transcript") -> None:
        super().__init__(view)
        self._view = view

    def activate(self, found: "FoundZone") -> None:
        """The button of a table opens a menu; that of one that is too large to be shown opens it as a table."""
        view = self._view
        item = view.rows.open(found.row.message)
        if isinstance(item.blocks[found.row.row - 1], CodeBlock):
            self.open(found.row)
            return
        menu = QMenu(view)
        self.add_to(menu, found.row)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(view.viewport().mapToGlobal(view.zones.rect(found).bottomLeft().toPoint()))

    def is_table(self, row: RowKey) -> bool:
        blocks = self._view.rows.open(row.message).blocks
        return 0 < row.row <= len(blocks) and bool(table_data.pieces_of(blocks, row.row - 1))

    def add_to(self, menu: QMenu, row: RowKey) -> None:
        """Offer in a menu what can be done with the table."""
        menu.addSeparator()
        for words, slot in (
            (QCoreApplication.translate("Transcript", "Copy table for a spreadsheet"), self.copy_cells),
            (QCoreApplication.translate("Transcript", "Copy table as CSV"), self.copy_csv),
            (QCoreApplication.translate("Transcript", "Copy table as Markdown"), self.copy_markdown),
            (QCoreApplication.translate("Transcript", "Open as table"), self.open),
        ):
            menu.addAction(words, partial(slot, row))

    def data(self, row: RowKey) -> "TableData | None":
        """The whole table."""
        blocks = self._blocks(row)
        return table_data.data_of([blocks[index] for index in self._pieces(row)])

    def copy_cells(self, row: RowKey) -> None:
        """Cells for a spreadsheet, and text with tabs for everything else."""
        data = self.data(row)
        if data is not None:
            from gigadesk.ui.transcript.clipboard import cells_data

            put(cells_data(list(data.rows())))

    def copy_csv(self, row: RowKey) -> None:
        data = self.data(row)
        if data is not None:
            QGuiApplication.clipboard().setText(table_texts.csv_text(data.rows()))

    def copy_markdown(self, row: RowKey) -> None:
        """Its source, as the model wrote it."""
        blocks, pieces = self._blocks(row), self._pieces(row)
        if pieces:
            text = self._view.rows.open(row.message).text_behind(pieces[0])
            source = text[blocks[pieces[0]].source.start : blocks[pieces[-1]].source.end]
            QGuiApplication.clipboard().setText(source.strip("\n"))

    def open(self, row: RowKey) -> None:
        """Show it in a window of its own, which may be left open."""
        data = self.data(row)
        if data is not None:
            from gigadesk.ui.table_window import show_table

            show_table(self._view, data)

    def _blocks(self, row: RowKey) -> Sequence[Block]:
        return self._view.rows.open(row.message).blocks

    def _pieces(self, row: RowKey) -> list[int]:
        item = self._view.rows.open(row.message)
        if not 0 < row.row <= len(item.blocks):
            return []
        pieces = table_data.pieces_of(item.blocks, row.row - 1)
        while pieces and item.has_unparsed_text and pieces[-1] == len(item.blocks) - 1:
            # A very long answer may be wanted before all of it has been looked at.
            item.parse_more()
            pieces = table_data.pieces_of(item.blocks, row.row - 1)
        return pieces
