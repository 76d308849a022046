"""The answer of the authorization server: an access token and its end. Pure."""

from dataclasses import dataclass, field
from typing import Any

import msgspec

from gigadesk.gigachat.protocol.decode import Decoder, OddJsonError, number_of

_SECONDS_END = 10**12
"""Below this a time is in seconds (this many seconds is the year 33658), from it on in milliseconds (2001)."""


@dataclass(frozen=True, slots=True)
class Grant:
    """A token as granted. `expires_at` is 0 when the server did not say."""

    token: str = field(repr=False)
    expires_at: float


class _Answer(msgspec.Struct):
    access_token: Any = None
    expires_at: Any = None
    tok: Any = None
    exp: Any = None


_decode = Decoder(_Answer)


def read_grant(body: bytes) -> Grant:
    """The token in either spelling: `access_token`/`expires_at` (OAuth host) or `tok`/`exp` (gateways).

    Raises:
        OddJsonError: no token that could be sent in a header.
    """
    answer = _decode(body)
    token = answer.access_token or answer.tok
    if not isinstance(token, str) or not token.isascii() or not token.isprintable() or " " in token:
        raise OddJsonError
    expires_at = number_of(answer.expires_at or answer.exp)
    return Grant(token, expires_at if expires_at < _SECONDS_END else expires_at / 1000)
