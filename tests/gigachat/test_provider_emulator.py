"""The provider as its users call it, against the emulator with TLS; the hosts come from the environment."""

import asyncio
import base64
import json
import subprocess
import sys
import uuid

import aiohttp
import pytest

from gigadesk.emulator import Fault
from gigadesk.emulator.faults import Cut
from gigadesk.errors import (
    AnswerInterruptedError,
    BrokenAnswerCause,
    BrokenAnswerError,
    CertificateCause,
    CertificateError,
    KeyRejectedError,
    ModelUnavailableError,
    NetworkCause,
    NetworkError,
    RateLimitError,
    RequestRejectedError,
    ScopeError,
    ServerFailedError,
)
from gigadesk.gigachat import GigaChat, MissingAuthError
from tests.gigachat.emulator_service import MESSAGES
from tests.gigachat.proxy_support import http_proxy, socks_proxy


async def test_the_requests_are_those_of_the_contract(service):
    service.emulator.answer_next("Здрав", "ствуйте!")

    assert await service.text() == "Здравствуйте!"

    token, chat = service.tokens[0], service.chats[0]
    assert token.body == b"scope=GIGACHAT_API_PERS"
    assert token.headers["Authorization"] == f"Basic {service.endpoint.credentials}"
    assert uuid.UUID(token.headers["RqUID"]).version == 4
    assert chat.path == "/v1/chat/completions"
    assert chat.headers["User-Agent"].startswith("GigaDesk/")
    assert chat.headers["Content-Type"] == "application/json"
    assert chat.headers["Authorization"].startswith("Bearer eyJ")
    assert chat.json() == {"model": "GigaChat-2", "messages": MESSAGES, "stream": True, "update_interval": 0}
    assert "Привет".encode() in chat.body


@pytest.mark.parametrize("model", ["", *GigaChat.models[:3], "GigaChat", "GigaChat-Max", "GigaChat-2-Pro"])
@pytest.mark.parametrize("base", ["/v1", "/api/v1"])
async def test_every_known_name_is_answered_on_both_bases(service, monkeypatch, base, model):
    monkeypatch.setenv("GIGACHAT_BASE_URL", service.endpoint.base_url.replace("/v1", base))

    assert await service.text(model=model)
    assert service.chats[0].path == f"{base}/chat/completions"


async def test_an_unknown_model_is_told(service):
    with pytest.raises(ModelUnavailableError, match="No such model"):
        await service.texts(model="GigaChat-9")


async def test_a_whole_answer_is_one_piece_and_the_same_as_its_stream(service):
    whole = await service.texts(stream=False)

    assert len(whole) == 1
    assert await service.text() == whole[0]
    assert service.chats[0].json()["stream"] is False


async def test_further_fields_reach_the_service(service):
    fields = {"temperature": 0.5, "top_p": 0.9, "max_tokens": 5, "repetition_penalty": 1.1, "made_up": {"a": [None]}}

    short = await service.text(update_interval=0.25, **fields)

    assert short
    assert len(short) < len(await service.text())
    assert fields.items() <= service.chats[0].json().items()
    assert service.chats[0].json()["update_interval"] == 0.25


async def test_what_the_service_finds_invalid_is_told_in_its_words(service):
    with pytest.raises(RequestRejectedError, match=r"temperature must be in range \(0, \+inf\)"):
        await service.texts(temperature=0)
    with pytest.raises(RequestRejectedError, match="system message must be the first message"):
        await service.texts(messages=[*MESSAGES, MESSAGES[0]])


async def test_without_a_key_the_first_piece_is_the_error(service):
    generator = service.ask(api_key=None)

    with pytest.raises(MissingAuthError):
        await anext(generator)
    with pytest.raises(MissingAuthError):
        await service.texts(api_key="")
    with pytest.raises(MissingAuthError):
        await GigaChat.create_async("", MESSAGES)
    assert service.emulator.requests == []


