"""Files on their way to the service."""

import asyncio
import json
import os
import tracemalloc
from dataclasses import replace as with_options

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gigadesk.errors import (
    AttachmentCause,
    AttachmentError,
    BrokenAnswerError,
    NetworkCause,
    NetworkError,
    TooLargeError,
)
from gigadesk.gigachat.client import Client
from gigadesk.gigachat.protocol.multipart import envelope
from gigadesk.gigachat.transport import Timeouts
from gigadesk.gigachat.values import StoredFile, UploadSource
from gigadesk.limits import IMAGE_FILE_MAX_BYTES, TEXT_FILE_MAX_BYTES
from tests.gigachat.raw_server import Say, failed, grant, http
from tests.gigachat.upload_sink import UploadSink

PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)
STORED = {"id": "f1", "object": "file", "bytes": 5, "access_policy": "private", "created_at": 17, "filename": "a.txt"}


def stored(**more) -> Say:
    return Say((http(body=json.dumps({**STORED, "purpose": "general", **more}).encode()),))


def form_of(asked) -> tuple[str, bytes]:
    """The headers of the file's part and its bytes, split by hand: the tests read what a server would."""
    boundary = asked.headers["content-type"].partition("boundary=")[2].encode()
    *_, part, end = asked.body.split(b"--" + boundary)
    assert end == b"--\r\n"
    head, _, content = part.partition(b"\r\n\r\n")
    return head.decode(), content.removesuffix(b"\r\n")


async def test_file_goes_up_with_its_name_and_type(server, client, tmp_path):
    server.script = lambda _: stored(modalities=["text"])
    (tmp_path / "отчёт.txt").write_bytes(b"hello")

    found = await client.upload(tmp_path / "отчёт.txt")

    assert found == StoredFile("f1", "a.txt", 5, 17, "general", "private", ("text",))
    asked = server.asked[-1]
    head, content = form_of(asked)
    assert (asked.method, asked.path) == ("POST", "/v1/files")
    assert 'name="file"; filename="отчёт.txt"' in head
    assert "Content-Type: text/plain" in head
    assert content == b"hello"
    assert b'name="purpose"\r\n\r\ngeneral\r\n' in asked.body
    assert asked.headers["content-length"] == str(len(asked.body))


SENT_NAMES = {
    "quotes": (UploadSource(b"x", 'a"b\r\nX: y.txt'), 'filename="a%22b X: y.txt"', "text/plain"),
    "ending the service does not know": (UploadSource(b"x", "main.py", "text/plain"), '"main.py.txt"', "text/plain"),
    "a picture under a wrong name": (UploadSource(PNG, "photo.jpg"), '"photo.jpg.png"', "image/png"),
    "another ending of the same type": (UploadSource(b"\xff\xd8\xff\xe0", "a.jpeg"), '"a.jpeg"', "image/jpeg"),
}


@pytest.mark.parametrize(("source", "name", "mime"), SENT_NAMES.values(), ids=SENT_NAMES)
async def test_names_are_sent_as_the_service_takes_them(server, client, source, name, mime):
    server.script = lambda _: stored()

    await client.upload(source)

    head, _ = form_of(server.asked[-1])
    assert name in head
    assert f"Content-Type: {mime}" in head
    assert head.count("\r\n") == 2


@pytest.fixture
async def sink():
    sink = UploadSink()
    await sink.start()
    yield sink
    await sink.stop()


async def test_large_file_is_never_whole_in_memory(sink, tmp_path):
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(TEXT_FILE_MAX_BYTES)
    steps = []

    tracemalloc.start()
    try:
        async with Client(sink.options) as client:
            await client.upload(path, lambda *step: steps.append(step))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert sink.received > TEXT_FILE_MAX_BYTES
    assert steps[-1] == (TEXT_FILE_MAX_BYTES, TEXT_FILE_MAX_BYTES)
    assert steps == sorted(steps)
    assert len(steps) > 100
    assert peak < 8 * 1024 * 1024


def folder(path):
    path.mkdir()


def pipe(path):
    os.mkfifo(path)


def device(path):
    path.symlink_to("/dev/zero")


def loose_link(path):
    path.symlink_to("nowhere")


def empty(path):
    path.touch()


def giant(path):
    with path.open("wb") as file:
        file.truncate(TEXT_FILE_MAX_BYTES + 1)


