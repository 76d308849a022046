"""The file storage over the wire: bytes, types, sizes, owners."""

import io
import json
import re

import aiohttp
import pytest

from gigadesk.emulator import Emulator, EmulatorOptions
from gigadesk.emulator.checks import RefusedError
from gigadesk.emulator.file_types import AUDIO, IMAGE, TEXT
from gigadesk.emulator.files import FileRoom
from tests.emulator.emulator_support import Visitor, visiting

JPEG = b"\xff\xd8\xff\xe0 picture"


def form(data: bytes, name: str, mime: str, purpose: str | None) -> io.BytesIO:
    """A form as the official SDK writes it: names in UTF-8, the file last. A stream, for aiohttp's peace of mind."""
    field = f'--b\r\nContent-Disposition: form-data; name="purpose"\r\n\r\n{purpose}\r\n' if purpose else ""
    head = f'--b\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\nContent-Type: {mime}\r\n\r\n'
    return io.BytesIO(field.encode() + head.encode() + data + b"\r\n--b--\r\n")


async def upload(visitor: Visitor, data=b"text", name="a.txt", mime="text/plain", *, owner="", purpose="general"):
    headers = visitor.headers | {"Content-Type": "multipart/form-data; boundary=b"}
    headers |= {"X-Client-ID": owner} if owner else {}
    body = form(data, name, mime, purpose)
    async with visitor.session.post(visitor.endpoint.base_url + "/files", data=body, headers=headers) as response:
        return response.status, await response.read()


async def uploaded(visitor: Visitor, *args, **kwargs) -> str:
    status, body = await upload(visitor, *args, **kwargs)
    assert status == 200
    return json.loads(body)["id"]


async def test_upload_is_answered_in_the_order_of_the_wire(visitor: Visitor):
    status, body = await upload(visitor, JPEG, "кот.jpg", "image/jpeg")

    assert status == 200
    assert re.fullmatch(
        r'\{"id":"[0-9a-f-]{36}","object":"file","bytes":12,"access_policy":"private","created_at":\d{10},'
        r'"filename":"кот\.jpg","purpose":"general","modalities":\["image"\]\}',
        body.decode(),
    )


async def test_purpose_may_be_left_out(visitor: Visitor):
    assert b'"purpose":"general"' in (await upload(visitor, purpose=None))[1]
    assert b'"purpose":"assistant"' in (await upload(visitor, purpose="assistant"))[1]
    assert (await upload(visitor, purpose="x"))[0] == 422


@pytest.mark.parametrize(
    ("name", "mime", "kept", "modality"),
    [
        ("a.txt", "text/plain; charset=utf-8", "text/plain", "text"),
        ("a.pptx", "application/pptx", "application/pptx", "text"),
        ("a.mp3", "audio/mpeg", "audio/mpeg", "audio"),
        ("a.MP3", "application/octet-stream", "audio/mp3", "audio"),
        ("a.txt", "image/jpg", "image/jpg", "image"),
    ],
    ids=["parameters", "the documented type", "the usual type", "by the ending", "the type counts"],
)
async def test_type_is_what_was_declared(emulator: Emulator, visitor: Visitor, name, mime, kept, modality):
    file_id = await uploaded(visitor, JPEG, name, mime)

    file = emulator._running().files.get(file_id, "")
    assert (file.mime, file.modalities) == (kept, (modality,))


async def test_picture_that_is_none_has_no_modality(visitor: Visitor):
    assert b'"modalities":null' in (await upload(visitor, b"text", "a.png", "image/png"))[1]


@pytest.mark.parametrize(
    ("name", "mime"),
    [("a.zip", "application/zip"), ("a", "application/octet-stream"), ("a.gif", "image/gif"), ("", "")],
)
async def test_other_types_are_refused(visitor: Visitor, name, mime):
    status, body = await upload(visitor, b"data", name, mime or "application/octet-stream")

    assert status == 422
    assert b'"message":"Invalid params: ' in body


async def test_empty_file_is_refused(visitor: Visitor):
    assert (await upload(visitor, b""))[0] == 422


@pytest.mark.parametrize(
    ("sort", "mime"), [(TEXT, "text/plain"), (IMAGE, "image/png"), (AUDIO, "audio/mp3")], ids=["text", "image", "audio"]
)
async def test_each_kind_has_its_limit(visitor: Visitor, sort, mime):
    largest, _ = await upload(visitor, bytes(sort.max_bytes), "a", mime)
    status, body = await upload(visitor, bytes(sort.max_bytes + 1), "a", mime)

    assert largest == 200
    assert (status, body) == (413, b'{"status":413,"message":"Payload too large"}\n')


async def test_body_larger_than_any_file_is_refused(visitor: Visitor):
    status, _ = await upload(visitor, bytes(64 * 1024 * 1024))

    assert status == 413
    assert (await visitor.get("/files")) == (200, b'{"data":[]}')


async def test_form_without_a_file(visitor: Visitor):
    form = aiohttp.FormData({"purpose": "general"})
    async with visitor.session.post(visitor.endpoint.base_url + "/files", data=form, headers=visitor.headers) as reply:
        assert reply.status == 400
    async with visitor.post("/files", {"file": "x"}) as reply:
        assert reply.status == 400


@pytest.mark.parametrize(
    ("is_old", "content_type"), [(False, "application/octet-stream"), (True, "image/jpg")], ids=["new host", "old host"]
)
async def test_content_is_the_bytes(visitor: Visitor, is_old, content_type):
    file_id = await uploaded(visitor, JPEG, "a.jpg", "image/jpeg")
    base = visitor.endpoint.old_base_url if is_old else visitor.endpoint.base_url

    async with visitor.session.get(f"{base}/files/{file_id}/content", headers=visitor.headers) as response:
        assert (response.status, await response.read()) == (200, JPEG)
        assert response.headers["Content-Type"] == content_type
        assert response.headers["Content-Length"] == str(len(JPEG))


