"""The snapshots: what the keys choose, and how the end of a chat is shown."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextOption
from PySide6.QtTest import QTest

from gigadesk.chat import ChatId, Role
from gigadesk.kept import KeptChat, KeptMessage, Snapshot, SnapshotReason
from gigadesk.ui.data.snapshots_dialog import SnapshotsDialog
from gigadesk.ui.style import style_sheet
from gigadesk.ui.theme import LIGHT

SNAPSHOT = Snapshot(Path("chats-daily.db"), 1e9, SnapshotReason.DAILY, 1000)
CHATS = [KeptChat(ChatId(number), f"Chat {number}", 1e9, 2) for number in (1, 2, 3)]


@pytest.fixture
def dialog(qtbot):
    dialog = SnapshotsDialog(None)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitActive(dialog)
    dialog.set_snapshots([SNAPSHOT])
    dialog.show_chats(SNAPSHOT, CHATS)
    return dialog


@pytest.mark.parametrize("key", [Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown])
def test_the_first_key_takes_the_first_chat_and_the_next_goes_on(dialog, key):
    dialog._chats.setFocus()

    QTest.keyClick(dialog._chats, key)
    assert dialog.chosen_chat == 1

    QTest.keyClick(dialog._chats, Qt.Key.Key_Down)
    assert dialog.chosen_chat == 2


@pytest.mark.parametrize("letters", [10, 2000], ids=["short", "long"])
def test_the_longest_word_of_a_chat_says_where_lines_are_broken(dialog, letters):
    """Qt halts over a word of many thousand letters that may be broken at word boundaries only."""
    dialog._chats.setCurrentRow(0)

    dialog.show_messages(SNAPSHOT, 1, [KeptMessage(Role.USER, 1e9, "Well " + letters * "b")])

    mode = QTextOption.WrapMode
    expected = mode.WrapAnywhere if letters == 2000 else mode.WrapAtWordBoundaryOrAnywhere
    assert dialog._messages.wordWrapMode() is expected


def test_the_keyboard_is_seen_in_the_chats_before_one_is_chosen(dialog):
    dialog.setStyleSheet(style_sheet(LIGHT))

    dialog._chats.setFocus(Qt.FocusReason.TabFocusReason)

    def has_frame(row: int) -> bool:
        place = dialog._chats.visualItemRect(dialog._chats.item(row))
        picture = dialog._chats.viewport().grab(place).toImage()
        return any(picture.pixelColor(x, picture.height() // 2) == LIGHT.accent for x in range(6))

    assert dialog.chosen_chat is None
    assert [has_frame(row) for row in range(3)] == [True, False, False]
