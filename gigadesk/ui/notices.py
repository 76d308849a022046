"""The one place where an error becomes words: what happened, what to do, and a button that does it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, assert_never

from PySide6.QtCore import QCoreApplication

from gigadesk import errors
from gigadesk.chat import Message, Role, Status
from gigadesk.gigachat.authorization_key import KeyProblem
from gigadesk.limits import ERROR_DETAIL_MAX_CHARS, REQUEST_MEDIA_MAX_BYTES, TEXT_FILE_MAX_BYTES
from gigadesk.text import clean
from gigadesk.ui.words import account_words, attachment_words, storage_words
from gigadesk.ui.words import notice_words as words
from gigadesk.ui.words.notice_words import QT_TRANSLATE_NOOP, Words


class Action(StrEnum):
    """What the button of a notice does."""

    RETRY = "retry"
    CONTINUE = "continue"
    OPEN_SETTINGS = "open_settings"
    CHOOSE_MODEL = "choose_model"
    NEW_CHAT = "new_chat"
    COPY = "copy"
    SHOW_REPORT = "show_report"
    DIAGNOSE = "diagnose"
    SHOW_AS_USUAL = "show_as_usual"
    REPAIR = "repair"
    SHOW_SNAPSHOTS = "show_snapshots"
    RESCUE = "rescue"


_ACTION_WORDS: Final = {
    Action.RETRY: QT_TRANSLATE_NOOP("Notices", "Try again"),
    Action.CONTINUE: QT_TRANSLATE_NOOP("Notices", "Continue"),
    Action.OPEN_SETTINGS: QT_TRANSLATE_NOOP("Notices", "Open settings"),
    Action.CHOOSE_MODEL: QT_TRANSLATE_NOOP("Notices", "Choose another model"),
    Action.NEW_CHAT: QT_TRANSLATE_NOOP("Notices", "New chat"),
    Action.COPY: QT_TRANSLATE_NOOP("Notices", "Copy"),
    Action.SHOW_REPORT: QT_TRANSLATE_NOOP("Notices", "Show the report"),
    Action.DIAGNOSE: QT_TRANSLATE_NOOP("Notices", "Find the cause…"),
    Action.SHOW_AS_USUAL: QT_TRANSLATE_NOOP("Notices", "Show as usual"),
    Action.REPAIR: QT_TRANSLATE_NOOP("Notices", "Check and repair…"),
    Action.SHOW_SNAPSHOTS: QT_TRANSLATE_NOOP("Notices", "Show the snapshots…"),
    Action.RESCUE: QT_TRANSLATE_NOOP("Notices", "Save the chats…"),
}


@dataclass(frozen=True, slots=True)
class Notice:
    """Words about a failure, in the language of the window. Plain text, never rich."""

    title: str
    text: str
    actions: tuple[Action, ...] = ()
    is_error: bool = True
    """False for something the user did or that mends itself: shown calmly."""
    detail: str = ""
    """The server's own words or the technical cause, shown smaller and copyable."""


_TOPIC_REFUSED = frozenset(
    {"blacklist", "request_blacklist", "request_whitelist", "request_filter", "response_blacklist"}
)
"""Finish reasons of the content filter; the account decides which of them it is told."""
_STORAGE_ACTIONS = {
    errors.StorageCause.IN_USE: (Action.RETRY,),
    errors.StorageCause.VANISHED: (Action.RESCUE,),
}
_MODEL_FAILED = frozenset({"error", "function_call_error"})
_COMPLETE = frozenset({"", "stop", "function_call"})


def action_text(action: Action) -> str:
    """The words on the button of a notice."""
    return _translated(_ACTION_WORDS[action])


def quit_text() -> str:
    """The words on a button that ends the program."""
    return QCoreApplication.translate("Notices", "Quit")


