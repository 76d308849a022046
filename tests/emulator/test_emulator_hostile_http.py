"""What is no HTTP, or HTTP of an unpleasant kind, gets a clean refusal and leaves no trace in a log."""

import gzip
import zlib

import pytest

from gigadesk.emulator import Emulator, EmulatorOptions
from tests.emulator.emulator_support import Visitor, raw, visiting

COUNT = b'{"model":"GigaChat-2","input":["a"]}'
PAGE = b"<center><h1>400 Bad Request</h1></center>"
MEGABYTE = 1024 * 1024


def request(visitor: Visitor, line: bytes, more: bytes = b"", body: bytes | None = None) -> bytes:
    head = b"%s HTTP/1.1\r\nHost: x\r\nUser-Agent: t\r\nAuthorization: Bearer %s\r\nConnection: close\r\n"
    length = b"" if body is None else b"Content-Length: %d\r\n" % len(body)
    return head % (line, visitor.token.encode()) + more + length + b"\r\n" + (body or b"")


async def answer(visitor: Visitor, *args, **kwargs) -> tuple[int, bytes]:
    """Status and body of the only answer to these bytes; HTTP/1.1 or 1.0."""
    head, _, body = (await raw(visitor.endpoint, request(visitor, *args, **kwargs))).partition(b"\r\n\r\n")
    return int(head.split()[1]), body


