from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog, QWidget

from gigadesk.settings import Settings
from gigadesk.ui.main_window import MainWindow
from gigadesk.ui.report_dialog import ReportDialog
from gigadesk.ui.widgets.screen_room import SHARE, resize_within_screen


def test_a_window_begins_as_large_as_it_likes_where_the_screen_has_room(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = QDialog(parent)
    room = parent.screen().availableGeometry().size() * SHARE

    resize_within_screen(dialog, 300, 200)
    assert dialog.size() == QSize(300, 200)
    resize_within_screen(dialog, 300, 20_000)
    assert dialog.size() == QSize(300, room.height())
    resize_within_screen(dialog, 20_000, 200)
    assert dialog.size() == QSize(room.width(), 200)


def test_a_dialog_fits_on_its_screen(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = ReportDialog(parent, "report", "place")
    room = parent.screen().availableGeometry().size() * SHARE

    assert dialog.size() == dialog.size().boundedTo(room)


def test_the_first_window_asks_for_no_more_than_its_screen_has(qtbot, monkeypatch):
    """Where the system shows everything at 200 % a small screen has less room than it would like."""
    monkeypatch.setattr("gigadesk.ui.main_window.DEFAULT_SIZE", (20_000, 20_000))
    window = MainWindow(None, Settings())
    qtbot.addWidget(window)
    window.fit_screen()
    room = window.screen().availableGeometry().size() * SHARE

    assert window.size() == room
