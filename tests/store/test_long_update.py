"""A large database of an earlier version is brought up to date: how far it is, and what may happen meanwhile."""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from gigadesk.kept import UpdateStage
from gigadesk.store import Store, snapshots, watching
from gigadesk.store.database import open_file
from gigadesk.store.migrations import MIGRATIONS
from gigadesk.store.recovery import restore_snapshot
from gigadesk.store.snapshots import Snapshots
from gigadesk.store.watching import BrokenOffError
from tests.store.old_library import ROOT, SHAPES, make_old, said

VERSIONS = range(1, len(SHAPES))


@pytest.fixture
def path(tmp_path):
    return tmp_path / "chats.db"


def version(path):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("PRAGMA user_version").fetchone()[0]


@pytest.mark.parametrize("old", VERSIONS)
def test_each_stage_is_told_with_what_it_counts(path, old, monkeypatch):
    monkeypatch.setattr(snapshots, "PORTION_PAGES", 16)
    make_old(path, old)
    told = []

    open_file(path, going=lambda *progress: told.append(progress) is None).close()

    stages = list(dict.fromkeys(stage for stage, _, _ in told))
    assert stages[-3:] == [UpdateStage.COPYING, UpdateStage.CHECKING_COPY, UpdateStage.CHANGING]
    copied = [(done, whole) for stage, done, whole in told if stage is UpdateStage.COPYING]
    assert copied == sorted(copied)
    assert copied[-1][0] < copied[-1][1]
    steps = len(MIGRATIONS) - old
    changes = [(done, whole) for stage, done, whole in told if stage is UpdateStage.CHANGING]
    assert list(dict.fromkeys(changes)) == [(step, steps) for step in range(1, steps + 1)]


def test_nothing_but_the_check_is_told_of_a_file_that_is_up_to_date(path, monkeypatch):
    monkeypatch.setattr(watching, "STEPS", 1)
    Store.open(path).close()
    told = set()

    open_file(path, going=lambda *progress: told.add(progress) is None).close()

    assert told == {(UpdateStage.CHECKING, 0, 0)}


@pytest.mark.parametrize(
    ("stage", "looks"),
    [
        (UpdateStage.CHECKING, 1),
        (UpdateStage.CHECKING, 3),
        (UpdateStage.COPYING, 1),
        (UpdateStage.COPYING, 5),
        (UpdateStage.CHECKING_COPY, 1),
        (UpdateStage.CHECKING_COPY, 3),
        (UpdateStage.CHANGING, 1),
        (UpdateStage.CHANGING, 3),
        (UpdateStage.CHANGING, 20),
    ],
)
def test_it_may_be_ended_at_any_moment_and_goes_on_the_next_time(path, monkeypatch, stage, looks):
    monkeypatch.setattr(watching, "STEPS", 2000)
    monkeypatch.setattr(snapshots, "PORTION_PAGES", 16)
    make_old(path, 1)
    before = said(path)
    left = looks

    def going(now, _done, _whole):
        nonlocal left
        left -= now is stage
        return left > 0

    with pytest.raises(BrokenOffError):
        open_file(path, going=going)

    assert said(path) == before
    assert [file.name for file in path.parent.rglob("*.part*")] == []
    if stage is not UpdateStage.CHANGING:
        assert version(path) == 1
    open_file(path).close()
    assert (said(path), version(path)) == (before, len(MIGRATIONS))


CHILD = """
import os, resource, signal, sys
from pathlib import Path
from gigadesk.errors import StorageError
from gigadesk.kept import UpdateStage
from gigadesk.store import snapshots, watching
from gigadesk.store.database import open_file
way, stage, looks = sys.argv[2], UpdateStage(sys.argv[3]), int(sys.argv[4])
watching.STEPS = 2000
snapshots.PORTION_PAGES = 16
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
def going(now, done, whole):
    global looks
    looks -= now is stage
    if looks == 0 and way == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    elif looks == 0:
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(way), resource.RLIM_INFINITY))
    return True
try:
    open_file(Path(sys.argv[1]), going=going).close()
except StorageError as error:
    print(error.cause)
"""


