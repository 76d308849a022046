"""HTTP for GigaChat: sessions, proxies, TLS, limits. Knows nothing of tokens or of what the bodies mean."""

import asyncio
import base64
import ssl
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, Self

import aiohttp
from yarl import URL

from gigadesk import __version__
from gigadesk.errors import (
    AnswerInterruptedError,
    BrokenAnswerCause,
    BrokenAnswerError,
    NetworkCause,
    NetworkError,
    ServiceError,
)
from gigadesk.gigachat.connection_failures import FOREIGN_ERRORS, READ_ERRORS, from_exception
from gigadesk.gigachat.failures import FailedAnswer, not_gigachat
from gigadesk.gigachat.proxies import Proxy, proxy_for
from gigadesk.gigachat.resolver import DaemonResolver
from gigadesk.gigachat.tls import ClientCertificate, ssl_context
from gigadesk.limits import ANSWER_MAX_S, ERROR_BODY_MAX_BYTES, JSON_BODY_MAX_BYTES

USER_AGENT = f"GigaDesk/{__version__}"
"""`api.giga.chat` answers 403 to requests without one."""

ERROR_BODY_MAX_S = 5.0
"""For the words that explain a failure: its status is known already."""

_KEEP_ALIVE_S = 30.0
_SLOWEST_BYTES_PER_S = 8 * 1024
Body = bytes | Callable[[], Any] | None
"""The body of a request: bytes, or a factory of whatever aiohttp takes. It is called for every try, so that a file is
read from its beginning again. Any: aiohttp's own list of what it takes is private."""

_DEAD = (aiohttp.ServerDisconnectedError, aiohttp.ClientOSError, ConnectionError)


@dataclass(frozen=True, slots=True)
class Timeouts:
    """How long to wait for what."""

    connect_s: float = 10.0
    """Name, connection and TLS together."""
    read_s: float = 120.0
    """Between two bytes. The service sends no keep-alive: a silence of tens of seconds is normal."""
    event_s: float = 120.0
    """Between two complete events: bytes that never make one are silence, too."""
    whole_read_s: float = 600.0
    """For an answer that is not streamed, which is silent until it is complete."""
    answer_s: float = ANSWER_MAX_S
    """For a streamed answer from its first byte to its last."""
    after_finish_s: float = 3.0
    """For the `[DONE]` after a finish reason: the answer is complete without it."""


