"""The models of the service, `GET /models` and `GET /models/{model}`. Pure."""

from typing import Any

import msgspec

from gigadesk.gigachat.events import Model
from gigadesk.gigachat.protocol.decode import Decoder, OddJsonError, text_of
from gigadesk.text import clean


class _Listing(msgspec.Struct):
    data: list[Any]


_decode = Decoder(_Listing)
_decode_entry = Decoder(dict[str, Any])


def read_models(body: bytes) -> tuple[Model, ...]:
    """The models in the server's order; entries without a name are left out.

    Raises:
        OddJsonError: the body is no list of models.
    """
    models = (_model_of(entry) for entry in _decode(body).data)
    return tuple(model for model in models if model is not None)


def read_model(body: bytes) -> Model:
    """One model, `GET /models/{model}`.

    Raises:
        OddJsonError: the body is no model.
    """
    model = _model_of(_decode_entry(body))
    if model is None:
        raise OddJsonError
    return model


def _model_of(entry: Any) -> Model | None:  # a leaf of foreign JSON: may be anything
    if not isinstance(entry, dict) or not (name := clean(text_of(entry.get("id")))):
        return None
    # Servers from before 2025 name no type: they listed chat models only.
    kind = text_of(entry.get("type")) or "chat"
    return Model(name, clean(kind), clean(text_of(entry.get("owned_by"))))
