"""The client of GigaChat that the app and the provider speak through. Typed values in, typed events out."""

import asyncio
import logging
import time
import uuid
from collections.abc import AsyncGenerator, Mapping
from contextlib import suppress
from typing import Self

import aiohttp
from yarl import URL

from gigadesk.errors import (
    AnswerInterruptedError,
    BrokenAnswerError,
    KeyRejectedError,
    MissingAuthError,
    ServiceError,
)
from gigadesk.gigachat.addresses import Addresses, addresses_of
from gigadesk.gigachat.connection_failures import READ_ERRORS
from gigadesk.gigachat.events import Model, ReplyEvent, ReplyRequest
from gigadesk.gigachat.failures import from_api, from_oauth, not_gigachat, unix_time
from gigadesk.gigachat.options import ClientOptions, with_environment
from gigadesk.gigachat.protocol.answer_v1 import AnswerReader, joined
from gigadesk.gigachat.protocol.decode import OddJsonError
from gigadesk.gigachat.protocol.grant import Grant, read_grant
from gigadesk.gigachat.protocol.models import read_models
from gigadesk.gigachat.protocol.reply_v1 import ReplyReader
from gigadesk.gigachat.protocol.request_v1 import request_body
from gigadesk.gigachat.token import TokenOwner
from gigadesk.gigachat.transport import (
    Timeouts,
    Transport,
    arrived_before_failure,
    content_type_of,
    described,
    drop,
    read_body,
    read_failure,
    request_id_of,
)
from gigadesk.gigachat.watch import Watch
from gigadesk.limits import JSON_BODY_MAX_BYTES

__all__ = ["Client", "ClientOptions"]

_EVENT_STREAM = "text/event-stream"
_GRANT_MAX_BYTES = 64 * 1024
_READ_MAX_BYTES = 32 * 1024
"""Read at once: what a hostile server can make of it takes less than 20 ms to understand."""
_DRAIN_S = 0.25
"""For the end of the body after `[DONE]`, which usually has come with it: then the connection can be used again."""

log = logging.getLogger(__name__)


