"""CPU time of one repaint of a streaming answer, by the length of the answer. Prints JSON lines.

A repaint is: 100 more characters, parsed, laid out and painted into a window of 900 x 700. Text is mixed Markdown,
Russian and English, with code, the same at all lengths; that of `formulas` has some more in each section. The `endless`
figures are of an answer that is one block: it is measured around 2 KB (from 1.5 to 2.5, many times) and at 100 KB, both
times below a message that fills the window, so that as much is in sight. Code is coloured by the worker process as in
the program. Offscreen unless `QT_QPA_PLATFORM` says otherwise.
"""

import argparse
import gc
import itertools
import json
import os
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QTextBrowser

from gigadesk.chat import ChatId, Message, MessageId, Role, Status
from gigadesk.ui.transcript import MessageView, Transcript

DELTA_CHARS = 100
TURN = 25
SIZES = {"1mb": 1_000_000, "10kb": 10_000, "100kb": 100_000}
ANSWER = MessageId(2)
SECTION = """## Раздел {n}: сортировка

Отсортировать **список** можно функцией `sorted`; она возвращает *новый* список и не меняет старый. Подробнее — в
[документации](https://docs.python.org/3/howto/sorting.html), раздел {n}. A sentence in English mixes the text, and
~~some~~ all of it has to be broken into lines, measured and painted.

- первый пункт списка с `кодом` и **выделением**
- second item, which is long enough to be wrapped onto the next line of a column of usual width in this window
  - вложенный пункт {n}
  - another nested one

```python
def section_{n}(items: list[int]) -> list[int]:
    # Комментарий внутри кода
    return [item * {n} for item in items if item % 2 == 0]
```

| Ключ | Значение | Note |
|:-----|---------:|:----:|
| `a{n}` | {n} | the first |
| `b{n}` | 3,14 | **второй** |

> Цитата: устойчивая сортировка сохраняет порядок равных элементов.

1. Сначала по второму ключу.
2. Then by the first one.

"""


FORMULAS = """Среднее равно $\\bar x = \\frac{1}{n} \\sum_{i=1}^{n} x_i$, а дисперсия:

$$\\sigma^2 = \\frac{1}{n} \\sum_{i=1}^{n} (x_i - \\bar x)^2$$

"""
"""Said apart: `setMarkdown`, the peer of the mixed text, draws no formulas."""

ENDLESS = {
    "code": ("```python\n", "    values = [item * 2 for item in items if item % 7 == {n}]  # строка {n}\n"),
    "list": (
        "",
        "- пункт {n} списка с `кодом`, and **some** English words that are wrapped onto the next line of it\n",
    ),
    "table": ("| Key | Значение | Note |\n|:----|---------:|------|\n", "| `k{n}` | {n},14 | слово **{n}** |\n"),
    "paragraph": ("", "Предложение {n} абзаца без конца, with *some* English words and `code` in it. "),
}
"""Beginning of a block that never ends, and how it goes on."""


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--quick", action="store_true")
    arguments.add_argument("--profile", default="", help="length or endless block to profile, e.g. 100kb, list")
    options = arguments.parse_args()
    app = QApplication.instance() or QApplication(sys.argv)
    if options.profile:
        profile(options.profile)
        return
    samples, repeats, peer_samples = (150, 3, 3) if options.quick else (400, 5, 5)
    p50: dict[str, float] = {}
    p99: dict[str, float] = {}
    rounds: dict[str, list[list[float]]] = {name: [] for name in SIZES}
    views = {name: Stream(size) for name, size in SIZES.items()}
    peer = Peer(SIZES["100kb"])
    ratios = []
    for _ in range(repeats):
        for name, times in measure_in_turns(views, samples).items():
            rounds[name].append(times)
        # Right after what it is compared with: from minute to minute a busy machine is twice as fast, or half.
        ratios.append(peer.measure(peer_samples) / percentile(rounds["100kb"][-1], 50))
    peer.close()
    for name in SIZES:
        p50[name] = statistics.median(percentile(times, 50) for times in rounds[name])
        # Of all rounds together: of one alone it is the second largest, mere chance on a busy machine.
        p99[name] = percentile(list(itertools.chain(*rounds[name])), 99)
        report(f"repaint_p50_{name}", p50[name], "ms CPU")
        report(f"repaint_p99_{name}", p99[name], "ms CPU")
    report("p50_ratio_1mb_10kb", p50["1mb"] / p50["10kb"], "ratio")
    report("p99_ratio_1mb_10kb", p99["1mb"] / p99["10kb"], "ratio")
    report("setmarkdown_ratio_100kb", statistics.median(ratios), "ratio")
    for stream in views.values():
        stream.close()
    measure_formulas(samples)
    for name in ENDLESS:
        measure_endless(name, 8 if options.quick else 25)
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete)


