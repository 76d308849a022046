"""Fetching a picture that an answer names: from real local servers, which the usual rule would never ask."""

import asyncio
import socket
import ssl
from contextlib import asynccontextmanager, suppress

import pytest
import trustme
from aiohttp import web
from aiohttp.abc import AbstractResolver

from gigadesk.errors import WebPictureCause, WebPictureError
from gigadesk.limits import WEB_PICTURE_MAX_BYTES
from gigadesk.web.pictures import WebPictures, read_address
from gigadesk.web.public_addresses import is_public

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 50
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'/>"
AUTHORITY = trustme.CA()
HOST = "pictures.example"


class Names(AbstractResolver):
    """Names that stand for whatever the test says; each look-up takes the next."""

    def __init__(self, **addresses: list[str]) -> None:
        self._addresses = {name.replace("_", "."): list(found) for name, found in addresses.items()}
        self.asked: list[str] = []

    async def resolve(self, host, port=0, family=socket.AF_INET):
        self.asked.append(host)
        found = self._addresses[host]
        address = found.pop(0) if len(found) > 1 else found[0]
        return [
            {
                "hostname": host,
                "host": address,
                "port": port,
                "family": socket.AF_INET,
                "proto": 0,
                "flags": socket.AI_NUMERICHOST,
            }
        ]

    async def close(self):
        pass


