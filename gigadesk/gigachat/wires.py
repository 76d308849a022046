"""How a request is said in each of the two chat contracts, and how else when the service does not understand it."""

from dataclasses import dataclass, field, replace

from yarl import URL

from gigadesk.errors import BrokenAnswerCause, BrokenAnswerError, ModelUnavailableError, ServiceError
from gigadesk.gigachat.connection import Connection
from gigadesk.gigachat.events import ApiVersion, ReplyRequest
from gigadesk.gigachat.options import ClientOptions
from gigadesk.gigachat.protocol import request_v1, request_v2
from gigadesk.gigachat.protocol.answer import ReplyReader
from gigadesk.gigachat.protocol.reply_v1 import ReplyReaderV1
from gigadesk.gigachat.protocol.reply_v2 import ReplyReaderV2
from gigadesk.gigachat.protocol.request_v2 import Dialect
from gigadesk.gigachat.replies import Wire


@dataclass(slots=True)
class Habits:
    """What a client has learnt about the second contract of its service."""

    place: int = 0
    """Which of `Addresses.chat_v2`."""
    dialect: Dialect = field(default_factory=Dialect)


def wire_for(connection: Connection, request: ReplyRequest, habits: Habits, *, stream: bool) -> Wire:
    """The request in the contract it asks for, with what the options say about every request.

    Raises:
        ToolUnavailableError: the contract does not have the tool.
    """
    request = _completed(request, connection.options)
    if request.api is ApiVersion.V2:
        return WireV2(connection, request, habits, stream=stream)
    return WireV1(connection, request_v1.request_body(request, stream=stream))


class WireV1:
    """A request of the first contract whose body is ready."""

    def __init__(self, connection: Connection, body: bytes) -> None:
        self._connection = connection
        self._body = body

    def url(self) -> URL:
        return self._connection.addresses.chat

    def body(self) -> bytes:
        return self._body

    def reader(self) -> ReplyReader:
        return ReplyReaderV1()

    def says_it_otherwise(self, error: ServiceError) -> bool:  # noqa: ARG002 - this contract is not in doubt
        return False


class WireV2:
    """A request of the second contract. Its address and the role of function results differ by source."""

    def __init__(self, connection: Connection, request: ReplyRequest, habits: Habits, *, stream: bool) -> None:
        self._connection = connection
        self._request = request
        self._habits = habits
        self._stream = stream
        self._place, self._dialect = habits.place, habits.dialect
        self._places_left = len(connection.addresses.chat_v2) - 1
        self._dialects_left = _other_dialects(habits.dialect) if request_v2.has_results(request) else []

    def url(self) -> URL:
        places = self._connection.addresses.chat_v2
        return places[self._place % len(places)]

    def body(self) -> bytes:
        return request_v2.request_body(self._request, stream=self._stream, dialect=self._dialect)

    def reader(self) -> ReplyReader:
        # The service has understood so far as to answer: the next request begins with the same.
        self._habits.place, self._habits.dialect = self._place, self._dialect
        return ReplyReaderV2()

    def says_it_otherwise(self, error: ServiceError) -> bool:
        if _is_wrong_place(error) and self._places_left:
            self._places_left -= 1
            self._place += 1
            return True
        if error.status in {400, 422} and self._dialects_left:
            self._dialect = self._dialects_left.pop(0)
            # The form of the result is changed only when the service finds fault with it.
            return not self._dialect.has_result_objects or "function result" in error.detail.lower()
        return False


def _is_wrong_place(error: ServiceError) -> bool:
    """Nothing is there: a page of the gateway, or a 404 that does not speak of a model."""
    if error.status not in {403, 404, 405}:
        return False
    if isinstance(error, BrokenAnswerError):
        return error.cause is BrokenAnswerCause.NOT_GIGACHAT
    return isinstance(error, ModelUnavailableError) and "model" not in error.detail.lower()


def _other_dialects(first: Dialect) -> list[Dialect]:
    every = [Dialect("tool"), Dialect("function"), Dialect("tool", has_result_objects=True)]
    return [dialect for dialect in every if dialect != first]


def _completed(request: ReplyRequest, options: ClientOptions) -> ReplyRequest:
    return replace(
        request,
        model=request.model or options.model,
        profanity_check=options.profanity_check if request.profanity_check is None else request.profanity_check,
        flags=request.flags or options.flags,
    )
