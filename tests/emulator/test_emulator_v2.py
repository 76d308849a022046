"""The second chat contract: its bytes, its events, what each tool tells."""

import json
import uuid

import pytest

from gigadesk.emulator import Emulator, Fault
from gigadesk.emulator.answers import FILE_MARK, Answer, MadeFile, ToolWork, WebPage
from tests.emulator.chat_support import ask_v2, base_v2, json_v2, named_events, read_v2, refusal, stream_v2, user
from tests.emulator.emulator_support import Visitor, question, until

PICTURE = MadeFile("image/jpeg", "image", data=b"\xff\xd8\xff picture")
EMPTY_USAGE = (
    '"usage":{"input_tokens":0,"input_tokens_details":{"prompt_tokens":0,"cached_tokens":0},'
    '"output_tokens":0,"total_tokens":0}'
)
SPECIFICATION = {
    "name": "get_order",
    "description": "Статус заказа",
    "parameters": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]},
}
FUNCTIONS = {"tools": [{"functions": {"specifications": [SPECIFICATION]}}]}
FORCED = FUNCTIONS | {"tool_config": {"mode": "forced", "function_name": "get_order"}}


def kinds(events: list[tuple[str, dict]]) -> list[str]:
    return [name.removeprefix("response.") for name, _ in events]


async def test_stream_has_the_recorded_bytes(emulator: Emulator, visitor: Visitor):
    emulator.answer_next("1, 2, 3", " «и»")

    async with visitor.post(body=ask_v2("Раз, два", stream=True), base=base_v2(visitor)) as response:
        body = await response.read()
        assert response.headers["Content-Type"] == "text/event-stream"
        assert response.headers["Transfer-Encoding"] == "chunked"

    head = f'{{"model":"GigaChat-2-Max:2.0.30.01","created_at":{named_events(body)[0][1]["created_at"]},'
    delta = (
        'event: response.message.delta\ndata: {}"messages":[{{"role":"assistant","content":[{{"text":"{}"}}]}}]}}\n\n'
    )
    usage = '{"input_tokens":17,"input_tokens_details":{"prompt_tokens":17,"cached_tokens":2},'
    assert body.decode() == (
        delta.format(head, "1, 2, 3")
        + delta.format(head, " «и»")
        + f'event: response.message.done\ndata: {head}"finish_reason":"stop","usage":{usage}'
        + '"output_tokens":9,"total_tokens":26}}\n\n'
    )


async def test_whole_answer_has_the_recorded_bytes(emulator: Emulator, visitor: Visitor):
    emulator.answer_next("Hello")

    _, body = await read_v2(visitor, ask_v2("Раз, два"))

    created = json.loads(body)["created_at"]
    assert body.decode() == (
        f'{{"model":"GigaChat-2-Max:2.0.30.01","created_at":{created},'
        '"messages":[{"role":"assistant","content":[{"text":"Hello"}]}],"finish_reason":"stop",'
        '"usage":{"input_tokens":17,"input_tokens_details":{"prompt_tokens":17,"cached_tokens":2},'
        '"output_tokens":2,"total_tokens":19}}'
    )


@pytest.mark.parametrize("path", ["/v2", "/api/v2"])
async def test_both_hosts_answer(visitor: Visitor, path):
    base = visitor.endpoint.base_url.removesuffix("/v1") + path

    status, _ = await visitor.read(ask_v2(), base=base)

    assert status == 200


async def test_other_paths_of_the_second_contract_are_not_there(visitor: Visitor):
    status, _ = await visitor.get("/models", base=base_v2(visitor))

    assert status in {403, 404}


async def test_function_call_has_an_id_and_comes_with_done(visitor: Visitor):
    whole = await json_v2(visitor, ask_v2("Заказ в Казани", **FORCED))
    events = await stream_v2(visitor, ask_v2("Заказ в Казани", **FORCED))

    (message,) = whole["messages"]
    assert list(message) == ["role", "tool_state_id", "content"]
    assert uuid.UUID(message["tool_state_id"]).version == 7
    ((call,),) = [part.values() for part in message["content"]]
    assert list(call) == ["id", "name", "arguments"]
    assert (call["name"], call["arguments"]) == ("get_order", {"city": "Казани"})
    assert whole["finish_reason"] == "function_call"
    ((name, done),) = events
    assert name == "response.message.done"
    assert list(done) == ["model", "created_at", "messages", "finish_reason", "usage"]
    assert done["messages"][0]["content"][0]["function_call"]["arguments"] == {"city": "Казани"}


