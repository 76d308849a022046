"""Selecting with the keyboard, and the caret that walks by itself."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from gigadesk.chat import MessageId, Status
from tests.ui.transcript.transcript_support import (
    LONG,
    answer,
    click,
    point_of,
    position,
    selected_text,
    settle,
    shown,
    user,
)

Key = Qt.Key
PLAIN = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier
ALL = CTRL | SHIFT


def keys(transcript, *presses):
    for key, modifiers in presses:
        QTest.keyClick(transcript, key, modifiers)


def focused(qtbot, views, **size):
    transcript = shown(qtbot, views, **size)
    transcript.activateWindow()
    transcript.setFocus()
    qtbot.waitUntil(transcript.hasFocus)
    qtbot.waitUntil(lambda: not transcript.is_parsing, timeout=20_000)
    settle(transcript)
    return transcript


@pytest.mark.parametrize(
    ("presses", "selected"),
    [
        ([(Key.Key_Right, SHIFT)] * 3, "two"),
        ([(Key.Key_Right, ALL)], "two "),
        ([(Key.Key_Right, ALL), (Key.Key_Left, SHIFT)], "two"),
        ([(Key.Key_Left, ALL)], "one "),
        ([(Key.Key_End, SHIFT)], "two three"),
        ([(Key.Key_Home, SHIFT)], "one "),
        ([(Key.Key_Down, SHIFT)], "two three\n\nfour"),
        ([(Key.Key_Down, ALL)], "two three"),
        ([(Key.Key_End, ALL)], "two three\n\nfour five six"),
        ([(Key.Key_Home, ALL)], "one "),
        ([(Key.Key_Right, SHIFT), (Key.Key_Left, SHIFT)], ""),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_shift_and_keys_extend_from_where_the_click_was(qtbot, presses, selected):
    transcript = focused(qtbot, [answer(1, "one two three\n\nfour five six")])
    click(transcript, point_of(transcript, "two"))

    keys(transcript, *presses)

    assert transcript.selected_markdown() == selected.strip()


def test_a_selection_without_a_click_begins_with_the_first_line_in_sight(qtbot):
    transcript = focused(qtbot, [answer(1, LONG)])
    transcript.scroll_by(300)
    settle(transcript)
    first = transcript.zones.place_at(transcript.viewport().rect().topLeft().toPointF())

    keys(transcript, (Key.Key_End, SHIFT))

    anchor = transcript.selection.anchor
    assert anchor.block in {first.block, first.block + 1}
    assert transcript.has_selection()


def test_a_selection_begins_with_the_message_that_has_the_light(qtbot):
    transcript = focused(qtbot, [user(1, "Question"), answer(2, "The answer."), user(3, "And?")])
    transcript.walk.go_to(1)

    keys(transcript, (Key.Key_Right, ALL))

    assert selected_text(transcript) == "The "


def test_the_view_goes_along_with_the_head(qtbot):
    transcript = focused(qtbot, [answer(1, LONG)])
    transcript.show_offset(0)
    settle(transcript)
    click(transcript, point_of(transcript, "number 0"))

    keys(transcript, *[(Key.Key_PageDown, SHIFT)] * 3, *[(Key.Key_Down, SHIFT)] * 30)

    rect = transcript.caret._rect(transcript.selection.head)
    assert 0 <= rect.top() < rect.bottom() <= transcript.viewport().height()
    assert transcript.arranger.offset() > 600
    assert selected_text(transcript).startswith("number 0")
    keys(transcript, (Key.Key_End, ALL))
    assert "number 59" in selected_text(transcript)
    assert transcript.arranger.is_at_end


def test_down_and_up_keep_their_column_and_come_back(qtbot):
    text = "a long line with many words in it\n\nshort\n\nanother long line with many words"
    transcript = focused(qtbot, [answer(1, text)])
    click(transcript, point_of(transcript, "many", 2))
    start = transcript.selection.head

    keys(transcript, (Key.Key_F7, PLAIN), (Key.Key_Down, PLAIN))
    short = transcript.selection.head
    keys(transcript, (Key.Key_Down, PLAIN))
    long = transcript.selection.head
    keys(transcript, (Key.Key_Up, PLAIN), (Key.Key_Up, PLAIN))

    assert short == position(0, 1, len("short"))
    assert long.block == 2
    assert abs(long.place - start.place) <= 4
    assert transcript.selection.head == start


def test_a_table_is_walked_by_its_rows(qtbot):
    transcript = focused(qtbot, [answer(1, "| a | b |\n|---|---|\n| one | two |\n| three | four |")])
    click(transcript, point_of(transcript, "two", 1))

    keys(transcript, (Key.Key_F7, PLAIN), (Key.Key_Down, PLAIN), (Key.Key_Home, SHIFT))

    assert selected_text(transcript) == "f"


def test_every_line_of_wrapped_text_is_visited_once(qtbot):
    transcript = focused(qtbot, [answer(1, "some words to be wrapped " * 30)], width=420)
    click(transcript, point_of(transcript, "some", 2))
    keys(transcript, (Key.Key_F7, PLAIN))
    part = transcript.rows.box(transcript.arranged().placed[1].key).parts[0]

    tops = []
    for _ in range(part._layout.lineCount()):
        tops.append(part.caret(transcript.selection.head.place).top())
        keys(transcript, (Key.Key_Down, PLAIN))

    assert tops == part._tops


def test_characters_with_marks_are_passed_in_one_step(qtbot):
    transcript = focused(qtbot, [answer(1, "e\u0301👨\u200d👩\u200d👧x")])
    click(transcript, point_of(transcript, "e\u0301"))

    keys(transcript, (Key.Key_Right, SHIFT))
    first = transcript.selected_markdown()
    keys(transcript, (Key.Key_Right, SHIFT))

    assert first == "e\u0301"
    assert transcript.selected_markdown() == "e\u0301👨\u200d👩\u200d👧"


def test_the_left_arrow_goes_to_the_left_in_hebrew(qtbot):
    transcript = focused(qtbot, [answer(1, "שלום עולם")])
    transcript.selection.set(position(0, 0, 0), position(0, 0, 0))

    keys(transcript, *[(Key.Key_Left, SHIFT)] * 4)

    assert selected_text(transcript) == "שלום"


def test_wide_code_is_scrolled_to_the_caret(qtbot):
    line = "wide = " + "x" * 300
    transcript = focused(qtbot, [answer(1, f"```\n{line}\n```")], width=500)
    click(transcript, point_of(transcript, "wide"))

    keys(transcript, (Key.Key_End, SHIFT))

    assert selected_text(transcript) == line
    assert transcript.rows.items[0].scrolls(1)[0] > 100
    keys(transcript, (Key.Key_Home, SHIFT))
    assert transcript.rows.items[0].scrolls(1) == [0.0]


def test_without_f7_the_arrows_scroll_and_with_it_the_caret_walks(qtbot):
    transcript = focused(qtbot, [answer(1, LONG)])
    transcript.show_offset(0)
    settle(transcript)

    keys(transcript, (Key.Key_Down, PLAIN))
    scrolled = transcript.arranger.offset()
    keys(transcript, (Key.Key_F7, PLAIN), (Key.Key_Down, PLAIN))

    assert scrolled > 0
    assert transcript.arranger.offset() == scrolled
    assert transcript.selection.head is not None
    assert not transcript.has_selection()
    keys(transcript, (Key.Key_Escape, PLAIN), (Key.Key_Down, PLAIN))
    assert transcript.arranger.offset() > scrolled


def test_the_caret_is_painted_while_it_walks_and_the_keyboard_is_here(qtbot):
    transcript = focused(qtbot, [answer(1, "one two three")])
    click(transcript, point_of(transcript, "two"))
    without = transcript.grab().toImage()

    keys(transcript, (Key.Key_F7, PLAIN))
    with_caret = transcript.grab().toImage()
    keys(transcript, (Key.Key_Right, PLAIN))
    moved = transcript.grab().toImage()
    keys(transcript, (Key.Key_F7, PLAIN))

    assert with_caret != without
    assert moved not in (with_caret, without)
    assert transcript.grab().toImage() == without


def test_escape_takes_the_selection_and_then_the_caret_away(qtbot):
    transcript = focused(qtbot, [answer(1, "one two three")])
    click(transcript, point_of(transcript, "two"))
    keys(transcript, (Key.Key_F7, PLAIN), (Key.Key_Right, ALL))

    keys(transcript, (Key.Key_Escape, PLAIN))
    has_caret = transcript.caret.is_browsing and not transcript.has_selection()
    keys(transcript, (Key.Key_Escape, PLAIN))

    assert has_caret
    assert not transcript.caret.is_browsing


def test_enter_follows_the_link_at_the_caret(qtbot):
    transcript = focused(qtbot, [answer(1, "see [the manual](https://example.com) now")])
    followed = []
    transcript.link_followed.connect(lambda target, text: followed.append((target, text)))
    transcript.selection.set(position(0, 0, 6), position(0, 0, 6))

    keys(transcript, (Key.Key_F7, PLAIN), (Key.Key_Return, PLAIN))

    assert followed == [("https://example.com", "the manual")]


def test_ctrl_a_selects_the_message_with_the_light_and_then_the_chat(qtbot):
    transcript = focused(qtbot, [user(1, "Question"), answer(2, "Answer")])
    transcript.walk.go_to(1)

    keys(transcript, (Key.Key_A, CTRL))
    message = selected_text(transcript)
    keys(transcript, (Key.Key_A, CTRL))

    assert message == "Answer"
    assert selected_text(transcript) == "You:\n\nQuestion\n\nGigaChat-2:\n\nAnswer"


def test_the_head_stays_on_its_word_while_the_answer_grows(qtbot):
    transcript = focused(qtbot, [answer(1, "one two three", Status.STREAMING)])
    click(transcript, point_of(transcript, "two"))
    keys(transcript, (Key.Key_Right, ALL))

    transcript.grow(MessageId(1), " four\n\n- five\n- six")
    settle(transcript)
    keys(transcript, (Key.Key_Right, ALL))

    assert selected_text(transcript) == "two three "


def test_the_caret_goes_through_rules_and_into_the_next_message(qtbot):
    transcript = focused(qtbot, [answer(1, "one\n\n---\n\ntwo"), user(2, "three")])
    transcript.selection.set(position(0, 0, 3), position(0, 0, 3))

    keys(transcript, (Key.Key_Right, SHIFT))
    behind_rule = transcript.selection.head
    keys(transcript, *[(Key.Key_Right, SHIFT)] * 4)

    assert behind_rule == position(0, 2, 0)
    assert transcript.selection.head == position(1, 0, 0)
    keys(transcript, *[(Key.Key_Left, SHIFT)] * 5)
    assert not transcript.has_selection()


def folded(indent: str = "", lines: int = 200) -> str:
    code = "\n".join(f"{indent}line {number}" for number in range(lines))
    return f"{indent}```\n{code}\n{indent}```"


def place_of_end(transcript, line: int) -> int:
    (part,) = [each for row in range(1, 3) for each in transcript.rows.items[0].box(row).parts if "line 0" in each.text]
    return part.start + part.text.index(f"line {line}\n" if line < 13 else f"line {line}") + len(f"line {line}")


def test_caret_steps_over_the_folded_part_of_code(qtbot):
    transcript = focused(qtbot, [answer(1, f"one\n\n{folded()}\n\nfour")])
    end = position(0, 1, place_of_end(transcript, 13))
    below = next(n for n, block in enumerate(transcript.rows.items[0].blocks) if n > 1 and not block.continues)
    transcript.selection.set(end, end)

    keys(transcript, (Key.Key_F7, PLAIN), (Key.Key_Right, PLAIN))
    forwards = transcript.selection.head
    keys(transcript, (Key.Key_Left, PLAIN))
    backwards = transcript.selection.head
    keys(transcript, (Key.Key_Right, CTRL), (Key.Key_Left, CTRL), (Key.Key_Down, CTRL))
    below_again = transcript.selection.head

    assert forwards == position(0, below, 0)
    assert backwards == end
    assert below_again == position(0, below, 0)


def test_caret_steps_over_code_that_is_folded_in_a_list(qtbot):
    transcript = focused(qtbot, [answer(1, f"- one\n\n{folded('  ', 45)}\n\n  four")])
    code = transcript.rows.items[0].box(1).parts[-1]
    end = code.start + code.length
    transcript.selection.set(position(0, 0, end), position(0, 0, end))

    keys(transcript, (Key.Key_F7, PLAIN), (Key.Key_Right, PLAIN))
    forwards = transcript.selection.head
    keys(transcript, (Key.Key_Left, PLAIN))

    assert code.text.endswith("line 13")
    assert forwards == position(0, 1, 0)
    assert transcript.selection.head == position(0, 0, end)


def test_caret_never_stands_inside_of_a_formula(qtbot):
    transcript = focused(qtbot, [answer(1, "one two three\n\nx $\\frac{a}{b}$ y\n\nfive six seven")])
    settle(transcript)
    keys(transcript, (Key.Key_F7, PLAIN), (Key.Key_Home, CTRL))
    seen = set()
    for start in range(14):
        transcript.selection.set(position(0, 0, start), position(0, 0, start))
        transcript.caret.hide()
        keys(transcript, (Key.Key_Down, PLAIN))
        seen.add(transcript.selection.head.place)

    assert seen <= {0, 1, 2, 15, 16, 17}
