"""Finding a sentence of long ago and going to its place and back, with the keys alone, in the real window."""

from PySide6.QtWidgets import QApplication

from gigadesk import facts
from gigadesk.chat import Status
from tests.flows.flow_support import Qt, until

CONTROL = Qt.KeyboardModifier.ControlModifier
CONTROL_SHIFT = CONTROL | Qt.KeyboardModifier.ShiftModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


async def talk(desk, service, *exchanges):
    """Have a chat for each question and answer."""
    await desk.online()
    for number, (question, answer) in enumerate(exchanges):
        if number:
            desk.open_new_chat()
        service.answer_next(answer)
        desk.ask(question)
        await until(lambda: desk.last.status is Status.DONE)


def page_of(desk):
    return desk.window.chats.search.page


def snippets(desk):
    return [hit.snippet for hit in page_of(desk).results.hits]


def test_a_sentence_is_found_gone_to_and_left_again(flow, run_async):
    async def story():
        async with flow.service() as service, flow.program() as desk:
            await talk(
                desk,
                service,
                ("Прочти договор", "Вы **подписали** договором\n\nсделку на ёлку."),
                ("Напиши код", "```python\nuser = getUserName()\n```"),
                ("Что нового?", "Ничего."),
            )
            composer = desk.window.page.composer
            desk.type("черновик")
            shown = desk.window.chats.pane.chat.id
            search = desk.window.chats.search

            desk.press(Qt.Key.Key_F, CONTROL_SHIFT)
            assert search.is_shown
            desk.type("договор")
            await until(lambda: len(snippets(desk)) == 3)  # the question names its chat, too
            await until(lambda: page_of(desk).count.text() == "Messages: 2, in 1 chat")
            assert [page_of(desk).results.hits[number].title for number in (1, 2)] == ["Прочти договор"] * 2
            assert "подписали договором сделку" in snippets(desk)[1]

            desk.press(Qt.Key.Key_Escape)
            assert not search.is_shown
            assert (desk.window.chats.pane.chat.id, composer.text()) == (shown, "черновик")
            assert QApplication.focusWidget() is composer.editor

            desk.press(Qt.Key.Key_F, CONTROL_SHIFT)
            desk.press(Qt.Key.Key_Down)
            desk.press(Qt.Key.Key_Return)
            finder = desk.window.page.transcript.finder
            await until(lambda: finder.count == 1 and finder.number == 1)
            assert desk.window.chats.pane.chat.id != shown
            assert search.bar.isVisible()
            assert search.bar.words() == "2 of 3"

            desk.press(Qt.Key.Key_F4)
            await until(lambda: search.bar.words() == "3 of 3")
            desk.press(Qt.Key.Key_F, CONTROL_SHIFT)
            assert search.is_shown
            assert page_of(desk).list.number == 2
            desk.open_chat(shown)
            assert not search.is_shown
            assert not search.bar.isVisible()

    run_async(story())


def test_filters_typing_errors_and_the_other_keyboard(flow, run_async):
    async def story():
        async with flow.service() as service, flow.program() as desk:
            await talk(desk, service, ("Привет, мир", "Здравствуйте: `код`"), ("hello", "a contract"))
            desk.press(Qt.Key.Key_F, CONTROL_SHIFT)
            page = page_of(desk)

            desk.type("ghbdtn")
            await until(lambda: page.count.text().startswith("Nothing for “ghbdtn”. These are results for “привет”."))
            assert any("Привет" in snippet for snippet in snippets(desk))
            page.field.setText("ghbdtn -" + "ы" * 200)
            brief = f"Nothing for “ghbdtn -{'ы' * 71}…”."
            await until(lambda: page.count.text().replace("\u200b", "").startswith(brief))
            page.field.setText("ghbdtn")
            await until(lambda: page.count.text().startswith("Nothing for “ghbdtn”."))
            page.as_typed.click()
            await until(lambda: page.count.text().startswith("Nothing found."))

            page.field.setText("contrcat")
            await until(lambda: "“contract”" in page.count.text())

            page.field.setText("has:code from:assistant")
            await until(lambda: snippets(desk) == ["Здравствуйте: код"])
            assert [button.text() for button in page.chips.buttons] == ["has:code", "from:assistant"]
            page.chips.buttons[0].click()
            assert page.text == "from:assistant"
            await until(lambda: len(snippets(desk)) == 2)

    run_async(story())


def test_an_answer_is_found_while_it_is_written_and_another_branch_is_gone_to(flow, run_async):
    async def story():
        async with flow.service() as service, flow.program() as desk:
            await talk(desk, service, ("Вопрос", "первая версия"))
            first = desk.last.id
            service.answer_next("вторая версия")
            desk.window.page.transcript.regenerate_requested.emit(first)
            await until(lambda: desk.last.id != first and desk.last.status is Status.DONE)

            desk.press(Qt.Key.Key_F, CONTROL_SHIFT)
            desk.type("первая")
            await until(lambda: len(snippets(desk)) == 1)
            desk.press(Qt.Key.Key_Return)

            await until(lambda: desk.last.id == first)
            assert desk.window.chats.search.bar.words() == "1 of 1"

    run_async(story())


