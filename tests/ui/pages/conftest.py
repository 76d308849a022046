import pytest
from PySide6.QtCore import QLocale

from gigadesk.ui.language import LanguageSwitcher
from gigadesk.ui.style import apply_theme


@pytest.fixture
def speak(qapp):
    """`speak(Language.RUSSIAN)` switches the language of the program; after the test it is as before."""
    before = QLocale()
    switcher = LanguageSwitcher(qapp)
    yield switcher.apply
    switcher.remove()
    QLocale.setDefault(before)


@pytest.fixture
def dressed(qapp):
    """`dressed(LIGHT)` gives the program its colours and style sheet; after the test the sheet is gone."""
    yield lambda theme: apply_theme(qapp, theme)
    qapp.setStyleSheet("")
