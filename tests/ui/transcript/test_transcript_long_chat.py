"""A chat of very many messages: only what comes near sight is read and laid out."""

from collections.abc import Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from gigadesk.chat import MessageId, RawWords, Status
from gigadesk.ui.transcript import MessageView
from gigadesk.ui.transcript.find.places import joined, raw
from gigadesk.ui.transcript.messages.message_items import KEPT_ITEMS
from gigadesk.ui.transcript.messages.rows import MEASURED_MESSAGES
from tests.ui.transcript.transcript_support import CHAT, answer, selected_text, settle, shown, top_line, user

COUNT = 100_000


class Library:
    """A source that makes each message when it is asked for it, and notes which were."""

    is_renewable = True

    def __init__(self, count: int = COUNT) -> None:
        self.count = count
        self.read: list[int] = []
        self.measured: set[int] = set()

    def __len__(self) -> int:
        return self.count

    def view(self, index: int) -> MessageView:
        self.read.append(index)
        return (answer if index % 2 else user)(index + 1, self.text(index))

    def index_of(self, message_id: MessageId) -> int | None:
        return message_id - 1 if 0 < message_id <= self.count else None

    def lengths(self, first: int, count: int) -> Sequence[int]:
        self.measured.update(range(first, first + count))
        return [len(self.text(index)) for index in range(first, first + count)]

    def words(self, first: int, count: int) -> RawWords:
        return joined([raw(self.text(index), is_user=not index % 2) for index in range(first, first + count)])

    @staticmethod
    def text(index: int) -> str:
        return f"This is number {index}. " + "Some more words. " * (index % 50)


@pytest.fixture
def library() -> Library:
    return Library()


@pytest.fixture
def transcript(qtbot, library):
    transcript = shown(qtbot)
    transcript.show_chat(CHAT, library)
    settle(transcript)
    return transcript


def test_opening_reads_the_last_messages_only(transcript, library):
    assert transcript.arranger.is_at_end
    assert len(set(library.read)) < 60
    assert min(library.read) > COUNT - 60


def test_the_beginning_and_the_middle_are_reached_without_what_lies_between(transcript, library):
    bar = transcript.verticalScrollBar()
    QTest.keyClick(transcript, Qt.Key.Key_Home)
    settle(transcript)
    assert "number 0." in top_line(transcript)[0]

    bar.setSliderDown(True)
    bar.setValue(bar.maximum() // 2)
    settle(transcript)
    bar.setSliderDown(False)
    key = transcript.arranger.placed[0].key
    assert COUNT * 0.4 < key.message < COUNT * 0.6

    QTest.keyClick(transcript, Qt.Key.Key_End)
    settle(transcript)
    assert transcript.arranger.is_at_end
    assert len(set(library.read)) < 200


def test_a_message_out_of_sight_can_change_and_be_walked_to(transcript, library):
    transcript.update_message(answer(5_002, "Another text.", Status.STOPPED))
    transcript.walk.go_to(5_001)
    settle(transcript)

    assert "Another text." in transcript.rows.items[5_001].source_text
    assert 5_001 in transcript.walk.in_sight()


def test_messages_added_stand_behind_those_of_the_source(transcript, library):
    transcript.add_message(user(COUNT + 7, "Mine"))
    transcript.add_message(answer(COUNT + 8, "", Status.STREAMING))
    transcript.grow(MessageId(COUNT + 8), "Its answer")
    settle(transcript)

    assert transcript.rows.index_of(MessageId(COUNT + 8)) == COUNT + 1
    assert transcript.rows.items.words(COUNT - 1, 9) == joined(
        [raw(library.text(COUNT - 1)), raw("Mine", is_user=True), raw("Its answer")]
    )


def test_all_of_it_can_be_selected_and_copied(qtbot):
    library = Library(3 * KEPT_ITEMS // 2)
    transcript = shown(qtbot)
    transcript.show_chat(CHAT, library)
    transcript.select_all()

    text = selected_text(transcript)

    assert [line.split(".")[0] for line in text.splitlines() if line.startswith("This")] == [
        f"This is number {index}" for index in range(len(library))
    ]


def test_going_through_all_of_it_keeps_few(qtbot):
    library = Library(3 * KEPT_ITEMS)
    transcript = shown(qtbot)
    transcript.show_chat(CHAT, library)

    for index in range(len(library)):
        transcript.rows.open(index)
        transcript.rows.tidy()

    assert len(transcript.known_messages()) <= KEPT_ITEMS


def test_the_bar_learns_the_lengths_while_the_text_stays(qtbot):
    library = Library(MEASURED_MESSAGES * 3)
    transcript = shown(qtbot)
    transcript.show_chat(CHAT, library)
    settle(transcript)
    transcript.scroll_by(-3_000)
    settle(transcript)
    before = top_line(transcript)
    assert not transcript.rows.is_measured

    qtbot.waitUntil(lambda: transcript.rows.is_measured)
    settle(transcript)

    assert library.measured == set(range(len(library)))
    assert top_line(transcript) == before


def test_where_one_was_is_found_again(transcript, library):
    transcript.walk.go_to(70_000)
    settle(transcript)
    before = top_line(transcript)

    transcript.show_chat(CHAT, Library())
    settle(transcript)

    assert top_line(transcript) == before
