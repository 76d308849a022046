"""The checks that every test stands under do fail when they should."""

import asyncio
import gc
import threading
from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

CONFIGURATION = """
[pytest]
asyncio_mode = auto
asyncio_default_fixture_loop_scope = function
qt_api = pyside6
qt_log_level_fail = WARNING
filterwarnings = error
markers = expects_logs
"""

CASES = {
    "log": """
import logging
def test_bad():
    logging.getLogger("gigadesk.x").warning("something is wrong")
""",
    "task on a plain loop": """
import asyncio
tasks = []
async def test_bad():
    tasks.append(asyncio.create_task(asyncio.sleep(60), name="forgotten"))
""",
    "task on Qt's loop": """
import asyncio
tasks = []
def test_bad(run_async):
    async def story():
        tasks.append(asyncio.create_task(asyncio.sleep(60), name="forgotten"))
    run_async(story())
""",
    "window": """
from PySide6.QtWidgets import QWidget
windows = []
def test_bad(qtbot):
    windows.append(QWidget())
    windows[0].show()
""",
    "Qt message": """
from PySide6.QtCore import qWarning
def test_bad(qtbot):
    qWarning("Qt complains")
""",
    "warning": """
import warnings
def test_bad():
    warnings.warn("old")
""",
    "exception in a slot": """
from PySide6.QtCore import QTimer
def test_bad(qtbot):
    QTimer.singleShot(0, lambda: 1 / 0)
    qtbot.wait(20)
""",
}

GOOD = """
import asyncio, logging, os
import pytest
from PySide6.QtWidgets import QWidget

def test_window(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.show()

def test_caplog(caplog):
    logging.getLogger("gigadesk.x").warning("asked for")

@pytest.mark.expects_logs
def test_mark():
    logging.getLogger("gigadesk.x").warning("asked for")

async def test_task():
    await asyncio.create_task(asyncio.sleep(0))

def test_two_runs(run_async, until):
    async def story():
        done = []
        asyncio.get_running_loop().call_soon(done.append, 1)
        await until(lambda: done)
        return len(done)
    assert run_async(story()) + run_async(story()) == 2

def test_home(private_home):
    assert os.path.expanduser("~") == str(private_home)
    assert "GIGACHAT_CREDENTIALS" not in os.environ
"""


@pytest.fixture
def suite(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    monkeypatch.setenv("GIGACHAT_CREDENTIALS", "of the developer")
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent.parent))
    pytester.makeconftest(Path(__file__).with_name("conftest.py").read_text(encoding="utf-8"))
    pytester.makefile(".ini", pytest=CONFIGURATION)
    return pytester


def test_leftovers_and_noise_fail(suite):
    suite.makepyfile(**{f"test_{index}": source for index, source in enumerate(CASES.values())})

    result = suite.runpytest_subprocess("-p", "no:cacheprovider")

    report = "\n".join(result.outlines)
    failed = {
        case
        for index, case in enumerate(CASES)
        if f"FAILED test_{index}.py::test_bad" in report or f"ERROR test_{index}.py::test_bad" in report
    }
    assert failed == set(CASES), report


def test_good_tests_pass(suite):
    suite.makepyfile(test_good=GOOD)

    result = suite.runpytest_subprocess("-p", "no:cacheprovider")

    result.assert_outcomes(passed=6)


def test_a_closed_loop_may_be_collected_by_any_thread(run_async):
    """Its timers were stopped before: Qt would crash on those of an object that is gone."""

    async def leave_a_timer():
        asyncio.get_running_loop().call_later(0.01, print)

    async def live_longer():
        over = asyncio.Event()
        asyncio.get_running_loop().call_later(0.05, over.set)
        await over.wait()

    run_async(leave_a_timer())
    collector = threading.Thread(target=gc.collect)
    collector.start()
    collector.join()
    run_async(live_longer())
