"""The real window over real conversations, a store in memory and a scripted service."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from gigadesk.settings import Settings
from gigadesk.ui.main_window import MainWindow
from tests.conversations_support import Desk

WAIT_LIMIT_S = 60
NOW = 1_790_000_000.0


class WindowDesk(Desk):
    """A desk with a window on it; waits as Qt's loop does."""

    window: MainWindow

    async def until(self, condition) -> None:
        async with asyncio.timeout(WAIT_LIMIT_S):
            while not condition():
                await asyncio.sleep(0.002)

    async def idle(self) -> None:
        for _ in range(10):
            await asyncio.sleep(0)

    @property
    def composer(self):
        return self.window.page.composer

    @property
    def chat_list(self):
        return self.window.sidebar.list

    def press(self, key, modifiers=Qt.KeyboardModifier.NoModifier, widget: QWidget | None = None) -> None:
        """Press a key where the keyboard is."""
        target = widget or QApplication.focusWidget() or self.window
        QTest.keyClick(target, key, modifiers)

    def type(self, text: str) -> None:
        QTest.keyClicks(QApplication.focusWidget(), text)

    def click_row(self, chat_id) -> None:
        index = self.window.sidebar.chats.index_of(chat_id)
        self.chat_list.scrollTo(index)
        place = self.chat_list.visualRect(index).center()
        QTest.mouseClick(self.chat_list.viewport(), Qt.MouseButton.LeftButton, pos=place)

    def rows(self) -> list[str]:
        """What the list says, headings included."""
        model = self.window.sidebar.chats
        return [str(model.data(model.index(row))) for row in range(model.rowCount())]

    def spoken(self, chat_id) -> str:
        model = self.window.sidebar.chats
        return str(model.data(model.index_of(chat_id), Qt.ItemDataRole.AccessibleTextRole))


@asynccontextmanager
async def open_desk(
    *, lanes: int = 1, chats: int = 0, settings: Settings | None = None, **desk
) -> AsyncIterator[WindowDesk]:
    """A shown window, with so many chats named `Chat 1`, `Chat 2`, ... of which the newest is open."""
    async with WindowDesk(lanes=lanes, **desk) as opened:
        opened.now = NOW
        for _ in range(chats):
            opened.new_chat()
        window = MainWindow(opened.conversations, settings or Settings())
        opened.window = window
        opened.listener = window.apply
        try:
            window.show_chats()
            window.show()
            window.activateWindow()
            await opened.until(window.isActiveWindow)
            yield opened
        finally:
            opened.listener = lambda event: None
            close(opened.window)


def close(window: MainWindow) -> None:
    window.allow_close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
