"""The widget under the transcript: hands each event of Qt to the part that understands it."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from gigadesk.ui.transcript.keyboard import Keyboard
from gigadesk.ui.transcript.menu import Menu
from gigadesk.ui.transcript.pointer import Pointer
from gigadesk.ui.transcript.scrolling import Scrolling
from gigadesk.ui.transcript.selecting.selection_bar import SelectionBar
from gigadesk.ui.transcript.thin_bar import ThinBar
from gigadesk.ui.transcript.zoom import Zoom


class Surface(QAbstractScrollArea):
    """A scroll area that paints all of itself. Whoever derives from it makes the parts."""

    pointer: Pointer
    keyboard: Keyboard
    menu: Menu
    zoom: Zoom
    selection_bar: SelectionBar
    scrolling: Scrolling
    is_built = False
    """Qt sends events before the constructor is through."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.thin_bar = ThinBar(self)
        self.setVerticalScrollBar(self.thin_bar)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def viewportEvent(self, event: QEvent) -> bool:
        if self.is_built and self.pointer.viewport_event(event):
            return True
        return super().viewportEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.selection_bar.withdraw()
        if self.zoom.wheel(event) or self.pointer.wheel(event) or self.scrolling.wheel_by_pixels(event):
            return
        self.scrolling.catch_up()
        super().wheelEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.selection_bar.withdraw()
        self.pointer.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.pointer.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.pointer.release(event)
        self.selection_bar.offer(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.pointer.double_click(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.selection_bar.withdraw()
        self.menu.show(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.selection_bar.press(event) and not self.keyboard.press(event):
            super().keyPressEvent(event)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001 - Qt's own names
        return self.keyboard.move_focus(forwards=next) or super().focusNextPrevChild(next)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.keyboard.gain_focus(event.reason())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.keyboard.lose_focus(event.reason())
