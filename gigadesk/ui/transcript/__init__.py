"""The virtual view of a conversation. Values in, signals out."""
