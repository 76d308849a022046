"""Questions that wait in a chat: asked in their order, edited, moved, taken back; never lost."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gigadesk.chat import ChatFile, ChatId, FileId, FileKind, FileState, Status, WaitState
from gigadesk.errors import AnswerInterruptedError, NetworkError, RateLimitError
from gigadesk.facts import MessageEnded, QuestionsLeft, SavingFailed
from gigadesk.store import Store
from tests.conversations_support import Desk, play


async def begun(desk: Desk, *waiting: str) -> ChatId:
    """A chat in which a question is being answered while others wait."""
    chat_id = desk.new_chat()
    await desk.ask(chat_id, "first")
    for text in waiting:
        assert desk.conversations.send(chat_id, text)
    return chat_id


async def taken_in(desk: Desk, chat_id: ChatId) -> None:
    """The files of the draft are there, and the service has them."""
    await desk.until(lambda: all(file.state is FileState.READY for file in desk.conversations.draft_files(chat_id)))


def line(desk: Desk, chat_id: ChatId) -> list[str]:
    return [desk.conversations.message(each.question_id).text for each in desk.conversations.waiting.of_chat(chat_id)]


def states(desk: Desk, chat_id: ChatId) -> list[WaitState]:
    return [each.state for each in desk.conversations.waiting.of_chat(chat_id)]


def question(desk: Desk, chat_id: ChatId, text: str):
    return next(each.id for each in desk.conversations.messages(chat_id) if each.text == text)


async def asked(desk: Desk, number: int) -> list[str]:
    """What has been asked, when everything that waits was answered."""
    for each in range(number):
        call = await desk.call(each)
        if call.is_open:
            call.answer("a")
    await desk.idle()
    return [call.texts[-1] for call in desk.service.calls]


def test_they_are_asked_in_their_order_each_with_the_answers_before_it():
    async def story():
        async with Desk() as desk:
            chat_id = await begun(desk, "b", "c")

            assert line(desk, chat_id) == ["b", "c"]
            assert [(each.place, each.count) for each in desk.conversations.waiting.of_chat(chat_id)] == [
                (1, 2),
                (2, 2),
            ]
            assert await asked(desk, 3) == ["first", "b", "c"]
            assert desk.service.calls[2].texts == ["first", "a", "b", "a", "c"]
            assert line(desk, chat_id) == []

    play(story)


def test_one_that_moves_up_is_asked_before_the_other():
    async def story():
        async with Desk() as desk:
            chat_id = await begun(desk, "b", "c", "d")

            assert desk.conversations.waiting.move(question(desk, chat_id, "d"), -1)
            assert not desk.conversations.waiting.move(question(desk, chat_id, "b"), -1)
            assert not desk.conversations.waiting.move(question(desk, chat_id, "c"), 1)

            assert line(desk, chat_id) == ["b", "d", "c"]
            assert await asked(desk, 4) == ["first", "b", "d", "c"]

    play(story)


def test_files_and_an_edit_move_along():
    async def story():
        async with Desk() as desk:
            chat_id = await begun(desk, "b")
            desk.conversations.files.attach(chat_id, b"words", "words.txt")
            await taken_in(desk, chat_id)
            desk.conversations.send(chat_id, "c")
            desk.conversations.edits.begin(question(desk, chat_id, "c"))

            desk.conversations.waiting.move(question(desk, chat_id, "c"), -1)

            first, second = desk.conversations.waiting.of_chat(chat_id)
            assert [file.name for file in desk.conversations.message(first.question_id).files] == ["words.txt"]
            assert desk.conversations.message(second.question_id).files == ()
            assert desk.conversations.edited(chat_id) == first.question_id
            assert states(desk, chat_id) == [WaitState.HELD, WaitState.WAITING]

    play(story)


def test_one_under_edit_is_held_and_its_words_are_changed_in_place():
    async def story():
        async with Desk() as desk:
            chat_id = await begun(desk, "b", "c")
            before = len(desk.conversations.messages(chat_id))
            desk.conversations.edits.begin(question(desk, chat_id, "b"))
            (await desk.call(0)).answer("a")
            await desk.idle()

            assert len(desk.service.calls) == 1
            assert states(desk, chat_id) == [WaitState.HELD, WaitState.WAITING]
            assert desk.conversations.send(chat_id, "better")

            assert await asked(desk, 3) == ["first", "better", "c"]
            assert len(desk.conversations.messages(chat_id)) == before
            assert desk.conversations.edited(chat_id) is None

    play(story)


def test_an_edit_that_is_given_up_lets_it_go():
    async def story():
        async with Desk() as desk:
            chat_id = await begun(desk, "b")
            desk.conversations.edits.begin(question(desk, chat_id, "b"))
            (await desk.call(0)).answer("a")
            await desk.idle()

            desk.conversations.edits.give_up(chat_id)

            assert await asked(desk, 2) == ["first", "b"]

    play(story)


def test_an_edit_changes_the_files_too():
    async def story():
        async with Desk() as desk:
            chat_id = await begun(desk)
            desk.conversations.files.attach(chat_id, b"words", "old.txt")
            await taken_in(desk, chat_id)
            desk.conversations.send(chat_id, "b")
            message_id = question(desk, chat_id, "b")
            desk.conversations.edits.begin(message_id)
            desk.conversations.files.detach(desk.conversations.draft_files(chat_id)[0].id)
            desk.conversations.files.attach(chat_id, b"others", "new.txt")
            await taken_in(desk, chat_id)

            desk.conversations.send(chat_id, "b")

            assert [file.name for file in desk.conversations.message(message_id).files] == ["new.txt"]
            assert desk.conversations.draft_files(chat_id) == ()
            assert desk.store._database.rows("SELECT count(*) FROM files") == [(1,)]

    play(story)


def test_one_that_is_taken_back_is_a_draft_again_with_its_files():
    async def story():
        async with Desk() as desk:
            chat_id = await begun(desk)
            desk.conversations.files.attach(chat_id, b"words", "words.txt")
            await taken_in(desk, chat_id)
            desk.conversations.send(chat_id, "b")
            desk.conversations.send(chat_id, "c")
            desk.conversations.save_draft(chat_id, "typed")

            assert desk.conversations.waiting.take_back(question(desk, chat_id, "b"))

            assert desk.conversations.draft(chat_id) == "b\n\ntyped"
            assert [file.name for file in desk.conversations.draft_files(chat_id)] == ["words.txt"]
            assert line(desk, chat_id) == ["c"]
            assert desk.chat(chat_id).is_streaming
            assert await asked(desk, 2) == ["first", "c"]
            assert desk.service.calls[1].texts == ["first", "a", "c"]

    play(story)


def test_the_only_question_of_a_chat_can_be_taken_back_while_another_chat_is_answered():
    async def story():
        async with Desk() as desk:
            await begun(desk)
            chat_id = desk.new_chat()
            desk.conversations.send(chat_id, "b")

            assert desk.conversations.waiting.take_back(question(desk, chat_id, "b"))

            assert desk.conversations.messages(chat_id) == ()
            assert not desk.chat(chat_id).is_streaming
            assert desk.conversations.draft(chat_id) == "b"

    play(story)


def test_taking_back_what_is_being_edited_takes_the_words_of_the_edit():
    async def story():
        async with Desk() as desk:
            chat_id = await begun(desk, "b")
            message_id = question(desk, chat_id, "b")
            desk.conversations.edits.begin(message_id)
            desk.conversations.save_draft(chat_id, "better")

            assert desk.conversations.waiting.take_back(message_id)

            assert desk.conversations.edited(chat_id) is None
            assert desk.conversations.draft(chat_id) == "better"

    play(story)


def test_behind_an_answer_that_failed_nothing_is_asked_until_the_user_says_so():
    async def story():
        async with Desk() as desk:
            chat_id = await begun(desk, "b", "c")
            (await desk.call(0)).fail(NetworkError("away"))
            await desk.idle()

            assert len(desk.service.calls) == 1
            assert states(desk, chat_id) == [WaitState.UNSENT] * 2
            assert not desk.chat(chat_id).is_streaming

            desk.conversations.waiting.send(question(desk, chat_id, "b"))
            assert states(desk, chat_id) == [WaitState.WAITING]
            assert (await asked(desk, 3))[1:] == ["first\n\nb", "c"]

    play(story)


def test_trying_the_failed_answer_again_takes_along_what_waited_for_it():
    async def story():
        async with Desk() as desk:
            chat_id = await begun(desk, "b", "c")
            (await desk.call(0)).fail(NetworkError("away"))
            await desk.idle()
            failed = desk.conversations.messages(chat_id)[1]

            desk.conversations.regenerate(failed.id)

            assert line(desk, chat_id) == ["b", "c"]
            assert await asked(desk, 4) == ["first", "first", "b", "c"]
            assert desk.texts(chat_id) == ["first", "a", "b", "a", "c", "a"]
            assert len(desk.conversations.siblings(desk.conversations.messages(chat_id)[1].id)) == 2
            ids = [message.id for message in desk.conversations.messages(chat_id)]
            assert ids == sorted(ids)

    play(story)


def test_what_waits_for_the_answer_of_a_question_follows_its_edit():
    async def story():
        async with Desk() as desk:
            chat_id = await begun(desk, "b", "c")
            first = desk.conversations.messages(chat_id)[0].id
            call = await desk.call(0)

            desk.conversations.edits.begin(first)
            assert desk.conversations.send(chat_id, "first, better")
            assert line(desk, chat_id) == ["first, better", "b", "c"]
            assert desk.texts(chat_id) == ["first, better", "", "b", "", "c", ""]
            call.answer("of the former")
            for number in (1, 2, 3):
                (await desk.call(number)).answer(f"a{number}")
            await desk.idle()

            assert [call.texts[-1] for call in desk.service.calls] == ["first", "first, better", "b", "c"]
            assert desk.service.calls[2].texts == ["first, better", "a1", "b"]
            assert desk.texts(chat_id) == ["first, better", "a1", "b", "a2", "c", "a3"]
            assert desk.of(QuestionsLeft) == []
            desk.conversations.show_branch(first)
            assert desk.texts(chat_id) == ["first", "of the former"]

    play(story)


def test_what_builds_on_later_answers_stays_with_them_and_is_told():
    async def story():
        async with Desk() as desk:
            chat_id = desk.new_chat()
            await desk.exchange(chat_id, "zero", "answer")
            assert desk.conversations.send(chat_id, "first")
            await desk.call(1)
            assert desk.conversations.send(chat_id, "b")
            assert desk.conversations.send(chat_id, "c")
            waiting = question(desk, chat_id, "b")

            desk.conversations.edits.begin(question(desk, chat_id, "zero"))
            assert desk.conversations.send(chat_id, "nought")

            assert desk.texts(chat_id) == ["nought", ""]
            assert desk.of(QuestionsLeft) == [QuestionsLeft(chat_id, waiting, 2)]
            desk.conversations.show_branch(waiting)
            assert line(desk, chat_id) == ["b", "c"]
            for number in range(1, 5):
                (await desk.call(number)).answer("a")
            await desk.idle()
            assert desk.texts(chat_id) == ["zero", "answer", "first", "a", "b", "a", "c", "a"]

    play(story)


def test_the_model_that_was_chosen_for_a_question_moves_along():
    async def story():
        async with Desk() as desk:
            chat_id = await begun(desk, "b", "c")
            (await desk.call(0)).fail(NetworkError("away"))
            await desk.idle()
            other = desk.new_chat()
            desk.conversations.send(other, "holds the lane")
            call = await desk.call(1)
            reply = next(each for each in desk.conversations.waiting.of_chat(chat_id)).reply_id
            desk.conversations.regenerate(reply, "model-b")

            desk.conversations.waiting.move(question(desk, chat_id, "b"), 1)
            call.answer("a")

            assert (await asked(desk, 4))[2:] == ["first\n\nc", "b"]
            assert [call.request.model for call in desk.service.calls[2:]] == ["GigaChat-2", "model-b"]

    play(story)


def test_going_on_with_the_failed_answer_asks_what_waited_for_it():
    async def story():
        async with Desk() as desk:
            chat_id = await begun(desk, "b")
            call = await desk.call(0)
            call.say("half")
            call.fail(AnswerInterruptedError())
            await desk.idle()

            desk.conversations.continue_reply(desk.conversations.messages(chat_id)[1].id)

            assert states(desk, chat_id) == [WaitState.WAITING]
            assert (await asked(desk, 3))[-1] == "b"

    play(story)


def test_stopping_the_running_answer_lets_the_next_be_asked():
    async def story():
        async with Desk() as desk:
            chat_id = await begun(desk, "b", "c")

            desk.conversations.stop(chat_id)
            await desk.call(1)

            assert line(desk, chat_id) == ["c"]

    play(story)


def test_an_unsent_one_that_is_edited_is_sent():
    async def story():
        async with Desk() as desk:
            chat_id = await begun(desk, "b")
            (await desk.call(0)).fail(NetworkError("away"))
            await desk.idle()
            desk.conversations.edits.begin(question(desk, chat_id, "b"))

            desk.conversations.send(chat_id, "better")

            assert (await asked(desk, 2))[1] == "first\n\nbetter"
            assert desk.texts(chat_id) == ["first", "", "better", "a"]

    play(story)


@pytest.mark.parametrize("is_crash", [True, False], ids=["crash", "close"])
def test_what_waited_at_the_end_of_the_program_is_there_to_be_sent(tmp_path, is_crash):
    path = tmp_path / "chats.db"

    async def story():
        async with Desk(Store.open(path)) as desk:
            chat_id = await begun(desk, "b", "c")
            (await desk.call(0)).say("half")
            await desk.idle()
            if is_crash:
                copy = tmp_path / "copy.db"
                desk.store._database._connection.execute("VACUUM INTO ?", (str(copy),))
                path_after.append(copy)
            else:
                path_after.append(path)
            chats.append(chat_id)

    async def afterwards():
        async with Desk(Store.open(path_after[0])) as desk:
            [chat_id] = chats
            assert line(desk, chat_id) == ["b", "c"]
            assert states(desk, chat_id) == [WaitState.UNSENT] * 2
            assert desk.service.calls == []

            desk.conversations.waiting.send(question(desk, chat_id, "c"))

            assert await asked(desk, 2) == ["b", "c"]
            assert desk.texts(chat_id) == ["first", "half", "b", "a", "c", "a"]

    path_after, chats = [], []
    play(story)
    play(afterwards)


def test_an_answer_that_was_asked_for_is_no_waiting_question():
    async def story():
        async with Desk() as desk:
            chat_id = desk.new_chat()
            reply = await desk.exchange(chat_id, "one", "first")
            question_id = desk.conversations.messages(chat_id)[0].id

            assert desk.conversations.waiting.find(reply.id) is None
            assert not desk.conversations.waiting.take_back(question_id)
            desk.conversations.edits.begin(question_id)
            desk.conversations.send(chat_id, "other")

            assert len(desk.conversations.siblings(desk.conversations.messages(chat_id)[0].id)) == 2

    play(story)


def test_an_unasked_question_with_answers_below_it_is_not_written_over():
    async def story():
        async with Desk() as desk:
            chat_id = await begun(desk, "b")
            (await desk.call(0)).fail(NetworkError("away"))
            await desk.idle()
            await desk.exchange(chat_id, "c", "answer")
            message_id = question(desk, chat_id, "b")

            desk.conversations.edits.begin(message_id)
            desk.conversations.send(chat_id, "better")

            assert desk.conversations.message(message_id).text == "b"
            assert message_id in desk.conversations.siblings(question(desk, chat_id, "better"))

    play(story)


def test_a_full_disk_changes_nothing_of_the_line():
    async def story():
        async with Desk() as desk:
            chat_id = await begun(desk, "b", "c")
            message_id = question(desk, chat_id, "c")

            with desk.refusing():
                assert not desk.conversations.waiting.move(message_id, -1)
                assert not desk.conversations.waiting.take_back(message_id)
            desk.conversations.edits.begin(message_id)
            with desk.refusing():
                assert not desk.conversations.send(chat_id, "better")

            assert len(desk.of(SavingFailed)) >= 3
            assert desk.conversations.draft(chat_id) == "better"
            assert line(desk, chat_id) == ["b", "c"]
            assert states(desk, chat_id) == [WaitState.WAITING, WaitState.HELD]

    play(story)


def test_what_lies_in_the_trash_below_a_question_can_still_be_had_back():
    async def story():
        async with Desk() as desk:
            chat_id = await begun(desk, "b", "c")
            deleted = question(desk, chat_id, "c")
            desk.conversations.delete_message(deleted)

            desk.conversations.waiting.take_back(question(desk, chat_id, "b"))
            desk.conversations.restore_message(deleted)

            assert desk.texts(chat_id) == ["first", "", "c", ""]

    play(story)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                *("send", "send", "send", "answer", "answer", "fail", "stop"),
                *("up", "down", "back", "edit", "edited", "give_up", "again", "resume", "attach"),
            ]
        ),
        st.integers(0, 5),
    ),
    max_size=40,
)


@settings(max_examples=100, deadline=None)
@given(STEPS)
def test_whatever_is_done_each_word_stays_somewhere_and_the_line_is_asked_in_its_order(steps):  # noqa: C901
    async def story():  # noqa: C901, PLR0912  (one line for each act)
        async with Desk() as desk:
            chat_id = await begun(desk)
            conversations, waiting = desk.conversations, desk.conversations.waiting
            sent = ["first"]
            files = 0
            for number, (step, place) in enumerate(steps):
                entries = waiting.of_chat(chat_id)
                entry = entries[place % len(entries)] if entries else None
                calls = desk.service.open_calls
                before = line(desk, chat_id)
                match step:
                    case "send" if conversations.edited(chat_id) is None:
                        # What was taken back goes along with the next one, as it would from the composer.
                        text = "\n\n".join(filter(None, (conversations.draft(chat_id), f"q{number}")))
                        if conversations.send(chat_id, text):
                            sent.append(f"q{number}")
                    case "answer" if calls:
                        calls[0].answer(f"a{number}")
                    case "fail" if calls:
                        calls[0].fail(NetworkError("away"))
                    case "stop":
                        conversations.stop(chat_id)
                    case "up" | "down" if entry:
                        step_ = -1 if step == "up" else 1
                        moved = waiting.move(entry.question_id, step_)
                        if moved:
                            before[entry.place - 1], before[entry.place - 1 + step_] = (
                                before[entry.place - 1 + step_],
                                before[entry.place - 1],
                            )
                        assert line(desk, chat_id) == before
                    case "back" if entry:
                        assert waiting.take_back(entry.question_id)
                        assert len(line(desk, chat_id)) == len(before) - 1
                    case "edit" if entry:
                        conversations.edits.begin(entry.question_id)
                    case "edited" if (edited := conversations.edited(chat_id)) is not None:
                        conversations.send(chat_id, conversations.message(edited).text + "!")
                    case "give_up":
                        conversations.edits.give_up(chat_id)
                    case "again" if replies := conversations.messages(chat_id)[1::2]:
                        conversations.regenerate(replies[place % len(replies)].id)
                    case "resume" if entry:
                        waiting.send(entry.question_id)
                    case "attach" if conversations.edited(chat_id) is None:
                        # The service has it already: nothing of it is left to a thread.
                        file = ChatFile(
                            FileId(0), chat_id, f"{number}.txt", FileKind.TEXT, "text/plain", 1, FileState.READY
                        )
                        desk.store.add_file(replace(file, remote_id=f"remote-{number}"))
                        files += 1
                    case _:
                        pass
                await desk.idle()
                texts = [row[0] for row in desk.store._database.rows("SELECT text FROM messages WHERE role = 'user'")]
                texts += [row[0] for row in desk.store._database.rows("SELECT text FROM drafts")]
                words = set("\n\n".join(texts).replace("!", "").split("\n\n"))
                assert words >= set(sent)
                count = "SELECT count(DISTINCT name) FROM files"
                assert desk.store._database.rows(count) == [(files,)]
                ids = [message.id for message in conversations.messages(chat_id)]
                assert ids == sorted(ids)
                for each in waiting.of_chat(chat_id):
                    assert (each.state is WaitState.UNSENT) == (
                        conversations.message(each.reply_id).status is Status.STOPPED
                    )

            conversations.edits.give_up(chat_id)
            while conversations._live.replies():
                await desk.until(lambda: desk.service.open_calls)
                desk.service.open_calls[0].fail(NetworkError("away"))
                await desk.idle()
            expected = line(desk, chat_id)
            if expected:
                first = len(desk.service.calls)
                waiting.send(waiting.of_chat(chat_id)[0].question_id)
                for number in range(len(expected)):
                    (await desk.call(first + number)).answer("end")
                await desk.until(lambda: not desk.conversations._live.replies())
                ends = [call.texts[-1] for call in desk.service.calls[first:]]
                assert all(end.endswith(text) for end, text in zip(ends, expected, strict=True))
            assert not any(isinstance(event, SavingFailed) for event in desk.events)
            assert all(event.message.status is not Status.QUEUED for event in desk.of(MessageEnded))

    play(story)


def test_one_that_the_service_has_put_off_can_still_be_taken_back_or_is_unsent():
    async def story():
        async with Desk() as desk:
            chat_id = await begun(desk)
            (await desk.call(0)).fail(RateLimitError(retry_after_s=50))
            await desk.idle()

            assert line(desk, chat_id) == ["first"]
            desk.conversations.stop(chat_id)
            assert states(desk, chat_id) == [WaitState.UNSENT]
            assert desk.conversations.waiting.take_back(question(desk, chat_id, "first"))
            assert desk.conversations.draft(chat_id) == "first"

    play(story)
