"""Ways in a tree of numbers, against the plainest way to find them."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from gigadesk.store.messages import NEAR
from gigadesk.store.store import Store
from gigadesk.store.ways import below, end_of, forks_above


@st.composite
def trees(draw):
    """Ascending ids with gaps, each with a parent before it or none."""
    ids = sorted(draw(st.sets(st.integers(1, 40), min_size=1, max_size=20)))
    parents = [draw(st.sampled_from([0, *ids[:place]])) for place in range(len(ids))]
    chosen = draw(st.dictionaries(st.sampled_from(ids), st.integers(1, 40)))
    return ids, parents, draw(st.sampled_from(ids)), chosen


def way_up(ids, parents, leaf):
    way = []
    while leaf:
        way.append(leaf)
        leaf = parents[ids.index(leaf)]
    return way


def children(ids, parents, top):
    return [message_id for message_id, parent in zip(ids, parents, strict=True) if parent == top]


@given(trees())
def test_what_hangs_below_is_what_goes_through_it(tree):
    ids, parents, top, _ = tree

    assert below(ids, parents, top) == [each for each in ids if top in way_up(ids, parents, each)]


@given(trees())
def test_a_fork_is_a_message_with_several_children(tree):
    ids, parents, leaf, _ = tree
    way = way_up(ids, parents, leaf)

    forks = [(parent, child) for child, parent in itertools.pairwise(way) if len(children(ids, parents, parent)) > 1]

    assert forks_above(ids, parents, leaf) == forks


@given(trees())
def test_the_way_down_follows_what_was_chosen_where_it_can(tree):
    ids, parents, top, chosen = tree
    here = top
    while below_here := children(ids, parents, here):
        here = chosen[here] if chosen.get(here) in below_here else max(below_here)

    assert end_of(ids, parents, top, chosen) == here


def test_a_long_way_is_found_as_a_short_one_is():
    store = Store.in_memory()
    chat = store.add_chat("", 1.0)
    first = store.add_exchange(chat, "first", 1.0, first_title="x")
    for _ in range(NEAR):
        long = store.add_exchange(chat, "more", 1.0, first_title="x")
    other = store.add_reply(first.question.id, 2.0, model="")

    assert store.shown_leaf(first.reply.id) == long.reply.id
    assert len(store.below(first.question.id)) == 2 * NEAR + 3
    store.show_branch(first.reply.id)
    assert store.chat(chat).leaf_id == long.reply.id
    assert store.shown_leaf(first.question.id) == long.reply.id
    store.show_branch(long.question.id)
    store.delete_message(long.question.id, 3.0)
    store.show_branch(other.id)
    store.restore_message(long.question.id)
    assert store.chat(chat).leaf_id == store.shown_leaf(first.question.id) == long.reply.id
    store.close()
