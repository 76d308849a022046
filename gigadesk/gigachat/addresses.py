"""Which addresses a client talks to, and whether secrets may be sent there. Pure, apart from reading `os.environ`."""

import ipaddress
import os
from dataclasses import dataclass

from yarl import URL

from gigadesk.errors import RequestRejectedError
from gigadesk.settings import DEFAULT_AUTH_URL, DEFAULT_BASE_URL

OLD_HOST = "gigachat.devices.sberbank.ru"
"""The host of before July 2026, base path `/api/v1`. Only it serves the models of the first generation."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """The two ends of the service. `base` ends without a slash: `https://api.giga.chat/v1`."""

    base: str
    auth: str

    @property
    def chat(self) -> URL:
        return URL(self.base + "/chat/completions")

    @property
    def models(self) -> URL:
        return URL(self.base + "/models")


def addresses_of(base_url: str = "", auth_url: str = "") -> Addresses:
    """What was given, else what the environment says, else the public service.

    A base URL without a path gets the version that its host speaks.

    Raises:
        RequestRejectedError: an address cannot be used; `detail` says which and why.
    """
    base = _checked(base_url or os.environ.get("GIGACHAT_BASE_URL", "") or DEFAULT_BASE_URL)
    auth = _checked(auth_url or os.environ.get("GIGACHAT_AUTH_URL", "") or DEFAULT_AUTH_URL)
    path = base.path.rstrip("/").removesuffix("/chat/completions")
    if not path:
        path = "/api/v1" if base.host == OLD_HOST else "/v1"
    return Addresses(str(base.with_path(path)), str(auth))


def is_loopback(host: str) -> bool:
    """The host is this machine: what is sent there cannot be read on the way."""
    name = host.lower().rstrip(".")
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def _checked(address: str) -> URL:
    try:
        url = URL(address.strip())
        host, port = url.host, url.port
    except ValueError:
        host = port = None
        url = URL()
    if url.scheme not in {"http", "https"} or not host or not port:
        raise RequestRejectedError("the address of the service is not a web address")
    if url.user is not None or url.password is not None:
        raise RequestRejectedError(f"the address of {host} contains a user name or a password")
    if url.scheme == "http" and not is_loopback(host):
        raise RequestRejectedError(f"the address of {host} begins with http: a key is sent by https only")
    return url.with_query(None).with_fragment(None)
