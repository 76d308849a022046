"""Client certificates, against servers that insist on one."""

import socket
import ssl
import threading
from contextlib import contextmanager, suppress

import pytest
import trustme
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)

from gigadesk.errors import CertificateCause, CertificateError
from gigadesk.gigachat.client import Client, ClientOptions
from gigadesk.gigachat.tls import ClientCertificate, ssl_context
from tests.gigachat.client_support import collect, text_of
from tests.gigachat.raw_server import KEY, RawServer, Say, grant, http

PASSWORD = "пароль"
NO_PEM = "the file of the certificate is no PEM text; a .p12, .pfx or .der file must be converted first"


@pytest.fixture(scope="module")
def authority():
    return trustme.CA()


@pytest.fixture(scope="module")
def files(authority, tmp_path_factory):
    """A client certificate in every form that it may have, by name."""
    folder = tmp_path_factory.mktemp("certificates")
    client, other = authority.issue_cert("client@example.org"), authority.issue_cert("other@example.org")
    certificate = b"".join(blob.bytes() for blob in client.cert_chain_pems)
    key = client.private_key_pem.bytes()
    locked = load_pem_private_key(key, None).private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(PASSWORD.encode())
    )
    contents = {
        "ca": authority.cert_pem.bytes(),
        "both": key + certificate,
        "certificate": certificate,
        "key": key,
        "locked key": locked,
        "other key": other.private_key_pem.bytes(),
        "der": ssl.PEM_cert_to_DER_cert(client.cert_chain_pems[0].bytes().decode()),
        "empty": b"",
        "stranger": trustme.CA().issue_cert("client@example.org").private_key_and_cert_chain_pem.bytes(),
    }
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    return {name: str(folder / name) for name in (*contents, "nowhere")}


def insisting(authority, *, trusts=None, is_optional=False):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    context.verify_mode = ssl.CERT_OPTIONAL if is_optional else ssl.CERT_REQUIRED
    (trusts or authority).configure_trust(context)
    return context


@pytest.fixture
async def host(authority):
    """A service that talks only to those who show a certificate."""
    server = RawServer()
    await server.start(insisting(authority))
    yield server
    await server.stop()


def options_of(server, files, **fields):
    return ClientOptions(
        base_url=server.base_url + "/v1",
        auth_url=server.base_url + "/oauth",
        ca_file=files["ca"],
        proxy="none",
        max_retries=0,
        **fields,
    )


@pytest.mark.parametrize(
    ("certificate", "key", "password"),
    [("both", "", ""), ("certificate", "key", ""), ("certificate", "locked key", PASSWORD), ("both", "", "unneeded")],
)
async def test_a_certificate_is_all_that_is_needed(host, files, certificate, key, password):
    options = options_of(
        host, files, cert_file=files[certificate], key_file=files.get(key, ""), key_file_password=password
    )

    async with Client(options) as client:
        events, error = await collect(client)

    assert (text_of(events), error) == ("Hello", None)
    assert [asked.headers.get("authorization") for asked in host.asked] == [None]


async def test_a_key_and_a_certificate_go_together_and_the_authorization_host_sees_only_the_key(host, files, authority):
    # A certificate that it does not know would end the connection to this one.
    oauth = RawServer(oauth=lambda _: grant())
    await oauth.start(insisting(authority, trusts=trustme.CA(), is_optional=True))
    options = ClientOptions(
        credentials=KEY,
        base_url=host.base_url + "/v1",
        auth_url=oauth.base_url + "/oauth",
        ca_file=files["ca"],
        cert_file=files["both"],
        proxy="none",
        max_retries=0,
    )

    async with Client(options) as client:
        events, error = await collect(client)
    await oauth.stop()

    assert (text_of(events), error) == ("Hello", None)
    assert host.asked[0].headers["authorization"] == "Bearer the-token"
    assert "authorization" in oauth.asked[0].headers


@pytest.mark.parametrize(
    ("certificate", "key", "password", "words"),
    [
        ("nowhere", "", "", "the file of the certificate does not exist"),
        ("certificate", "nowhere", "", "the file of the key does not exist"),
        ("certificate", "", "", "there is no private key in the file"),
        ("certificate", "empty", "", "there is no private key in the file"),
        ("certificate", "locked key", "", "the key needs a password"),
        ("certificate", "locked key", "wrong", "the password of the key is wrong"),
        ("certificate", "locked key", "x" * 5000, "the password of the key is too long"),
        ("certificate", "other key", "", "the key does not belong to the certificate"),
        (
            "der",
            "key",
            "",
            "the file of the certificate is no PEM text; a .p12, .pfx or .der file must be converted first",
        ),
        (
            "empty",
            "",
            "",
            "the file of the certificate is no PEM text; a .p12, .pfx or .der file must be converted first",
        ),
    ],
)
def test_what_is_wrong_with_a_file_is_said(files, certificate, key, password, words):
    with pytest.raises(CertificateError) as caught:
        ssl_context(certificate=ClientCertificate(files[certificate], files.get(key, ""), password))

    assert (caught.value.detail, caught.value.cause) == (words, CertificateCause.BAD_CLIENT_FILE)


async def test_a_wrong_file_fails_the_request(host, files):
    async with Client(options_of(host, files, cert_file=files["nowhere"])) as client:
        _, error = await collect(client)

    assert isinstance(error, CertificateError)
    assert error.cause is CertificateCause.BAD_CLIENT_FILE
    assert host.asked == []


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3], ids=lambda version: version.name)
@pytest.mark.parametrize("certificate", ["", "stranger"])
async def test_a_server_that_wants_another_certificate(authority, files, version, certificate):
    context = insisting(authority)
    context.maximum_version = version
    with polite_server(context) as url:
        fields = {"cert_file": files[certificate]} if certificate else {"access_token": "t"}
        options = ClientOptions(base_url=url + "/v1", ca_file=files["ca"], proxy="none", max_retries=0, **fields)
        async with Client(options) as client:
            _, error = await collect(client)

    assert isinstance(error, CertificateError)
    assert (error.cause, error.host) == (CertificateCause.CLIENT_REQUIRED, "localhost")


async def test_a_gateway_that_says_so_on_a_page(server, client):
    page = b"<html><title>400 No required SSL certificate was sent</title></html>"
    server.script = lambda _: Say((http(400, page, "text/html"),))

    _, error = await collect(client)

    assert isinstance(error, CertificateError)
    assert error.cause is CertificateCause.CLIENT_REQUIRED


@contextmanager
def polite_server(context):
    """Refuses in TLS, and waits until the client has read why, as OpenSSL's own server does."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve():
        plain, _ = listener.accept()
        with context.wrap_socket(plain, server_side=True, do_handshake_on_connect=False) as connection:
            connection.settimeout(5)
            with suppress(ssl.SSLError):
                connection.do_handshake()
            socket.socket.shutdown(connection, socket.SHUT_WR)
            with suppress(OSError):
                while socket.socket.recv(connection, 4096):
                    pass

    thread = threading.Thread(target=serve)
    thread.start()
    yield f"https://localhost:{listener.getsockname()[1]}"
    thread.join(5)
    listener.close()
