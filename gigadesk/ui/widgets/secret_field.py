"""The field for a secret that is not an authorization key: hides it, and lets the user look."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QPalette
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from gigadesk.ui.widgets.announce import announce
from gigadesk.ui.widgets.enter_key import EnteredLine
from gigadesk.ui.widgets.icons import icon
from gigadesk.ui.widgets.labels import PlainLabel

SPACING = 6
REVEAL_KEYS = "Ctrl+E"
MAX_CHARS = 8192
"""An access token has 1,200 characters; some gateways give out larger ones."""


class SecretField(QWidget):
    """A line for the secret, and a line of words below it.

    Signals:
        submitted(): Enter was pressed on something.
    """

    submitted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._name = ""
        self._empty_words = ""
        self._hint = PlainLabel(self, kind="muted")
        self._line = EnteredLine(self)
        self._line.setMaxLength(MAX_CHARS)
        self._line.setEchoMode(QLineEdit.EchoMode.Password)
        self._reveal = QAction(self)
        self._reveal.setCheckable(True)
        # Tab does not stop at the eye: it stands inside of the line.
        self._reveal.setShortcut(QKeySequence(REVEAL_KEYS))
        self._reveal.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self._line.addAction(self._reveal, QLineEdit.ActionPosition.TrailingPosition)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACING)
        layout.addWidget(self._line)
        layout.addWidget(self._hint)
        self.setFocusProxy(self._line)
        self._reveal.toggled.connect(self._on_reveal_toggled)
        self._line.returnPressed.connect(self.submit)
        self._retranslate()
        self._tint()

    @property
    def line(self) -> QLineEdit:
        return self._line

    @property
    def value(self) -> str:
        """What was typed, as it was typed."""
        return self._line.text()

    def set_words(self, name: str, hint: str, empty_words: str) -> None:
        """What is asked for, what becomes of it, and what to say when there is nothing."""
        self._name, self._empty_words = name, empty_words
        self._line.setAccessibleName(name)
        self._line.setAccessibleDescription(hint)
        self._line.setPlaceholderText(name)
        self._hint.setText(hint)

    def clear(self) -> None:
        self._line.clear()
        self._reveal.setChecked(False)

    def submit(self) -> None:
        """As Enter in the field: `submitted`, or words about what is missing."""
        if self._line.text().strip():
            self.submitted.emit()
            return
        announce(self._line, self._empty_words)
        self._line.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._tint()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        words = self.tr("Hide what was typed") if self._reveal.isChecked() else self.tr("Show what was typed")
        self._reveal.setText(words)
        keys = self._reveal.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        self._reveal.setToolTip(f"{words} ({keys})")

    def _tint(self) -> None:
        name = "eye-off" if self._reveal.isChecked() else "eye"
        self._reveal.setIcon(icon(name, self.palette().color(QPalette.ColorRole.PlaceholderText)))

    def _on_reveal_toggled(self, is_shown: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._line.setEchoMode(QLineEdit.EchoMode.Normal if is_shown else QLineEdit.EchoMode.Password)
        self._retranslate()
        self._tint()
