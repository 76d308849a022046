"""What the program does before anything else is imported."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from gigadesk.__main__ import _parser

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


def test_a_folder_of_no_name_is_refused_and_the_sign_for_home_is_understood(capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))

    with pytest.raises(SystemExit):
        _parser().parse_args(["--data-dir", ""])

    assert "it names no folder" in capsys.readouterr().err
    assert _parser().parse_args(["--data-dir", "~/chats"]).data_dir == tmp_path / "chats"
    assert _parser().parse_args(["--data-dir", "~nobody-of-this-name/x"]).data_dir == Path("~nobody-of-this-name/x")
