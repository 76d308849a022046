"""The small endpoints over the wire: counting, vectors, detectors, functions, batches, passwords."""

import base64
import io
import json
import re
import time

import pytest

from gigadesk.emulator import Emulator, EmulatorOptions, Fault
from gigadesk.emulator.suspicion import machine_intervals
from gigadesk.emulator.vectors import vector
from tests.emulator.emulator_support import Visitor, question, raw, visiting

INVALID = b'{"status":400,"message":"Your request contains invalid JSON syntax."}\n'
FORBIDDEN = b'{"status":403,"message":"Permission denied"}\n'


@pytest.fixture
async def company():
    emulator = Emulator(EmulatorOptions(characters_per_s=0, plan="corp"))
    async with visiting(emulator) as visitor:
        yield visitor
    await emulator.stop()


async def post(visitor: Visitor, path: str, body=None, **more) -> tuple[int, bytes]:
    async with visitor.post(path, body, **more) as response:
        return response.status, await response.read()


# --- Counting and vectors -----------------------------------------------------------------------------------------


async def test_tokens_are_counted_in_a_bare_array(visitor: Visitor):
    asked = {"model": "GigaChat-2", "input": ["First text", "Second text"]}

    assert await post(visitor, "/tokens/count", asked) == (
        200,
        b'[{"object":"tokens","tokens":2,"characters":10},{"object":"tokens","tokens":2,"characters":11}]',
    )
    assert await post(visitor, "/tokens/count", asked | {"input": []}) == (200, b"[]")
    assert b'"characters":1}' in (await post(visitor, "/tokens/count", asked | {"input": ["🐈"]}))[1]


@pytest.mark.parametrize("path", ["/tokens/count", "/embeddings"])
async def test_unknown_model_and_wrong_shapes(visitor: Visitor, path):
    unknown = {"model": "GigaChat-9", "input": ["a"]}
    assert await post(visitor, path, unknown) == (404, b'{"status":404,"message":"No such model"}\n')
    without = {"model": "Embeddings"}
    for wrong in ({}, [], {"input": ["a"]}, without, without | {"input": [1]}, {"model": 1, "input": ["a"]}):
        assert await post(visitor, path, wrong) == (400, INVALID)


async def test_embeddings_are_chunked_and_in_the_order_of_the_wire(visitor: Visitor):
    async with visitor.post("/embeddings", {"model": "Embeddings", "input": "раз"}) as response:
        body = await response.read()

        assert response.headers["Transfer-Encoding"] == "chunked"
        assert "Content-Length" not in response.headers
    beginning = b'{"object":"list","model":"Embeddings","data":[{"object":"embedding","index":0,"embedding":['
    assert body.startswith(beginning)
    assert re.match(rb"-?0\.0\d+,", body[len(beginning) :])
    assert body.endswith(b'],"usage":{"prompt_tokens":1}}]}')


@pytest.mark.parametrize(("model", "size"), [("Embeddings", 1024), ("Embeddings-2", 1024), ("EmbeddingsGigaR", 2560)])
async def test_each_model_has_its_size(visitor: Visitor, model, size):
    _, body = await post(visitor, "/embeddings", {"model": model, "input": ["раз", "два"]})

    assert [len(each["embedding"]) for each in json.loads(body)["data"]] == [size, size]


async def test_embeddings_have_their_limits(visitor: Visitor):
    asked = {"model": "Embeddings", "input": ["слово " * 513]}

    assert (await post(visitor, "/embeddings", asked))[0] == 413
    assert (await post(visitor, "/embeddings", asked | {"model": "EmbeddingsGigaR"}))[0] == 200
    assert (await post(visitor, "/embeddings", asked | {"input": []}))[0] == 422


async def test_embeddings_use_up_their_package():
    emulator = Emulator(EmulatorOptions(characters_per_s=0, balance_tokens=2))
    async with visiting(emulator) as visitor:
        asked = {"model": "Embeddings", "input": ["раз два три"]}
        assert (await post(visitor, "/embeddings", asked))[0] == 200

        assert await post(visitor, "/embeddings", asked) == (402, b'{"status":402,"message":"Payment Required"}\n')
        assert (await visitor.get("/balance"))[1].startswith(b'{"balance":[{"usage":"embeddings","value":0},')
    await emulator.stop()


