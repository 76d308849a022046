"""The virtual view of one conversation: values in, signals out.

Holds the state and takes what comes from outside; pointer, keyboard, menu and scrolling have modules of their own.
"""

import time
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from gigadesk.chat import ChatId, FileId, MessageId, Role, Status
from gigadesk.settings import FollowMode
from gigadesk.ui.pictures import Pictures
from gigadesk.ui.theme import LIGHT, Theme
from gigadesk.ui.transcript.arrangement import Arranger
from gigadesk.ui.transcript.builder import Look
from gigadesk.ui.transcript.code_colors import CodeColors
from gigadesk.ui.transcript.copying import Copying
from gigadesk.ui.transcript.details import Details
from gigadesk.ui.transcript.files import Files
from gigadesk.ui.transcript.follow import Follow
from gigadesk.ui.transcript.frame import Frame
from gigadesk.ui.transcript.growth import Growth
from gigadesk.ui.transcript.jump_button import JumpButton
from gigadesk.ui.transcript.keyboard import Keyboard
from gigadesk.ui.transcript.menu import Menu
from gigadesk.ui.transcript.painting import Highlights, RowPainter
from gigadesk.ui.transcript.places import ReadingPlaces
from gigadesk.ui.transcript.pointer import Pointer
from gigadesk.ui.transcript.rows import RowKey, Rows
from gigadesk.ui.transcript.screen_reading import ScreenReading
from gigadesk.ui.transcript.scrolling import Scrolling
from gigadesk.ui.transcript.selection import FAR, Position, Selection
from gigadesk.ui.transcript.surface import Surface
from gigadesk.ui.transcript.typography import Typography
from gigadesk.ui.transcript.values import MessageView
from gigadesk.ui.transcript.walk import Walk
from gigadesk.ui.transcript.words import block_words, chrome_words
from gigadesk.ui.transcript.zones import Zones

MARGIN = 24
NARROW_MARGIN = 18
NARROW_WIDTH = 560


