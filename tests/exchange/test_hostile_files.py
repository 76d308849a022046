"""Whatever a file holds, it gives words and valid chats, or none; it never raises, and only the spool is written."""

import errno
import io
import json
import os
import stat
import time
import uuid
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gigadesk.conversations.import_desk import ImportDesk
from gigadesk.exchange import chatgpt, open_webui, own_format
from gigadesk.exchange import reading as reading_module
from gigadesk.exchange.json_gate import elements
from gigadesk.exchange.problems import Trouble
from gigadesk.exchange.reading import extract
from gigadesk.exchange.worker import serve
from gigadesk.limits import MESSAGE_MAX_CHARS
from tests.exchange.exchange_support import NOW, Library, Reading, dump


def node(name: str, parent: str | None, role: str = "user", text: Any = "Hello", **message: Any) -> dict[str, Any]:
    return {
        "id": name,
        "parent": parent,
        "children": [],
        "message": {
            "author": {"role": role},
            "create_time": 1.7e9,
            "content": {"content_type": "text", "parts": [text]},
            **message,
        },
    }


def talk(*nodes: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {"title": "T", "create_time": 1.7e9, "id": "c", "mapping": {each["id"]: each for each in nodes}, **fields}


def gpt(*nodes: dict[str, Any], **fields: Any) -> bytes:
    return json.dumps([talk(*nodes, **fields)]).encode()


def own(*messages: Any, **fields: Any) -> bytes:
    chat = {"title": "T", "created_at": 1.7e9, "session": "s", "messages": list(messages), **fields}
    return json.dumps({"format": "gigadesk-export", "version": 1, "chats": [chat]}).encode()


def message(number: Any, parent: Any = None, **fields: Any) -> dict[str, Any]:
    return {
        "id": number,
        "parent": parent,
        "role": "user",
        "status": "done",
        "created_at": 1.7e9,
        "text": "x",
        **fields,
    }


WHOLE = json.dumps([talk(node("a", None)), talk(node("b", None), id="d")]).encode()

DEEP = b', {"mapping": ' + b'{"a":' * 5000 + b"1" + b"}" * 5001 + b"]"
HALF_LETTER = (
    b'[{"mapping": {"a": {"message": {"author": {"role": "user"}, "create_time": 1.7e9, "content":'
    b' {"content_type": "text", "parts": ["\\ud800 \\u0000 x"]}}}}}]'
)
WRONG_TYPES = (
    b'[{"mapping": {"a": 5, "b": null, "c": [], "d": {"message": []}, "e": {"message": {"author": 7}}}, "title": {}}]'
)
LISTS = {"kind": {}, "state": [], "sha256": [], "error": {"code": []}}
BAD_FILE = {"name": "../../etc/passwd", "sha256": "../x", "kind": "virus", "size": -1, "state": "open"}
BAD_ERROR = {"code": "x" * 9999, "data": "[" * 9999}
NOT_A_MESSAGE = [Trouble.BAD_MESSAGE, Trouble.BAD_MESSAGE, Trouble.NO_MESSAGES]
RUSSIAN = json.dumps([talk(node("a", None, text="Привет"))], ensure_ascii=False)
FUTURE = node("a", None, create_time=9e9)

TEXTS: dict[str, tuple[bytes, int, list[Trouble]]] = {
    "empty": (b"", 0, [Trouble.EMPTY]),
    "blank": (b" \n\t ", 0, [Trouble.EMPTY]),
    "no archive": (b"PK is no archive", 0, [Trouble.BAD_ARCHIVE]),
    "a word": (b"hello", 0, [Trouble.UNKNOWN_KIND]),
    "a number": (b"5", 0, [Trouble.UNKNOWN_KIND]),
    "nothing in it": (b"[]", 0, [Trouble.UNKNOWN_KIND]),
    "cut in a string": (WHOLE[:-60], 1, [Trouble.CUT_OFF]),
    "cut behind a comma": (WHOLE[: WHOLE.index(b', {"title": "T"') + 1], 1, [Trouble.CUT_OFF]),
    "cut in the first chat": (WHOLE[:40], 0, [Trouble.CUT_OFF]),
    "broken in the second": (WHOLE[:-60] + b'"}!!' + WHOLE[-60:], 1, [Trouble.NOT_JSON]),
    "more behind the end": (WHOLE + b" []", 2, [Trouble.NOT_JSON]),
    "deep": (b"[" * 100_000 + b"]" * 100_000, 0, [Trouble.TOO_DEEP]),
    "deep in a chat": (WHOLE[:-1] + DEEP, 2, [Trouble.TOO_DEEP]),
    "5,000 digits": (gpt(node("a", None)).replace(b"1700000000.0", b"9" * 5000), 1, [Trouble.BAD_TIME]),
    "nanoseconds": (gpt(node("a", None)).replace(b"1700000000.0", b"1700000000123456789"), 1, []),
    "one chat and more": (json.dumps(talk(node("a", None))).encode() + b"\n{}", 1, [Trouble.NOT_JSON]),
    "one chat, cut": (json.dumps(talk(node("a", None), voice="x")).encode()[:-5], 1, [Trouble.CUT_OFF]),
    "NaN and infinity": (gpt(node("a", None), create_time=float("nan"), update_time=float("inf")), 1, []),
    "1e308, below zero": (gpt(node("a", None, create_time=1e308), create_time=-5), 1, [Trouble.BAD_TIME]),
    "from the future": (gpt(FUTURE, create_time=9e9, update_time=9e9), 1, [Trouble.BAD_TIME]),
    "half a letter and a NUL": (HALF_LETTER, 1, []),
    "not UTF-8": (gpt(node("a", None, text="AAAA")).replace(b"AAAA", b"\xff\xfe\xc3\x28"), 1, [Trouble.ODD_BYTES]),
    "Windows-1251": (RUSSIAN.encode("cp1251"), 1, [Trouble.ODD_BYTES]),
    "UTF-16": (RUSSIAN.encode("utf-16"), 1, []),
    "UTF-16 without a mark": (RUSSIAN.encode("utf-16-le"), 1, []),
    "UTF-16, the other way": (RUSSIAN.encode("utf-16-be"), 1, []),
    "half of a UTF-16 letter": (RUSSIAN.encode("utf-16")[:-1], 1, [Trouble.ODD_BYTES, Trouble.NOT_JSON]),
    "a mark at the beginning": (b"\xef\xbb\xbf" + WHOLE, 2, []),
    "wrong types": (WRONG_TYPES, 1, NOT_A_MESSAGE),
    "strangers among chats": (b'[5, "x", null, ' + WHOLE[1:], 2, [Trouble.NOT_A_CHAT] * 3),
    "a circle": (gpt(node("a", "b"), node("b", "a", "assistant")), 1, [Trouble.CYCLE]),
    "its own parent": (gpt(node("a", "a")), 1, [Trouble.CYCLE]),
    "an orphan": (gpt(node("a", "gone")), 1, [Trouble.ORPHAN]),
    "several roots": (gpt(node("a", None), node("b", None)), 1, []),
    "the same number twice": (own(message(1), message(1, text="y"), message(2, 1)), 1, [Trouble.SAME_ID]),
    "a circle of ours": (own(message(1, 2), message(2, 1)), 1, [Trouble.CYCLE]),
    "a role that is none": (own(message(1, role="root")), 1, [Trouble.BAD_MESSAGE, Trouble.NO_MESSAGES]),
    "what nobody knows": (
        gpt(node("a", None), node("b", "a", "assistant", content={"content_type": "hologram", "shape": 5})),
        1,
        [Trouble.UNKNOWN_CONTENT],
    ),
    "a recap of nothing": (
        gpt(node("a", None), node("b", "a", "assistant", content={"content_type": "reasoning_recap"})),
        1,
        [],
    ),
    "ours without a chat": (b'{"format": "gigadesk-export", "version": 1, "chats": []}', 0, [Trouble.NO_CHATS]),
    "chats that are no list": (b'{"format": "gigadesk-export", "version": 1, "chats": {}}', 0, [Trouble.NO_CHATS]),
    "a later version": (b'{"format": "gigadesk-export", "version": 99, "chats": []}', 0, [Trouble.NEWER]),
    "lists in the place of words": (
        own(message(1, role=[]), message(2, status=[], files=[LISTS]), tools=[[]], effort=[]),
        1,
        [Trouble.BAD_MESSAGE],
    ),
    "anything in a message": (
        own(message(1, error=BAD_ERROR, usage=[1], sources=[5, {"url": 7}], files=[BAD_FILE, 5, None])),
        1,
        [],
    ),
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_gives_words_and_what_is_whole_in_it(tmp_path, name):
    content, chats, troubles = TEXTS[name]
    (tmp_path / "file.json").write_bytes(content)

    reading = Reading(tmp_path / "file.json", tmp_path / "spool")

    assert len(reading.chats) == chats
    assert reading.troubles == [trouble.value for trouble in troubles]
    library = Library(tmp_path / "library")
    before = dump(library.store)
    if chats:
        assert len(library.take(reading).chat_ids) == chats
        assert library.store._database.rows("PRAGMA foreign_key_check") == []
        for chat_id in library.store.exports.chat_ids():
            assert 0 < library.store.chat(chat_id).updated_at <= NOW + 86_400
            library.store.branch(library.store.chat(chat_id).leaf_id)
    else:
        assert dump(library.store) == before
    library.store.close()


def test_a_library_that_is_cut_keeps_its_folders(tmp_path):
    folders = [{"id": 1, "name": "Work"}]
    whole = json.dumps({"format": "gigadesk-export", "version": 1, "folders": folders, "chats": []}).encode()
    (tmp_path / "file.json").write_bytes(whole[:-2] + own(message(1), folder=1).partition(b'"chats": [')[2][:-40])

    reading = Reading(tmp_path / "file.json", tmp_path / "spool")

    assert reading.troubles == [Trouble.CUT_OFF.value]
    assert [folder.name for folder in reading.contents.folders] == ["Work"]


def test_the_first_line_that_is_not_utf_8_is_named(tmp_path):
    odd = json.dumps([talk(node("a", None, text="AAAA"))] * 3, indent=1).encode()
    line = [number for number, each in enumerate(odd.split(b"\n"), start=1) if b"AAAA" in each][1]
    head, first, second, third = odd.split(b"AAAA")
    (tmp_path / "file.json").write_bytes(head + b"AAAA" + first + b"\xcf\xf0" + second + b"\xcf" + third)

    reading = Reading(tmp_path / "file.json", tmp_path / "spool")

    [problem] = reading.problems
    assert (problem.trouble, problem.place) == (Trouble.ODD_BYTES, str(line))


# Expressions that went through these again from every place took hours.
THOUGHT = '<details type="reasoning">'
SOUPS = {
    "thoughts that do not end": THOUGHT * 4000,
    "ends of summaries": THOUGHT + "<summary>" + "</summary>" * 20_000,
    "thoughts with summaries": (THOUGHT + "<summary></summary>") * 3000,
    "a thought that does not begin": '<details type="reasoning"' * 20_000,
}


@pytest.mark.parametrize("name", SOUPS)
def test_a_text_of_nothing_but_beginnings_is_a_text(name):
    history = {"messages": {"a": {"role": "assistant", "content": SOUPS[name], "timestamp": 1.7e9}}}

    found = open_webui.found_chat({"chat": {"history": history}}, NOW)

    assert [message.text for message in found.messages] == [SOUPS[name]]


SPLIT = b'[-1.5e-3, 1.7e9, 1E+5, 1718000000.25, -0, "a\\u0416\\ud83d\\ude00 \xd1\x8f", true, null, NaN, {"a": [1.5e3]}]'


@pytest.mark.parametrize("inner", ["", "messages"])
def test_any_split_gives_the_same_elements(inner):
    whole = (
        b'{"x": 1.5e9, "chats": [{"created_at": 1.7e9, "shown": 4, "messages": ' + SPLIT + b"}], " + b'"y": -1.25e+2}'
    )
    expected = list(elements(io.BytesIO(whole).read, inner=inner))

    for size in (1, 2, 3, 5, 7, 11):
        pieces = io.BytesIO(whole)
        assert list(elements(lambda _, pieces=pieces, size=size: pieces.read(size), inner=inner)) == expected
    for place in range(1, len(whole)):
        parts = iter([whole[:place], whole[place:], b""])
        assert list(elements(lambda _, parts=parts: next(parts), inner=inner)) == expected


def test_marks_of_citations_that_do_not_end_are_left_out():
    found = chatgpt.found_chat(talk(node("a", None, text="\ue200" * 300_000 + "words")), NOW)

    assert [message.text for message in found.messages] == ["words"]


def test_small_values_behind_a_huge_one_cost_what_they_cost_before_it():
    huge, small = '"' + "x" * 9_000_000 + '"', ",".join(["1"] * 5000)

    def cost(text: str) -> float:
        data = io.BytesIO(text.encode())
        before = time.process_time()
        assert sum(1 for _ in elements(data.read)) == 5001
        return time.process_time() - before

    assert min(cost(f"[{huge},{small}]") for _ in range(3)) < 10 * min(cost(f"[{small},{huge}]") for _ in range(3))


def test_an_answer_of_many_parts_is_joined_once_and_says_when_it_is_cut():
    line = [node(str(number), str(number - 1) if number else None, "assistant", "x" * 999) for number in range(5000)]

    found = chatgpt.found_chat(talk(*line), NOW)

    [message] = found.messages
    assert len(message.text) == MESSAGE_MAX_CHARS
    assert found.problems == ((Trouble.TEXT_CUT, "4999"),)


@pytest.mark.parametrize("session", ["a\r\nX-Other: 1", "сессия", "a b", "x" * 500])
def test_a_session_that_no_request_can_name_is_replaced(tmp_path, session):
    (tmp_path / "file.json").write_bytes(own(message(1), session=session))
    library = Library(tmp_path / "library")

    for known in (False, True):
        reading = Reading(tmp_path / "file.json", tmp_path / f"spool{known}")
        [same] = library.run(lambda _, imports, reading=reading: known_of(imports, reading))
        assert (same is not None) == known
        if not known:
            [chat_id] = library.take(reading).chat_ids

    assert uuid.UUID(library.store.chat(chat_id).session_id)
    library.store.close()


async def known_of(imports: ImportDesk, reading: Reading) -> list[Any]:
    return imports.known(reading.chats)


def archive(entries: dict[str, bytes | zipfile.ZipInfo], **options: Any) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED, **options) as made:
        for name, content in entries.items():
            made.writestr(name, content)
    return data.getvalue()


def link_entry() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as made:
        made.writestr("conversations.json", WHOLE)
        link = zipfile.ZipInfo("files/link")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        made.writestr(link, "/etc/passwd")
    return data.getvalue()


def locked() -> bytes:
    data = bytearray(archive({"conversations.json": WHOLE}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + place] |= 1
    return bytes(data)


def damaged() -> bytes:
    data = bytearray(archive({"conversations.json": WHOLE}))
    data[60] ^= 0xFF
    return bytes(data)


AS_SENT = {"user.json": b"{}", "conversations.json": WHOLE, "shared_conversations.json": b"[]"}
OUTSIDE = {"../../conversations.json": WHOLE, "/etc/passwd": b"x", "C:\\x.json": b"5", "..\\y": b""}
BLANKS = b"[" + b" " * 70_000_000 + b"]"


def great(entries: int) -> bytes:
    """So many entries that all say they have 60 MB."""
    data = bytearray(archive({f"{number}.json": b"[]" for number in range(entries)}))
    place = -1
    while (place := data.find(b"PK\x01\x02", place + 1)) >= 0:
        data[place + 24 : place + 28] = (60_000_000).to_bytes(4, "little")
    return bytes(data)


BESIDE = {
    "conversations.json": WHOLE,
    "message_feedback.json": json.dumps([{"id": "1", "conversation_id": "c", "rating": "thumbs_up"}] * 3).encode(),
    "shared_conversations.json": json.dumps([{"id": "1", "conversation_id": "c", "title": "T"}]).encode(),
}
FINDER = {"My export/conversations.json": WHOLE, "__MACOSX/My export/._conversations.json": b"\0\5\x16\7" + bytes(60)}


def of_ours(separator: str) -> bytes:
    """As some programs of Windows pack a folder anew."""
    whole = own(message(1), message(2, 1))
    return archive({f"a{separator}chats-00001.json": whole[whole.index(b"[") : -1], f"a{separator}gigadesk.json": HEAD})


def misplaced(entry: str, entries: dict[str, bytes | zipfile.ZipInfo]) -> bytes:
    """One entry lies where there is nothing."""
    data = bytearray(archive(entries))
    place = data.rindex(entry.encode()) - 46
    data[place + 42 : place + 46] = b"\xff\xff\xff\x7f"
    return bytes(data)


def shifted() -> bytes:
    """All entries lie before the beginning: places are counted back from the end."""
    data = bytearray(archive({"1.json": WHOLE}))
    end = data.rindex(b"PK\5\6") + 16
    data[end : end + 4] = (int.from_bytes(data[end : end + 4], "little") + 1_000_000).to_bytes(4, "little")
    return bytes(data)


HEAD = b'{"format": "gigadesk-export", "version": 1}'
OURS: dict[str, bytes | zipfile.ZipInfo] = {
    "chats-00001.json": b"[" + own(message(1)).partition(b'"chats": [')[2][:-1],
    "gigadesk.json": HEAD,
}

ARCHIVES: dict[str, tuple[bytes, int, list[Trouble]]] = {
    "nothing in it": (archive({}), 0, [Trouble.UNKNOWN_KIND]),
    "no chats in it": (archive({"user.json": b'{"id": "u"}', "chat.html": b"<html>"}), 0, [Trouble.UNKNOWN_KIND]),
    "as ChatGPT sends it": (archive(AS_SENT), 2, []),
    "in parts": (
        archive({"a/conversations-001.json": WHOLE, "a/conversations-000.json": gpt(node("a", None), id="e")}),
        3,
        [],
    ),
    "names that lead outside": (archive(OUTSIDE), 2, []),
    "a link": (link_entry(), 2, []),
    "a bomb": (archive({"conversations.json": BLANKS}), 0, [Trouble.BOMB]),
    "a bomb beside chats": (archive({"conversations.json": WHOLE, "x.json": BLANKS}), 2, [Trouble.BOMB]),
    "a bomb in parts": (great(20), 0, [Trouble.BOMB]),
    "a bomb of 10 GB in parts": (great(170), 0, [Trouble.BOMB]),
    "with a password": (locked(), 0, [Trouble.LOCKED]),
    "cut": (archive({"conversations.json": WHOLE})[:-30], 0, [Trouble.BAD_ARCHIVE]),
    "bytes changed": (damaged(), 0, [Trouble.BAD_ARCHIVE]),
    "lists of other things beside the chats": (archive(BESIDE), 2, []),
    "a copy beside the original": (
        archive({"a/conversations.json": WHOLE, "conversations.json": WHOLE}),
        2,
        [Trouble.TWICE] * 2,
    ),
    "an older state beside the newer": (
        archive({"1/conversations.json": WHOLE, "2/conversations.json": gpt(node("a", None), node("b", "a"))}),
        3,
        [],
    ),
    "packed on a Mac": (archive(FINDER), 2, []),
    "ours, packed anew": (of_ours("/"), 1, []),
    "ours, packed anew on Windows": (of_ours("\\"), 1, []),
    "ours with a lost head": (misplaced("gigadesk.json", OURS), 1, [Trouble.BAD_ARCHIVE]),
    "an entry behind the end": (misplaced("1.json", {"1.json": WHOLE}), 0, [Trouble.BAD_ARCHIVE]),
    "an entry before the beginning": (shifted(), 0, [Trouble.BAD_ARCHIVE]),
    "cut text in it": (archive({"conversations.json": WHOLE[:-60]}), 1, [Trouble.CUT_OFF]),
}


@pytest.mark.parametrize("name", ARCHIVES)
def test_an_archive_gives_words_and_touches_nothing_outside(tmp_path, name):
    content, chats, troubles = ARCHIVES[name]
    (tmp_path / "in").mkdir()
    path = tmp_path / "in" / "file.zip"
    path.write_bytes(content)

    reading = Reading(path, tmp_path / "in" / "spool")

    assert len(reading.chats) == chats
    assert reading.troubles == [trouble.value for trouble in troubles]
    assert [each.name for each in tmp_path.iterdir()] == ["in"]
    assert sorted(each.name for each in (tmp_path / "in").iterdir()) == ["file.zip", "spool"]


def test_a_file_that_is_not_what_it_says_is_left_out(tmp_path):
    digest = "0" * 64
    attached = {"name": "a.txt", "kind": "text", "sha256": digest, "size": 3, "mime": "text/plain"}
    chat = {"title": "T", "session": "s", "created_at": 1.7e9, "messages": [message(1, files=[attached])]}
    head = {"format": "gigadesk-export", "version": 1}
    entries = {"gigadesk.json": head, "chats-00001.json": [chat]}
    texts: dict[str, Any] = {name: json.dumps(value).encode() for name, value in entries.items()}
    (tmp_path / "file.zip").write_bytes(archive({**texts, f"files/{digest}": b"other bytes"}))
    reading = Reading(tmp_path / "file.zip", tmp_path / "spool")
    library = Library(tmp_path / "library")

    end = library.take(reading)

    [chat_id] = end.chat_ids
    assert end.lost_files == 1
    [file] = library.store.exports.messages(library.store.exports.message_ids(chat_id))[0].files
    assert (file.name, file.state, file.digest) == ("a.txt", "failed", "")
    assert not library.shelf.has(digest)
    library.store.close()


@pytest.mark.parametrize("is_packed", [False, True])
@pytest.mark.parametrize("is_own", [False, True])
def test_a_file_may_be_as_large_as_a_library(tmp_path, monkeypatch, is_own, is_packed):
    """Longer than any one conversation may be, and none of it is in memory when it was read."""
    monkeypatch.setattr(reading_module, "IMPORT_VALUE_MAX_CHARS", 300_000)
    texts = [f"{number} " * 8000 for number in range(60)]
    if is_own:
        whole = json.loads(own(message(1)))
        whole["chats"] = [{**whole["chats"][0], "messages": [message(1, text=text)]} for text in texts]
    else:
        whole = [talk(node("a", None, text=text), id=text[:9]) for text in texts]
    content = json.dumps(whole).encode()
    assert len(content) > 3 * 300_000
    path = tmp_path / ("file.zip" if is_packed else "file.json")
    path.write_bytes(archive({"conversations.json": content}) if is_packed else content)

    reading = Reading(path, tmp_path / "spool")

    assert reading.troubles == []
    assert len(reading.chats) == 60


@pytest.mark.parametrize("is_packed", [False, True])
def test_one_conversation_that_would_fill_the_memory_ends_the_reading(tmp_path, monkeypatch, is_packed):
    monkeypatch.setattr(reading_module, "IMPORT_VALUE_MAX_CHARS", 300_000)
    talks = [talk(node("a", None, text=text), id=text[:1]) for text in ("a", "b" * 3_000_000, "c")]
    content = json.dumps(talks).encode()
    path = tmp_path / ("file.zip" if is_packed else "file.json")
    path.write_bytes(archive({"conversations.json": content}) if is_packed else content)

    reading = Reading(path, tmp_path / "spool")

    assert reading.troubles == [Trouble.TOO_LARGE]
    assert len(reading.chats) == 1


def test_files_that_would_fill_the_disk_are_left_out(tmp_path):
    names = [character * 64 for character in "abcd"]
    files = [{"name": name, "sha256": name} for name in names]
    content = {f"files/{name}": name.encode() * (2 if name[0] == "b" else 1) for name in names}
    (tmp_path / "a.zip").write_bytes(archive({"gigadesk.json": own(message(1, files=files)), **content}))
    reading = Reading(tmp_path / "a.zip", tmp_path / "spool")
    found = {}

    def tell(name: str, digest: str, _: int) -> None:
        found[name] = bool(digest)

    extract(tmp_path / "a.zip", [chat.offset for chat in reading.chats], tmp_path / "spool", tell, most_bytes=150)

    assert list(found.values()) == [True, False, True, False]
    assert sum(each.stat().st_size for each in (tmp_path / "spool" / "files").iterdir()) == 128


def test_a_device_is_not_read(tmp_path):
    assert Reading(Path("/dev/zero"), tmp_path / "spool").troubles == ["unreadable"]
    assert Reading(tmp_path / "gone.json", tmp_path / "spool2").troubles == ["unreadable"]
    assert Reading(tmp_path, tmp_path / "spool3").troubles == ["unreadable"]


KEYS = [
    "mapping",
    "message",
    "author",
    "role",
    "content",
    "parts",
    "content_type",
    "metadata",
    "id",
    "parent",
    "chat",
    "history",
    "messages",
    "currentId",
    "parentId",
    "timestamp",
    "text",
    "files",
    "created_at",
    "session",
    "title",
    "folder",
    "edit",
    "sources",
    "thoughts",
    "status",
    "kind",
    "state",
    "tools",
    "effort",
    "sha256",
    "error",
    "usage",
]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=5),
    max_leaves=30,
)


