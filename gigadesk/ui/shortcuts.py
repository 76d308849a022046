"""The keys of the window: one table that both makes them work and lists them for the user."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QGridLayout, QPushButton, QVBoxLayout, QWidget

from gigadesk.ui.labels import PlainLabel


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
        grid = QGridLayout()
        grid.setHorizontalSpacing(32)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 1)
        for row, shortcut in enumerate(shortcuts):
            words = PlainLabel(self, shortcut.words)
            keys = PlainLabel(self, "  ·  ".join(map(native_keys, shortcut.keys)), kind="muted")
            for label in (words, keys):
                label.setWordWrap(False)
            grid.addWidget(words, row, 0)
            grid.addWidget(keys, row, 1)
        close = QPushButton(self.tr("Close"), self)
        close.clicked.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(24)
        layout.addLayout(grid)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)


def show_shortcuts(parent: QWidget, shortcuts: tuple[Shortcut, ...]) -> None:
    """Open the list, or bring it to the front."""
    found = parent.findChild(ShortcutsDialog)
    dialog = found if isinstance(found, ShortcutsDialog) else ShortcutsDialog(shortcuts, parent)
    dialog.show()
    dialog.raise_()
    dialog.activateWindow()
