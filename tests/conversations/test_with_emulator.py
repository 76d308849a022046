"""The real client and the emulated service under the conversations: files up, pictures down, tools, tokens."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

from gigadesk.accounts import Accounts
from gigadesk.chat import FileKind, FileState, Status, Tool
from gigadesk.credentials import Credentials
from gigadesk.emulator import Emulator, EmulatorOptions
from gigadesk.facts import ContextMeasured, MessageEnded, ToolWorking
from gigadesk.settings import Account, Settings
from tests.conversations_support import Desk


@asynccontextmanager
async def emulated(**options: object) -> AsyncIterator[tuple[Desk, Emulator]]:
    emulator = Emulator(EmulatorOptions(characters_per_s=0, **options))  # type: ignore[arg-type]
    endpoint = await emulator.start()
    accounts = Accounts(Settings(), Credentials())
    accounts.use_overlay(
        lambda account: replace(account, base_url=endpoint.base_url, auth_url=endpoint.auth_url, proxy="none"),
        endpoint.credentials,
    )
    try:
        async with Desk(services=accounts) as desk:
            yield desk, emulator
    finally:
        await accounts.close()
        await emulator.stop()


async def answered(desk: Desk, until, chat_id, text: str):
    """Send and wait for the end of the answer, which must not have failed."""
    ended = len(desk.of(MessageEnded))
    assert desk.conversations.send(chat_id, text)
    await until(lambda: len(desk.of(MessageEnded)) > ended)
    reply = desk.of(MessageEnded)[-1].message
    assert reply.error is None, reply.error
    assert reply.status is Status.DONE
    return reply


async def test_a_document_is_talked_about_and_sent_again_when_it_was_forgotten(until):
    async with emulated() as (desk, emulator):
        chat_id = desk.new_chat()
        desk.conversations.files.attach(chat_id, "Договор аренды квартиры. Срок: год.".encode(), "договор.txt")
        await until(lambda: desk.conversations.draft_files(chat_id)[0].state is FileState.READY)

        await answered(desk, until, chat_id, "О чём этот файл?")
        first = desk.conversations.messages(chat_id)[0].files[0].remote_id
        emulator.forget_files()
        await answered(desk, until, chat_id, "А подробнее?")

        [file] = desk.conversations.messages(chat_id)[0].files
        assert file.state is FileState.READY
        assert file.remote_id != first
        assert len(emulator.requests_to("/files")) == 2


async def test_a_picture_is_drawn_fetched_and_kept(until):
    async with emulated() as (desk, _):
        chat_id = desk.new_chat()
        desk.conversations.choices.set_tools(chat_id, (Tool.IMAGE,))

        reply = await answered(desk, until, chat_id, "Нарисуй кота")
        await until(lambda: desk.conversations.message(reply.id).files[0].state is FileState.READY)

        [file] = desk.conversations.message(reply.id).files
        assert (file.kind, file.mime, file.is_generated) == (FileKind.IMAGE, "image/jpeg", True)
        assert desk.shelf.path(file.digest).stat().st_size == file.size_bytes > 1000
        assert desk.of(ToolWorking)[-1].tool == ""
        again = await answered(desk, until, chat_id, "Спасибо")
        assert again.files == ()


async def test_web_search_brings_sources(until):
    async with emulated() as (desk, emulator):
        chat_id = desk.new_chat()
        desk.conversations.choices.set_model(chat_id, "GigaChat-2-Max")
        desk.conversations.choices.set_tools(chat_id, (Tool.WEB_SEARCH,))

        reply = await answered(desk, until, chat_id, "Найди в интернете новости о Луне")

        assert reply.sources
        assert desk.store.message(reply.id).sources == reply.sources
        assert emulator.requests_to("/api/v2/chat/completions") or emulator.requests_to("/chat/completions")


async def test_a_model_that_thinks_shows_it(until):
    async with emulated() as (desk, _):
        chat_id = desk.new_chat()
        desk.conversations.choices.set_model(chat_id, "GigaChat-2-Reasoning")

        reply = await answered(desk, until, chat_id, "Сколько будет 17 на 23?")

        assert reply.reasoning
        assert reply.reasoning_s is not None
        assert reply.seconds is not None
        assert reply.seconds >= reply.reasoning_s


async def test_the_service_counts_the_context(until):
    async with emulated() as (desk, _):
        chat_id = desk.new_chat()
        await answered(desk, until, chat_id, "Привет")

        desk.conversations.context.measure(chat_id, "Как дела?")
        await until(lambda: desk.of(ContextMeasured))

        use = desk.of(ContextMeasured)[0].use
        assert use.is_exact
        assert 0 < use.used_tokens < use.limit_tokens


async def test_tools_of_both_contracts_may_follow_each_other_in_one_chat(until):
    async with emulated() as (desk, emulator):
        chat_id = desk.new_chat()
        for tools, question in (
            ((Tool.IMAGE,), "Нарисуй кота"),
            ((Tool.WEB_SEARCH,), "Найди в интернете новости о Луне"),
            ((Tool.WEB_SEARCH, Tool.IMAGE), "Нарисуй собаку"),
            ((), "Спасибо"),
        ):
            desk.conversations.choices.set_tools(chat_id, tools)
            await answered(desk, until, chat_id, question)

        ended = [message for message in desk.conversations.messages(chat_id) if message.files]
        await until(lambda: all(desk.conversations.message(each.id).files[0].digest for each in ended))
        assert len(ended) == 2
        assert len(emulator.requests_to("/v2/chat/completions")) == 2


async def test_a_file_of_the_wrong_kind_is_refused_before_anything_is_sent(until, tmp_path):
    async with emulated() as (desk, emulator):
        chat_id = desk.new_chat()
        source = tmp_path / "tool.exe"
        source.write_bytes(b"MZ\x00\x01\x02\xff" * 100)
        desk.conversations.files.attach(chat_id, source, source.name)
        await until(lambda: desk.conversations.draft_files(chat_id)[0].state is FileState.FAILED)

        assert not desk.conversations.send(chat_id, "Что это?")
        assert not emulator.requests_to("/files")


async def test_two_accounts_share_a_chat_and_its_file(until):
    first = Emulator(EmulatorOptions(characters_per_s=0))
    second = Emulator(EmulatorOptions(characters_per_s=0, seed=2))
    places = {"one": (await first.start(), first), "two": (await second.start(), second)}
    settings = Settings(accounts=tuple(Account(id=name, name=name) for name in places), default_account="one")
    accounts = Accounts(settings, Credentials())
    accounts.use_overlay(
        lambda account: replace(
            account,
            base_url=places[account.id][0].base_url,
            auth_url=places[account.id][0].auth_url,
            proxy="none",
        ),
        "",
    )
    for name, (endpoint, _) in places.items():
        accounts.service(name).use_secret(endpoint.credentials)
    try:
        async with Desk(services=accounts) as desk:
            chat_id = desk.new_chat()
            desk.conversations.files.attach(chat_id, "Договор аренды.".encode(), "договор.txt")
            one = await answered(desk, until, chat_id, "О чём этот файл?")
            desk.conversations.choices.set_account(chat_id, "two")
            two = await answered(desk, until, chat_id, "А подробнее?")

            assert (one.account, two.account) == ("one", "two")
            assert [len(each.requests_to("/files")) for each in (first, second)] == [1, 1]
    finally:
        await accounts.close()
        await first.stop()
        await second.stop()