@pytest.mark.parametrize(
    "api_key", [base64.b64encode(b"id:secret").decode(), "not-a_key", str(uuid.UUID(int=1)), "ключ"]
)
async def test_a_wrong_key_is_told(service, api_key):
    with pytest.raises(KeyRejectedError):
        await service.texts(api_key=api_key)
    assert service.chats == []


async def test_what_is_no_key_is_sent_as_it_was_given(service):
    with pytest.raises(KeyRejectedError):
        await service.texts(api_key="not-a_key")

    assert service.tokens[0].headers["Authorization"] == "Basic not-a_key"


@pytest.mark.parametrize("service", ["b2b"], indirect=True)
async def test_the_scope_must_be_that_of_the_key(service):
    assert await service.text(scope="GIGACHAT_API_B2B")
    for scope in ("GIGACHAT_API_PERS", "GIGACHAT_API_CORP", "nonsense"):
        with pytest.raises(ScopeError):
            await service.texts(scope=scope)


@pytest.mark.parametrize("service", ["b2b"], indirect=True)
async def test_calls_at_once_share_one_token(service):
    answers = await asyncio.gather(*(service.text(scope="GIGACHAT_API_B2B") for _ in range(10)))

    assert all(answers)
    assert len(service.tokens) == 1


@pytest.mark.parametrize("service", ["b2b"], indirect=True)
async def test_a_token_that_expires_is_replaced_once_for_all(service):
    await service.text(scope="GIGACHAT_API_B2B")

    service.emulator.expire_tokens()
    answers = await asyncio.gather(*(service.text(scope="GIGACHAT_API_B2B") for _ in range(5)))

    assert all(answers)
    assert len(service.tokens) == 2


async def test_a_key_that_is_not_accepted_any_more_is_told_after_one_new_token(service):
    service.emulator.faults.set(Fault(status=401))

    with pytest.raises(KeyRejectedError):
        await service.texts()
    assert len(service.tokens) == 2
    assert len(service.chats) == 2


async def test_a_second_stream_is_too_many_and_the_first_goes_on(service):
    service.emulator.answer_next("Один, ", "два.")
    service.emulator.faults.next(Fault(stall_after_chunks=1))
    first = service.ask()
    assert await anext(first) == "Один, "

    with pytest.raises(RateLimitError, match="Too many requests"):
        await service.texts()

    service.emulator.faults.release()
    assert [text async for text in first] == ["два."]


async def test_breaking_out_of_the_loop_frees_the_stream(service):
    service.emulator.faults.next(Fault(stall_after_chunks=1))

    async for _ in service.ask():
        break
    await service.until(lambda: service.emulator.generations_running == 0)

    assert await service.text()


@pytest.mark.parametrize(("start", "scheme"), [(http_proxy, "http"), (socks_proxy, "socks5")], ids=["http", "socks5"])
@pytest.mark.parametrize("has_connector", [False, True])
async def test_everything_goes_through_the_proxy(service, start, scheme, has_connector):
    async with start("user", "password") as (address, asked), aiohttp.TCPConnector() as connector:
        proxy = f"{scheme}://user:password@{address}"
        assert await service.text(proxy=proxy, connector=connector if has_connector else None)

    assert set(asked) == {service.host}
    assert "Proxy-Authorization" not in service.chats[0].headers


async def test_a_proxy_that_is_not_there_is_told(service):
    async with http_proxy() as (address, _):
        pass

    with pytest.raises(NetworkError) as caught:
        await service.texts(proxy=f"http://{address}")

    assert caught.value.cause is NetworkCause.PROXY
    assert service.emulator.requests == []


async def test_the_connector_of_the_caller_stays_open(service):
    async with aiohttp.TCPConnector() as connector:
        assert await service.text(connector=connector)
        assert await service.text(connector=connector, stream=False)
        with pytest.raises(ModelUnavailableError):
            await service.texts(connector=connector, model="none")

        assert not connector.closed


