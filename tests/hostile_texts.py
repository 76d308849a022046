"""Texts that were made to do harm, without end: each number gives one, always the same. For tests and benchmarks.

`LARGE` is one thing very often. `document` grows a text by a grammar (parts in parts), or splices the examples of the
CommonMark specification, and then does to it what networks, models and enemies do: cuts, repeats, swaps, indents and
sprinkles. Most are short, because short ones reach more of the parser for the same time; some are as long as an answer.
"""

import json
import random
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

SAMPLES = Path(__file__).parent / "samples"

WIDE = "\u200b\u200d\u2060\ufeff\u034f"
MARKS = "".join(map(chr, range(0x300, 0x340)))

Large = Callable[[int], str]

LARGE: dict[str, Large] = {
    "one line": lambda size: "a" * size,
    "one word in Arabic": lambda size: "ﷺ" * size,
    "ampersands": lambda size: "&" * size,
    "entities": lambda size: "&amp;&#x202e;" * (size // 12),
    "tabs": lambda size: "\t" * size,
    "spaces": lambda size: "x" + " " * size + "y",
    "zero width": lambda size: WIDE * (size // len(WIDE)),
    "zalgo": lambda size: ("a" + MARKS) * (size // 65),
    "marks alone": lambda size: MARKS * (size // 64),
    "emoji": lambda size: "👩‍👩‍👧‍👦" * (size // 7),
    "bidi": lambda size: "\u202e\u2066abc\u2069אבג" * (size // 10),
    "lines": lambda size: "x\n" * (size // 2),
    "empty lines": lambda size: "\n" * size,
    "paragraphs": lambda size: "x\n\n" * (size // 3),
    "headings": lambda size: "# x\n" * (size // 4),
    "rules": lambda size: "---\n" * (size // 4),
    "setext": lambda size: "x\n===\n" * (size // 6),
    "stars": lambda size: "*" * size,
    "emphasis": lambda size: "*a **b " * (size // 7),
    "underscores": lambda size: "_a__b_" * (size // 6),
    "backticks": lambda size: "".join("`" * (n % 50) + "a" for n in range(size // 25)),
    "brackets": lambda size: "[" * size,
    "links": lambda size: "[a](b" * (size // 5),
    "pictures": lambda size: "![a](/dev/zero)" * (size // 15),
    "references": lambda size: "".join(f"[r{n}]: /u{n}\n" for n in range(size // 12)) + "[r1] [r2]",
    "footnotes": lambda size: "".join(f"[^{n}]: note\n\n[^{n}]\n\n" for n in range(size // 22)),
    "autolinks": lambda size: "https://a.b/" + "c" * size,
    "many autolinks": lambda size: "https://a.b/c " * (size // 14),
    "angles": lambda size: "<" * size,
    "tags": lambda size: "<a href='x'>" * (size // 12),
    "comment": lambda size: "<!--" + "-" * size,
    "quotes": lambda size: "> " * min(1_000, size // 2) + "x\n" * (size // 200),
    "quote staircase": lambda size: "".join("> " * (n % 60) + "x\n" for n in range(size // 60)),
    "lists in lists": lambda size: "".join("  " * (n % 100) + "- x\n" for n in range(size // 100)),
    "deep list": lambda size: "- " * min(1_000, size // 2) + "x",
    "numbers": lambda size: "".join(f"{n}. x\n" for n in range(size // 6)),
    "loose list": lambda size: "- x\n\n" * (size // 5) + "end",
    "columns": lambda size: "|a" * 1_000 + "|\n" + "|-" * 1_000 + "|\n" + ("|b" * 1_000 + "|\n") * (size // 2_000),
    "rows": lambda size: "|a|b|\n|-|-|\n" + "|1|2|\n" * (size // 6),
    "wide cells": lambda size: "|a|b|\n|-|-|\n|" + "x" * size + "|y|\n",
    "code line": lambda size: "```python\n" + "x" * size,
    "code lines": lambda size: "```python\n" + "x = 1\n" * (size // 6),
    "code deep": lambda size: "```json\n" + "[" * size,
    "fences": lambda size: "```\n" * (size // 4),
    "indented": lambda size: " " * size + "x",
    "dollars": lambda size: "$" * size,
    "formulas": lambda size: r"$\frac{a}{b}$ " * (size // 14),
    "deep formula": lambda size: "$$" + "{" * size + "$$",
    "backslashes": lambda size: "\\" * size,
    "task list": lambda size: "- [ ] x\n" * (size // 8),
    "strikes": lambda size: "~~a~b" * (size // 5),
    "control": lambda size: "\x1b[31m\x07\x00" * (size // 7),
}

MEGABYTE = 1_000_000
LINES = 100_000
DEEP = 1_000

SIZES: dict[str, Callable[[], str]] = {
    "line of letters": lambda: "a" * MEGABYTE,
    "line of words": lambda: "word " * (MEGABYTE // 5),
    "line of Cyrillic": lambda: "слово" * (MEGABYTE // 10),
    "line of Chinese": lambda: "中文字符" * (MEGABYTE // 12),
    "line of marks on letters": lambda: "e\u0301\u0302\u0303" * (MEGABYTE // 7),
    "line of emoji": lambda: "👩‍👩‍👧‍👦" * (MEGABYTE // 25),
    "line from right to left": lambda: "שלום עולם " * (MEGABYTE // 18),
    "line of zero width": lambda: WIDE * (MEGABYTE // 3 // len(WIDE)),
    "line of marks": lambda: "*a _b_ `c` [d](e) " * (MEGABYTE // 18),
    "lines": lambda: "a short line\n" * LINES,
    "lines of code": lambda: "```python\n" + "x = 'abc'\n" * LINES + "```\n",
    "lines of a list": lambda: "- a short line\n" * LINES,
    "lines of a quote": lambda: "> a short line\n" * LINES,
    "paragraphs": lambda: "a short one\n\n" * LINES,
    "4 MB": lambda: _all_kinds(4 * MEGABYTE),
    "rows": lambda: "|a|b|\n|-|-|\n" + "|1|2|\n" * LINES,
    "columns": lambda: "|a" * 1_000 + "|\n" + "|-" * 1_000 + "|\n" + ("|b" * 1_000 + "|\n") * 500,
    "footnotes": lambda: (
        "".join(f"word[^{n}]\n\n" for n in range(20_000)) + "".join(f"[^{n}]: note\n" for n in range(20_000))
    ),
    "references": lambda: (
        "".join(f"[word][{n}]\n\n" for n in range(20_000))
        + "".join(f"[{n}]: https://example.org/{n}\n" for n in range(20_000))
    ),
    "formulas": lambda: "".join(f"$\\frac{{a_{{{n}}}}}{{b}}$ and\n\n" for n in range(10_000)),
    "deep quote": lambda: ("> " * DEEP + "x\n\n") * 50,
    "deep list": lambda: "".join("  " * depth + "- x\n" for depth in range(DEEP)),
    "deep items": lambda: ("- " * DEEP + "x\n\n") * 50,
    "deep numbers": lambda: ("1. " * DEEP + "x\n\n") * 50,
    "deep footnotes": lambda: "".join(f"[^{n}]: " for n in range(DEEP)) + "x\n",
    "deep brackets": lambda: ("[" * DEEP + "x" + "](u)" * DEEP + "\n\n") * 50,
    "deep emphasis": lambda: ("*a " * DEEP + " b*" * DEEP + "\n\n") * 50,
    "deep formula": lambda: ("$" + "{" * DEEP + "x" + "}" * DEEP + "$\n\n") * 50,
}
"""What an answer may at most be of one kind, as long as it takes: by hand, see `benchmarks/_hostile_sizes.py`."""


def _all_kinds(size: int) -> str:
    """Ordinary and less ordinary parts, one behind the other."""
    choice = random.Random(4)
    parts, length = [], 0
    while length < size:
        parts.append(_answer(choice) + "\n\n" + " ".join(choice.choices(WORDS, k=80)) + "\n\n")
        length += len(parts[-1].encode("utf-8", "replace"))
    return "".join(parts)


FRAGMENTS = (
    *("*", "**", "***", "_", "__", "`", "``", "```", "~~~\n", "~~", "~", "$", "$$", "\\(", "\\)", "\\[", "\\]"),
    *("[", "]", "](", ")", "(", "![", "<", ">", "|", "!", '"', "'", "&", ":", "^", "{", "}", "\\", "=", "@"),
    *("\n", "\n\n", "    ", "  ", " ", "\t", "- ", "1. ", "> ", "# ", "---\n", "===\n", "|-|-|\n", "  \n", "\\\n"),
    *("[^1]", "[^1]: ", "- [x] ", "[a]: /u\n", "[a]", "[b][a]", "0. ", "999999999) ", "+ ", "```python\n", "$$\n"),
    *("слово ", "word ", "שלום ", "ﷺ", "👩‍👩‍👧‍👦", "e\u0301\u0302\u0303", "\u202e", "\u200b", "&amp;", "&#x202e;"),
    *("http://a.b/c ", "www.a.b", "a@b.c", "<b>", "<!--", "-->", "</div>", "<svg onload=x>", "javascript:x"),
    *("file:///etc/passwd", "data:text/html,x", "https://аррӏе.com", r"\frac{a}{b}", "x" * 300, "\\*", "\ufffd"),
)
CONTAINERS = ("> ", ">", "- ", "* ", "+ ", "1. ", "7) ", "- [ ] ", "- [x] ", "    ", "  ", "\t", " ", "[^n]: ", "| ")
CHARACTERS = (
    (0x20, 0x7F),  # letters and marks
    (0x00, 0x20),  # controls
    (0x80, 0xA1),  # C1, and the blank that does not break
    (0x300, 0x36F),  # marks that stand on letters
    (0x400, 0x4FF),
    (0x590, 0x6FF),  # from right to left
    (0xE00, 0xE7F),  # Thai: no blanks
    (0x1100, 0x11FF),  # Hangul in parts
    (0x2000, 0x206F),  # blanks of every width, those that have none, and those that turn
    (0x2400, 0x2426),
    (0x3000, 0x30FF),
    (0x4E00, 0x4F00),
    (0xD800, 0xDFFF),  # halves of pairs
    (0xE000, 0xE010),
    (0xFDD0, 0xFDFF),
    (0xFE00, 0xFE0F),
    (0xFFF0, 0xFFFF),
    (0x1F1E6, 0x1F1FF),  # halves of flags
    (0x1F300, 0x1F6FF),
    (0xE0000, 0xE007F),  # tags that nobody sees
    (0x10FFF0, 0x10FFFF),
)
WORDS = ("word", "слово", "a", "and", "中文字符", "שלום", "mañana", "I", "42", "e\u0301", "x=1", "end.")
TARGETS = ("/u", "<a b>", "x(y)", "javascript:alert(1)", "file:///dev/zero", "//h/s", "", "http://a.b", "\\)", "a b")
FORMULAS = (
    r"\frac{a}{b}",
    "x^2",
    r"\sum_{i=0}^{n}",
    r"\text{a</mtext>}",
    r"\rule{99999999pt}{1pt}",
    "{" * 9,
    r"\\",
    "",
)
TAGS = (
    "<b>",
    "</b>",
    "<div\n>",
    "<script>alert(1)</script>",
    "<!-- -- -->",
    "<img src=/dev/zero>",
    "<?x?>",
    "<![CDATA[",
)


class Document(NamedTuple):
    """A text and how it came about."""

    kind: str
    text: str


def document(number: int) -> Document:
    """The text of a number."""
    choice = random.Random(number)
    kind = choice.choice([*KINDS])
    text = KINDS[kind](choice)
    for _ in range(choice.choice((0, 0, 1, 1, 2, 3, 6))):
        text = choice.choice(MUTATIONS)(choice, text)
    return Document(kind, text[:MOST_CHARS])


MOST_CHARS = 40_000


def mixed(choice: random.Random, most: int = 120) -> str:
    """Marks and words in no order, some of them very often."""
    parts = []
    for _ in range(choice.randint(1, most)):
        fragment = choice.choice(FRAGMENTS)
        parts.append(fragment * (choice.choice((1, 1, 1, 2, 3, 10, 100)) if len(fragment) < 20 else 1))
    return "".join(parts)


# --- the grammar: a part of a text is lines; what holds other parts puts something before each of them


def _answer(choice: random.Random) -> str:
    return "\n".join(_blocks(choice, choice.randint(1, 8), depth=0)) + choice.choice(("", "\n", "\n\n"))


def _blocks(choice: random.Random, count: int, depth: int) -> list[str]:
    lines: list[str] = []
    for _ in range(count):
        parts = LEAVES if depth > 3 or choice.random() < 0.6 else HOLDERS
        lines += choice.choice(parts)(choice, depth)
        lines += [""] * choice.choice((0, 1, 1, 1, 2))
    return lines


def _inline(choice: random.Random, depth: int = 0) -> str:
    return choice.choice(("", " ", " ")).join(_run(choice, depth) for _ in range(choice.randint(1, 6)))


def _run(choice: random.Random, depth: int) -> str:
    if depth > 2 or choice.random() < 0.5:
        return choice.choice((choice.choice(WORDS), choice.choice(WORDS), choice.choice(FRAGMENTS), _odd(choice, 4)))
    inner, target, label = _inline(choice, depth + 1), choice.choice(TARGETS), choice.choice("abn")
    mark = choice.choice(("*", "**", "_", "__", "~~", "~", "`", "``"))
    formula = f"${choice.choice(FORMULAS)}$"
    linked = (f"[{inner}]({target})", f"![{inner}]({target})", f"[{inner}][{label}]", f"[{label}]", f"[^{label}]")
    return choice.choice(
        (f"{mark}{inner}{mark}", f"{mark}{inner}", *linked, f"<{target}>", formula, choice.choice(TAGS))
    )


def _paragraph(choice: random.Random, _depth: int) -> list[str]:
    return [
        choice.choice(("", "", " ", "   ")) + _inline(choice) + choice.choice(("", "", "  ", "\\"))
        for _ in range(choice.randint(1, 4))
    ]


def _heading(choice: random.Random, _depth: int) -> list[str]:
    text = _inline(choice)
    return [f"{'#' * choice.randint(1, 8)} {text} #"] if choice.random() < 0.5 else [text, choice.choice("=-") * 3]


def _rule(choice: random.Random, _depth: int) -> list[str]:
    return [choice.choice(("---", "***", "_ _ _", "- - -", "--", "* * *x"))]


def _code(choice: random.Random, _depth: int) -> list[str]:
    fence = choice.choice(("```", "~~~", "````", "``"))
    info = choice.choice(("", "python", "c++ x", "bash `", "\u202epy", "x" * 50, "&amp;"))
    lines = [
        choice.choice(("", "  ", "\t")) + choice.choice(FRAGMENTS).strip("\n") for _ in range(choice.randint(0, 9))
    ]
    return [fence + info, *lines, *choice.choice(((fence,), (fence,), (fence + fence,), (), (fence + " x",)))]


def _indented(choice: random.Random, _depth: int) -> list[str]:
    return ["    " + choice.choice(("", "\t", " ")) + _inline(choice, 3) for _ in range(choice.randint(1, 3))]


def _table(choice: random.Random, _depth: int) -> list[str]:
    columns = choice.choice((1, 2, 2, 3, 5, 40))
    edge = choice.choice(("|", "|", ""))
    rows = [
        [_cell(choice) for _ in range(columns + choice.choice((0, 0, 0, -1, 1)))] for _ in range(choice.randint(1, 6))
    ]
    delimiter = "|".join(choice.choice(("-", ":-", "-:", ":-:", " --- ")) for _ in range(columns))
    written = [edge + "|".join(row) + edge for row in rows]
    return [written[0], edge + delimiter + edge, *written[1:]]


def _cell(choice: random.Random) -> str:
    return choice.choice((_inline(choice, 2), choice.choice(WORDS), "", "`a\\|b`", "\\|", "x" * 200, "$a|b$")).replace(
        "\n", " "
    )


def _formula(choice: random.Random, _depth: int) -> list[str]:
    begin, end = choice.choice((("$$", "$$"), ("\\[", "\\]"), ("$$", ""), ("\\[", "$$"), ("$", "$")))
    return choice.choice(([begin, choice.choice(FORMULAS), end], [begin + choice.choice(FORMULAS) + end]))


def _html(choice: random.Random, _depth: int) -> list[str]:
    return [choice.choice(TAGS) + choice.choice(("", _inline(choice, 3))) for _ in range(choice.randint(1, 4))]


def _definition(choice: random.Random, _depth: int) -> list[str]:
    title = choice.choice(("", ' "t"', "\n'over\nlines'", ' "not closed', " (t)"))
    return f"[{choice.choice('abn')}]:{choice.choice((' ', '', chr(10)))}{choice.choice(TARGETS)}{title}".split("\n")


def _note(choice: random.Random, depth: int) -> list[str]:
    first, *rest = _blocks(choice, 1, depth + 1) or [""]
    return [f"[^{choice.choice('abn')}]: {first}", *(f"    {line}" for line in rest)]


def _quote(choice: random.Random, depth: int) -> list[str]:
    mark = choice.choice(("> ", "> ", ">", ">  ", "   > "))
    lines = _blocks(choice, choice.randint(1, 3), depth + 1)
    return [line if choice.random() < 0.1 else mark + line for line in lines]  # some of them lazy


def _list(choice: random.Random, depth: int) -> list[str]:
    mark = choice.choice(("- ", "* ", "1. ", "10) ", "-   ", "- [ ] ", "-\t", "-     "))
    indent = " " * choice.choice((2, 3, 4, len(mark)))
    lines: list[str] = []
    for _ in range(choice.randint(1, 4)):
        first, *rest = _blocks(choice, choice.choice((1, 1, 2)), depth + 1) or [""]
        lines += [mark + first, *(indent + line if line else line for line in rest)]
    return lines


LEAVES = (_paragraph, _paragraph, _heading, _rule, _code, _indented, _table, _formula, _html, _definition)
HOLDERS = (_quote, _list, _list, _note)


# --- other beginnings


@cache
def _examples() -> tuple[str, ...]:
    return tuple(json.loads((SAMPLES / "commonmark-0.31.2.json").read_text("utf-8"))["examples"].values())


def _splice(choice: random.Random) -> str:
    """Parts of examples of the specification, one behind the other."""
    parts = []
    for _ in range(choice.randint(1, 6)):
        example = choice.choice(_examples())
        start = choice.choice((0, choice.randint(0, len(example))))
        parts.append(example[start : choice.choice((len(example), choice.randint(start, len(example))))])
    return choice.choice(("", "\n", "\n\n")).join(parts)


def _nest(choice: random.Random) -> str:
    """Many of the marks that hold other parts, one in the other, with something in the innermost."""
    depth = choice.choice((3, 10, 30, 300))
    marks = choice.choices(CONTAINERS, k=choice.choice((1, 2, depth)))
    front = "".join(choice.choice(marks) for _ in range(depth))
    again = choice.choice(("", front, " " * len(front), front[: len(front) // 2]))
    return "\n".join([front + choice.choice(WORDS), *(again + line for line in _blocks(choice, 2, 9))])


def _staircase(choice: random.Random) -> str:
    """Down and up again, a step with each line."""
    mark, step = choice.choice((("- ", "  "), ("1. ", "   "), ("> ", "> "), ("- > ", "  > "), ("* ", "\t")))
    depth = choice.choice((5, 25, 80))
    down = [step * each + mark + choice.choice(WORDS) for each in range(depth)]
    return "\n".join([*down, *choice.choice(([], down[::-1], [""] * 3 + down))])


def _flood(choice: random.Random) -> str:
    """The same thing very often, perhaps with an end."""
    unit = "".join(choice.choices(FRAGMENTS, k=choice.randint(1, 3)))
    most = max(2, choice.choice((300, 3_000, 12_000)) // len(unit))
    return (
        choice.choice(("", mixed(choice, 3))) + unit * choice.randint(2, most) + choice.choice(("", mixed(choice, 3)))
    )


def _odd(choice: random.Random, most: int) -> str:
    return "".join(chr(choice.randint(*choice.choice(CHARACTERS))) for _ in range(choice.randint(1, most)))


def _unicode(choice: random.Random) -> str:
    """Characters from everywhere, in words and lines."""
    return "".join(
        choice.choice((_odd(choice, 20), choice.choice(FRAGMENTS), " ")) for _ in range(choice.randint(1, 60))
    )


def _long_block(choice: random.Random) -> str:
    """One block that is cut into pieces, with many marks in it."""
    begin = choice.choice(
        ("", "```py\n", "> ```\n", "- ~~~\n", "a|b\n-|-\n", "- a\n", "1. b\n\n", "    c\n", "[^n]: ", "**", "[")
    )
    front = choice.choice(("", "- ", "  ", "> ", "1. ", "  - ", "| ", "    ", "> - "))
    line = front + _inline(choice).replace("\n", " ")
    end = choice.choice(("\n", "\n\n", " ", ""))
    return begin + (line + end) * max(1, choice.choice((1_500, 6_000, 20_000)) // (len(line) + 1)) + mixed(choice, 5)


KINDS: dict[str, Callable[[random.Random], str]] = {
    "answer": _answer,
    "splice": _splice,
    "mixed": lambda choice: mixed(choice, choice.choice((5, 30, 120))),
    "nest": _nest,
    "staircase": _staircase,
    "flood": _flood,
    "unicode": _unicode,
    "long block": _long_block,
}


# --- what is done to a text


def _drop(choice: random.Random, text: str) -> str:
    start = choice.randint(0, len(text))
    return text[:start] + text[start + choice.choice((1, 2, 10, 100)) :]


def _repeat(choice: random.Random, text: str) -> str:
    start = choice.randint(0, len(text))
    part = text[start : start + choice.choice((1, 3, 20, 200))]
    return text[:start] + part * choice.choice((2, 3, 20)) + text[start:]


def _sprinkle(choice: random.Random, text: str) -> str:
    for _ in range(choice.randint(1, 5)):
        start = choice.randint(0, len(text))
        text = text[:start] + choice.choice((choice.choice(FRAGMENTS), _odd(choice, 2))) + text[start:]
    return text


def _move(choice: random.Random, text: str) -> str:
    a, b, c = sorted(choice.randint(0, len(text)) for _ in range(3))
    return text[:a] + text[b:c] + text[a:b] + text[c:]


def _hold(choice: random.Random, text: str) -> str:
    first = choice.choice(CONTAINERS)
    rest = choice.choice((first, " " * len(first), ""))
    return first + text.replace("\n", "\n" + rest)


def _break(choice: random.Random, text: str) -> str:
    return text.replace("\n", choice.choice(("\r\n", "\r", "\u2028", "\n\n", " ", "\v", "\n \n")))


def _cross(choice: random.Random, text: str) -> str:
    other = KINDS[choice.choice([*KINDS])](choice)[:2_000]
    start, cut = choice.randint(0, len(text)), choice.randint(0, len(other))
    return text[:start] + other[cut:] + choice.choice(("", text[start:]))


def _end(choice: random.Random, text: str) -> str:
    return text[: choice.randint(0, len(text))]


MUTATIONS = (_drop, _drop, _repeat, _sprinkle, _sprinkle, _move, _hold, _break, _cross, _end)
