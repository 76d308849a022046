"""Selecting in a comparison with the mouse and the keyboard, and copying it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QObject, QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QClipboard, QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QApplication, QMenu

from gigadesk.ui.branches.compared_selection import ComparedSelection, Place
from gigadesk.ui.shortcuts import native_keys
from gigadesk.ui.transcript.copy.clipboard import mime_data
from gigadesk.ui.transcript.copy.copying import put
from gigadesk.ui.transcript.selecting.grains import Grain

if TYPE_CHECKING:
    from gigadesk.ui.branches.rendered_comparison import RenderedComparison

AUTOSCROLL_MS = 30
AUTOSCROLL_SHARE = 0.35
"""Pixels per step for each pixel the pointer is beyond the edge."""
FAR_AWAY = 1e6
_Key = QKeySequence.StandardKey


class ComparisonSelecting(QObject):
    """Serves the events of the view; a drag stays in the column in which it began."""

    def __init__(self, view: "RenderedComparison") -> None:
        super().__init__(view)
        self._view = view
        self.selection = ComparedSelection()
        self.sources = ("", "")
        self.is_user = False
        self._grain: Grain | None = None
        """While the button is held."""
        self._pressed = Place(0, 0), Place(0, 0)
        self._point = QPointF()
        self._clicked_at = QPointF()
        self._since_double_click = QElapsedTimer()
        self._autoscroll = QTimer(self)
        self._autoscroll.setInterval(AUTOSCROLL_MS)
        self._autoscroll.timeout.connect(self._on_autoscroll)

    # --- the mouse

    def press(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        point = self._point = event.position()
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._grain, self._pressed = Grain.CHARACTER, (self.selection.anchor, self.selection.anchor)
            self._extend()
        else:
            self._begin(Grain.PARAGRAPH if self._is_third_click(point) else Grain.CHARACTER)

    def double_click(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._since_double_click.start()
            self._point = self._clicked_at = event.position()
            self._begin(Grain.WORD)

    def move(self, event: QMouseEvent) -> None:
        if self._grain is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        self._point = event.position()
        self._extend()
        if not self._beyond():
            self._autoscroll.stop()
        elif not self._autoscroll.isActive():
            self._autoscroll.start()

    def release(self) -> None:
        self._autoscroll.stop()
        self._grain = None
        if not self.selection.is_empty and QGuiApplication.clipboard().supportsSelection():
            self._put(QClipboard.Mode.Selection)

    def _begin(self, grain: Grain) -> None:
        self._grain = grain
        column = self._view.column_at(self._point.x())
        self._pressed = self._around(column)
        self.selection.set(column, *self._pressed)
        self._view.viewport().update()

    def _extend(self) -> None:
        start, end = self._around(self.selection.column)
        first_start, first_end = self._pressed
        anchor, head = (first_end, start) if start < first_start else (first_start, max(end, first_end))
        self.selection.set(self.selection.column, anchor, head)
        self._view.viewport().update()

    def _around(self, column: int) -> tuple[Place, Place]:
        """What is selected as one where the pointer is."""
        height = self._view.viewport().height()
        y = min(max(self._point.y(), 0.0), height - 1.0) + self._view.top
        is_whole = self._grain is not Grain.CHARACTER
        place = self.selection.place_at(column, self._point.x(), y, on_character=is_whole)
        if self._grain is Grain.WORD:
            return self.selection.word_around(column, place)
        return self.selection.piece_around(column, place) if self._grain is Grain.PARAGRAPH else (place, place)

    def _is_third_click(self, point: QPointF) -> bool:
        return (
            self._since_double_click.isValid()
            and self._since_double_click.elapsed() < QApplication.doubleClickInterval()
            and (point - self._clicked_at).manhattanLength() < QApplication.startDragDistance()
        )

    def _beyond(self) -> float:
        y, height = self._point.y(), self._view.viewport().height()
        return y if y < 0 else max(y - height + 1, 0.0)

    def _on_autoscroll(self) -> None:
        beyond = self._beyond()
        if self._grain is None or not beyond:
            self._autoscroll.stop()
            return
        bar = self._view.verticalScrollBar()
        bar.setValue(bar.value() + round(beyond * AUTOSCROLL_SHARE) + (2 if beyond > 0 else -2))
        self._extend()

    # --- the keyboard

    def take_key(self, event: QKeyEvent) -> bool:
        """Whether the key was about the selection."""
        if event.matches(_Key.Copy):
            self.copy()
        elif event.matches(_Key.SelectAll):
            self.select_all()
        elif event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right} and not event.modifiers() & ~_KEYPAD:
            self._go_beside(1 if event.key() == Qt.Key.Key_Right else 0)
        else:
            head = self._stepped(event)
            if head is None:
                return False
            self.selection.extend(head)
            self._show_caret()
        return True

    def copy(self) -> None:
        """Put what is selected on the clipboard as Markdown, HTML and plain text."""
        if not self.selection.is_empty:
            self._put(QClipboard.Mode.Clipboard)

    def select_all(self) -> None:
        """The whole text of the column that the caret is in."""
        self.selection.select_column()
        self._view.viewport().update()

    def put_caret(self, column: int, place: Place) -> None:
        """Select nothing, and begin here when the keyboard selects."""
        self.selection.set(column, place, place)
        self._view.viewport().update()

    def open_menu(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self._view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        # lupdate does not look into f-strings.
        copy = QCoreApplication.translate("ComparisonWindow", "Copy")
        everything = QCoreApplication.translate("ComparisonWindow", "Select all of this version")
        menu.addAction(f"{copy}\t{native_keys('Ctrl+C')}", self.copy).setEnabled(not self.selection.is_empty)
        menu.addAction(f"{everything}\t{native_keys('Ctrl+A')}", self.select_all)
        place, caret = event.pos(), self.selection.caret()
        if event.reason() == QContextMenuEvent.Reason.Keyboard and caret is not None:
            place = QPointF(caret.x(), caret.bottom() - self._view.top).toPoint()
        menu.popup(self._view.viewport().mapToGlobal(place))

    def _stepped(self, event: QKeyEvent) -> Place | None:
        """Where the caret goes; None for a key that does not select."""
        selection = self.selection
        if event.matches(_Key.SelectNextChar) or event.matches(_Key.SelectNextWord):
            return selection.after(by_word=event.matches(_Key.SelectNextWord))
        if event.matches(_Key.SelectPreviousChar) or event.matches(_Key.SelectPreviousWord):
            return selection.before(by_word=event.matches(_Key.SelectPreviousWord))
        if event.matches(_Key.SelectStartOfDocument) or event.matches(_Key.SelectEndOfDocument):
            return selection.edge(is_end=event.matches(_Key.SelectEndOfDocument))
        caret = selection.caret()
        if caret is None:
            return None
        if event.matches(_Key.SelectStartOfLine) or event.matches(_Key.SelectEndOfLine):
            x = FAR_AWAY if event.matches(_Key.SelectEndOfLine) else -FAR_AWAY
            return selection.place_at(selection.column, x, caret.center().y())
        if event.matches(_Key.SelectNextLine):
            return self._line_beyond(caret, 1)
        return self._line_beyond(caret, -1) if event.matches(_Key.SelectPreviousLine) else None

    def _line_beyond(self, caret: QRectF, direction: int) -> Place:
        """The place above or below: blocks have gaps between them, so it is looked for further and further."""
        selection, height = self.selection, max(caret.height(), 1.0)
        for step in range(1, 20):
            y = caret.center().y() + direction * height * (0.5 + step / 2)
            found = selection.place_at(selection.column, caret.x(), y)
            blocks = selection.blocks(selection.column)
            if (blocks[found.number].caret(found.place).center().y() - caret.center().y()) * direction > height / 4:
                return found
        return selection.edge(is_end=direction > 0)

    def _go_beside(self, column: int) -> None:
        """To the same height of the other column."""
        caret = self.selection.caret()
        if column >= self.selection.column_count or caret is None:
            return
        if column != self.selection.column:
            self.put_caret(column, self.selection.place_at(column, -FAR_AWAY, caret.center().y()))
        self._show_caret()

    def _show_caret(self) -> None:
        caret, bar, view = self.selection.caret(), self._view.verticalScrollBar(), self._view
        if caret is not None:
            room = view.viewport().height()
            bar.setValue(round(min(max(bar.value(), caret.bottom() + caret.height() - room), caret.y())))
        view.viewport().update()

    def _put(self, mode: QClipboard.Mode) -> None:
        put(mime_data(self.selection.copied(self.sources, is_user=self.is_user)), mode)


_KEYPAD = Qt.KeyboardModifier.KeypadModifier
