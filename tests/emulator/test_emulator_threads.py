"""Assistants and threads beyond what each call of the SDK shows: locks, limits, functions, instructions."""

import json
from typing import Any

import pytest

from gigadesk.emulator import Emulator, EmulatorOptions, RecordedRequest
from gigadesk.emulator.options import Plan
from gigadesk.emulator.service import Service

WEATHER = {
    "name": "weather",
    "description": "Погода",
    "parameters": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]},
}


class Caller:
    """Calls the service without a network."""

    def __init__(self, **options: Any) -> None:
        self.service = Service(EmulatorOptions(**{"characters_per_s": 0, "plan": Plan.B2B} | options))
        token, _ = self.service.tokens.issue(self.service.account)
        self.headers = {"Authorization": f"Bearer {token}", "User-Agent": "t"}

    def reply(self, method: str, path: str, body: object = None, query: str = ""):
        data = json.dumps(body).encode() if body is not None else b""
        reply = self.service.reply(RecordedRequest(method, f"/v1{path}", query, self.headers, data))
        if reply.lane:
            self.service.lanes.release(reply.lane)
        return reply

    def post(self, path: str, body: object) -> tuple[int, Any]:
        reply = self.reply("POST", path, body)
        return reply.status, json.loads(reply.body)

    def get(self, path: str, query: str = "") -> tuple[int, Any]:
        reply = self.reply("GET", path, query=query)
        return reply.status, json.loads(reply.body)

    def begin(self, *texts: str, **more: Any) -> str:
        messages = [{"role": "user", "content": text} for text in texts]
        return self.post("/threads/messages", {"messages": messages, **more})[1]["thread_id"]


def test_thread_is_locked_while_it_is_answered_in_the_background():
    call = Caller(characters_per_s=10)
    thread_id = call.begin("Расскажи сказку")

    started = call.post("/threads/run", {"thread_id": thread_id})[1]

    assert list(started) == ["status", "thread_id", "created_at"]
    assert call.get("/threads/run", f"thread_id={thread_id}")[1]["status"] == "in_progress"
    assert call.get("/threads")[1]["threads"][0]["run_lock"] is True
    again = call.post("/threads/run", {"thread_id": thread_id})
    assert again == (422, {"status": 422, "message": "Invalid params: thread is locked by a run"})


def test_refused_answer_leaves_no_messages_behind():
    call = Caller()
    thread_id = call.begin("Раз")
    question = {"messages": [{"role": "user", "content": "Два"}], "thread_id": thread_id}

    status, _ = call.post("/threads/messages/run", question | {"temperature": -1})

    assert status == 422
    assert len(call.get("/threads/messages", f"thread_id={thread_id}")[1]["messages"]) == 1
    assert call.get("/threads")[1]["threads"][0]["status"] == "ready"


def test_thread_of_a_refused_answer_does_not_begin():
    call = Caller()

    status, _ = call.post("/threads/messages/run", {"messages": [{"role": "x", "content": ""}], "model": "GigaChat-2"})

    assert status == 422
    assert call.get("/threads") == (200, {"threads": []})


def test_empty_thread_has_nothing_to_answer():
    call = Caller()
    thread_id = call.post("/threads", {})[1]["id"]

    assert call.post("/threads/run", {"thread_id": thread_id})[0] == 422


@pytest.mark.parametrize("is_stream", [False, True], ids=["whole", "stream"])
def test_function_is_called_and_its_result_goes_on(is_stream):
    call = Caller()
    asked = {"functions": [WEATHER], "function_call": {"name": "weather"}, "stream": is_stream}
    question = {"messages": [{"role": "user", "content": "Погода в Туле?"}], "model": "GigaChat-2-Max"}

    reply = call.reply("POST", "/threads/messages/run", question | asked)
    thread_id = call.get("/threads")[1]["threads"][0]["id"]
    result = {"role": "function", "name": "weather", "content": '{"temperature": 20}'}
    status, answer = call.post("/threads/messages/run", {"messages": [result], "thread_id": thread_id})

    assert reply.status == 200
    called = call.get("/threads/messages", f"thread_id={thread_id}")[1]["messages"][1]
    assert (called["function_call"]["name"], called["finish_reason"]) == ("weather", "function_call")
    assert (status, answer["finish_reason"]) == (200, "stop")


