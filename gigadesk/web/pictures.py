"""Fetches one picture of the web, as strictly as a stranger's wish deserves.

Only https, with the public certificate authorities; only hosts of the public internet, told by the very address that is
connected to; no cookies, no referrer, nothing about the account; a limit on size and time. What comes must say that it
is a picture, and begin like one. It is decoded elsewhere (`ui/pictures.py`).
"""

import asyncio
import socket
import ssl
from contextlib import suppress

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from gigadesk.errors import (
    AnswerInterruptedError,
    BrokenAnswerCause,
    BrokenAnswerError,
    CertificateError,
    NetworkError,
    ServiceError,
    WebPictureCause,
    WebPictureError,
)
from gigadesk.gigachat.proxies import NO_PROXY, proxy_for
from gigadesk.gigachat.resolver import DaemonResolver
from gigadesk.gigachat.tls import public_ssl_context
from gigadesk.gigachat.transport import Timeouts, Transport, content_type_of, drop, read_body
from gigadesk.limits import LINK_MAX_CHARS, WEB_PICTURE_MAX_BYTES, WEB_PICTURE_MAX_S
from gigadesk.web.public_addresses import IsAllowed, is_public, is_public_name

REDIRECTS_MAX = 3
_REDIRECTS = {301, 302, 303, 307, 308}
_ACCEPT = "image/png, image/jpeg, image/webp, image/gif"
_TYPES = {"image/png": "png", "image/jpeg": "jpg", "image/jpg": "jpg", "image/webp": "webp", "image/gif": "gif"}


class _NotPublicError(OSError):
    """The name stands for an address that is not asked."""


class _CheckedResolver(AbstractResolver):
    """Gives only addresses that may be connected to; aiohttp connects to these very ones, however a name changes."""

    def __init__(self, inner: AbstractResolver, is_allowed: IsAllowed) -> None:
        self._inner = inner
        self._is_allowed = is_allowed
        self.has_refused = False

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        found = await self._inner.resolve(host, port, family)
        # One that is not allowed makes the others suspect.
        if not all(self._is_allowed(each["host"]) for each in found):
            self.has_refused = True
            raise _NotPublicError("not an address of the public internet")
        return found

    async def close(self) -> None:
        await self._inner.close()


class WebPictures:
    """`proxy` is as in the settings of an account. The other arguments are for tests, whose servers are local."""

    def __init__(
        self,
        *,
        proxy: str = "",
        is_allowed: IsAllowed = is_public,
        resolver: AbstractResolver | None = None,
        context: ssl.SSLContext | None = None,
        max_s: float = WEB_PICTURE_MAX_S,
    ) -> None:
        self._proxy = proxy
        self._is_allowed = is_allowed
        self._resolver = resolver
        self._context = context
        self._max_s = max_s

    async def fetch(self, address: str) -> tuple[bytes, str]:
        """The bytes of a picture, and the end that fits its name (`png`, `jpg`, `webp` or `gif`).

        Raises:
            WebPictureError: there is none, or it is not fetched.
        """
        try:
            async with asyncio.timeout(self._max_s):
                return await self._follow(address)
        except TimeoutError:
            cause = WebPictureCause.TOO_SLOW
        raise WebPictureError(cause)

    async def _follow(self, address: str) -> tuple[bytes, str]:
        url = read_address(address)
        for _ in range(REDIRECTS_MAX + 1):
            found = await self._ask(url)
            if not isinstance(found, URL):
                return found
            url = read_address(str(found))
        raise WebPictureError(WebPictureCause.REFUSED)

    async def _ask(self, url: URL) -> tuple[bytes, str] | URL:
        """What is there, or where it is instead."""
        host = url.host or ""
        is_numeric = not any(character.isalpha() for character in host) or ":" in host
        if is_numeric and not self._is_allowed(host):
            raise WebPictureError(WebPictureCause.NOT_PUBLIC)
        resolver = _CheckedResolver(self._resolver or DaemonResolver(), self._is_allowed)
        try:
            proxy = proxy_for(url, self._proxy)
        except NetworkError:
            proxy = None
            raise WebPictureError(WebPictureCause.NO_CONNECTION) from None
        if proxy is not None:
            # It looks the names up itself: what can be told from the name must do.
            if not is_public_name(host):
                raise WebPictureError(WebPictureCause.NOT_PUBLIC)
            connector = aiohttp.TCPConnector(resolver=DaemonResolver(), force_close=True)
        else:
            connector = aiohttp.TCPConnector(resolver=resolver, use_dns_cache=False, force_close=True)
        context = self._context or public_ssl_context()
        timeouts = Timeouts(read_s=self._max_s)
        wish = self._proxy if proxy is not None else NO_PROXY
        cause = WebPictureCause.NO_CONNECTION
        try:
            async with Transport(proxy=wish, context=context, connector=connector, timeouts=timeouts) as transport:
                return await self._receive(transport, url)
        except CertificateError:
            cause = WebPictureCause.NOT_TRUSTED
        except (AnswerInterruptedError, NetworkError):
            pass
        except BrokenAnswerError as error:
            is_long = error.cause is BrokenAnswerCause.TOO_LONG
            cause = WebPictureCause.TOO_LARGE if is_long else WebPictureCause.NO_CONNECTION
        except ServiceError:
            pass
        finally:
            await connector.close()
        # Raised outside of the handlers: a foreign exception may hold the whole address.
        raise WebPictureError(WebPictureCause.NOT_PUBLIC if resolver.has_refused else cause)

    async def _receive(self, transport: Transport, url: URL) -> tuple[bytes, str] | URL:
        response = await transport.send("GET", url, headers={"Accept": _ACCEPT})
        try:
            if response.status in _REDIRECTS:
                return _target_of(response, url)
            if response.status != 200:
                raise WebPictureError(WebPictureCause.REFUSED, status=response.status)
            if response.headers.get("Content-Encoding", "identity") != "identity":
                raise WebPictureError(WebPictureCause.NOT_A_PICTURE)
            if content_type_of(response) not in _TYPES:
                raise WebPictureError(WebPictureCause.NOT_A_PICTURE)
            if (response.content_length or 0) > WEB_PICTURE_MAX_BYTES:
                raise WebPictureError(WebPictureCause.TOO_LARGE)
            content = await read_body(response, WEB_PICTURE_MAX_BYTES, self._max_s)
        finally:
            drop(response)
        end = _end_of(content)
        if not end:
            raise WebPictureError(WebPictureCause.NOT_A_PICTURE)
        return content, end


def read_address(address: str) -> URL:
    """An address that may be asked, without what only browsers need.

    Raises:
        WebPictureError: it is no https address, or one that hides something.
    """
    url = None
    if len(address) <= LINK_MAX_CHARS:
        with suppress(ValueError):
            url = URL(address)
    if url is None or url.scheme != "https" or not url.host:
        raise WebPictureError(WebPictureCause.NOT_HTTPS)
    if url.user is not None or url.password is not None:
        raise WebPictureError(WebPictureCause.NOT_PUBLIC)
    return url.with_fragment(None)


def _target_of(response: aiohttp.ClientResponse, url: URL) -> URL:
    try:
        return url.join(URL(response.headers.get("Location", "")))
    except ValueError:
        raise WebPictureError(WebPictureCause.REFUSED) from None


def _end_of(content: bytes) -> str:
    """By its first bytes, as `ui/pictures.py` tells it."""
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return "webp"
    return "gif" if content.startswith((b"GIF87a", b"GIF89a")) else ""
