"""Where dialogs for files begin."""

from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QLineEdit

from gigadesk.ui.widgets.file_dialog import first_folder


@pytest.fixture
def downloads(monkeypatch, tmp_path) -> Path:
    folder = tmp_path / "Downloads"
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda kind: str(folder))
    return folder


def test_dialogs_begin_in_the_folder_of_downloads(qapp, downloads):
    downloads.mkdir()

    assert first_folder() == str(downloads)


def test_a_folder_that_is_not_there_is_no_name_for_a_file(qtbot, downloads):
    dialog = QFileDialog(None, "", first_folder())
    qtbot.addWidget(dialog)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)

    assert first_folder() == str(Path.home())
    assert dialog.findChild(QLineEdit, "fileNameEdit").text() == ""
