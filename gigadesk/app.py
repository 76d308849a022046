"""The composition root: builds every part once, wires them, runs them and closes them. Knows everything.

One run of `App` is one data folder, one account and one window. Going over to the demo ends a run and begins another
one in the same process.

What the first window does not need is imported after it has been painted: starting everything first costs two and a
half times as much processor time as an empty window.
"""

import asyncio
import contextlib
import logging
import os
import signal
import sys
import threading
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QTimer, qInstallMessageHandler
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication
from qasync import QEventLoop

from gigadesk import __version__, files, logs
from gigadesk.data_folder import find_place
from gigadesk.kept import StartWish
from gigadesk.options import Options, Outcome, data_folder, first_folder
from gigadesk.resources import resource_path
from gigadesk.settings import Appearance, Language, Settings, SettingsFile, Theme
from gigadesk.start_mark import StartMark
from gigadesk.ui.garbage import GarbageCollector
from gigadesk.ui.language import LanguageSwitcher
from gigadesk.ui.main_window import MainWindow
from gigadesk.ui.single_instance import SingleInstance
from gigadesk.ui.style import apply_font_size, choose_theme
from gigadesk.ui.theme import Theme as ThemeColors
from gigadesk.ui.theme import first_theme, palette

if TYPE_CHECKING:
    from gigadesk.session import Session

_LOGGER = logging.getLogger(__name__)

APP_ID = "gigadesk"
SETTINGS_NAME = "settings.json"
WINDOW_NAME = "window.json"
LOGS_FOLDER = "logs"
MARK_NAME = "starting"
START_SETTLED_S = 3.0
"""A start that has lived for so long has not failed."""

OTHER_TRIES, OTHER_INTERVAL_S = 5, 0.5
"""So often another program on the same folder is called before the user is told of it."""

DEMO_CHARACTERS_PER_S = 240.0
SHUTDOWN_LIMIT_S = 2.5
"""Partial answers are in the journal already: nothing that takes longer than this is worth waiting for."""
GIVE_UP_LIMIT_S = 0.5
EXIT_LIMIT_S = 1.0
"""From the last flush to the end of the process; what is stuck in a thread by then (a name look-up) is left behind."""


def run(options: Options, *, ends_process: bool = False) -> int:
    """Run the program until its window is closed; the exit code.

    With `ends_process` the process ends soon afterwards, whatever may be stuck in a thread.
    """
    if options.is_scripted and options.data_folder is None:
        # Nothing of the user's is touched, and it works while their own window is open.
        import tempfile

        with tempfile.TemporaryDirectory(prefix="gigadesk-", ignore_cleanup_errors=True) as name:
            return run(replace(options, data_folder=Path(name)), ends_process=ends_process)

    folder = data_folder(options)
    stop_logging = logs.start_logging(folder / LOGS_FOLDER)
    crashes = logs.CrashReporter(folder / LOGS_FOLDER)
    crashes.install()
    qInstallMessageHandler(logs.on_qt_message)
    qapp = _qt_application()
    collector = GarbageCollector(qapp)
    collector.start()
    try:
        place = b""
        while True:
            with asyncio.Runner(loop_factory=lambda: QEventLoop(qapp)) as runner:
                outcome = runner.run(App(qapp, options, crashes, place, ends_process=ends_process).run())
            if outcome.following is None:
                return outcome.code
            crashes.previous = None  # its user has been told
            options, place = outcome.following, outcome.place
    finally:
        collector.stop()
        qInstallMessageHandler(None)
        crashes.close()
        stop_logging()


