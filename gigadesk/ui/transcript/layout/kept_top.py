"""How much of a box that has grown looks as before, from its top: only what is below is painted again."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from gigadesk.ui.transcript.layout.boxes import Area, Box, Fill, Ornament, Zone
from gigadesk.ui.transcript.layout.text_part import TextPart

OVERHANG = 8
"""So far a letter may reach out of its line, and the end of a frame or bar is round."""

Thing = TypeVar("Thing")


class KeptTop:
    """Remembers how a box looks: a new one moves the texts that it takes over from it."""

    def __init__(self, box: Box) -> None:
        self._box = box
        self._texts = {part: _looks(part) for part in box.stretches}
        self._marks = [(mark.text, *_looks(mark)) for mark in box.marks]

    def height(self, box: Box) -> float:
        """How far down the new box looks like the old one."""
        old = self._box
        if old.pictures or box.pictures:
            return 0.0
        edges = [old.height, box.height, *self._changed_texts(box)]
        for one, other in (_differing(old.ornaments, box.ornaments), _differing(old.areas, box.areas)):
            edges += _edges(one, other)
        for zones in _differing(old.zones, box.zones):
            edges += map(_top_of, zones)
        for marks in _differing(self._marks, [(mark.text, *_looks(mark)) for mark in box.marks]):
            edges += [y for _, _, y, *_ in marks]
        return max(0.0, min(edges) - OVERHANG)

    def _changed_texts(self, box: Box) -> Iterator[float]:
        gone = dict(self._texts)
        for part in box.stretches:
            looks = gone.pop(part, None)
            if looks != _looks(part):
                yield part.y
                if looks is not None:
                    yield looks[1]
        for _, y, *_ in gone.values():
            yield y


def _looks(part: TextPart) -> tuple[float, float, int, object, object]:
    return part.x, part.y, part.area, part.color, part.made_of


def _differing(old: Sequence[Thing], new: Sequence[Thing]) -> tuple[Sequence[Thing], Sequence[Thing]]:
    """Both without what they begin and end with in common."""
    least = min(len(old), len(new))
    first = next((index for index in range(least) if old[index] != new[index]), least)
    least -= first
    last = next((index for index in range(least) if old[-1 - index] != new[-1 - index]), least)
    return old[first : len(old) - last], new[first : len(new) - last]


def _edges(old: Sequence[Ornament | Area], new: Sequence[Ornament | Area]) -> Iterator[float]:
    for one, other in zip(old, new, strict=False):
        yield _common_bottom(one, other) or min(_top_of(one), _top_of(other))
    yield from map(_top_of, [*old[len(new) :], *new[len(old) :]])


def _common_bottom(one: Ornament | Area, other: Ornament | Area) -> float:
    """Where the shorter of two things ends that differ in nothing else; 0 if they do."""
    if isinstance(one, Fill) and isinstance(other, Fill):
        is_same = replace(one, rect=other.rect) == other
    elif isinstance(one, Area) and isinstance(other, Area):
        is_same = True  # how wide it is inside shows at its lower edge
    else:
        return 0.0
    sides = [(each.rect.left(), each.rect.top(), each.rect.width()) for each in (one, other)]
    return min(one.rect.bottom(), other.rect.bottom()) if is_same and sides[0] == sides[1] else 0.0


def _top_of(thing: Ornament | Area | Zone) -> float:
    match thing:
        case Zone():
            return min([rect.top() for rect in thing.rects], default=0.0)
        case Area():
            return thing.rect.top()
        case _:
            return thing.top
