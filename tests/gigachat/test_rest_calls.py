"""The small endpoints, over a server that says exactly the bytes a test wants."""

import json

import pytest

from gigadesk.chat import ModelBalance, Role
from gigadesk.errors import (
    AttachmentCause,
    AttachmentError,
    BrokenAnswerError,
    ForbiddenError,
    ModelUnavailableError,
    RequestRejectedError,
    ServerFailedError,
)
from gigadesk.gigachat.events import RequestMessage
from gigadesk.gigachat.values import (
    AiCheck,
    Batch,
    BatchMethod,
    Embedding,
    FilterCheck,
    FunctionCheck,
    FunctionIssue,
    TokenCount,
)
from tests.gigachat.raw_server import Say, failed, http

WEATHER = {"name": "weather", "parameters": {"type": "object", "properties": {}}}


def says(value) -> Say:
    return Say((http(body=json.dumps(value, ensure_ascii=False).encode()),))


async def test_tokens_are_counted_for_each_text(server, client):
    server.script = lambda _: says([{"object": "tokens", "tokens": 2, "characters": 10}, {"tokens": 3}])

    counts = await client.count_tokens("GigaChat-2", ["First text", "Второй"])

    assert counts == (TokenCount(2, 10), TokenCount(3, 0))
    asked = server.asked[-1]
    assert (asked.method, asked.path) == ("POST", "/v1/tokens/count")
    assert asked.body == '{"model":"GigaChat-2","input":["First text","Второй"]}'.encode()
    assert asked.headers["content-type"] == "application/json"


async def test_no_texts_are_not_asked_for(server, client):
    assert await client.count_tokens("GigaChat-2", []) == ()
    assert await client.embeddings([]) == ()
    assert server.asked == []


async def test_other_number_of_counts_is_no_answer(server, client):
    server.script = lambda _: says([{"tokens": 2}])

    with pytest.raises(BrokenAnswerError):
        await client.count_tokens("GigaChat-2", ["a", "b"])


async def test_balance_is_told_by_package(server, client):
    server.script = lambda _: says({"balance": [{"usage": "GigaChat-Pro", "value": 991490.0}, {"value": 1}, 7]})

    assert await client.balance() == (ModelBalance("GigaChat-Pro", 991490),)
    assert (server.asked[-1].method, server.asked[-1].path) == ("GET", "/v1/balance")


async def test_account_without_packages_has_no_balance(server, client):
    server.script = lambda _: failed(403, status=403, message="Permission denied")

    with pytest.raises(ForbiddenError):
        await client.balance()


async def test_embeddings_come_in_the_order_of_the_texts(server, client):
    data = [{"index": 1, "embedding": [2], "usage": {"prompt_tokens": 7}}, {"index": 0, "embedding": [0.5, 1]}]
    server.script = lambda _: says({"object": "list", "data": data})

    vectors = await client.embeddings(["a", "b"], model="Embeddings-2")

    assert vectors == (Embedding((0.5, 1.0)), Embedding((2.0,), 7))
    assert server.asked[-1].json == {"model": "Embeddings-2", "input": ["a", "b"]}


async def test_machine_written_text_is_found(server, client):
    answer = {"category": "mixed", "characters": 533, "tokens": 224, "ai_intervals": [[1, 262], [415, 533], "x", [1]]}
    server.script = lambda _: says(answer)

    found = await client.check_ai("слово " * 20)

    assert found == AiCheck("mixed", 533, 224, ((1, 262), (415, 533)))
    assert server.asked[-1].json == {"input": "слово " * 20, "model": "GigaCheckDetection"}


async def test_filter_is_asked_about_messages(server, client):
    server.script = lambda _: says({"is_profane": True, "usage": {"filter_tokens": 35}})

    assert await client.check_filter([RequestMessage(Role.USER, "Привет")]) == FilterCheck(is_profane=True, tokens=35)
    assert server.asked[-1].path == "/v1/filter/check"
    assert server.asked[-1].json["messages"] == [{"role": "user", "content": "Привет"}]


