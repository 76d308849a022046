import io
import json
import subprocess
import sys

import pytest

from gigadesk import limits
from gigadesk.markdown.guess import guess
from gigadesk.markdown.highlight import colour, guessed, highlight
from gigadesk.markdown.languages import LEXERS
from gigadesk.markdown.worker import serve
from tests.markdown.code_samples import PARTED, PLAIN, SAMPLES

KINDS = {"keyword", "string", "number", "comment", "name", "type", "operator", "error"}
CODE = """# comment
import os

class Name(Base):
    def method(self, x: int = 1) -> str:
        return f"{x}" + 'text' if x > 2 else None  /* other */ // and another
<tag attribute="value">text</tag> { key: [1, 2.5, true] } SELECT a FROM b WHERE c = 'd';
"""


@pytest.mark.parametrize("lexer", sorted(set(LEXERS.values())))
def test_runs_of_every_lexer_are_in_order_and_inside_of_the_code(lexer):
    end = 0
    for start, length, kind in highlight(lexer, CODE * 3):
        assert start >= end
        assert length > 0
        assert kind in KINDS
        end = start + length
    assert end <= len(CODE * 3)


def test_kinds_of_python():
    code = "@deco\nclass A:\n    x = 'a' + 1  # c"
    runs = {code[start : start + length].strip(): kind for start, length, kind in highlight("Python", code)}

    assert runs["class"] == "keyword"
    assert runs["A"] == "type"
    assert runs["@deco"] == "name"
    assert runs["'a'"] == "string"
    assert runs["1"] == "number"
    assert runs["# c"] == "comment"
    assert runs["+"] == "operator"


def test_lines_at_the_begin_and_end_are_not_dropped():
    assert highlight("python", "\n\n  1\n\n") == ((4, 1, "number"),)


def test_changes_have_two_colours():
    assert [kind for _, _, kind in highlight("diff", "-a\n+b\n c\n")] == ["error", "string"]


@pytest.mark.parametrize(
    ("language", "code"),
    [
        ("klingon", "x = 1"),
        ("", "just words"),
        ("python", "x" * (limits.CODE_LINE_MAX_CHARS + 1)),
        ("python", "x\n" * limits.CODE_HIGHLIGHT_MAX_CHARS),
        ("python", ""),
    ],
    ids=["unknown", "unnamed", "long line", "large", "empty"],
)
def test_no_runs(language, code):
    assert highlight(language, code) == ()


@pytest.mark.parametrize(
    ("language", "code"), [(language, code) for language, codes in SAMPLES.items() for code in codes]
)
def test_language_of_ordinary_code_is_guessed(language, code):
    assert guess(code) == language
    assert guessed(code) == language


@pytest.mark.parametrize("text", PLAIN)
def test_what_is_no_code_stays_plain(text):
    assert guess(text) == ""
    assert guessed(text) == ""


@pytest.mark.parametrize("language", PARTED)
@pytest.mark.parametrize("lines", [1, 2, 3])
def test_pieces_have_the_colours_of_the_whole(language, lines):
    code = PARTED[language]
    found, state, begin = [], {}, 0
    rows = code.split("\n")
    for number in range(0, len(rows), lines):
        piece = "\n".join(rows[number : number + lines])
        coloured = colour(language, piece, state)
        found += [(start + begin, length, kind) for start, length, kind in coloured.runs]
        begin, state = begin + len(piece) + 1, coloured.state

    assert letters(found, code) == letters(highlight(language, code), code)


@pytest.mark.parametrize("language", PARTED)
@pytest.mark.parametrize("step", [3, 7, 20])
def test_growing_code_keeps_what_is_safe_and_ends_like_the_whole(language, step):
    code = PARTED[language]
    kept, runs, base, state = [], [], 0, {}
    for end in [*range(step, len(code), step), len(code)]:
        coloured = colour(language, code[base:end], state)
        runs = kept + [(start + base, length, kind) for start, length, kind in coloured.runs]
        kept = [run for run in runs if run[0] < base + coloured.safe]
        base, state = base + coloured.safe, coloured.safe_state

    assert letters(runs, code) == letters(highlight(language, code), code)