def notice_for(error: errors.GigadeskError) -> Notice:
    """Words about `error` in the language of the window, with the actions that may help."""
    match error:
        case errors.NetworkError():
            return _service_notice(
                error, words.BY_NETWORK_CAUSE[error.cause], _network_actions(error.cause), error.host
            )
        case errors.CertificateError():
            actions = (Action.OPEN_SETTINGS, Action.RETRY)
            return _service_notice(error, words.BY_CERTIFICATE_CAUSE[error.cause], actions, error.host)
        case errors.BrokenAnswerError():
            said = words.BY_BROKEN_ANSWER_CAUSE[error.cause]
            return _service_notice(error, said, _broken_answer_actions(error.cause))
        case errors.RateLimitError():
            return _rate_limit_notice(error)
        case errors.ServiceError():
            return _service_notice(error, _words_of(error), _service_actions(error))
        case errors.AttachmentError():
            return _attachment_notice(error)
        case errors.StorageError():
            return _notice(
                storage_words.BY_STORAGE_CAUSE[error.cause],
                _STORAGE_ACTIONS.get(error.cause, ()),
                detail=_short(error.detail),
                path=_one_line(error.path),
            )
        case errors.KeyringError():
            return _notice(words.BY_KEYRING_CAUSE[error.cause], is_error=False)
        case errors.SettingsError():
            return _notice(_words_of(error), is_error=False, path=_one_line(error.path))
        case errors.MissingAuthError():
            return _notice(_words_of(error), (Action.OPEN_SETTINGS, Action.RETRY))
        case errors.WebPictureError():
            from gigadesk.ui.words.web_picture_words import failure_words

            reason = failure_words(error.cause, error.status)
            text = QCoreApplication.translate("WebPicture", "{reason}. The rest of the answer is not affected.")
            return Notice(reason, text.format(reason=reason), is_error=False)
        case _:
            return _other_notice(error)


def _other_notice(error: errors.GigadeskError) -> Notice:
    if isinstance(error, errors.UnexpectedError):
        return unexpected_notice()
    return _notice(_words_of(error), (Action.RETRY,))


def notice_for_message(message: Message) -> Notice | None:
    """What to say under a message: why it failed, was stopped, cut or filtered. None when all is well."""
    if message.role is not Role.ASSISTANT:
        return None
    match message.status:
        case Status.QUEUED | Status.STREAMING:
            return None
        case Status.STOPPED:
            if message.text:
                return _notice(words.STOPPED, (Action.CONTINUE,), is_error=False)
            return _notice(words.STOPPED_EMPTY, (Action.RETRY,), is_error=False)
        case Status.FAILED:
            return _with_continue(notice_for(message.error or errors.GigadeskError()), has_text=bool(message.text))
        case Status.DONE:
            return _notice_for_end(message.finish_reason)
        case _:
            assert_never(message.status)


def keyring_wait_notice() -> Notice:
    """What to say while the keyring takes its time: it may be asking the user for its password."""
    return _notice(words.WAITING_FOR_KEYRING, is_error=False)


def unexpected_notice() -> Notice:
    """What to say about an exception that nobody expected, while the program lives on."""
    return _notice(words.UNEXPECTED, (Action.SHOW_REPORT,), is_error=False)


def last_crash_notice() -> Notice:
    """What to say at the start after a run that met a fault, or ended by one."""
    return _notice(words.CRASHED_LAST_TIME, (Action.SHOW_REPORT,), is_error=False)


def not_opened_notice(title: str) -> Notice:
    """What to say at the start when the last run ended while it was showing a chat."""
    return _notice(words.NOT_OPENED, is_error=False, title=_one_line(title))


def plain_chat_notice() -> Notice:
    """What to say over a chat that is shown as plain text for that reason."""
    return _notice(words.SHOWN_PLAIN, (Action.SHOW_AS_USUAL,), is_error=False)


def safe_mode_notice() -> Notice:
    """What to say when several starts in a row have failed."""
    return _notice(words.SAFE_MODE, (Action.SHOW_AS_USUAL,), is_error=False)


def nothing_to_compare_notice() -> Notice:
    """What to say when no message in sight has a second version."""
    return _notice(words.NOTHING_TO_COMPARE, is_error=False)


def damage_found_notice() -> Notice:
    """What to say when the open database turns out to be damaged."""
    return _notice(storage_words.DAMAGE_FOUND, (Action.REPAIR,))


