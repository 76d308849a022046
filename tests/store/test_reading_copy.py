"""What was copied for reading only, and what is left of it when the program was killed."""

import os
import subprocess
import sys
import tempfile
import time

import pytest

from gigadesk.store import Store
from gigadesk.store.reading_copy import copy_for_reading, sweep_copies


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def copy(temporary, tmp_path):
    Store.open(tmp_path / "chats.db").close()
    return copy_for_reading(tmp_path / "chats.db")


def ended_process() -> int:
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    return process.pid


def test_the_copy_of_a_running_program_stays(copy):
    sweep_copies()

    assert copy.exists()


@pytest.mark.skipif(os.name == "nt", reason="there only the age tells")
def test_the_copy_of_a_killed_program_goes(copy, temporary):
    left = temporary / f"gigadesk-reading-{ended_process()}-abc"
    copy.parent.rename(left)

    sweep_copies()

    assert not left.exists()


def test_an_old_copy_goes_whoever_has_the_number_of_its_process_now(copy):
    long_ago = time.time() - 31 * 24 * 3600
    os.utime(copy.parent, (long_ago, long_ago))

    sweep_copies()

    assert not copy.parent.exists()


@pytest.mark.skipif(os.name == "nt", reason="links of Unix")
def test_what_is_not_ours_stays(temporary, tmp_path):
    number = ended_process()
    victim = tmp_path / "victim"
    victim.mkdir()
    (victim / "letter").write_text("dear")
    (temporary / f"gigadesk-reading-{number}-link").symlink_to(victim)
    (temporary / f"gigadesk-reading-{number}-file").write_text("x")
    (temporary / "gigadesk-reading-mine").mkdir()
    if os.geteuid() == 0:
        foreign = temporary / f"gigadesk-reading-{number}-foreign"
        foreign.mkdir()
        os.chown(foreign, 65534, 65534)
    before = sorted(temporary.iterdir())

    sweep_copies()

    assert sorted(temporary.iterdir()) == before
    assert (victim / "letter").exists()
