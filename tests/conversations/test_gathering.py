"""Pieces that come fast are saved and shown together; nothing waits for long, and nothing is overtaken."""

import asyncio

from gigadesk.chat import Source, Status
from gigadesk.conversations.gathering import GATHERED_S, Gathering
from gigadesk.errors import NetworkError
from gigadesk.facts import MessageChanged, MessageEnded, MessageGrew, MessageThought, ToolWorking
from gigadesk.gigachat.events import ReasoningDelta, SourcesFound, ToolProgress
from gigadesk.store import JournalKind
from tests.conversations_support import Desk, play

SHORT_S = GATHERED_S / 10


def test_the_first_piece_is_handed_on_at_once_and_those_behind_it_together():
    async def story() -> None:
        handed_on: list[tuple[str, float]] = []
        now = asyncio.get_running_loop().time
        began = now()
        gathering = Gathering(lambda _, text: handed_on.append((text, round(now() - began, 6))))

        for piece in "abcdefghijklmnopqrstu":
            gathering.add(JournalKind.TEXT, piece)
            await asyncio.sleep(SHORT_S)
        await asyncio.sleep(1)

        assert handed_on == [
            ("a", 0.0),
            ("bcdefghij", GATHERED_S),
            ("klmnopqrst", 2 * GATHERED_S),
            ("u", 3 * GATHERED_S),
        ]

    play(story)


def test_pieces_that_come_seldom_wait_for_nothing():
    async def story() -> None:
        handed_on: list[str] = []
        gathering = Gathering(lambda _, text: handed_on.append(text))

        for piece in "abc":
            gathering.add(JournalKind.TEXT, piece)
            assert handed_on[-1] == piece
            await asyncio.sleep(GATHERED_S)

    play(story)


def test_thoughts_and_answer_keep_their_order():
    async def story() -> None:
        handed_on: list[tuple[JournalKind, str]] = []
        gathering = Gathering(lambda *each: handed_on.append(each))

        for piece in ("a", "b", "c"):
            gathering.add(JournalKind.REASONING, piece)
        gathering.add(JournalKind.TEXT, "d")
        gathering.add(JournalKind.TEXT, "e")
        gathering.flush()
        await asyncio.sleep(1)

        kinds = JournalKind.REASONING, JournalKind.REASONING, JournalKind.TEXT, JournalKind.TEXT
        assert handed_on == list(zip(kinds, ("a", "bc", "d", "e"), strict=True))

    play(story)


def test_what_is_read_meanwhile_is_what_was_shown_and_saved():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            call = await desk.ask(chat_id, "x")
            call.say("a", "b", "c")
            await desk.idle()

            # A view that is made now is given the rest as a delta: it must not have it already.
            assert desk.last(chat_id).text == desk.shown_text(desk.last(chat_id)) == "a"
            await desk.gathered()
            assert desk.last(chat_id).text == desk.shown_text(desk.last(chat_id)) == "abc"
            assert "".join(row[0] for row in desk.store._database.rows("SELECT text FROM journal ORDER BY id")) == "abc"
            call.finish()

    play(story)


def test_an_answer_that_breaks_off_is_shown_to_its_last_piece():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            call = await desk.ask(chat_id, "x")
            call.say("a", "b", "c")
            call.fail(NetworkError("lost"))
            await desk.until(lambda: desk.of(MessageEnded))

            reply = desk.last(chat_id)
            assert (reply.text, reply.status) == ("abc", Status.FAILED)
            assert desk.shown_text(reply) == "abc"
            assert desk.kinds().index(MessageEnded) > max(map(desk.events.index, desk.of(MessageGrew)))
            assert desk.store.message(reply.id).text == "abc"

    play(story)


def test_the_end_of_the_program_shows_and_saves_what_waits():
    async def story() -> None:
        desk = Desk()
        chat_id = desk.new_chat()
        call = await desk.ask(chat_id, "x")
        call.say("a", "b", "c")
        await desk.idle()

        await desk.conversations.close()

        reply = desk.last(chat_id)
        assert desk.shown_text(reply) == desk.store.message(reply.id).text == "abc"
        desk.store.close()

    play(story)


def test_nothing_told_of_a_reply_overtakes_its_text():
    async def story() -> None:
        async with Desk() as desk:
            call = await desk.ask(desk.new_chat(), "x")
            desk.events.clear()
            call.give(ReasoningDelta("a"))
            call.give(ReasoningDelta("b"))
            call.say("c", "d")
            call.give(ToolProgress("web_search", ""))
            call.say("e", "f")
            call.give(SourcesFound((Source(1, "https://a.example"),)))
            call.say("g")
            call.finish()
            await desk.until(lambda: desk.of(MessageEnded))

            kinds = MessageThought, MessageGrew, ToolWorking, MessageChanged, MessageEnded
            told = [event for event in desk.events if isinstance(event, kinds)]
            texts = [getattr(event, "delta", type(event).__name__) for event in told]
            assert texts == [
                *("a", "b", "MessageChanged", "c", "d", "ToolWorking"),
                *("ToolWorking", "ef", "MessageChanged", "g", "MessageEnded"),
            ]

    play(story)
