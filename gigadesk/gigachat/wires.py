"""How a request is said in each of the two chat contracts, and how else when the service does not understand it."""

from yarl import URL

from gigadesk.errors import ServiceError
from gigadesk.gigachat.connection import Connection
from gigadesk.gigachat.protocol.answer import ReplyReader
from gigadesk.gigachat.protocol.reply_v1 import ReplyReaderV1


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

    def says_it_otherwise(self, error: ServiceError) -> bool:  # noqa: ARG002 - the contract is not in doubt
        return False
