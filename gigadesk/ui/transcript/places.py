"""Where the reader was in each chat. Kept while the program runs."""

from typing import NamedTuple

from gigadesk.chat import ChatId, MessageId
from gigadesk.ui.transcript.arrangement import Anchor, Arranger
from gigadesk.ui.transcript.messages.rows import RowKey, Rows


class _Place(NamedTuple):
    message_id: MessageId
    row: int
    offset: float


class ReadingPlaces:
    """Places by chat; a chat that was left at its end has none."""

    def __init__(self) -> None:
        self._places: dict[ChatId, _Place] = {}

    def remember(self, chat_id: ChatId | None, rows: Rows, arranger: Arranger) -> None:
        """Note what is at the top of the viewport."""
        anchor = arranger.anchor
        if chat_id is None or anchor is None or anchor.key.message >= len(rows):
            return
        self._places.pop(chat_id, None)
        if not arranger.is_at_end:
            message_id = rows.items[anchor.key.message].view.message.id
            self._places[chat_id] = _Place(message_id, anchor.key.row, anchor.offset)

    def recall(self, chat_id: ChatId, rows: Rows) -> Anchor | None:
        """The anchor to begin with; None for the end of the chat."""
        place = self._places.get(chat_id)
        index = rows.index_of(place.message_id) if place else None
        return Anchor(RowKey(index, place.row), place.offset) if place and index is not None else None
