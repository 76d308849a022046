"""What is exported in our own format and imported elsewhere is the same, whatever it was."""

import hashlib
import random
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gigadesk.chat import ChatFile, Effort, FileId, FileKind, FileState, FolderColor, Role, Source, Status, Tool, Usage
from gigadesk.exchange import archives
from gigadesk.exchange import reading as reading_module
from gigadesk.exchange.records import ChatRecord, EditRecord, FileRecord, FolderRecord, MessageRecord
from gigadesk.limits import ANSWER_MAX_BYTES
from gigadesk.store import Store
from tests.exchange.exchange_support import NOW, Library, Reading

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00\r\u2028\u2029"), max_size=30)
WORDS = st.text(st.characters(categories=["L", "N", "P", "S"]), max_size=12)
NAMES = WORDS.filter(bool)
TIMES = st.floats(1.0, NOW, allow_nan=False)
SECONDS = st.none() | st.floats(0, 1e6, allow_nan=False)
CONTENTS = [b"one", b"\x00\xff two", b"three" * 1000]
DIGESTS = [hashlib.sha256(content).hexdigest() for content in CONTENTS]
ERRORS = st.sampled_from([None, ("network", '{"detail": "x", "cause": "reset", "host": "h"}'), ("quota", "{}")])


@st.composite
def files(draw: Any) -> FileRecord:
    state = draw(st.sampled_from([FileState.KEPT, FileState.READY, FileState.FAILED]))
    place = draw(st.integers(0, len(CONTENTS) - 1))
    is_failed = state is FileState.FAILED
    return FileRecord(
        draw(NAMES),
        draw(st.sampled_from(list(FileKind))).value,
        draw(WORDS),
        len(CONTENTS[place]),
        "" if is_failed else DIGESTS[place],
        state.value,
        draw(st.booleans()),
        draw(WORDS),
        draw(WORDS),
        draw(ERRORS) if is_failed else None,
    )


FILES = st.lists(files(), max_size=2).map(tuple)


@st.composite
def messages(draw: Any) -> list[MessageRecord]:
    found: list[MessageRecord] = []
    for number in range(1, draw(st.integers(0, 6)) + 1):
        parent = draw(st.none() | st.integers(1, number - 1)) if number > 1 else None
        found.append(
            MessageRecord(
                number,
                parent,
                draw(st.sampled_from(list(Role))).value,
                draw(st.sampled_from([Status.DONE, Status.STOPPED, Status.FAILED])).value,
                draw(TIMES),
                draw(TEXTS),
                draw(WORDS),
                draw(WORDS),
                draw(st.none() | st.builds(Usage, *[st.integers(0, 10**6)] * 4)),
                draw(ERRORS),
                draw(TEXTS),
                draw(SECONDS),
                draw(SECONDS),
                tuple(draw(st.lists(st.builds(Source, st.integers(0, 99), NAMES, WORDS), max_size=2))),
                draw(WORDS),
                draw(WORDS),
                None,
                draw(FILES),
            )
        )
    return found


@st.composite
def libraries(draw: Any) -> tuple[list[FolderRecord], list[tuple[ChatRecord, list[MessageRecord]]]]:
    folders = []
    for number in range(1, draw(st.integers(0, 3)) + 1):
        parent = draw(st.none() | st.integers(1, number - 1)) if number > 1 else None
        color = draw(st.sampled_from(list(FolderColor))).value
        position = draw(st.floats(-100, 100))
        folders.append(FolderRecord(number, f"{draw(WORDS)}{number}", parent, color, position, draw(TIMES)))
    chats = []
    for number in range(draw(st.integers(0, 4))):
        said = draw(messages())
        numbers = [message.number for message in said]
        edit = None
        if numbers and draw(st.booleans()):
            edit = EditRecord(draw(st.sampled_from(numbers)), draw(TEXTS), draw(FILES))
        record = ChatRecord(
            draw(NAMES),
            draw(st.sampled_from(["none", "first_words", "model", "user"])),
            draw(TIMES),
            draw(TIMES),
            f"session-{number}",
            draw(st.sampled_from(numbers)) if numbers else None,
            draw(WORDS),
            draw(WORDS),
            tuple(draw(st.lists(st.sampled_from([tool.value for tool in Tool]), unique=True, max_size=3))),
            draw(st.sampled_from(["", *(effort.value for effort in Effort)])),
            draw(st.booleans()),
            draw(st.sampled_from([folder.number for folder in folders])) if folders and draw(st.booleans()) else None,
            draw(st.none() | TIMES),
            draw(st.none() | TIMES),
            draw(TEXTS),
            draw(FILES),
            edit,
        )
        chats.append((record, said))
    return folders, chats


def fill(library: Library, folders: list[FolderRecord], chats: list[tuple[ChatRecord, list[MessageRecord]]]) -> None:
    """Write a library by hand, with other ids than those in the records."""
    table = library.store.imports
    for content in CONTENTS:
        library.shelf._keep(hashlib.sha256(content).hexdigest(), content)
    import_id = table.begin(NOW)
    places = table.add_folders(import_id, folders, None, NOW)
    with table.portion():
        for record, said in chats:
            folder_id = None if record.folder is None else places[record.folder]
            chat_id = table.writer.insert_chat(import_id, record, folder_id, record.session_id, "", NOW)
            ids: dict[int, int | None] = {}
            for message in said:
                ids[message.number] = table.writer.insert_message(chat_id, message, ids, set(DIGESTS))
            ways = [(message.parent, message.number) for message in said if message.parent is not None]
            table.writer.finish_chat(chat_id, record, ids, ways, set(DIGESTS))
    table.show(import_id)
    while table.reveal(import_id):
        pass


