import pytest
from PySide6.QtCore import QLocale

from gigadesk.ui.language import LanguageSwitcher


@pytest.fixture
def speak(qapp):
    """`speak(Language.RUSSIAN)` switches the language of the program; after the test it is as before."""
    before = QLocale()
    switcher = LanguageSwitcher(qapp)
    yield switcher.apply
    switcher.remove()
    QLocale.setDefault(before)
