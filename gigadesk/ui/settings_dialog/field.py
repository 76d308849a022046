"""One setting on a page: its name, what it means, a control, a way back to the default, and words when it is wrong."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from gigadesk.ui.widgets.announce import announce
from gigadesk.ui.widgets.icons import icon
from gigadesk.ui.widgets.labels import PlainLabel

SPACING = 4
GAP = 16
CONTROL_WIDTH_CHARS = 32
NARROW_CHARS = 66
"""Width of a control beside its name; one below its name takes the whole page."""


class Field(QWidget):
    """The frame around a control. Subclasses hold the value.

    Signals:
        changed(): the user chose another valid value.
    """

    changed = Signal()

    def __init__(self, parent: QWidget, control: QWidget, *, is_wide: bool) -> None:
        super().__init__(parent)
        self._control = control
        self._is_wide = is_wide
        self._name = QLabel(self)
        self._name.setTextFormat(Qt.TextFormat.PlainText)
        self._name.setWordWrap(True)
        self._name.setBuddy(control)
        self._hint = PlainLabel(self, kind="muted")
        self._hint.hide()
        self._problem = PlainLabel(self, kind="error")
        self._problem.hide()
        self._reset = QToolButton(self)
        self._reset.setAutoRaise(True)
        self._reset.clicked.connect(self.reset)
        keeps_place = self._reset.sizePolicy()
        keeps_place.setRetainSizeWhenHidden(True)
        self._reset.setSizePolicy(keeps_place)
        self._reset.hide()
        self.setFocusProxy(control)
        self._lay_out()
        self._fit_control()
        self._tint()

    def set_words(self, name: str, hint: str = "") -> None:
        """Name and explanation, in the language of the window."""
        self._name.setText(name)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self._control.setAccessibleName(name)
        self._control.setAccessibleDescription(hint)
        self._reset.setText(self.tr("Reset"))
        self._reset.setToolTip(self.tr("Reset to the default"))
        self._reset.setAccessibleName(self.tr("Reset “{name}” to the default").format(name=name))

    def reset(self) -> None:
        """Go back to the default, as the user's wish."""
        raise NotImplementedError

    def add_beside(self, widget: QWidget) -> None:
        """Put a further widget, such as a button, to the right of the control."""
        self._line.insertWidget(self._line.count() - 1, widget)

    def show_problem(self, text: str) -> None:
        """Say why what is in the control is not applied; "" takes it away."""
        if text == self._problem.text():
            return
        self._problem.setText(text)
        self._problem.setVisible(bool(text))
        self._control.setProperty("kind", "invalid" if text else "")
        self._control.style().polish(self._control)
        announce(self._control, text)

    @property
    def problem(self) -> str:
        return self._problem.text()

    def show_reset(self, *, is_visible: bool) -> None:
        self._reset.setVisible(is_visible)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_control()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._tint()
        elif event.type() in {QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange}:
            self._fit_control()
        super().changeEvent(event)

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(SPACING)
        words.addWidget(self._name)
        words.addWidget(self._hint)
        self._line = QHBoxLayout()
        self._line.setSpacing(SPACING)
        self._line.addWidget(self._control, 1)
        self._line.addWidget(self._reset)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACING + 2)
        if self._is_wide:
            layout.addLayout(words)
            layout.addLayout(self._line)
        else:
            self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
            self._row.setSpacing(GAP)
            self._row.addLayout(words, 1)
            self._row.addLayout(self._line)
            layout.addLayout(self._row)
        layout.addWidget(self._problem)

    def _fit_control(self) -> None:
        """Beside its name a control keeps its width; where that leaves too little for the name, it moves below."""
        if self._is_wide:
            return
        unit = self.fontMetrics().averageCharWidth()
        is_narrow = self.width() < unit * NARROW_CHARS
        direction = QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight
        self._control.setFixedWidth(unit * CONTROL_WIDTH_CHARS)
        if self._row.direction() != direction:
            self._row.setDirection(direction)
            self._row.setSpacing(SPACING + 2 if is_narrow else GAP)
            # Below its name the control stands at the left; beside it, an alignment would only shrink it.
            self._row.setAlignment(self._line, Qt.AlignmentFlag.AlignLeft if is_narrow else Qt.AlignmentFlag(0))

    def _tint(self) -> None:
        self._reset.setIcon(icon("undo", self.palette().color(QPalette.ColorRole.PlaceholderText)))
