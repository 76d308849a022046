"""The disk is full, read-only or damaged: words, a way out, and nothing that was shown is lost."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QPushButton

from gigadesk.chat import Status
from gigadesk.data_folder import point_to
from gigadesk.emulator.answers import Answer
from gigadesk.errors import StorageCause, StorageError
from gigadesk.kept import SnapshotReason, StartWish
from gigadesk.store import Store
from gigadesk.store.snapshots import Snapshots
from gigadesk.ui.data.snapshots_dialog import SnapshotsDialog
from tests.flows.flow_support import ROOT, STORE_NAME, Program, Stored, until
from tests.flows.words_support import QUESTION, ends

needs_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only the superuser may mount a small disk"
)


class SmallDisk:
    """A real file system of 2 MB."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._filling = folder / "filling"

    def fill(self) -> None:
        """To the last byte."""
        with self._filling.open("ab", buffering=0) as file:
            for size in (4096, 1):
                try:
                    while True:
                        file.write(b"x" * size)
                except OSError:
                    continue

    def make_room(self) -> None:
        self._filling.unlink()

    def remount(self, option: str) -> None:
        subprocess.run(["mount", "-o", f"remount,{option}", str(self.folder)], check=True)


@pytest.fixture
def disk(tmp_path):
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)], check=False)
    if mounted.returncode:
        pytest.skip("nothing may be mounted here")
    yield SmallDisk(folder)
    subprocess.run(["umount", "-l", str(folder)], check=True)


def question() -> QDialog | None:
    """The dialog that is open."""
    shown = [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, QDialog) and widget.isVisible()]
    return next((each for each in shown if each.findChildren(QPushButton)), None)


def button(name: str) -> QPushButton | None:
    """A button of a question."""
    found = [each for each in QApplication.allWidgets() if isinstance(each, QPushButton) and each.objectName() == name]
    return next((each for each in found if each.isVisible()), None)


async def answer(name: str) -> None:
    """Press a button of the question."""
    await until(lambda: button(name) is not None, name)
    QTest.mouseClick(button(name), Qt.MouseButton.LeftButton)


async def online(desk: Program) -> None:
    """The question was answered: what a window manager does then, and the models."""
    await until(lambda: desk.shows_chats, "the chats")
    desk.window.activateWindow()
    await desk.online()


def cut_short(path: Path) -> None:
    """What a killed program leaves: a log beside the file, and a reply that was running."""
    script = f"""
import os
from pathlib import Path
from gigadesk.store import Store
store = Store.open(Path({str(path)!r}))
exchange = store.add_exchange(store.add_chat("s", 1e9), "question", 1e9, first_title="Chat")
store.append(exchange.reply.id, "as far as it came", is_barrier=True)
os._exit(0)
"""
    subprocess.run([sys.executable, "-c", script], check=True, env={**os.environ, "PYTHONPATH": str(ROOT)})
    path.with_name(path.name + "-shm").unlink()


@needs_root
def test_an_answer_on_a_full_disk_is_shown_whole_and_saved_when_there_is_room(flow, disk, run_async):
    async def story():
        async with flow.service() as service, flow.program(data_folder=disk.folder) as desk:
            await desk.online()
            long = "Long answer. " * 600
            service.emulator.answer_with(Answer(long))
            desk.ask(QUESTION)
            await until(lambda: desk.last_text.startswith("Long"), "the beginning of the answer")
            disk.fill()
            await until(lambda: desk.bar is not None and "full" in desk.bar.title, "words about the disk")
            await ends(desk)

            assert desk.last_text.strip() == long.strip()
            disk.make_room()
            await until(lambda: desk.bar is None or "full" not in desk.bar.title, "the end of the words")
            await desk.quit()
        stored = Stored(disk.folder / STORE_NAME)
        [messages] = stored.chats().values()
        assert messages[-1].text.strip() == long.strip()
        stored.check()

    run_async(story())


