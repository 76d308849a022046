"""The official SDK with files, functions and tools, in both contracts."""

import base64
import json
import re

import pytest

pytest.importorskip("gigachat", reason="the official SDK is not installed")

from gigachat import context

from tests.emulator.sdk_support import calling

# The SDK hands the path of the root to httpx in a way that httpx calls old.
pytestmark = pytest.mark.filterwarnings("ignore:.verify=<str>. is deprecated:DeprecationWarning")
both = pytest.mark.parametrize("is_async", [False, True], ids=["sync", "async"])

JPEG = b"\xff\xd8\xff\xe0" + b"picture" * 20
PARAMETERS = {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}
WEATHER = {"name": "weather", "description": "Погода", "parameters": PARAMETERS}
RESULT = json.dumps({"temperature": 20})


def user(text: str, **more) -> dict:
    return {"role": "user", "content": text, **more}


def told(text: str, *parts: dict) -> dict:
    return {"role": "user", "content": [{"text": text}, *parts]}


@both
async def test_v1_function_round_trip(is_async):
    asked = {"functions": [WEATHER], "function_call": {"name": "weather"}}
    async with calling(is_async=is_async) as call:
        first = await call("chat", {"messages": [user("Погода в Туле?")], **asked})
        said = first.choices[0].message
        result = {"role": "function", "name": "weather", "content": RESULT}
        second = await call("chat", {"messages": [user("Погода в Туле?"), said.model_dump(), result]})

    assert (first.choices[0].finish_reason, said.content) == ("function_call", "")
    assert said.function_call.name == "weather"
    assert list(said.function_call.arguments) == ["city"]
    assert said.functions_state_id
    assert second.choices[0].finish_reason == "stop"


@both
async def test_v1_function_comes_in_one_piece_of_a_stream(is_async):
    async with calling(is_async=is_async) as call:
        chunks = await call(
            "stream", {"messages": [user("Погода?")], "functions": [WEATHER], "function_call": {"name": "weather"}}
        )

    assert [chunk.choices[0].finish_reason for chunk in chunks] == ["function_call"]
    assert chunks[0].choices[0].delta.function_call.name == "weather"


@both
async def test_v1_picture_is_announced_drawn_and_fetched(is_async):
    async with calling(is_async=is_async) as call:
        chunks = await call("stream", {"messages": [user("Нарисуй кота")], "function_call": "auto"})
        texts = [chunk.choices[0].delta for chunk in chunks]
        answer = "".join(delta.content for delta in texts if delta.role != "function_in_progress")
        picture = await call("get_image", re.search(r'<img src="([^"]+)" fuse="true"/>', answer)[1])

    assert "function_in_progress" in [delta.role for delta in texts]
    assert chunks[-1].choices[0].finish_reason == "stop"
    assert base64.b64decode(picture.content).startswith(b"\xff\xd8\xff")


@both
async def test_files_are_talked_about_in_both_contracts(is_async):
    async with calling(is_async=is_async) as call:
        file = await call("upload_file", ("кот.jpg", JPEG, "image/jpeg"))
        first = await call("chat", {"messages": [user("Что на картинке?", attachments=[file.id_])]})
        second = await call("chat.create", {"messages": [told("Что на картинке?", {"files": [{"id": file.id_}]})]})

    assert "кот.jpg" in first.choices[0].message.content
    assert "кот.jpg" in "".join(part.text or "" for part in second.messages[-1].content)


@both
async def test_v2_function_round_trip(is_async):
    tools = {"tools": [{"functions": {"specifications": [WEATHER]}}]}
    forced = {"tool_config": {"mode": "forced", "function_name": "weather"}}
    async with calling(is_async=is_async) as call:
        first = await call("chat.create", {"messages": [told("Погода в Туле?")], **tools, **forced})
        part = first.messages[0].content[0]
        said = {
            "role": "assistant",
            "content": [{"function_call": part.function_call.model_dump()}],
            "tools_state_id": first.messages[0].tools_state_id,
        }
        result = {"role": "tool", "content": [{"function_result": {"name": "weather", "result": RESULT}}]}
        second = await call("chat.create", {"messages": [told("Погода в Туле?"), said, result], **tools})

    assert (first.finish_reason, part.function_call.name) == ("function_call", "weather")
    assert second.finish_reason == "stop"


@both
async def test_v2_picture_is_announced_drawn_and_fetched(is_async):
    asked = {"messages": [told("Нарисуй кота")], "tools": [{"image_generate": {}}]}
    async with calling(is_async=is_async) as call:
        chunks = await call("chat.stream", asked)
        parts = [part for chunk in chunks for message in chunk.messages or [] for part in message.content or []]
        (file,) = (file for part in parts for file in part.files or [])
        picture = await call("get_image", file.id_)

    events = [chunk.event for chunk in chunks]
    assert "response.tool.in_progress" in events
    assert "response.tool.completed" in events
    assert events[-1] == "response.message.done"
    assert (file.mime, file.target) == ("image/jpeg", "image")
    assert base64.b64decode(picture.content).startswith(b"\xff\xd8\xff")


@both
async def test_v2_search_has_numbered_sources(is_async):
    asked = {"messages": [told("Найди новости о Байкале")], "tools": [{"web_search": {}}]}
    async with calling(is_async=is_async) as call:
        answer = await call("chat.create", asked)

    (sources,) = (part.inline_data.sources for part in answer.messages[-1].content if part.inline_data)
    assert all(source.url and source.title for source in sources.values())
    assert "[sources=[" in "".join(part.text or "" for part in answer.messages[-1].content)


@both
async def test_v2_conversation_is_kept_by_the_service(is_async):
    async with calling(is_async=is_async) as call:
        first = await call("chat.create", {"messages": [told("Раз")], "storage": {}})
        second = await call("chat.create", {"messages": [told("Два")], "storage": {"thread_id": first.thread_id}})

    assert first.thread_id == second.thread_id is not None
    assert second.usage.input_tokens > first.usage.input_tokens


@both
async def test_generated_picture_belongs_to_the_client_id(is_async):
    async with calling(is_async=is_async) as call:
        token = context.client_id_cvar.set("ann")
        drawn = await call("chat", {"messages": [user("Нарисуй кота")], "function_call": "auto"})
        mine = (await call("get_files")).data
        context.client_id_cvar.reset(token)
        others = (await call("get_files")).data

    assert mine[0].id_ in drawn.choices[0].message.content
    assert others == []


@both
async def test_chat_url_of_the_context_variable(is_async):
    async with calling(is_async=is_async) as call:
        token = context.chat_url_cvar.set("/api/v1/chat/completions")
        await call("chat", "Раз")
        context.chat_url_cvar.reset(token)

        assert call.emulator.requests[-1].path == "/api/v1/chat/completions"
