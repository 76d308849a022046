import ast
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QAbstractButton, QDialogButtonBox, QFileDialog

from gigadesk import ui
from gigadesk.resources import resource_path
from gigadesk.settings import Language
from gigadesk.ui.first_page import FirstPage
from gigadesk.ui.language import resolve_language
from gigadesk.ui.widgets.file_dialog import name_fields


def test_our_words_and_those_of_qt_are_russian(speak):
    speak(Language.RUSSIAN)

    assert QCoreApplication.translate("Notices", "Try again") == "Повторить"
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Отмена"


def test_numbers_and_dates_follow(speak):
    speak(Language.RUSSIAN)
    russian = QLocale().toString(1.5)
    speak(Language.ENGLISH)

    assert (russian, QLocale().toString(1.5)) == ("1,5", "1.5")


def test_the_toolkits_dialog_for_files_has_no_english_left(speak, qtbot):
    speak(Language.RUSSIAN)
    dialog = QFileDialog()
    qtbot.addWidget(dialog)

    name_fields(dialog)

    labels = [dialog.labelText(label) for label in QFileDialog.DialogLabel]
    assert [words for words in labels if re.search("[A-Za-z]", words)] == []


def test_english_comes_back(speak):
    speak(Language.RUSSIAN)
    speak(Language.ENGLISH)

    assert QCoreApplication.translate("Notices", "Try again") == "Try again"
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Cancel"


def test_open_widgets_change_at_once(speak, qtbot):
    page = FirstPage()
    qtbot.addWidget(page)
    page.show()
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, page)

    speak(Language.RUSSIAN)

    qtbot.waitUntil(lambda: any("демо" in button.text() for button in page.findChildren(QAbstractButton)))
    qtbot.waitUntil(lambda: "Отмена" in box.buttons()[0].text())


@pytest.mark.parametrize(
    ("system", "expected"),
    [
        (["ru-RU", "ru", "en-US"], Language.RUSSIAN),
        (["ru_RU"], Language.RUSSIAN),
        (["en-US", "ru-RU"], Language.ENGLISH),
        (["de-DE", "ru-RU"], Language.ENGLISH),
        (["rup-RO"], Language.ENGLISH),
        ([], Language.ENGLISH),
    ],
    ids=str,
)
def test_the_first_language_of_the_system_decides(system, expected):
    assert resolve_language(Language.SYSTEM, system) is expected


@pytest.mark.parametrize("choice", [Language.RUSSIAN, Language.ENGLISH])
def test_the_choice_of_the_user_wins_over_the_system(choice):
    assert resolve_language(choice, ["ru-RU"]) is choice


def test_the_translations_are_complete_and_fresh():
    script = resource_path("translations/update.py")

    done = subprocess.run([sys.executable, str(script), "--check"], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout) == (0, "")


def test_a_chat_has_one_name_in_each_language():
    words = ET.parse(resource_path("translations/gigadesk_ru.ts"))  # noqa: S314 - our own file

    english = [source.text for source in words.iter("source")]
    russian = [text for translation in words.iter("translation") for text in translation.itertext()]

    assert [text for text in english if "conversation" in text.lower()] == []
    assert [text for text in russian if re.search("бесед|разговор|диалог|переписк", text.lower())] == []


@pytest.mark.parametrize("path", sorted(Path(*ui.__path__).rglob("*.py")), ids=lambda path: path.name)
def test_no_words_stand_where_lupdate_does_not_look(path):
    """Words inside of an f-string would never reach the translator."""
    strings = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.JoinedStr)]

    calls = [node for string in strings for node in ast.walk(string) if isinstance(node, ast.Call)]

    assert [ast.unparse(call) for call in calls if ast.unparse(call.func).endswith((".tr", ".translate"))] == []
