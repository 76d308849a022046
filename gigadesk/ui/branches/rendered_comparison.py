"""Two texts beside each other as the transcript shows them, with what differs marked; narrow, below each other."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from gigadesk.comparison import Change
from gigadesk.markdown.blocks import Block
from gigadesk.ui.branches.compared_blocks import BlockRow, Span, words_of
from gigadesk.ui.theme import Theme
from gigadesk.ui.transcript.layout.box_painting import BoxPainter
from gigadesk.ui.transcript.layout.boxes import Box
from gigadesk.ui.transcript.layout.builder import Look, build, gap_between
from gigadesk.ui.widgets.announce import announce

MARGIN = 14
TINT = 46
"""Of 255: the marks lie over the letters."""
SPOKEN_CHARS = 300
RESIZING_MS = 30
LATER_MS = 300
LATER_TIMES = 6
"""Colours of code and formulas are made elsewhere, and come a moment later."""


@dataclass(slots=True)
class _Laid:
    """A block at its place in the document."""

    box: Box
    rect: QRectF
    scale: float
    spans: tuple[Span, ...]
    change: Change


class RenderedComparison(QAbstractScrollArea):
    """Only shows; what is compared comes from `show_rows`. `look` gives fonts, colours, formulas as they are now."""

    def __init__(self, parent: QWidget, look: Callable[[], Look]) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._find_look = look
        self._look = look()
        self._rows: Sequence[BlockRow] = ()
        self._laid: list[_Laid] = []
        self._edges: list[tuple[float, float]] = []
        """Top and bottom of each row."""
        self._current: tuple[int, int] | None = None
        self._is_one_column = False
        self._later = 0
        self._resizing = QTimer(self)
        self._resizing.setSingleShot(True)
        self._resizing.setInterval(RESIZING_MS)
        self._resizing.timeout.connect(self._lay_out)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(LATER_MS)
        self._timer.timeout.connect(self._on_later)

    @property
    def is_settled(self) -> bool:
        """Whether it is laid out for the width that it has."""
        return not self._resizing.isActive()

    def show_rows(self, rows: Sequence[BlockRow]) -> None:
        """Compare something else."""
        self._rows, self._current = rows, None
        self.verticalScrollBar().setValue(0)
        self.renew()

    def set_one_column(self, *, is_one: bool) -> None:
        """What was removed stands above what was added, where there is no room beside each other."""
        if is_one != self._is_one_column:
            self._is_one_column = is_one
            self.renew()

    def renew(self) -> None:
        """Fonts, colours or words have changed."""
        self._later = LATER_TIMES
        self._lay_out()

    def go_to(self, first: int, last: int) -> None:
        """Bring these rows into sight, put a light on them, and tell what differs there."""
        self._current = first, last
        self.verticalScrollBar().setValue(round(self._edges[first][0] - self.viewport().height() / 3))
        self.viewport().update()
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
        bar = self.verticalScrollBar()
        if event.key() == Qt.Key.Key_Home:
            bar.setValue(bar.minimum())
        elif event.key() == Qt.Key.Key_End:
            bar.setValue(bar.maximum())
        else:
            super().keyPressEvent(event)

    def _on_later(self) -> None:
        self._later -= 1
        self._lay_out()

    def _lay_out(self) -> None:
        self._look = replace(self._find_look(), is_paper=True)
        room = self.viewport().width() - 2 * MARGIN
        width = float(max(room if self._is_one_column else (room - 2 * MARGIN) // 2, 60))
        right = float(MARGIN) if self._is_one_column else MARGIN + width + 2 * MARGIN
        self._laid, self._edges = [], []
        y = float(MARGIN)
        before: list[Block | None] = [None, None]
        is_waiting = False
        for row in self._rows:
            blocks = row.left, row.right
            typography = self._look.typography
            gaps = [
                gap_between(typography, former, block)
                for former, block in zip(before, blocks, strict=True)
                if block is not None
            ]
            top = y = y + max(gaps, default=0)
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
                self._laid.append(_Laid(box, QRectF(x, y, width, box.height * scale), scale, spans, change))
                bottoms.append(y + box.height * scale)
                is_waiting = is_waiting or bool(box.awaited) or bool(box.codes)
                if self._is_one_column:
                    y = bottoms[-1]
            y = max(bottoms)
            self._edges.append((top, y))
            before = [block or former for block, former in zip(blocks, before, strict=True)]
        bar = self.verticalScrollBar()
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(round(self._look.typography.em * 2))
        bar.setRange(0, max(0, round(y) + MARGIN - self.viewport().height()))
        self.viewport().update()
        if is_waiting and self._later:
            self._timer.start()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._look.typography.theme
        painter.fillRect(event.rect(), theme.window)
        top = float(self.verticalScrollBar().value())
        painter.translate(0, -top)
        sight = QRectF(event.rect()).translated(0, top)
        self._paint_light(painter, theme)
        for laid in self._laid:
            if laid.rect.bottom() >= sight.top() and laid.rect.top() <= sight.bottom():
                self._paint_block(painter, theme, laid, sight)

    def _paint_light(self, painter: QPainter, theme: Theme) -> None:
        """Beside the difference that the keys have led to; others have a thinner line."""
        for number, (row, (top, bottom)) in enumerate(zip(self._rows, self._edges, strict=True)):
            if row.is_changed:
                is_current = self._current is not None and self._current[0] <= number <= self._current[1]
                color = theme.accent if is_current else theme.border
                painter.fillRect(QRectF(3, top, 4 if is_current else 2, max(bottom - top, 2)), color)

    def _paint_block(self, painter: QPainter, theme: Theme, laid: _Laid, sight: QRectF) -> None:
        painter.save()
        painter.translate(laid.rect.topLeft())
        painter.scale(laid.scale, laid.scale)
        clip = QRectF(0, (sight.top() - laid.rect.top()) / laid.scale, 1e6, sight.height() / laid.scale)
        boxes = BoxPainter(painter, self._look.typography)
        for area in range(-1, len(laid.box.areas)):
            boxes.paint_layer(laid.box, area, clip, None)
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
