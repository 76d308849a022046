"""What was deleted for ever is in no file any more, not in a snapshot either; a single chat comes back from one."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from gigadesk.chat import ChatFile, ChatId, FileId, FileKind, FileState, MessageId, Role, Status, TrashKind
from gigadesk.errors import StorageCause, StorageError
from gigadesk.kept import SnapshotReason
from gigadesk.store import Store, TitleOrigin
from gigadesk.store.forgetting import scrub, scrub_all
from gigadesk.store.snapshot_reader import chats_in, content_of, digests_beside, digests_in, last_messages
from gigadesk.store.snapshots import Snapshots

NOON = 1_800_000_000.0


@pytest.fixture
def path(tmp_path):
    return tmp_path / "chats.db"


@pytest.fixture
def store(path):
    store = Store.open(path)
    yield store
    store.close()


def fill(store: Store, title: str, turns: int = 2) -> ChatId:
    chat_id = store.add_chat("s", NOON)
    store.set_title(chat_id, title, TitleOrigin.USER)
    for turn in range(turns):
        exchange = store.add_exchange(chat_id, f"{title} question {turn}", NOON + turn, first_title="")
        done = replace(exchange.reply, text=f"{title} answer {turn}", status=Status.DONE)
        store.finish_reply(done, NOON + turn, is_unread=False)
    return chat_id


def delete_for_ever(store: Store, chat_id: ChatId) -> None:
    database = store._database
    with database.transaction(is_barrier=True):
        for (message_id,) in database.rows("SELECT id FROM messages WHERE chat_id = ? ORDER BY id DESC", (chat_id,)):
            database.execute("DELETE FROM messages WHERE id = ?", (message_id,))
        database.execute("DELETE FROM chats WHERE id = ?", (chat_id,))


def test_what_is_deleted_for_ever_goes_from_a_snapshot(path, store):
    fill(store, "kept")
    gone = fill(store, "canarybird")  # this word is its own stem: the index has it in one piece
    while store.search.step(0.2):  # words of texts and, later, of titles
        pass
    snapshot = Snapshots(path).take(SnapshotReason.HAND, NOON)
    assert b"canary" in snapshot.path.read_bytes()

    delete_for_ever(store, gone)
    forgotten = store.forgotten.pending()
    scrub(snapshot.path, forgotten)
    store.forgotten.clear(forgotten)

    assert b"canary" not in snapshot.path.read_bytes()
    assert [chat.title for chat in chats_in(snapshot.path)] == ["kept"]
    assert store.forgotten.pending() is None
    with closing(sqlite3.connect(snapshot.path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_one_snapshot_that_refuses_does_not_keep_the_others(path, store):
    gone = fill(store, "canary")
    snapshots = [Snapshots(path).take(SnapshotReason.HAND, NOON + number) for number in range(3)]
    snapshots[1].path.write_bytes(b"no database" * 1000)
    empty = path.parent / "snapshots" / "20200101T000000Z-daily.db"
    sqlite3.connect(empty).close()
    delete_for_ever(store, gone)
    forgotten = store.forgotten.pending()

    [refusal] = scrub_all([empty, *(each.path for each in snapshots), path.parent / "gone.db"], forgotten)

    assert refusal.cause is StorageCause.DAMAGED
    assert refusal.path == str(snapshots[1].path)
    for each in (snapshots[0], snapshots[2]):
        assert b"canary" not in each.path.read_bytes()
    assert not (path.parent / "gone.db").exists()


def test_words_of_titles_go_when_the_index_is_begun_anew(path, store):
    for number in range(40):
        fill(store, f"kept{number}", turns=0)
    gone = fill(store, "canarybird", turns=0)
    while store.search.step(0.2):
        pass
    delete_for_ever(store, gone)
    with store._database.transaction(is_barrier=True):
        store._database.execute("UPDATE search_state SET fingerprint = 7")  # as a version with other rules would

    assert store.search.step(0.2)
    store._database.fold_log()

    assert b"canarybird" not in path.read_bytes()


def test_a_single_message_goes_from_a_snapshot(path, store):
    chat_id = fill(store, "kept")
    last = store.branch(store.chat(chat_id).leaf_id)[-1]
    snapshot = Snapshots(path).take(SnapshotReason.HAND, NOON)
    with store._database.transaction(is_barrier=True):
        store._database.execute("DELETE FROM messages WHERE id = ?", (last.id,))

    scrub(snapshot.path, store.forgotten.pending())

    assert last.text.encode() not in snapshot.path.read_bytes()
    assert [message.text for message in last_messages(snapshot.path, chat_id)][-1] == "kept question 1"


def test_another_chat_with_the_same_number_stays(path, store):
    """A restored database gives numbers again that a newer snapshot knows already."""
    chat_id = fill(store, "mine")
    snapshot = Snapshots(path).take(SnapshotReason.HAND, NOON)
    with store._database.transaction(is_barrier=True):
        store._database.execute("UPDATE chats SET created_at = 5 WHERE id = ?", (chat_id,))
        store._database.execute("UPDATE messages SET created_at = created_at + 5")
    delete_for_ever(store, chat_id)

    scrub(snapshot.path, store.forgotten.pending())

    assert [chat.title for chat in chats_in(snapshot.path)] == ["mine"]
    assert len(last_messages(snapshot.path, chat_id)) == 4


def test_a_very_long_chat_goes_too(path, store):
    chat_id = fill(store, "long", turns=700)
    snapshot = Snapshots(path).take(SnapshotReason.HAND, NOON)
    delete_for_ever(store, chat_id)

    scrub(snapshot.path, store.forgotten.pending())

    assert b"long" not in snapshot.path.read_bytes()


def test_a_snapshot_is_looked_into_without_changing_it(path, store):
    chat_id = fill(store, "eins")
    deleted = fill(store, "zwei")
    store.places.delete([deleted], NOON)
    snapshot = Snapshots(path).take(SnapshotReason.HAND, NOON)
    before = snapshot.path.read_bytes()

    assert content_of(snapshot.path).chats == 1
    assert content_of(snapshot.path).messages == 8
    assert [(chat.chat_id, chat.title, chat.messages) for chat in chats_in(snapshot.path)] == [(chat_id, "eins", 4)]
    assert [message.role for message in last_messages(snapshot.path, chat_id)] == [Role.USER, Role.ASSISTANT] * 2

    assert snapshot.path.read_bytes() == before
    assert [each.name for each in snapshot.path.parent.iterdir()] == [snapshot.path.name]


@pytest.mark.parametrize("read", [content_of, chats_in, lambda path: last_messages(path, 1)])
def test_a_snapshot_that_was_removed_meanwhile_is_not_begun_anew(path, store, read):
    fill(store, "kept")
    snapshot = Snapshots(path).take(SnapshotReason.HAND, NOON)
    Snapshots(path).remove(snapshot)

    with pytest.raises(StorageError) as caught:
        read(snapshot.path)

    assert caught.value.cause is StorageCause.UNKNOWN
    assert Snapshots(path).all() == []


def test_one_that_is_removed_while_it_is_scrubbed_is_not_begun_anew(path, store, monkeypatch):
    gone = fill(store, "canary")
    snapshot = Snapshots(path).take(SnapshotReason.HAND, NOON)
    delete_for_ever(store, gone)
    Snapshots(path).remove(snapshot)
    monkeypatch.setattr(Path, "exists", lambda _path: True)

    with pytest.raises(StorageError):
        scrub(snapshot.path, store.forgotten.pending())

    assert Snapshots(path).all() == []


def test_files_that_a_snapshot_names_are_known(path, store):
    chat_id = fill(store, "eins")
    leaf = store.chat(chat_id).leaf_id
    file = store.add_file(
        ChatFile(FileId(0), chat_id, "n", FileKind.IMAGE, "m", 1, FileState.KEPT, "ab", message_id=leaf)
    )
    Snapshots(path).take(SnapshotReason.HAND, NOON)
    store.delete_file(file.id)

    assert store.digests() == frozenset()
    assert digests_in(Snapshots(path)) == digests_beside(path) == {"ab"}


def test_one_chat_comes_back_beside_the_others(path, store):
    chat_id = fill(store, "eins", turns=150)
    leaf = store.chat(chat_id).leaf_id
    question = store.branch(leaf)[-2]
    store.add_reply(question.id, NOON, model="other")
    store.show_branch(leaf)
    store.add_file(ChatFile(FileId(0), chat_id, "n", FileKind.IMAGE, "m", 1, FileState.KEPT, "ab", message_id=leaf))
    snapshot = Snapshots(path).take(SnapshotReason.HAND, NOON)
    before = store.branch(leaf)
    delete_for_ever(store, chat_id)
    other = fill(store, "zwei")

    work = store.restorer.begin(snapshot.path, chat_id, NOON + 100)
    seen = []
    while work.go_on():
        seen.append([chat.id for chat in store.chats()])

    assert all(ids == [other] for ids in seen)
    assert seen
    back = store.chat(work.chat_id)
    after = store.branch(back.leaf_id)
    assert back.title == "eins"
    assert [(each.role, each.text) for each in after] == [(each.role, each.text) for each in before]
    assert len(store.siblings(after[-1].id)) == 2
    assert [file.digest for file in after[-1].files] == ["ab"]
    assert store.branch(store.chat(other).leaf_id)[0].text == "zwei question 0"


def test_what_comes_back_of_a_chat_has_a_trash_of_its_own_and_its_draft(path, store):
    chat_id = fill(store, "eins", turns=3)
    turns = store.branch(store.chat(chat_id).leaf_id)
    store.set_draft(chat_id, "not sent yet")
    doomed, trashed = turns[4], turns[2]
    store.delete_message(doomed.id, NOON + 1)
    store.trash.doom([each for each in store.trash.entries(None, 9) if each.id == doomed.id])
    store.delete_message(trashed.id, NOON + 2)
    snapshot = Snapshots(path).take(SnapshotReason.HAND, NOON)

    work = store.restorer.begin(snapshot.path, chat_id, NOON + 100)
    while work.go_on():
        pass

    back = store.chat(work.chat_id)
    assert [each.text for each in store.branch(back.leaf_id)] == ["eins question 0", "eins answer 0"]
    assert store.draft(back.id) == "not sent yet"
    texts = "SELECT text FROM messages WHERE chat_id = ? ORDER BY id"
    assert store._database.rows(texts, (back.id,)) == [(each.text,) for each in turns[:4]]
    # Deleting the old one for ever leaves the new one in the trash, from where it can come back.
    while store.trash.purge_message(trashed.id):
        pass
    [entry] = [each for each in store.trash.entries(None, 9) if each.kind is TrashKind.MESSAGE]
    store.restore_message(MessageId(entry.id))
    assert [each.text for each in store.branch(store.chat(back.id).leaf_id)] == [each.text for each in turns[:4]]


def test_a_chat_comes_back_although_a_bit_of_its_text_was_flipped(path, store):
    chat_id = fill(store, "eins", turns=1)
    snapshot = Snapshots(path).take(SnapshotReason.HAND, NOON)
    content = snapshot.path.read_bytes()
    snapshot.path.write_bytes(content.replace(b"eins answer 0", b"eins \xffnswer 0"))

    work = store.restorer.begin(snapshot.path, chat_id, NOON)

    assert not work.go_on()
    assert store.branch(store.chat(work.chat_id).leaf_id)[-1].text == "eins \ufffdnswer 0"


def test_a_chat_that_came_back_half_is_swept(path, store):
    chat_id = fill(store, "eins", turns=150)
    snapshot = Snapshots(path).take(SnapshotReason.HAND, NOON)
    work = store.restorer.begin(snapshot.path, chat_id, NOON)
    assert work.go_on()

    again = Store.open(path)  # as the next start does

    assert [chat.id for chat in again.chats()] == [chat_id]
    assert work.chat_id in again.trash.doomed().chat_ids
    again.close()
