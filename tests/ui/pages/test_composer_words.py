"""The composer, the overlay of a drag and the words about files and tools, in Russian while they are open."""

import pytest
from PySide6.QtWidgets import QAbstractButton

from gigadesk.chat import ChatFile, ChatId, ContextUse, Effort, FileId, FileKind, FileState, Tool
from gigadesk.settings import Language
from gigadesk.ui.composer import Composer
from gigadesk.ui.widgets.drop_overlay import DropOverlay
from gigadesk.ui.words.file_words import kind_icon, kind_text, size_text
from gigadesk.ui.words.tool_words import TOOL_ICONS, effort_name, tool_hint, tool_name, working_text


@pytest.mark.parametrize(
    ("size_bytes", "english", "russian"),
    [
        (0, "0 B", "0 Б"),
        (1023, "1023 B", "1023 Б"),
        (1024, "1.0 KB", "1,0 КБ"),
        (1_258_291, "1.2 MB", "1,2 МБ"),
        (40 * 1024 * 1024, "40 MB", "40 МБ"),
    ],
)
def test_sizes_are_written_as_people_write_them(speak, size_bytes, english, russian):
    speak(Language.ENGLISH)
    assert size_text(size_bytes) == english
    speak(Language.RUSSIAN)
    assert size_text(size_bytes) == russian


def test_every_kind_tool_and_effort_has_words_in_both_languages(speak):
    said = []
    for language in (Language.ENGLISH, Language.RUSSIAN):
        speak(language)
        words = [kind_text(kind) for kind in FileKind]
        words += [tool_name(tool) for tool in TOOL_ICONS] + [tool_hint(tool) for tool in TOOL_ICONS]
        words += [effort_name(effort) for effort in (None, *Effort)]
        words += [working_text(tool) for tool in Tool] + [working_text("new", seconds_left=5)]
        said.append(words)
    english, russian = said

    assert all(english)
    assert all(one != other for one, other in zip(english, russian, strict=True))
    assert len({kind_icon(kind) for kind in FileKind}) == len(FileKind)
    assert tool_hint(Tool.MEMORY) == ""


def test_an_open_composer_changes_its_language(qtbot, speak):
    composer = Composer()
    qtbot.addWidget(composer)
    composer.tools.set_model("GigaChat-3-Ultra")
    composer.model_picker.set_models(("Модель",))
    composer.context_meter.set_use(ContextUse(1, 100, is_exact=False))
    file = ChatFile(FileId(1), ChatId(1), "файл", FileKind.TEXT, "text/plain", 5, FileState.UPLOADING)
    composer.set_files([file], {})
    composer.show()

    speak(Language.RUSSIAN)
    qtbot.waitUntil(lambda: composer.editor.accessibleName() == "Сообщение")

    buttons = [button for button in composer.findChildren(QAbstractButton) if button.isVisible()]
    for words in [button.accessibleName() for button in buttons] + [button.toolTip() for button in buttons]:
        assert any("а" <= letter <= "я" for letter in words.lower()), words
    assert composer.chips.chips[0].state_text() == "Отправка…"


def test_the_overlay_speaks_russian(qtbot, speak):
    speak(Language.RUSSIAN)
    overlay = DropOverlay(None)
    qtbot.addWidget(overlay)

    assert overlay.title_text() == "Отпустите, чтобы прикрепить"
    assert "15 МБ" in overlay.hint_text()
