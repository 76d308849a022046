"""One story for each call of the official SDK: what it must get from the emulator."""

import base64
import re
import time
from collections.abc import Awaitable, Callable

import pydantic
import pytest
from gigachat.exceptions import NotFoundError, ResponseError
from gigachat.models.chat import Function
from gigachat.models.threads import ThreadRunOptions

from gigadesk.emulator import Fault
from tests.emulator.sdk_support import Caller

Story = Callable[[Caller], Awaitable[None]]
STORIES: dict[str, Story] = {}
"""By the name of the call in the sync half of the SDK."""

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
JPEG = b"\xff\xd8\xff\xe0" + b"picture" * 20
OPENAPI = """\
openapi: 3.0.0
info: {title: Weather, version: "1.0"}
paths:
  /weather/{city}:
    get:
      operationId: get_weather
      summary: Погода в городе
      parameters:
        - name: city
          in: path
          required: true
          schema: {type: string}
"""


class City(pydantic.BaseModel):
    name: str
    population: int


def story(name: str) -> Callable[[Story], Story]:
    def keep(function: Story) -> Story:
        STORIES[name] = function
        return function

    return keep


# --- The root: the first contract -------------------------------------------------------------------------------


@story("chat")
async def _(call: Caller) -> None:
    call.emulator.answer_next("Один, ", "два.")

    answer = await call("chat", "Раз")

    assert answer.object_ == "chat.completion"
    assert answer.model == "GigaChat-2-Max:2.0.30.01"
    assert answer.choices[0].message.content == "Один, два."
    assert (answer.choices[0].index, answer.choices[0].finish_reason) == (0, "stop")
    assert answer.usage.total_tokens == answer.usage.prompt_tokens + answer.usage.completion_tokens
    assert UUID.fullmatch(answer.x_headers["x-request-id"])


@story("stream")
async def _(call: Caller) -> None:
    call.emulator.answer_next("Один, ", "два.")

    chunks = await call("stream", {"messages": [{"role": "user", "content": "Раз"}], "temperature": 0.5})

    assert [chunk.choices[0].delta.content for chunk in chunks] == ["Один, ", "два.", ""]
    assert [chunk.choices[0].finish_reason for chunk in chunks] == [None, None, "stop"]
    assert [chunk.usage is None for chunk in chunks] == [True, True, False]
    assert UUID.fullmatch(chunks[0].x_headers["x-session-id"])


@story("chat_parse")
async def _(call: Caller) -> None:
    completion, city = await call("chat_parse", "Назови город", response_format=City)

    assert isinstance(city, City)
    assert completion.choices[0].message.content.startswith('{\n    "')


@story("get_token")
async def _(call: Caller) -> None:
    token = await call("get_token")

    assert len(token.access_token) == 1233
    assert 0 <= time.time() * 1000 + 1_800_000 - token.expires_at < 60_000
    assert await call("get_token") == token
    assert call.client.token == token.access_token
    assert len(call.emulator.requests_to("/oauth")) == 1


@story("tokens_count")
async def _(call: Caller) -> None:
    first, second = await call("tokens_count", ["First text", "Ещё текст"], model="GigaChat-2")

    assert (first.object_, first.tokens, first.characters) == ("tokens", 2, 10)
    assert second.characters == 9


@story("embeddings")
async def _(call: Caller) -> None:
    found = await call("embeddings", ["раз", "два"])
    large = await call("embeddings", ["раз"], model="EmbeddingsGigaR")

    assert (found.object_, found.model) == ("list", "Embeddings")
    assert [(each.index, each.object_, len(each.embedding)) for each in found.data] == [
        (0, "embedding", 1024),
        (1, "embedding", 1024),
    ]
    assert found.data[0].usage.prompt_tokens == 1
    assert len(large.data[0].embedding) == 2560


@story("get_models")
async def _(call: Caller) -> None:
    models = await call("get_models")

    assert models.object_ == "list"
    assert "GigaChat-2-Max" in [model.id_ for model in models.data]
    assert {(model.object_, model.owned_by) for model in models.data} == {("model", "salutedevices")}


@story("get_model")
async def _(call: Caller) -> None:
    assert (await call("get_model", "GigaChat-2-Pro")).id_ == "GigaChat-2-Pro"
    with pytest.raises(NotFoundError):
        await call("get_model", "GigaChat-9")


@story("get_balance")
async def _(call: Caller) -> None:
    await call("embeddings", ["раз"])

    left = {value.usage: value.value for value in (await call("get_balance")).balance}

    assert left["embeddings"] == left["GigaChat-2"] - 1


