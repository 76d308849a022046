"""The trash as a list, and the deletion for ever: hidden at once, gone in portions, to be found in no file."""

from dataclasses import replace

import pytest

from gigadesk.chat import ChatFile, FileId, FileKind, FileState, Status, TrashEntry, TrashKind, TrashSize
from gigadesk.store import JournalKind, Store

SENTENCE = "Секретное предложение, которое нигде не должно остаться: canary-4711"


@pytest.fixture
def store():
    store = Store.in_memory()
    yield store
    store.close()


def chat_with(store: Store, *texts: str):
    chat = store.add_chat("s", 1.0)
    for text in texts:
        exchange = store.add_exchange(chat, text, 1.0, first_title=text[:40])
        store.finish_reply(replace(exchange.reply, text=f"Answer: {text}", status=Status.DONE), 1.0, is_unread=False)
    return chat


def branch(store: Store, chat):
    return [message.id for message in store.branch(store.chat(chat).leaf_id)]


def all_entries(store: Store, portion: int = 2) -> list[TrashEntry]:
    found: list[TrashEntry] = []
    while page := store.trash.entries(found[-1] if found else None, portion):
        found.extend(page)
    return found


def purge(store: Store) -> None:
    doomed = store.trash.doomed()
    for message_id in doomed.message_ids:
        while store.trash.purge_message(message_id):
            pass
    for chat_id in doomed.chat_ids:
        while store.trash.purge_chat(chat_id):
            pass


def count(store: Store, table: str) -> int:
    return store._database.rows(f"SELECT count(*) FROM {table}")[0][0]  # noqa: S608


@pytest.mark.parametrize("portion", [1, 2, 3, 100])
def test_the_list_has_what_was_deleted_by_itself_the_last_first(store, portion):
    outer = store.folders.add("outer", None, 1.0)
    alone, along, home = (chat_with(store, text) for text in ("alone", "along", "home"))
    store.places.move([along], outer)
    [question, _] = branch(store, home)
    store.delete_message(question, 5.0)
    store.places.delete([alone], 7.0)
    store.folders.delete(outer, 7.0)

    assert [(entry.kind, entry.title, entry.chat_title) for entry in all_entries(store, portion)] == [
        (TrashKind.FOLDER, "outer", ""),
        (TrashKind.CHAT, "alone", ""),
        (TrashKind.MESSAGE, "home", "home"),
    ]
    assert store.trash.size(all_entries(store)) == TrashSize(chats=2, folders=1, messages=2)


def test_messages_of_a_chat_in_the_trash_and_unfinished_copies_are_not_listed(store):
    chat = chat_with(store, "first", "second")
    store.delete_message(branch(store, chat)[-1], 5.0)
    store.places.delete([chat], 6.0)
    store.copies.begin(chat_with(store, "other"), None, "copy", "s", 7.0)

    assert [entry.kind for entry in all_entries(store)] == [TrashKind.CHAT]


def test_what_is_doomed_is_seen_nowhere_and_cannot_come_back(store):
    folder = store.folders.add("folder", None, 1.0)
    alone, along, home = (chat_with(store, text) for text in ("alone", "along", "home"))
    store.places.move([along], folder)
    [question, answer] = branch(store, home)
    store.delete_message(answer, 4.0)
    store.delete_message(question, 5.0)
    store.places.delete([alone], 6.0)
    store.folders.delete(folder, 7.0)

    store.trash.doom(store.trash.entries(None, 9)[:3])

    assert all_entries(store) == []
    assert store.places.restore([alone, along]) == ()
    assert not store.folders.is_in_trash(folder)
    assert not store.is_message_in_trash(question)
    assert not store.is_message_in_trash(answer)
    purge(store)
    assert [count(store, table) for table in ("chats", "folders", "messages")] == [1, 0, 0]


def test_a_folder_that_was_deleted_before_its_parent_stays_in_the_trash(store):
    outer = store.folders.add("outer", None, 1.0)
    inner = store.folders.add("inner", outer, 1.0)
    chat = chat_with(store, "inside")
    store.places.move([chat], inner)
    store.folders.delete(inner, 2.0)
    store.folders.delete(outer, 3.0)

    store.trash.doom(store.trash.entries(None, 1))
    purge(store)

    assert [entry.title for entry in all_entries(store)] == ["inner"]
    assert store.folders.restore(inner) == (chat,)
    assert [(folder.name, folder.parent_id) for folder in store.folders.all()] == [("inner", None)]


