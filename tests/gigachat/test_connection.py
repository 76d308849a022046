"""What every endpoint may count on."""

from dataclasses import replace

import pytest
from yarl import URL

from gigadesk.errors import BrokenAnswerError, FileGoneError, RequestRejectedError, ServerFailedError
from gigadesk.gigachat.connection import Connection
from gigadesk.gigachat.failures import from_files
from gigadesk.gigachat.options import ClientOptions
from gigadesk.gigachat.transport import Timeouts, drop, read_body
from tests.gigachat.raw_server import Say, failed, http

JSON = Say((http(body=b"{}"),))
BUSY = Say((http(503, b"{}", headers=["Retry-After: 0"]),))


@pytest.fixture
async def connection(server):
    connection = Connection(replace(server.options, max_retries=1))
    yield connection
    await connection.close()


async def test_a_path_is_below_the_base(server, connection):
    server.script = lambda _: JSON

    assert await connection.json("GET", "/files?x=1") == b"{}"

    assert server.asked[-1].path == "/v1/files?x=1"
    assert server.asked[-1].headers["accept"] == "application/json"


@pytest.mark.parametrize("url", ["https://evil.example/v1/files", "http://127.0.0.1:1/v1"])
async def test_no_token_goes_to_another_host(server, connection, url):
    with pytest.raises(RequestRejectedError):
        await connection.open("GET", URL(url))

    assert server.asked == []


async def test_a_body_is_made_anew_for_every_try(server, connection):
    says = [failed(401, status=401, message="Token has expired"), BUSY, JSON]
    server.script = lambda _: says.pop(0)
    made = []

    async def pieces(number):
        yield b"piece "
        yield str(number).encode()

    def body():
        made.append(len(made))
        return pieces(made[-1])

    headers = {"Content-Length": "7"}
    response = await connection.open("POST", "/files", headers=headers, body=body)

    assert await read_body(response, 100) == b"{}"
    drop(response)
    posts = [asked.body for asked in server.asked if asked.path == "/v1/files"]
    assert posts == [b"piece 0", b"piece 1", b"piece 2"]


async def test_an_endpoint_may_judge_failures_itself(server, connection):
    server.script = lambda _: failed(404, status=404, message="Not Found")

    with pytest.raises(FileGoneError):
        await connection.open("GET", "/files/1", failure=from_files)


async def test_json_that_breaks_off_is_asked_for_again(server, connection):
    says = [Say((http(body=b"{", length=50),), close=True), JSON]
    server.script = lambda _: says.pop(0)

    assert await connection.json("GET", "/models") == b"{}"


async def test_json_has_a_limit_and_a_type(server, connection):
    server.script = lambda _: Say((http(body=b"x" * 500),))
    with pytest.raises(BrokenAnswerError):
        await connection.json("GET", "/models", max_bytes=100)

    server.script = lambda _: Say((http(body=b"<html>", content_type="text/html"),))
    with pytest.raises(BrokenAnswerError):
        await connection.json("GET", "/models")


async def test_tries_have_an_end(server, connection):
    server.script = lambda _: BUSY

    with pytest.raises(ServerFailedError):
        await connection.open("GET", "/models")

    assert len(server.asked) == 3  # a token, two tries


def test_one_wish_sets_every_silence(server):
    assert Connection(replace(server.options, timeout_s=5.0)).timeouts == Timeouts(
        read_s=5.0, event_s=5.0, whole_read_s=5.0
    )
    assert Connection(ClientOptions()).timeouts == Timeouts()
    assert Connection(ClientOptions(timeout_s=5), timeouts=Timeouts(read_s=1)).timeouts == Timeouts(read_s=1)
