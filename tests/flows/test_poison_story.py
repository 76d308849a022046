"""A chat that hangs the window is not shown again by itself; two failed starts in a row lead into safe mode."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from gigadesk.settings import Appearance, Settings, SettingsFile
from gigadesk.store import Store, TitleOrigin
from tests.flows.flow_support import ROOT
from tests.flows.poison_driver import POISON

DRIVER = Path(__file__).with_name("poison_driver.py")
MARK = "starting"
OTHER = "The **other** chat"


class Program:
    def __init__(self, folder: Path, language: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(DRIVER), "--data-dir", str(folder), "--language", language],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT), "GIGACHAT_CREDENTIALS": "a2V5OnNlY3JldA=="},
        )

    def until(self, condition) -> dict[str, object]:
        """What is shown when the condition holds."""
        assert self.process.stdout is not None
        while line := self.process.stdout.readline():
            said = json.loads(line)
            if condition(said):
                return said if isinstance(said, dict) else {}
        raise AssertionError(self.process.communicate()[1].decode())

    def until_hanging(self) -> None:
        self.until(lambda said: said == "hangs")

    def until_shown(self, **expected: object) -> dict[str, object]:
        def holds(said: object) -> bool:
            return isinstance(said, dict) and all(
                value in said[name] if isinstance(value, str) else said[name] == value
                for name, value in expected.items()
            )

        return self.until(holds)

    def say(self, command: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(command.encode() + b"\n")
        self.process.stdin.flush()

    def close(self) -> None:
        self.say("close")
        assert self.process.wait(timeout=20) == 0


@contextmanager
def program(folder: Path, language: str = "en") -> Iterator[Program]:
    """The program; killed at the end if it still runs."""
    started = Program(folder, language)
    try:
        yield started
    finally:
        if started.process.poll() is None:
            started.process.send_signal(signal.SIGKILL)
        started.process.communicate()


@pytest.fixture
def folder(tmp_path) -> Path:
    """Two chats, of which the newer one is poison."""
    settings = SettingsFile(tmp_path / "settings.json")
    settings.save(replace(Settings(), appearance=Appearance(font_size_pt=17)))
    store = Store.open(tmp_path / "chats.db")
    for number, (title, text) in enumerate((("Other", OTHER), ("Poison", f"**{POISON}**"))):
        chat = store.add_chat("", 1.0 + number)
        exchange = store.add_exchange(chat, "Question", 10.0 + number, first_title=title)
        store.set_title(chat, title, TitleOrigin.USER)
        store.finish_reply(replace(exchange.reply, text=text, status="done"), 20.0 + number, is_unread=False)
    store.close()
    return tmp_path


@pytest.mark.parametrize(
    ("language", "first", "then"),
    [
        ("en", "“Poison” was not opened", "This chat is shown as plain text"),
        ("ru", "Чат «Poison» не открыт", "Этот чат показан простым текстом"),
    ],
)
def test_a_chat_that_hung_the_window_is_left_closed_and_opens_as_plain_text(folder, language, first, then):
    with program(folder, language) as hanging:
        hanging.until_hanging()

    with program(folder, language) as second:
        second.until_shown(greeting=True, notice=first)
        second.say("open Poison")
        second.until_shown(title="Poison", notice=then, shown=f"**{POISON}**")
        second.say("open Other")
        second.until_shown(title="Other", notice="", shown="The other chat")
        second.close()

    assert not (folder / MARK).exists()


def test_the_user_can_have_the_chat_shown_as_usual(folder):
    with program(folder) as hanging:
        hanging.until_hanging()

    with program(folder) as second:
        second.until_shown(greeting=True)
        second.say("open Poison")
        second.until_shown(title="Poison", shown=POISON)
        second.say("usual")
        second.until_hanging()


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "GigaDesk has started in safe mode"), ("ru", "GigaDesk запущен в безопасном режиме")],
)
def test_two_failed_starts_in_a_row_lead_into_safe_mode(folder, language, words):
    for _ in range(2):
        with program(folder, language) as killed:
            # Killed as soon as it shows something: this start has not come to its end.
            killed.until(lambda said: True)

    with program(folder, language) as safe:
        safe.until_shown(greeting=True)
        safe.say("open Other")
        shown = safe.until_shown(title="Other", notice=words, shown=OTHER)
        assert shown["calm"]
        assert shown["points"] != 17
        safe.close()

    with program(folder, language) as next_one:
        # An ordinary start again: it opens what was shown last, with its marks and in the user's own look.
        shown = next_one.until_shown(title="Other", shown="The other chat")
        assert shown["notice"] == ""
        assert not shown["calm"]
        assert shown["points"] == 17
        next_one.close()
