"""What the program does: send, queue, stop, retry, branch, title, trash. Knows neither Qt nor aiohttp."""

from gigadesk.conversations.branch_map import BranchRun
from gigadesk.conversations.conversations import Conversations
from gigadesk.conversations.temporary import TemporaryChat, TemporaryChats
from gigadesk.store import Beginning, Known

__all__ = ["Beginning", "BranchRun", "Conversations", "Known", "TemporaryChat", "TemporaryChats"]