def test_what_is_in_the_trash_is_found_when_asked_for_and_brought_back(flow, run_async):
    async def story():
        async with flow.service() as service, flow.program() as desk:
            await talk(desk, service, ("Секрет", "тайна"), ("Другое", "слово"))
            chat_id = min(flow.store().chats())
            desk.window.chats._conversations.library.delete_chats([chat_id])
            desk.press(Qt.Key.Key_F, CONTROL_SHIFT)
            page = page_of(desk)
            desk.type("тайна")
            await until(lambda: page.count.text().startswith("Nothing found."))
            assert page.count.text().endswith(
                "The archive and the trash were not searched: the buttons above add them."
            )

            page.trash.click()
            await until(lambda: len(snippets(desk)) == 1)
            page.focus_field()
            desk.press(Qt.Key.Key_Return)
            assert page.in_trash.isVisible()
            page.restore.click()

            await until(lambda: desk.window.chats.pane.chat.id == chat_id)
            assert not desk.window.chats.search.is_shown

    run_async(story())


def test_what_was_deleted_while_it_was_shown_is_offered_from_the_trash_or_shown_no_more(flow, run_async):
    async def story():
        async with flow.service() as service, flow.program() as desk:
            await talk(desk, service, ("Секрет", "тайна"), ("Другое", "тайна за тайной"), ("Третье", "слово"))
            first, second, third = sorted(flow.store().chats())
            desk.press(Qt.Key.Key_F, CONTROL_SHIFT)
            page, conversations = page_of(desk), desk.window.chats._conversations
            desk.type("тайна")
            await until(lambda: len(snippets(desk)) == 2)

            conversations.library.delete_chats([first, second])
            desk.press(Qt.Key.Key_Return)
            assert page.in_trash.isVisible()
            conversations.trash.empty()
            page.restore.click()

            await until(lambda: page.count.text().startswith("Nothing found."))
            assert not page.in_trash.isVisible()
            assert desk.window.chats.pane.chat.id == third

    run_async(story())


def test_enter_opens_nothing_of_what_was_found_before(flow, run_async):
    async def story():
        async with flow.service() as service, flow.program() as desk:
            await talk(desk, service, ("Секрет", "тайна"), ("Другое", "слово"))
            desk.press(Qt.Key.Key_F, CONTROL_SHIFT)
            page = page_of(desk)
            desk.type("тайна")
            await until(lambda: len(snippets(desk)) == 1)

            page.field.selectAll()
            desk.type("слово")
            desk.press(Qt.Key.Key_Return)
            desk.press(Qt.Key.Key_Return)

            assert desk.window.chats.search.is_shown
            await until(lambda: snippets(desk) == ["слово"])
            desk.press(Qt.Key.Key_Return)
            assert not desk.window.chats.search.is_shown

    run_async(story())


def test_enter_opens_what_was_found_before_the_pause_in_typing_was_over(flow, run_async):
    async def story():
        async with flow.service() as service, flow.program() as desk:
            await talk(desk, service, ("Секрет", "тайна"), ("Другое", "слово"))
            desk.press(Qt.Key.Key_F, CONTROL_SHIFT)
            page, search = page_of(desk), desk.window.chats.search
            page._typing.setInterval(600_000)
            desk.type("тайна")
            search.apply(facts.SearchProgress(0, 2000))  # all is taken up, so it is searched at once
            desk.press(Qt.Key.Key_Return)
            assert search.is_shown

            await until(lambda: snippets(desk) == ["тайна"])
            desk.press(Qt.Key.Key_Return)

            assert not search.is_shown

    run_async(story())


def test_what_was_not_found_appears_while_old_messages_are_taken_up(flow, run_async):
    async def story():
        async with flow.service() as service, flow.program() as desk:
            await talk(desk, service, ("Секрет", "тайна"))
            search = desk.window.chats.search
            desk.press(Qt.Key.Key_F, CONTROL_SHIFT)
            desk.type("загадка")
            await until(lambda: page_of(desk).has_found_nothing)
            asked = search._ticket

            search.apply(facts.SearchProgress(1000, 2000))

            assert search._ticket == asked + 1
            await until(lambda: page_of(desk).has_found_nothing)
            desk.press(Qt.Key.Key_A, CONTROL)
            desk.type("тайна")
            await until(lambda: len(snippets(desk)) == 1)
            asked = search._ticket
            search.apply(facts.SearchProgress(900, 2000))
            assert search._ticket == asked
            search.apply(facts.SearchProgress(0, 2000))
            assert search._ticket == asked + 1  # there may be more of it

    run_async(story())


