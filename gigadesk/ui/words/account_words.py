"""The English words about keys and packages. `notices.py` chooses among them and translates.

`{package}`, `{tokens}` and `{account}` are filled in by the caller. Nothing here is shown untranslated.
"""

from typing import Final

from gigadesk.gigachat.authorization_key import KeyProblem
from gigadesk.ui.words.notice_words import QT_TRANSLATE_NOOP, Words

BY_KEY_PROBLEM: Final[dict[KeyProblem, str]] = {
    KeyProblem.EMPTY: QT_TRANSLATE_NOOP("Notices", "Paste your authorization key here."),
    KeyProblem.CLIENT_SECRET: QT_TRANSLATE_NOOP(
        "Notices",
        "This is a Client ID or a Client Secret. The authorization key is longer and stands beside them in your "
        "account.",
    ),
    KeyProblem.ACCESS_TOKEN: QT_TRANSLATE_NOOP(
        "Notices",
        "This is an access token, which is valid for half an hour only. GigaDesk needs the authorization key.",
    ),
    KeyProblem.NOT_BASE64: QT_TRANSLATE_NOOP(
        "Notices", "This does not look like an authorization key: part of it may be missing. Copy it whole."
    ),
    KeyProblem.NOT_A_PAIR: QT_TRANSLATE_NOOP(
        "Notices", "This does not look like an authorization key: there is no Client ID and Client Secret in it."
    ),
    KeyProblem.DOUBLE_BASE64: QT_TRANSLATE_NOOP(
        "Notices", "This key has been encoded several times over. Copy it from your account as it stands there."
    ),
    KeyProblem.FOREIGN_CHARACTERS: QT_TRANSLATE_NOOP(
        "Notices", "There are characters in it that no key has, for example Russian letters. Copy the key once more."
    ),
}

LOW_BALANCE: Final = Words(
    QT_TRANSLATE_NOOP("Notices", "The tokens for {package} are running out"),
    QT_TRANSLATE_NOOP("Notices", "{tokens} tokens are left. After that only another model answers, or a new package."),
)
LOW_BALANCE_OF_ACCOUNT: Final = Words(
    LOW_BALANCE.title,
    QT_TRANSLATE_NOOP("Notices", "{tokens} tokens are left in the account “{account}”. Then another model is needed."),
)
