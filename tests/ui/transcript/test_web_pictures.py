"""Pictures of the web that an answer names: never touched until the user asks."""

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest

from gigadesk.ui.picture_viewer import PictureViewer
from gigadesk.ui.transcript.layout.boxes import ZoneKind
from gigadesk.ui.transcript.web_pictures import WebState
from tests.ui.transcript.transcript_support import answer, click_zone, selected_text, settle, shown, zones

ADDRESS = "https://example.org/cat.png?a=1"
SOURCE = f"Look: ![a cat]({ADDRESS}) here."


def requested(transcript) -> list[str]:
    asked: list[str] = []
    transcript.picture_requested.connect(asked.append)
    return asked


@pytest.fixture
def picture_file(tmp_path):
    image = QImage(300, 200, QImage.Format.Format_RGB32)
    image.fill(QColor("#3366cc"))
    path = tmp_path / "a.png"
    image.save(str(path))
    return str(path)


def test_a_picture_is_a_card_with_its_description_and_site(qtbot):
    transcript = shown(qtbot, [answer(1, SOURCE)])

    (card,) = zones(transcript, ZoneKind.PICTURE)

    assert card.zone.name == "a cat, Load picture from example.org"
    assert card.zone.value == ADDRESS


def test_a_picture_that_stands_alone_has_its_words_on_the_card(qtbot):
    transcript = shown(qtbot, [answer(1, f"Look:\n\n![a cat]({ADDRESS})")])

    (card,) = zones(transcript, ZoneKind.PICTURE)
    box = transcript.rows.box(card.row)
    (words,) = box.parts
    frame = card.zone.rects[0]

    assert [mark.text for mark in box.marks] == ["Load picture from example.org"]
    assert words.text == f"▣ a cat ({ADDRESS})"
    assert frame.left() < words.x
    assert words.y + words.height < frame.bottom()
    assert box.height == frame.bottom()


def test_direction_of_an_address_cannot_be_turned(qtbot):
    transcript = shown(
        qtbot, [answer(1, "see ![x](https://example.org/\u202egnp.exe) there\n\n![y](https://e.org/\u202ea)")]
    )

    texts = [part.text for card in zones(transcript, ZoneKind.PICTURE) for part in transcript.rows.box(card.row).parts]

    assert len(texts) == 2
    assert not any("\u202e" in text for text in texts)


def test_nothing_is_asked_for_until_the_card_is_clicked(qtbot):
    transcript = shown(qtbot, [answer(1, SOURCE)])
    asked = requested(transcript)
    settle(transcript)
    before = list(asked)

    click_zone(transcript, zones(transcript, ZoneKind.PICTURE)[0])

    assert before == []
    assert asked == [ADDRESS]


def test_the_keyboard_asks_too(qtbot):
    transcript = shown(qtbot, [answer(1, SOURCE)])
    asked = requested(transcript)
    transcript.setFocus(Qt.FocusReason.TabFocusReason)
    while transcript.accessibleDescription() != "a cat, Load picture from example.org":
        QTest.keyClick(transcript, Qt.Key.Key_Tab)

    QTest.keyClick(transcript, Qt.Key.Key_Return)

    assert asked == [ADDRESS]


@pytest.mark.parametrize(
    "address", ["/dev/zero", "file:///etc/passwd", "http://example.org/a.png", "data:image/png;base64,AA", "//x.y/a"]
)
def test_other_addresses_offer_nothing(qtbot, address):
    transcript = shown(qtbot, [answer(1, f"![x]({address})")])

    assert zones(transcript, ZoneKind.PICTURE) == []
    assert address in selected_whole(transcript)


def test_a_loaded_picture_stands_below_its_words_and_opens_large(qtbot, picture_file):
    transcript = shown(qtbot, [answer(1, SOURCE)])

    transcript.web_pictures.set_loading(ADDRESS)
    settle(transcript)
    loading = zones(transcript, ZoneKind.PICTURE)
    transcript.web_pictures.set_loaded(ADDRESS, picture_file)
    settle(transcript)
    rect = transcript.zones.rect(zones(transcript, ZoneKind.PICTURE)[0])
    qtbot.waitUntil(lambda: color_at(transcript, rect.center()) == "#3366cc")
    click_zone(transcript, zones(transcript, ZoneKind.PICTURE)[0])

    assert loading == []  # nothing to click while it comes
    assert (rect.width(), rect.height()) == (300, 200)
    viewer = transcript.window().findChild(PictureViewer)
    assert viewer is not None
    QTest.keyClick(viewer, Qt.Key.Key_Escape)


def test_a_failure_is_said_on_the_card_and_tried_again_with_a_click(qtbot):
    transcript = shown(qtbot, [answer(1, SOURCE)])
    asked = requested(transcript)

    transcript.web_pictures.set_failed(ADDRESS, "The site does not answer")
    settle(transcript)
    (card,) = zones(transcript, ZoneKind.PICTURE)
    click_zone(transcript, card)

    assert card.zone.name == "a cat, The site does not answer · Try again"
    assert asked == [ADDRESS]


def test_a_file_that_is_no_picture_after_all_is_a_failure(qtbot, tmp_path):
    path = tmp_path / "a.png"
    path.write_bytes(b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    transcript = shown(qtbot, [answer(1, SOURCE)])

    transcript.web_pictures.set_loaded(ADDRESS, str(path))

    assert transcript.web_pictures.of(ADDRESS).state is WebState.FAILED


def test_copying_gives_the_source_whether_it_is_loaded_or_not(qtbot, picture_file):
    transcript = shown(qtbot, [answer(1, SOURCE)])
    transcript.web_pictures.set_loaded(ADDRESS, picture_file)
    settle(transcript)

    transcript.select_all()

    assert transcript.selected_markdown().endswith(SOURCE)


def test_the_menu_loads_and_copies_the_address(qtbot):
    transcript = shown(qtbot, [answer(1, SOURCE)])
    asked = requested(transcript)
    rect = transcript.zones.rect(zones(transcript, ZoneKind.PICTURE)[0])

    menu = transcript.menu.build(QPointF(rect.center()))
    words = {action.text(): action for action in menu.actions()}
    words["Load picture"].trigger()

    assert "Copy the address" in words
    assert asked == [ADDRESS]
    menu.close()


def selected_whole(transcript) -> str:
    transcript.select_all()
    return selected_text(transcript)


def color_at(transcript, point) -> str:
    return transcript.viewport().grab().toImage().pixelColor(point.toPoint()).name()
