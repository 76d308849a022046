"""Private copies: taken in once and whole, never waited for, swept when nobody needs them."""

import errno
import hashlib
import os
import stat
import sys
import threading
from functools import partial
from pathlib import Path

import pytest

from gigadesk.attachments import Shelf
from gigadesk.attachments import shelf as shelf_module
from gigadesk.attachments.reading import read_once
from gigadesk.chat import FileKind
from gigadesk.errors import AttachmentCause, AttachmentError, StorageCause, StorageError
from gigadesk.limits import IMAGE_FILE_MAX_BYTES, TEXT_FILE_MAX_BYTES
from tests.attachments.attachment_support import png

on_unix = pytest.mark.skipif(sys.platform == "win32", reason="pipes and devices of Unix")


@pytest.fixture
def shelf(tmp_path):
    return Shelf(tmp_path / "data" / "files")


def refused(shelf, source, name="a.txt") -> AttachmentCause:
    with pytest.raises(AttachmentError) as caught:
        shelf.take_in(source, name)
    return caught.value.cause


def test_a_file_is_copied_under_its_digest_for_its_owner_only(shelf, tmp_path):
    source = tmp_path / "фото.jpg"
    source.write_bytes(png())

    kept = shelf.take_in(source, source.name)

    assert (kept.name, kept.kind, kept.mime, kept.size_bytes) == ("фото.jpg", FileKind.IMAGE, "image/png", len(png()))
    assert kept.digest == hashlib.sha256(png()).hexdigest()
    assert shelf.has(kept.digest)
    assert shelf.path(kept.digest).read_bytes() == png()
    source.unlink()
    assert shelf.has(kept.digest)
    if sys.platform != "win32":
        assert stat.S_IMODE(shelf.path(kept.digest).stat().st_mode) == 0o600
        assert stat.S_IMODE(shelf.path(kept.digest).parent.stat().st_mode) == 0o700


def test_bytes_of_the_clipboard_are_kept_and_equal_ones_once(shelf):
    first = shelf.take_in(b"text", "a.txt")
    second = shelf.take_in(b"text", "b.md")

    assert first.digest == second.digest
    assert [path.name for path in shelf.path(first.digest).parent.iterdir()] == [first.digest]


def test_a_damaged_copy_is_written_again(shelf):
    digest = shelf.take_in(b"text", "a.txt").digest
    shelf.path(digest).write_bytes(b"")

    shelf.take_in(b"text", "a.txt")

    assert shelf.path(digest).read_bytes() == b"text"


def test_nothing_is_known_by_a_name_that_is_no_digest(shelf, tmp_path):
    (tmp_path / "secret").write_bytes(b"secret")
    for digest in ("", "../../secret", "A" * 64, "0" * 63):
        assert not shelf.has(digest)
        with pytest.raises(ValueError, match="digest"):
            shelf.path(digest)
    assert not shelf.has("0" * 64)


@on_unix
def test_a_pipe_is_refused_and_not_waited_for(shelf, tmp_path):
    os.mkfifo(tmp_path / "pipe")

    assert refused(shelf, tmp_path / "pipe") is AttachmentCause.NOT_A_FILE


@on_unix
@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null", "/dev/tty"])
def test_a_device_is_refused(shelf, device):
    assert refused(shelf, Path(device)) is AttachmentCause.NOT_A_FILE


def test_folders_links_into_nowhere_and_empty_files_are_refused(shelf, tmp_path):
    (tmp_path / "empty").write_bytes(b"")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")

    assert refused(shelf, tmp_path) is AttachmentCause.NOT_A_FILE
    assert refused(shelf, tmp_path / "missing") is AttachmentCause.NOT_A_FILE
    assert refused(shelf, tmp_path / "link") is AttachmentCause.NOT_A_FILE
    assert refused(shelf, tmp_path / "empty" / "below") is AttachmentCause.NOT_A_FILE
    assert refused(shelf, Path("a\0b")) is AttachmentCause.NOT_A_FILE
    assert refused(shelf, tmp_path / "loop") is AttachmentCause.UNREADABLE
    assert refused(shelf, tmp_path / "empty") is AttachmentCause.EMPTY
    assert refused(shelf, b"") is AttachmentCause.EMPTY
    assert list(tmp_path.rglob("files/*")) == []


