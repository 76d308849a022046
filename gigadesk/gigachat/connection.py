"""The way to the service that every endpoint uses: sign-in, transport, one fresh token after a 401, further tries."""

import asyncio
import logging
import time
import uuid
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import TypedDict, TypeVar, Unpack

import aiohttp
from yarl import URL

from gigadesk.errors import BrokenAnswerError, RequestRejectedError, ServiceError
from gigadesk.gigachat.addresses import Addresses, addresses_of
from gigadesk.gigachat.failures import FailedAnswer, from_api
from gigadesk.gigachat.options import ClientOptions, SignIn, with_environment
from gigadesk.gigachat.retries import Retries
from gigadesk.gigachat.sign_in import Authorizer
from gigadesk.gigachat.tls import ClientCertificate
from gigadesk.gigachat.token import TokenOwner
from gigadesk.gigachat.transport import Body, Timeouts, Transport, drop, json_body, read_failure
from gigadesk.limits import JSON_BODY_MAX_BYTES

log = logging.getLogger(__name__)

T = TypeVar("T")


class Extras(TypedDict, total=False):
    """What a request may have besides its method and address."""

    headers: Mapping[str, str]
    body: Body
    """Bytes, or a factory that is called for every try, so that a file is read from its beginning again."""
    read_s: float
    """The longest silence in seconds, if another than usual."""
    failure: Callable[[FailedAnswer], ServiceError]
    """Makes the error of an answer with another status than 200; `failures.from_api` by default."""


