"""What assistive technology is told about the transcript, and the keyboard's way from message to message."""

import gc

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest

from gigadesk.chat import Status
from gigadesk.ui.notices import Notice
from gigadesk.ui.transcript import Transcript
from gigadesk.ui.transcript.selecting.caret_steps import Step, text_between
from gigadesk.ui.transcript.speech.spoken import SPOKEN_MAX_CHARS
from tests.ui.transcript.transcript_support import CHAT, LONG, answer, position, settle, shown, user

NAME, DESCRIPTION = QAccessible.Text.Name, QAccessible.Text.Description


@pytest.fixture(autouse=True)
def assistive_technology(qapp):
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


def interface(transcript: Transcript):
    return QAccessible.queryAccessibleInterface(transcript)


def children(transcript: Transcript):
    found = interface(transcript)
    return [found.child(index) for index in range(len(transcript.rows))]


def press(transcript: Transcript, key, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(transcript, key, modifiers)
    settle(transcript)


def test_the_messages_are_the_children_of_a_list(qtbot):
    transcript = shown(qtbot, [user(1, "Why?"), answer(2, "**Because** of `x`.")])

    found = interface(transcript)
    assert found.role() is QAccessible.Role.List
    assert [child.text(NAME) for child in children(transcript)] == ["You", "GigaChat-2"]
    assert [child.text(DESCRIPTION) for child in children(transcript)] == ["Why?", "Because of x."]
    assert [child.role() for child in children(transcript)] == [QAccessible.Role.ListItem] * 2
    assert [found.indexOfChild(child) for child in children(transcript)] == [0, 1]
    assert children(transcript)[0].parent() is found


@pytest.mark.parametrize(
    ("status", "name"),
    [
        (Status.QUEUED, "GigaChat-2, Waiting for its turn, place 3"),
        (Status.STREAMING, "GigaChat-2, answering"),
        (Status.STOPPED, "GigaChat-2, stopped"),
        (Status.FAILED, "GigaChat-2, failed"),
        (Status.DONE, "GigaChat-2"),
    ],
)
def test_the_name_tells_the_state(qtbot, status, name):
    transcript = shown(qtbot, [answer(1, "x", status, queue_position=3 if status is Status.QUEUED else 0)])

    assert children(transcript)[0].text(NAME) == name
    assert bool(children(transcript)[0].state().busy) is (status is Status.STREAMING)


def test_the_notice_is_read_with_the_text(qtbot):
    transcript = shown(qtbot, [answer(1, "Half", Status.FAILED, notice=Notice("No network", "Try again."))])

    assert children(transcript)[0].text(DESCRIPTION) == "Half\n\nNo network\n\nTry again."


def test_a_message_that_is_not_laid_out_can_be_read(qtbot):
    transcript = shown(qtbot, [answer(number, f"*Text* {number}") for number in range(1, 501)])

    first = children(transcript)[0]

    assert first.text(DESCRIPTION) == "Text 1"
    assert not transcript.rows.items[0].is_open
    assert first.rect().isEmpty()
    assert first.state().offscreen
    assert not children(transcript)[-1].rect().isEmpty()
    assert (
        transcript.viewport()
        .rect()
        .contains(transcript.viewport().mapFromGlobal(children(transcript)[-1].rect().center()))
    )


def test_what_is_read_is_bounded(qtbot):
    transcript = shown(qtbot, [user(1, "x" * (3 * SPOKEN_MAX_CHARS))])

    assert len(children(transcript)[0].text(DESCRIPTION)) == SPOKEN_MAX_CHARS + 1


def test_a_child_stays_the_same_while_the_answer_grows(qtbot):
    transcript = shown(qtbot, [user(1, "Why?"), answer(2, "One", Status.STREAMING)])
    before = children(transcript)

    transcript.grow(2, " two")
    settle(transcript)
    transcript.add_message(user(3, "And?"))

    assert [after is child for after, child in zip(children(transcript), before, strict=False)] == [True, True]
    assert before[1].text(DESCRIPTION) == "One two"
    assert interface(transcript).indexOfChild(before[1]) == 1


def test_actions_do_what_the_buttons_do(qtbot):
    transcript = shown(qtbot, [user(1, "Why?"), answer(2, "Because."), answer(3, "End")])
    child = children(transcript)[1]
    actions = child.actionInterface()
    names = {actions.localizedActionName(name): name for name in actions.actionNames()}

    with qtbot.waitSignal(transcript.regenerate_requested) as regenerated:
        actions.doAction(names["Answer again"])
    actions.doAction(names["Copy message"])

    assert regenerated.args == [2]
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() == "Because.")


def test_setting_the_focus_scrolls_to_the_message(qtbot):
    transcript = shown(qtbot, [answer(number, LONG) for number in range(1, 9)])
    child = children(transcript)[2]

    child.actionInterface().doAction(child.setFocusAction())

    qtbot.waitUntil(lambda: transcript.walk.index == 2)
    assert not child.rect().isEmpty()


def test_other_messages_make_the_old_children_go(qtbot):
    transcript = shown(qtbot, [user(1, "Why?"), answer(2, "Because.")])
    kept, gone = children(transcript)

    transcript.show_chat(CHAT, [user(1, "Why?"), answer(4, "Another")])

    assert kept.isValid()
    assert children(transcript)[0] is kept
    assert children(transcript)[1] is not gone
    assert interface(transcript).childCount() == 2
    transcript.clear()
    assert interface(transcript).childCount() == 0


