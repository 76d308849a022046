"""Learns little by little how high all is, for the scroll bar's sake.

The messages of a very long chat, and the blocks of a very long message when its column has become another one.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from gigadesk.ui.transcript.view import Transcript

SLICE = 250
"""Messages at a time: some 2 ms. Or a thousand blocks: some 5 ms."""
PAUSE_MS = 40
CALM_MS = 400
"""After the reader has moved: the next move must not wait."""


class Measuring(QObject):
    """Until it is done the scroll bar supposes that all messages are about as long as the last ones."""

    def __init__(self, view: "Transcript") -> None:
        super().__init__(view)
        self._view = view
        self._timer = QTimer(self)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self._on_timeout)

    def begin(self) -> None:
        """Another chat is shown, or the same in another column."""
        if self._view.rows.is_measured:
            self._timer.stop()
        else:
            self._timer.start()

    def put_off(self) -> None:
        """The reader has moved."""
        if self._timer.isActive():
            self._timer.start(CALM_MS)

    def _on_timeout(self) -> None:
        view = self._view
        self._timer.setInterval(PAUSE_MS)
        if not view.isVisible() or view.verticalScrollBar().isSliderDown():
            return  # what is dragged must not slip away under the hand
        if not view.rows.measure_more(SLICE):
            self._timer.stop()
            view.scrolling.show_place()
