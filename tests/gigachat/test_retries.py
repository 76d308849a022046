import pytest

from gigadesk.errors import (
    AnswerInterruptedError,
    BrokenAnswerError,
    CertificateError,
    KeyRejectedError,
    NetworkCause,
    NetworkError,
    QuotaError,
    RateLimitError,
    RequestRejectedError,
    ServerFailedError,
)
from gigadesk.gigachat.retries import Retries

PASSING = [
    *(ServerFailedError(status=status) for status in (500, 502, 503, 504)),
    RateLimitError(),
    AnswerInterruptedError(),
    *(
        NetworkError(cause=cause)
        for cause in NetworkCause
        if cause not in (NetworkCause.PROXY_AUTH, NetworkCause.NOT_TLS)
    ),
]
LASTING = [
    ServerFailedError(status=0),
    ServerFailedError(status=501),
    NetworkError(cause=NetworkCause.PROXY_AUTH),
    NetworkError(cause=NetworkCause.NOT_TLS),
    CertificateError(),
    KeyRejectedError(),
    QuotaError(),
    RequestRejectedError(status=400),
    BrokenAnswerError(),
]


def retries(limit=5, *, jitter=0.5, **arguments):
    return Retries(limit, jitter=lambda: jitter, **arguments)


@pytest.mark.parametrize("error", PASSING, ids=repr)
def test_what_may_pass_is_tried_again(error):
    retrying = retries().after(error)

    assert (retrying.attempt, retrying.error) == (1, error)


@pytest.mark.parametrize("error", LASTING, ids=repr)
def test_what_lasts_is_not_tried_again(error):
    assert retries().after(error) is None


def test_waits_grow_and_end():
    tries = retries(3)
    made = [tries.after(NetworkError()) for _ in range(4)]

    assert [(retrying.attempt, retrying.delay_s) for retrying in made[:3]] == [(1, 0.75), (2, 1.25), (3, 2.25)]
    assert made[3] is None


def test_a_wait_never_grows_over_a_minute():
    tries = retries(10, clock=lambda: 0.0)

    assert max(tries.after(NetworkError()).delay_s for _ in range(10)) == 60


@pytest.mark.parametrize("kind", [RateLimitError, ServerFailedError])
@pytest.mark.parametrize(("wish", "delay_s"), [(0.0, 0.0), (7.0, 7.0)])
def test_the_wish_of_the_server_wins(kind, wish, delay_s):
    assert retries().after(kind(status=503, retry_after_s=wish)).delay_s == delay_s


def test_rate_limits_may_be_left_to_the_caller():
    tries = retries(rate_limits=False)

    assert tries.after(RateLimitError()) is None
    assert tries.after(ServerFailedError(status=503)) is not None


def test_who_has_waited_long_is_told():
    seconds = [0.0]
    tries = retries(clock=lambda: seconds[0])

    seconds[0] = 5.0
    assert tries.after(NetworkError()) is not None
    seconds[0] += 29.0
    assert tries.after(NetworkError()) is not None
    seconds[0] += 60.0
    assert tries.after(NetworkError()) is None
