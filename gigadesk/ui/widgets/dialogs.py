"""Questions to the user that a task can wait for: `await ask(...)`.

Every dialog is opened, never executed: a nested event loop would stop other tasks for ever. Texts are plain. A
dialog that is closed, whose parent goes away or whose task is cancelled counts as not answered.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QDialog,
    QDialogButtonBox,
    QLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from gigadesk.ui.widgets.labels import Heading, PlainLabel

MARGIN = 24
SPACING = 12
MIN_WIDTH = 400
TITLE_SCALE = 1.2
MAX_IN_A_ROW = 3


@dataclass(frozen=True, slots=True)
class Choice:
    """One button of a question."""

    name: str
    """What `ask` returns."""
    text: str
    is_default: bool = False
    """Enter takes it, wherever the focus was."""
    is_cancel: bool = False
    """Escape and closing the dialog take it."""
    is_danger: bool = False
    """It cannot be taken back."""


async def ask(parent: QWidget | None, title: str, text: str, choices: Sequence[Choice], detail: str = "") -> str:
    """Ask a question and wait for the answer: the name of the choice, or "" when nothing was chosen.

    `detail` is shown smaller and can be selected, for technical words. Cancelling the task closes the dialog.
    """
    dialog = _Question(parent, title, text, choices, detail)
    await show_and_wait(dialog)
    return dialog.answer


def ask_then(
    parent: QWidget, title: str, text: str, choices: Sequence[Choice], then: Callable[[str], object], detail: str = ""
) -> None:
    """Ask a question where no task can wait for the answer: `then` is called with it; "" when nothing was chosen."""
    dialog = _Question(parent, title, text, choices, detail)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.finished.connect(lambda result: then(dialog.answer if result == QDialog.DialogCode.Accepted else ""))
    dialog.open()


async def show_and_wait(dialog: QDialog) -> bool:
    """Open `dialog`, wait for its end and delete it. True if it was accepted."""
    ending = _Ending(dialog)
    dialog.open()
    try:
        return await ending.accepted
    finally:
        ending.detach()
        if isValid(dialog):
            dialog.close()
            dialog.deleteLater()


class _Ending(QObject):
    """Waits for the end of a dialog, however it comes about."""

    def __init__(self, dialog: QDialog) -> None:
        super().__init__()
        self.accepted: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._dialog = dialog
        parent = dialog.parentWidget()
        self._window = parent.window() if parent else None
        dialog.finished.connect(self._on_finished)
        dialog.destroyed.connect(self._on_destroyed)
        if self._window:
            # Closing a window leaves its open dialogs on the screen.
            self._window.installEventFilter(self)

    def detach(self) -> None:
        if self._window and isValid(self._window):
            self._window.removeEventFilter(self)
        if isValid(self._dialog):
            self._dialog.finished.disconnect(self._on_finished)
            self._dialog.destroyed.disconnect(self._on_destroyed)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Close and isValid(self._dialog):
            self._dialog.reject()
        return super().eventFilter(watched, event)

    def _on_finished(self, result: int) -> None:
        self._settle(accepted=result == QDialog.DialogCode.Accepted)

    def _on_destroyed(self) -> None:
        self._settle(accepted=False)

    def _settle(self, *, accepted: bool) -> None:
        if not self.accepted.done():
            self.accepted.set_result(accepted)


class _Question(QDialog):
    def __init__(
        self, parent: QWidget | None, title: str, text: str, choices: Sequence[Choice], detail: str = ""
    ) -> None:
        super().__init__(parent)
        self.answer = next((choice.name for choice in choices if choice.is_cancel), "")
        _set_words(self, title, text)
        layout = _column(self)
        layout.addWidget(Heading(self, title, scale=TITLE_SCALE))
        layout.addWidget(PlainLabel(self, text))
        if detail:
            small = PlainLabel(self, detail, kind="muted")
            small.make_selectable()
            layout.addWidget(small)
        layout.addSpacing(SPACING)
        layout.addWidget(self._buttons(choices))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # Labels ask for the height that they would need if they were narrow.
        layout = self.layout()
        assert layout is not None
        layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        width = max(self.width(), layout.totalMinimumSize().width())
        height = layout.totalHeightForWidth(width)
        self.setMinimumSize(max(MIN_WIDTH, layout.totalMinimumSize().width()), height)
        self.resize(width, height)

    def _buttons(self, choices: Sequence[Choice]) -> QDialogButtonBox:
        box = QDialogButtonBox(self)
        if len(choices) > MAX_IN_A_ROW:
            box.setOrientation(Qt.Orientation.Vertical)
            box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for choice in choices:
            button = QPushButton(choice.text, box)
            button.setObjectName(choice.name)
            if choice.is_danger:
                button.setProperty("kind", "danger")
            elif choice.is_default:
                button.setProperty("kind", "primary")
            button.setDefault(choice.is_default)
            role = QDialogButtonBox.ButtonRole
            box.addButton(button, role.RejectRole if choice.is_cancel else role.AcceptRole)
            if choice.is_default:
                button.setFocus()
        box.clicked.connect(self._on_clicked)
        return box

    def _on_clicked(self, button: QAbstractButton) -> None:
        self.answer = button.objectName()
        self.accept()


def _set_words(dialog: QDialog, title: str, text: str) -> None:
    dialog.setWindowTitle(title)
    dialog.setAccessibleName(title)
    dialog.setAccessibleDescription(text)
    dialog.setMinimumWidth(MIN_WIDTH)


def _column(dialog: QDialog) -> QVBoxLayout:
    layout = QVBoxLayout(dialog)
    layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
    layout.setSpacing(SPACING)
    return layout
