"""The size of the conversation: with the wheel and the keys, around what is being read."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QWheelEvent

from gigadesk.ui.transcript.arrangement import Anchor
from gigadesk.ui.transcript.messages.rows import RowKey
from gigadesk.ui.transcript.zoom_sign import ZoomSign
from gigadesk.ui.widgets.announce import announce

if TYPE_CHECKING:
    from gigadesk.ui.transcript.view import Transcript

WHOLE = 100
STEPS = (50, 60, 70, 80, 90, WHOLE, 110, 125, 150, 175, 200, 250, 300)
NOTCH = 120
"""Of the wheel, in eighths of a degree: one step. Smooth wheels and touch pads send less at a time."""
KEEP_DELAY_MS = 400
"""A size is kept when the hand rests: on the way from 50 to 300 per cent the file is not written twelve times."""


@dataclass(slots=True)
class _Held:
    """What stays where it is: `place` of the text, or the `share` of a row without text, at `y` of the viewport."""

    y: float
    key: RowKey
    place: int
    share: float
    after: tuple[RowKey, float] | None = None
    """The anchor that this led to: while it is so, nobody has scrolled."""


class Zoom(QObject):
    """The size in per cent of what the font says.

    Signals:
        chosen(int): the user wants this size, also the next time.
    """

    chosen = Signal(int)

    def __init__(self, view: "Transcript") -> None:
        super().__init__(view)
        self._view = view
        self.percent = WHOLE
        self._turned = 0
        self._held: _Held | None = None
        self._sign: ZoomSign | None = None
        self._keeping = QTimer(self)
        self._keeping.setSingleShot(True)
        self._keeping.setInterval(KEEP_DELAY_MS)
        self._keeping.timeout.connect(self._on_rest)

    def set_percent(self, percent: int) -> None:
        """Show the size that the settings say, unless the user is about to choose another."""
        if percent != self.percent and not self._keeping.isActive():
            self._show(percent)

    def step(self, direction: int, at: QPointF | None = None) -> None:
        """The next larger (1) or smaller (-1) size; what is at a point of the viewport stays there."""
        steps = [each for each in STEPS if (each - self.percent) * direction > 0]
        self._choose((steps[0] if direction > 0 else steps[-1]) if steps else self.percent, at)

    def reset(self) -> None:
        """The size that the font has."""
        self._choose(WHOLE, None)

    def keep(self) -> None:
        """Tell at once what is still to be kept: the window closes."""
        if self._keeping.isActive():
            self._on_rest()

    def wheel(self, event: QWheelEvent) -> bool:
        """Whether the wheel was turned with Ctrl, which zooms."""
        if event.modifiers() != Qt.KeyboardModifier.ControlModifier:
            self._turned = 0
            return False
        if event.phase() is Qt.ScrollPhase.ScrollMomentum:
            return True  # the fingers have let go
        turned = event.angleDelta().y()
        if turned * self._turned < 0:
            self._turned = 0
        self._turned += turned
        while abs(self._turned) >= NOTCH:
            direction = 1 if self._turned > 0 else -1
            self._turned -= direction * NOTCH
            self.step(direction, event.position())
        return True

    def _choose(self, percent: int, at: QPointF | None) -> None:
        if percent != self.percent:
            self._hold(at)
            self._show(percent)
            self._restore()
            self._keeping.start()
        self._show_sign()

    def _show(self, percent: int) -> None:
        self.percent = percent
        self._view.stage.set_zoom(percent / WHOLE)

    # --- the place that stays

    def _hold(self, at: QPointF | None) -> None:
        view, held = self._view, self._held
        arranger = view.arranged()
        if view.follow.sticks_to_end and arranger.is_at_end:
            self._held = None  # the end stays in sight
            return
        y = at.y() if at is not None else 0.0
        anchor = arranger.anchor
        if held is not None and held.y == y and anchor is not None and held.after == (anchor.key, anchor.offset):
            return  # so that there and back again is the same
        placed = arranger.find(y)
        self._held = None
        if placed is None:
            return
        inside = y - placed.y
        place = -1
        item = view.rows.open(placed.key.message)
        if 0 < placed.key.row <= len(item.blocks):
            below_gap = inside - item.gap(placed.key.row)
            x = at.x() - view.rows.frame.x if at is not None else 0.0
            part = view.rows.box(placed.key).part_at(below_gap, x)
            if part is not None and below_gap > 0:
                place = part.first_place_of_line(below_gap - part.y)
                y_of_line = part.y + part.top_of(place)
                self._held = _Held(y, placed.key, place, (below_gap - y_of_line) / part.line_style.pitch)
                return
        self._held = _Held(y, placed.key, -1, inside / max(1.0, placed.height))

    def _restore(self) -> None:
        view, held = self._view, self._held
        if held is None:
            return
        item = view.rows.open(held.key.message)
        row = min(held.key.row, item.row_count - 1)
        key = RowKey(held.key.message, row)
        height = view.rows.height_of(key)
        if held.place < 0:
            inside = held.share * height
        else:
            box = view.rows.box(key)
            part = box.part_of(held.place)
            line = part.line_style.pitch if part is not None else 0
            inside = item.gap(row) + box.top_of(held.place) + held.share * line
        view.arranger.anchor = Anchor(key, float(round(inside - held.y)))
        arranger = view.arranged()
        held.after = (arranger.anchor.key, arranger.anchor.offset) if arranger.anchor is not None else None

    # --- telling

    def _show_sign(self) -> None:
        view = self._view
        text = QCoreApplication.translate("Transcript", "{percent}%").format(percent=self.percent)
        if self._sign is None:
            self._sign = ZoomSign(view)
        self._sign.show_text(text, view.viewport().geometry(), view.stage.theme)
        announce(view, QCoreApplication.translate("Transcript", "Zoom {percent}").format(percent=text))

    def _on_rest(self) -> None:
        self._keeping.stop()
        self.chosen.emit(self.percent)
