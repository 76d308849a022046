"""What is left of each account's token packages. Does no I/O."""

from collections.abc import Iterable

from gigadesk.emulator.accounts import Account
from gigadesk.emulator.options import Plan

EMBEDDINGS = "embeddings"
"""The package that all models for vectors use up together."""


class Packages:
    """One package per model and account; each begins with the same number of tokens, answers use it up."""

    def __init__(self, tokens: int) -> None:
        self._tokens = tokens
        self._spent: dict[tuple[str, str], int] = {}

    def is_used_up(self, account: Account, model: str) -> bool:
        """Whether nothing is left; never for a company that pays as it goes."""
        return account.plan is not Plan.CORP and self._left(account, model) <= 0

    def spend(self, account: Account, model: str, tokens: int) -> None:
        key = account.client_id, model
        self._spent[key] = self._spent.get(key, 0) + tokens

    def left(self, account: Account, models: Iterable[str]) -> dict[str, int]:
        """Tokens by model, never below zero."""
        return {model: max(0, self._left(account, model)) for model in models}

    def _left(self, account: Account, model: str) -> int:
        return self._tokens - self._spent.get((account.client_id, model), 0)
