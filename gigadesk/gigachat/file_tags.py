"""Finds the ids of generated files in the text of an answer, also when a tag is cut in two. Pure."""

import re
from collections.abc import Iterator

from gigadesk.chat import FileKind

# The tag first, and its attributes in what was found: one expression for both takes hours for a tag without an end.
_TAG = re.compile(r"<(img|div)(\s[^<>]{1,1018})>")
_FUSE = re.compile(r"\sfuse=")
_PICTURE = re.compile(r'\ssrc="([^"]{1,512})"')
_MODEL = re.compile(r'\sdata-model-id="([^"]{1,512})"')
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
        return list(_files_in(text))


def _files_in(text: str) -> Iterator[tuple[str, FileKind]]:
    for tag in _TAG.finditer(text):
        name, attributes = tag.groups()
        if name == "div":
            pattern, kind = _MODEL, FileKind.MODEL_3D
        elif _FUSE.search(attributes):
            pattern, kind = _PICTURE, FileKind.IMAGE
        else:
            continue
        if found := pattern.search(attributes):
            yield found[1], kind
