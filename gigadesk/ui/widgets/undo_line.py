"""A line that says what was just done or taken away, and takes that back: above the composer, and below the list."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRectF, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from gigadesk.ui.theme import LIGHT, Theme
from gigadesk.ui.widgets.announce import announce
from gigadesk.ui.widgets.buttons import Button
from gigadesk.ui.widgets.elided_label import ElidedLabel

SHOWN_MS = 10_000


class UndoLine(QWidget):
    """Shown for ten seconds, longer while the pointer or the keyboard is on it; the keys for undo are its own there."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._say: Callable[[], str] | None = None
        self._undo: Callable[[], object] | None = None
        self._name: Callable[[], str] | None = None
        self._say_less: Callable[[], str] | None = None
        self._words = ElidedLabel(self)
        self._words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._button = Button(parent=self)
        self._button.clicked.connect(self.undo)
        self.setFocusProxy(self._button)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_MS)
        self._timer.timeout.connect(self._on_timeout)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 4, 6, 4)
        layout.setSpacing(8)
        layout.addWidget(self._words, 1)
        layout.addWidget(self._button)
        self._retranslate()
        self.hide()

    def offer(
        self,
        say: Callable[[], str],
        undo: Callable[[], object],
        name: Callable[[], str] | None = None,
        say_less: Callable[[], str] | None = None,
    ) -> None:
        """Say something and offer to call `undo`. `say` gives the words in the language of the moment.

        `name` gives those on the button, if it does something else than to take back; `say_less` fewer words for where
        all of them have no room.
        """
        self._say, self._undo, self._name, self._say_less = say, undo, name, say_less
        self._retranslate()
        self.show()
        self._timer.start()
        announce(self, self._words.whole_text())

    def undo(self) -> None:
        """Take it back, if the line is still there."""
        undo = self._undo
        self.withdraw()
        if undo is not None:
            undo()

    def withdraw(self) -> None:
        """There is nothing to bring back any more."""
        self._say = self._undo = None
        self._timer.stop()
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._button.set_theme(theme)
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Undo):
            self.undo()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.border, 1))
        painter.setBrush(self._theme.surface)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)

    def _on_timeout(self) -> None:
        if self.underMouse() or self._button.hasFocus():
            self._timer.start()
        else:
            self.withdraw()

    def _retranslate(self) -> None:
        less = self._say_less() if self._say_less is not None else ""
        self._words.set_text(self._say() if self._say is not None else "", less)
        name = self.tr("Undo") if self._name is None else self._name()
        self._button.setText(name)
        self._button.setAccessibleName(name)
        self._words.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
