"""The chats as rows of a list: pinned ones, folders, then the days. Fed by events; chats are read near the sight alone.

What is held is a number for each part of the list (`ListRows`) and a few pages of chats (`ChatPages`). An event moves
one row; its place is asked from the source, so that an event costs the same however many chats there are.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date
from enum import IntEnum

from PySide6.QtCore import QAbstractListModel, QLocale, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal

from gigadesk.chat import Chat, ChatId, Folder, FolderId, Section, SectionKind
from gigadesk.limits import TITLE_MAX_CHARS
from gigadesk.text import one_line
from gigadesk.ui.sidebar import list_words
from gigadesk.ui.sidebar.chat_source import ChatSource
from gigadesk.ui.sidebar.day_groups import DayGroups
from gigadesk.ui.sidebar.list_contents import ListContents
from gigadesk.ui.sidebar.list_rows import HEAD, ListRows, Part
from gigadesk.ui.sidebar.row_moves import RowMoves
from gigadesk.ui.widgets.tooltips import plain_tooltip

Index = QModelIndex | QPersistentModelIndex

LOOKED_AT = 500
"""Rows on each side of a chat that has gone, each of which may be on a page that is still to be read."""
_NO_INDEX = QModelIndex()


class Role(IntEnum):
    """What a row tells beyond Qt's own roles."""

    CHAT = Qt.ItemDataRole.UserRole
    """The `Chat`, or None for a heading."""
    IS_SHOWN = Qt.ItemDataRole.UserRole + 1
    PART = Qt.ItemDataRole.UserRole + 2
    """The `Part` that the row belongs to."""


