"""What the view looks like and what stands where in it: fonts, colours, the column, the arrangement, the painting.

What is shown, and for whom, is the view's own business.
"""

import math
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, QRectF, QTimer
from PySide6.QtGui import QFont, QPainter, QRegion

from gigadesk.ui.theme import LIGHT, Theme
from gigadesk.ui.transcript.layout.builder import Look
from gigadesk.ui.transcript.layout.code_colors import CodeColors
from gigadesk.ui.transcript.layout.formula_pictures import FormulaPictures
from gigadesk.ui.transcript.layout.frame import Frame
from gigadesk.ui.transcript.layout.typography import Typography
from gigadesk.ui.transcript.messages.days import local_day, seconds_to_midnight
from gigadesk.ui.transcript.messages.rows import RowKey
from gigadesk.ui.transcript.painting import RowPainter
from gigadesk.ui.transcript.words import block_words, chrome_words

if TYPE_CHECKING:
    from gigadesk.ui.transcript.view import Transcript
    from gigadesk.ui.worker import Worker

MARGIN = 24
NARROW_MARGIN = 18
NARROW_WIDTH = 560
CALENDAR_S = 600
MOST_STRIPES = 4
AIR = 12
"""So far from the column, no ring and no button of it reaches."""
EDGE = 8
"""So much of what was there is painted again beside what has come: a tall letter may reach out of its line."""


