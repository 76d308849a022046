"""The chats as rows of a list: newest first, under headings by day, filtered by title. Fed by events, never read back.

Rows are kept as sort keys. A heading is a row of its own whose key sorts just before those of its chats, so the place
of any row is one bisection away and one event moves one row, however many chats there are.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from enum import IntEnum

from PySide6.QtCore import QAbstractListModel, QLocale, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from gigadesk.chat import Chat, ChatId
from gigadesk.limits import TITLE_MAX_CHARS
from gigadesk.text import clean
from gigadesk.ui.sidebar import day_groups
from gigadesk.ui.tooltips import plain_tooltip

Index = QModelIndex | QPersistentModelIndex
_Key = tuple[int, int, float, int]
"""Group; 0 for a heading, 1 for a chat; time of the last message and id, both negated."""

_NO_INDEX = QModelIndex()


class Role(IntEnum):
    """What a row tells beyond Qt's own roles."""

    CHAT = Qt.ItemDataRole.UserRole
    """The `Chat`, or None for a heading."""
    IS_SHOWN = Qt.ItemDataRole.UserRole + 1


class ChatListModel(QAbstractListModel):
    """Headings and chats.

    Signals:
        rename_requested(int, str): an editor of the view was left with a new title.
    """

    rename_requested = Signal(int, str)

    def __init__(self, today: Callable[[], date] = date.today, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._read_today = today
        self._today = today()
        self._chats: dict[ChatId, Chat] = {}
        self._rows: list[_Key] = []
        self._keys: dict[ChatId, _Key] = {}
        self._counts: Counter[int] = Counter()
        self._words: tuple[str, ...] = ()
        self._shown: ChatId | None = None
        self._locale = QLocale()

    # Facts

    def set_chats(self, chats: Iterable[Chat]) -> None:
        """Start anew with these chats."""
        self._chats = {chat.id: chat for chat in chats}
        self._rebuild()

    def put_chat(self, chat: Chat) -> None:
        """A chat is new or changed."""
        old = self._keys.get(chat.id)
        self._chats[chat.id] = chat
        new = self._key(chat) if self._matches(chat) else None
        if old is None:
            if new is not None:
                self._insert(new)
        elif new is None:
            self._remove(old)
        elif new == old:
            self._tell_changed(bisect_left(self._rows, old))
        else:
            self._move(old, new)

    def remove_chat(self, chat_id: ChatId) -> None:
        """A chat is gone."""
        self._chats.pop(chat_id, None)
        key = self._keys.get(chat_id)
        if key is not None:
            self._remove(key)

    def set_shown(self, chat_id: ChatId | None) -> None:
        """Mark the chat that the window shows."""
        old, self._shown = self._shown, chat_id
        for changed in (old, chat_id):
            key = self._keys.get(changed) if changed is not None else None
            if key is not None:
                self._tell_changed(bisect_left(self._rows, key))

    def set_filter(self, text: str) -> None:
        """Show only chats whose title holds every word of `text`."""
        words = tuple(_folded(text).split())
        if words != self._words:
            self._words = words
            self._rebuild()

    def set_locale(self, locale: QLocale) -> None:
        """Name months in this language and read all other words anew."""
        self._locale = locale
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def regroup(self) -> None:
        """Sort the chats under other headings if the day has changed."""
        if self._read_today() != self._today:
            self._today = self._read_today()
            self._rebuild()

    # Questions

    def chats(self) -> tuple[Chat, ...]:
        """All chats, filtered or not, newest first."""
        return tuple(sorted(self._chats.values(), key=self._key))

    @property
    def is_filtered(self) -> bool:
        """Whether only some of the chats are wanted."""
        return bool(self._words)

    def chat(self, chat_id: ChatId) -> Chat | None:
        return self._chats.get(chat_id)

    def chat_at(self, index: Index) -> Chat | None:
        """The chat of a row; None for a heading or no row."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        key = self._rows[index.row()]
        return self._chats[ChatId(-key[3])] if key[1] else None

    def index_of(self, chat_id: ChatId) -> QModelIndex:
        """The row of a chat; an invalid index if it is filtered away."""
        key = self._keys.get(chat_id)
        return QModelIndex() if key is None else self.index(bisect_left(self._rows, key))

    def first(self) -> ChatId | None:
        """The newest chat that passes the filter."""
        return ChatId(-self._rows[1][3]) if self._rows else None

    def neighbour(self, chat_id: ChatId | None, step: int) -> ChatId | None:
        """The chat `step` (1 or -1) places further down among those shown; None at the end."""
        key = self._keys.get(chat_id) if chat_id is not None else None
        if key is None:
            return self.first()
        row = bisect_left(self._rows, key) + step
        while 0 <= row < len(self._rows):
            if self._rows[row][1]:
                return ChatId(-self._rows[row][3])
            row += step
        return None

    # Qt's model

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if self.chat_at(index) is None:
            return Qt.ItemFlag.ItemNeverHasChildren
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable
        return flags | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        chat = self.chat_at(index)
        if chat is None:
            is_text = role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}
            return self._heading(self._rows[index.row()][0]) if is_text and index.isValid() else None
        match role:
            case Role.CHAT:
                return chat
            case Role.IS_SHOWN:
                return chat.id == self._shown
            case Qt.ItemDataRole.DisplayRole:
                return self.title(chat)
            case Qt.ItemDataRole.EditRole:
                return chat.title
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tooltip(self.title(chat))
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(chat)
            case _:
                return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        chat = self.chat_at(index)
        title = " ".join(clean(str(value)).split())[:TITLE_MAX_CHARS]
        if chat is None or role != Qt.ItemDataRole.EditRole or not title or title == chat.title:
            return False
        self.rename_requested.emit(chat.id, title)  # the row changes when the fact comes back
        return True

    def title(self, chat: Chat) -> str:
        """The title as one line, or words in its place."""
        return " ".join(chat.title.split()) or self.tr("New chat")

    def _heading(self, group: int) -> str:
        match group:
            case day_groups.TODAY:
                return self.tr("Today")
            case day_groups.YESTERDAY:
                return self.tr("Yesterday")
            case day_groups.PREVIOUS_7_DAYS:
                return self.tr("Previous 7 days")
            case day_groups.PREVIOUS_30_DAYS:
                return self.tr("Previous 30 days")
            case _:
                year, month = day_groups.group_month(group, self._today)
                name = self._locale.standaloneMonthName(month)
                return f"{name[:1].upper()}{name[1:]} {year}"

    def _spoken(self, chat: Chat) -> str:
        parts = [self.title(chat)]
        if chat.is_streaming:
            parts.append(self.tr("answer is being written"))
        if chat.is_unread:
            parts.append(self.tr("unread"))
        if chat.id == self._shown:
            parts.append(self.tr("open"))
        return ", ".join(parts)

    # Rows

    def _key(self, chat: Chat) -> _Key:
        return day_groups.day_group(chat.updated_at, self._today), 1, -chat.updated_at, -chat.id

    def _matches(self, chat: Chat) -> bool:
        if not self._words:
            return True
        title = _folded(self.title(chat))
        return all(word in title for word in self._words)

    def _rebuild(self) -> None:
        self.beginResetModel()
        keys = sorted(self._key(chat) for chat in self._chats.values() if self._matches(chat))
        self._keys = {ChatId(-key[3]): key for key in keys}
        self._counts = Counter(key[0] for key in keys)
        self._rows = sorted([*keys, *(_heading_key(group) for group in self._counts)])
        self.endResetModel()

    def _insert(self, key: _Key) -> None:
        self._open_group(key[0])
        self._insert_row(key)
        self._keys[ChatId(-key[3])] = key

    def _remove(self, key: _Key) -> None:
        self._remove_row(key)
        del self._keys[ChatId(-key[3])]
        self._close_group(key[0])

    def _move(self, old: _Key, new: _Key) -> None:
        self._open_group(new[0])
        source, target = bisect_left(self._rows, old), bisect_left(self._rows, new)
        if target in {source, source + 1}:
            self._rows[source] = new
            self._tell_changed(source)
        else:
            self.beginMoveRows(_NO_INDEX, source, source, _NO_INDEX, target)
            del self._rows[source]
            self._rows.insert(target - (target > source), new)
            self.endMoveRows()
            self._tell_changed(bisect_left(self._rows, new))
        self._keys[ChatId(-new[3])] = new
        self._close_group(old[0])

    def _open_group(self, group: int) -> None:
        self._counts[group] += 1
        if self._counts[group] == 1:
            self._insert_row(_heading_key(group))

    def _close_group(self, group: int) -> None:
        self._counts[group] -= 1
        if self._counts[group] == 0:
            del self._counts[group]
            self._remove_row(_heading_key(group))

    def _insert_row(self, key: _Key) -> None:
        row = bisect_left(self._rows, key)
        self.beginInsertRows(_NO_INDEX, row, row)
        self._rows.insert(row, key)
        self.endInsertRows()

    def _remove_row(self, key: _Key) -> None:
        row = bisect_left(self._rows, key)
        self.beginRemoveRows(_NO_INDEX, row, row)
        del self._rows[row]
        self.endRemoveRows()

    def _tell_changed(self, row: int) -> None:
        index = self.index(row)
        self.dataChanged.emit(index, index)


def _heading_key(group: int) -> _Key:
    return group, 0, 0.0, 0


def _folded(text: str) -> str:
    """For comparing: no case, and `ё` is `е`, as in Russian search everywhere."""
    return text.casefold().replace("ё", "е")
