"""The real program in this process, the emulator beside it, and hands for keyboard and mouse."""

import asyncio
import gc
import sqlite3
import sys
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QWidget

from gigadesk.app import App
from gigadesk.chat import Chat, ChatId, Message
from gigadesk.data_desk import STORE_NAME
from gigadesk.emulator import Emulator, EmulatorOptions, Endpoint
from gigadesk.files import is_there
from gigadesk.logs import CrashReporter
from gigadesk.options import Options, Outcome
from gigadesk.store import Store
from gigadesk.ui.main_window import MainWindow
from gigadesk.ui.notices import Action, Notice
from gigadesk.ui.settings_dialog import SettingsDialog
from gigadesk.ui.transcript.layout.boxes import ZoneKind
from gigadesk.ui.transcript.zones import FoundZone

LIMIT_S = 60
ROOT = Path(__file__).parents[2]
NO_MODIFIER = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier


async def until(condition: Callable[[], object], what: str = "") -> None:
    """Wait for a condition, with a limit."""
    try:
        async with asyncio.timeout(LIMIT_S):
            while not condition():
                await asyncio.sleep(0.003)
    except TimeoutError:
        raise AssertionError(f"it did not come true: {what or condition}") from None


class Flow:
    """A person's computer: a data folder, an environment, and what runs there."""

    def __init__(self, qapp: QApplication, home: Path, monkeypatch: Any) -> None:
        self.qapp = qapp
        self.home = home
        self.folder = home / "data"
        self.environment = monkeypatch

    @asynccontextmanager
    async def service(self, *, has_key: bool = True, **options: Any) -> AsyncIterator["Service"]:
        """A running emulator that the environment points to; all answers come at once unless a fault stops them."""
        emulator = Emulator(EmulatorOptions(**{"characters_per_s": 0, **options}))
        endpoint = await emulator.start()
        self.point_to(endpoint, has_key=has_key)
        try:
            yield Service(emulator, endpoint)
        finally:
            await emulator.stop()

    def point_to(self, endpoint: Endpoint, *, has_key: bool) -> None:
        for name, value in (
            ("GIGACHAT_BASE_URL", endpoint.base_url),
            ("GIGACHAT_AUTH_URL", endpoint.auth_url),
            ("GIGACHAT_CA_BUNDLE_FILE", endpoint.ca_file),
            ("GIGACHAT_SCOPE", endpoint.scope),
            ("GIGACHAT_CREDENTIALS", endpoint.credentials if has_key else ""),
        ):
            self.environment.setenv(name, value)

    @asynccontextmanager
    async def program(self, **options: Any) -> AsyncIterator["Program"]:
        """The program from its start to its end; it is quit by its close button, unless the story has done so."""
        program = Program(self, Options(**{"data_folder": self.folder, **options}))
        hooks = sys.excepthook, threading.excepthook, sys.unraisablehook
        program.crashes.install()
        program.start()
        try:
            await until(lambda: program.has_ended or program.has_window, "the window")
            yield program
            if not program.has_ended:
                program.window.close()
            outcome = await program.ended()
            program.forget_windows()
        finally:
            try:
                await program.give_up()
            finally:
                program.crashes.close()
                sys.excepthook, threading.excepthook, sys.unraisablehook = hooks
        assert program.reports == []
        assert outcome.code == program.expected_code
        if outcome.code == 0 and not program.gave_way:
            assert not is_there(program.folder / f"{STORE_NAME}-wal"), "the store was not closed"

    def store(self, folder: Path | None = None) -> "Stored":
        """What is on the disk, after the program has ended."""
        return Stored((folder or self.folder) / STORE_NAME)


class Service:
    """The emulator and its endpoint."""

    def __init__(self, emulator: Emulator, endpoint: Endpoint) -> None:
        self.emulator = emulator
        self.endpoint = endpoint
        self.faults = emulator.faults
        self.answer_next = emulator.answer_next

    @property
    def connections(self) -> int:
        """Clients that are connected now."""
        runner = self.emulator._runner
        assert runner is not None
        assert runner.server is not None
        return len(runner.server.connections)

    def chat_bodies(self, *, titles: bool = False) -> list[dict[str, Any]]:
        """The bodies of chat requests, those for titles apart."""
        bodies = [request.json() for request in self.emulator.requests_to("/chat/completions")]
        return [body for body in bodies if (body.get("max_tokens") == 40) == titles]


