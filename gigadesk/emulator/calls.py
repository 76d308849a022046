"""A request that has passed the door: its token is good, its path is below a known base. Does no I/O."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import parse_qs

from gigadesk.emulator.accounts import Account
from gigadesk.emulator.checks import RefusedError, malformed
from gigadesk.emulator.exchange import RecordedRequest, Reply
from gigadesk.emulator.options import Plan


@dataclass(frozen=True, slots=True)
class Call:
    """What an endpoint needs to know of a request."""

    request: RecordedRequest
    account: Account
    path: tuple[str, ...]
    """The parts of the path below its base."""
    is_old_host: bool

    @property
    def method(self) -> str:
        return self.request.method

    @property
    def headers(self) -> Mapping[str, str]:
        return self.request.headers

    @property
    def client_id(self) -> str:
        """Whose files these are: the value of `X-Client-ID`, empty when there is none."""
        return self.headers.get("X-Client-ID", "")

    def json(self) -> dict[str, Any]:  # JSON of the client's making
        """The body, which must be a JSON object.

        Raises:
            RefusedError: it is none (400).
        """
        try:
            body = self.request.json()
        except (ValueError, RecursionError) as exc:
            raise malformed() from exc
        if not isinstance(body, dict):
            raise malformed()
        return body

    def query(self, name: str) -> str:
        """The first value of this field of the query, or nothing."""
        return next(iter(self.queries(name)), "")

    def queries(self, name: str) -> list[str]:
        """All values of this field of the query."""
        try:
            return parse_qs(self.request.query).get(name, [])
        except ValueError as exc:
            # More fields than anybody needs.
            raise malformed() from exc

    def require_plan(self, *plans: Plan) -> None:
        """Refuse the accounts of other plans, with the words recorded for the balance (403)."""
        if self.account.plan not in plans:
            raise RefusedError(403, "Permission denied")


class Routes(Protocol):
    """Some endpoints that belong together."""

    def reply(self, call: Call) -> Reply | None:
        """The reply, or None when the request is for others.

        Raises:
            RefusedError: the request is answered with an error.
        """
