"""Answers of `/threads`, streamed or whole, as typed events. Pure.

A stream is that of the first chat contract: its last text itself tells why the answer has ended, and each chunk the
thread, the message and the usage. A whole answer has its one message in itself instead of in a list of choices.
"""

from typing import Any

from gigadesk.gigachat.protocol.decode import Decoder, OddJsonError, encode
from gigadesk.gigachat.protocol.reply_v1 import ReplyReaderV1

_TOLD = ("model", "usage", "thread_id", "message_id")

_decode = Decoder(dict[str, Any])


class ThreadReplyReader(ReplyReaderV1):
    """Reads one answer. Inherits, against the custom of the house: a wrapper would be nothing but delegation."""

    def read(self, data: str | bytes, name: str = "") -> None:
        """Take the data of one server-sent event, or a whole JSON body."""
        super().read(data if _has_choices(data) else _with_choices(data), name)


def _has_choices(data: str | bytes) -> bool:
    return '"choices"' in data if isinstance(data, str) else b'"choices"' in data


def _with_choices(data: str | bytes) -> str | bytes:
    """The whole answer as one of the first chat contract; everything else as it is."""
    try:
        fields = _decode(data)
    except OddJsonError:
        return data
    message = fields.get("message")
    if not isinstance(message, dict) or "choices" in fields:
        return data
    choice = {"message": message, "index": 0, "finish_reason": fields.get("finish_reason")}
    told = {name: fields[name] for name in _TOLD if name in fields}
    return encode({"choices": [choice], **told})
