"""Icons from `resources/icons`, tinted in a colour of the theme and sharp at every scale of the screen."""

import functools

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap

from gigadesk.resources import resource_bytes

DEFAULT_SIZE = 18
"""Side of an icon in device-independent pixels."""
DISABLED_OPACITY = 0.4

# A `QIconEngine` would draw at the scale it is asked for, but one written in Python is freed while the icon still uses
# it (PySide6 6.11.3: segmentation fault). So pixmaps are drawn beforehand: for the screens there are, and for a sharper
# one to come.
_ALWAYS_DRAWN_RATIOS = (1.0, 2.0)


def icon(name: str, color: QColor, size: int = DEFAULT_SIZE) -> QIcon:
    """The icon `resources/icons/<name>.svg` with its lines in `color`; `logo` keeps its own colours.

    Ask again with the new colour when the theme changes. Icons are kept, so asking twice costs nothing.

    Raises:
        OSError: there is no such icon.
    """
    screens = {screen.devicePixelRatio() for screen in QGuiApplication.screens()}
    return _drawn_icon(name, color.rgba(), size, frozenset({*_ALWAYS_DRAWN_RATIOS, *screens}))


def pixmap(name: str, color: QColor, size: int, ratio: float) -> QPixmap:
    """The icon as a pixmap, `size` device-independent pixels wide, for a screen with this device pixel ratio.

    Raises:
        OSError: there is no such icon.
    """
    return _draw(name, color.rgba(), size, ratio)


@functools.lru_cache(maxsize=512)
def _drawn_icon(name: str, rgba: int, size: int, ratios: frozenset[float]) -> QIcon:
    result = QIcon()
    for ratio in sorted(ratios):
        drawn = _draw(name, rgba, size, ratio)
        result.addPixmap(drawn)
        result.addPixmap(drawn, QIcon.Mode.Selected)  # else Fusion tints it with the highlight
        result.addPixmap(_faded(drawn), QIcon.Mode.Disabled)
    return result


def _draw(name: str, rgba: int, size: int, ratio: float) -> QPixmap:
    # Loaded here because nothing else of the first window needs it.
    from PySide6.QtSvg import QSvgRenderer

    color = QColor.fromRgba(rgba)
    source = resource_bytes(f"icons/{name}.svg").replace(b"currentColor", color.name().encode())
    result = _empty(size, ratio)
    painter = QPainter(result)
    painter.setOpacity(color.alphaF())
    QSvgRenderer(QByteArray(source)).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return result


def _faded(drawn: QPixmap) -> QPixmap:
    result = QPixmap(drawn.size())
    result.setDevicePixelRatio(drawn.devicePixelRatio())
    result.fill(Qt.GlobalColor.transparent)
    painter = QPainter(result)
    painter.setOpacity(DISABLED_OPACITY)
    painter.drawPixmap(0, 0, drawn)
    painter.end()
    return result


def _empty(size: int, ratio: float) -> QPixmap:
    side = round(size * ratio)
    result = QPixmap(side, side)
    result.setDevicePixelRatio(ratio)
    result.fill(Qt.GlobalColor.transparent)
    return result
