"""Which heading a chat stands under."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gigadesk.ui.sidebar import day_groups
from gigadesk.ui.sidebar.day_groups import DayGroups

TODAY = date(2026, 3, 31)


def noon(day: date) -> float:
    return datetime(day.year, day.month, day.day, 12).astimezone().timestamp()


@pytest.mark.parametrize(
    ("age_days", "group"),
    [
        (-3, day_groups.TODAY),
        (0, day_groups.TODAY),
        (1, day_groups.YESTERDAY),
        (2, day_groups.PREVIOUS_7_DAYS),
        (7, day_groups.PREVIOUS_7_DAYS),
        (8, day_groups.PREVIOUS_30_DAYS),
        (30, day_groups.PREVIOUS_30_DAYS),
        (31, day_groups.FIRST_MONTH + 1),
        (365, day_groups.FIRST_MONTH + 12),
    ],
)
def test_age_decides_the_group(age_days, group):
    assert DayGroups(TODAY).group(noon(TODAY - timedelta(days=age_days))) == group


def test_older_groups_know_their_month():
    days = DayGroups(TODAY)

    assert days.month(days.group(noon(date(2025, 12, 24)))) == (2025, 12)


days = st.dates(date(1990, 1, 1), date(2100, 1, 1))


@given(days, days, days)
def test_an_older_chat_never_stands_above_a_newer_one(today, first, second):
    older, newer = sorted((first, second))
    groups = DayGroups(today)

    assert groups.group(noon(older)) >= groups.group(noon(newer))


@given(days, st.floats(-1e12, 1e12))
def test_a_chat_is_of_the_span_of_its_group(today, time):
    groups = DayGroups(today)

    since, before = groups.span(groups.group(time))

    assert since <= time < before


@given(days, days)
def test_the_spans_of_the_groups_leave_no_gap(today, day):
    groups = DayGroups(today)
    group = groups.group(noon(day))
    since, _ = groups.span(group)
    older = groups.group(since - 1)

    assert group < older
    assert groups.span(older)[1] == since


@pytest.mark.parametrize("time", [1e18, -1e18, float("-inf"), 0.0, -1.0])
def test_a_time_no_calendar_knows_has_a_group(time):
    groups = DayGroups(TODAY)

    since, before = groups.span(groups.group(time))

    assert since <= time < before


def test_the_local_day_counts():
    just_after_midnight = datetime.combine(TODAY, datetime.min.time()).astimezone()

    group = DayGroups(TODAY).group
    assert group(just_after_midnight.timestamp()) == day_groups.TODAY
    assert group((just_after_midnight - timedelta(seconds=1)).timestamp()) == day_groups.YESTERDAY
    assert just_after_midnight.astimezone(UTC).timestamp() == just_after_midnight.timestamp()
