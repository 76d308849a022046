"""What a diagnosis says about accounts that work and accounts that do not."""

import asyncio
import datetime as dt
import json
import socket
import ssl
import time
from dataclasses import replace
from email.utils import formatdate

import pytest
import trustme
from hypothesis import given
from hypothesis import strategies as st

from gigadesk.errors import (
    CertificateCause,
    CertificateError,
    KeyRejectedError,
    MissingAuthError,
    ModelUnavailableError,
    NetworkCause,
    NetworkError,
    PasswordRejectedError,
    QuotaError,
    RequestRejectedError,
    ScopeError,
    ServerFailedError,
    TokenExpiredError,
)
from gigadesk.gigachat.certificates import read_chain
from gigadesk.gigachat.client import ClientOptions
from gigadesk.gigachat.diagnosis import Fact, Step, Verdict, diagnose
from tests.gigachat.proxy_support import http_proxy, socks_proxy
from tests.gigachat.raw_server import KEY, RawServer, Say, failed, grant, http

SKIPPED = Verdict.SKIPPED
DAY = dt.timedelta(days=1)


def says(value, *headers) -> Say:
    return Say((http(body=json.dumps(value).encode(), headers=headers),))


def good(asked):
    """A service where all is well; its clock is this machine's."""
    date = f"Date: {formatdate(time.time(), usegmt=True)}"
    if "authorization" not in asked.headers:
        return Say((http(401, b'{"status":401,"message":"Unauthorized"}', headers=[date]),))
    if asked.path.endswith("/balance"):
        return says({"balance": [{"usage": "GigaChat-2", "value": 900}]})
    return says({"data": [{"id": "GigaChat-2"}, {"id": "Embeddings", "type": "embedder"}]})


@pytest.fixture
def healthy(server):
    server.script = good
    return server


async def found(options, model=""):
    findings = [finding async for finding in diagnose(options, model=model)]
    assert [finding.step for finding in findings] == list(Step)
    return {finding.step: finding for finding in findings}


def verdicts(findings):
    return {step.value: finding.verdict.value for step, finding in findings.items()}


async def test_account_that_works_is_green(healthy):
    findings = await found(healthy.options, model="GigaChat-2")

    assert verdicts(findings) == {
        "clock": "ok",
        "dns": "ok",
        "proxy": "ok",
        "tls": "skipped",
        "token": "ok",
        "scope": "ok",
        "models": "ok",
        "balance": "ok",
    }
    assert findings[Step.DNS].facts[Fact.ADDRESSES] == "127.0.0.1"
    assert findings[Step.MODELS].facts == {
        Fact.COUNT: "1",
        Fact.MODELS: "GigaChat-2",
        Fact.MODEL: "GigaChat-2",
    }
    assert findings[Step.BALANCE].facts == {Fact.PACKAGES: "GigaChat-2: 900"}


async def test_no_fact_is_a_secret(healthy):
    options = replace(healthy.options, proxy="none")

    findings = await found(options)

    told = str(findings)
    assert KEY not in told
    assert "the-token" not in told


@pytest.mark.parametrize(
    ("ahead_s", "verdict"),
    [(0, Verdict.OK), (-3600, Verdict.WARNING), (3600, Verdict.WARNING), (-40 * 86400, Verdict.FAILED)],
)
async def test_clock_is_compared_with_the_servers(server, ahead_s, verdict):
    date = f"Date: {formatdate(time.time() - ahead_s, usegmt=True)}"
    server.script = lambda _: Say((http(401, b"{}", headers=[date]),))

    finding = (await found(server.options))[Step.CLOCK]

    assert finding.verdict is verdict
    assert abs(int(finding.facts[Fact.DIFFERENCE_S]) - ahead_s) < 10


async def test_server_without_a_clock_says_nothing_about_ours(server):
    assert (await found(server.options))[Step.CLOCK].verdict is SKIPPED


async def test_name_that_nobody_knows_is_told(healthy):
    options = replace(healthy.options, base_url="https://nowhere.invalid/v1", proxy="none")

    findings = await found(options)

    assert findings[Step.DNS].verdict is Verdict.FAILED
    assert findings[Step.DNS].error.cause is NetworkCause.DNS
    assert findings[Step.DNS].facts[Fact.HOST] == "nowhere.invalid"
    assert findings[Step.TOKEN].verdict is Verdict.OK  # the other host is reached
    assert findings[Step.MODELS].verdict is SKIPPED
    assert findings[Step.BALANCE].verdict is SKIPPED


