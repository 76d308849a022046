"""Turns what a server said into an error of ours: HTTP status, Content-Type and body in, a value out. Pure.

The OAuth host and the API host use different bodies: `{"code":7,"message":"..."}` and `{"status":404,"message":"..."}`.
Gateways and portals in front of them answer with HTML.
"""

import email.utils
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gigadesk.errors import (
    BrokenAnswerCause,
    BrokenAnswerError,
    CertificateCause,
    CertificateError,
    FileGoneError,
    ForbiddenError,
    KeyRejectedError,
    ModelUnavailableError,
    NetworkCause,
    NetworkError,
    PasswordRejectedError,
    QuotaError,
    RateLimitError,
    RequestRejectedError,
    ScopeError,
    ServerFailedError,
    ServiceError,
    TooLargeError,
    ToolUnavailableError,
)
from gigadesk.gigachat.protocol.decode import Decoder, OddJsonError, number_of, text_of
from gigadesk.limits import ERROR_DETAIL_MAX_CHARS
from gigadesk.text import clean

RETRY_AFTER_MAX_S = 60.0
"""A server may ask for any wait, also for years or NaN; more than a minute is a decision of the user."""

_SECRETS = re.compile(r"\b(Bearer|Basic)\s+\S+|[A-Za-z0-9+/_=.-]{40,}", re.IGNORECASE)
_CONTENT_TYPE = re.compile(r"[a-z0-9.+-]{1,40}/[a-z0-9.+-]{1,40}")

_BY_STATUS: Mapping[int, type[ServiceError]] = {
    400: RequestRejectedError,
    401: KeyRejectedError,
    402: QuotaError,
    403: ForbiddenError,
    404: ModelUnavailableError,
    408: ServerFailedError,
    413: TooLargeError,
    422: RequestRejectedError,
    429: RateLimitError,
}

_BY_WORDS: Sequence[tuple[int, re.Pattern[str], type[ServiceError]]] = (
    (403, re.compile(r"\bfile\b.*\bdenied\b", re.IGNORECASE), FileGoneError),
    (404, re.compile(r"\bfiles?\b", re.IGNORECASE), FileGoneError),
    (404, re.compile(r"\bunknown tool\b|\bfunction schema\b", re.IGNORECASE), ToolUnavailableError),
    (422, re.compile(r"\btool\b.*\bunavailable\b|\bnot support functions\b", re.IGNORECASE), ToolUnavailableError),
    (422, re.compile(r"\bfiles?\b.*\b(not found|does not exist|denied)\b", re.IGNORECASE), FileGoneError),
)

# The numbers of the OAuth host stand for one cause each, while its HTTP status for the same cause differs by source.
_BY_OAUTH_CODE: Mapping[int, type[ServiceError]] = {
    1: ScopeError,
    4: KeyRejectedError,
    5: ScopeError,
    6: KeyRejectedError,
    7: ScopeError,
}

_WANTS_CERTIFICATE = re.compile(rb"No required SSL certificate was sent|The SSL certificate error")

_decode_object = Decoder(dict[str, Any])


@dataclass(frozen=True, slots=True)
class FailedAnswer:
    """An HTTP answer that is not what was asked for. `content_type` is lower case, without parameters."""

    status: int
    content_type: str = ""
    body: bytes = field(default=b"", repr=False)
    request_id: str = ""
    retry_after: str = ""
    date: str = ""
    """The `Date` header, against which a date in `retry_after` is counted."""


def from_api(answer: FailedAnswer) -> ServiceError:
    """The error that an answer of the API host stands for."""
    return _from_answer(answer, is_oauth=False)


def from_oauth(answer: FailedAnswer) -> ServiceError:
    """The error that an answer of the authorization host stands for."""
    return _from_answer(answer, is_oauth=True)


def from_token_login(answer: FailedAnswer) -> ServiceError:
    """The error that an answer to a user and a password stands for."""
    error = from_api(answer)
    if isinstance(error, KeyRejectedError):
        return PasswordRejectedError(error.detail, **_origin(answer))
    if answer.status in {404, 405}:
        return RequestRejectedError("this host takes no user and password", **_origin(answer))
    return error


def from_files(answer: FailedAnswer) -> ServiceError:
    """The error that an answer of the API host stands for, when what was asked for is one file."""
    error = from_api(answer)
    if isinstance(error, ModelUnavailableError):
        return FileGoneError(error.detail, **_origin(answer))
    return error


