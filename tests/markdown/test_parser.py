"""Structure, the law of pieces, sources."""

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gigadesk.markdown import Parser, parse
from gigadesk.markdown.blocks import CodeBlock, Heading, ItemList, Paragraph, Quote, Rule, Source, Span, Table
from tests.markdown_support import expected, shown

CASES = {
    "paragraphs": "one\ntwo\n\nthree  \nfour\\\nfive",
    "headings": "# one\n## two ##\n###### six\n####### seven\n#not\n# \n",
    "setext": "one\n===\ntwo\nlines\n---\n\n===\n",
    "rules": "***\n---\n_ _ _\n- - -\n--\n",
    "bullets": "- a\n- b\n  - c\n    - d\n* e\n+ f\n",
    "numbers": "3. a\n4. b\n1) c\n1234567890. d\n",
    "loose": "- a\n\n- b\n",
    "loose by a paragraph": "- a\n\n  b\n- c\n",
    "tight with a loose list inside": "- a\n  - b\n\n    c\n- d\n",
    "blank line inside of a quote in an item": "- > a\n  >\n- b\n",
    "blank line inside of code in an item": "- ```\n  a\n\n  ```\n- b\n",
    "empty items": "-\n- a\n-\n\n  b\n1.\n2. c\n",
    "item begins with code": "1.     code\n\n   text\n",
    "number that cannot interrupt": "text\n2. not\n1. item\n",
    "list of another kind ends the list": "- a\n+ b\n1. c\n2) d\n",
    "lazy": "> a\nb\n> c\n\n- d\ne\n  > f\ng\n",
    "quotes": "> a\n>\n> b\n\n> c\n>> d\n> e\n",
    "quote of a list of a quote": "> - > a\n>   > b\n> - c\n",
    "quote ended by code": "> a\n```\nb\n```\n",
    "fences": "```py x\na\n\n  b\n```\n~~~~\n~~~\n~~~~\n``` a`b\n",
    "indented fence": "   ```\n   a\n    b\n  c\n   ```\n",
    "fence in an item ended by the next item": "- ```\n  a\n- b\n",
    "open fence": "```\na\n",
    "indented code": "    a\n\n      b\n\nc\n    d\n\te\n",
    "tabs": "-\ta\n\n\tb\n>\t\tc\n1.\td\n\n\t\te\n",
    "table": "| a | b | c | d |\n|---|:--|:-:|--:|\n| 1 | **2** | `|` | \\| |\n| x\ny | z\n\nend",
    "table without outer pipes": "a | b\n--|--\n1 | 2\n",
    "table after text": "text\n| a |\n|---|\n| b |\n> quote\n",
    "not a table": "| a | b |\n|---|\n| c |\n",
    "table in an item and a quote": "- | a |\n  |---|\n  | b |\n> c | d\n> --|--\n> e\n",
    "definitions": '[a]: /one "t"\n[A]: /two\n[b]:\n  <x y>\n\n[a] [A][] [x][b] [c]\n',
    "definition behind": "[a] and [b][a]\n\n- [a]\n\n[a]: /u 'title\nover lines'\n",
    "definition in the same list": "- [a]\n- b\n\n  [a]: /u\n- c\n",
    "definition that ends late": "- [a]\n- [a]: /url\n",
    "not a definition": "text\n[a]: /u\n\n[a]: /u x\n\n[ ]: /u\n",
    "definition ends where a list begins": "[a]: /u\n2. x\n",
    "definition and underline": "[a]: /u\n===\n[a]\n",
    "definition in a quote": "> [a]: /u\n\n[a]\n",
    "tasks": "- [ ] a\n- [x] b\n- [X] c\n- [y] d\n- [x]e\n1. [ ] f\n",
    "emphasis": "*a* _b_ **c** __d__ ***e*** *f**g** ~~h~~ a_b_c **i *j* k**\n",
    "code spans": "`a` ``b ` c`` ` d ` `e\nf` \\`g` `h\n",
    "links": '[a](/u) [b](</u v> "t") [c](u(v)) [d]( ) [e [f](g) h](i) ![j](k) [![l](m)](n)\n',
    "footnotes": "[^a] [^b][^a] [^c]\n\n[^a]: one\n\n    two\n\n      three\n[^b]: - x\n      y\nlazy\n\nend [^b]\n",
    "footnotes inside": "- a[^x]\n- [^x]: in a list\n\n      more\n> [^y]: in a quote\n\n[^y] `[^y]` \\[^y]\n",
    "footnote of code and table": "[^a]: ```\n    x\n    ```\n\n[^b]: |a|b|\n    |-|-|\n    |c|d|\n\n[^a] [^b]\n",
    "not a footnote": "[^a] b]: x\n\n[^]: x\n\n    [^a]: x\n\n[^a]\n",
    "one tilde": "~a~ ~~b~~ ~~~c~~~ ~d~~ e~f~g 5~6\n",
    "tables of GFM": "|a|b|\n|:-:|-|\n|c\n|d|e|f|\n\n|`a\\|b`|c|\n|--|--|\n|**\\|**|\n# end\n- |x|\n  |-|\n  |y|\n",
    "autolinks": "<https://a.b/c?d> <a@b.c> <not a link> <x:y>\n",
    "escapes and entities": "\\* \\# &amp; &copy; &#65; &nope; \\a\n",
    "html is text": "<b>x</b>\n\n<div>\n*y*\n</div>\n\n<!-- z -->\n",
    "html in an item": "- <div>\n- <script>alert(1)</script>\n",
    "blank lines": "\n\n  \n\ta\n\n\n\nb\n\n",
    "zero": "",
    "only blanks": " \n\t\n",
}


