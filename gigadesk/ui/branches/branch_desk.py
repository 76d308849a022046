"""The branches of the chat on the page: a map of them, and two versions of a message beside each other."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from shiboken6 import isValid

from gigadesk.chat import ChatId, MessageId
from gigadesk.conversations import Conversations
from gigadesk.ui.notices import nothing_to_compare_notice
from gigadesk.ui.pane.chat_page import ChatPage
from gigadesk.ui.shortcuts import Shortcut
from gigadesk.ui.theme import Theme
from gigadesk.ui.transcript import wishes
from gigadesk.ui.transcript.wishes import Command, Wish

if TYPE_CHECKING:
    from gigadesk.ui.branches.branch_window import BranchWindow
    from gigadesk.ui.branches.comparison_window import ComparisonWindow


class BranchDesk(QObject):
    """Opens the windows that are about branches, and shows what is chosen there."""

    def __init__(self, conversations: Conversations, page: ChatPage, parent: QObject) -> None:
        super().__init__(parent)
        self._conversations = conversations
        self._page = page
        self._chat_id: ChatId | None = None
        self._window: BranchWindow | ComparisonWindow | None = None
        page.branches_requested.connect(self.show_map)
        page.transcript.commands.wished.connect(self._on_wished)

    def use_conversations(self, conversations: Conversations) -> None:
        self._conversations = conversations

    def open(self, chat_id: ChatId | None) -> None:
        """Another chat is on the page, or none."""
        self._close()
        self._chat_id = chat_id
        if chat_id is None:
            self._page.set_branched(is_branched=False)

    def shortcuts(self) -> tuple[Shortcut, ...]:
        """The keys, for the table of the window."""
        return (
            Shortcut((wishes.MAP_KEYS,), self.tr("Map of the branches"), self.show_map),
            Shortcut((wishes.COMPARE_KEYS,), self.tr("Compare two versions"), self._compare_shown),
        )

    def show_map(self) -> None:
        """Show the branches of the chat as a tree."""
        if self._chat_id is None:
            return
        from gigadesk.ui.branches.branch_window import BranchWindow  # the window need not wait for it

        branches = self._conversations.branches
        runs = branches.runs(self._chat_id)
        if not runs:
            return
        self._close()
        window = self._window = BranchWindow(self._page, self._page.theme, runs, branches.beginnings)
        window.message_chosen.connect(self.show_branch)
        window.open()

    def _compare_shown(self) -> None:
        if not self._page.transcript.commands.compare() and self._chat_id is not None:
            self._page.notices.show_notice(nothing_to_compare_notice())

    def compare(self, message_id: MessageId) -> None:
        """Show this version of a message beside the one before it, or the one after it."""
        versions = self._conversations.siblings(message_id)
        if len(versions) < 2 or message_id not in versions:
            return
        from gigadesk.ui.branches.comparison_window import ComparisonWindow  # the window need not wait for it

        place = versions.index(message_id)
        chosen = (place - 1, place) if place else (0, 1)
        page = self._page
        self._close()
        window = self._window = ComparisonWindow(
            page.window(),
            page.theme,
            versions,
            chosen,
            self._conversations.message,
            lambda: page.transcript.rows.frame.look,
        )
        window.version_chosen.connect(self.show_branch)
        window.show()
        window.activateWindow()

    def show_branch(self, message_id: int) -> None:
        """Show the branch through this message, with the message at the top and the light of the keyboard on it."""
        rows = self._page.transcript.rows
        if rows.index_of(MessageId(message_id)) is None:
            self._conversations.show_branch(MessageId(message_id))
        index = rows.index_of(MessageId(message_id))
        if index is not None:
            self._page.transcript.walk.go_to(index, at_top=True)

    def _on_wished(self, wish: Wish) -> None:
        if wish.command is Command.COMPARE and wish.message_id is not None:
            self.compare(wish.message_id)
        elif wish.command is Command.SHOW_MAP:
            self.show_map()

    def set_theme(self, theme: Theme) -> None:
        """The window that is open takes up other colours."""
        if self._window is not None and isValid(self._window):
            self._window.set_theme(theme)

    def _close(self) -> None:
        if self._window is not None and isValid(self._window):
            self._window.close()
        self._window = None
