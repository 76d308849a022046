"""An answer that is written far from sight: read when it is wanted, with all that has come, and nothing twice."""

from collections.abc import Sequence

import pytest

from gigadesk.chat import MessageId, RawWords, Status
from gigadesk.ui.transcript import MessageView
from gigadesk.ui.transcript.find.places import joined, raw
from gigadesk.ui.transcript.messages.rows import KEPT_MESSAGES
from tests.ui.transcript.transcript_support import CHAT, answer, settle, shown, user

COUNT = 400
FAR = 101
"""Index of the answer that is being written."""
ANSWER = MessageId(FAR + 1)


class Library:
    """A source that gives each message as it is by then."""

    is_renewable = True

    def __init__(self) -> None:
        self.written = "One"

    def __len__(self) -> int:
        return COUNT

    def view(self, index: int) -> MessageView:
        if index == FAR:
            return answer(index + 1, self.written, Status.STREAMING)
        return (answer if index % 2 else user)(index + 1, f"This is number {index}.")

    def index_of(self, message_id: MessageId) -> int | None:
        return message_id - 1 if 0 < message_id <= COUNT else None

    def lengths(self, first: int, count: int) -> Sequence[int]:
        return [20] * count

    def words(self, first: int, count: int) -> RawWords:
        return joined([raw(self.view(index).message.text) for index in range(first, first + count)])


@pytest.fixture
def library() -> Library:
    return Library()


@pytest.fixture
def transcript(qtbot, library):
    transcript = shown(qtbot)
    transcript.show_chat(CHAT, library)
    settle(transcript)
    transcript.set_update_interval(3600)
    return transcript


def write(transcript, library, text: str) -> None:
    """As conversations do it: the text has it when it is told."""
    library.written += text
    transcript.grow(ANSWER, text)


def test_text_that_waits_is_not_shown_twice_when_its_message_is_first_read(transcript, library):
    write(transcript, library, " two")

    transcript.walk.go_to(FAR)
    settle(transcript)

    assert transcript.rows.items[FAR].source_text == "One two"


def test_text_that_comes_after_its_message_was_read_is_added(transcript, library):
    write(transcript, library, " two")
    transcript.walk.go_to(FAR)
    write(transcript, library, " three")
    settle(transcript)

    assert transcript.rows.items[FAR].source_text == "One two three"


def test_far_from_sight_nothing_is_read_for_it(transcript, library):
    for _ in range(3):
        write(transcript, library, " more")
        transcript.show_pending()

    assert transcript.rows.items.existing(FAR) is None


def test_what_comes_far_from_sight_is_found(qtbot, transcript, library):
    transcript.finder.search("seventeen")
    qtbot.waitUntil(lambda: transcript.finder.is_settled)
    assert transcript.finder.count == 0

    write(transcript, library, " and seventeen")

    qtbot.waitUntil(lambda: transcript.finder.count == 1)


def test_an_answer_out_of_sight_is_kept_while_it_is_written_and_given_back_then(transcript, library):
    transcript.walk.go_to(FAR)
    settle(transcript)
    look_at_others(transcript)
    assert transcript.rows.is_open(FAR)

    write(transcript, library, " two")
    transcript.update_message(answer(ANSWER, "One two"))
    look_at_others(transcript)

    assert not transcript.rows.is_open(FAR)


def look_at_others(transcript) -> None:
    for index in range(COUNT - KEPT_MESSAGES - 20, COUNT):
        transcript.rows.open(index)
    transcript.rows.tidy()
