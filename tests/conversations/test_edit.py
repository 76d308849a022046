"""Writing a question anew: another version of it, the draft kept, whatever happens meanwhile."""

from gigadesk.chat import Role, Status
from gigadesk.facts import BranchChanged, DraftFilesChanged, EditChanged, MessageAdded, MessageEnded, SavingFailed
from gigadesk.store import Store
from tests.conversations_support import PICTURE_PNG, Desk, play


def test_a_sent_edit_is_another_version_with_an_answer_of_its_own():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            first = await desk.exchange(chat_id, "a", "one")
            await desk.exchange(chat_id, "later", "two")
            desk.conversations.edits.begin(first.parent_id)
            desk.events.clear()

            call = await desk.ask(chat_id, "b")
            assert call.texts == ["b"]
            call.answer("three")
            await desk.until(lambda: desk.of(MessageEnded))

            assert desk.texts(chat_id) == ["b", "three"]
            assert desk.kinds()[:2] == [BranchChanged, EditChanged]
            assert desk.of(MessageAdded) == []
            question = desk.conversations.messages(chat_id)[0]
            assert desk.conversations.siblings(question.id) == (first.parent_id, question.id)
            desk.conversations.show_branch(first.parent_id)
            assert desk.texts(chat_id) == ["a", "one", "later", "two"]

    play(story)


def test_the_draft_is_not_touched_and_comes_back():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            first = await desk.exchange(chat_id, "a", "one")
            desk.conversations.save_draft(chat_id, "half a thought")

            desk.conversations.edits.begin(first.parent_id)
            assert desk.conversations.draft(chat_id) == "a"
            desk.conversations.save_draft(chat_id, "a, said better")
            assert desk.conversations.draft(chat_id) == "a, said better"

            desk.conversations.edits.give_up(chat_id)
            assert desk.of(EditChanged) == [EditChanged(chat_id)] * 2
            assert (desk.conversations.draft(chat_id), desk.conversations.edited(chat_id)) == ("half a thought", None)
            assert desk.texts(chat_id) == ["a", "one"]

    play(story)


def test_only_a_live_question_can_be_edited():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            first = await desk.exchange(chat_id, "a", "one")

            desk.conversations.edits.begin(first.id)
            desk.conversations.delete_message(first.parent_id)
            desk.conversations.edits.begin(first.parent_id)
            desk.conversations.edits.give_up(chat_id)

            assert desk.conversations.edited(chat_id) is None
            assert desk.of(EditChanged) == []

    play(story)


def test_an_edit_that_is_sent_while_an_answer_is_written_waits_behind_it():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            first = await desk.exchange(chat_id, "a", "one")
            running = await desk.ask(chat_id, "more")
            desk.conversations.edits.begin(first.parent_id)

            assert desk.conversations.send(chat_id, "b")
            await desk.idle()
            assert desk.last(chat_id).status is Status.QUEUED
            assert len(desk.service.calls) == 2
            running.answer("two")
            (await desk.call(2)).answer("three")
            await desk.until(lambda: len(desk.of(MessageEnded)) == 3)

            assert desk.service.calls[2].texts == ["b"]
            assert desk.texts(chat_id) == ["b", "three"]
            desk.conversations.show_branch(first.parent_id)
            assert desk.texts(chat_id) == ["a", "one", "more", "two"]

    play(story)


def test_files_of_the_question_are_kept_and_can_be_replaced():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            desk.conversations.files.attach(chat_id, b"one", "one.txt")
            await desk.idle()
            first = await desk.exchange(chat_id, "a", "one")
            uploads = len(desk.service.uploads)

            desk.conversations.edits.begin(first.parent_id)
            (await desk.ask(chat_id, "b")).answer("two")
            await desk.until(lambda: len(desk.of(MessageEnded)) == 2)
            kept = desk.conversations.messages(chat_id)[0]
            assert [file.name for file in kept.files] == ["one.txt"]
            assert len(desk.service.uploads) == uploads, "the service has it already"

            desk.conversations.edits.begin(kept.id)
            desk.conversations.files.detach(desk.conversations.draft_files(chat_id)[0].id)
            desk.conversations.files.attach(chat_id, b"three", "three.txt")
            await desk.idle()
            await desk.ask(chat_id, "c")

            assert [file.name for file in desk.conversations.messages(chat_id)[0].files] == ["three.txt"]
            for older in (first.parent_id, kept.id):
                assert [file.name for file in desk.conversations.message(older).files] == ["one.txt"]
            assert desk.conversations.draft_files(chat_id) == ()
            assert desk.of(DraftFilesChanged)

    play(story)


def test_files_of_a_given_up_edit_are_given_up_with_it():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            first = await desk.exchange(chat_id, "a", "one")
            desk.service.holds_transfers = True
            desk.conversations.edits.begin(first.parent_id)
            desk.conversations.files.attach(chat_id, PICTURE_PNG, "one.png")
            await desk.until(lambda: desk.service.uploads)
            await desk.idle()

            desk.conversations.edits.give_up(chat_id)
            await desk.until(lambda: not desk.service.uploads[0].is_open)

            assert desk.conversations.draft_files(chat_id) == ()

    play(story)


def test_a_disk_that_refuses_changes_nothing():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            first = await desk.exchange(chat_id, "a", "one")
            desk.conversations.save_draft(chat_id, "draft")
            with desk.refusing():
                desk.conversations.edits.begin(first.parent_id)
            assert desk.of(EditChanged) == []
            assert len(desk.of(SavingFailed)) == 1
            assert desk.conversations.draft(chat_id) == "draft"

            desk.conversations.edits.begin(first.parent_id)
            with desk.refusing():
                assert not desk.conversations.send(chat_id, "b")
            assert desk.conversations.draft(chat_id) == "b"
            assert desk.conversations.edited(chat_id) == first.parent_id
            assert desk.texts(chat_id) == ["a", "one"]

    play(story)


def test_what_the_disk_had_refused_of_the_draft_does_not_become_the_edits():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            first = await desk.exchange(chat_id, "a", "one")
            with desk.refusing():
                desk.conversations.save_draft(chat_id, "typed on a full disk")
            desk.conversations.edits.begin(first.parent_id)

            assert desk.conversations.draft(chat_id) == "a"
            desk.conversations.edits.give_up(chat_id)
            assert desk.conversations.draft(chat_id) == "typed on a full disk"

    play(story)


def test_edit_and_draft_are_both_there_after_the_program_was_killed(tmp_path):
    path = tmp_path / "chats.db"

    async def story() -> None:
        async with Desk(Store.open(path)) as desk:
            chat_id = desk.new_chat()
            first = await desk.exchange(chat_id, "a", "one")
            desk.conversations.save_draft(chat_id, "draft")
            desk.conversations.edits.begin(first.parent_id)
            desk.conversations.save_draft(chat_id, "half an edit")
            # Another process would see this: nothing waits in memory.
            seen = Store.open(path)
            assert (seen.draft(chat_id), seen.edited(chat_id)) == ("half an edit", first.parent_id)
            seen.end_edit(chat_id)
            assert seen.draft(chat_id) == "draft"
            seen.close()

    play(story)


def test_a_question_is_first_in_the_branch_of_its_edit():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            await desk.exchange(chat_id, "a", "one")
            second = await desk.exchange(chat_id, "b", "two")

            desk.conversations.edits.begin(second.parent_id)
            call = await desk.ask(chat_id, "b, better")

            assert call.texts == ["a", "one", "b, better"]
            assert [message.role for message in desk.conversations.messages(chat_id)] == [Role.USER, Role.ASSISTANT] * 2

    play(story)
