"""From the messages of a chat with their parents to one branch. Pure."""

import json
from array import array
from bisect import bisect_left
from operator import lt

from gigadesk.chat import Outline

EMPTY = Outline((), {})


def read_numbers(joined: str) -> list[int]:
    """Numbers with commas between them."""
    numbers: list[int] = json.loads(f"[{joined}]")
    return numbers


def outline_of(ids: list[int], parents: list[int], leaf: int) -> Outline:
    """From all messages of a chat with their parents (0 for none), in any order."""
    if not all(map(lt, ids, ids[1:])):
        pairs = sorted(zip(ids, parents, strict=True))
        ids, parents = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    return Outline(_branch(ids, parents, leaf), _versions(ids, parents))  # type: ignore[arg-type]  # numbers are ids


def _branch(ids: list[int], parents: list[int], leaf: int) -> "array[int]":
    """Stretches in which each message answers the one before it are taken as a whole: mostly there is only one."""
    if parents[1:] == ids[:-1] and ids and ids[-1] == leaf:
        return array("q", ids)
    starts = [place for place in range(len(ids)) if not place or parents[place] != ids[place - 1]]
    stretches: list[list[int]] = []
    while leaf:
        end = bisect_left(ids, leaf)
        if end == len(ids) or ids[end] != leaf or (stretches and leaf >= stretches[-1][0]):
            break  # a disk has flipped a bit: there is no such message above this one
        start = starts[bisect_left(starts, end + 1) - 1]
        stretches.append(ids[start : end + 1])
        leaf = parents[start]
    branch: array[int] = array("q")
    for stretch in reversed(stretches):
        branch.extend(stretch)
    return branch


def _versions(ids: list[int], parents: list[int]) -> dict[int, tuple[int, ...]]:
    if len(set(parents)) == len(parents):
        return {}
    by_parent: dict[int, list[int]] = {}
    for message_id, parent in zip(ids, parents, strict=True):
        by_parent.setdefault(parent, []).append(message_id)
    return {each: tuple(group) for group in by_parent.values() if len(group) > 1 for each in group}
