"""What is changed in the settings is in force at once, and still is the next day."""

import json

from PySide6.QtWidgets import QApplication

from gigadesk.chat import Role, Status
from gigadesk.emulator.faults import Fault
from gigadesk.settings import FollowMode, Language, Scope, Theme
from gigadesk.ui.settings_dialog.server_section import Server
from gigadesk.ui.theme import DARK, LIGHT
from tests.flows.flow_support import CTRL, Qt, until


def choose(dialog, page, field, value):
    """Choose a value of a list, as a click on its row does."""
    choice = getattr(getattr(dialog, page), field)
    index = choice._values.index(value)
    choice.box.setCurrentIndex(index)
    choice.box.activated.emit(index)


def choose_server(dialog, server):
    choose(dialog._account, "server", "_server", server)


def enter(desk, dialog, page, field, text):
    """Type into a field and leave it with Enter."""
    line = getattr(getattr(dialog, page), field).line
    line.setFocus()
    line.selectAll()
    desk.type(text)
    desk.press(Qt.Key.Key_Return)


async def open_page(desk, row):
    dialog = await desk.open_settings()
    dialog._list.setCurrentRow(row)
    return dialog


ACCOUNT, ANSWERS, APPEARANCE = range(3)


def test_the_language_changes_in_all_open_windows_at_once(flow, run_async, monkeypatch):
    monkeypatch.setenv("GIGACHAT_MAX_RETRIES", "0")

    async def story():
        async with flow.service() as service:
            async with flow.program() as desk:
                await desk.online()
                service.faults.next(Fault(path="/chat/completions", status=500))
                desk.ask("Hello")
                await until(lambda: desk.last.status is Status.FAILED)
                before = desk.notice.title
                dialog = await open_page(desk, APPEARANCE)
                assert "New chat" in desk.words()

                choose(dialog, "_appearance", "_language", Language.RUSSIAN)
                await until(lambda: "Новый чат" in desk.words())

                assert dialog.windowTitle() == "Настройки"
                assert desk.notice.title != before
                assert not desk.window.page.composer.editor.placeholderText().isascii()
                assert not desk.window.page.status.account_text().isascii()
                english = [word for word in desk.words().splitlines() if word and word.isascii() and word.islower()]
                assert english == []
                await desk.close_settings()
            async with flow.program() as desk:
                await desk.online()
                assert "Новый чат" in desk.words()

    run_async(story())


def test_colours_and_size_change_at_once(flow, run_async):
    async def story():
        async with flow.service() as service, flow.program() as desk:
            await desk.online()
            service.answer_next("Hello yourself")
            desk.ask("Hello")
            await until(lambda: desk.last.status is Status.DONE)
            dialog = await open_page(desk, APPEARANCE)

            for theme, colors in ((Theme.DARK, DARK), (Theme.LIGHT, LIGHT)):
                choose(dialog, "_appearance", "_theme", theme)
                await until(lambda colors=colors: ground(desk) == colors.window.name())
            choose(dialog, "_appearance", "_font_size", 20)
            await until(lambda: QApplication.font().pointSize() == 20)
            assert desk.window.page.transcript.stage.typography.body.font.pointSizeF() >= 20
            choose(dialog, "_appearance", "_follow_mode", FollowMode.NEVER)
            await until(lambda: desk.window.page.transcript.follow.mode is FollowMode.NEVER)
            await desk.close_settings()
        stored = json.loads((flow.folder / "settings.json").read_text())
        assert stored == {"appearance": {"theme": "light", "font_size_pt": 20, "follow_mode": "never"}}

    run_async(story())


def ground(desk):
    return desk.window.page.transcript.grab().toImage().pixelColor(2, 2).name()


def test_the_size_of_the_conversation_is_kept(flow, run_async):
    async def story():
        async with flow.service() as service:
            async with flow.program() as desk:
                await desk.online()
                service.answer_next("Hello yourself")
                desk.ask("Hello")
                await until(lambda: desk.last.status is Status.DONE)
                usual = desk.window.page.composer.editor.font().pointSizeF()
                desk.window.page.composer.setFocus()

                desk.press(Qt.Key.Key_Plus, CTRL)
                desk.press(Qt.Key.Key_Equal, CTRL)
                desk.press(Qt.Key.Key_Plus, CTRL | Qt.KeyboardModifier.KeypadModifier)
                assert desk.window.page.transcript.zoom.percent == 150
                desk.press(Qt.Key.Key_Minus, CTRL)

                assert desk.window.page.transcript.zoom.percent == 125
                assert desk.window.page.composer.editor.font().pointSizeF() == usual
            assert json.loads((flow.folder / "settings.json").read_text()) == {"appearance": {"zoom_percent": 125}}
            async with flow.program() as desk:
                await desk.online()
                assert desk.window.page.transcript.zoom.percent == 125
                desk.press(Qt.Key.Key_0, CTRL)
                assert desk.window.page.transcript.zoom.percent == 100
            assert not json.loads((flow.folder / "settings.json").read_text())

    run_async(story())


def test_the_next_request_follows_the_settings(flow, run_async):
    async def story():
        async with flow.service() as service, flow.program() as desk:
            await desk.online()
            dialog = await open_page(desk, ANSWERS)
            enter(desk, dialog, "_generation", "_update_interval", "0.5")
            enter(desk, dialog, "_generation", "_temperature", "0.7")
            await desk.close_settings()

            service.answer_next("Hi")
            desk.ask("Hello")
            await until(lambda: desk.last.status is Status.DONE)

            body = service.chat_bodies()[-1]
            assert body["update_interval"] == 0.5
            assert body["temperature"] == 0.7
            assert desk.window.page.transcript.growth.throttle.interval_s >= 0.5

    run_async(story())


