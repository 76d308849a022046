"""The English words of every notice. `notices.py` chooses among them and translates.

`{host}`, `{path}`, `{seconds}` and `{reason}` are filled in by the caller. Nothing here is shown untranslated.
"""

from dataclasses import dataclass
from typing import Final

from gigadesk import errors
from gigadesk.errors import BrokenAnswerCause, CertificateCause, KeyringCause, NetworkCause

CONTEXT: Final = "Notices"


@dataclass(frozen=True, slots=True)
class Words:
    """What happened, and what to do about it."""

    title: str
    text: str


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:
    """Mark a text for `lupdate`, which goes by this name; Qt's own function of that name has no types."""
    return text


BY_TYPE: Final[dict[type[errors.GigadeskError], Words]] = {
    errors.GigadeskError: Words(
        QT_TRANSLATE_NOOP("Notices", "Something went wrong"),
        QT_TRANSLATE_NOOP("Notices", "GigaDesk met a failure that it has no better words for. Try again."),
    ),
    errors.ServiceError: Words(
        QT_TRANSLATE_NOOP("Notices", "The request to GigaChat failed"),
        QT_TRANSLATE_NOOP("Notices", "Try again. If it happens again, the details below help the support team."),
    ),
    errors.KeyRejectedError: Words(
        QT_TRANSLATE_NOOP("Notices", "GigaChat did not accept the key"),
        QT_TRANSLATE_NOOP(
            "Notices",
            "It may be incomplete, revoked or replaced by a newer one. Paste your current authorization key.",
        ),
    ),
    errors.PasswordRejectedError: Words(
        QT_TRANSLATE_NOOP("Notices", "GigaChat did not accept the user name or the password"),
        QT_TRANSLATE_NOOP("Notices", "Enter both again in the settings, and mind the case of the letters."),
    ),
    errors.TokenExpiredError: Words(
        QT_TRANSLATE_NOOP("Notices", "The access token is no longer valid"),
        QT_TRANSLATE_NOOP(
            "Notices", "Such a token lives for half an hour and is never saved. Paste a fresh one in the settings."
        ),
    ),
    errors.ScopeError: Words(
        QT_TRANSLATE_NOOP("Notices", "The key belongs to another kind of account"),
        QT_TRANSLATE_NOOP("Notices", "Choose beside the key whether it belongs to a private person or to a company."),
    ),
    errors.RateLimitError: Words(
        QT_TRANSLATE_NOOP("Notices", "Too many requests at once"),
        QT_TRANSLATE_NOOP(
            "Notices", "GigaChat writes one answer at a time for a private account. Wait a moment and try again."
        ),
    ),
    errors.QuotaError: Words(
        QT_TRANSLATE_NOOP("Notices", "The tokens for this model are used up"),
        QT_TRANSLATE_NOOP(
            "Notices", "Choose another model, or top up your package in your account at developers.sber.ru."
        ),
    ),
    errors.ForbiddenError: Words(
        QT_TRANSLATE_NOOP("Notices", "Your account has no access to this"),
        QT_TRANSLATE_NOOP("Notices", "Choose another model, or see in your GigaChat account what your plan includes."),
    ),
    errors.ModelUnavailableError: Words(
        QT_TRANSLATE_NOOP("Notices", "This model is not available to your key"),
        QT_TRANSLATE_NOOP("Notices", "Choose another model and send again."),
    ),
    errors.RequestRejectedError: Words(
        QT_TRANSLATE_NOOP("Notices", "GigaChat did not accept the request"),
        QT_TRANSLATE_NOOP("Notices", "Its reason is below. Usually one of the generation settings has to be changed."),
    ),
    errors.ToolUnavailableError: Words(
        QT_TRANSLATE_NOOP("Notices", "The model has no such tool"),
        QT_TRANSLATE_NOOP(
            "Notices", "Switch off the tools below the message, or choose another model. GigaChat’s reason is below."
        ),
    ),
    errors.FileGoneError: Words(
        QT_TRANSLATE_NOOP("Notices", "GigaChat no longer has an attached file"),
        QT_TRANSLATE_NOOP("Notices", "Try again, and GigaDesk sends it anew; or attach the file to a new message."),
    ),
    errors.TooLargeError: Words(
        QT_TRANSLATE_NOOP("Notices", "The chat is too long for this model"),
        QT_TRANSLATE_NOOP("Notices", "Begin a new chat, shorten the message, or choose a model that takes more text."),
    ),
    errors.ContentRefusedError: Words(
        QT_TRANSLATE_NOOP("Notices", "GigaChat does not talk about this"),
        QT_TRANSLATE_NOOP(
            "Notices",
            "The service restricts this topic. Put it in other words, best of all in a new chat: what was said here "
            "can stop the next message as well.",
        ),
    ),
    errors.ServerFailedError: Words(
        QT_TRANSLATE_NOOP("Notices", "GigaChat is out of order at the moment"),
        QT_TRANSLATE_NOOP("Notices", "The fault is on the side of the service. Try again in a minute."),
    ),
    errors.AnswerInterruptedError: Words(
        QT_TRANSLATE_NOOP("Notices", "The answer broke off"),
        QT_TRANSLATE_NOOP(
            "Notices", "The connection ended before the answer did. Everything that had arrived is kept."
        ),
    ),
    errors.MissingAuthError: Words(
        QT_TRANSLATE_NOOP("Notices", "There is no key yet"),
        QT_TRANSLATE_NOOP(
            "Notices", "Add your authorization key in the settings, or sign in there in another way. Then send again."
        ),
    ),
    errors.SettingsError: Words(
        QT_TRANSLATE_NOOP("Notices", "The settings could not be read"),
        QT_TRANSLATE_NOOP("Notices", "GigaDesk runs with its usual settings. The unreadable file is kept as {path}."),
    ),
}