@needs_root
@pytest.mark.parametrize("way", ["close", "Ctrl+Q"])
def test_an_end_that_would_lose_an_answer_asks_first(flow, disk, run_async, way):
    async def story():
        async with flow.service() as service, flow.program(data_folder=disk.folder) as desk:
            await desk.online()
            long = "Long answer. " * 600
            service.emulator.answer_with(Answer(long))
            desk.ask(QUESTION)
            await until(lambda: desk.last_text.startswith("Long"), "the beginning of the answer")
            disk.fill()
            await ends(desk)

            def go():
                if way == "close":
                    desk.window.close()
                else:
                    QTest.keyClick(desk.window, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)

            for choice in ("stay", "retry"):
                go()
                await until(lambda: question() is not None and "disk is full" in words_of(question()), "the reason")
                await until(lambda: question() is not None and "not taken: 1." in words_of(question()), "the question")
                go()
                await answer(choice)
            await until(lambda: button("retry") is not None, "the question once more")
            assert desk.last_text.strip() == long.strip()
            disk.make_room()
            await answer("retry")
            await desk.ended()
        [messages] = Stored(disk.folder / STORE_NAME).chats().values()
        assert messages[-1].text.strip() == long.strip()

    run_async(story())


@needs_root
def test_a_snapshot_that_does_not_fit_is_told_where_it_was_asked_for(flow, disk, run_async):
    async def story():
        fill_store(disk.folder / STORE_NAME, "eins")
        async with flow.service(), flow.program(data_folder=disk.folder) as desk:
            await desk.online()
            settings = await desk.open_settings()
            settings.data.snapshots_requested.emit()
            await until(lambda: settings.findChild(SnapshotsDialog) is not None, "the snapshots")
            dialog = settings.findChild(SnapshotsDialog)
            dialog._take.setFocus()
            disk.fill()
            QTest.keyClick(dialog._take, Qt.Key.Key_Space)
            await until(lambda: button("ok") is not None, "words about it")
            asked = button("ok").window()
            assert asked.parent() is dialog
            assert "too little room" in words_of(asked)
            assert "saved as usual" not in words_of(asked)
            assert dialog._take.isEnabled()
            disk.make_room()
            await answer("ok")
            await until(lambda: dialog.focusWidget() is dialog._take, "the button that was pressed")
            dialog.close()
            settings.close()

    run_async(story())


@needs_root
def test_what_cannot_be_saved_is_given_up_when_the_user_says_so(flow, disk, run_async):
    async def story():
        async with flow.service(), flow.program(data_folder=disk.folder) as desk:
            await desk.online()
            disk.fill()
            desk.window.page.composer.editor.insertPlainText("a draft " * 30_000)
            desk.window.close()
            await answer("discard")
            await desk.ended()
            disk.make_room()
            # There was no room to fold it, unless that was done before.
            (disk.folder / f"{STORE_NAME}-wal").unlink(missing_ok=True)

    run_async(story())


@needs_root
def test_a_start_without_a_byte_of_room_shows_everything_and_saves_again_later(flow, disk, run_async):
    async def story():
        cut_short(disk.folder / STORE_NAME)
        disk.fill()
        async with flow.service(), flow.program(data_folder=disk.folder) as desk:
            await desk.online()
            await until(lambda: desk.bar is not None and "full" in desk.bar.title, "words about the disk")
            assert desk.texts == ["question", "as far as it came"]
            assert desk.last.status is Status.STOPPED
            disk.make_room()
            await until(lambda: desk.bar is None or "full" not in desk.bar.title, "the end of the words")
            await desk.quit()
        stored = Stored(disk.folder / STORE_NAME)
        assert [message.text for message in next(iter(stored.chats().values()))] == ["question", "as far as it came"]
        stored.check()

    run_async(story())


