import json

import pytest

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
    TooLargeError,
    ToolUnavailableError,
)
from gigadesk.gigachat.failures import (
    FailedAnswer,
    detail_of,
    from_api,
    from_files,
    from_oauth,
    from_token_login,
    not_gigachat,
    retry_after_s,
)

HTML = b"<html><body>403 Forbidden <img src='/dev/zero'></body></html>"


def answer(status, /, **fields):
    return FailedAnswer(status, "application/json", json.dumps(fields).encode() + b"\n", "request-1")


@pytest.mark.parametrize(
    ("status", "message", "kind"),
    [
        (400, "Your request contains invalid JSON syntax.", RequestRejectedError),
        (401, "Token has expired", KeyRejectedError),
        (402, "Payment Required", QuotaError),
        (403, "Permission denied", ForbiddenError),
        (404, "No such model", ModelUnavailableError),
        (408, "Timeout", ServerFailedError),
        (413, "Payload too large", TooLargeError),
        (418, "Teapot", RequestRejectedError),
        (422, "Invalid params: system message must be the first message", RequestRejectedError),
        (403, "Access to file '1-2' is denied", FileGoneError),
        (404, "No such file", FileGoneError),
        (422, "File 1-2 not found", FileGoneError),
        (404, "Unknown tool x", ToolUnavailableError),
        (404, "Function schema for f not found", ToolUnavailableError),
        (422, "Tool code_interpreter is unavailable", ToolUnavailableError),
        (422, "Requested model does not support functions", ToolUnavailableError),
        (422, "Invalid params: the tool message needs a result", RequestRejectedError),
        (404, "Batch task not found", ModelUnavailableError),
        (429, "Too many requests", RateLimitError),
        (500, "Internal Server Error", ServerFailedError),
        (503, "Busy", ServerFailedError),
        (599, "?", ServerFailedError),
        (204, "", BrokenAnswerError),
    ],
)
def test_status_of_the_api_host(status, message, kind):
    error = from_api(answer(status, status=status, message=message))

    assert type(error) is kind
    assert (error.detail, error.status, error.request_id) == (message or f"HTTP {status}", status, "request-1")


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (401, PasswordRejectedError),
        (404, RequestRejectedError),
        (405, RequestRejectedError),
        (403, ForbiddenError),
        (500, ServerFailedError),
    ],
)
def test_what_a_host_says_to_user_and_password(status, kind):
    assert type(from_token_login(answer(status, status=status, message="x"))) is kind


@pytest.mark.parametrize(("message", "status"), [("Not Found", 404), ("No such model", 404), ("Access to file", 403)])
def test_what_is_said_of_one_file(message, status):
    error = from_files(answer(status, status=status, message=message))

    assert type(error) is (FileGoneError if status == 404 else ForbiddenError)


@pytest.mark.parametrize("status", [400, 495, 496])
def test_a_page_that_wants_a_client_certificate(status):
    page = b"<center>No required SSL certificate was sent</center>"

    error = from_api(FailedAnswer(status, "text/html", page))

    assert (type(error), error.cause) == (CertificateError, CertificateCause.CLIENT_REQUIRED)


@pytest.mark.parametrize(("body", "kind"), [(b'{"message":"busy"}', "application/json"), (b"<html>", "text/html")])
def test_a_busy_server_may_say_how_long(body, kind):
    assert from_api(FailedAnswer(503, kind, body, retry_after="7")).retry_after_s == 7


@pytest.mark.parametrize("status", [400, 401])
@pytest.mark.parametrize(
    ("code", "message", "kind"),
    [
        (1, "scope data format invalid", ScopeError),
        (4, "Can't decode 'Authorization' header", KeyRejectedError),
        (5, "scope is empty", ScopeError),
        (6, "credentials doesn't match db data", KeyRejectedError),
        (7, "scope from db not fully includes consumed scope", ScopeError),
    ],
)
def test_code_of_the_authorization_host_counts_more_than_its_status(status, code, message, kind):
    error = from_oauth(answer(status, code=code, message=message))

    assert (type(error), error.detail) == (kind, message)


