"""Edges stand on whole pixels at any scale."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from gigadesk.ui.transcript.layout.boxes import Fill
from gigadesk.ui.transcript.layout.pixel_grid import on_pixels

SCALES = (1.0, 1.25, 1.5, 1.75, 2.0, 3.0)
places = st.floats(0, 60)


def painted(scale, x, y, fill):
    image = QImage(200, 200, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(scale)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(x, y)
    fill.paint(painter)
    painter.end()
    return image


@given(st.sampled_from(SCALES), places, places, st.floats(0.2, 40), st.floats(0.2, 40))
def test_edges_are_whole_and_nothing_vanishes(scale, x, y, width, height):
    image = QImage(10, 10, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(scale)
    painter = QPainter(image)
    painter.translate(x, y)

    rect, hair = on_pixels(painter, QRectF(3, 5, width, height))
    painter.end()

    for edge, offset in ((rect.left(), x), (rect.right(), x), (rect.top(), y), (rect.bottom(), y)):
        pixel = (edge + offset) * scale
        assert pixel == pytest.approx(round(pixel), abs=1e-6)
    assert rect.width() * scale >= 0.99
    assert rect.height() * scale >= 0.99
    assert abs(rect.left() - 3) * scale <= 0.51
    assert hair * scale == pytest.approx(max(1, round(scale)))


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("y", [0.0, 0.4, 3.0, 7.0])
def test_a_hair_line_has_one_colour(qapp, scale, y):
    image = painted(scale, 5, y, Fill(QRectF(0, 10, 20, 1), QColor("black")))

    column = {image.pixelColor(round(12 * scale), row).name() for row in range(image.height())}
    assert column == {"#000000", "#ffffff"}


@pytest.mark.parametrize("scale", SCALES)
def test_a_frame_has_sharp_sides(qapp, scale):
    image = painted(scale, 5.3, 4.7, Fill(QRectF(0, 0, 40, 30), None, QColor("black"), 6))

    middle = {image.pixelColor(column, round(20 * scale)).name() for column in range(image.width())}
    assert middle == {"#000000", "#ffffff"}
