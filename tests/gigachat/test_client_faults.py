"""The client against everything that goes wrong on the way. Whatever happens, what was shown stands."""

import asyncio
import gzip
import json
import socket
from dataclasses import replace

import pytest

from gigadesk import limits
from gigadesk.errors import (
    AnswerInterruptedError,
    BrokenAnswerCause,
    BrokenAnswerError,
    NetworkCause,
    NetworkError,
    ServerFailedError,
)
from gigadesk.gigachat import transport
from gigadesk.gigachat.client import Client, ClientOptions
from gigadesk.gigachat.events import Finished, TextDelta
from gigadesk.gigachat.transport import Timeouts
from tests.gigachat.client_support import REQUEST, collect, text_of
from tests.gigachat.raw_server import (
    DONE,
    END,
    KEY,
    RawServer,
    Say,
    answer,
    data,
    delta,
    failed,
    hello,
    http,
    last,
    piece,
    stream_head,
)

CLOSE_DELIMITED = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"
HTML = b"<html><img src='/dev/zero'></html>"
IMPATIENT = Timeouts(connect_s=5, read_s=0.2, event_s=0.2, whole_read_s=0.2, after_finish_s=0.05)
JSON_ANSWER = json.dumps({"choices": [{"message": {"content": "Hello"}}]}).encode()


@pytest.fixture
async def impatient(server):
    async with Client(server.options, timeouts=IMPATIENT) as client:
        yield client


@pytest.mark.parametrize(
    "say",
    [
        answer(delta("Hel"), delta("lo")),
        Say((CLOSE_DELIMITED + delta("Hel") + delta("lo"),), close=True),
        Say((stream_head() + piece(delta("Hel") + delta("lo")) + b"ff\r\ndata: {",), close=True),
        Say((http(200, delta("Hel") + delta("lo"), "text/event-stream", length=5000),), close=True),
    ],
    ids=["clean end", "closed connection", "cut chunk", "short body"],
)
async def test_an_answer_that_breaks_off_is_interrupted(server, client, say):
    server.script = lambda _: say

    events, error = await collect(client)

    assert text_of(events) == "Hello"
    assert isinstance(error, AnswerInterruptedError)
    assert len(server.chats) == 1


async def test_a_reset_after_the_first_words_is_an_interruption(server, client):
    async def say(_):
        return Say((stream_head() + piece(delta("Hello")),), reset=True)

    server.script = say

    events, error = await collect(client)

    # The reset may overtake the words; what it may not do is look like an answer.
    assert text_of(events) in {"", "Hello"}
    assert isinstance(error, AnswerInterruptedError)


@pytest.mark.parametrize(
    "say",
    [
        answer(delta("Hello"), last()),
        Say((CLOSE_DELIMITED + delta("Hello") + last(),), close=True),
        Say((CLOSE_DELIMITED + delta("Hello") + last().rstrip(b"\n"),), close=True),
        Say((stream_head() + piece(delta("Hello") + last()) + b"ff\r\ndata: {",), close=True),
        Say((stream_head() + piece(delta("Hello") + last()), None)),
        Say((stream_head() + piece(delta("Hello") + last() + DONE), None)),
    ],
    ids=[
        "no end mark",
        "closed",
        "no last line end",
        "cut after the reason",
        "silent after the reason",
        "never closed",
    ],
)
async def test_an_answer_with_a_reason_is_complete_however_it_ends(server, impatient, say):
    server.script = lambda _: say

    events, error = await collect(impatient)

    assert error is None
    assert text_of(events) == "Hello"
    assert isinstance(events[-1], Finished)


async def test_every_cut_of_the_bytes_gives_the_same_answer(server, client):
    wire = b": ping\r\n\r\n" + delta("Прив😀") + delta("ет").replace(b"\n", b"\r") + last() + DONE
    for size in (1, 2, 3, 7, 50):
        pieces = [piece(wire[start : start + size]) for start in range(0, len(wire), size)]
        server.script = lambda _, pieces=pieces: Say((stream_head(), *pieces, END))

        events, error = await collect(client)

        assert (text_of(events), error) == ("Прив😀ет", None)