class ChatListModel(QAbstractListModel):
    """Headings, folders and chats.

    Signals:
        rename_requested(int, str): an editor of the view was left with a new title of this chat.
        folder_rename_requested(int, str): the same for a folder.
        found_more(): the search for titles has got further.
    """

    rename_requested = Signal(int, str)
    folder_rename_requested = Signal(int, str)
    found_more = Signal()

    def __init__(self, today: Callable[[], date] = date.today, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._read_today = today
        self._contents = ListContents(today(), self._ask_reload)
        self._moves = RowMoves(self, self._contents.rows)
        self._shown: ChatId | None = None
        self._locale = QLocale()
        self._is_held = self._is_stale = False
        self._searching = QTimer(self)
        self._searching.timeout.connect(self._search_on)
        self._reloading = QTimer(self)
        self._reloading.setSingleShot(True)
        self._reloading.timeout.connect(self.reload)

    # What is shown

    def use_source(self, source: ChatSource) -> None:
        """Show these chats; those that were shown are forgotten."""
        self._searching.stop()
        self._contents.use_source(source)
        self.reload()

    def set_folders(self, folders: Sequence[Folder]) -> None:
        """These are the folders now, in any order."""
        self._contents.folders = tuple(folders)
        self.reload()

    def set_archive(self, *, is_archive: bool) -> None:
        """Show the archived chats instead of all others, or those again."""
        if is_archive != self._contents.is_archive:
            self._contents.is_archive = is_archive
            self._contents.found = None
            self.reload()

    def reload(self) -> None:
        """Count the chats anew, and read those in sight again. A few milliseconds; with 100,000 chats fifteen."""
        if self._is_held:
            self._is_stale = True
            return
        self._is_stale = False
        self._reloading.stop()
        self.beginResetModel()
        self._contents.read()
        self.endResetModel()

    def renew(self, chat_ids: Collection[ChatId]) -> None:
        """Many chats have changed, gone or come back."""
        self._contents.renew(chat_ids)
        if self.is_searching:
            self._searching.start()
        self.reload()

    def hold(self, *, is_held: bool) -> None:
        """Do not begin anew while a title is being edited; what comes meanwhile is made up for afterwards."""
        self._is_held = is_held
        if not is_held and self._is_stale:
            self._ask_reload()

    def regroup(self) -> None:
        """Sort the chats under other headings if the day has changed."""
        today = self._read_today()
        if today != self._contents.days.today:
            self._contents.days = DayGroups(today)
            self.reload()

    def set_filter(self, text: str) -> None:
        """Show only chats whose title holds every word of `text`: the first at once, the others as they are found."""
        was_filtered = self.is_filtered
        self._contents.look_for(text, list_words.nameless())
        if self.is_searching:
            self._searching.start()
        else:
            self._searching.stop()
        if was_filtered or self.is_filtered:
            self.reload()

    def set_locale(self, locale: QLocale) -> None:
        """Name months in this language and read all other words anew."""
        self._locale = locale
        if self.rowCount():
            self.dataChanged.emit(self.index(0), self.index(self.rowCount() - 1))

    # Folders

    @property
    def folded(self) -> frozenset[FolderId]:
        """The folders that are folded, to be remembered."""
        return frozenset(self._contents.folded)

    def set_folded(self, folders: Iterable[FolderId]) -> None:
        """Fold these folders and unfold all others."""
        self._contents.folded = set(folders)
        self.reload()

    def fold(self, folder_id: FolderId, *, is_open: bool) -> None:
        """Show or hide what is in a folder."""
        folded, part = self._contents.folded, self._contents.rows.folder(folder_id)
        (folded.discard if is_open else folded.add)(folder_id)
        if part is not None and part.is_open != is_open:
            self._moves.fold(part, is_open=is_open)

    def reveal(self, chat_id: ChatId) -> None:
        """Unfold the folders that a chat stands in."""
        chat = self.chat(chat_id)
        section = self._contents.section(chat) if chat is not None else None
        part = self._contents.rows.part(section) if section is not None else None
        if part is not None:
            self._unfold((*reversed(self._contents.rows.above(part)), part))

    def reveal_folder(self, folder_id: FolderId) -> None:
        """Unfold the folders that a folder stands in."""
        part = self._contents.rows.folder(folder_id)
        if part is not None:
            self._unfold(tuple(reversed(self._contents.rows.above(part))))

    def keep_pinned_heading(self, *, is_wanted: bool) -> None:
        """Show the heading of the pinned chats although there are none: something could be dropped there."""
        part = self._contents.rows.part(Section(SectionKind.PINNED))
        if part is not None and not self._contents.is_flat:
            part.is_head_wanted = is_wanted
            self._moves.set_head(part, has_head=is_wanted or part.count > 0)

    # Facts

    def add_chat(self, chat: Chat) -> None:
        """A chat is new, or came back."""
        self._apply(chat.id, self._contents.pages.known(chat.id), chat)

    def put_chat(self, chat: Chat) -> None:
        """A chat changed. One in the trash is none of the list's, though its reply may just come to an end there."""
        if self._contents.pages.known(chat.id) is not None or self._contents.exists(chat.id):
            self._change(chat.id, chat)

    def remove_chat(self, chat_id: ChatId) -> None:
        """A chat is gone."""
        self._change(chat_id, None)

    def set_shown(self, chat_id: ChatId | None) -> None:
        """Mark the chat that the window shows."""
        former, self._shown = self._shown, chat_id
        for changed in (former, chat_id):
            index = self.index_of(changed) if changed is not None else _NO_INDEX
            if index.isValid():
                self.dataChanged.emit(index, index)

    # Questions

    @property
    def is_filtered(self) -> bool:
        """Whether only some of the chats are wanted."""
        return self._contents.found is not None

    @property
    def is_searching(self) -> bool:
        """Whether more may be found."""
        return self._contents.found is not None and not self._contents.found.is_complete

    @property
    def is_archive(self) -> bool:
        """Whether the archived chats are shown."""
        return self._contents.is_archive

    @property
    def rows(self) -> ListRows:
        """Which row is what; to look at only."""
        return self._contents.rows

    def chat(self, chat_id: ChatId) -> Chat | None:
        """A chat of the list; None when it is filtered away, or not there."""
        return self._contents.chat(chat_id)

    def chat_at(self, index: Index) -> Chat | None:
        """The chat of a row; None for a heading or no row."""
        return self._contents.chat_in(index.row()) if index.isValid() else None

    def folder_at(self, index: Index) -> Folder | None:
        """The folder whose own row this is."""
        found = self._contents.rows.at(index.row()) if index.isValid() else None
        return found[0].folder if found is not None and found[1] == HEAD else None

    def part_at(self, index: Index) -> Part | None:
        """What a row belongs to."""
        found = self._contents.rows.at(index.row()) if index.isValid() else None
        return found[0] if found is not None else None

    def index_of(self, chat_id: ChatId) -> QModelIndex:
        """The row of a chat; an invalid index if it is filtered or folded away."""
        row = self._contents.row_of(chat_id)
        return QModelIndex() if row is None else self.index(row)

    def index_of_folder(self, folder_id: FolderId) -> QModelIndex:
        """The row of a folder; an invalid index if it is folded away."""
        part = self._contents.rows.folder(folder_id)
        row = self._contents.rows.row(part, HEAD) if part is not None else None
        return QModelIndex() if row is None else self.index(row)

    def chat_ids(self, first: int, last: int) -> list[ChatId]:
        """The chats of these rows, from top to bottom; headings are left out."""
        return self._contents.chat_ids(first, last)

    def held_id(self, row: int) -> ChatId | None:
        """The chat that a row showed last. The store is not asked: a fact about many chats is told after the change."""
        return self._contents.held_id(row)

    def first(self) -> ChatId | None:
        """The topmost chat."""
        return self._next(0, 1)

    def count_words(self, count: int) -> str:
        """How many chats, in words."""
        return self.tr("%Ln chats", "", count)

    def neighbour(self, chat_id: ChatId | None, step: int) -> ChatId | None:
        """The chat `step` (1 or -1) places further down among those in sight; None at the end."""
        row = self._contents.row_of(chat_id) if chat_id is not None else None
        return self.first() if row is None else self._next(row + step, step)

    def next_besides(self, chat_id: ChatId, gone: Collection[ChatId]) -> ChatId | None:
        """The chat nearest to one, below it or else above it, that is not among these.

        Some rows may still have the chats that have gone, others are read as the store has them now: each row is looked
        at once, and nothing is concluded from where a chat should stand. Where thousands have gone around it, the first
        one that is left in the same part of the list, or in the next, is near enough.
        """
        start = self._contents.row_of(chat_id) or 0
        end, top = min(start + LOOKED_AT, self.rowCount()), max(start - LOOKED_AT, 0)
        for row in (*range(start, end), *range(start - 1, top - 1, -1)):
            chat = self._contents.chat_in(row)
            if chat is not None and chat.id not in gone:
                return chat.id
        return self._contents.left_near(start, gone)

    # Qt's model

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else self._contents.rows.count

    def flags(self, index: Index) -> Qt.ItemFlag:
        found = self._contents.rows.at(index.row()) if index.isValid() else None
        if found is None:
            return Qt.ItemFlag.NoItemFlags
        if found[1] == HEAD and found[0].folder is None:
            return Qt.ItemFlag.ItemNeverHasChildren
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable
        return flags | Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        part = self.part_at(index)
        if part is None or role == Role.PART:
            return part
        chat = self.chat_at(index)
        return self._head_data(part, role) if chat is None else self._chat_data(chat, role)

    def rename(self, edited: Chat | Folder, text: str) -> None:
        """An editor was left with this text. The row changes when the fact comes back."""
        title = one_line(text)[:TITLE_MAX_CHARS]
        if isinstance(edited, Chat):
            if title not in {"", edited.title}:
                self.rename_requested.emit(edited.id, title)
        elif title not in {"", edited.name}:
            self.folder_rename_requested.emit(edited.id, title)

    # Inside

    def _unfold(self, parts: Sequence[Part]) -> None:
        for part in parts:
            if part.folder is not None:
                self.fold(part.folder.id, is_open=True)

    def _next(self, row: int, step: int) -> ChatId | None:
        while 0 <= row < self.rowCount():
            chat = self._contents.chat_in(row)
            if chat is not None:
                return chat.id
            row += step
        return None

    def _change(self, chat_id: ChatId, chat: Chat | None) -> None:
        known = self._contents.pages.known(chat_id)
        if known is not None:
            self._apply(chat_id, known, chat)
            return
        # Far from the sight, and never in the news: where it stood is not known.
        change = self._contents.change(chat_id, None, chat)
        self.reload()
        if not self._is_stale:
            change.commit()

    def _apply(self, chat_id: ChatId, known: Chat | None, chat: Chat | None) -> None:
        if not self._moves.move(self._contents.change(chat_id, known, chat)):
            self._ask_reload()

    def _head_data(self, part: Part, role: int) -> object:
        above = [each.folder for each in self._contents.rows.above(part) if each.folder is not None]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return list_words.heading_words(part, self._contents.days, self._locale)
            case Qt.ItemDataRole.EditRole:
                return part.folder.name if part.folder is not None else None
            case Qt.ItemDataRole.ToolTipRole if part.folder is not None:
                return plain_tooltip(list_words.folder_path([*reversed(above), part.folder]))
            case Qt.ItemDataRole.AccessibleTextRole:
                words = list_words.heading_words(part, self._contents.days, self._locale)
                if part.folder is None:
                    return words
                return list_words.spoken_folder(words, self.count_words(part.total), part, next(iter(above), None))
            case _:
                return None

    def _chat_data(self, chat: Chat, role: int) -> object:
        match role:
            case Role.CHAT:
                return chat
            case Role.IS_SHOWN:
                return chat.id == self._shown
            case Qt.ItemDataRole.DisplayRole:
                return list_words.title_words(chat)
            case Qt.ItemDataRole.EditRole:
                return chat.title
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tooltip(" · ".join([list_words.title_words(chat), *list_words.state_words(chat)]))
            case Qt.ItemDataRole.AccessibleTextRole:
                return list_words.spoken_chat(chat, is_shown=chat.id == self._shown)
            case _:
                return None

    def _ask_reload(self) -> None:
        """The store is not as it was thought to be. Not now: a row is being read or moved."""
        self._reloading.start()

    def _search_on(self) -> None:
        if self._contents.found is None or self._contents.found.is_complete:
            self._searching.stop()
            return
        self._contents.found.go_on()
        self._moves.grow(self._contents.read_days(), self._contents.is_open)
        self.found_more.emit()
