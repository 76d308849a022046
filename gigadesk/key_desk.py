"""The way of a key: from the keyring, from the first page, from the settings. Part of the composition root.

A key that the service accepts goes to the keyring; where that fails it is in force until the program ends, and the
user is told so.
"""

from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from gigadesk.errors import (
    GigadeskError,
    KeyRejectedError,
    KeyringCause,
    KeyringError,
    MissingAuthError,
    ScopeError,
)
from gigadesk.settings import Scope
from gigadesk.ui.notices import Notice, notice_for
from gigadesk.ui.settings_dialog.key_section import KeyPlace

if TYPE_CHECKING:
    from gigadesk.session import Session


class KeyDesk:
    """Answers what the first page and the settings ask about the key of the account."""

    def __init__(self, session: "Session") -> None:
        self._session = session
        self._place = KeyPlace.NONE

    @property
    def place(self) -> KeyPlace:
        """Where the key that is in use is kept."""
        return KeyPlace.KEYRING if self._session.service.is_found_later else self._place

    async def load(self, *, has_chats: bool) -> None:
        """Fetch the key at the start. Old chats can be read without one; a new user is asked for it."""
        session = self._session
        if has_chats:
            # Before the keyring is asked: that may take as long as the user needs to find a password.
            session.window.show_chats()
        notice = await self._fetch()
        if session.service.can_sign_in:
            if not has_chats:
                session.window.show_chats()
            session.conversations.refresh_models()
        elif has_chats:
            notice = notice or notice_for(MissingAuthError())
        else:
            session.window.first_page.cancel_requested.connect(self._cancel)
            session.window.show_first_page()
            session.window.first_page.set_scope(session.accounts.scope(""))
        if notice is not None:
            session.window.show_notice(notice)

    async def _fetch(self) -> Notice | None:
        service = self._session.service
        try:
            await service.load_secret()
        except KeyringError as error:
            self._place = KeyPlace.ENVIRONMENT if service.can_sign_in else KeyPlace.NONE
            # A machine without a keyring is no news to somebody who has not stored a key yet.
            return None if error.cause is KeyringCause.ABSENT else notice_for(error)
        finally:
            self._session.end_keyring_wait()
        if service.can_sign_in:
            self._place = KeyPlace.ENVIRONMENT if service.is_environments else KeyPlace.KEYRING
        return None

    def submit(self, key: str, scope: str) -> None:
        """The first page: try this key, and go on to the chats if it is accepted."""
        self._start("check key", lambda: self._submit(key, Scope(scope)))

    def replace(self, key: str) -> None:
        """The settings: use this key instead of the present one."""
        self._start("check key", lambda: self._replace(key))

    def remove(self) -> None:
        """The settings: forget the key."""
        self._start("remove key", self._remove)

    def check(self) -> None:
        """The settings: ask the service whether it accepts the key."""
        self._start("check key", self._check)

    def _cancel(self) -> None:
        self._session.tasks.cancel("key")

    def _start(self, name: str, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        self._session.tasks.start("key", name, work)

    async def _submit(self, key: str, scope: Scope) -> None:
        session = self._session
        page = session.window.first_page
        account = replace(session.settings.account, scope=scope)
        page.show_notice(None)
        page.set_checking(True)
        try:
            await session.service.check(account, key)
        except GigadeskError as error:
            page.show_notice(notice_for(error))
            return
        finally:
            page.set_checking(False)
        notice = await self._keep(key)
        session.change_settings(session.settings.with_account(account))
        page.clear_key()
        session.window.show_chats()
        session.conversations.refresh_models()
        if notice is not None:
            session.window.show_notice(notice)

    async def _replace(self, key: str) -> None:
        problem = await self._problem_with(key)
        if isinstance(problem, KeyRejectedError | ScopeError):
            self._show_result(notice_for(problem))
            return
        # What else failed is not the key's fault: without a network it has to be kept all the same.
        notice = await self._keep(key)
        self._session.conversations.refresh_models()
        self._show_result(notice_for(problem) if problem is not None else notice)

    async def _remove(self) -> None:
        notice = None
        try:
            await self._session.service.delete_secret()
        except KeyringError as error:
            notice = notice_for(error)
        finally:
            self._session.end_keyring_wait()
        self._set_place(KeyPlace.ENVIRONMENT if self._session.service.can_sign_in else KeyPlace.NONE)
        if notice is not None:
            self._show_result(notice)

    async def _check(self) -> None:
        problem = await self._problem_with("")
        self._show_result(notice_for(problem) if problem is not None else None)

    async def _problem_with(self, key: str) -> GigadeskError | None:
        session = self._session
        if session.dialog is not None:
            session.dialog.set_checking(True)
        try:
            await session.service.check(None, key)
        except GigadeskError as error:
            return error
        finally:
            if session.dialog is not None:
                session.dialog.set_checking(False)
        return None

    async def _keep(self, key: str) -> Notice | None:
        try:
            await self._session.service.save_secret(key)
        except KeyringError as error:
            self._set_place(KeyPlace.THIS_RUN)
            return notice_for(error)
        finally:
            self._session.end_keyring_wait()
        self._set_place(KeyPlace.KEYRING)
        return None

    def _set_place(self, place: KeyPlace) -> None:
        self._place = place
        if self._session.dialog is not None:
            self._session.dialog.set_key_place(place)

    def _show_result(self, notice: Notice | None) -> None:
        if self._session.dialog is not None:
            self._session.dialog.show_check_result(notice)
        elif notice is not None:
            self._session.window.show_notice(notice)
