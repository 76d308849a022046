"""The interface of provider libraries, as its users know it."""

import asyncio
import inspect
import json
import ssl

import aiohttp
import pytest
import trustme

import gigadesk.gigachat
from gigadesk.errors import AnswerInterruptedError, MissingAuthError, ScopeError
from gigadesk.gigachat import AsyncGeneratorProvider, GigaChat, ProviderModelMixin
from tests.gigachat.raw_server import KEY, RawServer, Say, answer, delta, failed, grant, http, piece, stream_head
from tests.gigachat.threaded_server import running

MESSAGES = [{"role": "system", "content": "Будь краток"}, {"role": "user", "content": "Привет"}]
OLD_HOST = "https://gigachat.devices.sberbank.ru/api/v1"


@pytest.fixture
def hosts(server, monkeypatch):
    monkeypatch.setenv("GIGACHAT_BASE_URL", server.options.base_url)
    monkeypatch.setenv("GIGACHAT_AUTH_URL", server.options.auth_url)
    return server


def ask(**kwargs):
    return GigaChat.create_async_generator(**{"model": "", "messages": MESSAGES, "api_key": KEY, **kwargs})


async def texts(**kwargs):
    return [text async for text in ask(**kwargs)]


def test_the_signature_is_the_one_that_is_known():
    parameters = inspect.signature(GigaChat.create_async_generator).parameters

    assert {name: parameter.default for name, parameter in parameters.items()} == {
        "model": inspect.Parameter.empty,
        "messages": inspect.Parameter.empty,
        "stream": True,
        "proxy": None,
        "api_key": None,
        "connector": None,
        "scope": "GIGACHAT_API_PERS",
        "update_interval": 0,
        "kwargs": inspect.Parameter.empty,
    }
    assert list(GigaChat.get_parameters()) == list(parameters)


def test_the_attributes_are_the_ones_that_are_known():
    assert issubclass(GigaChat, AsyncGeneratorProvider)
    assert issubclass(GigaChat, ProviderModelMixin)
    assert GigaChat.url == "https://developers.sber.ru/gigachat"
    assert GigaChat.working
    assert GigaChat.needs_auth
    assert GigaChat.supports_stream
    assert GigaChat.supports_message_history
    assert GigaChat.supports_system_message
    assert GigaChat.default_model == "GigaChat:latest"
    assert GigaChat.models[:3] == ["GigaChat:latest", "GigaChat-Plus", "GigaChat-Pro"]
    assert GigaChat.get_models() == GigaChat.models
    assert "GigaChat-2-Max" in GigaChat.models
    assert gigadesk.gigachat.MissingAuthError is MissingAuthError
    with pytest.raises(AttributeError):
        _ = gigadesk.gigachat.nonsense


def test_a_provider_of_somebody_else_has_working_defaults():
    class Other(AsyncGeneratorProvider, ProviderModelMixin):
        default_model = "m"
        model_aliases = {"a": "b"}  # noqa: RUF012 - as its users write it

    assert Other.get_models() == ["m"]
    assert (Other.get_model(""), Other.get_model("a"), Other.get_model("c")) == ("m", "b", "c")
    assert ProviderModelMixin.get_models() == []
    with pytest.raises(NotImplementedError):
        Other.create_async_generator("m", [])


@pytest.mark.parametrize(
    ("model", "today", "on_the_old_host"),
    [
        ("", "GigaChat-2", "GigaChat"),
        ("GigaChat:latest", "GigaChat-2", "GigaChat"),
        ("GigaChat", "GigaChat-2", "GigaChat"),
        ("GigaChat-Plus", "GigaChat-2", "GigaChat-Plus"),
        ("GigaChat-Pro", "GigaChat-2-Pro", "GigaChat-Pro"),
        ("GigaChat-Max", "GigaChat-2-Max", "GigaChat-Max"),
        ("GigaChat-2-Max", "GigaChat-2-Max", "GigaChat-2-Max"),
        ("GigaChat-9", "GigaChat-9", "GigaChat-9"),
    ],
)
def test_old_names_mean_what_the_host_serves_today(monkeypatch, model, today, on_the_old_host):
    assert GigaChat.get_model(model) == today
    assert GigaChat.get_model(model, base_url=OLD_HOST) == on_the_old_host
    monkeypatch.setenv("GIGACHAT_BASE_URL", OLD_HOST)
    assert GigaChat.get_model(model) == on_the_old_host


async def test_without_a_key_there_is_no_answer(hosts):
    for api_key in (None, "", " \n"):
        with pytest.raises(MissingAuthError):
            await texts(api_key=api_key)
    assert hosts.asked == []


async def test_the_key_may_come_from_the_environment(hosts, monkeypatch):
    monkeypatch.setenv("GIGACHAT_CREDENTIALS", KEY)

    assert "".join(await texts(api_key=None)) == "Hello"