def test_vectors_are_halves_of_length_one_and_like_for_like_texts():
    cat, cats, stock = (vector(text, 1024) for text in ("кошка спит на окне", "кошка сидит на окне", "курс акций упал"))

    def product(one: list[float], other: list[float]) -> float:
        return sum(a * b for a, b in zip(one, other, strict=True))

    assert product(cat, cat) == pytest.approx(1.0, abs=1e-3)
    assert product(cat, cats) > 0.5
    assert abs(product(cat, stock)) < 0.2
    # A 16-bit float has eleven binary digits: shifted far enough each value is a whole number.
    assert all((value * 2**24).is_integer() for value in cat)
    assert vector("", 10) != vector(" ", 10)


# --- Detectors ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "category", "intervals"),
    [
        ("Я пошёл гулять.", "human", []),
        ("Важно отметить это. Таким образом, всё.", "ai", []),
        ("Привет. Важно отметить это. Кроме того, то. Пока.", "mixed", [(9, 43)]),
        ("", "human", []),
    ],
    ids=["human", "machine", "both", "empty"],
)
def test_machine_is_known_by_its_turns_of_phrase(text, category, intervals):
    assert machine_intervals(text) == (category, intervals)


async def test_detector_answers_companies(company: Visitor):
    text = "слово " * 20
    asked = {"input": text, "model": "GigaCheckClassification"}

    expected = b'{"category":"human","characters":120,"tokens":20,"ai_intervals":[]}'
    assert await post(company, "/ai/check", asked) == (200, expected)
    assert (await post(company, "/ai/check", asked | {"input": "мало слов"}))[0] == 422
    assert (await post(company, "/ai/check", asked | {"model": "GigaChat-2"}))[0] == 404
    assert await post(company, "/ai/check", {"model": "GigaCheckDetection"}) == (400, INVALID)


async def test_detector_and_batches_are_closed_to_others(visitor: Visitor):
    for method, path in (("POST", "/ai/check"), ("POST", "/batches?method=embedder"), ("GET", "/batches")):
        url = visitor.endpoint.base_url + path
        async with visitor.session.request(method, url, headers=visitor.headers, data=b"{}") as response:
            assert (response.status, await response.read()) == (403, FORBIDDEN)


async def test_filter_lives_on_the_old_host(visitor: Visitor):
    asked = {"model": "GigaFilter", "settings": {"neuro": True}, "messages": [{"role": "user", "content": "Ты дурак"}]}
    old = visitor.endpoint.old_base_url

    assert await post(visitor, "/filter/check", asked, base=old) == (
        200,
        b'{"is_profane":true,"usage":{"filter_tokens":6}}',
    )
    kind = asked | {"messages": [{"role": "user", "content": "Ты друг"}]}
    assert b'"is_profane":false' in (await post(visitor, "/filter/check", kind, base=old))[1]
    assert (await post(visitor, "/filter/check", asked))[0] == 404


# --- Functions ----------------------------------------------------------------------------------------------------

WEATHER = {"name": "weather", "parameters": {"type": "object", "properties": {"city": {"type": "string"}}}}


async def test_good_function_gets_warnings(visitor: Visitor):
    city = {"type": "string", "description": "Город"}
    described = {
        "name": "weather",
        "description": "Погода",
        "parameters": {"type": "object", "properties": {"city": city}},
        "return_parameters": {"type": "object", "properties": {}},
    }

    status, body = await post(visitor, "/functions/validate", described)

    assert status == 200
    assert body == (
        b'{"status":200,"message":"Function is valid","json_ai_rules_version":"1.0.5",'
        b'"warnings":[{"description":"few_shot_examples are missing","schema_location":"(root)"}]}'
    )


async def test_bad_function_gets_errors_with_status_200(visitor: Visitor):
    status, body = await post(visitor, "/functions/validate", {"parameters": {}})

    assert status == 200
    assert body == (
        b'{"status":200,"message":"Incorrect function syntax","json_ai_rules_version":"1.0.5",'
        b'"errors":[{"description":"name is required","schema_location":"(root)"}]}'
    )


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"name": "1f"}, "name"),
        ({"name": "имя"}, "name"),
        ({"description": 1}, "description"),
        ({"parameters": []}, "parameters"),
        ({"parameters": {"type": "object"}}, "parameters"),
        ({"parameters": {"properties": {"a": {}}}}, "parameters.properties.a"),
        ({"parameters": {"properties": {"a": 1}}}, "parameters.properties.a"),
        ({"parameters": {"properties": {}, "required": "a"}}, "parameters"),
        ({"return_parameters": 1}, "return_parameters"),
        ({"few_shot_examples": [{"request": "x"}]}, "few_shot_examples.0"),
        ({"few_shot_examples": {}}, "few_shot_examples"),
    ],
    ids=lambda value: value if isinstance(value, str) else "-".join(value),
)
async def test_errors_have_their_place(visitor: Visitor, change, place):
    _, body = await post(visitor, "/functions/validate", WEATHER | change)

    assert [error["schema_location"] for error in json.loads(body)["errors"]] == [place]


