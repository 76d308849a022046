"""What the mouse selects: by grains, in every corner, beyond the edges, and while an answer grows."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from gigadesk.chat import MessageId, Status
from tests.ui.transcript.transcript_support import (
    LONG,
    answer,
    click,
    drag,
    move,
    point_of,
    selected_text,
    settle,
    shown,
    user,
)

LEFT = Qt.MouseButton.LeftButton
PLAIN = Qt.KeyboardModifier.NoModifier
WIDE = "wide = " + " + ".join(f"number_{n}" for n in range(60))


def shown_whole(qtbot, views, **size):
    """Long texts are read in slices: wait for all of them."""
    transcript = shown(qtbot, views, **size)
    qtbot.waitUntil(lambda: not transcript.is_parsing, timeout=20_000)
    settle(transcript)
    return transcript


def press(transcript, point):
    QTest.mousePress(transcript.viewport(), LEFT, PLAIN, point)


def release(transcript, point):
    QTest.mouseRelease(transcript.viewport(), LEFT, PLAIN, point)


def double_click(transcript, point):
    QTest.mouseDClick(transcript.viewport(), LEFT, PLAIN, point)


@pytest.mark.parametrize(
    ("source", "at", "offset", "selected"),
    [
        ("- one item\n- *two* items", "items", 1, "two items"),
        ("> quoted words\n>\n> more", "quoted", 1, "quoted words"),
        ("| a | b |\n|---|---|\n| first cell | x |", "first", 1, "first cell"),
        ("```\none line\nother line\n```", "line", 1, "one line"),
        ("- item\n\n  ```\n  one line\n  other line\n  ```", "other", 1, "other line"),
        ("# Head line\n\ntext", "Head", 1, "Head line"),
        ("two\\\nlines", "two", 1, "two\nlines"),
    ],
    ids=["list", "quote", "table", "code", "code in a list", "heading", "hard break"],
)
def test_a_third_click_selects_a_paragraph_or_a_line_of_code(qtbot, source, at, offset, selected):
    transcript = shown(qtbot, [answer(1, source)])
    point = point_of(transcript, at, offset)

    double_click(transcript, point)
    click(transcript, point)

    assert selected_text(transcript) == selected


def test_a_third_click_selects_a_line_of_the_users_text(qtbot):
    transcript = shown(qtbot, [user(1, "first line\nsecond line")])
    point = point_of(transcript, "second", 1)

    double_click(transcript, point)
    click(transcript, point)

    assert selected_text(transcript) == "second line"


def test_a_third_click_selects_all_of_a_paragraph_that_is_laid_out_in_pieces(qtbot):
    text = "word " * 3000
    transcript = shown_whole(qtbot, [answer(1, text)])
    transcript.show_offset(0)
    settle(transcript)
    point = QPoint(200, 300)

    double_click(transcript, point)
    click(transcript, point)

    assert selected_text(transcript) == text.strip()


def test_the_right_half_of_a_letter_belongs_to_its_word(qtbot):
    transcript = shown(qtbot, [answer(1, "www and more")])
    point = point_of(transcript, "www", 3) - QPoint(2, 0)

    double_click(transcript, point)

    assert selected_text(transcript) == "www"


def test_a_drag_after_a_double_click_goes_on_by_words(qtbot):
    transcript = shown(qtbot, [answer(1, "one two three four five")])

    double_click(transcript, point_of(transcript, "three", 2))
    move(transcript, point_of(transcript, "four", 2), LEFT)
    forwards = transcript.selected_markdown()
    move(transcript, point_of(transcript, "two", 1), LEFT)
    release(transcript, point_of(transcript, "two", 1))

    assert forwards == "three four"
    assert selected_text(transcript) == "two three"


def test_a_drag_after_a_third_click_goes_on_by_paragraphs(qtbot):
    transcript = shown(qtbot, [answer(1, "First paragraph.\n\nSecond one.\n\nThird one.")])
    point = point_of(transcript, "Second", 2)

    double_click(transcript, point)
    press(transcript, point)
    move(transcript, point_of(transcript, "paragraph", 2), LEFT)
    release(transcript, point)

    assert selected_text(transcript) == "First paragraph.\n\nSecond one."


def test_marks_and_joined_pictures_are_never_cut(qtbot):
    text = "e\u0301e\u0301 👨\u200d👩\u200d👧 🇷🇺 x"
    transcript = shown(qtbot, [answer(1, text)])
    start, end = point_of(transcript, "e\u0301"), point_of(transcript, "x")
    whole = {"e\u0301", "👨\u200d👩\u200d👧", "🇷🇺", " "}

    found = set()
    for x in range(start.x(), end.x(), 3):
        drag(transcript, start, QPoint(x, start.y()))
        found.add(transcript.selected_markdown())
        click(transcript, end + QPoint(0, 200))

    assert len(found) >= 5
    for part in found:
        rest = part
        while rest:
            head = next((each for each in whole if rest.startswith(each)), None)
            assert head is not None, part
            rest = rest[len(head) :]


def test_letters_are_hit_where_they_stand_in_mixed_directions(qtbot):
    text = "abc שלום עולם def"
    transcript = shown(qtbot, [answer(1, text)])

    for word in ("abc", "שלום", "עולם", "def"):
        double_click(transcript, point_of(transcript, word, 1))
        assert selected_text(transcript) == word
        # The light lies on the word, and on nothing else.
        for other in ("abc", "שלום", "עולם", "def"):
            place = QPointF(point_of(transcript, other, 1)) + QPointF(0.5, 0)
            assert transcript.zones.is_selected(place) == (other == word)


def test_a_table_is_selected_cell_by_cell_in_reading_order(qtbot):
    transcript = shown(qtbot, [answer(1, "| a | b |\n|---|---|\n| cell one | cell two |\n| cell three | cell four |")])

    drag(transcript, point_of(transcript, "cell two", 5), point_of(transcript, "cell three", 4))

    assert selected_text(transcript) == "\ttwo\ncell\t"


@pytest.mark.parametrize("side", [-60, 760])
def test_code_in_a_list_is_hit_beside_its_lines(qtbot, side):
    transcript = shown(qtbot, [answer(1, "- words before\n\n  ```\n  one\n  two\n  ```\n\n  words behind")])
    start = point_of(transcript, "words before")
    end = QPoint(point_of(transcript, "one").x() + side, point_of(transcript, "two").y())

    drag(transcript, start, end)

    text = selected_text(transcript)
    assert "one" in text
    assert ("two" in text) == (side > 0)
    assert "behind" not in text


def test_the_empty_rest_of_a_line_selects_to_its_end(qtbot):
    transcript = shown(qtbot, [answer(1, "short line\n\nother")])
    start = point_of(transcript, "short", 2)

    drag(transcript, start, QPoint(780, start.y()))

    assert selected_text(transcript) == "ort line"


def test_above_the_first_and_below_the_last_message_all_is_selected(qtbot):
    transcript = shown(qtbot, [user(1, "Question"), answer(2, "Answer in words.")], height=700)
    middle = point_of(transcript, "Answer", 3)

    drag(transcript, middle, QPoint(middle.x(), 1))
    above = transcript.selected_markdown()
    click(transcript, QPoint(400, 600))
    drag(transcript, middle, QPoint(middle.x(), 690))

    assert above.startswith("Question") or "Question" in above
    assert above.endswith("Ans")
    assert transcript.selected_markdown() == "wer in words."


def test_a_click_into_a_selection_takes_it_away_when_it_is_released(qtbot):
    transcript = shown(qtbot, [answer(1, "One two three four.")])
    drag(transcript, point_of(transcript, "One"), point_of(transcript, "four"))
    point = point_of(transcript, "two", 1)

    press(transcript, point)
    while_pressed = transcript.has_selection()
    release(transcript, point)

    assert while_pressed
    assert not transcript.has_selection()


def test_shift_and_a_click_go_on_from_a_click_in_a_selection(qtbot):
    transcript = shown(qtbot, [answer(1, "One two three four.")])
    drag(transcript, point_of(transcript, "One"), point_of(transcript, "four"))

    click(transcript, point_of(transcript, "two"))
    click(transcript, point_of(transcript, "four"), Qt.KeyboardModifier.ShiftModifier)

    assert selected_text(transcript) == "two three "


def test_dragging_from_beside_the_selected_text_selects_anew(qtbot):
    transcript = shown(qtbot, [answer(1, "Some words here.")])
    drag(transcript, point_of(transcript, "Some"), point_of(transcript, "words"))

    drag(transcript, point_of(transcript, "here"), point_of(transcript, "here", 4))

    assert selected_text(transcript) == "here"


def test_the_view_scrolls_faster_the_farther_the_pointer_is_beyond(qtbot):
    transcript = shown_whole(qtbot, [answer(1, LONG)])
    distances = []
    for beyond in (10, 200):
        transcript.show_offset(0)
        settle(transcript)
        start = point_of(transcript, "number 0")
        press(transcript, start)
        move(transcript, QPoint(start.x(), transcript.viewport().height() + beyond), LEFT)
        selecting = transcript.pointer.selecting
        before = transcript.arranger.offset()
        selecting._on_autoscroll()
        distances.append(transcript.arranger.offset() - before)
        release(transcript, start)

    assert 0 < distances[0] < distances[1] / 3


def test_a_drag_beside_wide_code_scrolls_it_sideways(qtbot):
    transcript = shown(qtbot, [answer(1, f"before\n\n```\n{WIDE}\n```")], width=500)
    start = point_of(transcript, "wide")
    beside = QPoint(495, start.y())

    press(transcript, start)
    move(transcript, beside, LEFT)
    qtbot.waitUntil(lambda: WIDE in transcript.selected_markdown(), timeout=20_000)
    move(transcript, QPoint(2, start.y()), LEFT)
    qtbot.waitUntil(lambda: transcript.rows.items[0].scrolls(2) == [0.0], timeout=20_000)
    release(transcript, start)

    assert point_of(transcript, "wide") == start


def test_a_drag_past_wide_code_leaves_it_where_it_is(qtbot):
    transcript = shown(qtbot, [answer(1, f"before\n\n```\n{WIDE}\n```")], width=500)

    press(transcript, point_of(transcript, "before"))
    move(transcript, QPoint(495, point_of(transcript, "wide").y()), LEFT)

    assert not transcript.pointer.selecting._autoscroll.isActive()
    release(transcript, QPoint(495, 100))


def test_a_growing_answer_does_not_move_the_text_under_a_drag(qtbot):
    transcript = shown_whole(qtbot, [answer(1, LONG, Status.STREAMING)])
    transcript.scroll_to_end()
    settle(transcript)
    start, end = point_of(transcript, "number 57"), point_of(transcript, "number 58")

    press(transcript, start)
    move(transcript, end, LEFT)
    for number in range(60, 100):
        transcript.grow(MessageId(1), f"\n\nParagraph number {number}.")
        settle(transcript)
    during = point_of(transcript, "number 57")
    release(transcript, end)
    transcript.grow(MessageId(1), "\n\nAnd more.")
    settle(transcript)

    assert during == start
    assert point_of(transcript, "number 57") == start
    assert selected_text(transcript).startswith("number 57")
    assert selected_text(transcript).endswith("Paragraph ")


def test_a_mere_click_does_not_end_following(qtbot):
    transcript = shown_whole(qtbot, [answer(1, LONG, Status.STREAMING)])
    transcript.scroll_to_end()
    settle(transcript)
    point = point_of(transcript, "number 57")

    press(transcript, point)
    transcript.grow(MessageId(1), "\n\nOne.\n\nTwo.\n\nThree.")
    settle(transcript)
    release(transcript, point)
    transcript.grow(MessageId(1), "\n\nFour.\n\nFive.")
    settle(transcript)

    assert transcript.arranger.is_at_end


def test_a_selection_to_the_end_of_a_growing_answer_does_not_grow(qtbot):
    transcript = shown(qtbot, [answer(1, "All that there is", Status.STREAMING)])

    drag(transcript, point_of(transcript, "All"), QPoint(700, 580))
    transcript.grow(MessageId(1), " and more")
    settle(transcript)

    assert selected_text(transcript) == "All that there is"


def test_leave_event_is_no_release(qtbot):
    transcript = shown(qtbot, [answer(1, "One two three.")])

    press(transcript, point_of(transcript, "One"))
    move(transcript, point_of(transcript, "two"), LEFT)
    transcript.viewport().event(QEvent(QEvent.Type.Leave))
    move(transcript, point_of(transcript, "three"), LEFT)
    release(transcript, point_of(transcript, "three"))

    assert selected_text(transcript) == "One two "
