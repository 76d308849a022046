"""The data folder is moved whole or not at all, and one place is valid at any moment."""

import hashlib
import os
import shutil
import stat

import pytest

from gigadesk import moving
from gigadesk.data_folder import (
    POINTER_NAME,
    Place,
    TargetProblem,
    check_is_there,
    find_place,
    point_to,
    problem_of_target,
    shared_drive,
)
from gigadesk.errors import StorageCause, StorageError
from gigadesk.move_mark import MARK_NAME, discard_move

GOES_ON = lambda done, whole: None  # noqa: E731


@pytest.fixture
def source(tmp_path):
    folder = tmp_path / "old"
    for name, content in {
        "chats.db": b"chats" * 1000,
        "settings.json": b"{}",
        "files/ab": b"file",
        "snapshots/one.db": b"snapshot",
        "logs/gigadesk.log": b"log",
        "gigadesk.lock": b"",
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def contents(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_everything_but_log_and_lock_is_copied_privately(source, tmp_path):
    target = tmp_path / "new" / "place"
    heard = []

    moving.copy_data(source, target, lambda done, whole: heard.append((done, whole)))
    moving.finish(source, source, target)

    found = contents(target)
    assert found.pop(moving.LEFT_BEHIND_NAME) == os.fsencode(source) + b"\n"
    assert set(found) == {"chats.db", "settings.json", "files/ab", "snapshots/one.db"}
    assert all(content == (source / name).read_bytes() for name, content in found.items())
    assert heard[-1][0] == heard[-1][1] == 2 * moving.size_of(source)
    assert find_place(source) == Place(source, target)
    assert moving.left_behind(target) == source
    if os.name != "nt":
        assert stat.S_IMODE((target / "chats.db").stat().st_mode) == 0o600
        assert stat.S_IMODE(target.stat().st_mode) == 0o700


class GivenUpError(Exception):
    pass


@pytest.mark.parametrize("step", range(1, 9))
def test_a_move_that_is_given_up_leaves_nothing(source, tmp_path, step):
    target = tmp_path / "new"
    before = contents(source)
    steps = iter(range(1, 100))

    def going(done, whole):
        if next(steps) == step:
            raise GivenUpError

    with pytest.raises(GivenUpError):
        moving.copy_data(source, target, going)

    assert contents(source) == before
    assert list(target.iterdir()) == []
    assert find_place(source).folder == source


class PowerCutError(BaseException):
    pass


def cut_off(source, target, step, patch):
    """A move that a power cut has ended at this step."""
    steps = iter(range(1, 100))

    def going(done, whole):
        if next(steps) == step:
            raise PowerCutError

    with patch.context() as each:
        each.setattr(moving, "discard_move", lambda folder: None)
        with pytest.raises(PowerCutError):
            moving.copy_data(source, target, going)
    assert (target / MARK_NAME).exists()


@pytest.mark.parametrize("step", range(1, 9))
def test_what_a_power_cut_left_is_no_hindrance(source, tmp_path, monkeypatch, step):
    target = tmp_path / "new"
    cut_off(source, target, step, monkeypatch)
    (source / "settings.json").write_bytes(b"{1}")  # the program went on with it

    assert problem_of_target(source, target, 100) is None
    moving.copy_data(source, target, GOES_ON)
    moving.finish(source, source, target)

    assert set(contents(target)) == {
        "chats.db", "settings.json", "files/ab", "snapshots/one.db", moving.LEFT_BEHIND_NAME
    }  # fmt: skip
    assert (target / "settings.json").read_bytes() == b"{1}"


@pytest.mark.parametrize("step", range(1, 9))
def test_what_somebody_put_into_a_marked_folder_is_never_deleted(source, tmp_path, monkeypatch, step):
    target = tmp_path / "new"
    cut_off(source, target, step, monkeypatch)
    theirs = {"photo.jpg": b"theirs", "files/zz": b"theirs", "chats.db": b"from a backup"}
    for name, content in theirs.items():
        (target / name).parent.mkdir(exist_ok=True)
        (target / name).write_bytes(content)

    assert problem_of_target(source, target, 100) is TargetProblem.NOT_EMPTY
    with pytest.raises(OSError, match="not empty"):
        moving.copy_data(source, target, GOES_ON)

    assert contents(target) == theirs
    assert find_place(source).folder == source


def test_a_mark_that_was_copied_with_its_folder_stands_for_nothing(source, tmp_path, monkeypatch):
    cut_off(source, tmp_path / "new", 8, monkeypatch)
    copied = tmp_path / "copied"
    shutil.copytree(tmp_path / "new", copied)
    before = contents(copied)

    assert problem_of_target(source, copied, 100) is TargetProblem.NOT_EMPTY
    discard_move(copied)

    assert contents(copied) == {name: content for name, content in before.items() if name != MARK_NAME}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\x00 \n",
        b"part theirs\n",
        b"folder %s\npart theirs",
        b"folder %s\npart theirs\n",
        b"folder %s\npart ../theirs\n",
        b"folder %s\n%s ../theirs\n",
        b"folder %s\n%s theirs",
        b"folder %s\n00 theirs\n%%00 %%00\n",
        b"folder /elsewhere\npart theirs\n",
    ],
    ids=range(10),
)
def test_a_mark_that_is_damaged_or_made_up_deletes_nothing(tmp_path, content):
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "theirs").write_bytes(b"theirs")
    (tmp_path / "theirs").write_bytes(b"theirs")
    words = str(folder.resolve()).encode(), hashlib.sha256(b"theirs").hexdigest().encode()
    (folder / MARK_NAME).write_bytes(content % words[: content.count(b"%s")])

    discard_move(folder)

    assert contents(tmp_path) == {"folder/theirs": b"theirs", "theirs": b"theirs"}


