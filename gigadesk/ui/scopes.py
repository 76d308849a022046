"""The kinds of account in plain words."""

from typing import assert_never

from PySide6.QtCore import QCoreApplication

from gigadesk.settings import Scope


def scope_text(scope: Scope) -> str:
    """What the user calls this kind of account, with the name that GigaChat gives it."""
    match scope:
        case Scope.PERS:
            return QCoreApplication.translate("Scopes", "Mine, as a private person (PERS)")
        case Scope.B2B:
            return QCoreApplication.translate("Scopes", "My company’s, prepaid package (B2B)")
        case Scope.CORP:
            return QCoreApplication.translate("Scopes", "My company’s, pay as you go (CORP)")
        case _:
            assert_never(scope)


def account_text(scope: Scope) -> str:
    """The account in a few words, for the status line."""
    match scope:
        case Scope.PERS:
            return QCoreApplication.translate("Scopes", "GigaChat, private")
        case Scope.B2B:
            return QCoreApplication.translate("Scopes", "GigaChat, company (prepaid)")
        case Scope.CORP:
            return QCoreApplication.translate("Scopes", "GigaChat, company")
        case _:
            assert_never(scope)
