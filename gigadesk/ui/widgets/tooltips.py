"""Tooltips for text that is not ours."""

import html


def plain_tooltip(text: str) -> str:
    """A tooltip that shows `text` letter by letter.

    Qt takes anything that looks like HTML for rich text and would open the pictures it names; escaped, it cannot.
    """
    return f"<span>{html.escape(text)}</span>" if "<" in text else text
