"""Looking for words in the view: what is counted, marked and gone to, while the conversation changes."""

import time
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint

from gigadesk.chat import ChatId, MessageId, Status
from gigadesk.ui.transcript.find.mark_painting import with_neighbours
from gigadesk.ui.transcript.find.query import Problem
from gigadesk.ui.transcript.find.shown_text import ShownText, shown_texts
from gigadesk.ui.transcript.selecting.highlights import Mark
from tests.ui.transcript.transcript_support import LONG, answer, point_of, settle, shown, user
from tests.work import calls


def search(qtbot, transcript, text, **ways) -> None:
    transcript.finder.search(text, **ways)
    done(qtbot, transcript)


def done(qtbot, transcript) -> None:
    qtbot.waitUntil(lambda: transcript.finder.is_settled, timeout=20_000)
    settle(transcript)


def marked(transcript) -> list[str]:
    """The words behind which a mark is painted, from top to bottom; the current one in brackets."""
    found = []
    for placed in transcript.arranged().placed:
        item = transcript.rows.items[placed.key.message]
        if transcript.highlights.marks is None or not 0 < placed.key.row <= len(item.blocks):
            continue
        text = "\n".join(part.text for part in item.box(placed.key.row).parts)
        for mark in transcript.highlights.marks(placed.key):
            words = text[mark.start : mark.end]
            found.append(f"[{words}]" if mark.is_current else words)
    return found


def colors(transcript) -> set[str]:
    image = transcript.viewport().grab().toImage()
    return {image.pixelColor(x, y).name() for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)}


def test_what_is_in_sight_is_found_at_once_whatever_marks_are_in_it(qtbot):
    transcript = shown(qtbot, [*(answer(number, "**a** b " * 50) for number in range(1, 200)), answer(200, "o**n**e")])

    transcript.finder.search("one")

    assert transcript.finder.number == 1
    assert marked(transcript) == ["[one]"]


def test_the_first_place_that_only_parsing_tells_is_gone_to_before_all_are_counted(qtbot):
    views = [answer(number, "**o**ne" if number == 150 else f"![{number}](x) **a** b") for number in range(1, 200)]
    transcript = shown(qtbot, [*views, *(answer(number, LONG) for number in range(200, 204))])

    finder, states = transcript.finder, []
    finder.changed.connect(lambda: states.append((finder.number, finder.is_settled)))

    search(qtbot, transcript, "one")

    assert (1, False) in states


def test_all_places_are_counted_and_marked_and_the_first_in_sight_is_the_current_one(qtbot):
    transcript = shown(
        qtbot, [user(1, "Где вода?"), answer(2, "**Во**да здесь, `вода` там.\n\n- вода\n\n| a | Вода |\n|-|-|")]
    )

    search(qtbot, transcript, "вода")

    assert transcript.finder.count == 5
    assert transcript.finder.number == 1
    assert marked(transcript) == ["[вода]", "Вода", "вода", "вода", "Вода"]


def test_marks_are_painted_and_go_with_the_search(qtbot):
    transcript = shown(qtbot, [answer(1, "one two one")])
    theme = transcript.stage.theme

    search(qtbot, transcript, "one")
    with_marks = colors(transcript)
    transcript.finder.close()

    assert {theme.found.name(), theme.found_now.name()} <= with_marks
    assert not {theme.found.name(), theme.found_now.name()} & colors(transcript)


def test_steps_go_round_and_say_so(qtbot):
    transcript = shown(qtbot, [answer(1, "one one one")])
    wraps = []
    transcript.finder.wrapped.connect(wraps.append)
    search(qtbot, transcript, "one")

    numbers = []
    for direction in (1, 1, 1, -1):
        transcript.finder.step(direction)
        done(qtbot, transcript)
        numbers.append(transcript.finder.number)

    assert numbers == [2, 3, 1, 3]
    assert wraps == [True, False]


def test_a_place_far_away_is_brought_into_sight(qtbot):
    views = [answer(number, f"Message {number}.\n\n{LONG}") for number in range(1, 60)]
    views[3] = answer(4, LONG + "\n\nThe needle is here.\n\n" + LONG)
    transcript = shown(qtbot, views)

    search(qtbot, transcript, "needle")

    point = point_of(transcript, "needle")
    assert 20 <= point.y() <= transcript.viewport().height() - 20


def test_a_place_in_sight_moves_nothing(qtbot):
    transcript = shown(qtbot, [answer(1, LONG)])
    qtbot.waitUntil(lambda: not transcript.is_parsing)
    settle(transcript)
    before = point_of(transcript, "number 58")

    search(qtbot, transcript, "number 58")

    assert point_of(transcript, "number 58") == before


def test_the_search_begins_where_the_reader_is(qtbot):
    transcript = shown(qtbot, [answer(1, LONG)])

    search(qtbot, transcript, "Paragraph")

    assert transcript.finder.number > 30


def test_wide_code_is_scrolled_sideways(qtbot):
    transcript = shown(qtbot, [answer(1, "```\n" + "x" * 300 + " needle\n```")])

    search(qtbot, transcript, "needle")

    point = point_of(transcript, "needle")
    assert 0 < point.x() < transcript.viewport().width() - 60