def secret(path):
    path.touch(mode=0)
    if os.access(path, os.R_OK):
        pytest.skip("nothing is hidden from this user")


REFUSED = {
    "folder": (folder, AttachmentCause.NOT_A_FILE),
    "pipe": (pipe, AttachmentCause.NOT_A_FILE),
    "link to a device": (device, AttachmentCause.NOT_A_FILE),
    "link into nowhere": (loose_link, AttachmentCause.NOT_A_FILE),
    "nothing": (lambda path: None, AttachmentCause.NOT_A_FILE),
    "empty": (empty, AttachmentCause.EMPTY),
    "too large": (giant, AttachmentCause.TOO_LARGE),
    "not readable": (secret, AttachmentCause.UNREADABLE),
}


@pytest.mark.skipif(os.name == "nt", reason="has neither pipes nor devices in folders")
@pytest.mark.parametrize(("make", "cause"), REFUSED.values(), ids=REFUSED)
async def test_what_cannot_be_sent_is_refused_before(server, client, tmp_path, make, cause):
    path = tmp_path / "a.txt"
    make(path)

    with pytest.raises(AttachmentError) as caught:
        await client.upload(path)

    assert (caught.value.cause, caught.value.name) == (cause, "a.txt")
    assert server.asked == []


CONTENTS = {
    "kind the service does not take": (UploadSource(b"MZ", "a.exe"), AttachmentCause.UNSUPPORTED),
    "no name": (UploadSource(b"text"), AttachmentCause.UNSUPPORTED),
    "text called a picture": (UploadSource(b"<svg/>", "a.png"), AttachmentCause.BAD_PICTURE),
    "picture the service does not take": (UploadSource(b"GIF89a", "a.png"), AttachmentCause.BAD_PICTURE),
    "large picture": (UploadSource(PNG + bytes(IMAGE_FILE_MAX_BYTES), "a.png"), AttachmentCause.TOO_LARGE),
    "empty": (UploadSource(b"", "a.txt"), AttachmentCause.EMPTY),
}


@pytest.mark.parametrize(("source", "cause"), CONTENTS.values(), ids=CONTENTS)
async def test_wrong_content_is_refused_before(server, client, source, cause):
    with pytest.raises(AttachmentError) as caught:
        await client.upload(source)

    assert caught.value.cause is cause
    assert server.asked == []


def shrink(path):
    os.truncate(path, 1000)


def grow(path):
    with path.open("ab") as file:
        file.write(b"more")


def replace(path):
    other = path.with_suffix(".new")
    other.write_bytes(path.read_bytes())
    other.replace(path)


def replace_by_pipe(path):
    path.unlink()
    os.mkfifo(path)


@pytest.mark.skipif(os.name == "nt", reason="an open file cannot be replaced there")
@pytest.mark.parametrize("change", [shrink, grow], ids=lambda change: change.__name__)
async def test_file_that_changes_on_the_way_is_given_up(server, client, tmp_path, change):
    path = tmp_path / "a.txt"
    path.write_bytes(bytes(4 * 1024 * 1024))
    server.script = lambda _: stored()

    def on_progress(done, total):
        if done < 500_000:
            change(path)

    with pytest.raises(AttachmentError) as caught:
        await client.upload(path, on_progress)

    assert caught.value.cause is AttachmentCause.CHANGED
    assert [asked.path for asked in server.asked if asked.path.endswith("/files")] == []  # never whole


@pytest.mark.skipif(os.name == "nt", reason="an open file cannot be replaced there")
@pytest.mark.parametrize("change", [replace, replace_by_pipe], ids=lambda change: change.__name__)
async def test_file_that_is_replaced_before_it_is_sent_is_given_up(server, client, tmp_path, change):
    path = tmp_path / "a.txt"
    path.write_bytes(b"hello")

    def oauth(_):
        change(path)  # between the look and the sending
        return grant()

    server.oauth = oauth

    with pytest.raises(AttachmentError):
        await client.upload(path)

    assert len(server.asked) == 1


