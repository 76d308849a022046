"""What the groups of calls that make up the client have in common."""

from collections.abc import Callable
from typing import TypeVar, Unpack

from yarl import URL

from gigadesk.errors import BrokenAnswerError
from gigadesk.gigachat.connection import Connection, Extras
from gigadesk.gigachat.protocol.decode import OddJsonError

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
