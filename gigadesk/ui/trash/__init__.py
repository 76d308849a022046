"""The window of the trash. Values in, wishes out; it reads through a `TrashSource` and never sees a service."""

from gigadesk.ui.trash.window import TrashWindow

__all__ = ["TrashWindow"]