@pytest.mark.parametrize(
    ("status", "kind"),
    [(400, RequestRejectedError), (401, KeyRejectedError), (429, RateLimitError), (500, ServerFailedError)],
)
def test_an_unknown_code_falls_back_to_the_status(status, kind):
    assert type(from_oauth(answer(status, code=99, message="?"))) is kind
    assert type(from_oauth(answer(status, code="7"))) is kind


@pytest.mark.parametrize("status", [200, 400, 401, 403, 404, 511])
def test_a_web_page_is_not_gigachat(status):
    error = from_api(FailedAnswer(status, "text/html", HTML))

    assert isinstance(error, BrokenAnswerError)
    assert error.cause is BrokenAnswerCause.NOT_GIGACHAT
    assert "<" not in error.detail


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_gateways_page_about_a_broken_server_is_a_broken_server(status):
    error = from_api(FailedAnswer(status, "text/html", HTML))

    assert (type(error), error.detail) == (ServerFailedError, f"HTTP {status}")


def test_an_empty_error_is_judged_by_its_status():
    assert type(from_api(FailedAnswer(404))) is ModelUnavailableError
    assert type(from_api(FailedAnswer(404, "text/html"))) is BrokenAnswerError


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_an_error(status):
    error = from_oauth(FailedAnswer(status, "text/html", HTML))

    assert isinstance(error, BrokenAnswerError)
    assert error.cause is BrokenAnswerCause.REDIRECT


def test_a_proxy_that_wants_a_password():
    error = from_api(FailedAnswer(407, "text/html", HTML))

    assert isinstance(error, NetworkError)
    assert error.cause is NetworkCause.PROXY_AUTH


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("", None),
        ("2", 2.0),
        ("0.5", 0.5),
        ("-5", 0.0),
        ("1e9", 60.0),
        ("inf", 60.0),
        ("nan", None),
        ("soon", None),
        ("Wed, 21 Oct 2026 07:28:10 GMT", 10.0),
        ("Wed, 21 Oct 2099 07:28:00 GMT", 60.0),
        ("Wed, 21 Oct 1999 07:28:00 GMT", 0.0),
        ("Wed, 99 Oct 2026 07:28:00 GMT", None),
    ],
)
def test_the_wait_a_server_wishes(header, seconds):
    date = "Wed, 21 Oct 2026 07:28:00 GMT"

    error = from_api(FailedAnswer(429, "application/json", b"{}", retry_after=header, date=date))

    assert isinstance(error, RateLimitError)
    assert error.retry_after_s == seconds


def test_a_date_to_wait_for_needs_a_date_to_count_from():
    assert retry_after_s("Wed, 21 Oct 2026 07:28:10 GMT") is None


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        (" two\n\tlines ", "two lines"),
        ("x y " * 300, ("x y " * 300)[:500]),
        ("got Bearer abc.def!", "got ***"),
        ("Authorization: Basic QWxhZGRpbg==", "Authorization: ***"),
        ("key " + "A" * 64 + " end", "key *** end"),
        ("nul\x00 \ud800", "nul\ufffd \ufffd"),
    ],
)
def test_foreign_words_are_kept_short_and_clean(text, detail):
    assert detail_of(text) == detail


@pytest.mark.parametrize("odd", ["text/html{canary", "canary", "text/canary canary", "t/" + "canary" * 20])
def test_a_content_type_that_is_none_is_not_repeated(odd):
    assert "canary" not in str(not_gigachat(FailedAnswer(200, odd)))


def test_a_key_that_a_server_repeats_is_not_told():
    # The shortest keys are of 48 characters; numbers of requests and files have 36 and are of use.
    key, number = "Q0FOQVJZ" * 6, "6f0b1291-c7f3-43c6-bb2e-9f3efb2dc98e"
    body = json.dumps({"message": f"got {key} in {number}"}).encode()

    assert from_api(FailedAnswer(400, "application/json", body)).detail == f"got *** in {number}"
