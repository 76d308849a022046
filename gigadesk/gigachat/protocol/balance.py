"""What is left of the packages, `GET /balance`. Pure."""

from typing import Any

import msgspec

from gigadesk.chat import ModelBalance
from gigadesk.gigachat.protocol.decode import Decoder, count_of, text_of
from gigadesk.text import clean


class _Answer(msgspec.Struct):
    balance: list[Any]


_decode = Decoder(_Answer)


def read_balance(body: bytes) -> tuple[ModelBalance, ...]:
    """The packages in the server's order; entries without a name are left out.

    Raises:
        OddJsonError: the body is no balance.
    """
    return tuple(
        ModelBalance(name, count_of(entry.get("value")))
        for entry in _decode(body).balance
        if isinstance(entry, dict) and (name := clean(text_of(entry.get("usage"))))
    )
