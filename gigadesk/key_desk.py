"""The way of a secret: from the keyring, from the first page, from the settings. Part of the composition root.

A secret that the service accepts goes to the keyring; where that fails it is in force until the program ends, and the
user is told so.
"""

from collections.abc import Callable, Coroutine
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from gigadesk.errors import (
    GigadeskError,
    KeyRejectedError,
    KeyringCause,
    KeyringError,
    MissingAuthError,
    PasswordRejectedError,
    ScopeError,
    TokenExpiredError,
)
from gigadesk.settings import Scope, SignIn
from gigadesk.ui.notices import Notice, notice_for

if TYPE_CHECKING:
    from gigadesk.session import Session
    from gigadesk.ui.settings_dialog import KeyPlace

_OTHERS = "other keys"
_REFUSALS = (KeyRejectedError, ScopeError, PasswordRejectedError, TokenExpiredError)


class KeyDesk:
    """Answers what the first page and the settings ask about the secrets of the accounts."""

    def __init__(self, session: "Session") -> None:
        self._session = session

    def place(self, account_id: str) -> "KeyPlace":
        """Where the secret that is in use is kept. For the settings, which are imported when they are opened."""
        from gigadesk.ui.settings_dialog import KeyPlace

        service = self._session.accounts.service(account_id)
        if self._session.is_demo:
            # It needs none; a key that is given here leads out of the demo.
            return KeyPlace.NONE
        if service.is_environments:
            return KeyPlace.ENVIRONMENT
        if not service.has_secret:
            return KeyPlace.NONE
        return KeyPlace.KEYRING if service.is_kept else KeyPlace.THIS_RUN

    async def load(self, *, has_chats: bool) -> None:
        """Fetch the secrets at the start. Old chats can be read without one; a new user is asked for it."""
        session = self._session
        if has_chats:
            # Before the keyring is asked: that may take as long as the user needs to find a password.
            session.window.show_chats()
        try:
            notice = await self._fetch()
        finally:
            session.tasks.start(_OTHERS, "load other keys", self._load_others)
        if session.service.can_sign_in:
            if not has_chats:
                session.window.show_chats()
            session.conversations.refresh_models()
        elif has_chats:
            missing = TokenExpiredError() if session.service.account.sign_in is SignIn.TOKEN else MissingAuthError()
            notice = notice or notice_for(missing)
        else:
            session.window.first_page.cancel_requested.connect(self._cancel)
            session.window.show_first_page()
            session.window.first_page.set_scope(session.accounts.scope(""))
        if notice is not None:
            session.window.show_notice(notice)

    async def _fetch(self) -> Notice | None:
        try:
            await self._session.service.load_secret()
        except KeyringError as error:
            # A machine without a keyring is no news to somebody who has not stored a key yet.
            return None if error.cause is KeyringCause.ABSENT else notice_for(error)
        finally:
            self._session.end_keyring_wait()
        return None

    async def _load_others(self) -> None:
        session = self._session
        try:
            await session.accounts.load_others()
        finally:
            session.end_keyring_wait()
        for account_id in session.accounts.ids:
            self.show_place(account_id)
            if account_id != session.accounts.default_id and session.accounts.service(account_id).can_sign_in:
                session.conversations.refresh_models(account_id)

    def fetch(self, account_id: str) -> None:
        """The settings changed: an account is new, or signs in otherwise. Look whether its secret is in the keyring."""
        self._start(account_id, "load key", partial(self._fetch_for, account_id))

    def forget(self, account_id: str) -> None:
        """An account was removed: delete its secrets."""
        self._session.tasks.start(("forget", account_id), "forget keys", partial(self._forget, account_id))

    def submit(self, key: str, scope: str) -> None:
        """The first page: try this key, and go on to the chats if it is accepted."""
        self._start("", "check key", lambda: self._submit(key, Scope(scope)))

    def replace(self, account_id: str, secret: str) -> None:
        """The settings: use this secret instead of the present one."""
        self._start(account_id, "check key", partial(self._replace, account_id, secret))

    def remove(self, account_id: str) -> None:
        """The settings: forget the secret."""
        self._start(account_id, "remove key", partial(self._remove, account_id))

    def check(self, account_id: str) -> None:
        """The settings: ask the service whether it accepts the secret."""
        self._start(account_id, "check key", partial(self._check, account_id))

    def show_place(self, account_id: str) -> None:
        """Tell the settings where a secret is kept."""
        dialog = self._session.dialog
        if dialog is not None:
            dialog.set_key_place(account_id, self.place(account_id), self._session.accounts.scope(account_id))

    def _cancel(self) -> None:
        self._session.tasks.cancel(("key", self._session.accounts.default_id))

    def _start(self, account_id: str, name: str, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        self._session.tasks.start(("key", self._session.accounts.resolve(account_id)), name, work)

    async def _submit(self, key: str, scope: Scope) -> None:
        session = self._session
        page = session.window.first_page
        account = replace(session.settings.account, scope=scope, sign_in=SignIn.KEY)
        page.show_notice(None)
        page.set_checking(True)
        try:
            await session.service.check(account, key)
        except GigadeskError as error:
            page.show_notice(notice_for(error))
            return
        finally:
            page.set_checking(False)
        session.change_settings(session.settings.with_account(account), fetches_secrets=False)
        notice = await self._keep(account.id, key)
        page.clear_key()
        session.window.show_chats()
        session.conversations.refresh_models()
        if notice is not None:
            session.window.show_notice(notice)

    async def _fetch_for(self, account_id: str) -> None:
        service = self._session.accounts.service(account_id)
        try:
            await service.load_secret()
        except KeyringError as error:
            if error.cause is not KeyringCause.ABSENT:
                self._show_result(account_id, notice_for(error))
        finally:
            self._session.end_keyring_wait()
        self.show_place(account_id)
        if service.can_sign_in:
            self._go_on(account_id)

    async def _forget(self, account_id: str) -> None:
        try:
            await self._session.accounts.forget(account_id)
        except KeyringError as error:
            self._session.window.show_notice(notice_for(error))
        finally:
            self._session.end_keyring_wait()

    async def _replace(self, account_id: str, secret: str) -> None:
        problem = await self._problem_with(account_id, secret)
        if isinstance(problem, _REFUSALS):
            self._show_result(account_id, notice_for(problem))
            return
        # What else failed is not the key's fault: without a network it has to be kept all the same.
        notice = await self._keep(account_id, secret)
        self._go_on(account_id)
        self._show_result(account_id, notice_for(problem) if problem is not None else notice)

    async def _remove(self, account_id: str) -> None:
        notice = None
        try:
            await self._session.accounts.service(account_id).delete_secret()
        except KeyringError as error:
            notice = notice_for(error)
        finally:
            self._session.end_keyring_wait()
        self.show_place(account_id)
        if notice is not None:
            self._show_result(account_id, notice)

    async def _check(self, account_id: str) -> None:
        problem = await self._problem_with(account_id, "")
        if problem is None:
            self._go_on(account_id)
        self._show_result(account_id, notice_for(problem) if problem is not None else None)

    def _go_on(self, account_id: str) -> None:
        """Something to sign in with is there: a user who still stands on the first page goes to the chats."""
        session = self._session
        session.conversations.refresh_models(account_id)
        if session.dialog is not None and session.dialog.account_id == account_id:
            session.account_desk.refresh(account_id)
        if session.window.shows_first_page and session.service.can_sign_in:
            session.window.show_chats()

    async def _problem_with(self, account_id: str, secret: str) -> GigadeskError | None:
        session = self._session
        if session.dialog is not None:
            session.dialog.set_checking(account_id, True)
        try:
            await session.accounts.service(account_id).check(None, secret)
        except GigadeskError as error:
            return error
        finally:
            if session.dialog is not None:
                session.dialog.set_checking(account_id, False)
        return None

    async def _keep(self, account_id: str, secret: str) -> Notice | None:
        try:
            await self._session.accounts.service(account_id).save_secret(secret)
        except KeyringError as error:
            return notice_for(error)
        finally:
            self._session.end_keyring_wait()
            self.show_place(account_id)
        return None

    def _show_result(self, account_id: str, notice: Notice | None) -> None:
        if self._session.dialog is not None:
            self._session.dialog.show_check_result(account_id, notice)
        elif notice is not None:
            self._session.window.show_notice(notice)
