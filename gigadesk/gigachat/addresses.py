"""Which addresses a client talks to, and whether secrets may be sent there. Pure, apart from reading `os.environ`."""

import ipaddress
import os
import re
import urllib.parse
from dataclasses import dataclass

from yarl import URL

from gigadesk.errors import RequestRejectedError
from gigadesk.settings import DEFAULT_AUTH_URL, DEFAULT_BASE_URL

OLD_HOST = "gigachat.devices.sberbank.ru"
"""The host of before July 2026, base path `/api/v1`. Only it serves the models of the first generation."""

_PART_MAX_CHARS = 512
_VERSION = re.compile(r"/v\d+$")


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

    @property
    def token(self) -> URL:
        """Where a user and a password are exchanged for a token. `api.giga.chat` has no such place."""
        return URL(self.base + "/token")

    @property
    def chat_v2(self) -> tuple[URL, ...]:
        """Where the second chat contract may be found, the likeliest first.

        The rule of the official SDK: `/v2` instead of the version the base ends in, or the base itself when it ends in
        none. For the old host, whose bases begin with `/api`, the official SDKs disagree on whether that stays.
        """
        base = URL(self.base)
        path = base.path.rstrip("/")
        if not _VERSION.search(path):
            return (self.chat,)
        place = _VERSION.sub("/v2/chat/completions", path)
        places = (place, place.removeprefix("/api")) if place.startswith("/api/v2/") else (place,)
        return tuple(base.with_path(place) for place in places)

    def path(self, *parts: str) -> URL:
        """An address below the base. Each part is one segment, whatever is in it: an id may come from an answer.

        Raises:
            RequestRejectedError: a part that no quoting keeps in its place, or that is too long.
        """
        if any(part in {"", ".", ".."} for part in parts):
            raise RequestRejectedError("an id is empty")
        if any(len(part) > _PART_MAX_CHARS for part in parts):
            raise RequestRejectedError("an id is too long")
        quoted = (urllib.parse.quote(part.encode("utf-8", "replace"), safe="") for part in parts)
        return URL("/".join((self.base, *quoted)), encoded=True)

    def holds(self, url: URL) -> bool:
        """Whether `url` is on the host of the service, so that the token may be sent there."""
        return url.origin() == URL(self.base).origin()


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
