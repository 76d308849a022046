"""The question when another program holds the data folder and does not show itself."""

from PySide6.QtCore import QCoreApplication

from gigadesk.ui.notices import Action, action_text, quit_text
from gigadesk.ui.widgets.dialogs import Choice, ask

RETRY, TAKE_OVER = "retry", "take"


async def ask_about_other(path: str, computer: str) -> str:
    """Ask what to do: `RETRY`, `TAKE_OVER`, or anything else to give up. `computer` is empty when it is this one."""
    if not computer:
        title = QCoreApplication.translate("OtherInstance", "GigaDesk is already open but does not answer")
        text = QCoreApplication.translate(
            "OtherInstance",
            "It uses {path}. Wait a little and try again. If that does not help, end it with the tools of your system:"
            " what it has shown is saved.",
        ).format(path=path)
        choices = []
    else:
        title = QCoreApplication.translate("OtherInstance", "The chats are open on another computer")
        text = QCoreApplication.translate(
            "OtherInstance",
            "GigaDesk on {computer} uses {path}, or was not closed there. Close it there and try again. If it does not"
            " run there any more, open the chats here: two programs at once would spoil them.",
        ).format(computer=computer, path=path)
        choices = [Choice(TAKE_OVER, QCoreApplication.translate("OtherInstance", "Open here"), is_danger=True)]
    choices += [
        Choice("quit", quit_text(), is_cancel=True),
        Choice(RETRY, action_text(Action.RETRY), is_default=True),
    ]
    return await ask(None, title, text, choices)