def snapshot_damaged_notice(path: str) -> Notice:
    """What to say when what was deleted for ever cannot be taken out of a snapshot."""
    return _notice(storage_words.SNAPSHOT_DAMAGED, (Action.SHOW_SNAPSHOTS,), is_error=False, path=_one_line(path))


def snapshot_failed_notice(error: errors.StorageError) -> Notice:
    """What to say when no snapshot could be taken."""
    if error.cause is errors.StorageCause.FULL:
        return _notice(storage_words.NO_ROOM_FOR_SNAPSHOT, is_error=False, path=_one_line(error.path))
    return _notice(
        storage_words.NO_SNAPSHOT, is_error=False, reason=notice_for(error).title, path=_one_line(error.path)
    )


def shared_drive_notice(drive: str, path: str) -> Notice:
    """What to say about chats on a network drive or in a synced folder."""
    return _notice(storage_words.SHARED_DRIVE, is_error=False, drive=drive, path=_one_line(path))


def reading_only_notice(path: str) -> Notice:
    """What to say over chats that are only a copy."""
    return _notice(storage_words.READING_ONLY, path=_one_line(path))


def balance_problem_text(error: errors.GigadeskError) -> str:
    """Why nobody knows what is left of an account's packages."""
    if isinstance(error, errors.ForbiddenError):
        return QCoreApplication.translate("Notices", "This account pays as it goes: there are no packages to use up.")
    notice = notice_for(error)
    return f"{notice.title}. {notice.text}"


def low_balance_notice(package: str, tokens: str, account: str = "") -> Notice:
    """What to say, once, before a package is used up; `account` is its name where there are several."""
    said = account_words.LOW_BALANCE if not account else account_words.LOW_BALANCE_OF_ACCOUNT
    return _notice(
        said, (Action.CHOOSE_MODEL,), is_error=False, package=_one_line(package), tokens=tokens, account=account
    )


def key_problem_text(problem: KeyProblem) -> str:
    """What is wrong with a pasted key, and what to paste instead."""
    return _translated(account_words.BY_KEY_PROBLEM[problem])


def _notice_for_end(reason: str) -> Notice | None:
    if reason in _COMPLETE:
        return None
    if reason == "length":
        return _notice(words.CUT, (Action.CONTINUE, Action.OPEN_SETTINGS), is_error=False)
    if reason in _TOPIC_REFUSED:
        return notice_for(errors.ContentRefusedError())
    if reason in _MODEL_FAILED:
        return _notice(words.NOT_FINISHED_BY_MODEL, (Action.RETRY,))
    return _notice(words.ODD_END, (Action.RETRY,), is_error=False, reason=_one_line(reason))


def _with_continue(notice: Notice, *, has_text: bool) -> Notice:
    """Where trying again may help and text has arrived, going on from there is the better offer."""
    if not has_text or Action.RETRY not in notice.actions:
        return notice
    actions = (Action.CONTINUE, *notice.actions)
    return Notice(notice.title, notice.text, actions, is_error=notice.is_error, detail=notice.detail)


def _rate_limit_notice(error: errors.RateLimitError) -> Notice:
    known = _words_of(error)
    if error.retry_after_s is None or error.retry_after_s < 1:
        return _service_notice(error, known, (Action.RETRY,))
    timed = Words(known.title, words.RATE_LIMIT_WITH_TIME)
    return _notice(timed, (Action.RETRY,), detail=_detail(error), seconds=str(round(error.retry_after_s)))


