"""What a user does in the program that is to be killed; each step is told before it is shown. See `program_driver`.

A mode is `NAME:SEED` or `NAME:SEED:PATH`. Each story tells `begun` when what is to be interrupted begins, and `ended`.
"""

import asyncio
import json
import os
import random
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QPushButton, QWidget

from gigadesk import facts
from gigadesk.facts import Event
from gigadesk.ui.data.snapshots_dialog import SnapshotsDialog
from gigadesk.ui.exchange.import_dialog import ImportDialog
from gigadesk.ui.main_window import MainWindow
from gigadesk.ui.notices import Action
from gigadesk.ui.settings_dialog import SettingsDialog

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key
Shown = TypeVar("Shown", bound=QWidget)
DOOMED = "doomed"
"""How the titles of chats begin that are deleted."""


def tell(*line: object) -> None:
    # At once and past all buffers: after a kill nothing may be missing here.
    os.write(1, json.dumps(line).encode() + b"\n")


async def until(condition: Callable[[], object]) -> None:
    """Without a limit: whoever started this process has one."""
    while not condition():
        await asyncio.sleep(0.002)


def listen(window: MainWindow, hear: Callable[[Event], None]) -> None:
    """Hear of every fact before the window shows it."""
    apply = window.apply

    def told(event: Event) -> None:
        hear(event)
        apply(event)

    window.apply = told  # type: ignore[method-assign]


def press(window: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget() or window, key, modifiers)


def find(kind: type[Shown]) -> Shown | None:
    return next((each for each in QApplication.topLevelWidgets() if isinstance(each, kind) and each.isVisible()), None)


async def wait_for(kind: type[Shown]) -> Shown:
    await until(lambda: find(kind) is not None)
    found = find(kind)
    assert found is not None
    return found


def button_of(dialog: QDialog, choice: str) -> QPushButton:
    found = dialog.findChild(QPushButton, choice)
    assert found is not None
    return found


def ask_on(window: MainWindow, dice: random.Random) -> None:
    """Ask a question in the chat that is shown."""
    window.page.composer.set_text(f"Question {dice.random()}")
    QTest.keyClick(window.page.composer.editor, Key.Key_Return)


async def open_snapshots(window: MainWindow) -> SnapshotsDialog:
    """The way of the user: the settings, then their page of the data."""
    await take_focus(window)
    press(window, Key.Key_Comma, CTRL)
    settings = await wait_for(SettingsDialog)
    settings.data.snapshots_requested.emit()
    return await wait_for(SnapshotsDialog)


async def take_focus(window: QWidget) -> None:
    window.activateWindow()
    await until(window.isActiveWindow)


async def import_file(window: MainWindow, _dice: random.Random, path: str) -> None:
    """Import a file that is not there yet, with the dialog."""

    def hear(event: Event) -> None:
        if isinstance(event, facts.ChatsChanged):
            tell("imported", len(event.chat_ids))

    await take_focus(window)
    window.page.composer.setFocus()
    press(window, Key.Key_I, CTRL | SHIFT)
    chooser = await wait_for(QFileDialog)
    chooser.fileSelected.emit(path)
    chooser.close()
    dialog = await wait_for(ImportDialog)
    await until(lambda: dialog._pages.currentWidget() is dialog.preview and dialog.import_button.isEnabled())
    listen(window, hear)
    tell("begun")
    QTest.mouseClick(dialog.import_button, Qt.MouseButton.LeftButton)
    await until(dialog.undo_button.isVisible)
    tell("ended")


async def empty_trash(window: MainWindow, dice: random.Random, _path: str) -> None:
    """Throw some chats away, then empty the trash or delete some of it."""
    conversations = window.chats._conversations
    model = window.sidebar.chats

    def hear(event: Event) -> None:
        if isinstance(event, facts.ChatsPurged):
            tell("purged", list(event.chat_ids))

    await take_focus(window)
    ids = [
        chat_id for chat_id in conversations.exports.chat_ids() if conversations.chat(chat_id).title.startswith(DOOMED)
    ]
    for chat_id in dice.sample(ids, min(len(ids), 4)):
        chat_list = window.sidebar.list
        chat_list.scrollTo(model.index_of(chat_id))
        place = chat_list.visualRect(model.index_of(chat_id)).center()
        QTest.mouseClick(chat_list.viewport(), Qt.MouseButton.LeftButton, pos=place)
        tell("trashing", chat_id)
        press(window, Key.Key_Backspace, CTRL | SHIFT)
        await until(lambda: not model.index_of(chat_id).isValid())  # noqa: B023 - awaited here
        tell("trashed", chat_id)
    await empty(window, hear, is_all=dice.random() < 0.6)


