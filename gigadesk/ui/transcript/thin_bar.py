"""The scroll bar of the transcript: a handle on the ground of the conversation, and nothing else to paint.

One from the style sheet lets through what lies below, so the panes of the window are painted again at each step of the
wheel: that took longer than painting the text that had come.
"""

from PySide6.QtCore import QEvent, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractSlider, QScrollBar, QStyle, QStyleOptionSlider, QWidget

from gigadesk.ui.theme import LIGHT, Theme

INSET = 3
RADIUS = 3


class ThinBar(QScrollBar):
    """Looks as the style sheet has it; where the handle is, the style says."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._theme = LIGHT
        self._is_hovered = False
        self._painted = QRect()
        """The handle as it was painted last."""

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def event(self, event: QEvent) -> bool:
        is_done = super().event(event)
        if event.type() in {QEvent.Type.Polish, QEvent.Type.StyleChange}:
            # The style takes it away from whatever a style sheet has a rule for.
            self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        return is_done

    def sliderChange(self, change: QAbstractSlider.SliderChange) -> None:
        # In a long chat a step of the wheel moves the handle by less than a pixel.
        if self._handle() != self._painted:
            super().sliderChange(change)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._is_hovered = True
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._is_hovered = False
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        handle = self._painted = self._handle()
        theme = self._theme
        painter = QPainter(self)
        painter.fillRect(event.rect(), theme.window)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QBrush(theme.text_faint if self._is_hovered or self.isSliderDown() else theme.scroll_handle))
        painter.drawRoundedRect(QRectF(handle).adjusted(INSET, INSET, -INSET, -INSET), RADIUS, RADIUS)
        painter.end()

    def _handle(self) -> QRect:
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        return self.style().subControlRect(
            QStyle.ComplexControl.CC_ScrollBar, option, QStyle.SubControl.SC_ScrollBarSlider, self
        )
