"""Answers of the largest sizes in the real view with a heartbeat: a line of a megabyte, 100,000 lines. JSON lines.

Each is opened, and streamed in pieces of 4,000 characters and in one; each time it is scrolled by bar, wheel and keys,
resized, zoomed, shown in the other theme, searched, selected and copied in all formats, and saved as a PDF. Of each
kind of work the longest time of the window's thread between two turns of the loop is printed (its CPU time, so that
other programs do not count), and at last what the process held in memory at most; each kind runs in a process of its
own with `--each`. Run by hand, not by `dev.py bench`. Offscreen unless `QT_QPA_PLATFORM` says otherwise.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from PySide6.QtWidgets import QApplication

from gigadesk.ui.garbage import GarbageCollector
from tests.hostile_texts import SIZES
from tests.ui.transcript.hostile_reader import HostileReader

LIMIT_MS = 100
WAYS = {"open": 0, "stream": 4_000, "whole": 4_000_000}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("kinds", nargs="*", help=f"of {', '.join(SIZES)}; all if none is named")
    arguments.add_argument("--each", action="store_true", help="each kind in a process of its own")
    arguments.add_argument("--way", choices=WAYS, action="append", help="how it comes; all if not given")
    arguments.add_argument("--share", type=int, default=1, help="one part of so many of each text")
    arguments.add_argument("--no-pdf", action="store_true", help="do not make pages of them")
    options = arguments.parse_args()
    kinds = options.kinds or list(SIZES)
    if options.each:
        given = [each for each in sys.argv[1:] if each not in {"--each", *options.kinds}]
        for kind in kinds:
            subprocess.run([sys.executable, "-P", __file__, kind, *given], check=False)
        return
    app = QApplication.instance() or QApplication(sys.argv)
    collector = GarbageCollector()
    collector.start()
    reader = HostileReader()
    with tempfile.TemporaryDirectory() as folder:
        for kind in kinds:
            text = SIZES[kind]()
            text = text[: len(text) // options.share]
            for way in options.way or WAYS:
                reader.gaps_ms.clear()
                play(reader, text, WAYS[way], None if options.no_pdf else Path(folder) / "pages.pdf")
                gaps = sorted(reader.gaps_ms.items(), key=lambda each: -each[1])
                slow = {name: round(gap) for name, gap in gaps if gap > LIMIT_MS}
                report(
                    kind=kind, way=way, chars=len(text), longest_gap_ms=round(gaps[0][1]), work=gaps[0][0], slow=slow
                )
    reader.close()
    collector.stop()
    report(kinds=kinds, memory_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
    del app


def play(reader: HostileReader, text: str, piece: int, pages: Path | None) -> None:
    if piece:
        reader.stream(text, piece)
    else:
        reader.open(text)
    reader.look_around()
    reader.use_keys()
    reader.resize()
    reader.zoom()
    reader.change_theme()
    reader.find("a")
    reader.find("б")
    reader.copy_all()
    reader.copy_blocks()
    if pages is not None and not piece:
        reader.print(pages)
    reader.leave()


def report(**values: object) -> None:
    print(json.dumps(values, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
