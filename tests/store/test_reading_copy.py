"""What was copied for reading only, and what is left of it when the program was killed."""

import os
import subprocess
import sys
import tempfile
import time

import pytest

from gigadesk.store import Store
from gigadesk.store.reading_copy import copy_for_reading, sweep_copies
from gigadesk.ui.widgets.drag_out import sweep_dragged


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


# What was dragged out of the window


@pytest.mark.skipif(os.name == "nt", reason="there only the age tells")
def test_what_was_dragged_out_goes_a_day_after_a_kill(temporary):
    number = ended_process()
    ages_h = {
        f"gigadesk-drag-{number}-old": 25,
        f"gigadesk-drag-{number}-new": 23,
        f"gigadesk-drag-{os.getpid()}-x": 25,
    }
    for name, age_h in {**ages_h, f"gigadesk-{number}-others": 99, "gigadesk-drag-letters-x": 99}.items():
        (temporary / name / "copy").mkdir(parents=True)
        (temporary / name / "copy" / "cat.png").write_bytes(b"cat")
        then = time.time() - age_h * 3600
        os.utime(temporary / name, (then, then))

    sweep_dragged()

    left = {each.name for each in temporary.iterdir()}
    assert left == {*list(ages_h)[1:], f"gigadesk-{number}-others", "gigadesk-drag-letters-x"}
