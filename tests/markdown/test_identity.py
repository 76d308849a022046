"""What has been shown stays the very same object, unless later text changes its meaning: then only what it changes."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gigadesk.markdown import Parser, parse
from gigadesk.markdown.blocks import ItemList
from tests.markdown.test_parser import cut, fragments, long_texts

# Nothing here says anything about what stands above a blank line before it.
QUIET = [
    *(
        "# h",
        "word",
        "**b**",
        "`c`",
        "*open",
        "~~",
        "中文",
        "[x](/u)",
        "[ref]",
        "https://x.y ",
        "$x$",
        "|a|b|",
        "é",
        "&amp;",
    ),
    *("é", "&amp;", " ", "\n", "\n\n", "\n\n", "\n\n## h\n\n", "\n\n```\ncode\n```\n\n", "\n\nword **word** word\n\n"),
]
quiet_texts = st.lists(st.sampled_from(QUIET), min_size=1, max_size=60).map("".join)


def feeds(text, cuts):
    """The blocks after each feed and each step of the end."""
    parser = Parser()
    yield tuple(parser.blocks)
    for start, end in pairwise(sorted({0, *cuts, len(text)})):
        parser.feed(text[start:end])
        yield tuple(parser.blocks)
    while not parser.is_finished:
        parser.finish_some()
        yield tuple(parser.blocks)


def changed(before, after):
    """Indices of the blocks that are not the objects they were."""
    return [index for index, (old, new) in enumerate(zip(before, after, strict=False)) if old is not new]


@given(cut(st.one_of(fragments, long_texts(), quiet_texts)))
@settings(max_examples=150, deadline=None)
def test_a_block_that_is_shown_as_before_is_the_object_it_was(case):
    for before, after in pairwise(feeds(*case)):
        assert all(before[index] != after[index] for index in changed(before, after))


@given(cut(quiet_texts))
@settings(max_examples=150, deadline=None)
def test_only_the_last_block_changes_while_nothing_speaks_of_earlier_ones(case):
    for before, after in pairwise(feeds(*case)):
        assert all(index >= len(before) - 1 for index in changed(before, after))


ITEMS = "".join(f"- item {number}\n" for number in range(100))
NESTED = "- top\n" + "".join(f"  - item {number}\n" for number in range(100))
WORDS = "word " * 1000
CAUSES = {
    "link": ("[a]\n\nb\n\n> - [a]\n\n", "[a]: /u\n\n", [0, 2]),
    "link for the second time": ("[a]: /u\n\n[a]\n\nb\n\n", "[a]: /v\n\n", [1]),  # its source grows
    "footnote": ("b\n\nx [^a]\n\n- b [^c]\n\n", "[^a]: note\n\n", [1]),
    "underline": ("b\n\ntext", "\n---\n", [1]),
    "underline of a long paragraph": (
        f"b\n\n{WORDS}\n\n{WORDS}{WORDS}\nend",
        "\n---\n",
        [3, 4, 5],
    ),
    "lazy line": ("b\n\n> text\n", "lazy", [1]),
    "delimiter of a table": ("b\n\ntext\na | b\n", "--|--\n", [1]),
    "list turned loose": (f"{ITEMS}\nb\n\n{ITEMS}", "\n- more\n", "list"),
    "list inside turned loose": (NESTED, "\n  - more\n", "list"),
    "loose list inside of a long one": (f"{ITEMS}- a\n  - b\n", "\n  - c\n", "tail"),
}


@pytest.mark.parametrize(("text", "more", "expected"), CAUSES.values(), ids=CAUSES.keys())
def test_only_what_later_text_speaks_of_changes(text, more, expected):
    parser = Parser(text)
    before = tuple(parser.blocks)
    parser.feed(more)
    for _ in range(20):
        parser.feed("\n")

    lists = [index for index, block in enumerate(before) if isinstance(block, ItemList)]
    begin = max((index for index in lists if not before[index].continues), default=0)
    where = {"list": list(range(begin, len(before))), "tail": [len(before) - 1]}
    assert changed(before, parser.blocks) == (where[expected] if isinstance(expected, str) else expected)


def test_blocks_that_wait_for_many_labels_are_built_again_in_small_steps():
    count = 300
    parser = Parser("".join(f"[l{number}] and [^{number}]\n\n" for number in range(count)))
    for number in range(count):
        parser.feed(f"[l{number}]: /u\n[^{number}]: n\n")
    parser.feed("[x]\n\n" * count + "[x]: /u\n")
    steps = list(feeds_to_the_end(parser))

    assert max(len(changed(before, after)) for before, after in pairwise(steps)) <= 10
    assert parser.is_finished
    assert steps[-1] == parse(parser.text)


def feeds_to_the_end(parser):
    while not parser.is_finished:
        yield tuple(parser.blocks)
        parser.finish_some()
    yield tuple(parser.blocks)