class Program:
    """One run of the program. Everything is done as a user does it: keys, clicks, looking at what is shown."""

    def __init__(self, flow: Flow, options: Options) -> None:
        self.expected_code = 0
        self.reports: list[str] = []
        self.crashes = CrashReporter(flow.folder / "logs", self.reports.append)
        self.app = App(flow.qapp, options, self.crashes)
        self._flow = flow
        self._before = set(QApplication.topLevelWidgets())
        self._task: asyncio.Task[Outcome] | None = None
        self._window: MainWindow | None = None

    def start(self) -> None:
        self._task = asyncio.get_running_loop().create_task(self.app.run())

    @property
    def folder(self) -> Path:
        return self.app._folder

    @property
    def gave_way(self) -> bool:
        """It has ended without a window."""
        return self.has_ended and self._window is None

    @property
    def has_ended(self) -> bool:
        return self._task is not None and self._task.done()

    @property
    def has_window(self) -> bool:
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, MainWindow) and widget not in self._before and widget.isVisible():
                self._window = widget
        return self._window is not None

    @property
    def window(self) -> MainWindow:
        assert self._window is not None or self.has_window
        assert self._window is not None
        return self._window

    async def ended(self) -> Outcome:
        assert self._task is not None
        return await asyncio.wait_for(asyncio.shield(self._task), LIMIT_S)

    async def quit(self) -> Outcome:
        """Close the window as its cross does, and wait for the end."""
        self.window.close()
        return await self.ended()

    def forget_windows(self) -> None:
        """Let Qt delete what was given up; fail if a window of this run is still open."""
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()  # what was not closed complains now, not in another test
        assert [type(window).__name__ for window in self._open_windows()] == []

    async def give_up(self) -> None:
        """End what a story leaves that has failed, whatever is asked just then: the next one finds nothing of it."""
        assert self._task is not None
        self._task.cancel()
        await asyncio.wait([self._task], timeout=LIMIT_S)
        for window in self._open_windows():
            window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        if self.has_ended and not self._task.cancelled():
            await self._task  # a fault that has ended the program is told before what the story missed

    def _open_windows(self) -> list[QWidget]:
        return [each for each in QApplication.topLevelWidgets() if each.isVisible() and each not in self._before]

    # What is shown

    @property
    def shows_chats(self) -> bool:
        window = self._window
        return window is not None and window._chats is not None and window._stack.currentWidget() is window._chats

    @property
    def shows_first_page(self) -> bool:
        window = self._window
        return window is not None and window._first_page is not None and window._first_page.isVisible()

    async def chats_shown(self) -> None:
        await until(lambda: self.has_window and self.shows_chats, "the chats")
        await until(self.window.isActiveWindow, "the focus")

    async def online(self) -> None:
        """The list of models has come."""
        await self.chats_shown()
        await until(lambda: len(self.window.page.composer.model_picker._models) > 0, "the models")

    @property
    def messages(self) -> list[Message]:
        """The messages in the transcript, with the text that is shown now."""
        transcript = self.window.page.transcript
        transcript.show_pending()
        return [item.view.message for item in transcript.rows.items]

    @property
    def texts(self) -> list[str]:
        """What the transcript shows, message by message."""
        transcript = self.window.page.transcript
        transcript.show_pending()
        return [item.source_text for item in transcript.rows.items]

    @property
    def last_text(self) -> str:
        return self.texts[-1] if self.texts else ""

    @property
    def last(self) -> Message:
        return self.messages[-1]

    @property
    def notice(self) -> Notice | None:
        """The words under the last message."""
        return self.window.page.transcript.rows.items[-1].view.notice

    @property
    def queue_position(self) -> int:
        return self.window.page.transcript.rows.items[-1].view.queue_position

    @property
    def bar(self) -> Notice | None:
        """The words above the transcript."""
        return self.window.page.notices.notice

    @property
    def settings(self) -> SettingsDialog | None:
        """The window of the settings, while it is open."""
        found = self.window.findChildren(SettingsDialog)
        return next((dialog for dialog in found if dialog.isVisible()), None)

    @property
    def queue(self) -> str:
        return self.window.page.status.queue_text()

    def row(self, chat_id: int) -> Chat:
        """The chat as the list shows it."""
        chat = self.window.sidebar.chats.chat(ChatId(chat_id))
        assert chat is not None
        return chat

    def title_of(self, chat_id: int) -> str:
        model = self.window.sidebar.chats
        return str(model.data(model.index_of(chat_id)))

    @property
    def shown_id(self) -> int:
        shown = self.window.chats._chat.id
        assert shown is not None
        return shown

    def words(self, widget: QWidget | None = None) -> str:
        """All words of labels and buttons that can be seen."""
        widget = widget or self.window
        found: list[str] = []
        for kind in (QLabel, QAbstractButton):
            found += [each.text() for each in widget.findChildren(kind) if each.isVisible()]
        found += [each.currentText() for each in widget.findChildren(QComboBox) if each.isVisible()]
        return "\n".join(found)

    # What the user does

    @property
    def _focus(self) -> QWidget:
        return QApplication.focusWidget() or self.window

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NO_MODIFIER) -> None:
        QTest.keyClick(self._focus, key, modifiers)

    def type(self, text: str) -> None:
        """By key where the keyboard has the letters, else from the clipboard."""
        if text.isascii():
            QTest.keyClicks(self._focus, text)
        else:
            QGuiApplication.clipboard().setText(text)
            self.press(Qt.Key.Key_V, CTRL)

    def ask(self, text: str) -> None:
        """Type a question and press Enter."""
        self.window.page.composer.setFocus()
        self.type(text)
        self.press(Qt.Key.Key_Return)

    async def open_settings(self) -> SettingsDialog:
        self.press(Qt.Key.Key_Comma, CTRL)
        await until(lambda: self.settings is not None and self.settings.isActiveWindow(), "the settings")
        assert self.settings is not None
        return self.settings

    async def close_settings(self) -> None:
        self.press(Qt.Key.Key_Escape)
        await until(lambda: self.settings is None, "the end of the settings")
        await self.take_focus()

    async def take_focus(self) -> None:
        """What a window manager does when a window above ours is closed."""
        self.window.activateWindow()
        await until(self.window.isActiveWindow, "the focus")
        self.window.page.composer.setFocus()

    def click_button(self, text: str, widget: QWidget | None = None) -> None:
        buttons = (widget or self.window).findChildren(QAbstractButton)
        button = next(each for each in buttons if each.isVisible() and text in {each.text(), each.accessibleName()})
        assert button.isEnabled(), f"{text} cannot be pressed"
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def choose(self, box: QComboBox, value: object) -> None:
        """Choose in an open list as the keyboard does."""
        index = next(at for at in range(box.count()) if box.itemText(at) == value)
        box.setCurrentIndex(index)
        box.activated.emit(index)

    def press_stop(self) -> None:
        self.press(Qt.Key.Key_Escape)

    def open_new_chat(self) -> int:
        self.press(Qt.Key.Key_N, CTRL)
        return self.shown_id

    def open_chat(self, chat_id: int) -> None:
        """Click its row."""
        chat_list = self.window.sidebar.list
        index = self.window.sidebar.chats.index_of(chat_id)
        chat_list.scrollTo(index)
        place = chat_list.visualRect(index).center()
        QTest.mouseClick(chat_list.viewport(), Qt.MouseButton.LeftButton, NO_MODIFIER, place)
        assert self.shown_id == chat_id

    def zones(self, kind: ZoneKind) -> list[FoundZone]:
        transcript = self.window.page.transcript
        transcript.show_pending()
        transcript.grab()
        return [found for found in transcript.zones.in_sight() if found.zone.kind is kind]

    def click_zone(self, found: FoundZone) -> None:
        transcript = self.window.page.transcript
        place = transcript.zones.rect(found).center().toPoint()
        QTest.mouseClick(transcript.viewport(), Qt.MouseButton.LeftButton, NO_MODIFIER, place)

    def click_action(self, action: Action) -> None:
        """Press a button of the last notice in the transcript."""
        self.click_zone([found for found in self.zones(ZoneKind.ACTION) if found.zone.value == action][-1])

    def click_regenerate(self) -> None:
        self.click_zone(self.zones(ZoneKind.REGENERATE)[-1])


class Stored:
    """What the store holds, read by a store of our own."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @contextmanager
    def _open(self) -> Iterator[Store]:
        store = Store.open(self.path)
        try:
            yield store
        finally:
            store.close()

    def chats(self) -> dict[int, list[Message]]:
        """The shown branch of each chat that is not in the trash and not empty."""
        with self._open() as store:
            found = {chat.id: list(store.branch(chat.leaf_id)) for chat in store.chats()}
        return {chat_id: messages for chat_id, messages in found.items() if messages}

    def texts(self, chat_id: int) -> list[str]:
        return [message.text for message in self.chats()[chat_id]]

    def draft(self, chat_id: int) -> str:
        with self._open() as store:
            return store.draft(chat_id)

    def check(self) -> None:
        """The file is sound."""
        with closing(sqlite3.connect(self.path)) as connection:
            assert connection.execute("PRAGMA quick_check").fetchall() == [("ok",)]


def files_with(needle: str, *folders: Path) -> list[str]:
    """The files below these folders that hold a text, in whatever form it may be written there."""
    data = needle.encode()
    files = (path for folder in folders for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return [str(path) for path in files if data in path.read_bytes()]
