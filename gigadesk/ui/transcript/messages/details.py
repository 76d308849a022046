"""What is shown or hidden at the reader's wish (thoughts, sources, usage), and notes on what is going on."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from gigadesk.chat import MessageId
from gigadesk.ui.transcript.arrangement import Anchor
from gigadesk.ui.transcript.layout.boxes import ZoneKind
from gigadesk.ui.transcript.messages.rows import RowKey
from gigadesk.ui.transcript.words import thought_text

if TYPE_CHECKING:
    from gigadesk.ui.transcript.messages.message_item import MessageItem
    from gigadesk.ui.transcript.view import Transcript


class Details(QObject):
    """Everything here is remembered by message, in all chats, while the program runs."""

    def __init__(self, view: "Transcript") -> None:
        super().__init__(view)
        self._view = view

    def toggle(self, index: int, kind: ZoneKind) -> None:
        """Show or hide one of the three."""
        item = self._view.rows.open(index)
        match kind:
            case ZoneKind.FOLD:
                self.toggle_thought(index)
            case ZoneKind.SOURCES:
                self._change(index, shows_all_sources=not item.extras.shows_all_sources)
            case ZoneKind.USAGE:
                self._change(index, shows_usage=not item.extras.shows_usage)

    def toggle_thought(self, index: int) -> None:
        """Show or hide what was thought; the line that was clicked stays where it is: nothing above it changes."""
        view = self._view
        view.show_pending()
        item = view.rows.open(index)
        if item.thought is None:
            return
        is_header_in_sight = any(placed.key == RowKey(index, 0) for placed in view.arranger.placed)
        with view.keeper.through(index):
            item.set_folded(is_folded=not item.thought.is_folded)
        view.rows.adopt_height(index)
        if not item.is_running or not is_header_in_sight:
            view.follow.scrolled_up()
        if not is_header_in_sight:
            # Asked for in the menu: the rows below have other numbers now, and the thoughts are what is wanted.
            view.arranger.anchor = Anchor(RowKey(index, 0), 0.0)
        view.refresh()
        view.screen_reading.message_unfolded(item.view.message.id)

    def thoughts_grew(self, index: int, before: int) -> None:
        """There were `before` blocks of thoughts; what is read below them has other numbers now."""
        view = self._view
        more = view.rows.items[index].thought_count - before
        anchor = view.arranger.anchor
        if more and before and anchor is not None and anchor.key.message == index and anchor.key.row > before:
            anchor.key = RowKey(index, anchor.key.row + more)

    def set_note(self, message_id: MessageId, **changes: object) -> None:
        """Say something beside the sign of life."""
        index = self._view.rows.index_of(message_id)
        if index is not None:
            self._change(index, **changes)

    def end_notes(self, index: int) -> None:
        """Something of the answer has come: nothing is tried again."""
        item = self._view.rows.items[index]
        if item.extras.retry:
            item.change_extras(retry="")
            self._view.rows.adopt_height(index)

    def beat(self, item: "MessageItem", index: int) -> bool:
        """Let the seconds of a running answer go on; True if another height came of it."""
        height = item.height
        thought = item.thought
        if thought is not None and thought.is_running:
            words = thought_text(thought.seconds, is_running=True)
            if item.box(0).marks and item.box(0).marks[-1].text != words:
                item.drop_header()
                item.box(0)
                self._view.refresh_row(RowKey(index, 0))
        if item.extras.retry:
            item.drop_trailer()
            item.box(item.row_count - 1)
        return item.height != height

    def _change(self, index: int, **changes: object) -> None:
        view = self._view
        if view.rows.items[index].change_extras(**changes):
            view.rows.adopt_height(index)
            view.refresh()
