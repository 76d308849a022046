"""Who a client is: turns its options into the `Authorization` header of each request."""

import base64
import logging
import time
import uuid
from collections.abc import Callable, Mapping
from typing import assert_never

import aiohttp
from yarl import URL

from gigadesk.errors import (
    BrokenAnswerError,
    CertificateCause,
    CertificateError,
    KeyRejectedError,
    MissingAuthError,
    PasswordRejectedError,
    RequestRejectedError,
    ServiceError,
    TokenExpiredError,
)
from gigadesk.gigachat.addresses import Addresses
from gigadesk.gigachat.failures import FailedAnswer, from_oauth, from_token_login, unix_time
from gigadesk.gigachat.options import ClientOptions, SignIn
from gigadesk.gigachat.protocol.decode import OddJsonError
from gigadesk.gigachat.protocol.grant import Grant, read_grant
from gigadesk.gigachat.token import TokenOwner
from gigadesk.gigachat.transport import Transport, json_body, read_failure

_GRANT_MAX_BYTES = 64 * 1024

log = logging.getLogger(__name__)


class Authorizer:
    """Gives the `Authorization` of a request, and a fresh one when the service did not take it.

    Args:
        options: with the environment in them.
        addresses: called when a token is to be fetched.
        transport: makes connections to the host of an address; a fetch has its own, which it closes.
        tokens: keeps the token, perhaps for several clients.
    """

    def __init__(
        self,
        options: ClientOptions,
        addresses: Callable[[], Addresses],
        transport: Callable[[], Transport],
        tokens: TokenOwner,
    ) -> None:
        self._options = options
        self._addresses = addresses
        self._new_transport = transport
        self._tokens = tokens
        self._kind = options.sign_in

    @property
    def can_renew(self) -> bool:
        """Whether another token can be had when one is refused."""
        return self._kind in {SignIn.KEY, SignIn.PASSWORD}

    @property
    def failures(self) -> int:
        """How many fetches of a token have failed so far; for `failures_known`."""
        return self._tokens.failures

    async def token(self, bad: str = "", *, failures_known: int = 0) -> str:
        """An access token; empty when none is sent.

        Args:
            bad: one that was refused.
            failures_known: see `TokenOwner.get`.

        Raises:
            MissingAuthError: there is nothing to sign in with.
            ServiceError: no token could be had.
        """
        match self._kind:
            case SignIn.TOKEN:
                return _header_text(self._options.access_token, TokenExpiredError)
            case SignIn.KEY:
                return await self._tokens.get(self._exchange_key, bad, failures_known=failures_known)
            case SignIn.PASSWORD:
                return await self._tokens.get(self._exchange_password, bad, failures_known=failures_known)
            case SignIn.CERTIFICATE:
                return ""
            case SignIn.NONE:
                raise MissingAuthError
            case _:
                assert_never(self._kind)

    def refused(self, error: ServiceError) -> ServiceError:
        """What a 401 of the service, also for a fresh token, means for who signs in like this."""
        match self._kind:
            case SignIn.TOKEN:
                return TokenExpiredError(error.detail, status=error.status, request_id=error.request_id)
            case SignIn.PASSWORD:
                return PasswordRejectedError(error.detail, status=error.status, request_id=error.request_id)
            case SignIn.CERTIFICATE:
                host = URL(self._addresses().base).host or ""
                return CertificateError(error.detail, cause=CertificateCause.CLIENT_REQUIRED, host=host)
            case _:
                return error

    async def _exchange_key(self) -> tuple[Grant, float]:
        headers = {
            "Authorization": f"Basic {_header_text(self._options.credentials, KeyRejectedError)}",
            "RqUID": str(uuid.uuid4()),
            "Content-Type": "application/x-www-form-urlencoded",
            "Accept": "application/json",
        }
        form = URL.build(query={"scope": self._options.scope}).raw_query_string.encode()
        return await self._fetch(URL(self._addresses().auth), headers, form, from_oauth)

    async def _exchange_password(self) -> tuple[Grant, float]:
        if ":" in self._options.user:
            raise RequestRejectedError("a user name cannot hold a colon")
        pair = f"{self._options.user}:{self._options.password}".encode("utf-8", "replace")
        headers = {"Authorization": f"Basic {base64.b64encode(pair).decode()}", "Accept": "application/json"}
        return await self._fetch(self._addresses().token, headers, b"", from_token_login)

    async def _fetch(
        self, url: URL, headers: Mapping[str, str], body: bytes, failure: Callable[[FailedAnswer], ServiceError]
    ) -> tuple[Grant, float]:
        """The grant, and what the server's clock says, in Unix seconds.

        Uses connections of its own: the token may be shared, and must not fail because one client is closed.
        """
        async with self._new_transport() as transport:
            response = await transport.send("POST", url, headers=headers, body=body)
            log.info("token: %d", response.status)
            if response.status != 200:
                raise failure(await read_failure(response))
            now = _server_time(response)
            content = await json_body(response, _GRANT_MAX_BYTES)
        try:
            return read_grant(content), now
        except OddJsonError:
            pass
        raise BrokenAnswerError("the answer holds no token")


def _server_time(response: aiohttp.ClientResponse) -> float:
    return unix_time(response.headers.get("Date", "")) or time.time()


def _header_text(secret: str, error: type[ServiceError]) -> str:
    if not secret.isascii() or not secret.isprintable() or " " in secret:
        raise error("it holds characters that no key and no token has")
    return secret
