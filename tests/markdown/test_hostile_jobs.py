"""The worker process and what may hold it for ever, or end it: all others still get their colours and pictures."""

import os
import signal
import sys

import pytest
from PySide6.QtCore import QProcess

from gigadesk.ui.formulas import Formulas
from gigadesk.ui.highlighter import Highlighter
from gigadesk.ui.worker import Worker

WAIT_MS = 60_000
GOOD = r"$\frac{a}{b}$"
CODE = "def f(): pass"
REPEATED = 20 * 1024


def continued_fraction(depth):
    return r"\cfrac{1}{1+" * depth + "x" + "}" * depth


# Each one ended the worker, held it for seconds to years, or asks for files.
FORMULAS = {
    "continued fraction": continued_fraction(12),
    "row of fractions": continued_fraction(6) * 6,
    "rows in rows": r"\substack" * 40 + " x",
    "tables in tables": r"\begin{matrix}" * 15 + "x" + r"\end{matrix}" * 15,
    "cases in cases": r"\begin{cases}" * 14 + "x" + r"\end{cases}" * 14,
    "arrows over arrows": r"\xrightarrow" * 30 + " x",
    "hidden in hidden": r"\phantom" * 50 + " x",
    "fences in fences": (r"\left(" * 6 + "x" + r"\right)" * 6) * 5,
    "fences without end": r"\left(" * 60,
    "roots of roots": r"\sqrt" * 80 + " x",
    "half a command": r"\genfrac" * 40 + " x",
    "bar of any size": r"\rule{99999999pt}{1pt}",
    "space of any size": r"\hspace{99999999pt}x",
    "markup": r"\text{a</mtext><mglyph src='/dev/zero'/>}",
    "long": "x+" * 5_000,
    "long enough": "x+" * 249 + "x",
    "many cells": "&" * 499,
    "nul": "x\0y",
    "half a character": "x\ud800y",
    "accents": "x" + "\u0301" * 400,
}

