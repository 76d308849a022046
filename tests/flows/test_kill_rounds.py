"""Killed at any moment of any work, the real program has lost nothing that it showed or told.

Two rounds of each kind; `GIGADESK_KILL_ROUNDS=50` runs as many as one likes, and so does `kill_rounds` by itself.
"""

import os
import sys

import pytest

from tests.flows.kill_rounds import KINDS, Rounds

ROUNDS = int(os.environ.get("GIGADESK_KILL_ROUNDS") or 2)
WORK_S = 1.0
"""Within so long the kill comes. A longer run measures it first, which costs a round."""


@pytest.mark.skipif(sys.platform == "win32", reason="signals and pipes of Unix")
@pytest.mark.timeout(120 + 30 * ROUNDS)
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_that_was_shown_or_told_is_lost(private_home, kind):
    rounds = Rounds(KINDS[kind], private_home, longest_s=WORK_S if ROUNDS < 5 else None)
    rounds.clears_up = ROUNDS >= 5 or kind == "importing"

    rounds.run(ROUNDS)

    assert rounds.told > 0
    assert rounds.in_work >= ROUNDS // 10
    print(f"{kind}: {rounds.done} kills, {rounds.in_work} in the work, {rounds.told} things told")  # noqa: T201
