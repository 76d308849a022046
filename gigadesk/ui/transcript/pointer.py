"""The mouse: clicking and hovering. What it selects is `MouseSelection`'s, what it scrolls `SideScrolling`'s."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QHelpEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QToolTip

from gigadesk.ui.shortcuts import with_keys
from gigadesk.ui.transcript.layout.boxes import TEXT_LINKS, ZoneKind
from gigadesk.ui.transcript.layout.link_words import link_warnings
from gigadesk.ui.transcript.messages.rows import RowKey
from gigadesk.ui.transcript.selecting.mouse_selection import MouseSelection
from gigadesk.ui.transcript.side_scrolling import SideScrolling
from gigadesk.ui.transcript.words import exact_time_text
from gigadesk.ui.transcript.zones import FoundZone
from gigadesk.ui.widgets.tooltips import plain_tooltip

if TYPE_CHECKING:
    from gigadesk.ui.transcript.view import Transcript


TOOLTIP_MAX_CHARS = 300
LEAST_SELECTED = 3
"""Pixels: a hand that clicks moves the mouse by one or two."""


class Pointer(QObject):
    """Follows the mouse over the viewport."""

    def __init__(self, view: "Transcript") -> None:
        super().__init__(view)
        self._view = view
        self._has_moved = False
        self._pressed_at = QPointF()
        self._pressed: FoundZone | None = None
        self.sideways = SideScrolling(view)
        self.selecting = MouseSelection(view)

    # --- buttons

    def press(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        point = event.position()
        view = self._view
        view.highlights.focused_zone = None
        view.walk.leave()
        self._pressed_at = point
        self._has_moved = False
        if self.sideways.begin_drag(point):
            return
        self._pressed = view.zones.at(point)
        view.highlights.pressed_zone = self._pressed.key if self._pressed else None
        if self._pressed is not None and self._pressed.zone.kind not in TEXT_LINKS:
            view.refresh_row(self._pressed.row)
            return
        self.selecting.press(point, is_extending=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))

    def double_click(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        found = self._view.zones.at(event.position())
        if found is not None and found.zone.kind not in TEXT_LINKS:
            # The second of two fast clicks on a button is a click.
            self.press(event)
            return
        self._pressed_at = event.position()
        self._has_moved = False
        self._pressed = None
        self.selecting.double_click(event.position())

    def move(self, event: QMouseEvent) -> None:
        point = event.position()
        if self.sideways.drag(point):
            return
        if not event.buttons() & Qt.MouseButton.LeftButton:
            self._hover(point)
            return
        distance = (point - self._pressed_at).manhattanLength()
        self._has_moved = self._has_moved or distance >= QApplication.startDragDistance()
        if self._has_moved and self._pressed is not None and self._pressed.zone.kind is ZoneKind.FILE:
            self._drag_file(self._pressed)
            return
        # A narrow letter is selected by less than what makes a drag.
        is_on_text = self._pressed is None and not self.selecting.may_drag_out
        has_moved = self._has_moved or (is_on_text and distance >= LEAST_SELECTED)
        if self.selecting.move(point, has_moved=has_moved):
            # The selected text has been dragged out: nothing is pressed any more.
            self._pressed = self._view.highlights.pressed_zone = None

    def _drag_file(self, pressed: FoundZone) -> None:
        self._pressed = self._view.highlights.pressed_zone = None
        self._view.files.drag(pressed.row.message, pressed.zone.value)

    def release(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        view = self._view
        self.sideways.end_drag()
        pressed, self._pressed = self._pressed, None
        view.highlights.pressed_zone = None
        is_click = pressed is not None and (not self._has_moved or pressed.zone.kind not in TEXT_LINKS)
        self.selecting.release(event.position(), is_click=is_click)
        if pressed is not None and is_click:
            view.refresh_row(pressed.row)
            found = view.zones.at(event.position())
            if found is not None and found.key == pressed.key:
                view.zones.activate(found)
        self._hover(event.position())

    # --- hovering

    def viewport_event(self, event: QEvent) -> bool:
        """Tooltips, and the pointer that leaves."""
        if event.type() == QEvent.Type.Leave:
            self._set_hovered(None, -1)
        elif event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            found = self._view.zones.at(QPointF(event.pos()))
            if found is None:
                self._show_text(event)
            else:
                # Loaded with the first tooltip.
                is_link = found.zone.kind is ZoneKind.LINK
                text = self._link_text(found) if is_link else _words_of(found)
                QToolTip.showText(event.globalPos(), plain_tooltip(text), self._view.viewport())
            return True
        return False

    def _show_text(self, event: QHelpEvent) -> None:
        """The source of a formula, else the time."""
        source = self._view.zones.formula_at(QPointF(event.pos()))
        if source:
            QToolTip.showText(event.globalPos(), plain_tooltip(source), self._view.viewport())
        else:
            self._show_time(event)

    def _show_time(self, event: QHelpEvent) -> None:
        """When a message was written: over what stands around an answer, and anywhere on a question."""
        view = self._view
        row = view.zones.row_at(QPointF(event.pos()))
        item = view.rows.items[row.message] if row is not None else None
        frame = view.rows.frame
        is_beside = not frame.x <= event.pos().x() <= frame.x + frame.width
        if row is None or item is None or is_beside or (0 < row.row <= len(item.blocks) and not item.is_user):
            QToolTip.hideText()
            return
        text = exact_time_text(item.view.message.created_at)
        QToolTip.showText(event.globalPos(), plain_tooltip(text), view.viewport())

    def _hover(self, point: QPointF) -> None:
        view = self._view
        found = view.zones.at(point)
        row = view.zones.row_at(point)
        self._set_hovered(found, row.message if row else -1)
        if found is not None and found.zone.is_enabled:
            shape = Qt.CursorShape.PointingHandCursor
        elif view.zones.is_over_text(point):
            shape = Qt.CursorShape.IBeamCursor
        else:
            shape = Qt.CursorShape.ArrowCursor
        if view.viewport().cursor().shape() is not shape:
            view.viewport().setCursor(shape)

    def _set_hovered(self, found: FoundZone | None, message: int) -> None:
        view, highlights = self._view, self._view.highlights
        key = found.key if found else None
        if key == highlights.hovered_zone and message == highlights.hovered_message:
            return
        changed = {each[0] for each in (key, highlights.hovered_zone) if each}
        if message != highlights.hovered_message:
            for each in (message, highlights.hovered_message):
                if 0 <= each < len(view.rows) and view.rows.items[each].is_open:
                    changed.add(RowKey(each, view.rows.items[each].row_count - 1))
                    changed.update(view.zones.rows_with(each, ZoneKind.TABLE))
        highlights.hovered_zone, highlights.hovered_message = key, message
        for row in changed:
            view.refresh_row(row)

    def _link_text(self, found: FoundZone) -> str:
        from gigadesk.ui.links import read_link

        target, words = found.zone.value, self._view.rows.frame.look.words
        return "\n".join([_shortened(read_link(target).target), *link_warnings(words, target, found.zone.text)])

    def wheel(self, event: QWheelEvent) -> bool:
        """Scroll a wide code block or table; False when the wheel is meant for the whole."""
        return self.sideways.wheel(event)


def _shortened(target: str) -> str:
    """An address that fits on the screen: its beginning tells where it leads."""
    return target if len(target) <= TOOLTIP_MAX_CHARS else f"{target[: TOOLTIP_MAX_CHARS - 1]}…"


def _words_of(found: FoundZone) -> str:
    """For a tooltip: the name, and the keys that do the same."""
    return with_keys(found.zone.name, found.zone.keys) if found.zone.keys else found.zone.name
