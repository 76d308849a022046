"""What the section of a secret says about each kind of it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from PySide6.QtCore import QCoreApplication

from gigadesk.settings import SignIn


class KeyPlace(StrEnum):
    """Where the secret that is in use is kept."""

    NONE = "none"
    KEYRING = "keyring"
    THIS_RUN = "this_run"
    ENVIRONMENT = "environment"


@dataclass(frozen=True, slots=True)
class SecretWords:
    """In the language of the window."""

    place: str
    """Where it is now."""
    change: str
    check: str
    save: str
    remove: str
    remove_question: str
    name: str
    hint: str
    """What becomes of what is typed."""
    accepted: str


def secret_words(sign_in: SignIn, place: KeyPlace) -> SecretWords:
    """The words for this kind of secret in this place."""
    match sign_in:
        case SignIn.KEY:
            return _key_words(place)
        case SignIn.TOKEN:
            return _token_words(place)
        case SignIn.PASSWORD:
            return _password_words(place)
        case SignIn.CERTIFICATE:
            return _certificate_words(place)
        case _:
            assert_never(sign_in)


def _key_words(place: KeyPlace) -> SecretWords:
    return SecretWords(
        place={
            KeyPlace.NONE: QCoreApplication.translate("KeySection", "There is no key yet."),
            KeyPlace.KEYRING: QCoreApplication.translate("KeySection", "The key is in the keyring of your system."),
            KeyPlace.THIS_RUN: QCoreApplication.translate(
                "KeySection", "The key is kept until you quit GigaDesk, because the keyring could not take it."
            ),
            KeyPlace.ENVIRONMENT: QCoreApplication.translate(
                "KeySection", "The sign-in comes from the environment, such as GIGACHAT_CREDENTIALS."
            ),
        }[place],
        change=QCoreApplication.translate("KeySection", "Add a key")
        if place is KeyPlace.NONE
        else QCoreApplication.translate("KeySection", "Replace the key"),
        check=QCoreApplication.translate("KeySection", "Check the key"),
        save=QCoreApplication.translate("KeySection", "Save the key"),
        remove=QCoreApplication.translate("KeySection", "Remove the key"),
        remove_question=QCoreApplication.translate(
            "KeySection", "Remove the key? You can get it again from your account only."
        ),
        name=QCoreApplication.translate("KeySection", "Authorization key"),
        hint=QCoreApplication.translate("KeySection", "It goes into the keyring of your system and nowhere else."),
        accepted=QCoreApplication.translate("KeySection", "GigaChat accepts the key."),
    )


def _token_words(place: KeyPlace) -> SecretWords:
    return SecretWords(
        place=QCoreApplication.translate("KeySection", "There is no access token.")
        if place is KeyPlace.NONE
        else QCoreApplication.translate(
            "KeySection", "The access token is kept until you quit GigaDesk. It is never saved."
        ),
        change=QCoreApplication.translate("KeySection", "Enter a token")
        if place is KeyPlace.NONE
        else QCoreApplication.translate("KeySection", "Replace the token"),
        check=QCoreApplication.translate("KeySection", "Check the token"),
        save=QCoreApplication.translate("KeySection", "Use the token"),
        remove=QCoreApplication.translate("KeySection", "Remove the token"),
        remove_question=QCoreApplication.translate("KeySection", "Remove the token?"),
        name=QCoreApplication.translate("KeySection", "Access token"),
        hint=QCoreApplication.translate(
            "KeySection", "It is good for half an hour, kept until you quit GigaDesk and never saved."
        ),
        accepted=QCoreApplication.translate("KeySection", "GigaChat accepts the token."),
    )


def _password_words(place: KeyPlace) -> SecretWords:
    return SecretWords(
        place={
            KeyPlace.NONE: QCoreApplication.translate("KeySection", "There is no password yet."),
            KeyPlace.KEYRING: QCoreApplication.translate(
                "KeySection", "The password is in the keyring of your system."
            ),
            KeyPlace.THIS_RUN: QCoreApplication.translate(
                "KeySection", "The password is kept until you quit GigaDesk: the keyring could not take it."
            ),
            KeyPlace.ENVIRONMENT: "",
        }[place],
        change=QCoreApplication.translate("KeySection", "Enter the password")
        if place is KeyPlace.NONE
        else QCoreApplication.translate("KeySection", "Change the password"),
        check=QCoreApplication.translate("KeySection", "Check the sign-in"),
        save=QCoreApplication.translate("KeySection", "Save the password"),
        remove=QCoreApplication.translate("KeySection", "Remove the password"),
        remove_question=QCoreApplication.translate("KeySection", "Remove the password?"),
        name=QCoreApplication.translate("KeySection", "Password"),
        hint=QCoreApplication.translate("KeySection", "It goes into the keyring of your system and nowhere else."),
        accepted=QCoreApplication.translate("KeySection", "GigaChat accepts user name and password."),
    )


def _certificate_words(place: KeyPlace) -> SecretWords:
    return SecretWords(
        place={
            KeyPlace.NONE: QCoreApplication.translate(
                "KeySection", "No password is used for the key of the certificate."
            ),
            KeyPlace.KEYRING: QCoreApplication.translate(
                "KeySection", "The password of the certificate’s key is in the keyring of your system."
            ),
            KeyPlace.THIS_RUN: QCoreApplication.translate(
                "KeySection",
                "The password of the certificate’s key is kept until you quit GigaDesk: the keyring could not take it.",
            ),
            KeyPlace.ENVIRONMENT: "",
        }[place],
        change=QCoreApplication.translate("KeySection", "Enter the password")
        if place is KeyPlace.NONE
        else QCoreApplication.translate("KeySection", "Change the password"),
        check=QCoreApplication.translate("KeySection", "Check the certificate"),
        save=QCoreApplication.translate("KeySection", "Save the password"),
        remove=QCoreApplication.translate("KeySection", "Remove the password"),
        remove_question=QCoreApplication.translate("KeySection", "Remove the password?"),
        name=QCoreApplication.translate("KeySection", "Password of the certificate’s key"),
        hint=QCoreApplication.translate("KeySection", "It goes into the keyring of your system and nowhere else."),
        accepted=QCoreApplication.translate("KeySection", "GigaChat accepts the certificate."),
    )
