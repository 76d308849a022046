"""Whoever leaves a chat and comes back goes on reading where he was, however long the answer is that he was in."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication

from gigadesk.chat import ChatId, MessageId
from tests.ui.transcript.transcript_support import LONG, answer, shown, top_line, user

OTHER = ChatId(2)
HUGE = "\n\n".join(
    f"Paragraph {n} has *some* words, `code` and a [link](/u{n}) in it, enough of them for more than one line of it."
    for n in range(1_500)
)
LISTS = "".join(f"- item {n}\n  - another {n}\n" for n in range(2_500))


def parse_all(qtbot, transcript):
    qtbot.waitUntil(lambda: not transcript.is_parsing, timeout=60_000)


def leave_and_come_back(qtbot, transcript, views):
    transcript.show_chat(OTHER, [user(8, "another chat"), answer(9, LONG)])
    parse_all(qtbot, transcript)
    transcript.show_chat(ChatId(1), views)
    parse_all(qtbot, transcript)


@pytest.mark.parametrize("text", [HUGE, LISTS], ids=["paragraphs", "lists"])
@pytest.mark.parametrize("share", [0.1, 0.9])
def test_the_place_in_a_huge_answer_is_found_again(qtbot, text, share):
    views = [user(1, "Q"), answer(2, text), user(3, "R"), answer(4, LONG)]
    transcript = shown(qtbot, views)
    transcript.show_offset(transcript.rows.total_height * share)
    parse_all(qtbot, transcript)
    transcript.show_offset(transcript.rows.total_height * share)
    parse_all(qtbot, transcript)
    transcript.scroll_by(13)
    before = top_line(transcript)

    leave_and_come_back(qtbot, transcript, views)

    assert top_line(transcript) == before


def test_it_is_found_in_a_window_of_another_width(qtbot):
    views = [user(1, "Q"), answer(2, HUGE)]
    transcript = shown(qtbot, views)
    transcript.show_offset(transcript.rows.total_height / 2)
    parse_all(qtbot, transcript)
    transcript.scroll_by(1)
    before = transcript.scrolling.line.noted

    transcript.show_chat(OTHER, [answer(9, LONG)])
    transcript.resize(500, 600)
    transcript.show_chat(ChatId(1), views)
    parse_all(qtbot, transcript)

    now = transcript.scrolling.line.noted
    assert (now.at, now.place, now.y) == (before.at, before.place, before.y)


def test_whoever_scrolls_before_the_place_is_reached_goes_on_from_there(qtbot):
    views = [user(1, "Q"), answer(2, HUGE), user(3, "R")]
    transcript = shown(qtbot, views)
    transcript.show_offset(transcript.rows.total_height / 2)
    parse_all(qtbot, transcript)
    transcript.scroll_by(100)
    wanted = top_line(transcript)
    transcript.scroll_by(-100)

    transcript.show_chat(OTHER, [answer(9, LONG)])
    transcript.show_chat(ChatId(1), views)
    QCoreApplication.processEvents()
    assert transcript.is_parsing
    transcript.scroll_by(100)
    parse_all(qtbot, transcript)

    assert top_line(transcript) == wanted


def test_whoever_goes_to_the_end_meanwhile_stays_there(qtbot):
    views = [user(1, "Q"), answer(2, HUGE), user(3, "R")]
    transcript = shown(qtbot, views)
    transcript.show_offset(transcript.rows.total_height / 2)
    parse_all(qtbot, transcript)

    transcript.show_chat(OTHER, [answer(9, LONG)])
    transcript.show_chat(ChatId(1), views)
    transcript.scroll_to_end()
    parse_all(qtbot, transcript)

    assert transcript.arranged().is_at_end


def test_an_answer_that_is_another_now_is_parsed_by_parts_before_the_place_is_found(qtbot):
    transcript = shown(qtbot, [user(1, "Q"), answer(2, HUGE), user(3, "R")])
    transcript.show_offset(transcript.rows.total_height / 2)
    parse_all(qtbot, transcript)
    before = top_line(transcript)

    transcript.update_message(answer(2, HUGE.replace("Paragraph 1499", "Another end")))
    transcript.arranged()

    assert transcript.rows.items[1].has_unparsed_text
    parse_all(qtbot, transcript)
    assert top_line(transcript) == before


def test_a_short_version_instead_of_a_huge_one_is_shown(qtbot):
    views = [user(1, "Q"), answer(2, HUGE)]
    transcript = shown(qtbot, views)
    transcript.show_offset(transcript.rows.total_height / 2)
    parse_all(qtbot, transcript)
    short = replace(views[1], message=replace(views[1].message, text="Short."))

    leave_and_come_back(qtbot, transcript, [views[0], short])

    assert transcript.rows.items[1].view.message.id == MessageId(2)
    assert top_line(transcript)[0] == "Q"
