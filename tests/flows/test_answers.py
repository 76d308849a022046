"""What can befall an answer: it is stopped, continued, asked for again, or it fails. What had come always stays."""

import asyncio

import pytest

from gigadesk import errors
from gigadesk.chat import Status
from gigadesk.emulator.faults import Cut, Fault
from gigadesk.settings import Language
from gigadesk.ui.language import LanguageSwitcher
from gigadesk.ui.notices import Action
from gigadesk.ui.transcript.layout.boxes import ZoneKind
from tests.flows.flow_support import Qt, until

CHAT = "/chat/completions"
RUSSIAN_WORDS = {
    errors.ServerFailedError: "GigaChat",
    errors.AnswerInterruptedError: "Ответ",
}


def stall(after: int) -> Fault:
    return Fault(path=CHAT, stall_after_chunks=after)


def test_what_had_come_before_a_stop_stays_and_can_be_continued(flow, run_async):
    async def story():
        async with flow.service() as service, flow.program() as desk:
            await desk.online()
            service.faults.next(stall(2))
            service.answer_next("One ", "two ", "three")
            desk.ask("Count")
            await until(lambda: desk.last_text == "One two ")

            desk.press(Qt.Key.Key_Escape)
            await until(lambda: desk.last.status is Status.STOPPED)

            assert desk.texts == ["Count", "One two "]
            assert desk.notice is not None
            assert desk.notice.actions == (Action.CONTINUE,)

            service.answer_next("three ", "four")
            desk.click_action(Action.CONTINUE)
            await until(lambda: desk.last.status is Status.DONE)

            assert desk.texts == ["Count", "One two three four"]
            assert desk.notice is None
            shown = desk.shown_id
        assert flow.store().texts(shown) == ["Count", "One two three four"]

    run_async(story())


