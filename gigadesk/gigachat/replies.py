"""Chat requests, streamed and whole, over one connection. Which of the two contracts is spoken, a `Wire` knows."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from typing import Protocol

from yarl import URL

from gigadesk.errors import ServiceError
from gigadesk.gigachat.connection import Connection
from gigadesk.gigachat.events import ReplyEvent
from gigadesk.gigachat.protocol.answer import ReplyReader
from gigadesk.gigachat.reading import EVENT_STREAM, Reading, read_whole


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
    connection: Connection, make_wire: Callable[[], Wire], session_id: str = "", *, only_once: bool = False
) -> AsyncGenerator[ReplyEvent, None]:
    """One reply as it is written; `Finished` is the last event. What fails before the first one is tried again.

    Args:
        connection: whom to ask.
        make_wire: what to ask.
        session_id: for the cache of the service.
        only_once: nothing is tried again, since the service would do it twice.

    Raises:
        MissingAuthError: there is nothing to sign in with.
        ServiceError: the reply failed; what was yielded stands.
    """
    wire, retries, failures_known = make_wire(), connection.retries(), 0
    headers = _headers(EVENT_STREAM, session_id)
    while True:
        reading: Reading | None = None
        has_begun = False
        retrying = None
        try:
            body = wire.body()
            response = await connection.open_once("POST", wire.url(), failures_known, headers=headers, body=body)
            reading = Reading(connection, response, wire.reader())
            while (events := await reading.more()) is not None:
                for event in events:
                    has_begun = True
                    yield event
            return  # noqa: TRY300 - `else` would come after what follows
        except ServiceError as error:
            if has_begun:
                raise
            if not wire.says_it_otherwise(error):
                retrying = None if only_once else retries.after(error)
                if retrying is None:
                    raise
        finally:
            if reading is not None:
                reading.close()
        if retrying is not None:
            yield retrying
            failures_known = connection.token_failures
            await asyncio.sleep(retrying.delay_s)


async def whole(
    connection: Connection, make_wire: Callable[[], Wire], session_id: str = "", *, only_once: bool = False
) -> tuple[ReplyEvent, ...]:
    """One reply in a single piece; the last event is `Finished`. Arguments as for `stream`.

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
        return tuple(await read_whole(response, wire.reader(), connection.options.answer_max_bytes))

    while True:
        try:
            return await (once(0) if only_once else connection.trying(once))
        except ServiceError as error:
            if not wire.says_it_otherwise(error):
                raise


def _headers(accept: str, session_id: str) -> dict[str, str]:
    headers = {"Accept": accept, "Content-Type": "application/json"}
    if accept == EVENT_STREAM:
        headers["Cache-Control"] = "no-store"
    if session_id:
        headers["X-Session-ID"] = session_id
    return headers
