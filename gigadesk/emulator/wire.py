"""The bytes of the service as recorded: compact JSON, event lines, headers, error bodies. Does no I/O.

Nothing here decides anything; `service` and the modules it asks do.
"""

import json
import time
import uuid
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from gigadesk.emulator.exchange import Headers, Piece, Reply

JSON_TYPE = "application/json; charset=utf-8"
EVENT_STREAM = "text/event-stream"
DONE = b"data: [DONE]\n\n"

INVALID_JSON = "Your request contains invalid JSON syntax."
STATUS_MESSAGES = {
    400: INVALID_JSON,
    401: "Unauthorized",
    402: "Payment Required",
    403: "Permission denied",
    404: "No such model",
    413: "Payload too large",
    415: "Unsupported Media Type",
    422: "Invalid params: system message must be the first message",
    429: "Too many requests",
    500: "Internal Server Error",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Timeout",
}
"""The recorded message of each status; those of 502 to 504 come from gateways and are not documented."""

_OAUTH_CODES = {
    "scope data format invalid": 1,
    "Can't decode 'Authorization' header": 4,
    "scope is empty": 5,
    "credentials doesn't match db data": 6,
    "scope from db not fully includes consumed scope": 7,
}
_OAUTH_MESSAGES = {400: "Can't decode 'Authorization' header", 401: "credentials doesn't match db data"}

OAUTH_HEADERS: Headers = (
    ("Server", "SynGX"),
    ("Content-Type", "application/json"),
    ("Cache-Control", "no-cache, no-store, max-age=0, must-revalidate"),
    ("Pragma", "no-cache"),
    ("Expires", "0"),
    ("Allow", "GET, POST"),
    ("Referrer-Policy", "no-referrer"),
    ("Strict-Transport-Security", "max-age=31536000 ; includeSubDomains"),
    ("Strict-Transport-Security", "max-age=31536000 ; includeSubDomains"),
    ("Vary", "Origin, Access-Control-Request-Method, Access-Control-Request-Headers"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("X-Frame-Options", "SAMEORIGIN"),
    ("X-XSS-Protection", "0"),
    ("X-XSS-Protection", "1; mode=block"),
)

_API_HEADERS: Headers = (
    ("Access-Control-Allow-Credentials", "true"),
    ("Access-Control-Allow-Headers", "Origin, X-Requested-With, Content-Type, Accept, Authorization"),
    ("Access-Control-Allow-Methods", "GET, POST, DELETE, OPTIONS"),
    ("Access-Control-Allow-Origin", "https://beta.saluteai.sberdevices.ru"),
    ("Allow", "GET, POST"),
    ("Strict-Transport-Security", "max-age=31536000; includeSubDomains"),
)
_API_SUCCESS_HEADERS: Headers = (
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "SAMEORIGIN"),
    ("X-XSS-Protection", "1; mode=block"),
)


def compact(value: Any) -> bytes:  # any JSON value
    """JSON without spaces, Cyrillic as it is; a lone surrogate becomes a question mark."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def event(value: Any) -> bytes:  # any JSON value
    """One event of a v1 stream: a single `data:` line and an empty one."""
    return b"data: " + compact(value) + b"\n\n"


def named_event(name: str, value: Any) -> bytes:  # any JSON value
    """One event of a v2 stream: its name, a single `data:` line and an empty one."""
    return b"event: " + name.encode() + b"\ndata: " + compact(value) + b"\n\n"


def failed_stream(ending: bytes) -> bytes:
    """The error event of a stream that would have ended with these bytes.

    Source of the second contract's: the example of the official description, whose `created_at` is a string.
    """
    if ending == DONE:
        return event({"status": 500, "message": STATUS_MESSAGES[500]})
    model = json.loads(ending.partition(b"data: ")[2])["model"]
    usage = {
        "input_tokens": 0,
        "input_tokens_details": {"prompt_tokens": 0, "cached_tokens": 0},
        "output_tokens": 0,
        "total_tokens": 0,
    }
    failed = {"model": model, "created_at": str(int(time.time())), "finish_reason": "error", "usage": usage}
    return named_event("response.message.done", failed)


def api_headers(status: int, request: Mapping[str, str], content_type: str = JSON_TYPE) -> Headers:
    """The headers of the API host; the two ids are echoed or made up, `X-Client-Id` only echoed."""
    headers = [
        ("Server", "SynGX"),
        ("Content-Type", content_type),
        ("X-Request-Id", request.get("X-Request-ID") or str(uuid.uuid4())),
        ("X-Session-Id", request.get("X-Session-ID") or str(uuid.uuid4())),
    ]
    if client_id := request.get("X-Client-ID"):
        headers.append(("X-Client-Id", client_id))
    return (*headers, *_API_HEADERS, *(_API_SUCCESS_HEADERS if status == 200 else ()))


def api_reply(value: Any, request: Mapping[str, str]) -> Reply:  # any JSON value
    """A 200 of the API host: no newline at the end."""
    return Reply(200, api_headers(200, request), (Piece(0.0, compact(value)),))


def api_error(status: int, request: Mapping[str, str], message: str = "") -> Reply:
    """An error of the API host, with the recorded message of its status unless another is given."""
    return raw_error(status, request, {"status": status, "message": message or STATUS_MESSAGES.get(status, "Error")})


def raw_error(status: int, request: Mapping[str, str], value: Any) -> Reply:  # any JSON value
    """An error with this JSON and exactly one newline after it."""
    return Reply(status, api_headers(status, request), (Piece(0.0, compact(value) + b"\n"),))


def oauth_reply(status: int, value: Any) -> Reply:  # any JSON value
    """A reply of the authorization host."""
    return Reply(status, OAUTH_HEADERS, (Piece(0.0, compact(value)),))


def oauth_error(status: int, code: int, message: str) -> Reply:
    return oauth_reply(status, {"code": code, "message": message})


def oauth_failure(status: int, message: str = "") -> Reply:
    """What the authorization host says with this status when no cause is told: the likeliest of its errors."""
    code = _OAUTH_CODES.get(message) or _OAUTH_CODES.get(_OAUTH_MESSAGES.get(status, ""), 0)
    return oauth_error(status, code, message or _OAUTH_MESSAGES.get(status) or STATUS_MESSAGES.get(status, "Error"))


def gateway_page(status: int) -> tuple[str, bytes]:
    """Content type and body of the HTML a proxy in front of the service answers with."""
    title = f"{status} {_phrase(status)}" if status != 200 else "Welcome to the network"
    page = (
        f"<html>\r\n<head><title>{title}</title></head>\r\n<body>\r\n<center><h1>{title}</h1></center>\r\n"
        "<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
    )
    return "text/html", page.encode()


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Error"
