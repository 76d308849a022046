"""Numbers as the user writes them."""

from PySide6.QtCore import QLocale


def number_text(number: int) -> str:
    """With the thousands apart."""
    return QLocale().toString(number)
