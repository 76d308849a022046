"""Formulas in the view: where their ink is, what is selected and copied of them, what moves when they come."""

import subprocess
import sys
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QImage, QPainter, QPicture
from PySide6.QtTest import QTest

from gigadesk.chat import Status
from gigadesk.ui.theme import DARK, LIGHT
from gigadesk.ui.transcript.layout.boxes import Area
from tests.ui.transcript.transcript_support import CHAT, LONG, answer, drag, point_of, settle, shown

DRAWN_MS = 60_000
HIGH = "$\\displaystyle\\frac{a}{b}$ words. "


def drawn(qtbot, transcript):
    """Every formula in sight has its picture, or will never have one."""

    def has_all():
        settle(transcript)
        return not any(box.awaited - {source for source in box.awaited if is_vain(source)} for box in boxes(transcript))

    qtbot.waitUntil(has_all, timeout=DRAWN_MS)
    settle(transcript)
    return transcript


def is_vain(source):
    return "broken" in source


def boxes(transcript):
    rows = transcript.rows
    return [rows.items[placed.key.message].box(placed.key.row) for placed in transcript.arranged().placed]


def parts(transcript):
    return [part for box in boxes(transcript) for part in box.parts if part.formulas]


def rect_of(transcript, source):
    """Where a formula stands in the viewport."""
    for placed in transcript.arranged().placed:
        box = transcript.rows.items[placed.key.message].box(placed.key.row)
        for part in box.parts:
            for start, end in part.sources:
                if part.text[start - part.start : end - part.start] == source:
                    corner = transcript.zones.point_in_row(QPointF(0, 0), placed.key)
                    rect = part.rects(start, end)[0]
                    return rect.translated(part.x - corner.x(), part.y - corner.y())
    raise AssertionError(source)


def ink(transcript, rect, color):
    """Bounds of what is painted in a colour, or nearly, in a part of the viewport."""
    image = transcript.viewport().grab().toImage()
    ratio = image.devicePixelRatio()
    found = QRectF()
    for y in range(round(rect.top() * ratio), round(rect.bottom() * ratio)):
        for x in range(round(rect.left() * ratio), round(rect.right() * ratio)):
            pixel = image.pixelColor(x, y)
            if abs(pixel.lightness() - color.lightness()) < 40:
                found = found.united(QRectF(x / ratio, y / ratio, 1 / ratio, 1 / ratio))
    return found


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_formula_is_painted_in_the_colour_of_the_text(qtbot, theme):
    transcript = shown(qtbot, [answer(1, "Word $x^2 + y^2 = z^2$ word")])
    transcript.set_theme(theme)
    drawn(qtbot, transcript)

    rect = rect_of(transcript, "$x^2 + y^2 = z^2$")
    painted = ink(transcript, rect, theme.text)

    assert painted.width() > 0.9 * rect.width()
    assert painted.height() > 0.4 * rect.height()


def test_color_follows_the_theme(qtbot):
    transcript = drawn(qtbot, shown(qtbot, [answer(1, "Word $x + y$ word")]))
    transcript.set_theme(DARK)
    settle(transcript)

    rect = rect_of(transcript, "$x + y$")

    assert ink(transcript, rect, DARK.text).width() > 0.8 * rect.width()


def test_source_stands_there_until_the_picture_comes_and_when_there_is_none(qtbot):
    transcript = shown(qtbot, [answer(1, "Word $x^2$ and $\\broken{x}$ word")])
    (part,) = boxes(transcript)[1].parts
    assert not part.formulas
    assert part.text == "Word $x^2$ and $\\broken{x}$ word"

    drawn(qtbot, transcript)

    (part,) = boxes(transcript)[1].parts
    assert [part.text[each.start : each.end] for each in part.formulas] == ["$x^2$"]


def test_formula_stands_on_the_baseline_of_the_words(qtbot):
    transcript = drawn(qtbot, shown(qtbot, [answer(1, "HHH $HHH$ HHH")]))
    formula = rect_of(transcript, "$HHH$")
    words = QRectF(formula.right() + 4, formula.top(), 40, formula.height())

    assert ink(transcript, formula, LIGHT.text).bottom() == ink(transcript, words, LIGHT.text).bottom()


def test_high_formula_makes_its_line_higher_and_no_other(qtbot):
    low = drawn(qtbot, shown(qtbot, [answer(1, "word $x$ " + "word " * 60)]))
    high = drawn(qtbot, shown(qtbot, [answer(1, "word $\\displaystyle\\frac{\\frac{a}{b}}{c}$ " + "word " * 60)]))

    (low_part,), (high_part,) = parts(low), parts(high)
    low_tops, high_tops = ([part.top_of(place) for place in range(part.length)] for part in (low_part, high_part))
    low_lines, high_lines = sorted(set(low_tops)), sorted(set(high_tops))
    pitch = low_part.line_style.pitch

    assert low_lines[1] == pitch
    assert high_lines[1] > pitch + 5
    assert {below - above for above, below in pairwise(high_lines[1:])} == {pitch}


