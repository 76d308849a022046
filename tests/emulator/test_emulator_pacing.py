"""When which piece of an answer is written: pure."""

import itertools
import random

from hypothesis import given
from hypothesis import strategies as st

from gigadesk.emulator.pacing import PHRASE_MAX_CHARS, coalesce, phrases, schedule

INTERVALS = st.floats(0, 5)
SCHEDULES = st.lists(st.tuples(st.floats(0, 20), st.text(max_size=3))).map(lambda ms: sorted(ms, key=lambda m: m[0]))


@given(st.text(max_size=500), st.integers(0, 3))
def test_phrases_joined_are_the_text(text, seed):
    found = phrases(text, random.Random(seed))

    assert "".join(found) == text
    assert all(0 < len(phrase) <= PHRASE_MAX_CHARS for phrase in found)


def test_phrases_of_prose_are_a_few_words_each():
    found = phrases("Жил в одном приморском городе старый фонарщик. " * 20, random.Random(1))

    assert all(5 <= len(phrase) <= PHRASE_MAX_CHARS for phrase in found[:-1])


@given(SCHEDULES, INTERVALS)
def test_coalescing_keeps_the_text_and_the_interval(moments, interval):
    joined = coalesce(moments, interval)

    assert "".join(text for _, text in joined) == "".join(text for _, text in moments)
    gaps = [later - earlier for (earlier, _), (later, _) in itertools.pairwise(joined)]
    assert all(gap >= interval - 1e-9 for gap in gaps)


def test_what_comes_within_an_interval_is_joined_at_its_end():
    moments = [(0.0, "a"), (0.1, "b"), (0.2, "c"), (1.5, "d"), (9.0, "e")]

    assert coalesce(moments, 1.0) == [(0.0, "a"), (1.0, "bc"), (2.0, "d"), (9.0, "e")]
    assert coalesce(moments, 0.0) == moments


def test_schedule_follows_the_speed():
    texts = ["x" * 100] * 10

    moments = schedule(texts, 100, 1.0, random.Random(0))

    assert 0.6 < moments[0][0] < 1.4
    assert 7 < moments[-1][0] - moments[0][0] < 11
    assert schedule(texts, 0, 1.0, random.Random(0)) == [(0.0, text) for text in texts]
