"""What the window is told about accounts besides their keys: balance, diagnosis. Part of the composition root."""

import time
from contextlib import aclosing
from functools import partial
from typing import TYPE_CHECKING

from gigadesk.chat import ModelBalance, Role
from gigadesk.errors import ForbiddenError, GigadeskError, QuotaError
from gigadesk.facts import Event, MessageEnded
from gigadesk.gigachat.findings import Finding, Step, Verdict
from gigadesk.packages import PackageWatch, package_of
from gigadesk.ui.notices import low_balance_notice
from gigadesk.ui.words.numbers import number_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from gigadesk.session import Session
    from gigadesk.ui.diagnosis_dialog import DiagnosisDialog

BALANCE_PAUSE_S = 60.0
"""Least time between two questions after answers: the balance of a package moves slowly."""


class AccountDesk:
    """Asks for balances, warns before a package runs out, and runs diagnoses."""

    def __init__(self, session: "Session", clock: "Callable[[], float]" = time.monotonic) -> None:
        self._session = session
        self._clock = clock
        self._asked_at: dict[str, float] = {}
        self._models: dict[str, str] = {}
        self._watches: dict[str, PackageWatch] = {}
        self._pay_as_you_go: set[str] = set()
        self._diagnosis: DiagnosisDialog | None = None

    def note(self, event: Event) -> None:
        """After an answer some tokens are gone; after a refusal for want of them all are."""
        if not isinstance(event, MessageEnded) or event.message.role is not Role.ASSISTANT:
            return
        account_id = self._session.accounts.resolve(event.message.account)
        self._models[account_id] = event.message.model
        if account_id in self._pay_as_you_go and not isinstance(event.message.error, QuotaError):
            return
        if event.message.usage is None and not isinstance(event.message.error, QuotaError):
            return
        asked_at = self._asked_at.get(account_id)
        if asked_at is None or self._clock() - asked_at >= BALANCE_PAUSE_S:
            self._ask(account_id)

    def show_account(self, account_id: str) -> None:
        """The settings show this account: tell what is known of it, and ask for its balance."""
        self._session.keys.show_place(account_id)
        if self._session.accounts.service(account_id).can_sign_in:
            self.refresh(account_id)

    def refresh(self, account_id: str) -> None:
        """The settings: ask for the balance now."""
        if self._session.dialog is not None:
            self._session.dialog.set_asking_balance(account_id)
        self._ask(account_id)

    def forget(self, account_id: str) -> None:
        """The account asks otherwise now: its packages may be others."""
        self._watches.pop(account_id, None)
        self._pay_as_you_go.discard(account_id)
        self._asked_at.pop(account_id, None)
        self._session.window.set_balance_warning(account_id, "", "")

    def _ask(self, account_id: str) -> None:
        self._asked_at[account_id] = self._clock()
        self._session.tasks.start(("balance", account_id), "balance", partial(self._fetch, account_id))

    async def _fetch(self, account_id: str) -> None:
        try:
            balance = await self._session.accounts.service(account_id).balance()
        except GigadeskError as error:
            # Only the settings say so: nobody who chats has asked for the balance.
            if isinstance(error, ForbiddenError):
                self._pay_as_you_go.add(account_id)
            if self._session.dialog is not None:
                self._session.dialog.show_balance_problem(account_id, error)
            return
        if self._session.dialog is not None:
            self._session.dialog.show_balance(account_id, balance)
        self._watch(account_id, balance)

    def _watch(self, account_id: str, balance: tuple[ModelBalance, ...]) -> None:
        if account_id not in self._session.accounts.ids:
            return  # removed meanwhile
        watch = self._watches.setdefault(account_id, PackageWatch())
        watch.note(balance)
        package = package_of(self._models.get(account_id, ""), balance)
        is_low = package is not None and watch.is_low(package)
        if package is None or not is_low:
            self._session.window.set_balance_warning(account_id, "", "")
            return
        self._session.window.set_balance_warning(account_id, package.model, number_text(package.tokens))
        if watch.warn_once(package):
            several = len(self._session.accounts.ids) > 1
            name = self._session.settings.account_of(account_id).name if several else ""
            notice = low_balance_notice(package.model, number_text(package.tokens), name)
            self._session.window.add_patient_notice(notice)

    # Diagnosis

    def diagnose(self, account_id: str) -> None:
        """Show what works and what does not, step by step."""
        from gigadesk.ui.diagnosis_dialog import DiagnosisDialog

        if self._diagnosis is not None:
            self._diagnosis.close()
        account = self._session.settings.account_of(account_id)
        # Not a child of the settings: they may be closed before it.
        dialog = DiagnosisDialog(self._session.window, account.name)
        dialog.again_requested.connect(lambda: self._start_diagnosis(dialog, account_id))
        dialog.stop_requested.connect(lambda: self._session.tasks.cancel("diagnosis"))
        dialog.finished.connect(lambda: self._end_diagnosis(dialog))
        self._diagnosis = dialog
        dialog.open()
        self._start_diagnosis(dialog, account_id)

    def close(self) -> None:
        if self._diagnosis is not None:
            self._diagnosis.close()

    def _start_diagnosis(self, dialog: "DiagnosisDialog", account_id: str) -> None:
        self._session.tasks.start("diagnosis", "diagnosis", partial(self._diagnose, dialog, account_id))

    async def _diagnose(self, dialog: "DiagnosisDialog", account_id: str) -> None:
        if dialog is not self._diagnosis:
            return
        dialog.begin()
        try:
            async with aclosing(self._session.accounts.diagnose(account_id)) as findings:
                async for finding in findings:
                    dialog.add(finding)
        except GigadeskError as error:
            # There is nothing to sign in with, and nobody else's sign-in shall be tried in its place.
            for step in Step:
                is_reason = step is Step.TOKEN
                dialog.add(Finding(step, Verdict.FAILED, error=error) if is_reason else Finding(step, Verdict.SKIPPED))
        finally:
            if dialog is self._diagnosis:
                dialog.end()

    def _end_diagnosis(self, dialog: "DiagnosisDialog") -> None:
        self._session.tasks.cancel("diagnosis")
        if dialog is self._diagnosis:
            self._diagnosis = None
        dialog.deleteLater()
