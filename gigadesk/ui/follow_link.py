"""What happens when a link is followed: opened, asked about, or copied."""

from typing import assert_never

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from gigadesk.ui.links import Link, Reason, Verdict, open_link, read_link
from gigadesk.ui.widgets.dialogs import Choice, ask


async def follow_link(parent: QWidget, address: str, text: str = "") -> None:
    """Open `address` in the browser if it may be; ask first where it may mislead, and offer to copy the rest.

    `text` is what the reader saw of the link.
    """
    link = read_link(address, text)
    match link.verdict:
        case Verdict.OPEN:
            open_link(link)
        case Verdict.CONFIRM:
            reasons = "\n".join(_reason_text(reason) for reason in link.reasons)
            await _ask(
                parent,
                link,
                QCoreApplication.translate("FollowLink", "Open this link?"),
                f"{link.host}\n\n{reasons}",
                can_open=True,
            )
        case Verdict.COPY_ONLY:
            words = QCoreApplication.translate(
                "FollowLink", "GigaDesk opens addresses of the web only. This one can be copied."
            )
            await _ask(
                parent, link, QCoreApplication.translate("FollowLink", "This link is not opened"), words, can_open=False
            )
        case _:
            assert_never(link.verdict)


async def _ask(parent: QWidget, link: Link, title: str, text: str, *, can_open: bool) -> None:
    choices = [
        # A warning is not to be sent away by a hasty Enter.
        Choice("cancel", QCoreApplication.translate("FollowLink", "Cancel"), is_default=True, is_cancel=True),
        Choice("copy", QCoreApplication.translate("FollowLink", "Copy the address")),
    ]
    if can_open:
        choices.append(Choice("open", QCoreApplication.translate("FollowLink", "Open")))
    match await ask(parent, title, text, choices, detail=link.target):
        case "open":
            open_link(link)
        case "copy":
            QGuiApplication.clipboard().setText(link.target)


def _reason_text(reason: Reason) -> str:
    match reason:
        case Reason.OTHER_HOST_IN_TEXT:
            return QCoreApplication.translate("FollowLink", "The words of the link name another site.")
        case Reason.USER_INFO:
            return QCoreApplication.translate(
                "FollowLink", "The address held a user name, which may imitate another site. It is left out."
            )
        case Reason.FOREIGN_LETTERS:
            return QCoreApplication.translate(
                "FollowLink", "The name of the site has letters that may look like others."
            )
        case Reason.HIDDEN_CHARACTERS:
            return QCoreApplication.translate("FollowLink", "The words of the link have hidden characters in them.")
        case Reason.NUMERIC_HOST:
            return QCoreApplication.translate("FollowLink", "The site has a number instead of a name.")
        case Reason.LOCAL_HOST:
            return QCoreApplication.translate("FollowLink", "The address leads to this computer or the local network.")
        case Reason.ODD_PORT:
            return QCoreApplication.translate("FollowLink", "The address uses an unusual port.")
        case Reason.EXECUTABLE:
            return QCoreApplication.translate("FollowLink", "The address may download a program.")
        case Reason.NOT_ENCRYPTED:
            return QCoreApplication.translate("FollowLink", "The connection is not encrypted.")
        case _:
            assert_never(reason)
