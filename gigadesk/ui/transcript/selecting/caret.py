"""Selecting with the keyboard, from where the last click or selection ended; and the caret that may walk by itself.

Shift with the arrows, Home, End and the page keys extends the selection. F7 lets the same keys without Shift move the
caret, as in browsers; then F7 or Esc gives them back to scrolling.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPainter

from gigadesk.ui.transcript.layout.pieces import length
from gigadesk.ui.transcript.messages.rows import RowKey
from gigadesk.ui.transcript.selecting.caret_steps import Step, at_edge, beside_hidden, stepped, text_between
from gigadesk.ui.transcript.selecting.selection import Position

if TYPE_CHECKING:
    from gigadesk.ui.transcript.view import Transcript

WIDTH = 2.0
MARGIN = 4.0
"""Pixels between the caret and the edge."""
PRIMARY_DELAY_MS = 250
"""What is selected with held keys goes to the primary selection when they rest."""
SAID_MAX_CHARS = 300
_TRIES = 400
"""Steps of half a line in search of the next one: a picture may lie between."""

_KEYS: dict[tuple[Qt.Key, bool], Step] = {
    (Qt.Key.Key_Left, False): Step.LEFT,
    (Qt.Key.Key_Right, False): Step.RIGHT,
    (Qt.Key.Key_Left, True): Step.WORD_LEFT,
    (Qt.Key.Key_Right, True): Step.WORD_RIGHT,
    (Qt.Key.Key_Up, False): Step.UP,
    (Qt.Key.Key_Down, False): Step.DOWN,
    (Qt.Key.Key_Up, True): Step.PARAGRAPH_UP,
    (Qt.Key.Key_Down, True): Step.PARAGRAPH_DOWN,
    (Qt.Key.Key_Home, False): Step.LINE_START,
    (Qt.Key.Key_End, False): Step.LINE_END,
    (Qt.Key.Key_Home, True): Step.START,
    (Qt.Key.Key_End, True): Step.END,
    (Qt.Key.Key_PageUp, False): Step.PAGE_UP,
    (Qt.Key.Key_PageDown, False): Step.PAGE_DOWN,
}
_MODIFIERS = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier
_IGNORED = Qt.KeyboardModifier.KeypadModifier


class Caret:
    """The head of the selection, as the keyboard moves it."""

    def __init__(self, view: "Transcript") -> None:
        self._view = view
        self.is_browsing = False
        """The arrows move the caret instead of the view."""
        self._is_shown = False
        self._goal_x: float | None = None
        """Where the caret would like to stand on lines that are too short."""
        self._primary = QTimer(view)
        self._primary.setSingleShot(True)
        self._primary.setInterval(PRIMARY_DELAY_MS)
        self._primary.timeout.connect(view.copying.copy_to_primary)

    def press(self, event: QKeyEvent) -> bool:
        """Whether the key meant something here."""
        modifiers = event.modifiers() & ~_IGNORED
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_F7 and not modifiers:
            self.toggle()
            return True
        if key == Qt.Key.Key_Escape and self.is_browsing and self._view.highlights.focused_zone is None:
            return self._escape()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.is_browsing and not modifiers:
            return self._activate()
        is_extending = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
        step = _KEYS.get((key, bool(modifiers & Qt.KeyboardModifier.ControlModifier)))
        if (
            step is None
            or modifiers & ~_MODIFIERS
            or not (is_extending or self.is_browsing)
            or not len(self._view.rows)
        ):
            return False
        self._go(step, is_extending=is_extending)
        return True

    def toggle(self) -> None:
        """Let the arrow keys move the caret, or scroll again; the keyboard comes here."""
        self._view.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._browse(is_browsing=not self.is_browsing)

    def hide(self) -> None:
        """The mouse has taken over."""
        self._is_shown = self.is_browsing
        self._goal_x = None

    def paint(self, painter: QPainter) -> None:
        """Paint the caret over the text, while the keyboard is here."""
        head = self._view.selection.head
        if not self._is_shown or head is None or not self._view.hasFocus():
            return
        rect = self._rect(head)
        if rect is not None:
            rect.setWidth(WIDTH)
            painter.fillRect(rect.translated(-WIDTH / 2, 0), self._view.stage.theme.accent)

    def start(self) -> Position:
        """Where a selection begins that has no beginning yet: at the message with the light, or what is seen first."""
        view = self._view
        if view.walk.index is not None:
            return Position(view.walk.index, 0, 0)
        x = view.rows.frame.x
        for placed in view.arranged().placed:
            item = view.rows.items[placed.key.message]
            gap = item.gap(placed.key.row)
            if 0 < placed.key.row <= len(item.blocks) and placed.y + placed.height > 0:
                for part in item.box(placed.key.row).parts:
                    top, pitch = placed.y + gap + part.y, part.line_style.pitch
                    if top + part.height >= pitch:
                        # The first line that is in sight from top to bottom.
                        y = (top % pitch if top < 0 else top) + pitch / 2
                        return view.zones.place_at(QPointF(x, y)) or Position(placed.key.message, 0, 0)
        return Position(0, 0, 0)

    # --- moving

    def _go(self, step: Step, *, is_extending: bool) -> None:
        view, selection = self._view, self._view.selection
        view.show_pending()
        bounds = selection.bounds
        head = self._at_text(selection.head or self.start())
        if bounds is not None and not is_extending and step in {Step.LEFT, Step.RIGHT}:
            # The caret comes out of the selection at the side that the arrow points to.
            target = self._at_text(bounds[0] if step is Step.LEFT else bounds[1])
        else:
            target = beside_hidden(view.rows, head, self._target(head, step), step)
        if step not in {Step.UP, Step.DOWN, Step.PAGE_UP, Step.PAGE_DOWN}:
            self._goal_x = None
        anchor = (selection.anchor or head) if is_extending else target
        selection.pressed = None
        selection.set(anchor, target)
        view.walk.leave()
        view.highlights.focused_zone = None
        self._is_shown = True
        self._show(target)
        view.viewport().update()
        if is_extending:
            self._primary.start()
        self._say(head, target, step, is_extending=is_extending)

    def _target(self, head: Position, step: Step) -> Position:
        match step:
            case Step.UP | Step.DOWN:
                return self._line(head, 1 if step is Step.DOWN else -1)
            case Step.PAGE_UP | Step.PAGE_DOWN:
                return self._page(head, 1 if step is Step.PAGE_DOWN else -1)
            case Step.LINE_START | Step.LINE_END:
                part = self._view.rows.box(_row(head)).part_of(head.place)
                return (
                    head if part is None else head._replace(place=part.line_bounds(head.place)[step is Step.LINE_END])
                )
            case Step.LEFT | Step.RIGHT | Step.WORD_LEFT | Step.WORD_RIGHT if self._runs_right_to_left(head):
                return stepped(self._view.rows, head, step.mirrored)
            case _:
                return stepped(self._view.rows, head, step)

    def _line(self, head: Position, direction: int) -> Position:
        """The place above or below, at the height of the next line."""
        view = self._view
        self._show(head)
        rect = self._rect(head)
        if rect is None:
            return head
        if self._goal_x is None:
            self._goal_x = rect.x()
        pitch = view.rows.frame.typography.body.pitch
        y = rect.center().y()
        for _ in range(_TRIES):
            y += direction * pitch / 2
            if not 0 <= y < view.viewport().height():
                before = view.arranger.offset()
                view.scroll_by(direction * 3 * pitch)
                moved = view.arranger.offset() - before
                if not moved:
                    return at_edge(view.rows, is_end=direction > 0)
                y -= moved
            place = view.zones.place_at(QPointF(self._goal_x, y))
            if place is None or (place > head) != (direction > 0) or place == head:
                continue
            place = self._at_text(place)
            now, old = self._rect(place), self._rect(head)
            # Not the same line: that of a table has several heights.
            if now is None or old is None:
                return place
            if place != head and abs(now.center().y() - old.center().y()) > pitch / 4:
                # Between two lines the nearer end was found: on its line the place below the goal is wanted.
                exact = view.zones.place_at(QPointF(self._goal_x, now.center().y()))
                return place if exact is None else self._at_text(exact)
        return at_edge(view.rows, is_end=direction > 0)

    def _page(self, head: Position, direction: int) -> Position:
        view = self._view
        self._show(head)
        rect = self._rect(head)
        if rect is None:
            return head
        if self._goal_x is None:
            self._goal_x = rect.x()
        before = view.arranger.offset()
        view.scroll_by(direction * view.page_step)
        if not view.arranger.offset() - before:
            return at_edge(view.rows, is_end=direction > 0)
        place = view.zones.place_at(QPointF(self._goal_x, rect.center().y()))
        return head if place is None else self._at_text(place)

    def _runs_right_to_left(self, place: Position) -> bool:
        part = self._view.rows.box(_row(place)).part_of(place.place)
        return part is not None and part.runs_right_to_left

    def _at_text(self, place: Position) -> Position:
        """The place itself, or the end of the message if it lies behind its text."""
        blocks = self._view.rows.open(place.message).blocks
        if not blocks:
            return Position(place.message, 0, 0)
        block = min(place.block, len(blocks) - 1)
        size = length(blocks[block])
        return Position(place.message, block, size if place.block > block else min(place.place, size))

    # --- where it stands

    def _rect(self, place: Position) -> QRectF | None:
        """The caret in the viewport; None out of sight."""
        view = self._view
        place = self._at_text(place)
        row = _row(place)
        if not any(placed.key == row for placed in view.arranged().placed):
            return None
        item = view.rows.items[place.message]
        if row.row > len(item.blocks):
            return None
        corner = view.zones.point_in_row(QPointF(0, 0), row)
        return item.box(row.row).caret(place.place, item.scrolls(row.row)).translated(-corner.x(), -corner.y())

    def _show(self, place: Position) -> None:
        """Scroll as little as brings the caret into sight."""
        view = self._view
        row, height = _row(place), view.viewport().height()
        rect = self._rect(place)
        if rect is None:
            item = view.rows.open(place.message)
            if row.row > len(item.blocks):
                view.show_offset(max(0.0, view.rows.top_of(RowKey(place.message, 0)) - height / 3))
                return
            box = view.rows.box(row)
            top = view.rows.top_of(row) + item.gap(row.row) + box.caret(place.place, []).top()
            view.show_offset(max(0.0, top - height / 3))
            rect = self._rect(place)
        if rect is None:
            return
        margin = min(MARGIN, height / 4)
        if rect.top() < margin:
            view.scroll_by(rect.top() - margin)
        elif rect.bottom() > height - margin:
            view.scroll_by(rect.bottom() - height + margin)
        self._show_beside(row, place)

    def _show_beside(self, row: RowKey, place: Position) -> None:
        """The same sideways, in code and tables."""
        item = self._view.rows.items[row.message]
        box = item.box(row.row)
        part = box.part_of(place.place)
        if part is None or not 0 <= part.area < len(box.areas):
            return
        area, x = box.areas[part.area].rect, box.caret(place.place, item.scrolls(row.row)).x()
        beyond = min(0.0, x - area.left()) or max(0.0, x - area.right() + WIDTH)
        if beyond:
            self._view.pointer.sideways.scroll(
                row, part.area, beyond + (area.width() / 4 if beyond > 0 else -area.width() / 4)
            )

    # --- the rest

    def _browse(self, *, is_browsing: bool) -> None:
        view = self._view
        self.is_browsing = self._is_shown = is_browsing
        self._goal_x = None
        if is_browsing and len(view.rows):
            place = self._at_text(view.selection.head or self.start())
            if view.selection.is_empty:
                view.selection.set(place, place)
            self._show(place)
        on = QCoreApplication.translate("Transcript", "The arrow keys move the caret")
        off = QCoreApplication.translate("Transcript", "The arrow keys scroll")
        view.screen_reading.say(on if is_browsing else off)
        view.viewport().update()

    def _escape(self) -> bool:
        selection = self._view.selection
        if selection.is_empty or selection.head is None:
            self._browse(is_browsing=False)
        else:
            selection.set(selection.head, selection.head)
            self._view.viewport().update()
        return True

    def _activate(self) -> bool:
        """Follow the link at the caret; False if there is none."""
        head = self._view.selection.head
        rect = self._rect(head) if head is not None else None
        if rect is None or self._view.highlights.focused_zone is not None:
            return False
        for shift in (1.0, -1.0):
            found = self._view.zones.at(rect.center() + QPointF(shift, 0))
            if found is not None:
                self._view.zones.activate(found)
                return True
        return False

    def _say(self, before: Position, now: Position, step: Step, *, is_extending: bool) -> None:
        reading = self._view.screen_reading
        if reading.is_listened_to:
            text = text_between(self._view.rows, before, now, step, is_extending=is_extending)
            reading.say(text[:SAID_MAX_CHARS])


def _row(place: Position) -> RowKey:
    return RowKey(place.message, place.block + 1)
