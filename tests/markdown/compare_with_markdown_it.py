"""Compares our structure with markdown-it-py's on random mark soup.

By hand: python -m tests.markdown.compare_with_markdown_it 10000
Prints the rate of differences and some of the texts, each made as short as possible. Addresses in running text,
formulas and labels of notes are left out: markdown-it-py does not know them, or otherwise (see docs/decisions.md, 8).
"""

import random
import sys

from gigadesk.markdown import parse
from tests.markdown_support import expected, shown

PIECES = [
    *("- ", "* ", "1. ", "2. ", "10) ", "> ", ">", "    ", "  ", " ", "\t", "# ", "## ", "```", "~~~", "---", "==="),
    *("| ", "a|b", "|-|-|", "--|--", ":-:|-", "\n", "\n", "\n\n", "a", "b c", "**", "*", "_", "`", "``", "[a]", "~~"),
    *("[a]: /u", "\n[a]: /u\n", "[b](x)", "![i](y)", "\\", "<http://x>", "  \n", "[ ] ", "é", "中", "&amp;", '"t"'),
    *("(", "]", "[", "!", "word", "word\n", "~", "<", "![", "](", "<b>", "+ ", "    code\n", "***"),
]


def differs(pieces: list[str]) -> bool:
    text = "".join(pieces)
    return shown(parse(text)) != expected(text)


def shortest(pieces: list[str]) -> list[str]:
    """The same difference with as few pieces as possible."""
    index = 0
    while index < len(pieces):
        fewer = pieces[:index] + pieces[index + 1 :]
        if differs(fewer):
            pieces = fewer
        else:
            index += 1
    return pieces


def main(count: int, seed: int = 1) -> list[str]:
    choose = random.Random(seed)
    found = []
    for _ in range(count):
        pieces = choose.choices(PIECES, k=choose.randint(1, 30))
        if differs(pieces):
            found.append("".join(shortest(pieces)))
    return found


if __name__ == "__main__":
    total = int(sys.argv[1])
    differences = main(total)
    lines = [f"{len(differences)} of {total} differ ({100 * len(differences) / total:.2f} %)"]
    lines += [repr(text) for text in sorted(set(differences), key=len)[:40]]
    sys.stdout.write("\n".join(lines) + "\n")
