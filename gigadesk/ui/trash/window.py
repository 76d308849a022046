"""The window of the trash: what is in it, a look into it, back out of it, and the deletion for ever."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QLocale, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPalette
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from gigadesk.chat import TrashEntry, TrashKind, TrashSize
from gigadesk.ui.sidebar.list_selection import selected_ranges, selected_rows
from gigadesk.ui.theme import Theme
from gigadesk.ui.trash.model import TrashModel
from gigadesk.ui.trash.source import TrashSource
from gigadesk.ui.trash.words import details_of, title_of
from gigadesk.ui.widgets.dialogs import Choice, ask_then
from gigadesk.ui.widgets.labels import PlainLabel
from gigadesk.ui.widgets.two_lines import Card, Index, TwoLineDelegate

WIDTH_EMS, HEIGHT_EMS = 40, 36
PREVIEW_CHARS = 4000
SEARCH_DELAY_MS = 120
RELOAD_DELAY_MS = 50
"""Many facts may come at once; the list is read again after them."""

KEPT_AT_ONCE = 10_000
"""More selected entries are selected again when what is read between turns of the loop is there."""

_ICONS = {TrashKind.CHAT: "chat", TrashKind.FOLDER: "folder", TrashKind.MESSAGE: "quote"}


class TrashWindow(QDialog):
    """Stays open beside the main window. Enter brings back, Del deletes for ever after a question.

    Signals:
        restore_requested(object), delete_requested(object): about these `TrashEntry`.
        empty_requested(): delete everything for ever.
    """

    restore_requested = Signal(object)
    delete_requested = Signal(object)
    empty_requested = Signal()

    def __init__(self, parent: QWidget, theme: Theme, source: TrashSource) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._source = source
        self._command: Callable[[], object] | None = None
        """What the user wants done with all entries, some of which are still to be read."""
        self._kept: list[TrashEntry] = []
        """What was selected, and is to be so again."""
        self.model = TrashModel(source, title_of, self._details, self)
        self._search = QLineEdit(self)
        self._search.setClearButtonEnabled(True)
        self.list = _List(self)
        self.list.setModel(self.model)
        self._delegate = TwoLineDelegate(self._card, self.list, theme)
        self.list.setItemDelegate(self._delegate)
        self.list.fit_rows()
        self._preview = QPlainTextEdit(self)
        self._preview.setReadOnly(True)
        self._preview.setTabChangesFocus(True)
        self._state = PlainLabel(self, kind="muted")
        self.restore_button = QPushButton(self)
        self.delete_button = QPushButton(self)
        self.empty_button = QPushButton(self)
        self.restore_button.setProperty("kind", "primary")
        self.delete_button.setProperty("kind", "danger")
        self._search_timer = _timer(self, SEARCH_DELAY_MS, self._filter)
        self._reload_timer = _timer(self, RELOAD_DELAY_MS, self.reload)
        self._lay_out()
        self._retranslate()
        self._connect()
        self.reload()
        em = self.fontMetrics().height()
        room = parent.window().screen().availableGeometry().size() * 0.9
        self.resize(min(WIDTH_EMS * em, room.width()), min(HEIGHT_EMS * em, room.height()))
        self.list.setFocus()

    def set_theme(self, theme: Theme) -> None:
        """Take up other colours."""
        self._delegate.theme = theme
        self.list.viewport().update()

    def renew(self) -> None:
        """Something went into the trash, or out of it."""
        self._reload_timer.start()

    def reload(self) -> None:
        """Read the list again; what was selected and is still there stays so."""
        # While all is being selected, its end selects what is there then.
        is_great = selected_rows(self.list.selectionModel()) > KEPT_AT_ONCE and not self.model.is_reading_on
        is_much = bool(self._kept) or is_great
        selected = self.selected()
        if is_much:
            self._kept = self._kept or selected
            selected = []
        top = self.list.verticalScrollBar().value()
        row = self.list.currentIndex().row()
        self.model.reload()
        self.list.verticalScrollBar().setValue(top)
        kept = self.model.selection_of(selected)
        if not kept.isEmpty():
            self.list.selectionModel().select(kept, QItemSelectionModel.SelectionFlag.Select)
        if self.model.rowCount():
            current = self.model.index(min(max(row, 0), self.model.rowCount() - 1))
            flag = QItemSelectionModel.SelectionFlag
            has_others = is_much or not kept.isEmpty()
            self.list.selectionModel().setCurrentIndex(current, flag.NoUpdate if has_others else flag.Select)
        if is_much:
            QTimer.singleShot(0, self, self._read_kept)
        self._show_selection()

    def selected(self) -> list[TrashEntry]:
        """What is selected, in the order of the list."""
        ranges = selected_ranges(self.list.selectionModel())
        return [entry for first, last in ranges for entry in self.model.entries(first, last)]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._search.text():
            self._search.clear()
            self.list.setFocus()
        elif event.key() == Qt.Key.Key_Down and self._search.hasFocus():
            self.list.setFocus()
        else:
            super().keyPressEvent(event)

    # Inside

    def _lay_out(self) -> None:
        splitter = QSplitter(Qt.Orientation.Vertical, self)
        splitter.addWidget(self.list)
        splitter.addWidget(self._preview)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 1)
        splitter.setChildrenCollapsible(False)
        buttons = QHBoxLayout()
        buttons.addWidget(self.empty_button)
        buttons.addStretch(1)
        buttons.addWidget(self.delete_button)
        buttons.addWidget(self.restore_button)
        layout = QVBoxLayout(self)
        layout.addWidget(self._search)
        layout.addWidget(splitter, 1)
        layout.addWidget(self._state)
        layout.addLayout(buttons)
        for button in (self.empty_button, self.delete_button, self.restore_button):
            button.setAutoDefault(False)  # Enter in the search field is not for them

    def _connect(self) -> None:
        self._search.textChanged.connect(self._search_timer.start)
        self._search.returnPressed.connect(self.list.setFocus)
        self.list.selectionModel().selectionChanged.connect(self._show_selection)
        self.list.selectionModel().currentChanged.connect(self._show_selection)
        self.model.rowsInserted.connect(self._show_selection)
        self.list.all_wanted.connect(self._select_all)
        self.list.end_wanted.connect(self._go_to_end)
        self.list.restore_requested.connect(self._restore)
        self.list.delete_requested.connect(self._ask_delete)
        self.restore_button.clicked.connect(self._restore)
        self.delete_button.clicked.connect(self._ask_delete)
        self.empty_button.clicked.connect(self._ask_empty)

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Trash"))
        self.list.setAccessibleName(self.tr("In the trash"))
        self._search.setPlaceholderText(self.tr("Search in the trash"))
        self._search.setAccessibleName(self.tr("Search in the trash by title"))
        self._preview.setAccessibleName(self.tr("How it begins"))
        self.restore_button.setText(self.tr("Restore"))
        self.delete_button.setText(self.tr("Delete for ever…"))
        self.empty_button.setText(self.tr("Empty the trash…"))

    def _card(self, index: Index) -> Card:
        entry = self.model.entry(index)
        return Card(title_of(entry), self._details(entry), _ICONS[entry.kind])

    def _details(self, entry: TrashEntry) -> str:
        return details_of(entry, self._source.expires_at(entry))

    def _filter(self) -> None:
        self.model.set_filter(self._search.text())
        self.list.scrollToTop()
        if self.model.rowCount():
            self.list.setCurrentIndex(self.model.index(0))
        self._show_selection()

    def _show_selection(self) -> None:
        selected = selected_rows(self.list.selectionModel())
        for button in (self.restore_button, self.delete_button):
            button.setEnabled(selected > 0)
        self.empty_button.setEnabled(self.model.rowCount() > 0 or bool(self._search.text()))
        index = self.list.currentIndex()
        is_one = index.isValid() and index.row() < self.model.rowCount()
        self._preview.setPlainText(self._source.preview(self.model.entry(index), PREVIEW_CHARS) if is_one else "")
        if selected > 1:
            self._state.setText(self.tr("Selected: {count}").replace("{count}", QLocale().toString(selected)))
        elif self.model.rowCount():
            self._state.setText(self.tr("Enter restores, Del deletes for ever."))
        else:
            is_searched = bool(self._search.text())
            self._state.setText(self.tr("Nothing found") if is_searched else self.tr("The trash is empty."))

    def _select_all(self) -> None:
        """What is there already at once, all else when it has been read."""
        if self.model.rowCount():
            self.list.select_rows(0, self.model.rowCount() - 1)
        self.model.read_on(self._on_all_read)

    def _on_all_read(self, first: int) -> None:
        # Unless something else was selected meanwhile.
        if self.model.rowCount() and selected_rows(self.list.selectionModel()) == first:
            self.list.select_rows(0, self.model.rowCount() - 1)
        self._run_waiting()

    def _go_to_end(self, modifiers: Qt.KeyboardModifier) -> None:
        def go_on(first: int) -> None:
            if self.list.currentIndex().row() == first - 1:
                self.list.go_to(self.model.rowCount() - 1, modifiers)
            self._run_waiting()

        self.model.read_on(go_on)  # first: a view that is scrolled to its end reads on by itself
        self.list.go_to(self.model.rowCount() - 1, modifiers)

    def _read_kept(self) -> None:
        self.model.read_on(lambda _: QTimer.singleShot(0, self, self._select_kept))

    def _select_kept(self) -> None:
        if self.model.is_reading_on:
            return  # read anew once more: its end comes here, too
        kept, self._kept = self._kept, []
        # Unless something else was selected meanwhile.
        if not self.list.selectionModel().hasSelection():
            self.list.selectionModel().select(
                self.model.selection_of(kept), QItemSelectionModel.SelectionFlag.ClearAndSelect
            )
        self._run_waiting()

    def _run_waiting(self) -> None:
        command, self._command = self._command, None
        if command is not None:
            command()

    def _has_to_wait(self, command: Callable[[], object]) -> bool:
        """Whether what is wanted is still to be read: the command comes after that."""
        has_to = self.model.is_reading_on or bool(self._kept)
        if has_to:
            self._command = command
        return has_to

    def _restore(self) -> None:
        if self._has_to_wait(self._restore):
            return
        if selected := self.selected():
            self.restore_requested.emit(selected)

    def _ask_delete(self) -> None:
        if self._has_to_wait(self._ask_delete):
            return
        if selected := self.selected():
            title = self.tr("Delete for ever?")
            text = self.tr("To be deleted: {count}. Nothing can bring this back.")
            counted = self._count(self._source.size(selected))
            self._confirm(title, text.replace("{count}", counted), lambda: self.delete_requested.emit(selected))

    def _ask_empty(self) -> None:
        title = self.tr("Empty the trash?")
        text = self.tr("Everything in the trash will be deleted. Nothing can bring it back.")
        self._confirm(title, text, self.empty_requested.emit)

    def _count(self, size: TrashSize) -> str:
        parts = (
            self.tr("%Ln chat(s)", "", size.chats) if size.chats else "",
            self.tr("%Ln folder(s)", "", size.folders) if size.folders else "",
            self.tr("%Ln message(s)", "", size.messages) if size.messages else "",
        )
        return ", ".join(filter(None, parts))

    def _confirm(self, title: str, text: str, delete: Callable[[], object]) -> None:
        detail = self.tr(
            "The texts are also removed from the snapshots that the program has made. Copies that you have made"
            " yourself, exports, files that you have saved elsewhere and damaged files that were set aside stay as"
            " they are."
        )
        choices = (
            Choice("cancel", self.tr("Cancel"), is_cancel=True, is_default=True),
            Choice("delete", self.tr("Delete for ever"), is_danger=True),
        )
        ask_then(self, title, text, choices, lambda answer: delete() if answer == "delete" else None, detail)


class _List(QTableView):
    """A table of one column: a `QListView` asks the model about each row, 0.4 s with 100,000 of them."""

    restore_requested = Signal()
    delete_requested = Signal()
    all_wanted = Signal()
    end_wanted = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.ExtendedSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().hide()
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setMinimumSectionSize(1)
        # The delegate paints what is selected; Qt would paint the whole row.
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Highlight, Qt.GlobalColor.transparent)
        self.setPalette(palette)
        self.doubleClicked.connect(lambda _: self.restore_requested.emit())

    def fit_rows(self) -> None:
        """Give the rows the height that the delegate wants."""
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        height = self.itemDelegate().sizeHint(option, QModelIndex()).height()
        self.verticalHeader().setMinimumSectionSize(height)
        self.verticalHeader().setDefaultSectionSize(height)
        self.verticalScrollBar().setSingleStep(height)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self.fit_rows()

    def selectAll(self) -> None:
        """All that there is, not only what was scrolled to."""
        self.all_wanted.emit()

    def select_rows(self, first: int, last: int) -> None:
        """Select these and no others; the keyboard stays where it is."""
        model = self.model()
        rows = QItemSelection(model.index(first, 0), model.index(last, 0))
        self.selectionModel().select(rows, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def go_to(self, row: int, modifiers: Qt.KeyboardModifier) -> None:
        """Put the keyboard there; with Shift all on the way is selected."""
        index, start = self.model().index(row, 0), self.currentIndex().row()
        flag = QItemSelectionModel.SelectionFlag
        if modifiers & Qt.KeyboardModifier.ShiftModifier and start >= 0:
            self.selectionModel().setCurrentIndex(index, flag.NoUpdate)
            self.select_rows(min(start, row), max(start, row))
        else:
            self.selectionModel().setCurrentIndex(index, flag.ClearAndSelect)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.SelectAll):
            self.selectAll()
        elif event.key() in {Qt.Key.Key_Home, Qt.Key.Key_End} and self.model().rowCount():
            if event.key() == Qt.Key.Key_End:
                self.end_wanted.emit(event.modifiers())
            else:
                self.go_to(0, event.modifiers())
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.restore_requested.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.delete_requested.emit()
        else:
            super().keyPressEvent(event)


def _timer(parent: QWidget, interval_ms: int, run: Callable[[], object]) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(interval_ms)
    timer.timeout.connect(run)
    return timer
