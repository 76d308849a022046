"""The one gate for text from outside. Pure."""

import re
import unicodedata

_SURROGATES = re.compile("[\ud800-\udfff]")
# What turns the text around it (overrides, isolates), and what is no letter and has no width.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u00ad\u200b\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]")
_BLANK = {"Cc", "Cf", "Me", "Mn", "Zs"}
_BLANK_LETTERS = "\u115f\u1160\u2800\u3164\uffa0"
MARKS_MAX = 6
"""On one letter of a title: more belong to no language, and would be painted over the lines above and below."""
_LINE_ENDS = re.compile("\r\n?|[\u2028\u2029]")


def clean(text: str) -> str:
    r"""Text that every part of the program can hold: valid Unicode, `\n` line ends, no NUL.

    Split surrogate pairs are joined; lone surrogates become U+FFFD (SQLite and UTF-8 refuse them).
    """
    if not text.isascii() and _SURROGATES.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if "\x00" in text:
        text = text.replace("\x00", "\ufffd")
    # Looking for a character is ten times as fast as looking for a pattern: 4 MB took 50 ms.
    return _LINE_ENDS.sub("\n", text) if any(map(text.__contains__, "\r\u2028\u2029")) else text


def one_line(text: str) -> str:
    """Text that can stand as a title among others; empty when there would be nothing to see.

    It cannot turn what stands beside it, and does not reach above or below its line.
    """
    line = " ".join(clean(text).split())
    if line.isascii() and line.isprintable():
        return line
    seen: list[str] = []
    marks, has_words = 0, False
    for each in _UNSEEN.sub("", line):
        category = unicodedata.category(each)
        marks = marks + 1 if category in {"Mn", "Me"} else 0
        has_words = has_words or (category not in _BLANK and each not in _BLANK_LETTERS)
        if marks <= MARKS_MAX:
            seen.append(each)
    return " ".join("".join(seen).split()) if has_words else ""
