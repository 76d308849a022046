import asyncio

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton, QWidget
from shiboken6 import delete

from gigadesk.ui.widgets.dialogs import MARGIN, MIN_WIDTH, Choice, ask

CHOICES = (
    Choice("empty", "Empty the trash", is_danger=True),
    Choice("keep", "Keep", is_default=True, is_cancel=True),
)


@pytest.fixture
def window(qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    return widget


def open_dialog():
    dialogs = [each for each in QApplication.topLevelWidgets() if isinstance(each, QDialog) and each.isVisible()]
    return dialogs[0] if dialogs else None


async def dialog_of(task, until):
    await until(lambda: task.done() or open_dialog())
    return open_dialog()


def question(window):
    return asyncio.create_task(ask(window, "Empty the trash?", "3 chats will be gone.", CHOICES))


def test_a_click_answers_with_the_name_of_the_choice(window, run_async, until):
    async def story():
        task = question(window)
        dialog = await dialog_of(task, until)
        QTest.mouseClick(dialog.findChild(QPushButton, "empty"), Qt.MouseButton.LeftButton)
        return await task

    assert run_async(story()) == "empty"


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Return], ids=["escape", "enter"])
def test_the_keyboard_takes_the_harmless_choice(window, run_async, until, key):
    async def story():
        task = question(window)
        QTest.keyClick(await dialog_of(task, until), key)
        return await task

    assert run_async(story()) == "keep"


def test_words_are_shown_as_they_are(window, run_async, until):
    async def story():
        task = asyncio.create_task(ask(window, "<b>t</b>", "<img src='/no/such.png'>", CHOICES, detail="<i>d</i>"))
        dialog = await dialog_of(task, until)
        shown = {(label.text(), label.textFormat()) for label in dialog.findChildren(QLabel)}
        dialog.reject()
        await task
        return shown

    expected = {(text, Qt.TextFormat.PlainText) for text in ("<b>t</b>", "<img src='/no/such.png'>", "<i>d</i>")}
    assert run_async(story()) >= expected


def test_it_is_as_high_as_its_words_and_its_buttons_are_as_wide_as_itself(window, run_async, until):
    choices = [*CHOICES, Choice("one", "One"), Choice("two", "Two")]

    async def story():
        task = asyncio.create_task(ask(window, "Title", "Some words that fill about one line, or two. " * 2, choices))
        dialog = await dialog_of(task, until)
        below = dialog.height() - max(
            dialog.mapFromGlobal(each.mapToGlobal(each.rect().bottomRight())).y()
            for each in dialog.findChildren(QPushButton)
        )
        widths = {each.width() for each in dialog.findChildren(QPushButton)}
        dialog.reject()
        await task
        return below, widths

    below, widths = run_async(story())
    assert below <= MARGIN + 2
    assert widths == {MIN_WIDTH - 2 * MARGIN}


def test_cancelling_the_task_closes_the_dialog(window, run_async, until):
    async def story():
        task = question(window)
        await dialog_of(task, until)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        return open_dialog()

    assert run_async(story()) is None


def test_closing_the_parent_counts_as_cancel(window, run_async, until):
    async def story():
        task = question(window)
        await dialog_of(task, until)
        window.close()
        return await task, open_dialog()

    assert run_async(story()) == ("keep", None)


def test_deleting_the_parent_counts_as_cancel(qapp, run_async, until):
    parent = QWidget()
    parent.show()

    async def story():
        task = question(parent)
        await dialog_of(task, until)
        delete(parent)
        return await task

    assert run_async(story()) == "keep"


def test_another_task_runs_while_a_question_is_open(window, run_async, until):
    async def story():
        ticks = []

        async def tick():
            for number in range(3):
                await asyncio.sleep(0)
                ticks.append(number)

        task = question(window)
        dialog = await dialog_of(task, until)
        await tick()
        dialog.reject()
        await task
        return ticks

    assert run_async(story()) == [0, 1, 2]
