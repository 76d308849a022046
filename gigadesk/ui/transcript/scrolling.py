"""Scrolling: the anchor, the ways to follow and the scroll bar, kept in step."""

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtWidgets import QWidget

from gigadesk.settings import FollowMode
from gigadesk.ui.transcript.ahead import Ahead
from gigadesk.ui.transcript.arrangement import FAR_PAGES, Anchor
from gigadesk.ui.transcript.messages.rows import RowKey
from gigadesk.ui.transcript.reading_line import ReadingLine

if TYPE_CHECKING:
    from gigadesk.ui.transcript.view import Transcript

BAR_DELAY_MS = 400
"""The bar follows a growing answer no more often, and with its text: painting it costs more than a line does."""
PLACE_MARGIN = 24
"""A place that is gone to does not stand nearer to an edge."""
PLACE_SHARE = 0.3
"""How far down it stands then: what leads to it is above, what follows below."""


class Scrolling(QObject):
    """Arranges the rows for the viewport of a view and moves them at the reader's wish."""

    def __init__(self, view: "Transcript", jump_button: QWidget) -> None:
        super().__init__(view)
        self._view = view
        self._jump_button = jump_button
        self.ahead = Ahead(view)
        self.line = ReadingLine(view.rows, view.arranger)
        self.is_syncing = False
        """The bar is being set by us, not by the reader."""
        self._bar_delay = QTimer(self)
        self._bar_delay.setSingleShot(True)
        self._bar_delay.setInterval(BAR_DELAY_MS)
        self._bar_delay.timeout.connect(self._sync_bar)
        self._synced_at = 0.0
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(0)
        self._rest.timeout.connect(view.refresh)
        self._wants_end = False
        """The reader has scrolled down to what is not laid out yet."""

    def arrange(self, *, is_growth: bool = False) -> None:
        """Find out what stands where."""
        view = self._view
        view.arranger.begin_turn()
        if view.follow.sticks_to_end:
            self.line.forget()
            self._arrange_following()
        else:
            self.line.put_back()
            view.arranger.arrange(self._height)
            self.line.keep()
        if self._wants_end and not view.arranger.is_partial:
            self._wants_end = False
            if view.arranger.is_at_end:
                view.follow.reached_end()
        self._settle(is_growth=is_growth)

    def _settle(self, *, is_growth: bool) -> None:
        arranger, rows = self._view.arranger, self._view.rows
        rows.tidy()
        if arranger.is_partial:
            self._rest.start()
        if not arranger.is_partial:
            self._jump_button.setVisible(not arranger.is_at_end and len(rows) > 0)
        if not is_growth or time.monotonic() - self._synced_at >= BAR_DELAY_MS / 1000:
            self._sync_bar()
        else:
            self._bar_delay.start()  # for when nothing more comes

    def scroll_by(self, distance: float) -> None:
        """Scroll by pixels; positive is down."""
        self._view.arranger.scroll(distance)
        self._take_wish(distance)

    def show_offset(self, offset: float) -> None:
        """Go to a place, counted from the top of the whole chat."""
        arranger = self._view.arranger
        distance = offset - arranger.offset()
        last = round(self._view.rows.total_height) - self._height
        # What lies between is known by estimates: whoever wants the beginning or the end gets just that.
        if offset <= 0:
            arranger.go_to(0.0)
        elif offset >= last:
            arranger.anchor = None
        elif abs(distance) < FAR_PAGES * self._height:
            arranger.scroll(distance)
        else:
            arranger.go_to(offset)
        self._take_wish(distance)

    def show_message(self, message: int, *, at_top: bool = False) -> None:
        """Scroll as little as shows the whole message; with `at_top`, and if it is too tall, it begins at the top."""
        view, arranger = self._view, self._view.arranger
        rows = [placed for placed in arranger.placed if placed.key.message == message]
        last_row = view.rows.open(message).row_count - 1
        is_begun, is_ended = bool(rows) and rows[0].key.row == 0, bool(rows) and rows[-1].key.row == last_row
        if not at_top and is_begun and is_ended and rows[0].y >= 0 and rows[-1].y + rows[-1].height <= self._height:
            return
        place = view.rows.top_of(RowKey(message, 0))
        distance = place - arranger.offset() or 1.0
        arranger.anchor = Anchor(RowKey(message, 0), 0.0)
        self._take_wish(distance)

    def wheel_by_pixels(self, event: QWheelEvent) -> bool:
        """Go with the fingers on a touch pad, exactly; False if the event tells no pixels that can be trusted."""
        pixels = event.pixelDelta().y()
        if not pixels or QGuiApplication.platformName() == "xcb":
            return False  # under X11 they depend on the driver, as Qt says
        self._view.scroll_by(-pixels)
        return True

    def catch_up(self) -> None:
        """Let the bar be where the text is, before it is moved."""
        if self._bar_delay.isActive():
            self._sync_bar()

    def show_place(self) -> None:
        """Heights out of sight are known better now: only the bar changes."""
        self._sync_bar()

    def lead_to(self, key: RowKey, top: float, height: float) -> None:
        """Bring a place of a row into sight, `top` pixels below the row's; one that is in sight stays where it is."""
        view, arranger = self._view, self._view.arranger
        for placed in view.arranged().placed:
            y = placed.y + top
            if placed.key == key and y >= PLACE_MARGIN and y + height <= self._height - PLACE_MARGIN:
                view.follow.scrolled_up()  # who has gone to a place does not want it to be pushed away
                return
        distance = view.rows.top_of(key) + top - arranger.offset() or 1.0
        arranger.anchor = Anchor(key, round(top - self._height * PLACE_SHARE))
        self._take_wish(distance)
        view.refresh()

    @property
    def _height(self) -> float:
        return float(self._view.viewport().height())

    def _take_wish(self, distance: float) -> None:
        view, follow = self._view, self._view.follow
        if not distance:
            return
        was_following, before = follow.is_armed, view.arranger.is_at_end
        follow.scrolled_up()
        view.arranger.begin_turn()
        view.arranger.arrange(self._height)
        self._wants_end = distance > 0 and view.arranger.is_partial
        self.line.note()
        if was_following and before and view.arranger.is_whole:
            follow.is_armed = True  # all of the chat is in sight: nothing has moved
        if distance > 0 and view.arranger.is_at_end:
            follow.reached_end()
        self._settle(is_growth=False)
        self.ahead.moved(distance)
        view.measuring.put_off()

    def _arrange_following(self) -> None:
        arranger, rows, held = self._view.arranger, self._view.rows, self._view.follow.held_message
        arranger.arrange_at_end(self._height)
        index = rows.index_of(held) if held is not None else None
        if index is None or self._view.follow.mode is not FollowMode.FIRST_LINE or not arranger.placed:
            return
        if arranger.is_partial:
            return  # nobody knows yet whether the first line is above
        first_line = RowKey(index, 0)
        top = arranger.placed[0]
        if top.key > first_line or (top.key == first_line and top.y < 0):
            # The first line of the answer has come to the top: it is held there.
            arranger.anchor = Anchor(first_line, 0.0)
            arranger.arrange(self._height)

    def _sync_bar(self) -> None:
        view = self._view
        self._bar_delay.stop()
        self._synced_at = time.monotonic()
        bar, arranger = view.verticalScrollBar(), view.arranger
        page = view.viewport().height()
        self.is_syncing = True
        bar.setPageStep(page)
        bar.setSingleStep(max(20, view.rows.frame.typography.body.pitch * 2))
        bar.setRange(0, max(0, round(view.rows.total_height) - page))
        if not bar.isSliderDown():
            bar.setValue(bar.maximum() if arranger.is_at_end else round(arranger.offset()))
        self.is_syncing = False