def _attachment_notice(error: errors.AttachmentError) -> Notice:
    is_total = error.cause is errors.AttachmentCause.TOTAL_TOO_LARGE
    limit_bytes = error.limit_bytes or (REQUEST_MEDIA_MAX_BYTES if is_total else TEXT_FILE_MAX_BYTES)
    return _notice(
        attachment_words.BY_ATTACHMENT_CAUSE[error.cause],
        _attachment_actions(error.cause),
        is_error=False,
        name=_one_line(error.name) or _translated(attachment_words.NAME_FALLBACK),
        model=_one_line(error.model) or _translated(attachment_words.MODEL_FALLBACK),
        limit=_translated(attachment_words.LIMIT).format(size=limit_bytes // 1024**2),
    )


def _attachment_actions(cause: errors.AttachmentCause) -> tuple[Action, ...]:
    match cause:
        case errors.AttachmentCause.MODEL_CANNOT:
            return (Action.CHOOSE_MODEL,)
        case (
            errors.AttachmentCause.TOO_MANY_IMAGES
            | errors.AttachmentCause.ONE_DOCUMENT
            | errors.AttachmentCause.TOTAL_TOO_LARGE
        ):
            return (Action.NEW_CHAT,)
        case errors.AttachmentCause.UNREADABLE | errors.AttachmentCause.CHANGED:
            return (Action.RETRY,)
        case _:
            return ()


def _service_notice(error: errors.ServiceError, said: Words, actions: tuple[Action, ...], host: str = "") -> Notice:
    return _notice(said, actions, detail=_detail(error), host=_one_line(host) or words.HOST_FALLBACK)


def _service_actions(error: errors.ServiceError) -> tuple[Action, ...]:
    match error:
        case (
            errors.KeyRejectedError()
            | errors.PasswordRejectedError()
            | errors.TokenExpiredError()
            | errors.ScopeError()
        ):
            return (Action.OPEN_SETTINGS, Action.RETRY)
        case (
            errors.QuotaError()
            | errors.ForbiddenError()
            | errors.ModelUnavailableError()
            | errors.ToolUnavailableError()
        ):
            return (Action.CHOOSE_MODEL, Action.RETRY)
        case errors.RequestRejectedError():
            return (Action.OPEN_SETTINGS, Action.RETRY)
        case errors.TooLargeError():
            return (Action.NEW_CHAT, Action.CHOOSE_MODEL)
        case errors.ContentRefusedError():
            return (Action.NEW_CHAT,)
        case _:
            return (Action.RETRY,)


def _network_actions(cause: errors.NetworkCause) -> tuple[Action, ...]:
    match cause:
        case errors.NetworkCause.UNKNOWN | errors.NetworkCause.TIMEOUT | errors.NetworkCause.RESET:
            return (Action.RETRY, Action.DIAGNOSE)
        case errors.NetworkCause.DNS | errors.NetworkCause.REFUSED:
            return (Action.RETRY, Action.OPEN_SETTINGS)
        case errors.NetworkCause.PROXY | errors.NetworkCause.PROXY_AUTH | errors.NetworkCause.NOT_TLS:
            return (Action.OPEN_SETTINGS, Action.RETRY)
        case _:
            assert_never(cause)


def _broken_answer_actions(cause: errors.BrokenAnswerCause) -> tuple[Action, ...]:
    match cause:
        case errors.BrokenAnswerCause.NOT_GIGACHAT | errors.BrokenAnswerCause.REDIRECT:
            return (Action.RETRY, Action.OPEN_SETTINGS)
        case errors.BrokenAnswerCause.TOO_LONG:
            return ()
        case errors.BrokenAnswerCause.MALFORMED:
            return (Action.RETRY,)
        case _:
            assert_never(cause)


def _words_of(error: errors.GigadeskError) -> Words:
    return next(words.BY_TYPE[each] for each in type(error).__mro__ if each in words.BY_TYPE)


def _notice(
    said: Words, actions: tuple[Action, ...] = (), *, is_error: bool = True, detail: str = "", **values: str
) -> Notice:
    title = _translated(said.title).format(**values)
    text = _translated(said.text).format(**values)
    return Notice(title, text, actions, is_error=is_error, detail=detail)


def _translated(text: str) -> str:
    return QCoreApplication.translate(words.CONTEXT, text)


def _detail(error: errors.ServiceError) -> str:
    parts = [_short(error.detail)]
    if error.status:
        parts.append(f"HTTP {error.status}")
    if error.request_id:
        parts.append(f"X-Request-ID: {_one_line(error.request_id)}")
    return "\n".join(part for part in parts if part)


def _short(text: str) -> str:
    return clean(text).strip()[:ERROR_DETAIL_MAX_CHARS]


def _one_line(text: str) -> str:
    """A foreign value that goes into the middle of a sentence."""
    return " ".join(_short(text).split())