async def test_without_the_ca_file_the_emulator_is_not_trusted(service, monkeypatch):
    monkeypatch.delenv("GIGACHAT_CA_BUNDLE_FILE")

    with pytest.raises(CertificateError) as caught:
        await service.texts()

    assert caught.value.cause in {CertificateCause.INCOMPLETE_CHAIN, CertificateCause.INTERCEPTED}
    assert service.emulator.requests == []


@pytest.mark.parametrize(
    "fault",
    [
        Fault(piece_bytes=1),
        Fault(piece_bytes=7, line_end="\r\n"),
        Fault(line_end="\r"),
        Fault(comments=3),
        Fault(without_done=True),
    ],
    ids=["bytes", "crlf", "cr", "comments", "no [DONE]"],
)
async def test_a_complete_answer_is_complete_however_it_is_written(service, fault):
    service.emulator.answer_next("При", "вет 😀\n", "!")
    service.emulator.faults.next(fault)

    assert await service.text() == "Привет 😀\n!"


@pytest.mark.parametrize(
    "fault",
    [Fault(without_finish=True), *(Fault(cut_after_bytes=250, cut=cut) for cut in Cut)],
    ids=["no finish", *Cut],
)
async def test_an_answer_that_breaks_off_is_no_success(service, fault):
    service.emulator.answer_next("Один, ", "два, ", "три.")
    service.emulator.faults.next(fault)
    texts = []

    async def read():
        async for text in service.ask():
            texts.append(text)  # noqa: PERF401 - those before an error count

    with pytest.raises(AnswerInterruptedError):
        await read()
    assert "Один, два, три.".startswith("".join(texts))
    assert texts
    assert len(service.chats) == 1


@pytest.mark.parametrize("stream", [True, False])
@pytest.mark.parametrize(
    ("fault", "cause"),
    [
        (Fault(html=True), BrokenAnswerCause.NOT_GIGACHAT),
        (Fault(status=307, headers=(("Location", "https://127.0.0.1:1/"),)), BrokenAnswerCause.REDIRECT),
        (Fault(gzip=True), BrokenAnswerCause.MALFORMED),
        (Fault(body="nonsense"), BrokenAnswerCause.NOT_GIGACHAT),
    ],
    ids=["page", "redirect", "gzip", "text"],
)
async def test_what_is_no_answer_is_told(service, stream, fault, cause):
    service.emulator.faults.next(fault)

    with pytest.raises(BrokenAnswerError) as caught:
        await service.texts(stream=stream)
    assert caught.value.cause is cause


async def test_a_failure_of_the_server_is_told_and_the_next_call_works(service):
    for fault in (Fault(status=500), Fault(status=503, html=True)):
        service.emulator.faults.next(fault)
        with pytest.raises(ServerFailedError):
            await service.texts()
    service.emulator.faults.next(Fault(drop=True))
    with pytest.raises(NetworkError):
        await service.texts()

    assert await service.text()


@pytest.mark.parametrize("reason", ["length", "blacklist", "error", "something new"])
async def test_any_end_of_an_answer_ends_the_loop(service, reason):
    service.emulator.answer_next("Не ", "могу.", finish_reason=reason)

    assert await service.text() == "Не могу."


def test_a_program_of_several_loops_asks_a_server_of_its_own(monkeypatch):
    command = [sys.executable, "-m", "gigadesk.emulator", "--tls", "--plan", "b2b", "--seed", "7"]
    with subprocess.Popen([*command, "--characters-per-second", "0"], stdout=subprocess.PIPE, text=True) as process:
        try:
            facts = json.loads(process.stdout.readline())
            for name in ("base_url", "auth_url", "credentials", "scope"):
                monkeypatch.setenv(f"GIGACHAT_{name.upper()}", facts[name])
            monkeypatch.setenv("GIGACHAT_CA_BUNDLE_FILE", facts["ca_file"])

            async def ask():
                return [text async for text in GigaChat.create_async_generator("", MESSAGES)]

            answers = {"".join(asyncio.run(ask())) for _ in range(3)}
            answers.add("".join(GigaChat.create_completion("", MESSAGES)))
        finally:
            process.terminate()

    assert len(answers) == 1
    assert answers.pop()
