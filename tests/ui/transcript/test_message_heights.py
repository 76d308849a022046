"""Heights of very many messages, most of them estimated."""

from hypothesis import given
from hypothesis import strategies as st

from gigadesk.ui.transcript.messages.message_heights import Estimate, MessageHeights

ESTIMATE = Estimate(70.0, 0.37)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("set"), st.integers(0, 39), st.integers(0, 900)),
        st.tuples(st.just("append"), st.just(0), st.integers(0, 900)),
        st.tuples(st.just("learn"), st.integers(0, 39), st.integers(0, 5000)),
        st.tuples(st.just("column"), st.just(0), st.integers(1, 9)),
    ),
    max_size=30,
)


@given(st.integers(1, 40), STEPS)
def test_a_height_that_is_known_is_kept_and_sums_are_sums(count, steps):
    heights = MessageHeights(count, ESTIMATE, 500.0)
    known: dict[int, float] = {}
    for kind, index, value in steps:
        place = index % len(heights)
        if kind == "set":
            heights.set(place, float(value))
            known[place] = float(value)
        elif kind == "append":
            heights.append(float(value))
            known[len(heights) - 1] = float(value)
        elif kind == "learn" and place not in known:
            heights.learn(place, [value])
        elif kind == "column":
            heights.set_estimate(Estimate(60.0, value / 10))
            known.clear()

    above = [heights.above(place) for place in range(len(heights) + 1)]
    assert all(total == int(total) for total in above)
    assert heights.total == above[-1]
    for place, height in known.items():
        # Within a pixel: what lies above may have been estimated anew, and sums are whole.
        assert abs(above[place + 1] - above[place] - height) <= 1
    for place in range(len(heights)):
        assert heights[place] == above[place + 1] - above[place]


@given(st.lists(st.integers(1, 500), min_size=1, max_size=40), st.integers(-10, 30_000))
def test_what_lies_at_an_offset_is_found(values, offset):
    heights = MessageHeights(len(values), ESTIMATE, 100.0)
    for place, value in enumerate(values):
        heights.set(place, float(value))

    found = heights.find(float(offset))

    assert found == 0 or heights.above(found) <= offset
    assert found == len(values) - 1 or heights.above(found + 1) > offset


def test_a_message_is_estimated_by_its_length_or_by_the_mean():
    heights = MessageHeights(4, Estimate(50.0, 0.5), 100.0)
    heights.learn(1, [300, 0])

    assert [heights[place] for place in range(4)] == [100, 200, 50, 100]