@pytest.mark.parametrize("role", ["tool", "function"])
@pytest.mark.parametrize("state", ["tool_state_id", "tools_state_id", "functions_state_id"])
@pytest.mark.parametrize("result", ['{"status": "packed"}', {"status": "packed"}], ids=["text", "object"])
async def test_round_trip_in_every_spelling(visitor: Visitor, role, state, result):
    call = (await json_v2(visitor, ask_v2("Заказ в Казани", **FORCED)))["messages"][0]
    answered = [
        user("Заказ в Казани"),
        {"role": "assistant", "content": call["content"], state: call["tool_state_id"]},
        {"role": role, "content": [{"function_result": {"name": "get_order", "result": result}}], state: "any"},
    ]

    answer = await json_v2(visitor, ask_v2(**FUNCTIONS) | {"messages": answered})

    assert answer["finish_reason"] == "stop"
    assert "packed" in answer["messages"][0]["content"][0]["text"]
    assert "tool_state_id" in answer["messages"][0]


async def test_state_of_a_call_without_its_result_is_refused(visitor: Visitor):
    state = (await json_v2(visitor, ask_v2("Заказ", **FORCED)))["messages"][0]["tool_state_id"]
    forgotten = [user("Заказ"), {"role": "assistant", "content": [], "tool_state_id": state}, user("И?")]

    status, body = await read_v2(visitor, ask_v2() | {"messages": forgotten})

    assert status == 422
    assert "every assistant function call must have a result in history" in body.decode()


async def test_picture_is_drawn_second_by_second_and_kept_as_a_file(visitor: Visitor):
    events = await stream_v2(visitor, ask_v2("Нарисуй кота", tools=[{"image_generate": {}}]))

    steps = [value["messages"][0]["content"][0] for name, value in events if "tool" in name]
    assert steps == [
        *({"tool_execution": {"name": "image_generate", "seconds_left": left}} for left in (5, 4, 3, 2, 1)),
        {"tool_execution": {"name": "image_generate", "status": "success"}},
    ]
    assert kinds(events)[:7] == ["tool.in_progress"] * 5 + ["tool.completed", "message.delta"]
    (file,) = events[6][1]["messages"][0]["content"][0]["files"]
    assert (list(file), file["mime"], file["target"]) == (["id", "mime", "target"], "image/jpeg", "image")
    assert kinds(events)[-1] == "message.done"
    assert list(events[-1][1]["messages"][0]) == ["role", "tool_state_id"]
    status, data = await visitor.get(f"/files/{file['id']}/content")
    assert (status, data[:3]) == (200, b"\xff\xd8\xff")


async def test_whole_picture_has_its_file_before_the_words(visitor: Visitor):
    answer = await json_v2(visitor, ask_v2("Draw a cat", tools=[{"image_generate": {}}]))

    (message,) = answer["messages"]
    assert [list(part) for part in message["content"]] == [["files"], ["text"]]
    assert answer["finish_reason"] == "stop"


async def test_model_is_made_when_its_tool_is_there(visitor: Visitor):
    answer = await json_v2(visitor, ask_v2("Сделай 3D-модель вазы", tools=[{"model_3d_generate": {}}]))

    (file,) = answer["messages"][0]["content"][0]["files"]
    assert file["target"] == "3dmodel"
    _, data = await visitor.get(f"/files/{file['id']}/content")
    assert data.startswith(b"Kaydara FBX Binary  \0")


async def test_search_marks_its_sources_and_lists_them_at_the_end(visitor: Visitor):
    tools = {"tools": [{"web_search": {"type": "actual_info_web_search"}}]}
    events = await stream_v2(visitor, ask_v2("Что известно про Байкал?", **tools))
    whole = await json_v2(visitor, ask_v2("Что известно про Байкал?", **tools))

    parts = [value["messages"][0]["content"][0] for name, value in events if name == "response.message.delta"]
    assert [list(part) for part in parts] == [["text"]] * (len(parts) - 1) + [["text", "inline_data"]]
    text = "".join(part["text"] for part in parts)
    assert "[sources=[1]]" in text
    inline = parts[-1]["inline_data"]
    assert list(inline) == ["images", "sources"]
    assert list(inline["sources"]) == ["1", "2", "3", "4"]
    assert list(inline["sources"]["1"]) == ["url", "title"]
    assert whole["messages"][0]["content"] == [{"text": text, "inline_data": inline}]
    assert kinds(events)[:2] == ["tool.in_progress", "tool.completed"]
    assert events[0][1]["messages"][0]["content"] == [{"tool_execution": {"name": "web_search"}}]


