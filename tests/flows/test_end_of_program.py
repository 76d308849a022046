"""The end of the real program in the midst of an answer: by its cross, by a signal. Nothing is lost."""

import signal
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from gigadesk.chat import Role, Status
from gigadesk.data_desk import STORE_NAME
from gigadesk.options import DEMO_FOLDER
from gigadesk.store import Store
from tests.flows.flow_support import files_with
from tests.flows.process_support import driven_program, running_emulator

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and pipes of Unix")


def check_store(folder, shown):
    """Everything that was shown is there, and no answer passes for one that is still written."""
    path = folder / STORE_NAME
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA quick_check").fetchall() == [("ok",)]
    store = Store.open(path)
    try:
        for message_id, text in shown.items():
            message = store.message(message_id)
            assert message.text.startswith(text)
            assert message.status in {Status.DONE, Status.STOPPED}
        unfinished = "SELECT count(*) FROM messages WHERE status IN ('queued', 'streaming')"
        assert store._database.rows(unfinished) == [(0,)]
        assert store._database.rows("SELECT count(*) FROM journal") == [(0,)]
        return {message_id: store.message(message_id) for message_id in shown}, store.draft(store.chats()[0].id)
    finally:
        store.close()


@pytest.mark.parametrize("way", ["close", signal.SIGTERM, signal.SIGINT, signal.SIGHUP], ids=str)
def test_quitting_during_an_answer_ends_well_and_keeps_it(private_home, way):
    folder = private_home / "data"
    with (
        running_emulator(characters_per_second=60, first_delay=0) as environment,
        driven_program("ask", folder, environment) as program,
    ):
        program.read_until_grown(2)
        command_line = Path(f"/proc/{program.pid}/cmdline")
        arguments = command_line.read_bytes() if command_line.exists() else b""
        program.type_draft()
        if isinstance(way, str):
            program.say(way)
        else:
            program.signal(way)
        code, errors = program.wait()

    assert (code, errors) == (0, "")
    messages, draft = check_store(folder, program.shown)
    question, answer = messages.values()
    assert draft == "and then"
    assert question.role is Role.USER
    assert answer.text == program.shown[answer.id]
    assert answer.status is Status.STOPPED
    key = environment["GIGACHAT_CREDENTIALS"]
    assert key.encode() not in arguments
    assert files_with(key, private_home) == []
    assert not list(folder.glob("logs/crash*")), "something unexpected was reported"


def test_quitting_the_demo_during_an_answer_ends_well_and_keeps_it(private_home):
    folder = private_home / "data"
    with driven_program("ask", folder, {}, "--demo") as program:
        program.read_until_grown(2)
        program.signal(signal.SIGTERM)
        code, errors = program.wait()

    assert (code, errors) == (0, "")
    messages, _ = check_store(folder / DEMO_FOLDER, program.shown)
    assert [message.status for message in messages.values()] == [Status.DONE, Status.STOPPED]
    assert not (folder / STORE_NAME).exists()
