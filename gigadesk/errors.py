"""The tree of expected failures. Each type stands for one thing the user can do about it.

    GigadeskError
      ServiceError                  the service, or the way to it (keeps the server's own words)
        NetworkError                no connection: check the network or the proxy
        CertificateError            the connection is not trusted: clock, interception, CA file
        KeyRejectedError            the key is wrong or revoked: paste another
        PasswordRejectedError       user name or password are wrong: type them again
        TokenExpiredError           a ready access token is over: paste a fresh one
        ScopeError                  the key belongs to another scope: choose it in the settings
        RateLimitError              too many requests at once: wait
        QuotaError                  tokens used up: choose another model or pay
        ForbiddenError              the account has no right to this
        ModelUnavailableError       the model is not served to this key: choose another
        RequestRejectedError        the request is invalid: change a setting or the text
        ToolUnavailableError        the model or account has no such built-in tool: switch it off
        FileGoneError               the service does not know an attached file (any more): send it again
        TooLargeError               the conversation is too long: shorten it
        ContentRefusedError         the content filter refused: rephrase
        ServerFailedError           the service is broken: try again later
        BrokenAnswerError           what came is not an answer of GigaChat
        AnswerInterruptedError      the answer broke off: continue it
      MissingAuthError              no key was given
      AttachmentError               a file that cannot be attached: choose another
      StorageError                  the disk: full, read-only, in use, newer, damaged
      KeyringError                  the OS keyring: absent, locked, refused
      SettingsError                 a settings file that cannot be read
      WebPictureError               a picture of the web that an answer names
      UnexpectedError               a fault of ours has ended a piece of work somebody waits for

They carry data, not sentences: `ui/notices.py` alone turns them into words. No secret and no text of a
conversation is ever put into one. `code` is a stable name by which a stored failure finds its type again.
"""

from enum import StrEnum
from typing import ClassVar


class GigadeskError(Exception):
    """An expected failure. Anything else that is raised is a bug."""

    code: ClassVar[str] = "error"


class ServiceError(GigadeskError):
    """The service, or the way to it, failed.

    Args:
        detail: the server's own message or the technical cause, at most 500 characters, never a secret.
        status: HTTP status, 0 when no answer came.
        request_id: the server's `X-Request-ID`, for support requests.
    """

    code = "service"

    def __init__(self, detail: str = "", *, status: int = 0, request_id: str = "") -> None:
        super().__init__(detail or type(self).__name__)
        self.detail = detail
        self.status = status
        self.request_id = request_id


class NetworkCause(StrEnum):
    """Why no connection came about."""

    UNKNOWN = "unknown"
    DNS = "dns"
    REFUSED = "refused"
    TIMEOUT = "timeout"
    RESET = "reset"
    PROXY = "proxy"
    PROXY_AUTH = "proxy_auth"
    NOT_TLS = "not_tls"


class NetworkError(ServiceError):
    """No answer came. Trying again may help."""

    code = "network"

    def __init__(self, detail: str = "", *, cause: NetworkCause = NetworkCause.UNKNOWN, host: str = "") -> None:
        super().__init__(detail)
        self.cause = cause
        self.host = host


class CertificateCause(StrEnum):
    """Why a certificate was not trusted (from OpenSSL's verify code, in brackets)."""

    EXPIRED = "expired"  # 10
    NOT_YET_VALID = "not_yet_valid"  # 9
    WRONG_HOST = "wrong_host"  # 62, 64
    INCOMPLETE_CHAIN = "incomplete_chain"  # 20, 21
    INTERCEPTED = "intercepted"  # 18, 19: a self-signed certificate or a root that is not known
    BAD_CA_FILE = "bad_ca_file"  # the user's own CA file, or the bundled root, cannot be used
    CLIENT_REQUIRED = "client_required"  # the server wants a client certificate, or another one
    BAD_CLIENT_FILE = "bad_client_file"  # the user's own client certificate or its key cannot be used
    UNKNOWN = "unknown"


