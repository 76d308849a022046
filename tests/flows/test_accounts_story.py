"""Several accounts: added in the settings, used by different chats, removed again; and what is told of them."""

import json
from contextlib import asynccontextmanager

from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QLineEdit, QWidget

from gigadesk.chat import Status
from gigadesk.credentials import SERVICE
from gigadesk.emulator import Emulator, EmulatorOptions
from gigadesk.emulator.faults import Fault
from gigadesk.gigachat.findings import Step
from gigadesk.settings import SignIn
from gigadesk.ui.diagnosis_dialog import DiagnosisDialog
from gigadesk.ui.notices import Action
from gigadesk.ui.settings_dialog.server_section import Server
from tests.flows.flow_support import CTRL, Flow, Qt, files_with, until


@asynccontextmanager
async def second_service(**options):
    """A further service, which the environment knows nothing of."""
    emulator = Emulator(EmulatorOptions(characters_per_s=0, seed=77, **options))
    try:
        yield emulator, await emulator.start()
    finally:
        await emulator.stop()


def write_settings(flow: Flow, **sections) -> None:
    flow.folder.mkdir(parents=True)
    (flow.folder / "settings.json").write_text(json.dumps(sections))


def settings_of(flow: Flow):
    return json.loads((flow.folder / "settings.json").read_text())


def secret_of(account_id):
    from keyring.backends.SecretService import Keyring
    from secretstorage import ItemNotFoundException

    try:
        return Keyring().get_password(SERVICE, account_id)
    except ItemNotFoundException:
        return None  # deleted between the search and the reading


def choose(field, value):
    """Choose a value of a list, as a click on its row does."""
    index = field._values.index(value)
    field.box.setCurrentIndex(index)
    field.box.activated.emit(index)


def enter(desk, field, text):
    field.line.setFocus()
    field.line.selectAll()
    desk.type(text)
    desk.press(Qt.Key.Key_Return)


def paste(desk, text):
    QGuiApplication.clipboard().setText(text)
    desk.press(Qt.Key.Key_V, CTRL)
    QGuiApplication.clipboard().clear()


async def add_account(desk, dialog, name, endpoint):
    """Through the window: a name, the addresses, the key."""
    desk.click_button("Add an account", dialog)
    await until(lambda: isinstance(QGuiApplication.focusObject(), QLineEdit))
    desk.type(name)
    desk.press(Qt.Key.Key_Return)
    server = dialog._account.server
    choose(server._server, Server.OWN)
    enter(desk, server._base_url, endpoint.base_url)
    enter(desk, server._auth_url, endpoint.auth_url)
    desk.click_button("Add a key", dialog)
    paste(desk, endpoint.credentials)
    desk.press(Qt.Key.Key_Return)
    await until(lambda: "GigaChat accepts the key." in desk.words(dialog), "the key")


def choose_account(desk, name):
    """In the menu of the model picker."""
    picker = desk.window.page.composer.model_picker
    picker.show_menu()
    actions = [each for each in picker._menu.findChildren(QAction) if each.text() == name]
    assert len(actions) == 1
    picker._menu.close()
    actions[0].trigger()


def questions(emulator):
    bodies = [request.json() for request in emulator.requests_to("/chat/completions")]
    return [body["messages"][-1]["content"] for body in bodies if body.get("max_tokens") != 40]


async def ask(desk, question):
    await desk.take_focus()
    desk.ask(question)
    await until(lambda: desk.messages and desk.last.status is Status.DONE, question)


def test_a_second_account_from_the_settings_to_its_end(flow, run_async, private_keyring):
    async def story():
        async with flow.service() as service, second_service() as (second, endpoint):
            async with flow.program() as desk:
                await desk.online()
                assert desk.window.page.status.account_text() == "GigaChat, private"
                dialog = await desk.open_settings()
                await add_account(desk, dialog, "Work", endpoint)
                account_id = dialog.account_id
                assert secret_of(account_id) == endpoint.credentials
                assert "Work" in desk.words(dialog)
                await until(lambda: "GigaChat-2" in desk.words(dialog), "the balance")
                await desk.close_settings()

                first_chat = desk.shown_id
                await ask(desk, "at home")
                second_chat = desk.open_new_chat()
                choose_account(desk, "Work")
                await ask(desk, "at work")
                status = desk.window.page.status
                assert status.account_text() == "Work"
                desk.open_chat(first_chat)
                assert status.account_text() == "GigaChat"
                await ask(desk, "at home again")

                assert questions(service.emulator) == ["at home", "at home again"]
                assert questions(second) == ["at work"]

            async with flow.program() as desk:
                await desk.online()
                desk.open_chat(second_chat)
                await ask(desk, "the next day")
                assert questions(second) == ["at work", "the next day"]

                dialog = await desk.open_settings()
                dialog.show_account(account_id)
                desk.click_button("Remove the account", dialog)
                desk.click_button("Remove it", dialog)
                await until(lambda: secret_of(account_id) is None, "the end of the key")
                assert "Work" not in desk.words(dialog)
                await desk.close_settings()
                assert desk.window.page.status.account_text() == "GigaChat, private"
                await ask(desk, "with the other one")
                assert questions(service.emulator)[-1] == "with the other one"

        assert list(settings_of(flow)) == []
        keyrings = str(flow.home / ".local/share/keyrings")
        assert [path for path in files_with(endpoint.credentials, flow.home) if not path.startswith(keyrings)] == []

    run_async(story())