@pytest.mark.parametrize("damage", [[], [b"zz\r\n"]], ids=["closed", "nonsense"])
async def test_a_slow_reader_gets_what_arrived_before_the_connection_failed(server, client, damage):
    go_on = asyncio.Event()
    pieces = (stream_head() + piece(delta("Hel")), go_on, piece(delta("lo")), *damage)
    server.script = lambda _: Say(pieces, close=True)
    events = client.reply(REQUEST)
    texts = [(await anext(events)).text]
    server.hung_up.clear()
    go_on.set()
    async with asyncio.timeout(5):
        await server.hung_up.wait()
    for _ in range(20):  # the failure reaches the client while it is not reading
        await asyncio.sleep(0)

    with pytest.raises(AnswerInterruptedError):
        await _append_texts(events, texts)

    assert texts == ["Hel", "lo"]


async def test_a_reader_in_the_middle_of_a_flood_gets_each_byte_once_when_the_connection_fails(server, client):
    words = [f"{number:05} " for number in range(1500)]
    server.script = lambda _: Say((stream_head() + piece(b"".join(map(delta, words))),), close=True)
    events = client.reply(REQUEST)
    texts = [(await anext(events)).text]
    async with asyncio.timeout(5):
        await server.hung_up.wait()
    for _ in range(20):
        await asyncio.sleep(0)

    with pytest.raises(AnswerInterruptedError):
        await _append_texts(events, texts)

    assert "".join(texts) == "".join(words)
    assert len(texts) > 1


async def _append_texts(events, texts):
    async for event in events:
        texts.append(event.text)


async def test_silence_is_an_interruption(server, impatient):
    server.script = lambda _: Say((stream_head() + piece(delta("Hello")), None))

    events, error = await collect(impatient)

    assert text_of(events) == "Hello"
    assert isinstance(error, AnswerInterruptedError)
    async with asyncio.timeout(5):
        await server.gone.wait()


@pytest.mark.parametrize("part", [b": ping\n\n", b"x"], ids=["comments", "a line that never ends"])
async def test_bytes_that_never_make_an_event_are_silence(server, part):
    ended = asyncio.Event()

    async def serve(reader, writer):
        try:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(stream_head() + piece(delta("Hello")))
            while not reader.at_eof():
                writer.write(piece(part))
                await writer.drain()
                try:
                    async with asyncio.timeout(0.02):
                        await reader.read(100)
                except TimeoutError:
                    pass
        except ConnectionError:
            pass
        finally:
            writer.transport.abort()
            ended.set()

    slow = await asyncio.start_server(serve, "127.0.0.1", 0)
    base_url = f"http://127.0.0.1:{slow.sockets[0].getsockname()[1]}/v1"
    options = ClientOptions(credentials=KEY, base_url=base_url, auth_url=server.options.auth_url)
    async with Client(options, timeouts=Timeouts(read_s=5, event_s=0.3)) as client:
        events, error = await collect(client)

    assert text_of(events) == "Hello"
    assert isinstance(error, AnswerInterruptedError)
    assert error.detail == "the answer fell silent"
    async with asyncio.timeout(5):
        await ended.wait()
    slow.close()


async def test_an_answer_without_end_is_ended(server):
    server.script = lambda _: Say((stream_head() + piece(delta("x")), None))
    async with Client(server.options, timeouts=Timeouts(event_s=60, answer_s=0.2)) as client:
        events, error = await collect(client)

    assert text_of(events) == "x"
    assert isinstance(error, AnswerInterruptedError)
    assert error.detail == "the answer took too long"


async def test_a_server_that_never_answers(server, impatient):
    server.script = lambda _: Say((None,))

    for ask in (collect(impatient), _failure(impatient.complete(REQUEST)), _failure(impatient.models())):
        error = (await ask)[1]
        assert isinstance(error, NetworkError)
        assert error.cause is NetworkCause.TIMEOUT


