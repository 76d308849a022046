"""Folders and the places of chats: a tree that stays a tree, and no chat that is shown nowhere or twice."""

from collections import Counter
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gigadesk.chat import FolderColor, Section, SectionKind
from gigadesk.limits import FOLDER_DEPTH_MAX
from gigadesk.store import Store


@pytest.fixture
def store():
    store = Store.in_memory()
    yield store
    store.close()


def chats(store: Store, count: int):
    return [store.add_chat("s", float(number)) for number in range(count)]


def names(store: Store) -> list[str]:
    return [folder.name for folder in store.folders.all()]


def places(store: Store, chat_ids) -> dict:
    """Where the list shows each chat."""
    found = {}
    for section in sections(store):
        for chat_id in store.listing.ids(section, 0, 1000):
            found[chat_id] = section
    return {chat_id: found.get(chat_id) for chat_id in chat_ids}


def sections(store: Store) -> list[Section]:
    kinds = (SectionKind.PINNED, SectionKind.LISTED, SectionKind.ARCHIVED)
    return [*map(Section, kinds), *(Section(SectionKind.FOLDER, folder.id) for folder in store.folders.all())]


def test_folders_stand_in_the_order_that_they_are_given(store):
    first, second, third = (store.folders.add(name, None, 1.0) for name in ("first", "second", "third"))
    assert names(store) == ["first", "second", "third"]

    store.folders.move(third, None, 0)
    assert names(store) == ["third", "first", "second"]
    store.folders.move(third, None, 1)
    assert names(store) == ["first", "third", "second"]

    store.folders.move(second, first, 0)
    assert {folder.name: folder.parent_id for folder in store.folders.all()} == {
        "first": None,
        "third": None,
        "second": first,
    }


def test_a_folder_has_a_name_and_a_color(store):
    folder = store.folders.add("Work", None, 1.0)
    store.folders.rename(folder, "Home")
    store.folders.set_color(folder, FolderColor.TEAL)

    assert [(each.name, each.color) for each in store.folders.all()] == [("Home", FolderColor.TEAL)]


def test_a_folder_may_not_stand_in_itself_nor_in_what_is_in_it(store):
    top = store.folders.add("top", None, 1.0)
    middle = store.folders.add("middle", top, 1.0)
    low = store.folders.add("low", middle, 1.0)

    assert not store.folders.may_hold(top, top)
    assert not store.folders.may_hold(low, top)
    assert store.folders.may_hold(top, low)
    assert store.folders.may_hold(None, middle)


def test_the_depth_counts_what_a_folder_brings_along(store):
    parent = None
    for _ in range(FOLDER_DEPTH_MAX - 2):
        parent = store.folders.add("deep", parent, 1.0)
    tall = store.folders.add("tall", None, 1.0)
    store.folders.add("leaf", store.folders.add("between", tall, 1.0), 1.0)

    assert store.folders.may_hold(parent)
    assert not store.folders.may_hold(parent, tall)
    lowest = store.folders.add("last but one", parent, 1.0)
    assert not store.folders.may_hold(store.folders.add("last", lowest, 1.0))


def test_a_deleted_folder_takes_along_what_is_shown_in_it_and_brings_it_back(store):
    top = store.folders.add("top", None, 1.0)
    inner = store.folders.add("inner", top, 1.0)
    in_top, in_inner, pinned, archived, elsewhere = chats(store, 5)
    store.places.move([in_top, pinned, archived], top)
    store.places.move([in_inner], inner)
    store.places.set_pinned([pinned], 2.0, is_pinned=True)
    store.places.set_archived([archived], 2.0, is_archived=True)
    before = places(store, (in_top, in_inner, pinned, archived, elsewhere))

    assert set(store.folders.delete(top, 3.0)) == {in_top, in_inner}
    assert names(store) == []
    assert {each for each, place in places(store, before).items() if place is None} == {in_top, in_inner}

    assert set(store.folders.restore(top)) == {in_top, in_inner}
    assert names(store) == ["top", "inner"]
    assert places(store, before) == before


def test_a_great_folder_goes_and_comes_back_in_portions(store):
    top = store.folders.add("top", None, 1.0)
    inner = store.folders.add("inner", top, 1.0)
    ids = chats(store, 7)
    store.places.move(ids[:4], top)
    store.places.move(ids[4:], inner)
    before = places(store, ids)

    gone = [store.folders.delete_some(top, 3, 2.0) for _ in range(2)]
    assert store.folders.unfinished() == ([top], [])
    assert store.folders.delete_some(top, 3, 2.0) == ()
    assert names(store) == ["top", "inner"]
    assert {*gone[0], *gone[1], *store.folders.delete(top, 2.0)} == set(ids)
    assert store.folders.unfinished() == ([], [])
    assert set(places(store, ids).values()) == {None}

    back = [store.folders.restore_some(top, 3) for _ in range(2)]
    assert store.folders.unfinished() == ([], [top])
    assert store.folders.restore_some(top, 3) == ()
    assert {*back[0], *back[1], *store.folders.restore(top)} == set(ids)
    assert store.folders.unfinished() == ([], [])
    assert places(store, ids) == before


