"""Attached files: whose they are, how many, how large, and what is said about them."""

import struct

import pytest

from gigadesk.emulator import Emulator
from tests.emulator.chat_support import ask_v2, json_v2, keep, read_v2, refusal, user
from tests.emulator.emulator_support import Visitor, question

PNG = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + struct.pack(">II", 640, 480)
JPEG = b"\xff\xd8\xff\xe0\0\x04ab\xff\xc0\0\x11\x08" + struct.pack(">HH", 300, 400) + bytes(12)
MEGABYTE = 1024 * 1024


def attached(text: str, *ids: str, model: str = "GigaChat-2-Max", **more) -> dict:
    message = {"role": "user", "content": text, "attachments": list(ids)}
    return {"model": model, "messages": [message], **more}


async def text_of(visitor: Visitor, body: dict, **more) -> str:
    async with visitor.post(body=body, **more) as response:
        assert response.status == 200, await response.read()
        return (await response.json())["choices"][0]["message"]["content"]


async def test_plain_text_is_talked_about_by_name_size_and_first_words(emulator: Emulator, visitor: Visitor):
    file_id = keep(emulator, "Первая строка.\nВторая строка.".encode(), "text/plain", "заметки.txt")

    text = await text_of(visitor, attached("О чём файл?", file_id, model="GigaChat-2"))

    assert "**заметки.txt**" in text
    assert "53 Б, строк — 2, слов — 4" in text
    assert "> Первая строка. Вторая строка." in text


async def test_old_letters_are_read_too(emulator: Emulator, visitor: Visitor):
    file_id = keep(emulator, "Привет".encode("cp1251"), "text/plain", "old.txt")

    assert "> Привет" in await text_of(visitor, attached("О чём?", file_id))


@pytest.mark.parametrize(
    ("data", "mime", "name", "words"),
    [
        (PNG, "image/png", "a.png", "image/png, 640 × 480, 24 B"),
        (JPEG, "image/jpeg", "a.jpg", "image/jpeg, 400 × 300, 29 B"),
        (b"?", "image/bmp", "a.bmp", "image/bmp, 1 B"),
        (bytes(3 * MEGABYTE), "audio/mp3", "a.mp3", "audio/mp3, 3.0 MB"),
        (bytes(2048), "application/pdf", "a.pdf", "application/pdf, 2 KB"),
    ],
)
async def test_other_files_are_talked_about_by_kind_and_size(emulator, visitor: Visitor, data, mime, name, words):
    file_id = keep(emulator, data, mime, name)

    text = await text_of(visitor, attached("What is this?", file_id))

    assert f"**{name}**" in text
    assert words in text


async def test_both_contracts_see_the_same_files(emulator: Emulator, visitor: Visitor):
    file_id = keep(emulator, PNG, "image/png", "a.png")

    answer = await json_v2(visitor, ask_v2() | {"messages": [user("What is this?", file_id)]})

    assert "640 × 480" in answer["messages"][0]["content"][0]["text"]


async def test_files_of_several_kinds_are_listed(emulator: Emulator, visitor: Visitor):
    ids = [keep(emulator, b"a b", "text/plain", "0.txt"), keep(emulator, PNG, "image/png", "1.png")]

    text = await text_of(visitor, attached("Compare", *ids))

    assert "I see 2 attachments" in text
    assert "**0.txt**" in text
    assert "**1.png**" in text


async def test_only_the_first_of_several_documents_is_read(emulator: Emulator, visitor: Visitor):
    ids = [keep(emulator, b"word " * 500, "text/plain", f"{number}.txt") for number in range(2)]

    async with visitor.post(body=attached("Compare", *ids)) as response:
        answer = await response.json()

    assert "**0.txt**" in answer["choices"][0]["message"]["content"]
    assert "1.txt" not in answer["choices"][0]["message"]["content"]
    assert 500 < answer["usage"]["prompt_tokens"] < 600


async def test_earlier_file_is_meant_by_its_kind(emulator: Emulator, visitor: Visitor):
    file_id = keep(emulator, b"a b", "text/plain", "notes.txt")
    first = attached("Look", file_id)["messages"][0]

    async def then(text: str) -> str:
        messages = [first, answered(), {"role": "user", "content": text}]
        return await text_of(visitor, question() | {"messages": messages})

    assert "**notes.txt**" in await then("How long is the file?")
    assert "**notes.txt**" not in await then("A pancake recipe")


async def test_attached_text_costs_tokens(emulator: Emulator, visitor: Visitor):
    file_id = keep(emulator, b"word " * 500, "text/plain", "a.txt")

    async with visitor.post(body=attached("a", file_id)) as response:
        assert (await response.json())["usage"]["prompt_tokens"] > 500


async def test_file_of_another_client_is_denied(emulator: Emulator, visitor: Visitor):
    file_id = keep(emulator, PNG, "image/png", "a.png", client_id="anna")
    body = attached("a", file_id)

    assert await visitor.read(body) == refusal(403, f"Access to file '{file_id}' is denied")
    assert (await visitor.read(body, headers={"X-Client-ID": "anna"}))[0] == 200


async def test_unknown_file(visitor: Visitor):
    assert await visitor.read(attached("a", "gone")) == refusal(404, "No such file")


async def test_one_image_per_message_and_ten_per_request(emulator: Emulator, visitor: Visitor):
    ids = [keep(emulator, PNG, "image/png", f"{number}.png") for number in range(11)]
    one_each = [turn for file_id in ids for turn in (attached("a", file_id)["messages"][0], answered())]

    two = await visitor.read(attached("a", *ids[:2]))
    eleven = await visitor.read(question() | {"model": "GigaChat-2-Max", "messages": one_each})
    ten = await visitor.read(question() | {"model": "GigaChat-2-Max", "messages": one_each[2:]})

    assert two == refusal(422, "Invalid params: only one image per message is allowed")
    assert eleven == refusal(422, "Invalid params: no more than 10 images per request are allowed")
    assert ten[0] == 200


async def test_media_stay_below_80_megabytes(emulator: Emulator, visitor: Visitor):
    ids = [keep(emulator, bytes(27 * MEGABYTE), "audio/mp3", f"{number}.mp3") for number in range(3)]

    assert await visitor.read(attached("a", *ids)) == refusal(
        422, "Invalid params: total size of images and audio must be less than 80 MB"
    )
    assert (await visitor.read(attached("a", *ids[:2])))[0] == 200


async def test_document_beyond_the_context(emulator: Emulator, visitor: Visitor):
    file_id = keep(emulator, b"a " * 130_000, "text/plain", "a.txt")

    assert await visitor.read(attached("a", file_id)) == refusal(422, "Unprocessable Entity")
    assert await read_v2(visitor, ask_v2() | {"messages": [user("a", file_id)]}) == refusal(422, "Unprocessable Entity")


async def test_model_without_eyes(emulator: Emulator, visitor: Visitor):
    file_id = keep(emulator, PNG, "image/png", "a.png")

    assert await visitor.read(attached("a", file_id, model="GigaChat-2")) == refusal(
        422, "Invalid params: requested model does not support image attachments"
    )


async def test_made_picture_belongs_to_whoever_asked_for_it(visitor: Visitor):
    body = question("Нарисуй кота", function_call="auto")
    text = await text_of(visitor, body, headers={"X-Client-ID": "anna"})
    file_id = text.partition('src="')[2].partition('"')[0]

    assert (await visitor.get(f"/files/{file_id}/content"))[0] == 403


def answered() -> dict:
    return {"role": "assistant", "content": "b"}
