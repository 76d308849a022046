"""What an answer has besides its text is there the next day: pictures, sources, thoughts, usage, its account."""

from gigadesk.chat import FileState, Tool
from gigadesk.emulator.answers import FILE_MARK, Answer, MadeFile, ToolWork, WebPage
from gigadesk.ui.transcript.layout.boxes import ZoneKind
from tests.attachments.attachment_support import png
from tests.flows.flow_support import until
from tests.flows.words_support import QUESTION, card_words, ends


async def ask(desk, question=QUESTION):
    desk.ask(question)
    await ends(desk)


def test_a_picture_is_fetched_once_and_shown_the_next_day(quick, run_async):
    async def story():
        async with quick.service() as service:
            async with quick.program() as desk:
                await desk.online()
                made = MadeFile("image/png", "image", data=png(40, 30))
                service.emulator.answer_with(
                    Answer(f"Here: {FILE_MARK}.", tools=(ToolWork("text2image"),), files=(made,))
                )
                await ask(desk)
                await until(lambda: desk.last.files and desk.last.files[0].state is FileState.READY, "the picture")
                assert desk.last_text == "Here: ."
            service.emulator.forget_files()
            async with quick.program() as desk:
                await desk.online()
                [file] = desk.last.files
                path = desk.window.page.transcript.rows.items[-1].view.paths[file.id]
                await until(lambda: desk.zones(ZoneKind.FILE), "the picture")
                pictures = desk.window.page.transcript.pictures
                await until(lambda: pictures.image(path, 40, 30) is not None, "its image")
            assert len(service.emulator.requests_to("/content")) == 1

    run_async(story())


def test_sources_are_listed_the_next_day(quick, run_async):
    async def story():
        async with quick.service() as service:
            async with quick.program() as desk:
                await desk.online()
                desk.window.page.composer.model_picker.model_chosen.emit("GigaChat-2-Max")
                desk.window.page.composer.tools.tools_chosen.emit((Tool.WEB_SEARCH,))
                page = WebPage("https://example.com/moon", "About the moon")
                service.emulator.answer_with(Answer("It shines [sources=[1]].", sources=(page,)))
                await ask(desk)
            async with quick.program() as desk:
                await desk.online()
                [source] = desk.last.sources
                assert (source.url, source.title) == ("https://example.com/moon", "About the moon")
                links = [found.zone.value for found in desk.zones(ZoneKind.LINK)]
                assert "https://example.com/moon" in links

    run_async(story())


def test_thoughts_are_folded_the_next_day_and_can_be_unfolded(quick, run_async):
    async def story():
        async with quick.service() as service:
            async with quick.program() as desk:
                await desk.online()
                service.emulator.answer_with(Answer("Forty-two.", reasoning="Deep thought."))
                await ask(desk)
            async with quick.program() as desk:
                await desk.online()
                assert (desk.last.reasoning, desk.last_text) == ("Deep thought.", "Forty-two.")
                thought = desk.window.page.transcript.rows.items[-1].thought
                assert thought.is_folded
                desk.click_zone(desk.zones(ZoneKind.FOLD)[-1])
                assert not thought.is_folded

    run_async(story())


def test_the_usage_line_says_the_same_the_next_day(quick, run_async):
    async def story():
        said = []
        async with quick.service() as service:
            for run in range(2):
                async with quick.program() as desk:
                    await desk.online()
                    if not run:
                        service.answer_next("One two three")
                        await ask(desk)
                    before = card_words(desk)
                    desk.click_zone(desk.zones(ZoneKind.USAGE)[-1])
                    said.append([words for words in card_words(desk) if words not in before])
        assert said[0] == said[1]
        assert any("Tokens:\xa0question\xa0" in words for words in said[0]), said

    run_async(story())