@pytest.mark.parametrize(
    ("text", "tool", "words"),
    [
        ("Посчитай 17 * 23 + 4", "code_interpreter", "**395**"),
        ("Calculate (2 + 3) ^ 4 / 2", "code_interpreter", "**312.5**"),
        ("Вычисли 1,5 * 3", "code_interpreter", "**4,5**"),
        ("Проверь кодом", "code_interpreter", "639"),
        ("Прочитай https://example.org/a?b", "url_content_extraction", "example.org"),
        ("Который час?", "get_datetime", "Europe/Moscow"),
        ("Remember my name", "memory", "Noted"),
        ("Сколько стоит билет на Марс?", "web_search", "[sources=[1]]"),
    ],
)
async def test_tool_answers_what_it_is_for(visitor: Visitor, text, tool, words):
    answer = await json_v2(visitor, ask_v2(text, tools=[{tool: {}}], user_info={"timezone": "Europe/Moscow"}))

    assert words in answer["messages"][0]["content"][-1]["text"]
    assert "tool_state_id" in answer["messages"][0]


@pytest.mark.parametrize("text", ["Привет!", "Расскажи сказку"])
async def test_tool_rests_when_nobody_asks_for_it(visitor: Visitor, text):
    answer = await json_v2(visitor, ask_v2(text, tools=[{"web_search": {}}, {"image_generate": {}}]))

    assert "tool_state_id" not in answer["messages"][0]


async def test_refused_picture_is_words_and_no_file(visitor: Visitor):
    answer = await json_v2(visitor, ask_v2("Нарисуй [запрет]", tools=[{"image_generate": {}}]))

    assert answer["finish_reason"] == "blacklist"
    assert [list(part) for part in answer["messages"][0]["content"]] == [["text"]]


async def test_mode_none_and_mode_forced(visitor: Visitor):
    tools = [{"image_generate": {}}]
    none = await json_v2(visitor, ask_v2("Нарисуй кота", tools=tools, tool_config={"mode": "none"}))
    forced = await json_v2(
        visitor, ask_v2("Привет", tools=tools, tool_config={"mode": "forced", "tool_name": "image_generate"})
    )

    assert "files" not in none["messages"][0]["content"][0]
    assert "files" in forced["messages"][0]["content"][0]


@pytest.mark.parametrize(("effort", "paragraphs"), [("low", 1), ("medium", 3), ("high", 5), ("off", 0)])
async def test_thoughts_come_first_in_messages_of_their_own(visitor: Visitor, effort, paragraphs):
    body = ask_v2("Почему небо голубое?", model_options={"reasoning": {"effort": effort}}) | {
        "model": "GigaChat-3-Ultra"
    }
    whole = await json_v2(visitor, body)
    events = await stream_v2(visitor, body)

    roles = [value["messages"][0]["role"] for name, value in events if name == "response.message.delta"]
    assert roles == sorted(roles, reverse=True)
    thoughts = [message["content"][0]["text"] for message in whole["messages"] if message["role"] == "reasoning"]
    assert [text.count("\n\n") + 1 for text in thoughts] == [paragraphs] * bool(paragraphs)
    streamed = "".join(
        value["messages"][0]["content"][0]["text"]
        for name, value in events
        if name == "response.message.delta" and value["messages"][0]["role"] == "reasoning"
    )
    assert streamed == "".join(thoughts)


async def test_models_that_do_not_think_ignore_the_effort(visitor: Visitor):
    answer = await json_v2(visitor, ask_v2(model_options={"reasoning": {"effort": "high"}}))

    assert [message["role"] for message in answer["messages"]] == ["assistant"]


async def test_scripted_answer_with_everything(emulator: Emulator, visitor: Visitor):
    answer = Answer(
        f"Раз {FILE_MARK} два",
        reasoning="Думаю",
        tools=(ToolWork("image_generate", is_censored=True), ToolWork("future_tool", is_failed=True)),
        files=(PICTURE,),
        sources=(WebPage("https://example.org/", "Пример"),),
        phrases=("Раз", f" {FILE_MARK} ", "два"),
        finish_reason="request_blacklist",
    )
    emulator.answer_with(answer, answer)

    events = await stream_v2(visitor, ask_v2())
    whole = await json_v2(visitor, ask_v2())

    assert kinds(events) == ["message.delta"] + ["tool.in_progress", "tool.completed"] * 2 + [
        *["message.delta"] * 4,
        "message.done",
    ]
    executions = [value["messages"][0]["content"][0]["tool_execution"] for name, value in events if "tool" in name]
    assert executions[1] == {"name": "image_generate", "status": "fail", "censored": True}
    assert executions[3] == {"name": "future_tool", "status": "fail"}
    assert whole["finish_reason"] == events[-1][1]["finish_reason"] == "request_blacklist"
    assert whole["messages"][1]["content"][1]["text"] == "Раз  два"