async def empty_parts(window: MainWindow, dice: random.Random, _path: str) -> None:
    """Throw away a folder with chats in it, and the ends of other chats; then empty the trash."""
    conversations = window.chats._conversations
    await take_focus(window)
    ids = [each for each in conversations.exports.chat_ids() if conversations.chat(each).title.startswith(DOOMED)]
    chosen = dice.sample(ids, min(len(ids), 4))
    folder_id = conversations.library.add_folder("to be deleted")
    assert folder_id is not None
    tell("trashing", *chosen[:2])
    conversations.library.move_chats(chosen[:2], folder_id)
    conversations.library.delete_folder(folder_id)
    tell("trashed", *chosen[:2])
    for chat_id in chosen[2:]:
        messages = conversations.outline(chat_id).ids
        place = dice.randint(len(messages) // 2, len(messages) - 1)
        tell("cutting", chat_id, place)
        conversations.delete_message(messages[place])
        tell("cut", chat_id, place)
        await asyncio.sleep(0)
    await empty(window, lambda _event: None, is_all=True)


async def empty(window: MainWindow, hear: Callable[[Event], None], *, is_all: bool) -> None:
    """Delete all that is in the trash for ever, or what is seen of it, by its window."""
    conversations = window.chats._conversations
    press(window, Key.Key_Delete, CTRL | SHIFT)
    await until(lambda: window.chats.trash.window is not None and window.chats.trash.window.isActiveWindow())
    trash = window.chats.trash.window
    assert trash is not None
    await until(trash.model.rowCount)
    listen(window, hear)
    if is_all:
        trash.empty_button.click()
    else:
        trash.list.selectAll()
        trash.list.setCurrentIndex(trash.model.index(0))
        trash.delete_button.click()
    dialog = await wait_for_question(trash)
    tell("begun", [entry.id for entry in ([] if is_all else trash.selected())])
    QTest.mouseClick(button_of(dialog, "delete"), Qt.MouseButton.LeftButton)
    await until(lambda: find_question(trash) is None)
    await until(lambda: not conversations.trash.is_deleting())
    tell("ended")


def find_question(owner: QWidget) -> QDialog | None:
    return next((each for each in owner.findChildren(QDialog) if each.isVisible()), None)


async def wait_for_question(owner: QWidget) -> QDialog:
    await until(lambda: find_question(owner) is not None)
    found = find_question(owner)
    assert found is not None
    return found


async def take_snapshots(window: MainWindow, dice: random.Random, _path: str) -> None:
    """Take snapshots by hand while an answer comes."""
    ask_on(window, dice)
    dialog = await open_snapshots(window)
    tell("begun")
    for _ in range(4):
        before = {each.path.name for each in dialog._snapshots}
        tell("taking")
        QTest.mouseClick(dialog._take, Qt.MouseButton.LeftButton)
        await until(lambda: len(dialog._snapshots) > len(before) and dialog._take.isEnabled())  # noqa: B023 - awaited
        tell("taken", *({each.path.name for each in dialog._snapshots} - before))
    tell("ended")


async def restore_snapshot(window: MainWindow, dice: random.Random, _path: str) -> None:
    """Put a snapshot in the place of the chats; the run of the program ends with that, and another begins."""
    dialog = await open_snapshots(window)
    chosen = dice.randrange(dialog._list.count())
    dialog._list.setCurrentRow(chosen)
    assert dialog.chosen is not None
    tell("restoring", dialog.chosen.path.name)
    QTest.mouseClick(dialog._restore, Qt.MouseButton.LeftButton)
    question = await wait_for_question(dialog)
    tell("begun")
    QTest.mouseClick(button_of(question, "restore"), Qt.MouseButton.LeftButton)


async def be_indexed(window: MainWindow, dice: random.Random, _path: str) -> None:
    """Ask while what was said long ago is taken up by the search."""

    def hear(event: Event) -> None:
        if isinstance(event, facts.SearchProgress):
            tell("progress", event.waiting)
            if not event.waiting:
                tell("ended")

    listen(window, hear)
    tell("begun")
    await take_focus(window)
    press(window, Key.Key_F, CTRL | SHIFT)  # who looks for something has the index hurry
    QTest.keyClicks(QApplication.focusWidget(), "kept")
    await asyncio.sleep(dice.random())
    ask_on(window, dice)


async def lose_and_rescue(window: MainWindow, dice: random.Random, _path: str) -> None:
    """The folder is moved away while an answer comes; the chats are written back, and more is asked."""
    path = window.chats._conversations._store.path
    assert path is not None
    await take_focus(window)
    ask_on(window, dice)
    await asyncio.sleep(dice.random() * 0.5)
    path.parent.rename(away_of(path.parent))
    tell("begun")
    await until(lambda: (notice := window.page.notices.notice) is not None and Action.RESCUE in notice.actions)
    window.page.notices.action_requested.emit(Action.RESCUE)
    question = await wait_for_question(window)
    QTest.mouseClick(button_of(question, "back"), Qt.MouseButton.LeftButton)
    await until(lambda: any(each.findChild(QPushButton, "ok") for each in window.findChildren(QDialog)))
    tell("ended")
    [end] = [each for each in window.findChildren(QDialog) if each.findChild(QPushButton, "ok")]
    QTest.mouseClick(button_of(end, "ok"), Qt.MouseButton.LeftButton)
    await until(lambda: find_question(window) is None)
    ask_on(window, dice)


def away_of(folder: Path) -> Path:
    """Where a data folder is moved."""
    return folder.with_name(f"{folder.name}-away")


async def settle(window: MainWindow, _dice: random.Random, _path: str) -> None:
    """Let the program clear away what was left behind."""
    tasks = window.chats._conversations._tasks
    await until(lambda: not any(tasks.is_running(slot) for slot in ("files of the last run", "import sweep")))
    await until(lambda: not any(tasks.is_running(slot) for slot in ("deleting for ever", "sweep of the files")))
    tell("settled")


async def only_start(_window: MainWindow, _dice: random.Random, _path: str) -> None:
    """A start is all there is to it."""
    tell("ended")


STORIES = {
    "import": import_file,
    "trash": empty_trash,
    "parts": empty_parts,
    "snapshot": take_snapshots,
    "restore": restore_snapshot,
    "index": be_indexed,
    "rescue": lose_and_rescue,
    "settle": settle,
    "start": only_start,
}
SHOWING = ("snapshot:", "restore:", "index:", "rescue:", "settle:")
"""Of these it is told what the transcript shows; of the others only what they do."""
