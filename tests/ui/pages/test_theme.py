"""The colours keep the contrast that the theme promises (WCAG 2, relative luminance)."""

import pytest
from PySide6.QtGui import QColor

from gigadesk import settings
from gigadesk.ui.style import choose_theme
from gigadesk.ui.theme import DARK, LIGHT, resolve_theme

GROUNDS = ("window", "sidebar", "surface", "user_bubble")
PAIRS = (
    *((text, ground) for text in ("text", "text_muted", "link", "danger", "warning", "accent") for ground in GROUNDS),
    *((text, ground) for text in ("text", "text_muted") for ground in ("hover", "selected")),
    *((text, ground) for text in ("text", "text_muted", "danger") for ground in ("danger_background",)),
    *((text, ground) for text in ("text", "text_muted", "warning") for ground in ("warning_background",)),
    ("accent_text", "accent"),
    ("accent_text", "accent_hover"),
    ("selection_text", "selection"),
    *(
        (f"syntax_{kind}", "code_background")
        for kind in ("keyword", "string", "number", "comment", "name", "type", "operator", "error")
    ),
)


def luminance(color: QColor) -> float:
    def linear(part):
        return part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF())


def contrast(theme, first, second):
    lighter, darker = sorted((luminance(getattr(theme, first)), luminance(getattr(theme, second))), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_words_can_be_read(theme, text, ground):
    assert contrast(theme, text, ground) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", [*GROUNDS, "hover", "selected"])
def test_faint_marks_can_be_seen(theme, ground):
    assert contrast(theme, "text_faint", ground) >= 3


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", [*GROUNDS, "hover"])
def test_the_focus_ring_can_be_seen(theme, ground):
    assert contrast(theme, "accent", ground) >= 3


@pytest.mark.parametrize(
    ("choice", "theme"), [(settings.Theme.LIGHT, LIGHT), (settings.Theme.DARK, DARK)], ids=["light", "dark"]
)
def test_the_choice_of_the_user_wins(qapp, choice, theme):
    assert resolve_theme(choice) is theme


def test_the_program_changes_its_colours_while_it_runs(qapp):
    try:
        choose_theme(qapp, settings.Theme.DARK)
        dark = qapp.palette().window().color()
        choose_theme(qapp, settings.Theme.LIGHT)

        assert (dark, qapp.palette().window().color()) == (DARK.window, LIGHT.window)
    finally:
        qapp.styleHints().unsetColorScheme()
        qapp.setStyleSheet("")
