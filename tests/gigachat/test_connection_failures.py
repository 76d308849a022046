import errno
import socket
import ssl

import aiohttp
import pytest
from aiohttp.client_reqrep import ConnectionKey
from aiohttp.http_exceptions import BadHttpMessage, LineTooLong
from aiohttp_socks import ProxyConnectionError, ProxyError, ProxyTimeoutError
from multidict import CIMultiDict, CIMultiDictProxy
from yarl import URL

from gigadesk.errors import BrokenAnswerError, CertificateCause, CertificateError, NetworkCause, NetworkError
from gigadesk.gigachat.connection_failures import FOREIGN_ERRORS, from_exception

KEY = ConnectionKey("h.example", 443, True, True, URL("http://user:canary@p"), None, None)
REQUEST_INFO = aiohttp.RequestInfo(
    URL("https://h.example"),
    "POST",
    CIMultiDictProxy(CIMultiDict(Authorization="Bearer canary")),
    URL("https://h.example"),
)


def ssl_error(reason):
    error = ssl.SSLError(1, f"[SSL: {reason}] x (_ssl.c:1)")
    error.reason = reason
    return error


def verification(code, message="x"):
    error = ssl.SSLCertVerificationError(1, "certificate verify failed")
    error.verify_code, error.verify_message = code, message
    return error


NETWORK = [
    (aiohttp.ClientConnectorDNSError(KEY, OSError(-2, "Name or service not known")), NetworkCause.DNS),
    (socket.gaierror(-2, "Name or service not known"), NetworkCause.DNS),
    (aiohttp.ClientConnectorError(KEY, ConnectionRefusedError(errno.ECONNREFUSED, "refused")), NetworkCause.REFUSED),
    (
        aiohttp.ClientConnectorError(KEY, OSError("Multiple exceptions: [Errno 111] x, [Errno 101] y")),
        NetworkCause.REFUSED,
    ),
    (aiohttp.ClientConnectorError(KEY, OSError(errno.ENETUNREACH, "Network is unreachable")), NetworkCause.UNKNOWN),
    (aiohttp.ClientConnectorError(KEY, OSError(errno.ETIMEDOUT, "Connection timed out")), NetworkCause.TIMEOUT),
    (aiohttp.ClientConnectorError(KEY, OSError(None, None)), NetworkCause.UNKNOWN),
    (aiohttp.ConnectionTimeoutError("Connection timeout to host"), NetworkCause.TIMEOUT),
    (aiohttp.SocketTimeoutError("Timeout on reading data"), NetworkCause.TIMEOUT),
    (TimeoutError(), NetworkCause.TIMEOUT),
    (aiohttp.ServerDisconnectedError(), NetworkCause.RESET),
    (aiohttp.ClientOSError(errno.ECONNRESET, "Connection reset by peer"), NetworkCause.RESET),
    (ConnectionResetError(errno.ECONNRESET, "Connection reset by peer"), NetworkCause.RESET),
    (BrokenPipeError(errno.EPIPE, "Broken pipe"), NetworkCause.RESET),
    (aiohttp.ClientConnectorSSLError(KEY, ssl_error("WRONG_VERSION_NUMBER")), NetworkCause.NOT_TLS),
    (aiohttp.ClientConnectorSSLError(KEY, ssl_error("TLSV1_ALERT_PROTOCOL_VERSION")), NetworkCause.UNKNOWN),
    (aiohttp.ClientProxyConnectionError(KEY, OSError(errno.ECONNREFUSED, "refused")), NetworkCause.PROXY),
    (aiohttp.ClientHttpProxyError(REQUEST_INFO, (), status=407, message="x"), NetworkCause.PROXY_AUTH),
    (aiohttp.ClientHttpProxyError(REQUEST_INFO, (), status=502, message="x"), NetworkCause.PROXY),
    (ProxyConnectionError("refused"), NetworkCause.PROXY),
    (ProxyTimeoutError("x"), NetworkCause.PROXY),
    (ProxyError("Connection refused"), NetworkCause.PROXY),
    (ProxyError("Username and password authentication failure"), NetworkCause.PROXY_AUTH),
    (aiohttp.ClientPayloadError("x"), NetworkCause.UNKNOWN),
]


@pytest.mark.parametrize(("error", "cause"), NETWORK, ids=lambda value: type(value).__name__)
def test_what_keeps_an_answer_away(error, cause):
    result = from_exception(error, "h.example")

    assert isinstance(error, FOREIGN_ERRORS)
    assert isinstance(result, NetworkError)
    assert (result.cause, result.host) == (cause, "h.example")
    assert "canary" not in f"{result}{result!r}{vars(result)}"


@pytest.mark.parametrize(
    ("code", "cause"),
    [
        (9, CertificateCause.NOT_YET_VALID),
        (10, CertificateCause.EXPIRED),
        (18, CertificateCause.INTERCEPTED),
        (19, CertificateCause.INTERCEPTED),
        (20, CertificateCause.INCOMPLETE_CHAIN),
        (21, CertificateCause.INCOMPLETE_CHAIN),
        (62, CertificateCause.WRONG_HOST),
        (64, CertificateCause.WRONG_HOST),
        (7, CertificateCause.UNKNOWN),
    ],
)
def test_why_a_certificate_is_not_trusted(code, cause):
    for error in (verification(code), aiohttp.ClientConnectorCertificateError(KEY, verification(code))):
        result = from_exception(error, "h.example")

        assert isinstance(result, CertificateError)
        assert (result.cause, result.host, result.detail) == (cause, "h.example", f"x (code {code})")


def test_a_certificate_that_fails_without_words():
    assert from_exception(verification(0, ""), "h").detail == "SSLCertVerificationError"


@pytest.mark.parametrize(
    "error",
    [
        aiohttp.ClientResponseError(REQUEST_INFO, (), status=400, message="canary"),
        BadHttpMessage("canary"),
        LineTooLong(b"canary", 8190),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_is_not_http(error):
    result = from_exception(error, "h.example")

    assert isinstance(error, FOREIGN_ERRORS)
    assert isinstance(result, BrokenAnswerError)
    assert "canary" not in f"{result}{result!r}"
