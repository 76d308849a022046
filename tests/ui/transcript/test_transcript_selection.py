"""Selecting and copying, with the mouse and the keys."""

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from gigadesk.chat import MessageId, Status
from gigadesk.ui.transcript.copy.clipboard import MARKDOWN_TYPE
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


def clipboard():
    return QGuiApplication.clipboard().mimeData()


def test_dragging_selects_across_blocks_and_messages(qtbot):
    transcript = shown(qtbot, [user(1, "What is it?"), answer(2, "# Title\n\nFirst **bold** words.\n\n- one\n- two")])

    drag(transcript, point_of(transcript, "is it"), point_of(transcript, "two", 2))

    assert selected_text(transcript) == "You:\n\nis it?\n\nGigaChat-2:\n\nTitle\n\nFirst bold words.\n\n• one\n• tw"


def test_dragging_upwards_selects_the_same(qtbot):
    transcript = shown(qtbot, [answer(1, "First words.\n\nSecond words.")])

    drag(transcript, point_of(transcript, "Second", 6), point_of(transcript, "words.", 0))

    assert selected_text(transcript) == "words.\n\nSecond"


def test_copying_offers_three_formats_at_once(qtbot):
    source = "Some *text* with `code`.\n\n```python\nprint(1 < 2)\n```"
    transcript = shown(qtbot, [answer(1, source)])

    transcript.select_all()
    QTest.keyClick(transcript, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)

    assert clipboard().text() == "Some text with code.\n\nprint(1 < 2)"
    assert "<i>text</i>" in clipboard().html()
    assert '<code class="language-python">print(1 &lt; 2)</code>' in clipboard().html()
    assert bytes(clipboard().data(MARKDOWN_TYPE).data()).decode() == source


def test_whole_blocks_are_copied_as_their_own_source(qtbot):
    source = "Setext\n======\n\n* odd   bullet\n* *other*\n\nlast paragraph"
    transcript = shown(qtbot, [answer(1, source)])

    drag(transcript, point_of(transcript, "Setext"), point_of(transcript, "last", 4))

    assert transcript.selected_markdown() == "Setext\n======\n\n* odd   bullet\n* *other*\n\nlast"


def test_html_copied_from_a_hostile_answer_is_inert(qtbot):
    transcript = shown(
        qtbot, [answer(1, "![x](file:///etc/passwd) <script>alert(1)</script> [a](javascript:alert) <img src=x>")]
    )

    transcript.select_all()
    transcript.copy()

    html = clipboard().html().lower()
    assert "<img" not in html
    assert "<script" not in html
    assert "href" not in html


def test_double_click_selects_a_word_and_a_third_click_the_block(qtbot):
    transcript = shown(qtbot, [answer(1, "Привет, большой мир.\n\nДругой абзац.")])
    point = point_of(transcript, "большой", 3)

    QTest.mouseDClick(transcript.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, point)
    word = selected_text(transcript)
    click(transcript, point)

    assert word == "большой"
    assert selected_text(transcript) == "Привет, большой мир."


def test_shift_click_extends_the_selection(qtbot):
    transcript = shown(qtbot, [answer(1, "One two three four.")])

    click(transcript, point_of(transcript, "two"))
    click(transcript, point_of(transcript, "four"), Qt.KeyboardModifier.ShiftModifier)

    assert selected_text(transcript) == "two three "


def test_a_click_takes_the_selection_away(qtbot):
    transcript = shown(qtbot, [answer(1, "One two three four.")])
    transcript.select_all()

    click(transcript, point_of(transcript, "two"))

    assert not transcript.has_selection()


def test_ctrl_a_selects_the_chat_and_escape_nothing(qtbot):
    transcript = shown(qtbot, [user(1, "Question"), answer(2, "Answer")])

    QTest.keyClick(transcript, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    everything = selected_text(transcript)
    QTest.keyClick(transcript, Qt.Key.Key_Escape)

    assert everything == "You:\n\nQuestion\n\nGigaChat-2:\n\nAnswer"
    assert not transcript.has_selection()


def test_the_selection_lives_while_text_streams_in(qtbot):
    transcript = shown(qtbot, [answer(1, "First paragraph.\n\nSecond", Status.STREAMING)])
    drag(transcript, point_of(transcript, "paragraph"), point_of(transcript, "Second", 3))

    for delta in (" paragraph", " goes on.\n\n", "# Third\n", "\n```\ncode"):
        transcript.grow(MessageId(1), delta)
        settle(transcript)

    assert selected_text(transcript) == "paragraph.\n\nSec"


def test_dragging_beyond_the_edge_scrolls(qtbot):
    transcript = shown(qtbot, [answer(1, LONG)])
    transcript.show_offset(0)
    settle(transcript)
    start = point_of(transcript, "number 0")
    bottom = QPoint(start.x(), transcript.viewport().height() + 40)
    before = transcript.verticalScrollBar().value()

    QTest.mousePress(transcript.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    move(transcript, bottom, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: transcript.verticalScrollBar().value() > before + 100)
    QTest.mouseRelease(transcript.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, bottom)

    assert "number 9" in selected_text(transcript)


def test_code_is_selected_by_characters_that_qt_counts_twice(qtbot):
    transcript = shown(qtbot, [answer(1, "a 😀😀 b and more")])

    drag(transcript, point_of(transcript, "😀", 1), point_of(transcript, "and"))

    assert selected_text(transcript) == "😀 b "


def test_a_part_of_a_code_block_is_copied_without_a_fence(qtbot):
    transcript = shown(qtbot, [answer(1, "```python\nfirst = 1\nsecond = 2\n```")])

    drag(transcript, point_of(transcript, "second"), point_of(transcript, "= 2"))

    assert transcript.selected_markdown() == "second "


def test_a_part_of_a_list_keeps_its_marks_in_markdown(qtbot):
    transcript = shown(qtbot, [answer(1, "1. one\n2. two\n3. three **bold** end")])

    drag(transcript, point_of(transcript, "two"), point_of(transcript, "bold", 4))

    assert transcript.selected_markdown() == "2. two\n3. three **bold**"


def test_words_out_of_one_list_item_come_without_its_mark(qtbot):
    transcript = shown(qtbot, [answer(1, "- first\n- > second **bold** end\n\n# Head line")])

    drag(transcript, point_of(transcript, "bold"), point_of(transcript, "end"))
    in_list = transcript.selected_markdown()
    drag(transcript, point_of(transcript, "Head"), point_of(transcript, "line"))

    assert in_list == "**bold**"
    assert transcript.selected_markdown() == "Head"


def test_a_press_below_a_short_cell_stays_in_its_column(qtbot):
    table = "| a | b |\n|---|---|\n| short | " + "very long text " * 40 + "|"
    transcript = shown(qtbot, [answer(1, table)])
    point = point_of(transcript, "short", 2) + QPoint(0, 60)

    place = transcript.zones.place_at(QPointF(point))

    assert place.place == len("a\nb\nshort")