async def test_an_answer_comes_in_pieces_of_text(hosts):
    pieces = await texts(model="GigaChat-Pro")

    assert "".join(pieces) == "Hello"
    assert all(type(text) is str and text for text in pieces)
    assert hosts.chats[0].json == {
        "model": "GigaChat-2-Pro",
        "messages": MESSAGES,
        "stream": True,
        "update_interval": 0,
    }


async def test_a_whole_answer_comes_in_one_piece(hosts):
    message = {"message": {"content": "Hello\nworld", "role": "assistant"}, "finish_reason": "stop"}
    hosts.script = lambda _: Say((http(body=json.dumps({"choices": [message]}, indent=2).encode()),))

    assert await texts(stream=False) == ["Hello\nworld"]
    assert hosts.chats[0].json["stream"] is False


async def test_further_arguments_go_into_the_request_as_they_are(hosts):
    messages = [*MESSAGES, {"role": "user", "content": "", "attachments": ["id"], "x": None}]

    fields = {"temperature": 0.1, "function_call": "auto", "functions": [{"name": "f"}]}

    await texts(messages=messages, update_interval=0.5, **fields)

    body = hosts.chats[0].json
    assert body["messages"] == messages
    assert body["update_interval"] == 0.5
    assert {name: body[name] for name in fields} == fields


async def test_the_scope_is_passed_on(hosts):
    hosts.oauth = lambda asked: (
        grant() if asked.body == b"scope=GIGACHAT_API_B2B" else failed(400, code=7, message="scope")
    )

    assert "".join(await texts(scope="GIGACHAT_API_B2B")) == "Hello"
    with pytest.raises(ScopeError):
        await texts()


async def test_a_token_serves_many_calls_of_one_account(hosts):
    await texts()
    await texts()
    assert len(hosts.tokens) == 1

    await texts(scope="GIGACHAT_API_CORP")
    await texts(api_key="b3RoZXI6a2V5")
    assert len(hosts.tokens) == 3


async def test_calls_at_once_share_the_request_for_a_token(hosts):
    results = await asyncio.gather(*(texts() for _ in range(5)))

    assert ["".join(result) for result in results] == ["Hello"] * 5
    assert len(hosts.tokens) == 1


def test_one_token_serves_loops_one_after_the_other(monkeypatch):
    with running() as (server, environment):
        for name, value in environment.items():
            monkeypatch.setenv(name, value)

        for _ in range(3):
            assert "".join(asyncio.run(texts())) == "Hello"
        assert "".join(GigaChat.create_completion("", MESSAGES, api_key=KEY)) == "Hello"
        broken_off = GigaChat.create_completion("", MESSAGES, api_key=KEY)
        next(broken_off)
        broken_off.close()

        assert len(server.tokens) == 1


async def test_breaking_out_early_closes_the_connection(hosts):
    hosts.script = lambda _: Say((stream_head() + piece(delta("Hel")), None))

    generator = ask()
    async for text in generator:
        assert text == "Hel"
        break
    await generator.aclose()

    async with asyncio.timeout(5):
        await hosts.gone.wait()


async def test_an_answer_that_breaks_off_is_told(hosts):
    hosts.script = lambda _: answer(delta("Hello"))
    pieces = []

    async def read():
        async for text in ask():
            pieces.append(text)  # noqa: PERF401 - those before an error count

    with pytest.raises(AnswerInterruptedError):
        await read()
    assert pieces == ["Hello"]


@pytest.mark.parametrize("stream", [True, False])
async def test_a_connector_is_used_and_stays_open(hosts, stream):
    if not stream:
        hosts.script = lambda _: Say((http(body=b'{"choices":[{"message":{"content":"Hello"}}]}'),))
    async with aiohttp.TCPConnector() as connector:
        for _ in range(2):
            assert "".join(await texts(connector=connector, stream=stream)) == "Hello"

        assert not connector.closed
    assert hosts.connections == 1


async def test_create_async_gives_the_whole_text(hosts):
    assert await GigaChat.create_async("", MESSAGES, api_key=KEY) == "Hello"


async def test_tls_trusts_the_file_of_the_environment_also_with_a_connector(monkeypatch, tmp_path):
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    server = RawServer()
    await server.start(context)
    monkeypatch.setenv("GIGACHAT_BASE_URL", server.options.base_url)
    monkeypatch.setenv("GIGACHAT_AUTH_URL", server.options.auth_url)
    monkeypatch.setenv("GIGACHAT_CA_BUNDLE_FILE", str(tmp_path / "ca.pem"))

    assert "".join(await texts()) == "Hello"
    async with aiohttp.TCPConnector() as connector:
        assert "".join(await texts(connector=connector)) == "Hello"
    own = ssl.create_default_context(cafile=str(tmp_path / "ca.pem"))
    monkeypatch.delenv("GIGACHAT_CA_BUNDLE_FILE")
    async with aiohttp.TCPConnector(ssl=own) as connector:
        assert "".join(await texts(connector=connector)) == "Hello"
    async with aiohttp.TCPConnector(ssl=False) as connector:
        with pytest.raises(gigadesk.errors.CertificateError):
            await texts(connector=connector)
    await server.stop()
