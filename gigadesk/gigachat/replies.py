"""Chat requests, streamed and whole, over one connection. Which of the two contracts is spoken, a `Wire` knows."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import suppress
from typing import Protocol

import aiohttp
from yarl import URL

from gigadesk.errors import AnswerInterruptedError, BrokenAnswerError, ServiceError
from gigadesk.gigachat.connection import Connection
from gigadesk.gigachat.connection_failures import READ_ERRORS
from gigadesk.gigachat.events import ReplyEvent
from gigadesk.gigachat.protocol.answer import AnswerReader, ReplyReader
from gigadesk.gigachat.transport import (
    arrived_before_failure,
    content_type_of,
    drop,
    json_body,
    request_id_of,
)
from gigadesk.gigachat.watch import Watch

_EVENT_STREAM = "text/event-stream"
_READ_MAX_BYTES = 32 * 1024
"""Read at once: what a hostile server can make of it takes less than 20 ms to understand."""
_DRAIN_S = 0.25
"""For the end of the body after `[DONE]`, which usually has come with it: then the connection can be used again."""


class Wire(Protocol):
    """One request in the words of one chat contract."""

    def url(self) -> URL:
        """Where to send it."""

    def body(self) -> bytes:
        """What to send."""

    def reader(self) -> ReplyReader:
        """Reads one answer to it."""

    def says_it_otherwise(self, error: ServiceError) -> bool:
        """After a failure: whether there is another way to say the same, which `url` and `body` now give."""


async def stream(
    connection: Connection, make_wire: Callable[[], Wire], session_id: str = ""
) -> AsyncGenerator[ReplyEvent, None]:
    """One reply as it is written; `Finished` is the last event. What fails before the first one is tried again.

    Raises:
        MissingAuthError: there is nothing to sign in with.
        ServiceError: the reply failed; what was yielded stands.
    """
    wire, retries, failures_known = make_wire(), connection.retries(), 0
    headers = _headers(_EVENT_STREAM, session_id)
    while True:
        reading: _Reading | None = None
        has_begun = False
        retrying = None
        try:
            body = wire.body()
            response = await connection.open_once("POST", wire.url(), failures_known, headers=headers, body=body)
            reading = _Reading(connection, response, wire.reader())
            while (events := await reading.more()) is not None:
                for event in events:
                    has_begun = True
                    yield event
            return  # noqa: TRY300 - `else` would come after what follows
        except ServiceError as error:
            if has_begun:
                raise
            if not wire.says_it_otherwise(error):
                retrying = retries.after(error)
                if retrying is None:
                    raise
        finally:
            if reading is not None:
                reading.close()
        if retrying is not None:
            yield retrying
            failures_known = connection.token_failures
            await asyncio.sleep(retrying.delay_s)


async def whole(connection: Connection, make_wire: Callable[[], Wire], session_id: str = "") -> tuple[ReplyEvent, ...]:
    """One reply in a single piece; the last event is `Finished`.

    Raises:
        MissingAuthError: there is nothing to sign in with.
        ServiceError: there is none.
    """
    wire = make_wire()
    headers = _headers("application/json", session_id)
    read_s = connection.timeouts.whole_read_s

    async def once(failures_known: int) -> tuple[ReplyEvent, ...]:
        response = await connection.open_once(
            "POST", wire.url(), failures_known, headers=headers, body=wire.body(), read_s=read_s
        )
        return await _whole_reply(connection, response, wire.reader())

    while True:
        try:
            return await connection.trying(once)
        except ServiceError as error:
            if not wire.says_it_otherwise(error):
                raise


class _Reading:
    """A streamed answer that is being read."""

    def __init__(self, connection: Connection, response: aiohttp.ClientResponse, reader: ReplyReader) -> None:
        self._connection = connection
        self._response = response
        self._reply = reader
        self._reader = AnswerReader(reader, connection.options.answer_max_bytes)
        self._watch = Watch(response, connection.timeouts)
        self._failure: ServiceError | None = None
        self._why_ended: str | None = None  # set when no more bytes come; empty when that is as it should be
        self._is_over = False

    def close(self) -> None:
        """End the request, if it has not ended by itself."""
        self._watch.close()
        drop(self._response)

    async def more(self) -> list[ReplyEvent] | tuple[ReplyEvent, ...] | None:
        """The next events, perhaps none; None when there will be no more.

        Raises:
            ServiceError: the answer failed after what was given out.
        """
        if self._failure is not None:
            raise self._failure
        if self._is_over:
            return None
        if self._why_ended is not None:
            return await self._end(self._why_ended)
        if content_type_of(self._response) != _EVENT_STREAM:
            # Some gateways cannot stream and give the whole answer.
            self._is_over = True
            return await _whole_reply(self._connection, self._response, self._reply)
        return await self._read()

    async def _read(self) -> list[ReplyEvent]:
        reader, content = self._reader, self._response.content
        broke_off = ""
        try:
            chunk = await content.read(_READ_MAX_BYTES)
        except READ_ERRORS as error:
            broke_off = self._watch.verdict or type(error).__name__
            chunk = arrived_before_failure(self._response)
        events = reader.feed(chunk) if chunk else reader.close()
        if reader.failure is not None:
            self._failure = reader.failure
            events += reader.rest()
        elif broke_off or not chunk or reader.is_ended:
            # What came is given out first: the end may have to be waited for.
            self._why_ended = broke_off or self._watch.verdict
        else:
            self._watch.heard(reader.events_seen, is_complete=reader.is_complete)
            if len(chunk) == _READ_MAX_BYTES:
                await asyncio.sleep(0)  # more is waiting already: a flood must leave others their turn
        return events

    async def _end(self, why: str) -> list[ReplyEvent]:
        self._is_over = True
        request_id = request_id_of(self._response)
        if self._reader.is_nonsense:
            self._failure = BrokenAnswerError("the answer makes no sense", status=200, request_id=request_id)
        elif not self._reader.is_complete:
            why = why or "the stream ended before the answer did"
            self._failure = AnswerInterruptedError(why, status=200, request_id=request_id)
        else:
            await _drain(self._response)
            return self._reader.finish()
        return self._reader.rest()


def _headers(accept: str, session_id: str) -> dict[str, str]:
    headers = {"Accept": accept, "Content-Type": "application/json"}
    if accept == _EVENT_STREAM:
        headers["Cache-Control"] = "no-store"
    if session_id:
        headers["X-Session-ID"] = session_id
    return headers


async def _whole_reply(
    connection: Connection, response: aiohttp.ClientResponse, reader: ReplyReader
) -> tuple[ReplyEvent, ...]:
    reader.read(await json_body(response, connection.options.answer_max_bytes))
    if reader.failure is not None:
        raise reader.failure
    if not reader.is_understood:
        raise BrokenAnswerError("the answer makes no sense", status=200, request_id=request_id_of(response))
    return tuple(reader.finish())


async def _drain(response: aiohttp.ClientResponse) -> None:
    # If it fails the connection is closed instead of being kept; the answer is complete all the same.
    with suppress(*READ_ERRORS):
        async with asyncio.timeout(_DRAIN_S):
            while await response.content.readany():
                pass
