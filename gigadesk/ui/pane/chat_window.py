"""A window with one chat. It lives beside the main one; closing it ends nothing but itself."""

from PySide6.QtCore import QByteArray, QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gigadesk.chat import ChatId
from gigadesk.conversations import Conversations
from gigadesk.start_mark import StartMark
from gigadesk.ui.pane.chat_pane import ChatPane
from gigadesk.ui.shortcuts import Shortcut, install_shortcuts
from gigadesk.ui.widgets.screen_room import resize_within_screen

DEFAULT_SIZE = (640, 760)
MINIMUM_SIZE = (360, 360)


class ChatWindow(QWidget):
    """The page of a chat with all its keys.

    Signals:
        closed(): it has gone, and its place is known.
        new_chat_requested(), settings_requested(), quit_requested(): keys about the program.
    """

    closed = Signal()
    new_chat_requested = Signal()
    settings_requested = Signal()
    quit_requested = Signal()

    def __init__(self, conversations: Conversations, mark: StartMark, chat_id: ChatId, geometry: bytes) -> None:
        super().__init__()
        self.chat_id = chat_id
        self.pane = ChatPane(conversations, mark, self, viewer=f"window {chat_id}")
        self.pane.page.set_sidebar_visible(visible=True)  # there is none to be offered
        self.pane.page.shortcuts_requested.connect(self._show_shortcuts)
        self.pane.title_changed.connect(self._show_title)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.pane.page)
        self.setMinimumSize(*MINIMUM_SIZE)
        resize_within_screen(self, *DEFAULT_SIZE)
        if geometry:
            self.restoreGeometry(QByteArray(geometry))
        install_shortcuts(self, (*self._shortcuts(), *self.pane.tool_shortcuts()))
        self._show_title("")

    def open(self) -> None:
        """Show the chat, and the window in front of the others."""
        self.pane.chat.open(self.chat_id)
        self.bring_to_front()

    def open_quietly(self) -> None:
        """Show the chat, and the window without taking the keyboard."""
        self.pane.chat.open(self.chat_id)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.show()
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, on=False)

    def bring_to_front(self) -> None:
        """Let the user write here."""
        self.showNormal() if self.isMinimized() else self.show()
        self.raise_()
        self.activateWindow()
        self.pane.page.composer.setFocus()

    def place(self) -> bytes:
        """Where it stands, for the next time."""
        return bytes(self.saveGeometry().data())

    def closeEvent(self, event: QCloseEvent) -> None:
        self.pane.save_draft()
        self.pane.chat.leave()
        super().closeEvent(event)
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.pane.take_key(event):
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.pane.chat.retranslate()
        elif event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            self.pane.save_draft()  # the same chat may be in the window that the user goes to
        super().changeEvent(event)

    def _shortcuts(self) -> tuple[Shortcut, ...]:
        return (
            Shortcut(("Ctrl+W",), self.tr("Close the window"), self.close),
            Shortcut(("Ctrl+N",), self.tr("New chat, in the main window"), self.new_chat_requested.emit),
            *self.pane.finding_shortcuts(),
            *self.pane.shortcuts(),
            Shortcut(("Ctrl+,",), self.tr("Settings"), self.settings_requested.emit),
            Shortcut(("F1", "Ctrl+/"), self.tr("Keyboard shortcuts"), self._show_shortcuts),
            Shortcut(("Ctrl+Q",), self.tr("Quit"), self.quit_requested.emit),
        )

    def _show_shortcuts(self) -> None:
        from gigadesk.ui.shortcuts_dialog import show_shortcuts  # the window need not wait for it

        show_shortcuts(self, self._shortcuts())

    def _show_title(self, title: str) -> None:
        self.setWindowTitle(f"{title} — GigaDesk" if title else "GigaDesk")
