"""Changes of the rows of the list, each told to Qt as what it is: selection, editor and place of reading survive it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex

from gigadesk.chat import FolderId
from gigadesk.ui.sidebar.list_contents import Change, Spot
from gigadesk.ui.sidebar.list_rows import HEAD, ListRows, Part

_ROOT = QModelIndex()


class RowMoves:
    """Changes `rows` and makes the model say so."""

    def __init__(self, model: QAbstractListModel, rows: ListRows) -> None:
        self._model = model
        self._rows = rows

    def move(self, change: Change) -> bool:
        """One chat goes from one spot to another, or comes, or goes.

        False when the rows cannot be right; they are unchanged then and must be read anew.
        """
        before, after = change.before, change.after
        if before is not None and not 0 <= before[1] < before[0].count:
            return False
        if after is not None and not 0 <= after[1] <= after[0].count - (before is not None and before[0] is after[0]):
            return False
        if after is not None and after[0].folder is None and self._is_in_sight(after[0]):
            self.set_head(after[0], has_head=True)
        source = self._rows.row(*before) if before is not None else None
        target = self._rows.row(*after) if after is not None else None
        if before == after:
            change.commit()
            self._tell_changed(source)
            return True
        if source is not None and target is not None and before is not None and after is not None:
            if before[0] is after[0] and target > source:
                target += 1
            self._move_row(source, target, change)
        elif source is not None:
            self._model.beginRemoveRows(_ROOT, source, source)
            self._count(change)
            self._model.endRemoveRows()
        elif target is not None:
            self._model.beginInsertRows(_ROOT, target, target)
            self._count(change)
            self._model.endInsertRows()
        else:
            self._count(change)
        if before is not None and before[0].folder is None and before[0].count == 0:
            self.set_head(before[0], has_head=before[0].is_head_wanted)
        self._tell_folders(before, after)
        return True

    def fold(self, part: Part, *, is_open: bool) -> None:
        """Show or hide what is in a folder."""
        head = self._rows.row(part, HEAD)
        if head is None:
            part.is_open = is_open
            self._rows.renew()
            return
        if is_open:
            self._set_open(part, is_open=True)
            rows = self._rows.end(part) - head - 1
            self._set_open(part, is_open=False)
            if rows:
                self._model.beginInsertRows(_ROOT, head + 1, head + rows)
            self._set_open(part, is_open=True)
            if rows:
                self._model.endInsertRows()
        else:
            rows = self._rows.end(part) - head - 1
            if rows:
                self._model.beginRemoveRows(_ROOT, head + 1, head + rows)
            self._set_open(part, is_open=False)
            if rows:
                self._model.endRemoveRows()
        self._tell_changed(head)

    def set_head(self, part: Part, *, has_head: bool) -> None:
        """Show or hide the heading of a part that is no folder."""
        if part.has_head == has_head:
            return
        row = self._rows.row(part, HEAD if part.has_head else 0)
        assert row is not None, "such a part is never folded away"
        if has_head:
            self._model.beginInsertRows(_ROOT, row, row)
        else:
            self._model.beginRemoveRows(_ROOT, row, row)
        part.has_head = has_head
        self._rows.renew()
        if has_head:
            self._model.endInsertRows()
        else:
            self._model.endRemoveRows()

    def grow(self, days: Sequence[Part], is_open: Callable[[FolderId], bool]) -> None:
        """These are the days now, of a list that has nothing else; all that is new in them stands at the end."""
        former = self._rows.count
        rows = sum(part.count + 1 for part in days) - former
        if rows > 0:
            self._model.beginInsertRows(_ROOT, former, former + rows - 1)
        self._rows.build(0, (), {}, days, is_open)
        if rows > 0:
            self._model.endInsertRows()

    def _move_row(self, source: int, target: int, change: Change) -> None:
        if target in {source, source + 1}:
            # It stays where it is, as a row of another part.
            self._count(change)
            self._tell_changed(source)
            return
        self._model.beginMoveRows(_ROOT, source, source, _ROOT, target)
        self._count(change)
        self._model.endMoveRows()
        self._tell_changed(target - (target > source))

    def _count(self, change: Change) -> None:
        if change.before is not None:
            change.before[0].count -= 1
        if change.after is not None:
            change.after[0].count += 1
        self._rows.renew()
        change.commit()

    def _set_open(self, part: Part, *, is_open: bool) -> None:
        part.is_open = is_open
        self._rows.renew()

    def _is_in_sight(self, part: Part) -> bool:
        return self._rows.row(part, 0) is not None

    def _tell_folders(self, *spots: Spot | None) -> None:
        """Folders say how many chats are in them."""
        for spot in spots:
            if spot is not None and spot[0].folder is not None:
                for part in (spot[0], *self._rows.above(spot[0])):
                    self._tell_changed(self._rows.row(part, HEAD))

    def _tell_changed(self, row: int | None) -> None:
        if row is not None:
            index = self._model.index(row)
            self._model.dataChanged.emit(index, index)
