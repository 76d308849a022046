"""Drags, the primary selection and large copies on a real X server, as other programs see them."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PROGRAM = [sys.executable, "-X", "faulthandler", "-m", "tests.ui.transcript.x11_clipboard_program"]
LIMIT_S = 120


def missing() -> str:
    return ", ".join(tool for tool in ("xvfb-run", "xauth", "xclip") if shutil.which(tool) is None)


@pytest.fixture(scope="module")
def seen():
    if missing():
        pytest.skip("no X server to paste from without " + missing())
    environment = {**os.environ, "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(ROOT)}
    command = ["xvfb-run", "-a", "-s", "-screen 0 1280x1024x24", *PROGRAM]
    result = subprocess.run(
        command, check=False, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=LIMIT_S
    )
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout.splitlines()[-1])


def test_what_is_selected_is_the_primary_selection_and_pasted_with_the_middle_button(seen):
    assert seen["primary"] == "bold words "
    assert seen["middle click"] == "bold words "
    assert seen["primary by keys"] == "bold words here.\n\nAnother paragraph."


def test_selected_text_is_dragged_into_the_composer_and_stays_selected(seen):
    assert seen["dropped"] == "bold words "
    assert seen["still selected"] == "**bold** words"


def test_a_large_copy_comes_in_all_formats_though_the_chat_is_closed(seen):
    assert {"text/html", "text/markdown", "text/plain", "UTF8_STRING"} <= set(seen["targets"])
    plain, html, markdown = seen["UTF8_STRING"], seen["text/html"], seen["text/markdown"]
    assert min(plain[0], html[0], markdown[0]) > 128 * 1024
    assert plain[2].endswith("Paragraph 5999 of many.")
    assert html[2].endswith("<p>Paragraph <i>5999</i> of many.</p>")
    assert markdown[2].endswith("Paragraph *5999* of many.")
