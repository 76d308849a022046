"""Law: what is shown while a text comes is a beginning of what is shown of the whole.

Blanks aside, the shown text of each prefix is a beginning of the final one. So no mark flashes that the finished text
does not show, and nothing that was shown is taken back or changed. The law is for well-formed texts: a mark that is
never closed is shown as one at last. Labels that are used before they are defined are the other exception.
"""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gigadesk.markdown import Parser, parse
from gigadesk.markdown.blocks import (
    CodeBlock,
    Footnote,
    Formula,
    Heading,
    ItemList,
    ListItem,
    Paragraph,
    Quote,
    Rule,
    Table,
)

SAMPLES = {
    "emphasis": "# Head *e* ##\n\nA **b**, *c*, ***d***, __e__, _f_, ~~g~~, ~h~, **a *b* c** d **e `f` g** *h **i** j*",
    "inside words": "foo***bar***baz **foo*bar*baz** *foo**bar**baz* a*b*c 2 * 3 snake_case 5*6 end\n",
    "punctuation": 'a **b**c **d**. (**e**) "*f*" **g**-h «*i*» — **j**! Wow! AT&T, a < b > c & d;\n',
    "code": "`a` ``b ` c`` `` ` `` and `d`.\n\n- `e`: text\n\n#### `f` text\n\n```py\na `b`\n\n# c\n```\n\n    d\n",
    "links": '[Title](https://x.y "t") — a [b *c*](<u v>) [![badge](a)](b) *[a](b)* **[c](d)** ![e](f) [x] (y) [z]\n',
    "addresses": "http://a.b/c?d=e&f=g, www.a.b. x@y.z; <https://a.b/c> <a@b.c> https://x.y/z_a_b.\n",
    "escapes": "\\* \\[x\\] a\\\nb\n\n\\# no head\n\n\\- x\n\n1\\. y &amp; &copy; &#65; &nope;\n",
    "lists": "- a\n- [ ] b\n- [x] c **d**\n  - e\n    1. f\n\n* g\n\n1) h\n10) i\n\n2024 year\n",
    "loose": "- a\n  b\n\n  c\n\nd\n- e\n",
    "blocks in items": "- # a\n- > b\n- ---\n- ![i](u)\n- [x] 1. c\n- d\n\n  ```js\n  e\n  ```\n",
    "table in an item": "- | a |\n  |---|\n  | b |\n",
    "interrupted": "One\n- a\n\nTwo\n1. b\n\nThree\n# c\nFour\n> d\nFive\n```\ne\n```\nSix\n",
    "quotes": "> a **b**\n> c\n>\n> - d\n> - e\n\nlazy\n> f\nlazy\n",
    "tables": "| a | **b** |\n|---|:-:|\n| 1 | `x` |\n| [l](u) | c\\|d |\n\na | b\n--|--\n1 | 2\n\nafter | pipe\n",
    "underlines": "Title\n=====\n\nSub *t*\n---\n\n---\n\n***\n\n* * *\n\nend\n",
    "definitions": '[ref]: https://x.y\n[other]: <u> "t"\n\nword [ref] and [text][ref] and ![i][ref] [other][].\n',
    "footnotes": "first\n\n[^1]: The *note*.\n\n    more\n[^n]: Two.\n\nuse[^1] it[^n], twice[^1].\n",
    "across lines": "text *a\nb* and **c\nd** `e\nf` [g\nh](u) ~~i\nj~~\n",
    "html": "<div>html</div> <br> <!-- c -->\n",
    "formulas": "Text $x^2$ and \\(z\\).\n\n$$\na\n$$\n\n\\[\nb\n\\]\n\nPrice $5 and 10$ end\n",
    "russian": "Привет, **мир**! «*курсив*» — `код`.\n\n- Пункт **один**;\n- Пункт *два*: [ссылка](https://пример.рф).\n",
    "chinese": "中文**粗体**没有空格*斜体*`代码`。\n",
}


def visible(blocks):
    return re.sub(r"\s+", "", "".join(piece for block in blocks for piece in texts(block)))


