"""The entries of the trash as rows, read in portions as they are scrolled to or searched through."""

from collections.abc import Callable, Collection

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelection,
    QItemSelectionRange,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
)

from gigadesk.chat import TrashEntry, TrashKind
from gigadesk.ui.trash.source import TrashSource
from gigadesk.ui.widgets.two_lines import spoken

PORTION = 200
SEARCHED_AT_ONCE = 2000
"""Entries that are read in one go when something is searched for: some ten milliseconds. The others follow idly."""

RELOADED_AT_ONCE = 10_000
READ_ON_AT_ONCE = 5_000
"""Entries: some twenty milliseconds."""

Index = QModelIndex | QPersistentModelIndex


class TrashModel(QAbstractListModel):
    """Rows; `words` and `details` are the two lines of an entry."""

    def __init__(
        self,
        source: TrashSource,
        words: Callable[[TrashEntry], str],
        details: Callable[[TrashEntry], str],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._source = source
        self._words = words
        self._details = details
        self._filter = ""
        self._entries: list[TrashEntry] = []
        self._last: TrashEntry | None = None
        self._is_complete = False
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.timeout.connect(self._search_on)
        self._read_on: list[TrashEntry] = []
        """What was read towards the end, and is no row yet: rows come once."""
        self._at_end: Callable[[int], object] | None = None
        self._reading_on = QTimer(self)
        self._reading_on.setSingleShot(True)
        self._reading_on.timeout.connect(self._read_portion)

    def reload(self) -> None:
        """Read anew what is there: as many rows as before, as far as is quick, so that the place is kept."""
        count = min(max(len(self._entries), PORTION), RELOADED_AT_ONCE)
        self._read_on = []
        self.beginResetModel()
        self._entries, self._last, self._is_complete = [], None, False
        self._entries = self._next(count)
        self.endResetModel()
        self._search_later()

    def set_filter(self, text: str) -> None:
        """Only entries whose titles hold this; empty: all."""
        self._reading_on.stop()
        self._at_end = None
        self._filter = text.casefold().replace("ё", "е").strip()
        self._entries = []
        self.reload()

    def entry(self, index: Index) -> TrashEntry:
        return self._entries[index.row()]

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        entry = self._entries[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._words(entry)
            case Qt.ItemDataRole.AccessibleTextRole:
                return spoken(self._words(entry), self._details(entry))
            case _:
                return None

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and not self._is_complete and not self.is_reading_on

    def fetchMore(self, parent: Index) -> None:
        if not parent.isValid() and not self.is_reading_on:
            self._append(self._next(PORTION))

    def read_on(self, at_end: Callable[[int], object]) -> None:
        """Read whatever there is, between turns of the loop if it is much; then `at_end` is told the first new row."""
        self._at_end = at_end
        self._read_portion()

    @property
    def is_reading_on(self) -> bool:
        return self._at_end is not None

    def _read_portion(self) -> None:
        self._read_on += self._next(READ_ON_AT_ONCE)
        if not self._is_complete:
            self._reading_on.start(0)
            return
        at_end, self._at_end = self._at_end, None
        found, self._read_on = self._read_on, []
        first = len(self._entries)
        self._append(found)
        if at_end is not None:
            at_end(first)

    def _append(self, found: list[TrashEntry]) -> None:
        if found:
            self.beginInsertRows(QModelIndex(), len(self._entries), len(self._entries) + len(found) - 1)
            self._entries.extend(found)
            self.endInsertRows()

    def entries(self, first: int, last: int) -> list[TrashEntry]:
        """Those of these rows."""
        return self._entries[first : last + 1]

    def selection_of(self, entries: Collection[TrashEntry]) -> QItemSelection:
        """The rows of these entries, in few ranges."""
        # Not a set of entries: a hundred thousand take 0.4 s to be compared.
        wanted = {kind: frozenset(each.id for each in entries if each.kind is kind) for kind in TrashKind}
        selection = QItemSelection()
        first = -1
        for row, entry in enumerate(self._entries):
            if entry.id in wanted[entry.kind]:
                first = row if first < 0 else first
            elif first >= 0:
                selection.append(QItemSelectionRange(self.index(first), self.index(row - 1)))
                first = -1
        if first >= 0:
            selection.append(QItemSelectionRange(self.index(first), self.index(len(self._entries) - 1)))
        return selection

    def _search_later(self) -> None:
        # A view asks for more when it is scrolled: with a few rows, or none, never.
        if self._filter and not self._is_complete and len(self._entries) < PORTION:
            self._idle.start(0)

    def _search_on(self) -> None:
        self.fetchMore(QModelIndex())
        self._search_later()

    def _next(self, count: int) -> list[TrashEntry]:
        """The next entries that fit, about so many; a search goes through no more than its share at once."""
        found: list[TrashEntry] = []
        looked_at = 0
        while not self._is_complete and len(found) < count and looked_at < max(SEARCHED_AT_ONCE, count):
            wanted = SEARCHED_AT_ONCE if self._filter or count > PORTION else PORTION
            portion = self._source.entries(self._last, wanted)
            looked_at += len(portion)
            self._is_complete = len(portion) < wanted
            self._last = portion[-1] if portion else self._last
            found.extend(entry for entry in portion if self._fits(entry))
        return found

    def _fits(self, entry: TrashEntry) -> bool:
        title = f"{entry.title} {entry.chat_title}".casefold().replace("ё", "е")
        return self._filter in title
