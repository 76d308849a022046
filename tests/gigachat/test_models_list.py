import json

import pytest

from gigadesk.gigachat.events import Model
from gigadesk.gigachat.protocol.decode import OddJsonError
from gigadesk.gigachat.protocol.models import read_model, read_models


def test_models_keep_the_servers_order():
    data = [
        {"id": "GigaChat-2", "object": "model", "owned_by": "salutedevices", "type": "chat"},
        {"id": "Embeddings", "object": "model", "owned_by": "salutedevices", "type": "embedder"},
        {"id": "Old"},
    ]

    models = read_models(json.dumps({"object": "list", "data": data}).encode())

    assert models == (
        Model("GigaChat-2", "chat", "salutedevices"),
        Model("Embeddings", "embedder", "salutedevices"),
        Model("Old", "chat", ""),
    )


def test_odd_entries_are_left_out():
    assert read_models(b'{"data":[null,1,{"id":5},{"id":""},{"id":"a","type":7}]}') == (Model("a"),)


@pytest.mark.parametrize("body", [b"[]", b"{}", b"", b'{"data":{}}'])
def test_what_is_no_list_is_odd(body):
    with pytest.raises(OddJsonError):
        read_models(body)


@pytest.mark.parametrize("body", [b"[]", b"{}", b"", b'{"id":5}'])
def test_what_is_no_model_is_odd(body):
    with pytest.raises(OddJsonError):
        read_model(body)
