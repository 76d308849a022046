"""GigaDesk: a native desktop chat for GigaChat."""

__version__ = "0.1.0"
