"""Where formulas are, and what of a text is no formula."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gigadesk.limits import FORMULA_SOURCE_MAX_CHARS
from gigadesk.markdown import Parser, parse
from gigadesk.markdown.blocks import Formula, Heading, ItemList, Paragraph, Quote, Table
from gigadesk.markdown.formulas import bare_tex, find_formulas, hold_formula, tex_of

ALIGNED = "\\begin{aligned}\na &= b \\\\\n  &= c - d\n\\end{aligned}"


def found(text):
    return [text[each.start : each.end] for each in find_formulas(text)]


def formulas(block):
    return [span.text for span in block.spans if span.is_formula]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a $x$ b", ["$x$"]),
        ("$x^2$, $y$", ["$x^2$", "$y$"]),
        ("($n$-th and $n$th)", ["$n$", "$n$"]),
        ("\\(a\\) and \\[b\\]", ["\\(a\\)", "\\[b\\]"]),
        ("in $$x$$ a line", ["$$x$$"]),
        ("$a_1 * b_2$ *c* $d|e$", ["$a_1 * b_2$", "$d|e$"]),
        ("$x_{\\text{if it is so}}$", ["$x_{\\text{if it is so}}$"]),
        ("$m = 5$ кг", ["$m = 5$"]),
        ("$5x^2$", ["$5x^2$"]),
        ("$a \\\\ b$", ["$a \\\\ b$"]),
        ("$\\$5$", ["$\\$5$"]),
        ("$5 and $10", []),
        ("from $5 to 10$ each", []),
        ("US$5 or CA$6", []),
        ("$20,000 and $30,000", []),
        ("$ x$ and $x $", []),
        ("$2^{10}$5", []),
        ("\\$x$", []),
        ("$HOME and $PATH", []),
        ("$PATH:$HOME", []),
        ("`a $b` c$", []),
        ("$a `b$ c`", []),
        ("`$x$` and ``$y$``", []),
        ("\\(open", []),
        ("\\\\(a\\\\)", []),
        ("$$ $$ and $$$", []),
        ("https://example.com/$a$/b", []),
        ("$" + "x" * FORMULA_SOURCE_MAX_CHARS + "xx$", []),
    ],
)
def test_formulas_of_a_line(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("$$x$$", [Formula]),
        ("$$ x $$.", [Formula]),
        ("\\[x\\]", [Formula]),
        ("$$\nx\n$$", [Formula]),
        (f"$$\n{ALIGNED}\n$$", [Formula]),
        ("text\n$$\nx - y\n- z\n$$\nmore", [Paragraph, Formula, Paragraph]),
        ("$$\nx\n$$ where y", [Formula, Paragraph]),
        ("$$x$$ where y", [Paragraph]),
        ("we have $$x$$", [Paragraph]),
        ("$$\nopen\n- list\n- list\n\nend", [Paragraph, ItemList, Paragraph]),
        ("$$\na\n\nb\n$$", [Paragraph, Paragraph]),
        ("\\[ open\n# head\n", [Paragraph, Heading]),
        ("$$\nx\n# head\n$$", [Paragraph, Heading, Paragraph]),
        ("$$$ money", [Paragraph]),
        ("$$", [Paragraph]),
        ("> $$\nx\n> $$", [Quote]),
        ("$$\n" + "x\n" * FORMULA_SOURCE_MAX_CHARS + "$$\n", [Paragraph]),
    ],
)
def test_formula_alone_on_its_lines_is_a_block(text, kinds):
    assert [type(block) for block in parse(text)][: len(kinds)] == kinds


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("- a\n\n  $$\n  x\n  $$\n- b", "$$\nx\n$$"),
        ("1. a\n   \\[\n   x\n   \\]\n", "\\[\nx\n\\]"),
        ("> $$\n> x\n> $$\n> b", "$$\nx\n$$"),
        ("- $$ x $$\n", "$$ x $$"),
    ],
)
def test_formula_in_a_list_or_a_quote_is_a_block_of_it(text, source):
    (block,) = parse(text)

    inner = block.blocks if isinstance(block, Quote) else block.items[0].blocks
    assert [each.text for each in inner if isinstance(each, Formula)] == [source]


def test_source_of_a_formula_is_that_of_the_message():
    text = f"before\n\n  $$\n{ALIGNED}\n$$  \n\nafter"

    formula = parse(text)[1]

    assert text[formula.source.start : formula.source.end].strip() == f"$$\n{ALIGNED}\n$$"


def test_marks_in_a_formula_are_none():
    (paragraph,) = parse("**bold $a_1*b*_c$ and** [link $x]y$](http://u) $`$ $<b>$ &amp; $a&b$")

    assert formulas(paragraph) == ["$a_1*b*_c$", "$x]y$", "$<b>$", "$a&b$"]
    assert [span.is_bold for span in paragraph.spans if span.is_formula] == [True, False, False, False]
    assert [span.link for span in paragraph.spans if span.is_formula] == ["", "http://u", "", ""]


def test_bar_in_a_formula_parts_no_cells():
    (table,) = parse("| $P(A|B)$ | b \\| c |\n|---|---|\n| $\\|x\\|$ | \\(|x|\\) |\n| $5 | $10 |\n")

    assert isinstance(table, Table)
    assert ["".join(span.text for span in cell) for cell in table.header] == ["$P(A|B)$", "b | c"]
    assert [[span.text for span in cell] for cell in table.rows[0]] == [["$\\|x\\|$"], ["\\(|x|\\)"]]
    assert [[span.text for span in cell] for cell in table.rows[1]] == [["$5"], ["$10"]]


def test_formula_over_two_lines_of_a_paragraph_is_one():
    (paragraph,) = parse("a $x +\ny$ b")

    assert formulas(paragraph) == ["$x + y$"]


@pytest.mark.parametrize(
    ("source", "tex", "is_display"),
    [
        ("$x^2$", "x^2", False),
        ("\\(x\\)", "x", False),
        ("$$\nx\n$$", "x", True),
        ("$$x$$.", "x.", True),
        ("\\[ x \\] ,", "x,", True),
        ("$\\$5$", "\\$5", False),
    ],
)
def test_tex_of_a_source(source, tex, is_display):
    assert tex_of(source) == (tex, is_display)
    assert bare_tex(source) == tex.rstrip(".,")


# --- while the text is still coming


def shown_steps(text):
    """What is shown after each character; `$` in it would be a raw mark."""
    parser = Parser()
    steps = []
    for character in text:
        parser.feed(character)
        steps.append([_plain(block) for block in parser.blocks])
    return steps


def _plain(block):
    match block:
        case Formula():
            return "F" + block.text
        case Quote():
            return "|".join(_plain(child) for child in block.blocks)
        case ItemList():
            return "|".join(_plain(child) for item in block.items for child in item.blocks)
        case Table():
            cells = [cell for row in (block.header, *block.rows) for cell in row]
            return "|".join(_spans(cell) for cell in cells)
        case _:
            return _spans(block.spans)


def _spans(spans):
    return "".join("F" if span.is_formula else span.text for span in spans)


@pytest.mark.parametrize(
    "text",
    [
        "Let $x_1$ be **a $y$ b**.",
        "so \\(z\\) and \\[w\\] end",
        "in $$x_1$$ a line",
        "- item $a*b$\n- \\(c\\)",
        "| a | $P(A|B)$ |\n|---|---|\n| $|x|$ | b |\n",
    ],
)
def test_half_arrived_formula_shows_no_raw_marks(text):
    for step in shown_steps(text):
        assert not any(mark in shown for shown in step for mark in ("$", "\\(", "\\[", "_", "*"))


@pytest.mark.parametrize("text", ["text\n\n$$\nx\n$$\n", f"a\n\\[\n{ALIGNED}\n\\]\nb", "> $$x$$\n", "$$ x $$ where y"])
def test_formula_that_comes_never_changes_what_it_is(text):
    seen = set()
    for step in shown_steps(text):
        seen |= {shown for shown in step if "$" in shown or "\\" in shown}

    assert len(seen) <= 1


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a $", "a "),
        ("a $x", "a "),
        ("a \\(x", "a "),
        ("a $$x", "a "),
        ("it costs $5 and more", "it costs $5 and more"),
        ("a $" + "x" * 200, "a $" + "x" * 200),
        ("a \\(" + "x" * 200, "a \\(" + "x" * 200),
    ],
)
def test_lone_mark_does_not_hide_the_text_for_ever(text, shown):
    assert hold_formula(text) == shown


def test_formula_that_never_ends_is_shown_as_text():
    parser = Parser("$$\n" + "word of a text\n" * 20)
    assert [_plain(block) for block in parser.blocks] == []

    parser.feed("word of a text\n" * 200)

    assert _plain(parser.blocks[0]).startswith("$$ word of")


PARTS = [
    *(
        "$",
        "$$",
        "\\(",
        "\\)",
        "\\[",
        "\\]",
        "$x$",
        "$$y$$",
        "\\(z\\)",
        "\n$$\n",
        "\n\\[\n",
        "\n\\]\n",
        "\\",
        "`",
        "``",
    ),
    *(
        "a",
        " ",
        "\n",
        "\n\n",
        "- ",
        "> ",
        "1. ",
        "  ",
        "    ",
        "|",
        "|-|-|\n",
        "# ",
        "```",
        "5",
        "A",
        "word ",
        "*",
        "_",
    ),
    *("[", "](u)", "===\n", "---\n", ".", "x^2", "\\\\", "\t"),
]
texts = st.lists(st.sampled_from(PARTS), min_size=1, max_size=50).map("".join)


@st.composite
def cut(draw):
    text = draw(texts) * draw(st.sampled_from([1, 1, 1, 20]))
    return text, draw(st.lists(st.integers(0, len(text)), max_size=20))


@given(cut())
@settings(max_examples=150, deadline=None)
def test_any_pieces_give_the_blocks_of_the_whole(case):
    text, cuts = case
    parser = Parser()
    for start, end in pairwise(sorted({0, *cuts, len(text)})):
        before = tuple(parser.blocks)
        first_changed = parser.feed(text[start:end])
        assert tuple(parser.blocks[:first_changed]) == before[:first_changed]
    parser.finish()

    assert tuple(parser.blocks) == parse(text)


@given(texts)
@settings(max_examples=150, deadline=None)
def test_formulas_are_in_order_and_keep_their_delimiters(text):
    end = 0
    for each in find_formulas(text):
        assert end <= each.start < each.end <= len(text)
        source = text[each.start : each.end]
        assert source[0] in "$\\"
        assert tex_of(source)[0].strip()
        end = each.end


@pytest.mark.parametrize("mark", ["$", "$$ ", "\\(", "\\[ ", "$a ", "`$", "\\[\n", "$$\n", "$x$ ", "\\(x\\)"])
def test_flood_of_marks_is_read(mark):
    blocks = parse(mark * 20_000)

    assert blocks
