"""All accounts: the service of each, and which of them is meant. Satisfies `conversations.service.Services`."""

from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing, suppress

from gigadesk.account import AccountService
from gigadesk.account_options import effective_scope, lanes
from gigadesk.credentials import Credentials
from gigadesk.errors import KeyringError
from gigadesk.gigachat.findings import Finding
from gigadesk.settings import Account, ApiChoice, Scope, Settings


class Accounts:
    """Holds an `AccountService` for each account of the settings. Does nothing until one of them is asked."""

    def __init__(self, settings: Settings, credentials: Credentials) -> None:
        self._settings = settings
        self._credentials = credentials
        self._overlay: Callable[[Account], Account] = lambda account: account
        self._overlay_secret = ""
        self._services: dict[str, AccountService] = {}
        self._removed: list[AccountService] = []
        self.configure(settings)

    @property
    def default_id(self) -> str:
        return self._settings.account.id

    @property
    def ids(self) -> tuple[str, ...]:
        """In the order of the settings."""
        return tuple(account.id for account in self._settings.accounts)

    def resolve(self, account_id: str) -> str:
        """The id behind this one: the default account's for an empty one, and for that of a removed account."""
        return self._settings.account_of(account_id).id

    def service(self, account_id: str) -> AccountService:
        return self._services[self.resolve(account_id)]

    def lanes(self, account_id: str) -> int:
        """How many answers the account may have written at once."""
        account = self.service(account_id).account
        return lanes(account, is_default=account.id == self.default_id)

    def scope(self, account_id: str) -> Scope:
        """The scope that the account asks with."""
        account = self.service(account_id).account
        return effective_scope(account, is_default=account.id == self.default_id)

    def uses_v2(self, account_id: str) -> bool:
        """Whether every request is made by the second contract; else only those are that need it."""
        return self._settings.account_of(account_id).api is ApiChoice.V2

    def configure(self, settings: Settings) -> tuple[str, ...]:
        """Ask as these settings say from the next request on. Only clients of accounts that changed are replaced.

        Returns the ids of the accounts whose secret has to be fetched: new ones, and those that sign in otherwise now.
        """
        self._settings = settings
        unread = []
        for account in settings.accounts:
            wanted, is_default = self._overlay(account), account.id == self.default_id
            service = self._services.get(account.id)
            if service is None:
                self._services[account.id] = AccountService(wanted, self._credentials, is_default=is_default)
                unread.append(account.id)
            elif service.configure(wanted, is_default=is_default):
                unread.append(account.id)
            if self._overlay_secret:
                self._services[account.id].use_secret(self._overlay_secret)
        for account_id in [each for each in self._services if each not in self.ids]:
            # Its answers are written to their end.
            self._removed.append(self._services.pop(account_id))
        return () if self._overlay_secret else tuple(unread)

    def use_overlay(self, overlay: Callable[[Account], Account], secret: str) -> None:
        """Ask with what `overlay` makes of each account, and with this secret: the demo sends all of them to itself."""
        self._overlay, self._overlay_secret = overlay, secret
        self.configure(self._settings)

    async def load_others(self) -> None:
        """Fetch the secrets of all accounts but the default one. After one failure the keyring is left alone."""
        others = [service for account_id, service in self._services.items() if account_id != self.default_id]
        try:
            for service in others:
                with suppress(KeyringError):
                    await service.load_secret()
                    continue
                break
        finally:
            for service in others:
                service.skip_keyring()

    async def forget(self, account_id: str) -> None:
        """Delete the secrets of a removed account from the keyring.

        Raises:
            KeyringError: they may still be there.
        """
        for service in self._removed:
            if service.account.id == account_id:
                await service.delete_all_secrets()
                return

    async def diagnose(self, account_id: str) -> AsyncGenerator[Finding, None]:
        """Go the way of this account to the service step by step; a finding for each `Step`, as it comes."""
        from gigadesk.gigachat.diagnosis import diagnose

        async with aclosing(diagnose(self.service(account_id).diagnosis_options())) as findings:
            async for finding in findings:
                yield finding

    async def close(self) -> None:
        """End all connections. Call it when no reply runs any more."""
        for service in (*self._services.values(), *self._removed):
            await service.close()
        self._removed.clear()
