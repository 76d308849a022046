"""The field of the search: arrows move in the results, filters are completed while they are typed."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QWidget

from gigadesk.ui.theme import Theme
from gigadesk.ui.widgets.icons import icon

_MOVES = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: 5,
    Qt.Key.Key_PageUp: -5,
}
_OF_POPUP = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Escape}


class SearchField(QLineEdit):
    """One line.

    Signals:
        moved(int): go so many results further.
        entered(): show the current result.
        left(): Esc.
    """

    moved = Signal(int)
    entered = Signal()
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._complete: Callable[[str], tuple[int, Sequence[str]]] = lambda _text: (0, ())
        self._start = 0
        self._glass = QAction(self)
        self.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self._clear = QAction(self)
        self._clear.setVisible(False)
        self._clear.triggered.connect(self.clear)
        self.addAction(self._clear, QLineEdit.ActionPosition.TrailingPosition)
        self._choices = QStringListModel(self)
        self._completer = QCompleter(self._choices, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setWidget(self)
        self._popup = QListView(self)
        self._popup.setProperty("kind", "choices")
        self._completer.setPopup(self._popup)
        self._completer.activated.connect(self._on_chosen)
        self.textChanged.connect(lambda text: self._clear.setVisible(bool(text)))
        self.textEdited.connect(self._offer)

    def complete_with(self, complete: Callable[[str], tuple[int, Sequence[str]]]) -> None:
        """Ask this what the text before the caret can be completed to: from where on, and with what."""
        self._complete = complete

    def set_theme(self, theme: Theme) -> None:
        self._glass.setIcon(icon("search", theme.text_muted))
        self._clear.setIcon(icon("close", theme.text_muted))

    def set_clear_words(self, words: str) -> None:
        """What the cross is called. The glass, a button to screen readers, is called what the field is."""
        self._glass.setText(self.accessibleName())
        self._clear.setText(words)
        self._clear.setToolTip(words)

    @property
    def choices(self) -> list[str]:
        """What is offered right now."""
        return self._choices.stringList() if self._popup.isVisible() else []

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if self._popup.isVisible() and key in _OF_POPUP:
            self._take_popup_key(key)
        elif key in _MOVES and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.moved.emit(_MOVES[key])
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.entered.emit()
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001 - Qt's signature
        # Tab takes what is offered; Qt would go to the next control.
        return not self._popup.isVisible() and super().focusNextPrevChild(next)

    def _take_popup_key(self, key: Qt.Key) -> None:
        """While choices are offered the keys are about them. `QCompleter` asks the field first, which takes all."""
        index = self._popup.currentIndex()
        if not index.isValid() and key == Qt.Key.Key_Tab:
            index = self._choices.index(0)
        self._popup.hide()
        if key == Qt.Key.Key_Escape:
            return
        if index.isValid():
            self._on_chosen(str(index.data()))
        else:
            self.entered.emit()

    def _offer(self) -> None:
        start, choices = self._complete(self.text()[: self.cursorPosition()])
        self._start = start
        self._choices.setStringList(list(choices))
        if choices:
            self._completer.complete()
        else:
            self._popup.hide()

    def _on_chosen(self, choice: str) -> None:
        end = self.cursorPosition()
        rest = self.text()[end:]
        self.setText(self.text()[: self._start] + choice + rest)
        self.setCursorPosition(self._start + len(choice))
        if choice.endswith(":"):
            self._offer()
