"""Work and sizes stay bounded, whatever comes. Work is counted in function calls, which depend on the text alone."""

import gc
import itertools

import pytest

from gigadesk import limits
from gigadesk.markdown import Parser, parse
from gigadesk.markdown.blocks import CodeBlock, Footnote, ItemList, ListItem, Paragraph, Quote, Table
from gigadesk.markdown.inline import read_inline
from gigadesk.markdown.nodes import Node
from tests.work import calls

MIXED = """## Заголовок

Абзац с **жирным**, `кодом` и [ссылкой](https://example.com/a). Ещё слова, чтобы он был длиннее.

- пункт
- другой
  - вложенный

```python
def function(argument: int) -> str:
    return str(argument)
```

| a | b |
|---|---|
| 1 | **2** |

"""
LONG = 100_000
ENDLESS = {
    "code": ("```python\n", "value = compute(1, 'text')\n"),
    "open quote of code": ("> ```\n", "> value = compute(1, 'text')\n"),
    "code in an item": ("1. text\n   ```\n", "   value = compute(1)\n"),
    "list": ("", "- item with **bold** and `code`\n"),
    "nested list": ("- a\n  - b\n", "    - item with **bold**\n"),
    "table": ("| a | b |\n|---|---|\n", "| some **value** | `x` |\n"),
    "paragraph": ("", "A sentence with **bold** words in it. "),
    "paragraph of lines": ("", "A line with **bold** words in it\n"),
    "paragraph without blanks": ("", "x"),
    "quote": ("", "> a line with **bold** words\n>\n"),
    "paragraph in open bold": ("**", "A sentence with *some* words in it. "),
    "paragraph in open brackets": ("[", "A sentence with *some* words in it. "),
    "paragraph in open code": ("`", "A sentence with *some* words in it. "),
    "chinese": ("", "中文**字符**没有`空格`"),
    "footnote": ("[^a]: ", "A sentence with **bold** words in it. "),
    "blanks": ("a\n", " "),
    "empty lines": ("- a\n", "\n"),
    "definitions": ("", "[label]: http://target/\n"),
}
HOSTILE = {
    "line of 1 MB": "x" * 1_000_000,
    "words of 1 MB": "word " * 200_000,
    "100,000 lines": "line\n" * 100_000,
    "100,000 paragraphs": "p\n\n" * 100_000,
    "quotes": ">" * 1000 + " a\n",
    "many deep quotes": (">" * 1000 + " a\n") * 100,
    "lists on one line": "- " * 1000 + "a\n",
    "lists by indentation": "".join("  " * level + "- a\n" for level in range(1000)),
    "brackets": "[" * 50_000,
    "never closed": "**" + "word *with* a mark " * 5000,
    "images": "![" * 50_000,
    "links in links": "[a](" * 20_000,
    "closed brackets": "[" * 20_000 + "]" * 20_000,
    "emphasis": "*a **b " * 20_000,
    "stars": "*" * 50_000,
    "underscores": "_a" * 50_000,
    "emphasis soup": "*_**`~~a " * 10_000,
    "backticks": "".join("`" * count + "a " for count in range(1, 400)),
    "indented": " " * 70_000 + "a\n\n" + "\t" * 70_000 + "a\n",
    "zero width": "\u200b" * 200_000,
    "marks": "a" + "\u0301" * 200_000,
    "surrogates": "\ud800a\udfff" * 10_000,
    "controls": "".join(map(chr, range(0xA0))) * 200,
    "wide table": "|a" * 1000 + "|\n" + "|-" * 1000 + "|\n" + ("|b" * 1000 + "|\n") * 20,
    "table over its width": "|a" * 100 + "|\n" + "|-" * 100 + "|\n" + ("|b" * 100 + "|\n") * 20,
    "long table": "|a|b|\n|-|-|\n" + "|c|d|\n" * 5000,
    "pipes": "|" * 100_000 + "\n" + "|-" * 50_000,
    "entities": "&amp;" * 20_000 + "&" * 50_000,
    "autolinks": "<http://" * 20_000,
    "addresses": "http://a.b " * 20_000,
    "definitions": "".join(f"[{number}]: /u\n" for number in range(20_000)),
    "notes": "".join(f"[^{number}]: n\n" for number in range(20_000)),
    "references before notes": "[^a]\n\n" * 500 + "[^a]: n\n",
    "half-arrived things": "&<\\![`*_~" * 5000,
    "one address": "https://a.b/" + "()&a;]" * 20_000,
    "mails": "a@b.c" * 20_000,
    "definition without end": '[a]: /u "' + "title\n" * 20_000,
    "fences": "```\n~~~\n" * 20_000,
    "headings": "# a\n" * 20_000,
    "hashes": "#" * 100_000 + " " + "#" * 100_000,
    "rules": "- " * 100_000,
    "backslashes": "\\" * 100_000,
    "form feeds": "\f\v\x1c\x85\u2028" * 20_000,
}


def calls_of_feeds(parser, text, pieces):
    """The work of the dearest feed and that of all."""
    counts = []
    for start in range(0, pieces * 100, 100):
        piece = text[start : start + 100]
        counts.append(calls(lambda piece=piece: parser.feed(piece)))
    return max(counts), sum(counts)


def test_feed_costs_the_same_in_a_long_answer():
    parse(MIXED)
    short, long = Parser(MIXED * 30), Parser(MIXED * 1500)
    text = MIXED * 20

    dearest_long, all_long = calls_of_feeds(long, text, 50)
    dearest_short, all_short = calls_of_feeds(short, text, 50)

    # Not equal: the interpreter's own caches make a few calls more or less (2 of 35,000 seen).
    assert dearest_long <= dearest_short * 1.02
    assert all_long <= all_short * 1.02


