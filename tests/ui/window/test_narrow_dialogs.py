"""The dialogs of export and import fit beside other windows, and rows of buttons go on in another line."""

import pytest
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from gigadesk.settings import Language
from gigadesk.ui.exchange.export_formats import Format
from gigadesk.ui.exchange.import_dialog import MARGIN
from gigadesk.ui.exchange.preview import Preview
from gigadesk.ui.language import LanguageSwitcher
from gigadesk.ui.widgets.wrapping_row import GAP, WrappingRow
from tests.conftest import RunAsync
from tests.window_support import open_desk

WIDTH, LOW = 420, 400


@pytest.fixture(params=["en", "ru"])
def language(request, qapp):
    switcher = LanguageSwitcher(qapp)
    switcher.apply(Language(request.param))
    yield request.param
    switcher.remove()


@pytest.mark.usefixtures("language")
def test_the_preview_of_an_import_is_narrow_with_all_it_may_offer(qtbot):
    parent = QWidget()
    preview = Preview(parent)
    qtbot.addWidget(parent)
    parent.show()
    for widget in (preview._prompts, preview._show_prompts, preview._new):
        widget.show()

    assert preview.minimumSizeHint().width() <= WIDTH - 2 * MARGIN


@pytest.mark.usefixtures("language")
def test_the_dialog_of_export_is_narrow_and_says_which_branches_are_written(run_async: RunAsync):
    async def story():
        async with open_desk(chats=1) as desk:
            exchange = desk.window.chats.exchange
            exchange.export_shown(desk.conversations.chats()[0].id)
            dialog = exchange.dialog
            said = {}
            for format_ in Format:
                dialog.choose(format_)
                dialog._branches.setChecked(False)
                said[format_] = dialog._scope.text()
                dialog.resize(WIDTH, 600)
                await desk.idle()
                assert dialog.width() == WIDTH
            dialog.choose(Format.HTML)
            dialog._branches.setChecked(True)

            assert dialog._scope.text() == said[Format.ARCHIVE] == said[Format.JSON]
            assert said[Format.MARKDOWN] == said[Format.HTML] != said[Format.ARCHIVE]
            assert said[Format.PDF].startswith(said[Format.HTML].rstrip("."))
            dialog.close()

    run_async(story())


@pytest.mark.usefixtures("language")
def test_the_dialog_of_export_has_its_buttons_in_a_low_window_too(run_async: RunAsync):
    """As on a screen of 1,000 lines at 200 %; where there is room nothing has to be scrolled."""

    async def story():
        async with open_desk(chats=1) as desk:
            exchange = desk.window.chats.exchange
            exchange.export_shown(desk.conversations.chats()[0].id)
            dialog = exchange.dialog
            await desk.idle()
            assert dialog._area.verticalScrollBar().maximum() == 0
            dialog.resize(WIDTH, LOW)
            await desk.idle()
            assert dialog.height() == LOW
            button = dialog.export_button
            assert button.mapTo(dialog, button.rect().bottomLeft()).y() < LOW
            dialog.close()

    run_async(story())


@pytest.mark.parametrize("is_right", [False, True])
def test_buttons_go_on_in_another_line(qtbot, is_right):
    widget = QWidget()
    qtbot.addWidget(widget)
    row = WrappingRow(is_right=is_right)
    buttons = [QPushButton(text, widget) for text in ("one", "two words", "three", "hidden")]
    for button in buttons:
        row.addWidget(button)
    outer = QVBoxLayout(widget)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.addLayout(row)
    buttons[3].hide()
    widths = [button.sizeHint().width() for button in buttons[:3]]
    all_in_one = sum(widths) + 2 * GAP
    widget.show()

    for width, lines in ((all_in_one, 1), (all_in_one - 1, 2), (max(widths), 3)):
        widget.resize(width, 300)
        qtbot.waitUntil(lambda width=width: widget.width() == width)
        outer.activate()
        shown = [button.geometry() for button in buttons[:3]]
        assert len({rect.top() for rect in shown}) == lines
        assert row.heightForWidth(width) == shown[-1].bottom() + 1 - shown[0].top()
        assert all(rect.left() >= 0 and rect.right() < width for rect in shown)
        if is_right:
            assert shown[-1].right() == width - 1
