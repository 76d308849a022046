"""Keys, tokens and limits with a clock of their own."""

import base64

from gigadesk.emulator import Plan
from gigadesk.emulator.accounts import Lanes, RateLimiter, Tokens, seeded_account


class Clock:
    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


def test_ten_calls_pass_in_one_second_and_more_in_the_next():
    clock = Clock()
    limiter = RateLimiter(10, clock)

    assert [limiter.admit() for _ in range(12)] == [True] * 10 + [False] * 2
    clock.now += 0.9
    assert not limiter.admit()
    clock.now += 0.1
    assert limiter.admit()


def test_token_ends_in_milliseconds_after_its_lifetime():
    clock = Clock()
    tokens = Tokens(1800, clock)
    account = seeded_account(0, Plan.PERS)

    token, expires_at_ms = tokens.issue(account)

    assert expires_at_ms == 2_800_000
    clock.now += 1799
    assert tokens.account(token) == account
    clock.now += 1
    assert tokens.account(token) == "Token has expired"
    assert tokens.account("x") == "Unauthorized"


def test_tokens_are_forgotten_long_after_their_end():
    clock = Clock()
    tokens = Tokens(1, clock)
    token, _ = tokens.issue(seeded_account(0, Plan.PERS))
    clock.now += 4000

    tokens.issue(seeded_account(0, Plan.PERS))

    assert tokens.account(token) == "Unauthorized"


def test_account_is_the_same_for_the_same_seed():
    first, again, other = (seeded_account(seed, Plan.B2B) for seed in (1, 1, 2))

    assert first == again != other
    assert base64.b64decode(first.credentials).decode() == f"{first.client_id}:{first.client_secret}"


def test_lanes_are_counted_for_each_client():
    lanes = Lanes()

    assert [lanes.take("a", 1), lanes.take("a", 1), lanes.take("b", 1)] == [True, False, True]
    lanes.release("a")
    assert lanes.take("a", 1)
    assert lanes.running == 2
