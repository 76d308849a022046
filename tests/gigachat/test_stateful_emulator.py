"""Assistants and threads against the emulator."""

import pytest

from gigadesk.chat import Role
from gigadesk.errors import FileGoneError, ModelUnavailableError, RequestRejectedError
from gigadesk.gigachat.client import Client
from gigadesk.gigachat.events import Finished, RequestMessage
from gigadesk.gigachat.stateful_values import AssistantChanges, ThreadRequest, ThreadStatus
from gigadesk.gigachat.values import UploadSource
from tests.gigachat.client_support import text_of

HELLO = (RequestMessage(Role.USER, "Привет"),)


@pytest.fixture
async def client(service):
    async with Client(service.options) as client:
        yield client


async def test_assistant_is_made_changed_and_deleted(client):
    file = await client.upload(UploadSource(b"text", "a.txt"))
    changes = AssistantChanges("Помощник", file_ids=[file.id], metadata={"a": 1})
    assistant_id = await client.create_assistant("GigaChat-2", changes)

    changed = await client.change_assistant(assistant_id, AssistantChanges(instructions="Будь краток"))

    assert (changed.name, changed.instructions, changed.metadata) == ("Помощник", "Будь краток", {"a": 1})
    assert [each.id for each in changed.files] == [file.id]
    assert await client.assistant(assistant_id) == changed
    assert await client.assistants() == (changed,)
    assert await client.delete_assistant_file(assistant_id, file.id)
    with pytest.raises(FileGoneError):
        await client.delete_assistant_file(assistant_id, file.id)
    assert await client.delete_assistant(assistant_id)
    with pytest.raises(ModelUnavailableError):
        await client.assistant(assistant_id)


async def test_thread_is_answered_streamed_whole_and_anew(client):
    events = [event async for event in client.reply_in_thread(ThreadRequest(messages=HELLO, model="GigaChat-2"))]
    end = events[-1]

    assert text_of(events)
    assert isinstance(end, Finished)
    assert end.reason == "stop"
    assert end.thread_id
    assert end.message_id
    assert end.usage.total > 0
    here = ThreadRequest(end.thread_id, HELLO)
    *_, second = await client.complete_in_thread(here)
    assert (second.reason, second.thread_id) == ("stop", end.thread_id)
    again = [event async for event in client.rerun_thread(here)]
    assert again[-1].message_id not in {"", second.message_id}
    whole = await client.complete_rerun(here)
    messages = await client.thread_messages(end.thread_id)
    assert [each.role for each in messages] == ["user", "assistant", "user", "assistant"]
    assert messages[-1].id == whole[-1].message_id
    assert messages[-1].text == text_of(whole)
    assert len(await client.thread_messages(end.thread_id, limit=1)) == 1


async def test_thread_is_answered_in_the_background(client):
    assistant_id = await client.create_assistant("GigaChat-2", AssistantChanges("a"))
    added = await client.add_thread_messages(HELLO, assistant_id=assistant_id)

    started = await client.start_run(ThreadRequest(added.thread_id))

    assert started.thread_id == added.thread_id
    run = await client.thread_run(added.thread_id)
    for _ in range(1000):
        if run.is_over:
            break
        run = await client.thread_run(added.thread_id)
    assert run.status is ThreadStatus.READY
    assert run.messages[-1].text
    (thread,) = await client.threads([assistant_id], limit=5)
    assert (thread.id, thread.assistant_id, thread.is_locked) == (added.thread_id, assistant_id, False)
    assert await client.threads_by_id([thread.id, "nowhere"]) == (thread,)
    assert await client.delete_thread(thread.id)
    with pytest.raises(ModelUnavailableError):
        await client.delete_thread(thread.id)


async def test_empty_thread_has_nothing_to_answer(client):
    thread = await client.create_thread()

    with pytest.raises(RequestRejectedError):
        [event async for event in client.reply_in_thread(ThreadRequest(thread.id))]
