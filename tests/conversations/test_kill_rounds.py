"""Killed at any moment of any work, the program has lost nothing that it told, and its file is whole.

A handful of rounds of each kind; `python -m tests.conversations.kill_rounds 500` runs as many as one likes.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
KINDS = ("streaming", "migrating", "importing", "emptying the trash", "snapshot")
ROUNDS = 8


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a round is a fork of a process that has imported everything")
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_that_was_told_is_lost(kind):
    command = [sys.executable, "-W", "error", "-m", "tests.conversations.kill_rounds", str(ROUNDS), kind]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}

    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")
    assert '"lost": 0' in done.stdout