class App:
    """One run: one data folder, one account, one window."""

    def __init__(
        self,
        qapp: QApplication,
        options: Options,
        crashes: logs.CrashReporter,
        place: bytes = b"",
        *,
        ends_process: bool = False,
    ) -> None:
        self._qapp = qapp
        self._options = options
        self._crashes = crashes
        self._place = place
        self._ends_process = ends_process
        self._data_place = find_place(first_folder(options))
        self._folder = data_folder(options)
        self._ended: asyncio.Future[Outcome]
        self._session: Session | None = None
        self._language = LanguageSwitcher(qapp)
        self._mark = StartMark()

    async def run(self) -> Outcome:
        """Show the window and stay until it is closed, or the system ends the program."""
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(self._crashes.on_loop_exception)
        self._ended = loop.create_future()
        instance = SingleInstance(self._folder)
        try:
            if not await self._acquire(instance):
                return Outcome(1 if self._options.is_scripted else 0)
            with self._listening_to_the_system(loop):
                return await self._run_alone(instance)
        finally:
            instance.release()
            self._language.remove()

    async def _acquire(self, instance: SingleInstance) -> bool:
        """Whether this run has the folder for itself; if not, the program that has it has come to the front."""
        tries = 0
        while not instance.try_acquire():
            if self._options.is_scripted:
                sys.stderr.write(f"another GigaDesk uses {self._folder}\n")
                return False
            computer = instance.other_computer()
            if not computer and await instance.wake_other():
                return False
            tries += 1
            if not computer and tries % OTHER_TRIES:
                await asyncio.sleep(OTHER_INTERVAL_S)  # it has just been started, or is just ending
                continue
            from gigadesk.ui.other_instance import RETRY, TAKE_OVER, ask_about_other

            self.show_appearance(SettingsFile(self._folder / SETTINGS_NAME).load())
            answer = await ask_about_other(str(self._folder), computer)
            if answer == TAKE_OVER:
                instance.take_over()
            elif answer != RETRY:
                return False
        return True

    async def _run_alone(self, instance: SingleInstance) -> Outcome:
        self._mark = StartMark(None if self._options.is_scripted else self._folder / MARK_NAME)
        settings_file = SettingsFile(self._folder / SETTINGS_NAME)
        settings = self._first_settings(settings_file)
        window = self._make_window(self._safe(settings))
        instance.activated.connect(lambda: _bring_to_front(window))
        await _first_paint(window)
        window.setWindowIcon(QIcon(str(resource_path("desktop/gigadesk.png"))))
        if self._options.ends_after_first_paint:
            window.allow_close()
            self._mark.close()
            return Outcome()

        from gigadesk.session import Session

        session = Session(
            folder=self._folder,
            demo_speed=self._demo_speed(),
            settings=settings,
            settings_file=settings_file,
            window=window,
            show_appearance=self.show_appearance,
            enter_demo=self._enter_demo,
            on_crash=self._crashes.report,
            previous_crash=self._crashes.previous,
            place=None if self._options.is_demo else self._data_place,
            wish=self._options.wish,
            begin_anew=self._begin_anew,
            hold_folder=instance.hold_again,
        )
        self._session = session
        stop_telling = self._tell_of_faults(session)
        try:
            session.refresh_appearance()
            if not await self._open(session, window):
                self._mark.close()
                is_wanted = self._ended.done() and not (session.has_failed and self._ended.result().following is None)
                return self._ended.result() if is_wanted else Outcome(1)
            asyncio.get_running_loop().call_later(START_SETTLED_S, self._mark.end_start)
            script = self._script(session, settings)
            if script is not None:
                return Outcome(await script)
            outcome = await self._ended
            self._mark.close()
            return replace(outcome, place=bytes(window.saveGeometry().data()))
        finally:
            stop_telling()
            await self._shut_down(session, window)
            is_last = not self._ended.done() or self._ended.result().following is None
            if self._ends_process and is_last:
                _leave_stuck_threads_behind()

    async def _open(self, session: "Session", window: MainWindow) -> bool:
        """Open the session. What ends the program also answers a question that is asked meanwhile."""

        def close_window(_ended: asyncio.Future[Outcome]) -> None:
            with contextlib.suppress(RuntimeError):  # gone already: what opened the session ended the run itself
                window.close()

        self._ended.add_done_callback(close_window)
        try:
            return await session.open()
        finally:
            self._ended.remove_done_callback(close_window)

    def _end_at_wish(self, outcome: Outcome | None = None) -> None:
        """End this run as the user wishes; what would be lost by that is asked about first."""
        if self._ended.done() or self._session is None or not self._session.holds_back(lambda: self.end(outcome)):
            self.end(outcome)

    def end(self, outcome: Outcome | None = None) -> None:
        """Begin to end this run. The one way out: of the close button, the menu, the system and signals."""
        if not self._ended.done():
            self._ended.set_result(outcome or Outcome())

    def show_appearance(self, settings: Settings) -> ThemeColors:
        """Give the whole program the user's language, font and colours; in safe mode the language alone."""
        settings = self._safe(settings)
        self._show_words_and_font(settings)
        return choose_theme(self._qapp, Theme(self._options.theme or settings.appearance.theme))

    def _show_words_and_font(self, settings: Settings) -> None:
        self._language.apply(Language(self._options.language or settings.appearance.language))
        apply_font_size(self._qapp, settings.appearance.font_size_pt)

    def _first_settings(self, file: SettingsFile) -> Settings:
        settings = file.load()
        if self._options.is_demo and file.is_new:
            # The demo looks and speaks as its user is used to.
            users_own = SettingsFile(self._folder.parent / SETTINGS_NAME).load()
            settings = replace(settings, appearance=users_own.appearance)
        return settings

    def _safe(self, settings: Settings) -> Settings:
        if not self._mark.is_safe_mode:
            return settings
        return replace(settings, appearance=Appearance(language=settings.appearance.language))

    def _make_window(self, settings: Settings) -> MainWindow:
        theme = first_theme(Theme(self._options.theme or settings.appearance.theme))
        self._show_words_and_font(settings)
        # The style sheet is for what comes after the first paint.
        self._qapp.setPalette(palette(theme))
        window = MainWindow(None, settings)
        window.apply_settings(settings, theme)
        if self._qapp.platformName() != "offscreen":  # a picture for nobody's screen is as large as it likes
            window.fit_screen()
        with contextlib.suppress(OSError):
            window.restore((self._folder / WINDOW_NAME).read_bytes())
        if self._place:
            # The user stays where they are when they go into the demo or leave it.
            window.restoreGeometry(QByteArray(self._place))
        window.start_mark = self._mark
        window.set_demo(self._options.is_demo)
        window.closing.connect(self._end_at_wish)
        window.quit_requested.connect(window.close)
        window.leave_demo_requested.connect(self._leave_demo)
        return window

    def _demo_speed(self) -> float | None:
        """Characters a second of the demo, 0 for all at once; None without the demo."""
        if not self._options.is_demo:
            return None
        return 0.0 if self._options.is_scripted else DEMO_CHARACTERS_PER_S

    def _enter_demo(self) -> None:
        self._end_at_wish(Outcome(following=replace(self._options, is_demo=True, wish=StartWish())))

    def _begin_anew(self, wish: StartWish) -> None:
        self._end_at_wish(Outcome(following=replace(self._options, wish=wish)))

    def _tell_of_faults(self, session: "Session") -> Callable[[], None]:
        """Let the user know of what nobody expected, in whatever thread it happened. Returns what ends that."""
        loop = asyncio.get_running_loop()

        def on_report(_line: str) -> None:
            with contextlib.suppress(RuntimeError):  # the loop has ended meanwhile
                loop.call_soon_threadsafe(session.tell_of_fault, self._crashes.path)

        return self._crashes.add_listener(on_report)

    def _script(self, session: "Session", settings: Settings) -> Awaitable[int] | None:
        """What runs instead of a user, if the command line asks for it."""
        if self._options.is_self_test:
            from gigadesk.self_test import check_installation

            return check_installation(session)
        if self._options.screenshot is not None:
            from gigadesk.screenshot import take_screenshot

            language = Language(self._options.language or settings.appearance.language)
            return take_screenshot(session, self._options.screenshot, language)
        return None

    def _leave_demo(self) -> None:
        self.end(Outcome(following=replace(self._options, is_demo=False, wish=StartWish())))

    async def _shut_down(self, session: "Session", window: MainWindow) -> None:
        """Keep what is on the screen, then let go of everything."""
        window.save_draft()
        with contextlib.suppress(OSError):
            files.write_private(self._folder / WINDOW_NAME, window.state())
        try:
            async with asyncio.timeout(SHUTDOWN_LIMIT_S):
                await session.close()
        except TimeoutError:
            _LOGGER.warning("shutdown: something did not end in time")
            await session.tasks.close(GIVE_UP_LIMIT_S)  # nothing may go on over a store that is closed
        # The window lives a moment longer than the store, and may not ask it for anything then.
        for timer in window.findChildren(QTimer):
            timer.stop()
        session.close_store()
        window.allow_close()
        window.deleteLater()

    @contextlib.contextmanager
    def _listening_to_the_system(self, loop: asyncio.AbstractEventLoop) -> Iterator[None]:
        """End on the wish of the system: a signal, the end of the session, `quit` from a menu or a dock."""
        numbers = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP", "SIGINT") if hasattr(signal, name)]
        if sys.platform != "win32":
            for number in numbers:
                loop.add_signal_handler(number, self.end)
        self._qapp.commitDataRequest.connect(self._on_session_end)
        try:
            yield
        finally:
            self._qapp.commitDataRequest.disconnect(self._on_session_end)
            if sys.platform != "win32":
                for number in numbers:
                    loop.remove_signal_handler(number)

    def _on_session_end(self, _manager: object) -> None:
        self.end()


