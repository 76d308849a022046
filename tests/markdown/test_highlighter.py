import subprocess
import sys
import textwrap

import pytest
from PySide6.QtCore import QObject, QProcess

from gigadesk import limits
from gigadesk.ui.highlighter import Highlighter
from gigadesk.ui.worker import START_LIMIT_MS

# A worker that answers at once, never ends with code "stuck", and ends without an answer with code "crash".
SCRIPT = """
import json, sys, time
for line in sys.stdin:
    request = json.loads(line)
    print(json.dumps({"id": request["id"]}), flush=True)
    if request["code"] == "stuck":
        time.sleep(1000)
    if request["code"] == "crash":
        sys.exit(3)
    print(json.dumps({"id": request["id"], "runs": [0, len(request["code"]), 4]}), flush=True)
"""


@pytest.fixture
def highlighter(qtbot):
    highlighter = Highlighter(command=[sys.executable, "-c", SCRIPT], job_limit_ms=300)
    yield highlighter
    highlighter.close()


def ask(qtbot, highlighter, language, code):
    with qtbot.waitSignal(highlighter.highlighted, timeout=20_000) as signal:
        assert highlighter.request(language, code) is None
    key, colours = signal.args
    return key, colours.runs


def test_real_worker_colours_code(qtbot):
    highlighter = Highlighter()

    key, runs = ask(qtbot, highlighter, "python", "def f(): pass")

    assert key == Highlighter.key("python", "def f(): pass")
    assert (0, 3, "keyword") in runs
    highlighter.close()


def test_state_of_a_piece_is_handed_on_to_the_next(qtbot):
    highlighter = Highlighter()
    ask(qtbot, highlighter, "python", 'x = """one')
    state = highlighter.request("python", 'x = """one').state

    with qtbot.waitSignal(highlighter.highlighted, timeout=20_000):
        assert highlighter.request("python", 'if two"""', state) is None

    assert highlighter.request("python", 'if two"""', state).runs == ((0, 9, "string"),)
    highlighter.close()


def test_known_result_comes_at_once(qtbot, highlighter):
    ask(qtbot, highlighter, "python", "x")

    assert highlighter.request("python", "x").runs == ((0, 1, "name"),)


def test_code_that_takes_too_long_stays_plain_and_the_next_is_coloured(qtbot, highlighter):
    results = []
    highlighter.highlighted.connect(lambda key, colours: results.append((key, colours.runs)))

    highlighter.request("python", "stuck")
    highlighter.request("python", "fine")
    qtbot.waitUntil(lambda: len(results) == 2, timeout=START_LIMIT_MS - 1000)

    assert results == [
        (Highlighter.key("python", "fine"), ((0, 4, "name"),)),
        (Highlighter.key("python", "stuck"), ()),
    ]
    assert highlighter.request("python", "stuck").runs == ()


def test_worker_that_ends_is_started_again(qtbot, highlighter):
    assert ask(qtbot, highlighter, "python", "crash")[1] == ()
    assert ask(qtbot, highlighter, "python", "x")[1] == ((0, 1, "name"),)


@pytest.mark.parametrize(
    "command",
    [[sys.executable, "-c", "raise SystemExit(1)"], ["/nonexistent/worker"]],
    ids=["ends at once", "does not start"],
)
def test_without_a_worker_code_stays_plain(qtbot, command):
    highlighter = Highlighter(command=command)
    codes = [f"x = {number}" for number in range(8)]
    results = []
    highlighter.highlighted.connect(lambda _, colours: results.append(colours.runs))

    for code in codes:
        highlighter.request("python", code)
    qtbot.waitUntil(lambda: len(results) == len(codes), timeout=20_000)

    assert results == [()] * len(codes)
    assert highlighter.request("python", "another").runs == ()
    highlighter.close()


@pytest.mark.parametrize(
    ("language", "code"),
    [
        ("no such language", "x"),
        ("python", ""),
        ("python", "x" * (limits.CODE_LINE_MAX_CHARS + 1)),
        ("python", "x\n" * limits.CODE_HIGHLIGHT_MAX_CHARS),
    ],
    ids=["unknown", "empty", "long line", "large"],
)
def test_what_is_never_coloured_needs_no_worker(qtbot, language, code):
    highlighter = Highlighter(command=["/nonexistent/worker"])

    assert highlighter.request(language, code).runs == ()


def test_close_in_the_middle_of_a_job_ends_the_worker(qtbot, highlighter):
    highlighter.request("python", "stuck")

    highlighter.close()

    assert highlighter.findChildren(QProcess) == [] or all(
        process.state() is QProcess.ProcessState.NotRunning for process in highlighter.findChildren(QProcess)
    )


def test_program_that_ends_leaves_no_worker_and_no_warning():
    script = textwrap.dedent(
        """
        import sys
        from PySide6.QtCore import QCoreApplication, QTimer
        from gigadesk.ui.highlighter import Highlighter
        from gigadesk.ui.worker import START_LIMIT_MS
        application = QCoreApplication([])
        parent = Highlighter()
        parent.request("python", "x = 1")
        parent.highlighted.connect(lambda key, runs: QTimer.singleShot(0, application.quit))
        sys.exit(application.exec())
        """
    )

    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False)

    assert (ended.returncode, ended.stderr) == (0, "")


def test_deleted_highlighter_takes_its_worker_along(qtbot):
    owner = QObject()
    child = Highlighter(owner, command=[sys.executable, "-c", SCRIPT])
    child.request("python", "stuck")
    process = child.findChildren(QProcess)[0]
    ended = process.waitForStarted(20_000)

    with qtbot.waitSignal(owner.destroyed):
        owner.deleteLater()

    assert ended
