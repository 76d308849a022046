"""What `conversations` needs of the network, as Protocols: tests pass scripted fakes, the app its accounts."""

from collections.abc import AsyncGenerator, Callable, Sequence
from pathlib import Path
from typing import Protocol

from gigadesk.chat import FileKind
from gigadesk.gigachat.events import Model, ReplyEvent, ReplyRequest

Progress = Callable[[int, int], None]
"""Told the bytes that went, and how many there are; 0 while that is not known."""


class Service(Protocol):
    """A way to ask GigaChat, with the key of one account.

    Every call may raise `GigadeskError`, and is ended at once when its task is cancelled.
    """

    def reply(self, request: ReplyRequest) -> AsyncGenerator[ReplyEvent, None]:
        """Stream one reply; the last event is `Finished`. Closing the generator cancels the request.

        Raises:
            GigadeskError: while iterating; what was yielded before stands.
        """
        ...

    async def models(self) -> tuple[Model, ...]:
        """The models this account may use, in the server's order."""
        ...

    async def upload(self, path: Path, name: str, mime: str, on_progress: Progress) -> str:
        """Send the file at `path` under `name`; returns the id by which the service knows it."""
        ...

    async def download(self, remote_id: str, target: Path, on_progress: Progress) -> tuple[FileKind, str, int]:
        """Fetch a file into `target`; returns its kind, its MIME type (both by its content) and its size in bytes."""
        ...

    async def count_tokens(self, model: str, texts: Sequence[str]) -> int:
        """How many tokens `texts` are for `model`, all together."""
        ...


class Services(Protocol):
    """The services of all accounts. An id that is empty or not known (any more) stands for the default account."""

    @property
    def default_id(self) -> str:
        """The id of the account that is used where none was chosen."""
        ...

    def service(self, account_id: str) -> Service: ...

    def lanes(self, account_id: str) -> int:
        """How many answers this account may have written at once."""
        ...

    def resolve(self, account_id: str) -> str:
        """The id of the account that really stands behind `account_id`."""
        ...

    def uses_v2(self, account_id: str) -> bool:
        """Whether every request of this account follows the second chat contract, not only where a tool needs it."""
        ...
