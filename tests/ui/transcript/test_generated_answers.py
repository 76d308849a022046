"""Some of the generated answers in a real transcript, as `tests.hostile_run` shows ten thousand of them.

Handled as a reader does it, without an exception or a word of Qt, and copied whole they are what came.
"""

import random

import pytest

from tests.hostile_texts import LARGE, document
from tests.ui.transcript.hostile_reader import HostileReader

# Which scripts the fonts of a machine can write is not what is tested.
pytestmark = pytest.mark.qt_log_ignore("OpenType support missing")


@pytest.fixture
def reader(qtbot):
    reader = HostileReader()
    yield reader
    reader.close()


@pytest.mark.parametrize("first", range(100_000, 100_032, 8))
def test_they_are_handled_and_copied(reader, first):
    for number in range(first, first + 8):
        text, choice = document(number).text, random.Random(number)
        reader.stream(text[:4_000], choice.choice((100, 1_000)))
        reader.look_around()
        for work in choice.sample((reader.resize, reader.zoom, reader.change_theme, reader.show_branch), 2):
            work()
        reader.find(choice.choice(("a", "*", "слово")))
        reader.open(text, has_question=False)

        assert reader.copy_all()[0] == reader.source, number
        reader.copy_blocks()


@pytest.mark.parametrize("kind", LARGE)
def test_much_of_one_thing_is_handled_and_copied(reader, kind):
    reader.open(LARGE[kind](6_000), has_question=False)

    reader.look_around()
    reader.resize()
    reader.find("a")

    assert reader.copy_all()[0] == reader.source
