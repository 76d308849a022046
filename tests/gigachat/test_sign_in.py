"""Every way to sign in, against a server that remembers what it was shown."""

import base64
import json
import time

import pytest

from gigadesk.errors import (
    BrokenAnswerError,
    CertificateCause,
    CertificateError,
    KeyRejectedError,
    MissingAuthError,
    PasswordRejectedError,
    RequestRejectedError,
    ServerFailedError,
    TokenExpiredError,
)
from gigadesk.gigachat.client import Client, ClientOptions
from tests.gigachat.client_support import collect, text_of
from tests.gigachat.raw_server import Say, failed, hello, http

PAIR = base64.b64encode("имя:п:роль".encode()).decode()


def options_of(server, **fields):
    return ClientOptions(
        base_url=server.base_url + "/v1", auth_url=server.base_url + "/api/v2/oauth", max_retries=0, **fields
    )


def authorizations(server):
    return [asked.headers.get("authorization") for asked in server.asked]


def login(token="tok", **fields):  # noqa: S107 - not a secret
    return Say((http(body=json.dumps({"tok": token, **fields}).encode()),))


@pytest.fixture
def with_password(server):
    return options_of(server, user="имя", password="п:роль")


async def test_a_ready_token_is_used_as_it_is(server):
    async with Client(options_of(server, access_token="ready")) as client:
        events, error = await collect(client)

    assert (text_of(events), error) == ("Hello", None)
    assert authorizations(server) == ["Bearer ready"]


async def test_a_ready_token_that_is_over_is_said_to_be_so(server):
    server.script = lambda _: failed(401, status=401, message="Token has expired")

    async with Client(options_of(server, access_token="ready")) as client:
        _, error = await collect(client)

    assert isinstance(error, TokenExpiredError)
    assert (error.detail, error.status) == ("Token has expired", 401)
    assert len(server.asked) == 1


async def test_a_token_that_cannot_be_sent_never_is(server):
    async with Client(options_of(server, access_token="two words")) as client:
        _, error = await collect(client)

    assert isinstance(error, TokenExpiredError)
    assert server.asked == []


async def test_user_and_password_are_exchanged_at_the_host_of_the_service(server, with_password):
    server.script = lambda asked: login() if asked.path == "/v1/token" else hello()

    async with Client(with_password) as client:
        first, _ = await collect(client)
        second, _ = await collect(client)

    assert text_of(first) == text_of(second) == "Hello"
    assert authorizations(server) == [f"Basic {PAIR}", "Bearer tok", "Bearer tok"]
    assert server.tokens == []
    assert server.asked[0].body == b""


@pytest.mark.parametrize("unit", [1, 1000], ids=["seconds", "milliseconds"])
@pytest.mark.parametrize(("names", "lifetime_s"), [(("tok", "exp"), 1800), (("access_token", "expires_at"), 1800)])
async def test_the_end_of_a_token_may_be_in_either_unit_and_name(server, with_password, unit, names, lifetime_s):
    body = json.dumps({names[0]: "tok", names[1]: int(time.time() + lifetime_s) * unit}).encode()
    server.script = lambda asked: Say((http(body=body),)) if asked.path == "/v1/token" else hello()

    async with Client(with_password) as client:
        await collect(client)
        await collect(client)

    assert authorizations(server) == [f"Basic {PAIR}", "Bearer tok", "Bearer tok"]


async def test_a_wrong_password_is_said_to_be_so(server, with_password):
    server.script = lambda _: failed(401, status=401, message="Unauthorized")

    async with Client(with_password) as client:
        _, error = await collect(client)

    assert isinstance(error, PasswordRejectedError)
    assert len(server.asked) == 1


async def test_a_token_of_the_password_that_stays_refused_is_the_passwords_fault(server, with_password):
    refused = failed(401, status=401, message="Unauthorized")
    server.script = lambda asked: login() if asked.path == "/v1/token" else refused

    async with Client(with_password) as client:
        _, error = await collect(client)

    assert isinstance(error, PasswordRejectedError)
    assert authorizations(server) == [f"Basic {PAIR}", "Bearer tok"] * 2


@pytest.mark.parametrize(
    ("say", "kind"),
    [
        (failed(404, status=404, message="Not Found"), RequestRejectedError),
        (Say((http(405, b"<html>", "text/html"),)), RequestRejectedError),
        (failed(500, status=500, message="x"), ServerFailedError),
        (Say((http(body=b"{}"),)), BrokenAnswerError),
        (Say((http(body=b"<html>", content_type="text/html"),)), BrokenAnswerError),
    ],
)
async def test_failures_of_the_exchange(server, with_password, say, kind):
    server.script = lambda _: say

    async with Client(with_password) as client:
        _, error = await collect(client)

    assert type(error) is kind


async def test_a_user_name_with_a_colon_is_not_sent(server):
    async with Client(options_of(server, user="a:b", password="c")) as client:
        _, error = await collect(client)

    assert isinstance(error, RequestRejectedError)
    assert server.asked == []


async def test_with_a_certificate_alone_nothing_is_said_about_who_asks(server):
    async with Client(options_of(server, cert_file="cert.pem")) as client:  # never read: the server speaks no TLS
        events, error = await collect(client)

    assert (text_of(events), error) == ("Hello", None)
    assert authorizations(server) == [None]


async def test_a_certificate_that_is_no_account_is_not_enough(server):
    server.script = lambda _: failed(401, status=401, message="Unauthorized")

    async with Client(options_of(server, cert_file="cert.pem")) as client:
        _, error = await collect(client)

    assert isinstance(error, CertificateError)
    assert (error.cause, error.host) == (CertificateCause.CLIENT_REQUIRED, "127.0.0.1")
    assert len(server.asked) == 1


async def test_a_key_that_stays_refused_is_the_keys_fault(server, client):
    server.script = lambda _: failed(401, status=401, message="Unauthorized")

    _, error = await collect(client)

    assert isinstance(error, KeyRejectedError)


async def test_without_anything_to_sign_in_with_nobody_is_asked(server, monkeypatch):
    for name in ("CREDENTIALS", "ACCESS_TOKEN", "USER", "PASSWORD", "CERT_FILE"):
        monkeypatch.delenv(f"GIGACHAT_{name}", raising=False)

    async with Client(options_of(server)) as client:
        _, error = await collect(client)

    assert isinstance(error, MissingAuthError)
    assert server.asked == []


async def test_the_ways_of_the_environment_are_used(server, monkeypatch):
    monkeypatch.setenv("GIGACHAT_ACCESS_TOKEN", "from-outside")

    async with Client(options_of(server)) as client:
        await collect(client)

    assert authorizations(server) == ["Bearer from-outside"]


async def test_the_owner_of_files_is_named(server):
    async with Client(options_of(server, access_token="t", client_id="somebody")) as client:
        await collect(client)

    assert server.asked[0].headers["x-client-id"] == "somebody"
