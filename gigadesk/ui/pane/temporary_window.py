"""The window of the temporary chat: a page like any other, under words that say that nothing of it is kept."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QLocale, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from gigadesk.chat import Chat, ChatId
from gigadesk.conversations import Conversations
from gigadesk.start_mark import StartMark
from gigadesk.ui.pane.chat_pane import ChatPane
from gigadesk.ui.shortcuts import Shortcut, install_shortcuts, with_keys
from gigadesk.ui.sidebar.list_words import title_words
from gigadesk.ui.theme import LIGHT, Theme
from gigadesk.ui.widgets.buttons import Button, Shape
from gigadesk.ui.widgets.dialogs import Choice, ask_then
from gigadesk.ui.widgets.labels import Heading, PlainLabel
from gigadesk.ui.widgets.screen_room import resize_within_screen

DEFAULT_SIZE = (720, 780)
MINIMUM_SIZE = (360, 360)


class TemporaryWindow(QWidget):
    """Closing it asks first when something would be lost.

    Signals:
        keep_requested(): make it an ordinary chat.
        close_wanted(): the window is to be closed; answer with `ask_to_close` or `close_now`.
        close_given_up(): the user wants to go on.
        closed(): it has gone.
        settings_requested(), quit_requested(): keys about the program.
    """

    keep_requested = Signal()
    close_wanted = Signal()
    close_given_up = Signal()
    closed = Signal()
    settings_requested = Signal()
    quit_requested = Signal()

    def __init__(self, conversations: Conversations, chat_id: ChatId, *, has_files_on_disk: bool) -> None:
        super().__init__()
        self._is_close_allowed = False
        self.pane = ChatPane(conversations, StartMark(), self, viewer="temporary")
        self.pane.page.set_sidebar_visible(visible=True)  # there is none to be offered
        self.pane.page.shortcuts_requested.connect(self._show_shortcuts)
        self._chats: Sequence[Chat] = ()
        # A copy of a branch stays in this window, in memory.
        self.pane.chat_wanted.connect(self._show)
        self._banner = _Banner(self, has_files_on_disk=has_files_on_disk)
        self._banner.keep.clicked.connect(self.keep_requested)
        self._banner.others.clicked.connect(self._choose)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._banner)
        layout.addWidget(self.pane.page, 1)
        self.setMinimumSize(*MINIMUM_SIZE)
        resize_within_screen(self, *DEFAULT_SIZE)
        install_shortcuts(self, (*self._shortcuts(), *self.pane.tool_shortcuts()))
        self._retranslate()
        self.pane.chat.open(chat_id)

    def set_keepable(self, *, is_keepable: bool) -> None:
        """Whether there is something to keep, and no answer is being written."""
        self._banner.keep.setEnabled(is_keepable)

    def set_chats(self, chats: Sequence[Chat]) -> None:
        """The chats that this window has: there is a way between them when a branch was copied."""
        self._chats = chats
        self._banner.show_count(len(chats))

    def set_theme(self, theme: Theme) -> None:
        self._banner.set_theme(theme)

    def bring_to_front(self) -> None:
        """Let the user write here."""
        self.showNormal() if self.isMinimized() else self.show()
        self.raise_()
        self.activateWindow()
        self.pane.page.composer.setFocus()

    def ask_to_close(self) -> None:
        """Something would be lost: ask."""
        choices = (
            Choice("keep", self.tr("Keep the chat")),
            Choice("cancel", self.tr("Cancel"), is_cancel=True, is_default=True),
            Choice("discard", self.tr("Discard"), is_danger=True),
        )
        title = self.tr("Discard the temporary chat?")
        text = self.tr("It is saved nowhere. Nothing can bring it back.")
        ask_then(self, title, text, choices, self._on_answer)

    def close_now(self) -> None:
        """Without a question."""
        self._is_close_allowed = True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._is_close_allowed:
            event.ignore()
            self.close_wanted.emit()
            return
        self.pane.chat.leave()
        super().closeEvent(event)
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.pane.take_key(event):
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            self.pane.chat.retranslate()
        super().changeEvent(event)

    def _show(self, chat_id: int) -> None:
        self.pane.save_draft()
        self.pane.chat.open(ChatId(chat_id))
        self.pane.page.composer.setFocus()

    def _go(self, step: int) -> None:
        ids = [chat.id for chat in self._chats]
        if len(ids) > 1 and self.pane.chat.id in ids:
            self._show(ids[(ids.index(self.pane.chat.id) + step) % len(ids)])

    def _choose(self) -> None:
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        for chat in self._chats:
            words = title_words(chat).replace("&", "&&")
            action = menu.addAction(words, partial(self._show, chat.id))
            action.setCheckable(True)
            action.setChecked(chat.id == self.pane.chat.id)
        button = self._banner.others
        menu.popup(button.mapToGlobal(QPoint(0, button.height())))

    def _on_answer(self, answer: str) -> None:
        if answer == "keep":
            self.keep_requested.emit()
        elif answer == "discard":
            self.close_now()
        else:
            self.close_given_up.emit()

    def _shortcuts(self) -> tuple[Shortcut, ...]:
        return (
            Shortcut(("Ctrl+W",), self.tr("Close the window"), self.close),
            Shortcut(("Ctrl+Tab", "Ctrl+PgDown"), self.tr("Next chat of this window"), lambda: self._go(1)),
            Shortcut(("Ctrl+Shift+Tab", "Ctrl+PgUp"), self.tr("Previous chat of this window"), lambda: self._go(-1)),
            *self.pane.finding_shortcuts(),
            *self.pane.shortcuts(),
            Shortcut(("Ctrl+,",), self.tr("Settings"), self.settings_requested.emit),
            Shortcut(("F1", "Ctrl+/"), self.tr("Keyboard shortcuts"), self._show_shortcuts),
            Shortcut(("Ctrl+Q",), self.tr("Quit"), self.quit_requested.emit),
        )

    def _show_shortcuts(self) -> None:
        from gigadesk.ui.shortcuts_dialog import show_shortcuts  # the window need not wait for it

        show_shortcuts(self, self._shortcuts())

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Temporary chat") + " — GigaDesk")


class _Banner(QWidget):
    """Tells, in a colour of its own, that nothing is saved."""

    def __init__(self, parent: QWidget, *, has_files_on_disk: bool) -> None:
        super().__init__(parent)
        self._has_files_on_disk = has_files_on_disk
        self._theme = LIGHT
        self._title = Heading(self, scale=1.1)
        self._words = PlainLabel(self)
        self.keep = QPushButton(self)
        self.keep.setEnabled(False)
        self._count = 1
        self.others = Button(shape=Shape.CARD, parent=self)
        self.others.set_arrow(visible=True)
        self.others.hide()
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._words)
        words.addSpacing(4)
        words.addWidget(self.others, 0, Qt.AlignmentFlag.AlignLeft)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 10, 16, 10)
        layout.setSpacing(12)
        layout.addLayout(words, 1)
        layout.addWidget(self.keep, 0, Qt.AlignmentFlag.AlignVCenter)
        self._retranslate()

    def show_count(self, count: int) -> None:
        """How many chats the window has."""
        self._count = count
        self.others.setVisible(count > 1)
        self._retranslate()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.others.set_theme(theme)
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), self._theme.warning_background)
        painter.fillRect(QRectF(0, self.height() - 2, self.width(), 2), self._theme.warning)

    def _retranslate(self) -> None:
        self._title.setText(self.tr("Temporary chat: not saved"))
        on_disk = self.tr(
            "It is in memory only and gone when this window closes. Attached files are copied to the data folder"
            " until then. The service receives what you send, as in any chat."
        )
        in_memory = self.tr(
            "It is in memory only, with the files that you attach, and gone when this window closes. The service"
            " receives what you send, as in any chat."
        )
        self._words.setText(on_disk if self._has_files_on_disk else in_memory)
        chats = self.tr("Chats in this window: {count}").replace("{count}", QLocale().toString(self._count))
        self.others.setText(chats)
        self.others.setAccessibleName(chats)
        self.others.setToolTip(with_keys(self.tr("Next chat of this window"), "Ctrl+Tab"))
        self.keep.setText(self.tr("Keep the chat"))
        self.keep.setAccessibleName(self.tr("Keep the chat: save it as an ordinary one"))