class Transcript(Surface):
    """Shows the messages of one chat.

    Signals:
        link_activated(str): a link was clicked; its target as written, not checked.
        link_followed(str, str): the same with the link's text, which may name another host than the target.
        action_requested(int, str): a button of a message's notice; message id and `Action`.
        regenerate_requested(int): another version of this answer is wanted.
        branch_requested(int): show the branch of this sibling.
        move_to_front_requested(int): this waiting reply shall be next.
        file_retry_requested(int): this file, which failed or is lost, is to be fetched or sent again.
        file_open_requested(int), file_save_requested(int): the same of a file whose bytes are not known here (see
            `MessageView.paths`). With its bytes, pictures are opened and files are saved without anybody's help.
    """

    link_activated = Signal(str)
    link_followed = Signal(str, str)
    action_requested = Signal(int, str)
    regenerate_requested = Signal(int)
    branch_requested = Signal(int)
    move_to_front_requested = Signal(int)
    file_open_requested = Signal(int)
    file_save_requested = Signal(int)
    file_retry_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chat_id: ChatId | None = None
        self._theme = LIGHT
        self._colors = CodeColors(self)
        self._colors.arrived.connect(self._on_colors_arrived)
        self._typography = Typography(self.font(), self._theme)
        self.pictures = Pictures(self)
        self.rows = Rows(self._make_frame())
        self.arranger = Arranger(self.rows)
        self.selection = Selection()
        self.highlights = Highlights()
        self.follow = Follow()
        self.zones = Zones(self)
        self.copying = Copying(self)
        self.files = Files(self)
        self.details = Details(self)
        self.pointer = Pointer(self)
        self.keyboard = Keyboard(self)
        self.menu = Menu(self)
        self.walk = Walk(self)
        self.screen_reading = ScreenReading(self)
        self._places = ReadingPlaces()
        self._is_dirty = True
        self.growth = Growth(self)
        self.jump_button = JumpButton(self)
        self.jump_button.clicked.connect(self.scroll_to_end)
        self.jump_button.set_theme(self._theme)
        self.scrolling = Scrolling(self, self.jump_button)
        self._retranslate()
        self.is_built = True

    # --- what comes from outside

    def show_chat(self, chat_id: ChatId, messages: Sequence[MessageView]) -> None:
        """Show a chat (or another branch of the one shown), where it was left."""
        self._places.remember(self._chat_id, self.rows, self.arranger)
        self._chat_id = chat_id
        self._reset(messages)
        self.arranger.forget()
        self.arranger.anchor = self._places.recall(chat_id, self.rows)
        self.follow.reached_end()
        self.follow.is_armed = self.arranger.anchor is None
        if messages and messages[-1].message.status in {Status.QUEUED, Status.STREAMING}:
            self.follow.answer_began(messages[-1].message.id)
        self.refresh()

    def clear(self) -> None:
        """Show nothing."""
        self._places.remember(self._chat_id, self.rows, self.arranger)
        self._chat_id = None
        self.rows.remembered.clear()  # another store may come, whose messages have the same ids
        self._reset(())
        self.arranger.forget()
        self.refresh()

    def add_message(self, view: MessageView) -> None:
        """A message was added at the end."""
        if self.rows.index_of(view.message.id) is not None:
            self.update_message(view)
            return
        self._arrange()
        was_at_end = self.arranger.is_at_end
        index = self.rows.append(view)
        if view.message.role is Role.USER:
            # Whoever sends wants to see it, wherever the view was.
            self.follow.reached_end()
            self.arranger.forget()
        else:
            if was_at_end and self.follow.mode is not FollowMode.NEVER:
                self.follow.is_armed = True
            self.follow.answer_began(view.message.id)
        self.highlights.note_last_answer(self.rows)
        if index:
            self.rows.items[index - 1].drop_trailer()
        self.refresh()
        self.screen_reading.message_added(view)

    def grow(self, message_id: MessageId, delta: str) -> None:
        """Text was appended to a reply. Cheap; shown with the next repaint."""
        self.growth.add(message_id, delta)

    def think(self, message_id: MessageId, delta: str) -> None:
        """Text was appended to what the model thinks. Cheap; shown with the next repaint."""
        self.growth.add(message_id, delta, is_thought=True)

    def set_tool_note(self, message_id: MessageId, text: str) -> None:
        """Say beside the sign of life what a tool does; empty when none works any more."""
        self.details.set_note(message_id, tool_note=text)

    def set_retry(self, message_id: MessageId, text: str, delay_s: float = 0.0) -> None:
        """Say that the request is tried again. `{seconds}` in the text counts down from `delay_s`."""
        self.details.set_note(message_id, retry=text, retry_at=time.monotonic() + delay_s)

    def set_file_progress(self, file_id: FileId, done_bytes: int, total_bytes: int) -> None:
        """So much of a file has come or gone; `total_bytes` is 0 while it is not known."""
        self.files.set_progress(file_id, done_bytes, total_bytes)

    def set_pictures(self, pictures: Pictures) -> None:
        """Share the window's pictures instead of own ones."""
        self.pictures = pictures
        self.files.watch(pictures)
        self._rebuild()

    def update_message(self, view: MessageView) -> None:
        """Status, text, notice, place in the queue or siblings of a message changed."""
        index = self.rows.index_of(view.message.id)
        if index is None:
            return
        self.growth.apply()
        old = self.rows.items[index].view
        self.files.note_change(old, view)
        self.rows.items[index].set_view(view)
        self.rows.adopt_height(index)
        self.highlights.note_last_answer(self.rows)
        self.refresh()
        self.screen_reading.message_changed(old, view)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._typography = Typography(self.font(), theme)
        self.jump_button.set_theme(theme)
        self._rebuild()

    def set_update_interval(self, seconds: float) -> None:
        """Least time between two repaints of a growing answer."""
        self.growth.throttle.set_least_interval(seconds)

    def set_follow_mode(self, mode: FollowMode) -> None:
        self.follow.set_mode(mode)
        self.refresh()

    def copy(self) -> None:
        """Put the selection on the clipboard in all formats."""
        self.copying.copy_selection()

    def select_all(self) -> None:
        if len(self.rows):
            self.selection.set(Position(0, 0, 0), Position(len(self.rows) - 1, FAR, 0))
            self.viewport().update()

    def has_selection(self) -> bool:
        return not self.selection.is_empty

    def selected_markdown(self) -> str:
        """The selection as Markdown source."""
        return self.copying.selected_markdown()

    def scroll_to_end(self) -> None:
        """Show the end and follow it again."""
        self.follow.reached_end()
        self.arranger.forget()
        self.refresh()

    def show_pending(self) -> None:
        """Show at once what has been appended so far, without waiting for the next repaint's time."""
        self.growth.throttle.flush()

    @property
    def is_parsing(self) -> bool:
        """A very long text in sight is still being parsed, a slice at a time."""
        self._arrange()
        return self.growth.is_parsing

    # --- for the modules around this one

    def scroll_by(self, distance: float) -> None:
        """Scroll by pixels at the reader's wish; positive is down."""
        self._arrange()
        self.scrolling.scroll_by(distance)
        self.growth.note_arrangement()
        self.viewport().update()

    def show_offset(self, offset: float) -> None:
        """Bring a place of the whole chat to the top at the reader's wish."""
        self._arrange()
        self.scrolling.show_offset(offset)
        self.growth.note_arrangement()
        self.viewport().update()

    def refresh_row(self, key: RowKey) -> None:
        """Paint a row again, where it is."""
        for placed in self.arranger.placed:
            if placed.key == key:
                top = int(placed.y) - 1
                self.viewport().update(QRect(0, top, self.viewport().width(), int(placed.height) + 3))

    def arrange_growth(self) -> bool:
        """Arrange after an answer has grown; False if more than that has changed since the last painting."""
        is_only_growth, self._is_dirty = not self._is_dirty, False
        self.scrolling.arrange(is_growth=is_only_growth)
        self.growth.note_arrangement()
        return is_only_growth

    def arranged(self) -> Arranger:
        """The arrangement as it is to be painted."""
        self._arrange()
        return self.arranger

    # --- layout

    def _make_frame(self) -> Frame:
        look = Look(self._typography, block_words(), self._colors.runs)
        # The scroll bar comes and goes in the margin: it never moves the text.
        width = self.width()
        margin = NARROW_MARGIN if width < NARROW_WIDTH else MARGIN
        column = max(80, min(self._typography.column_width, width - 2 * margin))
        x = float((width - column) // 2)
        return Frame(look, chrome_words(), x, float(column), self.pictures.size)

    def _rebuild(self) -> None:
        """Font, colours, words or width changed: lay out anew around what is being read."""
        sticks = self.follow.sticks_to_end and self.arranger.is_at_end
        self.arranger.remember_place()
        self.rows.set_frame(self._make_frame())
        if sticks:
            self.arranger.forget()
        else:
            self.arranger.restore_place()
        self.refresh()

    def _reset(self, messages: Sequence[MessageView]) -> None:
        self.growth.forget()
        self.selection.clear()
        self.highlights.hovered_zone = self.highlights.focused_zone = self.highlights.copied_zone = None
        self.highlights.hovered_message = -1
        self.rows.reset(messages)
        self.highlights.note_last_answer(self.rows)
        self.screen_reading.messages_replaced()

    def refresh(self) -> None:
        self._is_dirty = True
        self.growth.update_beat()
        self.viewport().update()

    def _arrange(self) -> None:
        """Find out what stands where, if that may have changed."""
        if self._is_dirty:
            self._is_dirty = False
            self.scrolling.arrange()
            self.growth.note_arrangement()

    def _on_colors_arrived(self) -> None:
        for placed in self.arranger.placed:
            item = self.rows.items[placed.key.message]
            if self._colors.concerns(item, placed.key.row):
                item.drop_box(placed.key.row)
        self.refresh()

    # --- Qt

    def paintEvent(self, event: QPaintEvent) -> None:
        started = time.perf_counter()
        self.screen_reading.wake()
        self._arrange()
        painter = QPainter(self.viewport())
        clip = event.rect()
        painter.fillRect(clip, self._theme.window)
        row_painter = RowPainter(
            painter,
            self.rows,
            self.selection,
            self.highlights,
            has_focus=self.hasFocus(),
            ratio=self.devicePixelRatioF(),
            files=self.files,
        )
        row_painter.paint(self.arranger, QRectF(clip))
        painter.end()
        self.growth.throttle.add_cost(time.perf_counter() - started)

    def resizeEvent(self, event: QEvent) -> None:
        del event
        self.jump_button.place(self.viewport().geometry())
        frame = self._make_frame()
        if (frame.x, frame.width) != (self.rows.frame.x, self.rows.frame.width):
            self._rebuild()
        else:
            self.refresh()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        del dx
        if not self.is_built or self.scrolling.is_syncing:
            return
        # The bar may lag behind the text: only the dragged slider means a place, all else a distance.
        if self.verticalScrollBar().isSliderDown():
            self.show_offset(float(self.verticalScrollBar().value()))
        else:
            self.show_offset(self.arranger.offset() - dy)

    def showEvent(self, event: QEvent) -> None:
        del event
        self.growth.set_visible(True)

    def hideEvent(self, event: QEvent) -> None:
        del event
        self.growth.set_visible(False)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if not self.is_built:
            return
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            self._rebuild()
        elif event.type() in {QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange}:
            self._typography = Typography(self.font(), self._theme)
            self._rebuild()

    # --- small things

    def _retranslate(self) -> None:
        words = chrome_words()
        self.setAccessibleName(words.conversation)
        self.jump_button.set_words(words.jump_to_end)

    def sizeHint(self) -> QSize:
        return QSize(self._typography.column_width + 2 * MARGIN, 480)