async def test_port_where_nobody_listens_is_told():
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    address = f"http://127.0.0.1:{port}"

    findings = await found(ClientOptions(credentials=KEY, base_url=address + "/v1", auth_url=address + "/oauth"))

    assert findings[Step.TLS].error.cause is NetworkCause.REFUSED
    assert findings[Step.TOKEN].verdict is SKIPPED


async def test_address_that_is_none_is_told():
    findings = await found(ClientOptions(credentials=KEY, base_url="ftp://example.org"))

    assert isinstance(findings[Step.DNS].error, RequestRejectedError)
    assert verdicts(findings)["models"] == "skipped"


# TLS


@pytest.fixture
def authority():
    return trustme.CA(organization_name="Antivirus Ltd")


@pytest.fixture
async def serve():
    servers = []

    async def start(certificate, *, maximum=ssl.TLSVersion.TLSv1_3):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.maximum_version = maximum
        certificate.configure_cert(context)
        server = RawServer(good)
        servers.append(server)
        await server.start(context)
        return server

    yield start
    for server in servers:
        await server.stop()


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
async def test_who_intercepts_is_named_and_told_nothing(authority, serve, version):
    middle = authority.create_child_ca()
    server = await serve(middle.issue_cert("localhost"), maximum=version)

    findings = await found(server.options)

    finding = findings[Step.TLS]
    assert finding.verdict is Verdict.FAILED
    assert isinstance(finding.error, CertificateError)
    assert "code 20" in finding.facts[Fact.VERIFY]
    assert "Antivirus Ltd" in finding.facts[Fact.CHAIN]
    assert finding.facts[Fact.SUBJECT].startswith("Testing cert")
    assert finding.facts[Fact.AUTH_CHAIN] == finding.facts[Fact.CHAIN]
    assert server.asked == []  # not a byte over a connection that is not trusted
    assert findings[Step.TOKEN].verdict is SKIPPED


async def test_certificate_that_is_trusted_is_shown_too(authority, serve, tmp_path):
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    server = await serve(authority.issue_cert("localhost"))

    findings = await found(replace(server.options, ca_file=str(tmp_path / "ca.pem")))

    assert set(verdicts(findings).values()) == {"ok"}
    facts = findings[Step.TLS].facts
    assert "Antivirus Ltd" in facts[Fact.ISSUER]
    assert facts[Fact.VALID_FROM] == "2000-01-01"
    assert facts[Fact.VALID_UNTIL] == "3000-01-01"
    assert Fact.VERIFY not in facts


@pytest.mark.parametrize(
    ("days", "cause"),
    [((-20, -10), CertificateCause.EXPIRED), ((10, 20), CertificateCause.NOT_YET_VALID)],
)
async def test_certificate_of_another_time_makes_the_clock_suspect(authority, serve, tmp_path, days, cause):
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    now = dt.datetime.now(dt.UTC)
    begin, end = (now + day * DAY for day in days)
    server = await serve(authority.issue_cert("localhost", not_before=begin, not_after=end))

    findings = await found(replace(server.options, ca_file=str(tmp_path / "ca.pem")))

    assert findings[Step.TLS].error.cause is cause
    assert findings[Step.CLOCK].verdict is Verdict.WARNING
    assert findings[Step.CLOCK].error.cause is cause
    assert findings[Step.TLS].facts[Fact.VALID_UNTIL] == end.date().isoformat()


async def test_file_of_certificates_that_is_none_is_told(healthy, tmp_path):
    (tmp_path / "ca.pem").write_text("<html>")

    findings = await found(replace(healthy.options, ca_file=str(tmp_path / "ca.pem")))

    assert findings[Step.TLS].error.cause is CertificateCause.BAD_CA_FILE


@pytest.mark.parametrize(("scheme", "start"), [("http", http_proxy), ("socks5", socks_proxy)])
async def test_proxy_is_shown_without_its_password(authority, serve, tmp_path, scheme, start):
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    server = await serve(authority.issue_cert("localhost"))
    options = replace(server.options, ca_file=str(tmp_path / "ca.pem"))

    async with start("user", "word") as (address, _):
        findings = await found(replace(options, proxy=f"{scheme}://user:word@{address}"))

    assert findings[Step.PROXY].verdict is Verdict.OK
    assert findings[Step.PROXY].facts == {Fact.PROXY: f"{scheme}://{address}", Fact.PROXY_SOURCE: "settings"}
    assert findings[Step.DNS].verdict is SKIPPED  # the proxy looks names up
    assert findings[Step.BALANCE].verdict is Verdict.OK
    assert "Antivirus Ltd" in findings[Step.TLS].facts[Fact.ISSUER]
    assert "word" not in str(findings)