def _qt_application() -> QApplication:
    QApplication.setApplicationName("GigaDesk")
    QApplication.setApplicationVersion(__version__)
    QApplication.setDesktopFileName(APP_ID)
    qapp = QApplication.instance()
    if not isinstance(qapp, QApplication):
        # Fusion by an option of Qt: `setStyle` would build every enumeration of QStyle, which takes 8 ms.
        qapp = QApplication([*sys.argv[:1], "-style", "fusion"])
    qapp.setQuitOnLastWindowClosed(False)
    return qapp


async def _first_paint(window: MainWindow) -> None:
    """Show the window and wait until it has been painted."""
    loop = asyncio.get_running_loop()
    painted: asyncio.Future[None] = loop.create_future()

    def on_painted() -> None:
        if not painted.done():
            painted.set_result(None)

    window.ground_painted.connect(on_painted)
    window.show()
    await painted
    window.ground_painted.disconnect(on_painted)


def _bring_to_front(window: MainWindow) -> None:
    from PySide6.QtCore import Qt

    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()


def _leave_stuck_threads_behind() -> None:
    """End the process although a thread is stuck where nothing can reach it; all is flushed by now."""
    killer = threading.Timer(EXIT_LIMIT_S, os._exit, (0,))
    killer.daemon = True
    killer.start()