@pytest.mark.parametrize("place", ["before the pointer", "behind the pointer"])
def test_a_cut_between_the_last_file_and_the_end_leaves_a_place_that_can_be_used(source, tmp_path, monkeypatch, place):
    target = tmp_path / "new"

    def cut(first, folder):
        if place == "behind the pointer":
            point_to(first, folder)
        raise PowerCutError

    moving.copy_data(source, target, GOES_ON)
    with monkeypatch.context() as patch:
        patch.setattr(moving, "point_to", cut)
        with pytest.raises(PowerCutError):
            moving.finish(source, source, target)

    if place == "before the pointer":
        assert find_place(source).folder == source
        (source / "settings.json").write_bytes(b"{1}")  # the program went on with it
        assert problem_of_target(source, target, 100) is None
        moving.copy_data(source, target, GOES_ON)
        moving.finish(source, source, target)
        assert (target / "settings.json").read_bytes() == b"{1}"
    else:
        moving.settle(find_place(source).folder)
    assert find_place(source).folder == target
    assert set(contents(target)) == {
        "chats.db", "settings.json", "files/ab", "snapshots/one.db", moving.LEFT_BEHIND_NAME
    }  # fmt: skip


@pytest.mark.parametrize("is_written", [False, True], ids=["refused", "written, but not to the disk"])
def test_a_pointer_that_fails_leaves_one_place_with_all_data(source, tmp_path, monkeypatch, is_written):
    target = tmp_path / "new"

    def fail(first, folder):
        if is_written:
            point_to(first, folder)
        raise OSError(5, "broken")

    moving.copy_data(source, target, GOES_ON)
    monkeypatch.setattr(moving, "point_to", fail)
    if is_written:
        moving.finish(source, source, target)
    else:
        with pytest.raises(OSError, match="broken"):
            moving.finish(source, source, target)
        assert list(target.iterdir()) == []

    place = find_place(source).folder
    assert place == (target if is_written else source)
    assert (place / "chats.db").stat().st_size == 5000


def test_a_copy_that_is_not_complete_keeps_its_mark(source, tmp_path):
    target = tmp_path / "new"
    moving.copy_data(source, target, GOES_ON)

    moving.settle(target)

    assert (target / MARK_NAME).exists()


def test_a_copy_that_is_not_alike_is_refused(source, tmp_path, monkeypatch):
    def bad_copy(path, copy, on_part):
        copy.write_bytes(path.read_bytes()[:-1] + b"?")

    monkeypatch.setattr(moving, "copy_private", bad_copy)

    with pytest.raises(StorageError) as caught:
        moving.copy_data(source, tmp_path / "new", GOES_ON)

    assert caught.value.cause is StorageCause.DAMAGED
    assert list((tmp_path / "new").iterdir()) == []


def test_the_old_data_is_removed_but_for_what_is_not_in_the_new_place(source, tmp_path):
    target = tmp_path / "new"
    moving.copy_data(source, target, GOES_ON)
    moving.finish(source, source, target)
    (source / "later.txt").write_bytes(b"somebody's")

    moving.remove_old_data(source, target)

    assert set(contents(source)) == {"later.txt", POINTER_NAME, "logs/gigadesk.log", "gigadesk.lock"}
    assert find_place(source).folder == target
    assert moving.left_behind(target) is None


def test_a_place_that_is_not_there_is_told_and_not_made(source, tmp_path):
    gone = tmp_path / "usb" / "chats"
    point_to(source, gone)

    place = find_place(source)

    assert place.is_missing
    with pytest.raises(StorageError) as caught:
        check_is_there(place)
    assert (caught.value.cause, caught.value.path) == (StorageCause.MISSING, str(gone))
    assert not gone.exists()


