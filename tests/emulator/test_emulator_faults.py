"""Each fault does what it says, to the byte."""

import asyncio
import gzip
import json

import aiohttp
import pytest

from gigadesk.emulator import Cut, Emulator, EmulatorOptions, Fault
from tests.emulator.emulator_support import Visitor, deltas, question, raw, until, visiting

STREAM = question("Раз", stream=True)


async def whole(emulator: Emulator, visitor: Visitor) -> bytes:
    """The body of a stream without a fault, for comparison."""
    emulator.answer_next("Один, ", "два, ", "три.")
    _, body = await visitor.read(STREAM)
    emulator.answer_next("Один, ", "два, ", "три.")
    return body


async def received(visitor: Visitor) -> tuple[bytes, BaseException | None]:
    """What comes of a stream, and the error that ends it."""
    body = b""
    async with visitor.post(body=STREAM) as response:
        try:
            async for data in response.content.iter_any():
                body += data
        except aiohttp.ClientError as exc:
            return body, exc
    return body, None


RECORDED = {
    401: b'{"status":401,"message":"Unauthorized"}\n',
    402: b'{"status":402,"message":"Payment Required"}\n',
    403: b'{"status":403,"message":"Permission denied"}\n',
    413: b'{"status":413,"message":"Payload too large"}\n',
    429: b'{"status":429,"message":"Too many requests"}\n',
    500: b'{"status":500,"message":"Internal Server Error"}\n',
}


@pytest.mark.parametrize(("status", "body"), RECORDED.items(), ids=map(str, RECORDED))
async def test_status_has_its_recorded_body(emulator: Emulator, visitor: Visitor, status, body):
    emulator.faults.next(Fault(status=status))

    assert await visitor.read(STREAM) == (status, body)
    assert (await visitor.read(STREAM))[0] == 200


async def test_fault_hits_its_path_so_many_times_or_until_reset(emulator: Emulator, visitor: Visitor):
    emulator.faults.next(Fault(status=503), times=2)
    assert (await visitor.get("/models"))[0] == 200
    assert [(await visitor.read(STREAM))[0] for _ in range(3)] == [503, 503, 200]

    emulator.faults.set(Fault(path="/oauth", status=500))
    async with visitor.session.post(visitor.endpoint.auth_url) as response:
        assert response.status == 500
    emulator.faults.reset()
    assert await visitor.fetch_token()


async def test_message_and_header(emulator: Emulator, visitor: Visitor):
    emulator.faults.next(Fault(status=429, message="Slow down", headers=(("Retry-After", "7"),)))

    async with visitor.post(body=STREAM) as response:
        assert (response.status, response.headers["Retry-After"]) == (429, "7")
        assert await response.read() == b'{"status":429,"message":"Slow down"}\n'


@pytest.mark.parametrize("status", [200, 502])
async def test_page_of_a_gateway(emulator: Emulator, visitor: Visitor, status):
    emulator.faults.next(Fault(html=True, status=status))

    async with visitor.post(body=STREAM) as response:
        assert (response.status, response.headers["Content-Type"]) == (status, "text/html")
        assert (await response.read()).startswith(b"<html>")


async def test_redirect_is_not_followed_by_the_emulator(emulator: Emulator, visitor: Visitor):
    emulator.faults.next(Fault(status=307, headers=(("Location", "http://127.0.0.1:9/"),)))

    async with visitor.session.post(
        visitor.endpoint.base_url + "/chat/completions", headers=visitor.headers, json=STREAM, allow_redirects=False
    ) as response:
        assert (response.status, response.headers["Location"]) == (307, "http://127.0.0.1:9/")


async def test_exact_body_and_content_type(emulator: Emulator, visitor: Visitor):
    emulator.faults.next(Fault(body='data: {"status":500,"message":"x"}\n\n', content_type="text/event-stream"))

    async with visitor.post(body=STREAM) as response:
        assert (response.status, response.headers.getall("Content-Type")) == (200, ["text/event-stream"])
        assert await response.read() == b'data: {"status":500,"message":"x"}\n\n'


async def test_missing_end(emulator: Emulator, visitor: Visitor):
    good = await whole(emulator, visitor)
    emulator.faults.next(Fault(without_done=True))
    assert await visitor.read(STREAM) == (200, good.removesuffix(b"data: [DONE]\n\n"))

    emulator.answer_next("Один, ", "два, ", "три.")
    emulator.faults.next(Fault(without_finish=True))
    _, body = await visitor.read(STREAM)
    assert body.count(b"data: ") == 3
    assert b"finish_reason" not in body


@pytest.mark.parametrize("cut", [Cut.RST, Cut.FIN])
@pytest.mark.parametrize("count", [0, 1, 50, 200])
async def test_cut_after_exactly_so_many_bytes(emulator: Emulator, visitor: Visitor, cut, count):
    good = await whole(emulator, visitor)
    emulator.faults.next(Fault(cut_after_bytes=count, cut=cut))

    body, error = await received(visitor)

    # `created` may be of another second: what is before it must be equal.
    assert len(body) == count
    assert body[:100] == good[:count][:100]
    assert isinstance(error, aiohttp.ClientError)
    await until(lambda: emulator.generations_running == 0)


async def test_reset_is_a_reset(emulator: Emulator, visitor: Visitor):
    emulator.faults.next(Fault(cut_after_bytes=10, cut=Cut.RST, path=""))

    with pytest.raises(ConnectionResetError):
        await raw(visitor.endpoint, b"GET /v1/models HTTP/1.1\r\nHost: x\r\nUser-Agent: t\r\n\r\n")