async def test_proxy_that_wants_a_password_is_told(authority, serve):
    server = await serve(authority.issue_cert("localhost"))

    async with http_proxy("user", "word") as (address, _):
        findings = await found(replace(server.options, proxy=f"http://{address}"))

    assert findings[Step.PROXY].error.cause is NetworkCause.PROXY_AUTH
    assert findings[Step.TLS].verdict is SKIPPED


# Who asks


async def test_key_of_another_scope_gets_the_right_one_named(healthy):
    def oauth(asked):
        if asked.method == "GET":
            return Say((http(405, b"{}"),))
        if b"B2B" in asked.body:
            return grant()
        return failed(400, code=7, message="scope from db not fully includes consumed scope")

    healthy.oauth = oauth

    findings = await found(healthy.options)

    assert isinstance(findings[Step.SCOPE].error, ScopeError)
    assert findings[Step.SCOPE].facts == {Fact.SCOPE: "GIGACHAT_API_PERS", Fact.RIGHT_SCOPE: "GIGACHAT_API_B2B"}
    assert findings[Step.MODELS].verdict is SKIPPED


async def test_key_that_no_scope_takes_is_told(healthy):
    healthy.oauth = lambda _: failed(400, code=7, message="scope from db not fully includes consumed scope")

    findings = await found(healthy.options)

    assert findings[Step.SCOPE].facts == {Fact.SCOPE: "GIGACHAT_API_PERS"}
    assert findings[Step.SCOPE].verdict is Verdict.FAILED


async def test_wrong_key_is_told(healthy):
    healthy.oauth = lambda _: failed(401, code=6, message="credentials doesn't match db data")

    findings = await found(healthy.options)

    assert isinstance(findings[Step.TOKEN].error, KeyRejectedError)
    assert findings[Step.SCOPE].verdict is SKIPPED


async def test_no_key_is_told(healthy):
    findings = await found(replace(healthy.options, credentials=""))

    assert isinstance(findings[Step.TOKEN].error, MissingAuthError)
    assert findings[Step.TOKEN].facts == {Fact.SIGN_IN: "none"}


async def test_ready_token_is_tried(healthy):
    findings = await found(ClientOptions(access_token="ready", base_url=healthy.options.base_url))

    assert verdicts(findings)["token"] == "ok"
    assert findings[Step.SCOPE].verdict is SKIPPED
    assert healthy.tokens == []  # nothing is asked of the other host
    assert Fact.AUTH_HOST not in findings[Step.DNS].facts


async def test_ready_token_that_is_over_is_told(server):
    server.script = lambda _: failed(401, status=401, message="Token has expired")

    findings = await found(ClientOptions(access_token="ready", base_url=server.options.base_url))

    assert isinstance(findings[Step.TOKEN].error, TokenExpiredError)
    assert findings[Step.MODELS].verdict is SKIPPED


async def test_wrong_password_is_told(server):
    server.script = lambda _: failed(401, status=401, message="Unauthorized")

    findings = await found(ClientOptions(user="u", password="p", base_url=server.options.base_url))

    assert isinstance(findings[Step.TOKEN].error, PasswordRejectedError)
    assert findings[Step.TOKEN].facts == {Fact.SIGN_IN: "password"}


async def test_client_certificate_is_tried(authority, tmp_path):
    certificate = authority.issue_cert("user@example.org")
    certificate.private_key_and_cert_chain_pem.write_to_path(str(tmp_path / "me.pem"))
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.verify_mode = ssl.CERT_REQUIRED
    authority.configure_trust(context)
    authority.issue_cert("localhost").configure_cert(context)
    server = RawServer(lambda asked: good(replace(asked, headers={**asked.headers, "authorization": "certificate"})))
    await server.start(context)
    options = ClientOptions(base_url=server.base_url + "/v1", ca_file=str(tmp_path / "ca.pem"))

    with_it = await found(replace(options, cert_file=str(tmp_path / "me.pem")))
    await server.stop()

    assert verdicts(with_it)["token"] == "ok"
    assert verdicts(with_it)["models"] == "ok"
    assert with_it[Step.TOKEN].facts == {Fact.SIGN_IN: "certificate"}


async def test_chosen_model_that_is_not_there_is_told(healthy):
    finding = (await found(healthy.options, model="GigaChat-9"))[Step.MODELS]

    assert finding.verdict is Verdict.WARNING
    assert isinstance(finding.error, ModelUnavailableError)


def but(path, answer):
    return lambda asked: answer if asked.path.endswith(path) and "authorization" in asked.headers else good(asked)


