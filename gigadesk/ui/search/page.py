"""The page on which all chats are searched. Shows what it is told and says what is wanted; searches nothing itself."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QEvent, QLocale, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from gigadesk.facts import SearchCounted, SearchFound
from gigadesk.limits import FIND_QUERY_MAX_CHARS
from gigadesk.search.completion import completions
from gigadesk.search.hits import Hit, Order, Place, Tally, Vocabulary
from gigadesk.search.query import Filter, Query, parse, without
from gigadesk.ui.search.chips import Chips
from gigadesk.ui.search.field import SearchField
from gigadesk.ui.search.hints import Hints
from gigadesk.ui.search.result_list import ResultList
from gigadesk.ui.search.results import ResultModel
from gigadesk.ui.search.state_words import StateWords
from gigadesk.ui.shortcuts import with_keys
from gigadesk.ui.theme import LIGHT, Theme
from gigadesk.ui.widgets.announce import announce
from gigadesk.ui.widgets.buttons import Button, Shape
from gigadesk.ui.widgets.labels import PlainLabel

TYPING_MS = 90
"""After the last key: who types quickly is not searched for every letter."""
ANNOUNCE_MS = 700
COLUMN_EM = 46
MARGIN = 24
NARROW_MARGIN = 12
NARROW_WIDTH = 560


class SearchPage(QWidget):
    """Field, filters, results.

    Signals:
        search_requested(): what `text`, `order` and `places` say is to be searched.
        as_typed_requested(): the same, without anything in its place.
        more_requested(): the next results.
        chosen(int): show the result with this number.
        restore_requested(int): the same, out of the trash.
        left(): back to the chat.
        sidebar_requested()
    """

    search_requested = Signal()
    as_typed_requested = Signal()
    more_requested = Signal()
    chosen = Signal(int)
    restore_requested = Signal(int)
    left = Signal()
    sidebar_requested = Signal()

    def __init__(self, parent: QWidget | None = None, *, today: Callable[[], date] = date.today) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._today = today
        self.vocabulary = Vocabulary((), ())
        self._state = StateWords(self)
        self._found: SearchFound | None = None
        self._tally: Tally | None = None
        self._waiting = (0, 0)
        self._sidebar_button = Button("sidebar", parent=self)
        self._sidebar_button.clicked.connect(self.sidebar_requested)
        self._sidebar_button.hide()
        self._back = Button("chevron-left", parent=self)
        self._back.clicked.connect(self.left)
        self.field = SearchField(self)
        self.field.setMaxLength(FIND_QUERY_MAX_CHARS)
        self.field.complete_with(self._completions)
        self.chips = Chips(self)
        self.chips.removed.connect(self._on_chip_removed)
        # Tab goes through them in this order, which is that of the row.
        self.relevance = self._toggle("")
        self.archive = self._toggle("folder")
        self.trash = self._toggle("trash")
        self.count = PlainLabel(self, kind="muted")
        self.count.setWordWrap(True)
        self.as_typed = Button(parent=self)
        self.as_typed.clicked.connect(self.as_typed_requested)
        self.as_typed.hide()
        self.progress = PlainLabel(self, kind="muted")
        self.progress.hide()
        self.results = ResultModel(self)
        self.results.more_wanted.connect(self.more_requested)
        self.list = ResultList(self.results, self)
        self.hints = Hints(self)
        self.hints.example_chosen.connect(self._on_example)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.hints)
        self._stack.addWidget(self.list)
        self.in_trash = PlainLabel(self)
        self.restore = Button("undo", Shape.CARD, self)
        self.restore.clicked.connect(lambda: self.restore_requested.emit(self.list.number))
        for part in (self.in_trash, self.restore):
            part.hide()
        self._typing = _timer(self, TYPING_MS, self._search_now)
        self._is_awaited = False
        """What is shown was found for another text: the results of this one are on their way."""
        self._announcing = _timer(self, ANNOUNCE_MS, lambda: announce(self, self.count.text()))
        self._lay_out()
        self._connect()
        self._retranslate()

    # What is asked

    @property
    def text(self) -> str:
        return self.field.text()

    @property
    def order(self) -> Order:
        return Order.RELEVANCE if self.relevance.isChecked() else Order.NEWEST

    @property
    def places(self) -> frozenset[Place]:
        """Where is searched besides what the text says."""
        wanted = {Place.TRASH: self.trash, Place.ARCHIVE: self.archive}
        return frozenset(place for place, button in wanted.items() if button.isChecked())

    @property
    def is_typing(self) -> bool:
        """The last word may be going to be longer."""
        return self.field.cursorPosition() == len(self.field.text())

    def focus_field(self) -> None:
        """Let the user type; what stands there is selected."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    # What is found

    def show_found(self, found: SearchFound) -> None:
        """Show hits, or add them to those that are shown."""
        self._found = found
        if found.is_first:
            self._is_awaited = False
            self.offer_restore(offered=False)
            self._tally = None
            self.results.set_hits(found.hits)
            self.results.can_go_on = found.can_go_on and not found.is_working
            self.list.go_to(0)
            self.list.scrollToTop()
        else:
            self.results.can_go_on = found.can_go_on and not found.is_working
            self.results.add_hits(found.hits)
        self._show_state()

    def show_count(self, counted: SearchCounted) -> None:
        """Tell how much there is."""
        self._tally = counted.tally
        self._show_state()

    def show_progress(self, waiting: int, total: int) -> None:
        """Tell how much cannot be found yet."""
        self._waiting = (waiting, total)
        words = self._state.progress(waiting, total)
        self.progress.setText(words)
        self.progress.setVisible(bool(words))

    def offer_restore(self, *, offered: bool) -> None:
        """Say that the current result is in the trash, and offer to bring it back."""
        self.in_trash.setVisible(offered)
        self.restore.setVisible(offered)
        if offered:
            self.restore.setFocus()
            announce(self, self.in_trash.text())

    def hit(self, number: int) -> Hit | None:
        """The result with this number, from 0 on."""
        return self.results.hits[number] if 0 <= number < len(self.results.hits) else None

    @property
    def searched(self) -> str:
        """The text of which results are shown: what was typed, or what was meant by it."""
        return (self._found.instead if self._found is not None else "") or self.text

    @property
    def is_counted(self) -> bool:
        """The number of results is final."""
        return not self.results.can_go_on and self._found is not None and not self._found.is_working

    @property
    def has_found_nothing(self) -> bool:
        """It was looked everywhere, for what stands there now, and there is nothing."""
        return self.is_counted and not self._is_awaited and not self.results.hits

    def set_sidebar_visible(self, *, visible: bool) -> None:
        """While the sidebar is hidden the page offers to show it."""
        self._sidebar_button.setVisible(not visible)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        parts = (self._sidebar_button, self._back, self.trash, self.archive, self.relevance, self.as_typed)
        for button in (*parts, self.restore):
            button.set_theme(theme)
        self.field.set_theme(theme)
        self.chips.set_theme(theme)
        self.hints.set_theme(theme)
        self.list.set_theme(theme)
        self.update()

    # Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.text().isprintable() and event.text() and not self.field.hasFocus():
            # A letter that nobody took is meant for the field.
            self.field.setFocus()
            self.field.insert(event.text())
            self._on_edited()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(event.rect(), self._theme.window)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() == QEvent.Type.FontChange:
            self._fit()
        super().changeEvent(event)

    # Inside

    def _toggle(self, icon: str) -> Button:
        button = Button(icon, parent=self)
        button.setCheckable(True)
        button.toggled.connect(self._search_now)
        return button

    def _connect(self) -> None:
        self.field.textEdited.connect(self._on_edited)
        self.field.textChanged.connect(self._on_changed)
        self.field.moved.connect(self._on_moved)
        self.field.entered.connect(self._on_entered)
        self.field.left.connect(self.left)
        self.list.chosen.connect(self.chosen)
        self.list.left_upwards.connect(self.field.setFocus)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(8, 8, 8, 4)
        head.addWidget(self._sidebar_button)
        head.addWidget(self._back)
        head.addStretch(1)
        ways = QHBoxLayout()
        ways.setSpacing(4)
        for button in (self.relevance, self.archive, self.trash):
            ways.addWidget(button)
        ways.addStretch(1)
        self._column = QWidget(self)
        column = QVBoxLayout(self._column)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(8)
        column.addWidget(self.field)
        column.addWidget(self.chips)
        column.addLayout(ways)
        column.addWidget(self.count)
        column.addWidget(self.as_typed, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.progress)
        column.addWidget(self._stack, 1)
        bottom = QHBoxLayout()
        bottom.setSpacing(8)
        bottom.addWidget(self.in_trash, 1)
        bottom.addWidget(self.restore)
        column.addLayout(bottom)
        self._middle = QHBoxLayout()
        self._middle.addStretch(1)
        self._middle.addWidget(self._column, 1000)
        self._middle.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addLayout(self._middle, 1)
        self.setMinimumWidth(320)

    def _fit(self) -> None:
        self._column.setMaximumWidth(round(COLUMN_EM * self.fontMetrics().height() / 1.2))
        margin = NARROW_MARGIN if self.width() < NARROW_WIDTH else MARGIN
        self._middle.setContentsMargins(margin, 0, margin, 0)
        is_narrow = self.width() < NARROW_WIDTH
        for button, words in self._toggle_words():
            button.setText("" if is_narrow and button is not self.relevance else words)

    def _toggle_words(self) -> tuple[tuple[Button, str], ...]:
        return (
            (self.relevance, self.tr("By relevance")),
            (self.archive, self.tr("Archive too")),
            (self.trash, self.tr("Trash too")),
        )

    def _completions(self, text: str) -> tuple[int, tuple[str, ...]]:
        start, found = completions(text, QLocale().name()[:2], self.vocabulary)
        return start, tuple(found)

    def _on_edited(self) -> None:
        self._typing.start()

    def _on_changed(self, text: str) -> None:
        self.chips.show_filters(text, parse(text, self._today(), is_typing=self.is_typing).filters)
        if not self.field.isModified() or not text.strip():
            self._search_now()  # it was put there, not typed
        else:
            self._typing.start()

    def search_begun(self) -> None:
        """What is typed is searched for already: its pause is over, and Enter opens what is found."""
        self._is_awaited = self._is_awaited or self._typing.isActive()
        self._typing.stop()

    def _search_now(self) -> None:
        self._typing.stop()
        self._is_awaited = True
        self.search_requested.emit()

    def _on_chip_removed(self, gone: Filter) -> None:
        self.field.setText(without(self.field.text(), gone))
        self.field.setFocus()

    def _on_example(self, example: str) -> None:
        self.field.setFocus()
        self.field.setText(example)

    def _on_moved(self, step: int) -> None:
        self.offer_restore(offered=False)
        if self.results.hits:
            self.list.go_to(self.list.number + step)
            hit = self.list.hit
            if hit is not None:
                announce(self, self.list.delegate.spoken(hit))

    def _on_entered(self) -> None:
        if self._typing.isActive():
            self._search_now()
        elif self.list.hit is not None and not self._is_awaited:
            self.chosen.emit(self.list.number)

    def _show_state(self) -> None:
        text, count = self.text, len(self.results.hits)
        query = parse(text, self._today(), is_typing=self.is_typing)
        words = self._state.words(self._found, self._tally, query, text, count, self._unsearched(query))
        self._stack.setCurrentWidget(self.list if text.strip() else self.hints)
        instead = self._found.instead if self._found is not None else ""
        self.as_typed.setVisible(bool(instead) and bool(text.strip()))
        if instead:
            self.as_typed.setText(self.tr("Search for “{text}” all the same").format(text=text.strip()))
            self.as_typed.setAccessibleName(self.as_typed.text())
        if words != self.count.text():
            self.count.setText(words)
            self.field.setAccessibleDescription(words)
            self._announcing.start()

    def _unsearched(self, query: Query) -> frozenset[Place]:
        """Where else there may be something: nowhere if the text itself says where."""
        if query.places != {Place.LISTED}:
            return frozenset()
        ways = {Place.ARCHIVE: self.archive, Place.TRASH: self.trash}
        return frozenset(place for place, button in ways.items() if not button.isChecked())

    def _retranslate(self) -> None:
        self.field.setPlaceholderText(self.tr("Search in all chats"))
        self.field.setAccessibleName(self.tr("Search in all chats"))
        self.field.set_clear_words(self.tr("Clear the field"))
        self.list.setAccessibleName(self.tr("Results"))
        self._back.setText(self.tr("To the chat"))
        self.in_trash.setText(self.tr("This is in the trash."))
        self.restore.setText(self.tr("Restore and open"))
        self.restore.setAccessibleName(self.restore.text())
        for button, words, keys in (
            (self._back, self.tr("Back to the chat"), "Esc"),
            (self._sidebar_button, self.tr("Show the sidebar"), "Ctrl+B"),
        ):
            button.setAccessibleName(words)
            button.setToolTip(with_keys(words, keys))
        for button, words in self._toggle_words():
            button.setAccessibleName(words)
            button.setToolTip(words)
        self.relevance.setToolTip(self.tr("The best first, of the newest messages and those that have the words often"))
        self._fit()
        self.show_progress(*self._waiting)
        self._show_state()


def _timer(parent: QWidget, interval_ms: int, slot: Callable[[], object]) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(interval_ms)
    timer.timeout.connect(slot)
    return timer