@asynccontextmanager
async def site(handler, host=HOST):
    """The port of a server that has a certificate for `host`."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    AUTHORITY.issue_cert(host).configure_cert(context)
    runner = web.ServerRunner(web.Server(handler))
    await runner.setup()
    listener = web.TCPSite(runner, "127.0.0.1", 0, ssl_context=context)
    await listener.start()
    try:
        yield listener._server.sockets[0].getsockname()[1]
    finally:
        await runner.cleanup()


def pictures(names=None, *, is_allowed=lambda _: True, proxy="none", max_s=10.0):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    AUTHORITY.configure_trust(context)
    names = names or Names(pictures_example=["127.0.0.1"])
    return WebPictures(proxy=proxy, is_allowed=is_allowed, resolver=names, context=context, max_s=max_s)


async def failure(fetcher, address) -> WebPictureCause:
    with pytest.raises(WebPictureError) as caught:
        await fetcher.fetch(address)
    assert address not in str(caught.value)
    return caught.value.cause


async def fetched(handler, *, path="/a.png", **arguments):
    async with site(handler) as port:
        return await pictures(**arguments).fetch(f"https://{HOST}:{port}{path}")


async def refused(handler, **arguments) -> WebPictureCause:
    async with site(handler) as port:
        return await failure(pictures(**arguments), f"https://{HOST}:{port}/a.png?secret=1")


def answering(body=PNG, content_type="image/png", status=200, **headers):
    async def answer(request):
        return web.Response(
            body=body,
            status=status,
            headers={"Content-Type": content_type, **{k.replace("_", "-"): v for k, v in headers.items()}},
        )

    return answer


@pytest.mark.parametrize(
    ("content", "content_type", "end"),
    [
        (PNG, "image/png", "png"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 20, "image/jpeg; charset=x", "jpg"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "IMAGE/WEBP", "webp"),
        (b"GIF89a" + b"\0" * 20, "image/gif", "gif"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 20, "image/png", "jpg"),
    ],
)
async def test_a_picture_is_fetched_and_named_by_its_bytes(content, content_type, end):
    assert await fetched(answering(content, content_type)) == (content, end)


async def test_nothing_is_told_about_the_user():
    seen = {}

    async def note(request):
        seen.update(request.headers, method=request.method, path=request.path_qs)
        return web.Response(body=PNG, content_type="image/png", headers={"Set-Cookie": "a=b"})

    async with site(note) as port:
        fetcher = pictures()
        for _ in range(2):
            await fetcher.fetch(f"https://{HOST}:{port}/a.png?x=1#part")

    assert seen["path"] == "/a.png?x=1"
    assert seen["method"] == "GET"
    assert not {"Cookie", "Referer", "Authorization", "X-Request-ID", "X-Client-ID", "Accept-Language"} & set(seen)


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (SVG, "image/svg+xml"),
        (SVG, "image/png"),
        (PNG, "text/html"),
        (PNG, "application/octet-stream"),
        (b"BM" + b"\0" * 40, "image/bmp"),
        (b"", "image/png"),
        (b"<!doctype html>", "image/jpeg"),
    ],
)
async def test_what_is_no_picture_is_refused(content, content_type):
    assert await refused(answering(content, content_type)) is WebPictureCause.NOT_A_PICTURE


async def test_compressed_answers_are_refused():
    assert await refused(answering(Content_Encoding="gzip")) is WebPictureCause.NOT_A_PICTURE


@pytest.mark.parametrize("status", [401, 403, 404, 500])
async def test_other_answers_are_refused(status):
    assert await refused(answering(status=status)) is WebPictureCause.REFUSED


async def test_an_announced_size_beyond_the_limit_is_not_read():
    async def announce(request):
        response = web.StreamResponse(
            headers={"Content-Type": "image/png", "Content-Length": str(WEB_PICTURE_MAX_BYTES + 1)}
        )
        await response.prepare(request)
        await response.write(PNG)
        return response

    assert await refused(announce) is WebPictureCause.TOO_LARGE


async def test_a_stream_without_end_is_cut():
    sent = 0

    async def pour(request):
        nonlocal sent
        response = web.StreamResponse(headers={"Content-Type": "image/png"})
        await response.prepare(request)
        with suppress(ConnectionError):
            while sent < 10 * WEB_PICTURE_MAX_BYTES and request.transport is not None:
                await response.write(PNG + b"\0" * 65536)
                sent += 65536
                # Where the system takes all at once, writing never waits, and nothing tells that the other has hung up.
                await asyncio.sleep(0)
        raise asyncio.CancelledError  # the other side has hung up

    assert await refused(pour) is WebPictureCause.TOO_LARGE
    assert sent < 3 * WEB_PICTURE_MAX_BYTES


@pytest.mark.parametrize("begins", [False, True])
async def test_a_site_that_is_silent_is_given_up(begins):
    over = asyncio.Event()

    async def wait(request):
        response = web.StreamResponse(headers={"Content-Type": "image/png"})
        if begins:
            await response.prepare(request)
            await response.write(PNG)
        await over.wait()
        return response

    async with site(wait) as port:
        cause = await failure(pictures(max_s=0.3), f"https://{HOST}:{port}/")
        over.set()

    assert cause in {WebPictureCause.TOO_SLOW, WebPictureCause.NO_CONNECTION}


@pytest.mark.parametrize("address", ["10.0.0.1", "127.0.0.1", "169.254.169.254", "100.64.0.1"])
async def test_a_name_that_stands_for_a_local_address_is_never_connected_to(address):
    asked = []

    async def note(request):
        asked.append(request.path)
        return web.Response(body=PNG, content_type="image/png")

    async with site(note) as port:
        names = Names(pictures_example=[address])
        cause = await failure(pictures(names, is_allowed=is_public), f"https://{HOST}:{port}/")

    assert cause is WebPictureCause.NOT_PUBLIC
    assert asked == []


async def test_a_name_that_changes_after_it_was_looked_at_gains_nothing():
    names = Names(pictures_example=["127.0.0.1", "127.0.0.2"])
    async with site(answering()) as port:
        fetcher = pictures(names, is_allowed=lambda address: address == "127.0.0.1")
        await fetcher.fetch(f"https://{HOST}:{port}/")

        assert names.asked == [HOST]  # connected to the very address that was looked at
        assert await failure(fetcher, f"https://{HOST}:{port}/") is WebPictureCause.NOT_PUBLIC


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "192.168.0.1", "[::ffff:10.0.0.1]", "[64:ff9b::7f00:1]"])
async def test_a_local_number_is_never_connected_to(host):
    assert await failure(WebPictures(proxy="none"), f"https://{host}/a.png") is WebPictureCause.NOT_PUBLIC


@pytest.mark.parametrize("host", ["localhost", "127.1", "2130706433", "0x7f000001", "0177.0.0.1"])
async def test_other_names_of_this_computer_are_never_connected_to(host):
    cause = await failure(WebPictures(proxy="none"), f"https://{host}/a.png")

    assert cause in {WebPictureCause.NOT_PUBLIC, WebPictureCause.NO_CONNECTION}


async def test_a_redirect_is_followed_and_looked_at_anew():
    async def turn(request):
        if request.path == "/a.png":
            return web.Response(status=302, headers={"Location": "/b.png"})
        return web.Response(body=PNG, content_type="image/png")

    assert await fetched(turn) == (PNG, "png")


@pytest.mark.parametrize(
    ("target", "cause"),
    [
        ("https://private.example/", WebPictureCause.NOT_PUBLIC),
        ("https://10.0.0.1/", WebPictureCause.NOT_PUBLIC),
        ("http://pictures.example/", WebPictureCause.NOT_HTTPS),
        ("file:///etc/passwd", WebPictureCause.NOT_HTTPS),
        ("https://a:b@pictures.example/", WebPictureCause.NOT_PUBLIC),
        ("/a.png", WebPictureCause.REFUSED),
        ("", WebPictureCause.REFUSED),
    ],
)
async def test_a_redirect_to_where_nothing_is_asked_ends_there(target, cause):
    names = Names(pictures_example=["127.0.0.1"], private_example=["10.0.0.1"])
    handler = answering(b"", status=302, Location=target)

    assert await refused(handler, names=names, is_allowed=lambda address: address == "127.0.0.1") is cause


async def test_a_certificate_of_nobody_known_is_not_trusted():
    async with site(answering()) as port:
        fetcher = WebPictures(proxy="none", is_allowed=lambda _: True, resolver=Names(pictures_example=["127.0.0.1"]))

        assert await failure(fetcher, f"https://{HOST}:{port}/") is WebPictureCause.NOT_TRUSTED


async def test_a_certificate_of_another_site_is_not_trusted():
    async with site(answering(), host="other.example") as port:
        assert await failure(pictures(), f"https://{HOST}:{port}/") is WebPictureCause.NOT_TRUSTED


@pytest.mark.parametrize("host", ["localhost", "10.0.0.1", "nas.local", "printer"])
async def test_local_names_are_not_given_to_a_proxy(host):
    fetcher = pictures(proxy="http://127.0.0.1:9")

    assert await failure(fetcher, f"https://{host}/") is WebPictureCause.NOT_PUBLIC


async def test_the_proxy_of_the_settings_is_used():
    asked = []

    async def proxy(reader, writer):
        asked.append((await reader.readline()).decode().split(" ")[:2])
        writer.close()

    server = await asyncio.start_server(proxy, "127.0.0.1", 0)
    async with server:
        fetcher = pictures(proxy=f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", is_allowed=is_public)
        cause = await failure(fetcher, "https://example.org/a.png")

    assert cause is WebPictureCause.NO_CONNECTION
    assert asked[0] == ["CONNECT", "example.org:443"]


@pytest.mark.parametrize(
    "address",
    [
        *("http://example.org/a.png", "ftp://example.org/", "file:///dev/zero", "/dev/zero", "//example.org/a", ""),
        *("data:image/png;base64,AA", "javascript:alert(1)", "https:///a.png", "https://[bad/", "x" * 5000),
        "https://example.org:99999/",
    ],
)
def test_only_addresses_of_the_encrypted_web_are_asked(address):
    with pytest.raises(WebPictureError) as caught:
        read_address(address)

    assert caught.value.cause is WebPictureCause.NOT_HTTPS
