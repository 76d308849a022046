"""Opens the window with the waiting questions of a chat, and puts them in the order that is wanted there."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from shiboken6 import isValid

from gigadesk.chat import ChatId, MessageId
from gigadesk.conversations import Conversations
from gigadesk.ui.pane.chat_page import ChatPage
from gigadesk.ui.theme import Theme

if TYPE_CHECKING:
    from gigadesk.ui.pane.waiting_order import WaitingOrderWindow


class WaitingOrderDesk(QObject):
    """One for a page."""

    def __init__(self, conversations: Conversations, page: ChatPage, parent: QObject) -> None:
        super().__init__(parent)
        self._conversations = conversations
        self._page = page
        self._chat_id: ChatId | None = None
        self._window: WaitingOrderWindow | None = None

    def use_conversations(self, conversations: Conversations) -> None:
        self._conversations = conversations

    @property
    def window(self) -> "WaitingOrderWindow | None":
        """The window, while it is open."""
        return self._window if self._window is not None and isValid(self._window) else None

    def open(self, chat_id: ChatId, message_id: MessageId | None) -> None:
        """Show what waits in this chat, with the light on the question of this message."""
        from gigadesk.ui.pane.waiting_order import WaitingOrderWindow  # the window need not wait for it

        self.close()
        self._chat_id = chat_id
        window = self._window = WaitingOrderWindow(self._page.window(), self._page.theme)
        window.moved.connect(self._move)
        window.list.drag_ended.connect(lambda: self.renew(chat_id))
        self.renew(chat_id)
        window.choose_message(message_id, self._conversations.waiting.of_chat(chat_id))
        window.show()
        window.list.setFocus()

    def close(self) -> None:
        window, self._window = self.window, None
        if window is not None and window.list.is_dragging:
            window.hide()
            window.list.drag_ended.connect(window.deleteLater)
        elif window is not None:
            window.close()

    def set_theme(self, theme: Theme) -> None:
        if self.window is not None:
            self.window.set_theme(theme)

    def renew(self, chat_id: ChatId) -> None:
        """Something has happened in a chat."""
        window = self.window
        if window is None or chat_id != self._chat_id or window.list.is_dragging:
            return
        line = self._conversations.waiting.of_chat(chat_id)
        if len(line) > 1:
            window.renew(line, self._conversations.message)
        else:
            self.close()

    def _move(self, question_id: MessageId, before: frozenset[MessageId]) -> None:
        """Step by step, as far as it may go."""
        if self._chat_id is None:
            return
        waiting = self._conversations.waiting
        order = [each.question_id for each in waiting.of_chat(self._chat_id)]
        if question_id not in order:  # it was asked meanwhile
            self.renew(self._chat_id)
            return
        row = order.index(question_id)
        others = [each for each in order if each != question_id]
        wanted = max((place + 1 for place, each in enumerate(others) if each in before), default=0)
        step = 1 if wanted > row else -1
        while row != wanted:
            line = waiting.of_chat(self._chat_id)
            if row >= len(line) or not waiting.move(line[row].question_id, step):
                break
            row += step
        self.renew(self._chat_id)
        if self.window is not None:
            self.window.choose(row)
