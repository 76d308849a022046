"""Settings that are typed: a line, a long text, a number. What is invalid is explained and not applied."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QLocale, Qt, QTimer
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from gigadesk.limits import LINK_MAX_CHARS
from gigadesk.text import clean
from gigadesk.ui.settings_dialog.field import Field

PAUSE_MS = 700
"""A pause in typing after which the text is taken."""


class TextField(Field):
    """One line of text; empty is the default. `check` answers why a text is wrong, or ""."""

    def __init__(self, parent: QWidget, check: Callable[[str], str] = lambda _: "", *, is_wide: bool = True) -> None:
        self._line_edit = QLineEdit()
        self._line_edit.setMaxLength(LINK_MAX_CHARS)
        super().__init__(parent, self._line_edit, is_wide=is_wide)
        self._check = check
        self._value = ""
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.commit)
        self._line_edit.textEdited.connect(self._on_text_edited)
        self._line_edit.editingFinished.connect(self.commit)

    @property
    def value(self) -> str:
        """The last valid text."""
        return self._value

    @property
    def line(self) -> QLineEdit:
        return self._line_edit

    def set_value(self, value: str) -> None:
        """Show what is in force, unless the user is in the middle of typing."""
        self._value = value
        if not self._pause.isActive() and self._line_edit.text().strip() != value:
            self._line_edit.setText(value)
            self.show_problem("")
        self.show_reset(is_visible=bool(self._line_edit.text()))

    def set_placeholder(self, text: str) -> None:
        """What an empty field stands for."""
        self._line_edit.setPlaceholderText(text)

    def reset(self) -> None:
        self._line_edit.clear()
        self.commit()
        self._line_edit.setFocus()

    def enter(self, text: str) -> None:
        """As if the user had typed it."""
        self._line_edit.setText(text)
        self.commit()

    def commit(self) -> None:
        """Take what was typed, if it is valid."""
        self._pause.stop()
        text = clean(self._line_edit.text()).strip()
        self.show_reset(is_visible=bool(text))
        problem = self._check(text) if text else ""
        self.show_problem(problem)
        if not problem and text != self._value:
            self._value = text
            self.changed.emit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and self.problem:
            self.show_problem(self._check(self._line_edit.text().strip()))
        super().changeEvent(event)

    def _on_text_edited(self) -> None:
        self.show_problem("")
        self._pause.start()


class LongTextField(Field):
    """Several lines of text; empty is the default. Tab leaves it."""

    LINES = 5

    def __init__(self, parent: QWidget) -> None:
        self._edit = QPlainTextEdit()
        self._edit.setTabChangesFocus(True)
        super().__init__(parent, self._edit, is_wide=True)
        self._line.setAlignment(self._reset, Qt.AlignmentFlag.AlignTop)
        self._value = ""
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.commit)
        self._edit.textChanged.connect(self._on_text_changed)
        self._fit_height()

    @property
    def value(self) -> str:
        return self._value

    def set_value(self, value: str) -> None:
        self._value = value
        if not self._pause.isActive() and self._edit.toPlainText() != value:
            self._edit.setPlainText(value)
            self._pause.stop()
        self.show_reset(is_visible=bool(value))

    def set_placeholder(self, text: str) -> None:
        self._edit.setPlaceholderText(text)

    def reset(self) -> None:
        self._edit.clear()
        self.commit()
        self._edit.setFocus()

    def commit(self) -> None:
        self._pause.stop()
        text = clean(self._edit.toPlainText())
        text = text if text.strip() else ""
        self.show_reset(is_visible=bool(text))
        if text != self._value:
            self._value = text
            self.changed.emit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange}:
            self._fit_height()
        super().changeEvent(event)

    def _on_text_changed(self) -> None:
        self._pause.start()

    def _fit_height(self) -> None:
        self._edit.setFixedHeight(self.fontMetrics().lineSpacing() * self.LINES + 22)


@dataclass(frozen=True, slots=True)
class Range:
    """The numbers that a setting takes."""

    lowest: float
    highest: float
    is_lowest_allowed: bool = True
    is_whole: bool = False

    def holds(self, number: float) -> bool:
        if not math.isfinite(number) or number > self.highest:
            return False
        if self.is_whole and number != round(number):
            return False
        return number > self.lowest or (self.is_lowest_allowed and number == self.lowest)


class NumberField(TextField):
    """A number, with a decimal point or comma; an empty field leaves the choice to the model."""

    def __init__(self, parent: QWidget, allowed: Range) -> None:
        super().__init__(parent, self._check_number, is_wide=False)
        self._allowed = allowed

    @property
    def number(self) -> float | None:
        return _parsed(self.value)

    def set_number(self, number: float | None) -> None:
        if number is None or number != self.number:
            self.set_value("" if number is None else f"{number:.12g}".replace(".", QLocale().decimalPoint()))

    def _check_number(self, text: str) -> str:
        number = _parsed(text)
        allowed = self._allowed
        if number is not None and allowed.holds(number):
            return ""
        values = {"lowest": f"{allowed.lowest:g}", "highest": f"{allowed.highest:.12g}"}
        if allowed.is_whole:
            return self.tr("A whole number from {lowest} to {highest}, please.").format(**values)
        if allowed.is_lowest_allowed:
            return self.tr("A number from {lowest} to {highest}, please.").format(**values)
        return self.tr("A number above {lowest}, up to {highest}, please.").format(**values)


def _parsed(text: str) -> float | None:
    try:
        number = float(text.replace(",", ".").replace(" ", ""))
    except ValueError:
        return None
    return number if math.isfinite(number) else None