def test_a_folder_that_is_moved_away_is_said_and_what_comes_is_saved_when_it_is_back(flow, run_async):
    async def story():
        async with flow.service() as service, flow.program() as desk:
            await desk.online()
            service.emulator.answer_with(Answer("Long answer. " * 600))
            desk.ask(QUESTION)
            await until(lambda: desk.last_text.startswith("Long"), "the beginning of the answer")
            elsewhere = flow.folder.with_name("elsewhere")
            flow.folder.rename(elsewhere)
            await until(lambda: desk.bar is not None and "moved or deleted" in desk.bar.title, "words about the folder")
            await ends(desk)
            desk.window.close()
            await answer("stay")

            shutil.rmtree(flow.folder, ignore_errors=True)  # with what was logged meanwhile
            elsewhere.rename(flow.folder)
            await until(lambda: desk.bar is None or "moved" not in desk.bar.title, "the end of the words")
            await desk.quit()
        [messages] = flow.store().chats().values()
        assert messages[-1].text.strip() == ("Long answer. " * 600).strip()

    run_async(story())


def test_nothing_is_written_into_a_database_that_another_one_has_replaced(tmp_path):
    path = tmp_path / STORE_NAME
    store = Store.open(path)
    path.rename(tmp_path / "old.db")
    path.write_bytes(b"another one")

    with pytest.raises(StorageError) as refused:
        store.add_chat("s", 1.0)

    assert refused.value.cause is StorageCause.VANISHED
    store.close()


@needs_root
def test_a_read_only_folder_can_be_read_and_is_named(flow, disk, run_async):
    async def story():
        cut_short(disk.folder / STORE_NAME)
        disk.remount("ro")
        before = {path.name: path.read_bytes() for path in disk.folder.glob("chats.db*")}
        async with flow.service(), flow.program(data_folder=disk.folder) as desk:
            await answer("copy")
            await online(desk)
            await until(lambda: desk.bar is not None, "words about the copy")

            assert str(disk.folder) in desk.bar.text
            assert desk.texts == ["question", "as far as it came"]
            copy = Path(desk.window._conversations._store._database.path)
            assert copy in list(copy.parent.iterdir())
            await desk.quit()
            assert {path.name: path.read_bytes() for path in disk.folder.glob("chats.db*")} == before
            assert copy.parent not in list(copy.parent.parent.iterdir())
            disk.remount("rw")
            (disk.folder / f"{STORE_NAME}-wal").unlink()  # not ours to fold in

    run_async(story())


def test_a_folder_that_the_system_does_not_even_look_at_is_said(flow, run_async):
    async def story():
        async with flow.program(data_folder=flow.home / ("x" * 300)) as desk:
            await until(lambda: button("retry") is not None, "the question")
            assert "The data folder cannot be used" in desk.words(question())
            await answer("retry")
            await answer("quit")
            desk.expected_code = 1

            await desk.ended()

    run_async(story())


@needs_root
def test_an_ordinary_user_who_may_not_write_gets_words_and_a_copy(tmp_path):
    folder = tmp_path / "theirs"
    cut_short_in = folder / STORE_NAME
    folder.mkdir()
    cut_short(cut_short_in)
    script = f"""
import os, sys
from pathlib import Path
from gigadesk.errors import StorageError
from gigadesk.store import Store
from gigadesk.store.reading_copy import copy_for_reading, discard_copy
import tempfile, sqlite3, json
path = Path({str(cut_short_in)!r})
os.chmod(path.parent, 0o555)
for each in path.parent.iterdir():
    os.chmod(each, 0o444)
for parent in path.parent.parents:
    if str(parent).startswith("/tmp/"):
        os.chmod(parent, 0o755)
os.setgid(65534)
os.setuid(65534)
try:
    Store.open(path)
except StorageError as error:
    print(error.cause, error.path == str(path))
copy = copy_for_reading(path)
store = Store.open(copy)
print([message.text for message in store.branch(store.chat(1).leaf_id)])
store.close()
discard_copy(copy)
print(copy.parent.exists())
"""
    done = subprocess.run(
        [sys.executable, "-c", script],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": tempfile.gettempdir()},
    )
    assert done.stdout.split("\n")[:3] == ["read_only True", "['question', 'as far as it came']", "False"]