def test_line_breaks_around_a_formula_and_never_in_it(qtbot):
    source = "$a + b + c + d + e + f + g$"
    transcript = drawn(qtbot, shown(qtbot, [answer(1, f"{'words ' * 12}{source}, and more")], width=400))

    (part,) = parts(transcript)
    rects = part.rects(*part.sources[0])

    assert len(rects) == 1
    comma = part.text.index(",")
    assert part.top_of(part.start + comma) == rects[0].top()


def test_formula_that_stands_alone_is_centred(qtbot):
    transcript = drawn(qtbot, shown(qtbot, [answer(1, "$$x = 1$$")]))

    rect = rect_of(transcript, "$$x = 1$$")
    frame = transcript.rows.frame

    assert abs(rect.center().x() - frame.x - frame.width / 2) < 2


def test_wide_formula_scrolls_sideways(qtbot):
    source = "$$" + " + ".join(f"a_{{{number}}} b_{{{number}}}" for number in range(25)) + "$$"
    transcript = drawn(qtbot, shown(qtbot, [answer(1, source)], width=500))
    (box,) = [box for box in boxes(transcript) if box.areas]
    area: Area = box.areas[0]
    assert area.reach > 50

    point = rect_of(transcript, source).center().toPoint()
    rect = QRectF(transcript.viewport().rect())
    before = transcript.viewport().grab().toImage()
    QTest.mouseMove(transcript.viewport(), QPoint(int(rect.center().x()), point.y()))
    transcript.zones.row_at(QPointF(point))
    _wheel(transcript, QPoint(int(rect.center().x()), point.y()), -240)

    assert transcript.viewport().grab().toImage() != before


