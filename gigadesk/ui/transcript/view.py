"""The virtual view of one conversation: values in, signals out.

Holds the state and takes what comes from outside; layout, pointer, keyboard and menu have modules of their own.
"""

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from gigadesk.chat import ChatId, FileId, MessageId, Role
from gigadesk.settings import FollowMode
from gigadesk.ui.pictures import Pictures
from gigadesk.ui.theme import Theme
from gigadesk.ui.throttle import cost_clock
from gigadesk.ui.transcript.arrangement import Arranger
from gigadesk.ui.transcript.branching import anchor_in_branch, move_light, read_message
from gigadesk.ui.transcript.code_actions import CodeActions
from gigadesk.ui.transcript.commands import Commands
from gigadesk.ui.transcript.copy.copying import Copying
from gigadesk.ui.transcript.files import Files
from gigadesk.ui.transcript.find.finder import Finder
from gigadesk.ui.transcript.follow import Follow
from gigadesk.ui.transcript.footnote_jumps import FootnoteJumps
from gigadesk.ui.transcript.growth import Growth
from gigadesk.ui.transcript.jump_button import JumpButton
from gigadesk.ui.transcript.keyboard import Keyboard
from gigadesk.ui.transcript.measuring import Measuring
from gigadesk.ui.transcript.menu import Menu
from gigadesk.ui.transcript.messages.details import Details
from gigadesk.ui.transcript.messages.message_item import MessageItem
from gigadesk.ui.transcript.messages.message_source import ListedMessages, MessageSource
from gigadesk.ui.transcript.messages.rows import RowKey, Rows
from gigadesk.ui.transcript.places import ReadingPlaces
from gigadesk.ui.transcript.pointer import Pointer
from gigadesk.ui.transcript.scrolling import Scrolling
from gigadesk.ui.transcript.selecting.caret import Caret
from gigadesk.ui.transcript.selecting.highlights import Highlights
from gigadesk.ui.transcript.selecting.selection import FAR, Position, Selection
from gigadesk.ui.transcript.selecting.selection_bar import SelectionBar
from gigadesk.ui.transcript.selecting.selection_keeping import SelectionKeeper
from gigadesk.ui.transcript.speech.screen_reading import ScreenReading
from gigadesk.ui.transcript.stage import Stage
from gigadesk.ui.transcript.surface import Surface
from gigadesk.ui.transcript.table_actions import TableActions
from gigadesk.ui.transcript.values import MessageView
from gigadesk.ui.transcript.walk import Walk
from gigadesk.ui.transcript.web_pictures import WebPictures
from gigadesk.ui.transcript.words import chrome_words
from gigadesk.ui.transcript.zones import Zones
from gigadesk.ui.transcript.zoom import Zoom

if TYPE_CHECKING:
    from gigadesk.ui.paper.desk import PaperDesk

PAGE_OVERLAP = 40


