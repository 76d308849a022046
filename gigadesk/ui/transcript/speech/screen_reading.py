"""Tells assistive technology what happens in the transcript. Does nothing at all while none runs."""

from functools import partial
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtGui import QAccessible, QAccessibleEvent

from gigadesk.chat import MessageId, Status
from gigadesk.ui.transcript.values import MessageView
from gigadesk.ui.widgets.announce import announce

if TYPE_CHECKING:
    from gigadesk.ui.transcript.speech.accessible import ListInterface
    from gigadesk.ui.transcript.view import Transcript

_RUNNING = {Status.QUEUED, Status.STREAMING}

_exposed: set["ListInterface"] = set()
"""Alive here until Qt has let go of them, even if the view is garbage before."""


class ScreenReading:
    """Puts the list in the place of Qt's own interface for the view, and takes it back when the view is destroyed."""

    def __init__(self, view: "Transcript") -> None:
        self._view = view
        self._list: ListInterface | None = None

    def wake(self) -> None:
        """Show the messages to assistive technology, if some has come to run. Cheap; called with every painting."""
        if self._list is not None or not QAccessible.isActive():
            return
        # Loaded late: few people need it.
        from gigadesk.ui.transcript.speech.accessible import ListInterface

        view = self._view
        # By its number alone: no wrapper may be left of what Qt deletes here.
        QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(QAccessible.queryAccessibleInterface(view)))
        self._list = ListInterface(view)
        QAccessible.registerAccessibleInterface(self._list)
        _exposed.add(self._list)
        view.destroyed.connect(partial(_let_go, self._list))

    def messages_replaced(self) -> None:
        """Other messages are shown."""
        self.wake()
        if self._list is not None:
            self._list.forget(keeps_shown=True)

    def message_added(self, view: MessageView) -> None:
        """There is a message more."""
        self.wake()
        if self._list is None:
            return
        self._tell(view.message.id, QAccessible.Event.ObjectCreated)
        self._announce_change(None, view)

    def message_changed(self, old: MessageView, new: MessageView) -> None:
        """A message is in another state. Not called for text that arrives: nobody wants to hear every word come."""
        self.wake()
        if self._list is None or (old.message.status, old.queue_position) == (new.message.status, new.queue_position):
            return
        self._tell(new.message.id, QAccessible.Event.NameChanged)
        self._announce_change(old, new)

    def message_unfolded(self, message_id: MessageId) -> None:
        """More or less of a message is shown: what it says is another text now."""
        self.wake()
        self._tell(message_id, QAccessible.Event.DescriptionChanged)

    def message_focused(self, message_id: MessageId) -> None:
        """The keyboard has gone to a message."""
        self.wake()
        self._tell(message_id, QAccessible.Event.Focus)

    @property
    def is_listened_to(self) -> bool:
        """Assistive technology runs."""
        return QAccessible.isActive()

    def say(self, words: str) -> None:
        """Have some words said."""
        announce(self._view, words)

    def _announce_change(self, old: MessageView | None, new: MessageView) -> None:
        from gigadesk.ui.transcript.speech.spoken import beginning_of, end_of

        before = old.message.status if old is not None else None
        status = new.message.status
        if status is Status.STREAMING and before is not status:
            self.say(beginning_of(new))
        elif before in _RUNNING and status not in _RUNNING:
            self.say(end_of(new))

    def _tell(self, message_id: MessageId, event: QAccessible.Event) -> None:
        if self._list is not None and QAccessible.isActive() and self._view.rows.index_of(message_id) is not None:
            QAccessible.updateAccessibility(QAccessibleEvent(self._list.message(message_id), event))


def _let_go(message_list: "ListInterface") -> None:
    """The view is destroyed."""
    message_list.forget(keeps_shown=False)
    if shiboken6.isValid(message_list):
        QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(message_list))
    _exposed.discard(message_list)
