"""Finds the ids of generated files in the text of an answer, also when a tag is cut in two. Pure."""

import re

_TAG = re.compile(
    r"""<img\s(?=[^>]*\bfuse=)[^>]*\bsrc="([^"<>]{1,512})"[^>]*>"""
    r"""|<div\s[^>]*\bdata-model-id="([^"<>]{1,512})"[^>]*>"""
)
_TAG_MAX_CHARS = 1024


class FileTags:
    """Reads the pieces of one answer.

    Only pictures marked `fuse` count: an answer may well contain HTML of its own.
    """

    def __init__(self) -> None:
        self._open = ""  # the text from a "<" whose ">" has not come yet

    def feed(self, text: str) -> list[str]:
        """Ids of the tags that this piece completes."""
        if not self._open and "<" not in text:
            return []
        text = self._open + text
        start = text.rfind("<")
        self._open = text[start:] if ">" not in text[start:] and len(text) - start <= _TAG_MAX_CHARS else ""
        return [found[1] or found[2] for found in _TAG.finditer(text)]