@pytest.mark.parametrize(("name", "is_missing"), [("lost+found", True), ("logs", True), ("chats.db", False)])
def test_a_place_that_holds_nothing_of_ours_is_not_there(source, tmp_path, name, is_missing):
    (tmp_path / "drive").mkdir()
    point_to(source, tmp_path / "drive")
    (tmp_path / "drive" / name).touch()

    assert find_place(source).is_missing == is_missing


def test_moving_back_needs_no_pointer(source, tmp_path):
    point_to(source, tmp_path / "new")

    point_to(source, source)

    assert find_place(source) == Place(source, source)
    assert not (source / POINTER_NAME).exists()


@pytest.mark.parametrize("is_given_up", [False, True])
def test_the_data_can_go_back_to_the_first_place(source, tmp_path, is_given_up):
    target = tmp_path / "new"
    moving.copy_data(source, target, GOES_ON)
    moving.finish(source, source, target)
    moving.remove_old_data(source, target)
    before = contents(target)

    def going(done, whole):
        if is_given_up and done > whole / 2:
            raise GivenUpError

    assert problem_of_target(target, source, 100) is None
    if is_given_up:
        with pytest.raises(GivenUpError):
            moving.copy_data(target, source, going)
        assert find_place(source).folder == target  # the pointer is not a part of what is given up
    else:
        moving.copy_data(target, source, going)
        moving.finish(source, target, source)
        assert find_place(source).folder == source
        assert (source / "chats.db").read_bytes() == (target / "chats.db").read_bytes()
    assert contents(target) == before


@pytest.mark.parametrize("content", [b"", b"relative/path\n", b"\x00\n"], ids=["empty", "relative", "zero"])
def test_a_damaged_pointer_is_none(source, content):
    (source / POINTER_NAME).write_bytes(content)

    assert find_place(source).folder == source


def test_targets_that_will_not_do(source, tmp_path):
    full = tmp_path / "full"
    full.mkdir()
    (full / "theirs").write_bytes(b"x")
    (tmp_path / "file").write_bytes(b"x")

    assert problem_of_target(source, full, 1) is TargetProblem.NOT_EMPTY
    assert problem_of_target(source, tmp_path / "file", 1) is TargetProblem.NOT_A_FOLDER
    assert problem_of_target(source, source / "inside", 1) is TargetProblem.INSIDE
    assert problem_of_target(source, source.parent, 1) is TargetProblem.INSIDE
    assert problem_of_target(source, source, 1) is TargetProblem.INSIDE
    assert problem_of_target(source, tmp_path / "new", 1 << 60) is TargetProblem.NO_ROOM
    assert problem_of_target(source, tmp_path / "new", 1) is None
    assert not (tmp_path / "new").exists()


MOUNTS = """\
22 1 8:1 / / rw - ext4 /dev/sda1 rw
40 22 0:50 / /home/me/server rw - nfs4 nas:/x rw
41 22 0:51 / /mnt/with\\040space rw - cifs //nas/x rw
42 22 0:52 / /home/me/ssh rw - fuse.sshfs me@host: rw
43 40 8:2 / /home/me/server/local rw - ext4 /dev/sdb1 rw
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/home/me/.local/share/GigaDesk", ""),
        ("/home/me/server/chats", "NFS"),
        ("/home/me/server/local/chats", ""),
        ("/mnt/with space/chats", "SMB"),
        ("/home/me/ssh", "SSHFS"),
        ("/home/me/Dropbox/chats", "Dropbox"),
        ("/home/me/OneDrive - Firma/chats", "OneDrive"),
        ("/home/me/Yandex.Disk/chats", "Яндекс Диск"),
        ("/home/me/Яндекс.Диск", "Яндекс Диск"),
        ("/home/me/dropboxes/chats", ""),
    ],
)
@pytest.mark.skipif(os.name == "nt", reason="paths of another system")
def test_network_drives_and_synced_folders_are_named(folder, kind, tmp_path):
    from pathlib import Path

    assert shared_drive(Path(folder), MOUNTS) == kind


@pytest.mark.parametrize("name", ["x" * 300, "link/inside"])
def test_a_folder_that_cannot_even_be_looked_at_is_missing_and_nothing_is_moved_there(source, tmp_path, name):
    (tmp_path / "link").symlink_to(tmp_path / "link")
    closed = tmp_path / name
    (source / "moved-to").write_bytes(bytes(closed))

    assert find_place(source).is_missing
    assert problem_of_target(source, closed, 1) is TargetProblem.NOT_WRITABLE
