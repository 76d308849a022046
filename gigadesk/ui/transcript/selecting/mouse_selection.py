"""Selecting with the mouse: by characters, words and paragraphs, beyond the edges; dragging out what is selected."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QObject, QPointF, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from gigadesk.ui.transcript.selecting.grains import Grain, around
from gigadesk.ui.transcript.selecting.selection import Position

if TYPE_CHECKING:
    from gigadesk.ui.transcript.view import Transcript

AUTOSCROLL_MS = 30
AUTOSCROLL_SHARE = 0.35
"""Pixels per step for each pixel the pointer is beyond the edge."""
AUTOSCROLL_LEAST = 2.0


class MouseSelection(QObject):
    """From the press to the release. Whoever follows the mouse tells it what happens."""

    def __init__(self, view: "Transcript") -> None:
        super().__init__(view)
        self._view = view
        self._grain = Grain.CHARACTER
        self._is_selecting = False
        self.may_drag_out = False
        """The press was on selected text."""
        self._point = QPointF()
        self._clicked_at = QPointF()
        self._since_double_click = QElapsedTimer()
        self._autoscroll = QTimer(self)
        self._autoscroll.setInterval(AUTOSCROLL_MS)
        self._autoscroll.timeout.connect(self._on_autoscroll)

    def press(self, point: QPointF, *, is_extending: bool) -> None:
        """The button went down; with Shift, what is selected is extended."""
        view = self._view
        view.show_pending()
        view.caret.hide()
        self._point = point
        self.may_drag_out = False
        if self._is_triple_click(point):
            self._begin(point, Grain.PARAGRAPH)
        elif is_extending and view.selection.anchor is not None:
            anchor = view.selection.anchor
            view.selection.pressed, self._grain, self._is_selecting = (anchor, anchor), Grain.CHARACTER, True
            self._extend(point)
        elif view.zones.is_selected(point):
            self.may_drag_out = True
        else:
            self._begin(point, Grain.CHARACTER)

    def double_click(self, point: QPointF) -> None:
        """The button went down for the second time."""
        self._since_double_click.start()
        self._point = self._clicked_at = point
        self.may_drag_out = False
        self._begin(point, Grain.WORD)

    def move(self, point: QPointF, *, has_moved: bool) -> bool:
        """The pointer moved while the button is held. True if the selection was dragged out, which is over now."""
        self._point = point
        if self.may_drag_out and has_moved:
            self.may_drag_out = False
            self._view.copying.drag_selection()
            return True
        if not self._is_selecting or not (has_moved or self._grain is not Grain.CHARACTER):
            return False
        # A growing answer must not pull the text away from under the pointer.
        self._view.follow.is_suspended = True
        self._extend(point)
        if not self._beyond() and not self._beside():
            self._autoscroll.stop()
        elif not self._autoscroll.isActive():
            self._autoscroll.start()
        return False

    def release(self, point: QPointF, *, is_click: bool) -> None:
        """The button came up; `is_click` if it was something else that was clicked, like a link."""
        view = self._view
        self._autoscroll.stop()
        was_selecting, self._is_selecting = self._is_selecting, False
        if view.follow.is_suspended:
            view.follow.is_suspended = False
            if not view.arranged().is_at_end:
                # What was selected stays in sight.
                view.follow.scrolled_up()
        if self.may_drag_out:
            self.may_drag_out = False
            if not is_click:
                self._begin(point, Grain.CHARACTER)
                self._is_selecting = False
        elif was_selecting and not is_click:
            view.copying.copy_to_primary()

    def _begin(self, point: QPointF, grain: Grain) -> None:
        place = self._view.zones.place_at(point, on_character=grain is not Grain.CHARACTER)
        self._grain, self._is_selecting = grain, place is not None
        if place is None:
            return
        selection = self._view.selection
        selection.pressed = self._around(place, grain)
        selection.set(*selection.pressed)
        self._view.viewport().update()

    def _extend(self, point: QPointF) -> None:
        place = self._view.zones.place_at(point, on_character=self._grain is not Grain.CHARACTER)
        selection = self._view.selection
        if place is None or selection.pressed is None:
            return
        start, end = self._around(place, self._grain)
        first_start, first_end = selection.pressed
        if start < first_start:
            selection.set(first_end, start)
        else:
            selection.set(first_start, max(end, first_end))
        self._view.viewport().update()

    def _around(self, place: Position, grain: Grain) -> tuple[Position, Position]:
        return around(self._view.rows.open(place.message), place, grain)

    def _is_triple_click(self, point: QPointF) -> bool:
        return (
            self._since_double_click.isValid()
            and self._since_double_click.elapsed() < QApplication.doubleClickInterval()
            and (point - self._clicked_at).manhattanLength() < QApplication.startDragDistance()
        )

    # --- beyond the edges

    def _beyond(self) -> float:
        """How far the pointer is above (negative) or below the viewport."""
        y, height = self._point.y(), self._view.viewport().height()
        return y if y < 0 else y - height + 1 if y >= height else 0.0

    def _inside(self) -> QPointF:
        """The point of the viewport nearest to the pointer."""
        height = self._view.viewport().height()
        return QPointF(self._point.x(), min(max(self._point.y(), 0.0), height - 1.0))

    def _beside(self) -> float:
        """How far the pointer is beside the code or table in which the drag began, if that can be scrolled on."""
        inside, row = self._inside(), self._view.zones.row_at(self._inside())
        pressed = self._view.selection.pressed
        if row is None or pressed is None or row.message != pressed[0].message or row.row < 1:
            return 0.0
        item = self._view.rows.open(row.message)
        began = min(pressed[0].block, len(item.blocks) - 1)
        if row.row > len(item.blocks) or item.leader(row.row - 1) != item.leader(began):
            return 0.0
        return self._view.pointer.sideways.beside(row, inside)

    def _on_autoscroll(self) -> None:
        is_held = QGuiApplication.mouseButtons() & Qt.MouseButton.LeftButton
        beyond, beside = self._beyond(), self._beside() if is_held else 0.0
        if not self._is_selecting or not is_held or not (beyond or beside):
            self._autoscroll.stop()
            return
        if beyond:
            self._view.scroll_by(_speed(beyond))
        row = self._view.zones.row_at(self._inside())
        if beside and row is not None:
            self._view.pointer.sideways.scroll_at(row, self._inside(), _speed(beside))
        self._extend(self._inside())


def _speed(beyond: float) -> float:
    return beyond * AUTOSCROLL_SHARE + (AUTOSCROLL_LEAST if beyond > 0 else -AUTOSCROLL_LEAST)
