"""Folders are made by keys, and go no deeper than they may: what would do nothing is not offered."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QListWidget, QMenu

from gigadesk.chat import Folder, FolderColor, FolderId
from gigadesk.limits import FOLDER_DEPTH_MAX
from gigadesk.ui.sidebar.drop_targets import target_for_folder
from gigadesk.ui.sidebar.list_rows import ListRows
from gigadesk.ui.sidebar.move_popup import MovePopup
from tests.window_support import open_desk

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key


def chain(library, deepest: int = FOLDER_DEPTH_MAX) -> list[FolderId]:
    """Folders in each other, called by how deep they are."""
    made: list[FolderId] = []
    for depth in range(1, deepest + 1):
        made.append(library.add_folder(f"Level {depth}", made[-1] if made else None))
    return made


def put_keyboard_on(desk, folder_id) -> None:
    desk.chat_list.setFocus()
    desk.chat_list.select_only(desk.window.sidebar.chats.index_of_folder(folder_id))


def name_it(desk, name: str) -> None:
    editor = desk.chat_list.findChild(QLineEdit)
    assert editor is not None
    QTest.keyClicks(editor, name)
    QTest.keyClick(editor, Key.Key_Return)


def folders(desk) -> dict[str, str | None]:
    """Each folder with the one that it stands in."""
    names = {each.id: each.name for each in desk.conversations.library.folders()}
    return {each.name: names.get(each.parent_id) for each in desk.conversations.library.folders()}


def test_a_folder_is_made_by_a_key_at_the_top_or_in_the_one_that_has_the_keyboard(run_async):
    async def story():
        async with open_desk(chats=1) as desk:
            desk.press(Key.Key_M, CTRL | SHIFT)
            name_it(desk, "Outer")
            await desk.until(lambda: folders(desk) == {"Outer": None})

            assert desk.chat_list.hasFocus()  # the new one has the keyboard
            desk.press(Key.Key_M, CTRL | SHIFT)
            name_it(desk, "Inner")
            await desk.until(lambda: folders(desk) == {"Outer": None, "Inner": "Outer"})

            desk.press(Key.Key_M, CTRL | SHIFT, desk.composer.editor)
            await desk.until(lambda: desk.chat_list.findChild(QLineEdit) is not None)

    run_async(story())


def test_a_folder_that_is_made_while_the_archive_is_shown_comes_into_sight(run_async):
    async def story():
        async with open_desk(chats=1) as desk:
            sidebar = desk.window.sidebar
            sidebar.show_archive(is_archive=True)

            desk.press(Key.Key_M, CTRL | SHIFT, desk.composer.editor)
            name_it(desk, "Work")

            assert not sidebar.chats.is_archive
            await desk.until(lambda: folders(desk) == {"Work": None})

    run_async(story())


def test_the_deepest_folder_offers_no_folder_inside(run_async):
    async def story():
        async with open_desk(chats=1) as desk:
            made = chain(desk.conversations.library)
            for folder_id, is_offered in ((made[-2], True), (made[-1], False)):
                put_keyboard_on(desk, folder_id)
                desk.chat_list.menu_requested.emit(QPoint(100, 100))
                menu = next(each for each in desk.chat_list.findChildren(QMenu) if each.isVisible())
                [inside] = [each for each in menu.actions() if each.text().startswith("New folder inside")]
                assert inside.isEnabled() == is_offered
                menu.close()
                await desk.idle()

            desk.press(Key.Key_M, CTRL | SHIFT)
            assert len(folders(desk)) == FOLDER_DEPTH_MAX

    run_async(story())


def test_a_folder_is_offered_only_places_that_may_hold_it(run_async):
    async def story():
        async with open_desk(chats=1) as desk:
            made = chain(desk.conversations.library)
            moved = desk.conversations.library.add_folder("Moved")
            desk.conversations.library.add_folder("In it", moved)

            put_keyboard_on(desk, moved)
            desk.press(Key.Key_L, CTRL | SHIFT)

            [popup] = [each for each in QApplication.topLevelWidgets() if isinstance(each, MovePopup)]
            places = popup.findChild(QListWidget)
            offered = [places.item(row).data(Qt.ItemDataRole.UserRole) for row in range(places.count())]
            assert offered == [None, *made[:-2]]
            assert popup.findChild(QLineEdit).placeholderText() == "Find a folder"
            popup.close()

    run_async(story())


def test_a_folder_is_not_dropped_where_it_would_stand_too_deep():
    rows = ListRows()
    made = [
        Folder(FolderId(depth), "", FolderId(depth - 1) if depth > 1 else None, FolderColor.NONE)
        for depth in range(1, FOLDER_DEPTH_MAX + 1)
    ]
    moved = Folder(FolderId(100), "", None, FolderColor.NONE, position=1)
    rows.build(0, [*made, moved], {}, [], lambda _: True)

    def may_drop(row: int, height: float) -> bool:
        return target_for_folder(moved.id, rows, row, height) is not None

    deepest = FOLDER_DEPTH_MAX - 1
    assert may_drop(deepest - 1, 0.5)  # into the last but one
    assert not may_drop(deepest, 0.5)
    assert may_drop(deepest, 0.1)  # beside the last
    made_deeper = [*made, moved, Folder(FolderId(101), "", moved.id, FolderColor.NONE)]
    rows.build(0, made_deeper, {}, [], lambda _: True)
    assert may_drop(deepest - 2, 0.5)
    assert not may_drop(deepest - 1, 0.5)
    assert not may_drop(deepest, 0.1)
