"""When a stream is ended, on a clock that the test turns."""

import pytest

from gigadesk.gigachat.transport import Timeouts
from gigadesk.gigachat.watch import Watch


class Timer:
    def __init__(self, at, work) -> None:
        self.at = at
        self.work = work

    def cancel(self):
        self.work = None


class Loop:
    def __init__(self) -> None:
        self.now = 100.0
        self.timers = []

    def time(self):
        return self.now

    def call_later(self, delay, work):
        return self.call_at(self.now + delay, work)

    def call_at(self, at, work):
        self.timers.append(Timer(at, work))
        return self.timers[-1]

    def go_on(self, seconds):
        """Turn the clock; what falls due is done at its time."""
        end = self.now + seconds
        while due := [timer for timer in self.timers if timer.work and timer.at <= end]:
            timer = min(due, key=lambda timer: timer.at)
            work, timer.work = timer.work, None
            self.now = max(self.now, timer.at)
            work()
        self.now = end


class Response:
    connection = None
    is_closed = False

    def close(self):
        self.is_closed = True


@pytest.fixture
def loop():
    return Loop()


@pytest.fixture
def response():
    return Response()


class Progress:
    events_seen = 0


@pytest.fixture
def progress():
    return Progress()


@pytest.fixture
def watch(loop, response, progress):
    return Watch(response, progress, Timeouts(event_s=120, answer_s=1000, after_finish_s=3), loop)


def test_silence_ends_a_stream(loop, response, watch):
    loop.go_on(119)
    assert not response.is_closed

    loop.go_on(1)
    assert response.is_closed
    assert watch.verdict == "the answer fell silent"


def test_the_shorter_of_two_limits_counts(loop, response, progress):
    Watch(response, progress, Timeouts(event_s=120, read_s=40), loop)

    loop.go_on(40)

    assert response.is_closed


def test_events_keep_it_alive(loop, response, watch, progress):
    for _ in range(5):
        progress.events_seen += 1
        loop.go_on(119)
        assert not response.is_closed

    loop.go_on(2 * 120 * 1.25)
    assert response.is_closed


def test_silence_is_noticed_at_most_a_quarter_late(loop, response, watch, progress):
    loop.go_on(29)
    progress.events_seen += 1

    loop.go_on(119)
    assert not response.is_closed
    loop.go_on(31)
    assert response.is_closed


def test_events_without_end_are_ended(loop, response, watch, progress):
    for _ in range(20):
        progress.events_seen += 1
        loop.go_on(49)
    assert not response.is_closed

    progress.events_seen += 1
    loop.go_on(20)
    assert response.is_closed
    assert watch.verdict == "the answer took too long"


def test_the_end_mark_is_not_waited_for_long(loop, response, watch):
    loop.go_on(50)
    watch.expect_end()
    loop.go_on(1)
    watch.expect_end()

    loop.go_on(1)
    assert not response.is_closed
    loop.go_on(1)
    assert response.is_closed


def test_a_closed_watch_ends_nothing(loop, response, watch):
    watch.close()

    loop.go_on(5000)

    assert not response.is_closed
    assert watch.verdict == ""
