"""Files that come with an import: none goes before its message is stored, none stays when the import does not."""

import asyncio
import base64
import json
from collections.abc import Callable

from gigadesk.conversations.import_desk import ImportEnd, ImportWish
from tests.conversations_support import Desk
from tests.exchange.exchange_support import Reading
from tests.flows.kill_libraries import picture

CHATS = 30


def write_chats(folder):
    """As Open WebUI exports them, a picture in each."""
    chats = []
    for number in range(CHATS):
        address = "data:image/png;base64," + base64.b64encode(picture(number)).decode()
        files = [{"type": "image", "url": address}]
        messages = [{"role": "user", "content": "Look " * 400, "files": files}, {"role": "assistant", "content": "Yes"}]
        chats.append({"id": f"c{number}", "title": f"Chat {number}", "chat": {"messages": messages}})
    path = folder / "chats.json"
    path.write_text(json.dumps(chats), encoding="utf-8")
    return Reading(path, folder / "spool")


async def begin(desk: Desk, folder, each_step: Callable[[], object]) -> list[ImportEnd]:
    reading = write_chats(folder)
    assert reading.contents.type is not None
    ends: list[ImportEnd] = []
    wish = ImportWish(reading.spool, reading.contents.type, reading.chats, digests=reading.digests())
    desk.conversations.imports.start(wish, lambda _done, _total: each_step(), ends.append)
    while not kept(desk):
        await asyncio.sleep(0)
    return ends


def kept(desk: Desk) -> set[str]:
    found = desk.shelf.folder.iterdir() if desk.shelf.folder.exists() else ()
    return {path.name for path in found if not path.name.startswith(".")}


async def test_a_sweep_during_an_import_leaves_its_files_alone(tmp_path, until):
    async with Desk(folder=tmp_path / "files") as desk:
        ends = await begin(desk, tmp_path, desk.conversations.files.sweep_soon)
        await until(lambda: ends)

        assert len(ends[0].chat_ids) == CHATS
        assert len(desk.store.digests()) == CHATS
        assert kept(desk) == desk.store.digests()


async def test_an_import_that_is_cancelled_leaves_no_file(tmp_path, until, monkeypatch):
    monkeypatch.setattr("gigadesk.conversations.file_desk.START_DELAY_S", 1e6)  # the sweep of the start comes too late
    async with Desk(folder=tmp_path / "files") as desk:
        await begin(desk, tmp_path, lambda: None)
        assert kept(desk)

        desk.conversations.imports.cancel()
        await until(lambda: not kept(desk))

        assert desk.store.digests() == set()
