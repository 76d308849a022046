"""The first day of a user and the next: a key, a question, an answer, and everything there again."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit

from gigadesk.chat import Status
from gigadesk.credentials import SERVICE
from gigadesk.emulator.faults import Fault
from gigadesk.ui.notices import Action
from tests.flows.flow_support import CTRL, Qt, files_with, until


def stall(after: int) -> Fault:
    return Fault(path="/chat/completions", stall_after_chunks=after)


def test_from_the_first_page_to_the_second_day(flow, run_async, private_keyring):
    async def story():
        # One lane, TLS with a root that only the environment names, no key but the one that is pasted.
        async with flow.service(tls=True, has_key=False) as service:
            key = service.endpoint.credentials

            async with flow.program() as desk:
                await until(lambda: desk.shows_first_page)
                await until(desk.window.isActiveWindow)
                await paste_key(desk, f"Basic {key}\n")
                desk.press(Qt.Key.Key_Return)
                await desk.online()
                assert key_in_keyring() == key

                long_chat = desk.shown_id
                service.faults.next(stall(2))
                service.answer_next("Жили-", "были ", "дед и баба")
                desk.ask("Расскажи сказку")
                await until(lambda: desk.last_text == "Жили-были ")

                quick_chat = desk.open_new_chat()
                service.answer_next("Four.")
                desk.ask("2 + 2?")
                await until(lambda: desk.queue_position == 1)
                desk.open_chat(long_chat)
                assert desk.texts == ["Расскажи сказку", "Жили-были "]
                desk.press(Qt.Key.Key_Escape)
                await until(lambda: desk.last.status is Status.STOPPED)
                desk.open_chat(quick_chat)
                await until(lambda: desk.last.status is Status.DONE)
                assert desk.texts == ["2 + 2?", "Four."]
                await until(lambda: desk.row(quick_chat).title not in {"", "2 + 2?"})
                title = desk.row(quick_chat).title
                desk.open_chat(long_chat)
                desk.type("and then")
                await desk.quit()

            async with flow.program() as desk:
                await desk.online()

                assert desk.shown_id == long_chat
                assert desk.texts == ["Расскажи сказку", "Жили-были "]
                assert desk.last.status is Status.STOPPED
                assert desk.notice is not None
                assert desk.notice.actions == (Action.CONTINUE,)
                assert desk.window.page.composer.text() == "and then"
                assert desk.row(quick_chat).title == title
                service.answer_next("дед и баба")
                desk.click_action(Action.CONTINUE)
                await until(lambda: desk.last.status is Status.DONE)
                assert desk.last_text == "Жили-были дед и баба"
                desk.open_chat(quick_chat)
                assert desk.texts == ["2 + 2?", "Four."]

        assert flow.store().draft(long_chat) == "and then"
        keyring_files = flow.home / ".local/share/keyrings"
        assert [path for path in files_with(key, flow.home) if not path.startswith(str(keyring_files))] == []

    run_async(story())


def test_a_key_that_is_refused_stays_on_the_first_page_with_the_reason(flow, run_async):
    async def story():
        async with flow.service(has_key=False) as service, flow.program() as desk:
            await until(lambda: desk.shows_first_page)
            await until(desk.window.isActiveWindow)
            service.faults.next(Fault(path="/oauth", status=401))
            await paste_key(desk, service.endpoint.credentials)
            desk.press(Qt.Key.Key_Return)
            await until(lambda: desk.window.first_page._notice.notice is not None)

            assert desk.shows_first_page
            assert desk.window.first_page._notice.notice.is_error

            # The second try needs no second pasting.
            desk.press(Qt.Key.Key_Return)
            await desk.online()

    run_async(story())


def test_trying_a_key_can_be_given_up(flow, run_async):
    async def story():
        async with flow.service(has_key=False) as service, flow.program() as desk:
            await until(lambda: desk.shows_first_page)
            await until(desk.window.isActiveWindow)
            service.faults.next(Fault(path="/oauth", hold=True))
            await paste_key(desk, service.endpoint.credentials)
            desk.press(Qt.Key.Key_Return)
            await until(lambda: service.emulator.requests_to("/oauth"))
            desk.click_button("Cancel")
            await until(lambda: "Check and start" in desk.words())

            desk.click_button("Check and start")
            await desk.online()

    run_async(story())


def test_a_scope_that_does_not_fit_the_key_is_told(flow, run_async):
    async def story():
        async with flow.service(plan="b2b", has_key=False) as service:
            flow.environment.delenv("GIGACHAT_SCOPE")
            async with flow.program() as desk:
                await until(lambda: desk.shows_first_page)
                await until(desk.window.isActiveWindow)
                await paste_key(desk, service.endpoint.credentials)
                desk.press(Qt.Key.Key_Return)
                await until(lambda: desk.window.first_page._notice.notice is not None)

                desk.choose(desk.window.first_page._scope, "My company’s, prepaid package (B2B)")
                desk.press(Qt.Key.Key_Return)
                await desk.online()

                assert desk.window.page.status.account_text() == "GigaChat, company (prepaid)"

    run_async(story())


async def paste_key(desk, text):
    await until(lambda: isinstance(QGuiApplication.focusObject(), QLineEdit))
    QGuiApplication.clipboard().setText(text)
    desk.press(Qt.Key.Key_V, CTRL)
    QGuiApplication.clipboard().clear()


def key_in_keyring():
    """Asked of the keyring by a back end of our own."""
    from keyring.backends.SecretService import Keyring

    return Keyring().get_password(SERVICE, "GigaChat")
