"""Thoughts, sources, usage and notes: what is folded away until somebody asks for it."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from gigadesk.chat import MessageId, Source, Status, Usage
from gigadesk.ui.transcript.layout.boxes import ZoneKind
from gigadesk.ui.transcript.messages.rows import RowKey
from tests.ui.transcript.message_parts import body, marks, sources, with_message
from tests.ui.transcript.transcript_support import (
    CHAT,
    LONG,
    answer,
    click_zone,
    drag,
    point_of,
    position,
    selected_text,
    settle,
    shown,
    top_line,
    user,
    zones,
)

THOUGHT = "First **this**.\n\n- one\n- two"
LONG_THOUGHT = "\n\n".join(
    f"Thought number {n} with *some* words, enough of them to fill a line or two." for n in range(3000)
)


def thinking(text: str = "The answer.", status: Status = Status.DONE, **changes):
    changes.setdefault("reasoning", THOUGHT)
    changes.setdefault("reasoning_s", 11.6)
    return with_message(answer(2, text, status), **changes)


def unfold(transcript) -> None:
    click_zone(transcript, zones(transcript, ZoneKind.FOLD)[0])
    settle(transcript)


# --- thoughts


def test_thoughts_are_folded_and_say_how_long_they_took(qtbot):
    transcript = shown(qtbot, [user(1, "Q"), thinking()])

    assert "Thought for 12 s" in marks(transcript, 1)
    assert body(transcript, 1) == ["The answer."]


def test_a_click_unfolds_thoughts_and_the_next_folds_them(qtbot):
    transcript = shown(qtbot, [user(1, "Q"), thinking()])

    unfold(transcript)
    assert body(transcript, 1) == ["First this.", "one", "two", "The answer."]

    unfold(transcript)
    assert body(transcript, 1) == ["The answer."]


def test_enter_unfolds_thoughts(qtbot):
    transcript = shown(qtbot, [user(1, "Q"), thinking()])
    transcript.activateWindow()
    transcript.setFocus()
    line = zones(transcript, ZoneKind.FOLD)[0]
    while transcript.highlights.focused_zone != line.key:
        QTest.keyClick(transcript, Qt.Key.Key_Tab)

    QTest.keyClick(transcript, Qt.Key.Key_Return)

    assert "First this." in body(transcript, 1)


def test_the_line_that_was_clicked_stays_where_it_is(qtbot):
    transcript = shown(qtbot, [answer(1, LONG), thinking(), answer(3, LONG)])
    transcript.show_offset(transcript.rows.top_of(RowKey(1, 0)) - 300)
    settle(transcript)
    before = transcript.zones.rect(zones(transcript, ZoneKind.FOLD)[0]).top()

    unfold(transcript)

    assert transcript.zones.rect(zones(transcript, ZoneKind.FOLD)[0]).top() == before


def test_the_line_stays_where_it_is_at_the_end_of_the_chat(qtbot):
    transcript = shown(qtbot, [answer(1, LONG), thinking()])
    before = transcript.zones.rect(zones(transcript, ZoneKind.FOLD)[0]).top()

    unfold(transcript)

    assert transcript.zones.rect(zones(transcript, ZoneKind.FOLD)[0]).top() == before


def test_thoughts_asked_for_far_below_them_come_into_sight(qtbot):
    transcript = shown(qtbot, [answer(1, LONG), thinking(LONG)])
    assert not zones(transcript, ZoneKind.FOLD)

    transcript.details.toggle(1, ZoneKind.FOLD)
    settle(transcript)

    assert zones(transcript, ZoneKind.FOLD)
    assert top_line(transcript)[0] == "First this."


def test_thoughts_stream_in_above_the_answer(qtbot):
    transcript = shown(qtbot, [user(1, "Q"), answer(2, "", Status.STREAMING)])

    transcript.think(MessageId(2), "First *th")
    settle(transcript)
    assert "Thinking…" in marks(transcript, 1)
    unfold(transcript)
    transcript.think(MessageId(2), "is*.")
    settle(transcript)
    assert body(transcript, 1) == ["First this."]

    transcript.grow(MessageId(2), "Done.")
    settle(transcript)
    assert body(transcript, 1) == ["First this.", "Done."]
    assert "Thought for 1 s" in marks(transcript, 1)

    transcript.update_message(thinking("Done.", reasoning="First *this*.", reasoning_s=3.4))
    settle(transcript)
    assert body(transcript, 1) == ["First this.", "Done."]
    assert "Thought for 3 s" in marks(transcript, 1)


def test_streaming_thoughts_keep_the_boxes_that_are_done(qtbot):
    transcript = shown(qtbot, [user(1, "Q"), answer(2, "", Status.STREAMING)])
    transcript.think(MessageId(2), "One.\n\nTwo.\n\nThr")
    settle(transcript)
    unfold(transcript)
    item = transcript.rows.items[1]
    first = item.box(1)

    transcript.think(MessageId(2), "ee.\n\nFour.")
    settle(transcript)

    assert item.box(1) is first
    assert body(transcript, 1) == ["One.", "Two.", "Three.", "Four."]


def test_what_was_unfolded_is_remembered_by_message(qtbot):
    transcript = shown(qtbot, [user(1, "Q"), thinking()])
    unfold(transcript)

    transcript.show_chat(CHAT, [user(9, "Another chat")])
    transcript.show_chat(CHAT, [user(1, "Q"), thinking()])
    settle(transcript)

    assert "First this." in body(transcript, 1)


def test_long_thoughts_are_parsed_in_slices_and_laid_out_near_sight_only(qtbot):
    transcript = shown(qtbot, [user(1, "Q"), thinking(reasoning=LONG_THOUGHT)])

    unfold(transcript)
    qtbot.waitUntil(lambda: not transcript.is_parsing, timeout=20_000)
    settle(transcript)

    item = transcript.rows.items[1]
    assert len(LONG_THOUGHT) > 190_000
    assert item.thought_count == 3000
    assert item.body.box_count < 60


def test_slices_that_arrive_do_not_move_what_is_read(qtbot):
    transcript = shown(qtbot, [user(1, "Q"), thinking(reasoning=LONG_THOUGHT), answer(3, LONG)])
    transcript.show_offset(0)
    settle(transcript)
    unfold(transcript)
    before = top_line(transcript)

    qtbot.waitUntil(lambda: not transcript.is_parsing, timeout=20_000)
    settle(transcript)

    assert top_line(transcript) == before


def test_slices_do_not_move_the_answer_that_is_read_below_them(qtbot):
    transcript = shown(qtbot, [user(1, "Q"), thinking("Short.\n\n" + LONG, reasoning=LONG_THOUGHT), answer(3, LONG)])
    transcript.details.toggle(1, ZoneKind.FOLD)
    item = transcript.rows.items[1]
    transcript.show_offset(transcript.rows.top_of(RowKey(1, item.thought_count + 4)))
    transcript.selection.set(position(1, item.thought_count, 0), position(1, item.thought_count, 5))
    transcript.grab()
    before = top_line(transcript)
    assert transcript.is_parsing

    qtbot.waitUntil(lambda: not transcript.is_parsing, timeout=20_000)
    settle(transcript)

    assert top_line(transcript) == before
    assert selected_text(transcript) == "Short"


def test_thoughts_can_be_selected_and_copied(qtbot):
    transcript = shown(qtbot, [user(1, "Q"), thinking()])
    unfold(transcript)

    drag(transcript, point_of(transcript, "First"), point_of(transcript, "answer", len("answer")))

    assert selected_text(transcript) == "First this.\n\n• one\n• two\n\nThe answer"
    assert transcript.selected_markdown() == "First **this**.\n\n- one\n- two\n\nThe answer"


def test_copying_the_message_leaves_the_thoughts_out(qtbot):
    transcript = shown(qtbot, [user(1, "Q"), thinking()])
    unfold(transcript)

    transcript.copying.copy_message(1)

    assert QGuiApplication.clipboard().text() == "The answer."


def test_copying_whole_messages_leaves_the_thoughts_out(qtbot):
    transcript = shown(qtbot, [user(1, "Q"), thinking(), user(3, "And?")])
    unfold(transcript)

    transcript.select_all()

    assert selected_text(transcript) == "You:\n\nQ\n\nGigaChat-2:\n\nThe answer.\n\nYou:\n\nAnd?"
    assert transcript.selected_markdown() == "**You:**\n\nQ\n\n**GigaChat-2:**\n\nThe answer.\n\n**You:**\n\nAnd?"


def test_code_in_thoughts_is_copied_from_the_thoughts(qtbot):
    transcript = shown(qtbot, [thinking("```\nanswer\n```", reasoning="So:\n\n```\nthought\n```")])
    unfold(transcript)

    click_zone(transcript, zones(transcript, ZoneKind.COPY_CODE)[0])
    assert QGuiApplication.clipboard().text() == "thought"

    click_zone(transcript, zones(transcript, ZoneKind.COPY_CODE)[1])
    assert QGuiApplication.clipboard().text() == "answer"


# --- sources


def test_numbers_lead_to_the_sources_that_there_are(qtbot):
    view = with_message(answer(1, "So [1], and [2][7], `[1]` and [1](https://own.example)."), sources=sources(2))
    transcript = shown(qtbot, [view])

    item = transcript.rows.items[0]
    links = [(zone.text, zone.value) for zone in item.box(1).zones]
    assert links == [
        ("[1]", "https://site1.example/page"),
        ("[2]", "https://site2.example/page"),
        ("1", "https://own.example"),
    ]


def test_a_click_on_a_source_goes_through_the_link_signals(qtbot):
    transcript = shown(qtbot, [with_message(answer(1, "So"), sources=sources(2))])

    with qtbot.waitSignal(transcript.link_followed) as followed:
        click_zone(transcript, zones(transcript, ZoneKind.LINK)[1])

    assert followed.args == ["https://site2.example/page", "Page 2"]


def test_references_become_links_when_the_sources_come(qtbot):
    transcript = shown(qtbot, [answer(1, "So [1].", Status.STREAMING)])
    assert not zones(transcript, ZoneKind.LINK)

    transcript.update_message(with_message(answer(1, "So [1].", Status.STREAMING), sources=sources(1)))
    settle(transcript)

    assert len(zones(transcript, ZoneKind.LINK)) == 2


def test_a_long_list_of_sources_shows_a_few_until_asked(qtbot):
    transcript = shown(qtbot, [with_message(answer(1, "So"), sources=sources(20))])
    assert len(zones(transcript, ZoneKind.LINK)) == 5

    click_zone(transcript, zones(transcript, ZoneKind.SOURCES)[0])
    settle(transcript)

    assert len(transcript.rows.items[0].make_trailer().zones) > 20


@pytest.mark.parametrize(
    "source",
    [
        Source(1, "javascript:alert(1)", "Odd"),
        Source(1, "", ""),
        Source(1, "https://x.example/" + "a" * 3000, "T" * 4000),
        Source(999, "file:///etc/passwd", "\u202egnp.exe\n\n"),
    ],
    ids=["no web", "empty", "long", "bidi"],
)
def test_odd_sources_are_shown_and_do_nothing(qtbot, source):
    transcript = shown(qtbot, [with_message(answer(1, "So [1]"), sources=(source,))], width=480)

    right = transcript.rows.frame.width + 1
    assert all(zone.rects[0].right() <= right for zone in transcript.rows.items[0].make_trailer().zones)


def test_copying_a_message_brings_its_sources_as_a_list(qtbot):
    transcript = shown(qtbot, [with_message(answer(1, "So [1]."), sources=sources(2))])

    transcript.copying.copy_message(0)

    data = QGuiApplication.clipboard().mimeData()
    markdown = bytes(data.data("text/markdown").data()).decode()
    assert markdown == "So [1].\n\n1. [Page 1](https://site1.example/page)\n2. [Page 2](https://site2.example/page)"
    assert data.text() == "So [1].\n\n1. Page 1\n2. Page 2"


# --- usage and notes


def test_usage_is_shown_on_demand_and_remembered(qtbot):
    view = with_message(answer(2, "x" * 84), usage=Usage(1523, 214, 1737, 1200), seconds=4.2)
    transcript = shown(qtbot, [user(1, "Q"), view])
    assert not any("1523" in text for text in marks(transcript, 1))

    click_zone(transcript, zones(transcript, ZoneKind.USAGE)[0])
    settle(transcript)
    line = marks(transcript, 1)[-1]
    plain = line.replace("\u00a0", " ").replace("\u2011", "-")
    assert plain == "Tokens: question 1523 (1200 from the cache), answer 214  · 4.2 s  · 20 characters/s  · GigaChat-2"

    transcript.show_chat(CHAT, [user(1, "Q"), view])
    settle(transcript)
    assert marks(transcript, 1)[-1] == line
    click_zone(transcript, zones(transcript, ZoneKind.USAGE)[0])
    settle(transcript)
    assert line not in marks(transcript, 1)


def test_an_answer_of_which_nothing_is_known_has_no_usage(qtbot):
    transcript = shown(qtbot, [user(1, "Q"), answer(2, "A")])

    assert not zones(transcript, ZoneKind.USAGE)


def test_a_tool_says_what_it_does_until_it_is_done(qtbot):
    running = answer(2, "", Status.STREAMING, tool_note="Searching the web…")
    transcript = shown(qtbot, [user(1, "Q"), running])
    assert "Searching the web…" in marks(transcript, 1)

    transcript.set_tool_note(MessageId(2), "Running code…")
    assert "Running code…" in marks(transcript, 1)

    transcript.set_tool_note(MessageId(2), "")
    assert not any("…" in text for text in marks(transcript, 1))

    transcript.update_message(replace(running, tool_note="Drawing…"))
    assert "Drawing…" in marks(transcript, 1)


def test_a_retry_counts_down_and_ends_with_the_first_words(qtbot):
    transcript = shown(qtbot, [user(1, "Q"), answer(2, "", Status.STREAMING)])

    transcript.set_retry(MessageId(2), "Again in {seconds} s", 12.0)
    assert "Again in 12 s" in marks(transcript, 1)

    transcript.grow(MessageId(2), "Hello")
    settle(transcript)
    assert not any("Again" in text for text in marks(transcript, 1))


def test_notes_about_unknown_messages_are_no_fault(qtbot):
    transcript = shown(qtbot, [user(1, "Q")])

    transcript.set_retry(MessageId(77), "Again")
    transcript.set_tool_note(MessageId(77), "Drawing…")
    transcript.think(MessageId(77), "Hm")
    settle(transcript)


def test_the_light_around_a_message_is_whole_in_a_narrow_window(qtbot):
    transcript = shown(qtbot, [answer(1, LONG), answer(2, "Short")], width=480)
    transcript.activateWindow()
    transcript.walk.go_to(1)
    qtbot.waitUntil(transcript.hasFocus)
    settle(transcript)

    image = transcript.viewport().grab().toImage()
    accent = transcript.rows.frame.typography.theme.accent
    height = image.height()
    columns = [x for x in range(image.width()) if sum(image.pixelColor(x, y) == accent for y in range(height)) > 20]
    right = [x for x in columns if x > image.width() / 2]
    assert right
    assert max(right) < image.width() - 1
