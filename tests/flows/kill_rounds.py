"""Kills the real program at random moments of its work, again and again, and looks at what is left.

`python -m tests.flows.kill_rounds ROUNDS [KIND ...] [--keep FOLDER] [--seed N]` prints a line of JSON for each kind; a
round takes two to five seconds. What went wrong is printed, its data folder is kept below FOLDER, the exit code is 1.

A round is one start of the program on what the round before has left, and one kill: mostly while the work goes on that
the kind is about, now and then at any moment since the start. Then a copy of the folder is opened and compared with
what the program had told (`kill_stories`). After some rounds the program may clear up, and another folder begins.
"""

import argparse
import json
import os
import random
import re
import shutil
import signal
import sys
import tempfile
import time
import traceback
from contextlib import closing
from datetime import date
from pathlib import Path

from gigadesk.chat import ChatId, MessageId, Status
from gigadesk.data_desk import STORE_NAME
from gigadesk.kept import SnapshotReason
from gigadesk.search.query import parse
from gigadesk.session import FILES_NAME
from gigadesk.store import Store
from gigadesk.store.checking import open_still
from gigadesk.store.file_names import next_of
from gigadesk.store.migrations import MIGRATIONS
from gigadesk.store.snapshots import Snapshots
from tests.flows import kill_libraries as libraries
from tests.flows.kill_stories import away_of
from tests.flows.process_support import DrivenProgram, driven_program, running_emulator

ROUNDS_A_FOLDER = 10
ANY_MOMENT = 0.15
"""So many of the kills come at any moment since the start."""
SHAPES = sorted((Path(__file__).parents[1] / "store" / "shapes").glob("*.sql"))[:-1]


class Kind:
    """Some work that is interrupted. One for each data folder."""

    name = ""
    begun, ended = "begun", "ended"
    speed = 3000
    clears_up = True

    def __init__(self, folder: Path, dice: random.Random) -> None:
        self.folder = folder
        self.dice = dice
        self.shown: dict[int, str] = {}

    def prepare(self) -> None:
        """Make the folder."""
        libraries.make_library(self.folder)

    def mode(self, seed: int) -> str:
        """What the driver is to do."""
        raise NotImplementedError

    def put_right(self) -> None:
        """What a user does who finds the folder as the kill has left it."""

    def check(self, store: Store, program: DrivenProgram) -> None:
        """Compare a copy of what is left with what was told. Keeps what has to be true from now on."""
        raise NotImplementedError

    def wait(self, program: DrivenProgram, dice: random.Random, longest_s: float) -> None:
        """Wait for a moment in the midst of the work, which takes so long."""
        program.read_until_said(self.begun)
        program.read_for(dice.uniform(0, longest_s), self.ended)

    def was_at_work(self, program: DrivenProgram) -> bool:
        """Whether the kill has interrupted it."""
        words = {said[0] for said in program.said}
        return self.begun in words and self.ended not in words

    def is_over(self) -> bool:
        """Whether there is nothing left to be done with this folder."""
        return False


class Streaming(Kind):
    name = "streaming"
    begun, speed = "ready", 6000

    def prepare(self) -> None:
        self.folder.mkdir()

    def mode(self, seed: int) -> str:
        return str(seed)

    def wait(self, program: DrivenProgram, dice: random.Random, longest_s: float) -> None:
        program.read_until_grown(dice.randrange(1, 150))
        # Any moment, not only the one after a piece was shown.
        program.read_for(dice.uniform(0, 0.02))

    def was_at_work(self, program: DrivenProgram) -> bool:
        return program.grown > 0

    def check(self, store: Store, program: DrivenProgram) -> None:
        self.shown.update(program.shown)
        assert libraries.holds(store, self.shown), "a shown text is lost"
        for message_id in program.shown:
            assert store.message(MessageId(message_id)).status in {Status.DONE, Status.STOPPED}


