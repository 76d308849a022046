"""Stopping an export while its thread is at work."""

import asyncio
import threading
from pathlib import Path
from typing import Any

import pytest

from gigadesk.conversations.export_desk import ExportDesk
from gigadesk.errors import StorageCause, StorageError, UnexpectedError
from gigadesk.store import JournalKind
from gigadesk.ui.exchange.export_formats import Format, Writing
from tests.exchange.exchange_support import Library, Reading
from tests.exchange.test_import import write_export


@pytest.fixture
def library(tmp_path: Path):
    library = Library(tmp_path / "library")
    write_export(tmp_path / "chats.json")
    library.take(Reading(tmp_path / "chats.json", tmp_path / "spool"))
    yield library
    library.store.close()


class Held:
    """A writer whose thread stays inside of one method until it is let go."""

    def __init__(self, writer: Any, name: str) -> None:
        self._writer = writer
        self._name = name
        self.is_inside = threading.Event()
        self.may_go_on = threading.Event()

    def __getattr__(self, name: str) -> Any:
        work = getattr(self._writer, name)
        return (lambda *given: self._hold(work, *given)) if name == self._name else work

    def make(self) -> "Held":
        if self._name == "make":
            self._hold(lambda: None)
        self._writer = self._writer()
        return self

    def abandon(self) -> None:
        assert self.may_go_on.is_set(), "the thread is still at it"
        self._writer.abandon()

    def _hold(self, work: Any, *given: Any) -> None:
        self.is_inside.set()
        assert self.may_go_on.wait(10)
        work(*given)


@pytest.mark.parametrize("format_", [Format.ARCHIVE, Format.JSON, Format.MARKDOWN])
@pytest.mark.parametrize("method", ["make", "begin_chat", "add_messages", "end_chat", "finish"])
def test_an_export_that_is_cancelled_while_its_thread_writes_leaves_nothing(library, tmp_path, method, format_):
    target = tmp_path / "exports"
    target.mkdir()

    async def work(exports: ExportDesk, _: Any) -> None:
        ends: list[Any] = []
        writing = Writing(exports, target / "x", format_, is_folder=True, has_files=False, drawings=None)
        held = Held(writing.writer, method)
        ids = exports.chat_ids()
        exports.start(ids, held.make, is_whole=True, on_progress=lambda _: None, on_end=ends.append)
        while not held.is_inside.is_set():
            await asyncio.sleep(0)
        exports.cancel()
        for _ in range(20):
            await asyncio.sleep(0)
        assert exports.is_busy
        held.may_go_on.set()
        while exports.is_busy:
            await asyncio.sleep(0)
        assert ends == []

    library.run(work)

    assert list(target.iterdir()) == []


def test_a_page_that_cannot_be_read_gives_words_and_leaves_nothing(library, tmp_path):
    target = tmp_path / "exports"
    target.mkdir()
    damaged = StorageError(StorageCause.DAMAGED, "chats.db")

    async def work(exports: ExportDesk, _: Any) -> None:
        class Reader:
            def __getattr__(self, name: str) -> Any:
                if name == "messages":
                    raise damaged
                return getattr(library.store.exports, name)

        exports._reader = Reader()
        ends: list[Any] = []
        writing = Writing(exports, target / "x", Format.ARCHIVE, is_folder=False, has_files=False, drawings=None)
        ids = exports.chat_ids()
        exports.start(ids, writing.writer, is_whole=True, on_progress=lambda _: None, on_end=ends.append)
        while not ends:
            await asyncio.sleep(0)
        assert ends == [damaged]

    library.run(work)

    assert list(target.iterdir()) == []


class Broken:
    """A writer with a fault in one method: what it does is done by then."""

    def __init__(self, writer: Any, name: str) -> None:
        self._writer = writer
        self._name = name

    def __getattr__(self, name: str) -> Any:
        def work(*given: Any) -> None:
            getattr(self._writer, name)(*given)
            if name == self._name:
                raise ValueError

        return work


@pytest.mark.parametrize("method", ["make", "begin_chat", "add_messages", "finish"])
def test_a_fault_of_ours_ends_an_export_for_whoever_waits_and_leaves_nothing(library, tmp_path, method):
    target = tmp_path / "exports"
    target.mkdir()

    async def work(exports: ExportDesk, _: Any) -> None:
        ends: list[Any] = []
        writing = Writing(exports, target / "x", Format.ARCHIVE, is_folder=False, has_files=False, drawings=None)

        def make() -> Any:
            if method == "make":
                raise ValueError
            return Broken(writing.writer(), method)

        exports.start(exports.chat_ids(), make, is_whole=True, on_progress=lambda _: None, on_end=ends.append)
        while not library.crashes:
            await asyncio.sleep(0)
        assert [type(end) for end in ends] == [UnexpectedError]
        assert library.crashes == ["export: ValueError()"]
        library.crashes.clear()

    library.run(work)

    assert list(target.iterdir()) == []


def test_an_answer_that_is_being_written_goes_out_as_far_as_it_has_come(library):
    store = library.store
    chat_id = store.add_chat("s", 1e9)
    reply = store.add_exchange(chat_id, "Question", 1e9, first_title="").reply
    store.append(reply.id, "Half an ", is_barrier=False)
    store.append(reply.id, "so far", JournalKind.REASONING, is_barrier=False)
    store.append(reply.id, "answer", is_barrier=False)

    [_, answer] = store.exports.messages(store.exports.message_ids(chat_id))

    assert (answer.status, answer.text, answer.reasoning) == ("stopped", "Half an answer", "so far")


def test_what_is_in_the_trash_and_what_lies_in_other_folders_stays(library):
    store = library.store
    outer = store.folders.add("Outer", None, 1e9)
    inner, other = store.folders.add("Inner", outer, 1e9), store.folders.add("Other", None, 1e9)
    chats = []
    for folder in (outer, inner, other):
        chats.append(store.add_chat("s", 1e9))
        store.add_exchange(chats[-1], "Question", 1e9, first_title="")
        store.places.move([chats[-1]], folder)
    reply = store.chat(chats[0]).leaf_id

    store.delete_message(reply, 2e9)

    assert set(store.exports.chat_ids(outer)) == set(chats[:2])
    assert reply not in store.exports.message_ids(chats[0])
