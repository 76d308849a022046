"""The words in the window while a large database is looked through and brought up to date at the start."""

import asyncio
import sqlite3
import threading
from contextlib import closing

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QProgressBar

from gigadesk import updating_desk
from gigadesk.kept import UpdateStage
from gigadesk.settings import Language, Settings
from gigadesk.store import snapshots
from gigadesk.store.database import Database, open_file
from gigadesk.store.migrations import MIGRATIONS
from gigadesk.ui.data.update_page import UpdatePage
from gigadesk.ui.language import LanguageSwitcher
from gigadesk.ui.main_window import MainWindow
from gigadesk.updating_desk import UpdatingDesk
from tests.flows.flow_support import until
from tests.store.old_library import make_old


class Gate:
    """`open_file` that stops at a stage until it is let through."""

    def __init__(self, stage) -> None:
        self._stage = stage
        self.opened = threading.Event()

    def __call__(self, path, *, is_thorough, going) -> Database:
        def stopping(stage, done, whole):
            goes_on = going(stage, done, whole)
            if stage is self._stage:
                self.opened.wait(20)
                goes_on = going(stage, done, whole)
            return goes_on

        return open_file(path, is_thorough=is_thorough, going=stopping)


def page_of(window):
    return next((page for page in window.findChildren(UpdatePage) if page.isVisible()), None)


def words(page):
    return "\n".join(label.text() for label in page.findChildren(QLabel))


def version(path):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("PRAGMA user_version").fetchone()[0]


def updating(run_async, tmp_path, stage, story):
    """Run `story(window, gate, work)` while the update of an old file stands at this stage; gives the file."""
    path = tmp_path / "chats.db"
    make_old(path, 1)

    async def whole():
        window = MainWindow(None, Settings())
        window.show()
        gate = Gate(stage)
        desk = UpdatingDesk(window, gate)
        try:
            async with asyncio.TaskGroup() as group:
                work = group.create_task(desk.prepare(path, is_thorough=False))
                await until(lambda: page_of(window) is not None)
                await story(window, gate, work)
        finally:
            gate.opened.set()
            window.allow_close()
            window.deleteLater()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    run_async(whole())
    return path


def test_it_says_how_far_the_copy_is_and_gives_way_to_the_chats(run_async, tmp_path, monkeypatch):
    monkeypatch.setattr(snapshots, "PORTION_PAGES", 16)

    async def story(window, gate, work):
        page = page_of(window)
        await until(lambda: "as they are" in words(page))
        bar = page.findChild(QProgressBar)
        assert "Updating your chats" in words(page)
        assert 0 < bar.value() < bar.maximum()
        assert bar.accessibleDescription() in words(page)
        gate.opened.set()
        assert await work is True
        assert page_of(window) is None

    assert version(updating(run_async, tmp_path, UpdateStage.COPYING, story)) == len(MIGRATIONS)


def test_it_says_which_step_of_how_many_is_done(run_async, tmp_path):
    async def story(window, gate, _work):
        page = page_of(window)
        await until(lambda: f"step 1 of {len(MIGRATIONS) - 1}" in words(page))
        bar = page.findChild(QProgressBar)
        assert (bar.minimum(), bar.maximum()) == (0, 0)
        gate.opened.set()

    updating(run_async, tmp_path, UpdateStage.CHANGING, story)


@pytest.mark.parametrize("stage", [UpdateStage.COPYING, UpdateStage.CHANGING])
@pytest.mark.parametrize("way", ["button", "cross"])
def test_the_window_can_be_closed_meanwhile(run_async, tmp_path, monkeypatch, stage, way):
    monkeypatch.setattr(snapshots, "PORTION_PAGES", 16)
    closed = []

    async def story(window, gate, work):
        window.closing.connect(lambda: closed.append(1))
        page = page_of(window)
        await until(lambda: "Updating" in words(page))
        if way == "button":
            await until(page.quit_button.hasFocus)
            QTest.keyClick(page.quit_button, Qt.Key.Key_Space)
        else:
            window.close()
        assert "Stopping…" in words(page)
        assert not page.quit_button.isEnabled()
        gate.opened.set()
        assert await work is False
        assert page.isVisible()

    path = updating(run_async, tmp_path, stage, story)

    assert closed == [1]
    assert version(path) == 1
    open_file(path).close()
    assert version(path) == len(MIGRATIONS)


def test_what_is_over_soon_needs_no_words(run_async, tmp_path, monkeypatch):
    monkeypatch.setattr(updating_desk, "SHOWN_AFTER_S", 60)  # the machine may be busy
    path = tmp_path / "chats.db"
    make_old(path, 1, chats=1)
    shown = []

    class Window(MainWindow):
        def show_start_page(self, page):
            shown.append(page)
            super().show_start_page(page)

    async def story():
        window = Window(None, Settings())
        window.show()
        assert await UpdatingDesk(window).prepare(path, is_thorough=False)
        window.allow_close()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    run_async(story())

    assert shown == []


@pytest.mark.parametrize("language", ["en", "ru"])
def test_it_fits_into_a_narrow_window(qtbot, language, qapp):
    switcher = LanguageSwitcher(qapp)
    switcher.apply(Language(language))
    page = UpdatePage()
    qtbot.addWidget(page)
    for progress in ((UpdateStage.COPYING, 10**9, 2 * 10**9), (UpdateStage.CHANGING, 3, 6)):
        page.show_progress(*progress)
        assert page.minimumSizeHint().width() <= 360
    switcher.remove()
