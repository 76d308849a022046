"""The picture over the whole window: zoom, keys, copy, save."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QToolButton, QVBoxLayout, QWidget

from gigadesk.ui.file_saving import FileSaver
from gigadesk.ui.picture_viewer import PictureViewer, show_picture
from gigadesk.ui.pictures import Pictures
from tests.ui.transcript.message_parts import RED, paint_file


@pytest.fixture
def below(qtbot) -> Iterator[QWidget]:
    """A window with something in it that had the keyboard."""
    window = QWidget()
    qtbot.addWidget(window)
    field = QWidget(window)
    field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    QVBoxLayout(window).addWidget(field)
    window.resize(600, 500)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    yield field
    window.close()


@pytest.fixture
def viewer(qtbot, tmp_path, below) -> PictureViewer:
    pictures = Pictures(below)
    path = paint_file(tmp_path, width=2000, height=1000)
    with qtbot.waitSignal(pictures.loaded):
        opened = show_picture(below, pictures, path, "cat.png", FileSaver(below))
        opened.grab()
    return opened


def test_it_covers_the_window_and_fits_the_picture_into_it(viewer):
    assert viewer.size() == viewer.window().size()
    assert viewer.is_fitted
    assert viewer.zoom < 0.3
    middle = viewer.grab().toImage().pixelColor(300, 270)
    assert middle.name() == RED


def test_it_grows_with_the_window(qtbot, viewer):
    before = viewer.zoom

    viewer.window().resize(900, 700)

    qtbot.waitUntil(lambda: viewer.width() == 900)
    assert viewer.zoom > before


def test_a_small_picture_is_not_enlarged(qtbot, tmp_path, below):
    pictures = Pictures(below)
    opened = show_picture(below, pictures, paint_file(tmp_path), "cat.png", FileSaver(below))

    assert opened.zoom == 1.0


@pytest.mark.parametrize(
    ("key", "zooms"),
    [(Qt.Key.Key_Plus, "in"), (Qt.Key.Key_Minus, "out"), (Qt.Key.Key_1, "pixels"), (Qt.Key.Key_0, "fit")],
)
def test_keys_zoom(viewer, key, zooms):
    before = viewer.zoom

    QTest.keyClick(viewer, key)

    match zooms:
        case "in":
            assert viewer.zoom == before * 1.25
        case "out":
            assert viewer.zoom == before / 1.25
        case "pixels":
            assert viewer.zoom == 1.0
        case "fit":
            assert viewer.is_fitted


def test_the_wheel_zooms_around_the_pointer(viewer):
    at = QPointF(150, 200)
    before = (at - viewer._shown_rect().topLeft()) / viewer.zoom

    wheel = QWheelEvent(
        at,
        at,
        QPoint(),
        QPoint(0, 480),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QGuiApplication.sendEvent(viewer, wheel)

    after = (at - viewer._shown_rect().topLeft()) / viewer.zoom
    assert viewer.zoom > 0.5
    assert abs(after.x() - before.x()) < 3


def test_dragging_moves_a_large_picture_but_never_out_of_sight(viewer):
    viewer.show_pixels()

    QTest.mousePress(viewer, Qt.MouseButton.LeftButton, pos=QPoint(300, 300))
    QTest.mouseMove(viewer, QPoint(9000, 300))
    QTest.mouseRelease(viewer, Qt.MouseButton.LeftButton, pos=QPoint(9000, 300))

    assert viewer._shown_rect().left() < viewer.width() / 2


@pytest.mark.parametrize(
    ("key", "modifier", "is_kept"),
    [
        (Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier, True),
        (Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier, True),
        (Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier, False),
    ],
    ids=["its own", "of what lies below", "quitting"],
)
def test_the_window_s_shortcuts_do_nothing_out_of_sight(viewer, key, modifier, is_kept):
    event = QKeyEvent(QEvent.Type.ShortcutOverride, key, modifier)
    event.ignore()

    QGuiApplication.sendEvent(viewer, event)

    assert event.isAccepted() == is_kept


def test_escape_closes_it_and_gives_the_keyboard_back(qtbot, viewer, below):
    QTest.keyClick(viewer, Qt.Key.Key_Escape)

    qtbot.waitUntil(lambda: below.window().findChild(PictureViewer) is None)
    assert below.hasFocus()


def test_a_click_beside_the_picture_closes_it(qtbot, viewer, below):
    QTest.mouseClick(viewer, Qt.MouseButton.LeftButton, pos=QPoint(300, 490))

    qtbot.waitUntil(lambda: below.window().findChild(PictureViewer) is None)


def test_tab_goes_round_within_it(viewer):
    names = []
    for _ in range(8):
        QTest.keyClick(viewer.focusWidget() or viewer, Qt.Key.Key_Tab)
        focused = viewer.window().focusWidget()
        names.append(focused.accessibleName())

    assert names[:6] == ["Zoom out", "Zoom in", "Fit, or full size", "Copy picture", "Save picture…", "Close"]
    assert names[6] == "Picture cat.png"
    assert names[7] == "Zoom out"


def test_every_button_has_a_name(viewer):
    assert all(button.accessibleName() and button.toolTip() for button in viewer.findChildren(QToolButton))


def test_copying_waits_for_the_picture_in_its_own_size(qtbot, viewer):
    QTest.keyClick(viewer, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)

    qtbot.waitUntil(lambda: QGuiApplication.clipboard().image().width() == 2000)


def test_saving_opens_the_dialog_and_no_nested_loop(viewer):
    QTest.keyClick(viewer, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)

    dialog = viewer.window().findChild(QFileDialog)
    assert dialog.isVisible()
    assert dialog.selectedFiles()[0].endswith("cat.png")
    dialog.close()
