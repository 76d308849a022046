"""Takes out of an answer the tags that stand for generated files: the files themselves are shown. Pure."""

import re

# The tag first, and its attributes in what was found: one expression for both takes hours for a tag without an end.
_TAG = re.compile(r"<(?:img|div)\s[^<>]{1,1018}>")
_PICTURE = re.compile(r'<img(?=.*\sfuse=).*?\ssrc="[^"]{1,512}"', re.DOTALL)
_MODEL = re.compile(r'<div.*?\sdata-model-id="[^"]{1,512}"', re.DOTALL)
_BEGINNINGS = ("<img", "<div")
_TAG_MAX_CHARS = 1024


def take_tags(text: str, *, is_open: bool) -> tuple[str, str]:
    """The text without its tags, and what is held back from its end: while `is_open`, it may become a tag.

    Law: a text that comes in any pieces, each put behind what was held back of the one before, gives the same as the
    whole.
    """
    if "<" not in text:
        return text, ""
    held = ""
    if is_open:
        start = text.rfind("<")
        if _may_become_tag(text[start:]):
            text, held = text[:start], text[start:]
    return (_TAG.sub(_kept, text) if "<" in text else text), held


def without_tags(text: str) -> str:
    """The text of a finished answer as it is shown."""
    return take_tags(text, is_open=False)[0]


def _kept(tag: re.Match[str]) -> str:
    return "" if _PICTURE.match(tag[0]) or _MODEL.match(tag[0]) else tag[0]


def _may_become_tag(rest: str) -> bool:
    if ">" in rest or len(rest) > _TAG_MAX_CHARS:
        return False
    for beginning in _BEGINNINGS:
        if beginning.startswith(rest):
            return True
        # "<imgs" and "<division" are words of somebody else.
        if rest.startswith(beginning) and rest[len(beginning)].isspace():
            return True
    return False
