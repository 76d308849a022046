"""How many generations run at once, and when a lane is free again."""

import asyncio
import json

import pytest

from gigadesk.emulator import Emulator, EmulatorOptions, Fault
from gigadesk.emulator.answers import Answer, MadeFile
from gigadesk.emulator.exchange import RecordedRequest
from gigadesk.emulator.service import Service
from tests.emulator.emulator_support import Visitor, deltas, question, until, visiting

TOO_MANY = (429, b'{"status":429,"message":"Too many requests"}\n')


@pytest.mark.parametrize("is_stream", [True, False], ids=["stream", "whole"])
async def test_private_account_has_one_lane(emulator: Emulator, visitor: Visitor, is_stream):
    emulator.faults.next(Fault(hold=True))
    first = asyncio.ensure_future(visitor.read(question(stream=True)))
    await until(lambda: emulator.faults.waiting == 1)

    assert await visitor.read(question(stream=is_stream)) == TOO_MANY
    assert (await visitor.get("/models"))[0] == 200

    emulator.faults.release()
    assert (await first)[0] == 200
    assert emulator.generations_running == 0
    assert (await visitor.read(question(stream=is_stream)))[0] == 200


async def test_company_account_has_ten_lanes():
    emulator = Emulator(EmulatorOptions(plan="b2b", characters_per_s=0))
    async with visiting(emulator) as visitor:
        emulator.faults.set(Fault(hold=True))
        running = [asyncio.ensure_future(visitor.read(question(stream=True))) for _ in range(10)]
        await until(lambda: emulator.faults.waiting == 10)
        emulator.faults.set(Fault())

        assert await visitor.read(question()) == TOO_MANY

        emulator.faults.release()
        assert [status for status, _ in await asyncio.gather(*running)] == [200] * 10
    await emulator.stop()


@pytest.mark.parametrize("is_stream", [True, False], ids=["stream", "whole"])
async def test_disconnecting_frees_the_lane(is_stream):
    emulator = Emulator(EmulatorOptions(characters_per_s=1, first_delay_s=0.001))
    async with visiting(emulator) as visitor:
        running = asyncio.ensure_future(visitor.read(question("Расскажи сказку", stream=is_stream)))
        await until(lambda: emulator.generations_running == 1)

        running.cancel()

        await until(lambda: emulator.generations_running == 0)
    await emulator.stop()


async def test_lane_can_stay_taken_for_a_while_after_the_end():
    emulator = Emulator(EmulatorOptions(characters_per_s=0, lane_release_delay_s=0.05))
    async with visiting(emulator) as visitor:
        await visitor.read(question())

        assert await visitor.read(question()) == TOO_MANY
        await until(lambda: emulator.generations_running == 0)
        assert (await visitor.read(question()))[0] == 200
        await until(lambda: emulator.generations_running == 0)
    await emulator.stop()


async def test_stopping_ends_a_stream_that_runs(emulator: Emulator, visitor: Visitor):
    emulator.faults.next(Fault(stall_after_chunks=1))
    async with visitor.post(body=question(stream=True)) as response:
        await response.content.readany()

        async with asyncio.timeout(5):
            await emulator.stop()

        assert emulator.generations_running == 0


async def test_update_interval_makes_fewer_and_larger_chunks():
    emulator = Emulator(EmulatorOptions(characters_per_s=6000, first_delay_s=0))
    async with visiting(emulator) as visitor:
        _, often = await visitor.read(question("Расскажи сказку", stream=True))
        _, seldom = await visitor.read(question("Расскажи сказку", stream=True, update_interval=0.2))
    await emulator.stop()

    assert "".join(deltas(often)) == "".join(deltas(seldom))
    assert len(deltas(seldom)) < len(deltas(often)) / 5


def test_lane_is_free_again_when_an_answer_cannot_be_made():
    service = Service(EmulatorOptions())
    token, _ = service.tokens.issue(service.account)
    body = json.dumps(question()).encode()
    request = RecordedRequest("POST", "/api/v1/chat/completions", "", {"Authorization": f"Bearer {token}"}, body)
    service.chat.scripted.append(Answer(files=(MadeFile("image/jpeg", "image", "emulator/missing.jpg"),)))

    with pytest.raises(OSError, match="missing"):
        service.reply(request)

    assert service.lanes.running == 0
