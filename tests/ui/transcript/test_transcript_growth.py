"""How a running answer is shown: few repaints, none in a hidden window, the same blocks as the whole text."""

import random

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from gigadesk.chat import MessageId, Status
from gigadesk.markdown import parse
from gigadesk.ui.transcript import Transcript
from gigadesk.ui.transcript.messages.rows import RowKey
from tests.ui.transcript.transcript_support import LONG, answer, settle, shown, user

MIXED = (
    "# Title\n\nText with **bold** and `code`.\n\n- one\n- two\n  - three\n\n```python\nprint('x')\n\nx = 1\n```\n\n"
    "| a | b |\n|---|--:|\n| 1 | 2 |\n\n> quote\n\nSetext\n---\n\n1. first\n2. second\n\n[link]: https://example.org\n\n[link]"
)


class PaintCounter(QObject):
    def __init__(self, transcript: Transcript) -> None:
        super().__init__(transcript)
        self.paints = 0
        transcript.viewport().installEventFilter(self)

    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            self.paints += 1
        return False


def texts(transcript: Transcript, message: int) -> list[str]:
    item = transcript.rows.open(message)
    return [part.text for row in range(1, len(item.blocks) + 1) for part in item.box(row).parts]


def test_many_deltas_need_few_repaints(qtbot):
    transcript = shown(qtbot, [answer(1, "", Status.STREAMING)])
    counter = PaintCounter(transcript)

    for _ in range(1000):
        transcript.grow(MessageId(1), "word ")
    qtbot.waitUntil(lambda: transcript.rows.items[0].source_text.count("word") == 1000)
    qtbot.waitUntil(lambda: counter.paints > 0)

    assert counter.paints <= 3


def test_the_first_words_and_the_last_do_not_wait_for_their_time(qtbot):
    transcript = shown(qtbot, [answer(1, "", Status.STREAMING)])
    transcript.set_update_interval(3600)
    item = transcript.rows.items[0]
    transcript.growth.paint_again(RowKey(0, 0))  # as the sign of life does
    transcript.show_pending()

    transcript.grow(MessageId(1), "Hello")
    qtbot.waitUntil(lambda: item.source_text == "Hello")
    transcript.grow(MessageId(1), " world")
    QApplication.processEvents()
    assert item.source_text == "Hello"
    transcript.update_message(answer(1, "Hello world"))

    assert texts(transcript, 0) == ["Hello world"]


def test_the_first_thoughts_do_not_wait_for_their_time(qtbot):
    transcript = shown(qtbot, [answer(1, "", Status.STREAMING)])
    transcript.set_update_interval(3600)
    item = transcript.rows.items[0]
    transcript.growth.paint_again(RowKey(0, 0))
    transcript.show_pending()

    transcript.think(MessageId(1), "Well")

    qtbot.waitUntil(lambda: item.thought is not None)


def test_what_changes_beside_the_text_is_painted_with_it(qtbot):
    transcript = shown(qtbot, [answer(1, "Hello", Status.STREAMING)])
    transcript.set_update_interval(60)
    transcript.grow(MessageId(1), " world")
    transcript.show_pending()
    QApplication.processEvents()
    counter = PaintCounter(transcript)

    transcript.growth.paint_again(RowKey(0, 1))
    QApplication.processEvents()

    assert counter.paints == 0
    transcript.show_pending()
    QApplication.processEvents()
    assert counter.paints == 1


def test_colours_that_come_are_painted_with_the_text(qtbot):
    transcript = shown(qtbot, [answer(1, "```python\nx = 1\n```\n\nHello", Status.STREAMING)])
    transcript.set_update_interval(3600)
    transcript.grow(MessageId(1), " world")
    transcript.show_pending()
    QApplication.processEvents()
    spots = transcript.rows.items[0].box(1).codes
    counter = PaintCounter(transcript)

    qtbot.waitUntil(lambda: transcript.growth.has_colors, timeout=30_000)
    assert spots[0].facts.colors is None
    assert counter.paints == 0
    transcript.show_pending()
    QApplication.processEvents()

    assert spots[0].facts.colors is not None
    assert counter.paints == 1


def test_what_changes_when_no_answer_is_written_is_painted_at_once(qtbot):
    transcript = shown(qtbot, [answer(1, "Hello")])
    transcript.set_update_interval(60)
    counter = PaintCounter(transcript)

    transcript.growth.paint_again(RowKey(0, 1))
    QApplication.processEvents()

    assert counter.paints == 1


def test_a_hidden_window_paints_nothing_and_loses_nothing(qtbot):
    transcript = shown(qtbot, [answer(1, "", Status.STREAMING)])
    counter = PaintCounter(transcript)
    transcript.hide()

    transcript.grow(MessageId(1), "Hello ")
    transcript.grow(MessageId(1), "world")
    qtbot.wait(80)

    assert counter.paints == 0
    assert transcript.rows.items[0].source_text == ""
    transcript.show()
    qtbot.waitUntil(lambda: transcript.rows.items[0].source_text == "Hello world")


