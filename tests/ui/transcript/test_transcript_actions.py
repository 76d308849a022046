"""Buttons, links, the keyboard and the menu: every wish leaves the view as a signal."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QFocusEvent, QGuiApplication, QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QToolTip

from gigadesk.chat import MessageId, Status
from gigadesk.ui.notices import Action, Notice
from gigadesk.ui.theme import DARK
from gigadesk.ui.transcript.layout.boxes import ZoneKind
from tests.ui.transcript.transcript_support import (
    LONG,
    answer,
    click,
    click_zone,
    move,
    point_of,
    settle,
    shown,
    user,
    zones,
)

FAILURE = Notice("No connection", "Check the network.", (Action.RETRY, Action.OPEN_SETTINGS), detail="errno 101")


def collected(signal) -> list[tuple]:
    calls: list[tuple] = []
    signal.connect(lambda *values: calls.append(values))
    return calls


def test_the_buttons_of_a_notice_say_which_message_and_what(qtbot):
    transcript = shown(qtbot, [user(1, "Q"), answer(2, "Half an", Status.FAILED, notice=FAILURE)])
    calls = collected(transcript.action_requested)

    for found in zones(transcript, ZoneKind.ACTION):
        click_zone(transcript, found)

    assert calls == [(2, "retry"), (2, "open_settings")]


def test_a_link_is_handed_on_as_it_was_written(qtbot):
    transcript = shown(qtbot, [answer(1, "See [here](javascript:alert(1)) or <https://example.org/a?b=c>.")])
    calls = collected(transcript.link_activated)

    for found in zones(transcript, ZoneKind.LINK):
        click_zone(transcript, found)

    assert ("https://example.org/a?b=c",) in calls


def test_a_link_is_handed_on_with_its_text(qtbot):
    transcript = shown(qtbot, [answer(1, "[bank.ru **login**](https://evil.org)")])
    calls = collected(transcript.link_followed)

    click_zone(transcript, zones(transcript, ZoneKind.LINK)[0])

    assert calls == [("https://evil.org", "bank.ru login")]


def test_dragging_over_a_link_selects_and_opens_nothing(qtbot):
    transcript = shown(qtbot, [answer(1, "See [this link](https://example.org) please.")])
    calls = collected(transcript.link_activated)
    start, end = point_of(transcript, "this", 1), point_of(transcript, "link", 3)

    QTest.mousePress(transcript.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    move(transcript, end, Qt.MouseButton.LeftButton)
    QTest.mouseRelease(transcript.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, end)

    assert calls == []
    assert transcript.has_selection()


def test_the_tooltip_of_a_link_is_its_target_as_plain_text(qtbot):
    transcript = shown(qtbot, [answer(1, '[text](https://example.org/?q=1 "<img src=/dev/zero>")')])
    point = point_of(transcript, "text", 2)

    event = QHelpEvent(QEvent.Type.ToolTip, point, transcript.viewport().mapToGlobal(point))
    QApplication.sendEvent(transcript.viewport(), event)

    assert QToolTip.text().startswith("https://example.org/")
    assert "<" not in QToolTip.text()
    QToolTip.hideText()
    qtbot.waitUntil(lambda: not QToolTip.isVisible())


def test_the_copy_button_takes_the_code_of_all_its_parts_and_says_so(qtbot):
    code = "\n".join(f"line_{n} = {n}" for n in range(700))
    transcript = shown(qtbot, [answer(1, f"```python\n{code}\n```")])
    transcript.show_offset(0)
    settle(transcript)
    found = zones(transcript, ZoneKind.COPY_CODE)[0]

    click_zone(transcript, found)

    assert QGuiApplication.clipboard().text() == code
    assert transcript.highlights.copied_zone == found.key


def test_copied_code_has_no_control_characters(qtbot):
    transcript = shown(qtbot, [answer(1, "```\nls\x1b[0m\x07\n```")])

    click_zone(transcript, zones(transcript, ZoneKind.COPY_CODE)[0])

    assert QGuiApplication.clipboard().text() == "ls[0m"


def test_the_last_answer_offers_copy_and_again(qtbot):
    transcript = shown(qtbot, [user(1, "Q"), answer(2, "The **answer**")])
    again = collected(transcript.regenerate_requested)

    click_zone(transcript, zones(transcript, ZoneKind.REGENERATE)[0])
    copy = [found for found in zones(transcript, ZoneKind.COPY_MESSAGE) if found.row.message == 1]
    click_zone(transcript, copy[0])

    assert again == [(2,)]
    assert QGuiApplication.clipboard().text() == "The answer"


def test_the_switcher_asks_for_the_sibling(qtbot):
    siblings = (MessageId(2), MessageId(3), MessageId(4))
    transcript = shown(qtbot, [user(1, "Q"), answer(3, "Second try", siblings=siblings)])
    calls = collected(transcript.branch_requested)

    for found in zones(transcript, ZoneKind.BRANCH):
        click_zone(transcript, found)

    assert calls == [(2,), (4,)]


def test_the_first_version_has_nothing_before_it(qtbot):
    transcript = shown(qtbot, [answer(2, "First try", siblings=(MessageId(2), MessageId(3)))])

    assert [found.zone.value for found in zones(transcript, ZoneKind.BRANCH)] == ["3"]


def test_a_waiting_answer_can_be_moved_to_the_front(qtbot):
    transcript = shown(qtbot, [user(1, "Q"), answer(2, "", Status.QUEUED, queue_position=3)])
    calls = collected(transcript.move_to_front_requested)

    click_zone(transcript, zones(transcript, ZoneKind.MOVE_TO_FRONT)[0])

    assert calls == [(2,)]


def test_the_first_in_the_queue_has_no_such_button(qtbot):
    transcript = shown(qtbot, [user(1, "Q"), answer(2, "", Status.QUEUED, queue_position=1)])

    assert zones(transcript, ZoneKind.MOVE_TO_FRONT) == []


def test_tab_goes_through_everything_in_sight_and_then_on(qtbot):
    transcript = shown(
        qtbot, [answer(2, "A [link](https://example.org).\n\n```\ncode\n```", Status.FAILED, notice=FAILURE)]
    )
    transcript.setFocus()
    kinds = []

    while transcript.focusNextPrevChild(True):
        focused = transcript.highlights.focused_zone
        if focused is None or len(kinds) > 20:
            break
        kinds.append(focused[1][0])

    assert kinds == [
        ZoneKind.LINK,
        ZoneKind.CODE_NUMBERS,
        ZoneKind.CODE_WRAP,
        ZoneKind.CODE_SAVE,
        ZoneKind.COPY_CODE,
        ZoneKind.ACTION,
        ZoneKind.ACTION,
        ZoneKind.COPY_MESSAGE,
        ZoneKind.REGENERATE,
        ZoneKind.COMMAND,
    ]


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        (Qt.FocusReason.TabFocusReason, ZoneKind.LINK),
        (Qt.FocusReason.BacktabFocusReason, ZoneKind.COMMAND),
        (Qt.FocusReason.MouseFocusReason, None),
    ],
)
def test_the_focus_comes_in_at_the_near_end(qtbot, reason, expected):
    transcript = shown(qtbot, [answer(1, "A [link](https://example.org).")])
    QApplication.sendEvent(transcript, QFocusEvent(QEvent.Type.FocusIn, reason))

    focused = transcript.highlights.focused_zone

    assert (focused[1][0] if focused else None) == expected


def test_tab_goes_from_left_to_right(qtbot):
    versions = (MessageId(1), MessageId(2))
    transcript = shown(qtbot, [answer(2, "An answer.", siblings=versions)])

    names = [found.zone.kind for found in transcript.zones.in_sight()]

    assert names == [ZoneKind.BRANCH, ZoneKind.COPY_MESSAGE, ZoneKind.REGENERATE, ZoneKind.COMMAND]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_enter_activates_what_has_the_focus(qtbot, key):
    transcript = shown(qtbot, [answer(1, "A [link](https://example.org).")])
    calls = collected(transcript.link_activated)
    transcript.setFocus()

    QTest.keyClick(transcript, Qt.Key.Key_Tab)
    QTest.keyClick(transcript, key)

    assert calls == [("https://example.org",)]
    assert "https://example.org" in transcript.accessibleDescription()


def test_the_menu_offers_what_fits_the_place(qtbot):
    transcript = shown(qtbot, [answer(1, "A [link](https://example.org) here.")])
    calls = collected(transcript.regenerate_requested)
    menu = transcript.menu.build(QPointF(point_of(transcript, "link", 1)))
    qtbot.addWidget(menu)

    actions = {action.text(): action for action in menu.actions()}
    actions["Copy link"].trigger()
    actions["Answer again"].trigger()

    assert QGuiApplication.clipboard().text() == "https://example.org"
    assert calls == [(1,)]
    assert not actions["Copy"].isEnabled()
    assert actions["Copy message"].isEnabled()


def test_the_menu_opens_at_the_pointer(qtbot):
    transcript = shown(qtbot, [answer(1, "Some text.")])

    QTest.mouseClick(transcript.viewport(), Qt.MouseButton.RightButton, pos=QPoint(60, 60))
    from PySide6.QtGui import QContextMenuEvent

    where = QPoint(60, 60)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, where, transcript.viewport().mapToGlobal(where))
    QApplication.sendEvent(transcript.viewport(), event)

    menu = transcript.findChild(QMenu)
    assert menu is not None
    assert menu.isVisible()
    menu.close()


def test_a_wide_code_block_scrolls_sideways(qtbot):
    transcript = shown(qtbot, [answer(1, "```\n" + "word " * 100 + "\n```")])
    before = point_of(transcript, "word")
    row = transcript.zones.row_at(QPointF(before))

    transcript.pointer.sideways.scroll(row, 0, 120)
    settle(transcript)

    assert before.x() - point_of(transcript, "word").x() == 120


def test_another_theme_font_or_language_keeps_the_place(qtbot):
    transcript = shown(qtbot, [answer(1, LONG)])
    transcript.show_offset(500)
    settle(transcript)
    placed = transcript.arranged().placed[0].key

    transcript.set_theme(DARK)
    settle(transcript)
    QApplication.sendEvent(transcript, QEvent(QEvent.Type.LanguageChange))
    settle(transcript)

    assert transcript.arranged().placed[0].key == placed


def test_a_larger_font_makes_larger_text(qtbot):
    transcript = shown(qtbot, [answer(1, LONG)])
    height = transcript.rows.total_height
    font = transcript.font()
    font.setPointSize(20)

    transcript.setFont(font)
    settle(transcript)

    assert transcript.rows.total_height > 1.5 * height


def test_buttons_of_the_last_answer_come_when_it_is_there(qtbot):
    transcript = shown(qtbot, [user(1, "Q"), answer(2, "", Status.STREAMING)])

    def shown_buttons():
        found = [found for found in transcript.zones.in_sight() if found.row.message == 1]
        return [each for each in found if transcript.zones.is_shown(each)]

    assert not shown_buttons()

    transcript.update_message(answer(2, "A"))
    settle(transcript)

    assert ZoneKind.COMMAND in {found.zone.kind for found in shown_buttons()}


def test_hovering_shows_the_buttons_of_an_older_message(qtbot):
    transcript = shown(qtbot, [answer(1, "Older."), user(2, "Q"), answer(3, "Newest.")])
    older = next(found for found in transcript.zones.in_sight() if found.row.message == 0)
    was_shown = transcript.zones.is_shown(older)

    move(transcript, point_of(transcript, "Older"))

    assert not was_shown
    assert transcript.zones.is_shown(older)


def test_a_click_beside_the_text_is_harmless(qtbot):
    transcript = shown(qtbot, [user(1, "Q"), answer(2, "A")])

    for point in (QPoint(1, 1), QPoint(799, 1), QPoint(1, 599), QPoint(799, 599)):
        click(transcript, point)
    transcript.clear()
    click(transcript, QPoint(400, 300))

    assert not transcript.has_selection()
