"""Which certificates are trusted, and what is said of those that are not."""

import asyncio
import base64
import datetime as dt
import pathlib
import ssl
from contextlib import suppress

import pytest
import trustme

from gigadesk.errors import CertificateCause, CertificateError, NetworkCause, NetworkError
from gigadesk.gigachat import tls
from gigadesk.gigachat.client import Client, ClientOptions
from gigadesk.gigachat.tls import checked_root, public_ssl_context, root_expires_at, ssl_context
from gigadesk.gigachat.transport import Timeouts
from gigadesk.resources import resource_bytes
from tests.gigachat.client_support import REQUEST, collect, text_of
from tests.gigachat.raw_server import KEY, RawServer, Say, delta, piece, stream_head

NOW = dt.datetime.now(dt.UTC)
DAY = dt.timedelta(days=1)


@pytest.fixture(scope="module")
def authority():
    return trustme.CA()


@pytest.fixture
def ca_file(authority, tmp_path):
    path = tmp_path / "root.pem"
    authority.cert_pem.write_to_path(str(path))
    return str(path)


def server_context(certificate):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context


@pytest.fixture
async def serve():
    """Start a server that shows this certificate; gives the options to reach it."""
    servers = []

    async def start(certificate, ca_file=""):
        server = RawServer()
        servers.append(server)
        await server.start(server_context(certificate))
        options = server.options
        return ClientOptions(
            credentials=KEY, base_url=options.base_url, auth_url=options.auth_url, ca_file=ca_file, proxy="none"
        )

    yield start
    for server in servers:
        await server.stop()


async def failure(options):
    async with Client(options) as client:
        error = (await collect(client))[1]
    assert isinstance(error, CertificateError)
    return error


async def test_a_certificate_of_the_users_authority_is_trusted(authority, ca_file, serve):
    async with Client(await serve(authority.issue_cert("localhost"), ca_file)) as client:
        events, error = await collect(client)

    assert (text_of(events), error) == ("Hello", None)


async def test_the_authority_may_come_from_the_environment(authority, ca_file, serve, monkeypatch):
    monkeypatch.setenv("GIGACHAT_CA_BUNDLE_FILE", ca_file)

    async with Client(await serve(authority.issue_cert("localhost"))) as client:
        assert text_of((await collect(client))[0]) == "Hello"


async def test_a_stop_over_tls_frees_the_lane_at_once(authority, ca_file, serve):
    server = RawServer(script=lambda _: Say((stream_head() + piece(delta("Hel")), None)))
    await server.start(server_context(authority.issue_cert("localhost")))
    options = ClientOptions(
        credentials=KEY, base_url=server.options.base_url, auth_url=server.options.auth_url, ca_file=ca_file
    )
    async with Client(options) as client:
        events = client.reply(REQUEST)
        await anext(events)
        await events.aclose()
        async with asyncio.timeout(5):
            await server.gone.wait()
    await server.stop()


async def test_another_authority_is_not_trusted(ca_file, serve):
    error = await failure(await serve(trustme.CA().issue_cert("localhost"), ca_file))

    assert error.cause in {CertificateCause.INCOMPLETE_CHAIN, CertificateCause.INTERCEPTED}
    assert error.host == "localhost"


async def test_an_expired_certificate(authority, ca_file, serve):
    certificate = authority.issue_cert("localhost", not_before=NOW - 2 * DAY, not_after=NOW - DAY)

    assert (await failure(await serve(certificate, ca_file))).cause is CertificateCause.EXPIRED


async def test_a_certificate_of_tomorrow(authority, ca_file, serve):
    certificate = authority.issue_cert("localhost", not_before=NOW + DAY, not_after=NOW + 2 * DAY)

    assert (await failure(await serve(certificate, ca_file))).cause is CertificateCause.NOT_YET_VALID


async def test_a_certificate_for_another_host(authority, ca_file, serve):
    error = await failure(await serve(authority.issue_cert("elsewhere.example"), ca_file))

    assert error.cause is CertificateCause.WRONG_HOST


async def test_a_self_signed_root_in_the_chain_is_an_interception(serve, tmp_path):
    authority = trustme.CA()
    chain = tmp_path / "chain.pem"
    leaf = authority.issue_cert("localhost")
    chain.write_bytes(leaf.private_key_and_cert_chain_pem.bytes() + authority.cert_pem.bytes())
    leaf.configure_cert = lambda context: context.load_cert_chain(chain)

    assert (await failure(await serve(leaf))).cause is CertificateCause.INTERCEPTED


async def test_a_port_that_does_not_speak_tls():
    async def plain(reader, writer):
        await reader.read(10)
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        writer.close()

    talker = await asyncio.start_server(plain, "127.0.0.1", 0)
    address = f"https://127.0.0.1:{talker.sockets[0].getsockname()[1]}"
    options = ClientOptions(credentials=KEY, base_url=address, auth_url=address)
    async with Client(options, timeouts=Timeouts(connect_s=5)) as client:
        error = (await collect(client))[1]

    assert isinstance(error, NetworkError)
    assert error.cause is NetworkCause.NOT_TLS
    talker.close()


def test_the_bundled_root_is_the_one_that_is_known():
    der = checked_root(resource_bytes(tls.ROOT_NAME))

    context = ssl_context()

    assert der in context.get_ca_certs(binary_form=True)


