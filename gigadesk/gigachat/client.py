"""The client of GigaChat that the app and the provider speak through. Typed values in, typed events out."""

from collections.abc import AsyncGenerator
from functools import partial
from typing import Self

import aiohttp

from gigadesk.gigachat import replies
from gigadesk.gigachat.assistant_calls import AssistantCalls
from gigadesk.gigachat.calls import understood
from gigadesk.gigachat.connection import Connection
from gigadesk.gigachat.events import Model, ReplyEvent, ReplyRequest
from gigadesk.gigachat.file_calls import FileCalls
from gigadesk.gigachat.options import ClientOptions
from gigadesk.gigachat.protocol.models import read_model, read_models
from gigadesk.gigachat.rest import RestCalls
from gigadesk.gigachat.thread_calls import ThreadCalls
from gigadesk.gigachat.token import TokenOwner
from gigadesk.gigachat.transport import Timeouts
from gigadesk.gigachat.wires import Habits, WireV1, wire_for

__all__ = ["Client", "ClientOptions"]

_MODELS_MAX_BYTES = 1024 * 1024
"""Ten thousand models: reading what `JSON_BODY_MAX_BYTES` holds would stop the window for two seconds."""


class Client(RestCalls, FileCalls, AssistantCalls, ThreadCalls):
    """Asks GigaChat for replies, models and all else. Does nothing until asked; `close` it in the loop it was used in.

    Satisfies `conversations.service.Service`. Several replies may be streamed at once; the queue that keeps an
    account within its limit is not here. A request that fails in passing before anything of its answer was given out is
    sent again, at most `options.max_retries` times; a refused token is renewed, and a kept connection that is dead
    replaced, without a word.

    Args:
        options: as whom and where to ask; without them everything is taken from the environment.
        connector: connections to use instead of our own, except to a SOCKS proxy; left open by `close`.
        tokens: the owner of the token, if it is shared with other clients of the same account.
        timeouts: how long to wait for what.
    """

    def __init__(
        self,
        options: ClientOptions | None = None,
        *,
        connector: aiohttp.BaseConnector | None = None,
        tokens: TokenOwner | None = None,
        timeouts: Timeouts | None = None,
    ) -> None:
        self._connection = Connection(options or ClientOptions(), connector=connector, tokens=tokens, timeouts=timeouts)
        self._habits = Habits()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Close every connection. Replies that are still running end with an error."""
        await self._connection.close()

    def reply(self, request: ReplyRequest) -> AsyncGenerator[ReplyEvent, None]:
        """Stream one reply; the last event is `Finished`. Closing the generator ends the request at once.

        Raises:
            GigadeskError: while iterating; what was yielded before stands.
        """
        wire = partial(wire_for, self._connection, request, self._habits, stream=True)
        return replies.stream(self._connection, wire, request.session_id)

    async def complete(self, request: ReplyRequest) -> tuple[ReplyEvent, ...]:
        """One reply in a single piece; the last event is `Finished`.

        Raises:
            GigadeskError: there is none.
        """
        wire = partial(wire_for, self._connection, request, self._habits, stream=False)
        return await replies.whole(self._connection, wire, request.session_id)

    def stream(self, body: bytes, session_id: str = "") -> AsyncGenerator[ReplyEvent, None]:
        """The same as `reply` for a request body of the first contract that is ready, with `"stream": true` in it."""
        return replies.stream(self._connection, partial(WireV1, self._connection, body), session_id)

    async def whole(self, body: bytes, session_id: str = "") -> tuple[ReplyEvent, ...]:
        """The same as `complete` for a ready request body, without `"stream": true` in it."""
        return await replies.whole(self._connection, partial(WireV1, self._connection, body), session_id)

    async def models(self) -> tuple[Model, ...]:
        """The models this account may use, in the server's order.

        Raises:
            GigadeskError: the service could not be asked.
        """
        return understood(read_models, await self._connection.json("GET", "/models", _MODELS_MAX_BYTES))

    async def model(self, model: str) -> Model:
        """What the service says of one model.

        Raises:
            ModelUnavailableError: this account has none of that name.
            GigadeskError: the service could not be asked.
        """
        return await self._ask(read_model, "GET", self._connection.addresses.path("models", model))
