"""Files on their way from the service to the disk."""

import asyncio
import errno
import os
import stat
import threading
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from gigadesk.chat import FileKind
from gigadesk.errors import (
    AnswerInterruptedError,
    BrokenAnswerCause,
    BrokenAnswerError,
    FileGoneError,
    RequestRejectedError,
    StorageCause,
    StorageError,
)
from gigadesk.files import new_unfinished
from gigadesk.gigachat.client import Client
from gigadesk.gigachat.values import Downloaded, StoredFile
from gigadesk.limits import DOWNLOAD_MAX_BYTES
from tests.gigachat.raw_server import END, Say, failed, http, piece, stream_head

JPEG = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 1000
FILE = {"id": "f1", "bytes": 5, "created_at": 17, "filename": "a.txt", "purpose": "general"}


def picture(content_type="image/jpg") -> Say:
    return Say((http(body=JPEG, content_type=content_type),))


@pytest.fixture
def target(tmp_path) -> Path:
    return tmp_path / "picture"


def left_behind(target: Path) -> list[str]:
    return [path.name for path in target.parent.iterdir()]


async def test_picture_comes_to_the_disk(server, client, target):
    server.script = lambda _: picture()
    steps = []

    found = await client.download("f1", target, lambda *step: steps.append(step))

    assert found == Downloaded(FileKind.IMAGE, "image/jpeg", len(JPEG))
    assert target.read_bytes() == JPEG
    assert left_behind(target) == ["picture"]
    assert steps == sorted(steps)
    assert steps[-1] == (len(JPEG), len(JPEG))
    assert (server.asked[-1].method, server.asked[-1].path) == ("GET", "/v1/files/f1/content")


@pytest.mark.skipif(os.name == "nt", reason="has no such rights")
async def test_only_the_owner_may_read_it(server, client, target):
    target.touch(mode=0o644)
    server.script = lambda _: picture()

    await client.download("f1", target)

    assert stat.S_IMODE(target.stat().st_mode) == 0o600


@pytest.mark.parametrize("content_type", ["image/jpg", "application/octet-stream", "text/plain", ""])
async def test_kind_is_that_of_the_content(server, client, target, content_type):
    server.script = lambda _: picture(content_type)

    assert (await client.download("f1", target)).mime == "image/jpeg"


async def test_length_need_not_be_known(server, client, target):
    pieces = (stream_head(content_type="application/octet-stream"), piece(b"; FBX 7.3"), piece(b".0 project"), END)
    server.script = lambda _: Say(pieces)
    steps = []

    found = await client.download("f1", target, lambda *step: steps.append(step))

    assert found == Downloaded(FileKind.MODEL_3D, "model/fbx", 19)
    assert steps[-1] == (19, 0)


CUT = {
    "shorter than promised": Say((http(body=JPEG[:5000], length=len(JPEG)),), close=True),
    "reset": Say((http(body=JPEG[:5000], length=len(JPEG)),), reset=True),
    "no last chunk": Say((stream_head(), piece(JPEG)), close=True),
}


@pytest.mark.parametrize("answer", CUT.values(), ids=CUT)
async def test_what_breaks_off_is_not_kept(server, client, target, answer):
    target.write_bytes(b"what was there")
    server.script = lambda _: answer

    with pytest.raises(AnswerInterruptedError):
        await client.download("f1", target)

    assert target.read_bytes() == b"what was there"
    assert left_behind(target) == ["picture"]


async def test_what_breaks_off_is_asked_for_again(server, target):
    answers = [Say((http(body=JPEG[:5000], length=len(JPEG)),), close=True), picture()]
    server.script = lambda _: answers.pop(0)

    async with Client(replace(server.options, max_retries=1)) as client:
        await client.download("f1", target)

    assert target.read_bytes() == JPEG
    assert left_behind(target) == ["picture"]


NO_FILES = {
    "a page": (http(body=b"<html>log in</html>", content_type="text/html"), BrokenAnswerCause.NOT_GIGACHAT),
    "nothing": (http(body=b"", content_type="image/jpg"), BrokenAnswerCause.MALFORMED),
    "too long": (http(body=b"x", length=DOWNLOAD_MAX_BYTES + 1), BrokenAnswerCause.TOO_LONG),
    "packed": (http(body=b"x", headers=["Content-Encoding: gzip"]), BrokenAnswerCause.MALFORMED),
}


@pytest.mark.parametrize(("answer", "cause"), NO_FILES.values(), ids=NO_FILES)
async def test_what_is_no_file_is_not_kept(server, client, target, answer, cause):
    server.script = lambda _: Say((answer,))

    with pytest.raises(BrokenAnswerError) as caught:
        await client.download("f1", target)

    assert caught.value.cause is cause
    assert left_behind(target) == []