@story("openapi_function_convert")
async def _(call: Caller) -> None:
    (function,) = (await call("openapi_function_convert", OPENAPI)).functions

    assert (function.name, function.description) == ("get_weather", "Погода в городе")
    assert function.parameters.properties["city"].type_ == "string"
    assert function.parameters.required == ["city"]


@story("check_ai")
async def _(call: Caller) -> None:
    text = f"Важно отметить, что это так. {'слово ' * 20}"

    found = await call("check_ai", text, "GigaCheckDetection")

    assert (found.category, found.characters) == ("mixed", len(text))
    assert found.ai_intervals == [[1, 28]]


@story("close")
async def _(call: Caller) -> None:
    await call("get_models")

    await call("close")


# --- Files ------------------------------------------------------------------------------------------------------


@story("upload_file")
async def _(call: Caller) -> None:
    file = await call("upload_file", ("кот «Ы».jpg", JPEG, "image/jpeg"))

    assert UUID.fullmatch(file.id_)
    assert (file.object_, file.bytes_, file.filename) == ("file", len(JPEG), "кот «Ы».jpg")
    assert (file.purpose, file.access_policy) == ("general", "private")
    assert abs(file.created_at - time.time()) < 60
    assert (await call("upload_file", ("a.txt", b"text"), purpose="assistant")).purpose == "assistant"


@story("get_file")
async def _(call: Caller) -> None:
    uploaded = await call("upload_file", ("a.pdf", b"%PDF"))

    found = await call("get_file", uploaded.id_)

    assert found.model_dump(exclude={"x_headers"}) == uploaded.model_dump(exclude={"x_headers"})
    with pytest.raises(NotFoundError):
        await call("get_file", "00000000-0000-4000-8000-000000000000")


@story("get_files")
async def _(call: Caller) -> None:
    names = [(await call("upload_file", (name, b"text"))).filename for name in ("a.txt", "b.txt")]

    assert [file.filename for file in (await call("get_files")).data] == names


@story("delete_file")
async def _(call: Caller) -> None:
    uploaded = await call("upload_file", ("a.txt", b"text"))

    gone = await call("delete_file", uploaded.id_)

    assert (gone.id_, gone.deleted) == (uploaded.id_, True)
    assert (await call("get_files")).data == []


@story("get_image")
async def _(call: Caller) -> None:
    uploaded = await call("upload_file", ("a.jpg", JPEG))
    drawn = await call("chat", {"messages": [{"role": "user", "content": "Нарисуй кота"}], "function_call": "auto"})
    tag = re.search(r'<img src="([^"]+)" fuse="true"/>', drawn.choices[0].message.content)

    image = await call("get_image", uploaded.id_)
    generated = await call("get_image", tag[1])

    assert base64.b64decode(image.content) == JPEG
    assert base64.b64decode(generated.content).startswith(b"\xff\xd8\xff")
    with pytest.raises(ResponseError, match="No such file"):
        await call("get_image", "unknown")


# --- The second contract ----------------------------------------------------------------------------------------


@story("chat.create")
async def _(call: Caller) -> None:
    call.emulator.answer_next("Один, ", "два.")

    answer = await call("chat.create", "Раз")

    assert answer.model == "GigaChat-2-Max:2.0.30.01"
    assert [(message.role, message.content[0].text) for message in answer.messages] == [("assistant", "Один, два.")]
    assert answer.finish_reason == "stop"
    assert answer.usage.total_tokens == answer.usage.input_tokens + answer.usage.output_tokens
    assert call.emulator.requests[-1].path == "/v2/chat/completions"


@story("chat.stream")
async def _(call: Caller) -> None:
    call.emulator.answer_next("Один, ", "два.")

    chunks = await call("chat.stream", "Раз")

    assert [chunk.event for chunk in chunks] == ["response.message.delta"] * 2 + ["response.message.done"]
    assert [chunk.messages[0].content[0].text for chunk in chunks[:-1]] == ["Один, ", "два."]
    assert chunks[-1].finish_reason == "stop"
    assert chunks[-1].usage.output_tokens > 0


@story("chat.parse")
async def _(call: Caller) -> None:
    completion, city = await call("chat.parse", "Назови город", response_format=City)

    assert isinstance(city, City)
    assert completion.finish_reason == "stop"


# --- Assistants -------------------------------------------------------------------------------------------------