class Migrating(Kind):
    name = "migrating"
    begun, clears_up = "opening", False

    def prepare(self) -> None:
        self.shape = self.dice.choice(SHAPES)
        # More than 4 MB are brought up to date in a thread, with words about it; less at once.
        self.messages = self.dice.choice([1_000, 12_000])
        libraries.make_old_library(self.folder, self.shape, self.messages)
        self.is_done = False

    def mode(self, seed: int) -> str:
        return f"start:{seed}"

    def check(self, store: Store, program: DrivenProgram) -> None:
        self.is_done = ["ended"] in program.said
        texts = dict(store._database.rows("SELECT id, text FROM messages WHERE id >= 1000"))
        assert texts == {number: libraries.text_of("old", number) for number in range(1000, 1000 + self.messages)}
        assert store.message(MessageId(5)).text == "abc"
        assert store.draft(ChatId(1)) == "черновик"
        with closing(open_still(self.folder / STORE_NAME)) as connection:
            [(version,)] = connection.execute("PRAGMA user_version").fetchall()
        if version == len(MIGRATIONS):
            first = min(Snapshots(self.folder / STORE_NAME).all(), key=lambda each: each.taken_at)
            with closing(open_still(first.path)) as connection:
                assert connection.execute("PRAGMA user_version").fetchall() == [(int(self.shape.stem),)]
                assert connection.execute("SELECT count(*) FROM messages WHERE id >= 1000").fetchall() == [
                    (self.messages,)
                ]

    def is_over(self) -> bool:
        return self.is_done


class Importing(Kind):
    name = "importing"

    def __init__(self, folder: Path, dice: random.Random) -> None:
        super().__init__(folder, dice)
        self.names: dict[str, bool] = {}
        """Of what was imported, whether it was told or seen."""

    def mode(self, seed: int) -> str:
        name = f"import {seed}"
        self.names[name] = False
        path = self.folder.with_name(f"{seed}.json")
        libraries.write_file_to_import(path, name)
        return f"import:{seed}:{path}"

    def check(self, store: Store, program: DrivenProgram) -> None:
        if any(said[0] == "imported" for said in program.said):
            self.names[[*self.names][-1]] = True
        titles = libraries.live_titles(store)
        for name, is_told in self.names.items():
            found = [title for title in titles if title.startswith(f"{name} ")]
            assert len(found) in {0, libraries.IMPORTED_CHATS}, "an import is seen in part"
            assert found or not is_told, "an import that was told of is lost"
            self.names[name] = bool(found)
            for title in found:
                libraries.check_chat(store, titles[title], title, libraries.IMPORTED_MESSAGES)
        while store.imports.sweep():
            pass
        whole = sum(self.names.values()) * libraries.IMPORTED_CHATS * libraries.IMPORTED_MESSAGES
        whole += (libraries.KEPT_CHATS + libraries.DOOMED_CHATS) * libraries.MESSAGES
        assert store._database.rows("SELECT count(*) FROM messages") == [(whole,)], "something is left of an import"


class EmptyingTheTrash(Kind):
    name = "emptying the trash"

    def __init__(self, folder: Path, dice: random.Random) -> None:
        super().__init__(folder, dice)
        self.trashed: set[ChatId] = set()
        self.gone: set[ChatId] = set()

    def prepare(self) -> None:
        super().prepare()
        with closing(Store.open(self.folder / STORE_NAME)) as store:
            self.titles = {chat_id: title for title, chat_id in libraries.live_titles(store).items()}

    def mode(self, seed: int) -> str:
        return f"trash:{seed}"

    def check(self, store: Store, program: DrivenProgram) -> None:
        maybe = {ChatId(said[1]) for said in program.said if said[0] == "trashing"}
        self.trashed |= {ChatId(said[1]) for said in program.said if said[0] == "trashed"}
        self.gone |= {ChatId(chat_id) for said in program.said if said[0] == "purged" for chat_id in said[1]}
        may_go = any(said[0] == "begun" for said in program.said)
        live = set(libraries.live_titles(store).values())
        trash = {ChatId(entry.id) for entry in store.trash.entries(None, 100)}
        for chat_id, title in self.titles.items():
            if chat_id in live | trash:
                assert chat_id not in self.gone, "what was deleted for ever is back"
                assert chat_id in trash or chat_id not in self.trashed, "what was thrown away is back"
                assert chat_id in live or chat_id in self.trashed | maybe, "a chat is in the trash by itself"
                libraries.check_chat(store, chat_id, title, libraries.MESSAGES)
            else:
                assert chat_id in self.gone or (may_go and chat_id in self.trashed | maybe), "a chat is lost"
                self.gone.add(chat_id)
        self.trashed |= trash
        self._finish(store)

    def _finish(self, store: Store) -> None:
        """What the next start goes on with: then nothing is left of the text."""
        for chat_id in store.trash.doomed().chat_ids:
            while store.trash.purge_chat(chat_id):
                pass
        whole = (len(self.titles) - len(self.gone)) * libraries.MESSAGES
        assert store._database.rows("SELECT count(*) FROM messages") == [(whole,)], "something of a chat is left"
        while not store.search.purge(1.0):
            pass
        assert store.trash.fold()
        assert store.path is not None
        told = b"".join(path.read_bytes() for path in store.path.parent.glob(f"{STORE_NAME}*"))
        left = {int(number) for number in re.findall(rb"doomed(\d+)x\d+", told)}
        gone = {int(self.titles[chat_id].split()[1]) for chat_id in self.gone}
        assert not left & gone, "the text of what was deleted for ever is still in the file"

    def is_over(self) -> bool:
        return len(self.trashed) >= libraries.DOOMED_CHATS