@pytest.mark.parametrize("state", ["x", "[]", "7", '{"stack": 3}', '{"stack": ["no such"]}', '{"open": 5}', "[" * 5000])
@pytest.mark.parametrize("language", ["python", "yaml", "c", "json"])
def test_a_state_that_means_nothing_is_a_beginning(language, state):
    answers = [io.BytesIO(), io.BytesIO()]

    for answer, given in zip(answers, (state, ""), strict=True):
        request = {"id": 1, "language": language, "code": "a = 1", "state": given}
        serve(io.BytesIO(json.dumps(request).encode()), answer)

    first, second = (json.loads(answer.getvalue().splitlines()[1])["runs"] for answer in answers)
    assert first == second != []


def letters(runs, code):
    """The kind of each letter; blanks have none."""
    kinds = [""] * len(code)
    for start, length, kind in runs:
        kinds[start : start + length] = [kind] * length
    return [(letter, kind) for letter, kind in zip(code, kinds, strict=False) if letter.strip()]


def test_worker_answers_every_good_request_and_passes_over_bad_ones():
    requests = [
        b'{"id": 1, "language": "python", "code": "1"}',
        b"no json",
        b"[" * 10_000,
        b"\xff\xfe",
        b"{}",
        b'{"id": "x", "language": "python", "code": "1"}',
        b'{"id": 2, "language": 3, "code": "1"}',
        b"",
        b'{"id": 3, "language": "unknown", "code": "1"}',
        b'{"id": 4, "language": "python", "code": "\\ud800 = 1"}',
    ]
    answers = io.BytesIO()

    serve(io.BytesIO(b"\n".join(requests)), answers)

    read = [json.loads(line) for line in answers.getvalue().splitlines()]
    assert read[:2] == [
        {"id": 1},
        {"id": 1, "runs": [0, 1, 2], "state": "", "safe": 0, "safe_state": "", "language": ""},
    ]
    assert [answer["id"] for answer in read] == [1, 1, 3, 3, 4, 4]


def test_largest_request_is_read_whole():
    code = "\U0001f600" * 2000 + "\n"
    request = json.dumps({"id": 1, "language": "python", "code": code * 10}).encode()
    answers = io.BytesIO()

    serve(io.BytesIO(request), answers)

    assert len(answers.getvalue().splitlines()) == 2


def test_request_without_end_takes_no_memory():
    answers = io.BytesIO()

    serve(io.BytesIO(b"x" * 10_000_000), answers)

    assert answers.getvalue() == b""


def test_worker_is_a_process_without_qt_that_ends_with_its_input():
    script = (
        "import sys; from gigadesk.markdown.worker import main; main(); "
        "sys.exit(any(name.startswith('PySide6') for name in sys.modules))"
    )
    request = b'{"id": 1, "language": "python", "code": "1"}\n'

    ended = subprocess.run([sys.executable, "-c", script], input=request, capture_output=True, timeout=60, check=False)

    assert (ended.returncode, ended.stderr) == (0, b"")
    assert len(ended.stdout.splitlines()) == 2


def test_worker_whose_program_died_in_the_middle_of_a_job_ends_by_itself():
    # The pattern never comes to its end, and lets no other Python code run meanwhile.
    script = (
        "import re; from gigadesk.markdown import worker; worker.JOB_MAX_S = 0.05\n"
        "worker.colour = lambda *_: re.match('(a*)*b', 'a' * 60)\n"
        "worker.main()"
    )
    request = b'{"id": 1, "language": "python", "code": "1"}\n'

    ended = subprocess.run([sys.executable, "-c", script], input=request, capture_output=True, timeout=60, check=False)

    assert ended.returncode == 1


def test_module_runs_as_a_program():
    ended = subprocess.run(
        [sys.executable, "-m", "gigadesk.markdown.worker"], input=b"", capture_output=True, timeout=60, check=False
    )

    assert (ended.returncode, ended.stdout, ended.stderr) == (0, b"", b"")


def test_nothing_heavy_is_imported_before_the_first_text():
    script = (
        "import sys, gigadesk.markdown, gigadesk.markdown.highlight; "
        "sys.exit(any(name in sys.modules for name in ('markdown_it', 'pygments')))"
    )

    assert subprocess.run([sys.executable, "-c", script], timeout=60, check=False).returncode == 0
