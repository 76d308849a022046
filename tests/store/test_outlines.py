"""One branch out of a tree of messages, by numbers alone."""

from hypothesis import given
from hypothesis import strategies as st

from gigadesk.store.outlines import outline_of


@st.composite
def trees(draw):
    """Parents of messages 1, 2, ...: each a message before it, mostly the last one, or none."""
    numbers = range(2, draw(st.integers(1, 30)) + 1)
    return [0, *(draw(st.one_of(st.just(each - 1), st.integers(0, each - 1))) for each in numbers)]


@given(trees(), st.data())
def test_the_branch_is_the_way_from_the_leaf_to_the_root(parents, data):
    ids = list(range(1, len(parents) + 1))
    leaf = data.draw(st.sampled_from(ids))
    order = data.draw(st.permutations(ids))
    way = []
    step = leaf
    while step:
        way.insert(0, step)
        step = parents[step - 1]

    outline = outline_of(list(order), [parents[each - 1] for each in order], leaf)

    assert list(outline.ids) == way
    assert [outline.index_of(each) for each in ids] == [way.index(each) if each in way else None for each in ids]


@given(trees())
def test_versions_are_the_children_of_one_parent(parents):
    ids = list(range(1, len(parents) + 1))

    versions = outline_of(ids, parents, ids[-1]).versions

    for each in ids:
        siblings = tuple(other for other in ids if parents[other - 1] == parents[each - 1])
        assert versions.get(each, (each,)) == siblings
