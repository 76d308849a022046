"""CPU time of one repaint of a streaming answer, by the length of the answer. Prints JSON lines.

A repaint is: 100 more characters, parsed, laid out and painted into a window of 900 x 700. Text is mixed Markdown,
Russian and English, the same at all lengths. Offscreen unless `QT_QPA_PLATFORM` says otherwise.
"""

import argparse
import gc
import itertools
import json
import os
import statistics
import sys
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QTextBrowser

from gigadesk.chat import ChatId, Message, MessageId, Role, Status
from gigadesk.ui.transcript import MessageView, Transcript

DELTA_CHARS = 100
SIZES = {"10kb": 10_000, "100kb": 100_000, "1mb": 1_000_000}
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


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--quick", action="store_true")
    arguments.add_argument("--profile", default="", help="length at which to profile, e.g. 100kb")
    options = arguments.parse_args()
    app = QApplication.instance() or QApplication(sys.argv)
    if options.profile:
        profile(SIZES[options.profile])
        return
    samples, repeats = (150, 3) if options.quick else (400, 5)
    p50: dict[str, float] = {}
    p99: dict[str, float] = {}
    rounds: dict[str, list[list[float]]] = {name: [] for name in SIZES}
    # The lengths take turns, so that a slow moment of the machine does not fall on one of them alone.
    views = {name: Stream(size) for name, size in SIZES.items()}
    for _ in range(repeats):
        for name, stream in views.items():
            rounds[name].append(stream.measure(samples))
    for name in SIZES:
        p50[name] = statistics.median(percentile(times, 50) for times in rounds[name])
        p99[name] = statistics.median(percentile(times, 99) for times in rounds[name])
        report(f"repaint_p50_{name}", p50[name], "ms CPU")
        report(f"repaint_p99_{name}", p99[name], "ms CPU")
    report("p50_ratio_1mb_10kb", p50["1mb"] / p50["10kb"], "ratio")
    report("p99_ratio_1mb_10kb", p99["1mb"] / p99["10kb"], "ratio")
    for stream in views.values():
        stream.close()
    peer = measure_peer(SIZES["100kb"], 3 if options.quick else 10)
    report("setmarkdown_ratio_100kb", peer / p50["100kb"], "ratio")
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete)


class Stream:
    """A window with an answer of some length that grows."""

    def __init__(self, size: int) -> None:
        text = mixed_text(size)
        self._source = itertools.cycle(mixed_text(60_000))
        self.view = Transcript()
        self.view.resize(900, 700)
        message = Message(
            ANSWER, ChatId(1), None, Role.ASSISTANT, text, Status.STREAMING, time.time(), "GigaChat-2-Max"
        )
        question = Message(MessageId(1), ChatId(1), None, Role.USER, "Вопрос", Status.DONE, time.time())
        self.view.show_chat(ChatId(1), [MessageView(question), MessageView(message)])
        self.view.show()
        while self.view.is_parsing:
            QApplication.processEvents()
        self.measure(30)

    def measure(self, samples: int) -> list[float]:
        """Milliseconds of CPU of so many repaints."""
        gc.collect()
        gc.freeze()
        times = []
        for _ in range(samples):
            delta = "".join(itertools.islice(self._source, DELTA_CHARS))
            started = time.process_time()
            self.view.grow(ANSWER, delta)
            self.view.show_pending()
            QApplication.processEvents()
            times.append((time.process_time() - started) * 1000)
        gc.unfreeze()
        return times

    def close(self) -> None:
        self.view.close()
        self.view.deleteLater()


def measure_peer(size: int, samples: int) -> float:
    """The same with a stock widget that is given the whole answer each time; milliseconds of CPU."""
    text = mixed_text(size)
    browser = QTextBrowser()
    browser.resize(900, 700)
    browser.show()
    QApplication.processEvents()
    times = []
    for _ in range(samples):
        text += mixed_text(DELTA_CHARS)
        started = time.process_time()
        browser.setMarkdown(text)
        browser.verticalScrollBar().setValue(browser.verticalScrollBar().maximum())
        browser.viewport().repaint()
        times.append((time.process_time() - started) * 1000)
    browser.close()
    browser.deleteLater()
    return statistics.median(times)


def profile(size: int) -> None:
    import cProfile
    import pstats

    stream = Stream(size)
    profiler = cProfile.Profile()
    profiler.enable()
    stream.measure(300)
    profiler.disable()
    pstats.Stats(profiler).sort_stats("tottime").print_stats(45)


def mixed_text(size: int) -> str:
    sections = []
    length = 0
    number = 0
    while length < size:
        number += 1
        sections.append(SECTION.replace("{n}", str(number)))
        length += len(sections[-1])
    return "".join(sections)[:size]


def percentile(values: list[float], percent: int) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(len(ordered) * percent / 100))]


def report(figure: str, value: float, unit: str) -> None:
    print(json.dumps({"figure": figure, "value": round(value, 3), "unit": unit}), flush=True)


if __name__ == "__main__":
    main()
