"""Why a reply failed, as two columns: the error's stable code, and its data as JSON."""

import json
from enum import StrEnum
from typing import Any

from gigadesk.errors import (
    AnswerInterruptedError,
    AttachmentCause,
    AttachmentError,
    BrokenAnswerCause,
    BrokenAnswerError,
    CertificateCause,
    CertificateError,
    ContentRefusedError,
    FileGoneError,
    ForbiddenError,
    GigadeskError,
    KeyRejectedError,
    KeyringCause,
    KeyringError,
    MissingAuthError,
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
    SettingsError,
    StorageCause,
    StorageError,
    TokenExpiredError,
    TooLargeError,
    ToolUnavailableError,
)

_TYPES: dict[str, type[GigadeskError]] = {
    kind.code: kind
    for kind in (
        ServiceError,
        NetworkError,
        CertificateError,
        KeyRejectedError,
        PasswordRejectedError,
        TokenExpiredError,
        ScopeError,
        RateLimitError,
        QuotaError,
        ForbiddenError,
        ModelUnavailableError,
        RequestRejectedError,
        ToolUnavailableError,
        FileGoneError,
        TooLargeError,
        ContentRefusedError,
        ServerFailedError,
        BrokenAnswerError,
        AnswerInterruptedError,
        MissingAuthError,
        AttachmentError,
        StorageError,
        KeyringError,
        SettingsError,
    )
}
_CAUSES: dict[str, type[StrEnum]] = {
    NetworkError.code: NetworkCause,
    CertificateError.code: CertificateCause,
    BrokenAnswerError.code: BrokenAnswerCause,
    AttachmentError.code: AttachmentCause,
    StorageError.code: StorageCause,
    KeyringError.code: KeyringCause,
}
# What the constructors below do not take is not stored: it is always the same for that type.
_FIELDS: dict[str, tuple[str, ...]] = {
    NetworkError.code: ("detail", "cause", "host"),
    CertificateError.code: ("detail", "cause", "host"),
    RateLimitError.code: ("detail", "status", "request_id", "retry_after_s"),
    BrokenAnswerError.code: ("detail", "cause", "status", "request_id"),
    MissingAuthError.code: (),
    AttachmentError.code: ("cause", "name", "limit_bytes", "model"),
    StorageError.code: ("cause", "path", "detail"),
    KeyringError.code: ("cause",),
    SettingsError.code: ("path",),
}
_SERVICE_FIELDS = ("detail", "status", "request_id")


def dump_error(error: GigadeskError) -> tuple[str, str]:
    """The code and the data of `error`."""
    fields = _FIELDS.get(error.code, _SERVICE_FIELDS)
    return error.code, json.dumps({name: getattr(error, name) for name in fields}, ensure_ascii=False)


def load_error(code: str, data: str) -> GigadeskError:
    """The error that was dumped. What another version of the program wrote becomes a plain `ServiceError`."""
    try:
        kept: dict[str, Any] = json.loads(data)  # as `dump_error` wrote it: text, numbers and None
        kind = _TYPES[code]
        if code in _CAUSES:
            kept["cause"] = _CAUSES[code](kept["cause"])
        return kind(**kept)
    except (KeyError, ValueError, TypeError, RecursionError):
        return ServiceError(code)
