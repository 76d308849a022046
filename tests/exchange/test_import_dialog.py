"""The dialog of import tells what has happened, whenever its process or its window ends."""

import errno
import json
import os
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QTextOption
from PySide6.QtWidgets import QComboBox, QPlainTextEdit, QPushButton, QWidget

from gigadesk.chat import ChatId
from gigadesk.conversations.import_desk import ImportEnd
from gigadesk.errors import StorageCause, StorageError
from gigadesk.exchange.summaries import FileType
from gigadesk.ui.exchange.chat_table import ChatTable
from gigadesk.ui.exchange.import_dialog import ImportDialog
from gigadesk.ui.exchange.preview import Preview
from tests.exchange.exchange_support import Reading


class Desk:
    """An import that ends when the test says so, and that cannot be stopped any more."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.on_end: Any = None
        self.is_busy = False

    def new_spool(self) -> Path:
        return self._folder / "spool"

    def drop_spool(self, spool: Path) -> None:
        pass

    def start(self, wish: Any, on_progress: Any, on_end: Any) -> None:
        self.on_end = on_end

    def cancel(self) -> None:
        pass


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


@pytest.fixture
def parent(qapp):
    parent = QWidget()
    yield parent
    parent.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def dialog(parent, desk, tmp_path):
    """It imports one chat."""
    chats = [{"title": "T", "session": "s", "created_at": 1e9, "messages": [], "draft": "d"}]
    path = tmp_path / "file.json"
    path.write_text(json.dumps({"format": "gigadesk-export", "version": 1, "chats": chats}), encoding="utf-8")
    dialog = ImportDialog(parent, desk, tuple, path)
    dialog._reader.stop()
    reading = Reading(path, tmp_path / "read")
    dialog.preview.table.add(reading.chats, [None])
    dialog._on_read(FileType.OWN, [], 0)
    dialog._on_recognise()
    return dialog


def test_what_was_typed_and_not_sent_is_imported_unasked(qapp):
    table = ChatTable(qapp)
    draft, nothing = ({"session": name, "messages": [], "draft": text} for name, text in (("a", "typed"), ("b", "")))

    table.add([summary_of(draft), summary_of(nothing)], [None, None])
    assert [chat.key for chat in table.chosen()] == ["gigadesk:a"]
    table.choose_all(is_chosen=False)
    table.choose_new()
    assert [chat.key for chat in table.chosen()] == ["gigadesk:a"]


def test_a_process_that_ends_when_all_is_read_stops_nothing(dialog, desk):
    dialog._on_failed("")
    assert dialog.import_button.isEnabled()
    dialog.start_import()

    dialog._on_failed("")
    desk.on_end(ImportEnd((ChatId(1),)))

    assert dialog._report_title.text() == "Imported"
    dialog.done(0)


def test_a_process_that_ends_while_files_are_taken_out_ends_the_import(dialog, desk):
    dialog.start_import()
    dialog._is_extracting = True

    dialog._on_failed("No space")

    assert dialog._report_title.text() == "Nothing was imported"
    assert "No space" in dialog._report.text()
    dialog.done(0)


def test_a_full_disk_is_told_in_words_of_ours(dialog, desk):
    dialog.start_import()
    dialog._is_extracting = True

    dialog._on_failed(os.strerror(errno.ENOSPC))

    assert dialog._report.text() == "There is no room on the disk. Make some, and import the file once more."
    dialog.done(0)


@pytest.mark.parametrize("lost", [0, 3])
def test_files_that_did_not_come_are_told(dialog, desk, lost):
    dialog.start_import()

    desk.on_end(ImportEnd((ChatId(1),), lost_files=lost))

    words = "Chats imported: 1."
    if lost:
        words += "\n\nFiles that the export does not hold, of which only the names are there: 3."
    assert dialog._report.text() == words
    dialog.done(0)


def test_the_end_of_an_import_may_come_behind_that_of_its_window(dialog, desk):
    dialog.start_import()
    dialog.reject()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    desk.on_end(ImportEnd((ChatId(1),)))


def test_a_database_that_cannot_say_what_is_here_already_imports_nothing(desk, dialog):
    def refuse(chats: Any) -> Any:
        raise StorageError(StorageCause.FULL, "chats.db")

    desk.known = refuse
    dialog._on_chats_found(dialog.preview.table.chosen())

    dialog._on_recognise()

    assert dialog._report_title.text() == "Nothing was imported"
    assert "The disk is full" in dialog._report.text()
    assert not dialog.import_button.isVisibleTo(dialog)
    dialog.done(0)


def summary_of(values: dict[str, Any]) -> Any:
    folder = Path(tempfile.mkdtemp())
    (folder / "f.json").write_text(
        json.dumps({"format": "gigadesk-export", "version": 1, "chats": [values]}), encoding="utf-8"
    )
    [chat] = Reading(folder / "f.json", folder / "spool").chats
    return chat


def test_a_file_without_chats_offers_nothing_to_choose(parent):
    preview = Preview(parent)

    preview.show_end(None, "nested.zip", 1, [])

    choices = [*preview.findChildren(QComboBox), *preview.findChildren(QPushButton)]
    assert choices
    assert [each for each in choices if each.isVisibleTo(preview)] == []


@pytest.mark.parametrize("letters", [10, 2000], ids=["short", "long"])
def test_the_longest_word_of_system_prompts_says_where_lines_are_broken(dialog, letters):
    """Qt halts over a word of many thousand letters that may be broken at word boundaries only."""
    chats = dialog.preview.table.chats
    chats[0] = replace(chats[0], prompts=("Be " + letters * "b",))
    dialog.preview.table.choose_all(is_chosen=True)

    dialog._show_prompts()

    [shown] = [each for each in dialog.findChildren(QPlainTextEdit) if letters * "b" in each.toPlainText()]
    mode = QTextOption.WrapMode
    assert shown.wordWrapMode() is (mode.WrapAnywhere if letters == 2000 else mode.WrapAtWordBoundaryOrAnywhere)
    dialog.done(0)