async def _failure(work):
    with pytest.raises(Exception) as caught:  # noqa: PT011 - the caller looks at it
        await work
    return None, caught.value


@pytest.mark.parametrize("status", [200, 403])
@pytest.mark.parametrize("content_type", ["text/html", "text/html; charset=utf-8", "text/plain", ""])
async def test_a_web_page_is_not_an_answer(server, client, status, content_type):
    server.script = lambda _: Say((http(status, HTML, content_type),))

    for ask in (collect(client), _failure(client.complete(REQUEST)), _failure(client.models())):
        events, error = await ask
        assert not events
        assert isinstance(error, BrokenAnswerError)
        assert error.cause is BrokenAnswerCause.NOT_GIGACHAT


async def test_a_web_page_instead_of_a_token(server, client):
    server.oauth = lambda _: Say((http(200, HTML, "text/html"),))

    error = (await collect(client))[1]

    assert isinstance(error, BrokenAnswerError)
    assert error.cause is BrokenAnswerCause.NOT_GIGACHAT


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_no_redirect_is_followed(server, client, status):
    elsewhere = asyncio.Event()

    async def stranger(_reader, writer):
        elsewhere.set()
        writer.close()

    other = await asyncio.start_server(stranger, "127.0.0.1", 0)
    location = f"Location: http://127.0.0.1:{other.sockets[0].getsockname()[1]}/"
    redirect = Say((http(status, b"", "", headers=[location]),))

    server.script = lambda _: redirect
    errors = [(await collect(client))[1], (await _failure(client.complete(REQUEST)))[1]]
    server.oauth = lambda _: redirect
    async with Client(server.options) as another:
        errors.append((await collect(another))[1])

    assert [error.cause for error in errors] == [BrokenAnswerCause.REDIRECT] * 3
    assert not elsewhere.is_set()
    assert len(server.chats) == 2
    other.close()


@pytest.mark.parametrize("body", [gzip.compress(delta("Hello") + last() + DONE), gzip.compress(bytes(2**20))[:500]])
async def test_a_compressed_answer_is_refused(server, client, body):
    server.script = lambda _: Say((http(200, body, "text/event-stream", headers=["Content-Encoding: gzip"]),))

    events, error = await collect(client)

    assert events == []
    assert isinstance(error, BrokenAnswerError)


async def test_a_compressed_error_is_judged_by_its_status(server, client):
    server.script = lambda _: Say((http(500, gzip.compress(b"{}"), headers=["Content-Encoding: gzip"]),))

    assert isinstance((await collect(client))[1], ServerFailedError)


async def test_a_huge_error_is_not_read_to_its_end(server, client):
    body = b"{" + b" " * (limits.ERROR_BODY_MAX_BYTES * 4)
    server.script = lambda _: Say((http(500, body),), close=True)

    assert isinstance((await collect(client))[1], ServerFailedError)


async def test_an_error_whose_words_never_end_is_judged_by_its_status(server, client, monkeypatch):
    monkeypatch.setattr(transport, "ERROR_BODY_MAX_S", 0.05)
    server.script = lambda _: Say((http(500, b"{", length=5000), None))

    assert isinstance((await collect(client))[1], ServerFailedError)
    async with asyncio.timeout(5):
        await server.gone.wait()


async def test_a_line_without_end_is_refused_after_the_words_before_it(server, client):
    flood = piece(b"x" * 2**20)
    server.script = lambda _: Say((stream_head() + piece(delta("Hello")), *([flood] * 5), None))

    events, error = await collect(client)

    assert text_of(events) == "Hello"
    assert isinstance(error, BrokenAnswerError)
    assert error.cause is BrokenAnswerCause.TOO_LONG


async def test_a_body_without_end_is_refused(server, client):
    head = stream_head(content_type="application/json")
    server.script = lambda _: Say((head, *([piece(b" " * 2**20)] * 20), None))

    error = (await _failure(client.complete(REQUEST)))[1]

    assert isinstance(error, BrokenAnswerError)
    assert error.cause is BrokenAnswerCause.TOO_LONG


