import re

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon

from gigadesk.resources import resource_path, resource_text
from gigadesk.ui.theme import DARK, LIGHT
from gigadesk.ui.widgets.icons import icon, pixmap

NAMES = sorted(path.stem for path in resource_path("icons").glob("*.svg"))
WANTED = {
    *("new-chat", "search", "send", "stop", "copy", "check", "retry", "menu", "settings", "trash", "edit", "undo"),
    *("chevron-left", "chevron-right", "chevron-down", "arrow-down", "close", "key", "demo", "warning", "info"),
    *("sun", "moon", "globe", "sidebar", "continue", "logo"),
}
COLOR = QColor("#c02060")


def painted(image):
    """The colours of all pixels that are wholly covered."""
    image = image.toImage()
    points = ((x, y) for x in range(image.width()) for y in range(image.height()))
    return {image.pixelColor(x, y).name() for x, y in points if image.pixelColor(x, y).alpha() == 255}


def test_all_icons_are_there():
    assert set(NAMES) >= WANTED


@pytest.mark.parametrize("name", [name for name in NAMES if name != "logo"])
def test_an_icon_has_the_colour_it_is_asked_for_and_no_other(qapp, name):
    assert painted(pixmap(name, COLOR, 48, 2.0)) == {COLOR.name()}


def test_the_logo_keeps_its_own_colours(qapp):
    assert COLOR.name() not in painted(pixmap("logo", COLOR, 48, 1.0))


@pytest.mark.parametrize("ratio", [1.0, 2.0])
def test_an_icon_is_sharp_at_every_scale(qapp, ratio):
    drawn = icon("send", COLOR).pixmap(QSize(18, 18), ratio)

    assert (drawn.width(), drawn.devicePixelRatio()) == (18 * ratio, ratio)


def test_a_disabled_icon_is_fainter(qapp):
    drawn = icon("stop", COLOR)

    disabled = drawn.pixmap(QSize(18, 18), 1.0, QIcon.Mode.Disabled).toImage().pixelColor(9, 9)

    assert 0 < disabled.alpha() < 255


def test_an_icon_is_drawn_once(qapp):
    assert icon("send", COLOR).cacheKey() == icon("send", QColor(COLOR)).cacheKey()


def test_a_missing_icon_is_an_error(qapp):
    with pytest.raises(OSError, match="no-such-icon"):
        icon("no-such-icon", COLOR)


@pytest.mark.parametrize("name", [name for name in NAMES if name != "logo"])
def test_line_icons_share_one_drawing_style(name):
    source = resource_text(f"icons/{name}.svg")

    assert 'viewBox="0 0 24 24"' in source
    assert 'stroke="currentColor" stroke-width="1.5"' in source
    assert not re.search(r"#[0-9a-f]{3,6}", source)


@pytest.mark.parametrize(("tone", "theme"), [("light", LIGHT), ("dark", DARK)])
def test_the_icons_of_the_style_sheet_have_the_colours_of_the_theme(tone, theme):
    assert theme.text_muted.name() in resource_text(f"icons/style/chevron-down-{tone}.svg")
    assert theme.accent_text.name() in resource_text(f"icons/style/check-{tone}.svg")
    assert theme.accent_text.name() in resource_text(f"icons/style/dot-{tone}.svg")
