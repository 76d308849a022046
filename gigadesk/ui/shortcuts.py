"""The keys of the window: one table that both makes them work and lists them for the user."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from gigadesk.ui.labels import PlainLabel

_SCREEN_SHARE = 0.7
"""Of the screen's height: the list is long, and the dialog has a title and a button besides."""


@dataclass(frozen=True, slots=True)
class Shortcut:
    """Keys, what they do, and the words for it."""

    keys: tuple[str, ...]
    words: str
    run: Callable[[], object] | None = None
    """None for keys that a widget handles itself; they are listed only."""


def install_shortcuts(parent: QWidget, shortcuts: tuple[Shortcut, ...]) -> None:
    """Make the keys work everywhere in the window while `parent` is visible."""
    for shortcut in shortcuts:
        if shortcut.run is not None:
            for keys in shortcut.keys:
                QShortcut(QKeySequence(keys), parent, shortcut.run)


def native_keys(keys: str) -> str:
    """Keys as the platform writes them."""
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)


def with_keys(words: str, keys: str) -> str:
    """Words for a tooltip, followed by the keys that do the same."""
    return f"{words} ({native_keys(keys)})"


class ShortcutsDialog(QDialog):
    """A list of the keys. Does not block the window; Esc closes it."""

    def __init__(self, shortcuts: tuple[Shortcut, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        content = QWidget(self)
        grid = QGridLayout(content)
        grid.setContentsMargins(0, 0, 16, 0)
        grid.setHorizontalSpacing(32)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 1)
        for row, shortcut in enumerate(shortcuts):
            words = PlainLabel(content, shortcut.words)
            keys = PlainLabel(content, "  ·  ".join(map(native_keys, shortcut.keys)), kind="muted")
            for label in (words, keys):
                label.setWordWrap(False)
            grid.addWidget(words, row, 0)
            grid.addWidget(keys, row, 1)
        area = _Area(self, content)
        close = QPushButton(self.tr("Close"), self)
        close.clicked.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(24)
        layout.addWidget(area)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)


class _Area(QScrollArea):
    """As wide as its content; as high too, where the screen is."""

    def __init__(self, parent: QWidget, content: QWidget) -> None:
        super().__init__(parent)
        self._content = content
        self.setWidget(content)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def sizeHint(self) -> QSize:
        wanted = self._content.sizeHint()
        return QSize(
            wanted.width(), min(wanted.height(), round(self.screen().availableGeometry().height() * _SCREEN_SHARE))
        )

    def minimumSizeHint(self) -> QSize:
        return QSize(self._content.minimumSizeHint().width(), 120)


def show_shortcuts(parent: QWidget, shortcuts: tuple[Shortcut, ...]) -> None:
    """Open the list, or bring it to the front."""
    found = parent.findChild(ShortcutsDialog)
    dialog = found if isinstance(found, ShortcutsDialog) else ShortcutsDialog(shortcuts, parent)
    dialog.show()
    dialog.raise_()
    dialog.activateWindow()
