"""The kinds of account, and the ways to sign in, in plain words."""

from typing import assert_never

from PySide6.QtCore import QCoreApplication

from gigadesk.settings import Scope, SignIn


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


def sign_in_text(sign_in: SignIn) -> str:
    """What the user calls this way to sign in."""
    match sign_in:
        case SignIn.KEY:
            return QCoreApplication.translate("Scopes", "Authorization key")
        case SignIn.TOKEN:
            return QCoreApplication.translate("Scopes", "Access token")
        case SignIn.PASSWORD:
            return QCoreApplication.translate("Scopes", "Name and password")
        case SignIn.CERTIFICATE:
            return QCoreApplication.translate("Scopes", "Client certificate")
        case _:
            assert_never(sign_in)


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