async def test_upload_is_read_anew_after_a_refused_token(server, client, tmp_path):
    (tmp_path / "a.txt").write_bytes(b"hello")
    answers = [failed(401, status=401, message="Token has expired"), stored()]
    server.script = lambda _: answers.pop(0)

    assert (await client.upload(tmp_path / "a.txt")).id == "f1"

    first, second = (asked for asked in server.asked if asked.path == "/v1/files")
    assert first.body == second.body


async def test_failed_upload_is_sent_again(server):
    busy = http(503, b"{}", headers=["Retry-After: 0"])
    answers = [Say((busy,)), stored()]
    server.script = lambda _: answers.pop(0)
    steps = []

    async with Client(with_options(server.options, max_retries=1)) as client:
        await client.upload(UploadSource(b"hello", "a.txt"), lambda *step: steps.append(step))

    assert steps == [(5, 5), (5, 5)]


async def test_refusal_of_the_server_is_told(server, client):
    server.script = lambda _: failed(413, status=413, message="Payload too large")

    with pytest.raises(TooLargeError):
        await client.upload(UploadSource(b"hello", "a.txt"))


ODD = [b"{}", b"[]", b"null", b'{"id":7}', b'{"id":""}', b'{"id":".."}', b'{"id":"a\\nb"}', b"{", b"\xff"]


@pytest.mark.parametrize("body", ODD)
async def test_answer_without_an_id_is_none(server, client, body):
    server.script = lambda _: Say((http(body=body),))

    with pytest.raises(BrokenAnswerError):
        await client.upload(UploadSource(b"hello", "a.txt"))


async def test_network_that_takes_nothing_is_given_up(sink, tmp_path):
    (tmp_path / "a.txt").write_bytes(bytes(TEXT_FILE_MAX_BYTES))
    sink.reads_bodies = False

    async with Client(sink.options, timeouts=Timeouts(read_s=0.1)) as client:
        with pytest.raises(NetworkError) as caught:
            await client.upload(tmp_path / "a.txt")
        sink.released.set()

    assert caught.value.cause is NetworkCause.TIMEOUT


async def test_stopped_upload_closes_the_connection(sink, tmp_path):
    (tmp_path / "a.txt").write_bytes(bytes(TEXT_FILE_MAX_BYTES))
    on_its_way = asyncio.Event()

    async with Client(sink.options) as client:
        task = asyncio.create_task(client.upload(tmp_path / "a.txt", lambda *_: on_its_way.set()))
        await on_its_way.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await asyncio.wait_for(sink.hung_up.wait(), 5)

    assert sink.received < TEXT_FILE_MAX_BYTES


async def test_client_id_travels_with_every_call(server, tmp_path):
    server.script = lambda _: stored()
    async with Client(with_options(server.options, client_id="user-7")) as client:
        await client.upload(UploadSource(b"hello", "a.txt"))
        await client.file("f1")

    assert [asked.headers.get("x-client-id") for asked in server.asked] == [None, "user-7", "user-7"]


@given(st.text(), st.text())
def test_form_holds_one_file_whatever_its_name(name, purpose):
    form = envelope(name, "text/plain", purpose)
    boundary = form.content_type.partition("boundary=")[2].encode()

    assert form.head.count(b"\r\n") == 8
    assert (form.head + form.tail).count(boundary) == 3
    assert form.head.endswith(b'"\r\nContent-Type: text/plain\r\n\r\n')


async def test_file_that_goes_on_the_way_is_told(server, client, tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"hello")

    def oauth(_):
        path.unlink()  # between the look and the sending
        return grant()

    server.oauth = oauth

    with pytest.raises(AttachmentError) as caught:
        await client.upload(path)

    assert caught.value.cause is AttachmentCause.UNREADABLE


async def test_lines_of_a_batch_have_a_limit(server, client, tmp_path, monkeypatch):
    monkeypatch.setattr("gigadesk.gigachat.rest.TEXT_FILE_MAX_BYTES", 1000)
    monkeypatch.setattr("gigadesk.gigachat.uploads.TEXT_FILE_MAX_BYTES", 1000)
    (tmp_path / "lines.jsonl").write_bytes(bytes(1001))

    for source in (tmp_path / "lines.jsonl", ((str(number), {}) for number in range(1000))):
        with pytest.raises(AttachmentError) as caught:
            await client.create_batch(source)
        assert (caught.value.cause, caught.value.limit_bytes) == (AttachmentCause.TOO_LARGE, 1000)
    assert server.asked == []
