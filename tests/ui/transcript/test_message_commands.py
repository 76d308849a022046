"""The buttons, menus and keys of a message, and where the reader is after another branch was shown."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from gigadesk.chat import MessageId, Status
from gigadesk.ui.pane.quoting import quoted
from gigadesk.ui.transcript.layout.boxes import ZoneKind
from gigadesk.ui.transcript.wishes import Command, Wish
from tests.ui.transcript.transcript_support import (
    CHAT,
    LONG,
    Qt,
    answer,
    click_zone,
    drag,
    point_of,
    settle,
    shown,
    top_line,
    user,
    zones,
)

Key = Qt.Key


def versions(*numbers: int) -> tuple[MessageId, ...]:
    return tuple(map(MessageId, numbers))


def commands_in(transcript) -> list[str]:
    return [found.zone.value for found in zones(transcript, ZoneKind.COMMAND)]


def wishes_of(transcript) -> list[Wish]:
    found: list[Wish] = []
    transcript.commands.wished.connect(found.append)
    return found


def words_of(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if not action.isSeparator()]


@pytest.fixture
def popup(qtbot):
    """The menu that is open; closed in the end."""
    del qtbot

    def find() -> QMenu:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        return menu

    yield find
    while (menu := QApplication.activePopupWidget()) is not None:
        menu.close()


@pytest.mark.parametrize(
    ("view", "expected"),
    [
        (user(1, "Why?"), ["copy_message", "edit", "more"]),
        (answer(1, "So."), ["copy_message", "regenerate", "more"]),
        (answer(1, "", Status.QUEUED), ["more"]),
        (answer(2, "Ha", Status.STREAMING, siblings=versions(1, 2)), ["branch", "more"]),
    ],
    ids=["question", "answer", "waiting", "running version"],
)
def test_the_buttons_are_those_that_make_sense(qtbot, view, expected):
    transcript = shown(qtbot, [view])

    found = [each.zone for each in transcript.zones.in_sight() if each.zone.kind is not ZoneKind.MOVE_TO_FRONT]

    assert [zone.value if zone.kind is ZoneKind.COMMAND else str(zone.kind) for zone in found] == expected


@pytest.mark.parametrize("width", [90, 130, 200, 600])
def test_what_has_no_room_is_left_out_and_more_stays(qtbot, width):
    transcript = shown(qtbot, [answer(2, "So.", siblings=versions(1, 2, 3))], width=width)
    frame = transcript.rows.frame

    buttons = [found for found in transcript.zones.in_sight() if found.zone.kind is not ZoneKind.BRANCH]

    assert buttons[-1].zone.value == Command.MORE
    assert transcript.zones.rect(buttons[-1]).right() <= frame.x + frame.width + 8 or len(buttons) == 1


def test_the_switcher_of_a_question_stands_at_the_edge(qtbot):
    transcript = shown(qtbot, [user(2, "Why?", siblings=versions(1, 2, 3))])
    frame = transcript.rows.frame

    rects = [transcript.zones.rect(found) for found in zones(transcript, ZoneKind.BRANCH)]

    assert len(rects) == 2
    assert frame.x + frame.width - 8 <= rects[-1].right() <= frame.x + frame.width + 8


def test_a_button_wishes_something_for_its_message(qtbot):
    transcript = shown(qtbot, [user(1, "Why?"), answer(2, "So.")])
    found = wishes_of(transcript)

    click_zone(
        transcript, next(each for each in zones(transcript, ZoneKind.COMMAND) if each.zone.value == Command.EDIT)
    )

    assert found == [Wish(Command.EDIT, MessageId(1))]


def test_the_menu_has_all_that_can_be_done(qtbot, popup):
    transcript = shown(qtbot, [answer(2, "So.", siblings=versions(1, 2))])

    click_zone(transcript, zones(transcript, ZoneKind.COMMAND)[-1])

    words = words_of(popup())
    assert words[0] == "Copy message"
    for each in ("Answer again", "Answer again with", "Previous version", "Next version", "Details…", "Delete message"):
        assert each in words
    newer = next(action for action in popup().actions() if action.text() == "Next version")
    assert not newer.isEnabled()


def test_models_that_are_not_known_are_asked_for_and_come_into_the_open_menu(qtbot, popup):
    transcript = shown(qtbot, [answer(2, "So.")])
    found = wishes_of(transcript)

    transcript.commands.regenerate_with()
    assert found == [Wish(Command.LIST_MODELS, MessageId(2))]
    assert words_of(popup()) == ["Asking for the models…"]

    transcript.commands.set_models(["GigaChat-2", "A & B"])
    assert words_of(popup()) == ["GigaChat-2", "A && B"]
    assert [action.isChecked() for action in popup().actions()] == [True, False]
    QTest.mouseClick(popup(), Qt.MouseButton.LeftButton, pos=popup().actionGeometry(popup().actions()[1]).center())
    assert found[1:] == [Wish(Command.AGAIN_WITH, MessageId(2), "A & B")]


@pytest.mark.parametrize(
    ("lit", "expected"), [(None, 3), (0, 1), (1, 1), (3, 3)], ids=["none", "question", "answer", "last answer"]
)
def test_edit_means_the_question_with_the_light_or_the_last(qtbot, lit, expected):
    transcript = shown(qtbot, [user(1, "a"), answer(2, "b"), user(3, "c"), answer(4, "d")])
    found = wishes_of(transcript)
    if lit is not None:
        transcript.walk.go_to(lit)

    transcript.commands.edit()

    assert found == [Wish(Command.EDIT, MessageId(expected))]


def test_del_deletes_only_the_message_with_the_light(qtbot):
    transcript = shown(qtbot, [user(1, "a"), answer(2, "b")])
    found = wishes_of(transcript)
    transcript.setFocus()

    QTest.keyClick(transcript, Key.Key_Delete)
    assert found == []
    transcript.walk.go_to(0)
    QTest.keyClick(transcript, Key.Key_Delete)
    QTest.keyClick(transcript, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

    assert found == [Wish(Command.DELETE, MessageId(1)), Wish(Command.BRING_BACK)]


def test_enter_opens_the_menu_of_the_message_with_the_light(qtbot, popup):
    transcript = shown(qtbot, [user(1, "a"), answer(2, "b")])
    transcript.walk.go_to(0)

    QTest.keyClick(transcript, Key.Key_Return)

    assert "Edit" in words_of(popup())


def test_questions_are_gone_to_one_by_one_and_below_the_last_is_the_end(qtbot):
    views = [view for n in range(0, 10, 2) for view in (user(n + 1, f"Question {n}"), answer(n + 2, LONG))]
    transcript = shown(qtbot, views)
    gone = []
    for direction in (-1, -1, -1, 1, 1, 1):
        transcript.walk.step_question(direction)
        settle(transcript)
        gone.append(transcript.walk.index)

    assert gone == [8, 6, 4, 6, 8, None]
    assert transcript.arranger.is_at_end


def test_a_question_that_is_gone_to_stands_at_the_top(qtbot):
    transcript = shown(qtbot, [user(1, "First"), answer(2, LONG), user(3, "Second"), answer(4, LONG)])

    transcript.walk.step_question(-1)
    transcript.walk.step_question(-1)
    settle(transcript)

    assert top_line(transcript)[0] == "First"


@pytest.mark.parametrize("offset", [0, 400, 900])
def test_what_is_above_the_fork_stays_when_another_version_is_shown(qtbot, offset):
    first = [user(1, "a"), answer(2, LONG), user(3, "b"), answer(4, LONG, siblings=versions(4, 5))]
    other = [*first[:3], answer(5, LONG, siblings=versions(4, 5))]
    transcript = shown(qtbot, first)
    transcript.show_offset(offset)
    settle(transcript)
    before = top_line(transcript)

    transcript.show_chat(CHAT, other)
    settle(transcript)

    assert top_line(transcript) == before


def test_a_version_whose_beginning_is_out_of_sight_begins_at_the_top(qtbot):
    transcript = shown(qtbot, [user(1, "a"), answer(2, LONG, siblings=versions(2, 3))])
    settle(transcript)

    transcript.show_chat(CHAT, [user(1, "a"), answer(3, "Other beginning\n\n" + LONG, siblings=versions(2, 3))])
    settle(transcript)

    assert top_line(transcript)[0] == "Other beginning"


def test_an_answer_that_was_just_asked_for_is_followed(qtbot):
    transcript = shown(qtbot, [user(1, "a"), answer(2, LONG), user(3, "b"), answer(4, LONG)])
    transcript.show_offset(0)
    settle(transcript)

    transcript.show_chat(CHAT, [user(1, "a"), answer(5, "", Status.QUEUED, siblings=versions(2, 5))])
    settle(transcript)

    assert transcript.arranger.is_at_end
    assert transcript.follow.sticks_to_end


def test_the_light_goes_over_to_the_version_that_takes_the_place(qtbot):
    transcript = shown(qtbot, [user(1, "a"), answer(2, "b", siblings=versions(2, 3))])
    transcript.walk.go_to(1)

    transcript.show_chat(CHAT, [user(1, "a"), answer(3, "c", siblings=versions(2, 3))])

    assert transcript.highlights.focused_message == 3


def test_left_and_right_ask_for_versions(qtbot):
    transcript = shown(qtbot, [user(1, "a"), answer(3, "b", siblings=versions(2, 3, 4))])
    asked = []
    transcript.branch_requested.connect(asked.append)
    transcript.walk.go_to(1)

    QTest.keyClick(transcript, Key.Key_Left)
    QTest.keyClick(transcript, Key.Key_Right)

    assert asked == [2, 4]


def select(transcript) -> None:
    drag(transcript, point_of(transcript, "Some"), point_of(transcript, "words", 4) + QPoint(2, 0))


@pytest.mark.parametrize("what", ["key", "escape", "click", "wheel", "another chat"])
def test_the_bar_beside_the_selection_goes_with_whatever_comes_next(qtbot, what):
    transcript = shown(qtbot, [answer(1, "Some few words\n\n" + LONG)])
    transcript.show_offset(0)
    settle(transcript)
    transcript.setFocus()
    select(transcript)
    qtbot.waitUntil(lambda: transcript.selection_bar.is_shown)

    match what:
        case "key":
            QTest.keyClick(transcript, Key.Key_Down)
        case "escape":
            QTest.keyClick(transcript, Key.Key_Escape)
            assert transcript.has_selection(), "only the bar goes"
        case "click":
            QTest.mouseClick(transcript.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
        case "wheel":
            transcript.scroll_by(200)
            settle(transcript)
        case "another chat":
            transcript.show_chat(CHAT, [user(9, "x")])

    assert not transcript.selection_bar.is_shown


def test_the_bar_covers_nothing_that_is_selected(qtbot):
    transcript = shown(qtbot, [answer(1, "Some few words\n\n" + LONG)])
    transcript.show_offset(0)
    settle(transcript)
    select(transcript)
    qtbot.waitUntil(lambda: transcript.selection_bar.is_shown)

    bar = transcript.selection_bar._bar.geometry()

    assert not bar.contains(point_of(transcript, "Some"))
    assert not bar.contains(point_of(transcript, "words"))
    assert transcript.viewport().rect().contains(bar)


def test_what_is_selected_goes_along_with_a_question(qtbot, popup):
    transcript = shown(qtbot, [answer(1, "Some **few** words")])
    found = wishes_of(transcript)
    select(transcript)

    transcript.commands.quote()
    transcript.commands.choose_prompt()
    assert words_of(popup())[:2] == ["Your own question", "Explain"]
    QTest.mouseClick(popup(), Qt.MouseButton.LeftButton, pos=popup().actionGeometry(popup().actions()[2]).center())

    assert [(wish.command, wish.prompt) for wish in found] == [
        (Command.QUOTE, ""),
        (Command.ASK, "Explain this in simple words."),
    ]
    assert found[0].value.startswith("Some **few** w")


def test_without_a_selection_nothing_is_quoted(qtbot):
    transcript = shown(qtbot, [answer(1, "Some few words")])
    found = wishes_of(transcript)

    transcript.commands.quote()
    transcript.commands.choose_prompt()

    assert found == []
    assert QApplication.activePopupWidget() is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("one", "> one\n\n"),
        ("one\n\ntwo\n", "> one\n>\n> two\n\n"),
        ("> inner", "> > inner\n\n"),
        ("```\ncode\n```", "> ```\n> code\n> ```\n\n"),
    ],
)
def test_each_line_of_a_quotation_has_its_mark(text, expected):
    assert quoted(text) == expected


@pytest.mark.parametrize("gone", [1, 20])
def test_what_is_read_stays_where_it_is_when_messages_above_it_are_gone(qtbot, gone):
    messages = [answer(number, f"Number {number}. {LONG[:300]}") for number in range(1, 31)]
    transcript = shown(qtbot, messages)
    transcript.arranged()
    transcript.scrolling.show_message(24, at_top=True)
    settle(transcript)
    before = top_line(transcript)

    transcript.show_chat(CHAT, messages[gone:])
    settle(transcript)

    assert top_line(transcript) == before
