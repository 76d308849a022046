"""Attached files in the composer: chips, keys, pasting, and the offer to make a file of a long text."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPixmap
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit

from gigadesk.chat import FileId, FileKind, FileState
from gigadesk.errors import AttachmentCause, AttachmentError, NetworkError
from gigadesk.limits import PASTE_AS_FILE_CHARS
from gigadesk.ui.composer import Composer
from gigadesk.ui.theme import DARK
from tests.attachments.attachment_support import png
from tests.ui.window.drop_support import chat_file, mime

Key, CTRL, SHIFT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton
LONG = "one line of a long text\n" * (PASTE_AS_FILE_CHARS // 20)


class Heard:
    """What the composer wished for."""

    def __init__(self, composer: Composer) -> None:
        self.files, self.pictures, self.texts = [], [], []
        self.removed, self.retried, self.opened, self.sent = [], [], [], []
        composer.files_offered.connect(self.files.append)
        composer.picture_offered.connect(self.pictures.append)
        composer.text_offered.connect(self.texts.append)
        composer.file_removed.connect(self.removed.append)
        composer.file_retried.connect(self.retried.append)
        composer.file_opened.connect(self.opened.append)
        composer.message_submitted.connect(self.sent.append)


@pytest.fixture
def composer(qtbot):
    made = Composer()
    qtbot.addWidget(made)
    made.resize(560, 120)
    made.show()
    made.activateWindow()
    made.setFocus()
    qtbot.waitUntil(made.editor.hasFocus)
    return made


@pytest.fixture
def heard(composer):
    return Heard(composer)


def show(composer, *files):
    composer.set_files(files, {})
    QApplication.sendPostedEvents()
    return composer.chips.chips


def focused():
    return QApplication.focusWidget()


def test_a_chip_says_name_kind_and_size(composer):
    [chip] = show(composer, chat_file(name="cat.png"))

    assert chip.accessibleName() == "cat.png, picture, 1.2 MB"
    assert "cat.png" in chip.toolTip()
    assert chip.isVisible()


@pytest.mark.parametrize(
    ("file", "state"),
    [
        (chat_file(state=FileState.READING), "Reading…"),
        (chat_file(state=FileState.UPLOADING), "Uploading…"),
        (chat_file(state=FileState.KEPT, size_bytes=512), "512 B"),
        (chat_file(state=FileState.READY, size_bytes=20_480), "20 KB"),
        (chat_file(state=FileState.FAILED), "Not attached"),
        (chat_file(state=FileState.FAILED, error=AttachmentError(AttachmentCause.EMPTY)), "The file is empty"),
    ],
    ids=["reading", "uploading", "kept", "ready", "failed", "empty"],
)
def test_a_chip_says_how_far_its_file_is(composer, file, state):
    [chip] = show(composer, file)

    assert chip.state_text() == state
    assert chip.accessibleName().endswith(state)


def test_progress_is_told_and_forgotten_with_the_upload(composer):
    [chip] = show(composer, chat_file(state=FileState.UPLOADING))
    composer.chips.set_progress(1, 512, 1024)
    composer.chips.set_progress(99, 1, 2)
    assert chip.state_text() == "Uploading, 50 %"
    composer.grab()

    composer.chips.set_progress(1, 512, 0)
    assert chip.state_text() == "Uploading…"
    show(composer, chat_file(state=FileState.READY))
    assert chip.state_text() == "1.2 MB"


def test_a_chip_stays_the_same_widget_while_its_file_changes(composer):
    before = show(composer, chat_file(1), chat_file(2))
    after = show(composer, chat_file(2, state=FileState.UPLOADING), chat_file(3))

    assert after[0] is before[1]
    assert [chip.file.id for chip in after] == [2, 3]


def test_the_cross_removes(qtbot, composer, heard):
    [chip] = show(composer, chat_file(7))

    qtbot.mouseClick(chip._remove, LEFT)

    assert heard.removed == [7]
    assert composer.chips.chips == (chip,), "it stays until the window says so"


@pytest.mark.parametrize("key", [Key.Key_Delete, Key.Key_Backspace])
def test_a_chip_is_reached_by_tab_and_removed_by_key(qtbot, composer, heard, key):
    chips = show(composer, chat_file(1), chat_file(2))

    qtbot.keyClick(focused(), Key.Key_Tab, SHIFT)
    assert focused() is chips[1]
    qtbot.keyClick(focused(), Key.Key_Tab, SHIFT)
    assert focused() is chips[0]
    qtbot.keyClick(focused(), key)

    assert heard.removed == [1]
    show(composer, chat_file(2))
    assert focused() is chips[1], "the keyboard goes on to the next one"
    show(composer)
    assert focused() is composer.editor
    assert composer.chips.isHidden()


def test_backspace_in_an_empty_text_goes_to_the_last_chip(qtbot, composer, heard):
    chips = show(composer, chat_file(1), chat_file(2))
    qtbot.keyClicks(composer.editor, "a")
    qtbot.keyClick(composer.editor, Key.Key_Backspace)
    assert focused() is composer.editor

    qtbot.keyClick(composer.editor, Key.Key_Backspace)

    assert focused() is chips[1]
    assert heard.removed == []


def test_backspace_without_files_does_nothing(qtbot, composer):
    qtbot.keyClick(composer.editor, Key.Key_Backspace)

    assert focused() is composer.editor


def test_arrows_walk_the_chips_and_lead_back_to_the_text(qtbot, composer):
    chips = show(composer, chat_file(1), chat_file(2))
    composer.chips.focus_last()
    qtbot.keyClick(focused(), Key.Key_Left)
    assert focused() is chips[0]
    qtbot.keyClick(focused(), Key.Key_Left)
    assert focused() is chips[0]
    qtbot.keyClick(focused(), Key.Key_Right)
    qtbot.keyClick(focused(), Key.Key_Right)

    assert focused() is composer.editor


def test_a_failed_upload_can_be_tried_again(qtbot, composer, heard):
    [chip] = show(composer, chat_file(5, state=FileState.FAILED, error=NetworkError()))
    composer.chips.focus_last()
    qtbot.keyClick(chip, Key.Key_Return)
    qtbot.mouseClick(chip._retry, LEFT)

    assert heard.retried == [5, 5]
    assert heard.opened == []


def test_trying_again_is_not_offered_for_what_the_file_is(qtbot, composer, heard):
    error = AttachmentError(AttachmentCause.UNSUPPORTED, "a.zip")
    [chip] = show(composer, chat_file(5, state=FileState.FAILED, error=error))
    qtbot.keyClick(chip, Key.Key_Return)

    assert chip._retry.isHidden()
    assert heard.retried == []
    assert "“a.zip” is not among" in chip.toolTip()


def test_a_click_on_a_chip_wants_to_see_the_file(qtbot, composer, heard):
    [chip] = show(composer, chat_file(5))
    qtbot.mouseClick(chip, LEFT, pos=chip._preview_rect().center())
    qtbot.keyClick(chip, Key.Key_Return)

    assert heard.opened == [5, 5]


def test_files_alone_can_be_sent(qtbot, composer, heard):
    qtbot.keyClick(composer.editor, Key.Key_Return)
    show(composer, chat_file())
    qtbot.keyClick(composer.editor, Key.Key_Return)

    assert heard.sent == [""]


def test_many_chips_scroll_within_a_small_height(composer):
    heights = []
    for count in (1, 2, 4, 20):
        show(composer, *(chat_file(number) for number in range(1, count + 1)))
        heights.append(composer.chips.height())

    assert heights[0] == heights[1] < heights[2] <= heights[3]
    assert heights[3] < 3 * heights[0]
    assert composer.chips.verticalScrollBar().maximum() > 0
    last = composer.chips.chips[-1]
    composer.chips.focus_last()
    assert composer.chips.viewport().rect().contains(last.mapTo(composer.chips.viewport(), last.rect().center()))


def test_a_long_name_is_cut_in_the_middle_and_kept_whole_for_the_reader(composer):
    name = "a very long name " * 10 + ".png"
    [chip] = show(composer, chat_file(name=name))
    composer.grab()

    assert chip.width() < composer.width()
    assert chip.accessibleName().startswith(name)


def test_the_preview_is_painted_when_the_picture_is_there(qtbot, composer, tmp_path):
    path = tmp_path / "red.png"
    red = QPixmap(64, 32)
    red.fill(QColor("#ff0000"))
    red.save(str(path))
    composer.set_files([chat_file(1)], {FileId(1): str(path)})
    [chip] = composer.chips.chips
    with qtbot.waitSignal(chip._pictures.loaded):
        chip.grab()

    assert chip.grab().toImage().pixelColor(chip._preview_rect().center()) == QColor("#ff0000")


def test_colours_and_words_can_change(composer):
    failed = chat_file(2, state=FileState.FAILED, error=NetworkError())
    show(composer, chat_file(1, kind=FileKind.TEXT), failed, chat_file(3, kind=FileKind.AUDIO))
    before = composer.grab().toImage()

    composer.set_theme(DARK)

    assert composer.grab().toImage() != before


# Pasting


def test_pasted_files_are_offered_and_not_written(composer, heard, tmp_path):
    file = tmp_path / "secret.txt"
    QGuiApplication.clipboard().setMimeData(mime(files=(file, tmp_path), text=str(file)))
    composer.editor.paste()

    assert heard.files == [(file, tmp_path)]
    assert composer.text() == ""


@pytest.mark.parametrize("kind", ["image_png", "image_jpeg"])
def test_a_pasted_picture_is_taken_as_it_is(composer, heard, kind):
    composer.editor.insertFromMimeData(mime(**{kind: b"the bytes as they are"}))

    assert heard.pictures == [b"the bytes as they are"]


def test_a_picture_without_a_file_format_becomes_a_png(composer, heard):
    drawn = QPixmap(4, 3)
    drawn.fill(QColor("#00ff00"))
    composer.editor.insertFromMimeData(mime(image=drawn.toImage()))

    [content] = heard.pictures
    assert content.startswith(b"\x89PNG")


def test_text_wins_over_the_picture_of_it(composer, heard):
    composer.editor.insertFromMimeData(mime(text="1\t2", image_png=png()))

    assert composer.text() == "1\t2"
    assert heard.pictures == []


def test_a_picture_wins_over_its_own_address(composer, heard):
    composer.editor.insertFromMimeData(mime(text="https://example.com/cat.png", image_png=png()))

    assert heard.pictures == [png()]
    assert composer.text() == ""


def test_an_address_of_the_web_is_text_and_not_fetched(composer, heard):
    data = mime(text="https://example.com/cat.png")
    composer.editor.insertFromMimeData(data)

    assert composer.text() == "https://example.com/cat.png"
    assert heard.files == heard.pictures == []


def paste(composer, text):
    composer.editor.insertFromMimeData(mime(text=text))


def test_a_long_paste_is_pasted_and_offered_as_a_file(qtbot, composer, heard):
    qtbot.keyClicks(composer.editor, "look: ")
    paste(composer, LONG)
    qtbot.keyClicks(composer.editor, "what is it?")

    assert composer.text() == f"look: {LONG}what is it?"
    assert composer._offer.isVisible()
    assert heard.texts == []

    qtbot.mouseClick(composer._offer._accept, LEFT)

    assert heard.texts == [LONG]
    assert composer.text() == "look: what is it?"
    assert composer._offer.isHidden()
    assert focused() is composer.editor


def test_the_offer_takes_the_text_as_it_is_by_then_and_can_be_undone(qtbot, composer, heard):
    paste(composer, LONG)
    cursor = composer.editor.textCursor()
    cursor.setPosition(3)
    cursor.insertText(" more ")
    qtbot.mouseClick(composer._offer._accept, LEFT)

    assert heard.texts == [LONG[:3] + " more " + LONG[3:]]
    composer.editor.undo()
    assert composer.text() == LONG[:3] + " more " + LONG[3:]


def test_the_offer_can_be_declined(qtbot, composer, heard):
    paste(composer, LONG)
    qtbot.mouseClick(composer._offer._close, LEFT)

    assert composer._offer.isHidden()
    assert composer.text() == LONG
    paste(composer, LONG)
    qtbot.keyClick(composer._offer._accept, Key.Key_Escape)
    assert composer._offer.isHidden()
    assert heard.texts == []


def test_the_offer_goes_with_the_text(qtbot, composer, heard):
    paste(composer, LONG)
    composer.clear()
    assert composer._offer.isHidden()

    paste(composer, LONG)
    composer.editor.selectAll()
    qtbot.keyClick(composer.editor, Key.Key_Delete)
    qtbot.mouseClick(composer._offer._accept, LEFT)
    assert heard.texts == []


def test_a_short_paste_is_not_offered(composer):
    paste(composer, "x" * (PASTE_AS_FILE_CHARS - 1))

    assert composer._offer.isHidden()


# The dialog


def test_files_are_chosen_in_a_dialog_that_remembers_the_folder(qtbot, composer, heard, tmp_path):
    (tmp_path / "a.txt").write_text("text")
    (tmp_path / "b.txt").write_text("text")
    qtbot.mouseClick(composer._attach, LEFT)
    dialog = open_dialog(qtbot)
    dialog.setDirectory(str(tmp_path))
    dialog.findChild(QLineEdit).setText('"a.txt" "b.txt"')
    dialog.accept()
    qtbot.waitUntil(lambda: not dialogs())

    assert heard.files == [(tmp_path / "a.txt", tmp_path / "b.txt")]

    composer.choose_files()
    dialog = open_dialog(qtbot)
    assert dialog.directory().absolutePath() == str(tmp_path)
    assert dialog.fileMode() is QFileDialog.FileMode.ExistingFiles
    composer.choose_files()
    assert len(dialogs()) == 1
    dialog.reject()
    qtbot.waitUntil(lambda: not dialogs())
    assert len(heard.files) == 1


def test_the_dialog_goes_with_the_window(qtbot, composer):
    composer.choose_files()
    open_dialog(qtbot)
    composer.close()

    qtbot.waitUntil(lambda: not dialogs())


def dialogs():
    return [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, QFileDialog)]


def open_dialog(qtbot) -> QFileDialog:
    qtbot.waitUntil(lambda: any(dialog.isVisible() for dialog in dialogs()))
    return dialogs()[0]