BY_NETWORK_CAUSE: Final[dict[NetworkCause, Words]] = {
    NetworkCause.UNKNOWN: Words(
        QT_TRANSLATE_NOOP("Notices", "No connection to {host}"),
        QT_TRANSLATE_NOOP("Notices", "Check the internet connection, and the proxy or VPN if you use one."),
    ),
    NetworkCause.DNS: Words(
        QT_TRANSLATE_NOOP("Notices", "The server {host} was not found"),
        QT_TRANSLATE_NOOP("Notices", "The computer may be offline, or the address in the settings may be wrong."),
    ),
    NetworkCause.REFUSED: Words(
        QT_TRANSLATE_NOOP("Notices", "{host} refuses the connection"),
        QT_TRANSLATE_NOOP(
            "Notices", "The address or the port in the settings may be wrong, or a firewall blocks the way."
        ),
    ),
    NetworkCause.TIMEOUT: Words(
        QT_TRANSLATE_NOOP("Notices", "{host} does not answer"),
        QT_TRANSLATE_NOOP("Notices", "The network is slow or something blocks the way. Check it and try again."),
    ),
    NetworkCause.RESET: Words(
        QT_TRANSLATE_NOOP("Notices", "The connection to {host} was broken off"),
        QT_TRANSLATE_NOOP("Notices", "Most often this passes by itself. Try again."),
    ),
    NetworkCause.PROXY: Words(
        QT_TRANSLATE_NOOP("Notices", "The proxy cannot be reached"),
        QT_TRANSLATE_NOOP("Notices", "Correct its address in the settings, or remove it if you need none."),
    ),
    NetworkCause.PROXY_AUTH: Words(
        QT_TRANSLATE_NOOP("Notices", "The proxy wants a name and a password"),
        QT_TRANSLATE_NOOP(
            "Notices", "Check the name and the password in the proxy address, or ask your administrator for access."
        ),
    ),
    NetworkCause.NOT_TLS: Words(
        QT_TRANSLATE_NOOP("Notices", "{host} offers no protected connection"),
        QT_TRANSLATE_NOOP(
            "Notices",
            "Something other than GigaChat answers there. Check the address and the port in the settings.",
        ),
    ),
}