def test_the_page_says_when_only_signs_or_only_a_title_fit(flow, run_async):
    async def story():
        async with flow.service() as service, flow.program() as desk:
            await talk(desk, service, ("Секрет", "тайна"))
            desk.window.chats._conversations.rename(min(flow.store().chats()), "Про жирафа")
            desk.press(Qt.Key.Key_F, CONTROL_SHIFT)
            desk.type("+?")
            await until(lambda: page_of(desk).count.text() == "Only words and numbers can be searched for.")

            desk.press(Qt.Key.Key_A, CONTROL)
            desk.type("from:")
            await until(lambda: page_of(desk).count.text() == "")

            desk.press(Qt.Key.Key_A, CONTROL)
            desk.type("жираф")
            await until(lambda: page_of(desk).count.text() == "Only in titles and names of files.")
            assert snippets(desk) == ["Про жирафа"]

    run_async(story())


def test_the_page_says_what_a_filter_can_be_that_is_none(flow, run_async):
    async def story():
        async with flow.service() as service, flow.program() as desk:
            await talk(desk, service, ("Секрет", "тайна"))
            desk.press(Qt.Key.Key_F, CONTROL_SHIFT)
            page = page_of(desk)

            desk.type("before:2026-13-45")
            days = "A time is a day, a month or a year: 31.12.2025, 2025-12-31, 2025-12, 2025, today, yesterday, 7d."
            await until(lambda: page.count.text() == days)

            desk.press(Qt.Key.Key_A, CONTROL)
            desk.type("from:whom тайна")
            await until(
                lambda: (
                    page.count.text()
                    == "Nothing found. “from:whom” was searched for as words. It can be: me, assistant."
                )
            )

    run_async(story())


def test_the_way_leads_to_what_has_signs_for_a_name(flow, run_async):
    async def story():
        async with flow.service() as service, flow.program() as desk:
            await talk(desk, service, ("Языки", "C, C# и R, потом C++ и C++17, витамин C"))
            desk.press(Qt.Key.Key_F, CONTROL_SHIFT)
            desk.type("c++")
            await until(lambda: len(snippets(desk)) == 1)
            desk.press(Qt.Key.Key_Return)

            finder = desk.window.page.transcript.finder
            await until(lambda: finder.count == 2)

    run_async(story())


async def found_in_part(desk, service):
    """Search while much is still to be taken up: one of what will be two is found."""
    await talk(desk, service, ("Секрет", "тайна"), ("Другое", "слово"), ("Третье", "загадка"))
    search = desk.window.chats.search
    await until(lambda: search._progress[0] == 0 and search._progress[1] >= 6)  # all that is there has been taken up
    desk.press(Qt.Key.Key_F, CONTROL_SHIFT)
    search.apply(facts.SearchProgress(1000, 2000))
    desk.type("тайна")
    await until(lambda: snippets(desk) == ["тайна"] and page_of(desk).count.text() == "Messages: 1, in 1 chat")
    return search


def take_up_another(desk):
    """What was waiting all the time, newer than what was found; nothing else happens meanwhile."""
    desk.window.chats.search.apply(facts.SearchProgress(1000, 2000))
    conversations = desk.window.chats._conversations
    store = conversations.search._store
    chat_id = max(store.chats(), key=lambda chat: chat.id).id
    store._database.execute(
        "INSERT INTO messages (chat_id, role, status, created_at, model, text)"
        " VALUES (?, 'user', 'done', 4e9, '', 'тайна вторая')",
        (chat_id,),
    )
    while store.search.step(1.0):
        pass


def test_what_is_found_to_its_end_only_later_is_there_when_one_comes_back(flow, run_async):
    async def story():
        async with flow.service() as service, flow.program() as desk:
            search = await found_in_part(desk, service)
            desk.press(Qt.Key.Key_Return)
            search.bar._cross.click()

            take_up_another(desk)
            search.apply(facts.SearchProgress(0, 2000))
            desk.press(Qt.Key.Key_F, CONTROL_SHIFT)

            await until(lambda: page_of(desk).count.text() == "Messages: 2, in 2 chats")
            assert snippets(desk) == ["тайна вторая", "тайна"]
            assert page_of(desk).list.number == 1

    run_async(story())


def test_the_way_through_the_results_gets_longer_when_more_is_found(flow, run_async):
    async def story():
        async with flow.service() as service, flow.program() as desk:
            search = await found_in_part(desk, service)
            desk.press(Qt.Key.Key_Return)
            shown = desk.window.chats.pane.chat.id
            assert search.bar.words() == "1 of 1"

            take_up_another(desk)
            search.apply(facts.SearchProgress(0, 2000))

            await until(lambda: search.bar.words() == "2 of 2")
            assert desk.window.chats.pane.chat.id == shown
            desk.press(Qt.Key.Key_F4, SHIFT)
            assert search.bar.words() == "1 of 2"
            assert desk.window.chats.pane.chat.id != shown

    run_async(story())
