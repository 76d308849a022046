"""The transcript as assistive technology sees it: a list whose children are the messages, laid out or not.

The classes here are made by `ScreenReading` only, when assistive technology runs. Traps of PySide6 6.11.3:
an interface whose `interface_cast` is overridden crashes, so messages borrow the action interface of
`QAccessibleWidget`; Qt owns and deletes what it has once seen, so an interface is kept alive here until Qt has been
told to delete it; and Qt may ask while the view is being destroyed, so every answer first looks whether it lives.
"""

import weakref
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QPoint, QRect, QTimer
from PySide6.QtGui import QAccessible, QAccessibleInterface, QColor, QWindow
from PySide6.QtWidgets import QAccessibleWidget

from gigadesk.chat import MessageId, Status
from gigadesk.ui.transcript.messages.message_item import MessageItem
from gigadesk.ui.transcript.speech.accessible_actions import AccessibleAction, actions_of
from gigadesk.ui.transcript.speech.spoken import name_of, text_of

if TYPE_CHECKING:
    from gigadesk.ui.transcript.view import Transcript


class MessageInterface(QAccessibleWidget):
    """One message; knows it by its id, so its index may be asked anew at any time."""

    def __init__(self, message_list: "ListInterface", view: "Transcript", message_id: MessageId) -> None:
        super().__init__(view, QAccessible.Role.ListItem)
        self._list = message_list
        self.message_id = message_id

    @property
    def index(self) -> int | None:
        """Place in the list; None when the message is not shown any more."""
        return self._view.rows.index_of(self.message_id) if self._list.has_view else None

    @property
    def _view(self) -> "Transcript":
        return self._list.view

    @property
    def _item(self) -> MessageItem | None:
        index = self.index
        return None if index is None else self._view.rows.items[index]

    # --- what Qt asks

    def isValid(self) -> bool:
        return self.index is not None

    def object(self) -> None:  # type: ignore[override]  # a message is no object: Qt allows for it
        return None

    def parent(self) -> QAccessibleInterface:
        return self._list

    def window(self) -> QWindow | None:  # type: ignore[override]  # none before the window is shown
        return self._view.window().windowHandle() if self.isValid() else None

    def childCount(self) -> int:
        return 0

    def child(self, index: int) -> None:  # type: ignore[override]  # there is none
        del index

    def childAt(self, x: int, y: int) -> None:  # type: ignore[override]
        del x, y

    def focusChild(self) -> None:  # type: ignore[override]
        return None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        del child
        return -1

    def relations(
        self, match: QAccessible.RelationFlag = QAccessible.RelationFlag.AllRelations
    ) -> list[tuple[QAccessibleInterface, QAccessible.RelationFlag]]:
        del match
        return []

    def text(self, kind: QAccessible.Text) -> str:
        item = self._item
        if item is None:
            return ""
        if kind is QAccessible.Text.Name:
            return name_of(item.view)
        return text_of(item) if kind in {QAccessible.Text.Description, QAccessible.Text.Value} else ""

    def backgroundColor(self) -> QColor:
        return QColor()  # Qt's own would look for a widget

    def foregroundColor(self) -> QColor:
        return QColor()

    def setText(self, kind: QAccessible.Text, text: str) -> None:
        """Messages are not edited here."""

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.ListItem

    def state(self) -> QAccessible.State:
        state = QAccessible.State()
        item = self._item
        if item is None:
            state.invalid = True
            return state
        state.readOnly = state.focusable = state.multiLine = True
        state.busy = item.view.message.status is Status.STREAMING
        view = self._view
        state.focused = view.hasFocus() and view.highlights.focused_message == self.message_id
        state.invisible = not view.isVisible()
        state.offscreen = self.rect().isEmpty()
        return state

    def rect(self) -> QRect:
        """The part in sight, on the screen; empty for a message out of sight."""
        index = self.index
        if index is None or not self._view.isVisible():
            return QRect()
        rect = self._view.walk.rect_of(index).toAlignedRect()
        return rect.translated(self._view.viewport().mapToGlobal(QPoint(0, 0))) if rect.isValid() else QRect()

    # --- actions

    def actionNames(self) -> list[str]:
        return [self.setFocusAction(), *(action.name for action in self._actions())]

    def localizedActionName(self, name: str) -> str:
        for action in self._actions():
            if action.name == name:
                return action.words
        return str(super().localizedActionName(name))

    def localizedActionDescription(self, name: str) -> str:
        return self.localizedActionName(name)

    def keyBindingsForAction(self, name: str) -> list[str]:
        del name
        return []

    def doAction(self, name: str) -> None:
        if self.isValid():
            # Later: the action may show other messages, which deletes this interface while Qt still uses it.
            QTimer.singleShot(0, self._view, lambda: self._do(name))

    def _do(self, name: str) -> None:
        index = self.index
        if index is None:
            return
        if name == QAccessibleWidget.setFocusAction():
            self._view.walk.go_to(index)
            return
        for action in self._actions():
            if action.name == name:
                self._view.zones.activate(action.found)
                return

    def _actions(self) -> list[AccessibleAction]:
        index = self.index
        return [] if index is None else actions_of(self._view, index)


class ListInterface(QAccessibleWidget):
    """The view: a list of messages, and the button that jumps to the end while it is shown."""

    def __init__(self, view: "Transcript") -> None:
        super().__init__(view, QAccessible.Role.List)
        self._reference = weakref.ref(view)  # an interface keeps no view alive
        self.children: dict[MessageId, MessageInterface] = {}
        """Those that have been asked for; `forget` gives them back."""

    def message(self, message_id: MessageId) -> MessageInterface:
        """The interface of a message, always the same."""
        child = self.children.get(message_id)
        if child is None:
            child = self.children[message_id] = MessageInterface(self, self.view, message_id)
            QAccessible.registerAccessibleInterface(child)
        return child

    def forget(self, *, keeps_shown: bool) -> None:
        """Have Qt delete the interfaces of the messages that are not shown any more, or of all."""
        for message_id, child in list(self.children.items()):
            if not shiboken6.isValid(child):
                del self.children[message_id]
            elif not (keeps_shown and child.index is not None):
                QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(child))
                del self.children[message_id]

    @property
    def has_view(self) -> bool:
        """False from the moment in which the view begins to be destroyed."""
        view = self._reference()
        return view is not None and shiboken6.isValid(view)

    @property
    def view(self) -> "Transcript":
        """The view; ask `has_view` before."""
        view = self._reference()
        if view is None:
            raise ReferenceError("the transcript is gone")
        return view

    # --- what Qt asks

    def childCount(self) -> int:
        return len(self.view.rows) + self.view.jump_button.isVisible() if self.has_view else 0

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        if not self.has_view or not 0 <= index < self.childCount():
            return None
        if index == len(self.view.rows):
            return QAccessible.queryAccessibleInterface(self.view.jump_button)
        return self.message(self.view.rows.items[index].view.message.id)

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        if not self.has_view:
            return -1
        if isinstance(child, MessageInterface):
            return -1 if child.index is None else child.index
        return len(self.view.rows) if child.object() is self.view.jump_button else -1

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        if not self.has_view:
            return None
        for index in self.view.walk.in_sight():
            child = self.child(index)
            if child is not None and child.rect().contains(x, y):
                return child
        return None

    def focusChild(self) -> QAccessibleInterface | None:  # type: ignore[override]
        focused = self.view.walk.index if self.has_view and self.view.hasFocus() else None
        if focused is not None:
            return self.child(focused)
        return self if self.has_view and self.view.hasFocus() else None

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.List
