"""All that is told about a message, and nothing about what is not known."""

from dataclasses import replace

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton, QScrollArea, QWidget

from gigadesk.chat import ChatFile, ChatId, FileId, FileKind, FileState, Message, MessageId, Role, Source, Status, Usage
from gigadesk.errors import ContentRefusedError
from gigadesk.ui.pane.message_details import MessageDetails, details_of, show_details

BARE = Message(MessageId(7), ChatId(1), None, Role.ASSISTANT, "Answer", Status.DONE, 1_700_000_000.0)
FILE = ChatFile(FileId(1), ChatId(1), "a.png", FileKind.IMAGE, "image/png", 2048, FileState.FAILED)


def told(message: Message, account: str = "", session_id: str = "") -> dict[str, str]:
    return dict(details_of(message, account, session_id))


def test_what_is_not_known_is_left_out(qapp):
    assert list(told(BARE)) == ["Author", "Created", "State", "Characters", "Number"]


@pytest.mark.parametrize(
    ("change", "name", "value"),
    [
        ({"model": "GigaChat-2"}, "Model", "GigaChat-2"),
        ({"usage": Usage(10, 20, 31)}, "Tokens together", "31"),
        ({"usage": Usage(10, 20, 31, 5)}, "Of these from the cache", "5"),
        ({"seconds": 2.0}, "Speed", "3 characters/s"),
        ({"finish_reason": "length"}, "Reason for the end", "length"),
        ({"status": Status.STOPPED}, "State", "stopped"),
        ({"files": (FILE,)}, "Files", "a.png, 2.00 KiB (failed)"),
        ({"sources": (Source(1, "https://a.example", "A"),)}, "Sources", "1. https://a.example"),
        ({"state_id": "s-1"}, "Note of the tools", "s-1"),
        ({"role": Role.USER}, "Author", "You"),
    ],
)
def test_what_is_known_is_told(qapp, change, name, value):
    found = told(replace(BARE, **change))[name]

    assert found == value or found.replace("kB", "KiB").startswith("a.png")


def test_account_session_and_error_are_told(qapp):
    found = told(replace(BARE, error=ContentRefusedError(), status=Status.FAILED), "Work", "session-1")

    assert (found["Account"], found["Session"]) == ("Work", "session-1")
    assert found["Error"]


def test_all_is_copied_and_another_message_takes_the_place(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    show_details(window, BARE, "", "")
    show_details(window, replace(BARE, model="<b>M</b>"), "", "")
    shown = [dialog for dialog in window.findChildren(MessageDetails) if dialog.isVisible()]
    assert len(shown) == 1

    next(each for each in shown[0].findChildren(QPushButton) if each.text() == "Copy all").click()

    assert "Model: <b>M</b>" in QGuiApplication.clipboard().text()
    shown[0].close()


def test_a_few_rows_are_shown_whole(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    long = "воскресенье, 29 ноября 2026 г., 09:01:25 (UTC) и ещё"
    details = MessageDetails(window, [("Создано", long), *((f"Имя поля {number}", "1") for number in range(8))])
    details.show()
    qtbot.waitExposed(details)

    bar = details.findChild(QScrollArea).verticalScrollBar()
    qtbot.waitUntil(lambda: details.findChild(QScrollArea).widget().height() > 100)

    assert bar.maximum() == 0
    details.close()
