"""One account: its secret, its client, and what becomes of both when the settings change.

Stands between `conversations` (which asks a `Service`) and the client library, so that a secret which is still being
fetched from the keyring makes a message wait instead of fail. Knows no Qt and imports aiohttp only when it is used.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing, asynccontextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from gigadesk.account_options import asks_alike, client_options, has_environment_sign_in, missing, secret_name
from gigadesk.chat import FileKind, ModelBalance
from gigadesk.credentials import Credentials
from gigadesk.errors import KeyringError
from gigadesk.gigachat.events import Model, ReplyEvent, ReplyRequest
from gigadesk.settings import Account, SignIn

if TYPE_CHECKING:
    from gigadesk.gigachat.client import Client
    from gigadesk.gigachat.options import ClientOptions


class AccountService:
    """The `Service` of one account.

    Until `use_secret` or `load_secret` has ended, requests wait. Clients that are replaced are closed when the answers
    they are writing have ended, at the latest by `close`.

    Args:
        is_default: the environment of the official SDK fills in what this account's settings leave empty.
    """

    def __init__(self, account: Account, credentials: Credentials, *, is_default: bool) -> None:
        self._account = account
        self._is_default = is_default
        self._credentials = credentials
        self._secret = ""
        self._is_unread = False
        self._is_kept = False
        self._is_ready = asyncio.Event()
        self._client: Client | None = None
        self._replaced: list[Client] = []
        self._running: dict[Client, int] = {}

    @property
    def account(self) -> Account:
        return self._account

    @property
    def can_sign_in(self) -> bool:
        """Whether there is anything to sign in with."""
        return self.is_environments or missing(self._account, self._secret) is None

    @property
    def has_secret(self) -> bool:
        """Whether a secret of its own is in force, kept or not."""
        return bool(self._secret)

    @property
    def is_kept(self) -> bool:
        """Whether the secret in force is in the keyring."""
        return bool(self._secret) and self._is_kept

    @property
    def is_environments(self) -> bool:
        """Whether it signs in as the environment says."""
        is_asking_for_it = self._is_default and not self._secret and self._account.sign_in is SignIn.KEY
        return is_asking_for_it and has_environment_sign_in()

    async def load_secret(self) -> None:
        """Fetch the secret from the keyring.

        Raises:
            KeyringError: the keyring could not be asked; what the environment says is in force.
        """
        account = self._account
        name = secret_name(account.id, account.sign_in)
        secret = None
        self._is_unread = False
        try:
            secret = await self._credentials.read(name) if name else None
        except KeyringError:
            self._is_unread = True
            raise
        finally:
            if secret_name(self._account.id, self._account.sign_in) == name and (secret or not self._secret):
                self.use_secret(secret or "")
                self._is_kept = bool(secret)
            self._is_ready.set()

    async def save_secret(self, secret: str) -> None:
        """Use `secret` from now on and keep it in the keyring, unless it is a ready token.

        Raises:
            KeyringError: it could not be kept there; it is in force until the program ends.
        """
        self.use_secret(secret)
        name = secret_name(self._account.id, self._account.sign_in)
        if name:
            await self._credentials.save(name, secret)
            self._is_kept = True

    def use_secret(self, secret: str) -> None:
        """Use `secret` until the program ends, without keeping it anywhere."""
        self._use_secret(secret)
        self._is_ready.set()

    def skip_keyring(self) -> None:
        """The keyring cannot be asked now: do without a secret, and look there again when one is needed."""
        if not self._is_ready.is_set():
            self._is_unread = True
            self._is_ready.set()

    async def delete_secret(self) -> None:
        """Forget the secret here and in the keyring.

        Raises:
            KeyringError: the keyring could not be asked; here it is forgotten all the same.
        """
        self._is_unread = False
        self._use_secret("")
        name = secret_name(self._account.id, self._account.sign_in)
        if name:
            await self._credentials.delete(name)

    async def delete_all_secrets(self) -> None:
        """Forget every secret of the account, also those of ways to sign in that were used formerly.

        Raises:
            KeyringError: one of them may still be in the keyring.
        """
        self._is_unread = False
        self._use_secret("")
        for name in filter(None, (secret_name(self._account.id, each) for each in SignIn)):
            await self._credentials.delete(name)

    def configure(self, account: Account, *, is_default: bool) -> bool:
        """Ask as these settings say from the next request on; whether another secret has to be fetched for it."""
        if account.sign_in is not self._account.sign_in:
            # Not a moment with the secret of another kind.
            self._use_secret("")
            self._is_ready.clear()
        is_other_secret = account.sign_in is not self._account.sign_in
        if asks_alike(account, self._account) and is_default is self._is_default:
            self._account = account
        else:
            self._account, self._is_default = account, is_default
            self._retire_client()
        return is_other_secret

    def options(self, account: Account | None = None, secret: str = "") -> "ClientOptions":
        """How to ask with these settings (those in force if left out) and this secret (the one in force if empty).

        Raises:
            MissingAuthError: there is nothing to sign in with.
            TokenExpiredError: the ready token was for an earlier run of the program.
        """
        account = account or self._account
        secret = secret or (self._secret if account.sign_in is self._account.sign_in else "")
        return client_options(account, secret, is_default=self._is_default)

    def diagnosis_options(self) -> "ClientOptions":
        """The same, but without a secret the way to the service can be looked at, too."""
        return client_options(self._account, self._secret, is_default=self._is_default, is_strict=False)

    async def check(self, account: Account | None = None, secret: str = "") -> tuple[Model, ...]:
        """Try these settings and this secret (what is in force if left out) and return the models they open.

        Raises:
            GigadeskError: why it does not work.
        """
        client = _new_client(self.options(account, secret))
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

    async def upload(self, path: Path, name: str, mime: str, on_progress: Callable[[int, int], None]) -> str:
        """Send a file; the id under which the service keeps it. Raises `GigadeskError`."""
        from gigadesk.gigachat.values import UploadSource

        async with self._ready_client() as client:
            stored = await client.upload(UploadSource(path, name=name, mime=mime), on_progress)
            return stored.id

    async def download(
        self, remote_id: str, target: Path, on_progress: Callable[[int, int], None]
    ) -> tuple[FileKind, str, int]:
        """Fetch a file into `target`; its kind, MIME type and size in bytes. Raises `GigadeskError`."""
        async with self._ready_client() as client:
            found = await client.download(remote_id, target, on_progress)
            return found.kind, found.mime, found.size_bytes

    async def count_tokens(self, model: str, texts: Sequence[str]) -> int:
        """How many tokens the model makes of the texts together. Raises `GigadeskError`."""
        async with self._ready_client() as client:
            return sum(count.tokens for count in await client.count_tokens(model, texts))

    async def balance(self) -> tuple[ModelBalance, ...]:
        """What is left of each package; `ForbiddenError` for an account that pays as it goes."""
        async with self._ready_client() as client:
            return await client.balance()

    async def close(self) -> None:
        """End all connections. Call it when no reply runs any more."""
        self._retire_client()
        self._running.clear()
        await self._close_replaced()

    @asynccontextmanager
    async def _ready_client(self) -> AsyncGenerator["Client", None]:
        await self._is_ready.wait()
        if not self.can_sign_in and self._is_unread:
            await self._look_again()
        if self._client is None:
            self._client = _new_client(self.options())
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
        account = self._account
        with suppress(KeyringError):
            secret = await self._credentials.read(secret_name(account.id, account.sign_in))
            self._is_unread = False
            # Another one may have been given meanwhile, or be wanted.
            if secret and not self._secret and account.sign_in is self._account.sign_in:
                self._use_secret(secret)
                self._is_kept = True

    def _use_secret(self, secret: str) -> None:
        if secret != self._secret:
            self._secret = secret
            self._is_kept = False
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


def _new_client(options: "ClientOptions") -> "Client":
    from gigadesk.gigachat.client import Client

    return Client(options)
