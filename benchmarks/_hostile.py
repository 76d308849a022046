"""What the two benchmarks of hostile answers share: a reader, what it does with an answer, and what is told of it.

Garbage is collected as in the program. A gap is the longest time of the window's thread (its CPU time, so that other
programs do not count) between two turns of the loop.
"""

import json
import os
import resource
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from PySide6.QtWidgets import QApplication

from gigadesk.ui.garbage import GarbageCollector
from tests.ui.transcript.hostile_reader import HostileReader

LIMIT_MS = 100
ENDLESS = r"(\w+\s?)+\d$"


@contextmanager
def reading() -> Iterator[HostileReader]:
    """A reader with a window of its own."""
    app = QApplication.instance() or QApplication(sys.argv)
    collector = GarbageCollector()
    collector.start()
    reader = HostileReader()
    yield reader
    reader.close()
    collector.stop()
    del app


def play(reader: HostileReader, text: str, piece: int, *, handles: bool, pages: Path | None = None) -> float:
    """Show an answer in pieces (0: whole) and look at it; with `handles` do all else that a reader does.

    Returns the longest gap in milliseconds.
    """
    reader.gaps_ms.clear()
    if piece:
        reader.stream(text, piece)
    else:
        reader.open(text)
    reader.look_around()
    reader.resize()
    reader.show_branch()
    if handles:
        reader.use_keys()
        reader.zoom()
        reader.change_theme()
        reader.find("a")
        reader.find("б")
        reader.find(ENDLESS, is_expression=True)
        reader.copy_all()
        reader.copy_blocks()
    if pages is not None:
        reader.print(pages)
    reader.leave()
    return max(reader.gaps_ms.values())


def slow(reader: HostileReader) -> dict[str, int]:
    """The kinds of work with a gap over the limit, the longest first."""
    gaps = sorted(reader.gaps_ms.items(), key=lambda each: -each[1])
    return {name: round(gap) for name, gap in gaps if gap > LIMIT_MS}


def memory_mb() -> float:
    """What the process held at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def report(**values: object) -> None:
    print(json.dumps(values, ensure_ascii=False), flush=True)
