"""The sidebar: new chat, search, the list of chats, undo, settings."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

from PySide6.QtCore import QEvent, QLocale, QSize, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gigadesk.chat import Chat, ChatId, Folder, FolderId
from gigadesk.ui.shortcuts import with_keys
from gigadesk.ui.sidebar.chat_list import ChatList
from gigadesk.ui.sidebar.chat_list_model import ChatListModel
from gigadesk.ui.sidebar.chat_source import ChatSource
from gigadesk.ui.sidebar.list_menu import ListMenu
from gigadesk.ui.sidebar.list_rows import in_tree_order
from gigadesk.ui.sidebar.list_selection import selected_ranges
from gigadesk.ui.sidebar.list_wishes import ListCommand
from gigadesk.ui.sidebar.search_field import SearchField
from gigadesk.ui.sidebar.selection_bar import SelectionBar
from gigadesk.ui.theme import LIGHT, Theme
from gigadesk.ui.widgets.buttons import Button
from gigadesk.ui.widgets.labels import PlainLabel
from gigadesk.ui.widgets.undo_line import UndoLine

WIDTH = 272
MINIMUM_WIDTH = 200
EVERYWHERE_KEYS = "Shift+Enter"

_REGROUP_MAX_MS = 15 * 60 * 1000
"""A computer that slept over midnight shows the right headings at most this late."""


class Sidebar(QWidget):
    """Shows chats and says what the user wants with them.

    Signals:
        new_chat_requested(), settings_requested(), trash_requested(), temporary_requested(), hide_requested()
        chat_opened(int): show this chat and let the user write.
        wished(object): a `ListWish` about chats or folders.
        rename_requested(int, str), folder_rename_requested(int, str)
        everywhere_requested(str): look for this in all messages, too.
        left(): Esc was pressed in an empty search field; the user wants to write.
    """

    new_chat_requested = Signal()
    settings_requested = Signal()
    trash_requested = Signal()
    temporary_requested = Signal()
    hide_requested = Signal()
    chat_opened = Signal(int)
    rename_requested = Signal(int, str)
    folder_rename_requested = Signal(int, str)
    wished = Signal(object)
    everywhere_requested = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None, *, today: Callable[[], date] = date.today) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._shown: ChatId | None = None
        self._is_placed = True
        self.chats = ChatListModel(today, self)
        self.chats.rename_requested.connect(self.rename_requested)
        self.chats.folder_rename_requested.connect(self.folder_rename_requested)
        self.chats.found_more.connect(self._show_what_was_found)
        self._new_chat = Button("new-chat", parent=self)
        self._new_chat.clicked.connect(self.new_chat_requested)
        self._temporary = self._button("clock", self.temporary_requested)
        self._hide = self._button("sidebar", self.hide_requested)
        self._search = SearchField(self)
        self._everywhere = Button("search", parent=self)
        self._everywhere.hide()
        self.list = ChatList(self.chats, self)
        self.list.chat_opened.connect(self.chat_opened)
        self.list.left_upwards.connect(self._search.setFocus)
        self.list.typed.connect(self._on_typed)
        self.list.selection_changed.connect(self._show_selection)
        self.list.resized.connect(self._on_list_resized)
        self.menu = ListMenu(self.list, self.chats)
        self.menu.wished.connect(self.wished)
        self._selection = SelectionBar(self)
        self._selection.command_chosen.connect(self._on_command_chosen)
        self._selection.given_up.connect(self.list.select_none_but_current)
        self._archive_row = Button("chevron-left", parent=self)
        self._archive_row.clicked.connect(lambda: self.show_archive(is_archive=False))
        self._archive_row.hide()
        self._nothing_found = PlainLabel(self, kind="muted")
        self._nothing_found.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._nothing_found.hide()
        self.undo_line = UndoLine(self)
        self.list.undo_requested.connect(self.undo_line.undo)
        self._settings = Button("settings", parent=self)
        self._settings.clicked.connect(self.settings_requested)
        self._archive = Button("archive", parent=self)
        self._archive.clicked.connect(lambda: self.show_archive(is_archive=not self.chats.is_archive))
        self._trash = self._button("trash", self.trash_requested)
        self._midnight = QTimer(self)
        self._midnight.setSingleShot(True)
        self._midnight.timeout.connect(self._on_midnight)
        self._connect_search()
        self._lay_out()
        self._retranslate()
        self._wait_for_midnight()

    # Facts

    def use_source(self, source: ChatSource) -> None:
        """Show the chats that this reads."""
        self.show_archive(is_archive=False)
        self.chats.use_source(source)
        self._show_what_was_found()

    def set_folders(self, folders: Sequence[Folder]) -> None:
        """Folders are new, changed, or gone."""
        self.chats.set_folders(folders)
        self.menu.folders = in_tree_order(folders)

    def renew(self, chat_ids: Sequence[ChatId]) -> None:
        """Many chats changed at once, or came back."""
        self.chats.renew(chat_ids)
        self._show_what_was_found()

    def update_chat(self, chat: Chat) -> None:
        """A chat of the list changed."""
        self.chats.put_chat(chat)
        self._show_what_was_found()

    def add_chat(self, chat: Chat) -> None:
        """A chat is new, or came back from the trash."""
        self.chats.add_chat(chat)
        self._show_what_was_found()

    def remove_chats(self, chat_ids: Sequence[ChatId]) -> None:
        """Chats went to the trash."""
        if len(chat_ids) == 1:
            self.chats.remove_chat(chat_ids[0])
        else:
            self.chats.renew(chat_ids)
        self._show_what_was_found()

    def next_besides(self, chat_id: ChatId, gone: Sequence[ChatId]) -> ChatId | None:
        """The chat to go to from one that leaves with these: the nearest below it, else above it."""
        return self.chats.next_besides(chat_id, frozenset(gone))

    def rename_folder(self, folder_id: FolderId) -> None:
        """Let the user name a folder."""
        self._search.clear()
        self.show_archive(is_archive=False)
        self.list.setFocus()
        self.chats.reveal_folder(folder_id)
        self.list.rename(self.chats.index_of_folder(folder_id))

    def set_shown(self, chat_id: ChatId | None) -> None:
        """Mark the chat that the window shows and bring it into sight."""
        self._shown = self.menu.shown = chat_id
        self.chats.set_shown(chat_id)
        self._go_to_shown()

    def reveal(self, chat_id: ChatId) -> None:
        """Unfold the folders that a chat stands in, and bring it into sight."""
        self.chats.reveal(chat_id)
        self._go_to_shown()

    def show_archive(self, *, is_archive: bool) -> None:
        """Show the archived chats, or all others again."""
        if is_archive == self.chats.is_archive:
            return
        self._search.clear()
        self.chats.set_archive(is_archive=is_archive)
        self._archive_row.setVisible(is_archive)
        self.list.scrollToTop()
        self._show_what_was_found()
        self._go_to_shown()

    # What the window's shortcuts do

    def focus_search(self) -> None:
        """Put the caret into the search field."""
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.selectAll()

    def clear_search(self) -> None:
        """Show all chats again."""
        self._search.clear()

    def rename_current(self, shown: ChatId) -> None:
        """Open the title's editor: of the row that the keyboard is on, else of the chat that is shown."""
        index = self.list.currentIndex()
        is_row = self.chats.chat_at(index) is not None or self.chats.folder_at(index) is not None
        if not self.list.hasFocus() or not is_row:
            if not self.chats.index_of(shown).isValid():
                self._search.clear()
                self.show_archive(is_archive=False)
                self.chats.reveal(shown)
            index = self.chats.index_of(shown)
        self.list.rename(index)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for part in (
            self._new_chat,
            self._temporary,
            self._hide,
            self._settings,
            self._archive,
            self._trash,
            self._archive_row,
            self._everywhere,
            self._search,
            self.list,
            self.menu,
            self._selection,
            self.undo_line,
        ):
            part.set_theme(theme)
        self.update()

    # Qt's own

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, 400)

    def focusInEvent(self, event: QFocusEvent) -> None:
        # Not a focus proxy: Tab would then pass over what comes before the search field.
        self._search.setFocus(event.reason())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(event.rect(), self._theme.sidebar)

    def _button(self, icon_name: str, wish: SignalInstance) -> Button:
        button = Button(icon_name, parent=self)
        button.clicked.connect(wish)
        return button

    def _connect_search(self) -> None:
        self._search.textChanged.connect(self._on_search_changed)
        self._search.returnPressed.connect(self._on_search_entered)
        self._search.moved_down.connect(self._focus_first_chat)
        self._search.everywhere_wanted.connect(self._search_everywhere)
        self._search.left.connect(self.left)
        self._everywhere.clicked.connect(self._search_everywhere)

    def _lay_out(self) -> None:
        self.setMinimumWidth(MINIMUM_WIDTH)
        top = QHBoxLayout()
        top.setSpacing(4)
        top.addWidget(self._new_chat, 1)
        top.addWidget(self._temporary)
        top.addWidget(self._hide)
        head = QVBoxLayout()
        head.setContentsMargins(12, 8, 12, 4)
        head.setSpacing(8)
        head.addLayout(top)
        head.addWidget(self._search)
        head.addWidget(self._everywhere)
        head.addWidget(self._archive_row)
        foot = QVBoxLayout()
        foot.setContentsMargins(12, 4, 12, 8)
        foot.setSpacing(8)
        self.foot = QHBoxLayout()
        self.foot.setSpacing(4)
        self.foot.addWidget(self._settings, 1)
        self.foot.addWidget(self._archive)
        self.foot.addWidget(self._trash)
        foot.addWidget(self._selection)
        foot.addWidget(self.undo_line)
        foot.addLayout(self.foot)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self._nothing_found)
        layout.addWidget(self.list, 1)
        layout.addLayout(foot)
        self._nothing_found.setContentsMargins(16, 24, 16, 0)

    def _retranslate(self) -> None:
        self._new_chat.setText(self.tr("New chat"))
        self._new_chat.setAccessibleName(self.tr("New chat"))
        self._new_chat.setToolTip(with_keys(self.tr("New chat"), "Ctrl+N"))
        self._temporary.setAccessibleName(self.tr("Temporary chat"))
        self._temporary.setToolTip(with_keys(self.tr("Temporary chat, which is not saved"), "Ctrl+Shift+N"))
        self._hide.setAccessibleName(self.tr("Hide the sidebar"))
        self._hide.setToolTip(with_keys(self.tr("Hide the sidebar"), "Ctrl+B"))
        self._search.setPlaceholderText(self.tr("Search chats"))
        self._search.setAccessibleName(self.tr("Search chats by title"))
        self._search.setToolTip(with_keys(self.tr("Search chats by title"), "Ctrl+K"))
        self._search.set_clear_words(self.tr("Show all chats"))
        self._name_everywhere()
        self.list.setAccessibleName(self.tr("Chats"))
        self._settings.setText(self.tr("Settings"))
        self._settings.setAccessibleName(self.tr("Settings"))
        self._settings.setToolTip(with_keys(self.tr("Settings"), "Ctrl+,"))
        for words, part in ((self.tr("Archived chats"), self._archive), (self.tr("All chats"), self._archive_row)):
            part.setAccessibleName(words)
            part.setToolTip(words)
        self._trash.setAccessibleName(self.tr("Trash"))
        self._trash.setToolTip(with_keys(self.tr("Trash"), "Ctrl+Shift+Del"))
        self._archive_row.setText(self.tr("Archive"))
        self.chats.set_locale(QLocale())

    def _show_what_was_found(self) -> None:
        is_empty = self.chats.rowCount() == 0 and not self.chats.is_searching
        is_archive = self.chats.is_archive and not self.chats.is_filtered
        self._nothing_found.setText(self.tr("No archived chats") if is_archive else self.tr("Nothing found"))
        self._nothing_found.setVisible(is_empty and (self.chats.is_filtered or is_archive))

    def _on_search_changed(self, text: str) -> None:
        self.chats.set_filter(text)
        self._name_everywhere()
        self._show_what_was_found()
        if self.chats.is_filtered:
            self.list.scrollToTop()  # the newest of what was found; the list would stay where it was
        else:
            self._go_to_shown()

    def _on_search_entered(self) -> None:
        first = self.chats.first()
        if first is not None:
            self.chat_opened.emit(first)
        elif not self.chats.is_searching:
            self._search_everywhere()

    def _name_everywhere(self) -> None:
        """Offer to look for what stands in the field in all messages, too."""
        text = " ".join(self._search.text().split())
        words = self.tr("Search everywhere for “{text}”").format(text=text)
        self._everywhere.setVisible(bool(text))
        self._everywhere.setText(words)
        self._everywhere.setShortcut("")  # an & in what was typed is no mnemonic
        self._everywhere.setAccessibleName(words)
        self._everywhere.setToolTip(with_keys(words, EVERYWHERE_KEYS))

    def _search_everywhere(self) -> None:
        text = self._search.text().strip()
        if text:
            self.everywhere_requested.emit(text)

    def _focus_first_chat(self) -> None:
        if self.chats.rowCount():
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
            self.list.go_to_first()

    def _go_to_shown(self) -> None:
        index = self.chats.index_of(self._shown) if self._shown is not None else None
        if index is not None and index.isValid():
            self.list.select_only(index)
            self.list.scrollTo(index)
            self._is_placed = self.list.viewport().height() > self.list.rowHeight(index.row())
        else:
            self.list.clearSelection()

    def _on_list_resized(self) -> None:
        if not self._is_placed and self.list.viewport().height() > self.list.sizeHintForRow(0):
            # Gone to before there was room: from the top of the list, as far down as need be.
            self.list.scrollToTop()
            self._go_to_shown()

    def _show_selection(self) -> None:
        ranges = selected_ranges(self.list.selectionModel())
        self._selection.show_count(sum(self.chats.rows.chats_between(*each) for each in ranges))

    def _on_command_chosen(self, name: str) -> None:
        self.list.setFocus()
        self.menu.do(ListCommand(name))

    def _on_typed(self, text: str) -> None:
        """A letter in the list: look for it."""
        self._search.setFocus()
        self._search.setText(text)

    def _on_midnight(self) -> None:
        self.chats.regroup()
        self._go_to_shown()
        self._wait_for_midnight()

    def _wait_for_midnight(self) -> None:
        now = datetime.now().astimezone()
        midnight = (now + timedelta(days=1)).replace(hour=0, minute=0, second=1, microsecond=0)
        self._midnight.start(min(int((midnight - now).total_seconds() * 1000), _REGROUP_MAX_MS))
