"""Copies of chats and branches: everything comes along, nothing is seen before all is there."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gigadesk.chat import ChatFile, FileId, FileKind, FileState, Message, Role, Source, Status, Usage
from gigadesk.errors import AttachmentCause, AttachmentError, RateLimitError
from gigadesk.store import JournalKind, Store, TitleOrigin
from gigadesk.store import copying as copying_module


@pytest.fixture
def store():
    store = Store.in_memory()
    yield store
    store.close()


def copied(store: Store, chat, leaf=None, title="Copy"):
    copy = store.copies.begin(chat, leaf, title, "session", 99.0)
    while store.copies.go_on(copy):
        pass
    return copy.chat_id


def shown(store: Store, chat) -> tuple[Message, ...]:
    return store.branch(store.chat(chat).leaf_id)


def bare(message: Message) -> Message:
    """A message without the numbers that differ in a copy."""
    files = tuple(replace(file, id=FileId(0), chat_id=0, message_id=0) for file in message.files)
    return replace(message, id=0, chat_id=0, parent_id=0, files=files)


def finished(store: Store, reply: Message, text: str, **fields) -> None:
    store.finish_reply(replace(reply, text=text, status=Status.DONE, **fields), 5.0, is_unread=False)


def test_a_branch_comes_along_with_all_that_belongs_to_it(store):
    chat = store.add_chat("old", 1.0)
    store.set_title(chat, "Talk", TitleOrigin.USER)
    store.set_model(chat, "GigaChat-2-Max")
    store.add_file(ChatFile(FileId(0), chat, "a.png", FileKind.IMAGE, "image/png", 3, FileState.READY, "d", "remote"))
    first = store.add_exchange(chat, "one", 2.0, first_title="x")
    finished(
        store,
        first.reply,
        "answer",
        model="GigaChat-2",
        usage=Usage(1, 2, 3, 1),
        reasoning="because",
        reasoning_s=1.5,
        seconds=2.5,
        sources=(Source(1, "https://example.org", "Title"),),
        state_id="state",
        account="work",
    )
    second = store.add_exchange(chat, "two", 3.0, first_title="x")
    store.finish_reply(
        replace(second.reply, status=Status.FAILED, error=RateLimitError(3.0), text="half"), 6.0, is_unread=False
    )
    store.add_exchange(chat, "three", 4.0, first_title="x")

    copy = copied(store, chat, second.reply.id)

    assert [repr(bare(each)) for each in shown(store, copy)] == [repr(bare(each)) for each in shown(store, chat)[:4]]
    assert store.chat(copy).title == "Copy"
    assert store.chat(copy).model == "GigaChat-2-Max"
    assert store.chat(copy).session_id == "session"
    assert store.chats()[0].id == copy
    assert {message.chat_id for message in shown(store, copy)} == {copy}


def test_what_is_written_in_the_copy_leaves_the_original_alone(store):
    chat = store.add_chat("", 1.0)
    first = store.add_exchange(chat, "one", 2.0, first_title="x")
    copy = copied(store, chat)

    store.add_exchange(copy, "more", 3.0, first_title="x")
    store.delete_message(shown(store, copy)[0].id, 4.0)

    assert [message.id for message in shown(store, chat)] == [first.question.id, first.reply.id]
    assert shown(store, copy) == ()


def test_a_running_reply_is_copied_as_far_as_it_has_come(store):
    chat = store.add_chat("", 1.0)
    reply = store.add_exchange(chat, "one", 2.0, first_title="x").reply
    for piece in ("Hel", "lo"):
        store.append(reply.id, piece, is_barrier=False)
    store.append(reply.id, "hm", JournalKind.REASONING, is_barrier=False)

    copy = copied(store, chat)

    last = shown(store, copy)[-1]
    assert (last.text, last.reasoning, last.status) == ("Hello", "hm", Status.STOPPED)
    assert shown(store, chat)[-1].status is Status.QUEUED


@pytest.mark.parametrize(
    ("state", "expected"),
    [(FileState.UPLOADING, FileState.KEPT), (FileState.READING, FileState.FAILED), (FileState.LOADING,) * 2],
)
def test_a_file_that_is_being_worked_on_gets_a_state_of_its_own(store, state, expected):
    chat = store.add_chat("", 1.0)
    store.add_file(ChatFile(FileId(0), chat, "a.png", FileKind.IMAGE, "image/png", 3, state))
    store.add_exchange(chat, "one", 2.0, first_title="x")

    [file] = shown(store, copied(store, chat))[0].files

    assert file.state is expected
    if expected is FileState.FAILED:
        assert isinstance(file.error, AttachmentError)
        assert file.error.cause is AttachmentCause.LOST


def test_half_a_copy_is_not_seen_and_is_swept_at_the_next_start(tmp_path, monkeypatch):
    monkeypatch.setattr(copying_module, "PORTION", 2)
    store = Store.open(tmp_path / "chats.db")
    chat = store.add_chat("", 1.0)
    for text in "abc":
        store.add_exchange(chat, text, 2.0, first_title="x")
    copy = store.copies.begin(chat, None, "Copy", "", 9.0)
    assert store.copies.go_on(copy)
    assert [each.id for each in store.chats()] == [chat]
    assert store.is_deleted(copy.chat_id)
    store.close()

    store = Store.open(tmp_path / "chats.db")
    assert store.trash.doomed().chat_ids == [copy.chat_id]
    while store.trash.purge_chat(copy.chat_id):
        pass

    assert store._database.rows("SELECT count(*) FROM messages") == [(6,)]
    with pytest.raises(LookupError):
        store.copies.go_on(copy)
    store.close()


def test_a_broken_off_copy_of_a_very_long_chat_can_be_cleared_away(store):
    chat = store.add_chat("", 1.0)
    parent = None
    with store._saved():
        for _ in range(2500):
            parent = store._messages.insert(chat, parent, Role.USER, Status.DONE, 1.0, text="x")
        store._chats.set_leaf(chat, parent)
    copy = store.copies.begin(chat, parent, "Copy", "", 9.0)
    while copy.done < 2400:
        assert store.copies.go_on(copy)

    store.copies.give_up(copy)

    assert store._database.rows("SELECT count(*) FROM messages") == [(2500,)]
    assert len(shown(store, copied(store, chat, parent))) == 2500


steps = st.lists(
    st.tuples(st.sampled_from(["ask", "edit", "again", "show", "delete"]), st.integers(0, 30)), max_size=15
)


@settings(max_examples=60, deadline=None)
@given(steps, st.integers(1, 5))
def test_a_copy_of_the_tree_is_the_same_tree(plan, portion):
    store = Store.in_memory()
    chat = store.add_chat("", 1.0)
    store.add_exchange(chat, "first", 2.0, first_title="x")
    for step, number in plan:
        if store.chat(chat).leaf_id is None:
            break
        alive = store._messages.tree(chat)[0]
        message = store.message(alive[number % len(alive)])
        if step == "ask":
            store.add_exchange(chat, f"q{number}", 2.0, first_title="x")
        elif step == "edit" and message.role is Role.USER:
            store.begin_edit(message.id)
            store.add_exchange(chat, f"e{number}", 2.0, first_title="x")
        elif step == "again" and message.role is Role.ASSISTANT:
            store.add_reply(message.parent_id, 2.0, model="")
        elif step == "show":
            store.show_branch(message.id)
        elif step == "delete":
            store.delete_message(message.id, 3.0)
    other = store.add_chat("", 1.0)
    store.add_exchange(other, "in between", 2.0, first_title="x")
    size, copying_module.PORTION = copying_module.PORTION, portion
    try:
        copy = copied(store, chat)
    finally:
        copying_module.PORTION = size

    if store.chat(chat).leaf_id is None:
        assert shown(store, copy) == ()
        store.close()
        return

    def tree(chat_id):
        """Each way from the root down, by texts, and where each message was left."""
        ids, parents = store._messages.tree(chat_id)
        places = {each: place for place, each in enumerate(ids)}
        return [
            (store.message(each).text, places.get(parent), places[store.shown_leaf(each)])
            for each, parent in zip(ids, parents, strict=True)
        ]

    assert tree(copy) == tree(chat)
    assert [m.text for m in shown(store, copy)] == [m.text for m in shown(store, chat)]
    assert all(parent < each for each, parent in zip(*store._messages.tree(copy), strict=True))
    store.close()
