"""The right side of a window: one chat with its page, its draft and its commands, and the windows that hold it."""
