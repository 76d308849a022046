"""The end of what stands in the brackets of a link, found in a bounded number of steps.

The library looks from each open bracket as far ahead as twenty of them reach, for pictures twice: 130 ms for 4,096
characters of them.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

_STEPS_PER_CHARACTER = 2
_FREE_STEPS = 200
"""Of a short text every bracket may be tried."""
_STEPS = "label steps"


class _Helpers:
    """What the rules for links and pictures call."""

    def __init__(self) -> None:
        from markdown_it.helpers import parseLinkDestination, parseLinkTitle

        self.parseLinkDestination = parseLinkDestination
        self.parseLinkTitle = parseLinkTitle
        self.parseLinkLabel = _find_end


def add_bounds(parser: "MarkdownIt") -> None:
    """Let the parser of inline marks look for the ends of labels as here."""
    parser.helpers = _Helpers()  # type: ignore[assignment]  # a module of the library


def _find_end(state: "StateInline", start: int, disableNested: bool = False) -> int:  # noqa: FBT001, FBT002, N803
    """Where the bracket that begins at `start` is closed; -1 if it is not. The state stays where it is.

    A text in which far more is looked at than stands in it is no text with links: no more of its brackets are closed.
    """
    state.env.setdefault(_STEPS, 0)
    if state.src.rfind("]", start, state.posMax) < 0:
        return -1
    place, end, level = state.pos, -1, 1
    most = _STEPS_PER_CHARACTER * len(state.src) + _FREE_STEPS
    state.pos = start + 1
    while state.pos < state.posMax and state.env[_STEPS] < most:
        sign, before = state.src[state.pos], state.pos
        if sign == "]":
            level -= 1
            if not level:
                end = before
                break
        state.env[_STEPS] += 1
        state.md.inline.skipToken(state)
        if sign == "[":
            if before == state.pos - 1:
                level += 1
            elif disableNested:
                break
    state.pos = place
    return end
