"""Which row of the list is what: headings, folders, chats. Numbers alone, so that there may be any number of chats.

The list is a row of parts: pinned chats, folders in folders, the days. A part knows how many chats it has, never which.
Rows are found by adding up. Pure.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from gigadesk.chat import Folder, FolderId, Section, SectionKind
from gigadesk.limits import FOLDER_DEPTH_MAX

HEAD = -1
"""Stands for the heading of a part where an offset into its chats is wanted."""


@dataclass(slots=True, eq=False)
class Part:
    """A section of the list under its heading."""

    section: Section
    count: int = 0
    """Chats of the section itself."""
    group: int = -1
    """The group of days, for a part that is one."""
    folder: Folder | None = None
    depth: int = 0
    """How many folders it stands in."""
    is_open: bool = True
    has_head: bool = False
    is_head_wanted: bool = False
    """Its heading is in sight although it has no chat."""
    total: int = 0
    """For a folder: its chats and those of all folders in it."""
    children: "list[Part]" = field(default_factory=list)


class ListRows:
    """The parts in their order, and the rows they take."""

    def __init__(self) -> None:
        self._pinned = Part(Section(SectionKind.PINNED))
        self._tops: list[Part] = []
        self._days: list[Part] = []
        self._folders: dict[FolderId, Part] = {}
        self._parts: dict[Section, Part] = {}
        self._runs: list[tuple[Part, bool]] = []
        self._starts: list[int] = []
        self._places: dict[tuple[Section, bool], int] = {}
        self.count = 0

    def build(
        self,
        pinned: int,
        folders: Iterable[Folder],
        counts: Mapping[FolderId, int],
        days: Iterable[Part],
        is_open: Callable[[FolderId], bool],
    ) -> None:
        """Begin anew. Folders come in any order; those whose parent is not among them stand at the top."""
        self._pinned = Part(Section(SectionKind.PINNED), pinned, has_head=pinned > 0)
        self._folders = {
            folder.id: Part(
                Section(SectionKind.FOLDER, folder.id),
                counts.get(folder.id, 0),
                folder=folder,
                is_open=is_open(folder.id),
                has_head=True,
            )
            for folder in sorted(folders, key=lambda each: (each.position, each.id))
        }
        self._tops = []
        for part in self._folders.values():
            above = self._parent(part)
            (self._tops if above is None else above.children).append(part)
        self._days = sorted(days, key=lambda part: part.group)
        self._parts = {part.section: part for part in (self._pinned, *self._folders.values(), *self._days)}
        self.renew()

    def renew(self) -> None:
        """Add up again, after a part was changed."""
        self._runs, self._starts, self._places, self.count = [], [], {}, 0
        self._put(self._pinned)
        self._put_folders()
        for part in self._days:
            self._put(part)
        for part in reversed(list(self.folders())):
            part.total = part.count + sum(child.total for child in part.children)

    def at(self, row: int) -> tuple[Part, int] | None:
        """The part of a row, and which of its chats it is, or `HEAD`."""
        if not 0 <= row < self.count:
            return None
        run = bisect_right(self._starts, row) - 1
        part, is_head = self._runs[run]
        return part, HEAD if is_head else row - self._starts[run]

    def row(self, part: Part, offset: int) -> int | None:
        """The row of a chat of a part, or of its `HEAD`; None when that is folded away or not there."""
        start = self._places.get((part.section, offset == HEAD))
        return None if start is None else start + max(offset, 0)

    def end(self, part: Part) -> int:
        """The row after the last one of a folder and all in it that is shown; after its heading when it is folded."""
        start = self._places.get((part.section, not part.is_open), 0)
        return start + (part.count if part.is_open else 1)

    def part(self, section: Section) -> Part | None:
        """The part of a section; None for days that have none yet."""
        return self._parts.get(section)

    def folder(self, folder_id: FolderId) -> Part | None:
        return self._folders.get(folder_id)

    def folders(self) -> Iterable[Part]:
        """All folders, from top to bottom as they would stand if all were open."""
        todo = list(reversed(self._tops))
        while todo:
            part = todo.pop()
            yield part
            todo.extend(reversed(part.children))

    @property
    def tops(self) -> "list[Part]":
        """The folders that stand in no other."""
        return self._tops

    def above(self, part: Part) -> list[Part]:
        """The folders that a part stands in, the nearest first."""
        found = []
        parent = self._parent(part)
        while parent is not None and parent not in found:
            found.append(parent)
            parent = self._parent(parent)
        return found

    def may_hold(self, parent: Part | None, moved: Part | None = None) -> bool:
        """Whether a folder (None: a new one) may stand in this one (None: at the top): not in itself, not too deep."""
        way = [] if parent is None else [parent, *self.above(parent)]
        return moved not in way and len(way) + (1 if moved is None else _height(moved)) <= FOLDER_DEPTH_MAX

    def shown_parts_from(self, row: int) -> list[Part]:
        """The parts whose chats have rows: that of `row` and those below it, then those above, the nearest first."""
        run = max(bisect_right(self._starts, row) - 1, 0)
        runs = [*self._runs[run:], *reversed(self._runs[:run])]
        return [part for part, is_head in runs if not is_head]

    def chats_between(self, first: int, last: int) -> int:
        """How many of these rows are chats."""
        count, row = 0, first
        while row <= last and (at := self.at(row)) is not None:
            rows = 1 if at[1] == HEAD else min(at[0].count - at[1], last - row + 1)
            count += 0 if at[1] == HEAD else rows
            row += rows
        return count

    def add_days(self, part: Part) -> None:
        """A group of days that had no chat yet; it takes no row until it has one."""
        self._days.append(part)
        self._days.sort(key=lambda each: each.group)
        self._parts[part.section] = part
        self.renew()

    def _parent(self, part: Part) -> Part | None:
        parent_id = part.folder.parent_id if part.folder is not None else None
        return None if parent_id is None else self._folders.get(parent_id)

    def _put(self, part: Part) -> None:
        if part.has_head:
            self._run(part, 1, is_head=True)
        self._run(part, part.count, is_head=False)

    def _put_folders(self) -> None:
        todo = [(part, 0, False) for part in reversed(self._tops)]
        while todo:
            part, depth, is_chats = todo.pop()
            if is_chats:
                self._run(part, part.count, is_head=False)
                continue
            part.depth = depth
            self._run(part, 1, is_head=True)
            if part.is_open:
                todo.append((part, depth, True))
                todo.extend((child, depth + 1, False) for child in reversed(part.children))

    def _run(self, part: Part, rows: int, *, is_head: bool) -> None:
        self._places[part.section, is_head] = self.count
        if rows:
            self._runs.append((part, is_head))
            self._starts.append(self.count)
            self.count += rows


def _height(part: Part) -> int:
    return 1 + max(map(_height, part.children), default=0)


def in_tree_order(folders: Iterable[Folder]) -> list[Folder]:
    """Each folder before those in it, from top to bottom as they stand in the list."""
    rows = ListRows()
    rows.build(0, folders, {}, (), lambda _: True)
    return [part.folder for part in rows.folders() if part.folder is not None]
