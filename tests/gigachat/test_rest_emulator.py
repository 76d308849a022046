"""Files and the small endpoints against the emulator with TLS."""

import json
from dataclasses import replace

import pytest

from gigadesk.chat import FileKind, Role
from gigadesk.errors import FileGoneError, ForbiddenError, ModelUnavailableError
from gigadesk.gigachat.client import Client
from gigadesk.gigachat.diagnosis import Step, Verdict, diagnose
from gigadesk.gigachat.events import FileReady, FunctionMode, ReplyRequest, RequestMessage
from gigadesk.gigachat.values import BatchMethod, UploadSource

CORP = pytest.mark.parametrize("service", ["corp"], indirect=True)


@pytest.fixture
async def client(service):
    async with Client(service.options) as client:
        yield client


async def test_file_goes_up_is_found_comes_back_and_goes(service, client, tmp_path):
    text = "Отчёт за год\n" * 20_000
    (tmp_path / 'отчёт "год".txt').write_text(text, encoding="utf-8")

    stored = await client.upload(tmp_path / 'отчёт "год".txt')

    assert stored.size_bytes == len(text.encode())
    assert stored.purpose == "general"
    assert "отчёт" in stored.name
    assert await client.file(stored.id) == stored
    assert stored in await client.files()
    found = await client.download(stored.id, tmp_path / "back.txt")
    assert (found.kind, found.size_bytes) == (FileKind.TEXT, stored.size_bytes)
    assert (tmp_path / "back.txt").read_text(encoding="utf-8") == text
    assert await client.delete_file(stored.id)
    with pytest.raises(FileGoneError):
        await client.file(stored.id)
    with pytest.raises(FileGoneError):
        await client.download(stored.id, tmp_path / "again.txt")


async def test_files_belong_to_a_client_id(service, tmp_path):
    async with Client(replace(service.options, client_id="one")) as one:
        stored = await one.upload(UploadSource(b"text", "a.txt"))
        assert (await one.file(stored.id)).id == stored.id
    async with Client(replace(service.options, client_id="two")) as two:
        with pytest.raises(FileGoneError):
            await two.file(stored.id)
        assert stored.id not in [each.id for each in await two.files()]


async def test_generated_picture_comes_to_the_disk(client, tmp_path):
    question = RequestMessage(Role.USER, "Нарисуй кота")
    events = await client.complete(ReplyRequest("GigaChat-2-Max", (question,), function_call=FunctionMode.AUTO))
    (picture,) = (event for event in events if isinstance(event, FileReady))

    found = await client.download(picture.file_id, tmp_path / "cat.jpg")

    assert (found.kind, found.mime) == (FileKind.IMAGE, "image/jpeg")


async def test_tokens_are_counted(client):
    short, long = await client.count_tokens("GigaChat-2", ["Привет", "Привет, как дела?"])

    assert (short.characters, long.characters) == (6, 17)
    assert 0 < short.tokens < long.tokens
    with pytest.raises(ModelUnavailableError):
        await client.count_tokens("GigaChat-9", ["Привет"])


async def test_texts_become_vectors(client):
    one, two = await client.embeddings(["Привет", "Пока"])

    assert len(one.vector) == len(two.vector) == 1024
    assert one.prompt_tokens > 0
    assert one != two


async def test_balance_is_told(client):
    assert any(package.tokens > 0 for package in await client.balance())


async def test_private_account_has_no_company_calls(client):
    with pytest.raises(ForbiddenError):
        await client.check_ai("слово " * 30)
    with pytest.raises(ForbiddenError):
        await client.create_batch([("1", {})])


async def test_filter_is_asked(service):
    # Its model is listed by the old host only.
    async with Client(replace(service.options, base_url=service.endpoint.old_base_url)) as client:
        found = await client.check_filter([RequestMessage(Role.USER, "Привет")])

    assert not found.is_profane
    assert found.tokens > 0


async def test_functions_are_validated_and_converted(client):
    good = await client.validate_function({"name": "weather", "parameters": {"type": "object", "properties": {}}})
    bad = await client.validate_function({"parameters": {"type": "object", "properties": {}}})
    path = {"get": {"operationId": "weather", "summary": "Погода", "responses": {"200": {"description": "ok"}}}}
    document = {"openapi": "3.0.0", "info": {"title": "t", "version": "1"}, "paths": {"/weather": path}}
    (function,) = await client.convert_functions(json.dumps(document))

    assert good.is_valid
    assert not bad.is_valid
    assert function["name"] == "weather"


@CORP
async def test_company_checks_texts_and_hands_in_batches(client, tmp_path):
    checked = await client.check_ai("Это обычный русский текст, который написал человек, а вовсе не машина. " * 5)
    assert checked.category in {"ai", "human", "mixed"}

    requests = [(str(number), {"model": "Embeddings", "input": ["Привет"]}) for number in range(3)]
    batch = await client.create_batch(requests, BatchMethod.EMBEDDINGS)
    assert batch.total == 3
    assert batch.id in [each.id for each in await client.batches()]
    for _ in range(100):
        batch = await client.batch(batch.id)
        if batch.is_completed:
            break
    assert batch.is_completed
    assert batch.completed == 3
    found = await client.download(batch.output_file_id, tmp_path / "answers.jsonl")
    assert found.kind is FileKind.TEXT
    assert len((tmp_path / "answers.jsonl").read_text().splitlines()) == 3
    with pytest.raises(ModelUnavailableError):
        await client.batch("nowhere")


@CORP
async def test_company_has_no_balance_and_its_diagnosis_is_green(service):
    verdicts = {finding.step: finding.verdict async for finding in diagnose(service.options)}

    assert set(verdicts.values()) == {Verdict.OK}
    assert Step.BALANCE in verdicts
