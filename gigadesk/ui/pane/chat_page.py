"""One chat: a slim header, notices, the transcript or a greeting, the composer, the status line."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QFont,
    QFontInfo,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from gigadesk.ui.composer import Composer, incoming
from gigadesk.ui.notices import Action, Notice
from gigadesk.ui.pane.greeting import Greeting
from gigadesk.ui.pane.status_line import StatusLine
from gigadesk.ui.shortcuts import with_keys
from gigadesk.ui.theme import LIGHT, Theme
from gigadesk.ui.transcript import Transcript
from gigadesk.ui.transcript.wishes import MAP_KEYS
from gigadesk.ui.widgets.buttons import Button
from gigadesk.ui.widgets.elided_label import ElidedLabel
from gigadesk.ui.widgets.notice_bar import NoticeBar
from gigadesk.ui.widgets.notice_card import NoticeCard
from gigadesk.ui.widgets.resting_bar import RestingBar
from gigadesk.ui.widgets.undo_line import UndoLine

if TYPE_CHECKING:
    from gigadesk.ui.pane.find_bar import FindBar
    from gigadesk.ui.widgets.drop_overlay import DropOverlay

COLUMN_EM = 46
"""Width of the column of text, in the size of the font; the transcript keeps the same."""
_MARGIN = 24
_NARROW_MARGIN = 18
_NARROW_WIDTH = 560
"""Margins beside the column, as the transcript keeps them."""
_PAGE_SHARE = 0.9
_COMPOSER_SHARE = 0.5
"""How much of the height the composer may take."""


class ChatPage(QWidget):
    """Places its parts; the window talks to them directly. What is dropped anywhere on it goes to the composer.

    Signals:
        sidebar_requested(), new_chat_requested(), branches_requested(), shortcuts_requested(): buttons of the header.
        problem_action_requested(str): a button of the words above the composer; the value of an `Action`.
    """

    sidebar_requested = Signal()
    new_chat_requested = Signal()
    branches_requested = Signal()
    shortcuts_requested = Signal()
    problem_action_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._sidebar_button = Button("sidebar", parent=self)
        self._sidebar_button.clicked.connect(self.sidebar_requested)
        self._new_chat_button = Button("new-chat", parent=self)
        self._new_chat_button.clicked.connect(self.new_chat_requested)
        self._title = ElidedLabel(self)
        self._title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._branches_button = Button("branches", parent=self)
        self._branches_button.clicked.connect(self.branches_requested)
        self._branches_button.hide()
        self._help_button = Button(parent=self)
        self._help_button.setText("?")
        self._help_button.clicked.connect(self.shortcuts_requested)
        self.notices = NoticeBar(self)
        self.transcript = Transcript(self)
        self.transcript.notice_raised.connect(self.notices.show_notice)
        self.pictures = self.transcript.pictures
        self.greeting = Greeting(self)
        self._problem = NoticeCard(self, (Action.RETRY, Action.OPEN_SETTINGS, Action.CHOOSE_MODEL, Action.NEW_CHAT))
        self._problem.action_requested.connect(self.problem_action_requested)
        self.undo_line = UndoLine(self)
        self.composer = Composer(self, self.pictures)
        self.resting = RestingBar(self)
        self._overlay: DropOverlay | None = None
        self._find_bar: FindBar | None = None
        self._bars: list[QWidget] = []
        self.setAcceptDrops(True)
        self.greeting.pressed.connect(self.composer.setFocus)
        self.composer.page_turned.connect(self._turn_page)
        self.status = StatusLine(self)
        self._stack = _Stack(self)
        self._stack.addWidget(self.greeting)
        self._stack.addWidget(self.transcript)
        self._lay_out()
        self.set_sidebar_visible(visible=True)
        self._retranslate()

    def set_title(self, title: str) -> None:
        """The title of the shown chat; empty for none."""
        self._title.set_text(title)
        self.transcript.title = title

    def show_place(self, *, is_deleted: bool, is_archived: bool) -> None:
        """Where the shown chat is: one that is in the trash or in the archive is not written in."""
        is_resting = is_deleted or is_archived
        had_keyboard = self.composer.editor.hasFocus()
        self.composer.setVisible(not is_resting)
        self.setAcceptDrops(not is_resting)
        self.transcript.stage.set_read_only(is_read_only=is_resting)
        if is_resting:
            self.resting.show_state(is_deleted=is_deleted)
        else:
            self.resting.hide()
        if is_resting and had_keyboard:
            self.resting.setFocus()
        self._fit_column()

    def show_greeting(self) -> None:
        """The chat is empty. The keyboard does not go from the messages to an example: its Enter would ask that."""
        had_keyboard = self.transcript.hasFocus()
        self._stack.setCurrentWidget(self.greeting)
        if had_keyboard:
            self.composer.setFocus()

    def show_transcript(self) -> None:
        """The chat has messages."""
        self._stack.setCurrentWidget(self.transcript)

    def show_problem(self, notice: Notice | None) -> None:
        """Say above the composer why the message cannot be sent; None when nothing is in its way."""
        if notice != self._problem.notice:
            self._problem.show_notice(notice)

    @property
    def problem(self) -> Notice | None:
        """The words above the composer."""
        return self._problem.notice

    @property
    def find_bar(self) -> "FindBar":
        """The bar above the transcript in which words are looked for; made when it is first wanted."""
        if self._find_bar is None:
            from gigadesk.ui.pane.find_bar import FindBar

            bar = self._find_bar = FindBar(self.transcript.finder, self)
            bar.closed.connect(self.composer.setFocus)
            bar.set_theme(self._theme)
            self._find_row.insertWidget(1, bar, 1000)
            self._fit_column()
        return self._find_bar

    def add_bar(self, bar: QWidget) -> None:
        """Give a bar its place above the conversation."""
        self._bars.append(bar)
        self._bar_row.insertWidget(1, bar, 1000)
        self._fit_column()

    def set_sidebar_visible(self, *, visible: bool) -> None:
        """While the sidebar is hidden the header offers what it offered."""
        self._sidebar_button.setVisible(not visible)
        self._new_chat_button.setVisible(not visible)

    def set_branched(self, *, is_branched: bool) -> None:
        """Whether the chat has several versions of something, of which a map can be shown."""
        self._branches_button.setVisible(is_branched)

    @property
    def theme(self) -> Theme:
        """The colours of the page, for windows over it."""
        return self._theme

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for part in (
            self._sidebar_button,
            self._new_chat_button,
            self._branches_button,
            self._help_button,
            self.notices,
            self.transcript,
            self.greeting,
            self.undo_line,
            self.resting,
            self.composer,
            self.status,
            *(part for part in (self._overlay, self._find_bar) if part is not None),
        ):
            part.set_theme(theme)
        self.update()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        from gigadesk.ui.widgets.drop_overlay import DropOverlay  # the window need not wait for it

        data = event.mimeData()
        # What is dragged from the window itself is meant for other programs.
        is_own = event.source() is not None
        if is_own or not DropOverlay.takes(data):
            event.ignore()
            return
        place = self.rect()
        if not incoming.is_attachable(data):
            # Text can be dropped right where it shall stand in the field, which takes it itself.
            place = QRect(0, 0, self.width(), self.composer.y())
        if self._overlay is None:
            self._overlay = self._make_overlay()
        self._overlay.begin(data, place)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() == QEvent.Type.FontChange:
            self._fit_column()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_column()
        self.composer.set_room(round(self.height() * _COMPOSER_SHARE))

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(event.rect(), self._theme.window)

    def _lay_out(self) -> None:
        header = QHBoxLayout()
        header.setContentsMargins(8, 8, 8, 4)
        header.setSpacing(4)
        header.addWidget(self._sidebar_button)
        header.addWidget(self._new_chat_button)
        header.addSpacing(8)
        header.addWidget(self._title, 1)
        header.addWidget(self._branches_button)
        header.addWidget(self._help_button)
        self._notice_row = _centred(self.notices)
        self._find_row = _centred()
        self._bar_row = _centred()
        self._problem_row = _centred(self._problem)
        self._undo_row = _centred(self.undo_line)
        self._composer_row = _centred(self.composer)
        self._resting_row = _centred(self.resting)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(header)
        layout.addLayout(self._notice_row)
        layout.addLayout(self._bar_row)
        layout.addLayout(self._find_row)
        layout.addWidget(self._stack, 1)
        layout.addLayout(self._undo_row)
        layout.addLayout(self._problem_row)
        layout.addLayout(self._composer_row)
        layout.addLayout(self._resting_row)
        layout.addWidget(self.status)
        self.setMinimumWidth(320)

    def _fit_column(self) -> None:
        column = _column_width(self.font())
        bars = (self.composer, self.notices, self.resting, self.undo_line, self._problem, self._find_bar, *self._bars)
        for part in bars:
            if part is not None:
                part.setMaximumWidth(column)
        margin = _NARROW_MARGIN if self.width() < _NARROW_WIDTH else _MARGIN
        self._notice_row.setContentsMargins(margin, 0, margin, 8)
        self._undo_row.setContentsMargins(margin, 0, margin, 0)
        self._find_row.setContentsMargins(margin, 0, margin, 0)
        self._bar_row.setContentsMargins(margin, 0, margin, 4 if self._bars else 0)
        self._problem_row.setContentsMargins(margin, 0, margin, 4)
        self._composer_row.setContentsMargins(margin, 4, margin, 8)
        self._resting_row.setContentsMargins(margin, 0, margin, 8 if self.resting.isVisible() else 0)
        self.greeting.set_width(min(column, self.width() - 2 * margin))
        side = max((self.width() - column) // 2, margin)
        self.greeting.setContentsMargins(side, 0, side, 0)

    def _make_overlay(self) -> "DropOverlay":
        from gigadesk.ui.widgets.drop_overlay import DropOverlay

        overlay = DropOverlay(self)
        overlay.set_theme(self._theme)
        overlay.files_dropped.connect(self.composer.files_offered)
        overlay.picture_dropped.connect(self.composer.picture_offered)
        overlay.text_dropped.connect(self.composer.editor.insert_text)
        for signal in (overlay.files_dropped, overlay.picture_dropped, overlay.text_dropped):
            signal.connect(self._on_dropped)
        return overlay

    def _on_dropped(self) -> None:
        """Let the user go on here: the window that the drag came from still has the keyboard."""
        self.window().activateWindow()
        self.composer.setFocus()

    def _turn_page(self, direction: int) -> None:
        """Let the user read back without leaving the composer; a few lines stay in sight."""
        self.transcript.scroll_by(direction * self.transcript.viewport().height() * _PAGE_SHARE)

    def _retranslate(self) -> None:
        for button, words, sequence in (
            (self._sidebar_button, self.tr("Show the sidebar"), "Ctrl+B"),
            (self._new_chat_button, self.tr("New chat"), "Ctrl+N"),
            (self._branches_button, self.tr("Map of the branches"), MAP_KEYS),
            (self._help_button, self.tr("Keyboard shortcuts"), "F1"),
        ):
            button.setAccessibleName(words)
            button.setToolTip(with_keys(words, sequence))


class _Stack(QStackedWidget):
    """Takes the height that is left: the composer is never squeezed by what the chat would like to have."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)

    def hasHeightForWidth(self) -> bool:
        return False  # the greeting has a paragraph, and would ask for more


def _column_width(font: QFont) -> int:
    em = float(QFontInfo(font).pixelSize())
    if font.pointSizeF() > 0:
        em = QFontMetricsF(font).fontDpi() * font.pointSizeF() / 72  # not rounded to a whole pixel
    return round(COLUMN_EM * em)


def _centred(widget: QWidget | None = None) -> QHBoxLayout:
    """A row that centres a widget and makes it as wide as its maximum allows."""
    row = QHBoxLayout()
    row.addStretch(1)
    if widget is not None:
        row.addWidget(widget, 1000)
    row.addStretch(1)
    return row
