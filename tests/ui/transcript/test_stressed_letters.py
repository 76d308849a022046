"""Letters on a coloured ground are in the colour of that ground's words, whatever they were before."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from gigadesk.ui.theme import DARK, LIGHT
from tests.ui.transcript.transcript_support import answer, settle, shown


def has_color(transcript, color):
    """Whether something is painted in just that colour."""
    image = transcript.viewport().grab().toImage()
    colors = {image.pixel(x, y) for x in range(image.width()) for y in range(image.height())}
    return color.rgb() in colors


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_selected_letters_have_the_colour_that_belongs_to_the_selection(qtbot, theme):
    transcript = shown(qtbot, [answer(1, "[a link ████](https://e.org)")])
    transcript.set_theme(theme)
    settle(transcript)
    before = has_color(transcript, theme.selection_text)

    transcript.setFocus()
    QTest.keyClick(transcript, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)

    assert not before
    assert has_color(transcript, theme.selection_text)