def texts(block):
    match block:
        case Paragraph() | Heading():
            yield "".join(span.text for span in block.spans)
        case CodeBlock():
            yield block.text
        case Formula() | Rule():
            yield "―"
        case Table():
            yield from ("".join(span.text for span in cell) for row in (block.header, *block.rows) for cell in row)
        case Quote() | Footnote() | ListItem():
            for inner in block.blocks:
                yield from texts(inner)
        case ItemList():
            for item in block.items:
                yield from texts(item)


def assert_calm(text):
    final = visible(parse(text))
    parser = Parser()
    before = ""
    for place, character in enumerate(text, 1):
        parser.feed(character)
        now = visible(parser.blocks)
        assert final.startswith(now), (text[:place], now[-60:])
        assert len(now) >= len(before), (text[:place], before[-60:], now[-60:])
        before = now


@pytest.mark.parametrize("text", SAMPLES.values(), ids=SAMPLES.keys())
def test_nothing_that_is_shown_changes(text):
    assert_calm(text)


@pytest.mark.parametrize("name", SAMPLES)
def test_nothing_that_is_shown_changes_in_a_quote_and_in_an_item(name):
    lines = SAMPLES[name].rstrip("\n").split("\n")

    assert_calm("".join(f"> {line}".rstrip() + "\n" for line in lines) if name != "interrupted" else "")
    assert_calm("- " + "\n  ".join(lines) + "\n" if name not in {"lists", "loose", "code"} else "")


WORDS = st.lists(st.sampled_from(["word", "мир", "Longer", "x1", "42", "a"]), min_size=1, max_size=4).map(" ".join)
LITERALS = st.sampled_from(["&amp;", "\\*", "\\_", "5 < 6", "AT&T", "!", "—", "(x)", "https://a.b/c_d", "a@b.c"])


def marked(inner):
    return st.one_of(
        WORDS.map("`{}`".format),
        inner.map("*{}*".format),
        inner.map("**{}**".format),
        inner.map("~~{}~~".format),
        inner.map("[{}](https://x.y/a_b)".format),
        st.just("![alt](pic.png)"),
        LITERALS,
    )


# One mark of a kind inside of another: `*a *b* c*` is a riddle for everybody.
LEAVES = st.one_of(WORDS, marked(WORDS))
NESTED = st.one_of(
    WORDS,
    LEAVES,
    st.tuples(WORDS, st.sampled_from(["`x`", "**b c**", "~~d~~"]), WORDS).map(" ".join).map("*{}*".format),
    st.tuples(WORDS, st.sampled_from(["`x`", "*b c*", "[l](u)"]), WORDS).map(" ".join).map("**{}**".format),
    st.tuples(WORDS, st.sampled_from(["`x`", "*b c*", "**d**"]), WORDS).map(" ".join).map("[{}](u)".format),
)
LINES = st.tuples(WORDS, st.lists(NESTED, max_size=4)).map(lambda line: " ".join([line[0], *line[1]]))
BLOCKS = st.one_of(
    st.lists(LINES, min_size=1, max_size=3).map("\n".join),
    LINES.map("## {}".format),
    st.lists(st.one_of(LINES, LINES.map("[ ] {}".format)), min_size=1, max_size=3).map(
        lambda items: "\n".join(f"- {item}" for item in items)
    ),
    st.lists(LINES, min_size=1, max_size=3).map(lambda items: "\n".join(f"{n}. {i}" for n, i in enumerate(items, 1))),
    st.lists(LINES, min_size=1, max_size=3).map(lambda lines: "\n".join(f"> {line}" for line in lines)),
    st.tuples(WORDS, WORDS, LINES).map(lambda row: f"| {row[0]} | {row[1]} |\n|---|--:|\n| {row[2]} | end |"),
    st.tuples(WORDS, st.sampled_from(["===", "---"])).map("\n".join),
    LINES.map("```py\n{}\n```".format),
    st.just("---"),
)


@given(st.lists(BLOCKS, min_size=1, max_size=3).map("\n\n".join))
@settings(max_examples=60, deadline=None)
def test_nothing_that_is_shown_of_a_well_formed_text_changes(text):
    assert_calm(text + "\n")
