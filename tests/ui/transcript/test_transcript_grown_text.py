"""Of a long paragraph or code that grows, only the last lines are laid out and painted again; nothing tells it from
one that was laid out as a whole."""

import random

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication, QImage

from gigadesk.chat import MessageId, Status
from gigadesk.ui.transcript import Transcript
from gigadesk.ui.transcript.layout.boxes import Box
from gigadesk.ui.transcript.layout.grown_text import GrownText
from tests.ui.transcript.transcript_support import answer, settle, shown

TEXT = (
    "Предложение абзаца, with *some* English `code` and **bold words** of [a link](https://example.org/x) wait ! x/y "
    "well-known 100 % (see) — да… ~~strike it~~ «кавычки» a_b double 😀 end."
)
ROUND_THE_BAR = 40
"""The scroll bar at the right edge follows later."""


def words(count: int, seed: int) -> str:
    pieces, known = random.Random(seed), TEXT.split(" ")
    return " ".join(pieces.choice(known) for _ in range(count))


def code(lines: int) -> str:
    return "".join(f"def f{n}(x): return [x, {n}]  # line {n}\n" for n in range(lines))


def mixed(seed: int) -> str:
    rows = "".join(f"| {n} | {words(n % 3 * 20, n)} |\n" for n in range(1, 9))
    items = f"- {words(120, seed + 1)}\n- {words(40, seed + 2)}\n  - inside\n  - {words(90, seed + 3)}\n- end"
    return "\n\n".join(
        [
            words(250, seed),
            items,
            f"> {words(120, seed + 4)}",
            f"```text\n{code(40)}```",
            f"| a | b |\n|---|--:|\n{rows}",
            words(150, seed + 5),
        ]
    )


def growing(qtbot) -> Transcript:
    transcript = shown(qtbot, [answer(1, "", Status.STREAMING)], width=700, height=500)
    transcript.growth.is_calm = True
    return transcript


def on_screen(transcript: Transcript) -> QImage:
    """What is in the window: not painted for the picture, as by `grab`."""
    QCoreApplication.processEvents()
    while transcript.arranger.is_partial:  # on a busy machine a page comes in turns
        QCoreApplication.processEvents()
    width = transcript.width() - ROUND_THE_BAR
    return QGuiApplication.primaryScreen().grabWindow(transcript.winId(), 0, 0, width, transcript.height()).toImage()


def box_of(transcript: Transcript) -> Box:
    return transcript.rows.open(0).box(1)


@pytest.mark.parametrize("seed", range(3))
def test_it_looks_like_a_new_layout_that_is_painted_as_a_whole(qtbot, seed):
    grown, new = growing(qtbot), growing(qtbot)
    pieces, text, place, kept = random.Random(seed), mixed(seed), 0, 0

    while place < len(text):
        delta = text[place : place + pieces.choice((3, 90, 100, 300))]
        place += len(delta)
        new.rows.open(0).body.drop_boxes()
        for each in (grown, new):
            each.grow(MessageId(1), delta)
            each.show_pending()
        new.viewport().update()

        item = grown.rows.open(0)
        kept += any(isinstance(part, GrownText) for row in range(1, item.row_count - 1) for part in item.box(row).parts)
        # One row of pixels at the upper edge: what reaches into it from a line above is moved along or left out.
        picture = on_screen(grown).copy(0, 1, 600, 499)
        assert picture == on_screen(new).copy(0, 1, 600, 499), text[:place]

    assert kept > 20


