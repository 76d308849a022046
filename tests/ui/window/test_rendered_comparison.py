"""Two versions beside each other as the transcript shows them: what is marked, in the blocks and on the screen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from gigadesk.chat import ChatId, Message, MessageId, Role, Status
from gigadesk.comparison import Change
from gigadesk.ui.branches.compared_blocks import compare_blocks
from gigadesk.ui.branches.comparison_window import ComparisonWindow
from gigadesk.ui.branches.rendered_comparison import RenderedComparison
from gigadesk.ui.theme import DARK, LIGHT
from gigadesk.ui.transcript.layout.builder import Look, Words
from gigadesk.ui.transcript.layout.pieces import text_of
from gigadesk.ui.transcript.layout.typography import Typography

PIECES = st.lists(
    st.sampled_from(
        [
            "A word and **another**.",
            "A word and nothing.",
            "# Heading",
            "## Heading",
            "```python\nx = 1\ny = 2\n```",
            "```python\nx = 1\ny = 3\nz = 4\n```",
            "| a | b |\n|---|---|\n| 1 | 2 |",
            "| a | b |\n|---|---|\n| 1 | 3 |",
            "- one\n- two",
            "- one\n- three",
            "> said",
            "---",
            "$$x^2$$",
        ]
    ),
    max_size=6,
)


def marks(left: str, right: str) -> tuple[list[str], list[str]]:
    rows = compare_blocks(left, right, is_plain=False)
    removed = [text_of(row.left)[a:b] for row in rows if row.left for a, b in row.removed]
    return removed, [text_of(row.right)[a:b] for row in rows if row.right for a, b in row.added]


@pytest.mark.parametrize(
    ("left", "right", "removed", "added"),
    [
        ("A red **fox** ran.", "A grey **fox** ran.", ["red"], ["grey"]),
        ("```\na = 1\nb = 2\n```", "```\na = 1\nb = 3\nc\n```", ["2"], ["3", "c"]),
        ("| a |\n|---|\n| old |", "| a |\n|---|\n| new |", ["old"], ["new"]),
        ("same\n\ngone", "same", ["gone"], []),
        ("**bold** same", "bold same", [], []),
        ("same", "# same", ["same"], ["same"]),
    ],
    ids=["words", "code", "table", "a block", "only its look", "another kind"],
)
def test_what_differs_is_found_in_the_blocks_that_are_shown(left, right, removed, added):
    assert marks(left, right) == (removed, added)


@given(PIECES, PIECES)
def test_each_side_has_all_its_blocks_in_order_and_marks_lie_inside_of_them(left, right):
    texts = ["\n\n".join(left), "\n\n".join(right)]

    rows = compare_blocks(*texts, is_plain=False)

    for text, found in zip(texts, ([row.left for row in rows], [row.right for row in rows]), strict=True):
        alone = [row.left for row in compare_blocks(text, text, is_plain=False)]
        assert [block for block in found if block is not None] == alone
    for row in rows:
        for block, spans in ((row.left, row.removed), (row.right, row.added)):
            length = 0 if block is None else len(text_of(block))
            assert all(0 <= start < end <= length for start, end in spans)
            assert [end for _, end in spans[:-1]] == sorted(end for _, end in spans[:-1])
        assert row.is_changed or not (row.removed or row.added)
    assert any(row.is_changed for row in rows) or texts[0].replace("*", "") == texts[1].replace("*", "")


@pytest.fixture
def opened(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    theme = [LIGHT]

    def open_window(*texts, width=1200, is_settled=True):
        def look():
            return Look(Typography(parent.font(), theme[0]), Words(), lambda _: None, lambda *_: None)

        messages = {
            number: Message(MessageId(number), ChatId(1), None, Role.ASSISTANT, text, Status.DONE, 1.0, model="G")
            for number, text in enumerate(texts, start=1)
        }
        window = ComparisonWindow(parent, theme[0], tuple(messages), (0, 1), messages.__getitem__, look)
        window.look_theme = theme
        window.resize(width, 500)
        with qtbot.waitExposed(window):
            window.show()
        qtbot.waitUntil(lambda: window.rendered.is_settled or not is_settled)
        return window

    return open_window


def colors_of(rendered: RenderedComparison) -> set[str]:
    image = rendered.viewport().grab().toImage()
    return {image.pixelColor(x, y).name() for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)}


LONG = "\n\n".join(f"Line {number}" for number in range(60))


def test_keys_lead_through_the_differences_and_tell_them(opened):
    window = opened(f"# One\n\n{LONG}\n\nlast", f"# Two\n\n{LONG}\n\nend")
    rendered = window.rendered

    assert rendered.hasFocus()
    assert not window.columns[0].view.isVisible()
    assert window.count.text().startswith("2 ")
    QTest.keyClick(rendered, Qt.Key.Key_F7)
    assert window.count.text() == "Difference 1 of 2"
    assert rendered.accessibleDescription() == "Only on the left: One. Only on the right: Two"
    QTest.keyClick(rendered, Qt.Key.Key_F7)
    assert rendered.accessibleDescription() == "Only on the left: last. Only on the right: end"
    assert rendered.verticalScrollBar().value() > 0
    QTest.keyClick(rendered, Qt.Key.Key_Home)
    assert rendered.verticalScrollBar().value() == 0
    QTest.keyClick(rendered, Qt.Key.Key_F7, Qt.KeyboardModifier.ShiftModifier)
    assert window.count.text() == "Difference 1 of 2"


def point_of(rendered, column, text, *, is_end=False):
    """The corner of the viewport's place where a text of a column begins or ends."""
    for laid in rendered._columns[column]:
        whole = text_of(laid.block)
        if text in whole:
            caret = laid.caret(whole.index(text) + (len(text) if is_end else 0))
            return QPoint(round(caret.x()), round(caret.center().y() - rendered.top))
    raise AssertionError(text)


