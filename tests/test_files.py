"""What the program makes on the disk belongs to its user alone, and is never half written."""

import os
import stat
import sys
from pathlib import Path

import pytest

from gigadesk import files
from gigadesk.files import create_private, is_file, is_folder, is_there, make_private_folder, write_private

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="modes of Unix")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture(autouse=True)
def careless_user():
    before = os.umask(0)
    yield
    os.umask(before)


def test_a_folder_and_its_missing_parents_are_private(tmp_path):
    tmp_path.chmod(0o755)

    make_private_folder(tmp_path / "GigaDesk" / "demo")

    assert mode(tmp_path / "GigaDesk" / "demo") == 0o700
    assert mode(tmp_path / "GigaDesk") == 0o700
    assert mode(tmp_path) == 0o755


def test_a_folder_that_others_could_enter_is_closed(tmp_path):
    (tmp_path / "open").mkdir(mode=0o777)

    make_private_folder(tmp_path / "open")

    assert mode(tmp_path / "open") == 0o700


def test_a_file_in_the_way_is_told(tmp_path):
    (tmp_path / "file").touch()

    with pytest.raises(OSError, match="file"):
        make_private_folder(tmp_path / "file" / "a" / "b")


def test_files_are_private(tmp_path):
    (tmp_path / "old").touch(mode=0o666)

    create_private(tmp_path / "old")
    create_private(tmp_path / "new")
    write_private(tmp_path / "whole", b"content")

    assert {mode(path) for path in tmp_path.iterdir()} == {0o600}
    assert (tmp_path / "whole").read_bytes() == b"content"


def test_a_failed_replacement_leaves_the_old_file_and_nothing_else(tmp_path):
    (tmp_path / "target").mkdir()

    with pytest.raises(OSError, match="target"):
        write_private(tmp_path / "target", b"content")

    assert [path.name for path in tmp_path.iterdir()] == ["target"]


@pytest.fixture
def memory(tmp_path, monkeypatch):
    """A folder that passes for one in memory."""
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(files, "_MEMORY", tmp_path)
    monkeypatch.setattr(files, "_MEMORY_LEAST_BYTES", 0)
    monkeypatch.setattr(files, "_lies_in_memory", lambda place: place == tmp_path)
    return tmp_path


def test_each_data_folder_has_a_place_of_its_own_in_memory(memory):
    first, second = (files.private_folder_in_memory(Path(name)) for name in ("/data/one", "/data/two"))

    assert first != second
    assert files.private_folder_in_memory(Path("/data/one")) == first
    assert first.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("way", ["open to others", "a link", "a file"])
def test_what_may_be_somebody_elses_is_no_place_in_memory(memory, way):
    path = files.private_folder_in_memory(Path("/data"))
    path.rmdir()
    if way == "open to others":
        path.mkdir()
        path.chmod(0o755)
    elif way == "a link":
        path.symlink_to(memory)
    else:
        path.write_text("")

    assert files.private_folder_in_memory(Path("/data")) is None


def test_a_full_memory_or_another_system_has_no_place(memory, monkeypatch):
    monkeypatch.setattr(files, "_MEMORY_LEAST_BYTES", 10**18)
    assert files.private_folder_in_memory(Path("/data")) is None
    monkeypatch.setattr(files, "_MEMORY_LEAST_BYTES", 0)
    monkeypatch.setattr(sys, "platform", "win32")
    assert files.private_folder_in_memory(Path("/data")) is None


def test_what_cannot_be_looked_at_is_not_there(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "link").symlink_to(tmp_path / "link")

    assert [is_file(tmp_path / "file"), is_folder(tmp_path), is_there(tmp_path)] == [True] * 3
    for name in ("x" * 300, "file/inside", "link/inside", "with\0nul"):
        assert not any(look(tmp_path / name) for look in (is_file, is_folder, is_there)), name