CODES = {
    "prompts of a console": ("console", "$ ls -la /usr/local/bin\n" * (REPEATED // 24)),
    "blank lines in C": ("c", "\n" * REPEATED),
    "brackets in Lisp": ("lisp", "\n".join(["(" * 1900] * 10)),
    "quotes in a shell": ("bash", "\n".join(["\"'`$(" * 380] * 10)),
    "tags in PHP": ("php", "\n".join(["<?php " * 316] * 10)),
    "half a character": ("python", "\ud800 = '\0'"),
}


@pytest.fixture
def worker(qtbot):
    worker = Worker()
    yield worker
    worker.close()


def process_of(worker):
    (process,) = (each for each in worker.findChildren(QProcess) if each.state() is QProcess.ProcessState.Running)
    return process


def is_alive(pid):
    """Also as a zombie."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def has_colours(highlighter, code=CODE):
    found = highlighter.request("python", code)
    return found is not None and (0, 3, "keyword") in found.runs


def load_all(qtbot, worker):
    """Have one formula drawn and one code coloured, so that nothing is loaded any more."""
    highlighter, formulas = Highlighter(worker=worker), Formulas(worker)
    qtbot.waitUntil(lambda: formulas.shape("$a$") is not None, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: has_colours(highlighter, "def a(): pass"), timeout=WAIT_MS)
    return highlighter, formulas


def test_hostile_formulas_are_refused_and_the_others_drawn(qtbot, worker):
    highlighter, formulas = load_all(qtbot, worker)
    answers = {}
    worker.answered.connect(lambda key, answer: answers.__setitem__(key.partition("\0")[2], answer))

    for tex in FORMULAS.values():
        formulas.shape(f"${tex}$")
    highlighter.request("python", CODE)
    formulas.shape(GOOD)
    qtbot.waitUntil(lambda: has_colours(highlighter) and formulas.shape(GOOD) is not None, timeout=WAIT_MS)

    # No answer is one of a process that was killed twice.
    assert [name for name, tex in FORMULAS.items() if answers.get(f"${tex}$", "not asked") is None] == []


def test_after_hostile_code_the_others_are_coloured_and_drawn(qtbot, worker):
    highlighter, formulas = Highlighter(worker=worker), Formulas(worker)

    for language, code in CODES.values():
        highlighter.request(language, code)
        highlighter.request("", code)
    highlighter.request("python", CODE)
    formulas.shape(GOOD)

    qtbot.waitUntil(lambda: has_colours(highlighter) and formulas.shape(GOOD) is not None, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: all(highlighter.request(*each) is not None for each in CODES.values()), timeout=WAIT_MS)


def test_the_folder_the_program_was_started_in_lends_no_modules(qtbot, tmp_path, monkeypatch):
    trap = f"open({str(tmp_path / 'caught')!r}, 'w').close()"
    for name in ("json", "faulthandler", "pygments", "ziamath"):
        (tmp_path / f"{name}.py").write_text(trap)
    monkeypatch.chdir(tmp_path)
    worker = Worker()

    load_all(qtbot, worker)
    worker.close()

    assert not (tmp_path / "caught").exists()


@pytest.mark.skipif(os.name == "nt", reason="needs the signals of Unix")
@pytest.mark.parametrize("number", ["SIGKILL", "SIGSTOP"])
@pytest.mark.parametrize("is_busy", [False, True], ids=["idle", "busy"])
def test_a_process_that_is_ended_or_stopped_from_outside_is_replaced(qtbot, number, is_busy):
    worker = Worker(start_limit_ms=3000)
    highlighter, formulas = load_all(qtbot, worker)
    pid = process_of(worker).processId()

    if is_busy:
        highlighter.request("python", CODE)
        formulas.shape(GOOD)
    os.kill(pid, getattr(signal, number))

    qtbot.waitUntil(lambda: has_colours(highlighter) and formulas.shape(GOOD) is not None, timeout=WAIT_MS)
    assert process_of(worker).processId() != pid
    assert not is_alive(pid)
    worker.close()


@pytest.mark.skipif(os.name == "nt", reason="needs the signals of Unix")
def test_a_process_that_is_killed_again_and_again_is_replaced_again_and_again(qtbot, worker):
    highlighter, _ = load_all(qtbot, worker)

    for number in range(7):
        code = f"def f{number}(): pass"
        os.kill(process_of(worker).processId(), signal.SIGKILL)
        qtbot.waitUntil(lambda code=code: has_colours(highlighter, code), timeout=WAIT_MS)

    assert not worker.is_broken


# A worker that notes each job, never ends a "stuck" one, and ends itself with a "crash".
SCRIPT = """
import json, sys, time
for line in sys.stdin:
    request = json.loads(line)
    with open(sys.argv[1], "a") as notes:
        print(request["what"], file=notes)
    print(json.dumps({"id": request["id"]}), flush=True)
    if request["what"].startswith("stuck"):
        time.sleep(1000)
    if request["what"].startswith("crash"):
        sys.exit(3)
    print(json.dumps({"id": request["id"], "what": request["what"]}), flush=True)
"""


class Jobs:
    """A worker with such a process, what it has answered, and what was begun."""

    def __init__(self, qtbot, folder) -> None:
        self._notes = folder / "notes"
        self._qtbot = qtbot
        self.worker = Worker(command=[sys.executable, "-c", SCRIPT, str(self._notes)], job_limit_ms=50)
        self.answers = []
        self.worker.answered.connect(lambda key, answer: self.answers.append((key, answer is not None)))

    def ask(self, *names):
        for name in names:
            self.worker.ask(name, {"what": name})

    def wait(self, count):
        self._qtbot.waitUntil(lambda: len(self.answers) == count, timeout=WAIT_MS)

    @property
    def begun(self):
        return self._notes.read_text().split()


@pytest.fixture
def jobs(qtbot, tmp_path):
    jobs = Jobs(qtbot, tmp_path)
    yield jobs
    jobs.worker.close()


def test_nothing_waits_for_a_second_try(jobs):
    jobs.ask("stuck 1", "fine 1", "stuck 2", "fine 2")

    jobs.wait(4)

    assert jobs.answers == [("fine 1", True), ("fine 2", True), ("stuck 1", False), ("stuck 2", False)]


def test_jobs_that_never_end_are_not_all_tried_again(jobs):
    jobs.ask(*(f"stuck-{number}" for number in range(12)))

    jobs.wait(12)

    assert len(jobs.begun) == 12 + 5
    jobs.ask("fine")
    jobs.wait(13)
    assert jobs.answers[-1] == ("fine", True)


def test_jobs_that_end_the_process_do_not_end_it_for_the_others(jobs):
    jobs.ask(*(f"crash-{number}" for number in range(12)), "fine")

    jobs.wait(13)

    assert ("fine", True) in jobs.answers
    assert not jobs.worker.is_broken


def test_what_is_asked_for_twice_is_done_once(jobs):
    jobs.ask("stuck", "fine")
    jobs.wait(1)

    jobs.ask("stuck")
    jobs.wait(2)

    assert jobs.begun == ["stuck", "fine", "stuck"]
    assert jobs.answers == [("fine", True), ("stuck", False)]
