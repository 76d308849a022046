"""What can be done with a table: copy it in several forms, look at it in a window of its own."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QPointF
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from gigadesk.markdown.blocks import Block, CodeBlock, Table
from gigadesk.ui.transcript.copy import table_texts
from gigadesk.ui.transcript.copy.copying import put
from gigadesk.ui.transcript.layout import table_data
from gigadesk.ui.transcript.messages.rows import RowKey

if TYPE_CHECKING:
    from gigadesk.ui.transcript.layout.table_data import TableData
    from gigadesk.ui.transcript.view import Transcript
    from gigadesk.ui.transcript.zones import FoundZone


Spot = tuple[RowKey, str]
"""A table: the row of one of its pieces, and the name it has in there (see `table_data.find`)."""


class TableActions(QObject):
    """Those at the top and those in lists and quotes."""

    def __init__(self, view: "Transcript") -> None:
        super().__init__(view)
        self._view = view

    def activate(self, found: "FoundZone") -> None:
        """The button of a table opens a menu; that of one that is too large to be shown opens it as a table."""
        view, spot = self._view, (found.row, found.zone.value)
        if isinstance(self._piece(spot), CodeBlock):
            self.open(spot)
            return
        menu = QMenu(view)
        self.add_to(menu, spot)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(view.viewport().mapToGlobal(view.zones.rect(found).bottomLeft().toPoint()))

    def at(self, row: RowKey, inside: QPointF) -> Spot | None:
        """The table at a point of a row."""
        if self._piece((row, "")) is not None:
            return row, ""
        for rect, name in self._view.rows.box(row).tables:
            if rect.contains(inside):
                return row, name
        return None

    def add_to(self, menu: QMenu, spot: Spot) -> None:
        """Offer in a menu what can be done with the table."""
        menu.addSeparator()
        for words, slot in (
            (QCoreApplication.translate("Transcript", "Copy table for a spreadsheet"), self.copy_cells),
            (QCoreApplication.translate("Transcript", "Copy table as CSV"), self.copy_csv),
            (QCoreApplication.translate("Transcript", "Copy table as Markdown"), self.copy_markdown),
            (QCoreApplication.translate("Transcript", "Open as table"), self.open),
        ):
            menu.addAction(words, partial(slot, spot))

    def data(self, spot: Spot) -> "TableData | None":
        """The whole table."""
        return table_data.data_of([piece for _, piece in self._pieces(spot)])

    def copy_cells(self, spot: Spot) -> None:
        """Cells for a spreadsheet, and text with tabs for everything else."""
        data = self.data(spot)
        if data is not None:
            from gigadesk.ui.transcript.copy.clipboard import cells_data

            put(cells_data(list(data.rows())))

    def copy_csv(self, spot: Spot) -> None:
        data = self.data(spot)
        if data is not None:
            QGuiApplication.clipboard().setText(table_texts.csv_text(data.rows()))

    def copy_markdown(self, spot: Spot) -> None:
        """Its source, as the model wrote it; without the marks of the list or the quote that it stands in."""
        blocks, pieces = self._blocks(spot[0]), self._pieces(spot)
        if not pieces:
            return
        (first, piece), (_, end) = pieces[0], pieces[-1]
        if blocks[first] is piece:
            text = self._view.rows.open(spot[0].message).text_behind(first)
            QGuiApplication.clipboard().setText(text[piece.source.start : end.source.end].strip("\n"))
            return
        from gigadesk.ui.transcript.copy.markdown_writer import markdown_text

        tables = [each for _, each in pieces if isinstance(each, Table)]
        texts = [markdown_text(tables)] if tables else []
        texts += [each.text for _, each in pieces if isinstance(each, CodeBlock)]
        QGuiApplication.clipboard().setText("\n".join(texts))

    def open(self, spot: Spot) -> None:
        """Show it in a window of its own, which may be left open."""
        data = self.data(spot)
        if data is not None:
            from gigadesk.ui.table_window import show_table

            show_table(self._view, data)

    def _blocks(self, row: RowKey) -> Sequence[Block]:
        return self._view.rows.open(row.message).blocks

    def _piece(self, spot: Spot) -> Block | None:
        (message, row), name = spot
        blocks = self._view.rows.open(message).blocks
        return table_data.find(blocks[row - 1], name) if 0 < row <= len(blocks) else None

    def _pieces(self, spot: Spot) -> list[tuple[int, Block]]:
        row, piece = spot[0], self._piece(spot)
        if piece is None:
            return []
        item = self._view.rows.open(row.message)
        pieces = table_data.pieces_of(item.blocks, row.row - 1, piece)
        while item.has_unparsed_text and pieces[-1][0] == len(item.blocks) - 1:
            # A very long answer may be wanted before all of it has been looked at.
            item.parse_more()
            piece = self._piece(spot) or piece
            pieces = table_data.pieces_of(item.blocks, row.row - 1, piece)
        return pieces