def from_reported_error(status: Any, message: Any, error: Any) -> ServiceError:  # leaves of foreign JSON
    """The error that a server reports within a stream, where no HTTP status can tell any more."""
    if isinstance(error, dict):
        status = status if status is not None else error.get("status", error.get("code"))
        message = message if message is not None else error.get("message")
    elif isinstance(error, str):
        message = message if message is not None else error
    number = int(number_of(status))
    kind = _BY_STATUS.get(number, ServerFailedError)
    return kind(detail_of(text_of(message)), status=number)


def not_gigachat(answer: FailedAnswer) -> BrokenAnswerError:
    """The error for a page of somebody in between: a portal, a proxy, a wrong address."""
    # A header that has swallowed a piece of the body must not bring the conversation into an error.
    kind = answer.content_type if _CONTENT_TYPE.fullmatch(answer.content_type) else "no content type"
    return BrokenAnswerError(
        f"HTTP {answer.status}, {kind}",
        cause=BrokenAnswerCause.NOT_GIGACHAT,
        status=answer.status,
        request_id=answer.request_id,
    )


def detail_of(text: str) -> str:
    """Foreign words that may be kept: one line, short, without anything that looks like a key or a token."""
    return _SECRETS.sub("***", " ".join(clean(text).split()))[:ERROR_DETAIL_MAX_CHARS]


def retry_after_s(header: str, date: str = "") -> float | None:
    """A `Retry-After` header in seconds, within 0 and a minute; None when there is none or it makes no sense."""
    try:
        wished = float(header)
    except ValueError:
        until, now = unix_time(header), unix_time(date)
        if until is None or now is None:
            return None
        wished = until - now
    return None if math.isnan(wished) else min(max(wished, 0.0), RETRY_AFTER_MAX_S)


def unix_time(http_date: str) -> float | None:
    """An HTTP date in Unix seconds, None if it is none."""
    try:
        return email.utils.parsedate_to_datetime(http_date).timestamp()
    except (ValueError, TypeError, OverflowError):
        return None


def _from_answer(answer: FailedAnswer, *, is_oauth: bool) -> ServiceError:
    status = answer.status
    if 300 <= status < 400:
        # Following one would hand the whole conversation to whatever host it names.
        return BrokenAnswerError(
            f"HTTP {status}", cause=BrokenAnswerCause.REDIRECT, status=status, request_id=answer.request_id
        )
    if status == 407:
        return NetworkError(f"HTTP {status}", cause=NetworkCause.PROXY_AUTH)
    if status in {400, 495, 496} and (words := _WANTS_CERTIFICATE.search(answer.body)):
        # Nginx lets anybody in and says so only afterwards.
        return CertificateError(detail_of(words[0].decode("ascii", "replace")), cause=CertificateCause.CLIENT_REQUIRED)
    fields = _fields_of(answer)
    if fields is None:
        # A gateway in front of an overloaded service answers with a page, too: that is the service's own failure.
        return _broken_server(answer) if 500 <= status < 511 else not_gigachat(answer)
    detail = detail_of(text_of(fields.get("message"))) or f"HTTP {status}"
    kind = _BY_OAUTH_CODE.get(int(number_of(fields.get("code")))) if is_oauth else None
    kind = kind or _by_words(status, detail) or _BY_STATUS.get(status) or _by_hundred(status)
    wait_s = retry_after_s(answer.retry_after, answer.date)
    if kind is RateLimitError:
        return RateLimitError(detail, retry_after_s=wait_s, **_origin(answer))
    if kind is ServerFailedError:
        return ServerFailedError(detail, retry_after_s=wait_s, **_origin(answer))
    return kind(detail, **_origin(answer))


def _by_words(status: int, detail: str) -> type[ServiceError] | None:
    """One status stands for several things, which only the words tell apart."""
    return next((kind for its, words, kind in _BY_WORDS if status == its and words.search(detail)), None)


def _broken_server(answer: FailedAnswer) -> ServerFailedError:
    wait_s = retry_after_s(answer.retry_after, answer.date)
    return ServerFailedError(f"HTTP {answer.status}", retry_after_s=wait_s, **_origin(answer))


def _by_hundred(status: int) -> type[ServiceError]:
    if status >= 500:
        return ServerFailedError
    return RequestRejectedError if status >= 400 else BrokenAnswerError


def _origin(answer: FailedAnswer) -> dict[str, Any]:  # keyword arguments of every ServiceError
    return {"status": answer.status, "request_id": answer.request_id}


def _fields_of(answer: FailedAnswer) -> dict[str, Any] | None:  # JSON
    """The fields of a JSON body, None if it is none. An empty body has none either, but is no foreign page."""
    if not answer.body.strip() and "html" not in answer.content_type:
        return {}
    try:
        return _decode_object(answer.body)
    except OddJsonError:
        return None