@pytest.mark.parametrize(
    ("line", "more"),
    [
        (b"GET /v1/models", b"".join(b"X-%d: y\r\n" % number for number in range(50_000))),
        (b"GET /v1/models", b"X-A: " + b"y" * MEGABYTE + b"\r\n"),
        (b"GET /v1/" + b"a" * 100_000, b""),
        (b"GET /v1/models", b"X-A: \0\r\n"),
        (b"GET /v1/models", b"X-Client-ID: a\rb\r\n"),
        (b"GET /v1/models/\xff\xfe", b""),
        (b"POST /v1/files", b"Content-Length: -5\r\n"),
        (b"POST /v1/files", b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"),
        (b"POST /v1/files", b"Transfer-Encoding: chunked\r\n\r\nzz\r\n"),
    ],
    ids=[
        "endless headers",
        "endless header",
        "endless path",
        "NUL",
        "line break",
        "bytes in the path",
        "negative length",
        "two lengths",
        "no chunk",
    ],
)
async def test_broken_requests_get_the_page_of_a_proxy(visitor: Visitor, line, more):
    status, body = await answer(visitor, line, more)

    assert status == 400
    assert PAGE in body


@pytest.mark.parametrize(
    "data", [b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"], ids=["TLS", "HTTP/2"]
)
async def test_other_protocols_are_turned_away(visitor: Visitor, data):
    assert PAGE in await raw(visitor.endpoint, data)


@pytest.mark.parametrize(
    ("packing", "body", "status"),
    [
        (b"gzip", gzip.compress(COUNT), 200),
        (b"GZip", gzip.compress(COUNT), 200),
        (b"deflate", zlib.compress(COUNT), 200),
        (b"identity", COUNT, 200),
        (b"gzip", COUNT, 400),
        (b"deflate", COUNT, 400),
        (b"gzip", gzip.compress(COUNT)[:-9], 400),
        (b"br", COUNT, 415),
        (b"x", COUNT, 415),
    ],
    ids=["gzip", "letters", "deflate", "identity", "no gzip", "no deflate", "cut", "brotli", "unknown"],
)
async def test_packed_bodies(visitor: Visitor, packing, body, status):
    more = b"Content-Encoding: %s\r\n" % packing

    assert (await answer(visitor, b"POST /v1/tokens/count", more, body))[0] == status


async def test_bomb_is_too_large(visitor: Visitor):
    packer = zlib.compressobj(wbits=31)
    bomb = b"".join(packer.compress(bytes(MEGABYTE)) for _ in range(200)) + packer.flush()

    too_large = 413, b'{"status":413,"message":"Payload too large"}\n'
    assert await answer(visitor, b"POST /v1/tokens/count", b"Content-Encoding: gzip\r\n", bomb) == too_large


async def test_length_that_cannot_be_is_refused_before_anything_is_read():
    emulator = Emulator(EmulatorOptions(characters_per_s=0, body_max_bytes=1000))
    async with visiting(emulator) as visitor:
        assert (await answer(visitor, b"POST /v1/files", body=bytes(1001)))[0] == 413
        assert (await answer(visitor, b"POST /v1/files", body=bytes(1000)))[0] == 400
    await emulator.stop()


@pytest.mark.parametrize(
    "body",
    [COUNT.decode().encode("utf-16"), b"\xef\xbb\xbf" + COUNT, COUNT.replace(b"a", b"\xe9")],
    ids=["UTF-16", "byte order mark", "Latin 1"],
)
async def test_json_is_utf_8(visitor: Visitor, body):
    status, answered = await answer(visitor, b"POST /v1/tokens/count", body=body)

    assert (status, answered) == (400, b'{"status":400,"message":"Your request contains invalid JSON syntax."}\n')


JSON_PATHS = [
    "chat/completions",
    "tokens/count",
    "embeddings",
    "filter/check",
    "functions/validate",
    "functions/convert",
    "batches?method=embedder",
    "ai/check",
    "assistants",
    "assistants/modify",
    "assistants/delete",
    "assistants/files/delete",
    "threads/retrieve",
    "threads/delete",
    "threads/messages",
    "threads/run",
    "threads/messages/run",
    "threads/messages/rerun",
]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"1" * 5_000,
        b"[1]",
        b'"x"',
        b'{"model":[],"messages":{},"input":7,"thread_id":{},"assistant_id":[],"threads_ids":"x","name":{}}',
        b'{"messages":[{"role":1}],"thread_id":"\\ud800","assistant_id":"\\ud800","threads_ids":[7],"metadata":[]}',
        b'{"messages":[1],"input":["x"],"model":"Embeddings\\u0000","request":[],"id":7}',
    ],
    ids=["empty", "deep list", "deep object", "huge number", "list", "text", "wrong types", "surrogates", "odd values"],
)
async def test_no_endpoint_stumbles_over_a_body(body):
    emulator = Emulator(EmulatorOptions(characters_per_s=0, plan="corp"))
    async with visiting(emulator) as visitor:
        for path in JSON_PATHS:
            async with visitor.post("/" + path, data=body, base=visitor.endpoint.old_base_url) as response:
                # A bad description of a function is the subject of that endpoint, not an error.
                is_verdict = response.status == 200 and path == "functions/validate"
                assert is_verdict or response.status in {400, 404, 422}, path
                assert response.content_type == "application/json"
        assert emulator.generations_running == 0
    await emulator.stop()


@pytest.mark.parametrize(
    "query",
    [
        "thread_id=%FF&limit=x",
        "before=-1",
        "limit=" + "9" * 3000,
        "&".join(["a=b"] * 500),
        "assistant_id=%00",
    ],
    ids=["bytes", "negative", "endless", "many", "NUL"],
)
async def test_no_endpoint_stumbles_over_a_query(visitor: Visitor, query):
    for path in ("threads", "threads/messages", "threads/run", "assistants", "models", "files"):
        status, _ = await visitor.get(f"/{path}?{query}")
        assert status in {200, 400, 404, 422}, path


async def test_expected_continue_is_said(visitor: Visitor):
    body = request(visitor, b"POST /v1/tokens/count", b"Expect: 100-continue\r\n", COUNT)

    answered = await raw(visitor.endpoint, body)

    assert answered.startswith(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n")


async def test_paths_that_lead_nowhere(visitor: Visitor):
    for line in (b"OPTIONS *", b"CONNECT a:443", b"GET /", b"GET /v1", b"GET /v1/../oauth", b"PUT /v1/files"):
        assert (await answer(visitor, line))[0] == 404
