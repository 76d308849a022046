"""Which proxy leads to a host, with its credentials kept apart from its address.

Never reads `~/.netrc`, which aiohttp's own `trust_env` does: it would send passwords of other programs.
"""

import urllib.parse
import urllib.request
from dataclasses import dataclass, field

from yarl import URL

from gigadesk.errors import NetworkCause, NetworkError
from gigadesk.gigachat.addresses import is_loopback

NO_PROXY = "none"

_SOCKS_SCHEMES = {"socks": "socks5", "socks5": "socks5", "socks5h": "socks5", "socks4": "socks4", "socks4a": "socks4"}


@dataclass(frozen=True, slots=True)
class Proxy:
    """`scheme` is `http`, `https`, `socks5` or `socks4`."""

    scheme: str
    host: str
    port: int
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)

    @property
    def is_socks(self) -> bool:
        return self.scheme.startswith("socks")

    @property
    def url(self) -> URL:
        """The address without credentials."""
        return URL.build(scheme=self.scheme, host=self.host, port=self.port)


def proxy_for(url: URL, wish: str = "") -> Proxy | None:
    """The proxy to reach `url`; None to go straight.

    Args:
        url: what is to be reached.
        wish: empty follows the system (its exceptions included, and never for this machine itself), `none` goes
            straight, an address is taken for every host.

    Raises:
        NetworkError: with cause `PROXY`; the address of the proxy makes no sense.
    """
    wish = wish.strip()
    if wish.lower() == NO_PROXY:
        return None
    return read_proxy(wish) if wish else _system_proxy(url)


def read_proxy(address: str) -> Proxy:
    """The parts of a proxy's address. Without a scheme it is taken for `http`.

    Raises:
        NetworkError: with cause `PROXY`. The address is not repeated: it may hold a password.
    """
    try:
        parts = urllib.parse.urlsplit(address if "://" in address else f"http://{address}")
        host, port = parts.hostname, parts.port
    except ValueError:
        parts, host, port = urllib.parse.SplitResult("", "", "", "", ""), None, None
    scheme = _SOCKS_SCHEMES.get(parts.scheme, parts.scheme)
    if not host or (scheme not in {"http", "https"} and scheme not in _SOCKS_SCHEMES):
        raise NetworkError("the address of the proxy makes no sense", cause=NetworkCause.PROXY)
    port = port or (1080 if scheme in _SOCKS_SCHEMES else 443 if scheme == "https" else 80)
    user, password = (urllib.parse.unquote(part or "") for part in (parts.username, parts.password))
    if scheme in _SOCKS_SCHEMES and not (user + password).isascii():
        raise NetworkError("a SOCKS proxy takes plain Latin names and passwords only", cause=NetworkCause.PROXY)
    return Proxy(scheme, host, port, user, password)


def _system_proxy(url: URL) -> Proxy | None:
    host = url.host or ""
    if is_loopback(host):
        return None
    addresses = urllib.request.getproxies()
    address = addresses.get(url.scheme) or addresses.get("all")
    if not address or urllib.request.proxy_bypass(f"{host}:{url.port}"):
        return None
    return read_proxy(address)
