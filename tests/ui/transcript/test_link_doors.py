"""Every door of a link leads to the same gate, with the words of the link; nothing else opens anything."""

import pytest
from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QUrl, Slot
from PySide6.QtGui import QAccessible, QDesktopServices, QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip

from gigadesk.ui.transcript.layout.boxes import ZoneKind
from tests.ui.transcript.transcript_support import answer, click, click_zone, drag, point_of, settle, shown, zones

EVIL = "vscode://file/x"
PLACES = {
    "text": f"See [bank.ru]({EVIL} 'a title') please.",
    "list": f"- one\n- [bank.ru]({EVIL})",
    "table": f"| a |\n|---|\n| [bank.ru]({EVIL}) |",
    "footnote": f"Words[^1].\n\n[^1]: See [bank.ru]({EVIL}).",
}


@pytest.fixture(autouse=True)
def assistive_technology(qapp):
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


class Browser(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(url.toString())


@pytest.fixture(autouse=True)
def browser(qapp):
    receiver = Browser()
    for scheme in ("https", "vscode"):
        QDesktopServices.setUrlHandler(scheme, receiver, "open")
    yield receiver
    for scheme in ("https", "vscode"):
        QDesktopServices.unsetUrlHandler(scheme)
    assert receiver.opened == []


def by_click(transcript):
    click_zone(transcript, zones(transcript, ZoneKind.LINK)[0])


def by_enter(transcript):
    transcript.setFocus(Qt.FocusReason.TabFocusReason)
    for _ in range(12):
        if EVIL in transcript.accessibleDescription():
            break
        QTest.keyClick(transcript, Qt.Key.Key_Tab)
    QTest.keyClick(transcript, Qt.Key.Key_Return)


def by_menu(transcript):
    menu = transcript.menu.build(QPointF(point_of(transcript, "bank.ru", 2)))
    next(action for action in menu.actions() if action.text() == "Open link").trigger()
    menu.deleteLater()


def by_assistive_technology(transcript):
    interface = QAccessible.queryAccessibleInterface(transcript)
    actions = [interface.child(index).actionInterface() for index in range(len(transcript.rows))]
    next(each for each in actions if each and f"link:{EVIL}" in each.actionNames()).doAction(f"link:{EVIL}")


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("door", [by_click, by_enter, by_menu, by_assistive_technology], ids=lambda each: each.__name__)
def test_this_door_leads_to_the_gate(qtbot, door, place):
    transcript = shown(qtbot, [answer(1, PLACES[place])])
    followed: list[tuple[str, str]] = []
    transcript.link_followed.connect(lambda target, words: followed.append((target, words)))

    door(transcript)

    qtbot.waitUntil(lambda: followed == [(EVIL, "bank.ru")])


def test_the_middle_button_opens_nothing(qtbot):
    transcript = shown(qtbot, [answer(1, PLACES["text"])])
    followed: list[str] = []
    transcript.link_activated.connect(followed.append)

    place = point_of(transcript, "bank.ru", 2)
    QTest.mouseClick(transcript.viewport(), Qt.MouseButton.MiddleButton, Qt.KeyboardModifier.NoModifier, place)
    drag(transcript, place, point_of(transcript, "please"))
    settle(transcript)

    assert followed == []


def tooltip(transcript, words: str) -> str:
    place = point_of(transcript, words, 2)
    event = QHelpEvent(QEvent.Type.ToolTip, place, transcript.viewport().mapToGlobal(place))
    QApplication.sendEvent(transcript.viewport(), event)
    return QToolTip.text()


@pytest.mark.parametrize(
    ("source", "shown_text"),
    [
        (f"[bank.ru]({EVIL} '<img src=/dev/zero>')", EVIL),
        (
            "[bank.ru](https://аррӏе.com)",
            "https://xn--80ak6aa92e.com\nThe name of the site has letters of another alphabet: xn--80ak6aa92e.com",
        ),
        ("[bank.ru](https://a:b@evil.org/x)", "https://evil.org/x"),
        ("[bank.ru](<x:<b>a</b>>)", "<span>x:&lt;b&gt;a&lt;/b&gt;</span>"),
    ],
    ids=["title", "look-alike", "user", "markup"],
)
def test_the_tooltip_is_the_plain_target(qtbot, source, shown_text):
    transcript = shown(qtbot, [answer(1, source.replace("<x:<b>a</b>>", "<x:\\<b\\>a\\</b\\>>"))])

    assert tooltip(transcript, "bank.ru") == shown_text


def test_the_tooltip_of_an_endless_target_fits_on_the_screen(qtbot):
    transcript = shown(qtbot, [answer(1, f"[bank.ru](x:{'a' * 1500})")])

    assert len(tooltip(transcript, "bank.ru")) == 300


def test_a_click_beside_a_link_does_nothing(qtbot):
    transcript = shown(qtbot, [answer(1, PLACES["text"])])
    followed: list[str] = []
    transcript.link_activated.connect(followed.append)

    click(transcript, point_of(transcript, "please", 2))

    assert followed == []
