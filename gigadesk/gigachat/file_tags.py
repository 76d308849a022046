"""Finds the ids of generated files in the text of an answer, also when a tag is cut in two. Pure."""

import re

from gigadesk.chat import FileKind

_TAG = re.compile(
    r"""<img\s(?=[^<>]*\bfuse=)[^<>]*\bsrc="([^"<>]{1,512})"[^<>]*>"""
    r"""|<div\s[^<>]*\bdata-model-id="([^"<>]{1,512})"[^<>]*>"""
)
_TAG_MAX_CHARS = 1024


class FileTags:
    """Reads the pieces of one answer.

    Only pictures marked `fuse` count: an answer may well contain HTML of its own.
    """

    def __init__(self) -> None:
        self._open = ""  # the text from a "<" whose ">" has not come yet

    @property
    def holds(self) -> bool:
        """The end of the last piece may be the beginning of a tag."""
        return bool(self._open)

    def feed(self, text: str) -> list[tuple[str, FileKind]]:
        """Ids and kinds of the tags that this piece completes."""
        if not self._open and "<" not in text:
            return []
        text = self._open + text
        start = text.rfind("<")
        self._open = text[start:] if ">" not in text[start:] and len(text) - start <= _TAG_MAX_CHARS else ""
        tags = (tag for tag in _TAG.finditer(text) if len(tag[0]) <= _TAG_MAX_CHARS)
        return [(tag[1], FileKind.IMAGE) if tag[1] else (tag[2], FileKind.MODEL_3D) for tag in tags]
