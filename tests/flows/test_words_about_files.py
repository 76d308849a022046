"""What can befall a file, up to the words above the composer, on its chip and in the answer, in both languages."""

import os

import pytest
from PySide6.QtGui import QGuiApplication

from gigadesk.chat import FileState, Status
from gigadesk.emulator.answers import FILE_MARK, Answer, MadeFile, ToolWork
from gigadesk.emulator.faults import Fault
from gigadesk.limits import IMAGE_FILE_MAX_BYTES, TEXT_FILE_MAX_BYTES
from gigadesk.ui.transcript.layout.boxes import ZoneKind
from gigadesk.ui.widgets.drop_overlay import DropOverlay
from tests.attachments.attachment_support import png
from tests.flows.flow_support import CTRL, Qt, until
from tests.flows.words_support import AT, LANGUAGES, QUESTION, REJECTED, card_words, ends, speak
from tests.ui.window.drop_support import drop, mime, reach

SEES = "GigaChat-2-Pro"
NOT_A_FILE = ("Only files can be attached", "Прикрепить можно только файл")
EMPTY = ("The file is empty", "Файл пуст")
TOO_LARGE = ("The file is too large", "Файл слишком большой")
UNSUPPORTED = ("GigaChat takes no files of this kind", "GigaChat не принимает такие файлы")
BAD_PICTURE = ("The picture cannot be used", "Картинка не подходит")
MODEL_CANNOT = ("This model takes no such files", "Эта модель не принимает такие файлы")
ONE_IMAGE = ("Only one picture goes with a message", "К сообщению можно прикрепить одну картинку")
ONE_DOCUMENT = ("Only one document goes with a chat", "В чате может быть только один документ")
TOO_LONG = ("The chat is too long for this model", "Чат слишком длинный для этой модели")
FILE_GONE = ("GigaChat no longer has an attached file", "GigaChat больше не хранит прикреплённый файл")
NO_ANSWER = ("127.0.0.1 does not answer", "127.0.0.1 не отвечает")
NOT_FETCHED = ("Could not be fetched", "Не удалось загрузить")
TRY_AGAIN = ("Try again", "Повторить")


def write_bad_files(folder) -> dict[str, tuple[str, tuple[str, str]]]:
    """Things that cannot be attached, by name; each with the words about it."""
    bad = {
        "folder.txt": NOT_A_FILE,
        "pipe.txt": NOT_A_FILE,
        "nowhere.txt": NOT_A_FILE,
        "empty.txt": EMPTY,
        "huge.txt": TOO_LARGE,
        "huge.png": TOO_LARGE,
        "program.exe": UNSUPPORTED,
        "archive.zip": UNSUPPORTED,
        "photo.png": BAD_PICTURE,
        "broken.png": BAD_PICTURE,
        "endless.png": BAD_PICTURE,
    }
    (folder / "folder.txt").mkdir()
    os.mkfifo(folder / "pipe.txt")
    (folder / "nowhere.txt").symlink_to(folder / "absent")
    (folder / "empty.txt").write_bytes(b"")
    for name, head, limit in (("huge.txt", b"", TEXT_FILE_MAX_BYTES), ("huge.png", png(), IMAGE_FILE_MAX_BYTES)):
        with (folder / name).open("wb") as file:
            file.write(head)
            file.truncate(limit + 1)  # a hole: nothing is written
    (folder / "program.exe").write_bytes(b"MZ" + bytes(200))
    (folder / "archive.zip").write_bytes(b"PK\x05\x06" + bytes(18))
    (folder / "photo.png").write_text(SVG_BOMB)
    (folder / "broken.png").write_bytes(png()[:20])
    (folder / "endless.png").write_bytes(png(30_000, 30_000))
    return bad


SVG_BOMB = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><g id="a0"><rect/></g>'
    + "".join(f'<g id="a{n}">' + f'<use xlink:href="#a{n - 1}"/>' * 10 + "</g>" for n in range(1, 12))
    + "</svg>"
)


def chips(desk):
    return desk.window.page.composer.chips.chips


def drop_files(desk, *paths):
    page, data = desk.window.page, mime(files=paths)
    reach(page, lambda: page.findChild(DropOverlay), data)
    drop(page.findChild(DropOverlay), data)


def paste_files(desk, *paths):
    QGuiApplication.clipboard().setMimeData(mime(files=paths))
    desk.window.page.composer.setFocus()
    desk.press(Qt.Key.Key_V, CTRL)


def choose_model(desk, model):
    desk.window.page.composer.model_picker.model_chosen.emit(model)


