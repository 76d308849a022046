"""Two versions of a message beside each other, with their differences marked; below each other where it is narrow."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QShortcut,
    QTextBlock,
    QTextCursor,
    QTextFormat,
)
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QPushButton, QTextEdit, QVBoxLayout, QWidget

from gigadesk.chat import Message, MessageId, Role
from gigadesk.comparison import Change, Row, compare, differences
from gigadesk.text import clean
from gigadesk.ui.branches.compared_blocks import BlockRow, compare_blocks
from gigadesk.ui.branches.comparison_texts import fill_side, fill_unified, level
from gigadesk.ui.branches.rendered_comparison import RenderedComparison
from gigadesk.ui.shortcuts import with_keys
from gigadesk.ui.theme import Theme
from gigadesk.ui.transcript.copy.hidden_tags import without_tags
from gigadesk.ui.transcript.layout.builder import Look
from gigadesk.ui.transcript.words import short_moment_text
from gigadesk.ui.widgets.combo_box import ComboBox
from gigadesk.ui.widgets.enter_key import press_focused_button
from gigadesk.ui.widgets.labels import PlainLabel
from gigadesk.ui.widgets.wrapping_row import WrappingRow

COMPARED_CHARS_MAX = 200_000
COMPARED_LINES_MAX = 10_000
"""Of each text. More would hold the window up."""
NARROW_EMS = 44
WIDTH_EMS, HEIGHT_EMS = 72, 44
NEXT_KEYS, PREVIOUS_KEYS = "F7", "Shift+F7"


class ComparisonWindow(QWidget):
    """No dialog: the chat goes on behind it. Closed with Escape.

    Signals:
        version_chosen(int): show the branch with this version.
    """

    version_chosen = Signal(int)

    def __init__(
        self,
        parent: QWidget,
        theme: Theme,
        versions: Sequence[MessageId],
        chosen: tuple[int, int],
        read: Callable[[MessageId], Message],
        look: Callable[[], Look] | None = None,
    ) -> None:
        """`chosen` are the places of the first two among `versions`; `read` gives a message.

        With a `look` the texts are shown as in the conversation; their source is the other way, and the first one for
        who listens to a screen reader.
        """
        super().__init__(parent, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Compare versions"))
        self._theme = theme
        self._versions = versions
        self._read = read
        self._messages: list[Message] = [read(versions[place]) for place in chosen]
        self._texts: list[str] = []
        self._rows: list[Row] | None = None
        """Of the source; None until somebody wants to see it."""
        self._is_source_filled = False
        self._places: list[tuple[int, int]] = []
        self._place = -1
        self._steps: list[QPushButton] = []
        self._sides = QWidget(self)
        self.columns = [_Column(self, side) for side in range(2)]
        self.unified = _text_view(self)
        self.unified.setAccessibleName(self.tr("Both versions, with their differences marked"))
        self.rendered = None if look is None else RenderedComparison(self, look)
        self.source = QCheckBox(self.tr("Show the source"), self)
        self.source.setChecked(look is None or QAccessible.isActive())
        self.source.setVisible(look is not None)
        self._blocks: list[BlockRow] = []
        self.count = PlainLabel(self, kind="muted")
        self.note = PlainLabel(self, kind="muted")
        self._levelling = QTimer(self)
        self._levelling.setSingleShot(True)
        self._levelling.setInterval(30)
        self._levelling.timeout.connect(self._level)
        self._fill_choosers(chosen)
        self._lay_out()
        self._connect()
        em = self.fontMetrics().height()
        room = parent.window().screen().availableGeometry().size() * 0.9
        self.resize(min(WIDTH_EMS * em, room.width()), min(HEIGHT_EMS * em, room.height()))
        self._compare()
        self._views()[0].setFocus()

    @property
    def is_narrow(self) -> bool:
        """Whether there is room for one column only."""
        return self.width() < NARROW_EMS * self.fontMetrics().height()

    def step(self, direction: int) -> None:
        """Lead to the next difference (1) or the one before (-1), round and round."""
        if self._places:
            begin = 0 if direction > 0 else len(self._places) - 1
            self._place = (self._place + direction) % len(self._places) if self._place >= 0 else begin
            first, last = self._places[self._place]
            for view in self._views():
                if isinstance(view, RenderedComparison):
                    view.go_to(first, last)
                else:
                    _show_rows(view, self._theme, first, last)
            self._tell_place()

    def set_theme(self, theme: Theme) -> None:
        """Take up other colours; the place stays."""
        self._theme = theme
        tops = [view.verticalScrollBar().value() for view in self._views()]
        self._is_source_filled = False
        self._fill_source()
        if self.rendered is not None:
            self.rendered.renew()
        for view, top in zip(self._views(), tops, strict=True):
            view.verticalScrollBar().setValue(top)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
        self._levelling.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not press_focused_button(self, event):
            super().keyPressEvent(event)

    # --- inside

    def _fill_choosers(self, chosen: tuple[int, int]) -> None:
        for number, message_id in enumerate(self._versions):
            message = self._read(message_id)
            who = message.model or self.tr("GigaChat")
            who = self.tr("You") if message.role is Role.USER else who
            words = f"{number + 1}/{len(self._versions)}  ·  {who}  ·  {short_moment_text(message.created_at)}"
            for column in self.columns:
                column.chooser.addItem(words, int(message_id))
        for column, place in zip(self.columns, chosen, strict=True):
            column.chooser.setCurrentIndex(place)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        bar = QHBoxLayout()
        bar.addWidget(self.count, 1)
        for words, keys, direction in (
            (self.tr("Previous difference"), PREVIOUS_KEYS, -1),
            (self.tr("Next difference"), NEXT_KEYS, 1),
        ):
            button = QPushButton(words, self)
            button.setAutoDefault(False)
            button.setToolTip(with_keys(words, keys))
            button.clicked.connect(lambda _checked=False, direction=direction: self.step(direction))
            self._steps.append(button)
            bar.addWidget(button)
        layout.addLayout(bar)
        layout.addWidget(self.note)
        layout.addWidget(self.source)
        choosers, sides, buttons = QHBoxLayout(), QHBoxLayout(self._sides), QHBoxLayout()
        sides.setContentsMargins(0, 0, 0, 0)
        for column in self.columns:
            choosers.addWidget(column.chooser, 1)
            sides.addWidget(column.view, 1)
            buttons.addLayout(column.buttons, 1)
        layout.addLayout(choosers)
        layout.addWidget(self._sides, 1)
        layout.addWidget(self.unified, 1)
        if self.rendered is not None:
            self.rendered.setAccessibleName(self.unified.accessibleName())
            layout.addWidget(self.rendered, 1)
        layout.addLayout(buttons)

    def _connect(self) -> None:
        for side, column in enumerate(self.columns):
            column.chooser.currentIndexChanged.connect(lambda _index, side=side: self._on_chosen(side))
            column.copy.clicked.connect(lambda _checked=False, side=side: self._copy(side))
            column.use.clicked.connect(lambda _checked=False, side=side: self._use(side))
            other = self.columns[1 - side].view
            column.view.verticalScrollBar().valueChanged.connect(
                lambda _value, view=column.view, other=other: self._follow(view, other)
            )
        self.source.toggled.connect(self._on_source_toggled)
        for keys, run in (
            ("Esc", self.close),
            (NEXT_KEYS, lambda: self.step(1)),
            (PREVIOUS_KEYS, lambda: self.step(-1)),
        ):
            QShortcut(QKeySequence(keys), self, run)

    def _arrange(self) -> None:
        is_narrow, is_source = self.is_narrow, self.source.isChecked()
        self.unified.setVisible(is_narrow and is_source)
        self._sides.setVisible(not is_narrow and is_source)
        if self.rendered is not None:
            self.rendered.setVisible(not is_source)
            self.rendered.set_one_column(is_one=is_narrow)

    def _compare(self) -> None:
        texts = [clean(message.text) for message in self._messages]
        cut = [_cut(text) for text in texts]
        self.note.setVisible(cut != texts)
        self.note.setText(self.tr("Only the beginning of the texts is compared: they are very long."))
        self._texts, self._rows, self._is_source_filled = cut, None, False
        self._arrange()
        if self.rendered is not None:
            is_user = self._messages[0].role is Role.USER
            self._blocks = compare_blocks(*cut, is_plain=is_user)
            shown = [text if is_user else without_tags(text) for text in cut]
            self.rendered.show_rows(self._blocks, (shown[0], shown[1]), is_user=is_user)
        self._fill_source()
        self._count()

    def _source_rows(self) -> list[Row]:
        if self._rows is None:
            self._rows = compare(*self._texts)
        return self._rows

    def _count(self) -> None:
        """The differences of what is shown, from the first one on."""
        self._places = differences(self._source_rows() if self.source.isChecked() else self._blocks)
        self._place = -1
        self._tell_place()

    def _on_source_toggled(self) -> None:
        self._fill_source()
        self._arrange()
        self._count()
        self._levelling.start()

    def _fill_source(self) -> None:
        """Rows and colours, unless nobody sees them."""
        if self._is_source_filled or not self.source.isChecked():
            return
        self._is_source_filled = True
        rows = self._source_rows()
        for column, change in zip(self.columns, (Change.REMOVED, Change.ADDED), strict=True):
            fill_side(column.view, rows, self._theme, change)
        fill_unified(self.unified, rows, self._theme)
        self._levelling.start()

    def _level(self) -> None:
        if not self.is_narrow:
            level(self.columns[0].view.document(), self.columns[1].view.document())

    def _tell_place(self) -> None:
        count = len(self._places)
        for button in self._steps:
            button.setEnabled(count > 0)
        if not count:
            self.count.setText(self.tr("The texts are the same"))
        elif self._place < 0:
            self.count.setText(self.tr("%n difference(s)", "", count))
        else:
            self.count.setText(self.tr("Difference {place} of {count}").format(place=self._place + 1, count=count))

    def _views(self) -> Sequence[QTextEdit | RenderedComparison]:
        if self.rendered is not None and not self.source.isChecked():
            return [self.rendered]
        return [self.unified] if self.is_narrow else [column.view for column in self.columns]

    def _follow(self, view: QTextEdit, other: QTextEdit) -> None:
        """Scroll the other side to the same row."""
        top, inside = _top_row(view)
        block = other.document().findBlockByNumber(top.blockNumber())
        if block.isValid():
            bar = other.verticalScrollBar()
            with QSignalBlocker(bar):
                bar.setValue(round(other.document().documentLayout().blockBoundingRect(block).top() + inside))
            other.viewport().update()

    def _on_chosen(self, side: int) -> None:
        self._messages[side] = self._read(MessageId(self.columns[side].chooser.currentData()))
        self._compare()

    def _copy(self, side: int) -> None:
        QGuiApplication.clipboard().setText(self._messages[side].text)

    def _use(self, side: int) -> None:
        self.version_chosen.emit(self._messages[side].id)
        self.close()


class _Column:
    """One side: which version it is, its text, what can be done with it."""

    def __init__(self, window: ComparisonWindow, side: int) -> None:
        names = (
            QCoreApplication.translate("ComparisonWindow", "Version on the left"),
            QCoreApplication.translate("ComparisonWindow", "Version on the right"),
        )
        self.chooser = ComboBox(window)
        self.chooser.setAccessibleName(names[side])
        self.view = _text_view(window)
        self.view.setAccessibleName(names[side])
        self.copy = QPushButton(QCoreApplication.translate("ComparisonWindow", "Copy"), window)
        self.use = QPushButton(QCoreApplication.translate("ComparisonWindow", "Use this version"), window)
        self.buttons = WrappingRow()
        for button in (self.copy, self.use):
            button.setAutoDefault(False)
            button.setAccessibleDescription(names[side])
            self.buttons.addWidget(button)


def _text_view(parent: QWidget) -> QTextEdit:
    view = QTextEdit(parent)
    view.setReadOnly(True)
    view.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    view.setTabChangesFocus(True)
    view.setFrameShape(QFrame.Shape.StyledPanel)
    view.document().setDocumentMargin(12)
    return view


def _top_row(view: QTextEdit) -> tuple[QTextBlock, float]:
    """The row at the upper edge, and how much of it is above."""
    block = view.cursorForPosition(view.viewport().rect().topLeft()).block()
    top = view.document().documentLayout().blockBoundingRect(block).top()
    return block, view.verticalScrollBar().value() - top


def _show_rows(view: QTextEdit, theme: Theme, first: int, last: int) -> None:
    """Put a light on some rows and bring them into sight, a third of the height below the upper edge."""
    begin, end = view.document().findBlockByNumber(first), view.document().findBlockByNumber(last)
    cursor = QTextCursor(begin)
    bar = view.verticalScrollBar()
    top = view.document().documentLayout().blockBoundingRect(begin).top()
    view.setTextCursor(cursor)
    mark = QTextEdit.ExtraSelection()
    mark.cursor = QTextCursor(begin)
    mark.cursor.setPosition(end.position() + end.length() - 1, QTextCursor.MoveMode.KeepAnchor)
    mark.format.setProperty(QTextFormat.Property.FullWidthSelection, True)
    mark.format.setBackground(theme.hover)
    view.setExtraSelections([mark])
    bar.setValue(round(top - view.viewport().height() / 3))


def _cut(text: str) -> str:
    lines = text[:COMPARED_CHARS_MAX].split("\n", COMPARED_LINES_MAX)
    return "\n".join(lines[:COMPARED_LINES_MAX])
