"""A new day is named once, above its first message, and every message tells when it was written."""

import time
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import QLocale, QPoint, QPointF
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QToolTip

from gigadesk.settings import Language
from gigadesk.ui.language import LanguageSwitcher
from gigadesk.ui.transcript.messages import days
from gigadesk.ui.transcript.words import day_text, exact_time_text
from tests.ui.transcript.transcript_support import (
    LONG,
    QGuiApplication,
    answer,
    point_of,
    selected_text,
    settle,
    shown,
    user,
)

NOON = datetime(2026, 11, 27, 12).astimezone().timestamp()
DAY_S = 86_400


@pytest.fixture
def zone(monkeypatch):
    """Puts the reader somewhere on earth."""

    def put(name):
        monkeypatch.setenv("TZ", name)
        time.tzset()

    yield put
    monkeypatch.undo()
    time.tzset()


def at(view, seconds):
    return replace(view, message=replace(view.message, created_at=seconds))


@pytest.mark.parametrize(
    ("zone_name", "day"),
    [("UTC", date(2026, 11, 27)), ("Asia/Vladivostok", date(2026, 11, 28)), ("America/New_York", date(2026, 11, 27))],
    ids=["Greenwich", "east", "west"],
)
def test_a_day_is_that_of_the_reader(zone, zone_name, day):
    zone(zone_name)

    assert days.local_day(datetime.fromisoformat("2026-11-27T20:00:00+00:00").timestamp()) == day


@pytest.mark.parametrize("seconds", [1e300, -1e300, float("inf"), float("nan"), -5e11, 5e11])
def test_a_damaged_time_is_some_day_too(seconds):
    assert isinstance(days.local_day(seconds), date)
    assert exact_time_text(seconds)


def test_midnight_is_the_end_of_the_day_also_when_the_clock_is_turned(zone):
    zone("Europe/Berlin")

    assert 0 <= days.seconds_to_midnight() <= 25 * 3600


TODAY = days.local_day(NOON)


@pytest.mark.parametrize(
    ("before", "seconds", "named"),
    [
        (None, NOON, None),
        (None, NOON - DAY_S, TODAY - timedelta(days=1)),
        (NOON - DAY_S, NOON, TODAY),
        (NOON - 60, NOON, None),
        (NOON, NOON + DAY_S, TODAY + timedelta(days=1)),
        (NOON, NOON - DAY_S, TODAY - timedelta(days=1)),
    ],
    ids=["today alone", "an old chat", "the next day", "the same day", "a clock ahead", "a clock set back"],
)
def test_a_day_is_named_where_it_begins(before, seconds, named):
    assert days.begins_day(before, seconds, TODAY) == named


@pytest.mark.parametrize(
    ("language", "age_days", "words"),
    [
        (Language.ENGLISH, 0, "Today"),
        (Language.ENGLISH, 1, "Yesterday"),
        (Language.ENGLISH, 4, "Monday, November 23"),
        (Language.ENGLISH, 365, "Thursday, November 27, 2025"),
        (Language.RUSSIAN, 0, "Сегодня"),
        (Language.RUSSIAN, 1, "Вчера"),
        (Language.RUSSIAN, 4, "Понедельник, 23 ноября"),
        (Language.RUSSIAN, 365, "Четверг, 27 ноября 2025 г."),
    ],
)
def test_days_in_words(qapp, language, age_days, words):
    usual = QLocale()
    switch = LanguageSwitcher(qapp)
    switch.apply(language)
    try:
        assert day_text(date(2026, 11, 27) - timedelta(days=age_days), date(2026, 11, 27)) == words
    finally:
        switch.remove()
        QLocale.setDefault(usual)


def conversation():
    return [
        at(user(1, "An old question"), NOON - 3 * DAY_S),
        at(answer(2, "An old answer"), NOON - 3 * DAY_S + 5),
        at(user(3, "Of yesterday"), NOON - DAY_S),
        at(answer(4, "Also of yesterday"), NOON - DAY_S + 1),
    ]


@pytest.fixture
def noon(monkeypatch):
    """It is noon and stays so: no test may run over midnight."""
    monkeypatch.setattr("gigadesk.ui.transcript.stage.time.time", lambda: NOON)


@pytest.mark.usefixtures("noon")
def test_each_day_is_named_once(qtbot):
    transcript = shown(qtbot, conversation(), height=900)

    names = [mark.text for item in transcript.rows.items for mark in item.box(0).marks if mark.x > 150]

    assert names == [day_text(TODAY - timedelta(days=3), TODAY), "Yesterday"]


@pytest.mark.usefixtures("noon")
def test_a_message_of_a_new_day_brings_its_name(qtbot):
    transcript = shown(qtbot, conversation(), height=900)

    transcript.add_message(at(user(5, "Good morning"), NOON))
    settle(transcript)

    assert [mark.text for mark in transcript.rows.items[-1].box(0).marks] == ["Today"]


@pytest.mark.usefixtures("noon")
def test_names_are_not_selected_and_not_copied(qtbot):
    transcript = shown(qtbot, conversation(), height=900)

    transcript.select_all()

    assert "Yesterday" not in selected_text(transcript)
    assert "Of yesterday" in selected_text(transcript)


@pytest.mark.usefixtures("noon")
def test_days_are_named_anew_when_another_begins(qtbot, monkeypatch):
    transcript = shown(qtbot, conversation(), height=900)
    monkeypatch.setattr("gigadesk.ui.transcript.stage.time.time", lambda: NOON + DAY_S)

    transcript.stage.look_at_calendar()
    settle(transcript)

    marks = [mark.text for item in transcript.rows.items for mark in item.box(0).marks]
    assert "Yesterday" not in marks


def hover(transcript, point):
    viewport = transcript.viewport()
    event = QHelpEvent(QHelpEvent.Type.ToolTip, point, viewport.mapToGlobal(point))
    QGuiApplication.sendEvent(viewport, event)
    return QToolTip.text() if QToolTip.isVisible() else ""


def test_a_question_tells_when_it_was_asked(qtbot):
    transcript = shown(qtbot, [user(1, "When was this?"), answer(2, LONG)])
    transcript.show_offset(0)
    settle(transcript)

    words = hover(transcript, point_of(transcript, "When"))

    assert exact_time_text(1_700_000_000.0) in words


def test_an_answer_tells_it_at_its_header_and_not_over_its_text(qtbot):
    transcript = shown(qtbot, [answer(1, "Words of the answer")])

    text = point_of(transcript, "Words")
    over_text = hover(transcript, text)
    header = transcript.arranger.placed[0]
    over_header = hover(transcript, QPoint(text.x(), round(header.y + header.height) - 8))

    assert over_text == ""
    assert exact_time_text(1_700_000_000.0) in over_header


def test_an_exact_time_names_day_and_second():
    text = exact_time_text(datetime(2026, 11, 27, 15, 4, 5).astimezone().timestamp())

    assert "2026" in text
    assert "04:05" in text


def test_the_ring_of_the_keyboard_is_around_the_message_alone(qtbot):
    transcript = shown(qtbot, conversation(), height=900)

    header = transcript.rows.items[2].box(0)

    assert header.message_top > header.marks[0].y + header.marks[0].height
    assert transcript.zones.place_at(QPointF(400, 5)) is not None
