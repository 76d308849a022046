"""Two texts beside each other as the transcript shows them, with what differs marked; narrow, below each other.

Text of one side can be selected and copied: with the mouse, with Shift and the arrow keys, with Ctrl+A and Ctrl+C. Left
and Right choose the side.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from time import perf_counter

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from gigadesk.comparison import Change
from gigadesk.markdown.blocks import Block
from gigadesk.ui.branches.compared_blocks import BlockRow, words_of
from gigadesk.ui.branches.compared_selection import LaidBlock, Place
from gigadesk.ui.branches.comparison_selecting import ComparisonSelecting
from gigadesk.ui.theme import Theme
from gigadesk.ui.transcript.layout.box_painting import BoxPainter
from gigadesk.ui.transcript.layout.builder import Look, build, gap_between
from gigadesk.ui.widgets.announce import announce

MARGIN = 14
TINT = 46
"""Of 255: the marks lie over the letters."""
SPOKEN_CHARS = 300
RESIZING_MS = 30
SLICE_S = 0.008
SCREENS = 2
"""So much is laid out at once, from the upper edge down."""
LATER_MS = 300
LATER_TIMES = 6
"""Colours of code and formulas are made elsewhere, and come a moment later."""


class RenderedComparison(QAbstractScrollArea):
    """What is compared comes from `show_rows`. `look` gives fonts, colours, formulas as they are now."""

    def __init__(self, parent: QWidget, look: Callable[[], Look]) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._find_look = look
        self._look = look()
        self._rows: Sequence[BlockRow] = ()
        self._columns: list[list[LaidBlock]] = [[], []]
        self._edges: list[tuple[float, float]] = []
        """Top and bottom of each row."""
        self._current: tuple[int, int] | None = None
        self._is_one_column = False
        self.selecting = ComparisonSelecting(self)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        self._bottom = float(MARGIN)
        """Of what is laid out so far."""
        self._former: tuple[Block | None, Block | None] = (None, None)
        self._is_waiting = False
        self._later = 0
        self._slicing = QTimer(self)
        self._slicing.setInterval(0)
        self._slicing.timeout.connect(self._go_on)
        self._resizing = QTimer(self)
        self._resizing.setSingleShot(True)
        self._resizing.setInterval(RESIZING_MS)
        self._resizing.timeout.connect(self._on_resized)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(LATER_MS)
        self._timer.timeout.connect(self._on_later)

    @property
    def is_settled(self) -> bool:
        """Whether all of it is laid out for the width that it has."""
        return not self._resizing.isActive() and not self._slicing.isActive()

    @property
    def top(self) -> float:
        """Where in the document the upper edge is."""
        return float(self.verticalScrollBar().value())

    def column_at(self, x: float) -> int:
        """The column at this distance from the left edge of the viewport."""
        return int(not self._is_one_column and x >= self.viewport().width() / 2)

    def show_rows(self, rows: Sequence[BlockRow], sources: tuple[str, str], *, is_user: bool) -> None:
        """Compare something else: these texts, which a user wrote or a model."""
        self._rows, self._current = rows, None
        self.selecting.sources, self.selecting.is_user = sources, is_user
        self.selecting.selection.clear()
        self.verticalScrollBar().setValue(0)
        self._later = LATER_TIMES
        self._begin_layout()

    def set_one_column(self, *, is_one: bool) -> None:
        """What was removed stands above what was added, where there is no room beside each other."""
        if is_one != self._is_one_column:
            self._is_one_column = is_one
            self.selecting.selection.clear()
            self._later = LATER_TIMES
            self._begin_layout()

    def renew(self) -> None:
        """Fonts, colours or words have changed."""
        self._later = LATER_TIMES
        self._lay_out()

    def go_to(self, first: int, last: int) -> None:
        """Bring these rows into sight, put a light on them, and tell what differs there."""
        self._finish()
        self._current = first, last
        self.verticalScrollBar().setValue(round(self._edges[first][0] - self.viewport().height() / 3))
        self._put_caret(first)
        removed, added = (text[:SPOKEN_CHARS] for text in words_of(self._rows, first, last))
        left = QCoreApplication.translate("ComparisonWindow", "Only on the left: {text}").format(text=removed)
        right = QCoreApplication.translate("ComparisonWindow", "Only on the right: {text}").format(text=added)
        parts = [words for words, text in ((left, removed), (right, added)) if text]
        self.setAccessibleDescription(". ".join(parts))
        announce(self, self.accessibleDescription())

    def marked(self, change: Change) -> list[str]:
        """The texts that are marked on one side, from the top down."""
        found = []
        for row in self._rows:
            removed, added = words_of([row], 0, 0)
            text = removed if change is Change.REMOVED else added
            found += [text] if text else []
        return found

    # --- inside

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._resizing.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._finish()
        bar = self.verticalScrollBar()
        if self.selecting.take_key(event):
            return
        if event.key() == Qt.Key.Key_Home and not event.modifiers():
            bar.setValue(bar.minimum())
        elif event.key() == Qt.Key.Key_End and not event.modifiers():
            bar.setValue(bar.maximum())
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._finish()
        self.selecting.press(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.selecting.double_click(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.selecting.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        del event
        self.selecting.release()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self._finish()
        self.selecting.open_menu(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def _put_caret(self, row: int) -> None:
        """Where the difference begins, so that the keyboard can select it."""
        for column, blocks in enumerate(self._columns):
            for number, laid in enumerate(blocks):
                if laid.row == row and laid.spans:
                    self.selecting.put_caret(column, Place(number, laid.spans[0][0]))
                    return
        self.viewport().update()

    def _on_later(self) -> None:
        self._later -= 1
        self._lay_out()

    def _on_resized(self) -> None:
        if self._slicing.isActive():
            self._begin_layout()
        else:
            self._lay_out()

    def _lay_out(self) -> None:
        """All of it, now."""
        self._begin_layout()
        self._finish()

    def _begin_layout(self) -> None:
        """What is in sight, and the rest between other events: two long texts take a while."""
        self._look = replace(self._find_look(), is_paper=True)
        self._columns, self._edges = [[]] if self._is_one_column else [[], []], []
        self._bottom = float(MARGIN)
        self._former = (None, None)
        self._is_waiting = False
        self.selecting.selection.use(self._columns)
        sight = self.top + SCREENS * max(self.viewport().height(), 1)
        while len(self._edges) < len(self._rows) and self._bottom < sight:
            self._lay_row(len(self._edges))
        self._slicing.start()
        self._show_range()
        self.viewport().update()

    def _go_on(self) -> None:
        """A slice more."""
        end = perf_counter() + SLICE_S
        while len(self._edges) < len(self._rows) and perf_counter() < end:
            self._lay_row(len(self._edges))
        self._show_range()

    def _finish(self) -> None:
        """The rest, for who wants to go there."""
        while len(self._edges) < len(self._rows):
            self._lay_row(len(self._edges))
        self._show_range()

    def _lay_row(self, number: int) -> None:
        row, typography = self._rows[number], self._look.typography
        room = self.viewport().width() - 2 * MARGIN
        width = float(max(room if self._is_one_column else (room - 2 * MARGIN) // 2, 60))
        right = float(MARGIN) if self._is_one_column else MARGIN + width + 2 * MARGIN
        blocks = row.left, row.right
        gaps = [
            gap_between(typography, former, block)
            for former, block in zip(self._former, blocks, strict=True)
            if block is not None
        ]
        top = y = self._bottom + max(gaps, default=0)
        sides = [
            (row.left, float(MARGIN), row.removed, Change.REMOVED),
            (row.right, right, row.added, Change.ADDED),
        ]
        if self._is_one_column and not row.is_changed:
            sides = sides[:1]
        bottoms = [top]
        for block, x, spans, change in sides:
            if block is None:
                continue
            box = build(block, width, self._look)
            widest = max([area.rect.x() + area.content_width for area in box.areas], default=0.0)
            scale = min(1.0, width / widest) if widest > width else 1.0
            rect = QRectF(x, y, width, box.height * scale)
            column = self._columns[0 if change is Change.REMOVED else -1]
            column.append(LaidBlock(block, box, rect, scale, spans, change, number))
            bottoms.append(y + box.height * scale)
            self._is_waiting = self._is_waiting or bool(box.awaited) or bool(box.codes)
            if self._is_one_column:
                y = bottoms[-1]
        self._bottom = max(bottoms)
        self._edges.append((top, self._bottom))
        self._former = (row.left or self._former[0], row.right or self._former[1])

    def _show_range(self) -> None:
        """How far can be scrolled by now; at the end of it all is laid out."""
        bar = self.verticalScrollBar()
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(round(self._look.typography.em * 2))
        bar.setRange(0, max(0, round(self._bottom) + MARGIN - self.viewport().height()))
        if len(self._edges) == len(self._rows) and self._slicing.isActive():
            self._slicing.stop()
            if self._is_waiting and self._later:
                self._timer.start()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._look.typography.theme
        painter.fillRect(event.rect(), theme.window)
        painter.translate(0, -self.top)
        sight = QRectF(event.rect()).translated(0, self.top)
        self._paint_light(painter, theme)
        for column, blocks in enumerate(self._columns):
            for number, laid in enumerate(blocks):
                if laid.rect.bottom() >= sight.top() and laid.rect.top() <= sight.bottom():
                    self._paint_block(painter, theme, laid, sight, self.selecting.selection.part_of(column, number))
        caret = self.selecting.selection.caret() if self.hasFocus() else None
        if caret is not None:
            painter.fillRect(QRectF(caret.x() - 1, caret.y(), 2, caret.height()), theme.text)

    def _paint_light(self, painter: QPainter, theme: Theme) -> None:
        """Beside the difference that the keys have led to; others have a thinner line."""
        for number, (row, (top, bottom)) in enumerate(zip(self._rows, self._edges, strict=False)):
            if row.is_changed:
                is_current = self._current is not None and self._current[0] <= number <= self._current[1]
                color = theme.accent if is_current else theme.border
                painter.fillRect(QRectF(3, top, 4 if is_current else 2, max(bottom - top, 2)), color)

    def _paint_block(
        self, painter: QPainter, theme: Theme, laid: LaidBlock, sight: QRectF, selected: tuple[int, int] | None
    ) -> None:
        painter.save()
        painter.translate(laid.rect.topLeft())
        painter.scale(laid.scale, laid.scale)
        clip = QRectF(0, (sight.top() - laid.rect.top()) / laid.scale, 1e6, sight.height() / laid.scale)
        boxes = BoxPainter(painter, self._look.typography)
        for area in range(-1, len(laid.box.areas)):
            boxes.paint_layer(laid.box, area, clip, selected)
        boxes.paint_marks(laid.box, clip)
        strong = theme.danger if laid.change is Change.REMOVED else theme.accent
        tint = QColor(strong)
        tint.setAlpha(TINT)
        painter.setPen(QPen(strong, 1))
        for span in laid.spans:
            for _area, rect in laid.box.rects(*span):
                if rect.bottom() < clip.top() or rect.top() > clip.bottom():
                    continue
                painter.fillRect(rect, tint)
                # Without colours it can be told, too: struck through, or underlined.
                y = rect.center().y() if laid.change is Change.REMOVED else rect.bottom() - 2
                painter.drawLine(QPointF(rect.left(), y), QPointF(rect.right(), y))
        painter.restore()
