"""How far the clock is believed: what must go goes in time, and a wrong clock throws nothing away."""

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gigadesk.store.expiry import DAY_S, DOUBT_S, LEAP_S, NOTED_EVERY_S, NOTES_NAME, ExpiryNotes

START = 1_800_000_000.0
DAYS = 30


def look_daily(notes: ExpiryNotes, first: float, count: int) -> float:
    """The last time of so many looks, a day apart."""
    for number in range(count):
        notes.before(first + number * DAY_S, DAYS)
    return first + (count - 1) * DAY_S


def test_who_is_there_daily_gets_the_time_exactly():
    notes = ExpiryNotes(None)
    now = look_daily(notes, START, 40)

    assert notes.before(now, DAYS) == now - DAYS * DAY_S


def test_the_first_look_throws_nothing_away_and_the_next_day_does():
    notes = ExpiryNotes(None)

    assert notes.before(START, DAYS) == -inf
    assert notes.before(START + DAY_S - 1, DAYS) == -inf
    assert notes.before(START + DAY_S, DAYS) == START - (DAYS - 1) * DAY_S


def test_who_comes_once_a_month_waits_for_the_next_time():
    notes = ExpiryNotes(None)

    notes.before(START, DAYS)
    assert notes.before(START + 31 * DAY_S, DAYS) == START - (DAYS - 1) * DAY_S
    assert notes.before(START + 62 * DAY_S, DAYS) == START + 31 * DAY_S - (DAYS - 1) * DAY_S


@pytest.mark.parametrize("ahead", [LEAP_S + 1, 31 * DAY_S, 400 * DAY_S], ids=["days", "a month", "a year"])
def test_behind_a_leap_a_week_goes_by_before_anything_does(ahead):
    notes = ExpiryNotes(None)
    before = look_daily(notes, START, 40)
    limit = before - (DAYS - 1) * DAY_S

    now = before + ahead
    for number in range(7):
        assert notes.before(now + number * DAY_S, DAYS) <= limit
    assert notes.before(now + DOUBT_S, DAYS) == now + DOUBT_S - DAYS * DAY_S


def test_a_clock_that_was_a_month_ahead_for_some_days_has_thrown_nothing_away():
    """And is forgotten when it is right again."""
    notes, right = ExpiryNotes(None), ExpiryNotes(None)
    now = look_daily(notes, START, 40)
    look_daily(right, START, 40)

    wrong = [notes.before(now + (31 + number / 4) * DAY_S, DAYS) for number in range(20)]

    assert max(wrong) <= now - (DAYS - 1) * DAY_S
    for number in range(1, 10):
        assert notes.before(now + number * DAY_S, DAYS) == right.before(now + number * DAY_S, DAYS)


def test_the_notes_outlive_the_program(tmp_path):
    path = tmp_path / NOTES_NAME
    ExpiryNotes(path).before(START, DAYS)
    ExpiryNotes(path).before(START + 3650 * DAY_S, DAYS)

    assert ExpiryNotes(path).before(START + 3650.5 * DAY_S, DAYS) == START - (DAYS - 1) * DAY_S
    assert ExpiryNotes(path).before(START + DAY_S, DAYS) == START - (DAYS - 1) * DAY_S
    assert ExpiryNotes(path).before(START + 2 * DAY_S, DAYS) == START + DAY_S - (DAYS - 1) * DAY_S


def test_a_thousand_starts_in_a_day_do_not_grow_the_notes(tmp_path):
    path = tmp_path / NOTES_NAME
    for number in range(1000):
        ExpiryNotes(path).before(START + number * 80, DAYS)

    assert path.stat().st_size < 500


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"words",
        b"2\nnan nan",
        b"2\n1e999 0",
        b"\xff\xff",
        b"1.0 nan 2.0",
        b"2\n" + b"1 " * 9000,
        b"2\n9 9 1 1",
        b"1 2",
    ],
)
def test_damaged_notes_are_none(tmp_path, content):
    (tmp_path / NOTES_NAME).write_bytes(content)

    assert ExpiryNotes(tmp_path / NOTES_NAME).before(START, DAYS) == -inf


def test_who_cannot_keep_the_notes_throws_nothing_away(tmp_path):
    notes = ExpiryNotes(tmp_path / "not there" / NOTES_NAME)

    look_daily(notes, START, 40)

    assert notes.before(START + 40 * DAY_S, DAYS) == -inf


@given(
    st.lists(st.floats(0, 100).map(lambda days: days * DAY_S), max_size=30),
    st.floats(0, 40_000).map(lambda days: days * DAY_S),
    st.integers(1, 60),
)
def test_one_wrong_reading_changes_nothing_that_the_right_ones_would_not(gaps, wrong, days):
    """Right readings, one of another clock, and the next right one."""
    notes, right = ExpiryNotes(None), ExpiryNotes(None)
    now = START
    last = -inf
    for gap in gaps:
        now += gap
        notes.before(now, days)
        right.before(now, days)
        last = now

    limit = last - (days - 1) * DAY_S
    assert notes.before(now + wrong, days) <= max(limit, now - days * DAY_S)
    assert notes.before(now + NOTED_EVERY_S, days) <= now + NOTED_EVERY_S - days * DAY_S