def test_any_pieces_show_the_same_as_the_whole(qtbot):
    whole = shown(qtbot, [answer(1, MIXED)])
    random.seed(7)
    for _ in range(5):
        transcript = shown(qtbot, [answer(1, "", Status.STREAMING)])
        place = 0
        while place < len(MIXED):
            size = random.randint(1, 12)
            transcript.grow(MessageId(1), MIXED[place : place + size])
            settle(transcript)
            place += size
        transcript.update_message(answer(1, MIXED))
        settle(transcript)
        assert texts(transcript, 0) == texts(whole, 0)
        assert transcript.rows.items[0].height == whole.rows.items[0].height


def test_finished_blocks_are_not_built_again(qtbot):
    transcript = shown(qtbot, [answer(1, "First.\n\nSecond.\n\nThird", Status.STREAMING)])
    item = transcript.rows.items[0]
    first, second = item.box(1), item.box(2)

    for delta in (" grows", " on.\n\n", "# Fourth\n\n", "Fifth"):
        transcript.grow(MessageId(1), delta)
        settle(transcript)

    assert item.box(1) is first
    assert item.box(2) is second


def test_text_that_comes_below_sight_is_parsed_without_painting(qtbot):
    transcript = shown(qtbot, [answer(1, LONG, Status.STREAMING)])
    transcript.show_offset(0)
    settle(transcript)
    transcript.grow(MessageId(1), "\n\n" + MIXED * 300)
    transcript.show_pending()
    transcript.grab()
    counter = PaintCounter(transcript)
    assert transcript.is_parsing

    qtbot.waitUntil(lambda: not transcript.is_parsing, timeout=30_000)

    assert transcript.rows.items[0].source_text.endswith("[link]")
    assert counter.paints <= 2


def test_an_update_with_text_that_is_still_waiting_shows_it_once(qtbot):
    transcript = shown(qtbot, [answer(1, "", Status.STREAMING)])

    transcript.grow(MessageId(1), "Hello")
    transcript.update_message(answer(1, "Hello", Status.DONE))
    settle(transcript)

    assert texts(transcript, 0) == ["Hello"]


def test_an_old_text_in_an_update_takes_nothing_away(qtbot):
    transcript = shown(qtbot, [answer(1, "", Status.QUEUED)])

    transcript.grow(MessageId(1), "Hello world")
    settle(transcript)
    transcript.update_message(answer(1, "Hello", Status.STREAMING))
    settle(transcript)

    assert texts(transcript, 0) == ["Hello world"]


def test_a_stopped_answer_goes_on_in_the_same_place(qtbot):
    transcript = shown(qtbot, [user(1, "Q"), answer(2, "One two", Status.STREAMING)])

    transcript.update_message(answer(2, "One two", Status.STOPPED))
    transcript.update_message(answer(2, "One two", Status.STREAMING))
    transcript.grow(MessageId(2), " three\n\nfour")
    settle(transcript)

    assert texts(transcript, 1) == ["One two three", "four"]


def test_growth_of_an_unknown_message_is_no_fault(qtbot):
    transcript = shown(qtbot, [user(1, "Q")])

    transcript.grow(MessageId(99), "text")
    transcript.update_message(answer(98, "text"))
    settle(transcript)

    assert len(transcript.rows) == 1


def test_blocks_far_out_of_sight_are_given_back(qtbot):
    transcript = shown(qtbot, [answer(n, LONG) for n in range(1, 120)])

    for _ in range(300):
        transcript.scroll_by(-500)

    boxes = sum(item.body.box_count for item in transcript.rows.items)
    opened = sum(item.is_open for item in transcript.rows.items)
    assert boxes <= 300
    assert opened <= 70


def test_a_message_that_was_given_back_is_as_high_as_before(qtbot):
    transcript = shown(qtbot, [answer(1, MIXED), answer(2, LONG)])
    item = transcript.rows.open(0)
    for row in range(item.row_count):
        item.row_height(row)
    height = item.height

    item.close()
    closed = item.height
    item.open()

    assert (closed, item.height) == (height, height)


def test_the_blocks_are_those_of_the_parser(qtbot):
    transcript = shown(qtbot, [answer(1, MIXED)])

    assert tuple(transcript.rows.items[0].blocks) == parse(MIXED)


def test_colours_do_not_wait_for_a_text_that_never_comes(qtbot):
    transcript = shown(qtbot, [answer(1, "```python\nx = 1\n```\n\nHello", Status.STREAMING)])
    transcript.set_update_interval(3600)
    transcript.grow(MessageId(1), " world")
    transcript.show_pending()
    spots = transcript.rows.items[0].box(1).codes
    qtbot.waitUntil(lambda: transcript.growth.has_colors, timeout=30_000)

    transcript.update_message(answer(1, "```python\nx = 1\n```\n\nHello world"))

    assert spots[0].facts.colors is not None