class EmptyingParts(Kind):
    name = "emptying folders and messages"

    def __init__(self, folder: Path, dice: random.Random) -> None:
        super().__init__(folder, dice)
        self.trashed: set[int] = set()
        self.lengths: dict[int, set[int]] = {}
        """How many messages each chat that stays may show."""

    def prepare(self) -> None:
        super().prepare()
        with closing(Store.open(self.folder / STORE_NAME)) as store:
            self.titles = {chat_id: title for title, chat_id in libraries.live_titles(store).items()}
        self.lengths = {chat_id: {libraries.MESSAGES} for chat_id in self.titles}

    def mode(self, seed: int) -> str:
        return f"parts:{seed}"

    def check(self, store: Store, program: DrivenProgram) -> None:
        maybe: set[int] = set()
        for word, *values in program.said:
            if word == "trashing":
                maybe |= set(values)
            elif word == "trashed":
                self.trashed |= set(values)
            elif word == "cutting":
                self.lengths[values[0]].add(values[1])
            elif word == "cut":
                self.lengths[values[0]] = {values[1]}
        sql = "SELECT id FROM chats WHERE deleted_at IS NULL OR deleted_with <> 0 OR deleted_with IS NULL"
        found = {row[0] for row in store._database.rows(sql)}
        live = set(libraries.live_titles(store).values())
        for chat_id, title in self.titles.items():
            assert chat_id in found or chat_id in self.trashed | maybe, "a chat is lost"
            assert chat_id not in live or chat_id not in self.trashed, "what was thrown away is back"
            if chat_id not in live:
                self.trashed.add(chat_id)
                continue
            shown = len(store.outline(chat_id, store.chat(chat_id).leaf_id).ids)
            assert shown in self.lengths[chat_id], "a message is lost, or back"
            self.lengths[chat_id] = {shown}
            libraries.check_chat(store, chat_id, title, shown)
        self._finish(store)

    def _finish(self, store: Store) -> None:
        """What the next start goes on with: then nothing is left of what has no row any more."""
        doomed = store.trash.doomed()
        for message_id in doomed.message_ids:
            while store.trash.purge_message(message_id):
                pass
        for chat_id in doomed.chat_ids:
            while store.trash.purge_chat(chat_id):
                pass
        while not store.search.purge(1.0):
            pass
        assert store.trash.fold()
        assert store.path is not None
        told = b"".join(path.read_bytes() for path in store.path.parent.glob(f"{STORE_NAME}*"))
        texts = " ".join(row[0] for row in store._database.rows("SELECT text FROM messages")).encode()
        word = rb"doomed\d+x\d+canary"
        assert set(re.findall(word, told)) <= set(re.findall(word, texts)), (
            "the text of what was deleted is still there"
        )

    def is_over(self) -> bool:
        return len(self.trashed) >= libraries.DOOMED_CHATS - 4


class SnapshotsAndRestoring(Kind):
    name = "snapshots and restoring"

    def __init__(self, folder: Path, dice: random.Random) -> None:
        super().__init__(folder, dice)
        self.taken: dict[str, dict[int, str]] = {}

    def mode(self, seed: int) -> str:
        has_any = bool(Snapshots(self.folder / STORE_NAME).all())
        self.ended = "restored" if has_any and seed % 2 else "ended"
        return f"restore:{seed}" if self.ended == "restored" else f"snapshot:{seed}"

    def check(self, store: Store, program: DrivenProgram) -> None:
        before = dict(self.shown)
        restored = None
        asked_at: dict[int, str] = {}
        for said, shown in zip(program.said, program.shown_at, strict=True):
            if said[0] == "taking":
                asked_at = {**before, **shown}
            elif said[0] == "taken":
                self.taken[said[1]] = asked_at
            elif said[0] == "restoring":
                restored = said[1]
                before |= shown
        assert store.path is not None
        snapshots = {each.path.name: each for each in Snapshots(store.path).all()}
        for name, shown in self.taken.items():
            assert holds(snapshots[name].path, shown), "a snapshot does not hold what was shown"
        if restored is None:
            self.shown = {**before, **program.shown}
            assert libraries.holds(store, self.shown), "a shown text is lost"
        elif ["restored"] in program.said or not libraries.holds(store, before):
            self.shown = self.taken.get(restored, {})
            assert libraries.holds(store, self.shown), "what was restored is not whole"
            kept = [each for each in snapshots.values() if each.reason is SnapshotReason.RESTORE]
            assert any(holds(each.path, before) for each in kept), "what was there before the restoring is lost"
        else:
            self.shown = before
        titles = libraries.live_titles(store)
        for number in range(libraries.KEPT_CHATS):
            libraries.check_chat(store, titles[f"kept {number}"], f"kept {number}", libraries.MESSAGES)


