"""The account in use: its key, its client, and what becomes of both when the settings change.

Stands between `conversations` (which asks a `Service`) and the client library, so that a key which is still being
fetched from the keyring makes a message wait instead of fail. Knows no Qt and imports aiohttp only when it is used.
"""

import asyncio
import os
from collections.abc import AsyncGenerator
from contextlib import aclosing, asynccontextmanager, suppress
from typing import TYPE_CHECKING

from gigadesk.credentials import Credentials
from gigadesk.errors import KeyringError, MissingAuthError
from gigadesk.gigachat.events import Model, ReplyEvent, ReplyRequest
from gigadesk.settings import Account, Scope

if TYPE_CHECKING:
    from gigadesk.gigachat.client import Client

_LANES = {Scope.PERS: 1, Scope.B2B: 10, Scope.CORP: 10}


def environment_key() -> str:
    """The key from `GIGACHAT_CREDENTIALS`, used when the keyring holds none."""
    return os.environ.get("GIGACHAT_CREDENTIALS", "").strip()


def effective_scope(account: Account) -> Scope:
    """The scope to ask with: the account's own, else (while that is the default) the environment's."""
    if account.scope is not Scope.PERS:
        return account.scope
    named = os.environ.get("GIGACHAT_SCOPE", "")
    return Scope(named) if named in list(Scope) else account.scope


def lanes(account: Account) -> int:
    """How many answers this account may have written at once."""
    return account.lanes or _LANES[effective_scope(account)]


class AccountService:
    """The `Service` of one account.

    Until `set_key` or `load_key` has ended, requests wait. Clients that are replaced are closed when the answers
    they are writing have ended, at the latest by `close`.
    """

    def __init__(self, account: Account, credentials: Credentials) -> None:
        self._account = account
        self._credentials = credentials
        self._key = ""
        self._is_found_later = False
        self._is_unread = False
        self._is_ready = asyncio.Event()
        self._client: Client | None = None
        self._replaced: list[Client] = []
        self._running: dict[Client, int] = {}

    @property
    def account(self) -> Account:
        return self._account

    @property
    def has_key(self) -> bool:
        return bool(self._key)

    @property
    def is_environments_key(self) -> bool:
        """Whether the key in force is the one of the environment."""
        return self.has_key and self._key == environment_key()

    @property
    def is_found_later(self) -> bool:
        """Whether the key in force comes from a keyring that did not give it at the start."""
        return self.has_key and self._is_found_later

    async def load_key(self) -> None:
        """Fetch the key from the keyring, else from the environment.

        Raises:
            KeyringError: the keyring could not be asked; the environment's key, if there is one, is in force.
        """
        key = None
        try:
            key = await self._credentials.read(self._account.name)
        except KeyringError:
            self._is_unread = True
            raise
        finally:
            self.use_key(key or environment_key())

    async def save_key(self, key: str) -> None:
        """Use `key` from now on and keep it in the keyring.

        Raises:
            KeyringError: it could not be kept there; it is in force until the program ends.
        """
        self.use_key(key)
        await self._credentials.save(self._account.name, key)

    def use_key(self, key: str) -> None:
        """Use `key` until the program ends, without keeping it anywhere."""
        self._use_key(key)
        self._is_ready.set()

    async def delete_key(self) -> None:
        """Forget the key here and in the keyring.

        Raises:
            KeyringError: the keyring could not be asked; here it is forgotten all the same.
        """
        self._is_unread = False
        self._use_key(environment_key())
        await self._credentials.delete(self._account.name)

    def configure(self, account: Account) -> None:
        """Ask as these settings say from the next request on."""
        if account != self._account:
            self._account = account
            self._retire_client()

    async def check(self, account: Account, key: str) -> tuple[Model, ...]:
        """Try `key` (empty: the one in force) with these settings and return the models it opens.

        Raises:
            GigadeskError: why it does not work.
        """
        client = self._new_client(account, key or self._key)
        try:
            return await client.models()
        finally:
            await client.close()

    async def reply(self, request: ReplyRequest) -> AsyncGenerator[ReplyEvent, None]:
        async with self._ready_client() as client, aclosing(client.reply(request)) as events:
            async for event in events:
                yield event

    async def models(self) -> tuple[Model, ...]:
        async with self._ready_client() as client:
            return await client.models()

    async def close(self) -> None:
        """End all connections. Call it when no reply runs any more."""
        self._retire_client()
        self._running.clear()
        await self._close_replaced()

    @asynccontextmanager
    async def _ready_client(self) -> AsyncGenerator["Client", None]:
        await self._is_ready.wait()
        if not self._key and self._is_unread:
            await self._look_again()
        if not self._key:
            raise MissingAuthError
        if self._client is None:
            self._client = self._new_client(self._account, self._key)
        client = self._client
        self._running[client] = self._running.get(client, 0) + 1
        try:
            yield client
        finally:
            # `close` may have ended the client, and forgotten it, before this request noticed.
            if client in self._running:
                self._running[client] -= 1
                await self._close_replaced()

    async def _look_again(self) -> None:
        """The keyring may have been unlocked since it was asked at the start."""
        with suppress(KeyringError):
            key = await self._credentials.read(self._account.name)
            self._is_unread = False
            # Another one may have been given meanwhile.
            if key and not self._key:
                self._use_key(key)
                self._is_found_later = True

    def _use_key(self, key: str) -> None:
        if key != self._key:
            self._key = key
            self._is_found_later = False
            self._retire_client()

    def _retire_client(self) -> None:
        if self._client is not None:
            self._replaced.append(self._client)
            self._client = None

    async def _close_replaced(self) -> None:
        idle = [client for client in self._replaced if not self._running.get(client)]
        self._replaced = [client for client in self._replaced if client not in idle]
        for client in idle:
            self._running.pop(client, None)
            await client.close()

    @staticmethod
    def _new_client(account: Account, key: str) -> "Client":
        from gigadesk.gigachat.client import Client, ClientOptions

        return Client(
            ClientOptions(
                credentials=key,
                scope=effective_scope(account),
                base_url=account.base_url,
                auth_url=account.auth_url,
                ca_file=account.ca_file,
                proxy=account.proxy,
            )
        )