class Transcript(Surface):
    """Shows the messages of one chat.

    Signals:
        notice_raised(object): a `Notice` to be shown above the conversation.
        link_activated(str): a link was clicked; its target as written, not checked.
        link_followed(str, str): the same with the link's text, which may name another host than the target.
        picture_requested(str): a picture of the web is wanted; its address as written, not checked. `web_pictures` is
            to be told what becomes of it.
        action_requested(int, str): a button of a message's notice; message id and `Action`.
        regenerate_requested(int): another version of this answer is wanted.
        branch_requested(int): show the branch of this sibling.
        move_to_front_requested(int): this waiting reply shall be next.
        export_requested(): the chat is to be written to a file.
        chat_painted(): all that is in sight of the chat has been painted for the first time.
        file_retry_requested(int): this file, which failed or is lost, is to be fetched or sent again.
        file_open_requested(int), file_save_requested(int): the same of a file whose bytes are not known here (see
            `MessageView.paths`). With its bytes, pictures are opened and files are saved without anybody's help.

    What else can be wished for a message, or for the selection, `commands` tells.
    """

    notice_raised = Signal(object)
    link_activated = Signal(str)
    link_followed = Signal(str, str)
    picture_requested = Signal(str)
    action_requested = Signal(int, str)
    regenerate_requested = Signal(int)
    branch_requested = Signal(int)
    move_to_front_requested = Signal(int)
    file_open_requested = Signal(int)
    file_save_requested = Signal(int)
    file_retry_requested = Signal(int)

    chat_painted = Signal()
    export_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._awaits_painting = False
        self._chat_id: ChatId | None = None
        self.title = ""
        """Of the chat, for paper."""
        self._paper: PaperDesk | None = None
        self.pictures = Pictures(self)
        self.web_pictures = WebPictures(self)
        self.stage = Stage(self)
        self.zoom = Zoom(self)
        self.rows = Rows(self.stage.make_frame())
        self.arranger = Arranger(self.rows)
        self.selection = Selection()
        self.keeper = SelectionKeeper(self.selection, self.rows)
        self.highlights = Highlights()
        self.follow = Follow()
        self.zones = Zones(self)
        self.copying = Copying(self)
        self.files = Files(self)
        self.details = Details(self)
        self.footnotes = FootnoteJumps(self)
        self.codes = CodeActions(self)
        self.tables = TableActions(self)
        self.pointer = Pointer(self)
        self.caret = Caret(self)
        self.keyboard = Keyboard(self)
        self.menu = Menu(self)
        self.walk = Walk(self)
        self.commands = Commands(self)
        self.selection_bar = SelectionBar(self)
        self.screen_reading = ScreenReading(self)
        self._places = ReadingPlaces()
        self.growth = Growth(self)
        self.jump_button = JumpButton(self)
        self.jump_button.clicked.connect(self.scroll_to_end)
        self.jump_button.set_theme(self.stage.theme)
        self.scrolling = Scrolling(self, self.jump_button)
        self.measuring = Measuring(self)
        self.finder = Finder(self)
        self._retranslate()
        self.is_built = True

    # --- what comes from outside

    def show_chat(self, chat_id: ChatId, messages: Sequence[MessageView] | MessageSource) -> None:
        """Show a chat where it was left, or another branch of the one shown, which keeps its place."""
        source = ListedMessages(messages) if isinstance(messages, Sequence) else messages
        is_branch = chat_id == self._chat_id and len(self.rows) > 0
        anchor = anchor_in_branch(self, source) if is_branch else None
        read = read_message(self, source) if anchor is not None else None
        if is_branch:
            move_light(self, source)
        else:
            self._places.remember(self._chat_id, self.rows, self.arranger, self.scrolling.line)
        self._chat_id = chat_id
        self._reset(source, read)
        self.arranger.forget()
        self.arranger.anchor = anchor if is_branch else self._places.recall(chat_id, self.rows, self.scrolling.line)
        self.follow.reached_end()
        self.follow.is_armed = self.arranger.anchor is None
        if len(self.rows) and self.rows.items[-1].is_running:
            self.follow.answer_began(self.rows.items[-1].view.message.id)
        self.measuring.begin()
        self.scrolling.ahead.begin()
        self._awaits_painting = True
        self.refresh()

    def clear(self) -> None:
        """Show nothing."""
        self._places.remember(self._chat_id, self.rows, self.arranger, self.scrolling.line)
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
        self.stage.arrange()
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
        self.finder.message_changed(index)
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
        self.stage.rebuild()

    def update_message(self, view: MessageView) -> None:
        """Status, text, notice, place in the queue or siblings of a message changed."""
        index = self.rows.index_of(view.message.id)
        if index is None:
            return
        self.growth.apply()
        old = self.rows.items[index].view
        self.files.note_change(old, view)
        with self.keeper.through(index):
            self.rows.update(index, view)
        self.highlights.note_last_answer(self.rows)
        self.refresh()
        self.growth.show_rest()
        self.finder.message_changed(index)
        self.screen_reading.message_changed(old, view)

    def set_theme(self, theme: Theme) -> None:
        self.stage.set_theme(theme)

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
        """Select the message with the light of the keyboard; if it is selected already, or there is none, the chat."""
        index = self.walk.index
        first, last = (0, len(self.rows) - 1) if index is None else (index, index)
        if index is not None and self.selection.bounds == (Position(index, 0, 0), Position(index, FAR, 0)):
            first, last = 0, len(self.rows) - 1
        if len(self.rows):
            self.selection.set(Position(first, 0, 0), Position(last, FAR, 0))
            self.caret.hide()
            self.viewport().update()

    @property
    def page_step(self) -> float:
        """How far a page key goes; a line or two stay in sight."""
        return self.viewport().height() - PAGE_OVERLAP

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

    def show_sent(self) -> None:
        """Something was sent: show it, unless its answer is followed already, be it by holding its first line."""
        if not self.follow.sticks_to_end:
            self.scroll_to_end()

    def show_pending(self) -> None:
        """Show at once what has been appended so far, without waiting for the next repaint's time."""
        self.growth.throttle.flush()

    def known_messages(self) -> list[MessageView]:
        """The messages that have come near sight so far, as they are shown; the others are still with their source."""
        return [item.view for _, item in self.rows.items.made()]

    @property
    def paper(self) -> "PaperDesk":
        """Prints the conversation or saves it as a PDF; made when that is first wanted."""
        if self._paper is None:
            from gigadesk.ui.paper.desk import PaperDesk

            self._paper = PaperDesk(self)
        return self._paper

    @property
    def is_parsing(self) -> bool:
        """A very long text in sight is still being parsed or laid out, a slice at a time."""
        self.stage.arrange()
        return self.growth.is_parsing or self.arranger.is_partial

    # --- for the modules around this one

    def refresh(self) -> None:
        """Arrange and paint everything anew with the next painting."""
        self.stage.refresh()

    def refresh_row(self, key: RowKey) -> None:
        """Paint a row again, where it is."""
        self.stage.refresh_row(key)

    def scroll_by(self, distance: float) -> None:
        """Scroll by pixels at the reader's wish; positive is down."""
        self.stage.scroll_by(distance)

    def show_offset(self, offset: float) -> None:
        """Bring a place of the whole chat to the top at the reader's wish."""
        self.stage.show_offset(offset)

    def arranged(self) -> Arranger:
        """The arrangement as it is to be painted."""
        self.stage.arrange()
        return self.arranger

    def _reset(self, messages: Sequence[MessageView] | MessageSource, read: MessageItem | None = None) -> None:
        self.growth.forget()
        self.selection_bar.withdraw()
        self.highlights.hovered_zone = self.highlights.focused_zone = self.highlights.copied_zone = None
        self.highlights.hovered_message = -1
        with self.keeper.through_reset():
            self.rows.reset(messages, read)
        self.highlights.note_last_answer(self.rows)
        self.scrolling.line.forget()
        self.finder.chat_replaced()
        self.screen_reading.messages_replaced()

    # --- Qt

    def paintEvent(self, event: QPaintEvent) -> None:
        started = cost_clock()
        self.screen_reading.wake()
        self.stage.paint(event.region())
        self.growth.throttle.painted(cost_clock() - started)
        if self._awaits_painting and not (self.growth.is_parsing or self.arranger.is_partial):
            self._awaits_painting = False
            self.chat_painted.emit()

    def resizeEvent(self, event: QEvent) -> None:
        del event
        self.stage.resized()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        del dx
        if self.is_built:
            self.stage.bar_moved(dy)

    def showEvent(self, event: QEvent) -> None:
        del event
        self.stage.look_at_calendar()
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
            self.stage.rebuild()
        elif event.type() in {QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange}:
            self.stage.set_font(self.font())

    # --- small things

    def _retranslate(self) -> None:
        words = chrome_words()
        self.setAccessibleName(words.conversation)
        self.jump_button.set_words(words.jump_to_end)

    def sizeHint(self) -> QSize:
        return QSize(self.stage.widest, 480)
