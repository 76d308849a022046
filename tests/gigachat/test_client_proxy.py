"""The client through proxies, with TLS inside."""

import ssl
from dataclasses import replace

import pytest
import trustme

from gigadesk.errors import NetworkCause, NetworkError
from gigadesk.gigachat.client import Client, ClientOptions
from tests.gigachat.client_support import collect, text_of
from tests.gigachat.proxy_support import http_proxy, socks_proxy
from tests.gigachat.raw_server import KEY, RawServer


@pytest.fixture
async def options(tmp_path):
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    server = RawServer()
    await server.start(context)
    yield replace(server.options, ca_file=str(tmp_path / "ca.pem"))
    await server.stop()


async def ask(options):
    async with Client(options) as client:
        events, error = await collect(client)
    return text_of(events), error


@pytest.mark.parametrize(("scheme", "start"), [("http", http_proxy), ("socks5", socks_proxy)])
async def test_both_hosts_are_reached_through_the_proxy(options, scheme, start):
    async with start() as (address, asked):
        text, error = await ask(replace(options, proxy=f"{scheme}://{address}"))

    assert (text, error) == ("Hello", None)
    assert len(asked) == 2
    assert all(target.startswith("localhost:") for target in asked)


@pytest.mark.parametrize(("scheme", "start"), [("http", http_proxy), ("socks5", socks_proxy)])
async def test_the_proxy_gets_its_password(options, scheme, start):
    async with start("user", "pass:word") as (address, _):
        text, error = await ask(replace(options, proxy=f"{scheme}://user:pass%3Aword@{address}"))

    assert (text, error) == ("Hello", None)


@pytest.mark.parametrize(("scheme", "start"), [("http", http_proxy), ("socks5", socks_proxy)])
async def test_a_proxy_that_refuses_the_password_is_named(options, scheme, start):
    async with start("user", "password") as (address, _):
        _, error = await ask(replace(options, proxy=f"{scheme}://user:canary@{address}"))

    assert isinstance(error, NetworkError)
    assert error.cause is NetworkCause.PROXY_AUTH
    assert "canary" not in f"{error}{error!r}"


@pytest.mark.parametrize("scheme", ["http", "socks5"])
async def test_a_proxy_that_is_not_there_is_named(options, scheme):
    async with http_proxy() as (address, _):
        pass

    _, error = await ask(replace(options, proxy=f"{scheme}://{address}"))

    assert isinstance(error, NetworkError)
    assert error.cause is NetworkCause.PROXY


async def test_a_password_wanted_for_plain_http(server):
    async with http_proxy("user", "password") as (address, _):
        _, error = await ask(replace(server.options, proxy=f"http://{address}"))

    assert isinstance(error, NetworkError)
    assert error.cause is NetworkCause.PROXY_AUTH


async def test_the_proxy_of_the_environment_is_not_asked_for_this_machine(server, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")

    assert await ask(server.options) == ("Hello", None)


async def test_passwords_of_other_programs_are_not_sent(server, private_home):
    netrc = private_home / ".netrc"
    netrc.write_text("machine 127.0.0.1 login canary password canary\n")
    netrc.chmod(0o600)

    assert await ask(server.options) == ("Hello", None)
    assert all("canary" not in str(asked.headers) for asked in server.asked)


async def test_a_proxy_of_nonsense_is_named():
    _, error = await ask(ClientOptions(credentials=KEY, proxy="nonsense://x"))

    assert isinstance(error, NetworkError)
    assert error.cause is NetworkCause.PROXY
