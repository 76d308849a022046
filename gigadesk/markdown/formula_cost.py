"""How much work ziamath has with a formula. Pure, and as quick as the formula is long.

It lays out the inside of a row twice, so that of a row in there four times, and so on.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_ONCE = {
    *("mfrac", "mroot", "msup", "msub", "msubsup", "mmultiscripts", "mover", "munder", "munderover"),
    # Taken apart before anything is laid out.
    *("mtable", "mtr", "mstyle"),
}
_FENCED_TIMES = 4
"""As a row, and again with the height of what is inside."""


def cost(element: "Element") -> int:
    """How many elements are laid out, each as often as that is done."""
    return 1 + _times(element) * sum(map(cost, element))


def _times(element: "Element") -> int:
    if element.tag == "mfenced":
        return _FENCED_TIMES
    # A root or a frame makes a row of its own around more than one thing.
    is_once = element.tag in _ONCE or (element.tag in {"msqrt", "menclose"} and len(element) == 1)
    return 1 if is_once else 2
