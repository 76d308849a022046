import base64
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from gigadesk import errors
from gigadesk.settings import Account, Appearance, FollowMode, Generation, Language, Scope, Settings, Theme
from gigadesk.ui.notices import notice_for
from gigadesk.ui.settings_dialog import KeyPlace, SettingsDialog
from gigadesk.ui.theme import LIGHT

KEY = base64.b64encode(b"550e8400-e29b-41d4-a716-446655440000:secret-of-a-test").decode()
MODELS = ("GigaChat-2", "GigaChat-2-Max")


class Shown:
    """The dialog as a user sees it: controls are found by the name that a screen reader would say."""

    def __init__(self, qtbot, settings=None, *, has_key=True) -> None:
        self.dialog = SettingsDialog(None, settings or Settings(), MODELS, has_key)
        self.changes = []
        self.dialog.settings_changed.connect(self.changes.append)
        qtbot.addWidget(self.dialog)
        self.dialog.open()
        qtbot.waitExposed(self.dialog)
        self.qtbot = qtbot

    def turn_to(self, page):
        pages = self.control("Pages of the settings", QListWidget)
        pages.setCurrentItem(pages.findItems(page, Qt.MatchFlag.MatchExactly)[0])

    def control(self, name, kind=QWidget):
        return next(each for each in self.dialog.findChildren(kind) if each.accessibleName() == name)

    def button(self, text):
        return next(each for each in self.dialog.findChildren(QPushButton) if each.text() == text and each.isVisible())

    def type(self, name, text):
        line = self.control(name, QLineEdit)
        line.setFocus()
        line.selectAll()
        self.qtbot.keyClicks(line, text)
        self.qtbot.keyClick(line, Qt.Key.Key_Return)

    def choose(self, name, text):
        box = self.control(name, QComboBox)
        index = box.findText(text)
        assert index >= 0
        box.setCurrentIndex(index)
        box.activated.emit(index)

    def text(self):
        return "\n".join(label.text() for label in self.dialog.findChildren(QLabel) if label.isVisible())


@pytest.fixture
def shown(qtbot):
    return Shown(qtbot)


@pytest.mark.parametrize(
    ("name", "typed", "field", "expected"),
    [
        ("Temperature", "0,7", "temperature", 0.7),
        ("Temperature", "1.25", "temperature", 1.25),
        ("Top-p", "0", "top_p", 0.0),
        ("Longest answer, in tokens", "512", "max_tokens", 512),
        ("Repetition penalty", "1.1", "repetition_penalty", 1.1),
        ("Update interval, in seconds", "0.5", "update_interval_s", 0.5),
    ],
)
def test_a_number_applies_at_once(shown, name, typed, field, expected):
    shown.turn_to("Answers")

    shown.type(name, typed)

    assert getattr(shown.changes[-1].generation, field) == expected
    assert type(getattr(shown.changes[-1].generation, field)) is type(expected)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Temperature", "0"),
        ("Temperature", "-1"),
        ("Temperature", "hot"),
        ("Temperature", "nan"),
        ("Temperature", "1e999"),
        ("Top-p", "1.01"),
        ("Longest answer, in tokens", "0"),
        ("Longest answer, in tokens", "1.5"),
        ("Repetition penalty", "0"),
        ("Update interval, in seconds", "-0.1"),
    ],
)
def test_a_wrong_number_is_explained_and_not_applied(shown, name, typed):
    shown.turn_to("Answers")

    shown.type(name, typed)

    assert shown.changes == []
    assert "please." in shown.text()


def test_words_about_a_wrong_number_go_when_it_is_mended(shown):
    shown.turn_to("Answers")
    shown.type("Temperature", "hot")

    shown.type("Temperature", "1")

    assert "please." not in shown.text()
    assert shown.changes[-1].generation.temperature == 1


def test_an_emptied_number_leaves_the_choice_to_the_model(qtbot):
    shown = Shown(qtbot, Settings(generation=Generation(temperature=0.5)))
    shown.turn_to("Answers")

    shown.button_reset = shown.control("Reset “Temperature” to the default", QAbstractButton)
    shown.button_reset.click()

    assert shown.changes[-1].generation == Generation()
    assert not shown.button_reset.isVisible()


