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


class ClientCertificates(StrEnum):
    """What the emulator thinks of certificates of its clients. Anything but `OFF` means TLS."""

    OFF = ""
    ACCEPTED = "accepted"
    """A request with neither a certificate nor a token gets 401."""
    REQUIRED = "required"
    """Without a certificate there is no connection, as at the installations for banks."""


@dataclass(frozen=True, slots=True)
class EmulatorOptions:
    """How the emulated service behaves; the defaults are those of a private account at a natural speed."""

    port: int = 0
    """0 takes a free one."""
    tls: bool = False
    mtls: str = ClientCertificates.OFF
    """Whether a client certificate takes the place of a token: `accepted` or `required`."""
    user: str = "demo"
    """Who may sign in with a password; empty means nobody."""
    password: str = ""
    """Empty lets the seed decide."""
    plan: str = Plan.PERS
    seed: int = 0
    """The same seed and question give the same answer, in the same pieces."""
    characters_per_s: float = 240.0
    """How fast an answer is written; 0 writes it at once."""
    first_delay_s: float = 0.35
    """Silence before the first piece; not used when `characters_per_s` is 0."""
    transfer_bytes_per_s: float = 0.0
    """How fast files go up and come down, so that their progress can be watched; 0 does not slow them down."""
    lanes: int = 0
    """Generations at a time; 0 follows the plan."""
    lane_release_delay_s: float = 0.0
    """How long a lane stays taken after its answer has ended or its client has gone."""
    token_lifetime_s: float = 1800.0
    token_requests_per_s: int = 10
    balance_tokens: int = 10_000_000
    """What is left of each model's package; answers use it up."""
    closed_tools: tuple[str, ...] = ()
    """Tools of the second contract that exist but are not open to this account."""
    requests_kept: int = 200
    bodies_kept_max_bytes: int = 32 * 1024 * 1024
    """The kept requests are fewer when their bodies take more than this."""
    files_max_bytes: int = 256 * 1024 * 1024
    """The oldest stored files are forgotten when all take more than this."""
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
    old_base_url: str = ""
    """The same service under the paths of the previous host; `/token` is there only."""
    user: str = ""
    password: str = ""
    cert_file: str = ""
    """PEM file with a client certificate; this and the next three are empty unless certificates are asked for."""
    key_file: str = ""
    """Its key, not encrypted."""
    protected_key_file: str = ""
    """The same key, encrypted with `key_file_password`."""
    key_file_password: str = ""
