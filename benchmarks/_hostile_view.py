"""Hostile answers in the real view with a heartbeat. Prints JSON lines.

Each document is streamed in pieces of 100 or 4,000 characters or opened whole, scrolled to both ends and through its
middle, resized and shown once more, as another branch is; with `--handle` those that are opened are also gone through
by keys, zoomed, shown in the other theme, searched with words and with an expression that never ends, and copied in all
formats. Documents that made a gap over the limit (see `_hostile`) are named, and written to a folder with `--keep`. Run
by hand, not by `dev.py bench`. Offscreen unless `QT_QPA_PLATFORM` says otherwise.
"""

import argparse
import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks._hostile import LIMIT_MS, memory_mb, play, reading, report, slow
from tests.hostile_texts import LARGE, mixed
from tests.ui.transcript.hostile_reader import HostileReader

PIECES = (5, 100, 4_000, 0)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--quick", action="store_true")
    arguments.add_argument("--documents", type=int, default=1_000)
    arguments.add_argument("--piece", type=int, default=0, help="characters of a piece of the mixed ones; 0: by chance")
    arguments.add_argument("--fragments", type=int, default=120, help="a mixed document has at most so many")
    arguments.add_argument("--seed", type=int, default=0)
    arguments.add_argument("--size", type=int, default=100_000, help="characters of a large document")
    arguments.add_argument("--only", default="", help="one of the kinds of large documents, or mixed")
    arguments.add_argument(
        "--handle", action="store_true", help="also use keys, zoom, change the theme, search and copy"
    )
    arguments.add_argument("--keep", type=Path, help="folder for the documents that were too slow")
    options = arguments.parse_args()
    with reading() as reader:
        run = Run(reader, options)
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


class Run:
    """One view through which all documents go."""

    def __init__(self, reader: HostileReader, options: argparse.Namespace) -> None:
        self._reader = reader
        self._keep: Path | None = options.keep
        self._handles: bool = options.handle
        self._count = self._slow = 0
        self._longest = 0.0

    def play(self, name: str, text: str, piece: int) -> None:
        """Show a document as it might come, and handle it as a reader does."""
        longest = play(self._reader, text, piece, handles=self._handles and not piece)
        self._count += 1
        self._longest = max(self._longest, longest)
        if longest > LIMIT_MS:
            self._slow += 1
            report(slow=name, piece=piece, chars=len(text), gaps_ms=slow(self._reader))
            if self._keep is not None:
                self._keep.mkdir(exist_ok=True)
                place = self._keep / f"{name.replace('/', '-').replace(' ', '_')}.md"
                place.write_text(text, encoding="utf-8", errors="replace")

    def end(self) -> None:
        report(figure="documents", value=self._count, unit="")
        report(figure="slow_documents", value=self._slow, unit="")
        report(figure="longest_gap_ms", value=round(self._longest, 3), unit="ms CPU")
        report(figure="memory_mb", value=round(memory_mb(), 3), unit="MB at most")


if __name__ == "__main__":
    main()