def test_a_pause_in_typing_applies_the_text(shown, qtbot):
    shown.turn_to("Answers")
    edit = shown.control("System prompt", QPlainTextEdit)
    edit.setFocus()

    qtbot.keyClicks(edit, "Be brief.")

    qtbot.waitUntil(lambda: bool(shown.changes))
    assert [each.generation.system_prompt for each in shown.changes] == ["Be brief."]


def test_tab_leaves_the_system_prompt(shown, qtbot):
    shown.turn_to("Answers")
    edit = shown.control("System prompt", QPlainTextEdit)
    edit.setFocus()

    qtbot.keyClick(edit, Qt.Key.Key_Tab)

    assert not edit.hasFocus()
    assert edit.toPlainText() == ""


def test_a_model_is_chosen_or_typed(shown, qtbot):
    shown.turn_to("Answers")
    shown.choose("Model", "GigaChat-2-Max")
    box = shown.control("Model", QComboBox)
    box.lineEdit().selectAll()

    qtbot.keyClicks(box.lineEdit(), "GigaChat-9 ")
    qtbot.keyClick(box.lineEdit(), Qt.Key.Key_Return)

    assert [each.generation.model for each in shown.changes] == ["GigaChat-2-Max", "GigaChat-9"]


def test_new_models_do_not_change_the_choice(shown):
    shown.turn_to("Answers")
    shown.choose("Model", "GigaChat-2")

    shown.dialog.set_models(("GigaChat-3", "GigaChat-2"))

    box = shown.control("Model", QComboBox)
    assert box.currentText() == "GigaChat-2"
    assert [box.itemText(index) for index in range(box.count())] == ["GigaChat-3", "GigaChat-2"]
    assert len(shown.changes) == 1


def test_the_look_applies_at_once(shown):
    shown.turn_to("Appearance")

    shown.choose("Colours", "Dark")
    shown.choose("Font size", "14 pt")
    shown.choose("Language", "Русский")
    shown.choose("While an answer is written", "Do not scroll")

    assert shown.changes[-1].appearance == Appearance(Theme.DARK, 14, Language.RUSSIAN, FollowMode.NEVER)
    assert len(shown.changes) == 4


def test_the_account_applies_at_once(shown, tmp_path):
    certificate = tmp_path / "ca.pem"
    certificate.write_text("x")

    shown.choose("Whose key is it?", "My company’s, pay as you go (CORP)")
    shown.type("Answers at once", "5")
    shown.choose("Server", "Another:")
    shown.type("Address of the service", "https://gateway.example/v1")
    shown.type("Address of the authorization", "http://localhost:8080/oauth")
    shown.type("Further certificate authority", str(certificate))

    assert shown.changes[-1].account == Account(
        scope=Scope.CORP,
        lanes=5,
        base_url="https://gateway.example/v1",
        auth_url="http://localhost:8080/oauth",
        ca_file=str(certificate),
    )


@pytest.mark.parametrize(
    ("name", "typed", "words"),
    [
        ("Address of the service", "http://gateway.example/v1", "begin with https"),
        ("Address of the service", "gateway", "A web address, please"),
        ("Address of the service", "ftp://gateway.example", "A web address, please"),
        ("Address of the authorization", "https://me:secret@gateway.example", "must not hold a user name"),
        ("Further certificate authority", "/no/such/file.pem", "There is no such file"),
        ("Further certificate authority", "/", "There is no such file"),
    ],
)
def test_a_wrong_address_is_explained_and_not_applied(shown, name, typed, words):
    shown.choose("Server", "Another:")
    shown.type(name, typed)

    assert words in shown.text()
    assert shown.changes == []


def test_the_proxy_is_the_systems_or_none_or_an_address(shown):
    shown.choose("Proxy", "None")
    shown.choose("Proxy", "This one:")
    shown.type("Address of the proxy", "socks5://127.0.0.1:1080")
    shown.choose("Proxy", "As the system")

    assert [each.account.proxy for each in shown.changes] == ["none", "", "socks5://127.0.0.1:1080", ""]


def test_a_proxy_in_force_is_shown(qtbot):
    shown = Shown(qtbot, Settings(accounts=(Account(proxy="http://proxy.example:8080"),)))

    assert shown.control("Address of the proxy", QLineEdit).text() == "http://proxy.example:8080"
    assert shown.control("Proxy", QComboBox).currentText() == "This one:"


