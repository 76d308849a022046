"""What goes wrong is written down, without secrets, and never more than the disk was promised."""

import asyncio
import base64
import logging
import os
import signal
import stat
import subprocess
import sys
import threading
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gigadesk import limits
from gigadesk.logs import (
    CRASH_NAME,
    LOG_NAME,
    PREVIOUS_CRASH_NAME,
    CrashReporter,
    on_qt_message,
    redact,
    start_logging,
)

REPOSITORY = Path(__file__).parent.parent
KEY = base64.b64encode(b"0f3a2b9c-1d2e-4f5a-8b9c-0d1e2f3a4b5c:9a8b7c6d-5e4f-4a3b-9c2d-1e0f9a8b7c6d").decode()
TOKEN = "eyJjdHkiOiJqd3QiLCJlbmMiOiJBMjU2Q0JDLUhTNTEyIn0.QmFzZTY0..c2hvcnQ.dGFn"


@pytest.mark.parametrize(
    "text",
    [
        f"key {KEY} refused",
        f"Authorization: Basic {KEY}",
        "authorization: bearer abc",
        f"<ClientResponse headers={{'Authorization': 'Bearer {TOKEN}'}}>",
        f"token={TOKEN};",
        f'{{"access_token":"{TOKEN}"}}',
        "proxy http://user:abc@proxy:3128 says 407",
    ],
)
def test_secrets_are_cut_out(text):
    redacted = redact(text)

    assert "[redacted]" in redacted
    assert not any(secret in redacted for secret in (KEY, TOKEN, "abc", KEY[:30], TOKEN[:30]))


@pytest.mark.parametrize(
    "text",
    [
        "HTTP 429 from api.giga.chat, request 0f3a2b9c-1d2e-4f5a-8b9c-0d1e2f3a4b5c, 12345 bytes in 1.5 s",
        '  File "/home/somebody/Projects/gigadesk/gigadesk/conversations/conversations.py", line 12, in send',
        "/usr/local/lib/python3/dist-packages/gigadesk/ui/transcript/view",
    ],
)
def test_ordinary_lines_stay(text):
    assert redact(text) == text


@given(st.binary(min_size=30, max_size=200).filter(lambda key: b"/" not in base64.b64encode(key)), st.text(max_size=20))
def test_no_key_survives(key, around):
    secret = base64.b64encode(key).decode()

    assert secret.rstrip("=") not in redact(f"{around} {secret} {around}")


@pytest.fixture
def log(tmp_path: Path):
    folder = tmp_path / "data"
    stop = start_logging(folder)
    yield folder / LOG_NAME
    stop()


@pytest.mark.expects_logs
def test_log_has_levels_and_no_secrets(log):
    logging.getLogger("gigadesk.x").info("started in %d ms", 12)
    logging.getLogger("gigadesk.x").debug("text of a conversation")
    logging.getLogger("somelibrary").info("chatter")
    logging.getLogger("somelibrary").error("failed: %s", RuntimeError(f"Bearer {KEY}"))

    lines = log.read_text(encoding="utf-8").splitlines()
    assert [line.split(" ", 2)[2] for line in lines] == [
        "INFO gigadesk.x: started in 12 ms",
        "ERROR somelibrary: failed: Bearer [redacted]",
    ]


def test_log_is_bounded_and_private(log):
    logger = logging.getLogger("gigadesk.x")
    for _ in range(500):
        logger.info("%s", "я " * 8000)

    logger.info("the last line")
    assert "the last line" in log.read_text(encoding="utf-8")
    files = sorted(path.name for path in log.parent.iterdir())
    assert files == [LOG_NAME, *(f"{LOG_NAME}.{number}" for number in range(1, limits.LOG_FILES))]
    for path in log.parent.iterdir():
        assert path.stat().st_size <= limits.LOG_FILE_MAX_BYTES + 4 * limits.LOG_LINE_MAX_CHARS
        if os.name != "nt":
            assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_folder_that_went_away_costs_lines_only(log):
    for path in [*log.parent.iterdir(), log.parent]:
        path.unlink() if path.is_file() else path.rmdir()

    for _ in range(100):
        logging.getLogger("gigadesk.x").info("%s", "я " * 8000)


def test_no_folder_costs_the_log_only(tmp_path):
    blocker = tmp_path / "file"
    blocker.touch()

    start_logging(blocker / "data")()

    assert CrashReporter(blocker / "data").previous is None


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def reporter(tmp_path: Path, told: list[str]):
    made = CrashReporter(tmp_path, told.append)
    made.install()
    yield made
    made.close()


def crashes(folder: Path) -> str:
    return (folder / CRASH_NAME).read_text(encoding="utf-8")