class Transport:
    """Sends requests over connections of its own, or over a `connector` that the caller keeps and closes.

    A SOCKS proxy is reached by connections of our own in any case.

    Made without a loop; used within one. Sessions are opened when they are needed.
    """

    def __init__(
        self,
        *,
        proxy: str = "",
        ca_file: str = "",
        certificate: ClientCertificate | None = None,
        context: ssl.SSLContext | None = None,
        connector: aiohttp.BaseConnector | None = None,
        timeouts: Timeouts | None = None,
    ) -> None:
        self.timeouts = timeouts or Timeouts()
        self.is_closed = False
        self._proxy_wish = proxy
        self._ca_file = ca_file
        self._certificate = certificate
        self._context = context
        """Made from `ca_file` and `certificate` when none was given."""
        self._connector = connector
        self._sessions: dict[Proxy | None, aiohttp.ClientSession] = {}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def send(
        self, method: str, url: URL, *, headers: Mapping[str, str], body: Body = None, read_s: float = 0.0
    ) -> aiohttp.ClientResponse:
        """The head of the answer, whatever its status. The caller closes it.

        A request over a kept connection that turns out to be dead is sent once more, since nothing was answered.

        Raises:
            NetworkError: no answer came; trying again may help.
            CertificateError: the other side, or a CA file, is not to be trusted.
            BrokenAnswerError: what came is not HTTP.
        """
        arguments: dict[str, Any] = {  # keyword arguments of aiohttp
            "headers": {"User-Agent": USER_AGENT, "Accept-Encoding": "identity", **headers},
            "proxy_headers": {"User-Agent": USER_AGENT},
            "allow_redirects": False,
            "timeout": aiohttp.ClientTimeout(
                total=None,
                connect=self.timeouts.connect_s,
                sock_connect=self.timeouts.connect_s,
                sock_read=read_s or self.timeouts.read_s,
            ),
        }
        proxy = proxy_for(url, self._proxy_wish)
        if proxy is not None and not proxy.is_socks:
            arguments["proxy"] = proxy.url
            # Within TLS the password goes into the CONNECT that is for the proxy alone.
            arguments["proxy_headers" if url.scheme == "https" else "headers"].update(_password_of(proxy))
        socks = proxy if proxy is not None and proxy.is_socks else None
        if url.scheme == "https" and (socks is not None or not self._has_own_trust()):
            arguments["ssl"] = self._own_trust()
        session = self._session(socks)
        limit_s = self._head_limit_s(body, read_s)
        attempt = SimpleNamespace(is_reused=False)
        failure, is_dead = None, False
        try:
            async with asyncio.timeout(limit_s):
                return await session.request(method, url, data=_made(body), trace_request_ctx=attempt, **arguments)
        except FOREIGN_ERRORS as error:
            failure, is_dead = _failure(error, url, proxy), isinstance(error, _DEAD)
        if not (attempt.is_reused and is_dead):
            # Raised outside of the handler: the foreign exception holds headers and must not hang on ours.
            raise failure
        try:
            async with asyncio.timeout(limit_s):
                return await session.request(method, url, data=_made(body), trace_request_ctx=attempt, **arguments)
        except FOREIGN_ERRORS as error:
            failure = _failure(error, url, proxy)
        raise failure

    async def close(self) -> None:
        """Close every session; a `connector` of the caller stays open."""
        self.is_closed = True
        sessions, self._sessions = list(self._sessions.values()), {}
        for session in sessions:
            await session.close()

    def _head_limit_s(self, body: Body, read_s: float) -> float:
        """For all until the head of the answer is there: a server that gives it byte by byte is never silent."""
        if callable(body):
            return ANSWER_MAX_S  # who sends a file watches that it goes on
        sending_s = len(body or b"") / _SLOWEST_BYTES_PER_S
        return self.timeouts.connect_s + sending_s + 2 * (read_s or self.timeouts.read_s)

    def _own_trust(self) -> ssl.SSLContext:
        if self._context is None:
            self._context = ssl_context(self._ca_file, self._certificate)
        return self._context

    def _has_own_trust(self) -> bool:
        # A connector whose maker chose a TLS context keeps it; one that switches verification off does not get its way.
        return not isinstance(getattr(self._connector, "_ssl", True), bool)

    def _session(self, socks: Proxy | None) -> aiohttp.ClientSession:
        if self.is_closed:
            raise NetworkError("the client was closed")
        if socks not in self._sessions:
            trace = aiohttp.TraceConfig()
            trace.on_connection_reuseconn.append(_mark_reused)
            # The caller's connections would pass the SOCKS proxy by: aiohttp knows only the HTTP kind.
            connector = self._connector if socks is None else None
            self._sessions[socks] = aiohttp.ClientSession(
                connector=connector or _new_connector(socks),
                connector_owner=connector is None,
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,
                trust_env=False,
                trace_configs=[trace],
            )
        return self._sessions[socks]


async def read_body(response: aiohttp.ClientResponse, max_bytes: int, limit_s: float = ANSWER_MAX_S) -> bytes:
    """The body of an answer, read to its end.

    Raises:
        BrokenAnswerError: it is longer than the limit.
        AnswerInterruptedError: the connection, or the time, ended before the body did.
    """
    chunks: list[bytes] = []
    size = 0
    failure = ""
    try:
        async with asyncio.timeout(limit_s):
            while chunk := await response.content.readany():
                chunks.append(chunk)
                size += len(chunk)
                if size > max_bytes:
                    break
    except READ_ERRORS as error:
        failure = type(error).__name__
    if failure:
        raise AnswerInterruptedError(failure, status=response.status, request_id=request_id_of(response))
    if size > max_bytes:
        raise BrokenAnswerError("the answer is too long", cause=BrokenAnswerCause.TOO_LONG, status=response.status)
    return b"".join(chunks)


async def json_body(response: aiohttp.ClientResponse, max_bytes: int = JSON_BODY_MAX_BYTES) -> bytes:
    """The body of an answer that says it is JSON; the answer is dropped then.

    Raises:
        BrokenAnswerError: it says it is something else, or is longer than the limit.
        AnswerInterruptedError: the connection, or the time, ended before the body did.
    """
    try:
        if "json" not in content_type_of(response):
            raise not_gigachat(described(response))
        return await read_body(response, max_bytes)
    finally:
        drop(response)


