"""Authorization keys in the keyring of the operating system. Never in a file, disguised or not.

The keyring may ask the user, hang, refuse or not exist. So it is called in a daemon thread with a limit, and a key
that it does not take is kept in memory until the program ends.

The `keyring` library chooses a back end by itself if it is let: one that writes base64 to a file when there is no
D-Bus, and any module that an environment variable or a configuration file names. Here four back ends are allowed,
and made directly.
"""

import asyncio
import contextlib
import importlib
import logging
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol, TypeVar

from gigadesk.errors import KeyringCause, KeyringError

SERVICE = "GigaDesk"
CALL_LIMIT_S = 5.0  # a read takes 16 ms, the first one with its imports 0.2 s
PROMPT_LIMIT_S = 60.0  # the user may have to find a password

_LOGGER = logging.getLogger(__name__)
_T = TypeVar("_T")


class BackEnd(Protocol):
    """What is used of a back end of the `keyring` library. Any method may block for ever and raise anything."""

    def get_password(self, service: str, username: str) -> str | None: ...
    def set_password(self, service: str, username: str, password: str) -> None: ...
    def delete_password(self, service: str, username: str) -> None: ...


@dataclass(frozen=True, slots=True)
class FoundBackEnd:
    """A back end that works here, and whether a call to it may ask the user now."""

    name: str
    back_end: BackEnd
    may_prompt: Callable[[], bool]


class Credentials:
    """Keys by account name. Never blocks the loop; all calls belong to one loop.

    Args:
        on_prompt: called on the loop when the keyring is about to ask the user ("unlock your keyring").
    """

    def __init__(
        self,
        *,
        on_prompt: Callable[[], None] = lambda: None,
        find: "Callable[[], FoundBackEnd | None] | None" = None,
        call_limit_s: float = CALL_LIMIT_S,
        prompt_limit_s: float = PROMPT_LIMIT_S,
    ) -> None:
        self._find = find or find_back_end
        self._on_prompt = on_prompt
        self._call_limit_s = call_limit_s
        self._prompt_limit_s = prompt_limit_s
        self._found: FoundBackEnd | None = None
        self._kept: dict[str, str] = {}
        self._turn = asyncio.Lock()
        self._is_stuck = False
        """A call has not come back in its time. It may still (the user answers, the service goes on)."""
        self._has_returned = asyncio.Event()
        """No call is in its thread, not even one whose caller has left."""
        self._has_returned.set()

    async def read(self, account: str) -> str | None:
        """The key of `account`: the one kept for this run, else the keyring's; None when there is none.

        Raises:
            KeyringError: the keyring could not be asked.
        """
        if account in self._kept:
            return self._kept[account]
        return await self._call(lambda call: call.back_end.get_password(SERVICE, account)) or None

    async def save(self, account: str, key: str) -> None:
        """Keep `key` under `account` in the keyring, in place of an older one.

        Raises:
            KeyringError: it could not be kept there; `read` answers it until the program ends.
        """
        self._kept[account] = key
        await self._call(partial(_replace, account, key))
        self._kept.pop(account, None)

    async def delete(self, account: str) -> None:
        """Forget the key of `account`; it is no failure if there is none.

        Raises:
            KeyringError: it may still be in the keyring; here it is forgotten all the same.
        """
        self._kept.pop(account, None)
        await self._call(partial(_remove, account))

    def backend_name(self) -> str:
        """Name of the back end in use, such as `SecretService`; empty before the first call, or when none works."""
        return self._found.name if self._found else ""

    async def _call(self, work: "Callable[[_Call], _T]") -> _T:
        async with self._turn:
            if self._is_stuck:
                raise KeyringError(KeyringCause.TIMEOUT)
            try:
                async with asyncio.timeout(self._call_limit_s) as limit:
                    await self._has_returned.wait()
                    return await self._in_thread(work, limit)
            except TimeoutError:
                self._is_stuck = not self._has_returned.is_set()
                _LOGGER.info("keyring: no answer in time")
                raise KeyringError(KeyringCause.TIMEOUT) from None

    async def _in_thread(self, work: "Callable[[_Call], _T]", limit: asyncio.Timeout) -> _T:
        loop = asyncio.get_running_loop()
        future: asyncio.Future[_T] = loop.create_future()
        wanted = threading.Event()
        wanted.set()

        def give_time() -> None:
            if not future.done():
                limit.reschedule(loop.time() + self._prompt_limit_s)
                self._on_prompt()

        def settle(set_outcome: Callable[[], None]) -> None:
            self._is_stuck = False
            self._has_returned.set()
            if not future.done():
                set_outcome()

        def run() -> None:
            # Told after the `except` has let go of the failure: it holds the back end's connection.
            try:
                outcome = work(_Call(self._enter(partial(_tell, loop, give_time)), wanted))
                set_outcome = partial(future.set_result, outcome)
            except KeyringError as exc:
                set_outcome = partial(future.set_exception, KeyringError(exc.cause))
            except Exception as exc:  # noqa: BLE001  (back ends raise whatever their system has: pywin32's own errors)
                set_outcome = partial(future.set_exception, self._translated(exc))
            _tell(loop, settle, set_outcome)

        self._has_returned.clear()
        # Not the default executor: that is joined at the end of the program, and a stuck call never ends.
        threading.Thread(target=run, name="keyring", daemon=True).start()
        try:
            return await future
        finally:
            wanted.clear()

    def _enter(self, give_time: Callable[[], None]) -> BackEnd:
        found = self._found = self._found or self._find()
        if found is None:
            raise KeyringError(KeyringCause.ABSENT)
        if found.may_prompt():
            give_time()
        return found.back_end

    def _translated(self, exc: Exception) -> KeyringError:
        cause = _cause(exc)
        _LOGGER.info("keyring: %s, %s", cause, type(exc).__name__)
        if cause is KeyringCause.ABSENT:
            self._found = None  # it may come back, or another may
        return KeyringError(cause)


