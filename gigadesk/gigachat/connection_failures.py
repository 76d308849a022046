"""Turns what aiohttp, TLS and the operating system raise into errors of ours.

The foreign exceptions are not kept as causes: their `repr` holds request headers and proxy passwords.
"""

import errno
import re
import socket
import ssl

import aiohttp
from aiohttp.http_exceptions import HttpProcessingError
from aiohttp_socks import ProxyConnectionError, ProxyError, ProxyTimeoutError

from gigadesk.errors import (
    BrokenAnswerCause,
    BrokenAnswerError,
    CertificateCause,
    CertificateError,
    NetworkCause,
    NetworkError,
    ServiceError,
)
from gigadesk.gigachat.failures import detail_of

FOREIGN_ERRORS = (
    aiohttp.ClientError,
    HttpProcessingError,
    OSError,
    ProxyConnectionError,
    ProxyError,
    ProxyTimeoutError,
)
"""Everything that a request may raise; `TimeoutError` and `ssl.SSLError` are `OSError`s."""

READ_ERRORS = (*FOREIGN_ERRORS, RuntimeError)
"""Everything that reading a body may raise: a read that begins after the connection was closed is a `RuntimeError`."""

_CAUSE_BY_VERIFY_CODE = {
    9: CertificateCause.NOT_YET_VALID,
    10: CertificateCause.EXPIRED,
    18: CertificateCause.INTERCEPTED,
    19: CertificateCause.INTERCEPTED,
    20: CertificateCause.INCOMPLETE_CHAIN,
    21: CertificateCause.INCOMPLETE_CHAIN,
    62: CertificateCause.WRONG_HOST,
    64: CertificateCause.WRONG_HOST,
}

_NOT_TLS_REASONS = {
    "WRONG_VERSION_NUMBER",
    "RECORD_LAYER_FAILURE",
    "HTTP_REQUEST",
    "UNKNOWN_PROTOCOL",
    "PACKET_LENGTH_TOO_LONG",
}

_CLIENT_ALERTS = {
    "TLSV13_ALERT_CERTIFICATE_REQUIRED",
    "SSLV3_ALERT_HANDSHAKE_FAILURE",  # how TLS 1.2 says the same
    "SSLV3_ALERT_BAD_CERTIFICATE",
    "SSLV3_ALERT_CERTIFICATE_EXPIRED",
    "SSLV3_ALERT_CERTIFICATE_REVOKED",
    "SSLV3_ALERT_CERTIFICATE_UNKNOWN",
    "SSLV3_ALERT_UNSUPPORTED_CERTIFICATE",
    "TLSV1_ALERT_ACCESS_DENIED",
    "TLSV1_ALERT_UNKNOWN_CA",
}
"""What a server says when it wants a client certificate and was shown none, or one that it does not take."""

_SSL_REASON = re.compile(r"\[SSL: (\w+)\]")

_REFUSED = {errno.ECONNREFUSED, getattr(errno, "WSAECONNREFUSED", errno.ECONNREFUSED)}
_RESET = {errno.ECONNRESET, errno.EPIPE, errno.ECONNABORTED}
_ERRNO = re.compile(r"\[(?:Errno|WinError) (\d+)\]")


def from_exception(error: BaseException, host: str) -> ServiceError:
    """The error that one of `FOREIGN_ERRORS` stands for, when it came before the answer did."""
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        return _from_certificate(error.certificate_error, host)
    if isinstance(error, ssl.SSLCertVerificationError):
        return _from_certificate(error, host)
    if isinstance(error, aiohttp.ClientHttpProxyError):
        cause = NetworkCause.PROXY_AUTH if error.status == 407 else NetworkCause.PROXY
        return NetworkError(f"the proxy answered HTTP {error.status}", cause=cause, host=host)
    if isinstance(error, aiohttp.ClientResponseError | HttpProcessingError):
        return BrokenAnswerError("the answer is not HTTP", cause=BrokenAnswerCause.MALFORMED)
    if (alert := _ssl_reason(error)) in _CLIENT_ALERTS:
        return CertificateError(f"TLS: {alert}", cause=CertificateCause.CLIENT_REQUIRED, host=host)
    return NetworkError(_words(error), cause=_cause(error), host=host)


def _ssl_reason(error: BaseException) -> str:
    """OpenSSL's name of what went wrong. After the handshake it comes within other errors, as text only."""
    inner = error.os_error if isinstance(error, aiohttp.ClientConnectorError) else error
    if isinstance(inner, ssl.SSLError):
        return inner.reason or ""
    found = _SSL_REASON.search(str(inner)) if isinstance(inner, aiohttp.ClientOSError) else None
    return found[1] if found is not None else ""


def _from_certificate(error: Exception, host: str) -> CertificateError:
    code = getattr(error, "verify_code", 0)
    cause = _CAUSE_BY_VERIFY_CODE.get(code, CertificateCause.UNKNOWN)
    words = detail_of(getattr(error, "verify_message", "") or "")
    return CertificateError(f"{words} (code {code})" if words else type(error).__name__, cause=cause, host=host)


def _cause(error: BaseException) -> NetworkCause:
    if isinstance(error, aiohttp.ClientConnectorDNSError | socket.gaierror):
        return NetworkCause.DNS
    if isinstance(error, aiohttp.ClientProxyConnectionError | ProxyConnectionError | ProxyTimeoutError):
        return NetworkCause.PROXY
    if isinstance(error, ProxyError):
        # The SOCKS library has no type for a refused password, only English words.
        is_refused = "authenticat" in str(error).lower() or "authoriz" in str(error).lower()
        return NetworkCause.PROXY_AUTH if is_refused else NetworkCause.PROXY
    if isinstance(error, TimeoutError):
        return NetworkCause.TIMEOUT
    if isinstance(error, aiohttp.ServerDisconnectedError):
        return NetworkCause.RESET
    cause = error.os_error if isinstance(error, aiohttp.ClientConnectorError) else error
    if isinstance(cause, ssl.SSLError):
        return NetworkCause.NOT_TLS if cause.reason in _NOT_TLS_REASONS else NetworkCause.UNKNOWN
    return _cause_of_number(cause)


def _cause_of_number(error: BaseException) -> NetworkCause:
    # Several addresses that fail in several ways come as one OSError that has the numbers in its text only.
    numbers = {getattr(error, "errno", None)} | {int(found) for found in _ERRNO.findall(str(error))}
    if isinstance(error, ConnectionRefusedError) or numbers & _REFUSED:
        return NetworkCause.REFUSED
    if isinstance(error, ConnectionError) or numbers & _RESET:
        return NetworkCause.RESET
    return NetworkCause.TIMEOUT if errno.ETIMEDOUT in numbers else NetworkCause.UNKNOWN


def _words(error: BaseException) -> str:
    """What happened, in words that hold no header and no password: never a `repr` of a foreign object."""
    inner = error.os_error if isinstance(error, aiohttp.ClientConnectorError) else error
    if isinstance(inner, ssl.SSLError):
        return f"TLS: {inner.reason or type(inner).__name__}"
    if isinstance(inner, OSError) and inner.strerror:
        return detail_of(inner.strerror)
    return type(error).__name__