def arrived_before_failure(response: aiohttp.ClientResponse) -> bytes:
    """What had arrived, and was not read yet, when the connection failed: it is part of the answer all the same.

    Happens when the reader is slower than the net. aiohttp has no way to ask for it: from then on it only raises.
    """
    read_already = getattr(response.content, "_buffer_offset", 0)
    return b"".join(getattr(response.content, "_buffer", ()))[read_already:]


async def read_failure(response: aiohttp.ClientResponse) -> FailedAnswer:
    """What an answer that is not a success says; as much of its body as can be had."""
    body = b""
    if not response.headers.get("Content-Encoding"):
        with suppress(AnswerInterruptedError, BrokenAnswerError):  # the status tells enough
            body = await read_body(response, ERROR_BODY_MAX_BYTES, ERROR_BODY_MAX_S)
    drop(response)
    return described(response, body)


def described(response: aiohttp.ClientResponse, body: bytes = b"") -> FailedAnswer:
    """The parts of an answer by which its failure is judged."""
    return FailedAnswer(
        status=response.status,
        content_type=content_type_of(response),
        body=body,
        request_id=request_id_of(response),
        retry_after=response.headers.get("Retry-After", ""),
        date=response.headers.get("Date", ""),
    )


def stop_read_timer(response: aiohttp.ClientResponse) -> None:
    """Leave it to others (`Watch`) to notice that nothing comes any more.

    aiohttp makes a new timer for each piece that arrives, which costs as much as reading it, and on Qt's loop far more.
    """
    if response.connection is not None and response.connection.protocol is not None:
        response.connection.protocol.read_timeout = None


def drop(response: aiohttp.ClientResponse) -> None:
    """Close the connection at once, unless the answer was read to its end and the connection is free again.

    Closing is the only way to make the service stop writing; a polite TLS goodbye would leave it at work for seconds.
    """
    connection = response.connection
    if connection is not None and connection.transport is not None:
        connection.transport.abort()
    response.close()


def content_type_of(response: aiohttp.ClientResponse) -> str:
    """In lower case and without parameters; empty when there is none."""
    return response.headers.get("Content-Type", "").partition(";")[0].strip().lower()


def request_id_of(response: aiohttp.ClientResponse) -> str:
    """The server's own number of this request, for support."""
    return response.headers.get("X-Request-Id", "")[:100]


def _failure(error: BaseException, url: URL, proxy: Proxy | None) -> ServiceError:
    failure = from_exception(error, url.host or "")
    if proxy is not None and isinstance(failure, NetworkError) and failure.cause is NetworkCause.DNS:
        # Behind a proxy nobody's name is looked up here but its own.
        return NetworkError(failure.detail, cause=NetworkCause.PROXY, host=proxy.host)
    return failure


def _made(body: Body) -> Any:  # see `Body`
    return body() if callable(body) else body


def _new_connector(socks: Proxy | None) -> aiohttp.BaseConnector:
    if socks is None:
        # No limit: how many requests run at once is decided in one place, the send queue.
        return aiohttp.TCPConnector(limit=0, resolver=DaemonResolver(), keepalive_timeout=_KEEP_ALIVE_S)
    from aiohttp_socks import ProxyConnector, ProxyType

    return ProxyConnector(
        host=socks.host,
        port=socks.port,
        proxy_type=ProxyType.SOCKS4 if socks.scheme == "socks4" else ProxyType.SOCKS5,
        username=socks.user or None,
        password=socks.password or None,
        rdns=True,  # the proxy looks names up: whoever uses one may not be able to
        limit=0,
        keepalive_timeout=_KEEP_ALIVE_S,
    )


def _password_of(proxy: Proxy) -> dict[str, str]:
    if not proxy.user and not proxy.password:
        return {}
    pair = base64.b64encode(f"{proxy.user}:{proxy.password}".encode()).decode()
    return {"Proxy-Authorization": f"Basic {pair}"}


async def _mark_reused(_session: aiohttp.ClientSession, context: SimpleNamespace, _params: object) -> None:
    context.trace_request_ctx.is_reused = True
