"""What follows a text in a document is no part of it."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from gigadesk.markdown.endings import closing

NEXT = "\n\n## What follows\n"
PIECES = [
    "```", "````", "~~~", "```py", "  ```", "    ```", "> ```", "- ```", "  code", "- item", "  - in it", "> quote",
    "<!-- note", "-->", "<script>", "</script>", "<pre>", "<?php", "?>", "<!DOCTYPE html", "<![CDATA[", "]]>", "",
    "word", "<b>", "# head", "| a |", "|---|",
]  # fmt: skip


def last_heading(text):
    tokens = MarkdownIt("commonmark").parse(text)
    return [tokens[at + 1].content for at, token in enumerate(tokens) if token.type == "heading_open"][-1:]


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("So:\n\n```py\ncode", "\n```"),
        ("~~~~\n~~~\n", "~~~~"),
        ("```py\ncode\n```", ""),
        ("- item\n  ```\n  code", ""),
        ("> ```\n> code", ""),
        ("plain", ""),
        ("", ""),
        ("See\n<!-- a note\n\nmore", "\n-->"),
        ("<SCRIPT>\nalert()", "\n</script>"),
        ("```html\n<!-- a note\n```", ""),
        ("```html\n<!-- a note\n```\n\n<!-- another", "\n-->"),
        ("<!-- a --> b", ""),
        ("```\n" + "x\n" * 50_000, "```"),
    ],
)
def test_what_is_open_is_closed(text, end):
    assert closing(text) == end


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=8).map("\n".join))
@example("```\n```\n```")
def test_what_follows_is_read_as_it_is_meant(text):
    assert last_heading(text + closing(text) + NEXT) == ["What follows"]