@pytest.mark.parametrize("text", [words(300, 7), f"```text\n{code(45)}"], ids=["paragraph", "code"])
def test_places_lines_and_areas_are_those_of_a_whole_layout(qtbot, text):
    transcript = growing(qtbot)
    for place in range(0, len(text), 80):
        transcript.grow(MessageId(1), text[place : place + 80])
        settle(transcript)
    [grown] = box_of(transcript).parts
    transcript.rows.open(0).body.drop_boxes()
    [whole] = box_of(transcript).parts

    assert isinstance(grown, GrownText)
    assert not isinstance(whole, GrownText)
    assert (grown.text, grown.start, grown.length, grown.height) == (
        whole.text,
        whole.start,
        whole.length,
        whole.height,
    )
    assert (grown.links, grown.notes) == (whole.links, whole.notes)
    for place in range(whole.length + 1):
        assert grown.caret(place) == whole.caret(place), place
        assert grown.line_bounds(place) == whole.line_bounds(place), place
        assert grown.top_of(place) == whole.top_of(place)
        areas = [[rect for rect in each.rects(place, place + 5) if rect.width()] for each in (grown, whole)]
        assert areas[0] == areas[1], place
    for y in range(0, int(whole.height) + 9, 3):
        assert grown.first_place_of_line(y) == whole.first_place_of_line(y)
        assert grown.line_at(y)[0] == whole.line_at(y)[0]
        for x in range(0, 660, 13):
            assert grown.place_at(x, y) == whole.place_at(x, y), (x, y)
            assert grown.place_at(x, y, on_character=True) == whole.place_at(x, y, on_character=True)


@pytest.mark.parametrize("begun", [words(120, 3), f"```text\n{code(30)}"], ids=["paragraph", "code"])
def test_lines_that_stay_are_neither_laid_out_nor_painted_again(qtbot, begun):
    transcript = growing(qtbot)
    for delta in (begun, " and\nmore\n", " of\nit\n"):
        transcript.grow(MessageId(1), delta)
        settle(transcript)
    before = box_of(transcript).stretches[0]

    transcript.grow(MessageId(1), "and again\n")
    transcript.show_pending()
    transcript.arranged()

    body = transcript.rows.open(0).body
    assert box_of(transcript).stretches[0] is before
    assert before.height > 3 * before.line_style.pitch
    assert body.kept_height(0) > 3 * before.line_style.pitch
    body.drop_boxes()
    assert body.kept_height(0) == 0


@pytest.mark.parametrize("more", ["السلام عليكم ", "$x^2$ ", "![picture](https://example.org/x.png) "])
def test_a_text_with_what_reaches_beyond_a_line_is_laid_out_as_a_whole(qtbot, more):
    transcript = growing(qtbot)
    for delta in (words(120, 3), " and more", f" {more}" * 3, " and the end of it"):
        transcript.grow(MessageId(1), delta)
        settle(transcript)

    assert not any(isinstance(part, GrownText) for part in box_of(transcript).parts)


def test_code_that_grows_takes_its_colours(qtbot):
    transcript = growing(qtbot)
    text = f"```python\n{code(40)}"
    for place in range(0, len(text), 200):
        transcript.grow(MessageId(1), text[place : place + 200])
        settle(transcript)
    qtbot.waitUntil(lambda: not transcript.rows.open(0).body.awaits_colors(0), timeout=30_000)
    settle(transcript)
    [part] = box_of(transcript).parts
    assert isinstance(part, GrownText)
    picture = transcript.grab().toImage()

    transcript.rows.open(0).body.drop_boxes()
    transcript.stage.refresh()

    assert transcript.grab().toImage() == picture


def test_colours_that_come_late_reach_lines_that_stay(qtbot):
    transcript = growing(qtbot)
    for delta in (f"```python\n{code(20)}", code(20)):
        transcript.grow(MessageId(1), delta)
        transcript.show_pending()
        transcript.arranged()
    first = box_of(transcript).stretches[0]
    assert first.made_of == ()
    transcript.growth.throttle.set_hidden(is_hidden=True)

    qtbot.waitUntil(lambda: transcript.growth.has_colors, timeout=30_000)
    transcript.grow(MessageId(1), code(1))
    transcript.show_pending()
    transcript.arranged()

    assert box_of(transcript).stretches[0] is first
    assert first.made_of
    assert transcript.rows.open(0).body.kept_height(0) == 0