class Connection:
    """Asks one account's service. Does nothing until asked; `close` it in the loop it was used in.

    Args:
        options: as whom and where to ask; the environment is added here.
        connector: connections to use instead of our own, except to a SOCKS proxy; left open by `close`.
        tokens: the owner of the token, if it is shared with other clients of the same account.
        timeouts: how long to wait for what.
    """

    def __init__(
        self,
        options: ClientOptions,
        *,
        connector: aiohttp.BaseConnector | None = None,
        tokens: TokenOwner | None = None,
        timeouts: Timeouts | None = None,
    ) -> None:
        self.options = with_environment(options)
        self.timeouts = timeouts or _timeouts_of(self.options)
        self._connector = connector
        self._shared_tokens = tokens
        self._tokens = tokens or TokenOwner()
        self._transport = self._new_transport()
        # The authorization host is a stranger to the client certificate, which is shown to the service only.
        fresh = partial(self._new_transport, shows_certificate=self.options.sign_in is SignIn.PASSWORD)
        self._authorizer = Authorizer(self.options, lambda: self.addresses, fresh, self._tokens)
        self._addresses: Addresses | None = None

    @property
    def addresses(self) -> Addresses:
        """Where the service is.

        Raises:
            RequestRejectedError: an address cannot be used.
        """
        if self._addresses is None:
            self._addresses = addresses_of(self.options.base_url, self.options.auth_url)
        return self._addresses

    async def close(self) -> None:
        """Close every connection. Requests that are still running end with an error."""
        if self._shared_tokens is None:
            await self._tokens.close()
        await self._transport.close()

    async def sign_in(self) -> None:
        """See to it that there is a token, where one is needed.

        Raises:
            MissingAuthError: there is nothing to sign in with.
            ServiceError: no token could be had.
        """
        await self._authorizer.token()

    def retries(self) -> Retries:
        """The tries of one request, for who uses `open_once`."""
        return Retries(
            self.options.retries,
            rate_limits=self.options.retry_rate_limits,
            are_wanted=lambda: not self._transport.is_closed,
        )

    async def open(self, method: str, address: URL | str, **extras: Unpack[Extras]) -> aiohttp.ClientResponse:
        """The answer to a request, with status 200 and nothing of its body read. The caller reads and `drop`s it.

        A request that fails in passing is sent again, at most `options.max_retries` times.

        Args:
            method: of HTTP.
            address: one of `addresses`; a text is a path below the base. Ids go through `addresses.path`.
            **extras: see `Extras`.

        Raises:
            MissingAuthError: there is nothing to sign in with.
            ServiceError: there is no such answer.
        """
        return await self.trying(lambda failures_known: self.open_once(method, address, failures_known, **extras))

    async def json(
        self, method: str, address: URL | str, max_bytes: int = JSON_BODY_MAX_BYTES, **extras: Unpack[Extras]
    ) -> bytes:
        """The JSON text that answers a request; one that breaks off is asked for again, too. See `open`.

        Raises:
            MissingAuthError: there is nothing to sign in with.
            ServiceError: there is no such answer; `BrokenAnswerError` if it is something else than JSON.
        """
        extras["headers"] = {"Accept": "application/json", **extras.get("headers", {})}

        async def once(failures_known: int) -> bytes:
            return await json_body(await self.open_once(method, address, failures_known, **extras), max_bytes)

        return await self.trying(once)

    async def trying(self, once: Callable[[int], Awaitable[T]]) -> T:
        """What `once` gives, at the first try that does not fail in passing.

        Args:
            once: a whole exchange that may be repeated; is given `failures_known` for `open_once`.

        Raises:
            ServiceError: the last failure.
        """
        retries, failures_known = self.retries(), 0
        while True:
            try:
                return await once(failures_known)
            except ServiceError as error:
                retrying = retries.after(error)
                if retrying is None:
                    raise
            failures_known = self.token_failures
            await asyncio.sleep(retrying.delay_s)

    async def open_once(
        self, method: str, address: URL | str, failures_known: int = 0, **extras: Unpack[Extras]
    ) -> aiohttp.ClientResponse:
        """Like `open`, but a single try; what the user cannot notice (a fresh token, a dead kept connection) is in it.

        Args:
            method: of HTTP.
            address: as for `open`.
            failures_known: `token_failures` when the try before this one failed; see `TokenOwner.get`.
            **extras: see `Extras`.
        """
        url = URL(self.addresses.base + address) if isinstance(address, str) else address
        if not self.addresses.holds(url):
            raise RequestRejectedError("an address is not on the host of the service")
        token = await self._authorizer.token(failures_known=failures_known)
        response = await self._send(method, url, token, extras)
        if response.status == 401 and self._authorizer.can_renew:
            # Expired during a suspend, or called back: a fresh one decides whether the key is still good.
            await read_failure(response)
            token = await self._authorizer.token(bad=token)
            response = await self._send(method, url, token, extras)
        if response.status != 200:
            error = extras.get("failure", from_api)(await read_failure(response))
            raise self._authorizer.refused(error) if error.status == 401 else error
        if response.headers.get("Content-Encoding", "identity") != "identity":
            drop(response)
            raise BrokenAnswerError("the answer is compressed, which was not asked for", status=200)
        return response

    @property
    def token_failures(self) -> int:
        """How many fetches of a token have failed so far; for `failures_known` of the next try."""
        return self._authorizer.failures

    async def _send(self, method: str, url: URL, token: str, extras: Extras) -> aiohttp.ClientResponse:
        started_at = time.monotonic()
        request_id = str(uuid.uuid4())
        headers = {"X-Request-ID": request_id, **extras.get("headers", {})}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        if self.options.client_id:
            headers["X-Client-ID"] = self.options.client_id
        response = await self._transport.send(
            method, url, headers=headers, body=extras.get("body"), read_s=extras.get("read_s", 0.0)
        )
        taken_ms = (time.monotonic() - started_at) * 1000
        log.info("%s %s: %d after %.0f ms, %s", method, url.path, response.status, taken_ms, request_id)
        return response

    def _new_transport(self, *, shows_certificate: bool = True) -> Transport:
        options = self.options
        certificate = None
        if shows_certificate and options.cert_file:
            certificate = ClientCertificate(options.cert_file, options.key_file, options.key_file_password)
        return Transport(
            proxy=options.proxy,
            ca_file=options.ca_file,
            certificate=certificate,
            connector=self._connector,
            timeouts=self.timeouts,
        )


def _timeouts_of(options: ClientOptions) -> Timeouts:
    usual = Timeouts()
    if options.timeout_s is None:
        return usual
    return replace(usual, read_s=options.timeout_s, event_s=options.timeout_s, whole_read_s=options.timeout_s)