async def states(desk, *expected, what=""):
    await until(lambda: tuple(chip.file.state for chip in chips(desk)) == expected, f"{expected} {what}")


async def problem(desk, titles, language):
    """The words above the composer, as soon as there are any."""
    await until(lambda: desk.window.page.problem is not None, f"words like {titles[0]}")
    return [] if desk.window.page.problem.title == titles[AT[language]] else [desk.window.page.problem.title]


@pytest.mark.parametrize("way", [drop_files, paste_files])
@LANGUAGES
def test_what_cannot_be_attached_says_why_and_the_draft_stays(quick, run_async, language, way):
    async def story():
        speak(quick, language)
        bad = write_bad_files(quick.home)
        wrong, drafts = [], []
        async with quick.service() as service, quick.program() as desk:
            await desk.online()
            choose_model(desk, SEES)
            for name, titles in bad.items():
                drafts.append(desk.open_new_chat())
                desk.window.page.composer.setFocus()
                desk.type("Look")
                way(desk, quick.home / name)
                await states(desk, FileState.FAILED, what=name)
                found = await problem(desk, titles, language)
                wrong += [f"{name}: {each}" for each in found]
                said = desk.window.page.problem.text
                wrong += [f"{name} is not named: {said}"] * (name not in said and titles is not TOO_LARGE)
                desk.window.page.composer.submit()
                wrong += [f"{name}: sent"] * bool(desk.messages)
                wrong += [f"{name}: the draft is gone"] * (desk.window.page.composer.text() != "Look")
            assert service.emulator.requests_to("/files") == []
        stored = quick.store()
        assert wrong + [chat for chat in drafts if stored.draft(chat) != "Look"] == []

    run_async(story())


@LANGUAGES
def test_what_a_message_cannot_hold_says_why(quick, run_async, language):
    async def story():
        speak(quick, language)
        for name in ("a.png", "b.png"):
            (quick.home / name).write_bytes(png(4, len(name) + ord(name[0]) % 7))
        for name in ("a.txt", "b.txt"):
            (quick.home / name).write_text(name)
        sets = {ONE_IMAGE: ("a.png", "b.png"), ONE_DOCUMENT: ("a.txt", "b.txt"), MODEL_CANNOT: ("a.png",)}
        wrong = []
        async with quick.service() as service, quick.program() as desk:
            await desk.online()
            for titles, names in sets.items():
                desk.open_new_chat()
                choose_model(desk, "GigaChat-2" if titles is MODEL_CANNOT else SEES)
                drop_files(desk, *(quick.home / name for name in names))
                await states(desk, *[FileState.READY] * len(names))
                desk.window.page.composer.setFocus()
                desk.type("Look")
                desk.press(Qt.Key.Key_Return)
                wrong += await problem(desk, titles, language)
                wrong += ["sent"] * bool(desk.messages)
                wrong += ["the draft is gone"] * (desk.window.page.composer.text() != "Look")
            assert service.chat_bodies() == []
        assert wrong == []

    run_async(story())


UPLOADS = {
    "400": (Fault(path="/files", status=400, message="Unsupported file type"), REJECTED),
    "413": (Fault(path="/files", status=413), TOO_LONG),
    "422": (Fault(path="/files", status=422, message="Unprocessable Entity"), REJECTED),
}


@LANGUAGES
def test_an_upload_that_is_refused_says_why_and_the_file_stays(quick, run_async, language):
    async def story():
        speak(quick, language)
        (quick.home / "a.txt").write_text("words")
        wrong = []
        async with quick.service() as service, quick.program() as desk:
            await desk.online()
            for name, (fault, titles) in UPLOADS.items():
                service.faults.set(fault)
                desk.open_new_chat()
                drop_files(desk, quick.home / "a.txt")
                await states(desk, FileState.FAILED)
                wrong += [f"{name}: {each}" for each in await problem(desk, titles, language)]
                wrong += [f"{name}: no way out"] * (not desk.window.page.problem.actions)
                service.faults.reset()
        assert wrong == []

    run_async(story())


@LANGUAGES
def test_an_upload_that_gets_no_answer_is_told_under_the_question(quick, run_async, monkeypatch, language):
    async def story():
        monkeypatch.setenv("GIGACHAT_TIMEOUT", "1.0")
        speak(quick, language)
        (quick.home / "a.txt").write_text("words")
        async with quick.service() as service, quick.program() as desk:
            await desk.online()
            service.faults.set(Fault(path="/files", hold=True))
            drop_files(desk, quick.home / "a.txt")
            await until(lambda: chips(desk) and chips(desk)[0].file.digest)
            desk.ask(QUESTION)
            await ends(desk)
            assert desk.notice.title == NO_ANSWER[AT[language]]
            assert desk.zones(ZoneKind.ACTION)
            [file] = desk.messages[0].files
            assert file.digest
            assert desk.texts[0] == QUESTION

    run_async(story())