class Client:
    """Asks GigaChat for replies and models. Does nothing until asked; `close` it in the loop it was used in.

    Satisfies `conversations.service.Service`. Several replies may be streamed at once; the queue that keeps an
    account within its limit is not here. Nothing is tried again except what the user cannot notice: a token that was
    refused is renewed once, and a kept connection that is dead is replaced once, both before anything was yielded.

    Args:
        options: as whom and where to ask.
        connector: connections to use instead of our own, except to a SOCKS proxy; left open by `close`.
        tokens: the owner of the token, if it is shared with other clients of the same account.
        timeouts: how long to wait for what.
    """

    def __init__(
        self,
        options: ClientOptions,
        *,
        connector: aiohttp.BaseConnector | None = None,
        tokens: TokenOwner | None = None,
        timeouts: Timeouts | None = None,
    ) -> None:
        self._options = with_environment(options)
        self._connector = connector
        self._shares_tokens = tokens is not None
        self._tokens = tokens or TokenOwner()
        self._timeouts = timeouts or Timeouts()
        self._transport = self._new_transport()
        self._known_addresses: Addresses | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Close every connection. Replies that are still running end with an error."""
        if not self._shares_tokens:
            await self._tokens.close()
        await self._transport.close()

    def reply(self, request: ReplyRequest) -> AsyncGenerator[ReplyEvent, None]:
        """Stream one reply; the last event is `Finished`. Closing the generator ends the request at once.

        Raises:
            GigadeskError: while iterating; what was yielded before stands.
        """
        return self.stream(request_body(request, stream=True), request.session_id)

    async def complete(self, request: ReplyRequest) -> tuple[ReplyEvent, ...]:
        """One reply in a single piece; the last event is `Finished`.

        Raises:
            GigadeskError: there is none.
        """
        return await self.whole(request_body(request, stream=False), request.session_id)

    async def models(self) -> tuple[Model, ...]:
        """The models this account may use, in the server's order.

        Raises:
            GigadeskError: the service could not be asked.
        """
        response = await self._open("GET", self._addresses().models, {"Accept": "application/json"})
        body = await _json_body(response)
        try:
            return read_models(body)
        except OddJsonError:
            pass
        raise BrokenAnswerError("the list of models makes no sense", request_id=request_id_of(response))

    async def stream(self, body: bytes, session_id: str = "") -> AsyncGenerator[ReplyEvent, None]:
        """The same as `reply` for a request body that is ready, with `"stream": true` in it."""
        response = await self._open("POST", self._addresses().chat, _chat_headers(_EVENT_STREAM, session_id), body)
        watch = Watch(response, self._timeouts)
        try:
            if content_type_of(response) != _EVENT_STREAM:
                # Some gateways cannot stream and give the whole answer.
                for event in _whole_reply(await _json_body(response), response):
                    yield event
                return
            reader = AnswerReader()
            failure = ""
            while not reader.is_ended:
                try:
                    chunk = await response.content.read(_READ_MAX_BYTES)
                except READ_ERRORS as error:
                    failure = watch.verdict or type(error).__name__
                    chunk = arrived_before_failure(response)
                events = reader.feed(chunk) if chunk else reader.close()
                for event in events:
                    yield event
                if reader.failure is not None:
                    raise reader.failure
                if failure or not chunk:
                    break
                watch.heard(reader.events_seen, is_complete=reader.is_complete)
                if len(chunk) == _READ_MAX_BYTES:
                    await asyncio.sleep(0)  # more is waiting already: a flood must leave others their turn
            if reader.is_nonsense or not reader.is_complete:
                raise _not_complete(reader, failure or watch.verdict, response)
            await _drain(response)
            for event in reader.finish():
                yield event
        finally:
            watch.close()
            drop(response)

    async def whole(self, body: bytes, session_id: str = "") -> tuple[ReplyEvent, ...]:
        """The same as `complete` for a request body that is ready, without `"stream": true` in it."""
        headers = _chat_headers("application/json", session_id)
        response = await self._open("POST", self._addresses().chat, headers, body, self._timeouts.whole_read_s)
        return tuple(_whole_reply(await _json_body(response), response))

    def _new_transport(self) -> Transport:
        return Transport(
            proxy=self._options.proxy,
            ca_file=self._options.ca_file,
            connector=self._connector,
            timeouts=self._timeouts,
        )

    def _addresses(self) -> Addresses:
        if self._known_addresses is None:
            self._known_addresses = addresses_of(self._options.base_url, self._options.auth_url)
        return self._known_addresses

    async def _open(
        self, method: str, url: URL, headers: Mapping[str, str], body: bytes | None = None, read_s: float = 0.0
    ) -> aiohttp.ClientResponse:
        """An answer with status 200 and readable content. The caller drops it."""
        token = await self._tokens.get(self._fetch_grant)
        response = await self._send(method, url, headers, token, body, read_s)
        if response.status == 401:
            # Expired during a suspend, or called back: a fresh one decides whether the key is still good.
            await read_failure(response)
            token = await self._tokens.get(self._fetch_grant, bad=token)
            response = await self._send(method, url, headers, token, body, read_s)
        if response.status != 200:
            raise from_api(await read_failure(response))
        if response.headers.get("Content-Encoding", "identity") != "identity":
            drop(response)
            raise BrokenAnswerError("the answer is compressed, which was not asked for", status=200)
        return response

    async def _send(
        self, method: str, url: URL, headers: Mapping[str, str], token: str, body: bytes | None, read_s: float
    ) -> aiohttp.ClientResponse:
        started_at = time.monotonic()
        request_id = str(uuid.uuid4())
        headers = {"Authorization": f"Bearer {token}", "X-Request-ID": request_id, **headers}
        response = await self._transport.send(method, url, headers=headers, body=body, read_s=read_s)
        taken_ms = (time.monotonic() - started_at) * 1000
        log.info("%s %s: %d after %.0f ms, %s", method, url.path, response.status, taken_ms, request_id)
        return response

    async def _fetch_grant(self) -> tuple[Grant, float]:
        """Ask the authorization server; the grant, and what the server's clock says, in Unix seconds.

        Uses connections of its own: the token may be shared, and must not fail because one client is closed.
        """
        key = self._options.credentials
        if not key:
            raise MissingAuthError
        if not key.isascii() or not key.isprintable() or " " in key:
            raise KeyRejectedError("the key holds characters that no key has")
        headers = {
            "Authorization": f"Basic {key}",
            "RqUID": str(uuid.uuid4()),
            "Content-Type": "application/x-www-form-urlencoded",
            "Accept": "application/json",
        }
        form = URL.build(query={"scope": self._options.scope}).raw_query_string.encode()
        url = URL(self._addresses().auth)
        async with self._new_transport() as transport:
            response = await transport.send("POST", url, headers=headers, body=form)
            log.info("token: %d", response.status)
            if response.status != 200:
                raise from_oauth(await read_failure(response))
            body = await _json_body(response, _GRANT_MAX_BYTES)
            now = unix_time(response.headers.get("Date", "")) or time.time()
        try:
            return read_grant(body), now
        except OddJsonError:
            pass
        raise BrokenAnswerError("the answer holds no token")


def _chat_headers(accept: str, session_id: str) -> dict[str, str]:
    headers = {"Accept": accept, "Content-Type": "application/json"}
    if accept == _EVENT_STREAM:
        headers["Cache-Control"] = "no-store"
    if session_id:
        headers["X-Session-ID"] = session_id
    return headers


async def _json_body(response: aiohttp.ClientResponse, max_bytes: int = JSON_BODY_MAX_BYTES) -> bytes:
    try:
        if "json" not in content_type_of(response):
            raise not_gigachat(described(response))
        return await read_body(response, max_bytes)
    finally:
        drop(response)


def _whole_reply(body: bytes, response: aiohttp.ClientResponse) -> list[ReplyEvent]:
    reader = ReplyReader()
    events = reader.read(body)
    if reader.failure is not None:
        raise reader.failure
    if not reader.is_understood:
        raise BrokenAnswerError("the answer makes no sense", status=200, request_id=request_id_of(response))
    return joined(events + reader.finish())


def _not_complete(reader: AnswerReader, why: str, response: aiohttp.ClientResponse) -> ServiceError:
    request_id = request_id_of(response)
    if reader.is_nonsense:
        return BrokenAnswerError("the answer makes no sense", status=200, request_id=request_id)
    return AnswerInterruptedError(why or "the stream ended before the answer did", status=200, request_id=request_id)


async def _drain(response: aiohttp.ClientResponse) -> None:
    # If it fails the connection is closed instead of being kept; the answer is complete all the same.
    with suppress(*READ_ERRORS):
        async with asyncio.timeout(_DRAIN_S):
            while await response.content.readany():
                pass