@pytest.mark.parametrize(
    ("data", "content_type"),
    [
        (b"{}", "application/json"),
        (b"", None),
        (b'--b\r\nContent-Disposition: form-data; name="file"\r\n\r\nid\r\n--b--', None),
    ],
    ids=["JSON", "nothing", "form"],
)
async def test_delete_takes_any_body(visitor: Visitor, data, content_type):
    file_id = await uploaded(visitor)

    headers = {"Content-Type": content_type or "multipart/form-data; boundary=b"}
    async with visitor.post(f"/files/{file_id}/delete", data=data, headers=headers) as response:
        body = await response.read()

    expected = f'{{"id":"{file_id}","object":"file","deleted":true,"access_policy":"private"}}'
    assert (response.status, body.decode()) == (200, expected)
    assert await visitor.get(f"/files/{file_id}") == (404, b'{"status":404,"message":"No such file"}\n')
    assert await visitor.get(f"/files/{file_id}/content") == (404, b'{"status":404,"message":"No such file"}\n')


async def test_old_host_tells_less_of_a_deleted_file(visitor: Visitor):
    file_id = await uploaded(visitor)

    async with visitor.post(f"/files/{file_id}/delete", {}, base=visitor.endpoint.old_base_url) as response:
        assert await response.text() == f'{{"id":"{file_id}","object":"file","deleted":true}}'


async def test_file_belongs_to_the_client_id(visitor: Visitor):
    file_id = await uploaded(visitor, owner="ann")

    denied = 403, f'{{"status":403,"message":"Access to file \'{file_id}\' is denied"}}\n'.encode()
    assert await visitor.get(f"/files/{file_id}") == denied
    assert await visitor.get(f"/files/{file_id}/content") == denied
    assert await visitor.get("/files") == (200, b'{"data":[]}')
    async with visitor.session.get(
        f"{visitor.endpoint.base_url}/files/{file_id}/content", headers=visitor.headers | {"x-client-id": "ann"}
    ) as response:
        assert (response.status, response.headers["X-Client-Id"]) == (200, "ann")


async def test_list_has_no_other_key(visitor: Visitor):
    ids = [await uploaded(visitor, name=name) for name in ("a.txt", "b.txt")]

    body = json.loads((await visitor.get("/files"))[1])

    assert list(body) == ["data"]
    assert [file["id"] for file in body["data"]] == ids


async def test_second_contract_has_no_files(visitor: Visitor):
    base = visitor.endpoint.base_url.replace("/v1", "/v2")

    async with visitor.session.get(base + "/files", headers=visitor.headers) as response:
        assert (response.status, response.content_type) == (403, "text/html")
        assert "403 Forbidden" in await response.text()


async def test_forgotten_files(emulator: Emulator, visitor: Visitor):
    file_id = await uploaded(visitor)

    emulator.forget_files()

    assert (await visitor.get(f"/files/{file_id}"))[0] == 404


def test_oldest_files_make_room():
    room = FileRoom(max_bytes=100)
    first, second, third = (room.add(bytes(40), "text/plain", "", name="a").id for _ in range(3))

    with pytest.raises(RefusedError):
        room.get(first, "")
    assert [file.id for file in room.owned("")] == [second, third]
    alone = room.add(bytes(500), "text/plain", "", name="a").id
    assert [file.id for file in room.owned("")] == [alone]
    room.remove(alone, "")
    assert room.owned("") == []


def test_generated_files_are_listed_like_others():
    room = FileRoom()
    file_id = room.add_generated(JPEG, "image/jpeg", "ann")

    file = room.get(file_id, "ann")
    assert (file.data, file.mime, file.purpose, file.modalities) == (JPEG, "image/jpeg", "general", ("image",))
    assert file.name.endswith(".jpg")
    assert repr(JPEG) not in repr(file)


async def test_log_of_requests_does_not_grow_with_the_files():
    emulator = Emulator(EmulatorOptions(characters_per_s=0, bodies_kept_max_bytes=1000))
    async with visiting(emulator) as visitor:
        for _ in range(3):
            await uploaded(visitor, bytes(700))

        assert sum(len(request.body) for request in emulator.requests) < 2000
        assert emulator.requests[-1].path == "/v1/files"
    await emulator.stop()


async def test_slow_transfers_lose_nothing():
    data = bytes(range(256)) * 1000
    emulator = Emulator(EmulatorOptions(characters_per_s=0, transfer_bytes_per_s=50e6))
    async with visiting(emulator) as visitor:
        file_id = await uploaded(visitor, data)

        async with visitor.session.get(
            f"{visitor.endpoint.base_url}/files/{file_id}/content", headers=visitor.headers
        ) as response:
            assert response.headers["Content-Length"] == str(len(data))
            assert await response.read() == data
    await emulator.stop()


async def test_slow_upload_has_the_same_limit():
    emulator = Emulator(EmulatorOptions(characters_per_s=0, transfer_bytes_per_s=50e6, body_max_bytes=100_000))
    async with visiting(emulator) as visitor:

        async def endless():
            for _ in range(20):
                yield bytes(10_000)

        async with visitor.session.post(
            visitor.endpoint.base_url + "/files", data=endless(), headers=visitor.headers
        ) as response:
            assert response.status == 413
    await emulator.stop()
