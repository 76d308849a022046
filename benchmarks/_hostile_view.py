"""Hostile answers in the real view with a heartbeat. Prints JSON lines.

Each document is streamed in pieces of 100 or 4,000 characters or opened whole, scrolled to both ends and through its
middle, resized and shown once more, as another branch is; with `--handle` it is also zoomed, shown in the other
theme, searched with words and with an expression that never ends, and copied in all formats. Garbage is collected as
in the program. `longest_gap_ms` is the longest time of the window's thread (its CPU time, so that other programs do
not count) between two turns of the loop; documents that made one over the limit are named, and written to a folder
with `--keep`. Run by hand, not by `dev.py bench`. Offscreen unless `QT_QPA_PLATFORM` says otherwise.
"""

import argparse
import json
import os
import random
import resource
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from PySide6.QtWidgets import QApplication

from gigadesk.ui.garbage import GarbageCollector
from tests.hostile_texts import LARGE, mixed
from tests.ui.transcript.hostile_reader import HostileReader

LIMIT_MS = 100
PIECES = (5, 100, 4_000, 0)
ENDLESS = r"(\w+\s?)+\d$"


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--quick", action="store_true")
    arguments.add_argument("--documents", type=int, default=1_000)
    arguments.add_argument("--piece", type=int, default=0, help="characters of a piece of the mixed ones; 0: by chance")
    arguments.add_argument("--fragments", type=int, default=120, help="a mixed document has at most so many")
    arguments.add_argument("--seed", type=int, default=0)
    arguments.add_argument("--size", type=int, default=100_000, help="characters of a large document")
    arguments.add_argument("--only", default="", help="one of the kinds of large documents, or mixed")
    arguments.add_argument("--handle", action="store_true", help="also zoom, change the theme, search and copy")
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
                run.play(name, kind(min(size, piece * 200 or size)), piece)
    count = 0 if options.only not in {"", "mixed"} else 60 if options.quick else options.documents
    for number in range(count):
        choice = random.Random(options.seed * 1_000_000 + number)
        text = mixed(choice, options.fragments)
        run.play(f"mixed {options.seed}/{number}", text, options.piece or choice.choice(PIECES))
    run.end()
    collector.stop()
    del app


class Run:
    """One view through which all documents go."""

    def __init__(self, options: argparse.Namespace) -> None:
        self._keep: Path | None = options.keep
        self._handles: bool = options.handle
        self._count = self._slow = 0
        self._longest = 0.0
        self._reader = HostileReader()

    def play(self, name: str, text: str, piece: int) -> None:
        """Show a document as it might come, and handle it as a reader does."""
        reader = self._reader
        reader.gaps_ms.clear()
        if piece:
            reader.stream(text, piece)
        else:
            reader.open(text)
        reader.look_around()
        reader.resize()
        reader.show_branch()
        if self._handles and not piece:
            for work in (reader.zoom, reader.change_theme, reader.copy_all, reader.copy_blocks):
                work()
            reader.find("a")
            reader.find(ENDLESS, is_expression=True)
        reader.leave()
        self._count += 1
        longest = max(reader.gaps_ms.values())
        self._longest = max(self._longest, longest)
        if longest > LIMIT_MS:
            self._slow += 1
            where = {key: round(value) for key, value in reader.gaps_ms.items() if value > LIMIT_MS}
            print(json.dumps({"slow": name, "piece": piece, "chars": len(text), "gaps_ms": where}), flush=True)
            if self._keep is not None:
                self._keep.mkdir(exist_ok=True)
                place = self._keep / f"{name.replace('/', '-').replace(' ', '_')}.md"
                place.write_text(text, encoding="utf-8", errors="replace")

    def end(self) -> None:
        self._reader.close()
        report("documents", self._count, "")
        report("slow_documents", self._slow, "")
        report("longest_gap_ms", self._longest, "ms CPU")
        report("memory_mb", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "MB at most")


def report(figure: str, value: float, unit: str) -> None:
    print(json.dumps({"figure": figure, "value": round(value, 3), "unit": unit}), flush=True)


if __name__ == "__main__":
    main()
