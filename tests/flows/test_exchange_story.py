"""Chats come in from other programs and go out, with the real window, the real reading process and real keys."""

import json
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from gigadesk.chat import Status
from gigadesk.ui.exchange.export_dialog import ExportDialog
from gigadesk.ui.exchange.export_formats import Format
from gigadesk.ui.exchange.import_dialog import ImportDialog
from gigadesk.ui.exchange.import_drop import ImportDrop
from tests.flows.flow_support import CTRL, Program, Qt, until
from tests.ui.window.drop_support import drop, enter, mime

SAMPLES = Path(__file__).parents[1] / "samples"
SHIFT = Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key


async def preview(desk: Program, path: Path) -> ImportDialog:
    """The dialog of import, with all that is in the file."""
    await desk.take_focus()
    desk.press(Key.Key_I, CTRL | SHIFT)
    chooser = desk.window.chats.exchange.dialog
    assert isinstance(chooser, QFileDialog)
    chooser.fileSelected.emit(str(path))
    chooser.close()
    await until(lambda: isinstance(desk.window.chats.exchange.dialog, ImportDialog), "the dialog")
    dialog = desk.window.chats.exchange.dialog
    assert isinstance(dialog, ImportDialog)
    await until(lambda: dialog._pages.currentWidget() is dialog.preview, "the preview")
    return dialog


def titles(desk: Program) -> list[str]:
    conversations = desk.window.chats._conversations
    return [conversations.chat(chat_id).title for chat_id in conversations.exports.chat_ids()]


def test_chats_of_another_program_come_in_once_and_can_be_thrown_out(flow, run_async):
    async def story():
        async with flow.service(), flow.program() as desk:
            await desk.online()
            dialog = await preview(desk, SAMPLES / "open_webui.json")

            assert "Open WebUI" in desk.words(dialog)
            assert titles(desk) == []
            dialog.activateWindow()
            await until(dialog.isActiveWindow)
            desk.press(Key.Key_Return)
            await until(dialog.undo_button.isVisible, "the report")
            assert sorted(titles(desk)) == ["Very old", "Три закона"]
            [folder] = desk.window.chats._conversations.library.folders()
            assert folder.name.startswith("Open WebUI")

            desk.click_button(dialog.open_button.text(), dialog)
            await until(lambda: desk.texts[:1] == ["Назови законы Ньютона"], "the chat")
            assert desk.texts[1] == "Инерция, $F=ma$, действие и противодействие."
            assert desk.messages[1].reasoning == "Three <laws>\nof motion"
            [picture] = desk.messages[0].files
            assert desk.window.chats._conversations.files.path(picture)
            assert "Answer briefly." not in desk.texts

            again = await preview(desk, SAMPLES / "open_webui.json")
            assert again.preview.table.known_count == 2
            assert not again.import_button.isEnabled()
            again.preview.table.choose_all(is_chosen=True)
            again.start_import()
            await until(again.undo_button.isVisible, "the second report")
            assert len(titles(desk)) == 4
            desk.click_button(again.undo_button.text(), again)
            await until(lambda: len(titles(desk)) == 2, "the end of the second import")
            again.close()

    run_async(story())


def test_a_file_that_is_none_gives_words_and_changes_nothing(flow, run_async, tmp_path):
    async def story():
        broken = tmp_path / "conversations.json"
        whole = (SAMPLES / "chatgpt.json").read_text(encoding="utf-8")
        part = whole[: whole.index("0c1d2e3f-0000-4000-8000-000000000002") + 50]
        broken.write_text(part, encoding="utf-8")
        async with flow.service(), flow.program() as desk:
            await desk.online()
            dialog = await preview(desk, broken)
            assert len(dialog.preview.table.chats) == 1
            [problem] = [dialog.preview._list.item(row).text() for row in range(dialog.preview._list.count())]
            assert problem.startswith(f"Line {part.count(chr(10)) + 1}: the file ends")
            dialog.close()
            await until(lambda: desk.window.chats.exchange.dialog is None)
            other = await preview(desk, SAMPLES / "formulas.txt")
            assert not other.import_button.isEnabled()
            assert other.preview._list.count() == 1
            other.close()
            assert titles(desk) == []
            spools = flow.folder / "imports"
            await until(lambda: not spools.exists() or list(spools.iterdir()) == [], "the end of the spools")

    run_async(story())


