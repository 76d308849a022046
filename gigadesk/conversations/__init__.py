"""What the program does: send, queue, stop, retry, branch, title, trash. Knows neither Qt nor aiohttp."""

from gigadesk.conversations.conversations import Conversations

__all__ = ["Conversations"]
