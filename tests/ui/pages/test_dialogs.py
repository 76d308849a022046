import asyncio

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel, QLineEdit, QPushButton, QWidget
from shiboken6 import delete

from gigadesk.ui.dialogs import Choice, ask, ask_text, choose_file

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


def test_a_line_of_text_is_asked_for(window, run_async, until):
    async def story():
        task = asyncio.create_task(ask_text(window, "Rename", "Title", "old"))
        dialog = await dialog_of(task, until)
        QTest.keyClicks(dialog.findChild(QLineEdit), "new title ")
        QTest.keyClick(dialog, Qt.Key.Key_Return)
        return await task

    assert run_async(story()) == "new title"


def test_an_empty_line_cannot_be_accepted(window, run_async, until):
    async def story():
        task = asyncio.create_task(ask_text(window, "Rename", "Title", "old"))
        dialog = await dialog_of(task, until)
        dialog.findChild(QLineEdit).clear()
        QTest.keyClick(dialog, Qt.Key.Key_Return)
        is_open = dialog.isVisible()
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        return is_open, await task

    assert run_async(story()) == (True, None)


def test_a_file_is_chosen_without_a_nested_loop(window, run_async, until, tmp_path):
    certificate = tmp_path / "root.pem"
    certificate.write_text("x")

    async def story():
        task = asyncio.create_task(choose_file(window, "CA", "Certificates (*.pem)", str(tmp_path)))
        dialog = await dialog_of(task, until)
        assert isinstance(dialog, QFileDialog)
        dialog.findChild(QLineEdit, "fileNameEdit").setText(str(certificate))
        # The dialog refuses a name until its own thread has listed the folder.
        await until(lambda: task.done() or dialog.accept())
        return await task

    assert run_async(story()) == str(certificate)


def test_no_file_is_chosen_after_escape(window, run_async, until, tmp_path):
    async def story():
        task = asyncio.create_task(choose_file(window, "CA", folder=str(tmp_path)))
        (await dialog_of(task, until)).reject()
        return await task

    assert run_async(story()) is None
