"""How the hosts of the service can be reached: names, proxies, certificates, clock. Sends no secret."""

import asyncio
import ssl
import time
from dataclasses import dataclass

from yarl import URL

from gigadesk.errors import NetworkCause, NetworkError, ServiceError
from gigadesk.gigachat.addresses import addresses_of
from gigadesk.gigachat.certificates import Certificate, read_chain
from gigadesk.gigachat.failures import unix_time
from gigadesk.gigachat.options import ClientOptions, SignIn
from gigadesk.gigachat.proxies import Proxy, proxy_for
from gigadesk.gigachat.resolver import DaemonResolver
from gigadesk.gigachat.tls import ClientCertificate, watched_ssl_context
from gigadesk.gigachat.transport import Timeouts, Transport, drop

LOOK_UP_MAX_S = 5.0
_ADDRESSES_MAX = 8


@dataclass(slots=True)
class Host:
    """What is known about one host; filled in while it is looked at."""

    url: URL
    proxy: Proxy | None = None
    addresses: tuple[str, ...] = ()
    dns_error: ServiceError | None = None
    error: ServiceError | None = None
    """Why no answer came, if none did: of the name, the proxy, the connection or TLS."""
    chain: tuple[Certificate, ...] = ()
    """As the host sent it, also when it was refused."""
    asked_at: float = 0
    """This machine's clock when the answer came, in Unix seconds."""
    server_time: float | None = None
    """The host's own clock then."""

    @property
    def name(self) -> str:
        return self.url.host or ""

    @property
    def is_tls(self) -> bool:
        return self.url.scheme == "https"

    @property
    def is_reached_wrongly(self) -> bool:
        """It failed, and neither for its name nor for the proxy."""
        causes = {NetworkCause.DNS, NetworkCause.PROXY, NetworkCause.PROXY_AUTH}
        is_before = isinstance(self.error, NetworkError) and self.error.cause in causes
        return self.error is not None and not is_before


@dataclass(frozen=True, slots=True)
class Probe:
    """Both hosts. There is no `auth` for who signs in without it."""

    api: Host
    auth: Host | None = None

    @property
    def hosts(self) -> tuple[Host, ...]:
        return (self.api,) if self.auth is None else (self.api, self.auth)


async def probed(options: ClientOptions, limit_s: float) -> Probe:
    """Look at the hosts of these options, each within `limit_s` seconds.

    Raises:
        RequestRejectedError: an address cannot be used.
        CertificateError: a file of certificates cannot be used.
    """
    addresses = addresses_of(options.base_url, options.auth_url)
    api = Host(addresses.models)
    auth = Host(URL(addresses.auth)) if options.sign_in in {SignIn.KEY, SignIn.NONE} else None
    probe = Probe(api, auth)
    chains: dict[str, tuple[Certificate, ...]] = {}

    def on_chain(name: str, message: bytes, is_tls13: bool) -> None:  # noqa: FBT001 - as it is called
        chains[name] = read_chain(message, is_tls13=is_tls13)

    certificate = None
    if options.cert_file:
        certificate = ClientCertificate(options.cert_file, options.key_file, options.key_file_password)
    to_api = _transport(options, watched_ssl_context(options.ca_file, certificate, on_chain), limit_s)
    # A stranger to the client certificate, which is shown to the service only.
    to_auth = _transport(options, watched_ssl_context(options.ca_file, None, on_chain), limit_s)
    async with to_api, to_auth:
        looks = [_look_at(api, to_api, options.proxy, limit_s)]
        if auth is not None:
            looks.append(_look_at(auth, to_auth, options.proxy, limit_s))
        await asyncio.gather(*looks)
    for host in probe.hosts:
        host.chain = chains.get(host.name, ())
    return probe


def _transport(options: ClientOptions, context: ssl.SSLContext, limit_s: float) -> Transport:
    return Transport(proxy=options.proxy, context=context, timeouts=Timeouts(connect_s=limit_s, read_s=limit_s))


async def _look_at(host: Host, transport: Transport, proxy_wish: str, limit_s: float) -> None:
    try:
        host.proxy = proxy_for(host.url, proxy_wish)
        if host.proxy is None:
            host.addresses = await _look_up(host)
        async with asyncio.timeout(limit_s):
            response = await transport.send("GET", host.url, headers={"Accept": "application/json"})
        host.asked_at = time.time()
        host.server_time = unix_time(response.headers.get("Date", ""))
        drop(response)
    except TimeoutError:
        host.error = NetworkError("no answer in time", cause=NetworkCause.TIMEOUT, host=host.name)
    except ServiceError as error:
        host.error = error


async def _look_up(host: Host) -> tuple[str, ...]:
    why = ""
    try:
        async with asyncio.timeout(LOOK_UP_MAX_S):
            found = await DaemonResolver().resolve(host.name, host.url.port or 0)
            return tuple(dict.fromkeys(each["host"] for each in found))[:_ADDRESSES_MAX]
    except TimeoutError:
        why = "no answer in time"
    except OSError as error:
        why = error.strerror or type(error).__name__
    host.dns_error = NetworkError(why, cause=NetworkCause.DNS, host=host.name)
    raise host.dns_error
