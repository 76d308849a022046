"""What `conversations` needs of the network, as a Protocol: tests pass a scripted fake, the app its client."""

from collections.abc import AsyncGenerator
from typing import Protocol

from gigadesk.gigachat.events import Model, ReplyEvent, ReplyRequest


class Service(Protocol):
    """A way to ask GigaChat."""

    def reply(self, request: ReplyRequest) -> AsyncGenerator[ReplyEvent, None]:
        """Stream one reply; the last event is `Finished`. Closing the generator cancels the request.

        Raises:
            GigadeskError: while iterating; what was yielded before stands.
        """
        ...

    async def models(self) -> tuple[Model, ...]:
        """The models this account may use, in the server's order.

        Raises:
            GigadeskError: the service could not be asked.
        """
        ...
