"""Every failure of the service and of the way to it, up to the words that stand under the answer, in both languages."""

import asyncio
import ssl
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import trustme

from gigadesk.emulator.faults import Cut, Fault
from tests.flows.words_support import (
    BROKE_OFF,
    CHAT,
    ELSEWHERE,
    FOREIGN,
    LANGUAGES,
    MODEL_FAILED,
    OAUTH,
    OTHER_SCOPE,
    OUT_OF_ORDER,
    QUESTION,
    REFUSED_KEY,
    REFUSED_TOPIC,
    REJECTED,
    TOO_LONG,
    TOO_MANY,
    UNREADABLE,
    Case,
    Shown,
    api,
    chunk,
    ends,
    judge,
    oauth,
    speak,
    stream,
)
from tests.gigachat.proxy_support import http_proxy, socks_proxy

NO_TOOL = ("The model has no such tool", "У модели нет такого инструмента")
KEY = "a2V5LW9mLXRoZS10ZXN0OnNlY3JldC1vZi10aGUtdGVzdA=="

CASES = {
    "400": api(400, REJECTED, "Your request contains invalid JSON syntax."),
    "401": api(401, REFUSED_KEY, "Unauthorized"),
    "401 expired": api(401, REFUSED_KEY, "Token has expired"),
    "402": api(402, ("The tokens for this model are used up", "Токены для этой модели закончились")),
    "403": api(403, ("Your account has no access to this", "У вас нет доступа к этой возможности")),
    "404": api(404, ("This model is not available to your key", "Эта модель недоступна для вашего ключа")),
    "413": api(413, ("The chat is too long for this model", "Чат слишком длинный для этой модели")),
    "422": api(422, REJECTED, "Invalid params: system message must be the first message"),
    "429": api(429, TOO_MANY),
    "500": api(500, OUT_OF_ORDER),
    "502 page": api(502, OUT_OF_ORDER, html=True),
    "503 page": api(503, OUT_OF_ORDER, html=True),
    "504 page": api(504, OUT_OF_ORDER, html=True),
    "portal": Case(Fault(path=CHAT, html=True), FOREIGN),
    "page with 403": Case(Fault(path=CHAT, html=True, status=403), FOREIGN),
    "redirect": api(302, ELSEWHERE, headers=(("Location", "https://example.com/"),)),
    "redirect with the conversation": api(307, ELSEWHERE, headers=(("Location", "https://example.com/"),)),
    "422 functions": api(422, NO_TOOL, "Requested model does not support functions"),
    "404 schema": api(404, NO_TOOL, "Function schema for text2image not found"),
    "403 without a name": Case(
        Fault(path=CHAT, status=403, body='{"message":"Unauthorized"}\n', content_type="application/json"),
        ("Your account has no access to this", "У вас нет доступа к этой возможности"),
        "Unauthorized",
    ),
    "compressed": Case(Fault(path=CHAT, gzip=True), UNREADABLE),
    "nonsense": stream("data: nonsense\n\ndata: [DONE]\n\n", UNREADABLE),
    "line without end": stream("data: " + "x" * (5 * 1024 * 1024), TOO_LONG),
    "answer of sixteen megabytes": stream(chunk("слово " * 40_000) * 40, TOO_LONG),
    "end without an end": Case(Fault(path=CHAT, without_finish=True), BROKE_OFF),
    "reset": Case(Fault(path=CHAT, cut_after_bytes=600, cut=Cut.RST), BROKE_OFF),
    "closed": Case(Fault(path=CHAT, cut_after_bytes=600, cut=Cut.FIN), BROKE_OFF),
    "error within": stream(chunk("Half ") + 'data: {"status":500,"message":"oops"}\n\n', OUT_OF_ORDER, "Half "),
    "filter": stream(chunk("No.") + chunk("", finish_reason="blacklist"), REFUSED_TOPIC),
    "filter of the second contract": stream(chunk("No.") + chunk("", finish_reason="request_filter"), REFUSED_TOPIC),
    "limit": stream(
        chunk("And") + chunk("", finish_reason="length"),
        ("The answer was cut: it reached the token limit", "Ответ оборван: достигнут предел токенов"),
    ),
    "bad call": stream(chunk("Hm.") + chunk("", finish_reason="error"), MODEL_FAILED, "Hm."),
    "future reason": stream(
        chunk("Hm.") + chunk("", finish_reason="tired"),
        ("The answer ended in an unusual way", "Ответ закончился необычно"),
    ),
}