@pytest.mark.parametrize("text", CASES.values(), ids=CASES.keys())
def test_structure_is_that_of_markdown_it_on_the_whole_text(text):
    assert shown(parse(text)) == expected(text)


@pytest.mark.parametrize("text", CASES.values(), ids=CASES.keys())
def test_every_piece_size_gives_the_blocks_of_the_whole(text):
    for size in (1, 2, 3, 7):
        assert feed(text, range(0, len(text), size)) == parse(text)


def feed(text, cuts):
    parser = Parser()
    for start, end in pairwise(sorted({0, *cuts, len(text)})):
        before = tuple(parser.blocks)
        first_changed = parser.feed(text[start:end])
        assert tuple(parser.blocks[:first_changed]) == before[:first_changed]
    before = tuple(parser.blocks)
    first_changed = parser.finish()
    assert tuple(parser.blocks[:first_changed]) == before[:first_changed]
    assert parser.text == text
    return tuple(parser.blocks)


MARKS = [
    *("- ", "* ", "1. ", "2. ", "10) ", "> ", ">", "    ", "  ", " ", "\t", "# ", "## ", "```", "~~~", "---", "==="),
    *("| ", "a|b", "|-|-|", "--|--", ":-:|-", "\n", "\n", "\n\n", "a", "b c", "**", "*", "_", "`", "``", "[a]"),
    *("[a]: /u", "\n[a]: /u\n", "[b](x)", "![i](y)", "~~", "\\", "<http://x>", "https://x.y/z", "  \n", "[ ] ", "é"),
    *("$x$", "$", "$$", "$$y$$", "\\(z\\)", "\\(", "\\[", "\\]", "\n$$\n", "\n\\[\n"),
    *("[^n]", "[^n]: ", "\n[^n]: note\n\n    more\n", "[^m]", "~", "www.x.y", "a@b.c", "<", "![", "](", "[^"),
    *("中", "&amp;", '"t"', "(", "]", "[", "!", "word", "word\n", "\x1b", "\u202e", "\U0001f600"),
]
fragments = st.lists(st.sampled_from(MARKS), min_size=1, max_size=40).map("".join)
# Long enough for every kind of block to be cut: one beginning, and many lines that may go on with it.
BEGINS = ["", "```py\n", "> ```\n", "- ~~~\n", "a|b\n-|-\n", "> a|b\n> -|-\n", "- a\n", "1. b\n\n", "    c\n", "> "]
PREFIXES = ["", "- ", "  ", "> ", "1. ", "  - ", "| ", "    ", "> - "]
lines = st.lists(st.sampled_from([mark for mark in MARKS if "\n" not in mark]), min_size=0, max_size=8).map("".join)


