"""The name that is suggested for a file of code. Names out of an answer are hints only, and never paths. Pure."""

import re

from gigadesk.attachments.names import clean_name
from gigadesk.markdown.languages import file_ending

_NAME = r"[\w.@+-]{0,60}\.[A-Za-z][A-Za-z0-9]{0,9}|Dockerfile|Makefile|Gemfile|Rakefile|CMakeLists\.txt"
_PATH = rf"(?:[\w.@~+:-]*[/\\])*({_NAME})"
_IN_INFO = re.compile(rf"(?:^|[\s:=\"'`{{(,]){_PATH}(?=$|[\s\"'`}}),:])")
_COMMENT = re.compile(
    rf"\s*(?:#|//|--|;|%|/\*+|<!--|\(\*|REM )\s*(?:file(?:name)?:|файл:)?\s*{_PATH}\s*(?:\*/|-->|\*\))?\s*"
)
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
_LINE_MAX_CHARS = 200


def file_name(language: str, fence: str, text: str) -> str:
    """A name for code: out of the line that begins its fence, a comment in its first line, or by its language."""
    hint = _hint(fence[:_LINE_MAX_CHARS], text.partition("\n")[0][:_LINE_MAX_CHARS])
    if hint:
        return hint
    ending = file_ending(language)
    if not ending:
        return "Dockerfile" if language.lower() in {"docker", "dockerfile"} else "Makefile"
    return f"code.{ending}"


def _hint(fence: str, first_line: str) -> str:
    info = fence.lstrip(" \t>`~")
    for found in (_IN_INFO.search(info), _COMMENT.fullmatch(first_line)):
        name = clean_name(found.group(1)) if found else ""
        if name and not _RESERVED.fullmatch(name) and name.strip("."):
            return name
    return ""
