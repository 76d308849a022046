"""What is done with chats and folders in the list, by the keys, the mouse and the menus of the real window."""

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMenu

from gigadesk.chat import FolderColor
from gigadesk.conversations import portions
from gigadesk.ui.sidebar import chat_drag, chat_list_model
from gigadesk.ui.sidebar.folder_colors import folder_shade
from gigadesk.ui.sidebar.move_popup import MovePopup
from gigadesk.ui.sidebar.selection_bar import SelectionBar
from gigadesk.ui.theme import LIGHT
from gigadesk.ui.widgets.icons import icon
from tests.window_support import open_desk

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton
Key = Qt.Key


def place_of(desk, text: str) -> QPoint:
    """The middle of the row that says this."""
    index = desk.window.sidebar.chats.index(desk.rows().index(text))
    desk.chat_list.scrollTo(index)
    return desk.chat_list.visualRect(index).center()


def click(desk, text: str, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
    QTest.mouseClick(desk.chat_list.viewport(), LEFT, modifiers, place_of(desk, text))


def drag(desk, source: str, target: str, shift: int = 0) -> None:
    """With the mouse, in steps, and a moment above the target."""
    viewport, start = desk.chat_list.viewport(), place_of(desk, source)
    QTest.mousePress(viewport, LEFT, Qt.KeyboardModifier.NoModifier, start)
    move(viewport, start + QPoint(0, 30))
    end = place_of(desk, target) + QPoint(0, shift)
    move(viewport, end)
    QTest.mouseRelease(viewport, LEFT, Qt.KeyboardModifier.NoModifier, end)


def move(viewport, place: QPoint) -> None:
    from PySide6.QtCore import QEvent, QPointF
    from PySide6.QtGui import QMouseEvent

    event = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(place),
        QPointF(viewport.mapToGlobal(place)),
        Qt.MouseButton.NoButton,
        LEFT,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(viewport, event)


def popup() -> MovePopup:
    [found] = [each for each in QApplication.topLevelWidgets() if isinstance(each, MovePopup) and each.isVisible()]
    return found


def folder_names(desk) -> list[str]:
    return [folder.name for folder in desk.conversations.library.folders()]


def test_several_chats_are_pinned_archived_and_taken_back_by_keys(run_async):
    async def story():
        async with open_desk(chats=4) as desk:
            click(desk, "Chat 3", CTRL)
            click(desk, "Chat 1", CTRL)
            bar = desk.window.sidebar.findChild(SelectionBar)
            assert bar.isVisible()
            assert bar._words.whole_text() == "2 selected"
            bar._words.resize(12, bar._words.height())
            assert bar._words.text() == "2"

            desk.press(Key.Key_P, CTRL | SHIFT)
            assert desk.rows() == ["Pinned", "Chat 3", "Chat 1", "September 2026", "Chat 4", "Chat 2"]
            desk.press(Key.Key_P, CTRL | SHIFT)
            assert "Pinned" not in desk.rows()
            desk.press(Key.Key_A, CTRL | SHIFT)

            assert desk.rows()[1:] == ["Chat 4", "Chat 2"]
            desk.window.sidebar.show_archive(is_archive=True)
            assert desk.rows()[1:] == ["Chat 3", "Chat 1"]
            desk.chat_list.setFocus()
            desk.press(Key.Key_Home)
            desk.press(Key.Key_A, CTRL | SHIFT)
            assert desk.rows()[1:] == ["Chat 1"]

            desk.press(Key.Key_Z, CTRL, desk.chat_list)
            assert desk.rows()[1:] == ["Chat 3", "Chat 1"]

    run_async(story())


def test_what_is_selected_stays_selected_when_it_goes_into_a_new_folder(run_async):
    """Two facts come one after the other before anything is painted: the folder, then the chats in it."""

    async def story():
        async with open_desk(chats=6) as desk:
            click(desk, "Chat 5", CTRL)
            click(desk, "Chat 3", CTRL)
            desk.press(Key.Key_L, CTRL | SHIFT)
            field = popup().findChild(QLineEdit)
            QTest.keyClicks(field, "Work")
            QTest.keyClick(field, Key.Key_Return)

            assert desk.rows()[:3] == ["Work", "Chat 5", "Chat 3"]
            titles = [desk.conversations.chat(chat_id).title for chat_id in desk.chat_list.selected_chats()]
            assert titles == ["Chat 5", "Chat 3"]
            desk.press(Key.Key_Delete)
            assert desk.rows()[0] == "Work"
            assert desk.rows()[2:] == ["Chat 6", "Chat 4", "Chat 2", "Chat 1"]

    run_async(story())


def test_shift_and_arrows_select_and_delete_takes_all_of_them(run_async):
    async def story():
        async with open_desk(chats=5) as desk:
            desk.chat_list.setFocus()
            desk.press(Key.Key_Home)
            desk.press(Key.Key_Down)
            desk.press(Key.Key_Down, SHIFT)
            desk.press(Key.Key_Down, SHIFT)
            desk.press(Key.Key_Delete)

            assert desk.rows()[1:] == ["Chat 5", "Chat 1"]
            assert not desk.window.sidebar.findChild(SelectionBar).isVisible()
            assert desk.chat_list.currentIndex().data() == "Chat 1"

    run_async(story())


def test_very_many_chats_are_deleted_and_come_back_as_they_were(run_async, monkeypatch):
    monkeypatch.setattr(portions, "PORTION_CHATS", 4)
    monkeypatch.setattr(chat_list_model, "LOOKED_AT", 2)

    async def story():
        async with open_desk(chats=15) as desk:
            library = desk.conversations.library
            chats = [chat.id for chat in desk.conversations.chats()]
            folder = library.add_folder("Work")
            library.move_chats(chats[4:6], folder)
            library.set_pinned(chats[12:13], is_pinned=True)
            former = desk.rows()
            desk.chat_list.setFocus()
            desk.press(Key.Key_A, CTRL)
            desk.chat_list.selectionModel().select(
                desk.window.sidebar.chats.index_of(chats[14]), QItemSelectionModel.SelectionFlag.Deselect
            )

            desk.press(Key.Key_Delete)
            await desk.until(lambda: len(desk.conversations.chats()) == 1)
            await desk.until(desk.window.sidebar.undo_line.isVisible)
            assert desk.window.chats._chat.id == chats[14]
            assert desk.chat_list.hasFocus()

            desk.press(Key.Key_Z, CTRL)
            await desk.until(lambda: len(desk.conversations.chats()) == 15)
            await desk.until(lambda: desk.rows() == former)

    run_async(story())


def test_what_was_found_is_deleted_archived_and_taken_back_together(run_async):
    async def story():
        async with open_desk(chats=5) as desk:
            sidebar = desk.window.sidebar
            for chat in desk.conversations.chats()[:3]:
                desk.conversations.rename(chat.id, f"Found {chat.id}")
            desk.window.chats.open_chat(desk.conversations.chats()[4].id)
            sidebar.focus_search()
            desk.type("found")
            former = desk.rows()
            assert len(former) == 4

            for key, modifiers in ((Key.Key_Delete, NONE), (Key.Key_A, CTRL | SHIFT)):
                desk.chat_list.setFocus()
                desk.press(Key.Key_A, CTRL)
                desk.press(key, modifiers)
                assert desk.rows() == []
                assert sidebar._nothing_found.isVisible()

                desk.press(Key.Key_Z, CTRL, desk.chat_list)
                assert desk.rows() == former
                assert not sidebar._nothing_found.isVisible()

    run_async(story())


def test_when_all_that_was_found_goes_the_newest_of_the_others_is_shown(run_async):
    async def story():
        async with open_desk(chats=4) as desk:
            ids = [chat.id for chat in desk.conversations.chats()]
            for chat_id in ids[2:]:
                desk.conversations.rename(chat_id, "Found")
            desk.window.chats.open_chat(ids[3])
            desk.window.sidebar.focus_search()
            desk.type("found")
            desk.chat_list.setFocus()
            desk.press(Key.Key_A, CTRL)
            desk.press(Key.Key_Delete)

            assert desk.window.chats._chat.id == ids[0]
            assert len(desk.conversations.chats()) == 2
            assert desk.rows() == []
            desk.press(Key.Key_Z, CTRL)
            assert desk.rows()[1:] == ["Found", "Found"]

    run_async(story())


def test_ctrl_a_selects_every_chat_and_esc_none(run_async):
    async def story():
        async with open_desk(chats=5) as desk:
            desk.chat_list.setFocus()
            desk.press(Key.Key_A, CTRL)
            assert len(desk.chat_list.selected_chats()) == 5

            desk.press(Key.Key_Escape)
            assert len(desk.chat_list.selected_chats()) == 1

    run_async(story())


def test_a_chat_that_was_taken_out_of_the_selection_stays_out_when_all_is_read_anew(run_async):
    async def story():
        async with open_desk(chats=5) as desk:
            desk.chat_list.setFocus()
            desk.press(Key.Key_A, CTRL)
            click(desk, "Chat 3", CTRL)
            desk.conversations.library.add_folder("Work")
            desk.press(Key.Key_Delete)

            assert desk.rows() == ["Work", "September 2026", "Chat 3"]

    run_async(story())


def test_ctrl_click_does_not_take_the_shown_chat_along(run_async):
    async def story():
        async with open_desk(chats=3) as desk:
            click(desk, "Chat 1", CTRL)
            desk.press(Key.Key_Delete)

            assert desk.rows()[1:] == ["Chat 3", "Chat 2"]

    run_async(story())


def test_a_new_folder_is_made_while_moving_and_the_shown_chat_goes_into_it(run_async):
    async def story():
        async with open_desk(chats=2) as desk:
            desk.press(Key.Key_L, CTRL | SHIFT)
            field = popup().findChild(QLineEdit)
            QTest.keyClicks(field, "Work & play")
            QTest.keyClick(field, Key.Key_Return)

            assert folder_names(desk) == ["Work & play"]
            assert desk.rows()[:2] == ["Work & play", "Chat 2"]

            desk.press(Key.Key_L, CTRL | SHIFT, desk.composer.editor)
            QTest.keyClick(popup().findChild(QLineEdit), Key.Key_Return)  # the first entry: no folder
            assert desk.rows()[0] == "Work & play"
            assert desk.rows()[-2:] == ["Chat 2", "Chat 1"]

    run_async(story())


def test_the_popup_finds_a_folder_by_the_names_above_it(run_async):
    async def story():
        async with open_desk(chats=1) as desk:
            library = desk.conversations.library
            outer = library.add_folder("Ёлки")
            library.add_folder("Other")
            inner = library.add_folder("Шишки", outer)
            desk.press(Key.Key_L, CTRL | SHIFT)
            field = popup().findChild(QLineEdit)
            field.insert("елк шиш")
            QTest.keyClick(field, Key.Key_Return)

            [chat] = desk.conversations.chats()
            assert chat.folder_id == inner

    run_async(story())


def test_what_is_chosen_and_how_much_is_selected_is_said(run_async, monkeypatch):
    """The keyboard is in the field of the popup, and the bar is not where the keyboard is."""
    said = []
    for module in ("move_popup", "selection_bar"):
        monkeypatch.setattr(f"gigadesk.ui.sidebar.{module}.announce", lambda _widget, words: said.append(words))

    async def story():
        async with open_desk(chats=3) as desk:
            for name in ("Work", "Home"):
                desk.conversations.library.add_folder(name)
            desk.chat_list.setFocus()
            desk.chat_list.go_to_first()
            desk.press(Key.Key_A, CTRL)
            await desk.until(lambda: said == ["3 selected"])
            said.clear()

            desk.press(Key.Key_L, CTRL | SHIFT)
            field = popup().findChild(QLineEdit)
            QTest.keyClick(field, Key.Key_Down)
            field.insert("hom")
            popup().close()

            assert said == ["No folder", "Work", "Home"]

    run_async(story())


def test_chats_are_dragged_into_a_folder_out_of_it_and_onto_the_pinned_ones(run_async):
    async def story():
        async with open_desk(chats=3) as desk:
            folder = desk.conversations.library.add_folder("Work")
            click(desk, "Chat 2", CTRL)
            click(desk, "Chat 1", CTRL)
            drag(desk, "Chat 1", "Work")
            assert desk.rows() == ["Work", "Chat 2", "Chat 1", "September 2026", "Chat 3"]

            drag(desk, "Chat 2", "Chat 3")
            assert desk.rows() == ["Work", "September 2026", "Chat 3", "Chat 2", "Chat 1"]

            viewport, start = desk.chat_list.viewport(), place_of(desk, "Chat 3")
            QTest.mousePress(viewport, LEFT, Qt.KeyboardModifier.NoModifier, start)
            move(viewport, place_of(desk, "Work"))
            assert desk.rows()[0] == "Work"  # what is aimed at stays where it is
            move(viewport, QPoint(start.x(), 3))
            assert desk.rows()[0] == "Pinned"  # there to be dropped on
            move(viewport, place_of(desk, "Pinned"))
            QTest.mouseRelease(viewport, LEFT, Qt.KeyboardModifier.NoModifier, place_of(desk, "Pinned"))
            assert desk.rows()[:3] == ["Pinned", "Chat 3", "Work"]
            drag(desk, "Chat 3", "Work")
            assert desk.rows() == ["Work", "Chat 3", "September 2026", "Chat 2", "Chat 1"]
            assert all(chat.folder_id in {None, folder} for chat in desk.conversations.chats())

    run_async(story())


def test_all_that_is_selected_is_dragged_however_many_chats_are_looked_at(run_async, monkeypatch):
    monkeypatch.setattr(chat_drag, "LOOKED_AT", 2)

    async def story():
        async with open_desk(chats=5) as desk:
            folder = desk.conversations.library.add_folder("Work")
            desk.chat_list.setFocus()
            desk.press(Key.Key_A, CTRL)
            drag(desk, "Chat 1", "Work")

            assert {chat.folder_id for chat in desk.conversations.chats()} == {folder}

    run_async(story())


def test_what_was_pinned_is_so_again_when_a_drop_is_taken_back(run_async):
    async def story():
        async with open_desk(chats=3) as desk:
            desk.conversations.library.add_folder("Work")
            click(desk, "Chat 2")
            desk.press(Key.Key_P, CTRL | SHIFT)
            before = desk.rows()
            drag(desk, "Chat 2", "Work")
            assert desk.rows()[:2] == ["Work", "Chat 2"]

            desk.chat_list.setFocus()
            desk.press(Key.Key_Z, CTRL)
            assert desk.rows() == before

    run_async(story())


def test_a_folder_that_was_moved_goes_back_to_its_place(run_async):
    async def story():
        async with open_desk(chats=1) as desk:
            library = desk.conversations.library
            for name in ("A", "B", "C"):
                library.add_folder(name)
            before = library.folders()
            drag(desk, "B", "A")
            assert library.folders() != before

            desk.chat_list.setFocus()
            desk.press(Key.Key_Z, CTRL)
            assert [(each.name, each.parent_id) for each in library.folders()] == [
                (name, None) for name in ("A", "B", "C")
            ]

            drag(desk, "B", "A")
            line = desk.window.sidebar.undo_line
            library.delete_folder(library.folders()[0].id)
            line.undo()  # of the deletion, which came last
            assert "B" in folder_names(desk)

    run_async(story())


def test_several_folders_are_deleted_and_taken_back_together(run_async):
    async def story():
        async with open_desk(chats=1) as desk:
            library = desk.conversations.library
            outer = library.add_folder("A")
            library.add_folder("inside", outer)
            for name in ("B", "C"):
                library.add_folder(name)
            click(desk, "A", CTRL)
            click(desk, "inside", CTRL)
            click(desk, "C", CTRL)
            before = library.folders()
            desk.press(Key.Key_Delete)
            assert folder_names(desk) == ["B"]
            assert desk.window.sidebar.undo_line._words.whole_text().startswith("2 folder")

            desk.press(Key.Key_Z, CTRL)
            assert library.folders() == before

    run_async(story())


def test_the_row_with_the_keyboard_stays_in_sight_above_the_line_for_undo(run_async):
    async def story():
        async with open_desk(chats=60) as desk:
            view = desk.chat_list
            view.setFocus()
            desk.press(Key.Key_Home)
            while view.visualRect(view.currentIndex()).bottom() < view.viewport().height() - view.rowHeight(0):
                desk.press(Key.Key_Down)
            room = view.viewport().height()
            desk.window.sidebar.undo_line.offer(lambda: "Something was done", lambda: None)
            await desk.until(lambda: view.viewport().height() < room)

            assert view.visualRect(view.currentIndex()).bottom() < view.viewport().height()

    run_async(story())


def test_a_folder_that_comes_back_with_one_chat_has_no_row_more(run_async):
    async def story():
        async with open_desk(chats=2) as desk:
            library = desk.conversations.library
            folder = library.add_folder("Work")
            library.move_chats([desk.conversations.chats()[-1].id], folder)
            before = desk.rows()
            assert before == ["Work", "Chat 1", "September 2026", "Chat 2"]
            library.delete_folder(folder)
            library.restore_folder(folder)

            assert desk.rows() == before

    run_async(story())


def test_esc_and_a_place_where_nothing_changes_end_a_drag(run_async):
    async def story():
        async with open_desk(chats=2) as desk:
            desk.conversations.library.add_folder("Work")
            viewport, start = desk.chat_list.viewport(), place_of(desk, "Chat 1")
            QTest.mousePress(viewport, LEFT, Qt.KeyboardModifier.NoModifier, start)
            move(viewport, start + QPoint(0, -30))
            assert desk.chat_list.drag.is_active
            desk.press(Key.Key_Escape, widget=desk.chat_list)
            QTest.mouseRelease(viewport, LEFT, Qt.KeyboardModifier.NoModifier, place_of(desk, "Work"))
            before = desk.rows()

            drag(desk, "Chat 1", "Chat 2")

            assert desk.rows() == before == ["Work", "September 2026", "Chat 2", "Chat 1"]

    run_async(story())


def test_folders_are_dragged_into_each_other_and_beside_each_other(run_async):
    async def story():
        async with open_desk(chats=1) as desk:
            library = desk.conversations.library
            for name in ("A", "B", "C"):
                library.add_folder(name)
            height = desk.chat_list.rowHeight(0)

            drag(desk, "C", "A", shift=-height // 2 + 2)
            assert folder_names(desk) == ["C", "A", "B"]
            drag(desk, "B", "C")
            folders = {folder.name: folder for folder in library.folders()}
            assert folders["B"].parent_id == folders["C"].id
            drag(desk, "C", "B")  # not into what is in it

            assert {folder.name: folder for folder in library.folders()} == folders

    run_async(story())


def test_the_menu_moves_a_folder_past_its_neighbour(run_async):
    async def story():
        async with open_desk(chats=1) as desk:
            for name in ("A", "B"):
                desk.conversations.library.add_folder(name)
            desk.chat_list.setFocus()
            desk.press(Key.Key_Home)
            desk.chat_list.menu_requested.emit(QPoint(100, 100))
            menu = desk.chat_list.findChild(QMenu)
            entries = {action.text(): action for action in menu.actions()}
            assert not entries["Move up"].isEnabled()

            menu.close()
            entries["Move down"].trigger()

            assert folder_names(desk) == ["B", "A"]

    run_async(story())


def test_the_menu_of_a_folder_colours_it_and_makes_another_inside(run_async):
    async def story():
        async with open_desk(chats=1) as desk:
            outer = desk.conversations.library.add_folder("Work")
            desk.chat_list.setFocus()
            desk.press(Key.Key_Home)
            desk.chat_list.menu_requested.emit(QPoint(100, 100))
            menu = desk.chat_list.findChild(QMenu)
            colors = menu.findChild(QMenu)
            colors.actions()[list(FolderColor).index(FolderColor.TEAL)].trigger()
            assert desk.conversations.library.folders()[0].color is FolderColor.TEAL

            menu.close()
            await desk.idle()
            desk.chat_list.menu_requested.emit(QPoint(100, 100))
            menu = next(each for each in desk.chat_list.findChildren(QMenu) if each.isVisible())
            ticks = [icon("check", folder_shade(color, LIGHT)).pixmap(16).toImage() for color in FolderColor]
            shown = [action.icon().pixmap(16).toImage() for action in menu.findChild(QMenu).actions()]
            chosen = [color for color, tick, image in zip(FolderColor, ticks, shown, strict=True) if tick == image]
            assert chosen == [FolderColor.TEAL]
            row = next(at for at, each in enumerate(menu.actions()) if each.text().startswith("New folder inside"))
            for _ in range(row + 1):
                desk.press(Key.Key_Down, widget=menu)
            desk.window.sidebar.chats.fold(outer, is_open=False)
            desk.press(Key.Key_Return, widget=menu)
            await desk.idle()
            editor = desk.chat_list.findChild(QLineEdit)
            QTest.keyClicks(editor, "Inside")
            QTest.keyClick(editor, Key.Key_Return)

            await desk.until(lambda: folder_names(desk) == ["Work", "Inside"])
            assert desk.conversations.library.folders()[1].parent_id == outer

    run_async(story())


def test_the_key_for_export_is_about_what_is_selected(run_async):
    async def story():
        async with open_desk(chats=3) as desk:
            wishes = []
            desk.window.sidebar.wished.connect(wishes.append)
            library, ids = desk.conversations.library, [chat.id for chat in desk.conversations.chats()]
            folder = library.add_folder("Work")
            library.move_chats(ids[:1], folder)

            async def export(widget) -> None:
                desk.press(Key.Key_S, CTRL | SHIFT, widget)
                next(each for each in desk.window.findChildren(QDialog) if each.isVisible()).close()
                await desk.until(lambda: not desk.window.findChildren(QDialog))
                desk.window.activateWindow()
                await desk.until(desk.window.isActiveWindow)

            await export(desk.composer.editor)
            desk.chat_list.setFocus()
            desk.press(Key.Key_A, CTRL)
            await export(desk.chat_list)
            desk.press(Key.Key_Home)
            await export(desk.chat_list)

            assert [(list(wish.chat_ids), wish.folder_id) for wish in wishes] == [
                (ids[:1], None),
                (ids, None),
                ([], folder),
            ]

    run_async(story())


def test_a_folder_is_folded_by_arrows_a_click_and_remembered(run_async):
    async def story():
        async with open_desk(chats=2) as desk:
            folder = desk.conversations.library.add_folder("Work")
            desk.conversations.library.move_chats([desk.conversations.chats()[1].id], folder)
            desk.chat_list.setFocus()
            desk.press(Key.Key_Home)
            desk.press(Key.Key_Left)
            assert "Chat 1" not in desk.rows()
            state = desk.window.state()
            desk.press(Key.Key_Right)
            assert "Chat 1" in desk.rows()
            desk.press(Key.Key_Down)
            desk.press(Key.Key_Left)
            assert desk.window.sidebar.chats.folder_at(desk.chat_list.currentIndex()).id == folder
            click(desk, "Work")
            click(desk, "Work")

            desk.window.restore(state)

            assert "Chat 1" not in desk.rows()
            desk.window.open_chat(desk.conversations.chats()[1].id)
            assert "Chat 1" in desk.rows()  # opened from elsewhere

    run_async(story())


def test_a_deleted_folder_takes_its_chats_and_another_chat_is_shown(run_async):
    async def story():
        async with open_desk(chats=3) as desk:
            folder = desk.conversations.library.add_folder("Work")
            shown, second, _ = (chat.id for chat in desk.conversations.chats())
            desk.conversations.library.move_chats([shown, second], folder)
            desk.chat_list.setFocus()
            desk.press(Key.Key_Home)
            desk.press(Key.Key_Delete)

            assert desk.rows()[1:] == ["Chat 1"]
            assert desk.window.chats._chat.id == desk.conversations.chats()[0].id

    run_async(story())


def test_a_duplicate_and_an_unread_mark(run_async):
    async def story():
        async with open_desk(chats=1) as desk:
            await desk.exchange(desk.conversations.chats()[0].id, "Why?", "Because.")
            desk.press(Key.Key_D, CTRL | SHIFT)
            await desk.until(lambda: "Chat 1 (copy)" in desk.rows())

            desk.press(Key.Key_U, CTRL | SHIFT)
            assert desk.conversations.chats()[0].is_unread or desk.conversations.chats()[1].is_unread

    run_async(story())


def test_all_that_is_selected_is_duplicated_in_its_order_and_taken_back_together(run_async):
    async def story():
        async with open_desk(chats=4) as desk:
            for chat in reversed(desk.conversations.chats()):
                await desk.exchange(chat.id, "Why?", "Because.")
            former = desk.rows()
            desk.chat_list.setFocus()
            desk.press(Key.Key_Home)
            desk.press(Key.Key_Down, SHIFT)
            desk.press(Key.Key_Down, SHIFT)

            desk.press(Key.Key_D, CTRL | SHIFT)
            copies = ["Chat 4 (copy)", "Chat 3 (copy)", "Chat 2 (copy)"]
            await desk.until(lambda: desk.rows() == [former[0], *copies, *former[1:]])
            await desk.until(desk.window.sidebar.undo_line.isVisible)
            assert "3" in desk.window.sidebar.undo_line._words.whole_text()

            desk.press(Key.Key_Z, CTRL)
            await desk.until(lambda: desk.rows() == former)

    run_async(story())


def test_the_states_of_a_row_are_spoken(run_async):
    async def story():
        async with open_desk(chats=3) as desk:
            first, second, third = (chat.id for chat in desk.conversations.chats())
            desk.type("half a thought")
            desk.window.open_chat(second)
            assert "draft" in desk.spoken(first)

            call = await desk.ask(second, "One")
            await desk.until(lambda: "answer is being written" in desk.spoken(second))
            desk.conversations.send(third, "Two")
            await desk.until(lambda: "waits for its turn" in desk.spoken(third))
            call.answer("x")
            await desk.until(lambda: "answer is being written" in desk.spoken(third))

    run_async(story())


def test_letters_typed_in_the_list_look_for_a_title(run_async):
    async def story():
        async with open_desk(chats=3) as desk:
            desk.chat_list.setFocus()
            desk.type("2")

            assert desk.window.sidebar._search.text() == "2"
            assert desk.rows()[1:] == ["Chat 2"]

    run_async(story())
