"""As whom and where a client asks, and what the environment adds to it."""

import os
from dataclasses import dataclass, field, replace
from enum import StrEnum

from gigadesk.gigachat.protocol.decode import Decoder, OddJsonError
from gigadesk.limits import ANSWER_MAX_BYTES
from gigadesk.settings import DEFAULT_AUTH_URL, DEFAULT_BASE_URL, Scope

MAX_RETRIES = 2
_RETRIES_LIMIT = 10
_PREFIX = "GIGACHAT_"


class SignIn(StrEnum):
    """How a client shows who it is."""

    TOKEN = "token"  # noqa: S105 - a kind, not a secret
    """An access token that somebody else has fetched: used as it is, never renewed."""
    KEY = "key"
    """An authorization key, exchanged for access tokens at the authorization host."""
    PASSWORD = "password"  # noqa: S105 - a kind, not a secret
    """User and password, exchanged for access tokens at the host of the service itself."""
    CERTIFICATE = "certificate"
    """A client certificate alone: no token and no `Authorization` header."""
    NONE = "none"


@dataclass(frozen=True, slots=True)
class ClientOptions:
    """As whom and where to ask.

    What is empty or None is taken from the environment, by the names of the official SDK: `GIGACHAT_CREDENTIALS`,
    `_SCOPE`, `_ACCESS_TOKEN`, `_USER`, `_PASSWORD`, `_BASE_URL`, `_AUTH_URL`, `_CA_BUNDLE_FILE`, `_CERT_FILE`,
    `_KEY_FILE`, `_KEY_FILE_PASSWORD`, `_MODEL`, `_PROFANITY_CHECK`, `_FLAGS`, `_TIMEOUT`, `_MAX_RETRIES`; then it is
    the default. Who is given any way to sign in never gets another one from the environment.

    `GIGACHAT_VERIFY_SSL_CERTS` is not obeyed: certificates are always verified; `ca_file` makes one trusted.
    """

    credentials: str = field(default="", repr=False)
    """The authorization key, cleaned (`authorization_key.read_key`)."""
    scope: str = ""
    """Empty: the environment's, else that of individuals."""
    base_url: str = ""
    auth_url: str = ""
    ca_file: str = ""
    proxy: str = field(default="", repr=False)
    """Empty follows the system, `none` uses none, else `http://`, `https://` or `socks5://`."""
    access_token: str = field(default="", repr=False)
    user: str = ""
    password: str = field(default="", repr=False)
    cert_file: str = ""
    """A client certificate (PEM), with its key in it or in `key_file`. For the host of the service only."""
    key_file: str = ""
    key_file_password: str = field(default="", repr=False)
    client_id: str = ""
    """Sent as `X-Client-ID`: files belong to one such id, and only with it they can be had again."""
    model: str = ""
    """For requests that name none."""
    profanity_check: bool | None = None
    flags: tuple[str, ...] = ()
    timeout_s: float | None = None
    """The longest silence, in seconds, in place of those in `Timeouts`."""
    max_retries: int | None = None
    """How often a request is sent again that failed before anything of its answer was given out; 2 by default."""
    retry_rate_limits: bool = True
    """Whether that includes HTTP 429. A program that queues its requests itself wants to know of each one."""
    answer_max_bytes: int = ANSWER_MAX_BYTES
    """Of one answer, streamed or whole, as it comes over the wire."""
    uses_environment: bool = True
    """Whether the environment fills in anything. It speaks of one account; a program that has several leaves it out of
    the others, whose secrets and files would otherwise go to hosts, and certificates to accounts, they are not for."""

    @property
    def sign_in(self) -> SignIn:
        """How these options sign in: the first that is given, in the order of the official SDK."""
        if self.access_token:
            return SignIn.TOKEN
        if self.credentials:
            return SignIn.KEY
        if self.user and self.password:
            return SignIn.PASSWORD
        return SignIn.CERTIFICATE if self.cert_file else SignIn.NONE

    @property
    def retries(self) -> int:
        """`max_retries`, or its default."""
        return MAX_RETRIES if self.max_retries is None else min(max(self.max_retries, 0), _RETRIES_LIMIT)


def with_environment(options: ClientOptions) -> ClientOptions:
    """The options with what was not given taken from the environment, if they want that, or made the default."""
    if not options.uses_environment:
        return replace(
            options,
            scope=options.scope or Scope.PERS.value,
            base_url=options.base_url or DEFAULT_BASE_URL,
            auth_url=options.auth_url or DEFAULT_AUTH_URL,
        )
    if options.sign_in is SignIn.NONE:
        options = _with_environments_sign_in(options)
    return replace(
        options,
        scope=options.scope or _variable("SCOPE") or Scope.PERS.value,
        base_url=options.base_url or _variable("BASE_URL"),
        auth_url=options.auth_url or _variable("AUTH_URL"),
        ca_file=options.ca_file or _variable("CA_BUNDLE_FILE"),
        cert_file=options.cert_file or _variable("CERT_FILE"),
        key_file=options.key_file or (_variable("KEY_FILE") if not options.cert_file else ""),
        key_file_password=options.key_file_password or (_variable("KEY_FILE_PASSWORD") if not options.key_file else ""),
        model=options.model or _variable("MODEL"),
        profanity_check=options.profanity_check if options.profanity_check is not None else _truth("PROFANITY_CHECK"),
        flags=options.flags or _flags(),
        timeout_s=options.timeout_s or _number("TIMEOUT"),
        max_retries=options.max_retries if options.max_retries is not None else _whole_number("MAX_RETRIES"),
    )


def _with_environments_sign_in(options: ClientOptions) -> ClientOptions:
    return replace(
        options,
        access_token=_variable("ACCESS_TOKEN"),
        credentials=_variable("CREDENTIALS"),
        user=options.user or _variable("USER"),
        password=options.password or os.environ.get(_PREFIX + "PASSWORD", ""),
    )


def _variable(name: str) -> str:
    return os.environ.get(_PREFIX + name, "").strip()


def _truth(name: str) -> bool | None:
    value = _variable(name).lower()
    if value in {"1", "true", "t", "yes", "y", "on"}:
        return True
    return False if value in {"0", "false", "f", "no", "n", "off"} else None


def _number(name: str) -> float | None:
    try:
        value = float(_variable(name))
    except ValueError:
        return None
    return value if 0 < value < float("inf") else None


def _whole_number(name: str) -> int | None:
    value = _variable(name)
    return int(value[:9]) if value.isascii() and value.isdigit() else None


def _flags() -> tuple[str, ...]:
    """A JSON list, as the official SDK wants it, or names with commas between them."""
    value = _variable("FLAGS")
    try:
        return tuple(_decode_names(value))
    except OddJsonError:
        return tuple(name for part in value.split(",") if (name := part.strip()))


_decode_names = Decoder(list[str])
