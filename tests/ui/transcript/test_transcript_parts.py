"""The pure parts: heights, pieces of blocks, the three writers."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gigadesk.markdown import parse
from gigadesk.markdown.blocks import Block, CodeBlock, Paragraph
from gigadesk.text import clean
from gigadesk.ui.transcript.copy.html_writer import html_text
from gigadesk.ui.transcript.copy.joining import joined
from gigadesk.ui.transcript.copy.markdown_writer import markdown_text
from gigadesk.ui.transcript.copy.plain_blocks import plain_blocks
from gigadesk.ui.transcript.copy.plain_writer import plain_text
from gigadesk.ui.transcript.layout.pieces import clip, length, text_of
from gigadesk.ui.transcript.messages.heights import Heights
from gigadesk.ui.transcript.selecting.text_bounds import word_at
from tests.hostile_texts import document
from tests.work import calls

SAMPLES = [
    "Text with **bold *both*** and `code` and ~~gone~~.",
    "# Heading *one*",
    "```python\nx = 1\n\ny = 2\n```",
    "- one\n- two\n  - three\n    1. four\n- [x] done\n- [ ] open",
    "1. a\n\n   b\n2. c",
    "> quote\n> > inner\n>\n> - list",
    "| a | b |\n|:--|--:|\n| `1` | **2** |\n| 3 | |",
    "---",
    "[link](https://example.org) ![picture](x.png)",
    "hard  \nbreak",
    "😀 👍🏽 text",
]


@given(
    st.lists(st.integers(0, 500)),
    st.lists(st.tuples(st.sampled_from(["append", "set", "truncate"]), st.integers(0, 60), st.integers(0, 900))),
)
def test_heights_are_a_list_with_sums(values, steps):
    heights, model = Heights(values), list(values)
    for what, index, value in steps:
        if what == "append":
            heights.append(value)
            model.append(value)
        elif what == "set" and index < len(model):
            heights.set(index, value)
            model[index] = value
        elif what == "truncate":
            heights.truncate(index)
            del model[index:]

    assert list(heights) == model
    assert [heights.above(index) for index in range(len(model) + 1)] == [sum(model[:n]) for n in range(len(model) + 1)]
    for offset in range(0, sum(model), 97):
        found = heights.find(offset)
        assert sum(model[:found]) <= offset < sum(model[: found + 1])


@pytest.mark.parametrize("source", SAMPLES)
def test_a_clip_has_the_text_that_was_asked_for(source):
    (block,) = parse(source)
    text = text_of(block)

    assert length(block) == len(text)
    for start in range(len(text)):
        for end in range(start + 1, len(text) + 1, 3):
            kept = clip(block, start, end)
            kept_text = "" if kept is None else text_of(kept)
            assert kept_text.replace("\n", "") == text[start:end].replace("\n", "")


@pytest.mark.parametrize("source", SAMPLES)
def test_a_whole_clip_is_the_block(source):
    (block,) = parse(source)

    assert clip(block, 0, length(block)) == block


@pytest.mark.parametrize("source", [*SAMPLES[1:], "Text with **bold**, ***both*** and `code` and ~~gone~~."])
def test_written_markdown_reads_back_the_same(source):
    blocks = parse(source)

    again = parse(markdown_text(blocks))

    assert html_text(again) == html_text(blocks)


@given(st.text(alphabet="ab*_`[]()<>#|\\-+1.\n !&😀ё", max_size=60))
def test_nothing_that_is_written_as_html_is_a_tag_from_outside(text):
    html = html_text(parse(text))

    assert "<ab" not in html
    assert "<img" not in html


@given(st.text(max_size=80), st.text(max_size=80))
def test_the_users_own_text_is_kept_letter_by_letter(before, code):
    text = f"{before}\n```py\n{code}\n```\n".replace("\r", "")
    blocks = plain_blocks(text)

    for block in blocks:
        assert 0 <= block.source.start <= block.source.end <= len(text)
    shown = "".join(text_of(block) for block in blocks)
    assert set(shown) <= set(text)


def test_a_long_text_of_the_user_is_cut_and_put_together_again():
    text = "\n".join(f"line {n} " + "word " * (n % 30) for n in range(2000))
    blocks = plain_blocks(text)

    assert len(blocks) > 10
    assert "".join(text[block.source.start : block.source.end] for block in blocks) == text.strip()
    assert max(length(block) for block in blocks) <= 4096


def test_a_long_line_of_the_user_is_cut_between_words():
    blocks = plain_blocks("word " * 2000 + "\n```\n" + "x" * 5000 + "\ny" * 3000 + "\n```")

    texts = [text_of(block) for block in blocks if isinstance(block, Paragraph)]
    assert min(map(len, texts)) > 1000
    assert all(text.startswith("word") and text.rstrip().endswith("word") for text in texts)
    [code] = [block for block in joined(blocks) if isinstance(block, CodeBlock)]
    assert code.text == "x" * 5000 + "\ny" * 3000


@pytest.mark.parametrize("number", range(200, 240))
def test_pieces_put_together_at_once_are_those_put_together_one_by_one(number):
    text = clean(document(number).text)
    blocks = parse(text)
    one_by_one: list[Block] = []
    for block in blocks:
        one_by_one = joined([*one_by_one, block], text)

    assert joined(blocks, text) == one_by_one


@pytest.mark.parametrize(
    "text", ["*a _b_ `c` [d](e) ", "- **a** b\n", "> **a** b\n", "> - ~~a~~ b\n", "1. a\n\n   b\n"]
)
def test_putting_together_costs_no_more_for_a_piece_of_a_longer_text(text):
    short, long = parse(text * 1_000), parse(text * 8_000)

    assert calls(lambda: markdown_text(long)) < 10 * calls(lambda: markdown_text(short))


def test_neighbours_that_are_things_of_their_own_stay_apart():
    (paragraph,) = parse("$a$[^1][^1]\n\n[^1]: note")[:1]

    (again,) = joined([paragraph, replace(paragraph, continues=True)])

    assert [span.text for span in again.spans] == [span.text for span in paragraph.spans] * 2


def test_plain_text_of_everything():
    text = plain_text(parse("\n\n".join(SAMPLES[:8])))

    assert "• one" in text
    assert "☑ done" in text
    assert "> quote" in text
    assert "a\tb\n1\t2" in text
    assert "**" not in text


@pytest.mark.parametrize(
    ("text", "place", "word"),
    [
        ("Hello, world", 1, "Hello"),
        ("Hello, world", 5, ","),
        ("Hello, world", 12, "world"),
        ("ёлка и ель", 2, "ёлка"),
        ("snake_case x", 3, "snake_case"),
        ("module.name", 2, "module"),
        ("they don't", 6, "don't"),
        ("cafe\u0301s x", 1, "cafe\u0301s"),
        ("हिन्दी शब्द", 3, "हिन्दी"),
        ("a 👨\u200d👩\u200d👧 b", 3, "👨\u200d👩\u200d👧"),
        ("a   b", 2, "   "),
        ("first\nsecond", 5, "first"),
    ],
)
def test_the_word_around_a_place(text, place, word):
    start, end = word_at(text, place)

    assert text[start:end] == word
