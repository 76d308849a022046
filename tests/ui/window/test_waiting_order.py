"""The window in which the questions that wait are put in another order."""

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from shiboken6 import isValid

from gigadesk.ui.transcript.wishes import Command
from tests.window_support import open_desk

CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key


def line(desk) -> list[str]:
    conversations = desk.conversations
    return [conversations.message(each.question_id).text for each in conversations.waiting.of_chat(desk.shown)]


def rows(window) -> list[str]:
    return [window.list.item(row).text() for row in range(window.list.count())]


async def opened(desk):
    """The window over a chat in which b, c, d and e wait."""
    desk.shown = desk.new_chat()
    desk.window.open_chat(desk.shown)
    for text in ("a", "b", "c", "d", "e"):
        desk.conversations.send(desk.shown, text)
    await desk.call(0)
    assert line(desk) == ["b", "c", "d", "e"]
    commands = desk.window.page.transcript.commands
    commands.run(Command.ORDER, len(desk.window.page.transcript.rows) - 1)
    window = desk.window.chats.pane.chat.commands.order.window
    await desk.until(window.isActiveWindow)
    return window


def test_one_is_dragged_to_its_place(run_async):
    async def story():
        async with open_desk() as desk:
            window = await opened(desk)
            assert rows(window) == ["b", "c", "d", "e"]

            for first, before, wanted in ((3, 0, ["e", "b", "c", "d"]), (0, 4, ["b", "c", "d", "e"])):
                # What the list does when something is dropped.
                assert window.list.model().moveRow(QModelIndex(), first, QModelIndex(), before)
                await desk.until(lambda wanted=wanted: line(desk) == wanted)
                assert rows(window) == wanted
                assert window.list.currentRow() == wanted.index("e")

    run_async(story())


def test_keys_move_the_one_that_has_the_light(run_async):
    async def story():
        async with open_desk() as desk:
            window = await opened(desk)
            window.list.setCurrentRow(1)

            QTest.keyClick(window.list, Key.Key_Down, CTRL_SHIFT)
            assert line(desk) == ["b", "d", "c", "e"] == rows(window)
            assert window.list.currentRow() == 2
            for _ in range(4):
                QTest.keyClick(window.list, Key.Key_Up, CTRL_SHIFT)
            assert line(desk) == ["c", "b", "d", "e"] == rows(window)
            assert not window.up.isEnabled()
            assert window.down.isEnabled()

    run_async(story())


def test_it_follows_what_happens_in_the_chat_and_closes_when_there_is_no_order(run_async):
    async def story():
        async with open_desk() as desk:
            window = await opened(desk)
            assert window.list.currentItem().text() == "e", "the one whose button was pressed"
            window.list.setCurrentRow(2)

            (await desk.call(0)).answer("a")
            await desk.call(1)
            await desk.until(lambda: rows(window) == ["c", "d", "e"])
            assert window.list.currentItem().text() == "d"
            for number in (1, 2):
                (await desk.call(number)).answer("a")
            await desk.call(3)

            await desk.until(lambda: desk.window.chats.pane.chat.commands.order.window is None)

    run_async(story())


@pytest.mark.parametrize(
    ("first", "before", "wanted"),
    [(3, 0, ["e", "c", "d"]), (1, 4, ["d", "e", "c"]), (0, 4, ["c", "d", "e"])],
    ids=["to the front", "to the end", "one that is asked meanwhile"],
)
def test_what_is_dragged_is_what_moves_although_the_first_is_asked_meanwhile(run_async, first, before, wanted):
    async def story():
        async with open_desk() as desk:
            window = await opened(desk)
            window.list.is_dragging = True  # Qt's drag runs a loop of its own
            (await desk.call(0)).answer("a")
            await desk.call(1)
            await desk.until(lambda: line(desk) == ["c", "d", "e"])
            assert rows(window) == ["b", "c", "d", "e"], "Qt comes back to them"

            assert window.list.model().moveRow(QModelIndex(), first, QModelIndex(), before)
            window.list.is_dragging = False
            window.list.drag_ended.emit()

            await desk.until(lambda: line(desk) == wanted == rows(window))

    run_async(story())


def test_it_is_not_taken_away_under_a_drag(run_async):
    async def story():
        async with open_desk(chats=1) as desk:
            window = await opened(desk)
            window.list.is_dragging = True
            desk.window.open_new_chat()
            await desk.idle()
            assert isValid(window)
            assert not window.isVisible()

            window.list.is_dragging = False
            window.list.drag_ended.emit()
            await desk.until(lambda: not isValid(window))

    run_async(story())


def test_another_chat_closes_it(run_async):
    async def story():
        async with open_desk(chats=1) as desk:
            await opened(desk)

            desk.window.open_new_chat()

            await desk.until(lambda: desk.window.chats.pane.chat.commands.order.window is None)

    run_async(story())