def test_chats_that_are_elsewhere_than_their_folder_leave_nothing_unfinished(store):
    folder = store.folders.add("folder", None, 1.0)
    pinned, archived, alone = chats(store, 3)
    store.places.move([pinned, archived, alone], folder)
    store.places.set_pinned([pinned], 2.0, is_pinned=True)
    store.places.set_archived([archived], 2.0, is_archived=True)
    store.places.delete([alone], 2.0)
    assert store.folders.unfinished() == ([], [])

    store.folders.delete(folder, 3.0)
    assert store.folders.unfinished() == ([], [])
    store.places.set_pinned([pinned], 4.0, is_pinned=False)
    store.places.set_archived([archived], 4.0, is_archived=False)
    store.places.restore([alone])

    assert store.folders.unfinished() == ([], [])


def test_what_was_deleted_before_its_folder_stays_in_the_trash(store):
    top = store.folders.add("top", None, 1.0)
    inner = store.folders.add("inner", top, 1.0)
    alone, together = chats(store, 2)
    store.places.move([alone, together], top)
    store.places.delete([alone], 2.0)
    store.folders.delete(inner, 2.0)
    store.folders.delete(top, 3.0)

    assert store.folders.restore(top) == (together,)
    assert names(store) == ["top"]
    assert store.is_deleted(alone)


def test_a_chat_comes_back_to_no_folder_when_its_own_is_in_the_trash(store):
    folder = store.folders.add("folder", None, 1.0)
    before, along = chats(store, 2)
    store.places.move([before, along], folder)
    store.places.delete([before], 2.0)
    store.folders.delete(folder, 3.0)

    assert set(store.places.restore([before, along])) == {before, along}

    listed = Section(SectionKind.LISTED)
    assert places(store, (before, along)) == {before: listed, along: listed}
    assert store.folders.restore(folder) == ()
    assert places(store, (before, along)) == {before: listed, along: listed}


def test_an_inner_folder_comes_back_to_the_top_when_the_outer_is_in_the_trash(store):
    outer = store.folders.add("outer", None, 1.0)
    inner = store.folders.add("inner", outer, 1.0)
    store.folders.delete(inner, 2.0)
    store.folders.delete(outer, 3.0)

    store.folders.restore(inner)

    assert [(folder.name, folder.parent_id) for folder in store.folders.all()] == [("inner", None)]


def test_what_is_in_the_trash_can_be_neither_changed_nor_moved_into(store):
    folder = store.folders.add("folder", None, 1.0)
    [chat] = chats(store, 1)
    store.folders.delete(folder, 2.0)

    for attempt in (
        lambda: store.folders.rename(folder, "x"),
        lambda: store.folders.move(folder, None, 0),
        lambda: store.folders.delete(folder, 3.0),
        lambda: store.folders.add("x", folder, 3.0),
        lambda: store.places.move([chat], folder),
    ):
        with pytest.raises(LookupError):
            attempt()
    assert names(store) == []


def test_a_chat_that_is_not_complete_cannot_be_brought_back(store):
    [chat] = chats(store, 1)
    copy = store.copies.begin(chat, None, "copy", "s", 5.0)

    assert store.places.restore([copy.chat_id]) == ()
    assert store.is_deleted(copy.chat_id)


CHATS = 4
FOLDERS = 5
numbers = st.integers(0, 9)
steps = st.lists(
    st.tuples(
        st.sampled_from(
            ("add", "nest", "delete folder", "restore folder", "put", "pin", "archive", "delete", "restore")
        ),
        numbers,
        numbers,
        st.booleans(),
    ),
    max_size=40,
)


@given(steps)
@settings(max_examples=150, deadline=None)
def test_whatever_is_done_each_live_chat_is_shown_once_and_folders_are_a_tree(script):
    store = Store.in_memory()
    ids = chats(store, CHATS)
    made = []
    for now, (step, one, other, flag) in enumerate(script):
        do(store, made, ids[one % CHATS], now, step, one, other, flag)

        shown = Counter(each for section in sections(store) for each in store.listing.ids(section, 0, 99))
        assert shown == Counter(each for each in ids if not store.is_deleted(each))
        assert is_tree({each.id: each.parent_id for each in store.folders.all()})
    store.close()


def do(store, made, chat, now, step, one, other, flag):
    live = [folder.id for folder in store.folders.all()]
    folder = live[other % len(live)] if live else None
    parent = live[one % len(live)] if live and flag else None
    match step:
        case "add" if store.folders.may_hold(parent) and len(made) < FOLDERS:
            made.append(store.folders.add("folder", parent, now))
        case "nest" if folder is not None and store.folders.may_hold(parent, folder):
            store.folders.move(folder, parent, one)
        case "delete folder" if folder is not None:
            store.folders.delete(folder, now)
        case "restore folder" if made:
            with suppress(LookupError):  # it is in the trash as a part of another one
                store.folders.restore(made[one % len(made)])
        case "put":
            store.places.move([chat], folder if flag else None)
        case "pin":
            store.places.set_pinned([chat], now, is_pinned=flag)
        case "archive":
            store.places.set_archived([chat], now, is_archived=flag)
        case "delete":
            store.places.delete([chat], now)
        case "restore":
            store.places.restore([chat])


def is_tree(parents):
    for start, parent in parents.items():
        way = {start}
        while parent is not None:
            if parent in way or parent not in parents:
                return False
            way.add(parent)
            parent = parents[parent]  # noqa: PLW2901
    return True