async def test_openapi_becomes_functions(visitor: Visitor):
    reference = {"$ref": "#/components/schemas/City"}
    content = {"application/json": {"schema": reference}}
    document = {
        "openapi": "3.0.0",
        "paths": {"/city": {"post": {"summary": "s", "requestBody": {"content": content}, "responses": {"200": {}}}}},
        "components": {"schemas": {"City": {"type": "object", "properties": {"n": reference}, "required": ["n"]}}},
    }

    status, body = await post(visitor, "/functions/convert", document)

    (function,) = json.loads(body)["functions"]
    assert (status, function["name"], function["description"]) == (200, "post_city", "s")
    assert function["parameters"]["required"] == ["n"]
    assert "$ref" not in body.decode()


@pytest.mark.parametrize(
    "data",
    [b"", b"{}", b"[]", b"a: [", b"\xff", b"x", b"- a\n - b", b'{"a":' * 50_000, b"- " * 40_000, b"a:\n" * 60_000],
    ids=["empty", "no paths", "list", "open", "no UTF-8", "word", "crooked", "deep JSON", "deep list", "long"],
)
async def test_what_is_no_openapi_is_refused(visitor: Visitor, data):
    assert (await post(visitor, "/functions/convert", data=data))[0] == 422


# --- Batches ------------------------------------------------------------------------------------------------------


def lines(*requests: dict) -> bytes:
    return b"".join(json.dumps({"id": str(at), "request": each}).encode() + b"\n" for at, each in enumerate(requests))


async def test_batch_goes_from_created_to_completed(company: Visitor):
    data = lines(question("Раз", stream=True), question(model="GigaChat-9"))

    _, created = await post(company, "/batches?method=chat_completions", data=data)
    batch_id = json.loads(created)["id"]
    looks = [await company.get(f"/batches?batch_id={batch_id}") for _ in range(3)]

    assert re.fullmatch(
        rb'\{"id":"[0-9a-f-]{36}","method":"chat_completions","request_counts":\{"total":2\},"status":"created",'
        rb'"created_at":\d{10},"updated_at":\d{10}\}',
        created,
    )
    shown = [json.loads(body)["batches"][0] for _, body in looks]
    assert [batch["status"] for batch in shown] == ["in_progress", "completed", "completed"]
    assert shown[2]["request_counts"] == {"total": 2, "completed": 1, "failed": 1}
    status, output = await company.get(f"/files/{shown[2]['output_file_id']}/content")
    good, bad = (json.loads(line) for line in output.splitlines())
    assert (status, output[-1:], good["id"], bad["id"]) == (200, b"\n", "0", "1")
    assert good["result"]["object"] == "chat.completion"
    assert bad["error"] == {"status": 404, "message": "No such model"}


async def test_batch_of_vectors(company: Visitor):
    data = lines({"model": "Embeddings", "input": ["раз"]})

    await post(company, "/batches?method=embedder", data=data)
    await company.get("/batches")
    _, body = await company.get("/batches")

    (batch,) = json.loads(body)["batches"]
    _, output = await company.get(f"/files/{batch['output_file_id']}/content")
    assert len(json.loads(output)["result"]["data"][0]["embedding"]) == 1024


@pytest.mark.parametrize(
    ("query", "data", "status"),
    [
        ("", lines({}), 422),
        ("?method=x", lines({}), 422),
        ("?method=embedder", b"", 422),
        ("?method=embedder", lines({}) * 501, 422),
        ("?method=embedder", b"[]\n", 400),
        ("?method=embedder", b"{", 400),
        ("?method=embedder", b'{"id":"1","request":[]}', 400),
        ("?method=embedder", b'{"request":{}}', 400),
    ],
    ids=["no method", "unknown method", "empty", "too many", "list", "no JSON", "no request", "no id"],
)
async def test_wrong_batches_are_refused(company: Visitor, query, data, status):
    assert (await post(company, "/batches" + query, data=data))[0] == status
    assert await company.get("/batches") == (200, b'{"batches":[]}')