def test_a_link_to_a_file_is_the_file(shelf, tmp_path):
    (tmp_path / "a.txt").write_bytes(b"text")
    (tmp_path / "link.txt").symlink_to(tmp_path / "a.txt")

    assert shelf.take_in(tmp_path / "link.txt", "link.txt").size_bytes == 4


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root reads everything")
def test_a_file_without_the_right_to_read_it_is_told(shelf, tmp_path):
    (tmp_path / "a.txt").write_bytes(b"text")
    (tmp_path / "a.txt").chmod(0)

    assert refused(shelf, tmp_path / "a.txt") is AttachmentCause.UNREADABLE


@pytest.mark.parametrize(
    ("name", "size_bytes"), [("a.png", IMAGE_FILE_MAX_BYTES + 1), ("a.unknown", TEXT_FILE_MAX_BYTES + 1)]
)
def test_a_file_that_is_too_large_is_not_read(shelf, tmp_path, name, size_bytes):
    with (tmp_path / name).open("wb") as file:
        file.truncate(size_bytes)

    with pytest.raises(AttachmentError) as caught:
        shelf.take_in(tmp_path / name, name)

    assert caught.value.cause is AttachmentCause.TOO_LARGE
    assert caught.value.limit_bytes == size_bytes - 1


@pytest.mark.parametrize("change", ["grow", "shrink", "touch"])
def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path, monkeypatch, change):
    path = tmp_path / "a.log"
    path.write_bytes(b"line\n" * 10)
    read = os.read

    def read_and_change(descriptor, length):
        part = read(descriptor, 10 if change == "shrink" else length)
        if change == "grow":
            with path.open("ab") as file:
                file.write(b"more\n")
        elif change == "shrink":
            os.truncate(path, 5)
        else:
            os.utime(path, (1, 1))
        return part

    monkeypatch.setattr(os, "read", read_and_change)
    with pytest.raises(AttachmentError) as caught:
        read_once(path, "a.log", 1000)

    assert caught.value.cause is AttachmentCause.CHANGED


def test_a_file_that_holds_less_than_it_says_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "a.txt"
    path.write_bytes(b"text")
    parts = [b"te", b""]
    monkeypatch.setattr(os, "read", lambda descriptor, length: parts.pop(0))
    with pytest.raises(AttachmentError) as caught:
        read_once(path, "a.txt", 1000)

    assert caught.value.cause is AttachmentCause.CHANGED


@on_unix
def test_a_file_that_becomes_a_pipe_after_the_look_is_not_waited_for(tmp_path, monkeypatch):
    path = tmp_path / "a.txt"
    path.write_bytes(b"text")
    look = os.stat

    def look_and_replace(target, **arguments):
        found = look(target, **arguments)
        path.unlink()
        os.mkfifo(path)
        return found

    monkeypatch.setattr(os, "stat", look_and_replace)
    with pytest.raises(AttachmentError) as caught:
        read_once(path, "a.txt", 1000)

    assert caught.value.cause is AttachmentCause.NOT_A_FILE


@pytest.mark.parametrize(
    ("number", "cause"),
    [
        (errno.ENOSPC, StorageCause.FULL),
        (errno.EROFS, StorageCause.READ_ONLY),
        (errno.EIO, StorageCause.UNKNOWN),
    ],
)
def test_a_disk_that_takes_nothing_is_a_typed_failure(shelf, monkeypatch, number, cause):
    def refuse(descriptor):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(StorageError) as caught:
        shelf.take_in(b"text", "a.txt")

    assert caught.value.cause is cause
    assert list(Path(caught.value.path).iterdir()) == []


