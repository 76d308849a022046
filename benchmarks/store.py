"""What a large library costs: to page, to open, to search, to write into. Prints JSON lines.

100,000 chats with 1,000,000 messages of 800 characters, Russian and English, with the words' frequencies of real texts;
`--quick` a tenth of that. The library is made in a temporary folder (4 GB; `--folder` says in which) and indexed by the
program's own code. All times are CPU time of the process, in milliseconds.
`page_ms`, `last50_ms`: each on a connection that has read nothing yet.
`search_newest_p95_ms`: until the newest 50 hits are there, or all there are, for words, beginnings and phrases, common
and rare, a hundred of each; `search_newest_max_ms` is the slowest of them. `index_ratio`: bytes of the index to bytes
of the texts. `import_gap_ms` and its like are of `import_gap.py`, which has a process of its own.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
sys.path.insert(0, str(Path(__file__).resolve().parent))

from _words import Words

from gigadesk.chat import MessageId, Section, SectionKind
from gigadesk.search.query import parse
from gigadesk.store import Store
from gigadesk.store.search_reader import SearchReader

CHATS = 100_000
MESSAGES_PER_CHAT = 10
QUESTION_CHARS, ANSWER_CHARS = 200, 1400
STEP_S = 0.2
"""Longer than in the program: it is CPU time that is told, and others may have the processor meanwhile."""
FIRST_AT = 1_600_000_000.0
YEARS_S = 6 * 365 * 86_400.0
STREAM_CHARS = 16_000_000
QUICK_SHARE = 10
CHATS_AT_ONCE = 1_000
STREAM_TEXT_CHARS = 4_000
QUICK_STREAM_CHARS = 4_000_000
TODAY = date(2026, 11, 28)
EACH = 100
LIVE_CHARS = 100_000
DELTA = "слово за словом "


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--quick", action="store_true")
    arguments.add_argument("--chats", type=int, default=0)
    arguments.add_argument("--folder", default=None)
    options = arguments.parse_args()
    chats = options.chats or (CHATS // QUICK_SHARE if options.quick else CHATS)
    with tempfile.TemporaryDirectory(prefix="gigadesk-", dir=options.folder) as folder:
        path = Path(folder) / "chats.db"
        words = Words(1)
        texts = (QUICK_STREAM_CHARS if options.quick else STREAM_CHARS) // STREAM_TEXT_CHARS
        stream = " ".join(words.text(STREAM_TEXT_CHARS) for _ in range(texts))
        begun = time.process_time()
        text_bytes = make_library(path, chats, stream)
        say("make_message_ms", (time.process_time() - begun) * 1000 / (chats * MESSAGES_PER_CHAT), "ms")
        begun = time.process_time()
        index(path)
        say("index_message_ms", (time.process_time() - begun) * 1000 / (chats * MESSAGES_PER_CHAT), "ms")
        say("index_ratio", index_bytes(path) / text_bytes, "")
        say("page_ms", cold(path, page), "ms")
        say("last50_ms", cold(path, last_messages), "ms")
        store = Store.open(path)
        reader = store.open_search()
        measure_search(reader, words, stream.split(" "))
        reader.close()
        say("journal_ms", journal(store), "ms")
        store.close()
    quick = ["--quick"] if options.quick else []
    subprocess.run([sys.executable, "-P", str(Path(__file__).with_name("import_gap.py")), *quick], check=True)


def make_library(path: Path, chats: int, stream: str) -> int:
    """Write chats, the oldest first; gives the bytes of all texts."""
    store = Store.open(path)
    chance, database = random.Random(2), store._database
    step, size = YEARS_S / chats, 0
    for start in range(0, chats, CHATS_AT_ONCE):
        numbers = range(start, min(start + CHATS_AT_ONCE, chats))
        titles = [(number + 1, cut(stream, chance, 40), *some_fields(number, step)) for number in numbers]
        messages = [row for number in numbers for row in some_messages(number, step, stream, chance)]
        size += sum(len(row[-1].encode()) for row in messages)
        with database.transaction(is_barrier=False):
            # The leaf is a message that comes later.
            database.execute("PRAGMA defer_foreign_keys = ON")
            database.execute_many(
                "INSERT INTO chats (id, title, title_origin, created_at, updated_at, session_id, model, leaf_id)"
                " VALUES (?, ?, 'user', ?, ?, ?, '', ?)",
                titles,
            )
            database.execute_many(
                "INSERT INTO messages (id, chat_id, parent_id, role, status, created_at, model, text)"
                " VALUES (?, ?, ?, ?, 'done', ?, ?, ?)",
                messages,
            )
    store.close()
    return size


def some_fields(chat: int, step: float) -> tuple[float, float, str, int]:
    begun = FIRST_AT + chat * step
    return begun, begun + 400, str(chat), (chat + 1) * MESSAGES_PER_CHAT


def some_messages(chat: int, step: float, stream: str, chance: random.Random) -> Iterator[tuple]:
    for number in range(MESSAGES_PER_CHAT):
        message_id = chat * MESSAGES_PER_CHAT + number + 1
        mean, role, model = (
            (ANSWER_CHARS, "assistant", "GigaChat-2-Max") if number % 2 else (QUESTION_CHARS, "user", "")
        )
        text = cut(stream, chance, round(mean * (0.3 + 1.4 * chance.random())))
        parent = message_id - 1 if number else None
        yield message_id, chat + 1, parent, role, FIRST_AT + chat * step + number * 40, model, text


def cut(stream: str, chance: random.Random, chars: int) -> str:
    """About so many characters, whole words."""
    start = stream.index(" ", int(chance.random() * (len(stream) - chars - 1000))) + 1
    return stream[start : stream.index(" ", start + chars)]


def index(path: Path) -> None:
    """Take everything up and merge it with the program's own steps."""
    store = Store.open(path)
    while store.search.step(STEP_S):
        pass
    store.close()


