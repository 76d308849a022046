"""What an emulator is told before it starts, and what it tells when it listens. Does no I/O."""

from dataclasses import dataclass
from enum import StrEnum


class Plan(StrEnum):
    """What kind of account the emulated key belongs to."""

    PERS = "pers"
    """An individual: one generation at a time, a balance."""
    B2B = "b2b"
    """A company with a prepaid package: ten generations at a time, a balance."""
    CORP = "corp"
    """A company that pays as it goes: ten generations at a time, no balance."""

    @property
    def scope(self) -> str:
        return f"GIGACHAT_API_{self.name}"

    @property
    def lanes(self) -> int:
        return 1 if self is Plan.PERS else 10


@dataclass(frozen=True, slots=True)
class EmulatorOptions:
    """How the emulated service behaves; the defaults are those of a private account at a natural speed."""

    port: int = 0
    """0 takes a free one."""
    tls: bool = False
    plan: str = Plan.PERS
    seed: int = 0
    """The same seed and question give the same answer, in the same pieces."""
    characters_per_s: float = 240.0
    """How fast an answer is written; 0 writes it at once."""
    first_delay_s: float = 0.35
    """Silence before the first piece; not used when `characters_per_s` is 0."""
    lanes: int = 0
    """Generations at a time; 0 follows the plan."""
    lane_release_delay_s: float = 0.0
    """How long a lane stays taken after its answer has ended or its client has gone."""
    token_lifetime_s: float = 1800.0
    token_requests_per_s: int = 10
    balance_tokens: int = 10_000_000
    """What is left of each model's package; answers use it up."""
    requests_kept: int = 200
    body_max_bytes: int = 64 * 1024 * 1024
    """Larger requests get 413."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a running emulator listens and the key it accepts."""

    base_url: str
    auth_url: str
    ca_file: str
    """PEM file of the private root; empty without TLS."""
    credentials: str
    """The authorization key: base64 of `client_id:client_secret`."""
    scope: str