@given(JSON)
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_value_is_a_valid_chat_or_none(value):
    for found in (
        chatgpt.found_chat({"mapping": value, **(value if isinstance(value, dict) else {})}, NOW),
        open_webui.found_chat({"chat": {"history": value}, **(value if isinstance(value, dict) else {})}, NOW),
        own_format.found_chat({"messages": [value, {"id": 1, "role": "user", "files": value, "error": value}]}, NOW),
        own_format.found_chat(
            {"messages": [], **dict.fromkeys(("tools", "effort", "draft", "title_origin"), value)}, NOW
        ),
    ):
        assert found is not None
        assert [each.number for each in found.messages] == list(range(1, len(found.messages) + 1))
        assert all(each.parent is None or each.parent < each.number for each in found.messages)
        assert all(0 < each.created_at <= NOW + 86_400 for each in found.messages)


def test_a_file_that_goes_while_its_files_are_taken_out_is_told_in_words_of_the_system(tmp_path):
    answers = io.BytesIO()
    request = {"extract": [0], "from": str(tmp_path / "gone.zip"), "spool": str(tmp_path)}

    serve(io.BytesIO(json.dumps(request).encode() + b"\n"), answers)

    assert json.loads(answers.getvalue()) == {"failed": os.strerror(errno.ENOENT)}
