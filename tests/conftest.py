"""What every test gets: a screen nobody sees, a home nobody lives in, and no forgiveness for leftovers.

A test fails when it leaves a task, a window or a dialog behind, when Qt complains, and when a log record of level
WARNING or above appears that it did not ask for (by the `caplog` fixture or `@pytest.mark.expects_logs`).
"""

import asyncio
import contextlib
import gc
import logging
import os
import shutil
import tempfile
from collections.abc import Callable, Coroutine, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from tests.keyring_support import PrivateKeyring, missing_tools

# Before the first application is made. C.UTF-8 makes the system language English on every machine.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["LC_ALL"] = "C.UTF-8"
for _name in ("QT_SCALE_FACTOR", "QT_STYLE_OVERRIDE", "QT_QPA_PLATFORMTHEME", "QT_FONT_DPI", "LANGUAGE"):
    os.environ.pop(_name, None)

QT_LIMIT_MS = 60_000
"""A widget that has not done by then what is waited for never will; five seconds, pytest-qt's own limit, may be over
on a busy machine before another process has begun."""
FLOW_LIMIT_S = 150
"""A story that has not ended by then hangs: most take two seconds, the longest twenty; the machine may be busy."""

# No deadline for one example: how fast a machine is, is not what a test tells.
hypothesis.settings.register_profile(
    "gigadesk", deadline=None, database=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("gigadesk")

# As in the program: garbage is collected on the thread of the window only (gigadesk/ui/garbage.py).
gc.disable()
_WHOLE_COLLECTION_EVERY = 100
_tests_run = 0


def pytest_runtest_teardown() -> None:
    """Collect between the tests what Python would have collected within them."""
    global _tests_run  # noqa: PLW0603  (hooks of pytest are functions)
    _tests_run += 1
    gc.collect(1 if _tests_run % _WHOLE_COLLECTION_EVERY else 2)


_FOREIGN_SETTINGS = ("GIGACHAT_", "PYTHON_KEYRING_")
_PROXIES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


@pytest.fixture(autouse=True)
def private_home(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty home of this test alone: no real data, key, proxy or keyring can be touched."""
    # Not under pytest's own folders: the path of a socket may have no more than about 100 characters.
    home = Path(tempfile.mkdtemp(prefix="gd-"))
    runtime = home / "run"
    runtime.mkdir(mode=0o700)
    for name in list(os.environ):
        if name.startswith(_FOREIGN_SETTINGS) or name.lower() in _PROXIES:
            monkeypatch.delenv(name)
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(home))
    for name, folder in (
        ("XDG_CONFIG_HOME", ".config"),
        ("XDG_DATA_HOME", ".local/share"),
        ("XDG_STATE_HOME", ".local/state"),
        ("XDG_CACHE_HOME", ".cache"),
        ("APPDATA", "AppData/Roaming"),
        ("LOCALAPPDATA", "AppData/Local"),
    ):
        monkeypatch.setenv(name, str(home / folder))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime))
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={runtime / 'no-bus'}")
    yield home
    shutil.rmtree(home, ignore_errors=True)


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.levelname} {record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def no_unexpected_logs(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail on a record of level WARNING or above that the test did not ask for."""
    if "caplog" in request.fixturenames or request.node.get_closest_marker("expects_logs"):
        yield
        return
    collector = _Collector()
    logging.getLogger().addHandler(collector)
    yield
    logging.getLogger().removeHandler(collector)
    if collector.lines:
        pytest.fail("unexpected log records:\n" + "\n".join(collector.lines), pytrace=False)


@pytest.fixture(autouse=True)
def no_task_left(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fail when a loop is closed over a task that nobody has ended."""
    left: list[str] = []
    cancel_all = asyncio.runners._cancel_all_tasks  # type: ignore[attr-defined]

    # The only place that sees the leftovers of `asyncio.Runner`, which cancels them in silence.
    def report_and_cancel(loop: asyncio.AbstractEventLoop) -> None:
        left.extend(str(task) for task in asyncio.all_tasks(loop) if not task.cancelling())
        cancel_all(loop)

    monkeypatch.setattr(asyncio.runners, "_cancel_all_tasks", report_and_cancel)
    yield
    if left:
        pytest.fail("tasks left behind:\n" + "\n".join(left), pytrace=False)


@pytest.fixture(autouse=True)
def no_window_left(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail when a window, dialog or menu is still open after the test (`qtbot.addWidget` closes what it was given)."""
    yield
    if "qapp" in request.fixturenames:
        left = _close_windows()
        if left:
            pytest.fail("windows left open: " + ", ".join(left), pytrace=False)


def _close_windows() -> list[str]:
    from PySide6.QtCore import QCoreApplication, QEvent
    from PySide6.QtWidgets import QApplication

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    left = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
    names = [f"{type(widget).__name__}({widget.objectName() or widget.windowTitle()})" for widget in left]
    for widget in left:
        # Deleted, not closed: a window may refuse to close.
        widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return names


@pytest.fixture
def qtbot(qtbot: Any) -> Any:
    """As pytest-qt has it, with more patience."""
    qtbot.waitUntil = partial(qtbot.waitUntil, timeout=QT_LIMIT_MS)
    qtbot.waitSignal = partial(qtbot.waitSignal, timeout=QT_LIMIT_MS)
    return qtbot


RunAsync = Callable[[Coroutine[Any, Any, Any]], Any]


@pytest.fixture
def run_async(qapp: Any) -> RunAsync:
    """`run_async(story())` runs a coroutine as the program does: on Qt's own loop, through `asyncio.Runner`.

    Called twice in one test it stands for two runs of the program in the same process.
    """
    from PySide6.QtCore import QCoreApplication, QEvent
    from qasync import QEventLoop
    from shiboken6 import delete

    async def limited(coroutine: Coroutine[Any, Any, Any]) -> Any:
        async with asyncio.timeout(FLOW_LIMIT_S):
            return await coroutine

    def run(coroutine: Coroutine[Any, Any, Any]) -> Any:
        quit_on_last_window = qapp.quitOnLastWindowClosed()
        qapp.setQuitOnLastWindowClosed(False)
        loop = QEventLoop(qapp)
        try:
            with asyncio.Runner(loop_factory=lambda: loop) as runner:
                return runner.run(limited(coroutine))
        finally:
            # What a thread has sent to the loop just before its end would come in the middle of the next test.
            QCoreApplication.sendPostedEvents(None, QEvent.Type.MetaCall)
            # A closed loop keeps its running timers. Were it collected in another thread (the garbage collector runs
            # in whichever allocates), they could not be stopped, and Qt would crash when the next of them is over.
            delete(loop._timer)
            qapp.setQuitOnLastWindowClosed(quit_on_last_window)

    return run


@pytest.fixture
def until() -> Callable[..., Coroutine[Any, Any, None]]:
    """`await until(condition)` waits, with a limit, until a condition holds; for stories on the loop."""

    async def wait(condition: Callable[[], object], limit_s: float = 60) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(limit_s):
                while not condition():
                    await asyncio.sleep(0.01)
        assert condition(), "the condition did not come true"

    return wait


@pytest.fixture
def private_keyring(private_home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PrivateKeyring]:
    """A real, unlocked, empty gnome-keyring; the program finds it as it finds the user's."""
    missing = missing_tools()
    if missing:
        pytest.skip("no real keyring without " + ", ".join(missing))
    keyring = PrivateKeyring(private_home / "run")
    try:
        keyring.start_daemon()
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", keyring.address)
        yield keyring
    finally:
        keyring.close()
