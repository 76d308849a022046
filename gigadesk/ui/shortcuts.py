"""The keys of the window: one table that both makes them work and lists them for the user (`shortcuts_dialog`)."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget


class Subject(StrEnum):
    """What keys are about, in the order in which they are told."""

    WRITING = "writing"
    MESSAGES = "messages"
    READING = "reading"
    FINDING = "finding"
    CHATS = "chats"
    LIST = "list"
    WINDOW = "window"


@dataclass(frozen=True, slots=True)
class Shortcut:
    """Keys, what they do, and the words for it."""

    keys: tuple[str, ...]
    words: str
    run: Callable[[], object] | None = None
    """None for keys that a widget handles itself; they are listed only."""
    subject: Subject = Subject.WINDOW


def about(subject: Subject, *shortcuts: Shortcut) -> tuple[Shortcut, ...]:
    """The same keys, told under a subject."""
    return tuple(replace(shortcut, subject=subject) for shortcut in shortcuts)


def install_shortcuts(parent: QWidget, shortcuts: tuple[Shortcut, ...]) -> None:
    """Make the keys work everywhere in the window while `parent` is visible."""
    for shortcut in shortcuts:
        if shortcut.run is not None:
            for keys in shortcut.keys:
                QShortcut(QKeySequence(keys), parent, shortcut.run)


def native_keys(keys: str) -> str:
    """Keys as the platform writes them."""
    # Everywhere else in the program the key is called as it is on most keyboards.
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText).replace("Return", "Enter")


def with_keys(words: str, keys: str) -> str:
    """Words for a tooltip, followed by the keys that do the same."""
    return f"{words} ({native_keys(keys)})"
