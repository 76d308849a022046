"""The virtual view of a conversation. Values in, signals out."""

from gigadesk.ui.transcript.values import MessageView
from gigadesk.ui.transcript.view import Transcript

__all__ = ["MessageView", "Transcript"]