async def test_who_pays_as_he_goes_has_no_balance(healthy):
    healthy.script = but("/balance", failed(403, status=403, message="Permission denied"))

    finding = (await found(healthy.options))[Step.BALANCE]

    assert finding.verdict is Verdict.OK
    assert finding.facts == {Fact.PAY_AS_YOU_GO: "true"}


async def test_packages_that_are_used_up_are_told(healthy):
    healthy.script = but("/balance", says({"balance": [{"usage": "GigaChat-2", "value": 0}]}))

    finding = (await found(healthy.options))[Step.BALANCE]

    assert finding.verdict is Verdict.WARNING
    assert isinstance(finding.error, QuotaError)


async def test_broken_service_is_told(healthy):
    healthy.script = but("/models", failed(500, status=500, message="Internal Server Error"))

    findings = await found(healthy.options)

    assert isinstance(findings[Step.MODELS].error, ServerFailedError)
    assert findings[Step.BALANCE].verdict is Verdict.OK


async def test_silent_service_is_waited_for_no_longer_than_said(server, monkeypatch):
    monkeypatch.setattr("gigadesk.gigachat.diagnosis.STEP_MAX_S", 1.0)
    server.script = lambda _: Say((None,))

    findings = await found(ClientOptions(access_token="ready", base_url=server.options.base_url))

    assert isinstance(findings[Step.TLS].error, NetworkError)
    assert findings[Step.TLS].error.cause is NetworkCause.TIMEOUT


# Certificates


@given(st.binary(max_size=300), st.booleans())
def test_any_message_is_borne(message, is_tls13):
    read_chain(message, is_tls13=is_tls13)


def test_any_byte_of_a_certificate_may_be_wrong(authority):
    der = ssl.PEM_cert_to_DER_cert(authority.cert_pem.bytes().decode())
    message = bytes(4) + bytes(3) + len(der).to_bytes(3) + der

    (whole,) = read_chain(message, is_tls13=False)
    for place in range(len(message)):
        read_chain(message[:place] + bytes([message[place] ^ 0xFF]) + message[place + 1 :], is_tls13=False)
        read_chain(message[:place], is_tls13=False)

    assert "Antivirus Ltd" in whole.subject


def test_endless_chain_is_cut_off(authority):
    der = ssl.PEM_cert_to_DER_cert(authority.cert_pem.bytes().decode())
    entry = len(der).to_bytes(3) + der + bytes(2)

    assert len(read_chain(bytes(4) + bytes(1) + bytes(3) + entry * 100, is_tls13=True)) == 10


async def test_name_server_that_is_silent_is_waited_for_no_longer_than_said(healthy, monkeypatch):
    async def silent(*_):
        await asyncio.Event().wait()

    monkeypatch.setattr("gigadesk.gigachat.probe.LOOK_UP_MAX_S", 0.05)
    monkeypatch.setattr("gigadesk.gigachat.resolver.DaemonResolver.resolve", silent)

    findings = await found(healthy.options)

    assert findings[Step.DNS].error.cause is NetworkCause.DNS


@pytest.mark.parametrize("scheme", ["http", "socks5"])
async def test_proxy_whose_name_nobody_knows_is_told(healthy, scheme):
    options = replace(healthy.options, base_url="https://localhost:1/v1", auth_url="https://localhost:1/oauth")

    findings = await found(replace(options, proxy=f"{scheme}://user:word@proxy.invalid:3128"))

    assert findings[Step.PROXY].error.cause is NetworkCause.PROXY
    assert findings[Step.TOKEN].verdict is SKIPPED
    assert "word" not in str(findings)


async def test_proxy_of_one_host_only_is_told_for_each(healthy, monkeypatch):
    # The system's proxy does not serve this machine itself, which is where the tokens come from here.
    monkeypatch.setenv("https_proxy", "http://user:word@proxy.invalid:3128")

    findings = await found(replace(healthy.options, base_url="https://service.invalid/v1"))

    assert findings[Step.PROXY].verdict is Verdict.FAILED
    assert findings[Step.PROXY].facts == {
        Fact.PROXY: "http://proxy.invalid:3128",
        Fact.AUTH_PROXY: "",
        Fact.PROXY_SOURCE: "system",
    }
    assert findings[Step.DNS].verdict is Verdict.OK
    assert findings[Step.TOKEN].verdict is Verdict.OK
    assert "word" not in str(findings)


async def test_broken_balance_is_told(healthy):
    healthy.script = but("/balance", failed(500, status=500, message="Internal Server Error"))

    finding = (await found(healthy.options))[Step.BALANCE]

    assert finding.verdict is Verdict.FAILED
    assert isinstance(finding.error, ServerFailedError)
