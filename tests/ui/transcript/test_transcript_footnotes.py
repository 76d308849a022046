"""Footnotes in the view: small numbers that lead to their note, and the way back."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from gigadesk.ui.transcript.layout.boxes import ZoneKind
from tests.ui.transcript.transcript_support import answer, settle, shown, zones

FILLER = "\n\n".join(f"Paragraph {number} between the text and its notes." for number in range(40))
TEXT = f"First word[^1] and second[^two].\n\n{FILLER}\n\n[^1]: The first note.\n\n    With more.\n[^two]: The second.\n"


def light(transcript):
    """What has the light of the keyboard: kind, label, and whether it is in sight."""
    for found in transcript.zones.in_sight():
        if found.key == transcript.highlights.focused_zone:
            return found.zone.kind, found.zone.value
    return None


def click(transcript, kind, label):
    found = next(found for found in zones(transcript, kind) if found.zone.value == label)
    rect = transcript.zones.rect(found)
    point = QPoint(round(rect.center().x()), round(rect.center().y()))
    QTest.mouseClick(transcript.viewport(), Qt.MouseButton.LeftButton, pos=point)
    settle(transcript)


def test_click_on_a_number_leads_to_its_note_and_the_arrow_back(qtbot):
    transcript = shown(qtbot, [answer(1, TEXT)])
    transcript.show_offset(0)
    settle(transcript)

    click(transcript, ZoneKind.FOOTNOTE, "two")

    assert light(transcript) == (ZoneKind.FOOTNOTE_BACK, "two")
    click(transcript, ZoneKind.FOOTNOTE_BACK, "two")
    assert light(transcript) == (ZoneKind.FOOTNOTE, "two")


def test_keyboard_goes_to_a_note_and_back(qtbot):
    transcript = shown(qtbot, [answer(1, TEXT)])
    transcript.show_offset(0)
    transcript.setFocus(Qt.FocusReason.OtherFocusReason)
    for _ in range(5):
        QTest.keyClick(transcript, Qt.Key.Key_Tab)
        if light(transcript) == (ZoneKind.FOOTNOTE, "1"):
            break

    QTest.keyClick(transcript, Qt.Key.Key_Return)
    settle(transcript)
    at_note = light(transcript)
    QTest.keyClick(transcript, Qt.Key.Key_Return)
    settle(transcript)

    assert at_note == (ZoneKind.FOOTNOTE_BACK, "1")
    assert light(transcript) == (ZoneKind.FOOTNOTE, "1")


def test_arrow_leads_back_to_the_number_that_was_followed(qtbot):
    text = "One[^a] is here.\n\n" + FILLER + "\n\nTwo[^a] is there.\n\n" + FILLER + "\n\n[^a]: Note.\n"
    transcript = shown(qtbot, [answer(1, text)])
    second = next(row for row in range(60) if "Two" in str(transcript.rows.items[0].blocks[row].spans[0].text))
    from gigadesk.ui.transcript.messages.rows import RowKey

    transcript.show_offset(transcript.rows.top_of(RowKey(0, second + 1)))
    settle(transcript)

    click(transcript, ZoneKind.FOOTNOTE, "a")
    click(transcript, ZoneKind.FOOTNOTE_BACK, "a")

    assert transcript.highlights.focused_zone[0] == RowKey(0, second + 1)


def test_nothing_outside_is_opened(qtbot):
    transcript = shown(qtbot, [answer(1, "Word[^1].\n\n[^1]: Note.\n")])
    opened = []
    transcript.link_activated.connect(opened.append)

    click(transcript, ZoneKind.FOOTNOTE, "1")
    click(transcript, ZoneKind.FOOTNOTE_BACK, "1")

    assert opened == []


def test_number_and_arrow_have_names_for_screen_readers(qtbot):
    transcript = shown(qtbot, [answer(1, "Word[^1].\n\n[^1]: Note.\n")])

    names = [
        found.zone.name for kind in (ZoneKind.FOOTNOTE, ZoneKind.FOOTNOTE_BACK) for found in zones(transcript, kind)
    ]

    assert names == ["Footnote 1", "Footnote 1: back to the text"]


def test_copy_gives_markdown_html_and_plain_text(qtbot):
    transcript = shown(qtbot, [answer(1, "Word[^n].\n\n[^n]: Note.\n")])

    transcript.select_all()
    transcript.copy()

    data = QGuiApplication.clipboard().mimeData()
    assert "Word[^n].\n\n[^n]: Note." in bytes(data.data("text/markdown")).decode()
    assert '<p>Word<sup><a href="#footnote-1">1</a></sup>.</p>' in data.html()
    assert '<div id="footnote-1"><small><sup>1</sup> Note.</small></div>' in data.html()


def test_part_of_a_note_is_copied_as_markdown_that_reads_back(qtbot):
    from gigadesk.markdown import parse
    from gigadesk.ui.transcript.copy.markdown_writer import markdown_text
    from gigadesk.ui.transcript.copy.plain_writer import plain_text
    from gigadesk.ui.transcript.layout.pieces import clip, text_of

    note = parse("[^n]: One two.\n\n    - three[^n]\n")[0]

    assert text_of(note) == "One two.\nthree1"
    assert markdown_text([clip(note, 4, 14)]) == "[^n]: two.\n\n    - three"
    assert plain_text([note]) == "[1] One two.\n\n• three[1]"
