"""Reasoning, tools, sources, times: what comes beside the text of an answer."""

import asyncio

import pytest

from gigadesk.chat import Effort, Source, Status, Tool, Usage
from gigadesk.errors import NetworkError, RequestRejectedError, ServerFailedError, ToolUnavailableError
from gigadesk.facts import (
    Connection,
    ConnectionChanged,
    MessageChanged,
    MessageEnded,
    MessageGrew,
    MessageThought,
    ReplyRetrying,
    ToolWorking,
)
from gigadesk.gigachat.events import (
    ApiVersion,
    Finished,
    FunctionCall,
    ReasoningDelta,
    Retrying,
    SourcesFound,
    ToolProgress,
    ToolStatus,
)
from tests.conversations_support import Call, Desk, play


def test_thoughts_are_kept_beside_the_answer_and_timed():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            call = await desk.ask(chat_id, "x")
            await asyncio.sleep(10)
            call.give(ReasoningDelta("Let me"))
            call.give(ReasoningDelta(" think.\r"))
            await desk.gathered()
            assert (desk.last(chat_id).reasoning, desk.last(chat_id).reasoning_s) == ("Let me think.", None)

            await asyncio.sleep(5)
            call.say("So.")
            await desk.idle()
            told = desk.of(MessageChanged)[-1].message
            assert told.reasoning == "Let me think.\n"
            assert told.reasoning_s == pytest.approx(15, abs=1)

            await asyncio.sleep(20)
            call.finish(usage=Usage(1, 2, 3))
            await desk.until(lambda: desk.of(MessageEnded))
            ended = desk.of(MessageEnded)[0].message
            assert "".join(event.delta for event in desk.of(MessageThought)) == ended.reasoning == "Let me think.\n"
            assert "".join(event.delta for event in desk.of(MessageGrew)) == ended.text == "So."
            assert ended.reasoning_s == pytest.approx(15, abs=1)
            assert ended.seconds == pytest.approx(35, abs=1)
            assert desk.store.message(ended.id) == ended
            await desk.idle()

    play(story)


def test_thoughts_without_an_answer_are_kept_when_the_user_stops_them():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            call = await desk.ask(chat_id, "x")
            call.give(ReasoningDelta("Hm"))
            await desk.idle()
            desk.conversations.stop(chat_id)
            await desk.idle()

            reply = desk.last(chat_id)
            assert (reply.status, reply.reasoning, reply.text) == (Status.STOPPED, "Hm", "")
            assert reply.reasoning_s is not None

    play(story)


def test_thoughts_are_not_sent_back():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            call = await desk.ask(chat_id, "x")
            call.give(ReasoningDelta("secret"))
            call.answer("y")
            await desk.idle()

            again = await desk.ask(chat_id, "z")

            assert again.texts == ["x", "y", "z"]
            again.answer("")
            await desk.idle()

    play(story)


def test_thinking_that_goes_on_after_words_is_added_up():
    async def story() -> None:
        async with Desk() as desk:
            call = await desk.ask(desk.new_chat(), "x")
            for _ in range(2):
                call.give(ReasoningDelta("t"))
                await desk.idle()
                await asyncio.sleep(10)
                call.say("a")
                await desk.idle()
                await asyncio.sleep(100)
            call.finish()
            await desk.until(lambda: desk.of(MessageEnded))

            assert desk.of(MessageEnded)[0].message.reasoning_s == pytest.approx(20, abs=1)
            await desk.idle()

    play(story)


def test_a_continued_answer_adds_up_its_times():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            call = await desk.ask(chat_id, "x")
            call.say("a")
            await asyncio.sleep(10)
            call.cut()
            await desk.idle()
            await asyncio.sleep(100)
            desk.conversations.continue_reply(desk.last(chat_id).id)
            again = await desk.call(1)
            await asyncio.sleep(7)
            again.answer("b")
            await desk.idle()

            assert desk.last(chat_id).seconds == pytest.approx(17, abs=1)

    play(story)


def test_a_flood_of_notes_about_a_tool_is_told_in_part():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            call = await desk.ask(chat_id, "x")
            for number in range(2000):
                call.give(ToolProgress("web_search", str(number)))
                call.give(ToolProgress("web_search", status=ToolStatus.SUCCEEDED))
            call.fail(NetworkError())
            await desk.until(lambda: desk.of(MessageEnded))

            assert 50 <= len(desk.of(ToolWorking)) < 1000
            assert desk.of(ToolWorking)[-1].tool == ""
            await desk.idle()

    play(story)


def test_what_a_tool_does_is_told_until_it_ends():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            call = await desk.ask(chat_id, "x")
            reply = desk.last(chat_id).id
            call.give(ToolProgress("text2image", "10 seconds left", seconds_left=10.0))
            call.give(ToolProgress("text2image", status=ToolStatus.SUCCEEDED))
            call.give(ToolProgress("web_search"))
            call.say("Found")
            call.say(" it")
            call.give(ToolProgress("code_interpreter"))
            call.fail(NetworkError())
            await desk.until(lambda: desk.of(MessageEnded))

            tools = [(event.tool, event.note, event.seconds_left) for event in desk.of(ToolWorking)]
            assert tools == [
                ("text2image", "10 seconds left", 10.0),
                ("", "", None),
                ("web_search", "", None),
                ("", "", None),
                ("code_interpreter", "", None),
                ("", "", None),
            ]
            assert {(event.chat_id, event.message_id) for event in desk.of(ToolWorking)} == {(chat_id, reply)}
            await desk.idle()

    play(story)