def test_a_file_size_limit_is_a_full_disk(tmp_path):
    pytest.importorskip("resource")
    script = f"""
import resource, signal
from pathlib import Path
from gigadesk.errors import StorageError
from gigadesk.store import Store
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
store = Store.open(Path({str(tmp_path / STORE_NAME)!r}))
chat = store.add_chat("s", 1.0)
limit = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, limit[1]))
try:
    store.add_exchange(chat, "x" * 3_000_000, 1.0, first_title="")
except StorageError as error:
    print(error.cause)
print(store.chat(chat).leaf_id)
resource.setrlimit(resource.RLIMIT_FSIZE, limit)
print(len(store.add_exchange(chat, "x" * 3_000_000, 1.0, first_title="").question.text))
"""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=environment, check=True)
    assert done.stdout.split() == ["full", "None", "3000000"]


def fill_store(path: Path, *texts: str) -> None:
    store = Store.open(path)
    for text in texts:
        store.add_exchange(store.add_chat("s", 1e9), text, 1e9, first_title=text)
    store.close()


def damage(path: Path) -> None:
    with path.open("r+b") as file:
        file.write(bytes(4096))


def test_a_damaged_database_is_saved_row_by_row_and_the_words_say_what(flow, run_async):
    async def story():
        fill_store(flow.folder / STORE_NAME, "eins", "zwei")
        damage(flow.folder / STORE_NAME)
        async with flow.service(), flow.program() as desk:
            await until(lambda: question() is not None, "the question")
            assert question().findChild(QPushButton, "restore") is None
            await answer("recover")
            await until(lambda: question() is not None and "2 of 2" in words_of(question()), "what was saved")
            await answer("ok")
            await online(desk)
            assert desk.texts[0] in {"eins", "zwei"}
            await desk.quit()
        stored = flow.store()
        assert sorted(messages[0].text for messages in stored.chats().values()) == ["eins", "zwei"]
        [folder] = (flow.folder / "damaged").iterdir()
        assert sorted(path.name for path in folder.iterdir()) == [STORE_NAME, "report.txt"]
        assert "2 of 2 chats" in (folder / "report.txt").read_text(encoding="utf-8")

    run_async(story())


def words_of(dialog: QDialog) -> str:
    from PySide6.QtWidgets import QLabel

    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


def test_a_snapshot_is_offered_for_a_damaged_database(flow, run_async):
    async def story():
        path = flow.folder / STORE_NAME
        fill_store(path, "eins")
        Snapshots(path).take(SnapshotReason.DAILY, 1.7e9, is_live=False)
        damage(path)
        async with flow.service(), flow.program() as desk:
            await answer("restore")
            await online(desk)
            assert desk.texts[0] == "eins"

    run_async(story())


def test_a_database_that_is_gone_is_not_begun_anew_unasked(flow, run_async):
    async def story():
        path = flow.folder / STORE_NAME
        fill_store(path, "eins")
        Snapshots(path).take(SnapshotReason.DAILY, 1.7e9, is_live=False)
        path.unlink()
        async with flow.service(), flow.program() as desk:
            await until(lambda: question() is not None, "the question")
            assert "is gone" in words_of(question())
            assert not path.exists()
            await answer("restore")
            await online(desk)
            assert desk.texts[0] == "eins"
            await desk.quit()
        path.unlink()
        async with flow.service(), flow.program() as desk:
            await answer("retry")
            await until(lambda: not path.exists() and button("begin") is not None, "the question once more")
            await answer("begin")
            await online(desk)
            assert desk.texts == []
            await desk.quit()
        assert len(Snapshots(path).all()) == 1

    run_async(story())


def test_a_snapshot_is_looked_into_and_restored_with_the_run_begun_anew(flow, run_async):
    async def story():
        path = flow.folder / STORE_NAME
        fill_store(path, "eins")
        old = Snapshots(path).take(SnapshotReason.HAND, 1.7e9, is_live=False)
        fill_store(path, "zwei")
        async with flow.service():
            async with flow.program() as desk:
                await desk.online()
                settings = await desk.open_settings()
                settings.data.snapshots_requested.emit()
                await until(lambda: settings.findChild(SnapshotsDialog) is not None, "the snapshots")
                dialog = settings.findChild(SnapshotsDialog)
                await until(lambda: dialog._chats.count() == 1, "the chats in it")
                dialog._chats.setCurrentRow(0)
                await until(lambda: "eins" in dialog._messages.toPlainText(), "the messages of it")
                dialog._restore.click()
                await answer("restore")
                outcome = await desk.ended()
                assert outcome.following is not None
                assert outcome.following.wish.restores == old.path
            async with flow.program(wish=outcome.following.wish) as desk:
                await desk.online()
                await until(lambda: desk.texts[:1] == ["eins"], "the restored chat")
        assert [messages[0].text for messages in flow.store().chats().values()] == ["eins"]
        reasons = [each.reason for each in Snapshots(path).all()]
        assert sorted(reasons) == sorted([SnapshotReason.RESTORE, SnapshotReason.HAND])

    run_async(story())