def test_instructions_of_the_assistant_are_a_part_of_the_prompt():
    call = Caller()
    made = call.post("/assistants", {"model": "GigaChat-2", "name": "А", "instructions": "Отвечай кратко. " * 50})[1]
    question = {"messages": [{"role": "user", "content": "Привет"}]}

    _, plain = call.post("/threads/messages/run", question | {"model": "GigaChat-2"})
    _, guided = call.post("/threads/messages/run", question | {"assistant_id": made["assistant_id"]})

    assert guided["usage"]["prompt_tokens"] > plain["usage"]["prompt_tokens"] + 100


def test_limit_shortens_what_the_model_is_shown():
    call = Caller()
    thread_id = call.begin("слово " * 500, "Привет")

    _, short = call.post("/threads/messages/run", {"messages": [], "thread_id": thread_id, "limit": 1})

    assert short["usage"]["prompt_tokens"] < 100


def test_thread_of_a_deleted_assistant_cannot_be_answered():
    call = Caller()
    assistant_id = call.post("/assistants", {"model": "GigaChat-2", "name": "А"})[1]["assistant_id"]
    thread_id = call.begin("Привет", assistant_id=assistant_id)
    call.post("/assistants/delete", {"assistant_id": assistant_id})

    refused = call.post("/threads/run", {"thread_id": thread_id})

    assert refused == (404, {"status": 404, "message": "No such assistant"})


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"model": "GigaChat-9", "name": "А"}, 404),
        ({"name": "А"}, 400),
        ({"model": "GigaChat-2", "name": 1}, 400),
        ({"model": "GigaChat-2", "file_ids": ["unknown"]}, 404),
        ({"model": "GigaChat-2", "functions": [{"name": "1"}]}, 422),
        ({"model": "GigaChat-2", "metadata": {str(number): 1 for number in range(17)}}, 422),
    ],
    ids=["unknown model", "no model", "wrong type", "unknown file", "wrong function", "much metadata"],
)
def test_wrong_assistants_are_refused(body, status):
    call = Caller()

    assert call.post("/assistants", body)[0] == status
    assert call.get("/assistants") == (200, {"data": []})


def test_nothing_grows_for_ever():
    call = Caller()
    thread_id = call.begin("а" * 1_500_000)

    call.begin("б" * 1_500_000, thread_id=thread_id)

    (left,) = call.get("/threads/messages", f"thread_id={thread_id}")[1]["messages"]
    assert left["content"].startswith("б")
    large = {"model": "GigaChat-2", "instructions": "а" * 1_100_000}
    assert call.post("/assistants", large)[0] == 413
    for _ in range(201):
        call.post("/threads", {})
    assert len(call.get("/threads")[1]["threads"]) == 200
    assert call.get("/threads/messages", f"thread_id={thread_id}")[0] == 404


async def test_stream_of_a_thread_has_its_own_framing():
    emulator = Emulator(EmulatorOptions(characters_per_s=0))
    await emulator.start()
    emulator.answer_next("Один, ", "два.")
    service = emulator._running()
    token, _ = service.tokens.issue(service.account)
    asked = {"messages": [{"role": "user", "content": "Раз"}], "model": "GigaChat-2", "stream": True}
    headers = {"Authorization": f"Bearer {token}", "User-Agent": "t"}
    reply = service.reply(RecordedRequest("POST", "/v1/threads/messages/run", "", headers, json.dumps(asked).encode()))
    await emulator.stop()

    first, last, done, rest = reply.body.decode().split("\n\n")
    assert dict(reply.headers)["Content-Type"] == "text/event-stream"
    assert first.startswith('data: {"choices":[{"delta":{"content":"Один, ","role":"assistant"},"index":0}],"created":')
    assert '"object":"threads.messages.run","thread_id":"' in first
    assert '"usage":{"prompt_tokens":' in first
    assert last.startswith('data: {"choices":[{"delta":{"content":"два."},"index":0,"finish_reason":"stop"}],')
    assert (done, rest) == ("data: [DONE]", "")
