"""The virtual view of one conversation: values in, signals out.

This module holds what belongs together: the state, what comes from outside, painting and scrolling. The pointer, the
keyboard and the menu live in modules of their own.
"""

import time
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolButton, QWidget

from gigadesk.chat import ChatId, MessageId, Role, Status
from gigadesk.settings import FollowMode
from gigadesk.ui.icons import icon
from gigadesk.ui.theme import LIGHT, Theme
from gigadesk.ui.throttle import Throttle
from gigadesk.ui.transcript.arrangement import Anchor, Arranger
from gigadesk.ui.transcript.builder import HighlightRuns, Look
from gigadesk.ui.transcript.code_colors import CodeColors
from gigadesk.ui.transcript.copying import Copying
from gigadesk.ui.transcript.follow import Follow
from gigadesk.ui.transcript.frame import Frame
from gigadesk.ui.transcript.keyboard import Keyboard
from gigadesk.ui.transcript.menu import Menu
from gigadesk.ui.transcript.painting import Highlights, RowPainter
from gigadesk.ui.transcript.pointer import Pointer
from gigadesk.ui.transcript.rows import RowKey, Rows
from gigadesk.ui.transcript.selection import FAR, Position, Selection
from gigadesk.ui.transcript.typography import Typography
from gigadesk.ui.transcript.values import MessageView
from gigadesk.ui.transcript.words import block_words, chrome_words
from gigadesk.ui.transcript.zones import Zones

MARGIN = 24
NARROW_MARGIN = 14
NARROW_WIDTH = 560
JUMP_BUTTON_SIDE = 36
BEAT_MS = 400
PARSE_SLICE_MS = 0


