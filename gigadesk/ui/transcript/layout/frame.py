"""The world a message is laid out in: column, look and words. A new frame makes all boxes void."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from PySide6.QtCore import QSize

from gigadesk.ui.transcript.layout.builder import Look
from gigadesk.ui.transcript.layout.typography import Typography
from gigadesk.ui.transcript.messages.chrome import BUBBLE_PADDING_X
from gigadesk.ui.transcript.words import ChromeWords

_serials = itertools.count(1)
USER_SHARE = 0.8
"""The user's bubble takes at most this share of the column."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Column and look. `serial` tells one frame from another."""

    look: Look
    words: ChromeWords
    x: float
    """Left edge of the column in the viewport."""
    width: float
    today: date
    """Days are named from here."""
    picture_size: Callable[[str], QSize]
    """How large the picture of a path is; invalid for what is no picture."""
    is_read_only: bool = False
    """Nothing that changes the chat is offered: it is in the trash or in the archive."""
    serial: int = field(default_factory=lambda: next(_serials))

    @property
    def typography(self) -> Typography:
        return self.look.typography

    @property
    def user_text_width(self) -> float:
        return max(60.0, float(int(self.width * USER_SHARE)) - 2 * self.typography.px(BUBBLE_PADDING_X))