@pytest.mark.parametrize(
    "events",
    [[data("nonsense")], [data("[]"), data("{}"), DONE], [data("nonsense" * 1000), last().replace(b"choices", b"x")]],
    ids=["nonsense", "nonsense with an end", "other shape"],
)
async def test_an_answer_of_which_nothing_is_understood_is_broken(server, client, events):
    server.script = lambda _: answer(*events)

    error = (await collect(client))[1]

    assert isinstance(error, BrokenAnswerError)
    assert error.cause is BrokenAnswerCause.MALFORMED


async def test_an_error_in_mid_stream_keeps_the_words_before_it(server, client):
    server.script = lambda _: answer(delta("Hello"), data({"status": 500, "message": "boom"}), DONE)

    events, error = await collect(client)

    assert text_of(events) == "Hello"
    assert isinstance(error, ServerFailedError)
    assert error.detail == "boom"


@pytest.mark.parametrize("body", [b"nonsense", b"{}", b'{"choices":[]}', JSON_ANSWER[:-5]])
async def test_a_whole_answer_that_makes_no_sense(server, client, body):
    server.script = lambda _: Say((http(body=body),))

    assert isinstance((await _failure(client.complete(REQUEST)))[1], BrokenAnswerError)


async def test_an_error_with_status_200(server, client):
    server.script = lambda _: Say((http(body=b'{"status":500,"message":"boom"}'),))

    assert isinstance((await _failure(client.complete(REQUEST)))[1], ServerFailedError)


async def test_a_whole_answer_that_breaks_off(server, client):
    server.script = lambda _: Say((http(body=JSON_ANSWER, length=5000),), close=True)

    assert isinstance((await _failure(client.complete(REQUEST)))[1], AnswerInterruptedError)


async def test_a_kept_connection_that_died_is_replaced_silently(server, client):
    answers = [hello(), Say((), close=True), hello()]
    server.script = lambda _: answers.pop(0)

    texts = [text_of((await collect(client))[0]) for _ in range(2)]

    assert texts == ["Hello", "Hello"]
    assert len(server.chats) == 3


async def test_it_is_replaced_only_once(server, client):
    answers = [hello(), Say((), close=True), Say((), close=True), hello()]
    server.script = lambda _: answers.pop(0)
    await collect(client)

    error = (await collect(client))[1]

    assert isinstance(error, NetworkError)
    assert error.cause is NetworkCause.RESET


@pytest.mark.parametrize("say", [Say((), close=True), Say((), reset=True)], ids=["closed", "reset"])
async def test_a_new_connection_that_dies_is_not_tried_again(server, client, say):
    server.script = lambda _: say

    error = (await collect(client))[1]

    assert isinstance(error, NetworkError)
    assert error.cause is NetworkCause.RESET
    assert len(server.chats) == 1


async def test_bytes_that_are_not_http(server, client):
    server.script = lambda _: Say((b"SSH-2.0-OpenSSH_9.2\r\n\r\n",), close=True)

    assert isinstance((await collect(client))[1], BrokenAnswerError)


async def test_nobody_listens():
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    async with Client(ClientOptions(credentials=KEY, base_url=address, auth_url=address)) as client:
        error = (await collect(client))[1]

    assert isinstance(error, NetworkError)
    assert (error.cause, error.host) == (NetworkCause.REFUSED, "127.0.0.1")


async def test_a_name_that_does_not_exist(server):
    options = ClientOptions(credentials=KEY, base_url="https://no-such-host.invalid", auth_url=server.options.auth_url)
    async with Client(options, timeouts=Timeouts(connect_s=30)) as client:
        error = (await collect(client))[1]

    assert isinstance(error, NetworkError)
    assert (error.cause, error.host) == (NetworkCause.DNS, "no-such-host.invalid")


async def test_a_failing_authorization_host_is_not_stormed(server, client):
    server.oauth = lambda _: failed(500, code=0, message="boom")

    results = await asyncio.gather(*(collect(client) for _ in range(20)))

    assert {type(error) for _, error in results} == {ServerFailedError}
    assert len(server.tokens) == 1


