"""The branches of a chat as a tree of runs: every message once, the shown branch as a line, nothing deep."""

from hypothesis import given
from hypothesis import strategies as st

from gigadesk.conversations.branch_map import BranchRun, branch_map
from gigadesk.store import Store


def shape(runs: list[BranchRun]):
    return [(run.head, run.end, run.count, *([shape(run.below)] if run.below else [])) for run in runs]


def flat(runs: list[BranchRun]) -> list[BranchRun]:
    return [each for run in runs for each in (run, *flat(run.below))]


def none_chosen(forks):
    return {}


def test_a_chat_without_forks_is_one_run():
    [run] = branch_map([1, 2, 5, 9], [0, 1, 2, 5], 9, none_chosen)

    assert (run.head, run.end, run.count, run.versions, run.is_shown) == (1, 9, 4, 1, True)


def test_versions_hang_below_the_shown_one_and_what_follows_it_is_the_next_row():
    #  1 - 2 - 3 - 4
    #   \- 5 - 6
    #   \- 7
    runs = branch_map([1, 2, 3, 4, 5, 6, 7], [0, 1, 2, 3, 1, 5, 1], 6, none_chosen)

    assert shape(runs) == [(1, 1, 1), (5, 6, 2, [(2, 4, 3), (7, 7, 1)])]
    assert [run.is_shown for run in flat(runs)] == [True, True, False, False]
    assert [(run.version, run.versions) for run in flat(runs)] == [(1, 1), (2, 3), (1, 3), (3, 3)]


def test_what_follows_a_version_that_is_not_shown_hangs_below_it():
    #  1 - 2 ; 1 - 3 - 4 ; 3 - 5
    runs = branch_map([1, 2, 3, 4, 5], [0, 1, 1, 3, 3], 2, lambda forks: {3: 4})

    assert shape(runs) == [(1, 1, 1), (2, 2, 1, [(3, 3, 1, [(4, 4, 1, [(5, 5, 1)])])])]


def test_the_first_question_may_have_versions():
    assert shape(branch_map([1, 2, 3], [0, 1, 0], 3, none_chosen)) == [(3, 3, 1, [(1, 2, 2)])]


def test_nothing_is_nothing():
    assert branch_map([], [], None, none_chosen) == []


@st.composite
def trees(draw):
    count = draw(st.integers(1, 40))
    ids = sorted(draw(st.sets(st.integers(1, 200), min_size=count, max_size=count)))
    parents = [0, *(draw(st.sampled_from([0, *ids[max(0, place - 3) : place]])) for place in range(1, count))]
    return ids, parents, draw(st.sampled_from(ids))


@given(trees())
def test_each_message_is_in_one_run_and_the_shown_ones_are_the_way_to_the_leaf(tree):
    ids, parents, leaf = tree
    parent_of = dict(zip(ids, parents, strict=True))
    runs = branch_map(ids, parents, leaf, none_chosen)

    found = []
    for run in flat(runs):
        way, here = [], run.end
        while here != run.head:
            way.append(here)
            here = parent_of[here]
        found += [*way, run.head]
        assert run.count == len(way) + 1
        siblings = [each for each in ids if parent_of[each] == parent_of[run.head]]
        assert (siblings.index(run.head) + 1, len(siblings)) == (run.version, run.versions)
    assert sorted(found) == ids
    here, way = leaf, set()
    while here:
        way.add(here)
        here = parent_of[here]
    assert {run.head for run in flat(runs) if run.is_shown} == {run.head for run in flat(runs) if run.head in way}
    assert [run.head for run in runs if run.is_shown] == sorted(run.head for run in flat(runs) if run.is_shown)


def test_a_thousand_forks_below_each_other_are_a_list():
    ids = list(range(1, 3001))
    parents = [0 if each <= 3 else (each - 1) // 3 * 3 for each in ids]

    runs = branch_map(ids, parents, 3000, none_chosen)

    assert len(runs) == 1000
    assert all(len(run.below) == 2 and not any(each.below for each in run.below) for run in runs)


def test_deleted_branches_are_not_there_and_words_are_read_for_what_is_asked():
    store = Store.in_memory()
    chat = store.add_chat("", 1.0)
    assert store.branches.tree(chat) == ([], [])
    first = store.add_exchange(chat, "x" * 500, 2.0, first_title="x")
    second = store.add_reply(first.question.id, 3.0, model="m")
    store.delete_message(first.reply.id, 4.0)

    assert store.branches.tree(chat) == ([first.question.id, second.id], [0, first.question.id])
    found = store.branches.beginnings([first.question.id, second.id])
    assert (len(found[first.question.id].text), found[second.id].model) == (200, "m")
    store.close()