class CertificateError(ServiceError):
    """The other side could not prove who it is. Trying again does not help."""

    code = "certificate"

    def __init__(self, detail: str = "", *, cause: CertificateCause = CertificateCause.UNKNOWN, host: str = "") -> None:
        super().__init__(detail)
        self.cause = cause
        self.host = host


class KeyRejectedError(ServiceError):
    """The authorization key is wrong or was revoked. Trying again does not help."""

    code = "key"


class PasswordRejectedError(ServiceError):
    """User name or password are wrong. Trying again does not help."""

    code = "password"


class TokenExpiredError(ServiceError):
    """The service refuses an access token that the user gave ready-made. Trying again does not help."""

    code = "token"


class ScopeError(ServiceError):
    """The key belongs to another scope (individual or company). Trying again does not help."""

    code = "scope"


class RateLimitError(ServiceError):
    """Too many requests at once (HTTP 429). `retry_after_s` is the server's wish, within 0 and 60, or None."""

    code = "rate_limit"

    def __init__(
        self, detail: str = "", *, status: int = 429, request_id: str = "", retry_after_s: float | None = None
    ) -> None:
        super().__init__(detail, status=status, request_id=request_id)
        self.retry_after_s = retry_after_s


class QuotaError(ServiceError):
    """The paid or free tokens of this model are used up (HTTP 402)."""

    code = "quota"


class ForbiddenError(ServiceError):
    """The account has no right to this (HTTP 403)."""

    code = "forbidden"


class ModelUnavailableError(ServiceError):
    """The model, or another named thing, is not served to this key (HTTP 404)."""

    code = "model"


class RequestRejectedError(ServiceError):
    """The service finds the request invalid (HTTP 400, 422); `detail` says what."""

    code = "request"


class ToolUnavailableError(ServiceError):
    """The model or the account has no such tool, or no functions at all (HTTP 404, 422); `detail` says which."""

    code = "tool"


class FileGoneError(ServiceError):
    """The service does not know an attached file, or denies it (HTTP 403, 404). Sending it anew helps."""

    code = "file_gone"


class TooLargeError(ServiceError):
    """The conversation is longer than the model takes (HTTP 413)."""

    code = "too_large"


class ContentRefusedError(ServiceError):
    """The content filter stopped the request or the answer (finish reason `blacklist` and its kin)."""

    code = "content_refused"


class ServerFailedError(ServiceError):
    """The service is broken or busy (HTTP 5xx, or an error in mid-stream). Trying again may help.

    `retry_after_s` is the server's wish, within 0 and 60, or None.
    """

    code = "server"

    def __init__(
        self, detail: str = "", *, status: int = 0, request_id: str = "", retry_after_s: float | None = None
    ) -> None:
        super().__init__(detail, status=status, request_id=request_id)
        self.retry_after_s = retry_after_s


class BrokenAnswerCause(StrEnum):
    """What was wrong with an answer."""

    NOT_GIGACHAT = "not_gigachat"  # HTML or another content type: a portal or a proxy answered
    REDIRECT = "redirect"
    TOO_LONG = "too_long"
    MALFORMED = "malformed"


class BrokenAnswerError(ServiceError):
    """What came is not an answer of GigaChat."""

    code = "broken_answer"

    def __init__(
        self,
        detail: str = "",
        *,
        cause: BrokenAnswerCause = BrokenAnswerCause.MALFORMED,
        status: int = 0,
        request_id: str = "",
    ) -> None:
        super().__init__(detail, status=status, request_id=request_id)
        self.cause = cause


class AnswerInterruptedError(ServiceError):
    """The answer broke off: the connection ended or fell silent before its end. What came is kept."""

    code = "interrupted"


class MissingAuthError(GigadeskError):
    """No authorization key was given."""

    code = "missing_auth"