def holds(path: Path, shown: dict[int, str]) -> bool:
    """Whether a snapshot has all that was shown. An answer that was being written is in its journal in part."""
    with closing(open_still(path)) as connection:
        found = dict(connection.execute("SELECT id, text FROM messages").fetchall())
        for message_id, text in connection.execute("SELECT message_id, text FROM journal ORDER BY id"):
            found[message_id] += text
    return all(found.get(message_id, "").startswith(text) for message_id, text in shown.items())


class Indexing(Kind):
    name = "indexing"

    def mode(self, seed: int) -> str:
        return f"index:{seed}"

    def check(self, store: Store, program: DrivenProgram) -> None:
        self.shown.update(program.shown)
        assert libraries.holds(store, self.shown), "a shown text is lost"
        while store.search.step(1.0):
            pass
        assert store.search.progress().waiting == 0
        store._database.execute("INSERT INTO search_index (search_index) VALUES ('integrity-check')")
        with closing(store.open_search()) as reader:
            for _ in range(20):
                place = self.dice.randrange(libraries.DOOMED_CHATS)
                word = libraries.canary(f"doomed {place}", self.dice.randint(1, libraries.MESSAGES))
                hits = reader.newest(parse(word, date(2026, 11, 28)), 50, None, 5.0).hits
                assert [store.message(hit.message_id).text.split()[0] for hit in hits] == [word]
        # An answer that was killed before its first piece may be taken up, or not: there is no word in it.
        unknown = (
            "SELECT id FROM messages WHERE text <> '' AND id NOT IN (SELECT coalesce(message_id, search_index.rowid)"
            " FROM search_index LEFT JOIN search_far ON place = search_index.rowid WHERE search_index MATCH ?)"
        )
        assert store._database.rows(unknown, ('":u" OR ":a"',)) == [], "a message cannot be found"


class Rescuing(Kind):
    name = "rescuing"

    def mode(self, seed: int) -> str:
        return f"rescue:{seed}"

    def put_right(self) -> None:
        """What was moved away comes back, unless the chats were written anew; then only the files do."""
        away = away_of(self.folder)
        if not away.exists():
            return
        path = self.folder / STORE_NAME
        if path.exists() or next_of(path).exists():
            shutil.copytree(away / FILES_NAME, self.folder / FILES_NAME, dirs_exist_ok=True)
            shutil.rmtree(away)
        else:
            shutil.rmtree(self.folder, ignore_errors=True)
            away.rename(self.folder)

    def check(self, store: Store, program: DrivenProgram) -> None:
        said = [each[0] for each in program.said]
        # Nothing is called saved while there is no file, until the program says so.
        is_adrift = "begun" in said and "ended" not in said
        self.shown.update(program.shown_at[said.index("begun")] if is_adrift else program.shown)
        assert libraries.holds(store, self.shown), "a shown text is lost"
        titles = libraries.live_titles(store)
        for number in range(libraries.KEPT_CHATS):
            libraries.check_chat(store, titles[f"kept {number}"], f"kept {number}", libraries.MESSAGES)


KINDS = {
    each.name: each
    for each in (
        *(Streaming, Migrating, Importing),
        *(EmptyingTheTrash, EmptyingParts, SnapshotsAndRestoring, Indexing, Rescuing),
    )
}