def test_a_view_that_is_destroyed_leaves_nothing_behind(qtbot):
    for number in range(10):
        transcript = Transcript()
        transcript.show_chat(CHAT, [answer(each, "text") for each in range(1, 20)])
        transcript.screen_reading.wake()
        held = [interface(transcript), *children(transcript)] if number % 2 else []
        transcript.deleteLater()
        del transcript
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        del held
        gc.collect()
    from gigadesk.ui.transcript.speech.screen_reading import _exposed

    assert not _exposed


def test_without_assistive_technology_nothing_is_made(qtbot):
    QAccessible.setActive(False)
    transcript = shown(qtbot, [user(1, "Why?")])
    transcript.add_message(answer(2, "Because.", Status.STREAMING))
    transcript.update_message(answer(2, "Because."))

    assert transcript.screen_reading._list is None


def test_alt_arrows_walk_from_message_to_message(qtbot):
    transcript = shown(qtbot, [user(1, "Why?"), answer(2, LONG), user(3, "And?"), answer(4, "So.")])

    qtbot.waitUntil(transcript.isActiveWindow)
    walked = []
    for direction in (-1, -1, -1, -1, -1, 1):
        transcript.walk.step(direction)
        settle(transcript)
        walked.append(transcript.walk.index)

    assert walked == [3, 2, 1, 0, 0, 1]
    assert transcript.arranged().placed[0].key == (1, 0)
    assert children(transcript)[1].state().focused


def test_the_walk_goes_on_while_an_answer_streams(qtbot):
    transcript = shown(qtbot, [user(1, "Why?"), answer(2, LONG), answer(3, "One", Status.STREAMING)])
    transcript.walk.step(-1)
    transcript.walk.step(-1)

    transcript.grow(3, LONG)
    settle(transcript)

    assert transcript.walk.index == 1
    assert transcript.arranged().placed[0].key == (1, 0)


def test_ctrl_c_copies_the_message_with_the_light(qtbot):
    transcript = shown(qtbot, [user(1, "Why?"), answer(2, "Because.")])
    transcript.walk.step(-1)
    transcript.walk.step(-1)

    press(transcript, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)

    assert QGuiApplication.clipboard().text() == "Why?"


def test_tab_goes_to_the_buttons_of_the_message_with_the_light(qtbot):
    transcript = shown(qtbot, [user(1, "A"), answer(2, "B"), user(3, "C"), answer(4, "D")])
    for _ in range(3):
        transcript.walk.step(-1)
    assert transcript.walk.index == 1

    press(transcript, Qt.Key.Key_Tab)

    focused = transcript.highlights.focused_zone
    assert focused is not None
    assert focused[0].message == 1


def test_the_light_is_seen_and_goes_with_escape(qtbot):
    transcript = shown(qtbot, [user(1, "A"), answer(2, "B")])
    qtbot.waitUntil(transcript.isActiveWindow)
    transcript.setFocus()
    transcript.highlights.focused_zone = None
    before = transcript.grab().toImage()

    transcript.walk.step(-1)
    settle(transcript)
    with_light = transcript.grab().toImage()
    press(transcript, Qt.Key.Key_Escape)

    assert with_light != before
    assert transcript.grab().toImage() == before
    assert transcript.walk.index is None


def test_links_and_buttons_in_the_text_are_actions_with_names_of_their_own(qtbot):
    source = "[one](https://e.x) and [two](https://e.x)\n\n```py\na = 1\n```\n\n```py\nb = 2\n```"
    transcript = shown(qtbot, [user(1, "Why?"), answer(2, source)])
    followed = []
    transcript.link_followed.connect(lambda target, text: followed.append((target, text)))
    actions = children(transcript)[1].actionInterface()
    names = actions.actionNames()

    assert len(set(names)) == len(names)
    assert [name for name in names if name.startswith("link")] == ["link:https://e.x", "link:https://e.x#2"]
    assert actions.localizedActionName("link:https://e.x#2") == "Link: https://e.x"
    actions.doAction("link:https://e.x#2")
    qtbot.waitUntil(lambda: followed == [("https://e.x", "two")])
    copying = [name for name in names if name.startswith("copy_code")]
    assert len(copying) == 2
    actions.doAction(copying[1])
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() == "b = 2")


def test_actions_of_a_message_out_of_sight_move_nothing_that_is_in_sight(qtbot):
    views = [answer(number, f"[link {number}](https://e.x/{number})\n\n{LONG}") for number in range(1, 6)]
    transcript = shown(qtbot, views)
    settle(transcript)
    before = [(placed.key, placed.y) for placed in transcript.arranged().placed]

    names = children(transcript)[0].actionInterface().actionNames()
    settle(transcript)

    assert "link:https://e.x/1" not in names or len(transcript.rows.items[0].blocks) <= 60
    assert [(placed.key, placed.y) for placed in transcript.arranged().placed] == before


def test_the_caret_tells_what_it_passes_and_what_it_selects(qtbot):
    transcript = shown(qtbot, [answer(1, "one two\n\nthree")])
    rows = transcript.rows
    steps = [
        (position(0, 0, 0), position(0, 0, 4), Step.WORD_RIGHT, False, "two"),
        (position(0, 0, 4), position(0, 0, 5), Step.RIGHT, False, "w"),
        (position(0, 0, 5), position(0, 1, 2), Step.DOWN, False, "ree"),
        (position(0, 1, 2), position(0, 1, 4), Step.RIGHT, True, "re"),
        (position(0, 1, 4), position(0, 1, 2), Step.LEFT, True, "re"),
    ]

    for before, now, step, is_extending, words in steps:
        assert text_between(rows, before, now, step, is_extending=is_extending) == words
