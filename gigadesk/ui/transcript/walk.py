"""The way of the keyboard from message to message."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt

from gigadesk.ui.transcript.words import chrome_words

if TYPE_CHECKING:
    from gigadesk.ui.transcript.view import Transcript


class Walk:
    """One message has the light of the keyboard, or none. It is known by its id: answers may be added meanwhile."""

    def __init__(self, view: "Transcript") -> None:
        self._view = view

    @property
    def index(self) -> int | None:
        """Of the message with the light."""
        focused = self._view.highlights.focused_message
        return self._view.rows.index_of(focused) if focused is not None else None

    def step(self, direction: int) -> None:
        """Go to the message before (-1) or after (1); at first to one in sight."""
        view = self._view
        if not len(view.rows) or not view.isVisible():
            return
        view.show_pending()
        sight = self.in_sight()
        index = self.index
        if index is not None:
            index = min(max(index + direction, 0), len(view.rows) - 1)
        elif sight:
            index = sight[-1 if direction < 0 else 0]
        else:
            index = len(view.rows) - 1
        self.go_to(index)

    def step_question(self, direction: int) -> None:
        """Go to the question before (-1) or after (1), and put it to the top; below the last one is the end."""
        view = self._view
        if not len(view.rows) or not view.isVisible():
            return
        view.show_pending()
        index = self.index
        if index is None:
            # What is read is at the top of the sight; at the end of the chat one comes from below.
            top = next(iter(self.in_sight()), 0)
            begins_here = any(placed.key == (top, 0) and placed.y >= 0 for placed in view.arranger.placed)
            below = len(view.rows) if view.arranger.is_at_end else top + 1
            index = top - begins_here if direction > 0 else below
        way = range(index + 1, len(view.rows)) if direction > 0 else range(index - 1, -1, -1)
        found = next((each for each in way if view.rows.items[each].is_user), None)
        if found is not None:
            self.go_to(found, at_top=True)
        elif direction > 0:
            self.leave()
            view.scroll_to_end()

    def go_to(self, index: int, *, at_top: bool = False) -> None:
        """Give a message the light and bring it into sight, or to the top of it."""
        view = self._view
        view.highlights.focused_message = view.rows.items[index].view.message.id
        view.highlights.focused_zone = None
        view.setFocus(Qt.FocusReason.ShortcutFocusReason)
        view.arranged()
        view.scrolling.show_message(index, at_top=at_top)
        view.refresh()
        view.screen_reading.message_focused(view.rows.items[index].view.message.id)

    def leave(self) -> bool:
        """Take the light away; False if there was none."""
        had_light = self._view.highlights.focused_message is not None
        if had_light:
            self._view.highlights.focused_message = None
            self._view.viewport().update()
        return had_light

    def copy(self) -> bool:
        """Copy the message with the light; False if there is none."""
        index = self.index
        if index is None:
            return False
        self._view.copying.copy_message(index)
        self._view.screen_reading.say(chrome_words().copied)
        return True

    def in_sight(self) -> list[int]:
        """Messages of which something is in sight, from top to bottom."""
        return sorted({placed.key.message for placed in self._view.arranger.placed})

    def rect_of(self, index: int) -> QRectF:
        """The part of a message that is in sight, in the viewport; empty if nothing is. Lays out nothing."""
        view = self._view
        rows = [placed for placed in view.arranger.placed if placed.key.message == index]
        if not rows:
            return QRectF()
        frame = view.rows.frame
        whole = QRectF(frame.x, rows[0].y, frame.width, rows[-1].y + rows[-1].height - rows[0].y)
        return whole.intersected(QRectF(view.viewport().rect()))