def _wheel(transcript, point, sideways):
    from PySide6.QtCore import QCoreApplication
    from PySide6.QtGui import QWheelEvent

    event = QWheelEvent(
        QPointF(point),
        QPointF(transcript.viewport().mapToGlobal(point)),
        QPoint(),
        QPoint(sideways, 0),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QCoreApplication.sendEvent(transcript.viewport(), event)


def test_words_and_formulas_of_a_table_row_stand_on_one_line(qtbot):
    text = "| a | b |\n|---|---|\n| HH | $\\displaystyle\\frac{H}{H}$ |\n| HH | $HH$ |"
    transcript = drawn(qtbot, shown(qtbot, [answer(1, text)]))
    (box,) = [box for box in boxes(transcript) if box.columns]

    by_row = {}
    for part in box.parts[2:]:
        by_row.setdefault(part.start > box.parts[4].start - 1, []).append(part.y + part.first_baseline)

    assert all(len(set(baselines)) == 1 for baselines in by_row.values())
    assert len(by_row) == 2


def test_number_of_an_item_stands_on_the_line_of_its_formula(qtbot):
    transcript = drawn(qtbot, shown(qtbot, [answer(1, "1. $\\displaystyle\\frac{H}{H}$ high\n2. low")]))
    (box,) = [box for box in boxes(transcript) if len(box.marks) == 2 and len(box.parts) == 2]

    for mark, part in zip(box.marks, box.parts, strict=True):
        assert mark.y + mark.first_baseline == part.y + part.first_baseline


def test_formula_runs_from_left_to_right_in_a_paragraph_that_does_not(qtbot):
    transcript = drawn(qtbot, shown(qtbot, [answer(1, "שלום $x+1$ עולם")]))

    rect, frame = rect_of(transcript, "$x+1$"), transcript.rows.frame
    (part,) = parts(transcript)
    before = part.rects(part.start, part.start + 4)[0]

    assert ink(transcript, rect, LIGHT.text).width() > 0.7 * rect.width()
    assert rect.right() - frame.x <= before.left() + 6


# --- selecting, copying


def clipboard():
    data = QGuiApplication.clipboard().mimeData()
    return bytes(data.data("text/markdown").data()).decode(), data.text(), data.html()


def test_selection_takes_a_formula_whole(qtbot):
    transcript = drawn(qtbot, shown(qtbot, [answer(1, "before $x^2 + y^2$ behind")]))
    rect = rect_of(transcript, "$x^2 + y^2$")
    middle = rect.center().toPoint()

    drag(transcript, point_of(transcript, "before"), middle + QPoint(int(rect.width() / 4), 0))
    transcript.copy()

    markdown, plain, html = clipboard()
    assert markdown == plain == "before $x^2 + y^2$"
    assert "<code>$x^2 + y^2$</code>" in html


def test_selection_that_ends_before_the_middle_of_a_formula_leaves_it_out(qtbot):
    transcript = drawn(qtbot, shown(qtbot, [answer(1, "before $x^2 + y^2$ behind")]))
    rect = rect_of(transcript, "$x^2 + y^2$")

    drag(transcript, point_of(transcript, "before"), (rect.center() - QPointF(rect.width() / 4, 0)).toPoint())
    transcript.copy()

    assert clipboard()[1].strip() == "before"


def test_double_click_selects_the_formula(qtbot):
    transcript = drawn(qtbot, shown(qtbot, [answer(1, "before $x + y$ behind")]))
    point = rect_of(transcript, "$x + y$").center().toPoint()

    QTest.mouseDClick(transcript.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, point)
    transcript.copy()

    assert clipboard()[1] == "$x + y$"


def test_selected_formula_is_painted_selected(qtbot):
    transcript = drawn(qtbot, shown(qtbot, [answer(1, "before $x + y$ behind")]))
    rect = rect_of(transcript, "$x + y$")
    transcript.select_all()
    image = transcript.viewport().grab().toImage()

    colors = {
        image.pixelColor(int(rect.left()) + x, int(rect.top()) + 1).name() for x in range(2, int(rect.width()) - 2)
    }

    assert QColor(LIGHT.selection).name() in colors or len(colors) == 1
    assert QColor(LIGHT.window).name() not in colors


def test_whole_answer_is_copied_with_the_sources_of_its_formulas(qtbot):
    text = "a $x_1$ **b**\n\n$$\n\\frac{a}{b}\n$$\n\n| $P(A|B)$ | c |\n|---|---|\n| \\(d\\) | e |"
    transcript = drawn(qtbot, shown(qtbot, [answer(1, text)]))
    transcript.copying.copy_message(0)

    markdown, plain, html = clipboard()
    assert markdown == text
    assert "$x_1$" in plain
    assert "$$\n\\frac{a}{b}\n$$" in plain
    assert "$P(A|B)$" in plain
    assert "<code>\\(d\\)</code>" in html


def test_part_of_a_table_is_written_so_that_it_reads_back(qtbot):
    from gigadesk.markdown import parse
    from gigadesk.ui.transcript.copy.markdown_writer import markdown_text

    (table,) = parse("| $P(A|B)$ | c \\| d |\n|---|---|\n| $\\|x\\|$ | *e* |")

    (again,) = parse(markdown_text([table]))

    assert (again.header, again.rows) == (table.header, table.rows)


def test_menu_copies_the_tex(qtbot):
    transcript = drawn(qtbot, shown(qtbot, [answer(1, "before $x + y$ behind\n\n$$\nz^2\n$$")]))

    for source, tex in (("$x + y$", "x + y"), ("$$\nz^2\n$$", "z^2")):
        menu = transcript.menu.build(rect_of(transcript, source).center())
        (action,) = [action for action in menu.actions() if action.text() == "Copy formula"]
        action.trigger()
        assert QGuiApplication.clipboard().text() == tex
        menu.close()

    menu = transcript.menu.build(QPointF(point_of(transcript, "behind", 2)))
    assert not [action for action in menu.actions() if action.text() == "Copy formula"]
    menu.close()


def test_tooltip_says_the_source(qtbot):
    from PySide6.QtCore import QCoreApplication, QEvent
    from PySide6.QtGui import QHelpEvent
    from PySide6.QtWidgets import QToolTip

    transcript = drawn(qtbot, shown(qtbot, [answer(1, "before $a < b$ behind")]))
    point = rect_of(transcript, "$a < b$").center().toPoint()
    event = QHelpEvent(QEvent.Type.ToolTip, point, transcript.viewport().mapToGlobal(point))

    QCoreApplication.sendEvent(transcript.viewport(), event)

    assert QToolTip.text() == "<span>$a &lt; b$</span>"
    QToolTip.hideText()


def test_screen_reader_hears_the_source(qtbot):
    from gigadesk.ui.transcript.speech.spoken import text_of

    transcript = drawn(qtbot, shown(qtbot, [answer(1, "so $x^2$ is\n\n$$y$$")]))

    assert text_of(transcript.rows.items[0]) == "so $x^2$ is\n\n$$y$$"


# --- coming and going


def test_reader_stays_where_he_is_when_formulas_come(qtbot):
    text = HIGH * 30 + "\n\nThe place\n\n" + LONG
    transcript = shown(qtbot, [answer(1, text)], height=300)
    transcript.follow.scrolled_up()
    transcript.stage.show_offset(60.0)
    settle(transcript)
    place = transcript.zones.place_at(QPointF(40, 2))
    before = top_of(transcript, place)

    drawn(qtbot, transcript)

    assert parts(transcript)
    assert abs(top_of(transcript, place) - before) <= 1


def top_of(transcript, place):
    """Height in the viewport of the line that holds a place."""
    for placed in transcript.arranged().placed:
        if placed.key == (place.message, place.block + 1):
            item = transcript.rows.items[place.message]
            return placed.y + item.gap(placed.key.row) + item.box(placed.key.row).top_of(place.place)
    raise AssertionError(place)


def test_end_stays_in_sight_when_formulas_come(qtbot):
    transcript = shown(qtbot, [answer(1, LONG + "\n\n" + HIGH * 30)], height=300)

    drawn(qtbot, transcript)

    assert transcript.arranger.is_at_end


def test_formula_that_streams_in_is_drawn_and_shows_no_raw_marks(qtbot):
    transcript = shown(qtbot, [answer(1, "", Status.STREAMING)])
    seen = set()
    for character in "The sum $x_1 + y_1$ and\n\n$$\nz_1\n$$\n\nend":
        transcript.grow(1, character)
        settle(transcript)
        seen |= {part.text for box in boxes(transcript) for part in box.parts}

    drawn(qtbot, transcript)

    assert not any("$" in text and text.count("$") % 2 for text in seen)
    assert len(parts(transcript)) == 2


def test_known_formula_is_shown_at_once(qtbot):
    transcript = drawn(qtbot, shown(qtbot, [answer(1, "one $q^2$ two")]))

    transcript.show_chat(CHAT, [answer(2, "another $q^2$ chat")])
    settle(transcript)

    assert len(parts(transcript)) == 1


def test_formula_grows_with_the_font(qtbot):
    transcript = drawn(qtbot, shown(qtbot, [answer(1, "word $x + y$ word")]))
    before = rect_of(transcript, "$x + y$").width()
    font = QFont(transcript.font())
    font.setPointSizeF(font.pointSizeF() * 2)

    transcript.setFont(font)
    settle(transcript)

    assert 1.8 < rect_of(transcript, "$x + y$").width() / before < 2.2


# --- how it is painted


def painted(transcript, scale):
    """The formula in a picture of so many times the size."""
    (part,) = parts(transcript)
    image = QImage(round(part.width * scale), round(part.height * scale), QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(scale)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setPen(Qt.GlobalColor.black)
    part.draw(painter, 0, 0, QRectF(0, 0, part.width, part.height))
    painter.end()
    return image


def test_formula_is_crisp_at_three_times_the_size(qtbot):
    transcript = drawn(qtbot, shown(qtbot, [answer(1, "$$\\boxed{\\qquad}$$")]))

    image = painted(transcript, 3.0)

    # The edges of a bar are one pixel of grey at most on each side, not three.
    grey = [_greys_in_a_row(image, y) for y in range(image.height())]
    assert max(grey) > 0
    columns = image.width() // 2
    run = [image.pixelColor(columns, y).lightness() for y in range(image.height())]
    between = [value for value in run if 20 < value < 235]
    assert min(run) < 20
    assert len(between) <= 4


def _greys_in_a_row(image, y):
    return sum(image.pixelColor(x, y).lightness() < 235 for x in range(image.width()))


def test_print_gets_outlines_instead_of_pixels(qtbot, tmp_path):
    from PySide6.QtGui import QPdfWriter

    transcript = drawn(qtbot, shown(qtbot, [answer(1, "$x^2$")]))
    (part,) = parts(transcript)
    path = tmp_path / "formula.pdf"
    writer = QPdfWriter(str(path))
    painter = QPainter(writer)
    part.draw(painter, 100, 100, QRectF(0, 0, 1000, 1000))
    painter.end()

    assert b"/Subtype /Image" not in path.read_bytes()
    picture = QPicture()
    painter = QPainter(picture)
    part.draw(painter, 0, 0, QRectF(0, 0, 1000, 1000))
    painter.end()
    assert picture.size() > 0


def test_without_formulas_nothing_is_loaded_for_them():
    program = (
        "import sys\n"
        "from PySide6.QtWidgets import QApplication\n"
        "application = QApplication([])\n"
        "from tests.ui.transcript.transcript_support import CHAT, answer\n"
        "from gigadesk.ui.transcript import Transcript\n"
        "transcript = Transcript()\n"
        "transcript.show_chat(CHAT, [answer(1, 'costs $5 and $10, **bold**')])\n"
        "transcript.show()\n"
        "transcript.grab()\n"
        "names = {'ziamath', 'gigadesk.ui.worker', 'gigadesk.ui.formulas', 'gigadesk.ui.formula_shape'}\n"
        "print(sorted(names & sys.modules.keys()))\n"
    )

    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False)

    assert (ended.stdout, ended.returncode) == ("[]\n", 0)
