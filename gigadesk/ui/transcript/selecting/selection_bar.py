"""A small bar beside what the mouse has just selected: copy, quote, ask. It goes with the next thing that happens."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QPoint, QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gigadesk.ui.shortcuts import with_keys
from gigadesk.ui.theme import Theme
from gigadesk.ui.transcript.messages.rows import RowKey
from gigadesk.ui.transcript.wishes import ASK_KEYS, QUOTE_KEYS
from gigadesk.ui.widgets.buttons import Button

if TYPE_CHECKING:
    from gigadesk.ui.transcript.view import Transcript

DELAY_MS = 350
"""Who clicks a third time, or goes on with a key, does not see it at all."""
GAP = 6
_ICON_SIDE = 16


class SelectionBar(QObject):
    """Made when it is first needed; never takes the keyboard."""

    def __init__(self, view: "Transcript") -> None:
        super().__init__(view)
        self._view = view
        self._bar: _Bar | None = None
        self._point = QPointF()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY_MS)
        self._timer.timeout.connect(self._show)
        view.verticalScrollBar().valueChanged.connect(self.withdraw)

    @property
    def is_shown(self) -> bool:
        return self._bar is not None and self._bar.isVisible()

    def offer(self, event: QMouseEvent) -> None:
        """A button of the mouse was released: show the bar in a moment if something is selected."""
        if event.button() is Qt.MouseButton.LeftButton and self._view.has_selection():
            self._point = event.position()
            self._timer.start()

    def withdraw(self) -> None:
        """Something else happens."""
        self._timer.stop()
        if self._bar is not None:
            self._bar.hide()

    def press(self, event: QKeyEvent) -> bool:
        """Any key sends the bar away; True if that is all that Esc was to do."""
        was_shown = self.is_shown
        self.withdraw()
        return was_shown and event.key() == Qt.Key.Key_Escape

    def place_of_head(self) -> QPoint | None:
        """Where the selection ends in the viewport, at the foot of the line; None if that is out of sight."""
        rect = self._rect_of_head()
        return rect.bottomLeft().toPoint() if rect is not None else None

    def _show(self) -> None:
        view = self._view
        is_pressed = QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton
        if is_pressed or not view.has_selection() or not view.isVisible():
            return
        if self._bar is None:
            self._bar = _Bar(view.viewport())
            self._bar.copy.clicked.connect(self._copy)
            self._bar.quote.clicked.connect(self._quote)
            self._bar.ask.clicked.connect(self._ask)
        self._bar.say()
        for button in (self._bar.quote, self._bar.ask):
            button.setVisible(not view.stage.is_read_only)
        self._bar.set_theme(view.stage.theme)
        self._bar.adjustSize()
        self._bar.move(self._place(self._bar.width(), self._bar.height()))
        self._bar.show()
        self._bar.raise_()

    def _place(self, width: int, height: int) -> QPoint:
        """Beyond the end of the selection, where it hides nothing that is selected."""
        view = self._view
        sight = view.viewport().rect()
        bounds = view.selection.bounds
        is_upwards = bounds is not None and bounds[0] == view.selection.head
        line = self._rect_of_head() or QRectF(self._point.x(), self._point.y() - 8, 1, 16)
        y = line.top() - height - GAP if is_upwards else line.bottom() + GAP
        if not 0 <= y <= sight.height() - height:
            y = line.bottom() + GAP if is_upwards else line.top() - height - GAP
        x = min(max(round(self._point.x()) - width // 2, GAP), sight.width() - width - GAP)
        return QPoint(max(x, 0), min(max(round(y), 0), max(sight.height() - height, 0)))

    def _rect_of_head(self) -> QRectF | None:
        view, head = self._view, self._view.selection.head
        if head is None:
            return None
        for placed in view.arranged().placed:
            if placed.key == RowKey(head.message, head.block + 1):
                box = view.rows.box(placed.key)
                last = max((part.start + part.length for part in box.parts), default=0)
                place = min(max(head.place, 1), last)
                corner = view.zones.point_in_row(QPointF(0, 0), placed.key)
                for _, rect in box.rects(place - 1, place):
                    found = rect.translated(-corner.x(), -corner.y())
                    return found if found.intersects(QRectF(view.viewport().rect())) else None
        return None

    def _copy(self) -> None:
        self.withdraw()
        self._view.copy()

    def _quote(self) -> None:
        self.withdraw()
        self._view.commands.quote()

    def _ask(self) -> None:
        self.withdraw()
        self._view.commands.choose_prompt()


class _Bar(QWidget):
    """Three buttons on a card."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme: Theme | None = None
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.copy = Button("copy", parent=self, icon_size=_ICON_SIDE)
        self.quote = Button("quote", parent=self, icon_size=_ICON_SIDE)
        self.ask = Button("ask", parent=self, icon_size=_ICON_SIDE)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(4, 3, 4, 3)
        layout.setSpacing(2)
        for button in (self.copy, self.quote, self.ask):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            layout.addWidget(button)

    def say(self) -> None:
        """Put the words on, in the language of the moment."""
        for button, words, tip, keys in (
            (self.copy, QCoreApplication.translate("Transcript", "Copy"), "", "Ctrl+C"),
            (
                self.quote,
                QCoreApplication.translate("Transcript", "Quote"),
                QCoreApplication.translate("Transcript", "Quote in your message"),
                QUOTE_KEYS,
            ),
            (
                self.ask,
                QCoreApplication.translate("Transcript", "Ask"),
                QCoreApplication.translate("Transcript", "Ask about it"),
                ASK_KEYS,
            ),
        ):
            button.setText(words)
            button.setAccessibleName(tip or words)
            button.setToolTip(with_keys(tip or words, keys))

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for button in (self.copy, self.quote, self.ask):
            button.set_theme(theme)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        if self._theme is None:
            return
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.window)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.border, 1))
        painter.setBrush(self._theme.surface)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()  # a click beside a button is not one into the text below
