"""Saving a file of a chat: whole or not at all, and words when it fails."""

import errno
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from gigadesk.ui.file_saving import FileSaver, copy_whole, error_text


@pytest.fixture
def saver(qtbot) -> Iterator[FileSaver]:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    yield FileSaver(window)
    window.close()


@pytest.fixture
def source(tmp_path) -> Path:
    path = tmp_path / "stored"
    path.write_bytes(b"picture" * 1000)
    return path


def test_the_chosen_file_is_a_copy(qtbot, tmp_path, saver, source):
    dialog = saver.save(source, "cat.png")
    target = tmp_path / "кот.png"
    dialog.fileSelected.emit(str(target))
    dialog.close()

    qtbot.waitUntil(lambda: not saver.is_busy)

    assert target.read_bytes() == source.read_bytes()
    assert [each.name for each in tmp_path.iterdir() if each.suffix == ".part"] == []


@pytest.mark.parametrize("answer", ["Replace", "Cancel"])
def test_a_file_that_is_there_is_replaced_only_when_asked(qtbot, tmp_path, saver, source, answer):
    target = tmp_path / "cat.png"
    target.write_bytes(b"old")
    dialog = saver.save(source, "cat.png")
    dialog.fileSelected.emit(str(target))
    dialog.close()

    box = saver.parent().findChild(QMessageBox)
    button = next(each for each in box.buttons() if each.text().replace("&", "") == answer)
    button.click()

    qtbot.waitUntil(lambda: not saver.is_busy)
    assert (target.read_bytes() == b"old") == (answer == "Cancel")


def test_the_dialog_suggests_the_name_and_begins_where_the_last_file_went(qtbot, tmp_path, saver, source):
    dialog = saver.save(source, "cat.png")
    assert Path(dialog.selectedFiles()[0]).name == "cat.png"
    assert dialog.acceptMode() is QFileDialog.AcceptMode.AcceptSave
    (tmp_path / "there").mkdir()
    dialog.fileSelected.emit(str(tmp_path / "there" / "cat.png"))
    dialog.close()
    qtbot.waitUntil(lambda: not saver.is_busy)

    again = saver.save(source, "dog.png")
    assert Path(again.directory().absolutePath()) == tmp_path / "there"
    again.close()


def test_what_was_there_before_stays_when_the_copy_fails(tmp_path):
    target = tmp_path / "kept.png"
    target.write_bytes(b"old")

    with pytest.raises(FileNotFoundError):
        copy_whole(tmp_path / "missing", target)

    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.skipif(os.name == "nt", reason="there is no such device there")
def test_a_device_is_not_copied(tmp_path):
    (tmp_path / "endless").symlink_to("/dev/zero")

    with pytest.raises(FileNotFoundError):
        copy_whole(tmp_path / "endless", tmp_path / "copy")


def test_a_failure_is_told_in_words(qtbot, tmp_path, saver, source):
    saver.copy_to(source, tmp_path / "no such folder" / "cat.png")

    qtbot.waitUntil(lambda: not saver.is_busy)
    box = saver.parent().findChild(QMessageBox)
    assert box.text() == "The file was not saved"
    assert "gone" in box.informativeText()
    box.close()


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.ENOSPC, "enough space"), (errno.EACCES, "cannot be written"), (errno.EROFS, "cannot be written")],
)
def test_each_failure_has_its_words(number, words):
    assert words in error_text(OSError(number, os.strerror(number)))


def test_an_unknown_failure_has_the_words_of_the_system():
    assert error_text(OSError(errno.EIO, "Input/output error")) == "Input/output error"