class Stream:
    """A window with an answer of some length that grows."""

    def __init__(self, size: int, endless: str = "", *, has_formulas: bool = False) -> None:
        whole = endless_text(endless, size + 60_000) if endless else mixed_text(size, has_formulas=has_formulas)
        self._text = whole[:size]
        self._rest = whole[size:] if endless else mixed_text(60_000, has_formulas=has_formulas)
        self.view = Transcript()
        self.view.resize(900, 700)
        self.view.show()
        self.begin()
        self.measure(30 if not endless else 3)

    def begin(self) -> None:
        """Show the answer at the length at which it is to be measured, below a question that fills the window."""
        self._source = itertools.cycle(self._rest)
        self.view.clear()  # or it would be another branch of the chat, which is not followed
        message = Message(
            ANSWER, ChatId(1), None, Role.ASSISTANT, self._text, Status.STREAMING, time.time(), "GigaChat-2-Max"
        )
        question = Message(MessageId(1), ChatId(1), None, Role.USER, "Вопрос\n" * 60, Status.DONE, time.time())
        self.view.show_chat(ChatId(1), [MessageView(question), MessageView(message)])
        QApplication.processEvents()
        while self.view.is_parsing:
            QApplication.processEvents()

    def measure(self, samples: int) -> list[float]:
        """Milliseconds of CPU of so many repaints."""
        with no_garbage():
            return self.repaint(samples)

    def repaint(self, samples: int) -> list[float]:
        """The same, when somebody else has seen to the garbage."""
        times = []
        for _ in range(samples):
            delta = "".join(itertools.islice(self._source, DELTA_CHARS))
            started = time.process_time()
            self.view.grow(ANSWER, delta)
            self.view.show_pending()
            QApplication.processEvents()
            times.append((time.process_time() - started) * 1000)
        return times

    def close(self) -> None:
        self.view.close()
        self.view.deleteLater()


class Peer:
    """A stock widget that is given the whole answer each time."""

    def __init__(self, size: int) -> None:
        self._text = mixed_text(size)
        self._source = itertools.cycle(mixed_text(60_000))
        self._browser = QTextBrowser()
        self._browser.resize(900, 700)
        self._browser.show()
        QApplication.processEvents()

    def measure(self, samples: int) -> float:
        """Milliseconds of CPU of a repaint: the median of so many."""
        times = []
        for _ in range(samples):
            self._text += "".join(itertools.islice(self._source, DELTA_CHARS))
            started = time.process_time()
            self._browser.setMarkdown(self._text)
            self._browser.verticalScrollBar().setValue(self._browser.verticalScrollBar().maximum())
            self._browser.viewport().repaint()
            times.append((time.process_time() - started) * 1000)
        return statistics.median(times)

    def close(self) -> None:
        self._browser.close()
        self._browser.deleteLater()


@contextmanager
def no_garbage() -> Iterator[None]:
    """What was there before is not looked at meanwhile."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


def measure_in_turns(streams: dict[str, Stream], samples: int) -> dict[str, list[float]]:
    """So many repaints of each, in short turns: a slow moment of the machine does not fall on one of them alone.

    The first repaint of a turn finds the memory of another view at hand, or that of the collection, and is not counted.
    """
    times: dict[str, list[float]] = {name: [] for name in streams}
    with no_garbage():
        for first in range(0, samples, TURN):
            for name, stream in streams.items():
                stream.repaint(1)
                times[name] += stream.repaint(min(TURN, samples - first))
    return times


def measure_formulas(samples: int) -> None:
    """The mixed text with formulas in every section, at 100 KB."""
    stream = Stream(SIZES["100kb"], has_formulas=True)
    times = stream.measure(samples)
    stream.close()
    report("formulas_p50_100kb", percentile(times, 50), "ms CPU")
    report("formulas_p99_100kb", percentile(times, 99), "ms CPU")


def measure_endless(name: str, rounds: int) -> None:
    """One block around 2 KB and at 100 KB; only a ratio holds on any machine."""
    small = Stream(1_500, name)
    times: list[float] = []
    for _ in range(rounds):
        small.begin()
        small.measure(2)
        times += small.measure(8)
    small.close()
    large = Stream(100_000, name)
    later = large.measure(8 * rounds)
    large.close()
    p50, p50_later = percentile(times, 50), percentile(later, 50)
    report(f"endless_{name}_p50_2kb", p50, "ms CPU")
    report(f"endless_{name}_p50_100kb", p50_later, "ms CPU")
    report(f"endless_{name}_p99_100kb", percentile(later, 99), "ms CPU")
    report(f"endless_{name}_ratio", p50_later / p50, "ratio")


def profile(name: str) -> None:
    import cProfile
    import pstats

    stream = Stream(100_000, name) if name in ENDLESS else Stream(SIZES[name])
    profiler = cProfile.Profile()
    profiler.enable()
    stream.measure(300)
    profiler.disable()
    pstats.Stats(profiler).sort_stats("tottime").print_stats(45)


def mixed_text(size: int, *, has_formulas: bool = False) -> str:
    section = SECTION + FORMULAS if has_formulas else SECTION
    sections = []
    length = 0
    number = 0
    while length < size:
        number += 1
        sections.append(section.replace("{n}", str(number)))
        length += len(sections[-1])
    return "".join(sections)[:size]


def endless_text(name: str, size: int) -> str:
    beginning, line = ENDLESS[name]
    lines = (line.replace("{n}", str(number % 100)) for number in range(size // 20))
    return (beginning + "".join(lines))[:size]


def percentile(values: list[float], percent: int) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(len(ordered) * percent / 100))]


def report(figure: str, value: float, unit: str) -> None:
    print(json.dumps({"figure": figure, "value": round(value, 3), "unit": unit}), flush=True)


if __name__ == "__main__":
    main()
