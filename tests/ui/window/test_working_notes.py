"""What is said about an answer while tools work for it and requests are tried again."""

import pytest

from gigadesk.chat import ChatId, MessageId
from gigadesk.errors import NetworkError
from gigadesk.facts import ReplyRetrying, ToolWorking
from gigadesk.ui.pane.working_notes import WorkingNotes
from gigadesk.ui.words.tool_words import working_text

CHAT, MESSAGE, OTHER = ChatId(1), MessageId(7), MessageId(8)


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def notes(qtbot, clock):
    from PySide6.QtCore import QObject

    parent = QObject()
    yield WorkingNotes(parent, clock)
    parent.deleteLater()


@pytest.fixture
def said(notes):
    found = []
    notes.tool_note_changed.connect(lambda *words: found.append(words))
    notes.retry_changed.connect(lambda *words: found.append(words))
    return found


def tool(name, note="", seconds_left=None, message=MESSAGE):
    return ToolWorking(CHAT, message, name, note, seconds_left)


@pytest.mark.parametrize(
    ("name", "note", "seconds_left", "words"),
    [
        ("", "anything", 5, ""),
        ("web_search", "", None, "Searching the web…"),
        ("image_generate", "", 9.6, "Drawing a picture… (about 10 s left)"),
        ("text2image", "", 0.2, "Drawing a picture…"),
        ("text2model3d", "", None, "Making a 3D model…"),
        ("model_3d_generate", "ignored", None, "Making a 3D model…"),
        ("code_interpreter", "", None, "Running code…"),
        ("url_content_extraction", "", None, "Reading web pages…"),
        ("get_file_content", "", None, "Reading the file…"),
        ("something_new", "Погодите", None, "Погодите"),
        ("something_new", "", None, "Using a tool…"),
        ("memory", "", None, "Using a tool…"),
    ],
)
def test_a_tool_at_work_in_words(qapp, name, note, seconds_left, words):
    assert working_text(name, note, seconds_left) == words


def test_a_tool_is_told_kept_and_ended(notes, said):
    notes.tool_works(tool("web_search"))
    assert notes.tool_notes == {MESSAGE: "Searching the web…"}
    notes.tool_works(tool(""))

    assert notes.tool_notes == {}
    assert said == [(MESSAGE, "Searching the web…"), (MESSAGE, "")]


def test_the_time_that_is_left_goes_down(notes, said, clock):
    notes.tool_works(tool("image_generate", seconds_left=10))
    assert notes._tick.isActive()
    clock.now += 4
    notes.say_again()
    assert said[-1] == (MESSAGE, "Drawing a picture… (about 6 s left)")

    clock.now += 60
    notes.say_again()
    assert said[-1] == (MESSAGE, "Drawing a picture…")
    notes.ended(MESSAGE)
    assert not notes._tick.isActive()
    assert said[-1] == (MESSAGE, "")


def test_the_next_try_is_told_until_something_comes(notes, said, clock):
    notes.retries(ReplyRetrying(CHAT, MESSAGE, 3.0, NetworkError()))
    assert said == [(MESSAGE, "No connection to GigaChat. Trying again in {seconds} s…", 3.0)]
    clock.now += 1
    notes.say_again()
    assert said[-1][2] == 2.0

    notes.answer_came(OTHER)
    notes.answer_came(MESSAGE)
    notes.answer_came(MESSAGE)
    assert said[2:] == [(MESSAGE, "", 0.0)]


def test_another_chat_forgets_everything_without_a_word(notes, said):
    notes.tool_works(tool("image_generate", seconds_left=10))
    notes.retries(ReplyRetrying(CHAT, MESSAGE, 3.0, NetworkError()))
    said.clear()
    notes.forget()
    notes.ended(MESSAGE)
    notes.say_again()

    assert said == []
    assert not notes._tick.isActive()
