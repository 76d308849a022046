"""An answer that is being read, from the first byte of its body to the last."""

import asyncio
from contextlib import suppress

import aiohttp

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
    stop_read_timer,
)
from gigadesk.gigachat.watch import Watch

EVENT_STREAM = "text/event-stream"

_READ_MAX_BYTES = 32 * 1024
"""Understood at once: what a hostile server can make of it takes less than 20 ms."""
_DRAIN_S = 0.25
"""For the end of the body after `[DONE]`, which usually has come with it: then the connection can be used again."""


class Reading:
    """A streamed answer. Whoever makes it calls `more` until there is no more, and `close` in any case."""

    def __init__(self, connection: Connection, response: aiohttp.ClientResponse, reply: ReplyReader) -> None:
        self._max_bytes = connection.options.answer_max_bytes
        self._response = response
        self._content = response.content
        self._reply = reply
        self._reader = AnswerReader(reply, self._max_bytes)
        self._watch = Watch(response, self._reader, connection.timeouts)
        # Some gateways cannot stream and give the whole answer.
        self._is_whole = content_type_of(response) != EVENT_STREAM
        self._is_streaming = not self._is_whole
        self._is_over = False
        self._unread = b""
        self._why_ended = ""  # empty when it ended as it should
        self._failure: ServiceError | None = None
        stop_read_timer(response)

    def close(self) -> None:
        """End the request, if it has not ended by itself."""
        self._watch.close()
        drop(self._response)

    async def more(self) -> list[ReplyEvent] | None:
        """The next events, perhaps none; None when there will be no more.

        Raises:
            ServiceError: the answer failed after what was given out.
        """
        if not self._is_streaming:
            return await self._end()
        try:
            # Not `read` with a limit, which costs a copy and three calls more for each piece.
            chunk = self._unread or await self._content.readany()
        except READ_ERRORS as error:
            return self._stop(arrived_before_failure(self._response), self._watch.verdict or type(error).__name__)
        if not chunk:
            return self._stop(b"", self._watch.verdict)
        self._unread = chunk[_READ_MAX_BYTES:]
        events = self._reader.feed(chunk[:_READ_MAX_BYTES])
        if self._reader.failure is not None or self._reply.is_ended:
            return self._stop(b"", "", events)
        if self._reply.is_complete:
            self._watch.expect_end()
        if len(chunk) >= _READ_MAX_BYTES:
            await asyncio.sleep(0)  # more is waiting already: a flood must leave others their turn
        return events

    def _stop(self, chunk: bytes, why: str, events: list[ReplyEvent] | None = None) -> list[ReplyEvent]:
        """Read no more. What came is given out first: the end may have to be waited for, or is a failure."""
        self._is_streaming = False
        self._why_ended = why
        reader = self._reader
        events = events or []
        if chunk:
            events += reader.feed(chunk)
        if reader.failure is None and not self._reply.is_ended:
            events += reader.close()
        if reader.failure is not None:
            self._failure = reader.failure
            events += self._reply.rest()
        return events

    async def _end(self) -> list[ReplyEvent] | None:
        if self._failure is not None:
            raise self._failure
        if self._is_over:
            return None
        self._is_over = True
        if self._is_whole:
            return await read_whole(self._response, self._reply, self._max_bytes)
        if self._reply.is_complete and not self._reply.is_nonsense:
            await _drain(self._response)
            return self._reply.finish()
        self._failure = self._not_complete()
        return self._reply.rest()

    def _not_complete(self) -> ServiceError:
        request_id = request_id_of(self._response)
        if self._reply.is_nonsense:
            return BrokenAnswerError("the answer makes no sense", status=200, request_id=request_id)
        why = self._why_ended or "the stream ended before the answer did"
        return AnswerInterruptedError(why, status=200, request_id=request_id)


async def read_whole(response: aiohttp.ClientResponse, reply: ReplyReader, max_bytes: int) -> list[ReplyEvent]:
    """The events of an answer that came in one piece, `Finished` the last.

    Raises:
        ServiceError: it is none, or not whole.
    """
    reply.read(await json_body(response, max_bytes))
    if reply.failure is not None:
        raise reply.failure
    if not reply.is_understood:
        raise BrokenAnswerError("the answer makes no sense", status=200, request_id=request_id_of(response))
    return reply.finish()


async def _drain(response: aiohttp.ClientResponse) -> None:
    # If it fails the connection is closed instead of being kept; the answer is complete all the same.
    with suppress(*READ_ERRORS):
        async with asyncio.timeout(_DRAIN_S):
            while await response.content.readany():
                pass