class Transcript(QAbstractScrollArea):
    """Shows the messages of one chat.

    Signals:
        link_activated(str): a link was clicked; its target as written, not checked.
        action_requested(int, str): a button of a message's notice; message id and `Action`.
        regenerate_requested(int): another version of this answer is wanted.
        branch_requested(int): show the branch of this sibling.
        move_to_front_requested(int): this waiting reply shall be next.
    """

    link_activated = Signal(str)
    action_requested = Signal(int, str)
    regenerate_requested = Signal(int)
    branch_requested = Signal(int)
    move_to_front_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._chat_id: ChatId | None = None
        self._theme = LIGHT
        self._colors = CodeColors(self)
        self._colors.arrived.connect(self._on_colors_arrived)
        self._typography = Typography(self.font(), self._theme)
        self.rows = Rows(self._make_frame())
        self.arranger = Arranger(self.rows)
        self.selection = Selection()
        self.highlights = Highlights()
        self.follow = Follow()
        self.zones = Zones(self)
        self.copying = Copying(self)
        self._pointer = Pointer(self)
        self._keyboard = Keyboard(self)
        self._menu = Menu(self)
        self._pending: dict[MessageId, list[str]] = {}
        self._remembered: dict[ChatId, tuple[MessageId, int, float, bool]] = {}
        self._is_syncing = False
        self._is_dirty = True
        self._throttle = Throttle(self)
        self._throttle.due.connect(self._on_due)
        self._throttle.set_hidden(True)
        self._beat = QTimer(self)
        self._beat.setInterval(BEAT_MS)
        self._beat.timeout.connect(self._on_beat)
        self._parsing = QTimer(self)
        self._parsing.setSingleShot(True)
        self._parsing.timeout.connect(self._on_parse_more)
        self._jump = QToolButton(self)
        self._jump.setObjectName("jumpToEnd")
        self._jump.setCursor(Qt.CursorShape.PointingHandCursor)
        self._jump.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._jump.clicked.connect(self.scroll_to_end)
        self._jump.hide()
        self._apply_theme()
        self._retranslate()

    # --- what comes from outside

    def show_chat(self, chat_id: ChatId, messages: Sequence[MessageView]) -> None:
        """Show a chat (or another branch of the one shown), where it was left."""
        self._remember_position()
        self._chat_id = chat_id
        self._reset(messages)
        remembered = self._remembered.get(chat_id)
        index = self.rows.index_of(remembered[0]) if remembered else None
        self.arranger.forget()
        self.follow.held_message = None
        self.follow.is_armed = True
        if remembered and index is not None and not remembered[3]:
            self.follow.is_armed = False
            self.arranger.anchor = Anchor(RowKey(index, remembered[1]), remembered[2])
        self._refresh()

    def clear(self) -> None:
        """Show nothing."""
        self._remember_position()
        self._chat_id = None
        self._reset(())
        self.arranger.forget()
        self._refresh()

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
        self._update_loud_messages()
        if index:
            self.rows.items[index - 1].drop_trailer()
        self._refresh()

    def grow(self, message_id: MessageId, delta: str) -> None:
        """Text was appended to a reply. Cheap; shown with the next repaint."""
        self._pending.setdefault(message_id, []).append(delta)
        self._throttle.request()

    def update_message(self, view: MessageView) -> None:
        """Status, text, notice, place in the queue or siblings of a message changed."""
        index = self.rows.index_of(view.message.id)
        if index is None:
            return
        self._apply_pending()
        self.rows.items[index].set_view(view)
        self.rows.adopt_height(index)
        self._update_loud_messages()
        self._refresh()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._apply_theme()
        self._rebuild()

    def set_update_interval(self, seconds: float) -> None:
        """Least time between two repaints of a growing answer."""
        self._throttle.set_least_interval(seconds)

    def set_follow_mode(self, mode: FollowMode) -> None:
        self.follow.set_mode(mode)
        self._refresh()

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
        self._refresh()

    # --- for the modules around this one

    def scroll_by(self, distance: float) -> None:
        """Scroll by pixels at the reader's wish; positive is down."""
        self._arrange()
        if distance < 0:
            self.follow.scrolled_up()
        self.arranger.scroll(distance)
        self._after_scroll(distance)

    def show_offset(self, offset: float) -> None:
        """Bring a place of the whole chat to the top at the reader's wish."""
        distance = offset - self.arranger.offset()
        if abs(distance) < 3 * self.viewport().height():
            self.scroll_by(distance)
            return
        if distance < 0:
            self.follow.scrolled_up()
        self.arranger.go_to(offset)
        self._after_scroll(distance)

    def refresh_row(self, key: RowKey) -> None:
        """Paint a row again, where it is."""
        for placed in self.arranger.placed:
            if placed.key == key:
                top = int(placed.y) - 1
                self.viewport().update(QRect(0, top, self.viewport().width(), int(placed.height) + 3))

    def arranged(self) -> Arranger:
        """The arrangement as it is to be painted."""
        self._arrange()
        return self.arranger

    # --- layout

    def _make_frame(self) -> Frame:
        look = Look(self._typography, block_words(), self._code_runs)
        width = self.viewport().width()
        margin = NARROW_MARGIN if width < NARROW_WIDTH else MARGIN
        column = max(80, min(self._typography.column_width, width - 2 * margin))
        return Frame(look, chrome_words(), float((width - column) // 2), float(column))

    def _code_runs(self, language: str, code: str) -> HighlightRuns | None:
        return self._colors.runs(language, code)

    def _rebuild(self) -> None:
        """Font, colours, words or width changed: lay out anew around what is being read."""
        sticks = self.follow.sticks_to_end and self.arranger.is_at_end
        self.arranger.remember_place()
        self.rows.set_frame(self._make_frame())
        if sticks:
            self.arranger.forget()
        else:
            self.arranger.restore_place()
        self._refresh()

    def _reset(self, messages: Sequence[MessageView]) -> None:
        self._pending.clear()
        self._throttle.cancel()
        self.selection.clear()
        self.highlights.hovered_zone = self.highlights.focused_zone = self.highlights.copied_zone = None
        self.highlights.hovered_message = -1
        self.rows.reset(messages)
        self._update_loud_messages()

    def _refresh(self) -> None:
        self._is_dirty = True
        self._update_beat()
        self.viewport().update()

    def _arrange(self) -> None:
        """Find out what stands where, if that may have changed."""
        if not self._is_dirty:
            return
        self._is_dirty = False
        height = float(self.viewport().height())
        if self.follow.sticks_to_end:
            self._arrange_following(height)
        else:
            self.arranger.arrange(height)
        self.rows.tidy()
        self._sync_scroll_bar()
        self._update_sight()
        if any(self.rows.items[placed.key.message].has_unparsed_text for placed in self.arranger.placed):
            self._parsing.start(PARSE_SLICE_MS)

    def _arrange_following(self, height: float) -> None:
        held = self.follow.held_message
        index = self.rows.index_of(held) if held is not None else None
        if index is None:
            self.arranger.arrange_at_end(height)
            return
        self.arranger.arrange_at_end(height)
        first = self.arranger.placed[0] if self.arranger.placed else None
        if first is not None and first.key >= RowKey(index, 0) and (first.key > RowKey(index, 0) or first.y < 0):
            # The first line of the answer has come to the top: hold it there.
            self.arranger.anchor = Anchor(RowKey(index, 0), 0.0)
            self.arranger.arrange(height)

    def _after_scroll(self, distance: float) -> None:
        self._is_dirty = True
        follow, height = self.follow, float(self.viewport().height())
        was_armed, follow.is_armed = follow.is_armed, False
        self._arrange()
        if self.arranger.is_at_end and distance >= 0:
            follow.reached_end()
        else:
            follow.is_armed = was_armed and distance >= 0 and follow.mode is FollowMode.NEVER
            if distance > 0 and was_armed and self.arranger.offset() + height >= self.rows.total_height - 1:
                follow.reached_end()
        self.viewport().update()

    def _sync_scroll_bar(self) -> None:
        bar = self.verticalScrollBar()
        page = self.viewport().height()
        self._is_syncing = True
        bar.setPageStep(page)
        bar.setSingleStep(max(20, round(self._typography.body.pitch * 2)))
        bar.setRange(0, max(0, round(self.rows.total_height) - page))
        if not bar.isSliderDown():
            bar.setValue(bar.maximum() if self.arranger.is_at_end else round(self.arranger.offset()))
        self._is_syncing = False
        self._jump.setVisible(not self.arranger.is_at_end and bar.maximum() > 0)

    def _update_sight(self) -> None:
        running = set(self.rows.running())
        seen = {placed.key.message for placed in self.arranger.placed if placed.y + placed.height > 0}
        live_rows = {
            placed.key
            for placed in self.arranger.placed
            if placed.key.row >= self.rows.items[placed.key.message].row_count - 2
        }
        is_seen = not running or any(key.message in running for key in live_rows) or not seen
        self._throttle.set_in_sight(is_seen)

    # --- growing

    def _apply_pending(self) -> bool:
        pending, self._pending = self._pending, {}
        for message_id, deltas in pending.items():
            index = self.rows.index_of(message_id)
            if index is not None:
                self.rows.items[index].grow("".join(deltas))
                self.rows.adopt_height(index)
        return bool(pending)

    def _on_due(self) -> None:
        started = time.perf_counter()
        if self._apply_pending():
            self._refresh()
            self._arrange()
        self._throttle.add_cost(time.perf_counter() - started)

    def _on_parse_more(self) -> None:
        """Go on with a very long text that is in sight, a slice at a time."""
        messages = {placed.key.message for placed in self.arranger.placed}
        for message in sorted(messages):
            item = self.rows.items[message] if message < len(self.rows) else None
            if item is not None and item.has_unparsed_text:
                item.parse_more()
                self.rows.adopt_height(message)
        self._refresh()

    def _on_colors_arrived(self) -> None:
        for placed in self.arranger.placed:
            item = self.rows.items[placed.key.message]
            if self._colors.concerns(item, placed.key.row):
                item.drop_box(placed.key.row)
        self._refresh()

    # --- sign of life

    def _update_beat(self) -> None:
        is_running = next(self.rows.running(), None) is not None
        if is_running and self.isVisible() and not self._beat.isActive():
            self._beat.start()
        elif not is_running:
            self._beat.stop()

    def _on_beat(self) -> None:
        self.highlights.beat += 1
        for placed in self.arranger.placed:
            item = self.rows.items[placed.key.message]
            if item.view.message.status is Status.STREAMING and placed.key.row == item.row_count - 1:
                self.refresh_row(placed.key)

    # --- Qt

    def paintEvent(self, event: QPaintEvent) -> None:
        started = time.perf_counter()
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
        )
        row_painter.paint(self.arranger, QRectF(clip))
        painter.end()
        self._throttle.add_cost(time.perf_counter() - started)

    def viewportEvent(self, event: QEvent) -> bool:
        if self._is_built and self._pointer.viewport_event(event):
            return True
        return super().viewportEvent(event)

    @property
    def _is_built(self) -> bool:
        # Qt sends events to the viewport before the constructor is through.
        return hasattr(self, "_pointer")

    def resizeEvent(self, event: QEvent) -> None:  # type: ignore[override]  # narrower than needed here
        del event
        size = QSize(JUMP_BUTTON_SIDE, JUMP_BUTTON_SIDE)
        area = self.viewport().geometry()
        corner = QPoint(area.center().x() - JUMP_BUTTON_SIDE // 2, area.bottom() - JUMP_BUTTON_SIDE - 12)
        self._jump.setGeometry(QRect(corner, size))
        frame = self._make_frame()
        if (frame.x, frame.width) != (self.rows.frame.x, self.rows.frame.width):
            self._rebuild()
        else:
            self._refresh()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        del dx, dy
        if self._is_built and not self._is_syncing:
            self.show_offset(float(self.verticalScrollBar().value()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not self._pointer.wheel(event):
            super().wheelEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pointer.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._pointer.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pointer.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._pointer.double_click(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self._menu.show(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._keyboard.press(event):
            super().keyPressEvent(event)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001 - Qt's own names
        return self._keyboard.move_focus(forwards=next) or super().focusNextPrevChild(next)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._keyboard.lose_focus(event.reason())
        self.viewport().update()

    def showEvent(self, event: QEvent) -> None:  # type: ignore[override]  # narrower than needed here
        del event
        self._throttle.set_hidden(False)
        self._update_beat()

    def hideEvent(self, event: QEvent) -> None:  # type: ignore[override]  # narrower than needed here
        del event
        self._throttle.set_hidden(True)
        self._beat.stop()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if not self._is_built:
            return
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            self._rebuild()
        elif event.type() in {QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange}:
            self._typography = Typography(self.font(), self._theme)
            self._rebuild()

    # --- small things

    def _update_loud_messages(self) -> None:
        """The buttons of the last answer are always shown."""
        loud = set()
        for message in range(len(self.rows) - 1, max(-1, len(self.rows) - 3), -1):
            if not self.rows.items[message].is_user:
                loud.add(message)
                break
        self.highlights.loud_messages = loud

    def _remember_position(self) -> None:
        anchor = self.arranger.anchor
        if self._chat_id is None or anchor is None or not len(self.rows):
            return
        message_id = self.rows.items[anchor.key.message].view.message.id
        is_following = self.arranger.is_at_end
        self._remembered[self._chat_id] = (message_id, anchor.key.row, anchor.offset, is_following)

    def _apply_theme(self) -> None:
        theme = self._theme
        self._typography = Typography(self.font(), theme)
        self._jump.setIcon(icon("arrow-down", theme.text_muted))
        self._jump.setIconSize(QSize(18, 18))
        radius = JUMP_BUTTON_SIDE // 2
        self._jump.setStyleSheet(
            f"#jumpToEnd {{ background: {theme.surface.name()}; border: 1px solid {theme.border.name()};"
            f" border-radius: {radius}px; padding: 0; }}"
            f"#jumpToEnd:hover {{ background: {theme.hover.name()}; }}"
        )

    def _retranslate(self) -> None:
        words = chrome_words()
        self.setAccessibleName(words.conversation)
        self._jump.setAccessibleName(words.jump_to_end)
        self._jump.setToolTip(words.jump_to_end)

    def sizeHint(self) -> QSize:
        return QSize(self._typography.column_width + 2 * MARGIN, 480)

    def point_in_row(self, point: QPointF, key: RowKey) -> QPointF:
        """A point of the viewport seen from the corner of a row's box."""
        return self.zones.point_in_row(point, key)