async def test_bad_function_is_an_answer(server, client):
    issue = {"description": "name is required", "schema_location": "(root)"}
    server.script = lambda _: says({"status": 200, "message": "Incorrect function syntax", "errors": [issue, None]})

    found = await client.validate_function(WEATHER)

    assert found == FunctionCheck("Incorrect function syntax", (FunctionIssue("name is required", "(root)"),))
    assert not found.is_valid
    assert server.asked[-1].json == WEATHER


async def test_good_function_may_have_warnings(server, client):
    warning = {"description": "few_shot_examples are missing", "schema_location": "(root)"}
    answer = {"message": "Function is valid", "json_ai_rules_version": "1.0.5", "warnings": [warning]}
    server.script = lambda _: says(answer)

    found = await client.validate_function(WEATHER)

    assert found.is_valid
    assert found.rules_version == "1.0.5"
    assert found.warnings == (FunctionIssue("few_shot_examples are missing", "(root)"),)


async def test_functions_are_made_of_a_document(server, client):
    server.script = lambda _: says({"functions": [WEATHER]})

    assert await client.convert_functions("openapi: 3.0.0 # да") == (WEATHER,)
    assert server.asked[-1].body == "openapi: 3.0.0 # да".encode()
    assert server.asked[-1].headers["content-type"].startswith("text/plain")


CREATED = {"id": "b1", "method": "embedder", "request_counts": {"total": 2}, "status": "created", "created_at": 17}


async def test_batch_is_made_of_requests(server, client):
    server.script = lambda _: says(CREATED)

    batch = await client.create_batch([("1", {"input": ["а"]}), ("2", {"input": ["b"]})], BatchMethod.EMBEDDINGS)

    assert batch == Batch("b1", "embedder", "created", total=2, created_at=17)
    asked = server.asked[-1]
    assert (asked.method, asked.path) == ("POST", "/v1/batches?method=embedder")
    assert asked.body.decode() == '{"id":"1","request":{"input":["а"]}}\n{"id":"2","request":{"input":["b"]}}\n'
    assert asked.headers["content-type"] == "application/octet-stream"


async def test_batch_is_read_from_a_file(server, client, tmp_path):
    server.script = lambda _: says(CREATED)
    lines = b'{"id":"1","request":{}}\n' * 20_000
    (tmp_path / "lines.jsonl").write_bytes(lines)

    await client.create_batch(tmp_path / "lines.jsonl")

    assert server.asked[-1].body == lines
    assert server.asked[-1].path == "/v1/batches?method=chat_completions"


async def test_batch_is_never_handed_in_twice(server, client):
    server.script = lambda _: failed(503, status=503, message="busy")

    with pytest.raises(ServerFailedError):
        await client.create_batch([("1", {})])

    assert len(server.asked) == 2  # the token, and the batch


async def test_batch_of_nothing_is_not_sent(server, client, tmp_path):
    (tmp_path / "empty").touch()
    for nothing in ([], tmp_path / "empty"):
        with pytest.raises(AttachmentError) as caught:
            await client.create_batch(nothing)
        assert caught.value.cause is AttachmentCause.EMPTY
    assert server.asked == []


SHAPES = {
    "object with a list": {"batches": [CREATED]},
    "bare list": [CREATED],
    "bare object": CREATED,
}


@pytest.mark.parametrize("answer", SHAPES.values(), ids=SHAPES)
async def test_batches_come_in_three_shapes(server, client, answer):
    server.script = lambda _: says(answer)

    assert [batch.id for batch in await client.batches()] == ["b1"]
    assert (await client.batch("b/1 &")).id == "b1"
    assert server.asked[-1].path == "/v1/batches?batch_id=b/1+%26"


async def test_unknown_batch_says_so(server, client):
    server.script = lambda _: failed(404, status=404, message="Batch task not found")

    with pytest.raises(ModelUnavailableError, match="Batch task not found"):
        await client.batch("nowhere")


async def test_too_short_text_is_told_in_the_words_of_the_server(server, client):
    server.script = lambda _: failed(422, status=422, message="Invalid params: input is too short")

    with pytest.raises(RequestRejectedError, match="too short"):
        await client.check_ai("коротко")
