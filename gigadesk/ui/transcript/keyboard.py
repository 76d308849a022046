"""The keyboard: scrolling, copying, and the way from one actionable thing to the next."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeyEvent, QKeySequence

from gigadesk.ui.transcript.selecting.highlights import ZoneKey
from gigadesk.ui.transcript.zones import FoundZone

if TYPE_CHECKING:
    from gigadesk.ui.transcript.view import Transcript


class Keyboard:
    """Tab goes through the links and buttons in sight and then on to the next control; Enter and Space activate."""

    def __init__(self, view: "Transcript") -> None:
        self._view = view

    def press(self, event: QKeyEvent) -> bool:
        """Whether the key meant something here."""
        view = self._view
        if event.matches(QKeySequence.StandardKey.Copy):
            if view.has_selection() or not view.walk.copy():
                view.copy()
            return True
        if event.matches(QKeySequence.StandardKey.SelectAll):
            view.select_all()
            return True
        if event.matches(QKeySequence.StandardKey.Undo):
            view.commands.bring_back()
            return True
        return self._command(event) or view.caret.press(event) or self._scroll(event) or self._act(event)

    def move_focus(self, *, forwards: bool) -> bool:
        """Put the light on the next thing; False when there is none left in sight."""
        view = self._view
        zones = view.zones.in_sight()
        if not zones:
            return False
        keys = [found.key for found in zones]
        focused = view.highlights.focused_zone
        step = 1 if forwards else -1
        before = keys.index(focused) if focused in keys else self._before_first(keys, forwards=forwards)
        place = before + step
        self._set_focused(zones[place] if 0 <= place < len(zones) else None)
        return 0 <= place < len(zones)

    def _before_first(self, keys: list[ZoneKey], *, forwards: bool) -> int:
        """Tab begins with the message that has the light, else at the edge of what is in sight."""
        message = self._view.walk.index
        if message is None:
            return -1 if forwards else len(keys)
        if forwards:
            return sum(key[0].message < message for key in keys) - 1
        return sum(key[0].message <= message for key in keys)

    def gain_focus(self, reason: Qt.FocusReason) -> None:
        """Begin at the first or the last thing in sight, or Tab would lead to where nothing is seen."""
        if reason in {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason}:
            self.move_focus(forwards=reason == Qt.FocusReason.TabFocusReason)
        self._view.viewport().update()

    def lose_focus(self, reason: Qt.FocusReason) -> None:
        """Forget the light, unless it is to come back (a menu, another window)."""
        if reason not in {Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason}:
            self._set_focused(None)
            self._view.walk.leave()
        self._view.viewport().update()

    def put_light_on(self, found: FoundZone) -> None:
        """Give the light to something that was just brought into sight."""
        self._set_focused(found)

    def _set_focused(self, found: FoundZone | None) -> None:
        view = self._view
        view.highlights.focused_zone = found.key if found else None
        view.setAccessibleDescription(found.zone.name if found else "")
        if found is not None:
            QAccessible.updateAccessibility(QAccessibleEvent(view, QAccessible.Event.DescriptionChanged))
        view.viewport().update()

    def _scroll(self, event: QKeyEvent) -> bool:
        is_to_an_end = event.key() in {Qt.Key.Key_Home, Qt.Key.Key_End}  # Ctrl may be held: it is a habit
        allowed = Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
        if is_to_an_end:
            allowed |= Qt.KeyboardModifier.ControlModifier
        if event.modifiers() & ~allowed:
            return False
        view = self._view
        page = view.page_step
        step = view.verticalScrollBar().singleStep()
        match event.key():
            case Qt.Key.Key_PageUp:
                view.scroll_by(-page)
            case Qt.Key.Key_PageDown:
                view.scroll_by(page)
            case Qt.Key.Key_Up:
                view.scroll_by(-step)
            case Qt.Key.Key_Down:
                view.scroll_by(step)
            case Qt.Key.Key_Home:
                view.show_offset(0)
            case Qt.Key.Key_End:
                view.scroll_to_end()
            case Qt.Key.Key_Space if view.highlights.focused_zone is None:
                view.scroll_by(-page if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else page)
            case _:
                return False
        return True

    def _command(self, event: QKeyEvent) -> bool:
        """Keys for the message with the light. No letters: who types one means the composer."""
        view = self._view
        is_bare = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        index = view.walk.index
        if not is_bare or index is None or view.highlights.focused_zone is not None:
            return False
        match event.key():
            case Qt.Key.Key_Delete:
                return view.commands.delete()
            case Qt.Key.Key_Left | Qt.Key.Key_Right:
                view.commands.step_version(-1 if event.key() == Qt.Key.Key_Left else 1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                view.commands.menu.open_at_button(index)
            case _:
                return False
        return True

    def _act(self, event: QKeyEvent) -> bool:
        view = self._view
        if event.key() == Qt.Key.Key_Escape and view.highlights.focused_zone is None and view.walk.leave():
            return True
        if event.key() == Qt.Key.Key_Escape and (view.has_selection() or view.highlights.focused_zone is not None):
            view.selection.clear()
            self._set_focused(None)
            return True
        if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            return False
        for found in view.zones.in_sight():
            if found.key == view.highlights.focused_zone:
                view.zones.activate(found)
                return True
        return False