OAUTH_CASES = {
    "key without form": oauth(400, 4, "Can't decode 'Authorization' header", REFUSED_KEY),
    "key without form, as some print it": oauth(401, 4, "Can't decode 'Authorization' header", REFUSED_KEY),
    "unknown scope": oauth(400, 1, "scope data format invalid", OTHER_SCOPE),
    "no scope": oauth(400, 5, "scope is empty", OTHER_SCOPE),
    "unknown key": oauth(401, 6, "credentials doesn't match db data", REFUSED_KEY),
    "foreign scope": oauth(400, 7, "scope from db not fully includes consumed scope", OTHER_SCOPE),
    "foreign scope, as some print it": oauth(401, 7, "scope from db not fully includes consumed scope", OTHER_SCOPE),
    "odd request id": oauth(400, 0, "RqUID is malformed", REJECTED),
    "too many tokens": oauth(429, 0, "Too many requests", TOO_MANY),
    "page instead of a token": Case(Fault(path=OAUTH, html=True), FOREIGN),
}


@LANGUAGES
def test_every_failure_of_the_service_has_its_words(quick, run_async, language):
    async def story():
        speak(quick, language)
        wrong, shown = [], Shown()
        async with quick.service() as service, quick.program() as desk:
            await desk.online()
            for name, case in CASES.items():
                if not (case.fault.status or case.fault.body or case.fault.html):
                    service.answer_next("One ", "two ", "three ", *["and many more words "] * 40)
                service.faults.set(case.fault)
                desk.open_new_chat()
                desk.ask(QUESTION)
                await ends(desk)
                wrong += judge(desk, name, case, language)
                shown.note(desk)
                service.faults.reset()
        assert wrong + shown.missing(quick) == []

    run_async(story())


@LANGUAGES
@pytest.mark.parametrize("name", OAUTH_CASES)
def test_every_failure_of_the_authorization_has_its_words(quick, run_async, name, language):
    async def story():
        speak(quick, language)
        case = OAUTH_CASES[name]
        async with quick.service() as service, quick.program() as desk:
            service.faults.set(case.fault)
            await desk.chats_shown()
            desk.ask(QUESTION)
            await ends(desk)
            assert judge(desk, name, case, language) == []

    run_async(story())


@dataclass
class Way:
    """A way to a service that does not work: what the environment and the settings say."""

    base_url: str
    ca_file: str = ""
    proxy: str = "none"


