"""The sidebar: new chat, search, the list of chats, undo, settings."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

from PySide6.QtCore import QEvent, QLocale, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from gigadesk.chat import Chat, ChatId
from gigadesk.ui.buttons import Button
from gigadesk.ui.icons import icon
from gigadesk.ui.labels import PlainLabel
from gigadesk.ui.shortcuts import with_keys
from gigadesk.ui.sidebar.chat_list import ChatList
from gigadesk.ui.sidebar.chat_list_model import ChatListModel
from gigadesk.ui.sidebar.undo_bar import UndoBar
from gigadesk.ui.theme import LIGHT, Theme

WIDTH = 272
MINIMUM_WIDTH = 200

_REGROUP_MAX_MS = 15 * 60 * 1000
"""A computer that slept over midnight shows the right headings at most this late."""


class Sidebar(QWidget):
    """Shows chats and says what the user wants with them.

    Signals:
        new_chat_requested(), settings_requested(), hide_requested()
        chat_opened(int): show this chat and let the user write.
        rename_requested(int, str), delete_requested(int), restore_requested(int)
        left(): Esc was pressed in an empty search field; the user wants to write.
    """

    new_chat_requested = Signal()
    settings_requested = Signal()
    hide_requested = Signal()
    chat_opened = Signal(int)
    rename_requested = Signal(int, str)
    delete_requested = Signal(int)
    restore_requested = Signal(int)
    left = Signal()

    def __init__(self, parent: QWidget | None = None, *, today: Callable[[], date] = date.today) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._shown: ChatId | None = None
        self.chats = ChatListModel(today, self)
        self.chats.rename_requested.connect(self.rename_requested)
        self._new_chat = Button("new-chat", parent=self)
        self._new_chat.clicked.connect(self.new_chat_requested)
        self._hide = Button("sidebar", parent=self)
        self._hide.clicked.connect(self.hide_requested)
        self._search = _SearchField(self)
        self._search.textChanged.connect(self._on_search_changed)
        self._search.returnPressed.connect(self._on_search_entered)
        self._search.moved_down.connect(self._focus_first_chat)
        self._search.left.connect(self.left)
        self.list = ChatList(self.chats, self)
        self.list.chat_opened.connect(self.chat_opened)
        self.list.delete_requested.connect(self.delete_requested)
        self.list.left_upwards.connect(self._search.setFocus)
        self._nothing_found = PlainLabel(self, kind="muted")
        self._nothing_found.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._nothing_found.hide()
        self._undo = UndoBar(self)
        self._undo.undo_requested.connect(self.restore_requested)
        self.list.undo_requested.connect(self._undo.undo)
        self._settings = Button("settings", parent=self)
        self._settings.clicked.connect(self.settings_requested)
        self._midnight = QTimer(self)
        self._midnight.setSingleShot(True)
        self._midnight.timeout.connect(self._on_midnight)
        self._lay_out()
        self._retranslate()
        self._wait_for_midnight()

    # Facts

    def set_chats(self, chats: Iterable[Chat]) -> None:
        """Start anew with these chats."""
        self.chats.set_chats(chats)
        self._show_what_was_found()

    def update_chat(self, chat: Chat) -> None:
        """A chat changed. One that is not in the list is in the trash, where its reply comes to an end."""
        if self.chats.chat(chat.id) is not None:
            self.chats.put_chat(chat)
            self._show_what_was_found()

    def add_chat(self, chat: Chat) -> None:
        """A chat is new, or came back from the trash."""
        self.chats.put_chat(chat)
        self._undo.forget(chat.id)
        self._show_what_was_found()

    def remove_chat(self, chat_id: ChatId, title: str) -> None:
        """A chat went to the trash; offer to bring it back."""
        self.chats.remove_chat(chat_id)
        self._undo.show_deleted(chat_id, title)
        self._show_what_was_found()

    def set_shown(self, chat_id: ChatId | None) -> None:
        """Mark the chat that the window shows and bring it into sight."""
        self._shown = chat_id
        self.chats.set_shown(chat_id)
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
        if not self.list.hasFocus() or self.chats.chat_at(index) is None:
            if not self.chats.index_of(shown).isValid():
                self._search.clear()
            index = self.chats.index_of(shown)
        self.list.rename(index)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for part in (self._new_chat, self._hide, self._settings, self._search, self.list, self._undo):
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

    def _lay_out(self) -> None:
        self.setMinimumWidth(MINIMUM_WIDTH)
        top = QHBoxLayout()
        top.setSpacing(4)
        top.addWidget(self._new_chat, 1)
        top.addWidget(self._hide)
        head = QVBoxLayout()
        head.setContentsMargins(12, 8, 12, 4)
        head.setSpacing(8)
        head.addLayout(top)
        head.addWidget(self._search)
        foot = QVBoxLayout()
        foot.setContentsMargins(12, 4, 12, 8)
        foot.setSpacing(8)
        foot.addWidget(self._undo)
        foot.addWidget(self._settings)
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
        self._hide.setAccessibleName(self.tr("Hide the sidebar"))
        self._hide.setToolTip(with_keys(self.tr("Hide the sidebar"), "Ctrl+B"))
        self._search.setPlaceholderText(self.tr("Search chats"))
        self._search.setAccessibleName(self.tr("Search chats by title"))
        self._search.setToolTip(with_keys(self.tr("Search chats by title"), "Ctrl+K"))
        self._search.set_clear_words(self.tr("Show all chats"))
        self.list.setAccessibleName(self.tr("Chats"))
        self._nothing_found.setText(self.tr("Nothing found"))
        self._settings.setText(self.tr("Settings"))
        self._settings.setAccessibleName(self.tr("Settings"))
        self._settings.setToolTip(with_keys(self.tr("Settings"), "Ctrl+,"))
        self.chats.set_locale(QLocale())

    def _show_what_was_found(self) -> None:
        is_empty = bool(self._search.text().strip()) and self.chats.rowCount() == 0
        self._nothing_found.setVisible(is_empty)

    def _on_search_changed(self, text: str) -> None:
        self.chats.set_filter(text)
        self._show_what_was_found()
        if self.chats.is_filtered:
            self.list.scrollToTop()  # the newest of what was found; the list would stay where it was
        else:
            self._go_to_shown()

    def _on_search_entered(self) -> None:
        first = self.chats.first()
        if first is not None:
            self.chat_opened.emit(first)

    def _focus_first_chat(self) -> None:
        if self.chats.rowCount():
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
            self.list.go_to_first()

    def _go_to_shown(self) -> None:
        index = self.chats.index_of(self._shown) if self._shown is not None else None
        if index is not None and index.isValid():
            self.list.setCurrentIndex(index)
            self.list.scrollTo(index)

    def _on_midnight(self) -> None:
        self.chats.regroup()
        self._go_to_shown()
        self._wait_for_midnight()

    def _wait_for_midnight(self) -> None:
        now = datetime.now().astimezone()
        midnight = (now + timedelta(days=1)).replace(hour=0, minute=0, second=1, microsecond=0)
        self._midnight.start(min(int((midnight - now).total_seconds() * 1000), _REGROUP_MAX_MS))


class _SearchField(QLineEdit):
    """Signals: moved_down() for Down, left() for Esc in an empty field."""

    moved_down = Signal()
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._glass = QAction(self)
        self.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self._clear = QAction(self)
        self._clear.setVisible(False)
        self._clear.triggered.connect(self.clear)
        self.addAction(self._clear, QLineEdit.ActionPosition.TrailingPosition)
        self.textChanged.connect(self._on_text_changed)

    def set_theme(self, theme: Theme) -> None:
        self._glass.setIcon(icon("search", theme.text_muted))
        self._clear.setIcon(icon("close", theme.text_muted))

    def set_clear_words(self, words: str) -> None:
        """What the cross is called."""
        self._clear.setText(words)
        self._clear.setToolTip(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.moved_down.emit()
        elif event.key() == Qt.Key.Key_Escape:
            if self.text():
                self.clear()
            else:
                self.left.emit()
        else:
            super().keyPressEvent(event)

    def _on_text_changed(self, text: str) -> None:
        self._clear.setVisible(bool(text))
