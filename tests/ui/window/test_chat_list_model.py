"""The rows of the list of chats, moved one at a time."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from gigadesk.chat import Chat, ChatId
from gigadesk.limits import TITLE_MAX_CHARS
from gigadesk.ui.sidebar.chat_list_model import ChatListModel, Role

TODAY = date(2026, 3, 31)
NOON = datetime(2026, 3, 31, 12).astimezone().timestamp()
DAY_S = 86_400


def make_chat(number: int, title: str = "", age_days: float = 0, **changes) -> Chat:
    time = NOON - age_days * DAY_S
    return Chat(ChatId(number), title or f"Chat {number}", time, time, "session", **changes)


class Clock:
    def __init__(self) -> None:
        self.today = TODAY

    def __call__(self) -> date:
        return self.today


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def model(qapp, clock):
    made = ChatListModel(clock)
    tester = QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Warning)
    yield made
    del tester


def texts(model) -> list[str]:
    return [model.data(model.index(row)) for row in range(model.rowCount())]


def test_chats_stand_under_headings_newest_first(model):
    model.set_chats([make_chat(1, age_days=3), make_chat(2), make_chat(3, age_days=1), make_chat(4, age_days=60)])

    assert texts(model) == [
        "Today", "Chat 2", "Yesterday", "Chat 3", "Previous 7 days", "Chat 1", "January 2026", "Chat 4",
    ]  # fmt: skip


def test_a_chat_that_is_used_again_moves_up_and_takes_its_heading_along(model):
    model.set_chats([make_chat(1), make_chat(2, age_days=5)])

    model.put_chat(make_chat(2, age_days=-0.1))

    assert texts(model) == ["Today", "Chat 2", "Chat 1"]


def test_no_event_resets_the_list(model):
    resets = []
    model.modelReset.connect(lambda: resets.append(1))
    model.set_chats([make_chat(number, age_days=number) for number in range(1, 9)])
    resets.clear()

    model.put_chat(make_chat(20))
    model.put_chat(make_chat(5))
    model.put_chat(replace(make_chat(5), is_streaming=True))
    model.remove_chat(ChatId(3))

    assert resets == []


def test_a_change_of_state_touches_one_row(model):
    model.set_chats([make_chat(1), make_chat(2, age_days=0.1)])
    changed = []
    model.dataChanged.connect(lambda first, last, _: changed.append((first.row(), last.row())))

    model.put_chat(replace(make_chat(2, age_days=0.1), is_streaming=True))

    assert changed == [(2, 2)]


@pytest.mark.parametrize(
    ("query", "found"),
    [("borsch", ["Borsch recipe"]), ("RECIPE b", ["Borsch recipe"]), ("елка", ["Ёлка и мишура"]), ("zzz", [])],
)
def test_search_finds_titles_by_all_their_words(model, query, found):
    model.set_chats([make_chat(1, "Borsch recipe"), make_chat(2, "Ёлка и мишура"), make_chat(3, "Recipe of pie")])

    model.set_filter(query)

    assert texts(model) == (["Today", *found] if found else [])


def test_a_new_title_is_searched_too(model):
    model.set_chats([make_chat(1, "One"), make_chat(2, "Two")])
    model.set_filter("three")

    model.put_chat(make_chat(2, "Three"))
    assert texts(model) == ["Today", "Three"]

    model.put_chat(make_chat(2, "Two"))
    assert texts(model) == []


def test_headings_follow_the_day(model, clock):
    model.set_chats([make_chat(1)])

    clock.today += timedelta(days=1)
    model.regroup()

    assert texts(model) == ["Yesterday", "Chat 1"]


def test_neighbours_skip_headings_and_end(model):
    model.set_chats([make_chat(1), make_chat(2, age_days=1), make_chat(3, age_days=20)])

    assert model.neighbour(ChatId(1), 1) == 2
    assert model.neighbour(ChatId(3), -1) == 2
    assert model.neighbour(ChatId(1), -1) is None
    assert model.neighbour(ChatId(3), 1) is None


def test_a_row_is_spoken_with_its_state(model):
    model.set_chats([replace(make_chat(1), is_unread=True, is_streaming=True, title="")])
    model.set_shown(ChatId(1))

    spoken = model.data(model.index_of(ChatId(1)), Qt.ItemDataRole.AccessibleTextRole)

    assert spoken == "New chat, answer is being written, unread, open"


def test_headings_cannot_be_chosen(model):
    model.set_chats([make_chat(1)])

    assert not model.flags(model.index(0)) & Qt.ItemFlag.ItemIsEnabled
    assert model.data(model.index(0), Role.CHAT) is None


def test_a_new_title_is_a_wish_and_changes_nothing_itself(model):
    wishes = []
    model.rename_requested.connect(lambda *wish: wishes.append(wish))
    model.set_chats([make_chat(1)])

    model.setData(model.index(1), "  Two\nlines\u2028here " + "x" * 500)
    model.setData(model.index(1), "   ")
    model.setData(model.index(1), "Chat 1")

    assert wishes == [(1, ("Two lines here " + "x" * 500)[:TITLE_MAX_CHARS])]
    assert texts(model) == ["Today", "Chat 1"]


def test_a_title_like_html_is_shown_letter_by_letter(model):
    title = '<img src="/dev/zero">'
    model.set_chats([make_chat(1, title)])

    tooltip = model.data(model.index(1), Qt.ItemDataRole.ToolTipRole)

    assert "<img" not in tooltip
    assert model.data(model.index(1)) == title


titles = st.sampled_from(["apple", "pear", "apple pie", ""])
steps = st.lists(
    st.one_of(
        st.tuples(st.just("put"), st.integers(1, 9), st.floats(-1, 90), titles),
        st.tuples(st.just("remove"), st.integers(1, 9)),
        st.tuples(st.just("filter"), st.sampled_from(["", "apple", "pie", "nothing"])),
    ),
    max_size=25,
)


def ids(model) -> list[int]:
    """Ids of the rows from top to bottom, 0 for a heading."""
    chats = [model.chat_at(model.index(row)) for row in range(model.rowCount())]
    return [chat.id if chat else 0 for chat in chats]


@given(steps)
def test_any_steps_end_where_a_fresh_start_would(qapp, steps):
    chats = {number: make_chat(number, f"apple {number}", age_days=number * 5) for number in range(1, 8)}
    query = ""
    model = ChatListModel(Clock())
    model.set_chats(chats.values())
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)

    for step in steps:
        match step:
            case ("put", number, age_days, title):
                chats[number] = replace(make_chat(number, age_days=age_days), title=title)
                model.put_chat(chats[number])
            case ("remove", number):
                chats.pop(number, None)
                model.remove_chat(ChatId(number))
            case ("filter", query):
                model.set_filter(query)

    fresh = ChatListModel(Clock())
    fresh.set_filter(query)
    fresh.set_chats(chats.values())
    assert ids(model) == ids(fresh)
    assert texts(model) == texts(fresh)
    del tester
