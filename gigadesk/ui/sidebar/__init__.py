"""The list of chats, with search, renaming, deleting and undo. Values in, wishes out; it never sees a service."""

from gigadesk.ui.sidebar.sidebar import Sidebar

__all__ = ["Sidebar"]
