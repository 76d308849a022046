"""The line at the bottom: plural forms, problems, demo."""

import pytest
from PySide6.QtCore import QCoreApplication

from gigadesk.errors import NetworkCause, NetworkError
from gigadesk.facts import Connection
from gigadesk.settings import Language
from gigadesk.ui.language import LanguageSwitcher
from gigadesk.ui.pane.status_line import StatusLine
from gigadesk.ui.widgets.buttons import Button


@pytest.fixture
def line(qtbot):
    made = StatusLine()
    qtbot.addWidget(made)
    made.resize(800, 30)
    made.show()
    return made


@pytest.fixture
def russian(qapp, line):
    switcher = LanguageSwitcher(qapp)
    switcher.apply(Language.RUSSIAN)
    yield
    switcher.apply(Language.ENGLISH)
    QCoreApplication.sendPostedEvents()


@pytest.mark.parametrize(
    ("running", "waiting", "words"),
    [(0, 0, ""), (1, 0, "1 running"), (0, 3, "3 waiting"), (2, 5, "2 running, 5 waiting")],
)
def test_the_queue_is_counted(line, running, waiting, words):
    line.set_queue(running, waiting)

    assert line.queue_text() == words


@pytest.mark.parametrize("count", [1, 2, 5, 11, 21, 22])
def test_russian_numbers_take_their_forms(line, russian, count):
    line.set_queue(count, 0)

    forms = {1: "ответ", 21: "ответ", 2: "ответа", 22: "ответа", 5: "ответов", 11: "ответов"}
    assert str(count) in line.queue_text()
    assert line.queue_text().endswith(forms[count])


def test_a_problem_can_be_pressed_and_is_spoken(qtbot, line):
    asked = []
    line.problem_clicked.connect(lambda: asked.append(1))

    line.set_connection(Connection.OFFLINE, NetworkError("x", cause=NetworkCause.DNS, host="api.example"))
    [button] = [each for each in line.findChildren(Button) if each.isVisible()]
    button.click()

    assert asked == [1]
    assert "api.example" in button.accessibleName()
    assert button.accessibleDescription()


def test_a_problem_goes_with_the_connection(line):
    line.set_connection(Connection.OFFLINE, NetworkError("x"))
    line.set_connection(Connection.ONLINE, None)

    assert [each for each in line.findChildren(Button) if each.isVisible()] == []


def test_words_without_room_leave_no_rest(qtbot, line):
    label = line._state
    line.set_connection(Connection.ONLINE, None)
    assert label.text() == "Connected"

    label.setFixedWidth(label.fontMetrics().horizontalAdvance("Conne"))

    qtbot.waitUntil(lambda: label.text() != "Connected")
    assert label.text() == ""
    assert label.accessibleName() == "Connected"


def test_the_demo_has_no_account(line):
    line.set_account("GigaChat, private")
    line.set_demo(demo=True)
    assert not line._account.isVisible()

    line.set_demo(demo=False)
    assert line._account.isVisible()


def test_a_package_that_runs_out_is_named_and_leads_to_the_balance(qtbot, line):
    assert line.balance_text() == ""

    line.set_low_balance("GigaChat-2", "19,000")
    [button] = [each for each in line.findChildren(Button) if each.isVisible()]
    with qtbot.waitSignal(line.balance_clicked):
        button.click()

    assert button.accessibleName() == "19,000 tokens left"
    assert "GigaChat-2" in button.accessibleDescription()
    line.set_low_balance("", "")
    assert not button.isVisible()
    assert line.balance_text() == ""