def test_a_certificate_is_chosen_in_a_dialog_that_is_opened_not_executed(shown, qtbot, tmp_path):
    certificate = tmp_path / "ca.pem"
    certificate.write_text("x")

    shown.control("Choose the certificate file", QAbstractButton).click()
    chooser = shown.dialog.findChild(QFileDialog)
    chooser.fileSelected.emit(str(certificate))
    chooser.reject()

    assert shown.changes[-1].account.ca_file == str(certificate)


def test_escape_closes_the_window_and_takes_typed_text_along(shown, qtbot):
    shown.turn_to("Answers")
    line = shown.control("Temperature", QLineEdit)
    line.setFocus()
    qtbot.keyClicks(line, "0.3")

    qtbot.keyClick(line, Qt.Key.Key_Escape)

    assert not shown.dialog.isVisible()
    assert shown.changes[-1].generation.temperature == 0.3


def test_escape_in_the_system_prompt_takes_it_along(shown, qtbot):
    shown.turn_to("Answers")
    edit = shown.control("System prompt", QPlainTextEdit)
    edit.setFocus()
    qtbot.keyClicks(edit, "Be brief.")

    qtbot.keyClick(edit, Qt.Key.Key_Escape)

    assert not shown.dialog.isVisible()
    assert shown.changes[-1].generation.system_prompt == "Be brief."


def test_the_rest_of_the_program_stays_usable(shown):
    assert not shown.dialog.isModal()


def test_settings_changed_elsewhere_are_shown_and_not_echoed(shown):
    shown.dialog.set_settings(Settings(generation=Generation(temperature=0.9, model="GigaChat-2-Max")))
    shown.turn_to("Answers")

    assert shown.control("Temperature", QLineEdit).text() == "0.9"
    assert shown.changes == []


def test_a_change_keeps_what_this_window_does_not_show(qtbot):
    settings = Settings(accounts=(Account(name="Work", lanes=3),))
    shown = Shown(qtbot, settings)

    shown.choose("Whose key is it?", "My company’s, prepaid package (B2B)")

    assert shown.changes == [settings.with_account(replace(settings.account, scope=Scope.B2B))]


def test_the_wheel_over_a_list_changes_nothing(shown):
    shown.turn_to("Appearance")
    box = shown.control("Colours", QComboBox)
    wheel = QWheelEvent(
        QPointF(5, 5),
        QPointF(box.mapToGlobal(QPoint(5, 5))),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )

    QApplication.sendEvent(box, wheel)

    assert box.currentText() == "As the system"
    assert shown.changes == []


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (KeyPlace.NONE, "There is no key yet."),
        (KeyPlace.KEYRING, "in the keyring of your system"),
        (KeyPlace.THIS_RUN, "until you quit GigaDesk"),
        (KeyPlace.ENVIRONMENT, "GIGACHAT_CREDENTIALS"),
    ],
    ids=str,
)
def test_the_user_knows_where_the_key_is(shown, place, words):
    shown.dialog.set_key_place(Account().id, place)

    assert words in shown.text()


def test_a_key_is_replaced(shown, qtbot):
    shown.button("Replace the key").click()
    line = shown.control("Authorization key", QLineEdit)
    assert line.hasFocus()
    line.setText(f"Basic {KEY}")

    with qtbot.waitSignal(shown.dialog.key_submitted) as submitted:
        shown.button("Save the key").click()

    assert submitted.args == [Account().id, KEY]
    assert line.text() == ""
    assert not line.isVisible()


def test_a_wrong_key_is_not_saved(shown, qtbot):
    shown.button("Replace the key").click()
    shown.control("Authorization key", QLineEdit).setText("550e8400-e29b-41d4-a716-446655440000")

    with qtbot.assertNotEmitted(shown.dialog.key_submitted):
        shown.button("Save the key").click()

    assert "Client Secret" in shown.text()


def test_enter_in_the_key_field_saves_and_leaves_the_window_open(shown, qtbot):
    shown.button("Replace the key").click()
    line = shown.control("Authorization key", QLineEdit)
    line.setText(KEY)

    with qtbot.waitSignal(shown.dialog.key_submitted):
        qtbot.keyClick(line, Qt.Key.Key_Return)

    assert shown.dialog.isVisible()


