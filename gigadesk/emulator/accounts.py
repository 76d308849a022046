"""Who may ask and how much at once: keys, tokens, lanes, balance. Does no I/O; the clocks are passed in."""

import base64
import secrets
import string
import uuid
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass

from gigadesk.emulator.chance import numbers_for
from gigadesk.emulator.options import Plan

TOKEN_LENGTH = 1233
"""So that the answer of the authorization host has the 1,279 bytes of every recording."""
_JWE_HEADER = '{"enc":"A256CBC-HS512","alg":"RSA-OAEP-256"}'
_TOKEN_ALPHABET = string.ascii_letters + string.digits + "-_"


@dataclass(frozen=True, slots=True)
class Account:
    """One project of the personal cabinet."""

    client_id: str
    client_secret: str
    plan: Plan

    @property
    def credentials(self) -> str:
        return base64.b64encode(f"{self.client_id}:{self.client_secret}".encode()).decode()


def seeded_account(seed: int, plan: Plan) -> Account:
    """The account of this seed: always the same ids, so that a key can be written down."""
    numbers = numbers_for(seed, f"account {plan}")
    client_id, client_secret = (str(uuid.UUID(int=numbers.getrandbits(128), version=4)) for _ in range(2))
    return Account(client_id, client_secret, plan)


def seeded_password(seed: int) -> str:
    """The password of this seed."""
    return f"{numbers_for(seed, 'password').getrandbits(64):016x}"


@dataclass(slots=True)
class _Token:
    account: Account
    expires_at: float
    is_revoked: bool = False


class Tokens:
    """The access tokens given out. Older ones stay good until they expire."""

    def __init__(self, lifetime_s: float, now: Callable[[], float]) -> None:
        self._lifetime_s = lifetime_s
        self._now = now
        self._tokens: dict[str, _Token] = {}

    def issue(self, account: Account, length: int = TOKEN_LENGTH) -> tuple[str, int]:
        """A new token and its end in Unix milliseconds."""
        for value in [value for value, token in self._tokens.items() if token.expires_at < self._now() - 3600]:
            del self._tokens[value]
        value = _random_token() if length == TOKEN_LENGTH else _random_text(length)
        expires_at = self._now() + self._lifetime_s
        self._tokens[value] = _Token(account, expires_at)
        return value, int(expires_at * 1000)

    def account(self, value: str) -> Account | str:
        """Whose token this is, or the message of the 401."""
        token = self._tokens.get(value)
        if token is None or token.is_revoked:
            return "Unauthorized"
        return token.account if token.expires_at > self._now() else "Token has expired"

    def expire(self) -> None:
        """Let every token end now."""
        for token in self._tokens.values():
            token.expires_at = self._now()

    def revoke(self) -> None:
        """Forget every token, as when the key is issued anew."""
        for token in self._tokens.values():
            token.is_revoked = True


class RateLimiter:
    """At most so many calls in any one second."""

    def __init__(self, calls_per_s: int, now: Callable[[], float]) -> None:
        self._calls_per_s = calls_per_s
        self._now = now
        self._times: deque[float] = deque()

    def admit(self) -> bool:
        now = self._now()
        while self._times and self._times[0] <= now - 1.0:
            self._times.popleft()
        if len(self._times) >= self._calls_per_s:
            return False
        self._times.append(now)
        return True


class Lanes:
    """How many generations run for each client id."""

    def __init__(self) -> None:
        self._running: Counter[str] = Counter()

    def take(self, client_id: str, limit: int) -> bool:
        if self._running[client_id] >= limit:
            return False
        self._running[client_id] += 1
        return True

    def release(self, client_id: str) -> None:
        self._running[client_id] -= 1

    @property
    def running(self) -> int:
        return self._running.total()


def _random_token() -> str:
    """Text in the five parts of a compact JWE: header, key (RSA 2048), vector, text, tag."""
    header = base64.urlsafe_b64encode(_JWE_HEADER.encode()).decode().rstrip("=")
    lengths = [342, 22, 0, 43]
    lengths[2] = TOKEN_LENGTH - len(header) - sum(lengths) - 4
    return ".".join([header, *map(_random_text, lengths)])


def _random_text(length: int) -> str:
    return "".join(secrets.choice(_TOKEN_ALPHABET) for _ in range(length))
