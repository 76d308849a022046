"""Branches in the real window: a map of them, walked with the arrow keys."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest

from gigadesk.chat import Status
from gigadesk.ui.branches.branch_window import BranchWindow
from gigadesk.ui.branches.comparison_window import ComparisonWindow
from tests.flows.flow_support import until

BOTH = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


async def answered(service, desk, question, answer):
    service.answer_next(answer)
    desk.ask(question)
    await until(lambda: desk.last_text == answer and desk.last.status is Status.DONE)


async def answered_again(service, desk, answer):
    service.answer_next(answer)
    desk.press(Qt.Key.Key_R, CONTROL)
    await until(lambda: desk.last_text == answer and desk.last.status is Status.DONE)


def map_of(desk) -> BranchWindow:
    return desk.window.findChild(BranchWindow)


def test_the_map_shows_each_branch_and_leads_there(flow, run_async):
    async def story():
        async with flow.service() as service, flow.program() as desk:
            await desk.online()
            page = desk.window.chats.page
            await answered(service, desk, "Question", "first answer")
            assert not page._branches_button.isVisible()
            await answered_again(service, desk, "**second** [*answer*](https://example.org) of snake_case_words")
            assert page._branches_button.isVisible()
            await answered(service, desk, "And then", "last answer")

            desk.press(Qt.Key.Key_K, BOTH)
            await until(lambda: map_of(desk) is not None and map_of(desk).tree.hasFocus())
            tree, model = map_of(desk).tree, map_of(desk).model
            texts = [model.index(row, 0).data() for row in range(model.rowCount())]
            assert texts == ["Question", "second answer of snake_case_words"]
            assert model.index(0, 0, model.index(1, 0)).data() == "first answer"
            assert tree.currentIndex().data() == "second answer of snake_case_words"
            spoken = QAccessible.queryAccessibleInterface(tree)
            assert spoken.role() == QAccessible.Role.Tree
            assert "Shown now" in model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)

            QTest.keyClick(tree, Qt.Key.Key_Down)
            QTest.keyClick(tree, Qt.Key.Key_Return)

            await until(lambda: desk.texts == ["Question", "first answer"])
            await until(lambda: map_of(desk) is None)
            assert page.transcript.walk.index == 1

    run_async(story())


def test_two_versions_are_compared_and_one_is_used(flow, run_async):
    async def story():
        async with flow.service() as service, flow.program() as desk:
            await desk.online()
            await answered(service, desk, "Question", "A red fox ran.")
            await answered_again(service, desk, "A grey fox ran.")

            desk.press(Qt.Key.Key_D, CONTROL)
            await until(lambda: desk.window.findChild(ComparisonWindow) is not None)
            window = desk.window.findChild(ComparisonWindow)
            window.source.click()
            assert [column.view.toPlainText() for column in window.columns] == ["A red fox ran.", "A grey fox ran."]
            assert window.count.text() == "1 difference"
            window.columns[0].use.click()

            await until(lambda: desk.texts == ["Question", "A red fox ran."])
            await until(lambda: desk.window.findChild(ComparisonWindow) is None)

    run_async(story())


def test_without_a_second_version_there_are_words_instead_of_a_comparison(flow, run_async):
    async def story():
        async with flow.service() as service, flow.program() as desk:
            await desk.online()
            await answered(service, desk, "Question", "first answer")
            desk.press(Qt.Key.Key_D, CONTROL)
            assert desk.window.findChild(ComparisonWindow) is None
            assert "nothing to compare" in desk.bar.title

            await answered_again(service, desk, "second answer")
            desk.press(Qt.Key.Key_D, CONTROL)
            await until(lambda: desk.window.findChild(ComparisonWindow) is not None)
            desk.window.findChild(ComparisonWindow).close()

    run_async(story())