def test_folded_thoughts_that_hold_a_place_are_unfolded(qtbot):
    view = answer(1, "The answer.")
    thinking = type(view)(type(view.message)(**{**_fields(view.message), "reasoning": "A needle in thoughts."}))
    transcript = shown(qtbot, [thinking])

    search(qtbot, transcript, "needle")

    assert marked(transcript) == ["[needle]"]


@pytest.mark.parametrize("lines", [100, 3000], ids=["one piece", "a later piece"])
def test_folded_code_that_holds_a_place_is_unfolded(qtbot, lines):
    code = "\n".join(f"line {number}" for number in range(lines))
    transcript = shown(qtbot, [answer(1, f"- a\n\n```\n{code}\nneedle\n```\n\nEnd.")])

    search(qtbot, transcript, "needle")
    qtbot.waitUntil(lambda: "[needle]" in marked(transcript), timeout=20_000)

    assert 0 < point_of(transcript, "needle").y() < transcript.viewport().height()


def test_a_place_in_text_that_is_not_parsed_yet_is_found_and_gone_to(qtbot):
    text = "\n\n".join(f"Paragraph {number} with *some* words." for number in range(6000)) + "\n\nneedle"
    transcript = shown(qtbot, [answer(1, text), *(answer(number, LONG) for number in range(2, 9))])

    transcript.finder.search("needle")
    qtbot.waitUntil(lambda: "[needle]" in marked(transcript), timeout=60_000)

    assert transcript.finder.count == 1


def test_the_count_follows_an_answer_that_grows(qtbot):
    transcript = shown(qtbot, [user(1, "one"), answer(2, "one o", Status.STREAMING)])
    search(qtbot, transcript, "one")

    for delta in ("ne\n\n**o**", "ne and one\n\n", "```\none"):
        transcript.grow(MessageId(2), delta)
        settle(transcript)
    qtbot.waitUntil(lambda: transcript.finder.count == 6)
    done(qtbot, transcript)

    assert marked(transcript) == ["[one]", "one", "one", "one", "one", "one"]


def test_messages_that_come_or_change_are_searched(qtbot):
    transcript = shown(qtbot, [user(1, "one")])
    search(qtbot, transcript, "one")

    transcript.add_message(answer(2, "one one"))
    done(qtbot, transcript)
    assert transcript.finder.count == 3

    transcript.update_message(answer(2, "two"))
    done(qtbot, transcript)
    assert transcript.finder.count == 1


def test_another_chat_is_searched_for_the_same(qtbot):
    transcript = shown(qtbot, [user(1, "one")])
    search(qtbot, transcript, "one")

    transcript.show_chat(ChatId(2), [user(7, "one one"), answer(8, "one")])
    done(qtbot, transcript)

    assert transcript.finder.count == 3
    assert transcript.finder.number == 0


def test_closing_selects_the_current_place(qtbot):
    transcript = shown(qtbot, [answer(1, "one **two** three")])
    search(qtbot, transcript, "two")

    transcript.finder.close()

    assert transcript.selected_markdown() == "**two**"


NUMBERED = " ".join(f"n{number}" for number in range(2000))


def over_a_cut(is_plain: bool) -> str:  # noqa: FBT001 - a parameter of a test
    """Two words between which the endless paragraph is cut."""
    first, second, *_ = shown_texts(NUMBERED, is_plain=is_plain)
    return f"{first.text.split()[-1]} {second.text.split()[0]}"


@pytest.mark.parametrize("way", [{}, {"is_whole_word": True}, {"is_expression": True}], ids=["plain", "word", "regex"])
@pytest.mark.parametrize("make", [user, answer])
def test_a_place_over_the_cut_of_an_endless_paragraph_is_one(qtbot, make, way):
    words = over_a_cut(make is user)
    transcript = shown(qtbot, [make(1, NUMBERED), *(answer(number, LONG) for number in range(2, 5))])

    search(qtbot, transcript, words, **way)
    transcript.finder.step(1)
    done(qtbot, transcript)

    assert (transcript.finder.count, transcript.finder.number) == (1, 1)
    assert [mark.replace(" ", "") for mark in marked(transcript)] == [f"[{word}]" for word in words.split()]
    assert 0 < point_of(transcript, words.split()[0]).y() < transcript.viewport().height()
    transcript.finder.close()
    assert transcript.selected_markdown().split() == words.split()
    assert transcript.finder.selected_words() == words


def test_a_place_over_a_cut_is_found_while_the_paragraph_grows(qtbot):
    words = over_a_cut(is_plain=False)
    cut = NUMBERED.index(words) + len(words) - 1
    transcript = shown(qtbot, [user(1, "n"), answer(2, NUMBERED[: cut - 9], Status.STREAMING)])
    search(qtbot, transcript, words)

    for delta in (NUMBERED[cut - 9 : cut], NUMBERED[cut : cut + 9], NUMBERED[cut + 9 :]):
        transcript.grow(MessageId(2), delta)
        settle(transcript)
        done(qtbot, transcript)

    assert transcript.finder.count == 1
    transcript.finder.step(1)
    done(qtbot, transcript)
    assert marked(transcript) == [f"[{word}]" for word in words.split()]


