"""Code blocks: their buttons, folding, numbers, wrapping, saving and colours, pressed as a reader does."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from gigadesk.chat import MessageId, Status
from gigadesk.ui.theme import DARK
from gigadesk.ui.transcript.layout.boxes import ZoneKind
from gigadesk.ui.transcript.layout.code_names import file_name
from tests.ui.transcript.transcript_support import (
    CHAT,
    answer,
    click_zone,
    point_of,
    selected_text,
    settle,
    shown,
    top_line,
    zones,
)

LINES = [f"line_{number} = {number}" for number in range(1, 131)]
LONG = "Before\n\n```python\n" + "\n".join(LINES) + "\n```\n\nAfter"
WIDE = "```\nshort\n" + "word " * 60 + "\nend\n```"
NESTED = "1. First\n\n   ```python\n" + "\n".join(f"   nested_{n} = {n}" for n in range(120)) + "\n   ```\n\n2. Second"


def clipboard() -> str:
    return QGuiApplication.clipboard().text()


def press(transcript, kind, number=0):
    click_zone(transcript, zones(transcript, kind)[number])
    settle(transcript)


def code_text(transcript, message=0):
    """The text of code that is laid out, with its numbers of lines left out."""
    item = transcript.rows.items[message]
    return "\n".join(
        part.text for row in range(1, len(item.blocks) + 1) for spot in item.box(row).codes for part in spot.parts
    )


def numbers(transcript, row):
    from gigadesk.ui.transcript.layout.boxes import LineNumbers

    box = transcript.rows.items[0].box(row)
    return [number for each in box.ornaments if isinstance(each, LineNumbers) for number, _ in each.numbers]


def test_long_code_is_folded_and_unfolds_in_place(qtbot):
    transcript = shown(qtbot, [answer(1, LONG)])
    assert point_of(transcript, "After").y() < transcript.height()
    assert "line_30 " not in code_text(transcript)
    before = point_of(transcript, "line_1 =")

    press(transcript, ZoneKind.CODE_FOLD, 1)

    assert code_text(transcript).split("\n") == LINES
    assert point_of(transcript, "line_1 =") == before


def test_folding_from_its_end_brings_the_header_into_sight(qtbot):
    around = "\n\n".join(["Text"] * 40)
    transcript = shown(qtbot, [answer(1, f"{around}\n\n{LONG}\n\n{around}")])
    transcript.show_offset(900)
    settle(transcript)
    press(transcript, ZoneKind.CODE_FOLD)
    for _ in range(30):
        transcript.scroll_by(100)
        settle(transcript)
        if [found.zone.value for found in zones(transcript, ZoneKind.CODE_FOLD)] == ["0 foot"]:
            break

    press(transcript, ZoneKind.CODE_FOLD, -1)

    assert top_line(transcript)[0].startswith("line_1 =")
    assert "line_30 " not in code_text(transcript)


def test_what_is_unfolded_stays_so_when_the_chat_is_left_or_looks_otherwise(qtbot):
    transcript = shown(qtbot, [answer(1, LONG)])
    press(transcript, ZoneKind.CODE_FOLD)

    transcript.set_theme(DARK)
    transcript.show_chat(CHAT, [answer(7, "Another")])
    settle(transcript)
    transcript.show_chat(CHAT, [answer(1, LONG)])
    settle(transcript)

    assert code_text(transcript).split("\n") == LINES


def test_code_that_was_seen_while_it_was_written_never_folds_by_itself(qtbot):
    transcript = shown(qtbot, [answer(1, "", Status.STREAMING)])
    for start in range(0, len(LONG), 200):
        transcript.grow(MessageId(1), LONG[start : start + 200])
        settle(transcript)

    transcript.update_message(answer(1, LONG))
    settle(transcript)

    assert code_text(transcript).split("\n") == LINES


def test_code_that_is_folded_while_it_is_written_stays_so_and_counts_on(qtbot):
    transcript = shown(qtbot, [answer(1, "", Status.STREAMING)])
    transcript.grow(MessageId(1), LONG[:1000])
    settle(transcript)
    qtbot.waitUntil(lambda: not transcript.is_parsing)
    transcript.show_offset(0)
    settle(transcript)
    press(transcript, ZoneKind.CODE_FOLD)

    transcript.grow(MessageId(1), LONG[1000:])
    settle(transcript)

    assert "line_30 " not in code_text(transcript)
    assert any("130" in found.zone.name for found in zones(transcript, ZoneKind.CODE_FOLD))


def test_a_folded_code_is_read_past_with_keys_both_ways(qtbot):
    tall = "\n\n".join(["Text"] * 40)
    transcript = shown(qtbot, [answer(1, f"{LONG}\n\n{tall}\n\n{LONG.replace('Before', 'Twice')}")])

    transcript.show_offset(0)
    settle(transcript)
    for _ in range(12):
        QTest.keyClick(transcript, Qt.Key.Key_PageDown)
        settle(transcript)
    assert transcript.arranged().is_at_end
    for _ in range(12):
        QTest.keyClick(transcript, Qt.Key.Key_PageUp)
        settle(transcript)

    assert point_of(transcript, "Before").y() < 200


def test_numbers_count_on_in_the_pieces_and_are_neither_selected_nor_copied(qtbot):
    transcript = shown(qtbot, [answer(1, LONG)])
    press(transcript, ZoneKind.CODE_FOLD)
    press(transcript, ZoneKind.CODE_NUMBERS)

    rows = range(2, len(transcript.rows.items[0].blocks))
    assert [number for row in rows for number in numbers(transcript, row)] == [str(n) for n in range(1, 131)]
    transcript.select_all()
    assert LINES[50] in selected_text(transcript).split("\n")
    press(transcript, ZoneKind.COPY_CODE)
    assert clipboard() == "\n".join(LINES)


def test_wrapping_shows_the_end_of_a_long_line(qtbot):
    transcript = shown(qtbot, [answer(1, WIDE)])
    area = transcript.rows.items[0].box(1).areas[0]
    assert area.reach > 0
    height = transcript.rows.items[0].box(1).height

    press(transcript, ZoneKind.CODE_WRAP)

    box = transcript.rows.items[0].box(1)
    assert box.areas[0].reach == 0
    assert box.height > height
    assert zones(transcript, ZoneKind.CODE_WRAP)[0].zone.is_checked
    press(transcript, ZoneKind.CODE_NUMBERS)
    assert numbers(transcript, 1) == ["1", "2", "3"]
    press(transcript, ZoneKind.CODE_WRAP)
    assert transcript.rows.items[0].box(1).areas[0].reach > 0


def test_state_of_a_code_survives_growth_of_its_answer(qtbot):
    transcript = shown(qtbot, [answer(1, WIDE + "\n\nmore", Status.STREAMING)])
    transcript.update_message(answer(1, WIDE + "\n\nmore", Status.STREAMING))
    press(transcript, ZoneKind.CODE_WRAP)

    transcript.grow(MessageId(1), " and more\n\n```\nx\n```\n")
    settle(transcript)

    assert [found.zone.is_checked for found in zones(transcript, ZoneKind.CODE_WRAP)] == [True, False]


def test_every_button_works_with_the_keyboard(qtbot):
    transcript = shown(qtbot, [answer(1, LONG)])
    transcript.setFocus()
    pressed = []

    while transcript.focusNextPrevChild(True) and transcript.highlights.focused_zone:
        kind = transcript.highlights.focused_zone[1][0]
        if kind is ZoneKind.CODE_FOLD:
            break
        if kind in {ZoneKind.CODE_WRAP, ZoneKind.CODE_NUMBERS}:
            QTest.keyClick(transcript, Qt.Key.Key_Return)
            settle(transcript)
            pressed.append(kind)
    QTest.keyClick(transcript, Qt.Key.Key_Space)
    settle(transcript)

    assert pressed == [ZoneKind.CODE_NUMBERS, ZoneKind.CODE_WRAP]
    assert numbers(transcript, 2)[:2] == ["1", "2"]
    assert code_text(transcript).split("\n") == LINES
    assert transcript.highlights.focused_zone[1][0] is ZoneKind.CODE_FOLD


def test_code_in_a_list_is_copied_whole_from_any_piece(qtbot):
    transcript = shown(qtbot, [answer(1, NESTED)])

    press(transcript, ZoneKind.COPY_CODE)

    assert clipboard().split("\n") == [f"nested_{n} = {n}" for n in range(120)]


def test_a_line_of_a_megabyte_is_copied_as_one_line(qtbot):
    transcript = shown(qtbot, [answer(1, "```\n" + "y" * 300_000 + "\nend\n```")])
    qtbot.waitUntil(lambda: not transcript.is_parsing, timeout=30_000)
    transcript.show_offset(0)
    settle(transcript)

    press(transcript, ZoneKind.COPY_CODE)

    assert clipboard() == "y" * 300_000 + "\nend"


def test_copied_code_has_no_escapes_and_says_what_is_hidden(qtbot):
    from PySide6.QtWidgets import QToolTip

    transcript = shown(qtbot, [answer(1, "```bash\n\x1b[31mrm\x1b[0m \u202ex\u200b\x00\n\n```")])

    press(transcript, ZoneKind.COPY_CODE)

    assert clipboard() == "[31mrm[0m \u202ex\u200b\ufffd" or clipboard() == "[31mrm[0m \u202ex\u200b"
    assert "2" in QToolTip.text()
    QToolTip.hideText()


def test_hidden_characters_of_later_pieces_are_counted_in_the_header(qtbot):
    text = "```\n" + "\n".join(LINES) + "\n\u202e\n```"
    transcript = shown(qtbot, [answer(1, "", Status.STREAMING)])

    for start in range(0, len(text), 300):
        transcript.grow(MessageId(1), text[start : start + 300])
        settle(transcript)

    assert any("1" in mark.text and ":" in mark.text for mark in transcript.rows.items[0].box(1).marks)


def test_code_is_saved_under_a_sensible_name(qtbot, tmp_path):
    transcript = shown(qtbot, [answer(1, LONG)])
    press(transcript, ZoneKind.CODE_SAVE)
    dialog = transcript.window().findChild(QFileDialog)
    assert Path(dialog.selectedFiles()[0]).name == "code.py"
    target = tmp_path / "code.py"

    dialog.fileSelected.emit(str(target))
    qtbot.waitUntil(target.exists)
    dialog.close()

    assert target.read_text(encoding="utf-8") == "\n".join(LINES) + "\n"
    assert target.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("language", "fence", "text", "name"),
    [
        ("python", "```python", "x = 1", "code.py"),
        ("", "```", "x", "code.txt"),
        ("docker", "```dockerfile", "FROM x", "Dockerfile"),
        ("make", "```make", "all:", "Makefile"),
        ("python", '```python title="src/app.py"', "x", "app.py"),
        ("python", "```python:src/app.py", "x", "app.py"),
        ("js", "```js index.js", "x", "index.js"),
        ("python", "```python", "# main.py\nx", "main.py"),
        ("js", "```js", "// src/a/index.test.js\nx", "index.test.js"),
        ("html", "```html", "<!-- index.html -->\nx", "index.html"),
        ("python", "```python", "# see app.py for more\nx", "code.py"),
        ("python", "```python", "# ../../../.bashrc\nx", "bashrc"),
        ("python", "```python title=CON.py", "x", "code.py"),
        ("bsl", "```bsl", "x", "code.bsl"),
        ("c++", "```c++", "x", "code.cpp"),
        ("nonsense", "```nonsense", "x", "code.txt"),
        ("python", "```python title=a\u202egpj.exe.py", "x", "code.py"),
    ],
)
def test_name_of_a_file_comes_from_the_code(language, fence, text, name):
    assert file_name(language, fence, text) == name


def test_menu_offers_what_the_buttons_do(qtbot):
    transcript = shown(qtbot, [answer(1, LONG)])
    menu = transcript.menu.build(point_of(transcript, "line_3 =").toPointF())
    by_name = {action.text(): action for action in menu.actions()}

    by_name["Show line numbers"].trigger()
    by_name["Copy code"].trigger()
    settle(transcript)
    menu.close()

    assert numbers(transcript, 2)[:2] == ["1", "2"]
    assert clipboard() == "\n".join(LINES)
    assert {"Save code as file…", "Wrap lines", "Show all lines: 130"} <= set(by_name)


def test_colours_come_for_every_piece_and_span_them(qtbot):
    text = '```python\nx = """begin\n' + "\n".join("if this is text" for _ in range(150)) + '\n"""\ny = None\n```'
    transcript = shown(qtbot, [answer(1, text)], height=3000)
    press(transcript, ZoneKind.CODE_FOLD)
    item = transcript.rows.items[0]

    def kinds(row):
        colors = item.box(row).codes[0].facts.colors
        return {kind for _, _, kind in colors.runs} if colors and colors.is_whole else None

    qtbot.waitUntil(lambda: transcript.grab() and kinds(len(item.blocks)) is not None, timeout=30_000)

    assert kinds(2) == {"string"}
    assert kinds(3) == {"string"}
    assert "number" in kinds(len(item.blocks))


def test_code_that_names_its_language_is_not_laid_out_again_for_its_colours(qtbot):
    transcript = shown(qtbot, [answer(1, "```python\nwhile True:\n    x = 1\n```")])
    item = transcript.rows.open(0)
    box = item.box(1)

    qtbot.waitUntil(lambda: box.codes[0].facts.colors is not None, timeout=30_000)

    assert item.box(1) is box


def test_growing_code_keeps_the_colours_it_has(qtbot):
    transcript = shown(qtbot, [answer(1, "", Status.STREAMING)])
    transcript.grow(MessageId(1), "```python\ndef first(): pass\ndef second(): pass\n")
    settle(transcript)
    item = transcript.rows.items[0]

    def colors():
        return item.box(1).codes[0].facts.colors

    qtbot.waitUntil(lambda: transcript.grab() and colors() is not None and bool(colors().runs), timeout=30_000)
    before = [run for run in colors().runs if run[0] < 20]

    for _ in range(20):
        transcript.grow(MessageId(1), "x = 1\n")
        settle(transcript)
        assert [run for run in colors().runs if run[0] < 20] == before


def test_code_stays_in_sight_and_under_the_mouse_when_its_colours_come(qtbot):
    transcript = shown(qtbot, [answer(1, "", Status.STREAMING)])
    transcript.grow(MessageId(1), "```python\ndef first(): pass\n")
    settle(transcript)
    item = transcript.rows.items[0]

    def is_coloured():
        colors = item.box(1).codes[0].facts.colors
        return colors is not None and colors.is_whole

    qtbot.waitUntil(lambda: transcript.grab() and is_coloured(), timeout=30_000)
    # The language is known now: this line is laid out at once, and coloured where it is.
    transcript.grow(MessageId(1), "def second(): pass\n")
    settle(transcript)
    box = item.box(1)
    place, paper = point_of(transcript, "second", 2), transcript.grab()
    assert not is_coloured()
    qtbot.waitUntil(is_coloured, timeout=30_000)

    assert item.box(1) is box
    assert point_of(transcript, "second", 2) == place
    assert ink(transcript.grab(), place) == pytest.approx(ink(paper, place), rel=0.3)
    QTest.mouseDClick(transcript.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert selected_text(transcript) == "second"


def ink(picture, place):
    """How much is written around a place."""
    image = picture.toImage()
    ground = image.pixelColor(place.x(), place.y() - 8)
    return sum(image.pixelColor(place.x() + x, place.y() + y) != ground for x in range(-12, 24) for y in range(-6, 7))


def test_language_of_code_without_a_name_is_guessed_and_shown(qtbot):
    transcript = shown(qtbot, [answer(1, "```\nimport os\n\ndef f(x):\n    return x\n```")])

    qtbot.waitUntil(
        lambda: transcript.grab() and transcript.rows.items[0].box(1).marks[0].text == "Code · Python", timeout=30_000
    )


def test_context_menu_key_on_a_button_offers_the_code(qtbot):
    transcript = shown(qtbot, [answer(1, LONG)])
    transcript.setFocus()
    transcript.focusNextPrevChild(True)

    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(1, 1), QPoint(1, 1))
    transcript.menu.show(event)
    from PySide6.QtWidgets import QMenu

    menu = transcript.findChild(QMenu)
    assert "Copy code" in [action.text() for action in menu.actions()]
    menu.close()
