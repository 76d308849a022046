"""What makes a title: the first words of the user, or what the model proposes, on one clean line. Pure."""

import re

from gigadesk.limits import TITLE_MAX_CHARS
from gigadesk.text import clean, one_line

FIRST_WORDS_MAX_CHARS = 60
PROPOSAL_MAX_CHARS = 80
"""A longer proposal is no title: the model has answered the question instead."""

_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f]")
_LINE_MARKS = re.compile(r"^\s*(?:#{1,6}\s+|>\s*|[-*+]\s+)+")
_INLINE_MARKS = re.compile(r"\*\*|__|`+|~~")
_LINKS = re.compile(r"!?\[([^\]\n]*)\]\([^)\n]*\)")
_LABEL = re.compile(r"^(?:заголовок|название|тема|title)\s*:\s*", re.IGNORECASE)
_QUOTES = "\"'«»„“”‘’‹›*_ "


def first_words(text: str) -> str:
    """A title from what the user said first; empty only if there is nothing to see in it."""
    line = _one_line(text)
    if len(line) <= FIRST_WORDS_MAX_CHARS:
        return line
    cut = line[:FIRST_WORDS_MAX_CHARS]
    # Not in the middle of a word, unless it is one very long word.
    head, space, _ = cut.rpartition(" ")
    return f"{head if space and len(head) >= FIRST_WORDS_MAX_CHARS // 2 else cut}…"


def clean_title(text: str) -> str:
    """A title typed by the user, fit for one line of the list."""
    return _one_line(text)[:TITLE_MAX_CHARS].strip()


def read_proposal(text: str) -> str:
    """The title in an answer of the model; empty when it holds none."""
    lines = [line for line in clean(text).split("\n") if line.strip(_QUOTES + "#>-`~")]
    if not lines:
        return ""
    line = _INLINE_MARKS.sub("", _LINKS.sub(r"\1", _LINE_MARKS.sub("", lines[0])))
    line = _LABEL.sub("", _one_line(line).strip(_QUOTES)).strip(_QUOTES)
    line = line.removesuffix(".").strip(_QUOTES)
    has_words = any(map(str.isalnum, line))
    return line if has_words and len(line) <= PROPOSAL_MAX_CHARS else ""


def _one_line(text: str) -> str:
    return one_line(_CONTROLS.sub(" ", text))
