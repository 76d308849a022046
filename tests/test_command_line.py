"""What the program does before anything else is imported."""

import os
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).parent.parent


def test_a_key_log_that_cannot_be_written_changes_nothing(tmp_path):
    """aiohttp makes a TLS context while it is imported, which would fail there, or write the file."""
    for name in ("keys.log", "missing/keys.log"):
        done = subprocess.run(
            [sys.executable, "-m", "gigadesk", "--self-test", "--data-dir", str(tmp_path / "data")],
            cwd=REPOSITORY,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "SSLKEYLOGFILE": str(tmp_path / name)},
            capture_output=True,
            timeout=120,
            check=False,
        )

        assert done.returncode == 0, done.stdout + done.stderr
    assert not (tmp_path / "keys.log").exists()
