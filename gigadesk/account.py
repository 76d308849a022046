"""One account: its secret, its client, and what becomes of both when the settings change.

Stands between `conversations` (which asks a `Service`) and the client library, so that a secret which is still being
fetched from the keyring makes a message wait instead of fail. Knows no Qt and imports aiohttp only when it is used.
"""

import asyncio
import os
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing, asynccontextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, assert_never

from gigadesk.chat import FileKind, ModelBalance
from gigadesk.credentials import Credentials
from gigadesk.errors import GigadeskError, KeyringError, MissingAuthError, TokenExpiredError
from gigadesk.gigachat.events import Model, ReplyEvent, ReplyRequest
from gigadesk.settings import DEFAULT_AUTH_URL, DEFAULT_BASE_URL, Account, ApiChoice, Scope, SignIn

if TYPE_CHECKING:
    from gigadesk.gigachat.client import Client
    from gigadesk.gigachat.options import ClientOptions

_LANES = {Scope.PERS: 1, Scope.B2B: 10, Scope.CORP: 10}


def has_environment_sign_in() -> bool:
    """Whether the variables of the official SDK hold a way to sign in."""
    names = ("CREDENTIALS", "ACCESS_TOKEN", "CERT_FILE")
    has_password = bool(_variable("USER") and os.environ.get("GIGACHAT_PASSWORD"))
    return has_password or any(_variable(name) for name in names)


def effective_scope(account: Account, *, is_default: bool = True) -> Scope:
    """The scope to ask with: the account's own, else that of the environment if it is the default account."""
    if account.scope is not None:
        return account.scope
    named = _variable("SCOPE") if is_default else ""
    return Scope(named) if named in list(Scope) else Scope.PERS


def lanes(account: Account, *, is_default: bool = True) -> int:
    """How many answers this account may have written at once."""
    return account.lanes or _LANES[effective_scope(account, is_default=is_default)]


def secret_name(account_id: str, sign_in: SignIn) -> str:
    """Under which name the keyring keeps the secret of an account; empty for what is never kept.

    Each kind has a name of its own: a key must never be sent as a password because the kind was changed.
    """
    match sign_in:
        case SignIn.KEY:
            return account_id
        case SignIn.PASSWORD:
            return f"{account_id} (password)"
        case SignIn.CERTIFICATE:
            return f"{account_id} (certificate)"
        case SignIn.TOKEN:
            # Over a kilobyte, more than some keyrings take, and worth nothing after half an hour.
            return ""
        case _:
            assert_never(sign_in)


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
        self._is_found_later = False
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
        return self.is_environments or _missing(self._account, self._secret) is None

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

    @property
    def is_found_later(self) -> bool:
        """Whether the secret in force comes from a keyring that did not give it at the start."""
        return bool(self._secret) and self._is_found_later

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
        return _client_options(account, secret, is_default=self._is_default)

    def diagnosis_options(self) -> "ClientOptions":
        """The same, but without a secret the way to the service can be looked at, too."""
        return _client_options(self._account, self._secret, is_default=self._is_default, is_strict=False)

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
                self._is_found_later = self._is_kept = True

    def _use_secret(self, secret: str) -> None:
        if secret != self._secret:
            self._secret = secret
            self._is_found_later = self._is_kept = False
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


def _variable(name: str) -> str:
    return os.environ.get(f"GIGACHAT_{name}", "").strip()


def asks_alike(one: Account, other: Account | None) -> bool:
    """Whether a client for the one serves the other: names, lanes and the contract are nothing to it."""

    def asked_with(account: Account) -> Account:
        return replace(account, name="", lanes=0, api=ApiChoice.AUTO)

    return other is not None and asked_with(one) == asked_with(other)


def _client_options(account: Account, secret: str, *, is_default: bool, is_strict: bool = True) -> "ClientOptions":
    from gigadesk.gigachat.options import ClientOptions

    is_environments = not secret and account.sign_in is SignIn.KEY and is_default and has_environment_sign_in()
    error = None if is_environments else _missing(account, secret)
    if error is not None and (is_strict or has_environment_sign_in()):
        # What the environment holds is another account's: it must not fill in here.
        raise error
    options = ClientOptions(
        scope=effective_scope(account, is_default=is_default),
        # What the environment says is meant for one account: the secrets of the others never go there.
        base_url=account.base_url or ("" if is_default else DEFAULT_BASE_URL),
        auth_url=account.auth_url or ("" if is_default else DEFAULT_AUTH_URL),
        ca_file=account.ca_file,
        proxy=account.proxy,
        retry_rate_limits=False,  # the queue of replies waits by itself
    )
    match account.sign_in:
        case SignIn.KEY:
            return replace(options, credentials=secret)
        case SignIn.TOKEN:
            return replace(options, access_token=secret)
        case SignIn.PASSWORD:
            return replace(options, user=account.user, password=secret)
        case SignIn.CERTIFICATE:
            key_file = account.certificate_key_file
            return replace(options, cert_file=account.certificate_file, key_file=key_file, key_file_password=secret)
        case _:
            assert_never(account.sign_in)


def _missing(account: Account, secret: str) -> GigadeskError | None:
    """Why nobody can sign in with this."""
    match account.sign_in:
        case SignIn.KEY:
            return None if secret else MissingAuthError()
        case SignIn.TOKEN:
            return None if secret else TokenExpiredError()
        case SignIn.PASSWORD:
            return None if secret and account.user else MissingAuthError()
        case SignIn.CERTIFICATE:
            return None if account.certificate_file else MissingAuthError()
        case _:
            assert_never(account.sign_in)


def _new_client(options: "ClientOptions") -> "Client":
    from gigadesk.gigachat.client import Client

    return Client(options)