@pytest.mark.parametrize(("begin", "part"), ENDLESS.values(), ids=ENDLESS.keys())
def test_feed_costs_the_same_in_an_endless_block(begin, part):
    parse(MIXED)
    text = part * (8000 // len(part) + 1)
    parser = Parser(begin)
    dearest_at_first, all_at_first = calls_of_feeds(parser, text, 80)
    parser.feed(text[8000:])
    parser.feed(part * (LONG // len(part)))
    dearest_later, all_later = calls_of_feeds(parser, text, 80)

    assert dearest_later <= 1.5 * dearest_at_first + 500
    assert all_later <= 1.5 * all_at_first + 5000


@pytest.mark.parametrize(("begin", "part"), ENDLESS.values(), ids=ENDLESS.keys())
def test_pieces_of_an_endless_block_are_small(begin, part):
    for block in parse(begin + part * (LONG // len(part))):
        assert block.source.end - block.source.start <= 12_000 or not weight(block)
        assert weight(block) <= 12_000


def weight(block):
    """Characters a view has to lay out at once."""
    match block:
        case CodeBlock():
            return len(block.text)
        case ItemList():
            return sum(map(weight, block.items))
        case Quote() | ListItem() | Footnote():
            return sum(map(weight, block.blocks))
        case Table():
            rows = (block.header, *block.rows)
            return sum(len(span.text) for row in rows for cell in row for span in cell)
        case Paragraph():
            return sum(len(span.text) for span in block.spans)
    return 0


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_becomes_small_blocks(text):
    blocks = parse(text)

    assert max(map(weight, blocks), default=0) <= 12_000
    assert max(map(depth, blocks), default=0) <= 22
    for block in blocks:
        if isinstance(block, Table):
            assert len(block.aligns) <= limits.TABLE_MAX_COLUMNS


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_in_pieces_gives_the_same(text):
    text = text[:30_000]
    parser = Parser()
    for start in range(0, len(text), 1009):
        parser.feed(text[start : start + 1009])
    parser.finish()

    assert tuple(parser.blocks) == parse(text)


def depth(block):
    match block:
        case Quote() | ListItem() | Footnote():
            return 1 + max(map(depth, block.blocks), default=0)
        case ItemList():
            return max(map(depth, block.items), default=0)
    return 0


def test_table_over_the_limit_of_rows_goes_on_as_text():
    blocks = parse("|a|b|\n|-|-|\n" + "|c|d|\n" * (limits.TABLE_MAX_ROWS + 50))

    tables = [block for block in blocks if isinstance(block, Table)]
    texts = [block for block in blocks if isinstance(block, CodeBlock)]
    assert sum(len(table.rows) for table in tables) == limits.TABLE_MAX_ROWS
    assert sum(text.text.count("|c|d|") for text in texts) == 50
    assert not texts[0].continues


def test_table_over_the_limit_of_columns_is_text():
    text = "|a" * (limits.TABLE_MAX_COLUMNS + 1) + "|\n" + "|-" * (limits.TABLE_MAX_COLUMNS + 1) + "|"

    assert [block.text for block in parse(text) if isinstance(block, CodeBlock)] == [text]


def test_text_past_the_limit_is_shown_as_it_is():
    text = "```\n" + ("x" * 999 + "\n") * (limits.RENDERED_MAX_CHARS // 1000 + 1) + "**rest**\n# end\n"

    last = parse(text)[-1]

    assert isinstance(last, CodeBlock)
    assert last.text.endswith("**rest**\n# end")


def test_late_definition_of_a_label_used_everywhere_is_spread_over_the_feeds():
    parser = Parser("uses [a] here\n\n" * 500)
    parser.feed("[a]: /u\n\n")
    linked = sum(bool(block.spans[1:]) for block in parser.blocks)

    assert 0 < linked < 100
    parser.finish()
    assert all(block.spans[1].link == "/u" for block in parser.blocks)


BRACKETS = {
    "open": "[",
    "pictures": "![",
    "half of them closed": "[[]",
    "closed in code": "[`]`",
    "targets without end": "[a](",
    "in each other": "[x [y] ",
}


@pytest.mark.parametrize("part", BRACKETS.values(), ids=BRACKETS.keys())
def test_brackets_that_are_no_links_cost_as_much_as_other_marks(part):
    read_inline("[warm](/up)")
    text = part * 800

    # Left to the library 65 to 148 a character, or 49.
    assert calls(lambda: read_inline(text)) <= 46 * len(text)


def test_links_behind_many_stray_brackets_are_links():
    spans = read_inline("[ a (b [ c " * 20 + "words [link](/u) and [more [words]](/v) " * 20).spans

    assert [span.link for span in spans if span.link] == ["/u", "/v"] * 20


def test_dense_marks_without_blanks_are_read_a_few_times_while_they_come():
    parse(MIXED)
    text = "中文**字符**没有`空格`" * 230
    parser = Parser()
    pieces = calls(lambda: [parser.feed(text[start : start + 100]) for start in range(0, len(text), 100)])

    # 9.4 times when a long line was cut at another place with every feed.
    assert pieces <= 5 * calls(lambda: parse(text))


def test_what_a_long_list_was_made_of_is_let_go_little_by_little():
    gc.collect()
    others = nodes()
    parser = Parser("- a short line\n" * 20_000)
    made = nodes() - others

    parser.finish_some()
    counts = [nodes() - others]
    while not parser.is_finished:
        parser.finish_some()
        counts.append(nodes() - others)

    assert made > 40_000
    assert counts[-1] < 100
    assert max(before - after for before, after in itertools.pairwise([made, *counts])) < 5_000


def nodes() -> int:
    return sum(isinstance(each, Node) for each in gc.get_objects())