def test_a_memory_without_room_is_not_taken_for_a_disk(tmp_path, monkeypatch):
    def refuse(descriptor):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(StorageError) as caught:
        Shelf(tmp_path, is_in_memory=True).take_in(b"text", "a.txt")

    assert caught.value.cause is StorageCause.NO_MEMORY


def test_a_failed_reading_is_told_as_such(tmp_path, monkeypatch):
    path = tmp_path / "a.txt"
    path.write_bytes(b"text")

    def fail(descriptor, length):
        raise OSError(errno.EIO, "broken")

    monkeypatch.setattr(os, "read", fail)
    with pytest.raises(AttachmentError) as caught:
        read_once(path, "a.txt", 1000)

    assert caught.value.cause is AttachmentCause.UNREADABLE


def test_a_download_is_adopted_under_its_digest(shelf):
    temporary = shelf.temporary()
    assert not temporary.exists()
    temporary.write_bytes(b"picture")

    digest = shelf.adopt(temporary)

    assert digest == hashlib.sha256(b"picture").hexdigest()
    assert shelf.path(digest).read_bytes() == b"picture"
    assert not temporary.exists()


def test_adopting_what_is_not_there_is_a_typed_failure(shelf):
    with pytest.raises(StorageError):
        shelf.adopt(shelf.temporary())


def test_sweeping_keeps_what_is_used_what_is_new_and_what_is_not_ours(shelf, tmp_path):
    used, unused = (shelf.take_in(text, "a.txt").digest for text in (b"used", b"unused"))
    folder = shelf.path(used).parent
    for name in (".part-old", f".{unused}.abc", "notes"):
        (folder / name).write_bytes(b"left")

    next_run = Shelf(folder)
    new = next_run.take_in(b"new", "a.txt").digest
    loading = next_run.temporary()
    loading.write_bytes(b"half")
    half_written = folder / f".{loading.name}.xyz"
    half_written.write_bytes(b"half")
    next_run.sweep({used})

    left = {path.name for path in folder.iterdir()}
    assert left == {used, new, loading.name, half_written.name, "notes"}


def test_sweeping_a_folder_that_is_not_there_does_nothing(shelf):
    shelf.sweep(())


def test_what_is_taken_in_again_while_it_is_swept_stays(tmp_path):
    first = Shelf(tmp_path)
    texts = [str(number).encode() for number in range(60)]
    digests = [first.take_in(text, "a.txt").digest for text in texts]
    shelf = Shelf(tmp_path)
    taking = threading.Thread(target=lambda: [shelf.take_in(text, "a.txt") for text in texts])
    taking.start()
    for _ in range(5):
        shelf.sweep(())
    taking.join()

    assert all(shelf.has(digest) for digest in digests)


def test_what_a_thread_was_reading_is_not_kept_on_a_shelf_that_is_cleared_meanwhile(shelf, tmp_path, monkeypatch):
    source = tmp_path / "slow.txt"
    source.write_text("slow")

    def read(path, name, limit):
        shelf.clear()
        return path.read_bytes()

    monkeypatch.setattr("gigadesk.attachments.shelf.read_once", read)

    with pytest.raises(StorageError):
        shelf.take_in(source, source.name)

    assert not shelf.folder.exists()


@pytest.mark.parametrize("way", ["take in", "adopt"])
def test_clearing_waits_for_what_is_being_written(shelf, tmp_path, monkeypatch, way):
    clearing = threading.Thread(target=shelf.clear)
    source = tmp_path / "data" / "download"
    source.parent.mkdir()
    source.write_bytes(b"text")

    def begin_to_clear(original, *given):
        clearing.start()
        clearing.join(0.05)
        assert clearing.is_alive()
        original(*given)

    for name in ("write_private", "put_in_place"):
        original = getattr(shelf_module, name)
        monkeypatch.setattr(shelf_module, name, partial(begin_to_clear, original))

    if way == "adopt":
        shelf.adopt(source)
    else:
        shelf.take_in(b"text", "a.txt")

    clearing.join()
    assert not shelf.folder.exists()
    with pytest.raises(StorageError):
        shelf.temporary()