def test_a_chat_goes_out_in_every_format_and_comes_back(flow, run_async, tmp_path, monkeypatch):
    shown = []
    monkeypatch.setattr("gigadesk.ui.exchange.made_place.open_folder", lambda path: not shown.append(path))

    async def story():
        async with flow.service() as service, flow.program() as desk:
            await desk.online()
            service.answer_next("A formula $x^2$ and\n\n```python\nprint(1)\n```\n\n<script>alert(1)</script>")
            desk.ask("Show me")
            await until(lambda: bool(desk.messages) and desk.last.status is Status.DONE and len(desk.last_text) > 20)
            for format_ in Format:
                await desk.take_focus()
                desk.press(Key.Key_S, CTRL | SHIFT)
                dialog = desk.window.chats.exchange.dialog
                assert isinstance(dialog, ExportDialog)
                dialog.choose(format_)
                dialog.export_to(tmp_path / f"chat{format_.ending}")
                await until((tmp_path / f"chat{format_.ending}").exists, format_)
                await until(lambda: not dialog._is_running)  # noqa: B023
                assert dialog._made.path.text() == str(tmp_path / f"chat{format_.ending}")
                desk.click_button("Show in folder", dialog)
                dialog.close()
                await until(lambda: desk.window.chats.exchange.dialog is None)
            assert (tmp_path / "chat.pdf").read_bytes().startswith(b"%PDF")
            whole = desk.window.chats.exchange.export_all()
            assert isinstance(whole, ExportDialog)
            whole.choose(Format.PDF)
            whole.export_to(tmp_path / "all")
            await until(lambda: not whole._is_running, "the folder")
            assert [path.suffix for path in (tmp_path / "all").iterdir()] == [".pdf"]
            desk.click_button("Show in folder", whole)
            assert shown == [tmp_path] * len(Format) + [tmp_path / "all"]
            whole.close()
            await until(lambda: desk.window.chats.exchange.dialog is None)
            page = (tmp_path / "chat.html").read_text(encoding="utf-8")
            assert "<script" not in page
            assert "<svg" in page
            assert 'class="c-' in page
            assert "default-src 'none'" in page
            text = (tmp_path / "chat.md").read_text(encoding="utf-8")
            assert text.startswith("---\ntitle: ")
            assert "```python\nprint(1)\n```" in text
            assert json.loads((tmp_path / "chat.json").read_bytes())["format"] == "gigadesk-export"
            assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".")) == []
            before = titles(desk)
            back = await preview(desk, tmp_path / "chat.gigadesk.zip")
            assert back.preview.table.known_count == 1
            back.close()
            assert titles(desk) == before

    run_async(story())


def test_the_settings_lead_to_import_and_export(flow, run_async):
    async def story():
        async with flow.service() as service, flow.program() as desk:
            await desk.online()
            service.answer_next("An answer")
            desk.ask("A question")
            await until(lambda: bool(desk.messages) and desk.last.status is Status.DONE)
            exchange = desk.window.chats.exchange
            settings = await desk.open_settings()
            settings._list.setCurrentRow(settings._stack.indexOf(settings.data))
            desk.click_button("Import…", settings.data)
            await until(lambda: isinstance(exchange.dialog, QFileDialog), "the question for a file")
            exchange.dialog.reject()
            await until(lambda: exchange.dialog is None)
            await until(lambda: desk.settings is None, "the end of the settings")
            await desk.take_focus()
            settings = await desk.open_settings()
            settings._list.setCurrentRow(settings._stack.indexOf(settings.data))
            desk.click_button("Export everything…", settings.data)
            await until(lambda: isinstance(exchange.dialog, ExportDialog), "the dialog of export")
            assert exchange.dialog.format is Format.ARCHIVE
            assert "1" in desk.words(exchange.dialog)
            exchange.dialog.close()

    run_async(story())


def test_an_export_dropped_on_the_list_is_offered_for_import(flow, run_async, tmp_path):
    async def story():
        async with flow.service(), flow.program() as desk:
            await desk.online()
            chats = desk.window.chats
            [place] = chats.sidebar.findChildren(ImportDrop)
            assert not enter(chats.sidebar, mime(files=(tmp_path / "a.png",))).isAccepted()
            both = (SAMPLES / "open_webui.json", SAMPLES / "chatgpt.json")
            assert not enter(chats.sidebar, mime(files=both)).isAccepted()
            assert place.isHidden()

            data = mime(files=(SAMPLES / "open_webui.json",), text="open_webui.json")
            assert enter(chats.sidebar, data).isAccepted()
            assert place.isVisible()
            assert place.geometry() == chats.sidebar.rect()
            place.grab()
            enter(place, data)
            assert drop(place, data).dropAction() is Qt.DropAction.CopyAction
            assert place.isHidden()
            dialog = chats.exchange.dialog
            assert isinstance(dialog, ImportDialog)
            await until(lambda: dialog._pages.currentWidget() is dialog.preview, "the preview")
            assert len(dialog.preview.table.chats) == 2
            dialog.close()

    run_async(story())
