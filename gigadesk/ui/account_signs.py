"""What the status lines say about the accounts: how they are called, and that little is left."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the main window is light to import
    from gigadesk.ui.pane.status_line import StatusLine


class AccountSigns:
    """Kept once for all windows; each shows the account of its chat."""

    def __init__(self) -> None:
        self.texts: Mapping[str, str] = {}
        """What the status line calls each account, by id; `""` is for a chat of none of them."""
        self.low_balances: dict[str, tuple[str, str]] = {}
        """A package and how little is left of it, by account."""
        self.is_demo = False

    def show(self, status: "StatusLine", account_id: str) -> None:
        """Say what is known of this account."""
        status.set_account(self.texts.get(account_id, self.texts.get("", "")))
        status.set_low_balance(*self.low_balances.get(account_id, ("", "")))
        status.set_demo(demo=self.is_demo)