def _tell(loop: asyncio.AbstractEventLoop, callback: Callable[..., object], *arguments: object) -> None:
    # The loop may be closed by the time a stuck call comes back.
    with contextlib.suppress(RuntimeError):
        loop.call_soon_threadsafe(callback, *arguments)


@dataclass(frozen=True, slots=True)
class _Call:
    """One visit to the keyring, in its thread."""

    back_end: BackEnd
    wanted: threading.Event
    """Cleared when nobody waits any more: what is left to do must not be done behind the user's back."""

    def check(self) -> None:
        if not self.wanted.is_set():
            raise KeyringError(KeyringCause.TIMEOUT)


def _replace(account: str, key: str, call: _Call) -> None:
    # On Windows `set` alone would keep the old key under another name.
    if call.back_end.get_password(SERVICE, account) is not None:
        call.check()
        call.back_end.delete_password(SERVICE, account)
    call.check()
    call.back_end.set_password(SERVICE, account, key)
    # A back end may take a key and keep nothing.
    if call.back_end.get_password(SERVICE, account) != key:
        raise KeyringError(KeyringCause.OTHER)


def _remove(account: str, call: _Call) -> None:
    if call.back_end.get_password(SERVICE, account) is None:
        return
    call.check()
    call.back_end.delete_password(SERVICE, account)
    if call.back_end.get_password(SERVICE, account) is not None:
        raise KeyringError(KeyringCause.REFUSED)


_CAUSES = {
    "PromptDismissedException": KeyringCause.REFUSED,
    "KeychainDenied": KeyringCause.REFUSED,
    "SecretServiceNotAvailableException": KeyringCause.ABSENT,
    "NoKeyringError": KeyringCause.ABSENT,
    "ConnectionRefusedError": KeyringCause.ABSENT,
    "ConnectionResetError": KeyringCause.ABSENT,
    "FileNotFoundError": KeyringCause.ABSENT,
    "KeyringLocked": KeyringCause.LOCKED,
    "LockedException": KeyringCause.LOCKED,
    "SecureStorageAuthError": KeyringCause.REFUSED,
    "PasswordSetError": KeyringCause.REFUSED,
    "PasswordDeleteError": KeyringCause.REFUSED,
}
"""By the name of the exception: the classes live in libraries that only their own system has. First hit counts."""


def _cause(exc: BaseException) -> KeyringCause:
    chain: list[str] = []
    step: BaseException | None = exc
    while step is not None and len(chain) < 10:
        chain += [kind.__name__ for kind in type(step).__mro__]
        step = step.__cause__ or step.__context__
    return next((cause for name, cause in _CAUSES.items() if name in chain), KeyringCause.OTHER)


def find_back_end() -> FoundBackEnd | None:
    """The first allowed back end that works on this machine. Talks to D-Bus on Linux: for the keyring's thread only."""
    for module, kind, may_prompt in _allowed():
        try:
            # Attributes are read off a module that only one system has.
            back_end_class: Any = getattr(importlib.import_module(f"keyring.backends.{module}"), kind)
            _ = back_end_class.priority  # raises if it does not work here
            back_end = back_end_class()
        except Exception as exc:  # noqa: BLE001  (RuntimeError by custom, but D-Bus and ctypes have their own)
            _LOGGER.info("keyring: %s does not work here, %s", module, type(exc).__name__)
            continue
        if sys.platform == "win32":
            back_end.persist = "local machine"  # not "enterprise": that one travels to other machines
        return FoundBackEnd(module, back_end, may_prompt)
    return None


def _allowed() -> list[tuple[str, str, Callable[[], bool]]]:
    if sys.platform == "darwin":
        return [("macOS", "Keyring", lambda: True)]
    if sys.platform == "win32":
        return [("Windows", "WinVaultKeyring", lambda: False)]
    return [("SecretService", "Keyring", _is_secret_service_locked), ("kwallet", "DBusKeyring", lambda: True)]


def _is_secret_service_locked() -> bool:
    """Whether the default collection is locked, or has to be made, which asks for a new password."""
    secretstorage: Any = importlib.import_module("secretstorage")  # exists on Linux only
    with closing(secretstorage.dbus_init()) as bus:
        try:
            return bool(secretstorage.Collection(bus).is_locked())
        except secretstorage.ItemNotFoundException:
            return True