async def test_batch_has_its_size(company: Visitor):
    data = lines({"model": "Embeddings", "input": ["а" * 3_000_000]})

    assert (await post(company, "/batches?method=embedder", data=io.BytesIO(data)))[0] == 413


async def test_unknown_batch(company: Visitor):
    assert await company.get("/batches?batch_id=x") == (404, b'{"status":404,"message":"Batch task not found"}\n')


# --- User and password --------------------------------------------------------------------------------------------


def basic(user: str, password: str) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()}


async def test_password_gives_a_token_that_ends_in_seconds(visitor: Visitor):
    endpoint = visitor.endpoint

    async with visitor.session.post(
        endpoint.old_base_url + "/token", headers=basic(endpoint.user, endpoint.password)
    ) as response:
        body = await response.read()

    assert (response.status, response.headers["Content-Type"]) == (200, "application/json; charset=utf-8")
    assert re.fullmatch(rb'\{"tok":"[\w-]{173}","exp":\d{10}\}', body)
    assert len(body) == 200
    value = json.loads(body)
    assert 1_700 < value["exp"] - time.time() <= 1_800
    visitor.token = value["tok"]
    assert (await visitor.get("/models", base=endpoint.old_base_url))[0] == 200


async def test_token_request_of_the_java_sdk_has_a_form(visitor: Visitor):
    endpoint = visitor.endpoint
    url, headers = endpoint.old_base_url + "/token", basic(endpoint.user, endpoint.password)

    async with visitor.session.post(url, headers=headers, data={"scope": endpoint.scope}) as response:
        assert response.status == 200


@pytest.mark.parametrize(
    "headers",
    [{}, basic("demo", "wrong"), basic("", ""), {"Authorization": "Basic x"}, {"Authorization": "Bearer x"}],
    ids=["nothing", "wrong", "empty", "no base64", "bearer"],
)
async def test_wrong_passwords(visitor: Visitor, headers):
    async with visitor.session.post(visitor.endpoint.old_base_url + "/token", headers=headers) as response:
        assert (response.status, await response.read()) == (401, b'{"status":401,"message":"Unauthorized"}\n')


async def test_nobody_signs_in_when_there_is_no_user():
    emulator = Emulator(EmulatorOptions(user="", password="p"))
    async with visiting(emulator) as visitor:
        url = visitor.endpoint.old_base_url + "/token"
        async with visitor.session.post(url, headers=basic("", "p")) as response:
            assert response.status == 401
    await emulator.stop()


async def test_new_host_has_no_password_login(visitor: Visitor):
    endpoint = visitor.endpoint
    headers = basic(endpoint.user, endpoint.password) | {"User-Agent": "t"}

    async with visitor.session.post(endpoint.base_url + "/token", headers=headers) as response:
        assert response.status == 404


@pytest.mark.parametrize(
    ("fault", "body"),
    [
        (Fault("/oauth", status=401), b'{"code":6,"message":"credentials doesn\'t match db data"}'),
        (Fault("/oauth", status=400, message="scope is empty"), b'{"code":5,"message":"scope is empty"}'),
        (Fault("/oauth", status=500), b'{"code":0,"message":"Internal Server Error"}'),
    ],
    ids=["key", "message", "server"],
)
async def test_faults_of_the_authorization_host_speak_its_language(emulator, visitor: Visitor, fault, body):
    emulator.faults.next(fault)

    async with visitor.session.post(visitor.endpoint.auth_url) as response:
        assert (response.status, await response.read()) == (fault.status, body)
        assert response.headers["Content-Type"] == "application/json"


async def test_only_the_new_host_asks_for_a_user_agent(visitor: Visitor):
    for base, status in (("/v1", b"403"), ("/v2", b"403"), ("/api/v1", b"200")):
        path = base + ("/chat/completions" if base == "/v2" else "/models")
        headers = f"Host: x\r\nAuthorization: Bearer {visitor.token}\r\nConnection: close\r\n\r\n"
        answer = await raw(visitor.endpoint, f"GET {path} HTTP/1.1\r\n{headers}".encode())
        head, _, body = answer.partition(b"\r\n\r\n")
        assert head.split()[1] == status
        assert status == b"200" or body == b'{"message":"Unauthorized"}\n'
