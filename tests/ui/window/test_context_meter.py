"""The ring that says how full the model's memory is."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from gigadesk.chat import ContextUse
from gigadesk.ui.composer.context_meter import ContextMeter
from gigadesk.ui.theme import DARK, LIGHT


@pytest.fixture
def meter(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    made = ContextMeter(parent)
    layout = QHBoxLayout(parent)
    layout.addWidget(made)
    parent.show()
    yield made
    parent.hide()


def colours(meter):
    image = meter.grab().toImage()
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


def test_nothing_is_shown_while_nothing_is_known(meter):
    assert meter.isHidden()
    meter.set_use(ContextUse(10, 0, is_exact=False))
    assert meter.isHidden()
    meter.set_use(ContextUse(10, 100, is_exact=False))
    assert meter.isVisible()
    meter.set_use(None)
    assert meter.isHidden()
    meter.show_details()
    assert QApplication.activePopupWidget() is None


@pytest.mark.parametrize(
    ("use", "title", "words"),
    [
        (ContextUse(32_000, 128_000, is_exact=False), "Context: about 25 % used", "an estimate"),
        (ContextUse(32_000, 128_000, is_exact=True), "Context: 25 % used", "GigaChat has counted"),
        (ContextUse(300_000, 128_000, is_exact=True, dropped_messages=3), "Context: 100 % used", "not sent"),
    ],
)
def test_the_figures_are_told_in_words(meter, use, title, words):
    meter.set_use(use)

    assert meter.accessibleName() == title
    assert words in meter.accessibleDescription()
    assert title in meter.toolTip()


@pytest.mark.parametrize(
    ("use", "colour"),
    [
        (ContextUse(64, 128, is_exact=False), LIGHT.accent),
        (ContextUse(120, 128, is_exact=False), LIGHT.warning),
        (ContextUse(100, 128, is_exact=False, dropped_messages=1), LIGHT.danger),
    ],
    ids=["calm", "nearly full", "over"],
)
def test_the_colour_tells_how_much_is_left(meter, use, colour):
    meter.set_use(use)

    assert QColor(colour).name() in colours(meter)


def test_the_details_open_and_close(qtbot, meter):
    meter.set_use(ContextUse(32_000, 128_000, is_exact=False))
    for theme in (LIGHT, DARK):
        meter.set_theme(theme)
        qtbot.mouseClick(meter, Qt.MouseButton.LeftButton)
        details = meter._details
        assert details.isVisible()
        assert details.accessibleName() == "Context: about 25 % used"
        assert "128" in details.accessibleDescription()
        qtbot.keyClick(details, Qt.Key.Key_Escape)
        assert not details.isVisible()
