"""Files in the transcript: pictures, cards, their progress, and what can be done with them."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from gigadesk.chat import FileId, FileKind, FileState, MessageId, Status
from gigadesk.ui.file_saving import FileSaver
from gigadesk.ui.picture_viewer import PictureViewer
from gigadesk.ui.pictures import Pictures
from gigadesk.ui.transcript.copy.hidden_tags import take_tags, without_tags
from gigadesk.ui.transcript.layout.boxes import ZoneKind
from tests.ui.transcript.message_parts import (
    RED,
    TAG,
    body,
    chat_file,
    marks,
    paint_file,
    slots,
    with_files,
    with_message,
)
from tests.ui.transcript.transcript_support import CHAT, LONG, answer, click_zone, settle, shown, top_line, user, zones

LOADING = chat_file(7, "cat.png", state=FileState.LOADING)
READY = chat_file(7, "cat.png")


def wait_for_picture(qtbot, transcript, message: int = 0):
    def is_there() -> bool:
        transcript.grab()
        return transcript.files.image(slots(transcript, message)[0], transcript.devicePixelRatioF()) is not None

    qtbot.waitUntil(is_there)


def color_in_slot(transcript, message: int) -> str:
    placed = next(
        each
        for each in transcript.arranged().placed
        if each.key == (message, transcript.rows.items[message].row_count - 1)
    )
    rect = slots(transcript, message)[0].rect
    at = QPointF(transcript.rows.frame.x + rect.center().x(), placed.y + rect.center().y())
    image = transcript.viewport().grab().toImage()
    return image.pixelColor((at * image.devicePixelRatio()).toPoint()).name()


# --- tags


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"Here: {TAG} a cat.", "Here:  a cat."),
        ('<div data-model-id="0a1b"/>', ""),
        ('<img src="a.png">', '<img src="a.png">'),
        ("a < b and <image", "a < b and <image"),
        ("<div>", "<div>"),
    ],
)
def test_only_the_service_s_own_tags_are_taken_out(text, expected):
    assert without_tags(text) == expected


@pytest.mark.parametrize("text", ["<img fuse=" + ' src="x' * 300_000, "<div " + ' data-model-id="x' * 300_000])
def test_a_tag_without_an_end_is_shown_at_once(text):
    # Read by an expression that looks back, this would never be shown, nor the window answer again.
    assert without_tags(text) == text


@given(
    st.lists(st.sampled_from([TAG, "<", "<im", '<div data-model-id="x1"/>', "word ", ">", '"', "<img "]), max_size=9),
    st.randoms(use_true_random=False),
)
def test_any_cuts_hide_the_same_tags(parts, chance: random.Random):
    text = "".join(parts)
    shown_text, held, place = "", "", 0
    while place < len(text):
        end = place + chance.randint(1, 7)
        more, held = take_tags(held + text[place:end], is_open=True)
        shown_text += more
        place = end
    more, _ = take_tags(held, is_open=False)

    assert shown_text + more == without_tags(text)


def test_a_tag_that_streams_in_is_never_seen(qtbot):
    transcript = shown(qtbot, [answer(1, "", Status.STREAMING)])
    for place in range(0, len(f"Look {TAG} here"), 5):
        transcript.grow(MessageId(1), f"Look {TAG} here"[place : place + 5])
        settle(transcript)
        assert "<" not in "".join(body(transcript, 0))

    transcript.update_message(answer(1, f"Look {TAG} here"))
    settle(transcript)

    assert body(transcript, 0) == ["Look  here"]


def test_what_looked_like_a_tag_to_the_end_is_shown(qtbot):
    transcript = shown(qtbot, [answer(1, "", Status.STREAMING)])
    transcript.grow(MessageId(1), "if a <")
    settle(transcript)

    transcript.update_message(answer(1, "if a <"))
    settle(transcript)

    assert body(transcript, 0) == ["if a <"]


# --- pictures of the answer


def test_a_picture_is_painted_when_it_is_there(qtbot, tmp_path):
    path = paint_file(tmp_path, width=300, height=200)
    transcript = shown(qtbot, [with_files(answer(1, "Here"), READY, p7=path)])

    wait_for_picture(qtbot, transcript)
    settle(transcript)

    assert (slots(transcript, 0)[0].rect.width(), slots(transcript, 0)[0].rect.height()) == (300, 200)
    assert color_in_slot(transcript, 0) == RED


@pytest.mark.parametrize(("width", "expected"), [(800, (512, 256)), (400, (364, 182))])
def test_a_large_picture_is_as_wide_as_there_is_room(qtbot, tmp_path, width, expected):
    path = paint_file(tmp_path, width=2000, height=1000)

    transcript = shown(qtbot, [with_files(answer(1, "Here"), READY, p7=path)], width=width)

    rect = slots(transcript, 0)[0].rect
    assert (rect.width(), rect.height()) == expected


def test_the_place_of_a_picture_is_kept_while_it_comes(qtbot, tmp_path):
    transcript = shown(qtbot, [with_files(answer(1, "Here", Status.STREAMING), LOADING)])
    before = slots(transcript, 0)[0].rect
    assert any("picture" in text for text in marks(transcript, 0))

    transcript.set_file_progress(FileId(7), 30, 60)
    settle(transcript)
    assert transcript.files.progress(LOADING) == 0.5

    path = paint_file(tmp_path, width=1024, height=1024)
    transcript.update_message(with_files(answer(1, "Here"), READY, p7=path))
    wait_for_picture(qtbot, transcript)

    assert slots(transcript, 0)[0].rect == before
    assert color_in_slot(transcript, 0) == RED


def test_a_picture_that_arrives_above_does_not_move_what_is_read(qtbot, tmp_path):
    path = paint_file(tmp_path, width=500, height=90)
    transcript = shown(qtbot, [with_files(answer(1, "Here"), LOADING), user(2, "Then?"), answer(3, LONG)])
    transcript.show_offset(transcript.rows.total_height / 2)
    settle(transcript)
    before = top_line(transcript)

    transcript.update_message(with_files(answer(1, "Here"), READY, p7=path))
    settle(transcript)

    assert top_line(transcript) == before


def test_a_picture_that_failed_offers_to_try_again(qtbot):
    transcript = shown(qtbot, [with_files(answer(1, "Here"), chat_file(7, "cat.png", state=FileState.FAILED))])

    with qtbot.waitSignal(transcript.file_retry_requested) as asked:
        click_zone(transcript, zones(transcript, ZoneKind.FILE_RETRY)[0])

    assert asked.args == [7]


def test_a_file_that_is_no_picture_becomes_a_card(qtbot, tmp_path):
    (tmp_path / "cat.png").write_bytes(b"<svg xmlns='http://www.w3.org/2000/svg'/>")

    transcript = shown(qtbot, [with_files(answer(1, "Here"), READY, p7=str(tmp_path / "cat.png"))])

    assert not slots(transcript, 0)[0].is_picture
    assert "cat.png" in marks(transcript, 0)


@pytest.mark.qt_log_ignore("libpng")
def test_a_picture_that_breaks_off_is_shown_or_a_card_but_never_a_fault(qtbot, tmp_path):
    path = paint_file(tmp_path, width=300, height=200)
    content = (tmp_path / "cat.png").read_bytes()
    (tmp_path / "cat.png").write_bytes(content[:60])
    transcript = shown(qtbot, [with_files(answer(1, "Here"), READY, p7=path)])

    def is_settled() -> bool:
        transcript.grab()
        slot = slots(transcript, 0)[0]
        return not slot.is_picture or transcript.files.image(slot, 1.0) is not None

    qtbot.waitUntil(is_settled)


def test_only_pictures_near_sight_are_decoded(qtbot, tmp_path):
    path = [paint_file(tmp_path, f"{number}.png", 200, 200) for number in range(100)]
    views = [with_files(answer(n + 1, "Here"), chat_file(n, f"{n}.png"), **{f"p{n}": path[n]}) for n in range(100)]
    loaded = []
    pictures = Pictures()
    pictures.loaded.connect(loaded.append)
    transcript = shown(qtbot)
    transcript.set_pictures(pictures)

    transcript.show_chat(CHAT, views)
    settle(transcript)
    qtbot.waitUntil(lambda: path[99] in loaded)

    assert len(set(loaded)) < 8


# --- attached files, cards


def test_attached_files_stand_under_the_question(qtbot, tmp_path):
    path = paint_file(tmp_path, width=900, height=900)
    files = (
        chat_file(1, "report.pdf", FileKind.TEXT, is_generated=False),
        chat_file(2, "photo.png", is_generated=False),
        chat_file(3, "talk.mp3", FileKind.AUDIO, FileState.UPLOADING, is_generated=False),
    )

    transcript = shown(qtbot, [with_files(user(1, "Look"), *files, p2=path, p1=path)])

    assert "report.pdf" in marks(transcript, 0)
    assert "Uploading…" in marks(transcript, 0)
    assert [slot.is_picture for slot in slots(transcript, 0)] == [False, True, False]
    assert slots(transcript, 0)[1].rect.height() == 160
    right = transcript.rows.frame.width
    assert all(slot.rect.left() >= 0 and slot.rect.right() <= right for slot in slots(transcript, 0))


def test_a_3d_model_is_saved_from_its_card(qtbot, tmp_path):
    model = tmp_path / "stored"
    model.write_bytes(b"Kaydara FBX Binary  \x00")
    transcript = shown(
        qtbot, [with_files(answer(1, "Here"), chat_file(7, "cube.fbx", FileKind.MODEL_3D), p7=str(model))]
    )

    click_zone(transcript, zones(transcript, ZoneKind.FILE_SAVE)[0])

    dialog = transcript.window().findChild(type_of_dialog())
    assert dialog.selectedFiles()[0].endswith("cube.fbx")
    dialog.close()


def type_of_dialog():
    from PySide6.QtWidgets import QFileDialog

    return QFileDialog


def test_a_file_that_is_not_here_is_asked_for(qtbot):
    transcript = shown(qtbot, [with_files(answer(1, "Here"), chat_file(7, "cube.fbx", FileKind.MODEL_3D))])

    with qtbot.waitSignal(transcript.file_retry_requested):
        click_zone(transcript, zones(transcript, ZoneKind.FILE_RETRY)[0])


# --- what is done with them


def test_enter_opens_the_picture_and_escape_closes_it(qtbot, tmp_path):
    path = paint_file(tmp_path, width=300, height=200)
    transcript = shown(qtbot, [with_files(answer(1, "Here"), READY, p7=path)])
    transcript.activateWindow()
    transcript.setFocus()
    picture = zones(transcript, ZoneKind.FILE)[0]
    while transcript.highlights.focused_zone != picture.key:
        QTest.keyClick(transcript, Qt.Key.Key_Tab)
    assert "cat.png" in transcript.accessibleDescription()

    QTest.keyClick(transcript, Qt.Key.Key_Return)
    viewer = transcript.findChild(PictureViewer)
    assert viewer is not None
    assert viewer.isVisible()

    QTest.keyClick(viewer, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: transcript.findChild(PictureViewer) is None)


def test_the_menu_of_a_picture_copies_it(qtbot, tmp_path):
    path = paint_file(tmp_path, width=300, height=200)
    transcript = shown(qtbot, [with_files(answer(1, "Here"), READY, p7=path)])
    point = transcript.zones.rect(zones(transcript, ZoneKind.FILE)[0]).center()
    menu = transcript.menu.build(point)
    actions = {action.text(): action for action in menu.actions()}
    assert {"Open picture", "Copy picture", "Save as…"} <= actions.keys()

    actions["Copy picture"].trigger()

    qtbot.waitUntil(lambda: QGuiApplication.clipboard().image().width() == 300)
    menu.close()


def test_copying_a_message_names_its_files_and_not_their_tags(qtbot, tmp_path):
    path = paint_file(tmp_path)
    transcript = shown(qtbot, [with_files(answer(1, f"A cat {TAG}"), READY, p7=path)])

    transcript.copying.copy_message(0)

    assert QGuiApplication.clipboard().text() == "A cat\n\nPicture: cat.png"
    assert "img" not in QGuiApplication.clipboard().mimeData().html()


def test_a_message_that_is_only_a_picture_can_be_copied(qtbot, tmp_path):
    path = paint_file(tmp_path)
    transcript = shown(qtbot, [with_files(answer(1, TAG), READY, p7=path)])

    click_zone(transcript, zones(transcript, ZoneKind.COPY_MESSAGE)[0])

    assert QGuiApplication.clipboard().text() == "Picture: cat.png"


def test_the_copy_that_is_dragged_has_the_name_of_the_file(qtbot, tmp_path):
    from gigadesk.ui.widgets.drag_out import DragOut, file_data

    path = paint_file(tmp_path, "0123abcd.png")
    transcript = shown(qtbot)
    drag = DragOut(transcript)
    from pathlib import Path

    copy = drag.prepare(Path(path), "кот на закате.png")
    assert copy is not None
    assert copy.name == "кот на закате.png"
    assert copy.read_bytes() == Path(path).read_bytes()
    assert [url.toLocalFile() for url in file_data(copy).urls()] == [str(copy)]

    transcript.close()
    assert not copy.exists()


def test_a_saved_message_keeps_its_files_through_a_change_of_theme_and_language(qtbot, tmp_path):
    path = paint_file(tmp_path, width=300, height=200)
    view = with_files(answer(1, "Here"), READY, p7=path)
    transcript = shown(qtbot, [view])

    transcript.update_message(with_message(view, seconds=3.0))
    transcript.resize(480, 600)
    settle(transcript)

    assert slots(transcript, 0)[0].is_picture


def test_the_saver_is_made_with_the_first_wish(qtbot):
    transcript = shown(qtbot, [answer(1, "Here")])

    assert transcript.findChild(FileSaver) is None