@st.composite
def long_texts(draw):
    block = [draw(st.sampled_from(PREFIXES)) + draw(lines) for _ in range(draw(st.integers(1, 6)))]
    end = draw(st.sampled_from(["\n", "\n\n", " ", ""]))
    return draw(st.sampled_from(BEGINS)) + (end.join(block) + end) * draw(st.integers(1, 200)) + draw(fragments)


@st.composite
def cut(draw, texts):
    text = draw(texts)
    return text, draw(st.lists(st.integers(0, len(text)), max_size=30))


@given(cut(fragments))
@settings(max_examples=150, deadline=None)
@example(("- [a]\n\n[a]: /u", [9, 10, 11, 12, 13]))
@example(("a\n-\n", [2, 3]))
def test_any_pieces_of_any_text_give_the_blocks_of_the_whole(case):
    text, cuts = case

    assert feed(text, cuts) == parse(text)


@given(cut(long_texts()))
@settings(max_examples=40, deadline=None)
def test_any_pieces_of_a_long_text_give_the_blocks_of_the_whole(case):
    text, cuts = case

    assert feed(text, cuts) == parse(text)


@given(cut(st.one_of(fragments, long_texts())), st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None)
def test_the_blocks_are_the_same_whichever_open_tails_were_shown(case, chance):
    text, cuts = case
    parser, always = Parser(), Parser()

    for start, end in pairwise(sorted({0, *cuts, len(text)})):
        shows_tail = chance.random() < 0.5
        parser.feed(text[start:end], shows_tail=shows_tail)
        always.feed(text[start:end])
        if shows_tail:
            assert tuple(parser.blocks) == tuple(always.blocks)
    parser.finish()

    assert tuple(parser.blocks) == parse(text)


@given(st.one_of(fragments, long_texts()))
@settings(max_examples=100, deadline=None)
def test_sources_follow_each_other_and_hold_every_character(text):
    position = 0
    for block in parse(text):
        assert not text[position : block.source.start].strip()
        assert position <= block.source.start <= block.source.end <= len(text)
        assert_inside(block)
        position = block.source.end
    assert not text[position:].strip()


def assert_inside(block):
    parts = block.items if isinstance(block, ItemList) else block.blocks if isinstance(block, Quote) else ()
    for part in parts:
        assert block.source.start <= part.source.start <= part.source.end <= block.source.end
        for child in part.blocks if isinstance(block, ItemList) else ():
            assert part.source.start <= child.source.start <= child.source.end <= part.source.end


@given(fragments)
@settings(max_examples=100, deadline=None)
def test_no_text_of_a_paragraph_is_lost(text):
    words = [word for word in ("word", "é", "中") if word in text]

    assert all(word in plain(parse(text)) or "[a]:" in text or "```" in text or "~~~" in text for word in words)


def plain(blocks):
    return repr(blocks)


def test_list_turned_loose_late_is_loose_from_its_first_piece():
    text = "".join(f"- item {number}\n" for number in range(200)) + "\n- last\n"

    blocks = feed(text, range(0, len(text), 50))

    assert len(blocks) > 5
    assert {block.is_tight for block in blocks} == {False}


def test_pieces_of_a_list_number_on():
    text = "".join(f"{number}. item\n" for number in range(5, 205))

    blocks = parse(text)

    counted = 5
    for block in blocks:
        assert (block.start, block.continues) == (counted, counted > 5)
        counted += len(block.items)
    assert counted == 205


def test_long_nested_parts_are_cut_with_what_holds_them():
    text = "- top\n" + "".join(f"  - item {number}\n" for number in range(200))

    blocks = parse(text)

    assert len(blocks) > 2
    assert [block.continues for block in blocks] == [False] + [True] * (len(blocks) - 1)
    assert [block.items[0].continues for block in blocks] == [False] + [True] * (len(blocks) - 1)
    assert sum(len(block.items[0].blocks[-1].items) for block in blocks) == 200
    assert shown(blocks) == expected(text)


def test_pieces_of_code_give_the_code():
    code = "\n".join(f"line {number}" if number % 7 else "" for number in range(1000))

    blocks = parse(f"```Python x\n{code}\n```\n")

    assert "\n".join(block.text for block in blocks) == code
    assert {block.language for block in blocks} == {"python"}
    assert len(blocks) > 10