@story("assistants.create")
async def _(call: Caller) -> None:
    file = await call("upload_file", ("a.txt", b"text"))
    weather = Function(name="weather", parameters={"type": "object", "properties": {"city": {"type": "string"}}})

    made = await call(
        "assistants.create",
        model="GigaChat-2",
        name="Повар",
        description="Готовит",
        instructions="Отвечай рецептом",
        file_ids=[file.id_],
        functions=[weather],
        metadata={"a": 1},
    )

    (found,) = (await call("assistants.get", made.assistant_id)).data
    assert (found.model, found.name, found.description) == ("GigaChat-2", "Повар", "Готовит")
    assert (found.instructions, found.metadata, found.threads_count) == ("Отвечай рецептом", {"a": 1}, 0)
    assert [(each.file_id, each.name) for each in found.files] == [(file.id_, "a.txt")]
    assert [each.name for each in found.functions] == ["weather"]
    assert found.created_at == found.updated_at == made.created_at


@story("assistants.get")
async def _(call: Caller) -> None:
    names = ["А", "Б"]
    for name in names:
        await call("assistants.create", model="GigaChat-2", name=name)

    assert [each.name for each in (await call("assistants.get")).data] == names
    with pytest.raises(NotFoundError):
        await call("assistants.get", "unknown")


@story("assistants.update")
async def _(call: Caller) -> None:
    made = await call("assistants.create", model="GigaChat-2", name="А", instructions="Кратко")

    changed = await call("assistants.update", made.assistant_id, name="Б")

    assert (changed.name, changed.instructions) == ("Б", "Кратко")


@story("assistants.delete_file")
async def _(call: Caller) -> None:
    file = await call("upload_file", ("a.txt", b"text"))
    made = await call("assistants.create", model="GigaChat-2", name="А", file_ids=[file.id_])

    gone = await call("assistants.delete_file", made.assistant_id, file.id_)

    assert (gone.file_id, gone.deleted) == (file.id_, True)
    assert (await call("assistants.get", made.assistant_id)).data[0].files == []


@story("assistants.delete")
async def _(call: Caller) -> None:
    made = await call("assistants.create", model="GigaChat-2", name="А")

    gone = await call("assistants.delete", made.assistant_id)

    assert (gone.assistant_id, gone.deleted) == (made.assistant_id, True)
    assert (await call("assistants.get")).data == []


# --- Threads ----------------------------------------------------------------------------------------------------


async def _roles(call: Caller, thread_id: str) -> list[str]:
    return [message.role for message in (await call("threads.get_messages", thread_id)).messages]


@story("threads.create_thread")
async def _(call: Caller) -> None:
    thread_id = await call("threads.create_thread")

    (thread,) = (await call("threads.get_threads")).threads
    assert (thread.id_, thread.assistant_id, thread.run_lock) == (thread_id, None, False)
    assert thread.status == "ready"


@story("threads.get_threads")
async def _(call: Caller) -> None:
    made = await call("assistants.create", model="GigaChat-2", name="А")
    mine = await call("threads.run_messages", ["Привет"], assistant_id=made.assistant_id)
    other = await call("threads.create_thread")

    found = await call("threads.get_threads", assistants_ids=[made.assistant_id, "unknown"])

    assert [thread.id_ for thread in found.threads] == [mine.thread_id]
    assert [thread.id_ for thread in (await call("threads.get_threads", limit=1)).threads] == [other]
    assert (await call("threads.get_threads", before=1)).threads == []
    assert (await call("assistants.get", made.assistant_id)).data[0].threads_count == 1


@story("threads.list")
async def _(call: Caller) -> None:
    thread_id = await call("threads.create_thread")

    assert [thread.id_ for thread in (await call("threads.list")).threads] == [thread_id]


@story("threads.retrieve")
async def _(call: Caller) -> None:
    ids = [await call("threads.create_thread") for _ in range(2)]

    assert [thread.id_ for thread in (await call("threads.retrieve", [ids[0], "unknown"])).threads] == ids[:1]


@story("threads.delete")
async def _(call: Caller) -> None:
    thread_id = await call("threads.create_thread")

    assert await call("threads.delete", thread_id) is True
    with pytest.raises(ResponseError):
        await call("threads.delete", thread_id)


@story("threads.add_message")
async def _(call: Caller) -> None:
    thread_id = await call("threads.create_thread")

    added = await call("threads.add_message", thread_id, "Привет")

    assert added.thread_id == thread_id
    (kept,) = (await call("threads.get_messages", thread_id)).messages
    assert (kept.message_id, kept.role, kept.content) == (added.messages[0].message_id, "user", "Привет")


@story("threads.add_messages")
async def _(call: Caller) -> None:
    file = await call("upload_file", ("a.txt", b"text"))
    with_file = {"role": "user", "content": "Что тут?", "attachments": [file.id_]}

    added = await call("threads.add_messages", messages=["Привет", {"role": "assistant", "content": "Да?"}, with_file])

    kept = (await call("threads.get_messages", added.thread_id)).messages
    assert [message.role for message in kept] == ["user", "assistant", "user"]
    assert [(each.file_id, each.name) for each in kept[2].attachments] == [(file.id_, "a.txt")]