def test_live_chats_and_live_messages_cannot_be_doomed(store):
    chat = chat_with(store, "here")
    [question, _] = branch(store, chat)
    folder = store.folders.add("folder", None, 1.0)
    forged = [
        TrashEntry(TrashKind.CHAT, chat, "", 1.0),
        TrashEntry(TrashKind.MESSAGE, question, "", 1.0),
        TrashEntry(TrashKind.FOLDER, folder, "", 1.0),
    ]

    store.trash.doom(forged)
    purge(store)

    assert [message.text for message in store.branch(store.chat(chat).leaf_id)] == ["here", "Answer: here"]
    assert len(store.folders.all()) == 1


def test_a_chain_of_three_thousand_messages_can_be_deleted(store):
    chat = store.add_chat("s", 1.0)
    with store._database.transaction(is_barrier=False):
        parent = None
        for _ in range(3000):
            parent = store._database.execute(
                "INSERT INTO messages (chat_id, parent_id, role, status, created_at, model, text)"
                " VALUES (?, ?, 'user', 'done', 1, '', 'x')",
                (chat, parent),
            )
        store._database.execute("UPDATE chats SET leaf_id = ? WHERE id = ?", (parent, chat))
    root = branch(store, chat)[0]
    store.delete_message(root, 2.0)

    store.trash.doom(store.trash.entries(None, 1))
    purge(store)

    assert count(store, "messages") == 0
    assert store.chat(chat).leaf_id is None


def test_an_edit_of_a_purged_question_leaves_no_file_behind(store):
    chat = chat_with(store, "a", "b")
    second = branch(store, chat)[2]
    store.begin_edit(second)
    store.add_file(ChatFile(FileId(0), chat, "a.txt", FileKind.TEXT, "text/plain", 1, FileState.READY, "digest"))
    store.delete_message(second, 2.0)

    store.trash.doom(store.trash.entries(None, 1))
    purge(store)

    assert store.digests() == frozenset()


def test_what_a_crash_left_half_deleted_is_found_again(tmp_path):
    path = tmp_path / "chats.db"
    store = Store.open(path)
    chat = chat_with(store, *(f"question {number}" for number in range(100)))
    store.places.delete([chat], 2.0)
    store.trash.doom(store.trash.entries(None, 1))
    assert store.trash.purge_chat(chat)
    store._database.give_up()

    again = Store.open(path)
    assert all_entries(again) == []
    purge(again)
    assert count(again, "messages") == count(again, "chats") == 0
    again.close()


def test_nothing_of_the_text_stays_in_any_file(tmp_path):
    store = Store.open(tmp_path / "chats.db")
    keep = chat_with(store, *(f"to be kept {number}" for number in range(50)))
    chat = chat_with(store, SENTENCE, "more", SENTENCE * 200)
    folder = store.folders.add(SENTENCE[:90], None, 1.0)
    store.places.move([chat], folder)
    store.set_draft(chat, SENTENCE)
    running = store.add_exchange(keep, SENTENCE, 3.0, first_title="x")
    store.append(running.reply.id, SENTENCE, JournalKind.TEXT, is_barrier=True)
    store.finish_reply(replace(running.reply, text=SENTENCE, status=Status.DONE), 3.0, is_unread=False)
    needle = SENTENCE[:60].encode()
    while store.search.step(1.0):
        pass
    assert found_in(tmp_path, needle)

    store.delete_message(running.question.id, 4.0)
    store.folders.delete(folder, 5.0)
    store.trash.doom(store.trash.entries(None, 9))
    purge(store)
    while not store.search.purge(1.0):
        pass
    assert store.trash.fold()

    assert found_in(tmp_path, needle) == []
    assert found_in(tmp_path, b"to be kept 7")
    store.close()
    assert found_in(tmp_path, needle) == []


def found_in(folder, needle: bytes) -> list[str]:
    return [path.name for path in sorted(folder.rglob("*")) if path.is_file() and needle in path.read_bytes()]
