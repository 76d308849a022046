"""What the groups of calls that make up the client have in common."""

from collections.abc import Callable
from typing import TypeVar, Unpack

from yarl import URL

from gigadesk.errors import BrokenAnswerError
from gigadesk.gigachat.connection import Connection, Extras
from gigadesk.gigachat.protocol.decode import OddJsonError
from gigadesk.gigachat.transport import json_body

T = TypeVar("T")


class Calls:
    """A part of `Client`, which inherits it, against the custom of the house.

    Thirty methods that only pass on their arguments would say everything twice.
    """

    _connection: Connection

    async def _ask(self, read: Callable[[bytes], T], method: str, address: URL | str, **extras: Unpack[Extras]) -> T:
        """What `read` makes of the answer.

        Raises:
            GigadeskError: there is none, or it makes no sense.
        """
        return understood(read, await self._connection.json(method, address, **extras))

    async def _ask_once(self, read: Callable[[bytes], T], address: str, body: bytes) -> T:
        """The same for a POST of JSON that is never sent again: the service might have done it already.

        Raises:
            GigadeskError: there is no answer, or it makes no sense.
        """
        headers = {"Accept": "application/json", "Content-Type": "application/json"}
        response = await self._connection.open_once("POST", address, headers=headers, body=body)
        return understood(read, await json_body(response))


def understood(read: Callable[[bytes], T], body: bytes) -> T:
    """What `read` makes of a body.

    Raises:
        BrokenAnswerError: nothing.
    """
    try:
        return read(body)
    except OddJsonError:
        pass
    raise BrokenAnswerError("the answer makes no sense", status=200)