async def test_endless_file_is_cut_off(server, client, target, monkeypatch):
    monkeypatch.setattr("gigadesk.gigachat.downloads.DOWNLOAD_MAX_BYTES", 100_000)
    server.script = lambda _: Say((stream_head(), *[piece(bytes(10_000))] * 20, None))

    with pytest.raises(BrokenAnswerError) as caught:
        await client.download("f1", target)

    assert caught.value.cause is BrokenAnswerCause.TOO_LONG
    assert left_behind(target) == []


async def test_stopped_download_leaves_nothing(server, client, target):
    server.script = lambda _: Say((http(body=JPEG, length=2 * len(JPEG)), None))
    has_begun = asyncio.Event()

    task = asyncio.create_task(client.download("f1", target, lambda *_: has_begun.set()))
    await has_begun.wait()
    task.cancel()

    with pytest.raises(asyncio.CancelledError):
        await task
    assert left_behind(target) == []
    await asyncio.wait_for(server.gone.wait(), 5)


@pytest.mark.parametrize("steps", range(0, 40, 2))
async def test_download_may_be_stopped_at_any_moment(server, client, target, steps):
    server.script = lambda _: picture()

    task = asyncio.create_task(client.download("f1", target))
    while not server.asked and not task.done():
        await asyncio.sleep(0)
    for _ in range(steps):
        await asyncio.sleep(0)
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task

    assert left_behind(target) in ([], ["picture"])
    assert not target.exists() or target.read_bytes() == JPEG


async def test_download_that_is_stopped_while_its_file_is_made_leaves_nothing(server, client, target, monkeypatch):
    is_made, may_go_on = threading.Event(), threading.Event()

    def slow(path):
        made = new_unfinished(path)
        is_made.set()
        may_go_on.wait()
        return made

    monkeypatch.setattr("gigadesk.gigachat.downloads.new_unfinished", slow)
    server.script = lambda _: picture()

    task = asyncio.create_task(client.download("f1", target))
    while not is_made.is_set():
        await asyncio.sleep(0)
    task.cancel()
    await asyncio.sleep(0)
    may_go_on.set()

    with pytest.raises(asyncio.CancelledError):
        await task
    assert left_behind(target) == []


GONE = {
    "of another client": failed(403, status=403, message="Access to file 'f1' is denied"),
    "unknown": failed(404, status=404, message="No such file"),
    "unknown, in the words of the reference": failed(404, status=404, message="No such model"),
}


@pytest.mark.parametrize("answer", GONE.values(), ids=GONE)
@pytest.mark.parametrize("call", ["download", "file", "delete_file"])
async def test_file_that_is_gone_says_so(server, client, target, answer, call):
    server.script = lambda _: answer
    arguments = (target,) if call == "download" else ()

    with pytest.raises(FileGoneError):
        await getattr(client, call)("f1", *arguments)

    assert left_behind(target) == []


async def test_folder_that_takes_nothing_says_so(server, client, tmp_path):
    server.script = lambda _: picture()

    with pytest.raises(StorageError) as caught:
        await client.download("f1", tmp_path / "nowhere" / "picture")

    assert caught.value.path == str(tmp_path / "nowhere")


async def test_full_disk_says_so(server, client, target, monkeypatch):
    def refuse(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("gigadesk.gigachat.downloads.put_in_place", refuse)
    server.script = lambda _: picture()

    with pytest.raises(StorageError) as caught:
        await client.download("f1", target)

    assert caught.value.cause is StorageCause.FULL
    assert left_behind(target) == []


@pytest.mark.parametrize(("file_id", "path"), [("a/../b?x#y", "a%2F..%2Fb%3Fx%23y"), ("я", "%D1%8F")])
async def test_id_stays_one_part_of_the_address(server, client, file_id, path):
    server.script = lambda _: Say((http(body=b'{"id":"f1"}'),))

    await client.file(file_id)

    assert server.asked[-1].path == f"/v1/files/{path}"


@pytest.mark.parametrize("file_id", ["", ".", ".."])
async def test_id_that_leads_elsewhere_is_refused(server, client, file_id):
    with pytest.raises(RequestRejectedError):
        await client.file(file_id)

    assert server.asked == []


async def test_files_are_listed(server, client):
    server.script = lambda _: Say((http(body=b'{"data":[{"id":"f1","filename":"a"},7,{"id":7},{"id":"f2"}]}'),))

    assert await client.files() == (StoredFile("f1", "a"), StoredFile("f2"))
    assert server.asked[-1].path == "/v1/files"


@pytest.mark.parametrize(
    ("body", "is_deleted"),
    [
        (b'{"id":"f1","object":"file","deleted":true}', True),
        (b'{"id":"f1","deleted":true,"access_policy":"private"}', True),
        (b'{"id":"f1"}', True),
        (b'{"id":"f1","deleted":false}', False),
    ],
)
async def test_file_is_deleted(server, client, body, is_deleted):
    server.script = lambda _: Say((http(body=body),))

    assert await client.delete_file("f1") is is_deleted
    assert (server.asked[-1].method, server.asked[-1].path) == ("POST", "/v1/files/f1/delete")
