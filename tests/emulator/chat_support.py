"""Requests and streams of the second chat contract, and files for both."""

import json

from gigadesk.emulator import Emulator
from tests.emulator.emulator_support import Visitor

STATUS_OF_STREAM = 200


def base_v2(visitor: Visitor) -> str:
    return visitor.endpoint.base_url.removesuffix("/v1") + "/v2"


def user(text: str, *file_ids: str) -> dict:
    files = [{"files": [{"id": file_id} for file_id in file_ids]}] if file_ids else []
    return {"role": "user", "content": [{"text": text}, *files]}


def ask_v2(text: str = "Привет", **more) -> dict:
    return {"model": "GigaChat-2-Max", "messages": [user(text)], **more}


async def read_v2(visitor: Visitor, body: dict, **more) -> tuple[int, bytes]:
    return await visitor.read(body, base=base_v2(visitor), **more)


async def json_v2(visitor: Visitor, body: dict, **more) -> dict:
    status, answer = await read_v2(visitor, body, **more)
    assert status == 200, answer
    return json.loads(answer)


async def stream_v2(visitor: Visitor, body: dict) -> list[tuple[str, dict]]:
    """Names and values of the events."""
    status, answer = await read_v2(visitor, body | {"stream": True})
    assert status == STATUS_OF_STREAM, answer
    return named_events(answer)


def named_events(body: bytes) -> list[tuple[str, dict]]:
    frames = body.decode().split("\n\n")
    assert frames.pop() == ""
    found = []
    for frame in frames:
        name, data = frame.split("\n")
        found.append((name.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
    return found


def keep(emulator: Emulator, data: bytes, mime: str, name: str, client_id: str = "") -> str:
    """A file in the storage, as if it had been uploaded; its id."""
    return emulator._running().files.add(data, mime, client_id, name=name).id


def refusal(status: int, message: str) -> tuple[int, bytes]:
    value = {"status": status, "message": message}
    return status, (json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
