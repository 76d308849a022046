"""A page that is costly to lay out comes in turns of the loop, and nothing that is in sight moves meanwhile."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest

from gigadesk.markdown import parse
from gigadesk.settings import FollowMode
from gigadesk.ui.transcript import arrangement
from tests.ui.transcript.transcript_support import LONG, answer, settle, shown, user

TEXT = LONG[:1500]
QUESTIONS = [view for number in range(1, 9, 2) for view in (user(number, "Question"), answer(number + 1, TEXT))]


@pytest.fixture(autouse=True)
def parser():
    """Loaded: to do that takes longer than a turn may."""
    parse("*a*")


@pytest.fixture
def no_time(monkeypatch):
    """Every row takes longer than a turn may."""
    monkeypatch.setattr(arrangement, "TURN_S", 0.0)


def page(transcript):
    return [(placed.key, placed.y) for placed in transcript.arranged().placed]


def turns(transcript):
    """What stood where in each turn until all was there."""
    found = [page(transcript)]
    while transcript.is_parsing:
        QCoreApplication.processEvents()
        found.append(page(transcript))
    return found


def assert_nothing_moved(pages):
    for before, after in pairwise(pages):
        places = dict(after)
        assert all(places.get(key, y) == y for key, y in before)


def test_the_page_at_the_end_grows_upwards_and_nothing_moves(qtbot, no_time):
    transcript = shown(qtbot, ())
    transcript.show_chat(QUESTIONS[0].message.chat_id, QUESTIONS)

    pages = turns(transcript)

    assert len(pages) > 5
    assert_nothing_moved(pages)
    assert pages[-1][0][1] <= 0
    assert transcript.follow.is_armed


def test_a_page_that_was_gone_to_is_filled_and_nothing_moves(qtbot, no_time):
    transcript = shown(qtbot, QUESTIONS)
    settle(transcript)
    transcript.show_offset(500)

    pages = turns(transcript)

    assert len(pages) > 5
    assert_nothing_moved(pages)
    assert pages[-1][0][1] <= 0


def test_it_is_the_same_page_as_in_one_turn(qtbot, monkeypatch):
    distances = (-250, -900, 300, -5000, 700)
    monkeypatch.setattr(arrangement, "TURN_S", float("inf"))
    whole = shown(qtbot, QUESTIONS)
    expected = []
    for distance in distances:
        whole.scroll_by(distance)
        expected.append(page(whole))

    monkeypatch.setattr(arrangement, "TURN_S", 0.0)
    transcript = shown(qtbot, ())
    transcript.show_chat(QUESTIONS[0].message.chat_id, QUESTIONS)
    turns(transcript)
    found = []
    for distance in distances:
        transcript.scroll_by(distance)
        found.append(turns(transcript)[-1])

    assert found == expected


def test_another_width_shows_the_same_as_in_one_turn(qtbot, monkeypatch):
    whole, transcript = shown(qtbot, QUESTIONS), shown(qtbot, QUESTIONS)
    for view in (whole, transcript):
        view.scroll_by(-1500)
        settle(view)
    whole.resize(500, 600)
    settle(whole)
    monkeypatch.setattr(arrangement, "TURN_S", 0.0)

    transcript.resize(500, 600)
    pages = turns(transcript)

    assert len(pages) > 5
    assert pages[-1] == page(whole)


def test_who_goes_down_to_the_end_follows_it_again(qtbot, no_time):
    transcript = shown(qtbot, QUESTIONS)
    settle(transcript)
    transcript.scroll_by(-3000)
    turns(transcript)
    assert not transcript.follow.is_armed

    for _ in range(20):
        QTest.keyClick(transcript, Qt.Key.Key_PageDown)
        turns(transcript)

    assert transcript.arranger.is_at_end
    assert transcript.follow.is_armed
    assert not transcript.jump_button.isVisible()


def test_the_first_line_that_is_held_is_found(qtbot, monkeypatch):
    transcript = shown(qtbot, QUESTIONS[:3])
    transcript.set_follow_mode(FollowMode.FIRST_LINE)
    transcript.add_message(QUESTIONS[3])
    settle(transcript)
    held = page(transcript)
    monkeypatch.setattr(arrangement, "TURN_S", 0.0)

    transcript.set_theme(transcript.stage.theme)
    turns(transcript)

    assert page(transcript)[0] == held[0]


def test_a_chat_is_shown_only_when_all_of_its_page_is(qtbot, no_time):
    transcript = shown(qtbot, ())
    painted = []
    transcript.chat_painted.connect(lambda: painted.append(transcript.arranger.is_partial))

    transcript.show_chat(QUESTIONS[0].message.chat_id, QUESTIONS)
    qtbot.waitUntil(lambda: bool(painted))

    assert painted == [False]
