"""The page on which all chats are searched."""

from gigadesk.ui.search.page import SearchPage
from gigadesk.ui.search.return_bar import ReturnBar

__all__ = ["ReturnBar", "SearchPage"]
