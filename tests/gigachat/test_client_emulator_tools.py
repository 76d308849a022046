"""Tools, sources, files and functions in both contracts, against the emulator over TLS."""

import json
from dataclasses import replace

import pytest

from gigadesk.chat import FileKind, Role, Tool
from gigadesk.errors import GigadeskError
from gigadesk.gigachat.client import Client
from gigadesk.gigachat.events import (
    ApiVersion,
    FileReady,
    Finished,
    ForcedFunction,
    FunctionCall,
    ReplyRequest,
    RequestMessage,
    SourcesFound,
    ToolProgress,
    ToolStatus,
)
from tests.gigachat.client_support import text_of

WEATHER = {
    "name": "weather",
    "description": "Погода в городе",
    "parameters": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]},
}


def asking(question, api=ApiVersion.V2, **fields):
    return ReplyRequest("GigaChat-2-Max", (RequestMessage(Role.USER, question),), api=api, **fields)


@pytest.fixture
async def client(service):
    async with Client(service.options) as client:
        yield client


async def events_of(client, request):
    return [event async for event in client.reply(request)]


def of_kind(events, kind):
    return [event for event in events if isinstance(event, kind)]


async def test_a_search_tells_its_sources_by_number(client):
    events = await events_of(client, asking("найди в интернете новости", tools=(Tool.WEB_SEARCH,)))

    sources = {source.number: source for found in of_kind(events, SourcesFound) for source in found.sources}
    assert sources
    assert all(f"[{number}]" in text_of(events) for number in sources)
    assert "[sources=" not in text_of(events)
    assert of_kind(events, ToolProgress)[-1].status is ToolStatus.SUCCEEDED


@pytest.mark.parametrize("api", list(ApiVersion))
async def test_a_drawn_picture_can_be_had(client, tmp_path, api):
    events = await events_of(client, asking("нарисуй кота", api, tools=(Tool.IMAGE,)))

    (file,) = of_kind(events, FileReady)
    got = await client.download(file.file_id, tmp_path / "cat")
    assert (file.kind, got.kind) == (FileKind.IMAGE, FileKind.IMAGE)
    assert of_kind(events, ToolProgress)[0].seconds_left > 0
    assert of_kind(events, Finished)[0].state_id


@pytest.mark.parametrize("api", list(ApiVersion))
async def test_a_round_trip_of_a_function(client, api):
    request = asking("Погода в Уфе?", api, functions=(WEATHER,), function_call=ForcedFunction("weather"))
    events = await events_of(client, request)
    (call,) = of_kind(events, FunctionCall)
    assert (call.name, events[-1].reason) == ("weather", "function_call")

    result = RequestMessage(Role.FUNCTION, json.dumps({"t": -5}), function_name="weather")
    history = (*request.messages, RequestMessage(Role.ASSISTANT, "", function_call=call), result)
    events = await events_of(client, replace(request, messages=history, function_call=None))

    assert text_of(events)
    assert events[-1].reason == "stop"


@pytest.mark.parametrize("api", list(ApiVersion))
async def test_a_whole_answer_says_the_same_as_a_streamed_one(client, api):
    request = asking("Привет", api)

    whole, streamed = await client.complete(request), await events_of(client, request)

    assert text_of(whole) == text_of(streamed)
    assert (whole[-1].reason, whole[-1].model) == (streamed[-1].reason, streamed[-1].model)


@pytest.mark.parametrize("api", list(ApiVersion))
async def test_an_unknown_model_is_named(client, api):
    with pytest.raises(GigadeskError) as caught:
        await events_of(client, replace(asking("Привет", api), model="GigaChat-9"))

    assert caught.value.code == "model"