def test_every_hook_ends_in_the_report(reporter, told, tmp_path, caplog):
    def fail(where: str) -> None:
        raise RuntimeError(f"{where} {KEY}")

    class Loud:
        def __del__(self) -> None:
            fail("clean-up")

    try:
        fail("slot")
    except RuntimeError as error:
        sys.excepthook(RuntimeError, error, error.__traceback__)
    thread = threading.Thread(target=fail, args=("thread",))
    thread.start()
    thread.join()
    sys.unraisablehook(SimpleNamespace(exc_value=RuntimeError("clean-up"), object=Loud))
    reporter.on_loop_exception(None, {"message": "task", "exception": RuntimeError("loop")})
    reporter.on_loop_exception(None, {"message": "no exception at all"})

    text = crashes(tmp_path)
    assert all(f"RuntimeError: {where}" in text for where in ("slot", "thread", "clean-up", "loop"))
    assert "unexpected in" in caplog.text
    assert "no exception at all" in caplog.text
    assert KEY not in text + caplog.text
    assert len(told) == 2, "one line for each new place"


def test_task_that_nobody_awaits_is_reported(reporter, told, tmp_path, caplog):
    async def main() -> None:
        asyncio.get_running_loop().set_exception_handler(reporter.on_loop_exception)
        asyncio.get_running_loop().call_soon(lambda: 1 / 0)
        await asyncio.sleep(0)

    asyncio.run(main())

    assert "ZeroDivisionError" in crashes(tmp_path)
    assert len(told) == 1


def test_repeated_failure_is_written_so_often_and_told_once(reporter, told, tmp_path, caplog):
    for _ in range(1000):
        reporter.report("paint", ZeroDivisionError("again"))

    assert crashes(tmp_path).count("again") == limits.LOG_SAME_REPORTS_MAX
    assert len(told) == 1


def test_quiet_run_leaves_no_crash_log(tmp_path):
    reporter = CrashReporter(tmp_path)
    reporter.close()

    assert list(tmp_path.iterdir()) == []
    third = CrashReporter(tmp_path)
    third.close()
    assert third.previous is None


def test_crash_of_the_last_run_is_found(tmp_path, caplog):
    first = CrashReporter(tmp_path)
    first.report("slot", RuntimeError("of the last run"))
    first.close()

    second = CrashReporter(tmp_path)
    second.close()

    assert second.previous == tmp_path / PREVIOUS_CRASH_NAME
    assert "of the last run" in second.previous.read_text(encoding="utf-8")
    third = CrashReporter(tmp_path)
    third.close()
    assert third.previous is None


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
def test_fatal_signal_is_found_by_the_next_run(tmp_path):
    program = (
        "import os, pathlib, resource, signal, sys; from gigadesk.logs import CrashReporter\n"
        "resource.setrlimit(resource.RLIMIT_CORE, (0, 0))\n"
        "CrashReporter(pathlib.Path(sys.argv[1])).install()\n"
        "os.kill(os.getpid(), signal.SIGSEGV)\n"
    )

    ended = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)], cwd=REPOSITORY, capture_output=True, check=False
    )
    reporter = CrashReporter(tmp_path)
    reporter.close()

    assert ended.returncode == -signal.SIGSEGV
    assert reporter.previous is not None
    assert "Segmentation fault" in reporter.previous.read_text(encoding="utf-8")


def test_program_without_terminal_keeps_its_failures(tmp_path):
    """A windowed program on Windows has no `sys.stderr`."""
    program = (
        "import pathlib, sys; from gigadesk.logs import CrashReporter, start_logging\n"
        "sys.stderr = sys.stdout = None\n"
        "folder = pathlib.Path(sys.argv[1])\n"
        "reporter = CrashReporter(folder); reporter.install(); start_logging(folder)\n"
        "raise RuntimeError('lost?')\n"
    )

    subprocess.run([sys.executable, "-c", program, str(tmp_path)], cwd=REPOSITORY, capture_output=True, check=False)

    assert "lost?" in crashes(tmp_path)
    assert "lost?" in (tmp_path / LOG_NAME).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("kind", "message", "record"),
    [
        ("QtWarningMsg", "QTimer: started from another thread", ("WARNING", "QTimer: started from another thread")),
        ("QtWarningMsg", "QTextBrowser: No document for my secret", ("WARNING", 'QTextBrowser: No document for "..."')),
        ("QtCriticalMsg", "cannot open 'my secret'", ("ERROR", 'cannot open "..."')),
        ("QtWarningMsg", "This plugin does not support raise()", None),
    ],
)
def test_qt_messages_become_records(kind, message, record, caplog):
    on_qt_message(SimpleNamespace(name=kind), None, message)

    assert [(line.levelname, line.getMessage()) for line in caplog.records] == ([record] if record else [])
