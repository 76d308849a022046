"""What is shown while the text is still coming."""

import pytest

from gigadesk.markdown import Parser
from gigadesk.markdown.blocks import CodeBlock, ItemList, Paragraph, Table


def text_of(block):
    match block:
        case CodeBlock():
            return block.text
        case ItemList():
            return "|".join(text_of(child) for item in block.items for child in item.blocks)
        case Table():
            return "|".join("".join(span.text for span in cell) for row in (block.header, *block.rows) for cell in row)
    return "".join(span.text for span in block.spans)


def shown_text(text):
    return "\n".join(text_of(block) for block in Parser(text).blocks)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a **b", "a b"),
        ("a **", "a"),
        ("a **b*", "a b"),
        ("a *b **c", "a b c"),
        ("a `b", "a b"),
        ("a `", "a"),
        ("a ``b` c", "a b` c"),
        ("**a `b", "a b"),
        ("a ~~b", "a b"),
        ("a [b", "a"),
        ("a [b](http://c", "a b"),
        ("a ![b](http://c", "a"),
        ("a [b]", "a"),
        ("a [b] c", "a [b] c"),
        ("a [" + "long " * 20, "a " + ("long " * 20).strip()),
        ("a [^b", "a"),
        ("a ~b", "a b"),
        ("# a *b", "a b"),
        ("| a", ""),
        ("a | b", "a"),
        ("a \\", "a"),
        ("a &am", "a"),
        ("a <https://b", "a"),
        ("2 * 3", "2 * 3"),
        ("snake_case", "snake_case"),
    ],
)
def test_half_arrived_mark_is_not_shown(text, shown):
    assert shown_text(text) == shown


@pytest.mark.parametrize(
    "line",
    [
        "#",
        "##",
        "-",
        "- ",
        "--",
        "---",
        "*",
        "1",
        "1.",
        "12) ",
        ">",
        "`",
        "``",
        "```py",
        "~~~",
        "=",
        "|",
        "|--",
        "- [",
        "- [x]",
    ],
)
def test_line_that_may_become_a_mark_waits(line):
    before = Parser("text\n")
    after = Parser("text\n" + line)

    assert after.blocks == before.blocks


def test_style_of_an_open_mark_is_shown_at_once():
    assert Parser("a **b").blocks[0].spans[1].is_bold


def test_code_block_is_shown_when_its_first_line_is_whole():
    assert list(Parser("```py").blocks) == []
    assert Parser("```py\n").blocks[0].is_open


@pytest.mark.parametrize("line", ["`", "``", "```", "```  "])
def test_half_arrived_end_of_code_is_not_shown(line):
    assert Parser("```\na\n" + line).blocks[0].text == "a"


def test_code_goes_on_to_be_shown_as_it_comes():
    assert Parser("```\na\nb = `").blocks[0].text == "a\nb = `"


def test_table_is_not_shown_as_text_before():
    text = "| a | b |\n|---|---|\n| c | d |\n"
    kinds = set()
    parser = Parser()
    for character in text:
        parser.feed(character)
        kinds |= {type(block) for block in parser.blocks}

    assert kinds == {Table}


def test_row_of_a_table_is_shown_as_it_comes():
    block = Parser("| a | b |\n|---|---|\n| c | **d").blocks[0]

    assert text_of(block) == "a|b|c|d"


def test_paragraph_is_never_a_heading_for_a_moment():
    parser = Parser("text\n")
    for character in "- item":
        parser.feed(character)
        assert isinstance(parser.blocks[0], Paragraph)


def test_address_is_no_link_before_it_is_whole():
    assert [span.link for span in Parser("see https://exam").blocks[0].spans] == [""]
    assert [span.link for span in Parser("see https://example.com now").blocks[0].spans] == [
        "",
        "https://example.com",
        "",
    ]


def test_finish_shows_what_was_held():
    parser = Parser("a\n--")

    first_changed = parser.finish()

    assert first_changed == 0
    assert text_of(parser.blocks[0]) == "a"
    assert parser.blocks[0].level == 2


def test_only_what_changed_is_reported():
    parser = Parser("one\n\ntwo\n\nthr")

    assert parser.feed("ee") == 2
    assert parser.feed("\n\nfour") == 3
