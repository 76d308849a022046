"""Where in the list something may be dropped, and what that means. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from gigadesk.chat import Chat, ChatId, FolderId, SectionKind
from gigadesk.ui.sidebar.list_rows import HEAD, ListRows, Part
from gigadesk.ui.sidebar.list_wishes import ListCommand, ListWish

_EDGE = 0.25
"""Of the height of a folder's row: a folder dropped there stands beside it, not in it."""


@dataclass(frozen=True, slots=True)
class DropTarget:
    """What a drop at some place would do, and what shows that."""

    wishes: tuple[ListWish, ...]
    row: int
    """This row is marked: as a whole, or with a line above or below it."""
    line: int = 0
    """-1 for a line above, 1 for one below, 0 for the whole row."""


def target_for_chats(chats: Sequence[Chat], ids: Sequence[ChatId], rows: ListRows, row: int) -> DropTarget | None:
    """What dropping chats on a row would do; None when nothing would change. `chats` are all of `ids`, or the first."""
    found = rows.at(row)
    if found is None:
        return None
    part = found[0]
    ids, has_more = tuple(ids), len(ids) > len(chats)
    wishes: list[ListWish] = []
    if part.section.kind is SectionKind.PINNED:
        if has_more or not all(chat.is_pinned for chat in chats):
            wishes.append(ListWish(ListCommand.PIN, ids))
    else:
        folder_id = part.folder.id if part.folder is not None else None
        if has_more or any(chat.folder_id != folder_id for chat in chats):
            wishes.append(ListWish(ListCommand.MOVE, ids, folder_id))
        # Behind the move, which notes what was pinned: taken back, it is so again.
        if has_more or any(chat.is_pinned for chat in chats):
            wishes.append(ListWish(ListCommand.UNPIN, ids))
    mark = rows.row(part, HEAD)
    return DropTarget(tuple(wishes), row if mark is None else mark) if wishes else None


def target_for_folder(folder_id: FolderId, rows: ListRows, row: int, height: float) -> DropTarget | None:
    """What dropping a folder on a row would do, `height` being how far down in the row, from 0 to 1."""
    moved, found = rows.folder(folder_id), rows.at(row)
    if found is None or moved is None:
        return None
    part, offset = found
    if part.folder is None:
        # Where it will stand is marked: a frame around a chat would say that the folder goes into that.
        return _into(moved, None, rows, rows.end(rows.tops[-1]) - 1, 1)
    if part is moved or moved in rows.above(part):
        return None
    above = next(iter(rows.above(part)), None)
    if offset == HEAD and height < _EDGE:
        return _beside(moved, above, rows, part, row, -1)
    if offset == HEAD and height > 1 - _EDGE and not (part.is_open and (part.children or part.count)):
        return _beside(moved, above, rows, part, row, 1)
    head = rows.row(part, HEAD)
    return _into(moved, part, rows, row if head is None else head)


def _into(moved: Part, parent: Part | None, rows: ListRows, row: int, side: int = 0) -> DropTarget | None:
    """To the end of a folder, or of the folders at the top."""
    siblings = rows.tops if parent is None else parent.children
    if (siblings and siblings[-1] is moved) or not rows.may_hold(parent, moved):
        return None
    return DropTarget((_wish(moved, parent, sum(each is not moved for each in siblings)),), row, side)


def _beside(moved: Part, parent: Part | None, rows: ListRows, part: Part, row: int, side: int) -> DropTarget | None:
    siblings = rows.tops if parent is None else parent.children
    others = [each for each in siblings if each is not moved]
    index = others.index(part) + (side > 0)
    if (moved in siblings and siblings.index(moved) == index) or not rows.may_hold(parent, moved):
        return None
    return DropTarget((_wish(moved, parent, index),), row, side)


def _wish(moved: Part, parent: Part | None, index: int) -> ListWish:
    assert moved.folder is not None
    parent_id = parent.folder.id if parent is not None and parent.folder is not None else None
    return ListWish(ListCommand.MOVE_FOLDER, folder_id=parent_id, moved_folder_id=moved.folder.id, index=index)