@pytest.mark.parametrize(("status", "message"), [(403, "Access to file 'x' is denied"), (404, "No such file")])
@LANGUAGES
def test_a_file_that_the_service_will_not_know_is_told(quick, run_async, language, status, message):
    async def story():
        speak(quick, language)
        (quick.home / "a.txt").write_text("words")
        async with quick.service() as service, quick.program() as desk:
            await desk.online()
            drop_files(desk, quick.home / "a.txt")
            await states(desk, FileState.READY)
            service.faults.set(Fault(path="/chat/completions", status=status, message=message))
            desk.ask(QUESTION)
            await ends(desk)

            # It was sent a second time before anything was said.
            assert len(service.emulator.requests_to("/files")) == 2
            assert (desk.notice.title, desk.zones(ZoneKind.ACTION) != []) == (FILE_GONE[AT[language]], True)
            assert message in desk.notice.detail
            shown = desk.shown_id
        [question, _] = quick.store().chats()[shown]
        assert [file.name for file in question.files] == ["a.txt"]

    run_async(story())


def picture_of(data: bytes, mime_type: str = "image/jpeg") -> Answer:
    tool = ToolWork("text2image")
    return Answer(f"Here: {FILE_MARK}.", tools=(tool,), files=(MadeFile(mime_type, "image", data=data),))


async def file_ends(desk):
    await ends(desk)
    await until(lambda: desk.last.files and desk.last.files[0].state in {FileState.READY, FileState.FAILED}, "a file")


@LANGUAGES
def test_a_picture_that_cannot_be_fetched_says_so_and_comes_at_the_second_try(quick, run_async, language):
    async def story():
        speak(quick, language)
        async with quick.service() as service, quick.program() as desk:
            await desk.online()
            service.faults.set(Fault(path="/content", status=500))
            service.emulator.answer_with(picture_of(png(40, 30)))
            desk.ask(QUESTION)
            await file_ends(desk)
            assert NOT_FETCHED[AT[language]] in card_words(desk)
            [again] = desk.zones(ZoneKind.FILE_RETRY)
            assert again.zone.text == TRY_AGAIN[AT[language]]

            service.faults.reset()
            desk.click_zone(again)
            await until(lambda: desk.last.files[0].state is FileState.READY, "the picture")
            assert desk.last_text == "Here: ."
            shown = desk.shown_id
        [_, answer] = quick.store().chats()[shown]
        assert answer.status is Status.DONE
        assert answer.files[0].digest

    run_async(story())


@LANGUAGES
def test_a_page_in_place_of_a_picture_is_not_taken_for_one(quick, run_async, language):
    async def story():
        speak(quick, language)
        async with quick.service() as service, quick.program() as desk:
            await desk.online()
            service.faults.set(Fault(path="/content", html=True))
            service.emulator.answer_with(picture_of(png(40, 30)))
            desk.ask(QUESTION)
            await file_ends(desk)
            assert NOT_FETCHED[AT[language]] in card_words(desk)
            assert desk.zones(ZoneKind.FILE_RETRY)
            assert desk.last_text == "Here: ."

    run_async(story())


BOMBS = {
    "svg": SVG_BOMB.encode(),
    "page": b"<!DOCTYPE html><html><body>Please sign in</body></html>",
    "pixels": png(30_000, 30_000),
    "broken": png(40, 30)[:40],
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_hostile_picture_becomes_a_card_that_can_be_saved(quick, run_async, name):
    async def story():
        async with quick.service() as service:
            async with quick.program() as desk:
                await desk.online()
                service.emulator.answer_with(picture_of(BOMBS[name]))
                desk.ask(QUESTION)
                await file_ends(desk)
                transcript = desk.window.page.transcript
                await until(lambda: desk.zones(ZoneKind.FILE_SAVE), "the card")
                assert not [slot for _, slot in transcript.files._slots_in_sight() if slot.is_picture]
                assert desk.last_text == "Here: ."
            # Neither does it harm the next start.
            async with quick.program() as desk:
                await desk.online()
                await until(lambda: desk.zones(ZoneKind.FILE_SAVE), "the card")
                service.answer_next("Still here")
                desk.ask("Are you there?")
                await until(lambda: desk.last_text == "Still here")

    run_async(story())
