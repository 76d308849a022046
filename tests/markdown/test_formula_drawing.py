"""TeX to outlines: what is drawn, and what must not be."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from gigadesk import limits
from gigadesk.markdown.formula_drawing import CLOSE, CUBIC, LINE, MOVE, QUAD, UNITS, draw
from gigadesk.markdown.formula_tex import depth, prepared

SAMPLE = Path(__file__).parents[1] / "samples" / "formulas.txt"
FORMULAS = [line for line in SAMPLE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
POINTS = {MOVE: 2, LINE: 2, QUAD: 4, CUBIC: 6, CLOSE: 0}


def size(tex, *, is_display=True):
    drawing = draw(tex, is_display=is_display)
    assert drawing is not None
    return drawing.width / UNITS, drawing.ascent / UNITS, drawing.descent / UNITS


def corners(tex):
    """The points that the outlines of a formula go through, in ems."""
    drawing = draw(tex, is_display=True)
    at, x, y, found = 0, 0, 0, []
    while at < len(drawing.outline):
        count = POINTS[drawing.outline[at]]
        points = drawing.outline[at + 1 : at + 1 + count]
        at += 1 + count
        if points:
            x, y = x + points[-2], y + points[-1]
            found.append((x / UNITS, y / UNITS))
    return found


def test_sample_has_two_hundred_formulas():
    assert len(set(FORMULAS)) >= 200


@pytest.mark.parametrize("is_display", [True, False], ids=["display", "inline"])
def test_formulas_of_school_statistics_physics_and_machine_learning_are_drawn(is_display):
    failed = [tex for tex in FORMULAS if draw(tex, is_display=is_display) is None]

    assert failed == []


def test_outlines_lie_inside_of_the_size():
    for tex in FORMULAS[::10]:
        width, ascent, descent = size(tex)
        points = corners(tex)
        assert min(x for x, _ in points) >= -0.1
        assert max(x for x, _ in points) <= width + 0.1
        assert min(y for _, y in points) >= -ascent - 0.1
        assert max(y for _, y in points) <= descent + 0.1


def test_display_is_higher_than_inline():
    assert sum(size("\\sum_{i=1}^n \\frac{a}{b}")[1:]) > sum(size("\\sum_{i=1}^n \\frac{a}{b}", is_display=False)[1:])


def test_lines_of_aligned_are_below_each_other():
    one = sum(size("\\begin{aligned} a &= b \\end{aligned}")[1:])
    three = sum(size("\\begin{aligned} a &= b \\\\ c &= d \\\\ e &= f \\end{aligned}")[1:])

    assert three > 2.5 * one


@pytest.mark.parametrize(
    ("tex", "same"),
    [
        ("\\begin{align} a &= b \\end{align}", "\\begin{aligned} a &= b \\end{aligned}"),
        ("E = mc^2 % a remark", "E = mc^2"),
        ("a \\nonumber", "a"),
        ("\\mathrm{d}x", "\\text{d}x"),
        ("\\R", "\\mathbb{R}"),
    ],
)
def test_what_is_written_in_another_way_is_drawn_as_the_same(tex, same):
    assert draw(tex, is_display=True) == draw(same, is_display=True)


@pytest.mark.parametrize("script", ["^{-1}", "^T", "_k", "_k^2"])
@pytest.mark.parametrize("kind", ["pmatrix", "vmatrix"])
def test_matrix_takes_a_script_behind_its_bracket(kind, script):
    matrix = rf"\begin{{{kind}}} a & b \\ c & d \end{{{kind}}}"

    width, ascent, descent = size(matrix)
    with_script = size(matrix + script)

    assert width < with_script[0] < 1.6 * width
    assert with_script[1] + with_script[2] >= ascent + descent


def test_decimal_comma_in_braces_stands_close():
    digits = size("05")[0]

    assert size("0{,}5")[0] < digits + 0.3
    assert size("0,5")[0] > size("0{,}5")[0] + 0.3


@pytest.mark.parametrize("sign", [r"\partial", r"\nabla"])
def test_derivative_stands_close_to_its_letter(sign):
    assert size(rf"{sign} u")[0] < size(sign)[0] + size("u")[0] + 0.06


def bars(tex):
    """How many upright and how many level bars longer than an em a formula has."""
    drawing = draw(tex, is_display=True)
    outline = drawing.outline
    # Of a bar: a move, three lines, each with its command and the way in both directions.
    edges = [
        (outline[at + 4], outline[at + 8])
        for at in range(len(outline) - 12)
        if (outline[at], outline[at + 3], outline[at + 6], outline[at + 9]) == (MOVE, LINE, LINE, LINE)
        and outline[at + 5] == outline[at + 7] == 0
        and outline[at + 12] == CLOSE
    ]
    return sum(down > UNITS for _, down in edges), sum(across > UNITS for across, _ in edges)


@pytest.mark.parametrize(
    ("spec", "body", "upright", "level"),
    [
        ("cc", r"c & c \\ c & c", 0, 0),
        ("c|c", r"c & c \\ c & c", 1, 0),
        ("|c|c|", r"c & c \\ c & c", 3, 0),
        ("c||c", r"c & c \\ c & c", 1, 0),
        ("cc", r"c & c \\ \hline c & c", 0, 1),
        ("cc", r"\hline c & c \\ c & c \\ \hline", 0, 2),
        ("|c|c|", r"\hline c & c \\ \hline c & c \\ \hline", 3, 3),
        ("c|c", r"c & \begin{cases} c & c \\ c & c \end{cases} \\ \hline c & c", 1, 1),
    ],
)
def test_lines_of_an_array_are_drawn_where_they_stand(spec, body, upright, level):
    drawn = bars(rf"\begin{{array}}{{{spec}}} {body} \end{{array}}")
    plain = bars(rf"\begin{{array}}{{cc}} {body.replace(chr(92) + 'hline', '')} \end{{array}}")

    assert (drawn[0] - plain[0], drawn[1] - plain[1]) == (upright, level)


def test_lines_around_an_array_lie_inside_of_its_size():
    tex = r"\begin{array}{|c|} \hline c \\ c \\ \hline \end{array}"
    width, ascent, descent = size(tex)
    points = corners(tex)

    assert min(x for x, _ in points) >= -0.03
    assert max(x for x, _ in points) <= width + 0.03
    assert min(y for _, y in points) >= -ascent - 0.05
    assert max(y for _, y in points) <= descent + 0.05


def test_number_of_a_formula_stands_behind_it():
    assert size("x \\tag{1}")[0] > size("x")[0] + 2


def test_small_and_greater_signs_are_drawn():
    assert size("a < b > c")[0] > size("a b c")[0] + 1


@pytest.mark.parametrize(
    "tex",
    [
        "",
        " ",
        "\\frac{1}{",
        "\\left( x",
        "x^",
        "x_1_2",
        "\\begin{matrix} a",
        "\\unknowncommand{x}",
        "\\dv{f}{x}",
        "\\text{日本}",
        "x\U0001f600",
        "\\rule{99999999pt}{99999999pt}",
        "\\hspace{99999999pt}x",
        "\\def\\a{x}\\a",
        "\\newcommand{\\a}{x}\\a",
        "\\href{file:///etc/passwd}{x}",
        "\\includegraphics{/dev/zero}",
        "\\input{/etc/passwd}",
        "{" * (limits.FORMULA_MAX_DEPTH + 1) + "x" + "}" * (limits.FORMULA_MAX_DEPTH + 1),
        "\\left(" * (limits.FORMULA_MAX_DEPTH + 1) + "x" + "\\right)" * (limits.FORMULA_MAX_DEPTH + 1),
        "x" * (limits.FORMULA_MAX_CHARS + 1),
        "}" * 100,
        "\\phantom{x}",
        "\\\\",
    ],
)
def test_what_cannot_or_must_not_be_drawn_is_not(tex):
    assert draw(tex, is_display=True) is None


@pytest.mark.parametrize(
    "text",
    [
        "a</mtext><mspace width='9000em'/><mtext>b",
        "a</mtext></math>",
        "&lt;mspace width=9000em&gt;",
        "<!DOCTYPE a [<!ENTITY b 'c'>]>&b;",
        "&#60;/mtext&#62;",
    ],
)
def test_text_cannot_write_into_the_markup(text):
    drawing = draw(f"\\text{{{text}}}", is_display=True)

    # Drawn letter by letter, or not at all.
    assert drawing is None or drawing.width < len(text) * UNITS


def test_depth_counts_what_doubles_the_time():
    assert depth("\\frac{a}{\\sqrt{b}}") == 2
    assert depth("\\left(\\frac{a}{b}\\right)") == 2
    assert depth("\\{ \\} x") == 0
    assert prepared("x^2") == "x^2"
    assert prepared("{x") is None


def test_answer_of_the_worker_is_small():
    sizes = [len(json.dumps(draw(tex, is_display=True).as_json())) for tex in FORMULAS[::10]]

    assert max(sizes) < 40_000
    assert sum(sizes) / len(sizes) < 12_000


def test_worker_without_formulas_imports_nothing_for_them():
    program = (
        "import sys; from gigadesk.markdown.worker import main; main(); "
        "sys.exit(any(name.startswith(('ziamath', 'ziafont', 'latex2mathml')) for name in sys.modules))"
    )
    request = json.dumps({"id": 1, "language": "python", "code": "x = 1"}).encode() + b"\n"

    ended = subprocess.run([sys.executable, "-c", program], input=request, capture_output=True, timeout=60, check=False)

    assert (ended.returncode, ended.stderr) == (0, b"")
