"""Ten thousand generated documents, and as many more as somebody has time for, through the parser and a real view.

    .venv/bin/python -m tests.hostile_run 10000 --first 0 --view-every 4

Each document goes through the parser whole and in random pieces (`tests/markdown/laws.py` has the laws), and every so
many of them through a transcript, where it is streamed or opened, scrolled, resized, zoomed, searched and copied.
Prints JSON lines: each fault, each turn over 100 ms of CPU time, and at last what was done. Ends with 1 after a fault.
"""

import argparse
import json
import os
import random
import resource
import sys
import time
import traceback
from collections import Counter
from types import TracebackType

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from gigadesk.markdown import parse
from gigadesk.markdown.blocks import Block
from gigadesk.text import clean
from gigadesk.ui.garbage import GarbageCollector
from tests.hostile_texts import Document, document
from tests.markdown.laws import check_bounds, check_sources, fed, is_as_expected, is_comparable, random_cuts
from tests.ui.transcript.hostile_reader import HostileReader

LIMIT_MS = 100
PIECES = (5, 100, 4_000, 0, 0)


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("documents", type=int)
    arguments.add_argument("--first", type=int, default=0, help="number of the first document")
    arguments.add_argument("--view-every", type=int, default=4, help="so many documents to one that is shown; 0: none")
    options = arguments.parse_args()
    app = QApplication.instance() or QApplication(sys.argv)
    run = Run()
    collector = GarbageCollector()
    collector.start()
    started = time.process_time()
    for number in range(options.first, options.first + options.documents):
        run.play(number, is_shown=bool(options.view_every) and number % options.view_every == 0)
    run.end()
    collector.stop()
    run.report("cpu_s", time.process_time() - started)
    del app
    return 1 if run.faults else 0


class Run:
    """All documents of a run."""

    def __init__(self) -> None:
        self.faults = 0
        self.counts: Counter[str] = Counter()
        self.worst: dict[str, float] = {}
        self._complaints: list[str] = []
        qInstallMessageHandler(self._on_message)
        sys.excepthook = self._on_exception
        self._reader = HostileReader()

    def play(self, number: int, *, is_shown: bool) -> None:
        """Let one document go through everything."""
        shown = document(number)
        self.counts["documents"] += 1
        self.counts[f"kind {shown.kind}"] += 1
        self._complaints.clear()
        try:
            self._parse(number, shown)
            if is_shown:
                self.counts["shown"] += 1
                self._show(number, shown)
        except Exception as error:  # noqa: BLE001  (whatever it is, it is what was looked for)
            self._complaints.append("".join(traceback.format_exception_only(error)).strip())
            place = traceback.extract_tb(error.__traceback__)[-1]
            self._complaints.append(f"{place.filename}:{place.lineno}")
            self._reader.close()
            self._reader = HostileReader()
        if self._complaints:
            self.faults += 1
            _print({"fault": number, "kind": shown.kind, "chars": len(shown.text), "what": self._complaints})

    def end(self) -> None:
        self._reader.close()
        qInstallMessageHandler(None)
        for name, count in self.counts.items():
            self.report(name, count)
        for name, gap in self.worst.items():
            self.report(f"worst_ms {name}", gap)
        self.report("memory_mb", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
        self.report("faults", self.faults)

    def report(self, figure: str, value: float) -> None:
        _print({"figure": figure, "value": round(value, 3)})

    def _parse(self, number: int, shown: Document) -> None:
        text, choice = clean(shown.text), random.Random(number)
        whole: tuple[Block, ...] = parse(text)
        assert fed(text, random_cuts(text, choice), choice) == whole, "other blocks in pieces"
        check_sources(text, whole)
        check_bounds(whole)
        if is_comparable(text, whole):
            self.counts["compared"] += 1
            if not is_as_expected(text, whole):
                self.counts["other than markdown-it-py"] += 1
                _print({"differs": number, "kind": shown.kind, "chars": len(text)})

    def _show(self, number: int, shown: Document) -> None:
        reader, choice = self._reader, random.Random(number)
        reader.gaps_ms.clear()
        piece = choice.choice(PIECES)
        if piece:
            reader.stream(shown.text[: piece * 200], piece)
        else:
            reader.open(shown.text, has_question=False)
        reader.look_around()
        for work in choice.sample((reader.resize, reader.zoom, reader.change_theme, reader.show_branch), 2):
            work()
        if choice.random() < 0.3:
            reader.find(choice.choice(("a", "слово", "word w", "*", "/u", "e\u0301")))
        reader.open(shown.text, has_question=False)
        markdown, _, _ = reader.copy_all()
        assert markdown == reader.source, "copied another text"
        reader.copy_blocks()
        reader.leave()
        for name, gap in reader.gaps_ms.items():
            self.worst[name] = max(self.worst.get(name, 0.0), gap)
        slow = {name: round(gap) for name, gap in reader.gaps_ms.items() if gap > LIMIT_MS}
        if slow:
            self.counts["slow"] += 1
            _print({"slow": number, "kind": shown.kind, "chars": len(shown.text), "piece": piece, "gaps_ms": slow})

    def _on_message(self, kind: QtMsgType, _context: object, words: str) -> None:
        # Which scripts the fonts of a machine can write is not what is looked at.
        if kind is not QtMsgType.QtDebugMsg and not words.startswith(
            ("This plugin does not", "OpenType support missing")
        ):
            self._complaints.append(f"Qt: {words}")

    def _on_exception(self, kind: type[BaseException], error: BaseException, where: TracebackType | None) -> None:
        self._complaints.append("".join(traceback.format_exception(kind, error, where))[-2_000:])


def _print(values: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(values, ensure_ascii=True) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
