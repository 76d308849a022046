"""Where a strip of text may be cut, so that no line of it is cut through. Pure."""

from collections.abc import Iterable, Sequence

Span = tuple[float, float]
"""Top and bottom of something that stays whole."""

_NEAR = 0.01


def merged(spans: Iterable[Span]) -> list[Span]:
    """What overlaps becomes one, from top to bottom; what only touches stays two."""
    result: list[Span] = []
    for top, bottom in sorted(spans):
        if bottom <= top:
            continue
        if result and top < result[-1][1] - _NEAR:
            result[-1] = (result[-1][0], max(result[-1][1], bottom))
        else:
            result.append((top, bottom))
    return result


def last_cut(spans: Sequence[Span], start: float, room: float, height: float) -> float:
    """The lowest place to end a page that begins at `start` of a strip; `start` itself if nothing fits.

    `spans` are merged; the strip is `height` high, the page has `room` left.
    """
    limit = start + room
    if limit >= height - _NEAR:
        return height
    best = start
    for _, bottom in spans:
        if bottom <= start + _NEAR:
            continue
        if bottom <= limit + _NEAR:
            best = bottom
        else:
            break
    return best


def first_cut(spans: Sequence[Span], start: float, height: float) -> float:
    """The end of the first thing that stays whole below `start`."""
    return next((bottom for _, bottom in spans if bottom > start + _NEAR), height)


def next_start(spans: Sequence[Span], cut: float) -> float:
    """Where the next page begins: the empty space between two lines is left out."""
    return next((max(top, cut) for top, bottom in spans if bottom > cut + _NEAR), cut)


def kept_together(lines: Sequence[Span]) -> list[Span]:
    """Lines of a paragraph with the first two and the last two as one: none of them stands alone on a page."""
    if len(lines) < 4:
        return [(lines[0][0], lines[-1][1])] if lines else []
    return [(lines[0][0], lines[1][1]), *lines[2:-2], (lines[-2][0], lines[-1][1])]
