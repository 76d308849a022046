"""The transcript as a real reader over the accessibility bus finds it, and whether it outlives being tormented."""

import functools
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PROGRAM = [sys.executable, "-X", "faulthandler", "-m", "tests.ui.transcript.screen_reading_program"]
READER = Path(__file__).with_name("at_spi_reader.py")
SYSTEM_PYTHON = "/usr/bin/python3"
LIMIT_S = 300
"""A program that has not ended by then hangs; on a busy machine it takes a minute."""


@functools.cache
def missing() -> str:
    """What of the system's packages the reader lacks."""
    lacking = [tool for tool in ("xvfb-run", "dbus-run-session") if shutil.which(tool) is None]
    if not any(Path(path).exists() for path in ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core")):
        lacking.append("at-spi2-core")
    check = [SYSTEM_PYTHON, "-c", "import pyatspi"]
    if not Path(SYSTEM_PYTHON).exists() or subprocess.run(check, check=False, capture_output=True).returncode:
        lacking.append("python3-pyatspi")
    return ", ".join(lacking)


def run(command: list[str], platform: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": platform,
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        "PYTHONPATH": str(ROOT),
    }
    environment.pop("DBUS_SESSION_BUS_ADDRESS", None)
    return subprocess.run(
        command, check=False, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=LIMIT_S
    )


def on_a_private_screen(command: list[str]) -> list[str]:
    return ["xvfb-run", "-a", "dbus-run-session", "--", *command]


def test_a_reader_finds_messages_their_states_and_actions():
    if missing():
        pytest.skip("no reading over AT-SPI without " + missing())

    result = run(on_a_private_screen([SYSTEM_PYTHON, str(READER), *PROGRAM, "serve"]), "xcb")

    assert result.returncode == 0, result.stderr
    read = json.loads(result.stdout.splitlines()[-1])
    assert read["list"] == "Chat"
    assert read["roles"] == ["list item"] * 3
    assert read["before"] == [
        ["You", "Why?"],
        ["GigaChat-2", "Because of x.\n\nx = 1"],
        ["GigaChat-2, answering", "Hal"],
    ]
    assert read["busy"]
    assert read["visible"]
    assert {"copy_message", "regenerate", "link:https://example.com"} <= set(read["actions"])
    assert any(name.startswith("copy_code") for name in read["actions"])
    assert read["told"] == "https://example.com x x = 1"
    assert read["grown"][2] == ["GigaChat-2, answering", "Half of it"]
    assert read["ended"][2:] == [["GigaChat-2", "Half of it"], ["You", "More"]]
    assert (read["walked"], read["went"]) == ([3], [0])
    assert read["cleared"] == 0
    assert read["exit"] == 0


@pytest.mark.parametrize("platform", ["offscreen", "xcb"])
def test_views_come_and_go_under_a_reader_without_a_crash(platform):
    if platform == "xcb" and missing():
        pytest.skip("no accessibility bus without " + missing())
    command = [*PROGRAM, "stress"]

    result = run(on_a_private_screen(command) if platform == "xcb" else command, platform)

    assert (result.returncode, result.stdout.splitlines()) == (7, ["survived"]), result.stderr
