"""A story that fails, fails alone: what it had open is gone, and the next one starts on an empty screen.

What is left of a window or a task fails these tests by itself (`tests/conftest.py`).
"""

import shutil
import sys

import pytest

from gigadesk.chat import Status
from tests.flows.flow_support import until
from tests.flows.test_disk_story import button, damage, fill_store, question
from tests.flows.test_temporary_story import ask, open_temporary


class OnPurposeError(Exception):
    pass


async def before_the_window(flow):
    flow.folder.mkdir()
    (flow.folder / "gigadesk.lock").write_text("42\ngigadesk\nworkshop\n1111222233334444\nother-boot\n")
    flow.environment.setattr("tests.flows.flow_support.LIMIT_S", 1)
    with pytest.raises(AssertionError, match="the window"):
        async with flow.program():
            pass
    raise OnPurposeError


async def at_the_start(flow):
    fill_store(flow.folder / "chats.db", "eins")
    damage(flow.folder / "chats.db")
    async with flow.program():
        await until(question, "the question")
        raise OnPurposeError


async def before_the_end(flow):
    async with flow.service() as service, flow.program() as desk:
        await desk.online()
        service.answer_next("Hello")
        desk.ask("Hi")
        await until(lambda: desk.last.status is Status.DONE, "the answer")
        shutil.rmtree(flow.folder)
        desk.window.close()
        await until(lambda: button("stay"), "the question")
        raise OnPurposeError


async def over_a_temporary_chat(flow):
    async with flow.service() as service, flow.program() as desk:
        await desk.online()
        await ask(desk, await open_temporary(desk), service, "An answer")
        raise OnPurposeError


@pytest.mark.parametrize("story", [before_the_window, at_the_start, before_the_end, over_a_temporary_chat])
def test_a_story_that_fails_ends_its_program_whatever_is_asked(flow, run_async, story):
    hook = sys.excepthook

    with pytest.raises(OnPurposeError):
        run_async(story(flow))

    assert sys.excepthook is hook
