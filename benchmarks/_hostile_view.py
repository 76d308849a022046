"""Hostile answers, generated without end, in the real view with a heartbeat. Prints JSON lines.

Each document is streamed in pieces of 5, 100 or 4,000 characters or opened whole, scrolled to both ends and through its
middle, resized and shown once more, as another branch is. Garbage is collected as in the program. `longest_gap_ms` is
the longest time of the window's thread (its CPU time, so that other programs do not count) between two turns of the
loop; documents that made one over the limit are named, and written to a folder with `--keep`. Run by hand, not by
`dev.py bench`. Offscreen unless `QT_QPA_PLATFORM` says otherwise.
"""

import argparse
import functools
import json
import os
import random
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from gigadesk.chat import ChatId, Message, MessageId, Role, Status
from gigadesk.ui.garbage import GarbageCollector
from gigadesk.ui.transcript import MessageView, Transcript

LIMIT_MS = 100
ANSWER = MessageId(2)
PIECES = (5, 100, 4_000, 0)
WIDE = "\u200b\u200d\u2060\ufeff\u034f"
MARKS = "".join(map(chr, range(0x300, 0x340)))

Kind = Callable[[random.Random, int], str]

LARGE: dict[str, Kind] = {
    "one line": lambda _, size: "a" * size,
    "one word in Arabic": lambda _, size: "ﷺ" * size,
    "ampersands": lambda _, size: "&" * size,
    "entities": lambda _, size: "&amp;&#x202e;" * (size // 12),
    "tabs": lambda _, size: "\t" * size,
    "spaces": lambda _, size: "x" + " " * size + "y",
    "zero width": lambda _, size: WIDE * (size // len(WIDE)),
    "zalgo": lambda _, size: ("a" + MARKS) * (size // 65),
    "marks alone": lambda _, size: MARKS * (size // 64),
    "emoji": lambda _, size: "👩‍👩‍👧‍👦" * (size // 7),
    "bidi": lambda _, size: "\u202e\u2066abc\u2069אבג" * (size // 10),
    "lines": lambda _, size: "x\n" * (size // 2),
    "empty lines": lambda _, size: "\n" * size,
    "paragraphs": lambda _, size: "x\n\n" * (size // 3),
    "headings": lambda _, size: "# x\n" * (size // 4),
    "rules": lambda _, size: "---\n" * (size // 4),
    "setext": lambda _, size: "x\n===\n" * (size // 6),
    "stars": lambda _, size: "*" * size,
    "emphasis": lambda _, size: "*a **b " * (size // 7),
    "underscores": lambda _, size: "_a__b_" * (size // 6),
    "backticks": lambda _, size: "".join("`" * (n % 50) + "a" for n in range(size // 25)),
    "brackets": lambda _, size: "[" * size,
    "links": lambda _, size: "[a](b" * (size // 5),
    "pictures": lambda _, size: "![a](/dev/zero)" * (size // 15),
    "references": lambda _, size: "".join(f"[r{n}]: /u{n}\n" for n in range(size // 12)) + "[r1] [r2]",
    "footnotes": lambda _, size: "".join(f"[^{n}]: note\n\n[^{n}]\n\n" for n in range(size // 22)),
    "autolinks": lambda _, size: "https://a.b/" + "c" * size,
    "many autolinks": lambda _, size: "https://a.b/c " * (size // 14),
    "angles": lambda _, size: "<" * size,
    "tags": lambda _, size: "<a href='x'>" * (size // 12),
    "comment": lambda _, size: "<!--" + "-" * size,
    "quotes": lambda _, size: "> " * min(1_000, size // 2) + "x\n" * (size // 200),
    "quote staircase": lambda _, size: "".join("> " * (n % 60) + "x\n" for n in range(size // 60)),
    "lists in lists": lambda _, size: "".join("  " * (n % 100) + "- x\n" for n in range(size // 100)),
    "deep list": lambda _, size: "- " * min(1_000, size // 2) + "x",
    "numbers": lambda _, size: "".join(f"{n}. x\n" for n in range(size // 6)),
    "loose list": lambda _, size: "- x\n\n" * (size // 5) + "end",
    "columns": lambda _, size: "|a" * 1_000 + "|\n" + "|-" * 1_000 + "|\n" + ("|b" * 1_000 + "|\n") * (size // 2_000),
    "rows": lambda _, size: "|a|b|\n|-|-|\n" + "|1|2|\n" * (size // 6),
    "wide cells": lambda _, size: "|a|b|\n|-|-|\n|" + "x" * size + "|y|\n",
    "code line": lambda _, size: "```python\n" + "x" * size,
    "code lines": lambda _, size: "```python\n" + "x = 1\n" * (size // 6),
    "code deep": lambda _, size: "```json\n" + "[" * size,
    "fences": lambda _, size: "```\n" * (size // 4),
    "indented": lambda _, size: " " * size + "x",
    "dollars": lambda _, size: "$" * size,
    "formulas": lambda _, size: r"$\frac{a}{b}$ " * (size // 14),
    "deep formula": lambda _, size: "$$" + "{" * size + "$$",
    "backslashes": lambda _, size: "\\" * size,
    "task list": lambda _, size: "- [ ] x\n" * (size // 8),
    "strikes": lambda _, size: "~~a~b" * (size // 5),
    "control": lambda _, size: "\x1b[31m\x07\x00" * (size // 7),
}
FRAGMENTS = (
    *(
        "*",
        "**",
        "_",
        "`",
        "```",
        "~~~\n",
        "~~",
        "$",
        "$$",
        "\\(",
        "\\)",
        "\\[",
        "[",
        "]",
        "](",
        ")",
        "![",
        "<",
        ">",
        "|",
    ),
    *(
        "\n",
        "\n\n",
        "    ",
        "\t",
        "- ",
        "1. ",
        "> ",
        "# ",
        "---\n",
        "===\n",
        "|-|-|\n",
        "[^1]",
        "[^1]: ",
        "- [x] ",
        "  \n",
    ),
    *(
        "слово ",
        "word ",
        "שלום ",
        "ﷺ",
        "👩‍👩‍👧‍👦",
        "e\u0301\u0302\u0303",
        "\u202e",
        "\u200b",
        "&amp;",
        "\\",
        "http://a.b/c ",
    ),
    *("<b>", "<!--", "javascript:x", "file:///etc/passwd", "x" * 300, "https://аррӏе.com", r"\frac{a}{b}", "python\n"),
)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--quick", action="store_true")
    arguments.add_argument("--documents", type=int, default=1_000)
    arguments.add_argument("--piece", type=int, default=0, help="characters of a piece of the mixed ones; 0: by chance")
    arguments.add_argument("--fragments", type=int, default=120, help="a mixed document has at most so many")
    arguments.add_argument("--seed", type=int, default=0)
    arguments.add_argument("--size", type=int, default=100_000, help="characters of a large document")
    arguments.add_argument("--only", default="", help="one of the kinds of large documents, or mixed")
    arguments.add_argument("--keep", type=Path, help="folder for the documents that were too slow")
    options = arguments.parse_args()
    app = QApplication.instance() or QApplication(sys.argv)
    collector = GarbageCollector()
    collector.start()
    run = Run(options)
    for name, kind in LARGE.items():
        if options.only in {"", name}:
            size = min(options.size, 20_000) if options.quick else options.size
            for piece in (100, 4_000, 0):
                # In small pieces only so much of it that a run comes to its end.
                run.play(name, kind(random.Random(0), min(size, piece * 200 or size)), piece)
    count = 0 if options.only not in {"", "mixed"} else 60 if options.quick else options.documents
    for number in range(count):
        choice = random.Random(options.seed * 1_000_000 + number)
        run.play(
            f"mixed {options.seed}/{number}", mixed(choice, options.fragments), options.piece or choice.choice(PIECES)
        )
    report("documents", run.count, "")
    report("slow_documents", run.slow, "")
    report("longest_gap_ms", run.longest, "ms CPU")
    report("memory_mb", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "MB at most")
    collector.stop()
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete)


class Run:
    """One view through which all documents go."""

    def __init__(self, options: argparse.Namespace) -> None:
        self._keep: Path | None = options.keep
        self.count = self.slow = 0
        self.longest = 0.0
        self._gaps: dict[str, float] = {}
        self._view = Transcript()
        self._view.resize(900, 700)
        self._view.show()
        self._turn("start", lambda: None)

    def play(self, name: str, text: str, piece: int) -> None:
        """Show a document as it might come, and handle it as a reader does."""
        self._gaps = {}
        view = self._view
        if piece:
            self._turn("open", lambda: self._show("", Status.STREAMING))
            for number, start in enumerate(range(0, len(text), piece)):
                view.grow(ANSWER, text[start : start + piece])
                if piece > 5 or number % 8 == 7:
                    # As the throttle does it: small pieces are shown together.
                    self._turn("grow", view.show_pending)
            self._turn("grow", view.show_pending)
            self._turn("end", lambda: view.update_message(self._message(text, Status.DONE)))
        else:
            self._turn("open", lambda: self._show(text, Status.DONE))
        self._settle()
        bar = view.verticalScrollBar()
        for share in (0.0, 0.5, 1.0):
            self._turn("bar", functools.partial(view.show_offset, bar.maximum() * share))
            self._settle()
            self._turn("wheel", lambda: view.scroll_by(-300))
        self._turn("resize", lambda: view.resize(620, 700))
        self._turn("resize", lambda: view.resize(900, 700))
        self._settle()
        self._turn("branch", lambda: self._show(text, Status.DONE))
        self._settle()
        view.clear()
        self.count += 1
        longest = max(self._gaps.values())
        self.longest = max(self.longest, longest)
        if longest > LIMIT_MS:
            self.slow += 1
            where = {key: round(value) for key, value in self._gaps.items() if value > LIMIT_MS}
            print(json.dumps({"slow": name, "piece": piece, "chars": len(text), "gaps_ms": where}), flush=True)
            if self._keep is not None:
                self._keep.mkdir(exist_ok=True)
                place = self._keep / f"{name.replace('/', '-').replace(' ', '_')}.md"
                place.write_text(text, encoding="utf-8", errors="replace")

    def _show(self, text: str, status: Status) -> None:
        question = Message(MessageId(1), ChatId(1), None, Role.USER, "Вопрос", Status.DONE, 0.0)
        self._view.show_chat(ChatId(1), [MessageView(question), self._message(text, status)])

    def _message(self, text: str, status: Status) -> MessageView:
        return MessageView(Message(ANSWER, ChatId(1), None, Role.ASSISTANT, text, status, 0.0, "GigaChat"))

    def _turn(self, name: str, action: Callable[[], object]) -> None:
        started = time.thread_time()
        action()
        QApplication.processEvents()
        gap = (time.thread_time() - started) * 1000
        self._gaps[name] = max(self._gaps.get(name, 0.0), gap)

    def _settle(self) -> None:
        self._turn("settle", lambda: None)
        while self._view.is_parsing:
            self._turn("parse", lambda: None)


def mixed(choice: random.Random, most: int) -> str:
    """Marks and words in no order, some of them very often."""
    parts = []
    for _ in range(choice.randint(1, most)):
        fragment = choice.choice(FRAGMENTS)
        parts.append(fragment * (choice.choice((1, 1, 1, 2, 3, 10, 100)) if len(fragment) < 20 else 1))
    return "".join(parts)


def report(figure: str, value: float, unit: str) -> None:
    print(json.dumps({"figure": figure, "value": round(value, 3), "unit": unit}), flush=True)


if __name__ == "__main__":
    main()
