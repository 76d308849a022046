import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from gigadesk import errors
from gigadesk.errors import CertificateCause, CertificateError
from gigadesk.ui.notices import Action, notice_for
from gigadesk.ui.widgets.notice_card import NoticeCard

NOTICE = notice_for(CertificateError("self-signed", cause=CertificateCause.INTERCEPTED))


@pytest.fixture
def window(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(600, 300)
    window.show()
    return window


@pytest.fixture
def card(window):
    card = NoticeCard(window, (Action.RETRY, Action.OPEN_SETTINGS))
    card.resize(600, 300)
    return card


def buttons(card):
    shown = [each for each in card.findChildren(QPushButton) if each.isVisible()]
    return [each.text() for each in sorted(shown, key=lambda each: each.x())]


def test_nothing_is_shown_without_a_notice(card):
    card.show_notice(NOTICE)
    card.show_notice(None)

    assert not card.isVisible()
    assert card.notice is None


def test_title_text_and_detail_are_shown(card):
    card.show_notice(NOTICE)

    shown = [label.text() for label in card.findChildren(QLabel)]
    assert {NOTICE.title, NOTICE.text, "self-signed"} <= set(shown)


def test_the_most_helpful_action_comes_first(card, qtbot):
    card.show_notice(NOTICE)
    qtbot.waitUntil(lambda: buttons(card) == ["Open settings", "Try again"])

    card.show_notice(notice_for(errors.NetworkError(cause=errors.NetworkCause.DNS)))

    qtbot.waitUntil(lambda: buttons(card) == ["Try again", "Open settings"])


def test_an_action_that_makes_no_sense_here_is_not_offered(card):
    card.show_notice(notice_for(errors.TooLargeError()))

    assert buttons(card) == []


def test_a_button_asks_for_its_action(card, qtbot):
    card.show_notice(NOTICE)

    with qtbot.waitSignal(card.action_requested) as requested:
        card.findChild(QPushButton, Action.OPEN_SETTINGS.value).click()

    assert requested.args == [Action.OPEN_SETTINGS.value]


def test_a_calm_notice_does_not_look_like_an_error(card):
    card.show_notice(NOTICE)
    loud = card.property("kind")
    card.show_notice(notice_for(errors.KeyringError(errors.KeyringCause.ABSENT)))

    assert (loud, card.property("kind")) == ("error-card", "calm-card")


def test_enter_presses_the_button_that_has_the_keyboard(card, window, qtbot):
    card.show_notice(NOTICE)
    window.activateWindow()
    button = next(each for each in card.findChildren(QPushButton) if each.isVisible())
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)

    with qtbot.waitSignal(button.clicked):
        QTest.keyClick(button, Qt.Key.Key_Return)
