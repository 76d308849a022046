"""Where the reader was in each chat. Kept while the program runs."""

from dataclasses import replace
from typing import NamedTuple

from gigadesk.chat import ChatId, MessageId
from gigadesk.ui.transcript.arrangement import Anchor, Arranger
from gigadesk.ui.transcript.messages.rows import RowKey, Rows
from gigadesk.ui.transcript.reading_line import Line, ReadingLine


class _Place(NamedTuple):
    message_id: MessageId
    row: int
    offset: float
    line: Line | None
    """What was read: it is found again in another column, and in a text that is too long to be parsed at once."""


class ReadingPlaces:
    """Places by chat; a chat that was left at its end has none."""

    def __init__(self) -> None:
        self._places: dict[ChatId, _Place] = {}

    def remember(self, chat_id: ChatId | None, rows: Rows, arranger: Arranger, reading: ReadingLine) -> None:
        """Note what is at the top of the viewport."""
        anchor = arranger.anchor
        if chat_id is None or anchor is None or anchor.key.message >= len(rows):
            return
        self._places.pop(chat_id, None)
        if not arranger.is_at_end:
            line = reading.noted
            message = anchor.key.message if line is None else line.message
            self._places[chat_id] = _Place(rows.items.view(message).message.id, anchor.key.row, anchor.offset, line)

    def recall(self, chat_id: ChatId, rows: Rows, reading: ReadingLine) -> Anchor | None:
        """The anchor to begin with; None for the end of the chat."""
        place = self._places.get(chat_id)
        index = rows.index_of(place.message_id) if place else None
        if place is None or index is None:
            return None
        if place.line is not None:
            return reading.resume(replace(place.line, message=index))
        return Anchor(RowKey(index, place.row), place.offset)