async def test_clean_end_in_the_middle(emulator: Emulator, visitor: Visitor):
    good = await whole(emulator, visitor)
    emulator.faults.next(Fault(cut_after_bytes=100, cut=Cut.CLEAN))

    assert await received(visitor) == (good[:100], None)


async def test_short_json(emulator: Emulator, visitor: Visitor):
    emulator.faults.next(Fault(cut_after_bytes=20, cut=Cut.FIN))

    with pytest.raises(aiohttp.ClientPayloadError):
        await visitor.read(question())


async def test_dropped_connection(emulator: Emulator, visitor: Visitor):
    emulator.faults.next(Fault(drop=True))

    with pytest.raises(aiohttp.ServerDisconnectedError):
        await visitor.read(STREAM)


@pytest.mark.parametrize("size", [1, 7])
async def test_small_pieces_are_the_same_bytes(emulator: Emulator, visitor: Visitor, size):
    good = await whole(emulator, visitor)
    emulator.faults.next(Fault(piece_bytes=size))

    _, body = await visitor.read(STREAM)

    assert deltas(body) == deltas(good)
    assert len(body) == len(good)


async def test_pieces_are_chunks_of_their_own(emulator: Emulator, visitor: Visitor):
    emulator.faults.next(Fault(piece_bytes=1, without_finish=True))
    body = json.dumps(STREAM).encode()
    head = b"POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nUser-Agent: t\r\nConnection: close\r\n"
    token = b"Authorization: Bearer " + visitor.token.encode()

    answer = await raw(visitor.endpoint, head + token + b"\r\nContent-Length: %d\r\n\r\n" % len(body) + body)

    assert answer.partition(b"\r\n\r\n")[2].startswith(b"1\r\nd\r\n1\r\na\r\n1\r\nt\r\n")


@pytest.mark.parametrize("fault", [Fault(stall_after_chunks=2), Fault(stall_after_bytes=300)], ids=["chunks", "bytes"])
async def test_stall_until_released(emulator: Emulator, visitor: Visitor, fault):
    good = await whole(emulator, visitor)
    emulator.faults.next(fault)

    async with visitor.post(body=STREAM) as response:
        begun = await response.content.readuntil(b"\n\n")
        await until(lambda: emulator.faults.waiting == 1)
        assert emulator.generations_running == 1
        assert not response.content.at_eof()
        emulator.faults.release()
        rest = await response.content.read()

    assert deltas(begun + rest) == deltas(good)


async def test_held_request_says_nothing(emulator: Emulator, visitor: Visitor):
    emulator.faults.next(Fault(hold=True, path="/models"))

    asking = asyncio.ensure_future(visitor.get("/models"))
    await until(lambda: emulator.faults.waiting == 1)
    assert emulator.requests_to("/models")
    assert not asking.done()

    emulator.faults.reset()
    assert (await asking)[0] == 200


async def test_comments_and_other_line_ends(emulator: Emulator, visitor: Visitor):
    emulator.faults.next(Fault(comments=2, line_end="\r\n"))

    _, body = await visitor.read(STREAM)

    assert body.startswith(b": ping\n\n: ping\n\ndata: {")
    assert body.endswith(b"\r\n\r\ndata: [DONE]\r\n\r\n")


async def test_compressed_although_nobody_asked(emulator: Emulator, visitor: Visitor):
    good = await whole(emulator, visitor)
    emulator.faults.next(Fault(gzip=True))

    async with aiohttp.ClientSession(auto_decompress=False) as session:
        plain = Visitor(session, visitor.endpoint, visitor.token)
        async with plain.post(body=STREAM, headers={"Accept-Encoding": "identity"}) as response:
            assert response.headers["Content-Encoding"] == "gzip"
            assert deltas(gzip.decompress(await response.read())) == deltas(good)


async def test_delays_do_not_change_the_bytes(emulator: Emulator, visitor: Visitor):
    good = await whole(emulator, visitor)
    emulator.faults.next(Fault(delay_s=0.01, piece_bytes=100, piece_delay_s=0.001))

    _, body = await visitor.read(STREAM)

    assert deltas(body) == deltas(good)


async def test_log_of_requests_is_bounded():
    emulator = Emulator(EmulatorOptions(characters_per_s=0, requests_kept=3))
    async with visiting(emulator) as visitor:
        for number in range(4):
            await visitor.read(question(f"Вопрос {number}"), headers={"X-Session-ID": "s"})

        assert len(emulator.requests) == 3
        last = emulator.requests[-1]
        assert (last.method, last.path, last.headers["x-session-id"]) == ("POST", "/v1/chat/completions", "s")
        assert last.json()["messages"][0]["content"] == "Вопрос 3"
    await emulator.stop()


async def test_may_be_started_again_and_stopped_twice(emulator: Emulator):
    for _ in range(2):
        async with visiting(emulator) as visitor:
            assert (await visitor.get("/models"))[0] == 200
        await emulator.stop()
        await emulator.stop()


async def test_taken_port_is_an_error(emulator: Emulator, visitor: Visitor):
    port = int(visitor.endpoint.base_url.split(":")[2].split("/")[0])

    with pytest.raises(OSError, match=str(port)):
        await Emulator(EmulatorOptions(port=port)).start()