class Rounds:
    """Runs the rounds of one kind."""

    def __init__(self, kind: type[Kind], folder: Path, seed: int = 0, longest_s: float | None = None) -> None:
        self._make = kind
        self._folder = folder
        self._seed = seed
        self._longest_s = longest_s
        """How long the work takes. None: the first round is not interrupted, and measures it."""
        self._start_s = 2.0
        self.clears_up = True
        """Whether the program may clear up at the end, which takes it some seconds."""
        self.done = self.in_work = self.told = 0
        self.failures: list[str] = []

    def run(self, count: int, keep: Path | None = None) -> None:
        """So many rounds. With `keep` it goes on after a failure, and the folder is kept there."""
        with running_emulator(characters_per_second=self._make.speed, first_delay=0.01, plan="b2b") as environment:
            while self.done < count:
                folder = self._folder / f"{self._seed + self.done}"
                kind = self._make(folder, random.Random(self._seed + self.done))
                kind.prepare()
                try:
                    for _ in range(min(ROUNDS_A_FOLDER, count - self.done)):
                        self._kill(kind, environment)
                        if kind.is_over():
                            break
                    if kind.clears_up and self.clears_up:
                        self._clear_up(kind, environment)
                except AssertionError as problem:
                    if keep is None:
                        raise
                    traceback.print_exc()
                    self.failures.append(f"round {self._seed + self.done}: {problem}")
                    self._keep(folder, keep)
                shutil.rmtree(folder)

    def _keep(self, folder: Path, keep: Path) -> None:
        to = keep / f"{self._make.name}-{self._seed + self.done}"
        shutil.copytree(folder, to, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.sock"))

    def _kill(self, kind: Kind, environment: dict[str, str]) -> None:
        seed = self._seed + self.done
        self.done += 1
        dice = random.Random(seed)
        with driven_program(kind.mode(seed), kind.folder, environment) as program:
            if self._longest_s is None:
                self._measure(kind, program, dice)
            elif dice.random() < ANY_MOMENT:
                program.read_for(dice.uniform(0, self._start_s))
            else:
                kind.wait(program, dice, self._longest_s)
            program.signal(signal.SIGKILL)
            code, errors = program.wait()
            assert code == -signal.SIGKILL, errors
            program.wait_for_helpers()
        kind.put_right()
        self.in_work += kind.was_at_work(program)
        self.told += len(program.said) + program.grown
        if (kind.folder / STORE_NAME).exists() or next_of(kind.folder / STORE_NAME).exists():
            with libraries.opened_copy(kind.folder, kind.folder.with_name("copy")) as store:
                kind.check(store, program)
        else:
            assert not program.shown

    def _measure(self, kind: Kind, program: DrivenProgram, dice: random.Random) -> None:
        """How long the work takes, when nothing interrupts it."""
        self._start_s = program.read_until_said("opening", kind.begun)
        self._start_s += program.read_until_said(kind.begun)
        if isinstance(kind, Streaming):
            self._longest_s = 0.0  # there is no end of it
            program.read_until_grown(100)
        else:
            self._longest_s = program.read_until_said(kind.ended)

    @staticmethod
    def _clear_up(kind: Kind, environment: dict[str, str]) -> None:
        with driven_program("settle:0", kind.folder, environment) as program:
            program.read_until_said("settled")
            program.signal(signal.SIGTERM)
            code, errors = program.wait()
            assert (code, errors) == (0, "")
        with libraries.opened_copy(kind.folder, kind.folder.with_name("copy")) as store:
            kind.check(store, program)
        libraries.check_shelf(kind.folder)


def main(rounds: int, kinds: list[str], keep: Path, seed: int) -> int:
    """Run rounds of these kinds, or of all, and print what came of them."""
    has_failed = False
    for name in kinds or KINDS:
        began = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="gd-kill-") as folder:
            work = Rounds(KINDS[name], Path(folder), seed)
            work.run(rounds, keep)
        has_failed |= bool(work.failures)
        line = {"kind": name, "rounds": work.done, "killed_in_the_work": work.in_work, "told": work.told}
        print(json.dumps({**line, "failures": work.failures, "seconds": round(time.monotonic() - began)}), flush=True)  # noqa: T201
    return int(has_failed)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("rounds", type=int)
    parser.add_argument("kinds", nargs="*", choices=[[], *KINDS])
    parser.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir()) / "gigadesk-killed")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="gd-home-") as home:
        os.environ.update(HOME=home, XDG_RUNTIME_DIR=home, DBUS_SESSION_BUS_ADDRESS="unix:path=/nowhere")
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        for variable in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
            os.environ[variable] = f"{home}/{variable.lower()}"
        sys.exit(main(options.rounds, options.kinds, options.keep, options.seed))