def test_expressions_are_searched_in_what_is_shown(qtbot):
    transcript = shown(qtbot, [user(1, "a1 b22"), answer(2, "**c**333 and `d4`")])

    search(qtbot, transcript, r"\w\d+", is_expression=True)

    assert transcript.finder.count == 4
    assert marked(transcript) == ["[a1]", "b22", "c333", "d4"]


def test_a_broken_expression_is_a_problem_and_the_next_one_none(qtbot):
    transcript = shown(qtbot, [answer(1, "one")])

    search(qtbot, transcript, "(o", is_expression=True)
    broken = transcript.finder.problem
    search(qtbot, transcript, "(o)", is_expression=True)

    assert broken is Problem.INVALID
    assert transcript.finder.problem is None
    assert transcript.finder.count == 1


def test_an_expression_that_never_ends_is_given_up_while_the_window_lives(qtbot):
    transcript = shown(qtbot, [answer(1, "a" * 60 + "!")])
    longest = 0.0

    transcript.finder.search(r"(a+)+$", is_expression=True)
    last = time.process_time()
    while transcript.finder.problem is None:
        qtbot.wait(1)
        now = time.process_time()
        longest, last = max(longest, now - last), now

    assert transcript.finder.problem is Problem.TOO_SLOW
    assert longest < 1.0
    search(qtbot, transcript, "a!", is_expression=True)
    assert transcript.finder.count == 1


@pytest.mark.parametrize("text", ["$", "", "x*"])
def test_empty_places_are_none(qtbot, text):
    transcript = shown(qtbot, [answer(1, "one")])

    search(qtbot, transcript, text, is_expression=True)

    assert transcript.finder.count == 0


def test_the_scroll_bar_has_ticks_where_something_is(qtbot):
    views = [user(number, "needle" if number in {1, 40} else "nothing") for number in range(1, 41)]
    transcript = shown(qtbot, views)

    search(qtbot, transcript, "needle")
    bar = transcript.verticalScrollBar()
    qtbot.waitUntil(lambda: any(child.isVisible() for child in bar.children() if child.isWidgetType()))

    ticks = next(child for child in bar.children() if child.isWidgetType())
    assert len(ticks.ticks) == 2
    assert ticks.ticks[0] < bar.height() * 0.1 < bar.height() * 0.9 < ticks.ticks[1]
    assert bar.childAt(QPoint(3, ticks.ticks[0])) is None  # the mouse goes through


def _fields(message):
    return {name: getattr(message, name) for name in message.__slots__}


def test_every_place_in_sight_is_marked_in_a_line_with_thousands_of_them(qtbot):
    transcript = shown(qtbot, [answer(1, "```\n" + "ab " * 900 + "\n```\n\n" + "ab " * 900)])
    search(qtbot, transcript, "ab")
    for row, shift in ((1, 0.0), (1, 2_000.0), (2, 0.0)):
        transcript.rows.items[0].body.side_scrolls[0] = [shift]
        transcript.refresh()
        image = transcript.viewport().grab().toImage()
        placed = next(each for each in transcript.arranged().placed if each.key.row == row)
        part = transcript.rows.box(placed.key).parts[0]
        y = round(placed.y + transcript.rows.items[0].gap(row) + part.y + 4)

        grounds = [image.pixelColor(x, y) == transcript.stage.theme.found for x in range(image.width())]

        # Each mark begins once; a line of the column has some thirty.
        assert sum(here and not before for before, here in pairwise(grounds)) > 20


def test_every_letter_of_a_page_is_marked_with_few_strokes():
    marks = [Mark(place, place + 1, place == 500) for place in range(4_000)]
    spaced = [Mark(place, place + 1, False) for place in range(0, 4_000, 2)]

    assert with_neighbours(marks) == [Mark(0, 500, False), marks[500], Mark(501, 4_000, False)]
    assert with_neighbours(spaced) == [Mark(0, 3_999, False)]
    assert with_neighbours(spaced[:900]) == spaced[:900]
    assert with_neighbours(marks[:50]) == marks[:50]


def test_the_texts_of_a_long_parsed_message_are_made_when_they_are_looked_through(qtbot):
    transcript = shown(qtbot, [answer(1, "a short one\n\n" * 5_000)])
    item = transcript.rows.open(0)
    while item.has_unparsed_text:
        item.parse_more()

    work = calls(lambda: transcript.finder._messages.shown(0))

    assert work < 100
    search(qtbot, transcript, "one")
    assert transcript.finder.count == 5_000


def test_many_short_blocks_are_read_in_slices():
    text = ShownText("a\n\n" * 5_000, is_plain=False)

    known = [0, *(len(text.texts) for _ in text.read())]

    assert len(text.texts) == 5_000
    assert max(after - before for before, after in pairwise([*known, 5_000])) <= 300