def contents(store: Store) -> tuple[Any, Any]:
    """Everything that is in a store, with numbers that mean the same in any store."""
    exports = store.exports
    folders = {folder.number: place for place, folder in enumerate(exports.folders(), start=1)}
    shown_folders = [
        (folders[each.number], each.name, folders.get(each.parent or 0), each.color, each.position, each.created_at)
        for each in exports.folders()
    ]
    chats = {}
    for chat_id in exports.chat_ids():
        record = exports.chat(chat_id)
        ids = exports.message_ids(chat_id)
        numbers = {message_id: place for place, message_id in enumerate(ids, start=1)}
        said = [
            [getattr(message, name) for name in message.__slots__ if name not in {"number", "parent", "shown_child"}]
            + [numbers[message.number], numbers.get(message.parent or 0), numbers.get(message.shown_child or 0)]
            for message in exports.messages(ids)
        ]
        others = [getattr(record, name) for name in record.__slots__ if name not in {"shown", "folder", "edit"}]
        edit = record.edit and (numbers[record.edit.message], record.edit.text, record.edit.files)
        chats[record.session_id] = [others, numbers.get(record.shown or 0), folders.get(record.folder or 0), edit, said]
    return shown_folders, chats


@pytest.mark.parametrize("ending", ["zip", "json"])
@given(library=libraries())
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_library_that_went_out_and_came_in_is_the_same(ending, library):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        first, second = Library(folder / "first"), Library(folder / "second")
        fill(first, *library)
        if ending == "json":  # its bytes are on the other machine already
            for content in CONTENTS:
                second.shelf._keep(hashlib.sha256(content).hexdigest(), content)
        first.export(folder / f"library.{ending}")
        reading = Reading(folder / f"library.{ending}", folder / "spool")
        assert set(reading.troubles) <= {"no_messages", "no_chats"}

        end = second.take(reading)

        assert end.error is None
        assert len(end.chat_ids) == len(first.store.exports.chat_ids())
        assert contents(second.store) == contents(first.store)
        for store in (first.store, second.store):
            assert store._database.rows("PRAGMA foreign_key_check") == []
            store.close()


def test_what_can_be_packed_a_thousand_times_smaller_comes_in_again(tmp_path):
    library = Library(tmp_path / "library")
    store, text = library.store, "0" * 2_000_000
    kept = library.shelf.take_in(b"a line of a log\n" * 200_000, "log.txt")
    chat_id = store.add_chat("s", NOW)
    state = FileState.KEPT
    store.add_file(ChatFile(FileId(0), chat_id, kept.name, kept.kind, kept.mime, kept.size_bytes, state, kept.digest))
    store.add_exchange(chat_id, text, NOW, first_title="")
    library.export(tmp_path / "a.gigadesk.zip")
    assert (tmp_path / "a.gigadesk.zip").stat().st_size < 20_000

    reading = Reading(tmp_path / "a.gigadesk.zip", tmp_path / "spool")
    other = Library(tmp_path / "other")
    [new] = other.take(reading).chat_ids

    assert reading.troubles == []
    question = other.store.branch(other.store.chat(new).leaf_id)[0]
    assert question.text == text
    assert [(file.state, file.digest) for file in question.files] == [(FileState.KEPT, kept.digest)]
    assert other.shelf.has(kept.digest)
    library.store.close()
    other.store.close()


@pytest.mark.parametrize("ending", ["gigadesk.zip", "json"])
@pytest.mark.parametrize("is_packed_well", [False, True])
def test_a_chat_that_is_longer_than_foreign_ones_may_be_comes_in_again(tmp_path, monkeypatch, ending, is_packed_well):
    monkeypatch.setattr(reading_module, "IMPORT_VALUE_MAX_CHARS", 100_000)
    monkeypatch.setattr(archives, "IMPORT_ARCHIVE_FREE_ENTRY_BYTES", 100_000)
    library, other = Library(tmp_path / "library"), Library(tmp_path / "other")
    dice = random.Random(7)
    texts = [("0" if is_packed_well else f"{dice.getrandbits(400):x}") * 600 for _ in range(30)]
    chat_id = library.store.add_chat("s", NOW)
    for text in texts:
        library.store.add_exchange(chat_id, text, NOW, first_title="")
    library.store.add_exchange(library.store.add_chat("t", NOW), "short", NOW, first_title="")
    library.export(tmp_path / f"a.{ending}")

    reading = Reading(tmp_path / f"a.{ending}", tmp_path / "spool")
    end = other.take(reading)

    assert reading.troubles == []
    assert contents(other.store) == contents(library.store)
    assert len(end.chat_ids) == 2
    library.store.close()
    other.store.close()


def test_an_answer_as_long_as_one_may_come_is_not_cut(tmp_path):
    library, other = Library(tmp_path / "library"), Library(tmp_path / "other")
    exchange = library.store.add_exchange(library.store.add_chat("s", NOW), "q", NOW, first_title="")
    reply = replace(exchange.reply, text="a" * ANSWER_MAX_BYTES, status=Status.DONE)
    library.store.finish_reply(reply, NOW, is_unread=False)
    library.export(tmp_path / "a.gigadesk.zip")

    reading = Reading(tmp_path / "a.gigadesk.zip", tmp_path / "spool")
    [chat_id] = other.take(reading).chat_ids

    assert reading.troubles == []
    assert len(other.store.branch(other.store.chat(chat_id).leaf_id)[-1].text) == ANSWER_MAX_BYTES
    library.store.close()
    other.store.close()