def test_a_key_is_removed_only_after_a_second_click(shown, qtbot):
    with qtbot.assertNotEmitted(shown.dialog.key_removed):
        shown.button("Remove").click()
        shown.button("Keep it").click()
        shown.button("Remove").click()

    with qtbot.waitSignal(shown.dialog.key_removed):
        shown.button("Remove the key").click()


def test_a_check_shows_its_result(shown, qtbot):
    with qtbot.waitSignal(shown.dialog.check_requested):
        shown.button("Check the key").click()
    shown.dialog.set_checking(Account().id, True)
    assert not shown.button("Checking…").isEnabled()

    notice = notice_for(errors.ScopeError("scope from db not fully includes consumed scope"))
    shown.dialog.show_check_result(Account().id, notice)
    failed = shown.text()
    shown.dialog.show_check_result(Account().id, None)

    assert "another kind of account" in failed
    assert "GigaChat accepts the key." in shown.text()
    assert "another kind of account" not in shown.text()
    assert shown.button("Check the key").isEnabled()


def test_the_language_changes_while_the_window_is_open(shown, qtbot, speak):
    speak(Language.RUSSIAN)

    qtbot.waitUntil(lambda: shown.dialog.windowTitle() == "Настройки")
    assert "Способ входа" in shown.text()
    assert shown.changes == []


@pytest.mark.parametrize("language", [Language.ENGLISH, Language.RUSSIAN], ids=str)
@pytest.mark.parametrize("page", [0, 1, 2])
def test_nothing_is_cut_off_in_a_narrow_window(dressed, shown, qtbot, speak, language, page):
    dressed(LIGHT)
    speak(language)
    shown.dialog.resize(480, 500)
    shown.dialog._list.setCurrentRow(page)
    qtbot.waitUntil(lambda: shown.dialog.width() == 480)

    qtbot.waitUntil(lambda: list(cut_off(shown.dialog)) == [])


def cut_off(dialog):
    """The words of every button and label that has less room than it needs."""
    for each in dialog.findChildren(QPushButton):
        right = each.mapTo(dialog, QPoint(each.width(), 0)).x()
        if each.isVisible() and (each.width() < each.sizeHint().width() or right > dialog.width()):
            yield each.text()
    for label in dialog.findChildren(QLabel):
        half_a_line = label.fontMetrics().lineSpacing() // 2  # Qt's own layouts are a pixel off now and then
        if label.isVisible() and label.text() and label.height() + half_a_line < label.heightForWidth(label.width()):
            yield label.text()


def test_every_control_has_a_name_for_screen_readers(shown):
    kinds = (QLineEdit, QComboBox, QPlainTextEdit)
    controls = [each for kind in kinds for each in shown.dialog.findChildren(kind)]
    own = [each for each in controls if not isinstance(each.parent(), QComboBox)]

    assert own
    assert all(each.accessibleName() for each in own)


def test_enter_presses_the_button_that_has_the_keyboard(qtbot):
    """No button is the default one: Enter in a field presses none of them."""
    shown = Shown(qtbot)
    dialog = shown.dialog
    dialog.activateWindow()
    shown.turn_to("Data")
    button = next(each for each in dialog.findChildren(QPushButton) if each.text() == "Import…")
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)

    with qtbot.waitSignal(dialog.data.import_requested):
        QTest.keyClick(button, Qt.Key.Key_Return)


@pytest.mark.parametrize("is_demo", [False, True])
def test_of_the_data_page_the_demo_has_what_makes_sense_there(qtbot, is_demo):
    shown = Shown(qtbot)
    shown.dialog.data.show_place("/home/me/chats", "")
    if is_demo:
        shown.dialog.data.show_exchange_only()

    shown.turn_to("Data")

    buttons = [each.text() for each in shown.dialog.data.findChildren(QPushButton) if each.isVisible()]
    words = " ".join(each.text() for each in shown.dialog.data.findChildren(QLabel) if each.isVisible())
    always = ["Import…", "Export everything…"]
    assert buttons == (always if is_demo else ["Move…", "Snapshots…", *always])
    assert ("/home/me/chats" in words, "Trash" in words, "demo" in words) == (not is_demo, not is_demo, is_demo)
