"""As whom and where a client asks."""

import os
from dataclasses import dataclass, field

from gigadesk.settings import Scope


@dataclass(frozen=True, slots=True)
class ClientOptions:
    """As whom and where to ask.

    Empty strings mean: as the environment (`GIGACHAT_CREDENTIALS`, `_BASE_URL`, `_AUTH_URL`, `_CA_BUNDLE_FILE`) says,
    else the default. `GIGACHAT_SCOPE` takes the place of the default scope, not of any other.
    """

    credentials: str = field(default="", repr=False)
    """The authorization key, cleaned (`authorization_key.read_key`)."""
    scope: str = Scope.PERS.value
    base_url: str = ""
    auth_url: str = ""
    ca_file: str = ""
    proxy: str = field(default="", repr=False)
    """Empty follows the system, `none` uses none, else `http://`, `https://` or `socks5://`."""


def with_environment(options: ClientOptions) -> ClientOptions:
    """The options with what was not given taken from the environment. The addresses follow in `addresses_of`."""
    scope = options.scope
    if scope in {"", Scope.PERS.value}:
        scope = os.environ.get("GIGACHAT_SCOPE", "") or Scope.PERS.value
    return ClientOptions(
        credentials=options.credentials or os.environ.get("GIGACHAT_CREDENTIALS", ""),
        scope=scope,
        base_url=options.base_url or os.environ.get("GIGACHAT_BASE_URL", ""),
        auth_url=options.auth_url or os.environ.get("GIGACHAT_AUTH_URL", ""),
        ca_file=options.ca_file or os.environ.get("GIGACHAT_CA_BUNDLE_FILE", ""),
        proxy=options.proxy,
    )