def said() -> str:
    """The title of the question in front, if it is one of a button alone."""
    found = button("ok")
    return found.window().windowTitle() if found is not None else ""


def test_what_is_wrong_with_a_snapshot_is_said_before_its_page_and_not_of_the_chats(flow, run_async):
    async def story():
        path = flow.folder / STORE_NAME
        fill_store(path, "eins")
        bad, gone = (Snapshots(path).take(SnapshotReason.HAND, at, is_live=False).path for at in (1.7e9, 1.8e9))
        damage(bad)
        async with flow.service(), flow.program() as desk:
            await desk.online()
            settings = await desk.open_settings()
            settings.data.snapshots_requested.emit()
            await until(lambda: settings.findChild(SnapshotsDialog) is not None, "the snapshots")
            dialog = settings.findChild(SnapshotsDialog)
            await until(lambda: dialog.chosen.path == gone and dialog._chats.count() == 1, "the chats in it")
            gone.unlink()

            dialog._chats.setCurrentRow(0)
            await until(lambda: dialog._content.text() == "This snapshot is not there any more")
            dialog._restore_chat.click()
            await until(lambda: said() == "This snapshot is not there any more", "words before the page")
            await answer("ok")
            await until(lambda: dialog._list.count() == 1, "the list as it is now")
            await until(lambda: dialog._content.text() == "This snapshot is damaged")

            bad.unlink()
            dialog._restore.click()
            await answer("restore")
            await until(lambda: said() == "This snapshot is not there any more", "words, and no other run")
            await answer("ok")
            await until(lambda: dialog._list.count() == 0, "the list as it is now")
            assert desk.bar is None
            dialog.close()
            settings.close()
            await desk.quit()

    run_async(story())


def test_a_damaged_snapshot_is_not_restored_and_the_words_say_that_the_chats_are_as_they_were(flow, run_async):
    async def story():
        path = flow.folder / STORE_NAME
        fill_store(path, "eins")
        bad = Snapshots(path).take(SnapshotReason.HAND, 1.7e9, is_live=False).path
        damage(bad)
        async with flow.service(), flow.program(wish=StartWish(restores=bad)) as desk:
            await until(lambda: said() == "This snapshot is damaged", "words about it")
            assert "Your chats are as they were." in desk.words(question())
            await answer("ok")
            await online(desk)
            await until(lambda: desk.texts[:1] == ["eins"], "the chat")
            await desk.quit()

    run_async(story())


def test_the_data_folder_moves_and_the_old_copy_is_offered_for_removal(flow, run_async, tmp_path):
    async def story():
        fill_store(flow.folder / STORE_NAME, "eins")
        target = tmp_path / "moved"
        async with flow.service():
            async with flow.program(wish=StartWish(moves_to=target)) as desk:
                desk.expected_code = 0
                outcome = await desk.ended()
                assert outcome.following is not None
            async with flow.program() as desk:
                assert desk.folder == target
                await answer("remove")  # it may lie above the window before that was ever the active one
                await online(desk)
                assert desk.texts[0] == "eins"
                await until(lambda: not (flow.folder / STORE_NAME).exists(), "the end of the old copy")
        assert (target / STORE_NAME).exists()

    run_async(story())


