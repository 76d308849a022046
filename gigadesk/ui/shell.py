"""How sidebar and page share the window: side by side, or the sidebar over the page where there is no room."""

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QSplitter, QVBoxLayout, QWidget

from gigadesk.ui.sidebar.sidebar import MINIMUM_WIDTH, WIDTH, Sidebar

NARROW = 640
"""Below this width in pixels the sidebar lies over the page, and only when asked for."""

_UNCOVERED = 48


class Shell(QWidget):
    """Owns the sidebar's place.

    Signals:
        sidebar_toggled(bool): the sidebar came into sight or went.
    """

    sidebar_toggled = Signal(bool)

    def __init__(self, sidebar: Sidebar, page: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sidebar = sidebar
        self._is_wanted = True
        self._is_narrow = False
        self._width = WIDTH
        self.had_keyboard = True
        """Nothing else had the keyboard when the sidebar was hidden last."""
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(1)
        self._splitter.addWidget(sidebar)
        self._splitter.addWidget(page)
        self._splitter.setStretchFactor(0, 0)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.splitterMoved.connect(self._on_splitter_moved)
        self._scrim = _Scrim(self)
        self._scrim.pressed.connect(self.close_overlay)
        self._scrim.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._splitter)
        self._give_width()

    def is_sidebar_visible(self) -> bool:
        return not self._sidebar.isHidden()

    def toggle_sidebar(self) -> None:
        """Show or hide the sidebar."""
        self.show_sidebar(visible=not self.is_sidebar_visible())

    def show_sidebar(self, *, visible: bool) -> None:
        """Show or hide the sidebar, over the page if the window is narrow."""
        if self._is_narrow:
            self._scrim.setVisible(visible)
            self._scrim.raise_()
            self._sidebar.raise_()
        else:
            self._is_wanted = visible
        self._show(visible=visible)
        if visible and self._is_narrow:
            self._sidebar.setFocus()

    def close_overlay(self) -> bool:
        """Hide the sidebar if it lies over the page; True if it did."""
        if not self._is_narrow or not self.is_sidebar_visible():
            return False
        self.show_sidebar(visible=False)
        return True

    @property
    def is_sidebar_wanted(self) -> bool:
        """Whether the sidebar is shown where there is room."""
        return self._is_wanted

    @property
    def sidebar_width(self) -> int:
        """In pixels, as the user has drawn it; a window too small for that does not change it."""
        return self._width

    def restore(self, *, is_sidebar_wanted: bool, sidebar_width: int) -> None:
        """Take up what the last run of the program had."""
        self._width = min(max(sidebar_width, MINIMUM_WIDTH), WIDTH * 2)
        self._is_wanted = is_sidebar_wanted
        if not self._is_narrow:
            self._show(visible=is_sidebar_wanted)
            self._give_width()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = self.width() < NARROW
        if is_narrow != self._is_narrow:
            self._is_narrow = is_narrow
            self._change_mode()
        if is_narrow:
            self._scrim.setGeometry(self.rect())
            self._sidebar.setGeometry(0, 0, min(WIDTH + 24, self.width() - _UNCOVERED), self.height())

    def _change_mode(self) -> None:
        self._scrim.hide()
        if self._is_narrow:
            self._note_keyboard()
            self._sidebar.setParent(self)  # taken out of the splitter, and hidden by that
            self._sidebar.move(QPoint(0, 0))
            self._show(visible=False)
        else:
            self._splitter.insertWidget(0, self._sidebar)
            self._splitter.setStretchFactor(0, 0)
            self._splitter.setStretchFactor(1, 1)
            self._show(visible=self._is_wanted)
            self._give_width()

    def _note_keyboard(self) -> None:
        focus = QApplication.focusWidget()
        self.had_keyboard = focus is None or self._sidebar.isAncestorOf(focus)

    def _on_splitter_moved(self, position: int) -> None:
        self._width = position

    def _give_width(self) -> None:
        self._splitter.setSizes([self._width, max(self.width() - self._width, 1)])

    def _show(self, *, visible: bool) -> None:
        if self._sidebar.isVisible():
            self._note_keyboard()
        self._sidebar.setVisible(visible)
        self.sidebar_toggled.emit(visible)


class _Scrim(QWidget):
    """A shade over the page; a press on it closes what lies above. Signals: pressed()."""

    pressed = Signal()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()
        self.pressed.emit()

    def event(self, event: QEvent) -> bool:
        # The wheel must not scroll the page below.
        return True if event.type() == QEvent.Type.Wheel else super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(event.rect(), QColor(0, 0, 0, 90))