async def test_thread_is_kept_and_cut_to_its_limit(visitor: Visitor):
    first = await json_v2(visitor, ask_v2("Меня зовут Анна", storage={}))
    thread = first["thread_id"]

    events = await stream_v2(visitor, ask_v2("Как меня зовут?", storage={"thread_id": thread}))
    short = await json_v2(visitor, ask_v2("Как меня зовут?", storage={"thread_id": thread, "limit": 1}))
    fresh = await json_v2(visitor, ask_v2("Как меня зовут?"))

    assert list(first)[:3] == ["model", "thread_id", "created_at"]
    assert next(iter(first["messages"][0])) == "message_id"
    assert {value["thread_id"] for _, value in events} == {thread}
    assert events[-1][1]["usage"]["input_tokens"] > short["usage"]["input_tokens"] > fresh["usage"]["input_tokens"]
    assert "thread_id" not in fresh


async def test_options_apply(visitor: Visitor):
    body = ask_v2("Расскажи сказку", model_options={"max_tokens": 10, "update_interval": 5})

    events = await stream_v2(visitor, body)

    assert kinds(events) == ["message.delta", "message.done"]
    assert events[-1][1]["finish_reason"] == "length"


async def test_cached_tokens_grow(visitor: Visitor):
    session = {"X-Session-ID": "v2"}
    longer = [user("Первый вопрос"), {"role": "assistant", "content": [{"text": "a"}]}, user("Второй")]

    first = await json_v2(visitor, ask_v2("Первый вопрос"), headers=session)
    second = await json_v2(visitor, ask_v2() | {"messages": longer}, headers=session)

    assert first["usage"]["input_tokens_details"]["cached_tokens"] == 2
    assert second["usage"]["input_tokens_details"]["cached_tokens"] > 2


async def test_both_contracts_share_the_lanes(emulator: Emulator, visitor: Visitor):
    emulator.faults.next(Fault(stall_after_chunks=1))

    async with visitor.post(body=ask_v2(stream=True), base=base_v2(visitor)) as response:
        await response.content.readline()
        await until(lambda: emulator.faults.waiting == 1)
        assert emulator.generations_running == 1
        assert (await read_v2(visitor, ask_v2())) == refusal(429, "Too many requests")
        assert (await visitor.read(question()))[0] == 429
        emulator.faults.release()
        await response.read()

    await until(lambda: emulator.generations_running == 0)
    assert (await read_v2(visitor, ask_v2()))[0] == 200


async def test_documented_failure_of_a_stream(emulator: Emulator, visitor: Visitor):
    emulator.answer_next("Раз", "два", "три")
    emulator.faults.next(Fault(error_after_chunks=2))

    _, body = await read_v2(visitor, ask_v2(stream=True))

    events = named_events(body)
    assert kinds(events) == ["message.delta", "message.delta", "message.done"]
    created = events[-1][1]["created_at"]
    assert isinstance(created, str)
    assert body.decode().endswith(
        'event: response.message.done\ndata: {"model":"GigaChat-2-Max:2.0.30.01",'
        f'"created_at":"{created}","finish_reason":"error",{EMPTY_USAGE}}}\n\n'
    )


async def test_failure_of_a_stream_of_the_first_contract(emulator: Emulator, visitor: Visitor):
    emulator.answer_next("Раз", "два")
    emulator.faults.next(Fault(error_after_chunks=1))

    _, body = await visitor.read(
        {"model": "GigaChat-2", "messages": [{"role": "user", "content": "a"}], "stream": True}
    )

    assert body.decode().endswith('}\n\ndata: {"status":500,"message":"Internal Server Error"}\n\n')


async def test_missing_end_of_a_stream(emulator: Emulator, visitor: Visitor):
    for fault, count in ((Fault(without_done=True), 2), (Fault(without_finish=True), 1)):
        emulator.answer_next("Раз")
        emulator.faults.next(fault)

        assert len(await stream_v2(visitor, ask_v2())) == count


async def test_other_faults_reach_the_second_contract(emulator: Emulator, visitor: Visitor):
    emulator.faults.next(Fault(status=503))
    emulator.faults.next(Fault(line_end="\r\n", comments=1, piece_bytes=7))

    assert (await read_v2(visitor, ask_v2()))[0] == 503
    _, body = await read_v2(visitor, ask_v2(stream=True))
    assert body.startswith(b": ping\n\nevent: response.message.delta\r\ndata: {")
