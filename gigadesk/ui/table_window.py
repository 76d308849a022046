"""A table of an answer in a window of its own: cells can be sorted, selected and copied, however many there are."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    QTimer,
)
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QTableView, QVBoxLayout, QWidget

from gigadesk.markdown.blocks import Align
from gigadesk.ui.transcript.copy import table_texts
from gigadesk.ui.transcript.copy.clipboard import cells_data
from gigadesk.ui.transcript.copy.copying import put
from gigadesk.ui.widgets.tooltips import plain_tooltip

if TYPE_CHECKING:
    from gigadesk.ui.transcript.layout.table_data import TableData

Index = QModelIndex | QPersistentModelIndex

MEASURED_ROWS = 200
"""So many rows decide how wide the columns are, and which of them hold numbers."""
WIDEST_COLUMN_EMS = 30
SORTED_AT_ONCE = 2_000
SHOWN_CHARS = 2_000
_ALIGNS = {
    Align.RIGHT: Qt.AlignmentFlag.AlignRight,
    Align.CENTER: Qt.AlignmentFlag.AlignHCenter,
    Align.LEFT: Qt.AlignmentFlag.AlignLeft,
}
_TITLE_CHARS = 80
_ROOT = QModelIndex()


def show_table(view: QWidget, data: "TableData") -> "TableWindow":
    """Open the window over that of `view`, with which it closes."""
    window = TableWindow(view.window(), data)
    window.show()
    window.raise_()
    window.activateWindow()
    return window


class TableModel(QAbstractTableModel):
    """The cells, in the order they are sorted in."""

    def __init__(self, data: "TableData", parent: QWidget) -> None:
        super().__init__(parent)
        self.table = data
        self.order: list[int] | range = range(data.row_count)
        self.numeric = [self._is_numeric(column) for column in range(data.column_count)]

    def set_order(self, order: list[int] | range) -> None:
        self.layoutAboutToBeChanged.emit()
        self.order = order
        self.layoutChanged.emit()

    def cells(self, row: int) -> tuple[str, ...]:
        return self.table.row(self.order[row])

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else self.table.row_count

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else self.table.column_count

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # what Qt asks for differs
        if not index.isValid():
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return self.cells(index.row())[index.column()][:SHOWN_CHARS].replace("\n", " ")
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tooltip(self.cells(index.row())[index.column()][:SHOWN_CHARS])
            case Qt.ItemDataRole.TextAlignmentRole:
                return self._align(index.column())
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # what Qt asks for differs
        if role == Qt.ItemDataRole.DisplayRole:
            is_column = orientation is Qt.Orientation.Horizontal
            return self.table.header[section][:SHOWN_CHARS] if is_column else str(section + 1)
        if role == Qt.ItemDataRole.TextAlignmentRole and orientation is Qt.Orientation.Horizontal:
            return self._align(section)
        return None

    def _align(self, column: int) -> Qt.AlignmentFlag:
        align = self.table.aligns[column] if column < len(self.table.aligns) else Align.DEFAULT
        fallback = Qt.AlignmentFlag.AlignRight if self.numeric[column] else Qt.AlignmentFlag.AlignLeft
        return _ALIGNS.get(align, fallback) | Qt.AlignmentFlag.AlignVCenter

    def _is_numeric(self, column: int) -> bool:
        cells = [self.table.row(row)[column] for row in range(min(self.table.row_count, MEASURED_ROWS))]
        filled = [cell for cell in cells if cell.strip()]
        return bool(filled) and all(map(table_texts.is_number, filled))


class TableWindow(QWidget):
    """No dialog: the chat goes on behind it. Closed with Escape."""

    def __init__(self, parent: QWidget, data: "TableData") -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        name = ", ".join(each for each in data.header if each)[:_TITLE_CHARS]
        self.setWindowTitle(QCoreApplication.translate("TableWindow", "Table: {name}").format(name=name))
        self.model = TableModel(data, self)
        self.table = QTableView(self)
        self._sorted_by: tuple[int, Qt.SortOrder] | None = None
        self._keys: list[tuple[int, float, str]] = []
        self._sorting = QTimer(self)
        self._sorting.setInterval(0)
        self._sorting.timeout.connect(self._on_sort_more)
        self._make_table()
        self._make_bar()
        em = self.fontMetrics().height()
        width = self.table.horizontalHeader().length() + self.table.verticalHeader().sizeHint().width() + 4 * em
        height = (min(data.row_count, 24) + 6) * self.table.verticalHeader().defaultSectionSize()
        screen = parent.screen().availableGeometry().size() * 0.9
        self.resize(min(max(width, 30 * em), screen.width()), min(max(height, 14 * em), screen.height()))

    # --- what can be done

    def copy(self) -> None:
        """Put the selected cells on the clipboard, or all of them if none is selected, with the header above."""
        put(cells_data(self._selected()))

    def copy_csv(self) -> None:
        QGuiApplication.clipboard().setText(table_texts.csv_text(self._selected()))

    def sort(self, column: int, order: Qt.SortOrder) -> None:
        """Sort by a column: numbers by their value, and before words; in slices, so that the window lives."""
        self._sorted_by = (column, order)
        self._keys = []
        self.table.horizontalHeader().setSortIndicator(column, order)
        self._on_sort_more()

    def restore_order(self) -> None:
        """The order of the answer."""
        self._sorting.stop()
        self._sorted_by = None
        self.table.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.model.set_order(range(self.model.table.row_count))

    # --- parts

    def _make_table(self) -> None:
        table, metrics = self.table, self.fontMetrics()
        table.setModel(self.model)
        table.setAccessibleName(self.windowTitle())
        table.setWordWrap(False)
        table.setAlternatingRowColors(True)
        table.setShowGrid(False)
        table.setFrameShape(QTableView.Shape.NoFrame)
        pad = round(metrics.height() * 0.5)
        table.setStyleSheet(
            f"QTableView::item {{ padding: 0 {pad}px; }}"
            f"QHeaderView::section {{ padding: {pad // 2}px {pad}px; border: none; font-weight: 600; }}"
            f"QHeaderView::section:vertical {{ font-weight: 400; }}"
        )
        table.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.customContextMenuRequested.connect(self._on_menu)
        table.verticalHeader().setDefaultSectionSize(round(metrics.height() * 1.7))
        header = table.horizontalHeader()
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        header.sectionClicked.connect(self._on_header)
        widest = WIDEST_COLUMN_EMS * metrics.height()
        count = min(self.model.rowCount(), MEASURED_ROWS)
        rows = [self.model.table.header, *(self.model.table.row(row) for row in range(count))]
        for column in range(self.model.columnCount()):
            longest = max((row[column][:200] for row in rows), key=len)
            width = metrics.horizontalAdvance(longest) + 3 * metrics.height()
            header.resizeSection(column, min(width, widest))
        if self.model.rowCount() and self.model.columnCount():
            table.selectionModel().setCurrentIndex(self.model.index(0, 0), QItemSelectionModel.SelectionFlag.NoUpdate)
        self.setFocusProxy(table)

    def _make_bar(self) -> None:
        size = QCoreApplication.translate("TableWindow", "Rows: {rows}, columns: {columns}")
        label = QLabel(size.format(rows=self.model.rowCount(), columns=self.model.columnCount()), self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        copy = QPushButton(QCoreApplication.translate("TableWindow", "Copy"), self)
        copy.setToolTip(QCoreApplication.translate("TableWindow", "Copies the selected cells, or the whole table"))
        copy.clicked.connect(self.copy)
        as_csv = QPushButton(QCoreApplication.translate("TableWindow", "Copy as CSV"), self)
        as_csv.clicked.connect(self.copy_csv)
        bar = QHBoxLayout()
        bar.addWidget(label)
        bar.addStretch(1)
        bar.addWidget(copy)
        bar.addWidget(as_csv)
        layout = QVBoxLayout(self)
        layout.addWidget(self.table)
        layout.addLayout(bar)

    def _selected(self) -> list[tuple[str, ...]]:
        model = self.model
        selection = self.table.selectionModel().selection()
        rows = range(model.rowCount())
        columns = range(model.columnCount())
        ranges = [selection.at(number) for number in range(selection.count())]
        if ranges:
            rows = range(min(each.top() for each in ranges), max(each.bottom() for each in ranges) + 1)
            columns = range(min(each.left() for each in ranges), max(each.right() for each in ranges) + 1)
        if len(rows) == 1 and len(columns) == 1:
            return [(model.cells(rows[0])[columns[0]],)]
        header = model.table.header[columns.start : columns.stop]
        return [header, *(model.cells(row)[columns.start : columns.stop] for row in rows)]

    # --- sorting

    def _on_header(self, column: int) -> None:
        match self._sorted_by:
            case (by, Qt.SortOrder.AscendingOrder) if by == column:
                self.sort(column, Qt.SortOrder.DescendingOrder)
            case (by, Qt.SortOrder.DescendingOrder) if by == column:
                self.restore_order()
            case _:
                self.sort(column, Qt.SortOrder.AscendingOrder)

    def _on_sort_more(self) -> None:
        data, sorted_by = self.model.table, self._sorted_by
        if sorted_by is None:
            self._sorting.stop()
            return
        column, order = sorted_by
        start = len(self._keys)
        self._keys += [_key(data.row(row)[column]) for row in range(start, min(start + SORTED_AT_ONCE, data.row_count))]
        if len(self._keys) < data.row_count:
            self._sorting.start()
            return
        self._sorting.stop()
        is_reverse = order is Qt.SortOrder.DescendingOrder
        self.model.set_order(sorted(range(data.row_count), key=self._keys.__getitem__, reverse=is_reverse))
        self._keys = []

    def _on_menu(self, point: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(QCoreApplication.translate("TableWindow", "Copy"), self.copy)
        menu.addAction(QCoreApplication.translate("TableWindow", "Copy as CSV"), self.copy_csv)
        menu.addSeparator()
        index = self.table.indexAt(point)
        column = index.column() if index.isValid() else self.table.currentIndex().column()
        if column >= 0:
            up = QCoreApplication.translate("TableWindow", "Sort by this column, ascending")
            menu.addAction(up, lambda: self.sort(column, Qt.SortOrder.AscendingOrder))
            down = QCoreApplication.translate("TableWindow", "Sort by this column, descending")
            menu.addAction(down, lambda: self.sort(column, Qt.SortOrder.DescendingOrder))
        menu.addAction(QCoreApplication.translate("TableWindow", "Order of the answer"), self.restore_order)
        menu.popup(self.table.viewport().mapToGlobal(point))

    # --- Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape or event.matches(QKeySequence.StandardKey.Close):
            self.close()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)


def _key(cell: str) -> tuple[int, float, str]:
    """Empty cells last, numbers by value before words."""
    text = cell.strip()
    if not text:
        return (2, 0.0, "")
    if table_texts.is_number(text):
        digits = "".join(each for each in text.replace("\u2212", "-") if each in "0123456789.,-+eE")
        if "," in digits and "." not in digits:
            digits = digits.replace(",", ".") if digits.count(",") == 1 else digits.replace(",", "")
        try:
            return (0, float(digits.replace(",", "")), "")
        except ValueError:
            pass
    return (1, 0.0, text.casefold())
