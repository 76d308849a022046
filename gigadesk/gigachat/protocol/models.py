"""The list of models, `GET /models`. Pure."""

from typing import Any

import msgspec

from gigadesk.gigachat.events import Model
from gigadesk.gigachat.protocol.decode import Decoder, text_of
from gigadesk.text import clean


class _Listing(msgspec.Struct):
    data: list[Any]


_decode = Decoder(_Listing)


def read_models(body: bytes) -> tuple[Model, ...]:
    """The models in the server's order; entries without a name are left out.

    Raises:
        OddJsonError: the body is no list of models.
    """
    models = []
    for entry in _decode(body).data:
        if isinstance(entry, dict) and (name := clean(text_of(entry.get("id")))):
            # Servers from before 2025 name no type: they listed chat models only.
            kind = text_of(entry.get("type")) or "chat"
            models.append(Model(name, clean(kind), clean(text_of(entry.get("owned_by")))))
    return tuple(models)