def drag(rendered, start, end):
    viewport, button = rendered.viewport(), Qt.MouseButton.LeftButton
    QTest.mousePress(viewport, button, pos=start)
    place = QPointF(end)
    moved = QMouseEvent(
        QEvent.Type.MouseMove,
        place,
        QPointF(viewport.mapToGlobal(end)),
        Qt.MouseButton.NoButton,
        button,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(viewport, moved)
    QTest.mouseRelease(viewport, button, pos=end)


def copied(rendered):
    QTest.keyClick(rendered, Qt.Key.Key_C, CTRL)
    return QGuiApplication.clipboard().text()


CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.mark.parametrize("width", [1200, 500])
def test_a_drag_selects_in_one_version_and_copies_markdown_html_and_text(opened, width):
    window = opened("# One\n\nA **bold** word.\n\nend", "# Two\n\nA **bold** word.\n\nend", width=width)
    rendered = window.rendered
    column = 1 if width > 1000 else 0

    drag(rendered, point_of(rendered, column, "Two"), point_of(rendered, column, "bold", is_end=True))

    assert copied(rendered) == "Two\n\nA bold"
    data = QGuiApplication.clipboard().mimeData()
    assert bytes(data.data("text/markdown")).decode() == "# Two\n\nA **bold**"
    assert "<b>bold</b>" in data.html()
    assert LIGHT.selection.name() in colors_of(rendered)


def test_double_clicks_take_words_and_a_third_click_a_paragraph(opened):
    rendered = opened("A red fox ran.", "A grey fox ran.").rendered
    place = point_of(rendered, 1, "grey") + QPoint(6, 0)

    QTest.mouseClick(rendered.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(rendered.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert copied(rendered) == "grey"
    QTest.mouseClick(rendered.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert copied(rendered) == "A grey fox ran."


def test_the_keyboard_selects_from_the_difference_it_went_to(opened):
    rendered = opened("same\n\nA red fox\n\nlast", "same\n\nA grey fox\n\nlast").rendered

    QTest.keyClick(rendered, Qt.Key.Key_F7)
    for _ in range(3):
        QTest.keyClick(rendered, Qt.Key.Key_Right, SHIFT)
    assert copied(rendered) == "red"
    QTest.keyClick(rendered, Qt.Key.Key_Right, SHIFT | CTRL)
    QTest.keyClick(rendered, Qt.Key.Key_Down, SHIFT)
    assert copied(rendered).startswith("red fox\n\nl")
    QTest.keyClick(rendered, Qt.Key.Key_Right)
    QTest.keyClick(rendered, Qt.Key.Key_End, SHIFT)
    assert copied(rendered) == "last"
    QTest.keyClick(rendered, Qt.Key.Key_A, CTRL)
    assert copied(rendered) == "same\n\nA grey fox\n\nlast"
    QTest.keyClick(rendered, Qt.Key.Key_Left)
    QTest.keyClick(rendered, Qt.Key.Key_A, CTRL)
    assert copied(rendered) == "same\n\nA red fox\n\nlast"


def test_the_source_is_the_other_way(opened):
    window = opened("A **word**.", "A word.")
    assert window.count.text() == "The texts are the same"

    window.source.click()

    assert window.columns[0].view.isVisible()
    assert not window.rendered.isVisible()
    assert window.columns[0].view.toPlainText() == "A **word**."
    assert window.count.text() != "The texts are the same"
    window.source.click()
    assert window.rendered.isVisible()


def test_other_colours_are_taken_up_while_it_is_open(opened, qtbot):
    window = opened("A red fox.", "A grey fox.")
    window.source.click()
    sources = [column.view for column in window.columns]
    before = sources[0].document().toHtml()
    window.source.click()
    qtbot.waitUntil(lambda: window.rendered.is_settled)
    assert DARK.window.name() not in colors_of(window.rendered)

    window.look_theme[0] = DARK
    window.set_theme(DARK)

    assert DARK.window.name() in colors_of(window.rendered)
    assert LIGHT.window.name() not in colors_of(window.rendered)
    window.source.click()
    assert sources[0].document().toHtml() != before


TALL = "\n\n".join(f"A line of many words, the {number}th of them." for number in range(400))


def test_of_long_texts_what_is_in_sight_comes_first_and_keys_reach_the_rest(opened, qtbot, monkeypatch):
    laid: list[int] = []
    lay_row = RenderedComparison._lay_row
    monkeypatch.setattr(RenderedComparison, "_lay_row", lambda self, row: (laid.append(row), lay_row(self, row)))
    monkeypatch.setattr(RenderedComparison, "_go_on", lambda self: None)
    window = opened(f"{TALL}\n\nold", f"{TALL}\n\nnew", is_settled=False)
    rendered = window.rendered
    assert not rendered.is_settled
    assert 400 not in laid
    assert window.columns[0].view.toPlainText() == ""

    QTest.keyClick(rendered, Qt.Key.Key_End)
    assert 400 in laid
    qtbot.waitUntil(lambda: rendered.is_settled)
    assert rendered.verticalScrollBar().value() == rendered.verticalScrollBar().maximum() > 0


def test_the_rest_of_long_texts_is_laid_out_by_itself(opened, qtbot):
    window = opened(f"{TALL}\n\nold", f"{TALL}\n\nnew")

    assert len(window.rendered._edges) == 401
    bottom = window.rendered._edges[-1][1]
    window.rendered.renew()
    assert window.rendered._edges[-1][1] == bottom


def test_in_a_narrow_window_what_was_removed_stands_above_what_was_added(opened, qtbot):
    window = opened("same\n\nA red fox.", "same\n\nA grey fox.", width=400)
    rendered = window.rendered
    assert window.is_narrow
    assert rendered.marked(Change.REMOVED) == ["red"]
    assert rendered.marked(Change.ADDED) == ["grey"]

    laid = [(each.change, each.rect.x()) for blocks in rendered._columns for each in blocks]
    assert [change for change, _ in laid] == [Change.REMOVED, Change.REMOVED, Change.ADDED]
    assert len({x for _, x in laid}) == 1
    window.resize(1200, 500)
    qtbot.waitUntil(lambda: rendered.is_settled and sum(map(len, rendered._columns)) == 4)
    tops = [each.rect.y() for blocks in rendered._columns for each in blocks]
    assert tops[0] == tops[2] < tops[1] == tops[3]
