from gigadesk.chat import Folder, FolderColor, FolderId, Section, SectionKind
from gigadesk.ui.sidebar.drop_targets import target_for_folder
from gigadesk.ui.sidebar.list_rows import ListRows, Part


def rows_of_two_folders():
    """Work, Work/Inner, two chats of Work, Home, a day, one chat."""
    rows = ListRows()
    rows.build(0, FOLDERS, {FolderId(1): 2}, [DAY], lambda _: True)
    return rows


def folder(number, parent=None):
    return Folder(FolderId(number), f"Folder {number}", None if parent is None else FolderId(parent), FolderColor.NONE)


FOLDERS = (folder(1), folder(2, parent=1), folder(3))
DAY = Part(Section(SectionKind.LISTED, since=0), 1, has_head=True)


def test_a_folder_above_the_days_marks_the_place_after_the_last_folder():
    """Not the chat that it is above: the folder does not go there."""
    target = target_for_folder(FolderId(2), rows_of_two_folders(), row=6, height=0.5)

    assert (target.row, target.line) == (4, 1)
    assert [(wish.folder_id, wish.index) for wish in target.wishes] == [(None, 2)]


def test_the_last_folder_has_nowhere_to_go_below_itself():
    assert target_for_folder(FolderId(3), rows_of_two_folders(), row=6, height=0.5) is None
