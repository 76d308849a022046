"""Why a picture of the web is not shown, in words; and the question before one is fetched."""

from typing import assert_never

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from gigadesk.errors import WebPictureCause
from gigadesk.ui.links import read_link
from gigadesk.ui.widgets.dialogs import Choice, ask


async def asks_for_picture(parent: QWidget, address: str) -> bool:
    """Show the whole address, and let the user say whether it is asked."""
    link = read_link(address)
    title = QCoreApplication.translate("WebPicture", "Load this picture?")
    text = QCoreApplication.translate(
        "WebPicture",
        "The answer names a picture of another site. The site learns your network address and this address, in which "
        "words of your chat may hide.",
    )
    choices = [
        Choice("cancel", QCoreApplication.translate("WebPicture", "Cancel"), is_default=True, is_cancel=True),
        Choice("copy", QCoreApplication.translate("WebPicture", "Copy the address")),
        Choice("load", QCoreApplication.translate("WebPicture", "Load")),
    ]
    shown = f"{link.host}\n\n{text}" if link.host else text
    match await ask(parent, title, shown, choices, detail=address if not link.host else link.target):
        case "load":
            return True
        case "copy":
            from PySide6.QtGui import QGuiApplication

            QGuiApplication.clipboard().setText(link.target)
    return False


def failure_words(cause: WebPictureCause, status: int = 0) -> str:
    """One short line."""
    match cause:
        case WebPictureCause.NOT_HTTPS:
            return QCoreApplication.translate("WebPicture", "Only https addresses are loaded")
        case WebPictureCause.NOT_PUBLIC:
            return QCoreApplication.translate("WebPicture", "The address is not one of the public internet")
        case WebPictureCause.NO_CONNECTION:
            return QCoreApplication.translate("WebPicture", "The site does not answer")
        case WebPictureCause.NOT_TRUSTED:
            return QCoreApplication.translate("WebPicture", "The certificate of the site is not trusted")
        case WebPictureCause.REFUSED if status:
            words = QCoreApplication.translate("WebPicture", "The site gives no picture ({status})")
            return words.format(status=status)
        case WebPictureCause.REFUSED:
            return QCoreApplication.translate("WebPicture", "The site gives no picture")
        case WebPictureCause.NOT_A_PICTURE:
            return QCoreApplication.translate("WebPicture", "Not a picture that can be shown")
        case WebPictureCause.TOO_LARGE:
            return QCoreApplication.translate("WebPicture", "The picture is larger than 10 MB")
        case WebPictureCause.TOO_SLOW:
            return QCoreApplication.translate("WebPicture", "The site takes too long")
        case _:
            assert_never(cause)
