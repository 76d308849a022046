"""The place of reading: what moves the text, and above all what does not."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtTest import QTest

from gigadesk.chat import ChatId, MessageId, Status
from gigadesk.settings import FollowMode
from gigadesk.ui.notices import Notice
from gigadesk.ui.transcript import Transcript
from gigadesk.ui.transcript.jump_button import JumpButton
from tests.ui.transcript.transcript_support import LONG, answer, settle, shown, top_line, user


def wheel(transcript: Transcript, steps: int) -> None:
    where = QPointF(transcript.viewport().rect().center())
    event = QWheelEvent(
        where,
        QPointF(transcript.viewport().mapToGlobal(where.toPoint())),
        QPoint(),
        QPoint(0, 120 * steps),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QGuiApplication.sendEvent(transcript.viewport(), event)


def grow(transcript: Transcript, text: str = LONG) -> None:
    for start in range(0, len(text), 700):
        transcript.grow(MessageId(2), text[start : start + 700])
        settle(transcript)


def streaming(qtbot, mode: FollowMode = FollowMode.END, text: str = LONG) -> Transcript:
    transcript = shown(qtbot)
    transcript.set_follow_mode(mode)
    transcript.add_message(user(1, "Question"))
    transcript.add_message(answer(2, text, Status.STREAMING))
    settle(transcript)
    return transcript


def is_at_end(transcript: Transcript) -> bool:
    return transcript.arranged().is_at_end


def test_the_end_is_followed(qtbot):
    transcript = streaming(qtbot)

    grow(transcript)

    assert is_at_end(transcript)


def test_scrolling_up_disarms_and_reaching_the_end_arms_again(qtbot):
    transcript = streaming(qtbot)

    wheel(transcript, 2)
    read = top_line(transcript)
    grow(transcript)

    assert top_line(transcript) == read
    QTest.keyClick(transcript, Qt.Key.Key_End)
    grow(transcript, "more\n\n" * 40)
    assert is_at_end(transcript)


def test_wheeling_down_to_the_end_arms_again(qtbot):
    transcript = streaming(qtbot)

    wheel(transcript, 2)
    wheel(transcript, -6)
    grow(transcript)

    assert is_at_end(transcript)


def test_the_jump_button_shows_away_from_the_end_and_leads_back(qtbot):
    transcript = streaming(qtbot)
    button = transcript.findChild(JumpButton)
    was_hidden = button.isHidden()

    wheel(transcript, 5)
    assert was_hidden
    assert not button.isHidden()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    grow(transcript)
    assert is_at_end(transcript)
    assert button.isHidden()


@pytest.mark.parametrize("width", [1400, 500, 360])
def test_the_jump_button_stands_beside_the_text_where_there_is_room(qtbot, width):
    transcript = streaming(qtbot)
    transcript.resize(width, 600)
    settle(transcript)
    wheel(transcript, 5)

    button = transcript.findChild(JumpButton).geometry()
    text_right = transcript.rows.frame.x + transcript.rows.frame.width

    assert transcript.viewport().geometry().contains(button)
    assert (button.left() > text_right) is (width == 1400)


def test_the_first_line_of_the_answer_is_held_at_the_top(qtbot):
    transcript = streaming(qtbot, FollowMode.FIRST_LINE, "")

    grow(transcript, LONG[:400])
    was_at_end = is_at_end(transcript)
    grow(transcript)

    assert was_at_end
    assert not is_at_end(transcript)
    assert top_line(transcript)[0].startswith("Paragraph number 0")


def test_never_means_that_nothing_moves(qtbot):
    transcript = streaming(qtbot, FollowMode.NEVER, LONG)
    transcript.show_offset(100)
    settle(transcript)
    read = top_line(transcript)

    grow(transcript)

    assert top_line(transcript) == read


def test_what_is_sent_is_shown_wherever_the_view_was(qtbot):
    transcript = shown(qtbot, [user(1, "Question"), answer(2, LONG)])
    transcript.show_offset(0)

    transcript.add_message(user(3, "Another question"))
    settle(transcript)

    assert is_at_end(transcript)


@pytest.mark.parametrize("width", [420, 640, 1100])
def test_a_new_width_keeps_the_line_that_is_read(qtbot, width):
    transcript = shown(qtbot, [answer(1, LONG), answer(2, LONG), answer(3, LONG)])
    transcript.show_offset(transcript.rows.total_height / 2)
    settle(transcript)
    text = top_line(transcript)[0]

    transcript.resize(width, 600)
    settle(transcript)

    assert text in {top_line(transcript)[0], *(part_texts(transcript)[:3])}


def part_texts(transcript: Transcript) -> list[str]:
    texts = []
    for placed in transcript.arranged().placed:
        item = transcript.rows.items[placed.key.message]
        if 0 < placed.key.row <= len(item.blocks):
            texts.extend(part.text for part in item.box(placed.key.row).parts)
    return texts


def test_a_there_and_back_of_the_width_ends_where_it_began(qtbot):
    transcript = shown(qtbot, [answer(1, LONG), answer(2, LONG)])
    transcript.show_offset(900)
    settle(transcript)
    before = part_texts(transcript)[0]

    for width in (500, 700, 430, 800):
        transcript.resize(width, 600)
        settle(transcript)

    assert part_texts(transcript)[0] == before


def test_scrolling_through_unknown_messages_goes_exactly_as_far_as_asked(qtbot):
    # Wrong estimates above must not move what is in sight: two steps up are as far as two steps down.
    transcript = shown(
        qtbot, [answer(n, LONG[: 100 * n] + "\n\n```\ncode\n```\n\n| a |\n|---|\n| b |") for n in range(1, 60)]
    )
    transcript.show_offset(transcript.rows.total_height / 2)
    settle(transcript)

    for _ in range(8):
        before = top_line(transcript)
        transcript.scroll_by(-150)
        settle(transcript)
        transcript.scroll_by(150)
        settle(transcript)
        assert top_line(transcript) == before
        transcript.scroll_by(-130)
        settle(transcript)


def test_a_notice_that_appears_above_does_not_move_the_text(qtbot):
    transcript = shown(qtbot, [user(1, "Q"), answer(2, "Short."), user(3, "Q"), answer(4, LONG)])
    transcript.show_offset(400)
    settle(transcript)
    read = top_line(transcript)

    transcript.update_message(answer(2, "Short.", Status.STOPPED, notice=Notice("Stopped", "By you", is_error=False)))
    settle(transcript)

    assert top_line(transcript) == read


def test_an_answer_that_ends_does_not_move_the_reader(qtbot):
    transcript = streaming(qtbot)
    wheel(transcript, 3)
    read = top_line(transcript)

    transcript.update_message(answer(2, LONG, Status.DONE))
    settle(transcript)

    assert top_line(transcript) == read


def test_the_place_is_remembered_by_chat(qtbot):
    transcript = shown(qtbot, [user(1, "Q"), answer(2, LONG)])
    transcript.show_offset(333)
    settle(transcript)
    read = top_line(transcript)

    transcript.show_chat(ChatId(2), [user(5, "Other"), answer(6, LONG)])
    settle(transcript)
    transcript.show_chat(ChatId(1), [user(1, "Q"), answer(2, LONG)])
    settle(transcript)

    assert top_line(transcript) == read


def test_a_chat_that_was_left_at_its_end_opens_at_its_end(qtbot):
    transcript = shown(qtbot, [user(1, "Q"), answer(2, LONG)])

    transcript.show_chat(ChatId(2), [])
    transcript.show_chat(ChatId(1), [user(1, "Q"), answer(2, LONG), user(3, "Q"), answer(4, LONG)])
    settle(transcript)

    assert is_at_end(transcript)


def test_the_scroll_bar_reaches_both_ends(qtbot):
    transcript = shown(qtbot, [answer(n, LONG[: 97 * n]) for n in range(1, 80)])
    bar = transcript.verticalScrollBar()

    bar.setValue(0)
    settle(transcript)
    at_top = transcript.arranged().placed[0]
    bar.setValue(bar.maximum())
    settle(transcript)

    assert at_top.key == (0, 0)
    assert at_top.y == 0
    assert is_at_end(transcript)


@pytest.mark.parametrize("key", [Qt.Key.Key_PageUp, Qt.Key.Key_Up, Qt.Key.Key_Home])
def test_keys_that_go_up_disarm(qtbot, key):
    transcript = streaming(qtbot)

    QTest.keyClick(transcript, key)
    grow(transcript)

    assert not is_at_end(transcript)


@pytest.mark.parametrize("width", [420, 640, 1100])
def test_a_new_width_keeps_the_line_in_the_middle_of_a_long_paragraph(qtbot, width):
    text = " ".join(f"word{n}" for n in range(450))
    transcript = shown(qtbot, [answer(1, text), answer(2, LONG)])
    transcript.show_offset(300)
    settle(transcript)
    word = word_at_top(transcript)

    transcript.resize(width, 600)
    settle(transcript)

    # The line that holds the word is at the top; how many words it has is another matter.
    assert 0 <= word - word_at_top(transcript) <= 20


def word_at_top(transcript: Transcript) -> int:
    placed = transcript.arranged().placed[0]
    part = transcript.rows.box(placed.key).parts[0]
    place = part.first_place_of_line(max(0, -placed.y - part.y))
    return part.text[:place].count(" ")
