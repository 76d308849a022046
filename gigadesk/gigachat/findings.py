"""What a diagnosis finds, as values. Does no I/O and imports nothing heavy, so that a window may know them.

No fact is a secret: neither keys nor tokens nor passwords nor user names are ever put into one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from gigadesk.errors import GigadeskError


class Step(StrEnum):
    """What is looked at, in this order. `AUTH_` facts are those of the host of tokens, the others the API's."""

    CLOCK = "clock"
    """Facts: `DIFFERENCE_S`, `SERVER_TIME`."""
    DNS = "dns"
    """Facts: `HOST`, `ADDRESSES`; `AUTH_HOST`, `AUTH_ADDRESSES`."""
    PROXY = "proxy"
    """Facts: `PROXY`, `PROXY_SOURCE`; `AUTH_PROXY` when it is another."""
    TLS = "tls"
    """The connection itself. Facts: `SUBJECT`, `ISSUER`, `CHAIN`, `VALID_FROM`, `VALID_UNTIL`, `VERIFY`, and the same
    with `AUTH_`; of a certificate that was refused, too, which then names who stands in between."""
    TOKEN = "token"  # noqa: S105 - not a secret
    """Facts: `SIGN_IN`."""
    SCOPE = "scope"
    """Facts: `SCOPE`; `RIGHT_SCOPE` when the key belongs to another one."""
    MODELS = "models"
    """Facts: `COUNT`, `MODELS`, `MODEL` (the one asked for)."""
    BALANCE = "balance"
    """Facts: `PACKAGES`, or `PAY_AS_YOU_GO`."""


class Verdict(StrEnum):
    """How a step went."""

    OK = "ok"
    WARNING = "warning"
    """It works, but something should be put right."""
    FAILED = "failed"
    SKIPPED = "skipped"
    """It makes no sense here, or cannot be tried because an earlier step failed."""


class Fact(StrEnum):
    """Names of facts. Values are plain text, lists are joined by `, `."""

    DIFFERENCE_S = "difference_s"
    """Seconds that this machine's clock is ahead of the server's; negative when it is behind."""
    SERVER_TIME = "server_time"
    """ISO 8601, UTC."""
    HOST = "host"
    ADDRESSES = "addresses"
    AUTH_HOST = "auth_host"
    AUTH_ADDRESSES = "auth_addresses"
    PROXY = "proxy"
    """Address of the proxy without user and password; empty when there is none."""
    PROXY_SOURCE = "proxy_source"
    """`settings` or `system`."""
    AUTH_PROXY = "auth_proxy"
    SUBJECT = "subject"
    ISSUER = "issuer"
    CHAIN = "chain"
    """Issuers from the host's own certificate upwards, joined by ` → `, as the server sent them."""
    VALID_FROM = "valid_from"
    """A day, ISO 8601, UTC."""
    VALID_UNTIL = "valid_until"
    VERIFY = "verify"
    """OpenSSL's own words and code when the certificate was not trusted."""
    AUTH_SUBJECT = "auth_subject"
    AUTH_ISSUER = "auth_issuer"
    AUTH_CHAIN = "auth_chain"
    AUTH_VALID_FROM = "auth_valid_from"
    AUTH_VALID_UNTIL = "auth_valid_until"
    AUTH_VERIFY = "auth_verify"
    SIGN_IN = "sign_in"
    """`key`, `token`, `password`, `certificate` or `none`."""
    SCOPE = "scope"
    RIGHT_SCOPE = "right_scope"
    COUNT = "count"
    MODELS = "models"
    MODEL = "model"
    PACKAGES = "packages"
    """Such as `GigaChat-2: 900000`, in tokens."""
    PAY_AS_YOU_GO = "pay_as_you_go"
    """`true`: the account has no packages whose rest could be asked for."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one step has found. `error` says why it failed, or what a warning is about."""

    step: Step
    verdict: Verdict
    facts: Mapping[Fact, str] = field(default_factory=dict)
    error: GigadeskError | None = None