def test_sources_are_added_up_and_kept():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            call = await desk.ask(chat_id, "x")
            call.give(SourcesFound((Source(2, "https://b.example"), Source(1, "https://a.example", "A\tb\n"))))
            call.give(SourcesFound((Source(2, "https://c.example", "C"), Source(3, "https://d.example"))))
            await desk.idle()
            assert desk.store.message(desk.last(chat_id).id).sources == desk.last(chat_id).sources
            call.answer("y")
            await desk.until(lambda: desk.of(MessageEnded))

            ended = desk.of(MessageEnded)[0].message
            assert ended.sources == (
                Source(1, "https://a.example", "A b"),
                Source(2, "https://c.example", "C"),
                Source(3, "https://d.example"),
            )
            assert [len(event.message.sources) for event in desk.of(MessageChanged)] == [2, 3]
            assert desk.store.message(ended.id) == ended
            await desk.idle()

    play(story)


def test_there_is_an_end_to_sources():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            call = await desk.ask(chat_id, "x")
            call.give(SourcesFound(tuple(Source(number, "https://a.example") for number in range(1000))))
            call.answer("y")
            await desk.idle()

            assert len(desk.last(chat_id).sources) == 100

    play(story)


def test_another_try_of_the_client_is_told_and_is_no_answer():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            desk.conversations.choices.set_model(chat_id, "GigaChat-2")
            call = await desk.ask(chat_id, "x")
            error = ServerFailedError("busy", status=503)
            call.give(Retrying(2.0, 1, error))
            await desk.idle()

            assert desk.of(ReplyRetrying) == [ReplyRetrying(chat_id, desk.last(chat_id).id, 2.0, error)]
            assert desk.of(ConnectionChanged)[-1].connection is not Connection.ONLINE
            call.answer("y")
            await desk.idle()
            assert desk.last(chat_id).text == "y"

    play(story)


def test_a_refused_tool_fails_the_reply():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            desk.conversations.choices.set_tools(chat_id, (Tool.CODE_INTERPRETER,))
            call = await desk.ask(chat_id, "x")
            error = ToolUnavailableError("Tool code_interpreter is unavailable", status=422)
            call.fail(error)
            await desk.until(lambda: desk.of(MessageEnded))

            assert desk.of(MessageEnded)[0].message.error is error
            assert isinstance(desk.store.message(desk.last(chat_id).id).error, ToolUnavailableError)
            assert len(desk.service.calls) == 1
            await desk.idle()

    play(story)


@pytest.mark.parametrize(
    ("tools", "account_is_v2", "api"),
    [
        ((), False, ApiVersion.V1),
        ((Tool.IMAGE, Tool.MODEL_3D), False, ApiVersion.V1),
        ((Tool.IMAGE, Tool.WEB_SEARCH), False, ApiVersion.V2),
        ((), True, ApiVersion.V2),
    ],
)
def test_the_second_contract_is_used_where_it_must_be(tools, account_is_v2, api):
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            desk.conversations.choices.set_tools(chat_id, tools)
            if account_is_v2:
                desk.services.v2.add("")
            call = await desk.ask(chat_id, "x")

            assert call.request.api is api
            assert call.request.tools == tools
            call.answer("y")
            await desk.idle()

    play(story)


def test_what_the_model_does_not_have_is_not_asked_for():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            desk.conversations.choices.set_tools(chat_id, (Tool.MEMORY, Tool.IMAGE))
            desk.conversations.choices.set_effort(chat_id, Effort.HIGH)
            desk.conversations.choices.set_model(chat_id, "GigaChat-2-Max")
            call = await desk.ask(chat_id, "x")
            assert (call.request.tools, call.request.effort) == ((Tool.IMAGE,), None)
            call.answer("y")
            await desk.idle()

            desk.conversations.choices.set_model(chat_id, "GigaChat-2-Reasoning")
            call = await desk.ask(chat_id, "x")
            assert call.request.effort is Effort.HIGH
            assert desk.chat(chat_id).effort is Effort.HIGH
            assert desk.chat(chat_id).tools == (Tool.MEMORY, Tool.IMAGE)
            call.answer("y")
            await desk.idle()

    play(story)


def test_a_call_of_a_function_is_passed_over():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            call = await desk.ask(chat_id, "x")
            call.give(FunctionCall("rm", {"path": "/"}))
            call.give(Finished("function_call"))
            call.cut()
            await desk.idle()

            assert (desk.last(chat_id).status, desk.last(chat_id).finish_reason) == (Status.DONE, "function_call")

    play(story)


def states(call: Call) -> list[str]:
    return [message.state_id for message in call.request.messages]


def test_a_note_of_the_service_that_it_refuses_later_is_left_out():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            call = await desk.ask(chat_id, "x")
            call.say("y")
            call.finish(state_id="note")
            await desk.idle()

            call = await desk.ask(chat_id, "z")
            assert states(call) == ["", "note", ""]
            call.fail(RequestRejectedError("unknown state", status=422))
            again = await desk.call(2)
            assert states(again) == ["", "", ""]
            assert again.texts == ["x", "y", "z"]
            error = RequestRejectedError("no", status=422)
            again.fail(error)
            await desk.idle()

            assert desk.of(MessageEnded)[-1].message.error is error
            assert len(desk.service.calls) == 3

    play(story)


def test_a_note_on_a_call_of_a_function_does_not_go_back():
    async def story() -> None:
        async with Desk() as desk:
            chat_id = desk.new_chat()
            call = await desk.ask(chat_id, "x")
            call.say("y")
            call.finish("function_call", state_id="note")
            await desk.idle()

            call = await desk.ask(chat_id, "z")
            assert states(call) == ["", "", ""]
            error = RequestRejectedError("no", status=422)
            call.fail(error)
            await desk.idle()
            assert desk.of(MessageEnded)[-1].message.error is error
            assert len(desk.service.calls) == 2

    play(story)
