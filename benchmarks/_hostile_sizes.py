"""Answers of the largest sizes in the real view with a heartbeat: a line of a megabyte, 100,000 lines. JSON lines.

Each is opened, and streamed in pieces of 4,000 characters and in one; each time it is scrolled by bar, wheel and keys,
resized, zoomed, shown in the other theme, searched, selected and copied in all formats, and saved as a PDF. Of each
kind of work with a gap over the limit the longest is printed (see `_hostile`), and at last what the process held in
memory at most; each kind runs in a process of its own with `--each`. Run by hand, not by `dev.py bench`. Offscreen
unless `QT_QPA_PLATFORM` says otherwise.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks._hostile import memory_mb, play, reading, report, slow
from tests.hostile_texts import SIZES

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
    with reading() as reader, tempfile.TemporaryDirectory() as folder:
        for kind in kinds:
            text = SIZES[kind]()
            text = text[: len(text) // options.share]
            for way in options.way or WAYS:
                has_pages = not options.no_pdf and not WAYS[way]
                longest = play(
                    reader, text, WAYS[way], handles=True, pages=Path(folder) / "pages.pdf" if has_pages else None
                )
                report(kind=kind, way=way, chars=len(text), longest_gap_ms=round(longest), slow=slow(reader))
    report(kinds=kinds, memory_mb=round(memory_mb()))


if __name__ == "__main__":
    main()
