"""The virtual view of a conversation. Values in, signals out.

The view, and Qt with it, is loaded when it is asked for: the worker that runs expressions needs the pure modules only.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gigadesk.ui.transcript.values import MessageView
    from gigadesk.ui.transcript.view import Transcript

__all__ = ["MessageView", "Transcript"]


def __getattr__(name: str) -> object:
    if name == "Transcript":
        from gigadesk.ui.transcript.view import Transcript

        return Transcript
    if name == "MessageView":
        from gigadesk.ui.transcript.values import MessageView

        return MessageView
    raise AttributeError(name)