class Stage(QObject):
    """Lays out the rows of a view for its size, font and theme, no more often than something has changed."""

    def __init__(self, view: "Transcript") -> None:
        super().__init__(view)
        self._view = view
        self.theme = LIGHT
        self.is_read_only = False
        self._zoom = 1.0
        self.typography = Typography(view.font(), self.theme)
        self._worker: Worker | None = None
        self._colors = CodeColors(self._shared_worker, self)
        self._colors.arrived.connect(self._on_colors_arrived)
        self._formulas = FormulaPictures(self._shared_worker, self)
        self._formulas.arrived.connect(self._on_formulas_arrived)
        self._is_dirty = True
        self._today = local_day(time.time())
        self._midnight = QTimer(self)
        self._midnight.setSingleShot(True)
        self._midnight.timeout.connect(self.look_at_calendar)
        self.look_at_calendar()

    def _shared_worker(self) -> "Worker":
        """The one process for colours and formulas, loaded with the first of them."""
        if self._worker is None:
            from gigadesk.ui.worker import Worker

            self._worker = Worker(self)
        return self._worker

    @property
    def widest(self) -> int:
        """The widest the view has a use for."""
        return self.typography.column_width + 2 * MARGIN

    def make_frame(self) -> Frame:
        """The column and look as they are to be now."""
        look = Look(
            self.typography,
            block_words(),
            self._formulas.shape,
            self._colors.runs,
            web_picture=self._view.web_pictures.of,
            picture_size=self._view.pictures.size,
        )
        # The scroll bar comes and goes in the margin: it never moves the text.
        width = self._view.width()
        margin = NARROW_MARGIN if width < NARROW_WIDTH else MARGIN
        column = max(80, min(self.typography.column_width, width - 2 * margin))
        x = float((width - column) // 2)
        size = self._view.pictures.size
        return Frame(look, chrome_words(), x, float(column), self._today, size, is_read_only=self.is_read_only)

    def set_read_only(self, *, is_read_only: bool) -> None:
        """Whether what would change the chat is not offered."""
        if is_read_only != self.is_read_only:
            self.is_read_only = is_read_only
            self._view.selection_bar.withdraw()
            self.rebuild()

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        self._view.jump_button.set_theme(theme)
        self._view.thin_bar.set_theme(theme)
        self.set_font(self._view.font())

    def set_font(self, font: QFont) -> None:
        self.typography = Typography(font, self.theme, self._zoom)
        self.rebuild()

    def set_zoom(self, zoom: float) -> None:
        """Show text and all around it so many times as large as the font says."""
        self._zoom = zoom
        self.set_font(self._view.font())

    def rebuild(self) -> None:
        """Font, colours, words or width changed: lay out anew around what is being read."""
        view = self._view
        sticks = view.follow.sticks_to_end and view.arranger.is_at_end
        view.rows.set_frame(self.make_frame())
        view.measuring.begin()
        self._place_jump_button()
        if sticks:
            view.arranger.forget()
        self.refresh()

    def look_at_calendar(self) -> None:
        """Name the days anew if another one has begun, or the clock was set."""
        # Not only at midnight: a computer that sleeps until morning stops the timer too.
        self._midnight.start(round(min(seconds_to_midnight() + 1, CALENDAR_S) * 1000))
        today = local_day(time.time())
        if today != self._today:
            self._today = today
            self.rebuild()

    def resized(self) -> None:
        view = self._view
        self._place_jump_button()
        frame, old = self.make_frame(), view.rows.frame
        if (frame.x, frame.width) != (old.x, old.width):
            self.rebuild()
        else:
            self.refresh()

    def _place_jump_button(self) -> None:
        view = self._view
        view.jump_button.place(view.viewport().geometry(), view.rows.frame.x + view.rows.frame.width)

    def refresh(self) -> None:
        """Something changed: arrange and paint everything with the next painting."""
        self._is_dirty = True
        self._view.growth.update_beat()
        self._view.viewport().update()

    def refresh_row(self, key: RowKey) -> None:
        """Paint a row again, where it is."""
        viewport = self._view.viewport()
        for placed in self._view.arranger.placed:
            if placed.key == key:
                viewport.update(QRect(0, int(placed.y) - 1, viewport.width(), int(placed.height) + 3))

    def arrange(self) -> None:
        """Find out what stands where, if that may have changed."""
        if self._is_dirty:
            self._is_dirty = False
            self._view.scrolling.arrange()
            self._view.growth.note_arrangement()

    def arrange_growth(self) -> bool:
        """Arrange after an answer has grown; False if more than that has changed since the last painting."""
        is_only_growth, self._is_dirty = not self._is_dirty, False
        self._view.scrolling.arrange(is_growth=is_only_growth)
        self._view.growth.note_arrangement()
        return is_only_growth

    def scroll_by(self, distance: float) -> None:
        self.arrange()
        self._view.scrolling.scroll_by(distance)
        self._moved()

    def show_offset(self, offset: float) -> None:
        self.arrange()
        self._view.scrolling.show_offset(offset)
        self._moved()

    def bar_moved(self, dy: int) -> None:
        """The scroll bar went by `-dy`."""
        view = self._view
        if view.scrolling.is_syncing:
            return
        # The bar may lag behind the text: only the dragged slider means a place, all else a distance.
        bar = view.verticalScrollBar()
        self.arrange()
        before = {placed.key: placed.y for placed in view.arranger.placed}
        view.scrolling.show_offset(float(bar.value()) if bar.isSliderDown() else view.arranger.offset() - dy)
        view.growth.note_arrangement()
        self._show_moved(before)

    def paint(self, region: QRegion) -> None:
        """Paint what of the viewport lies in a region."""
        view = self._view
        self.arrange()
        painter = QPainter(view.viewport())
        row_painter = RowPainter(
            painter,
            view.rows,
            view.selection,
            view.highlights,
            has_focus=view.hasFocus(),
            ratio=view.devicePixelRatioF(),
            files=view.files,
        )
        # Often two stripes, far from each other, with nothing to paint between them.
        # The stubs do not say that a region can be walked through.
        stripes: list[QRect] = list(region)  # type: ignore[call-overload]
        for clip in stripes if len(stripes) <= MOST_STRIPES else [region.boundingRect()]:
            painter.setClipRect(clip)
            painter.fillRect(clip, self.theme.window)
            if not self._has_only_air_from(clip.x()):
                row_painter.paint(view.arranger, QRectF(clip))
        painter.setClipping(False)
        view.caret.paint(painter)
        painter.end()

    def _moved(self) -> None:
        self._view.growth.note_arrangement()
        self._view.viewport().update()

    def _show_moved(self, before: Mapping[RowKey, float]) -> None:
        """Nothing but scrolled are the rows, which stood at `before`: move their pixels and paint what has come."""
        viewport = self._view.viewport()
        height, ratio = viewport.height(), viewport.devicePixelRatioF()
        shifts = {placed.y - before[placed.key] for placed in self._view.arranger.placed if placed.key in before}
        shift = shifts.pop() if len(shifts) == 1 else float(height)
        if abs(shift) > height / 2 or shift != int(shift) or ratio != int(ratio):
            # At a fractional scale pixels cannot be moved without blurring the text.
            viewport.update()
        elif shift:
            self._scroll_pixels(int(shift))

    def _scroll_pixels(self, shift: int) -> None:
        viewport, button = self._view.viewport(), self._view.jump_button
        width, height = viewport.width(), viewport.height()
        exposed = abs(shift) + self.typography.px(EDGE)
        # Pixels under another widget cannot be moved: below its upper edge they are painted, if only beside the text.
        is_covered = button.isVisible()
        left = button.x() - viewport.x() if is_covered and self._has_only_air_from(button.x()) else 0
        bottom = button.y() - viewport.y() if is_covered else height
        for area in (QRect(0, 0, left, height), QRect(left, 0, width - left, bottom)):
            viewport.scroll(0, shift, area)
            viewport.update(area.x(), 0 if shift > 0 else area.bottom() + 1 - exposed, area.width(), exposed)
        viewport.update(left, bottom, width - left, height - bottom)

    def painted_column(self) -> QRect:
        """Where in the viewport anything is painted but air; in a wide window that is half of it."""
        frame, viewport, air = self._view.rows.frame, self._view.viewport(), self.typography.px(AIR)
        left = max(0, math.floor(frame.x - air))
        right = min(viewport.width(), math.ceil(frame.x + frame.width + air))
        return QRect(left, 0, right - left, viewport.height())

    def _has_only_air_from(self, x: float) -> bool:
        """Whether nothing is painted to the right of a place."""
        frame = self._view.rows.frame
        return x >= frame.x + frame.width + self.typography.px(AIR)

    def _on_colors_arrived(self) -> None:
        if not self._view.growth.takes_colors():
            for key in self.take_colors():
                self.refresh_row(key)

    def take_colors(self) -> set[RowKey]:
        """Show the colours of code that have come; returns the rows in sight that are to be painted again for it."""
        before = {placed.key: placed.y for placed in self._view.arranger.placed}
        recolored, rebuilt = self.recolor()
        if rebuilt:
            self._show_rebuilt(min(rebuilt), before)
        return recolored

    def recolor(self) -> tuple[set[RowKey], set[RowKey]]:
        """Give code the colours that have come; the rows in sight to paint again, and those to arrange anew."""
        rows = self._view.rows
        # What is made ready for a step of the wheel, out of sight, waits for its colours too.
        changed = rows.recolor_awaiting() & {placed.key for placed in self._view.arranger.placed}
        rebuilt = {key for key in changed if not rows.items[key.message].body.has_box(key.row - 1)}
        return changed - rebuilt, rebuilt

    def _on_formulas_arrived(self, sources: set[str]) -> None:
        """Show pictures instead of sources: nothing above them moves, and nothing else is painted again."""
        view = self._view
        dropped = view.rows.drop_awaiting(sources)
        changed = [placed.key for placed in view.arranger.placed if placed.key in dropped]
        if not changed:
            return
        self._show_rebuilt(min(changed), {placed.key: placed.y for placed in view.arranger.placed})

    def _show_rebuilt(self, first: RowKey, before: Mapping[RowKey, float]) -> None:
        """Rows from `first` on were laid out anew; all stood at `before`."""
        if self.arrange_growth():
            self._view.growth.update_from(first, before)
        else:
            self._view.viewport().update()
