"""The field for an authorization key: hides it, mends what people paste, and says at once what is wrong with it."""

import base64
import binascii

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QPalette
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from gigadesk.gigachat.authorization_key import KeyProblem, KeyReading, read_key
from gigadesk.ui.notices import key_problem_text
from gigadesk.ui.widgets.announce import announce
from gigadesk.ui.widgets.enter_key import EnteredLine
from gigadesk.ui.widgets.icons import icon
from gigadesk.ui.widgets.labels import PlainLabel

SPACING = 6
REVEAL_KEYS = "Ctrl+E"


class KeyField(QWidget):
    """A line for the key, and a line of words below it.

    Signals:
        key_changed(): the text is another one; see `reading`.
        submitted(): Enter was pressed on a key that can be tried.
    """

    key_changed = Signal()
    submitted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._hint = ""
        self._line = EnteredLine(self)
        self._line.setEchoMode(QLineEdit.EchoMode.Password)
        self._reveal = QAction(self)
        self._reveal.setCheckable(True)
        # Tab does not stop at the eye: it stands inside of the line.
        self._reveal.setShortcut(QKeySequence(REVEAL_KEYS))
        self._reveal.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self._line.addAction(self._reveal, QLineEdit.ActionPosition.TrailingPosition)
        self._words = PlainLabel(self, kind="muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACING)
        layout.addWidget(self._line)
        layout.addWidget(self._words)
        self.setFocusProxy(self._line)
        self._reveal.toggled.connect(self._on_reveal_toggled)
        self._line.textChanged.connect(self._on_text_changed)
        self._line.returnPressed.connect(self.submit)
        self._retranslate()
        self._tint()

    @property
    def line(self) -> QLineEdit:
        """The line itself, as the buddy of a label."""
        return self._line

    @property
    def reading(self) -> KeyReading:
        """What is in the field, mended."""
        return read_key(self._line.text())

    def set_hint(self, text: str) -> None:
        """Words below an empty field."""
        self._hint = text
        self._say()

    def clear(self) -> None:
        self._line.clear()
        self._reveal.setChecked(False)

    def submit(self) -> None:
        """As Enter in the field: `submitted`, or words about what is missing."""
        problem = self.reading.problem
        if problem is None:
            self.submitted.emit()
            return
        self._show_words(key_problem_text(problem), is_error=True)
        self._line.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._tint()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._line.setAccessibleName(self.tr("Authorization key"))
        self._line.setPlaceholderText(self.tr("Paste the key"))
        words = self.tr("Hide the key") if self._reveal.isChecked() else self.tr("Show the key")
        self._reveal.setText(words)
        keys = self._reveal.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        self._reveal.setToolTip(f"{words} ({keys})")
        self._say()

    def _tint(self) -> None:
        name = "eye-off" if self._reveal.isChecked() else "eye"
        self._reveal.setIcon(icon(name, self.palette().color(QPalette.ColorRole.PlaceholderText)))

    def _on_reveal_toggled(self, is_shown: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._line.setEchoMode(QLineEdit.EchoMode.Normal if is_shown else QLineEdit.EchoMode.Password)
        self._retranslate()
        self._tint()

    def _on_text_changed(self) -> None:
        self._say()
        self.key_changed.emit()

    def _say(self) -> None:
        pasted = self._line.text()
        reading = self.reading
        if reading.problem is KeyProblem.EMPTY:
            self._show_words(self._hint, is_error=False)
        elif reading.problem is not None:
            self._show_words(key_problem_text(reading.problem), is_error=True)
        else:
            self._show_words(self._mended_text(pasted, reading.key), is_error=False)

    def _mended_text(self, pasted: str, key: str) -> str:
        bare = pasted.strip()
        if bare == key:
            return self.tr("This looks like an authorization key.")
        if bare.lower().startswith("basic"):
            return self.tr("This looks like an authorization key. The prefix “Basic” was removed.")
        if bare.strip("\"'`«»“”„ ") == key or "".join(bare.split()) == key:
            return self.tr("This looks like an authorization key. Extra spaces or quotes were removed.")
        if bare == _decoded(key):
            return self.tr("This is a Client ID with its Client Secret; GigaDesk made the authorization key of them.")
        return self.tr("This looks like an authorization key. What did not belong to it was removed.")

    def _show_words(self, text: str, *, is_error: bool) -> None:
        kind = "error" if is_error else "muted"
        if self._words.property("kind") != kind:
            self._words.setProperty("kind", kind)
            self._words.style().polish(self._words)
        if self._words.text() != text:
            self._words.setText(text)
            self._line.setAccessibleDescription(text)
            announce(self._line, text)


def _decoded(key: str) -> str:
    try:
        return base64.b64decode(key).decode()
    except (binascii.Error, UnicodeDecodeError):
        return ""