def run_child(path, *arguments):
    command = [sys.executable, "-c", CHILD, str(path), *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=60, check=False)


@pytest.mark.skipif(os.name == "nt", reason="no such signals there")
@pytest.mark.parametrize(
    ("stage", "looks"),
    [(UpdateStage.COPYING, 5), (UpdateStage.CHECKING_COPY, 2), (UpdateStage.CHANGING, 3), (UpdateStage.CHANGING, 20)],
)
def test_it_may_be_killed_at_any_moment_and_goes_on_the_next_time(path, stage, looks):
    make_old(path, 1)
    before = said(path)

    killed = run_child(path, "kill", stage, looks)

    assert killed.returncode == -signal.SIGKILL, killed.stderr
    open_file(path).close()
    assert (said(path), version(path)) == (before, len(MIGRATIONS))
    assert Snapshots(path).newest_whole(len(MIGRATIONS)) is not None
    Snapshots(path).sweep()
    assert [file.name for file in path.parent.rglob("*.part*")] == []


@pytest.mark.skipif(os.name == "nt", reason="no such limits there")
@pytest.mark.parametrize(("stage", "looks"), [(UpdateStage.COPYING, 1), (UpdateStage.CHANGING, 1)])
def test_a_disk_that_is_full_in_the_middle_of_it_changes_nothing_and_is_told(path, stage, looks):
    make_old(path, 1)
    before = said(path)

    refused = run_child(path, 100_000, stage, looks)

    assert refused.stdout.strip() == "full", refused.stderr
    assert said(path) == before
    assert [file.name for file in path.parent.rglob("*.part*")] == []
    open_file(path).close()
    assert (said(path), version(path)) == (before, len(MIGRATIONS))


def broken_off(path, stage, looks):
    """A start that the user ends at this look of this stage."""
    left = looks

    def going(now, _done, _whole):
        nonlocal left
        left -= now is stage
        return left > 0

    with pytest.raises(BrokenOffError):
        open_file(path, going=going)


def snapshots_of(path):
    return [each.path for each in Snapshots(path).all()]


def test_starts_that_are_broken_off_take_one_snapshot_together(path, monkeypatch):
    monkeypatch.setattr(watching, "STEPS", 2000)
    make_old(path, 1)
    before = said(path)
    for looks in (1, 3, 1, 20, 1):
        broken_off(path, UpdateStage.CHANGING, looks)

    [snapshot] = snapshots_of(path)
    assert (said(snapshot), version(snapshot)) == (before, 1)
    open_file(path).close()

    assert snapshots_of(path) == [snapshot]
    assert {each.name for each in path.parent.iterdir()} == {"snapshots", "chats.db"}


def test_an_update_takes_another_snapshot_when_the_chats_were_used_or_replaced_since(path, monkeypatch):
    monkeypatch.setattr(watching, "STEPS", 2000)
    make_old(path, 1)
    broken_off(path, UpdateStage.CHANGING, 3)
    earlier = MIGRATIONS[: version(path)]
    open_file(path, earlier).close()  # an earlier version of the program, in which the user goes on
    assert len(snapshots_of(path)) == 1
    broken_off(path, UpdateStage.CHANGING, 1)
    assert len(snapshots_of(path)) == 2

    restore_snapshot(path, snapshots_of(path)[-1], 1.9e9)
    before = len(snapshots_of(path))
    broken_off(path, UpdateStage.CHANGING, 1)
    assert len(snapshots_of(path)) == before + 1


def test_a_snapshot_that_was_removed_meanwhile_is_taken_again(path, monkeypatch):
    monkeypatch.setattr(watching, "STEPS", 2000)
    make_old(path, 1)
    broken_off(path, UpdateStage.CHANGING, 1)
    snapshots_of(path)[0].unlink()

    open_file(path).close()

    assert len(snapshots_of(path)) == 1