@asynccontextmanager
async def tls_server(certificate: trustme.LeafCert, chain: bytes = b""):
    """The address of a server that shows this certificate and says nothing."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    if chain:
        with certificate.private_key_and_cert_chain_pem.tempfile() as _, trustme.Blob(chain).tempfile() as whole:
            context.load_cert_chain(whole)
    else:
        certificate.configure_cert(context)
    async with listening(lambda _reader, writer: writer.close(), context) as port:
        yield f"https://localhost:{port}/v1"


@asynccontextmanager
async def listening(serve: Any, context: ssl.SSLContext | None = None):
    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        await server.wait_closed()


@asynccontextmanager
async def expired(folder: Path):
    authority = trustme.CA()
    now = datetime.now(UTC)
    leaf = authority.issue_cert("localhost", not_before=now - timedelta(days=2), not_after=now - timedelta(days=1))
    async with tls_server(leaf) as address:
        yield Way(address, ca_of(authority, folder))


@asynccontextmanager
async def not_yet_valid(folder: Path):
    authority = trustme.CA()
    now = datetime.now(UTC)
    leaf = authority.issue_cert("localhost", not_before=now + timedelta(days=1), not_after=now + timedelta(days=2))
    async with tls_server(leaf) as address:
        yield Way(address, ca_of(authority, folder))


@asynccontextmanager
async def wrong_host(folder: Path):
    authority = trustme.CA()
    async with tls_server(authority.issue_cert("elsewhere.example")) as address:
        yield Way(address, ca_of(authority, folder))


@asynccontextmanager
async def unknown_authority(folder: Path):
    async with tls_server(trustme.CA().issue_cert("localhost")) as address:
        yield Way(address, ca_of(trustme.CA(), folder))


@asynccontextmanager
async def interception(folder: Path):
    authority = trustme.CA()
    leaf = authority.issue_cert("localhost")
    whole = leaf.private_key_and_cert_chain_pem.bytes() + authority.cert_pem.bytes()
    async with tls_server(leaf, whole) as address:
        yield Way(address)


@asynccontextmanager
async def bad_ca_file(folder: Path):
    page = ca_of(trustme.CA(), folder, "<html>Not found</html>")
    async with tls_server(trustme.CA().issue_cert("localhost")) as address:
        yield Way(address, page)


@asynccontextmanager
async def plain_port(folder: Path):
    async def plain(reader, writer):
        await reader.read(10)
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        writer.close()

    async with listening(plain) as port:
        yield Way(f"https://localhost:{port}/v1")


@asynccontextmanager
async def closed_port(folder: Path):
    async with listening(lambda _reader, writer: writer.close()) as port:
        pass
    yield Way(f"https://localhost:{port}/v1")


@asynccontextmanager
async def unknown_name(folder: Path):
    yield Way("https://no-such-host.invalid/v1")


@asynccontextmanager
async def absent_proxy(folder: Path):
    async with listening(lambda _reader, writer: writer.close()) as port:
        pass
    yield Way("https://localhost:9/v1", proxy=f"http://127.0.0.1:{port}")


@asynccontextmanager
async def locked_http_proxy(folder: Path):
    async with http_proxy("user", "secret") as (address, _):
        yield Way("https://localhost:9/v1", proxy=f"http://user:wrong@{address}")


@asynccontextmanager
async def locked_socks_proxy(folder: Path):
    async with socks_proxy("user", "secret") as (address, _):
        yield Way("https://localhost:9/v1", proxy=f"socks5://user:wrong@{address}")


def ca_of(authority: trustme.CA, folder: Path, instead: str = "") -> str:
    folder.mkdir(exist_ok=True)
    (folder / "ca.pem").write_bytes(instead.encode() or authority.cert_pem.bytes())
    return str(folder / "ca.pem")


PROXY_WANTS = ("The proxy wants a name and a password", "Прокси требует имя и пароль")
WAYS = {
    expired: ("The certificate of localhost has expired", "Срок сертификата localhost истёк"),
    not_yet_valid: ("The certificate of localhost is not valid yet", "Сертификат localhost ещё не действует"),
    wrong_host: ("The certificate belongs to another server", "Сертификат принадлежит другому серверу"),
    unknown_authority: (
        "The certificate of localhost comes from an unknown authority",
        "Сертификат localhost выдан неизвестным центром",
    ),
    interception: ("Something intercepts the connection to localhost", "Что-то перехватывает соединение с localhost"),
    bad_ca_file: ("The certificate file cannot be used", "Файл сертификата не подходит"),
    plain_port: ("localhost offers no protected connection", "localhost не даёт защищённого соединения"),
    closed_port: ("localhost refuses the connection", "localhost не принимает соединение"),
    unknown_name: ("The server no-such-host.invalid was not found", "Сервер no-such-host.invalid не найден"),
    absent_proxy: ("The proxy cannot be reached", "Прокси недоступен"),
    locked_http_proxy: PROXY_WANTS,
    locked_socks_proxy: PROXY_WANTS,
}


@LANGUAGES
@pytest.mark.parametrize("open_way", WAYS, ids=lambda way: way.__name__)
def test_every_failure_of_the_way_has_its_words(quick, run_async, monkeypatch, open_way, language):
    async def story():
        async with open_way(quick.home / "certificates") as way:
            monkeypatch.setenv("GIGACHAT_BASE_URL", way.base_url)
            monkeypatch.setenv("GIGACHAT_AUTH_URL", way.base_url + "/oauth")
            monkeypatch.setenv("GIGACHAT_CA_BUNDLE_FILE", way.ca_file)
            monkeypatch.setenv("GIGACHAT_CREDENTIALS", KEY)
            speak(quick, language, proxy=way.proxy)
            async with quick.program() as desk:
                await desk.chats_shown()
                desk.ask(QUESTION)
                await ends(desk)
                assert judge(desk, open_way.__name__, Case(Fault(), WAYS[open_way]), language) == []

    run_async(story())
