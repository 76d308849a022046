"""Texts with words so long that Qt would halt over them."""

from PySide6.QtGui import QTextOption

LONG_WORD_CHARS = 2000


def wrap_mode_for(text: str) -> QTextOption.WrapMode:
    """Where the lines of an editor are to be broken that shows this text.

    Qt looks for a place to break by going back to the start of the word: a minute and more for one of 100,000 letters
    in a narrow view. With a word so long, lines are broken anywhere.
    """
    is_long = any(len(word) >= LONG_WORD_CHARS for word in text.split())
    return QTextOption.WrapMode.WrapAnywhere if is_long else QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere
