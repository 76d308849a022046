"""The throttle, with a clock of its own."""

import pytest

from gigadesk.ui.throttle import (
    LEAST_INTERVAL_S,
    OUT_OF_SIGHT_INTERVAL_S,
    SHARE,
    SMOOTH_INTERVAL_S,
    Throttle,
    interval_for,
)


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def throttle(qapp, clock):
    return Throttle(clock=clock)


def test_the_first_request_is_answered_at_once(qtbot, throttle):
    with qtbot.waitSignal(throttle.due):
        throttle.request()


def test_many_requests_get_one_answer(qtbot, throttle):
    answers = []
    throttle.due.connect(lambda: answers.append(1))

    for _ in range(100):
        throttle.request()
    qtbot.waitUntil(lambda: not throttle.is_waiting)

    assert answers == [1]


def test_it_waits_at_least_the_set_interval(throttle):
    throttle.set_least_interval(1.5)

    assert throttle.interval_s == 1.5


def test_no_setting_makes_it_faster_than_the_eye(throttle):
    throttle.set_least_interval(0)

    assert throttle.interval_s == LEAST_INTERVAL_S


@pytest.mark.parametrize(
    ("cost_s", "least_s", "interval_s"),
    [
        pytest.param(0.0, 0.0, LEAST_INTERVAL_S, id="nothing known yet"),
        pytest.param(0.9 * SHARE * LEAST_INTERVAL_S, 0.0, LEAST_INTERVAL_S, id="fast machine"),
        pytest.param(0.1 * SHARE, 0.0, 0.1, id="its share of a core"),
        pytest.param(2 * SHARE * SMOOTH_INTERVAL_S, 0.0, SMOOTH_INTERVAL_S, id="no more seldom for that"),
        pytest.param(0.1, 0.0, 0.4, id="a quarter of the time at most"),
        pytest.param(0.001, 1.5, 1.5, id="as the user set it"),
        pytest.param(1.0, 1.5, 4.0, id="heavier than the user set it"),
    ],
)
def test_the_interval_follows_the_cost(cost_s, least_s, interval_s):
    assert interval_for(cost_s, least_s) == pytest.approx(interval_s)


@pytest.mark.parametrize("cost_s", [0.0, 0.003, 0.005, 0.02, 0.3])
def test_a_dearer_repaint_never_comes_sooner(cost_s):
    assert interval_for(cost_s + 0.001) >= interval_for(cost_s)


def repaint(throttle, *costs_s):
    throttle.request()
    throttle.flush()
    for cost_s in costs_s[:-1]:
        throttle.add_cost(cost_s)
    throttle.painted(costs_s[-1])


def test_the_parts_of_a_repaint_add_up(throttle):
    for _ in range(40):
        repaint(throttle, 0.06, 0.04)

    assert throttle.interval_s == pytest.approx(interval_for(0.1), rel=0.01)


def test_it_comes_more_often_again_when_repaints_get_cheap(throttle):
    for _ in range(10):
        repaint(throttle, 0.1)
    for _ in range(40):
        repaint(throttle, 0.001)

    assert throttle.interval_s == LEAST_INTERVAL_S


def test_what_is_painted_for_the_reader_is_none_of_its_cost(throttle):
    repaint(throttle, 0.001)
    for _ in range(1000):
        throttle.painted(0.1)  # scrolling, say
    repaint(throttle, 0.001)

    assert throttle.interval_s == LEAST_INTERVAL_S


def test_an_urgent_request_does_not_wait_for_its_time(qtbot, throttle):
    throttle.set_least_interval(3600)
    throttle.request()
    throttle.flush()
    throttle.request()

    with qtbot.waitSignal(throttle.due):
        throttle.request(is_urgent=True)


def test_nothing_is_urgent_out_of_sight(qtbot, throttle):
    throttle.set_in_sight(False)
    throttle.set_least_interval(3600)
    throttle.request()
    throttle.flush()

    with qtbot.assertNotEmitted(throttle.due, wait=60):
        throttle.request(is_urgent=True)


def test_out_of_sight_half_a_second_is_soon_enough(throttle):
    throttle.set_in_sight(False)

    assert throttle.interval_s == OUT_OF_SIGHT_INTERVAL_S


def test_hidden_nothing_is_due_until_it_is_shown_again(qtbot, throttle, clock):
    throttle.set_hidden(True)
    throttle.request()
    clock.now += 10

    with qtbot.assertNotEmitted(throttle.due, wait=60):
        pass
    with qtbot.waitSignal(throttle.due):
        throttle.set_hidden(False)


def test_a_second_request_waits_for_its_time(qtbot, throttle, clock):
    throttle.set_least_interval(3600)
    throttle.request()
    throttle.flush()
    throttle.request()

    with qtbot.assertNotEmitted(throttle.due, wait=60):
        pass
    clock.now += 3600
    with qtbot.waitSignal(throttle.due):
        throttle.set_in_sight(False)


def test_a_cancelled_request_is_forgotten(qtbot, throttle):
    throttle.request()
    throttle.cancel()

    with qtbot.assertNotEmitted(throttle.due, wait=60):
        pass
