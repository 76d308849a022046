"""Signing in: a key and a scope, or a user and a password, become a token, or one of the errors. Does no I/O."""

import base64
import binascii
import re
from urllib.parse import parse_qs

from gigadesk.emulator.accounts import Account, RateLimiter, Tokens
from gigadesk.emulator.exchange import RecordedRequest, Reply
from gigadesk.emulator.options import Plan
from gigadesk.emulator.wire import api_error, api_reply, oauth_error, oauth_reply

SCOPES = frozenset(plan.scope for plan in Plan)
PASSWORD_TOKEN_LENGTH = 173
"""So that the answer of `/token` has the 200 bytes of the recording."""
_RQUID = re.compile(r"[0-9a-fA-F-]{36}")


class AuthorizationHost:
    """`POST /api/v2/oauth` for the accounts it is given."""

    def __init__(self, accounts: tuple[Account, ...], tokens: Tokens, limiter: RateLimiter) -> None:
        self._accounts = accounts
        self._tokens = tokens
        self._limiter = limiter

    def reply(self, request: RecordedRequest) -> Reply:
        """A token for 30 minutes. The order of the checks and the texts of a wrong `RqUID` and of a 429 are ours."""
        if request.method != "POST":
            return oauth_error(405, 0, "Method not allowed")
        if not self._limiter.admit():
            return oauth_error(429, 0, "Too many requests")
        if not _RQUID.fullmatch(request.headers.get("RqUID", "")):
            return oauth_error(400, 0, "RqUID header is missing or invalid")
        scope = _form_field(request.body, "scope")
        if not scope:
            return oauth_error(400, 5, "scope is empty")
        if scope not in SCOPES:
            return oauth_error(400, 1, "scope data format invalid")
        pair = _decode_pair(request.headers.get("Authorization", ""))
        if pair is None:
            return oauth_error(400, 4, "Can't decode 'Authorization' header")
        account = next((one for one in self._accounts if (one.client_id, one.client_secret) == pair), None)
        if account is None:
            return oauth_error(401, 6, "credentials doesn't match db data")
        if scope != account.plan.scope:
            return oauth_error(400, 7, "scope from db not fully includes consumed scope")
        token, expires_at_ms = self._tokens.issue(account)
        return oauth_reply(200, {"access_token": token, "expires_at": expires_at_ms})


class PasswordLogin:
    """`POST /token` of the previous host and of installations at a customer's; the new host does not have it."""

    def __init__(self, user: str, password: str, account: Account, tokens: Tokens) -> None:
        self._pair = user, password
        self._account = account
        self._tokens = tokens

    def reply(self, request: RecordedRequest) -> Reply:
        """`tok` and `exp`, in Unix seconds.

        The SDK's own texts say milliseconds, but recordings show it signing in again before every call, as it does
        when the end is told in seconds. The Java SDK sends a form with the scope; it changes nothing. No limit on
        the number of calls is known.
        """
        kind, _, _ = request.headers.get("Authorization", "").partition(" ")
        pair = _decode_pair(request.headers.get("Authorization", ""))
        if kind.lower() != "basic" or pair != self._pair or not self._pair[0]:
            return api_error(401, request.headers)
        token, expires_at_ms = self._tokens.issue(self._account, PASSWORD_TOKEN_LENGTH)
        return api_reply({"tok": token, "exp": expires_at_ms // 1000}, request.headers)


def _form_field(body: bytes, name: str) -> str:
    return next(iter(parse_qs(body.decode("utf-8", "replace")).get(name, [])), "").strip()


def _decode_pair(authorization: str) -> tuple[str, str] | None:
    """Client id and secret of `Basic <key>`; `Bearer <key>` is accepted as by the real host."""
    kind, _, key = authorization.partition(" ")
    if kind.lower() not in {"basic", "bearer"}:
        return None
    try:
        client_id, colon, client_secret = base64.b64decode(key.strip(), validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        return None
    return (client_id, client_secret) if colon else None
