"""The page that tells the keys: by subject, in columns, filtered by what is typed."""

import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from gigadesk.ui.shortcuts import Shortcut, Subject, about, native_keys
from gigadesk.ui.shortcuts_dialog import ShortcutsDialog, show_shortcuts
from gigadesk.ui.widgets.labels import PlainLabel

SHORTCUTS = (
    Shortcut(("Ctrl+B",), "Show or hide the sidebar"),
    *about(Subject.WRITING, Shortcut(("Return",), "Send the message"), Shortcut(("Alt+1", "Alt+2"), "Tools")),
    *about(Subject.READING, *(Shortcut((f"Ctrl+{each}",), f"Go to place {each}") for each in range(9))),
    *about(Subject.CHATS, Shortcut(("Ctrl+N",), "Новый чёрный чат")),
)


@pytest.fixture
def dialog(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)  # the page itself is gone when it is closed
    dialog = ShortcutsDialog(SHORTCUTS, parent)
    dialog.resize(1200, 600)
    dialog.show()
    qtbot.waitExposed(dialog)
    yield dialog
    parent.close()


def texts(dialog):
    """What is shown, by its place: down the columns."""
    labels = [label for label in dialog.sections.findChildren(PlainLabel) if label.isVisibleTo(dialog)]
    places = [(label.mapTo(dialog, label.rect().topLeft()), label.text()) for label in labels]
    return [text for _, text in sorted(places, key=lambda each: (each[0].x(), each[0].y()))]


def lefts(dialog):
    return {section.x() for section in dialog.sections.children() if section.isVisibleTo(dialog)}


def test_every_key_is_told_once_under_its_subject(dialog):
    shown = texts(dialog)

    for shortcut in SHORTCUTS:
        assert shown.count(shortcut.words) == 1
    dialog.resize(420, 600)
    order = texts(dialog)
    titles = [text for text in order if text in {"Writing", "Reading", "Chats", "Window and program"}]
    assert titles == ["Writing", "Reading", "Chats", "Window and program"]
    assert order.index("Writing") < order.index("Send the message") < order.index("Reading")


def test_there_are_as_many_columns_as_there_is_room_for(qtbot, dialog):
    assert len(lefts(dialog)) == 3

    dialog.resize(420, 600)

    qtbot.waitUntil(lambda: len(lefts(dialog)) == 1)
    right = max(child.geometry().right() for child in dialog.sections.children())
    assert right <= dialog.sections.width()


@pytest.mark.parametrize(
    ("typed", "found"),
    [("place 3", ["Go to place 3"]), ("ctrl+n", ["Новый чёрный чат"]), ("черн", ["Новый чёрный чат"])],
    ids=["words", "keys", "without the dots"],
)
def test_typing_filters_by_words_and_keys(dialog, typed, found):
    dialog.filter.setText(typed)

    assert [text for text in texts(dialog) if text in {each.words for each in SHORTCUTS}] == found


def test_the_name_of_a_subject_finds_all_of_it(dialog):
    dialog.filter.setText("reading")

    assert sum(text.startswith("Go to place") for text in texts(dialog)) == 9


def test_nothing_found_is_said_and_escape_empties_the_filter_first(dialog):
    QTest.keyClicks(dialog.filter, "zzz")
    assert texts(dialog) == []
    assert any("No shortcut" in label.text() for label in dialog.findChildren(PlainLabel) if label.isVisible())

    QTest.keyClick(dialog.filter, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert "Tools" in texts(dialog)
    QTest.keyClick(dialog.filter, Qt.Key.Key_Escape)

    assert not dialog.isVisible()


def test_arrows_scroll_while_the_hands_are_in_the_filter(qtbot, dialog):
    dialog.resize(420, 300)
    bar = dialog._area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)

    QTest.keyClick(dialog.filter, Qt.Key.Key_PageDown)

    assert bar.value() > 0


def test_it_is_opened_once(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    for _ in range(2):
        show_shortcuts(parent, SHORTCUTS)

    assert len(parent.findChildren(ShortcutsDialog)) == 1


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS draws keys as signs")
def test_the_key_that_sends_has_one_name(dialog):
    assert "Enter" in texts(dialog)
    assert native_keys("Ctrl+Shift+Return") == "Ctrl+Shift+Enter"