def test_pieces_of_a_line_of_code_give_the_line():
    code = "x" * 50_000

    blocks = parse(f"```\n{code}\n```")

    assert "".join(block.text for block in blocks) == code
    assert [block.joins_line for block in blocks] == [False] + [True] * (len(blocks) - 1)


def test_pieces_of_a_paragraph_are_cut_outside_of_marks():
    text = "some **bold words and** plain ones, `code of words` too. " * 400

    blocks = parse(text)

    assert all(len(block.spans) > 1 for block in blocks)
    assert max(sum(len(span.text) for span in block.spans) for block in blocks) <= 4096
    assert shown(blocks) == expected(text)


def test_late_underline_makes_a_heading_of_all_pieces():
    text = "word " * 2000 + "\nend\n==="

    blocks = feed(text, range(0, len(text), 997))

    assert len(blocks) > 1
    assert {type(block) for block in blocks} == {Heading}


def test_late_definition_changes_only_what_uses_it():
    parser = Parser("uses [a]\n\nplain\n\nuses [A] too\n\nend\n\n")
    before = list(parser.blocks)

    first_changed = parser.feed("[a]: /target\n\n")

    assert first_changed == 0
    assert [old is new for old, new in zip(before, parser.blocks, strict=True)] == [False, True, False, False]
    assert parser.blocks[0].spans[1] == Span("a", link="/target")


def test_definition_that_is_still_coming_is_not_taken_for_whole():
    text = "- [a]\n- b\n- [a]: /url\n"

    assert feed(text, [text.index("rl")]) == parse(text)


def test_first_definition_wins_wherever_it_stands():
    blocks = parse("[a]\n\n> [a]: /first\n\n[a]: /second\n")

    assert blocks[0].spans == (Span("a", link="/first"),)


def test_definitions_alone_are_an_empty_paragraph():
    assert parse("[a]: /u\n\n[b]: /v\n") == (Paragraph((), Source(0, 17)),)


def test_definitions_belong_to_the_source_of_their_neighbour():
    text = "[a]: /u\n\nfirst\n\n[b]: /v\n\nsecond\n\n[c]: /w"

    assert [text[block.source.start : block.source.end] for block in parse(text)] == [
        "[a]: /u\n\nfirst\n\n[b]: /v",
        "second\n\n[c]: /w",
    ]


def test_values_of_all_blocks():
    text = "# H\n\n> q\n\n- [x] t\n\n---\n\n| a |\n|:-:|\n| b |\n\n```Py\nc\n```\n\np"

    assert [type(block) for block in parse(text)] == [Heading, Quote, ItemList, Rule, Table, CodeBlock, Paragraph]


def test_picture_is_a_span_that_nobody_opens():
    assert parse('a ![d *e*](/dev/zero "t")')[0].spans == (Span("a "), Span("d e", link="/dev/zero", is_image=True))


def test_control_characters_are_shown_as_pictures_and_kept_in_the_source():
    parser = Parser("a\x1b[31mb `\x07`\n\n```\n\x00\tc\x9b\n```")
    parser.finish()

    assert parser.blocks[0].spans == (Span("a␛[31mb "), Span("␇", is_code=True))
    assert parser.blocks[1].text == "␀\tc\ufffd"
    assert "\x1b" in parser.text


def test_feeding_after_the_end_is_refused():
    parser = Parser("a")
    parser.finish()

    with pytest.raises(ValueError, match="end"):
        parser.feed("b")
    assert parser.finish() == 1


@pytest.mark.parametrize("address", ["/u(x)", "()", "/it's'", '/"a"'])
def test_a_title_in_the_next_line_belongs_to_its_definition_however_the_address_ends(address):
    text = f'[a]: {address}\n"title"\n\n[a]'

    blocks = parse(text)

    assert [span.link for block in blocks for span in block.spans] == [address]
    assert "title" not in "".join(span.text for block in blocks for span in block.spans)


def test_a_formula_that_closes_far_behind_its_begin_is_one_whichever_open_tails_were_shown():
    text = "a \\[ " + "b c " * 300 + "\\]"
    parser, always = Parser(), Parser()
    for start, end in pairwise([0, 1000, len(text)]):
        parser.feed(text[start:end], shows_tail=end == len(text))
        always.feed(text[start:end])

    assert tuple(parser.blocks) == tuple(always.blocks)
    assert any(span.is_formula for span in always.blocks[0].spans)