@pytest.mark.parametrize("pem", [b"", b"nonsense", b"\xff", None], ids=["missing", "text", "binary", "another root"])
def test_another_root_is_refused(pem, authority):
    with pytest.raises(CertificateError) as caught:
        checked_root(authority.cert_pem.bytes() if pem is None else pem)

    assert caught.value.cause is CertificateCause.BAD_CA_FILE


def test_a_missing_root_is_told():
    with pytest.raises(CertificateError) as caught:
        tls.bundled("certs/none.pem")

    assert caught.value.cause is CertificateCause.BAD_CA_FILE


def test_the_context_is_strict():
    context = ssl_context()

    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname
    assert context.minimum_version is ssl.TLSVersion.TLSv1_2
    assert context.verify_flags & ssl.VerifyFlags.VERIFY_X509_STRICT
    assert len(context.get_ca_certs()) > 50  # the public roots


def test_the_environment_has_no_say(monkeypatch, tmp_path):
    tls._context.cache_clear()
    monkeypatch.setenv("SSLKEYLOGFILE", str(tmp_path / "keys"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "none"))

    context = ssl_context()

    assert context.keylog_filename is None
    assert len(context.get_ca_certs()) > 50
    tls._context.cache_clear()


def shake_hands(context, certificate):
    """The TLS handshake of this client with a server that shows this certificate, without a network."""
    to_client, to_server = ssl.MemoryBIO(), ssl.MemoryBIO()
    client = context.wrap_bio(to_client, to_server, server_hostname="localhost")
    server = server_context(certificate).wrap_bio(to_server, to_client, server_side=True)
    for side in (client, server, client):
        with suppress(ssl.SSLWantReadError):
            side.do_handshake()
    client.do_handshake()


def test_other_hosts_are_not_vouched_for_by_the_roots_of_gigachat(authority, ca_file):
    certificate = authority.issue_cert("localhost")
    shake_hands(ssl_context(ca_file), certificate)

    with pytest.raises(ssl.SSLCertVerificationError):
        shake_hands(public_ssl_context(), certificate)

    context = public_ssl_context()
    assert checked_root(resource_bytes(tls.ROOT_NAME)) not in context.get_ca_certs(binary_form=True)
    assert len(context.get_ca_certs()) > 50
    assert context.verify_flags & ssl.VerifyFlags.VERIFY_X509_STRICT


def test_the_end_of_the_bundled_root_is_known():
    end = dt.datetime.fromtimestamp(root_expires_at(), dt.UTC)

    assert end == dt.datetime(2032, 2, 27, 21, 4, 15, tzinfo=dt.UTC)
    assert 365 * DAY.total_seconds() == tls.ROOT_WARNING_S


def test_the_same_files_give_the_same_context(ca_file):
    assert ssl_context() is ssl_context()
    assert ssl_context(ca_file) is ssl_context(ca_file)
    assert ssl_context(ca_file) is not ssl_context()


def _der(authority):
    return ssl.PEM_cert_to_DER_cert(authority.cert_pem.bytes().decode())


@pytest.mark.parametrize(
    "dress",
    [
        lambda authority: authority.cert_pem.bytes(),
        _der,
        lambda authority: base64.encodebytes(_der(authority)),
        lambda authority: base64.b64encode(authority.cert_pem.bytes()),
        lambda authority: "# Корень компании\n".encode() + authority.cert_pem.bytes(),
        lambda authority: authority.cert_pem.bytes() + trustme.CA().cert_pem.bytes(),
        lambda authority: authority.cert_pem.bytes().replace(b"\n", b"\r\n"),
    ],
    ids=["PEM", "DER", "base64 of DER", "base64 of PEM", "words before", "two", "CRLF"],
)
def test_every_dress_of_a_certificate_is_read(authority, tmp_path, dress):
    path = tmp_path / "ca"
    path.write_bytes(dress(authority))

    assert _der(authority) in ssl_context(str(path)).get_ca_certs(binary_form=True)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "does not exist"),
        (b" \n", "empty"),
        (b"<html></html>", "web page"),
        (b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "private key"),
        (b"nonsense", "neither"),
        (b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "neither"),
        (b"-----BEGIN CERTIFICATE-----\n", "neither"),
        (b"\x30\x82\x00\x01", "neither"),
        (b"x" * (4 * 2**20 + 1), "too big"),
    ],
)
def test_a_file_that_is_no_certificate_is_explained(tmp_path, content, words):
    path = tmp_path / "ca"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(CertificateError) as caught:
        ssl_context(str(path))

    assert caught.value.cause is CertificateCause.BAD_CA_FILE
    assert words in caught.value.detail


def test_a_file_that_cannot_be_read(monkeypatch, tmp_path):
    path = tmp_path / "ca"
    path.write_bytes(b"x")

    def refuse(_path):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(pathlib.Path, "read_bytes", refuse)  # the tests may run as root, who may read everything

    with pytest.raises(CertificateError, match="Permission denied"):
        ssl_context(str(path))


def test_a_folder_is_no_certificate(tmp_path):
    with pytest.raises(CertificateError):
        ssl_context(str(tmp_path))


async def test_a_bad_file_is_told_when_it_is_needed(tmp_path):
    options = ClientOptions(credentials=KEY, ca_file=str(tmp_path / "none"), proxy="none")

    assert (await failure(options)).cause is CertificateCause.BAD_CA_FILE
