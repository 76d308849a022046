"""The chats of a file as a table with check boxes; there may be a hundred thousand."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QDateTime,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from gigadesk.conversations import Known
from gigadesk.exchange.summaries import ChatSummary
from gigadesk.text import one_line
from gigadesk.ui.exchange.words import number_text

Index = QModelIndex | QPersistentModelIndex
TITLE, MESSAGES, DATE, STATE = range(4)
_ROOT = QModelIndex()


class ChatTable(QAbstractTableModel):
    """Signals: `chosen_changed()`: other chats are ticked than before."""

    chosen_changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.chats: list[ChatSummary] = []
        self._known: dict[int, Known] = {}
        self._again: set[int] = set()
        """Rows whose chat stands further above already."""
        self._keys: set[str] = set()
        self._chosen = bytearray()

    def add(self, chats: Sequence[ChatSummary], known: Sequence[Known | None]) -> None:
        """Put chats under what is there; those that are here already are not ticked."""
        first = len(self.chats)
        self.beginInsertRows(QModelIndex(), first, first + len(chats) - 1)
        for row, (chat, same) in enumerate(zip(chats, known, strict=True), start=first):
            if same is not None:
                self._known[row] = same
            elif chat.key in self._keys:
                self._again.add(row)
            self._keys.add(chat.key)
            self._chosen.append(same is None and row not in self._again and _has_content(chat))
        self.chats.extend(chats)
        self.endInsertRows()

    def chosen(self) -> list[ChatSummary]:
        """The chats that are ticked."""
        return [chat for chat, is_chosen in zip(self.chats, self._chosen, strict=True) if is_chosen]

    def known_keys(self) -> frozenset[str]:
        """Of the chats that are here, or stand twice in the file."""
        return frozenset(self.chats[row].key for row in (*self._known, *self._again))

    @property
    def known_count(self) -> int:
        return len(self._known) + len(self._again)

    def choose_all(self, *, is_chosen: bool) -> None:
        """Tick all, or none."""
        self._chosen = bytearray([is_chosen]) * len(self.chats)
        self._tell_all()

    def choose_new(self) -> None:
        """Tick those that are not here yet."""
        for row, chat in enumerate(self.chats):
            self._chosen[row] = row not in self._known and row not in self._again and _has_content(chat)
        self._tell_all()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.chats)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else 4

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.column() == TITLE else flags

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # Qt's
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section == MESSAGES else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return (self.tr("Chat"), self.tr("Messages"), self.tr("Last message"), self.tr("Here already"))[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # what Qt asks for differs
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(row, column)
            case Qt.ItemDataRole.CheckStateRole if column == TITLE:
                return Qt.CheckState.Checked if self._chosen[row] else Qt.CheckState.Unchecked
            case Qt.ItemDataRole.TextAlignmentRole if column == MESSAGES:
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            case Qt.ItemDataRole.AccessibleTextRole if column == TITLE:
                return ", ".join(filter(None, (self._text(row, each) for each in range(4))))
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # Qt's
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        self._chosen[index.row()] = Qt.CheckState(value) is Qt.CheckState.Checked
        self.dataChanged.emit(index, index)
        self.chosen_changed.emit()
        return True

    def _text(self, row: int, column: int) -> str:
        chat = self.chats[row]
        match column:
            case 0:
                return one_line(chat.title) or self.tr("Untitled")
            case 1:
                return number_text(chat.messages)
            case 2:
                when = QDateTime.fromSecsSinceEpoch(int(chat.updated_at))
                return QLocale().toString(when.date(), QLocale.FormatType.ShortFormat)
            case _:
                return self._state(row)

    def _state(self, row: int) -> str:
        known = self._known.get(row)
        if known is None:
            return self.tr("twice in the file") if row in self._again else ""
        if known.is_deleted:
            return self.tr("in the trash")
        if known.content and known.content != self.chats[row].content:
            return self.tr("another version")
        return self.tr("yes")

    def _tell_all(self) -> None:
        if self.chats:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.chats) - 1, 0))
        self.chosen_changed.emit()


def _has_content(chat: ChatSummary) -> bool:
    return chat.messages > 0 or chat.has_draft
