"""What the service thinks of a text: `POST /ai/check` and `POST /filter/check`. Pure."""

from collections.abc import Sequence
from typing import Any

from gigadesk.gigachat.events import RequestMessage
from gigadesk.gigachat.protocol.decode import Decoder, OddJsonError, count_of, encode, text_of
from gigadesk.gigachat.values import AiCheck, FilterCheck
from gigadesk.text import clean

_decode = Decoder(dict[str, Any])


def ai_check_request(model: str, text: str) -> bytes:
    """The body that asks whether a machine has written `text`."""
    return encode({"input": text, "model": model})


def read_ai_check(body: bytes) -> AiCheck:
    """The verdict.

    Raises:
        OddJsonError: the body holds none.
    """
    fields = _decode(body)
    category = clean(text_of(fields.get("category")))
    if not category:
        raise OddJsonError
    intervals = fields.get("ai_intervals")
    return AiCheck(
        category,
        count_of(fields.get("characters")),
        count_of(fields.get("tokens")),
        tuple(
            (count_of(pair[0]), count_of(pair[1]))
            for pair in (intervals if isinstance(intervals, list) else ())
            if isinstance(pair, list) and len(pair) == 2
        ),
    )


def filter_request(model: str, messages: Sequence[RequestMessage]) -> bytes:
    """The body that asks what the filter thinks of a conversation. Seen in the official Java library only."""
    return encode(
        {
            "model": model,
            "settings": {"neuro": True, "blacklist": True, "whitelist": True, "unnormalized_history": False},
            "messages": [{"role": message.role.value, "content": message.text} for message in messages],
        }
    )


def read_filter_check(body: bytes) -> FilterCheck:
    """The verdict.

    Raises:
        OddJsonError: the body holds none.
    """
    fields = _decode(body)
    verdict, usage = fields.get("is_profane"), fields.get("usage")
    if not isinstance(verdict, bool):
        raise OddJsonError
    return FilterCheck(verdict, count_of(usage.get("filter_tokens")) if isinstance(usage, dict) else 0)
