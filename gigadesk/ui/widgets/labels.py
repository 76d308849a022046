"""Labels that show text and nothing else: never rich text, so nothing in it can be loaded or clicked."""

import re

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QLabel, QSizePolicy, QWidget

_LONG_RUN = re.compile(r"\S{48}(?=\S)")


class PlainLabel(QLabel):
    """A paragraph of plain text that breaks its lines. `kind` is a look of `style.py`: `muted`, `error` or none."""

    def __init__(self, parent: QWidget, text: str = "", *, kind: str = "") -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        if kind:
            self.setProperty("kind", kind)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Show `text`; very long words, such as addresses, may be broken too."""
        super().setText(_LONG_RUN.sub("\\g<0>\u200b", text))

    def make_selectable(self) -> None:
        """Let the user copy it, by mouse and by keyboard."""
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )


class Heading(PlainLabel):
    """A larger line above a part, `scale` times the size of the program's font, whatever that becomes."""

    def __init__(
        self, parent: QWidget, text: str = "", *, scale: float = 1.0, weight: QFont.Weight = QFont.Weight.DemiBold
    ) -> None:
        self._scale = scale
        self._weight = weight
        super().__init__(parent, text)
        self._fit_font()

    def changeEvent(self, event: QEvent) -> None:
        # The style sheet takes the new font in only when it is set again, which is a change of the style.
        if event.type() in {QEvent.Type.ApplicationFontChange, QEvent.Type.StyleChange}:
            self._fit_font()
        super().changeEvent(event)

    def _fit_font(self) -> None:
        font = QApplication.font()
        if font.pointSizeF() > 0:
            font.setPointSizeF(font.pointSizeF() * self._scale)
        else:
            font.setPixelSize(round(font.pixelSize() * self._scale))
        font.setWeight(self._weight)
        self.setFont(font)
