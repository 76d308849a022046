"""Files, thoughts, sources and usage as assistive technology hears of them."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QAccessible

from gigadesk.chat import FileKind, FileState, Status, Usage
from gigadesk.ui.transcript import Transcript
from gigadesk.ui.transcript.layout.boxes import ZoneKind
from tests.ui.transcript.message_parts import TAG, chat_file, paint_file, sources, with_files, with_message
from tests.ui.transcript.transcript_support import answer, settle, shown, user

DESCRIPTION = QAccessible.Text.Description


@pytest.fixture(autouse=True)
def assistive_technology(qapp):
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


def child(transcript: Transcript, index: int):
    return QAccessible.queryAccessibleInterface(transcript).child(index)


def actions(transcript: Transcript, index: int) -> dict[str, str]:
    """The names of what can be done, by the words that are heard."""
    found = child(transcript, index)
    return {found.localizedActionName(name): name for name in found.actionNames()}


def do(transcript: Transcript, index: int, words: str) -> None:
    found = child(transcript, index)
    found.doAction(actions(transcript, index)[words])
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def test_files_are_read_with_their_state_and_the_tag_is_not(qtbot, tmp_path):
    files = (chat_file(1, "cat.png"), chat_file(2, "cube.fbx", FileKind.MODEL_3D, FileState.LOADING))
    transcript = shown(qtbot, [with_files(answer(1, f"Here. {TAG}"), *files, p1=paint_file(tmp_path))])

    assert child(transcript, 0).text(DESCRIPTION) == (
        "Here.\n\nPicture: cat.png, 4.2 KB, 3D model: cube.fbx, The file is coming…"
    )


def test_the_tag_is_not_read_of_a_message_out_of_sight(qtbot, tmp_path):
    views = [with_files(answer(1, f"Here. {TAG}"), chat_file(1, "cat.png")), *(answer(n, "x") for n in range(2, 200))]
    transcript = shown(qtbot, views)

    assert child(transcript, 0).text(DESCRIPTION) == "Here.\n\nPicture: cat.png, 4.2 KB"


def test_thoughts_are_heard_when_they_are_unfolded(qtbot):
    view = with_message(answer(2, "Done."), reasoning="First *this*.", reasoning_s=12.0)
    transcript = shown(qtbot, [user(1, "Q"), view])
    assert child(transcript, 1).text(DESCRIPTION) == "Thought for 12 s\n\nDone."

    do(transcript, 1, "Thought for 12 s")
    qtbot.waitUntil(lambda: not transcript.rows.items[1].thought.is_folded)
    settle(transcript)

    assert child(transcript, 1).text(DESCRIPTION) == "Thought for 12 s\n\nFirst this.\n\nDone."


def test_sources_are_read_and_can_be_followed(qtbot):
    transcript = shown(qtbot, [with_message(answer(1, "So [1]."), sources=sources(2))])
    assert child(transcript, 0).text(DESCRIPTION) == "So [1].\n\n1. Page 1\n2. Page 2"

    with qtbot.waitSignal(transcript.link_followed) as followed:
        do(transcript, 0, "Source 2: Page 2")

    assert followed.args[0] == "https://site2.example/page"


def test_usage_is_read_when_it_is_shown(qtbot):
    transcript = shown(qtbot, [with_message(answer(1, "A"), usage=Usage(5, 7, 12), seconds=1.0)])
    assert "Tokens" not in child(transcript, 0).text(DESCRIPTION)

    transcript.details.toggle(0, ZoneKind.USAGE)

    assert "Tokens" in child(transcript, 0).text(DESCRIPTION)


def test_a_picture_can_be_opened_and_a_failed_one_fetched_again(qtbot, tmp_path):
    files = (chat_file(1, "cat.png"), chat_file(2, "dog.png", state=FileState.FAILED))
    transcript = shown(qtbot, [with_files(answer(1, "A", Status.DONE), *files, p1=paint_file(tmp_path))])

    assert "Picture: cat.png, 4.2 KB" in actions(transcript, 0)
    with qtbot.waitSignal(transcript.file_retry_requested) as asked:
        do(transcript, 0, "Try again dog.png")

    assert asked.args == [2]