async def test_a_stopped_chat_does_not_take_the_token_from_the_others(server, client):
    may_answer = asyncio.Event()

    async def oauth(_):
        await may_answer.wait()
        return Say((http(body=b'{"access_token":"t"}'),))

    server.oauth = oauth
    chats = [asyncio.create_task(collect(client)) for _ in range(5)]
    async with asyncio.timeout(5):
        while not server.tokens:
            await asyncio.sleep(0)
    chats[0].cancel()
    may_answer.set()

    results = await asyncio.gather(*chats, return_exceptions=True)

    assert isinstance(results[0], asyncio.CancelledError)
    assert [text_of(events) for events, _ in results[1:]] == ["Hello"] * 4
    assert len(server.tokens) == 1


async def test_words_before_the_end_are_yielded_as_they_come(server, client):
    may_end = asyncio.Event()

    async def serve(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        writer.write(stream_head() + piece(delta("Hel")))
        await may_end.wait()
        writer.write(piece(delta("lo") + last() + DONE) + END)
        await writer.drain()
        writer.close()

    slow = await asyncio.start_server(serve, "127.0.0.1", 0)
    base_url = f"http://127.0.0.1:{slow.sockets[0].getsockname()[1]}/v1"
    async with Client(ClientOptions(credentials=KEY, base_url=base_url, auth_url=server.options.auth_url)) as patient:
        events = patient.reply(REQUEST)

        assert await anext(events) == TextDelta("Hel")
        may_end.set()
        assert await anext(events) == TextDelta("lo")
        assert isinstance(await anext(events), Finished)
        assert await anext(events, None) is None
    slow.close()


async def test_a_server_that_speaks_only_the_newer_ip_is_reached():
    server = RawServer()
    try:
        await server.start(host="::1")
    except OSError:
        pytest.skip("this machine has no IPv6")
    async with Client(server.options) as client:
        events, error = await collect(client)
    await server.stop()

    assert (text_of(events), error) == ("Hello", None)


async def test_a_name_with_a_dead_address_is_reached_by_the_other(server):
    base_url = server.base_url.replace("127.0.0.1", "localhost")  # usually also ::1, where nobody listens
    options = replace(server.options, base_url=base_url + "/v1", auth_url=base_url + "/oauth")

    async with Client(options) as client:
        events, error = await collect(client)

    assert (text_of(events), error) == ("Hello", None)


async def test_how_long_an_answer_may_be_is_a_choice(server):
    server.script = lambda _: answer(*(delta("x" * 100_000) for _ in range(180)), last())

    async with Client(server.options) as client:
        events, error = await collect(client)
    async with Client(replace(server.options, answer_max_bytes=64 * 1024 * 1024)) as client:
        long_events, long_error = await collect(client)

    assert isinstance(error, BrokenAnswerError)
    assert error.cause is BrokenAnswerCause.TOO_LONG
    assert len(text_of(events)) <= limits.ANSWER_MAX_BYTES
    assert (len(text_of(long_events)), long_error) == (18_000_000, None)


def test_a_head_that_comes_byte_by_byte_is_not_waited_for(run_async):
    has_gone = asyncio.Event()

    async def dribble(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nX: ")
        try:
            while not writer.is_closing():
                writer.write(b"a")
                # Never silent for as long as the client allows.
                await asyncio.sleep(0.01)
        finally:
            writer.transport.abort()
            has_gone.set()

    async def story():
        server = await asyncio.start_server(dribble, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        options = ClientOptions(access_token="t", base_url=f"http://127.0.0.1:{port}/v1", max_retries=0)
        async with server, Client(options, timeouts=Timeouts(connect_s=0.1, read_s=0.05)) as client:
            with pytest.raises(NetworkError) as caught:
                await client.balance()
            await has_gone.wait()
        assert caught.value.cause is NetworkCause.TIMEOUT

    run_async(story())
