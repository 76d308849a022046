"""The bar above the transcript in which words are looked for: field, count, ways to look, the steps back and forth."""

from collections.abc import Callable
from typing import assert_never

from PySide6.QtCore import QEvent, QLocale, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QLineEdit, QSizePolicy, QWidget
from shiboken6 import isValid

from gigadesk.limits import FIND_HITS_MAX, FIND_QUERY_MAX_CHARS
from gigadesk.ui.shortcuts import with_keys
from gigadesk.ui.theme import LIGHT, Theme
from gigadesk.ui.transcript.find.finder import Finder
from gigadesk.ui.transcript.find.query import Problem
from gigadesk.ui.widgets.announce import announce
from gigadesk.ui.widgets.buttons import Button
from gigadesk.ui.widgets.labels import PlainLabel
from gigadesk.ui.words.expression_faults import expression_fault

NARROW_EM = 34
"""Below this width the count and the ways to look stand in a second line."""
WRAPPED_MS = 2500
ANNOUNCE_MS = 600
"""After the last change: who types hears one number, not one for each letter."""
RADIUS = 10.0
GAP = 8
"""Below the bar: the text that is scrolled away under it does not touch it."""


class FindBar(QWidget):
    """Looks for words in one transcript. The last words, and how they are looked for, are kept while it is closed.

    Signals:
        closed(): the bar was closed; the keyboard wants to be somewhere else if it was nowhere before.
    """

    closed = Signal()

    def __init__(self, finder: Finder, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._finder = finder
        self._theme = LIGHT
        self._focus_before: QWidget | None = None
        self._is_narrow: bool | None = None
        self.field = _Field(self)
        self.field.setMaxLength(FIND_QUERY_MAX_CHARS)
        self.field.setProperty("kind", "bare")
        self.field.textChanged.connect(self._search)
        self.field.step_requested.connect(self.step)
        self.field.focus_changed.connect(self.update)
        self.count = PlainLabel(self, kind="muted")
        self.count.setMinimumWidth(1)  # no words may make the window wider
        self.exact = self._toggle("Aa")
        self.whole_word = self._toggle("|ab|")
        self.expression = self._toggle(".*")
        self.previous = self._button("chevron-up", lambda: self.step(-1))
        self.next = self._button("chevron-down", lambda: self.step(1))
        self.cross = self._button("close", self.close_bar)
        self._wrapped = QTimer(self)
        self._wrapped.setSingleShot(True)
        self._wrapped.setInterval(WRAPPED_MS)
        self._wrapped.timeout.connect(self._show_count)
        self._wrapped_words = ""
        self._announcing = QTimer(self)
        self._announcing.setSingleShot(True)
        self._announcing.setInterval(ANNOUNCE_MS)
        self._announcing.timeout.connect(self._announce)
        finder.changed.connect(self._show_count)
        finder.wrapped.connect(self._on_wrapped)
        self._lay_out()
        self._retranslate()
        self.hide()

    # --- what is asked

    def open_bar(self) -> None:
        """Show the bar and let the user type; words that are selected in one line are looked for at once."""
        focus = QApplication.focusWidget()
        if focus is not None and not self.isAncestorOf(focus):
            self._focus_before = focus
        selected = self._finder.selected_words()
        was_hidden = self.isHidden()
        self.show()
        if selected:
            self.expression.setChecked(False)
            self.field.setText(selected)
        if was_hidden:
            self._finder.get_ready()
            self._search()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def close_bar(self) -> None:
        """Look for nothing any more, and give the keyboard back."""
        if self.isHidden():
            return
        had_focus = self.isAncestorOf(QApplication.focusWidget() or self)
        before, self._focus_before = self._focus_before, None
        self.hide()
        self._announcing.stop()
        self._finder.close()
        if had_focus and before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        elif had_focus:
            self.closed.emit()

    def step(self, direction: int) -> None:
        """Go to the next place, or to the one before; a closed bar opens with the last words."""
        if self.isHidden():
            self.open_bar()
            if not self._finder.is_active:
                return
        self._finder.step(direction)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for button in self._buttons:
            button.set_theme(theme)
        self.update()

    # --- parts

    @property
    def _buttons(self) -> tuple[Button, ...]:
        return (self.exact, self.whole_word, self.expression, self.previous, self.next, self.cross)

    def _toggle(self, text: str) -> Button:
        button = Button(parent=self)
        button.setText(text)
        button.setCheckable(True)
        button.toggled.connect(self._search)
        return button

    def _button(self, icon: str, slot: Callable[[], None]) -> Button:
        button = Button(icon, parent=self)
        button.clicked.connect(slot)
        return button

    def _lay_out(self) -> None:
        self._ways = QWidget(self)
        ways = QHBoxLayout(self._ways)
        ways.setContentsMargins(0, 0, 0, 0)
        ways.setSpacing(2)
        ways.addWidget(self.count, 1)
        ways.addSpacing(8)
        for button in (self.exact, self.whole_word, self.expression):
            ways.addWidget(button)
        self._steps = QWidget(self)
        steps = QHBoxLayout(self._steps)
        steps.setContentsMargins(0, 0, 0, 0)
        steps.setSpacing(2)
        for button in (self.previous, self.next, self.cross):
            steps.addWidget(button)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(14, 6, 6, 6 + GAP)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(0, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._arrange(is_narrow=False)
        self.setTabOrder(self.field, self.exact)
        for first, second in zip(self._buttons, self._buttons[1:], strict=False):
            self.setTabOrder(first, second)

    def _arrange(self, *, is_narrow: bool) -> None:
        if is_narrow == self._is_narrow:
            return
        self._is_narrow = is_narrow
        self.count.setWordWrap(is_narrow)
        for part in (self.field, self._ways, self._steps):
            self._grid.removeWidget(part)
        self._grid.addWidget(self.field, 0, 0)
        if is_narrow:
            self._grid.addWidget(self._steps, 0, 1)
            self._grid.addWidget(self._ways, 1, 0, 1, 2)
        else:
            self._grid.addWidget(self._ways, 0, 1)
            self._grid.addWidget(self._steps, 0, 2)
        self.updateGeometry()

    # --- searching

    def _search(self) -> None:
        if self.isHidden():
            return
        self._wrapped.stop()
        self._finder.search(
            self.field.text(),
            is_exact=self.exact.isChecked(),
            is_whole_word=self.whole_word.isChecked(),
            is_expression=self.expression.isChecked(),
        )
        self._show_count()

    def _on_wrapped(self, to_start: bool) -> None:  # noqa: FBT001 - a signal's value
        self._wrapped_words = self.tr("from the start") if to_start else self.tr("from the end")
        self._wrapped.start()
        self._show_count()

    def _show_count(self) -> None:
        finder = self._finder
        is_bad = finder.problem is not None or (finder.is_active and finder.is_settled and not finder.count)
        kind = "error" if is_bad else "muted"
        if self.count.property("kind") != kind:
            self.count.setProperty("kind", kind)
            self.count.style().unpolish(self.count)
            self.count.style().polish(self.count)
        words = self._count_words()
        if words == self.count.text():
            return
        self.count.setText(words)
        self.count.setToolTip(words)
        self.field.setAccessibleDescription(words)
        for button in (self.previous, self.next):
            button.setEnabled(finder.count > 0)
        self._announcing.start()

    def _count_words(self) -> str:
        finder, locale = self._finder, QLocale()
        if finder.problem is not None:
            return self._problem_words(finder.problem)
        if not finder.is_active:
            return ""
        if not finder.count:
            return self.tr("Nothing found") if finder.is_settled else self.tr("Searching…")
        number, count = finder.number, locale.toString(finder.count)
        if finder.count > FIND_HITS_MAX:
            count = f"{locale.toString(FIND_HITS_MAX)}+"
        elif not finder.is_settled:
            count += "…"
        if not number or number > FIND_HITS_MAX:
            words = self.tr("Found: {count}").format(count=count)
        else:
            words = self.tr("{number} of {count}").format(number=locale.toString(number), count=count)
        return f"{words} · {self._wrapped_words}" if self._wrapped.isActive() else words

    def _problem_words(self, problem: Problem) -> str:
        match problem:
            case Problem.INVALID:
                return expression_fault(self._finder.problem_detail)
            case Problem.TOO_SLOW:
                return self.tr("The expression takes too long")
            case Problem.NO_PROCESS:
                return self.tr("Expressions cannot be run here")
            case _:
                assert_never(problem)

    def _announce(self) -> None:
        announce(self, self.count.text())

    # --- Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            self._show_count()
        elif event.type() == QEvent.Type.FontChange:
            self._fit()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        has_focus = self.field.hasFocus()
        pen = QPen(self._theme.accent, 1.5) if has_focus else QPen(self._theme.border, 1)
        inset = pen.widthF() / 2
        painter.setPen(pen)
        painter.setBrush(self._theme.surface)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset - GAP), RADIUS, RADIUS)
        painter.end()

    def _fit(self) -> None:
        self._arrange(is_narrow=self.width() < NARROW_EM * self.fontMetrics().height())

    def _retranslate(self) -> None:
        self.field.setPlaceholderText(self.tr("Find in this chat"))
        self.field.setAccessibleName(self.tr("Find in this chat"))
        for button, words, keys in (
            (self.exact, self.tr("Match case"), ""),
            (self.whole_word, self.tr("Whole words"), ""),
            (self.expression, self.tr("Regular expression"), ""),
            (self.previous, self.tr("Previous place"), "Shift+F3"),
            (self.next, self.tr("Next place"), "F3"),
            (self.cross, self.tr("Close the search"), "Esc"),
        ):
            button.setAccessibleName(words)
            button.setToolTip(with_keys(words, keys) if keys else words)
        self.setAccessibleName(self.tr("Find in this chat"))


class _Field(QLineEdit):
    """The words. The bar shows in its frame that the keyboard is here.

    Signals:
        step_requested(int): Enter goes on, Shift+Enter back.
        focus_changed(): the keyboard came or went.
    """

    step_requested = Signal(int)
    focus_changed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.step_requested.emit(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focus_changed.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focus_changed.emit()