@story("threads.get_messages")
async def _(call: Caller) -> None:
    thread_id = (await call("threads.add_messages", messages=["раз", "два", "три"])).thread_id

    last = await call("threads.get_messages", thread_id, limit=2)

    assert [message.content for message in last.messages] == ["два", "три"]
    assert (await call("threads.get_messages", thread_id, before=1)).messages == []


@story("threads.run")
async def _(call: Caller) -> None:
    thread_id = (await call("threads.add_messages", messages=["Привет"])).thread_id
    call.emulator.answer_next("Ответ")

    started = await call("threads.run", thread_id, thread_options=ThreadRunOptions(temperature=0.5, limit=1))

    assert (started.status, started.thread_id) == ("in_progress", thread_id)
    assert await _roles(call, thread_id) == ["user", "assistant"]


@story("threads.get_run")
async def _(call: Caller) -> None:
    thread_id = (await call("threads.add_messages", messages=["Привет"])).thread_id
    call.emulator.answer_next("Ответ")
    await call("threads.run", thread_id)

    done = await call("threads.get_run", thread_id)

    assert (done.status, done.thread_id, done.model) == ("ready", thread_id, "GigaChat-2")
    assert [(message.role, message.content) for message in done.messages] == [("assistant", "Ответ")]


@story("threads.run_stream")
async def _(call: Caller) -> None:
    made = await call("assistants.create", model="GigaChat-2-Pro", name="А", instructions="Кратко")
    thread_id = (await call("threads.add_messages", messages=["Привет"])).thread_id
    call.emulator.answer_next("Один, ", "два.")

    chunks = await call("threads.run_stream", thread_id, assistant_id=made.assistant_id)

    assert [chunk.choices[0].delta.content for chunk in chunks] == ["Один, ", "два."]
    assert [chunk.choices[0].finish_reason for chunk in chunks] == [None, "stop"]
    assert {(chunk.object_, chunk.thread_id) for chunk in chunks} == {("threads.messages.run", thread_id)}
    assert all(chunk.usage.total_tokens > 0 for chunk in chunks)
    assert chunks[0].model.startswith("GigaChat-2-Pro:")


@story("threads.run_messages")
async def _(call: Caller) -> None:
    call.emulator.answer_next("Ответ")
    call.emulator.answer_next("Ещё")

    answer = await call("threads.run_messages", ["Привет"], model="GigaChat-2-Pro")
    again = await call("threads.run_messages", ["А теперь?"], thread_id=answer.thread_id)

    assert (answer.message.content, answer.finish_reason) == ("Ответ", "stop")
    assert answer.model.startswith("GigaChat-2-Pro:")
    assert again.usage.prompt_tokens > answer.usage.prompt_tokens
    assert await _roles(call, answer.thread_id) == ["user", "assistant"] * 2


@story("threads.rerun_messages")
async def _(call: Caller) -> None:
    for text in ("Ответ", "Другой"):
        call.emulator.answer_next(text)
    first = await call("threads.run_messages", ["Привет"], model="GigaChat-2")

    second = await call("threads.rerun_messages", first.thread_id, thread_options=ThreadRunOptions(top_p=0.5))

    assert (second.thread_id, second.message.content) == (first.thread_id, "Другой")
    assert second.message_id != first.message_id
    assert await _roles(call, first.thread_id) == ["user", "assistant"]


@story("threads.run_messages_stream")
async def _(call: Caller) -> None:
    call.emulator.answer_next("Один, ", "два.")

    chunks = await call("threads.run_messages_stream", ["Раз"], model="GigaChat-2", update_interval=0)

    assert "".join(chunk.choices[0].delta.content for chunk in chunks) == "Один, два."
    assert (await call("threads.get_messages", chunks[0].thread_id)).messages[-1].content == "Один, два."


@story("threads.rerun_messages_stream")
async def _(call: Caller) -> None:
    first = await call("threads.run_messages", ["Раз"], model="GigaChat-2")
    call.emulator.answer_next("Один, ", "два.")
    call.emulator.faults.next(Fault(path="/rerun", piece_bytes=7))

    chunks = await call("threads.rerun_messages_stream", first.thread_id)

    assert [chunk.choices[0].finish_reason for chunk in chunks] == [None, "stop"]
    assert (await call("threads.get_messages", first.thread_id)).messages[-1].content == "Один, два."