def test_who_leaves_the_search_for_a_title_stops_no_answer(flow, run_async):
    async def story():
        async with flow.service() as service, flow.program() as desk:
            await desk.online()
            service.faults.next(stall(2))
            service.answer_next("One ", "two ", "three")
            desk.ask("Count")
            await until(lambda: desk.last_text == "One two ")

            desk.press(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
            desk.press(Qt.Key.Key_Escape)

            assert desk.window.page.composer.editor.hasFocus()
            for _ in range(100):
                await asyncio.sleep(0)
            assert desk.last.status is Status.STREAMING
            desk.press(Qt.Key.Key_Escape)
            await until(lambda: desk.last.status is Status.STOPPED)

    run_async(story())


def test_another_version_is_a_sibling_and_both_can_be_shown(flow, run_async):
    async def story():
        async with flow.service() as service, flow.program() as desk:
            await desk.online()
            service.answer_next("First version")
            desk.ask("Say something")
            await until(lambda: desk.last.status is Status.DONE)

            service.answer_next("Second version")
            desk.click_regenerate()
            await until(lambda: desk.last_text == "Second version" and desk.last.status is Status.DONE)
            back = desk.zones(ZoneKind.BRANCH)[0]
            desk.click_zone(back)
            await until(lambda: desk.last_text == "First version")

            assert len(desk.window.page.transcript.rows.items[-1].view.siblings) == 2
            shown = desk.shown_id
        assert flow.store().texts(shown) == ["Say something", "First version"]

    run_async(story())


CONTINUE_FIRST = (Action.CONTINUE, Action.RETRY)
FAILURES = [
    pytest.param(Fault(status=500), errors.ServerFailedError, (Action.RETRY,), "", id="500"),
    pytest.param(Fault(status=402), errors.QuotaError, (Action.CHOOSE_MODEL, Action.RETRY), "", id="402"),
    pytest.param(
        Fault(html=True, status=502), errors.ServerFailedError, (Action.RETRY,), "", id="gateway's page with 502"
    ),
    pytest.param(
        Fault(html=True), errors.BrokenAnswerError, (Action.RETRY, Action.OPEN_SETTINGS), "", id="gateway's page"
    ),
    pytest.param(Fault(drop=True), errors.NetworkError, (Action.RETRY, Action.DIAGNOSE), "", id="dropped"),
    pytest.param(
        Fault(cut_after_bytes=300, cut=Cut.RST), errors.AnswerInterruptedError, CONTINUE_FIRST, "One two ", id="reset"
    ),
    pytest.param(
        Fault(cut_after_bytes=300, cut=Cut.CLEAN), errors.AnswerInterruptedError, CONTINUE_FIRST, "One two ", id="cut"
    ),
    pytest.param(
        Fault(without_finish=True), errors.AnswerInterruptedError, CONTINUE_FIRST, "One two three", id="without an end"
    ),
]


@pytest.mark.parametrize(("fault", "error", "actions", "kept"), FAILURES)
def test_a_failure_is_told_in_words_keeps_the_text_and_can_be_tried_again(flow, run_async, fault, error, actions, kept):
    async def story():
        async with flow.service() as service, flow.program() as desk:
            await desk.online()
            service.faults.set(fault)
            service.answer_next("One ", "two ", "three")
            desk.ask("Count")
            await until(lambda: desk.last.status is Status.FAILED)

            assert isinstance(desk.last.error, error)
            assert desk.notice is not None
            assert desk.notice.actions == actions
            assert kept.startswith(desk.last_text)
            assert bool(desk.last_text) == bool(kept)

            service.faults.reset()
            service.emulator.forget_answers()
            service.answer_next("One two three")
            desk.click_action(Action.RETRY)
            await until(lambda: desk.last.status is Status.DONE)

            assert desk.texts == ["Count", "One two three"]
            assert desk.notice is None

    run_async(story())


def test_the_words_of_a_failure_follow_the_language(flow, run_async, qapp):
    async def story():
        async with flow.service() as service, flow.program() as desk:
            await desk.online()
            service.faults.set(Fault(status=500))
            desk.ask("Hello")
            await until(lambda: desk.last.status is Status.FAILED)
            english = desk.notice

            desk.app._language.apply(Language.RUSSIAN)
            await until(lambda: desk.notice != english)

            assert english is not None
            assert english.title.isascii()
            assert not desk.notice.title.isascii()
            assert not desk.notice.text.isascii()

    run_async(story())
    assert LanguageSwitcher(qapp).current is Language.ENGLISH


def test_a_revoked_key_is_told_and_the_settings_lead_out(flow, run_async):
    async def story():
        async with flow.service() as service, flow.program() as desk:
            await desk.online()
            service.emulator.revoke_tokens()
            service.faults.set(Fault(path="/oauth", status=401))
            desk.ask("Hello")
            await until(lambda: desk.last.status is Status.FAILED)

            assert isinstance(desk.last.error, errors.KeyRejectedError)
            assert desk.notice is not None
            assert desk.notice.actions[0] is Action.OPEN_SETTINGS
            desk.click_action(Action.OPEN_SETTINGS)
            await until(lambda: desk.settings is not None)

    run_async(story())


def test_without_a_network_the_words_say_so_and_trying_again_works_later(flow, run_async):
    async def story():
        async with flow.service() as service, flow.program() as desk:
            await desk.online()
            await service.emulator.stop()
            desk.ask("Hello")
            await until(lambda: desk.last.status is Status.FAILED)
            assert isinstance(desk.last.error, errors.NetworkError)
            assert "No connection" in desk.words(desk.window.page.status) or desk.bar is not None or desk.notice

            endpoint = await restart_at(service)
            assert endpoint.base_url == service.endpoint.base_url
            service.answer_next("Here I am")
            desk.click_action(Action.RETRY)
            await until(lambda: desk.last_text == "Here I am")

    run_async(story())


async def restart_at(service):
    """The same service again, at the same address."""
    from dataclasses import replace
    from urllib.parse import urlsplit

    port = urlsplit(service.endpoint.base_url).port
    service.emulator.options = replace(service.emulator.options, port=port)
    return await service.emulator.start()