class AttachmentCause(StrEnum):
    """Why a file cannot be attached."""

    NOT_A_FILE = "not_a_file"  # a folder, a device, a pipe, a link into nowhere
    UNREADABLE = "unreadable"
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    UNSUPPORTED = "unsupported"  # the service takes no files of this kind
    BAD_PICTURE = "bad_picture"  # not what its name says, or too many pixels
    CHANGED = "changed"  # while it was read
    LOST = "lost"  # the private copy is gone from the data folder
    ONE_IMAGE = "one_image"  # one picture a message
    TOO_MANY_IMAGES = "too_many_images"  # ten pictures a conversation
    ONE_DOCUMENT = "one_document"  # one document a request
    TOTAL_TOO_LARGE = "total_too_large"  # pictures and sound together
    MODEL_CANNOT = "model_cannot"  # the model takes no files of this kind


class AttachmentError(GigadeskError):
    """A file cannot be attached.

    Args:
        cause: why.
        name: the file's own name, cleaned, without its folder.
        limit_bytes: what would be allowed, where a limit is the cause; else 0.
        model: the model that cannot take it, for `MODEL_CANNOT`.
    """

    code = "attachment"

    def __init__(self, cause: AttachmentCause, name: str = "", *, limit_bytes: int = 0, model: str = "") -> None:
        super().__init__(str(cause))
        self.cause = cause
        self.name = name
        self.limit_bytes = limit_bytes
        self.model = model


class StorageCause(StrEnum):
    """What is wrong with the data folder."""

    FULL = "full"
    NO_MEMORY = "no_memory"
    """The files of a temporary chat lie in memory, and there is no room left for more."""
    READ_ONLY = "read_only"
    IN_USE = "in_use"
    NEWER = "newer"
    DAMAGED = "damaged"
    FOREIGN = "foreign"
    """Something that is not ours has the name of our file."""
    MISSING = "missing"
    """The folder is not there: perhaps on a drive that is not connected."""
    GONE = "gone"
    """The folder is there and has snapshots, but the database that they were taken of is not."""
    VANISHED = "vanished"
    """The open database was deleted, moved or replaced: what is written to it would not be found at the next start."""
    UNKNOWN = "unknown"


class StorageError(GigadeskError):
    """Something could not be read from or written to the disk. `path` is the file or folder."""

    code = "storage"

    def __init__(self, cause: StorageCause, path: str, detail: str = "") -> None:
        super().__init__(f"{cause}: {detail}" if detail else str(cause))
        self.cause = cause
        self.path = path
        self.detail = detail


class KeyringCause(StrEnum):
    """Why the OS keyring could not be used."""

    ABSENT = "absent"
    LOCKED = "locked"
    REFUSED = "refused"
    TIMEOUT = "timeout"
    OTHER = "other"


class KeyringError(GigadeskError):
    """The OS keyring cannot be used; a key is then kept for this run only."""

    code = "keyring"

    def __init__(self, cause: KeyringCause) -> None:
        super().__init__(str(cause))
        self.cause = cause


class SettingsError(GigadeskError):
    """The settings file cannot be read; it was set aside as `path`, and the defaults are in force."""

    code = "settings"

    def __init__(self, path: str) -> None:
        super().__init__("settings file cannot be read")
        self.path = path


class WebPictureCause(StrEnum):
    """Why a picture of the web is not shown."""

    NOT_HTTPS = "not_https"
    NOT_PUBLIC = "not_public"
    """The address leads to this computer or a local network, or hides where it leads."""
    NO_CONNECTION = "no_connection"
    NOT_TRUSTED = "not_trusted"
    """The certificate of the site."""
    REFUSED = "refused"
    """The site gives no picture at this address."""
    NOT_A_PICTURE = "not_a_picture"
    TOO_LARGE = "too_large"
    TOO_SLOW = "too_slow"


class WebPictureError(GigadeskError):
    """A picture that an answer names could not be had."""

    code = "web_picture"

    def __init__(self, cause: WebPictureCause, *, status: int = 0) -> None:
        super().__init__(f"no picture: {cause}, status {status}" if status else f"no picture: {cause}")
        self.cause = cause
        self.status = status


class UnexpectedError(GigadeskError):
    """What somebody waits for was ended by an exception that nobody expected; the crash handler has that one."""

    code = "unexpected"
