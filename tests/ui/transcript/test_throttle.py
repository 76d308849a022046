"""The throttle, with a clock of its own."""

import pytest

from gigadesk.ui.throttle import LEAST_INTERVAL_S, OUT_OF_SIGHT_INTERVAL_S, Throttle


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
    with qtbot.waitSignal(throttle.due, timeout=1000):
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


def test_painting_takes_at_most_a_quarter_of_the_time(throttle):
    for _ in range(40):
        throttle.request()
        throttle.flush()
        throttle.add_cost(0.06)
        throttle.add_cost(0.04)

    assert throttle.interval_s == pytest.approx(0.4, rel=0.01)


def test_out_of_sight_half_a_second_is_soon_enough(throttle):
    throttle.set_in_sight(False)

    assert throttle.interval_s == OUT_OF_SIGHT_INTERVAL_S


def test_hidden_nothing_is_due_until_it_is_shown_again(qtbot, throttle, clock):
    throttle.set_hidden(True)
    throttle.request()
    clock.now += 10

    with qtbot.assertNotEmitted(throttle.due, wait=60):
        pass
    with qtbot.waitSignal(throttle.due, timeout=1000):
        throttle.set_hidden(False)


def test_a_second_request_waits_for_its_time(qtbot, throttle, clock):
    throttle.set_least_interval(3600)
    throttle.request()
    throttle.flush()
    throttle.request()

    with qtbot.assertNotEmitted(throttle.due, wait=60):
        pass
    clock.now += 3600
    with qtbot.waitSignal(throttle.due, timeout=1000):
        throttle.set_in_sight(False)


def test_a_cancelled_request_is_forgotten(qtbot, throttle):
    throttle.request()
    throttle.cancel()

    with qtbot.assertNotEmitted(throttle.due, wait=60):
        pass
