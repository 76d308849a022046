"""A power cut at any moment: whatever had not been flushed is there or not, sector by sector; what was saved is there.

The writes and flushes of a real run are recorded by strace and replayed up to a cut.
"""

import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from gigadesk.chat import MessageId
from gigadesk.errors import StorageError
from gigadesk.store import Store

ROOT = Path(__file__).parents[2]
DRIVER = Path(__file__).with_name("power_driver.py")
CUTS = 300
SECTOR = 512
CALLS = (
    "openat,close,pwrite64,write,fsync,fdatasync,ftruncate,rename,renameat,renameat2,unlink,unlinkat,access,dup,fcntl"
)
_CALL = re.compile(r"^(?:\d+\s+)?(\w+)\((.*)\)\s+= (-?\d+)")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')

pytestmark = pytest.mark.skipif(shutil.which("strace") is None, reason="strace records the writes")


@dataclass
class Step:
    """Something that was done to a file, or something that was told."""

    kind: str
    name: str
    place: int = 0
    content: bytes = b""


@dataclass
class Disk:
    """What is on the disk for sure, and what may be."""

    files: dict[str, bytearray] = field(default_factory=dict)
    pending: list[Step] = field(default_factory=list)

    def take(self, step: Step) -> None:
        if step.kind == "sync":
            rest = []
            for each in self.pending:
                # A file system keeps the order of what it does to names: any flush brings that along.
                is_flushed = each.name == step.name or each.kind == "gone"
                (self.apply if is_flushed else rest.append)(each)
            self.pending = rest
        else:
            self.pending.append(step)

    def apply(self, step: Step) -> None:
        if step.kind == "gone":
            self.files.pop(step.name, None)
            return
        content = self.files.setdefault(step.name, bytearray())
        if step.kind == "cut":
            del content[step.place :]
        elif step.kind == "write":
            end = step.place + len(step.content)
            content.extend(bytes(max(end - len(content), 0)))
            content[step.place : end] = step.content

    def fail(self, dice: random.Random) -> None:
        """The power goes: of what was not flushed, some sectors have reached the disk, in any order."""
        share = dice.choice([0.0, 0.2, 0.5, 0.8, 1.0])
        for step in self.pending:
            if step.kind != "write":
                if dice.random() < share:
                    self.apply(step)
                continue
            for start in range(0, len(step.content), SECTOR):
                if dice.random() < share:
                    part = step.content[start : start + SECTOR]
                    self.apply(Step("write", step.name, step.place + start, part))


def record(folder: Path) -> list[Step]:
    """Run the driver under strace; its steps on the database and its log, and what it told."""
    trace = folder / "trace"
    path = folder / "data" / "chats.db"
    command = ["strace", "-f", "-xx", "-s", "1000000", "-o", str(trace), "-e", f"trace={CALLS}"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    subprocess.run([*command, sys.executable, str(DRIVER), str(path)], check=True, env=environment)
    return list(steps_of(trace.read_text(), path))


def steps_of(trace: str, path: Path):
    names = {}
    for line in trace.splitlines():
        match = _CALL.match(line)
        if match is None or int(match[3]) < 0:
            told = _TEXT.search(line) if "access(" in line else None
            if told is not None and (text := unescaped(told[1]).decode()).startswith(("/said/", "/seen/")):
                yield Step("told", text)
            continue
        call, arguments, result = match[1], match[2], int(match[3])
        if call == "openat":
            name = Path(unescaped(_TEXT.search(arguments)[1]).decode())
            names[result] = name.name if name.parent == path.parent and name.name.startswith("chats.db") else ""
            continue
        if call in {"unlink", "unlinkat"}:
            name = Path(unescaped(_TEXT.search(arguments)[1]).decode())
            if name.parent == path.parent and name.name.startswith("chats.db") and not name.name.endswith("-shm"):
                yield Step("gone", name.name)
            continue
        number = arguments.split(",")[0]
        name = names.get(int(number), "") if number.isdigit() else ""
        if not name or name.endswith("-shm"):
            continue
        if call == "pwrite64":
            content = unescaped(_TEXT.search(arguments)[1])[:result]
            yield Step("write", name, int(arguments.rsplit(",", 1)[1]), content)
        elif call in {"fsync", "fdatasync"}:
            yield Step("sync", name)
        elif call == "ftruncate":
            yield Step("cut", name, int(arguments.split(",")[1]))
        else:
            assert call in {"close", "fcntl", "dup"}, f"{call} is not replayed"


def unescaped(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", ""))


@pytest.fixture(scope="module")
def steps(tmp_path_factory):
    return record(tmp_path_factory.mktemp("power"))


def test_the_record_is_a_real_one(steps):
    kinds = [step.kind for step in steps]
    assert kinds.count("sync") > 40
    assert kinds.count("write") > 200
    assert kinds.count("told") == 12 * 4
    assert any(step.kind == "write" and step.name == "chats.db" and step.place > 4096 for step in steps), "no folding"


def test_without_flushes_texts_would_be_lost(steps, tmp_path):
    """The replay itself can find a loss."""
    lost = [cut(steps, seed, tmp_path, has_flushes=False) for seed in range(20)]

    assert any(lost)


def test_no_power_cut_takes_what_was_called_saved(steps, tmp_path):
    lost = {seed: found for seed in range(CUTS) if (found := cut(steps, seed, tmp_path))}

    assert lost == {}


def cut(steps: list[Step], seed: int, folder: Path, *, has_flushes: bool = True) -> str:
    """Cut the power at a random step; what is lost of what was told, in words."""
    dice = random.Random(seed)
    disk = Disk()
    told = []
    for step in steps[: dice.randrange(1, len(steps) + 1)]:
        if step.kind == "told":
            told.append(step.name.split("/")[1:])
        elif has_flushes or step.kind != "sync":
            disk.take(step)
    disk.fail(dice)
    place = folder / f"{seed}-{has_flushes}"
    place.mkdir()
    for name, content in disk.files.items():
        (place / name).write_bytes(content)
    try:
        return missing(place / "chats.db", told)
    finally:
        shutil.rmtree(place)


def missing(path: Path, told: list[list[str]]) -> str:
    try:
        with closing(Store.open(path)) as store:
            for kind, message_id, *length in told:
                text = store.message(MessageId(int(message_id))).text
                if (len(text) < int(length[0])) if kind == "seen" else not text.startswith("question "):
                    return f"{kind} {message_id}"
        with closing(sqlite3.connect(path)) as connection:
            return "" if connection.execute("PRAGMA quick_check").fetchall() == [("ok",)] else "damaged"
    except (StorageError, LookupError, sqlite3.Error) as error:
        return f"not opened: {error}" if told else ""