@pytest.mark.parametrize("is_mount_point", [False, True], ids=["not there", "the empty place for a drive"])
def test_chats_on_a_drive_that_comes_later_are_not_taken_for_gone_nor_for_their_old_copy(
    flow, run_async, tmp_path, is_mount_point
):
    async def story():
        fill_store(flow.folder / STORE_NAME, "an old copy")
        drive = tmp_path / "drive"
        fill_store(tmp_path / "elsewhere" / STORE_NAME, "eins")
        point_to(flow.folder, drive)
        if is_mount_point:
            (drive / "lost+found").mkdir(parents=True)
        async with flow.service():
            async with flow.program() as desk:
                desk.expected_code = 0
                await until(lambda: button("retry") is not None, "words about the drive")
                assert "The data folder is not there" in desk.words(question())
                if is_mount_point:
                    assert [path.name for path in drive.iterdir()] == ["lost+found"]
                    shutil.rmtree(drive)
                (tmp_path / "elsewhere").rename(drive)
                await answer("retry")
                outcome = await desk.ended()
                assert outcome.following is not None
            async with flow.program() as desk:
                await online(desk)
                assert desk.folder == drive
                assert desk.texts[0] == "eins"

    run_async(story())


def test_an_empty_folder_that_is_chosen_is_the_new_place(flow, run_async, tmp_path):
    async def story():
        new = tmp_path / "new"
        new.mkdir()
        point_to(flow.folder, tmp_path / "gone")
        async with flow.service():
            async with flow.program() as desk:
                desk.expected_code = 0
                await answer("other")
                await until(lambda: desk.window.findChildren(QFileDialog), "the dialog")
                [chooser] = desk.window.findChildren(QFileDialog)
                chooser.fileSelected.emit(str(new))
                chooser.accept()
                outcome = await desk.ended()
                assert outcome.following is not None
            async with flow.program() as desk:
                await online(desk)
                assert desk.folder == new

    run_async(story())


@pytest.mark.expects_logs
def test_a_fault_of_ours_while_the_data_moves_leaves_it_where_it_was(flow, run_async, tmp_path, monkeypatch):
    def fail(*_given):
        raise ValueError

    async def story():
        fill_store(flow.folder / STORE_NAME, "eins")
        monkeypatch.setattr("gigadesk.moving.copy_data", fail)
        async with flow.service(), flow.program(wish=StartWish(moves_to=tmp_path / "moved")) as desk:
            await until(lambda: button("ok") is not None, "words about it")
            assert "unexpected" in words_of(question())
            await answer("ok")
            await online(desk)
            assert desk.texts[0] == "eins"
            assert desk.reports
            desk.reports.clear()
            await desk.quit()

    run_async(story())


def test_a_damaged_snapshot_that_does_not_let_go_of_a_text_is_told_and_can_be_deleted(flow, run_async):
    async def story():
        path = flow.folder / STORE_NAME
        fill_store(path, "eins", "canary")
        snapshot = Snapshots(path).take(SnapshotReason.DAILY, 1.7e9, is_live=False).path
        damage(snapshot)
        aside = flow.folder / "damaged" / "2026-01-01-120000"
        aside.mkdir(parents=True)
        for name in (STORE_NAME, "theirs.txt"):
            (aside / name).write_bytes(b"canary")
        async with flow.service(), flow.program() as desk:
            await desk.online()
            conversations = desk.window.chats._conversations
            conversations.library.delete_chats([2])
            conversations.trash.empty()
            await until(lambda: desk.bar is not None and "snapshot is damaged" in desk.bar.title, "words about it")
            assert str(snapshot) in desk.bar.text
            desk.click_button("Show the snapshots…", desk.window)
            await until(lambda: isinstance(question(), SnapshotsDialog), "the snapshots")
            dialog = question()
            assert dialog.chosen.path == snapshot
            assert "What you delete for ever stays in them" in dialog._aside.text()
            desk.click_button("Delete…", dialog)
            await answer("remove")
            await until(lambda: conversations._store.forgotten.pending() is None, "the end of the notes")
            assert not snapshot.exists()

            desk.click_button("Delete the damaged files…", dialog)
            await answer("remove")
            await until(lambda: not dialog._aside.isVisible(), "the end of the damaged files")
            assert [each.name for each in aside.iterdir()] == ["theirs.txt"]
            dialog.close()
            await desk.quit()

    run_async(story())