BY_CERTIFICATE_CAUSE: Final[dict[CertificateCause, Words]] = {
    CertificateCause.EXPIRED: Words(
        QT_TRANSLATE_NOOP("Notices", "The certificate of {host} has expired"),
        QT_TRANSLATE_NOOP(
            "Notices",
            "Check the date and the clock of this computer first. If they are right, the service has to renew its "
            "certificate: try again later.",
        ),
    ),
    CertificateCause.NOT_YET_VALID: Words(
        QT_TRANSLATE_NOOP("Notices", "The certificate of {host} is not valid yet"),
        QT_TRANSLATE_NOOP(
            "Notices", "The clock of this computer is probably behind. Set the date and the time, then try again."
        ),
    ),
    CertificateCause.WRONG_HOST: Words(
        QT_TRANSLATE_NOOP("Notices", "The certificate belongs to another server"),
        QT_TRANSLATE_NOOP(
            "Notices",
            "{host} showed a certificate made out to a different name. Check the address in the settings, and on a "
            "public network whether you have to sign in first.",
        ),
    ),
    CertificateCause.INCOMPLETE_CHAIN: Words(
        QT_TRANSLATE_NOOP("Notices", "The certificate of {host} comes from an unknown authority"),
        QT_TRANSLATE_NOOP(
            "Notices",
            "If this is a server of your company, add the certificate of its authority in the settings; else try "
            "again later.",
        ),
    ),
    CertificateCause.INTERCEPTED: Words(
        QT_TRANSLATE_NOOP("Notices", "Something intercepts the connection to {host}"),
        QT_TRANSLATE_NOOP(
            "Notices",
            "Usually it is an antivirus or a company proxy. Ask your administrator for its root certificate and add "
            "that in the settings, or switch the inspection of secure connections off.",
        ),
    ),
    CertificateCause.BAD_CA_FILE: Words(
        QT_TRANSLATE_NOOP("Notices", "The certificate file cannot be used"),
        QT_TRANSLATE_NOOP(
            "Notices",
            "The file named in the settings is missing or holds no certificate (PEM or DER). Choose another, or "
            "remove it.",
        ),
    ),
    CertificateCause.CLIENT_REQUIRED: Words(
        QT_TRANSLATE_NOOP("Notices", "{host} asks for a client certificate"),
        QT_TRANSLATE_NOOP(
            "Notices",
            "It lets in only those who show one, and not the one that was shown. Choose the right certificate for "
            "this account in the settings.",
        ),
    ),
    CertificateCause.BAD_CLIENT_FILE: Words(
        QT_TRANSLATE_NOOP("Notices", "The client certificate cannot be used"),
        QT_TRANSLATE_NOOP(
            "Notices",
            "The certificate or its key is missing, unreadable, or they do not belong together; or the password of "
            "the key is wrong. Correct it in the settings.",
        ),
    ),
    CertificateCause.UNKNOWN: Words(
        QT_TRANSLATE_NOOP("Notices", "The connection to {host} cannot be trusted"),
        QT_TRANSLATE_NOOP(
            "Notices",
            "Its certificate did not pass the check, so nothing was sent. Look at the clock, the antivirus and the "
            "proxy of this computer.",
        ),
    ),
}

BY_BROKEN_ANSWER_CAUSE: Final[dict[BrokenAnswerCause, Words]] = {
    BrokenAnswerCause.NOT_GIGACHAT: Words(
        QT_TRANSLATE_NOOP("Notices", "The answer did not come from GigaChat"),
        QT_TRANSLATE_NOOP(
            "Notices",
            "Most often it is the sign-in page of a network, or a proxy. Open any page in the browser, sign in, and "
            "try again. Else check the service address in the settings.",
        ),
    ),
    BrokenAnswerCause.REDIRECT: Words(
        QT_TRANSLATE_NOOP("Notices", "The server sends us to another address"),
        QT_TRANSLATE_NOOP(
            "Notices",
            "GigaDesk does not follow, so that the chat reaches nobody else. Check the service address in "
            "the settings.",
        ),
    ),
    BrokenAnswerCause.TOO_LONG: Words(
        QT_TRANSLATE_NOOP("Notices", "The answer is longer than GigaDesk takes"),
        QT_TRANSLATE_NOOP("Notices", "What had arrived is kept. Ask for the rest in parts."),
    ),
    BrokenAnswerCause.MALFORMED: Words(
        QT_TRANSLATE_NOOP("Notices", "The answer could not be read"),
        QT_TRANSLATE_NOOP("Notices", "It arrived damaged. Try again."),
    ),
}

