"""What the program does by itself: `--self-test` and `--screenshot`, as processes of their own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

import gigadesk

ROOT = Path(gigadesk.__file__).parents[1]
LIMIT_S = 60
PARTS = [
    *("program", "resources", "certificate", "database", "keyring", "window", "answer"),
    *("languages", "colours", "formula", "expression", "paper", "search", "import"),
]


def run(*arguments, root=ROOT):
    command = [sys.executable, "-W", "error::ResourceWarning", "-m", "gigadesk", *map(str, arguments)]
    environment = os.environ | {"PYTHONPATH": str(root)}
    return subprocess.run(
        command, cwd=root, env=environment, capture_output=True, text=True, timeout=LIMIT_S, check=False
    )


def copy_of_the_program(folder):
    for name in ("gigadesk", "resources"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def colors(picture):
    image = QImage(str(picture))
    return {image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)}


def test_the_self_test_tries_every_part_and_leaves_nothing(private_home):
    before = set(private_home.rglob("*"))

    ended = run("--self-test")

    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert [line.split(":")[0].split(" ", 1) for line in ended.stdout.splitlines()] == [["ok", part] for part in PARTS]
    assert ended.stderr == ""
    assert not {path for path in set(private_home.rglob("*")) - before if "GigaDesk" in str(path)}


@pytest.mark.parametrize(
    ("missing", "part"),
    [
        ("resources/translations/gigadesk_ru.qm", "resources"),
        ("resources/icons/style", "resources"),
        ("resources/certs/russian_trusted_root_ca.pem", "resources"),
    ],
)
def test_the_self_test_names_what_is_missing(tmp_path, missing, part):
    root = copy_of_the_program(tmp_path)
    target = root / missing
    shutil.rmtree(target) if target.is_dir() else target.unlink()

    ended = run("--self-test", root=root)

    assert ended.returncode == 1
    assert ended.stdout.splitlines()[-1].startswith(f"FAILED {part}:")


def test_a_changed_certificate_fails_the_self_test(tmp_path):
    root = copy_of_the_program(tmp_path)
    certificate = root / "resources/certs/russian_trusted_root_ca.pem"
    certificate.write_bytes(certificate.read_bytes().replace(b"A", b"B", 1))

    ended = run("--self-test", root=root)

    assert ended.returncode == 1
    assert ended.stdout.splitlines()[-1].startswith("FAILED certificate:")


def test_the_screenshot_shows_a_finished_answer(tmp_path):
    light, dark = tmp_path / "light.png", tmp_path / "dark.png"

    first = run("--demo", "--screenshot", light, "--theme", "light", "--language", "en")
    second = run("--demo", "--screenshot", dark, "--theme", "dark", "--language", "ru")

    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    # Text, coloured code and the accent: an empty window has about ten colours.
    assert len(colors(light)) > 100
    assert len(colors(dark)) > 100
    assert 0xFFFFFFFF in colors(light)
    assert 0xFFFFFFFF not in colors(dark)


def test_a_screenshot_that_cannot_be_written_is_told(tmp_path):
    ended = run("--demo", "--screenshot", tmp_path / "missing" / "picture.png")

    assert ended.returncode == 1
    assert "could not be written" in ended.stderr
