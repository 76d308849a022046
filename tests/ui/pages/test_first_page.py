import base64

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QPushButton

from gigadesk import errors
from gigadesk.settings import Language, Scope
from gigadesk.ui.first_page import KEY_SOURCE_URL, FirstPage
from gigadesk.ui.notices import notice_for
from gigadesk.ui.theme import LIGHT

KEY = base64.b64encode(b"550e8400-e29b-41d4-a716-446655440000:secret-of-a-test").decode()


@pytest.fixture
def page(qtbot):
    widget = FirstPage()
    qtbot.addWidget(widget)
    widget.resize(480, 700)
    widget.show()
    qtbot.waitExposed(widget)
    return widget


def field(page):
    return page.findChild(QLineEdit)


def button(page, text):
    return next(each for each in page.findChildren(QAbstractButton) if each.text() == text)


def paste(page, text):
    field(page).setFocus()
    QApplication.clipboard().setText(text)
    field(page).selectAll()
    field(page).paste()


def shown(page):
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


@pytest.mark.parametrize(
    "pasted",
    [KEY, f"  {KEY}\n", f"Basic {KEY}", f'"{KEY}"', base64.b64encode(KEY.encode()).decode()],
    ids=["clean", "spaces", "prefix", "quotes", "double base64"],
)
def test_a_key_is_handed_on_mended(page, qtbot, pasted):
    paste(page, pasted)

    with qtbot.waitSignal(page.key_submitted) as submitted:
        qtbot.keyClick(field(page), Qt.Key.Key_Return)

    assert submitted.args == [KEY, Scope.PERS.value]


def test_the_button_does_the_same_with_the_chosen_scope(page, qtbot):
    paste(page, KEY)
    page.findChild(QComboBox).setCurrentIndex(2)

    with qtbot.waitSignal(page.key_submitted) as submitted:
        button(page, "Check and start").click()

    assert submitted.args == [KEY, Scope.CORP.value]


@pytest.mark.parametrize(
    ("pasted", "words"),
    [
        ("550e8400-e29b-41d4-a716-446655440000", "Client Secret"),
        ("eyJhbGciOiJSU0EifQ.a.b.c.d", "access token"),
        ("abc%", "part of it may be missing"),
        ("ключ", "Russian letters"),
        (f"Basic {KEY}", "The prefix “Basic” was removed"),
        (f" {KEY} ", "This looks like an authorization key."),
    ],
    ids=["secret", "token", "fragment", "cyrillic", "prefix", "clean"],
)
def test_what_is_pasted_is_judged_at_once(page, pasted, words):
    paste(page, pasted)

    assert words in shown(page)


@pytest.mark.parametrize("pasted", ["", "abc", "550e8400-e29b-41d4-a716-446655440000"])
def test_what_cannot_be_a_key_is_not_tried(page, qtbot, pasted):
    paste(page, pasted)

    with qtbot.assertNotEmitted(page.key_submitted):
        button(page, "Check and start").click()

    assert field(page).hasFocus()


def test_the_key_is_hidden_until_the_user_wants_to_see_it(page):
    assert field(page).echoMode() == QLineEdit.EchoMode.Password

    field(page).actions()[0].trigger()

    assert field(page).echoMode() == QLineEdit.EchoMode.Normal


def test_the_key_is_shown_and_hidden_by_keyboard(page, qtbot):
    field(page).setFocus()
    qtbot.waitUntil(field(page).hasFocus)

    shown = []
    for _ in range(2):
        qtbot.keyClick(field(page), Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
        shown.append(field(page).echoMode())

    assert shown == [QLineEdit.EchoMode.Normal, QLineEdit.EchoMode.Password]


def test_while_the_key_is_checked_only_cancel_works(page, qtbot):
    paste(page, KEY)
    page.set_checking(True)

    assert not button(page, "Checking the key…").isEnabled()
    with qtbot.waitSignal(page.cancel_requested):
        qtbot.mouseClick(button(page, "Cancel"), Qt.MouseButton.LeftButton)

    page.set_checking(False)
    assert button(page, "Check and start").isEnabled()
    assert field(page).text() == KEY


def test_a_failure_is_said_in_place_and_gone_with_the_next_change(page):
    page.show_notice(notice_for(errors.KeyRejectedError("credentials doesn't match db data")))
    said = shown(page)

    paste(page, KEY)

    assert "GigaChat did not accept the key" in said
    assert "credentials doesn't match db data" in said
    assert "did not accept" not in shown(page)


def test_the_keyboard_begins_in_the_key_field(page):
    page.setFocus()

    assert field(page).hasFocus()


def test_the_demo_is_one_click_away(page, qtbot):
    with qtbot.waitSignal(page.demo_requested):
        button(page, "Try the demo without a key").click()


@pytest.mark.parametrize("language", [Language.ENGLISH, Language.RUSSIAN], ids=str)
def test_the_demo_is_in_sight_in_a_low_window(dressed, page, qtbot, speak, language):
    """At 200 % a screen of 1080 lines has room for so much."""
    speak(language)
    dressed(LIGHT)
    page.resize(864, 486)

    assert not page._logo.isVisible()
    qtbot.waitUntil(lambda: page._demo.mapTo(page, page._demo.rect().bottomLeft()).y() < page.height())

    page.resize(864, 760)
    assert page._logo.isVisible()


def test_the_place_that_gives_keys_is_shown_and_leaves_through_a_signal(page, qtbot):
    link = button(page, "Get a key at developers.sber.ru/studio")

    with qtbot.waitSignal(page.link_activated) as activated:
        link.click()

    assert activated.args == [KEY_SOURCE_URL]


def test_everything_can_be_reached_with_tab(page, qtbot):
    field(page).setFocus()
    reached = []
    for _ in range(7):
        reached.append(QApplication.focusWidget())
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)

    names = [each.text() if isinstance(each, QAbstractButton) else type(each).__name__ for each in reached]
    assert names == [
        "EnteredLine",
        "ComboBox",
        "Check and start",
        "Get a key at developers.sber.ru/studio",
        "Sign in another way…",
        "Proxy, certificate, other addresses…",
        "Try the demo without a key",
    ]


@pytest.mark.parametrize("language", [Language.ENGLISH, Language.RUSSIAN], ids=str)
def test_nothing_is_cut_off_in_a_narrow_window(dressed, page, qtbot, speak, language):
    speak(language)
    dressed(LIGHT)
    page.resize(440, 600)
    qtbot.waitUntil(lambda: page.width() == 440)

    for each in page.findChildren(QPushButton):
        if each.isVisible():
            assert each.width() >= each.sizeHint().width(), each.text()
    for label in page.findChildren(QLabel):
        if label.isVisible() and label.text():
            assert label.height() >= label.heightForWidth(label.width()), label.text()


def test_every_control_has_a_name_for_screen_readers(page):
    controls = [*page.findChildren(QLineEdit), *page.findChildren(QComboBox)]

    assert all(control.accessibleName() for control in controls)
    assert all(each.text() for each in page.findChildren(QAbstractButton) if each.isVisible())
