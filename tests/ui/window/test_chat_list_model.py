"""The rows of the list of chats, moved one at a time."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QAbstractItemModelTester

from gigadesk.chat import Chat, ChatId, Folder, FolderId
from gigadesk.limits import TITLE_MAX_CHARS
from gigadesk.ui.sidebar import chat_pages, found_chats
from gigadesk.ui.sidebar.chat_list_model import ChatListModel, Role
from tests.listing_support import ListedChats

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


class TheList(ChatListModel):
    """A model over chats in memory; what changes there is told to it, as facts tell it."""

    def __init__(self, today) -> None:
        super().__init__(today)
        self.listed = ListedChats()
        self.use_source(self.listed)

    def set_chats(self, chats) -> None:
        self.listed.chats = {chat.id: chat for chat in chats}
        self.reload()

    def put(self, chat: Chat) -> None:
        is_new = chat.id not in self.listed.chats
        self.listed.chats[chat.id] = chat
        self.add_chat(chat) if is_new else self.put_chat(chat)

    def put_many(self, numbers, age_days: float, title: str, changes: dict | None) -> None:
        """All of these are so, or gone (None), and told at once."""
        for number in numbers:
            self.listed.chats.pop(ChatId(number), None)
            if changes is not None:
                chat = make_chat(number, age_days=age_days + number, **changes)
                self.listed.chats[chat.id] = replace(chat, title=title)
        self.renew([ChatId(number) for number in numbers])

    def remove(self, number: int) -> None:
        if self.listed.chats.pop(ChatId(number), None) is not None:
            self.remove_chat(ChatId(number))


@pytest.fixture
def model(qapp, clock):
    made = TheList(clock)
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

    model.put(make_chat(2, age_days=-0.1))

    assert texts(model) == ["Today", "Chat 2", "Chat 1"]


def test_no_event_resets_the_list(model):
    resets = []
    model.modelReset.connect(lambda: resets.append(1))
    model.set_chats([make_chat(number, age_days=number) for number in range(1, 9)])
    texts(model)
    resets.clear()

    for chat in (make_chat(20), make_chat(5), replace(make_chat(5), is_streaming=True)):
        model.put(chat)
        texts(model)
    model.remove(3)

    assert resets == []


def test_a_change_of_state_touches_one_row(model):
    model.set_chats([make_chat(1), make_chat(2, age_days=0.1)])
    texts(model)
    changed = []
    model.dataChanged.connect(lambda first, last, _: changed.append((first.row(), last.row())))

    model.put(replace(make_chat(2, age_days=0.1), is_streaming=True))

    assert changed == [(2, 2)]


@pytest.mark.parametrize(
    ("query", "found"),
    [("borsch", ["Borsch recipe"]), ("RECIPE b", ["Borsch recipe"]), ("елка", ["Ёлка и мишура"]), ("zzz", [])],
)
def test_search_finds_titles_by_all_their_words(model, query, found):
    model.set_chats([make_chat(1, "Borsch recipe"), make_chat(2, "Ёлка и мишура"), make_chat(3, "Recipe of pie")])

    model.set_filter(query)

    assert texts(model) == (["Today", *found] if found else [])


def test_a_chat_that_is_called_by_its_draft_is_found_by_it(model):
    nameless = replace(make_chat(1), title="", has_draft=True, draft_start="Recipe of\n\nborsch")
    model.set_chats([nameless, make_chat(2, "Pie")])

    model.set_filter("borsch recipe")
    assert texts(model) == ["Today", "Recipe of borsch"]

    model.put(replace(nameless, draft_start="Something else"))
    assert texts(model) == []

    model.put(nameless)
    assert texts(model) == ["Today", "Recipe of borsch"]


def test_a_new_title_is_searched_too(model):
    model.set_chats([make_chat(1, "One"), make_chat(2, "Two")])
    model.set_filter("three")

    model.put(make_chat(2, "Three"))
    assert texts(model) == ["Today", "Three"]

    model.put(make_chat(2, "Two"))
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

    for text in ("  Two\nlines\u2028here " + "x" * 500, "   ", "Chat 1"):
        model.rename(make_chat(1), text)

    assert wishes == [(1, ("Two lines here " + "x" * 500)[:TITLE_MAX_CHARS])]
    assert texts(model) == ["Today", "Chat 1"]


def test_a_title_like_html_is_shown_letter_by_letter(model):
    title = '<img src="/dev/zero">'
    model.set_chats([make_chat(1, title)])

    tooltip = model.data(model.index(1), Qt.ItemDataRole.ToolTipRole)

    assert "<img" not in tooltip
    assert model.data(model.index(1)) == title


def folders(*parents: int | None) -> list[Folder]:
    """Folders 1, 2, ... in these parents."""
    return [
        Folder(FolderId(number), f"Folder {number}", None if parent is None else FolderId(parent), position=number)
        for number, parent in enumerate(parents, start=1)
    ]


def test_pinned_chats_stand_above_folders_and_those_above_the_days(model):
    model.set_chats([
        make_chat(1), make_chat(2, is_pinned=True, age_days=50), make_chat(3, folder_id=FolderId(1)),
        make_chat(4, folder_id=FolderId(2)), make_chat(5, is_archived=True),
    ])  # fmt: skip

    model.set_folders(folders(None, 1))

    assert texts(model) == ["Pinned", "Chat 2", "Folder 1", "Folder 2", "Chat 4", "Chat 3", "Today", "Chat 1"]


def test_a_folder_in_another_says_where_it_stands(model):
    """Below the fifth level all rows begin at the same place."""
    model.set_folders(folders(None, 1, 2))
    index = model.index_of_folder(FolderId(3))

    assert model.data(index, Qt.ItemDataRole.ToolTipRole) == "Folder 1 › Folder 2 › Folder 3"
    spoken = model.data(index, Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Folder Folder 3, in the folder Folder 2, 0 chats, unfolded"


def test_a_folded_folder_hides_what_is_in_it_and_says_how_much(model):
    model.set_chats([make_chat(1, folder_id=FolderId(1)), make_chat(2, folder_id=FolderId(2))])
    model.set_folders(folders(None, 1))

    model.fold(FolderId(1), is_open=False)

    assert texts(model) == ["Folder 1"]
    spoken = model.data(model.index(0), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Folder Folder 1, 2 chats, folded"
    assert model.folded == {FolderId(1)}
    model.reveal(ChatId(2))
    assert texts(model) == ["Folder 1", "Folder 2", "Chat 2", "Chat 1"]


def test_the_archive_is_a_list_of_its_own(model):
    model.set_chats([make_chat(1), make_chat(2, is_archived=True, folder_id=FolderId(1))])
    model.set_folders(folders(None))

    model.set_archive(is_archive=True)
    assert texts(model) == ["Today", "Chat 2"]

    model.put(replace(make_chat(2), is_archived=False))
    assert texts(model) == []


def test_of_many_chats_only_some_pages_are_held(model):
    model.set_chats([make_chat(number, age_days=number / 100) for number in range(5000)])

    for row in range(0, model.rowCount(), 7):
        model.data(model.index(row))

    held = model._contents.pages._pages
    assert len(held) <= chat_pages.PAGES
    assert sum(map(len, held.values())) <= chat_pages.PAGES * chat_pages.PAGE_CHATS


def test_an_event_about_a_chat_in_sight_reads_one_page_at_most(model):
    model.set_chats([make_chat(number, age_days=number / 1000) for number in range(1, 3000)])
    first = model.chat(ChatId(1))
    [model.data(model.index(row)) for row in range(10)]
    model.listed.pages_read = 0

    for number in range(20):
        model.put(replace(first, is_streaming=True, title=str(number)))
        [model.data(model.index(row)) for row in range(10)]

    assert model.listed.pages_read == 0


def test_a_title_far_down_is_found_a_moment_later(qtbot, model):
    count = found_chats.PORTION * 2
    model.set_chats(
        [make_chat(number, "Needle" if number == count else "Hay", number / 100) for number in range(1, count + 1)]
    )

    model.set_filter("needle")
    assert model.is_searching
    qtbot.waitUntil(lambda: not model.is_searching)

    assert texts(model)[1:] == ["Needle"]


def test_a_store_that_has_less_than_was_counted_is_read_again(qtbot, model):
    model.set_chats([make_chat(1), make_chat(2)])
    del model.listed.chats[ChatId(2)]

    texts(model)

    qtbot.waitUntil(lambda: texts(model) == ["Today", "Chat 1"])


def test_nothing_begins_anew_while_a_title_is_edited(qtbot, model):
    model.set_chats([make_chat(1)])
    model.hold(is_held=True)

    model.set_folders(folders(None))
    assert texts(model) == ["Today", "Chat 1"]
    model.hold(is_held=False)

    qtbot.waitUntil(lambda: texts(model) == ["Folder 1", "Today", "Chat 1"])


titles = st.sampled_from(["apple", "pear", "apple pie", ""])
steps = st.lists(
    st.one_of(
        st.tuples(
            st.just("put"), st.integers(1, 9), st.floats(-1, 90), titles,
            st.sampled_from(
                [{}, {"is_pinned": True}, {"folder_id": FolderId(1)}, {"folder_id": FolderId(3)}, {"is_archived": True}]
            ),
        ),
        st.tuples(st.just("state"), st.integers(1, 9)),
        st.tuples(st.just("remove"), st.integers(1, 9)),
        st.tuples(
            st.just("many"), st.sets(st.integers(1, 9)), st.floats(-1, 90), titles,
            st.sampled_from([None, {}, {"is_pinned": True}, {"folder_id": FolderId(1)}, {"is_archived": True}]),
        ),
        st.tuples(st.just("filter"), st.sampled_from(["", "", "apple", "pie", "nothing"])),
        st.tuples(st.just("fold"), st.integers(1, 3), st.booleans()),
        st.tuples(st.just("archive"), st.booleans()),
        st.tuples(st.just("pinned heading"), st.booleans()),
    ),
    max_size=25,
)  # fmt: skip


def ids(model) -> list[int]:
    """Ids of the rows from top to bottom, 0 for a heading."""
    chats = [model.chat_at(model.index(row)) for row in range(model.rowCount())]
    return [chat.id if chat else 0 for chat in chats]


@pytest.mark.parametrize("limit", [5000, 3], ids=["looked at", "looked for once more"])
def test_what_is_found_follows_what_is_done_with_many_chats(qtbot, model, monkeypatch, limit):
    monkeypatch.setattr(found_chats, "RENEWED_CHATS", limit)
    monkeypatch.setattr(found_chats, "PORTION", 2)
    model.set_chats([make_chat(number, "Needle" if number < 6 else "Hay", number / 100) for number in range(1, 10)])
    model.set_filter("needle")
    qtbot.waitUntil(lambda: ids(model) == [0, 1, 2, 3, 4, 5])

    model.put_many(range(1, 5), 0.0, "Hay", {})
    qtbot.waitUntil(lambda: ids(model) == [0, 5])
    model.put_many(range(5, 9), 0.0, "", None)
    qtbot.waitUntil(lambda: ids(model) == [])
    model.put_many(range(1, 5), 0.0, "Needle", {"is_archived": True})
    model.put_many(range(5, 9), 0.0, "Needle", {})
    qtbot.waitUntil(lambda: [each for each in ids(model) if each] == [5, 6, 7, 8])


@given(steps)
def test_any_steps_end_where_a_fresh_start_would(qapp, steps):
    model = TheList(Clock())
    model.set_chats([make_chat(number, f"apple {number}", age_days=number * 5) for number in range(1, 8)])
    model.set_folders(folders(None, 1, 2))
    query, is_archive = "", False
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)

    for step in steps:
        texts(model)  # as a view has them
        match step:
            case ("put", number, age_days, title, changes):
                model.put(replace(make_chat(number, age_days=age_days, **changes), title=title))
            case ("state", number) if ChatId(number) in model.listed.chats:
                model.put(replace(model.listed.chats[ChatId(number)], is_unread=True))
            case ("remove", number):
                model.remove(number)
            case ("many", numbers, age_days, title, changes):
                model.put_many(numbers, age_days, title, changes)
            case ("filter", query):
                model.set_filter(query)
            case ("fold", number, is_open):
                model.fold(FolderId(number), is_open=is_open)
            case ("archive", is_wanted):
                query = query if is_wanted == is_archive else ""
                is_archive = is_wanted
                model.set_archive(is_archive=is_archive)
            case ("pinned heading", is_wanted):
                model.keep_pinned_heading(is_wanted=is_wanted)
                model.keep_pinned_heading(is_wanted=False)

    assert not model._reloading.isActive()
    fresh = TheList(Clock())
    fresh.set_folded(model.folded)
    fresh.set_chats(model.listed.chats.values())
    fresh.set_folders(folders(None, 1, 2))
    fresh.set_archive(is_archive=is_archive)
    fresh.set_filter(query)
    assert ids(model) == ids(fresh)
    assert texts(model) == texts(fresh)
    assert model.chat_ids(0, model.rowCount()) == [each for each in ids(fresh) if each]
    assert [model.index_of(ChatId(each)).row() for each in ids(fresh) if each] == [
        row for row, each in enumerate(ids(fresh)) if each
    ]
    del tester


def test_thousands_of_chats_are_counted_as_people_write_them(qapp):
    former = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English))
    try:
        assert ChatListModel().count_words(100_000).startswith("100,000 chat")
    finally:
        QLocale.setDefault(former)