def test_another_default_account_is_used_at_once(flow, run_async):
    async def story():
        async with flow.service(), second_service() as (second, endpoint), flow.program() as desk:
            await desk.online()
            dialog = await desk.open_settings()
            # Without a keyring the key is in force all the same.
            desk.click_button("Add an account", dialog)
            server = dialog._account.server
            choose(server._server, Server.OWN)
            enter(desk, server._base_url, endpoint.base_url)
            enter(desk, server._auth_url, endpoint.auth_url)
            desk.click_button("Add a key", dialog)
            paste(desk, endpoint.credentials)
            desk.press(Qt.Key.Key_Return)
            await until(lambda: "no keyring" in desk.words(dialog), "the words about the keyring")

            desk.click_button("Use for new chats", dialog)
            await desk.close_settings()
            await ask(desk, "Hello")

            assert questions(second) == ["Hello"]

    run_async(story())


def test_a_password_from_the_first_page(flow, run_async):
    async def story():
        async with flow.service(has_key=False, user="me") as service, flow.program() as desk:
            await until(lambda: desk.shows_first_page)
            await until(desk.window.isActiveWindow)
            desk.click_button("Sign in another way…")
            await until(lambda: desk.settings is not None and desk.settings.isActiveWindow())
            dialog = desk.settings
            page = dialog._account
            choose(page._sign_in, SignIn.PASSWORD)
            choose(page.server._server, Server.OWN)
            enter(desk, page.server._base_url, service.endpoint.old_base_url)
            enter(desk, page._user, "me")
            desk.click_button("Enter the password", dialog)
            desk.type("wrong")
            desk.press(Qt.Key.Key_Return)
            await until(lambda: "did not accept the user name" in desk.words(dialog), "the refusal")
            assert desk.shows_first_page

            desk.click_button("Enter the password", dialog)
            desk.type(service.endpoint.password)
            desk.press(Qt.Key.Key_Return)

            await until(lambda: desk.shows_chats, "the chats")
            await ask(desk, "Hello")
            assert questions(service.emulator) == ["Hello"]

    run_async(story())


def test_a_token_is_gone_the_next_day_and_the_program_says_so(flow, run_async):
    write_settings(flow, account={"sign_in": "token"})

    async def story():
        async with flow.service(has_key=False) as service:
            async with flow.program() as desk:
                await until(lambda: desk.shows_first_page)
                await until(desk.window.isActiveWindow)
                dialog = await open_settings_from_first_page(desk)
                assert "There is no access token." in desk.words(dialog)
                desk.click_button("Enter a token", dialog)
                token = await fetched_token(service)
                paste(desk, f"Bearer {token}\n")
                desk.press(Qt.Key.Key_Return)
                await until(lambda: desk.shows_chats, "the chats")
                await ask(desk, "Hello")
            assert files_with(token, flow.home) == []

            async with flow.program() as desk:
                await desk.chats_shown()
                await until(lambda: desk.bar is not None, "the words")
                assert desk.bar.title == "The access token is no longer valid"

    run_async(story())


async def open_settings_from_first_page(desk):
    desk.click_button("Sign in another way…")
    await until(lambda: desk.settings is not None and desk.settings.isActiveWindow())
    return desk.settings


async def fetched_token(service):
    from tests.test_accounts import ready_token

    return await ready_token(service.endpoint)


def balance(**tokens):
    packages = [{"usage": name.replace("_", "-"), "value": value} for name, value in tokens.items()]
    return Fault(path="/balance", body=json.dumps({"balance": packages}), content_type="application/json")