def test_another_kind_of_account_has_other_lanes_at_once(flow, run_async):
    async def story():
        async with flow.service(plan="b2b") as service:
            flow.environment.delenv("GIGACHAT_SCOPE")
            service.faults.set(Fault(path="/oauth"))
            async with flow.program() as desk:
                await desk.chats_shown()
                dialog = await open_page(desk, ACCOUNT)
                choose(dialog, "_account", "_scope", Scope.B2B)
                await desk.close_settings()
                await desk.online()
                assert desk.window.page.status.account_text() == "GigaChat, company (prepaid)"

                service.faults.next(Fault(path="/chat/completions", stall_after_chunks=1), times=2)
                for name in "AB":
                    desk.open_new_chat()
                    service.answer_next(f"{name} begins ", "and ends")
                    desk.ask(name)
                    await until(lambda text=f"{name} begins ": desk.last_text == text)
                assert desk.queue == "2 running"

                dialog = await open_page(desk, ACCOUNT)
                enter(desk, dialog, "_account", "_lanes", "1")
                await desk.close_settings()
                desk.open_new_chat()
                desk.ask("C")
                await until(lambda: desk.last.role is Role.ASSISTANT and desk.queue_position == 1)
                assert desk.queue == "2 running, 1 waiting"
                service.faults.release()
                await until(lambda: desk.last.status is Status.DONE)

    run_async(story())


def test_another_address_is_not_asked_for_the_models_of_the_old_one(flow, run_async):
    async def story():
        async with flow.service() as service:
            old_models = '{"object":"list","data":[{"id":"Old-1","object":"model","owned_by":"x","type":"chat"}]}'
            service.faults.set(Fault(path="/models", body=old_models, content_type="application/json"))
            async with flow.program() as desk:
                await desk.online()
                service.faults.reset()
                service.faults.set(Fault(path="/models", status=500))
                dialog = await open_page(desk, ACCOUNT)
                choose_server(dialog, Server.OWN)
                enter(desk, dialog._account, "server", "_base_url", service.endpoint.base_url.replace("/v1", "/api/v1"))
                await desk.close_settings()
                desk.ask("Hello")
                await until(lambda: desk.last.status is Status.DONE)

            (body,) = service.chat_bodies()
            assert body["model"] == "GigaChat-2"

    run_async(story())


def test_each_chat_keeps_its_draft(flow, run_async):
    async def story():
        async with flow.service():
            async with flow.program() as desk:
                await desk.online()
                composer = desk.window.page.composer
                first = desk.shown_id
                desk.type("first draft")
                second = desk.open_new_chat()
                assert second != first
                assert composer.text() == ""
                desk.type("second")
                desk.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
                desk.type("draft")
                desk.open_chat(first)
                assert composer.text() == "first draft"
            async with flow.program() as desk:
                await desk.online()
                assert desk.shown_id == first
                assert desk.window.page.composer.text() == "first draft"
                desk.open_chat(second)
                assert desk.window.page.composer.text() == "second\ndraft"

    run_async(story())


def test_a_deleted_chat_is_back_after_undo_and_its_answer_was_stopped(flow, run_async):
    async def story():
        async with flow.service() as service:
            async with flow.program() as desk:
                await desk.online()
                service.faults.next(Fault(path="/chat/completions", stall_after_chunks=1))
                service.answer_next("Half ", "whole")
                chat_id = desk.shown_id
                desk.ask("Delete me")
                await until(lambda: desk.last_text == "Half ")

                desk.press(Qt.Key.Key_Backspace, CTRL | Qt.KeyboardModifier.ShiftModifier)
                await until(lambda: desk.shown_id != chat_id)
                await until(lambda: desk.queue == "")
                assert desk.window.sidebar.chats.chat(chat_id) is None
                desk.press(Qt.Key.Key_Z, CTRL)
                await until(lambda: desk.shown_id == chat_id)

                assert desk.texts == ["Delete me", "Half "]
                assert desk.last.status is Status.STOPPED
            assert flow.store().texts(chat_id) == ["Delete me", "Half "]

    run_async(story())


def test_a_model_chosen_for_one_chat_is_asked_there_and_stays(flow, run_async):
    async def story():
        async with flow.service() as service, flow.program() as desk:
            await desk.online()
            first = desk.shown_id
            chosen = desk.window.page.composer.model_picker._models[1]
            picker = desk.window.page.composer.model_picker
            picker.show_menu()
            action = next(each for each in picker._menu.actions() if each.text() == chosen)
            action.trigger()
            picker._menu.close()
            await desk.take_focus()
            desk.ask("Who are you?")
            await until(lambda: desk.messages and desk.last.status is Status.DONE)
            assert service.chat_bodies()[-1]["model"] == chosen
            await until(lambda: desk.queue == "")
            assert desk.open_new_chat() != first
            desk.ask("And you?")
            await until(lambda: desk.messages and desk.last.status is Status.DONE)
            assert service.chat_bodies()[-1]["model"] != chosen

    run_async(story())


def test_what_is_being_typed_into_the_settings_when_the_program_is_quit_counts(flow, run_async):
    async def story():
        async with flow.service(), flow.program() as desk:
            await desk.online()
            dialog = await open_page(desk, ANSWERS)
            dialog._generation._temperature.line.setFocus()
            desk.type("0.3")
            await desk.quit()
        stored = json.loads((flow.folder / "settings.json").read_text())
        assert stored == {"generation": {"temperature": 0.3}}

    run_async(story())
