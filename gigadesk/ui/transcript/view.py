"""The virtual view of one conversation: values in, signals out."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from gigadesk.chat import ChatId, MessageId
from gigadesk.settings import FollowMode
from gigadesk.ui.theme import LIGHT, Theme
from gigadesk.ui.transcript.values import MessageView


class Transcript(QAbstractScrollArea):
    """Shows the messages of one chat.

    Signals:
        link_activated(str): a link was clicked; its target as written, not checked.
        action_requested(int, str): a button of a message's notice; message id and `Action`.
        regenerate_requested(int): another version of this answer is wanted.
        branch_requested(int): show the branch of this sibling.
        move_to_front_requested(int): this waiting reply shall be next.
    """

    link_activated = Signal(str)
    action_requested = Signal(int, str)
    regenerate_requested = Signal(int)
    branch_requested = Signal(int)
    move_to_front_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._views: dict[MessageId, MessageView] = {}

    def show_chat(self, chat_id: ChatId, messages: Sequence[MessageView]) -> None:  # noqa: ARG002 - first draft
        self._views = {view.message.id: view for view in messages}

    def clear(self) -> None:
        self._views = {}

    def add_message(self, view: MessageView) -> None:
        self._views[view.message.id] = view

    def grow(self, message_id: MessageId, delta: str) -> None: ...

    def update_message(self, view: MessageView) -> None:
        self._views[view.message.id] = view

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme

    def set_update_interval(self, seconds: float) -> None: ...

    def set_follow_mode(self, mode: FollowMode) -> None: ...

    def copy(self) -> None: ...

    def select_all(self) -> None: ...

    def has_selection(self) -> bool:
        return False

    def selected_markdown(self) -> str:
        return ""

    def scroll_to_end(self) -> None: ...