BY_KEYRING_CAUSE: Final[dict[KeyringCause, Words]] = {
    KeyringCause.ABSENT: Words(
        QT_TRANSLATE_NOOP("Notices", "This system has no keyring for the key"),
        QT_TRANSLATE_NOOP(
            "Notices",
            "The key is kept until you quit and is never written to a file. To keep it for good, install "
            "GNOME Keyring or KWallet.",
        ),
    ),
    KeyringCause.LOCKED: Words(
        QT_TRANSLATE_NOOP("Notices", "The keyring is locked"),
        QT_TRANSLATE_NOOP("Notices", "Unlock it and try again. A key that you give meanwhile is kept until you quit."),
    ),
    KeyringCause.REFUSED: Words(
        QT_TRANSLATE_NOOP("Notices", "The keyring did not let GigaDesk in"),
        QT_TRANSLATE_NOOP(
            "Notices", "Allow it when the system asks, and save the key again. Until then it is kept until you quit."
        ),
    ),
    KeyringCause.TIMEOUT: Words(
        QT_TRANSLATE_NOOP("Notices", "The keyring does not answer"),
        QT_TRANSLATE_NOOP(
            "Notices", "It may be asking for its password in another window. Until then the key is kept until you quit."
        ),
    ),
    KeyringCause.OTHER: Words(
        QT_TRANSLATE_NOOP("Notices", "The keyring could not be used"),
        QT_TRANSLATE_NOOP("Notices", "The key is kept until you quit and is never written to a file."),
    ),
}

WAITING_FOR_KEYRING: Final = Words(
    QT_TRANSLATE_NOOP("Notices", "Waiting for the keyring"),
    QT_TRANSLATE_NOOP("Notices", "Your system may be asking for a password in another window. Unlock it to go on."),
)

UNEXPECTED: Final = Words(
    QT_TRANSLATE_NOOP("Notices", "Something unexpected happened"),
    QT_TRANSLATE_NOOP(
        "Notices",
        "It is a fault of GigaDesk. You can go on; if something looks wrong, quit and start again. "
        "The report stays on this computer.",
    ),
)
CRASHED_LAST_TIME: Final = Words(
    QT_TRANSLATE_NOOP("Notices", "Last time GigaDesk met an unexpected fault"),
    QT_TRANSLATE_NOOP("Notices", "Your chats are here. The report stays on this computer; you can look at it."),
)

NOT_OPENED: Final = Words(
    QT_TRANSLATE_NOOP("Notices", "“{title}” was not opened"),
    QT_TRANSLATE_NOOP(
        "Notices", "GigaDesk ended while it was showing this chat. Opened from the list it comes as plain text."
    ),
)
SHOWN_PLAIN: Final = Words(
    QT_TRANSLATE_NOOP("Notices", "This chat is shown as plain text"),
    QT_TRANSLATE_NOOP("Notices", "GigaDesk ended while it was showing it. Nothing of it is lost."),
)
NOTHING_TO_COMPARE: Final = Words(
    QT_TRANSLATE_NOOP("Notices", "There is nothing to compare yet"),
    QT_TRANSLATE_NOOP(
        "Notices",
        "No message in sight has a second version. Have an answer written anew, or edit a question.",
    ),
)
SAFE_MODE: Final = Words(
    QT_TRANSLATE_NOOP("Notices", "GigaDesk has started in safe mode"),
    QT_TRANSLATE_NOOP(
        "Notices",
        "The last two starts failed. Chats are shown as plain text, in the standard look and without animations. "
        "The next start is an ordinary one.",
    ),
)

RATE_LIMIT_WITH_TIME: Final = QT_TRANSLATE_NOOP("Notices", "GigaChat asks to wait {seconds} s. Then try again.")

STOPPED: Final = Words(
    QT_TRANSLATE_NOOP("Notices", "The answer was stopped"),
    QT_TRANSLATE_NOOP("Notices", "What had arrived is kept."),
)
STOPPED_EMPTY: Final = Words(
    QT_TRANSLATE_NOOP("Notices", "The answer was stopped before it began"),
    QT_TRANSLATE_NOOP("Notices", "You can ask for it again."),
)
CUT: Final = Words(
    QT_TRANSLATE_NOOP("Notices", "The answer was cut: it reached the token limit"),
    QT_TRANSLATE_NOOP("Notices", "Let it continue, or raise the limit in the settings."),
)
NOT_FINISHED_BY_MODEL: Final = Words(
    QT_TRANSLATE_NOOP("Notices", "The model could not finish this answer"),
    QT_TRANSLATE_NOOP("Notices", "Try again, or put the question in other words."),
)
ODD_END: Final = Words(
    QT_TRANSLATE_NOOP("Notices", "The answer ended in an unusual way"),
    QT_TRANSLATE_NOOP(
        "Notices", "The service gave the reason “{reason}”, which this version of GigaDesk does not know."
    ),
)
HOST_FALLBACK: Final = "GigaChat"
"""Stands for a host that is not known; a name, the same in every language."""
