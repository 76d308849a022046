"""Messages in the trash, versions and where they were left, and the edit beside the draft."""

from dataclasses import replace

import pytest

from gigadesk.chat import ChatFile, FileId, FileKind, FileState
from gigadesk.errors import AttachmentCause, AttachmentError
from gigadesk.store import Store


@pytest.fixture
def store():
    store = Store.in_memory()
    yield store
    store.close()


class Talk:
    """A chat with exchanges named by their questions."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.chat = store.add_chat("", 1.0)

    def ask(self, text: str):
        return self.store.add_exchange(self.chat, text, 2.0, first_title="x")

    def edit(self, message_id, text):
        self.store.begin_edit(message_id)
        return self.ask(text)

    @property
    def shown(self) -> list[str]:
        branch = self.store.branch(self.store.chat(self.chat).leaf_id)
        return [message.text for message in branch if message.role == "user"]

    @property
    def versions(self):
        return self.store.outline(self.chat, self.store.chat(self.chat).leaf_id).versions


@pytest.fixture
def talk(store):
    return Talk(store)


def attached(talk: Talk, name: str, **fields) -> ChatFile:
    file = ChatFile(FileId(0), talk.chat, name, FileKind.IMAGE, "image/png", 1, FileState.KEPT, "digest")
    return talk.store.add_file(replace(file, **fields))


def test_what_hangs_below_goes_along_and_the_branch_ends_above(store, talk):
    first, second = talk.ask("a"), talk.ask("b")

    store.delete_message(second.question.id, 5.0)

    assert talk.shown == ["a"]
    assert store.chat(talk.chat).leaf_id == first.reply.id
    assert store.is_message_deleted(second.reply.id)
    assert store.message(second.reply.id).parent_id == second.question.id  # nothing is really gone


def test_the_first_message_of_a_chat_can_go(store, talk):
    first = talk.ask("a")

    store.delete_message(first.question.id, 5.0)
    assert (talk.shown, store.chat(talk.chat).leaf_id) == ([], None)
    assert store.blank_chat() is None  # something was said in it

    again = talk.ask("b")
    assert again.question.parent_id is None
    assert store.siblings(again.question.id) == (again.question.id,)


@pytest.mark.parametrize(("deleted", "shown"), [(0, "b"), (1, "a"), (2, "b")], ids=["first", "middle", "last"])
def test_another_version_takes_the_place(store, talk, deleted, shown):
    versions = [talk.ask("a").question]
    versions += [talk.edit(versions[0].id, text).question for text in ("b", "c")]
    store.show_branch(versions[deleted].id)

    store.delete_message(versions[deleted].id, 5.0)

    assert talk.shown == [shown]
    assert versions[deleted].id not in store.siblings(versions[deleted - 1].id)
    assert len(talk.versions) == 2


def test_a_version_that_is_not_shown_goes_unnoticed(store, talk):
    first = talk.ask("a").question
    second = talk.edit(first.id, "b").question

    store.delete_message(first.id, 5.0)

    assert talk.shown == ["b"]
    assert talk.versions == {}
    store.restore_message(first.id)
    assert store.siblings(second.id) == (first.id, second.id)


def test_what_was_deleted_before_stays_deleted(store, talk):
    first, second, third = talk.ask("a"), talk.ask("b"), talk.ask("c")
    store.delete_message(third.question.id, 5.0)
    store.delete_message(second.question.id, 6.0)

    store.restore_message(second.question.id)

    assert talk.shown == ["a", "b"]
    store.restore_message(third.question.id)
    assert talk.shown == ["a", "b", "c"]
    assert first.question.id == store.branch(third.reply.id)[0].id


def test_what_is_above_comes_back_too(store, talk):
    talk.ask("a")
    second, third = talk.ask("b"), talk.ask("c")
    store.delete_message(third.question.id, 5.0)
    store.delete_message(second.question.id, 6.0)

    store.restore_message(third.question.id)

    assert talk.shown == ["a", "b", "c"]


def test_each_version_is_shown_where_it_was_left(store, talk):
    first = talk.ask("a")
    talk.ask("a1")
    other = store.add_reply(first.question.id, 3.0, model="")
    second = talk.edit(first.question.id, "b")
    talk.ask("b1")
    store.show_branch(first.question.id)
    assert store.chat(talk.chat).leaf_id == other.id

    store.show_branch(first.reply.id)
    assert talk.shown == ["a", "a1"]
    store.show_branch(second.question.id)
    assert talk.shown == ["b", "b1"]
    store.show_branch(first.question.id)
    assert talk.shown == ["a", "a1"]


def test_an_edit_stands_in_the_place_of_the_draft(store, talk):
    question = talk.ask("a").question
    store.set_draft(talk.chat, "draft")
    attached(talk, "draft.png")

    store.begin_edit(question.id)
    assert (store.draft(talk.chat), store.draft_files(talk.chat)) == ("a", ())
    store.set_draft(talk.chat, "a, but better")
    attached(talk, "edit.png")

    assert store.draft(talk.chat) == "a, but better"
    assert [file.name for file in store.draft_files(talk.chat)] == ["edit.png"]
    store.end_edit(talk.chat)
    assert (store.edited(talk.chat), store.draft(talk.chat)) == (None, "draft")
    assert [file.name for file in store.draft_files(talk.chat)] == ["draft.png"]
    assert store.message(question.id).text == "a"


def test_a_sent_edit_is_a_version_with_its_files_and_the_draft_comes_back(store, talk):
    attached(talk, "old.png", remote_id="r", state=FileState.READY)
    first = talk.ask("a").question
    store.set_draft(talk.chat, "draft")
    attached(talk, "draft.png")
    store.begin_edit(first.id)
    attached(talk, "new.png")

    second = talk.ask("b").question

    assert second.parent_id is None
    assert [file.name for file in second.files] == ["old.png", "new.png"]
    assert second.files[0].remote_id == "r"
    assert [file.name for file in store.message(first.id).files] == ["old.png"]
    assert (store.edited(talk.chat), store.draft(talk.chat)) == (None, "draft")
    assert [file.name for file in store.draft_files(talk.chat)] == ["draft.png"]
    assert (talk.shown, store.siblings(first.id)) == (["b"], (first.id, second.id))


def test_an_edit_of_a_deleted_question_sleeps(store, talk):
    question = talk.ask("a").question
    store.set_draft(talk.chat, "draft")
    store.begin_edit(question.id)
    store.set_draft(talk.chat, "half an edit")

    store.delete_message(question.id, 5.0)
    assert (store.edited(talk.chat), store.draft(talk.chat)) == (None, "draft")

    store.restore_message(question.id)
    assert (store.edited(talk.chat), store.draft(talk.chat)) == (question.id, "half an edit")


@pytest.mark.parametrize(
    ("state", "digest", "copied"),
    [
        (FileState.READY, "d", FileState.READY),
        (FileState.KEPT, "d", FileState.KEPT),
        (FileState.UPLOADING, "d", FileState.KEPT),
        (FileState.FAILED, "d", FileState.FAILED),
        (FileState.READING, "", FileState.FAILED),
    ],
)
def test_the_copy_of_a_file_is_in_a_state_that_nobody_works_on(store, talk, state, digest, copied):
    attached(talk, "a.png", state=state, digest=digest)
    question = talk.ask("a").question

    store.begin_edit(question.id)

    [copy] = store.draft_files(talk.chat)
    assert copy.state is copied
    if state is FileState.READING:
        assert isinstance(copy.error, AttachmentError)
        assert copy.error.cause is AttachmentCause.LOST


def test_an_edit_survives_a_crash(tmp_path):
    path = tmp_path / "chats.db"
    talk = Talk(Store.open(path))
    talk.store.begin_edit(talk.ask("a").question.id)
    talk.store.set_draft(talk.chat, "half an edit")
    # No `close`: as if the program had been killed.

    again = Store.open(path)

    assert again.edited(talk.chat) is not None
    assert again.draft(talk.chat) == "half an edit"
    again.close()
    talk.store.close()
