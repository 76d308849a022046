"""The whole client against answers whose HTTP itself is damaged: events or typed failures, and it goes on working."""

import asyncio
from dataclasses import replace

import pytest

from gigadesk.errors import GigadeskError
from gigadesk.gigachat.client import Client
from gigadesk.gigachat.events import ApiVersion
from gigadesk.gigachat.transport import Timeouts
from tests.gigachat.client_support import REQUEST, collect, text_of
from tests.gigachat.raw_server import END, Say, delta, hello, http, last, piece, stream_head
from tests.gigachat.stream_samples import dice_for

ROUNDS = 600
IMPATIENT = Timeouts(connect_s=5, read_s=0.05, event_s=0.05, whole_read_s=0.05, after_finish_s=0.02)
STREAM = stream_head() + b"".join(piece(event) for event in (delta("Hel"), delta("lo"), last())) + END
WHOLE = http(body=b'{"choices":[{"message":{"content":"Hello"},"finish_reason":"stop"}]}')
HOSTILE = (
    *(b"\r\n", b"\n", b"\x00", b"\xff" * 50, b"Content-Length: -5\r\n", b"Content-Length: 99999999999999999999\r\n"),
    *(b"Transfer-Encoding: gzip, chunked\r\n", b"Content-Encoding: gzip\r\n", b"Location: http://evil.example/\r\n"),
    *(b"fffffffffffffffff\r\n", b"-1\r\n", b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/9.9 999 \r\n", b"A" * 70_000),
    *(b"Set-Cookie: a=b\r\n", b"Retry-After: nan\r\n", b"Date: nonsense\r\n", b"X: " + b"y" * 9000 + b"\r\n"),
)


def damaged(dice, answer):
    for _ in range(dice.randrange(1, 4)):
        at = dice.randrange(len(answer) + 1)
        match dice.randrange(5):
            case 0:
                answer = answer[:at]
            case 1:
                answer = answer[:at] + dice.choice(HOSTILE) + answer[at:]
            case 2:
                line = answer.find(b"\r\n", at) + 2
                answer = answer[:line] + dice.choice(HOSTILE) + answer[line:]
            case 3:
                answer = answer[:at] + bytes([dice.randrange(256)]) + answer[at + 1 :]
            case _:
                status = dice.choice([b"100", b"101", b"204", b"206", b"301", b"304", b"407", b"429", b"500", b"700"])
                answer = answer.replace(b"200", status, 1)
    return answer


@pytest.mark.parametrize("part", range(3))
async def test_no_damage_to_http_does_harm(server, part):
    async with Client(server.options, timeouts=IMPATIENT) as client:
        await collect(client)  # the token is there from now on
        for seed in range(part * ROUNDS // 3, (part + 1) * ROUNDS // 3):
            dice = dice_for(seed)
            is_streamed = dice.random() < 0.7
            answer = damaged(dice, STREAM if is_streamed else WHOLE)
            server.script = lambda _, answer=answer: Say((answer,), close=True)
            request = replace(REQUEST, api=dice.choice(list(ApiVersion)))

            async with asyncio.timeout(10):
                if is_streamed:
                    await collect(client, request)
                else:
                    await _whole(client, request)

        server.script = lambda _: hello()
        events, error = await collect(client)

    assert (text_of(events), error) == ("Hello", None)


async def _whole(client, request):
    try:
        return await client.complete(request)
    except GigadeskError:
        return ()