def test_a_package_that_runs_out_is_told_once(flow, run_async):
    async def story():
        async with flow.service() as service, flow.program() as desk:
            await desk.online()
            service.faults.set(balance(embeddings=3, GigaChat_2=19_000))
            status = desk.window.page.status
            desk.ask("Hello")
            await until(lambda: desk.bar is not None, "the warning")

            assert desk.bar.title == "The tokens for GigaChat-2 are running out"
            assert "19,000" in desk.bar.text
            assert not desk.bar.is_error
            assert "19,000" in status.balance_text()
            desk.press(Qt.Key.Key_Escape)
            assert desk.bar is None

            asked = len(service.emulator.requests_to("/balance"))
            await ask(desk, "And again")
            assert len(service.emulator.requests_to("/balance")) == asked, "at most once a minute"
            desk.click_button(status.balance_text())
            await until(lambda: desk.settings is not None, "the settings")
            await until(lambda: "19,000 tokens" in desk.words(desk.settings), "the balance")
            assert desk.bar is None
            await desk.close_settings()

    run_async(story())


def test_an_account_without_packages_says_so_and_is_not_asked_again(flow, run_async):
    async def story():
        async with flow.service(plan="corp") as service, flow.program() as desk:
            await desk.online()
            await ask(desk, "Hello")
            await until(lambda: service.emulator.requests_to("/balance"), "the question")
            dialog = await desk.open_settings()

            await until(lambda: "pays as it goes" in desk.words(dialog), "the words")

            assert desk.bar is None
            await desk.close_settings()

    run_async(story())


def test_a_diagnosis_shows_what_is_wrong_and_can_be_copied(flow, run_async):
    async def story():
        async with flow.service() as service, flow.program() as desk:
            await desk.online()
            service.faults.set(Fault(path="/oauth", status=401, message="credentials doesn't match db data"))
            service.emulator.expire_tokens()
            dialog = await desk.open_settings()
            desk.click_button("Find out what is wrong…", dialog)
            found = await diagnosis(desk)
            await until(lambda: "see the lines in red" in desk.words(found), "the end")

            assert "GigaChat did not accept the key" in desk.words(found)
            desk.click_button("Copy", found)
            report = QGuiApplication.clipboard().text()
            assert "[Wrong] Sign-in" in report
            assert "[All right] Clock of this computer" in report
            assert service.endpoint.credentials not in report

            service.faults.reset()
            desk.click_button("Look again", found)
            await until(lambda: "Everything is all right." in desk.words(found), "the second look")
            desk.press(Qt.Key.Key_Escape)
            await until(lambda: not shown_diagnoses(desk))
            dialog.activateWindow()
            await until(dialog.isActiveWindow)
            await desk.close_settings()

    run_async(story())


def test_a_diagnosis_is_stopped_by_its_button_and_by_the_end_of_the_program(flow, run_async):
    async def story():
        async with flow.service() as service, flow.program() as desk:
            await desk.online()
            service.faults.set(Fault(path="/balance", delay_s=600))
            dialog = await desk.open_settings()
            desk.click_button("Find out what is wrong…", dialog)
            found = await diagnosis(desk)
            await until(lambda: Step.MODELS in found._findings, "the first lines")
            desk.click_button("Stop", found)
            await until(lambda: "The search was stopped." in desk.words(found), "the end")

            desk.click_button("Look again", found)
            await until(lambda: Step.MODELS in found._findings, "the first lines")
            dialog.close()
            await until(lambda: desk.settings is None, "the end of the settings")
            assert found.isVisible()
            await desk.quit()

    run_async(story())


def test_a_failure_leads_to_its_diagnosis(flow, run_async):
    async def story():
        async with flow.service() as service, flow.program() as desk:
            await desk.online()
            service.faults.set(Fault(path="/chat/completions", drop=True))
            desk.ask("Hello")
            await until(lambda: len(desk.messages) > 1 and desk.last.status is Status.FAILED, "the failure")
            assert desk.notice.actions[-1] is Action.DIAGNOSE, desk.last.error
            desk.click_action(Action.DIAGNOSE)
            found = await diagnosis(desk)
            await until(lambda: "Everything is all right." in desk.words(found), "the end")
            desk.press(Qt.Key.Key_Escape)
            await until(lambda: not shown_diagnoses(desk))
            await desk.take_focus()

    flow.environment.setenv("GIGACHAT_MAX_RETRIES", "0")
    run_async(story())


def shown_diagnoses(desk):
    return [each for each in desk.window.findChildren(DiagnosisDialog) if each.isVisible()]


async def diagnosis(desk) -> QWidget:
    await until(lambda: shown_diagnoses(desk), "the diagnosis")
    return shown_diagnoses(desk)[0]


def test_the_demo_has_several_accounts_too(flow, run_async):
    async def story():
        async with flow.program(is_demo=True) as desk:
            await desk.online()
            dialog = await desk.open_settings()
            desk.click_button("Add an account", dialog)
            desk.type("Play")
            desk.press(Qt.Key.Key_Return)
            await desk.close_settings()
            choose_account(desk, "Play")
            await ask(desk, "Hello")
            assert desk.last.account.startswith("account-")

        assert not (flow.folder / "settings.json").exists()

    run_async(story())
