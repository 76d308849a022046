"""What will be scrolled to next is made ready before, a little at a time; it looks as if it had been made at once."""

import itertools

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest

from gigadesk.chat import Status
from gigadesk.ui.transcript import ahead
from gigadesk.ui.transcript.messages.parsed_text import PARSED_AT_ONCE_CHARS
from gigadesk.ui.transcript.messages.rows import RowKey
from tests.ui.transcript.transcript_support import CHAT, LONG, answer, settle, shown, user

TEXT = (
    LONG[:1200]
    + "\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n[late]\n\n```\ncode\n```\n\n- one\n- two\n\n[late]: https://x.y\n"
)
VIEWS = [
    view
    for number in range(1, 60, 2)
    for view in (user(number, "Question"), answer(number + 1, TEXT if number % 4 == 1 else "Short"))
]


def opened(transcript) -> set[int]:
    return {index for index in range(len(transcript.rows)) if transcript.rows.is_open(index)}


def in_sight(transcript) -> set[int]:
    return {placed.key.message for placed in transcript.arranged().placed}


def wait(qtbot, transcript) -> None:
    """Until all is ready that shall be."""
    qtbot.waitUntil(lambda: not transcript.scrolling.ahead.is_busy)


@pytest.fixture
def small_slices(monkeypatch):
    """Each slice is over with its first step."""
    monkeypatch.setattr(ahead, "SLICE_S", 0.0)


def test_the_page_above_is_ready_soon_after_a_chat_was_opened(qtbot):
    transcript = shown(qtbot, VIEWS)
    first = min(in_sight(transcript))

    wait(qtbot, transcript)
    item = transcript.rows.items[first - 1]
    assert all(item.has_box(row) for row in range(item.row_count))

    assert min(opened(transcript)) > first - 8  # and no more than that


@pytest.mark.parametrize("key", [Qt.Key.Key_Up, Qt.Key.Key_Down])
def test_a_step_makes_ready_what_lies_in_its_direction(qtbot, key):
    transcript = shown(qtbot, VIEWS)
    transcript.show_offset(transcript.rows.top_of(RowKey(30, 0)))
    settle(transcript)
    before, sight = opened(transcript), in_sight(transcript)

    QTest.keyClick(transcript, key)
    wait(qtbot, transcript)

    made = opened(transcript) - before - sight
    assert made
    assert all(index < min(sight) if key == Qt.Key.Key_Up else index > max(sight) for index in made)


@pytest.mark.usefixtures("small_slices")
def test_no_slice_opens_two_messages(qtbot):
    transcript = shown(qtbot, [answer(number, "Short") for number in range(1, 60)])
    transcript.show_offset(transcript.rows.top_of(RowKey(30, 0)))
    settle(transcript)
    QTest.keyClick(transcript, Qt.Key.Key_Up)
    sizes = [len(opened(transcript))]

    while transcript.scrolling.ahead.is_busy:
        QCoreApplication.processEvents()
        sizes.append(len(opened(transcript)))

    assert sizes[-1] >= sizes[0] + 2
    assert max(after - now for now, after in itertools.pairwise(sizes)) == 1


@pytest.mark.usefixtures("small_slices")
@pytest.mark.parametrize("steps", [0, 1, 2, 3, 100])
def test_a_message_that_was_prepared_is_the_same_as_one_opened_at_once(qtbot, steps):
    transcript = shown(qtbot, [answer(1, TEXT), answer(2, TEXT), *VIEWS[2:]])
    item, at_once = transcript.rows.items[0], transcript.rows.items[1]

    prepared = [item.prepare(0.0) for _ in range(steps)]
    for each in (item, at_once):
        each.open()
        while each.has_unparsed_text:  # the machine is busy
            each.parse_more()

    assert list(item.blocks) == list(at_once.blocks)
    assert steps < 100 or prepared[-1]


def test_a_message_that_changed_while_it_was_prepared_shows_its_new_text(qtbot):
    transcript = shown(qtbot, [answer(1, TEXT), *VIEWS[1:]])
    transcript.rows.items[0].prepare(0.0)

    transcript.update_message(answer(1, "Other words"))
    transcript.rows.open(0)

    assert transcript.rows.items[0].source_text == "Other words"
    assert len(transcript.rows.items[0].blocks) == 1


def go_below(transcript, message, distance):
    """So many pixels below the top of a message, whatever font there is."""
    transcript.scrolling.show_message(message, at_top=True)
    transcript.scroll_by(distance)
    settle(transcript)


def test_what_cannot_be_parsed_at_once_is_not_prepared(qtbot):
    long = answer(1, LONG * (PARSED_AT_ONCE_CHARS // len(LONG) + 1))
    transcript = shown(qtbot, [long, user(2, "Question"), answer(3, LONG)])
    go_below(transcript, 2, 400)

    QTest.keyClick(transcript, Qt.Key.Key_Up)
    wait(qtbot, transcript)

    assert not transcript.rows.is_open(0)


def test_nothing_moves_under_the_hand_that_drags_the_bar(qtbot):
    transcript = shown(qtbot, VIEWS)
    bar = transcript.verticalScrollBar()
    bar.setSliderDown(True)
    bar.setValue(bar.maximum() // 2)
    settle(transcript)
    before = opened(transcript)

    assert not transcript.scrolling.ahead.is_busy
    assert opened(transcript) == before
    bar.setSliderDown(False)


def test_an_answer_that_is_being_written_is_left_alone(qtbot):
    running = answer(2, "So far", Status.STREAMING)
    transcript = shown(qtbot, [user(1, "Q"), running, user(3, "Q"), answer(4, LONG)])
    go_below(transcript, 3, 300)

    QTest.keyClick(transcript, Qt.Key.Key_Up)
    wait(qtbot, transcript)

    assert not transcript.rows.is_open(1)


def test_a_chat_that_was_left_is_not_made_ready(qtbot):
    transcript = shown(qtbot, VIEWS)
    transcript.scroll_by(-300)
    transcript.show_chat(CHAT, [])

    wait(qtbot, transcript)

    assert len(transcript.rows) == 0


def test_code_made_ready_out_of_sight_gets_its_colours(qtbot):
    code = "```python\nimport this\n```\n\n" + "\n\n".join(["Text"] * 40)
    transcript = shown(qtbot, [answer(1, code)])
    wait(qtbot, transcript)
    box = transcript.rows.items[0].box(1)
    assert min(placed.key for placed in transcript.arranged().placed) > RowKey(0, 1)

    qtbot.waitUntil(lambda: box.codes[0].facts.colors is not None, timeout=20_000)

    assert box.codes[0].facts.colors.runs
    assert transcript.rows.items[0].box(1) is box
