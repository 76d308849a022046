"""The list of chats in portions: the same chats in the same order as from a sorted list of all of them."""

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gigadesk.chat import ChatId, FolderId, Section, SectionKind, TitleLine
from gigadesk.store import Store
from gigadesk.store.chats import TitleOrigin

Place = tuple[int, str, int | None]
"""Time, where the chat stands ("listed", "pinned", "folder", "archived", "trash"), and its folder."""

places = st.lists(
    st.tuples(
        st.integers(0, 9),
        st.sampled_from(["listed", "listed", "pinned", "archived", "trash"]),
        st.sampled_from([None, None, 1, 2]),
    ),
    max_size=30,
)
KINDS = {
    "pinned": SectionKind.PINNED,
    "archived": SectionKind.ARCHIVED,
    "listed": SectionKind.LISTED,
}


def store_with(chats: list[Place]) -> Store:
    store = Store.in_memory()
    with store._database.transaction(is_barrier=False):
        for folder in (1, 2):
            store._database.execute(
                "INSERT INTO folders (id, name, position, created_at) VALUES (?, '', 0, 0)", (folder,)
            )
        for time, state, folder in chats:
            store._database.execute(
                "INSERT INTO chats (title, title_origin, created_at, updated_at, session_id, model, folder_id,"
                " pinned_at, archived_at, deleted_at) VALUES (?, 'user', 0, ?, '', '', ?, ?, ?, ?)",
                (
                    f"Chat {time}",
                    float(time),
                    folder,
                    1.0 if state == "pinned" else None,
                    1.0 if state == "archived" else None,
                    1.0 if state == "trash" else None,
                ),
            )
    return store


def section_of(place: Place) -> tuple[SectionKind, int | None] | None:
    _, state, folder = place
    if state == "trash":
        return None
    if state == "listed" and folder is not None:
        return SectionKind.FOLDER, folder
    return KINDS[state], None


def expected(chats: list[Place], section: Section) -> list[int]:
    wanted = (section.kind, section.folder_id)
    keys = [
        (-time, -number)
        for number, (time, state, folder) in enumerate(chats, start=1)
        if section_of((time, state, folder)) == wanted and section.since <= time < section.before
    ]
    return [-number for _, number in sorted(keys)]


SECTIONS = [
    Section(SectionKind.LISTED),
    Section(SectionKind.LISTED, since=3, before=7),
    Section(SectionKind.PINNED),
    Section(SectionKind.ARCHIVED, before=5),
    Section(SectionKind.FOLDER, FolderId(1)),
    Section(SectionKind.FOLDER, FolderId(2), since=4),
]


@given(places, st.sampled_from(SECTIONS), st.integers(0, 12), st.integers(1, 7))
def test_a_page_is_a_part_of_the_sorted_list(chats, section, offset, count):
    listing = store_with(chats).listing
    wanted = expected(chats, section)

    assert [chat.id for chat in listing.page(section, offset, count)] == wanted[offset : offset + count]
    assert listing.ids(section, offset, count) == wanted[offset : offset + count]
    assert listing.count(section) == len(wanted)
    assert listing.newest_time(section) == (float(chats[wanted[0] - 1][0]) if wanted else None)
    assert [listing.rank(section, float(chats[each - 1][0]), ChatId(each)) for each in wanted] == list(
        range(len(wanted))
    )


@given(places)
def test_folders_are_counted_and_the_newest_is_known(chats):
    listing = store_with(chats).listing
    counts = {
        folder: len(found)
        for folder in (1, 2)
        if (found := expected(chats, Section(SectionKind.FOLDER, FolderId(folder))))
    }
    live = [
        (time, number) for number, (time, state, _) in enumerate(chats, start=1) if state not in {"archived", "trash"}
    ]

    assert listing.folder_counts() == counts
    newest = listing.newest()
    assert (newest.id if newest else None) == (max(live)[1] if live else None)
    assert listing.has_any() == any(state != "trash" for _, state, _ in chats)


def test_a_chat_without_a_title_is_called_by_its_draft():
    store = Store.in_memory()
    titled, drafted, empty = (store.add_chat("s", float(number)) for number in range(3))
    store.set_title(titled, "title", TitleOrigin.USER)
    for chat_id in (titled, drafted):
        store.set_draft(chat_id, "what was typed")

    titles = {line.id: line.title for line in store.listing.titles(None, 10, is_archived=False)}

    assert titles == {titled: "title", drafted: "what was typed", empty: ""}


@given(places, st.integers(1, 5), st.booleans())
def test_titles_come_in_portions_and_none_twice(chats, count, is_archived):
    listing = store_with(chats).listing
    wanted = sorted(
        (-time, -number)
        for number, (time, state, _) in enumerate(chats, start=1)
        if state != "trash" and (state == "archived") == is_archived
    )

    found: list[TitleLine] = []
    while portion := listing.titles(found[-1] if found else None, count, is_archived=is_archived):
        assert len(portion) <= count
        found += portion

    assert [(-line.updated_at, -line.id) for line in found] == wanted


def test_some_chats_come_as_they_were_named_without_those_in_the_trash():
    listing = store_with([(1, "listed", None), (2, "trash", None), (3, "archived", 1)]).listing

    assert [chat.id for chat in listing.some([ChatId(3), ChatId(2), ChatId(1), ChatId(9)])] == [3, 1]


def test_what_was_typed_is_told_of_chats_without_a_title_alone():
    store = Store.in_memory()
    nameless, named = (store.add_chat("s", 1) for _ in range(2))
    store.set_title(named, "Named", TitleOrigin.USER)
    for chat_id in (nameless, named):
        store.set_draft(chat_id, "x" * 10_000)

    assert store.chat(nameless).draft_start == "x" * 200
    assert store.chat(named).draft_start == ""


@pytest.mark.parametrize("section", SECTIONS, ids=str)
def test_what_is_skipped_is_read_from_the_index_alone(section):
    store = store_with([])
    asked: list[str] = []
    store._database.watch_statements(asked.append)

    store.listing.page(section, 100, 50)
    store.listing.count(section)
    store.listing.rank(section, 5.0, ChatId(1))

    store._database.watch_statements(None)
    for asked_sql in asked:
        sql = asked_sql.replace("Inf", "9e999")
        plan = [row[3] for row in store._database.rows(f"EXPLAIN QUERY PLAN {sql}")]
        assert not any(step.startswith("SCAN chats") and "INDEX" not in step for step in plan), plan
        assert any("INDEX chats_" in step for step in plan), plan


def test_any_number_of_chats_is_read_at_once():
    """Some builds of SQLite take few parameters."""
    store = Store.in_memory()
    folder = store.folders.add("Work", None, 1.0)
    ids = [store.add_chat(str(number), float(number)) for number in range(20)]
    store.places.move(ids[:2], folder)
    store.places.set_pinned(ids[1:3], 1.0, is_pinned=True)
    store.places.delete(ids[3:4], 1.0)
    store._database._connection.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, 5)

    assert [chat.id for chat in store.listing.some(ids[::-1])] == [*ids[:3:-1], *ids[2::-1]]
    assert sorted(store.places.of(ids))[:3] == [(ids[0], folder, False), (ids[1], folder, True), (ids[2], None, True)]
    assert len(store.places.of(ids)) == 19
    store.close()
