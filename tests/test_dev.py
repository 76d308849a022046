"""What `dev.py` makes of a command line."""

import importlib.util
import sys
from pathlib import Path

import pytest

SPEC = importlib.util.spec_from_file_location("dev", Path(__file__).parents[1] / "dev.py")
assert SPEC is not None
assert SPEC.loader is not None
dev = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(dev)


@pytest.mark.parametrize(
    ("arguments", "cores", "workers"),
    [
        ([], 2, "2"),
        (["-q", "--cov=gigadesk", "--color=no", "-x"], 2, "2"),
        (["tests/ui"], 3, "3"),
        ([], 64, "4"),
        ([], 1, None),
        (["-n", "8"], 2, None),
        (["-n0"], 2, None),
        (["--numprocesses=8"], 2, None),
        (["-p", "no:xdist"], 2, None),
        (["--pdb"], 2, None),
        (["-sv"], 2, None),
        (["tests/test_dev.py"], 2, None),
        (["tests/test_dev.py::test_x"], 2, None),
        (["tests", "-k", "name"], 2, None),
    ],
    ids=str,
)
def test_all_tests_are_shared_out_unless_that_hinders(arguments, cores, workers):
    options = dev.worker_options(arguments, cores)

    assert options == ([] if workers is None else ["-n", workers, "--dist", "worksteal"])


STORY = """
import pathlib
from hypothesis import given, strategies

def test_good(): pass

def test_unsteady():
    mark = pathlib.Path(__file__).with_name("mark")
    was_here = mark.exists()
    mark.touch()
    assert was_here
"""
FOUND_BY_CHANCE = """
@given(strategies.integers(0, 1 << 60))
def test_found_by_chance(number):
    assert number % 3
"""


@pytest.mark.parametrize(("story", "code"), [(STORY, 0), (STORY + FOUND_BY_CHANCE, 1)], ids=["unsteady", "bad"])
def test_what_failed_beside_the_others_is_tried_once_more_alone(tmp_path, monkeypatch, capfd, story, code):
    (tmp_path / "test_story.py").write_text(story)
    (tmp_path / "pytest.ini").write_text("[pytest]")
    monkeypatch.setattr(dev, "PYTEST", [sys.executable, "-P", "-m", "pytest", "-p", "no:pytest-qt"])
    monkeypatch.setattr(dev, "ROOT", tmp_path)

    assert dev.test_on_all_cores(["-n", "1"], ["test_story.py"]) == code

    _, err = capfd.readouterr()
    assert "failed beside the others; once more, alone" in err
    assert ("passed alone, so unsteady: test_story.py::test_unsteady." in err) == (code == 0)


@pytest.mark.parametrize(
    ("code", "failed", "tries"),
    [
        (0, 0, 1),
        (dev.TESTS_FAILED, 1, 2),
        (dev.TESTS_FAILED, dev.SECOND_TRIES_MAX, 2),
        (dev.TESTS_FAILED, dev.SECOND_TRIES_MAX + 1, 1),
        (dev.TESTS_FAILED, 0, 1),  # nothing says which
        (3, 1, 1),  # pytest itself has failed
    ],
)
def test_only_few_failures_are_tried_once_more(monkeypatch, code, failed, tries):
    calls = []
    monkeypatch.setattr(dev, "call", lambda command, *_: calls.append(command) or code)
    monkeypatch.setattr(dev, "failed_tests", lambda _: [f"test_x.py::test_{number}" for number in range(failed)])

    assert dev.test_on_all_cores(["-n", "2"], ["tests"]) == code

    assert len(calls) == tries
    seeds = {word for command in calls for word in command if word.startswith("--hypothesis-seed")}
    assert len(seeds) == 1
