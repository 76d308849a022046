"""Files of drafts and messages in the store."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from gigadesk.chat import ChatFile, ChatId, FileId, FileKind, FileState, MessageId, Source, Status
from gigadesk.errors import AttachmentCause, AttachmentError, RequestRejectedError
from gigadesk.store import Store


def a_file(chat_id: ChatId, name: str = "отчёт.pdf", message_id: MessageId | None = None, **given: object) -> ChatFile:
    file = ChatFile(FileId(0), chat_id, name, FileKind.TEXT, "application/pdf", 7, FileState.KEPT, "d" * 64)
    return replace(file, message_id=message_id, **given)


@pytest.fixture
def store():
    with closing(Store.in_memory()) as opened:
        yield opened


def test_a_file_comes_back_with_everything(store):
    chat_id = store.add_chat("s", 1)
    error = RequestRejectedError("no", status=400)
    added = store.add_file(a_file(chat_id, is_generated=True, remote_id="r", remote_account="a", error=error))

    read = store.file(added.id)

    assert replace(read, error=None) == replace(added, error=None)
    assert (type(read.error), vars(read.error)) == (RequestRejectedError, vars(error))
    assert (read.remote_id, read.remote_account, read.is_generated, read.kind) == ("r", "a", True, FileKind.TEXT)


def test_a_message_takes_the_files_of_its_draft(store):
    chat_id, other = store.add_chat("s", 1), store.add_chat("s", 1)
    files = [store.add_file(a_file(chat_id, name)) for name in ("one.pdf", "two.pdf")]
    store.add_file(a_file(other))

    exchange = store.add_exchange(chat_id, "x", 2, first_title="x")

    assert [file.id for file in exchange.question.files] == [file.id for file in files]
    assert exchange.reply.files == ()
    assert store.draft_files(chat_id) == ()
    assert len(store.draft_files(other)) == 1
    made = store.add_file(a_file(chat_id, "image.jpg", exchange.reply.id))
    assert [message.files for message in store.branch(exchange.reply.id)] == [exchange.question.files, (made,)]


def test_what_becomes_of_a_file_does_not_change_whose_it_is(store):
    chat_id = store.add_chat("s", 1)
    draft = store.add_file(a_file(chat_id))
    question = store.add_exchange(chat_id, "x", 2, first_title="x").question

    store.update_file(replace(draft, state=FileState.READY, remote_id="r"))

    [file] = store.message(question.id).files
    assert (file.message_id, file.state, file.remote_id) == (question.id, FileState.READY, "r")


def test_a_removed_file_is_not_written_again(store):
    file = store.add_file(a_file(store.add_chat("s", 1)))
    store.delete_file(file.id)

    store.update_file(file)

    assert store.draft_files(file.chat_id) == ()
    with pytest.raises(LookupError):
        store.file(file.id)


def test_digests_in_use_are_those_of_drafts_messages_and_the_trash(store):
    draft, sent, trash = (store.add_chat("s", 1) for _ in range(3))
    for chat_id, letter in ((draft, "a"), (sent, "b"), (sent, "b"), (trash, "c")):
        store.add_file(a_file(chat_id, digest=letter * 64))
    store.add_file(a_file(draft, digest=""))
    store.add_exchange(sent, "x", 2, first_title="x")
    store.places.delete([trash], 3)

    assert store.digests() == {"a" * 64, "b" * 64, "c" * 64}


def test_files_under_way_are_those_of_chats_that_are_there(store):
    here, trash = store.add_chat("s", 1), store.add_chat("s", 1)
    loading = [store.add_file(a_file(chat_id, state=FileState.LOADING)) for chat_id in (here, trash)]
    store.places.delete([trash], 2)

    assert store.files_in_state(FileState.LOADING) == (loading[0],)


def test_what_a_crash_broke_off_is_told_or_begun_anew(tmp_path: Path):
    with closing(Store.open(tmp_path / "chats.db")) as store:
        chat_id, trash = store.add_chat("s", 1), store.add_chat("s", 1)
        for state in FileState:
            store.add_file(a_file(chat_id, f"{state}.pdf", state=state))
        store.add_file(a_file(trash, state=FileState.READING))
        store.places.delete([trash], 2)

    with closing(Store.open(tmp_path / "chats.db")) as store:
        files = {file.name.removesuffix(".pdf"): file for file in store.draft_files(chat_id)}
        assert {name: file.state.value for name, file in files.items()} == {
            "reading": "failed",
            "kept": "kept",
            "uploading": "kept",
            "loading": "loading",
            "ready": "ready",
            "failed": "failed",
        }
        error = files["reading"].error
        assert isinstance(error, AttachmentError)
        assert (error.cause, error.name) == (AttachmentCause.LOST, "reading.pdf")
        store.places.restore([trash])
        assert store.draft_files(trash)[0].state is FileState.FAILED


def test_a_chat_with_a_file_is_not_blank(store):
    chat_id = store.add_chat("s", 1)
    assert store.blank_chat() == chat_id

    store.add_file(a_file(chat_id))

    assert store.blank_chat() is None


def test_sources_keep_their_lines(store):
    reply = store.add_exchange(store.add_chat("s", 1), "x", 2, first_title="x").reply
    sources = (Source(1, "https://a.example/?q=1&b", "Заголовок"), Source(12, "https://b.example"))

    store.set_sources(reply.id, sources)
    assert store.message(reply.id).sources == sources

    ended = replace(reply, sources=(Source(3, "a\tb\nc", "t\tt"),), status=Status.DONE)
    store.finish_reply(ended, 3, is_unread=False)
    assert store.message(reply.id).sources == (Source(3, "a b c", "t t"),)


def test_what_a_later_version_knows_does_not_stop_this_one(store):
    chat_id = store.add_chat("s", 1)
    file = store.add_file(a_file(chat_id))
    with store._database.transaction(is_barrier=False):
        store._database.execute("UPDATE chats SET tools = 'teleport web_search', effort = 'utmost'")
        store._database.execute("UPDATE files SET kind = 'hologram'")

    assert [tool.value for tool in store.chat(chat_id).tools] == ["web_search"]
    assert store.chat(chat_id).effort is None
    assert store.file(file.id).kind is FileKind.OTHER
