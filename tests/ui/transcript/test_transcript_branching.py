"""Another branch of the shown chat: the reader stays where both branches have the same."""

import pytest
from PySide6.QtCore import QCoreApplication

from gigadesk.chat import Status
from gigadesk.ui.transcript.messages.rows import RowKey
from tests.ui.transcript.transcript_support import CHAT, answer, settle, shown, top_line, user

LONG = "".join(f"Paragraph {number} of an answer with *some* words in it.\n\n" for number in range(700))
"""Takes much longer to be parsed than a branch may take to be shown."""


def branch(text: str = LONG, status: Status = Status.DONE, last: int = 4, **extra):
    return [user(1, "Q"), answer(2, text, status, **extra), user(3, "And then?"), answer(last, f"Version {last}")]


@pytest.fixture
def transcript(qtbot):
    transcript = shown(qtbot, branch())
    transcript.show_offset(0)
    while transcript.is_parsing:
        QCoreApplication.processEvents()
    last = transcript.rows.items[1].row_count - 1
    transcript.scroll_to_end()
    transcript.scroll_by(-900)
    settle(transcript)
    assert transcript.arranger.anchor.key.message == 1
    assert transcript.arranger.anchor.key.row > last - 60
    return transcript


def place(transcript) -> tuple[RowKey, float]:
    anchor = transcript.arranged().anchor
    return anchor.key, anchor.offset


def test_the_end_of_a_very_long_answer_stays_in_sight(transcript):
    before, line = place(transcript), top_line(transcript)

    transcript.show_chat(CHAT, branch(last=5))
    settle(transcript)

    assert (place(transcript), top_line(transcript)) == (before, line)
    assert not transcript.is_parsing
    assert transcript.rows.items[3].source_text == "Version 5"


def test_the_message_in_sight_is_shown_as_it_is_in_the_other_branch(transcript):
    transcript.show_chat(CHAT, branch(LONG + "The end.", last=5, siblings=(2, 6)))
    settle(transcript)

    item = transcript.rows.items[1]
    assert item.source_text.endswith("The end.")
    assert item.view.siblings == (2, 6)


def test_what_is_to_be_shown_as_plain_text_is_made_anew(transcript):
    transcript.show_chat(CHAT, branch(last=5, is_plain=True))
    settle(transcript)

    assert "with *some* words" in "".join(part.text for part in transcript.rows.open(1).box(1).parts)


def test_it_can_be_scrolled_up_and_down_as_before(transcript):
    transcript.show_chat(CHAT, branch(last=5))
    before = place(transcript)

    transcript.scroll_by(-2_000)
    settle(transcript)
    transcript.scroll_by(2_000)
    settle(transcript)

    assert place(transcript) == before


def test_an_answer_that_is_being_written_goes_on_in_the_other_branch(qtbot):
    text = LONG[:5_000]
    transcript = shown(qtbot, [user(1, "Q"), answer(2, text, Status.STREAMING)])
    transcript.grow(2, "More. ")

    transcript.show_chat(CHAT, [user(1, "Q"), answer(2, text + "More. ", Status.STREAMING)])
    transcript.grow(2, "The end.")
    settle(transcript)

    assert transcript.rows.items[1].source_text == text + "More. The end."