def index_bytes(path: Path) -> int:
    """Pages of all tables of the search."""
    store = Store.open(path)
    [(size,)] = store._database.rows("SELECT sum(pgsize) FROM dbstat WHERE name LIKE 'search_%'")
    store.close()
    return int(size)


def page(store: Store) -> None:
    assert store.listing.page(Section(SectionKind.LISTED), 0, 100)


def last_messages(store: Store) -> None:
    chat = store.listing.page(Section(SectionKind.LISTED), 0, 1)[0]
    assert store.branch(chat.leaf_id, 50)


def cold(path: Path, work: Callable[[Store], None]) -> float:
    """The middle of some times, each on a new connection."""
    times = []
    for _ in range(7):
        store = Store.open(path)
        begun = time.process_time()
        work(store)
        times.append((time.process_time() - begun) * 1000)
        store.close()
    return sorted(times)[len(times) // 2]


def measure_search(reader: SearchReader, words: Words, stream: list[str]) -> None:
    chance = random.Random(5)
    kinds = {
        "word": list(some_words(chance, words)),
        "beginning": [word[: chance.randrange(1, 7)] for word in some_words(chance, words)],
        "phrase": list(some_phrases(chance, words, stream)),
    }
    reader.newest(parse("разогрев", TODAY), 50, None, 60.0)  # what is loaded with the first search
    everything = []
    for kind, queries in kinds.items():
        times = sorted(timed(reader, query, is_typing=kind == "beginning") for query in queries)
        say(f"search_{kind}_p95_ms", p95(times), "ms")
        everything += times
    everything.sort()
    say("search_newest_p95_ms", p95(everything), "ms")
    say("search_newest_max_ms", everything[-1], "ms")
    ranked = []
    for query in kinds["word"]:
        begun = time.process_time()
        reader.best(parse(query, TODAY), 50)
        ranked.append((time.process_time() - begun) * 1000)
    say("search_ranked_p95_ms", p95(sorted(ranked)), "ms")


def timed(reader: SearchReader, text: str, *, is_typing: bool) -> float:
    begun = time.process_time()
    reader.newest(parse(text, TODAY, is_typing=is_typing), 50, None, 60.0)
    return (time.process_time() - begun) * 1000


def some_words(chance: random.Random, words: Words) -> Iterator[str]:
    """A third each: very common, known, rare."""
    frequent, tail = words.frequent, words.tail
    for number in range(EACH):
        yield chance.choice((frequent[:100], frequent, tail)[number % 3])


def some_phrases(chance: random.Random, words: Words, stream: list[str]) -> Iterator[str]:
    """Three of four as they stand somewhere; else two common words that seldom stand together."""
    for number in range(EACH):
        if number % 4:
            start = chance.randrange(len(stream) - 5)
            yield '"' + " ".join(stream[start : start + chance.randrange(2, 5)]).strip('"`') + '"'
        else:
            yield f'"{chance.choice(words.frequent[:200])} {chance.choice(words.frequent[:200])}"'


def p95(ordered: list[float]) -> float:
    return ordered[int(len(ordered) * 0.95)]


def journal(store: Store) -> float:
    """A write to the journal of an answer that has 100 KB already."""
    chat = store.add_chat("x", 1.0)
    reply = store.add_exchange(chat, "x", 2.0, first_title="x").reply
    store.append(MessageId(reply.id), "x" * LIVE_CHARS, is_barrier=False)
    count = 500
    begun = time.process_time()
    for _ in range(count):
        store.append(MessageId(reply.id), DELTA, is_barrier=False)
    return (time.process_time() - begun) * 1000 / count


def say(figure: str, value: float, unit: str) -> None:
    print(json.dumps({"figure": figure, "value": round(value, 3), "unit": unit}), flush=True)


if __name__ == "__main__":
    os.environ.setdefault("PYTHONUTF8", "1")
    main()
