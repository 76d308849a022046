"""Several chats at once: on a key with one lane the second waits in sight, on a company's key all stream."""

import pytest

from gigadesk.chat import Role, Status
from gigadesk.emulator.faults import Fault
from gigadesk.ui.transcript.layout.boxes import ZoneKind
from tests.flows.flow_support import Qt, until

CHAT = "/chat/completions"


def stall(after: int) -> Fault:
    return Fault(path=CHAT, stall_after_chunks=after)


def test_on_one_lane_the_second_chat_waits_in_sight_and_starts_by_itself(flow, run_async):
    async def story():
        async with flow.service() as service, flow.program() as desk:
            await desk.online()
            service.faults.next(stall(1))
            service.answer_next("Left ", "and on")
            first = desk.shown_id
            desk.ask("First question")
            await until(lambda: desk.last_text == "Left ")
            second = desk.open_new_chat()
            service.answer_next("Right")
            desk.ask("Second question")
            await until(lambda: desk.last.role is Role.ASSISTANT and desk.queue_position == 1)

            assert desk.last.status is Status.QUEUED
            assert desk.queue == "1 running, 1 waiting"
            assert len(service.chat_bodies()) == 1

            service.faults.release()
            await until(lambda: desk.last.status is Status.DONE)
            assert desk.texts == ["Second question", "Right"]
            desk.open_chat(first)
            assert desk.texts == ["First question", "Left and on"]
        stored = flow.store()
        assert stored.texts(first) == ["First question", "Left and on"]
        assert stored.texts(second) == ["Second question", "Right"]
        assert len(service.chat_bodies()) == 2, "the service had to refuse one"

    run_async(story())


def test_the_last_in_the_line_can_be_moved_to_its_front(flow, run_async):
    async def story():
        async with flow.service() as service, flow.program() as desk:
            await desk.online()
            service.faults.next(stall(1))
            service.answer_next("One ", "and on")
            desk.ask("1")
            await until(lambda: desk.last_text == "One ")
            chats = [desk.shown_id]
            for number in ("2", "3"):
                chats.append(desk.open_new_chat())
                desk.ask(number)
                await until(lambda: desk.last.role is Role.ASSISTANT and desk.queue_position)
            assert desk.queue_position == 2

            desk.click_zone(desk.zones(ZoneKind.MOVE_TO_FRONT)[-1])
            await until(lambda: desk.queue_position == 1)
            desk.open_chat(chats[1])
            assert desk.queue_position == 2
            service.faults.release()
            await until(lambda: desk.last.status is Status.DONE)

            assert [body["messages"][-1]["content"] for body in service.chat_bodies()] == ["1", "3", "2"]

    run_async(story())


def test_who_waits_can_leave_the_line(flow, run_async):
    async def story():
        async with flow.service() as service, flow.program() as desk:
            await desk.online()
            service.faults.next(stall(1))
            service.answer_next("One ", "and on")
            desk.ask("1")
            await until(lambda: desk.last_text == "One ")
            desk.open_new_chat()
            desk.ask("2")
            await until(lambda: desk.last.role is Role.ASSISTANT and desk.queue_position == 1)

            desk.press(Qt.Key.Key_Escape)
            await until(lambda: desk.last.status is Status.STOPPED)

            assert desk.queue == "1 running"
            service.faults.release()
            await until(lambda: desk.queue == "")
            assert [body["messages"][-1]["content"] for body in service.chat_bodies()] == ["1"]

    run_async(story())


@pytest.mark.parametrize("plan", ["b2b", "corp"])
def test_on_a_companys_key_all_stream_at_once_each_into_its_own_place(flow, run_async, plan):
    async def story():
        async with flow.service(plan=plan) as service, flow.program() as desk:
            await desk.online()
            names = ("A", "B", "C")
            service.faults.next(stall(1), times=len(names))
            chats = {}
            for name in names:
                chats[name] = desk.open_new_chat()
                service.answer_next(f"{name} begins ", f"and {name} ends")
                desk.ask(name)
                await until(lambda text=f"{name} begins ": desk.last_text == text)
            assert desk.queue == "3 running"
            assert service.emulator.generations_running == 3

            service.faults.release()
            await until(lambda: desk.queue == "")

            for name, chat_id in chats.items():
                desk.open_chat(chat_id)
                assert desk.texts == [name, f"{name} begins and {name} ends"]
        for name, chat_id in chats.items():
            assert flow.store().texts(chat_id) == [name, f"{name} begins and {name} ends"]

    run_async(story())


def test_a_refusal_of_a_second_stream_makes_it_wait_and_lowers_the_lanes(flow, run_async):
    async def story():
        async with flow.service(plan="b2b", lanes=1) as service, flow.program() as desk:
            await desk.online()
            service.faults.next(stall(1))
            service.answer_next("Left ", "and on")
            desk.ask("First")
            await until(lambda: desk.last_text == "Left ")
            desk.open_new_chat()
            service.answer_next("Right")
            desk.ask("Second")
            await until(lambda: len(service.chat_bodies()) == 2)
            await until(lambda: desk.queue_position == 1)
            assert desk.last.status is Status.QUEUED
            desk.open_new_chat()
            desk.ask("Third")
            await until(lambda: desk.queue == "1 running, 2 waiting")

            service.faults.release()
            await until(lambda: desk.messages and desk.last.status is Status.DONE)
            assert len(service.chat_bodies()) == 4, "Third was tried while it could not be taken"

    run_async(story())


def test_a_chat_that_ends_out_of_sight_is_marked_unread_until_it_is_opened(flow, run_async):
    async def story():
        async with flow.service(plan="b2b") as service, flow.program() as desk:
            await desk.online()
            service.faults.next(stall(1))
            service.answer_next("Half ", "whole")
            first = desk.shown_id
            desk.ask("Slow")
            await until(lambda: desk.last_text == "Half ")
            desk.open_new_chat()
            assert desk.row(first).is_streaming

            service.faults.release()
            await until(lambda: desk.row(first).is_unread)
            desk.open_chat(first)

            assert not desk.row(first).is_unread
            assert desk.texts == ["Slow", "Half whole"]

    run_async(story())


def test_the_model_names_the_chat_in_the_background(flow, run_async):
    async def story():
        async with flow.service() as service, flow.program() as desk:
            await desk.online()
            desk.ask("How does photosynthesis work?")
            first_words = "How does photosynthesis work?"
            await until(lambda: desk.title_of(desk.shown_id) not in {"", "New chat", first_words})
            assert len(service.chat_bodies(titles=True)) == 1
            assert desk.title_of(desk.shown_id) in desk.window.windowTitle()

    run_async(story())
