import json

import pytest

from gigadesk import errors
from gigadesk.errors import (
    AnswerInterruptedError,
    AttachmentCause,
    AttachmentError,
    BrokenAnswerCause,
    BrokenAnswerError,
    CertificateCause,
    CertificateError,
    FileGoneError,
    GigadeskError,
    KeyringCause,
    KeyringError,
    MissingAuthError,
    NetworkCause,
    NetworkError,
    QuotaError,
    RateLimitError,
    ServiceError,
    SettingsError,
    StorageCause,
    StorageError,
    ToolUnavailableError,
)
from gigadesk.store.stored_errors import dump_error, load_error

WITH_DATA = [
    NetworkError("нет сети", cause=NetworkCause.PROXY_AUTH, host="api.giga.chat"),
    CertificateError("bad", cause=CertificateCause.EXPIRED, host="h"),
    RateLimitError("slow down", request_id="r-1", retry_after_s=2.5),
    RateLimitError("slow down"),
    BrokenAnswerError("html", cause=BrokenAnswerCause.NOT_GIGACHAT, status=200, request_id="r"),
    QuotaError("Payment Required", status=402, request_id="r-2"),
    StorageError(StorageCause.FULL, "/data/chats.db", "SQLITE_FULL"),
    KeyringError(KeyringCause.LOCKED),
    SettingsError("/data/settings.json"),
    MissingAuthError(),
    AnswerInterruptedError(),
    AttachmentError(AttachmentCause.TOO_LARGE, "отчёт.pdf", limit_bytes=40),
    AttachmentError(AttachmentCause.MODEL_CANNOT, "cat.png", model="GigaChat-2"),
    FileGoneError("No such file", status=404, request_id="r-3"),
    ToolUnavailableError("Unknown tool x", status=404),
]


@pytest.mark.parametrize("error", WITH_DATA, ids=lambda error: type(error).__name__)
def test_a_stored_error_comes_back_with_its_data(error):
    code, data = dump_error(error)
    again = load_error(code, data)

    assert type(again) is type(error)
    assert vars(again) == vars(error)
    assert str(again) == str(error)


def _leaves(kind: type[GigadeskError]):
    yield kind
    for below in kind.__subclasses__():
        yield from _leaves(below)


@pytest.mark.parametrize("kind", sorted(set(_leaves(ServiceError)), key=lambda kind: kind.__name__))
def test_every_failure_of_the_service_can_be_stored(kind):
    assert type(load_error(*dump_error(kind("detail")))) is kind


def test_every_type_of_the_tree_has_a_code_of_its_own():
    kinds = [kind for kind in _leaves(GigadeskError) if kind.__module__ == errors.__name__]

    assert len({kind.code for kind in kinds}) == len(kinds)


@pytest.mark.parametrize(
    ("code", "data"),
    [
        ("from_the_future", "{}"),
        ("network", "no json"),
        ("network", json.dumps({"detail": "x", "cause": "unheard of", "host": ""})),
        ("network", json.dumps({"detail": "x"})),
        ("quota", json.dumps({"colour": "red"})),
        ("quota", json.dumps([1])),
        ("quota", "[" * 100_000),
    ],
)
def test_what_another_version_wrote_becomes_a_plain_failure(code, data):
    error = load_error(code, data)

    assert type(error) is ServiceError
    assert error.detail == code
