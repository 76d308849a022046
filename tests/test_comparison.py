"""Comparing two texts: both come out of the rows again, little is marked, and no text takes long."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gigadesk import comparison
from gigadesk.comparison import Change, compare, differences

WORDS = st.text(alphabet="ab \n.", max_size=60)


def marked(rows):
    """Rows with what only one side has in brackets."""
    signs = {Change.SAME: "{}", Change.REMOVED: "[-{}]", Change.ADDED: "[+{}]"}
    return ["".join(signs[piece.change].format(piece.text) for piece in row.pieces) for row in rows]


def sides(rows):
    left = "\n".join(row.left for row in rows if row.has_left)
    right = "\n".join(row.right for row in rows if row.has_right)
    return left, right


@given(WORDS, WORDS)
def test_the_rows_give_both_texts_again(left, right):
    rows = compare(left, right)

    assert sides(rows) == (left, right)
    assert all(piece.text for row in rows for piece in row.pieces)
    assert [row for row in rows if row.is_changed] == [] if left == right else any(row.is_changed for row in rows)


@given(st.text(max_size=200), st.text(max_size=200))
def test_so_it_is_with_any_letters(left, right):
    assert sides(compare(left, right)) == (left, right)


@given(WORDS, WORDS)
def test_each_difference_is_in_one_place(left, right):
    rows = compare(left, right)
    found = differences(rows)

    inside = {number for first, last in found for number in range(first, last + 1)}
    assert inside == {number for number, row in enumerate(rows) if row.is_changed}
    assert all(last + 1 < first for (_, last), (first, _) in pairwise(found))


@given(st.lists(st.sampled_from("abc"), max_size=12), st.lists(st.sampled_from("abc"), max_size=12))
def test_the_shortest_edit_is_the_shortest(before, after):
    kept = comparison._shortest(before, after, comparison._Budget(10_000))

    assert all(before[i] == after[j] for i, j in kept)
    assert all(one[0] < other[0] and one[1] < other[1] for one, other in pairwise(kept))
    lengths = [[0] * (len(after) + 1) for _ in range(len(before) + 1)]
    for i, one in enumerate(before):
        for j, other in enumerate(after):
            best = max(lengths[i][j + 1], lengths[i + 1][j])
            lengths[i + 1][j + 1] = lengths[i][j] + 1 if one == other else best
    assert len(kept) == lengths[-1][-1]


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("same", "same", ["same"]),
        ("a red fox ran away", "a grey fox ran away", ["a [-red][+grey] fox ran away"]),
        ("one\ntwo\nthree", "one\nthree", ["one", "[-two]", "three"]),
        ("one\nthree", "one\ntwo\nthree", ["one", "[+two]", "three"]),
        ("the quick brown fox", "nothing in common here", ["[-the quick brown fox][+nothing in common here]"]),
        (
            "Take the long red line here.\nend",
            "new\nTake the long blue line here.\nend",
            ["[+new]", "Take the long [-red][+blue] line here.", "end"],
        ),
        ("we saw big red cars there", "we saw tiny blue cars there", ["we saw [-big red][+tiny blue] cars there"]),
        ("", "text", ["[+text]"]),
    ],
    ids=["equal", "word", "line removed", "line added", "another line", "pairing", "two words", "empty"],
)
def test_what_is_marked(left, right, expected):
    assert marked(compare(left, right)) == expected


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("a\n" * 100_000, "b\na\n" * 50_000),
        ("a b " * 60_000, "b a c " * 60_000),
        ("\n".join(f"line {n % 97}" for n in range(100_000)), "\n".join(f"line {n % 89}" for n in range(100_000))),
        ("x" * 1_000_000, "x" * 999_999 + "y"),
        (" " * 500_000 + "a", "a" + " " * 500_000),
        ("- " * 100_000, "-\n" * 100_000),
    ],
    ids=["lines", "words", "cycles", "one word", "spaces", "dashes"],
)
def test_hostile_texts_use_no_more_than_the_budget(left, right, monkeypatch):
    budgets = []
    made = comparison._Budget.__init__

    def make(self, steps):
        budgets.append(self)
        made(self, steps)

    monkeypatch.setattr(comparison._Budget, "__init__", make)

    rows = compare(left, right)

    assert sides(rows) == (left, right)
    # A row of steps is finished, then no other begins.
    assert budgets[0].left > -comparison.STEPS_MAX * 10
