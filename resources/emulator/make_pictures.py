# ruff: noqa: INP001 - a script beside what it makes
"""Paint the pictures that the emulated model "draws": cat.jpg, landscape.jpg, sea.jpg, abstract.jpg.

    python resources/emulator/make_pictures.py

Run it after a painting has changed, and commit what it writes. The same numbers give the same pictures.
"""

import math
import os
import random
import sys
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QGuiApplication,
    QImage,
    QLinearGradient,
    QPainter,
    QPainterPath,
    QPen,
    QRadialGradient,
)

SIZE = 768
QUALITY = 86
Painting = Callable[[QPainter, random.Random], None]


def main() -> None:
    application = QGuiApplication(sys.argv)
    folder = Path(__file__).parent
    for name, paint in PAINTINGS.items():
        picture = QImage(SIZE, SIZE, QImage.Format.Format_RGB32)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        paint(painter, random.Random(name))  # noqa: S311 - a picture, no secret
        painter.end()
        if not picture.save(str(folder / f"{name}.jpg"), "JPEG", QUALITY):
            raise SystemExit(f"{name}.jpg could not be written")
    del application


def landscape(painter: QPainter, numbers: random.Random) -> None:
    """Hills before sunrise, one behind the other, with mist between them."""
    sky(painter, (0.0, "#2c3e63"), (0.35, "#7d7fa3"), (0.6, "#e8b79a"), (0.72, "#fbe0b4"))
    glow(painter, 520, 470, 330, "#fff3cf", 235)
    glow(painter, 520, 470, 52, "#fffaf0", 255)
    for layer in range(6):
        depth = layer / 5
        base = 440 + 56 * layer
        color = blend("#b4a6b4", "#16263a", depth)
        painter.fillPath(hills(base, 46 + 5 * layer, numbers), QBrush(QColor(color)))
        if layer < 5:
            mist = QLinearGradient(0, base - 20, 0, base + 90)
            mist.setColorAt(0.0, faded("#ffe9cf", 0))
            mist.setColorAt(0.6, faded("#ffe3c6", int(110 * (1 - depth))))
            mist.setColorAt(1.0, faded("#ffe3c6", 0))
            painter.fillRect(QRectF(0, base - 20, SIZE, 110), QBrush(mist))
    for _ in range(26):
        x = numbers.uniform(0, SIZE)
        if 250 < x < 560:
            continue
        pine(painter, x, numbers.uniform(725, 755), numbers.uniform(70, 150), "#0d1826")
    painter.fillPath(hills(735, 16, numbers), QBrush(QColor("#0d1826")))
    for x, y, size in ((250, 210, 13), (285, 232, 10), (318, 203, 12), (226, 248, 8)):
        bird(painter, x, y, size)


def sea(painter: QPainter, numbers: random.Random) -> None:
    """A quiet sea at sunset with a sail."""
    horizon = 430
    sky(painter, (0.0, "#27335c"), (0.25, "#80587f"), (0.45, "#ea8a66"), (0.56, "#fdd58d"))
    glow(painter, 300, horizon - 40, 300, "#ffe9b0", 220)
    painter.setBrush(QColor("#fff6dc"))
    painter.drawEllipse(QPointF(300, horizon - 40), 50, 50)
    for _ in range(16):
        x, y, width = numbers.uniform(-80, SIZE), numbers.uniform(60, 330), numbers.uniform(120, 320)
        cloud = QLinearGradient(x, 0, x + width, 0)
        for place, alpha in ((0.0, 0), (0.5, 90), (1.0, 0)):
            cloud.setColorAt(place, faded("#ffb990", alpha))
        painter.setBrush(QBrush(cloud))
        painter.drawRoundedRect(QRectF(x, y, width, numbers.uniform(5, 14)), 6, 6)
    water = QLinearGradient(0, horizon, 0, SIZE)
    water.setColorAt(0.0, QColor("#e59a75"))
    water.setColorAt(0.25, QColor("#7d5f86"))
    water.setColorAt(1.0, QColor("#1b2748"))
    painter.fillRect(QRectF(0, horizon, SIZE, SIZE - horizon), QBrush(water))
    for _ in range(900):
        y = horizon + (SIZE - horizon) * numbers.random() ** 1.6
        nearness = (y - horizon) / (SIZE - horizon)
        spread = 34 + 190 * nearness
        x = numbers.gauss(300, spread * 0.55)
        is_path = abs(x - 300) < spread * 0.6
        width = 6 + 46 * nearness * numbers.random()
        color, alpha = ("#ffe2a8", 150) if is_path else ("#c98d8a", 46)
        painter.setBrush(faded(color, int(alpha * (1 - 0.5 * nearness))))
        painter.drawRoundedRect(QRectF(x - width / 2, y, width, 1.4 + 2.2 * nearness), 1.5, 1.5)
    boat(painter, 560, horizon + 12)


def cat(painter: QPainter, numbers: random.Random) -> None:
    """A cat on a windowsill before a town in the evening."""
    painter.fillRect(QRectF(0, 0, SIZE, SIZE), QColor("#2a2233"))
    window = QRectF(96, 60, 576, 560)
    painter.save()
    painter.setClipRect(window)
    dusk = QLinearGradient(0, 60, 0, 620)
    for place, color in ((0.0, "#1f2b57"), (0.5, "#6d5488"), (0.8, "#e08b78"), (1.0, "#f7bd86")):
        dusk.setColorAt(place, QColor(color))
    painter.fillRect(window, QBrush(dusk))
    moon, shadow = QPainterPath(), QPainterPath()
    moon.addEllipse(QPointF(214, 172), 36, 36)
    shadow.addEllipse(QPointF(230, 162), 33, 33)
    painter.fillPath(moon.subtracted(shadow), QBrush(QColor("#fff4d6")))
    for _ in range(46):
        painter.setBrush(faded("#ffffff", numbers.randint(60, 210)))
        radius = numbers.uniform(0.7, 1.9)
        painter.drawEllipse(QPointF(numbers.uniform(100, 668), numbers.uniform(64, 300)), radius, radius)
    houses(painter, numbers, 480, "#4c4470", "#ffd591", 0.25)
    houses(painter, numbers, 540, "#2c2a4c", "#ffcf7c", 0.45)
    painter.restore()
    painter.setPen(QPen(QColor("#493a4d"), 18))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(window)
    painter.drawLine(QPointF(384, 60), QPointF(384, 620))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.fillRect(QRectF(56, 616, 656, 40), QColor("#5b4858"))
    painter.fillRect(QRectF(56, 650, 656, 10), QColor("#3b2f40"))
    painter.fillPath(curtain(-10, 1), QBrush(QColor("#6d3f50")))
    painter.fillPath(curtain(SIZE + 10, -1), QBrush(QColor("#6d3f50")))
    painter.setBrush(QColor("#15111c"))
    painter.drawPath(cat_shape())
    for x in (457, 503):
        painter.setBrush(QColor("#ffcf7c"))
        painter.drawEllipse(QPointF(x, 358), 8.5, 9.5)
        painter.setBrush(QColor("#15111c"))
        painter.drawEllipse(QPointF(x, 358), 2.6, 8.5)
    painter.setBrush(QColor("#a2657a"))
    painter.drawEllipse(QPointF(480, 382), 5, 3.6)
    painter.setPen(QPen(faded("#d9cbd6", 150), 1.4))
    for side in (-1, 1):
        for rise in (-8, 0, 8):
            painter.drawLine(QPointF(480 + 14 * side, 388), QPointF(480 + 74 * side, 384 + rise * 1.4))


def abstract(painter: QPainter, numbers: random.Random) -> None:
    """Soft overlapping shapes in calm colours."""
    sky(painter, (0.0, "#eef3ee"), (1.0, "#d5e3e6"))
    colors = ("#1f7a6d", "#2fa58f", "#f2b45c", "#e3795b", "#35608f", "#8fb8c9")
    for number in range(15):
        x, y = numbers.uniform(80, 690), numbers.uniform(80, 690)
        color = colors[number % len(colors)]
        path = blob(x, y, numbers.uniform(80, 205), numbers)
        fill = QLinearGradient(x - 180, y - 180, x + 180, y + 180)
        fill.setColorAt(0.0, faded(color, 200))
        fill.setColorAt(1.0, faded(color, 70))
        painter.fillPath(path, QBrush(fill))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for number in range(9):
        painter.setPen(QPen(faded("#173642", 120), 1.6))
        painter.drawEllipse(QPointF(500, 300), 40 + 22 * number, 40 + 22 * number)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#f7d58a"))
    painter.drawEllipse(QPointF(500, 300), 28, 28)


def sky(painter: QPainter, *stops: tuple[float, str]) -> None:
    gradient = QLinearGradient(0, 0, 0, SIZE)
    for place, color in stops:
        gradient.setColorAt(place, QColor(color))
    painter.fillRect(QRectF(0, 0, SIZE, SIZE), QBrush(gradient))


def glow(painter: QPainter, x: float, y: float, radius: float, color: str, alpha: int) -> None:
    gradient = QRadialGradient(QPointF(x, y), radius)
    gradient.setColorAt(0.0, faded(color, alpha))
    gradient.setColorAt(0.35, faded(color, alpha // 2))
    gradient.setColorAt(1.0, faded(color, 0))
    painter.setBrush(QBrush(gradient))
    painter.drawEllipse(QPointF(x, y), radius, radius)


def hills(base: float, height: float, numbers: random.Random) -> QPainterPath:
    waves = [(numbers.uniform(0.6, 1.1) / (step + 1), numbers.uniform(0, 6.28), 1.3 * (step + 1)) for step in range(4)]
    path = QPainterPath(QPointF(0, SIZE))
    for x in range(0, SIZE + 8, 8):
        rise = sum(size * math.sin(x / SIZE * 6.28 * speed * 0.6 + shift) for size, shift, speed in waves)
        path.lineTo(x, base - rise * height * 0.6)
    path.lineTo(SIZE, SIZE)
    path.closeSubpath()
    return path


def pine(painter: QPainter, x: float, ground: float, height: float, color: str) -> None:
    painter.setBrush(QColor(color))
    for step in range(4):
        top = ground - height + height * 0.2 * step
        half = height * (0.09 + 0.055 * step)
        path = QPainterPath(QPointF(x, top))
        path.lineTo(x + half, top + height * 0.34)
        path.lineTo(x - half, top + height * 0.34)
        path.closeSubpath()
        painter.drawPath(path)
    painter.drawRect(QRectF(x - 2, ground - height * 0.1, 4, height * 0.1 + 20))


def bird(painter: QPainter, x: float, y: float, size: float) -> None:
    path = QPainterPath(QPointF(x - size, y - size * 0.35))
    path.quadTo(x - size * 0.4, y - size * 0.5, x, y)
    path.quadTo(x + size * 0.4, y - size * 0.5, x + size, y - size * 0.35)
    painter.setPen(QPen(QColor("#2b3350"), 2.2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path)
    painter.setPen(Qt.PenStyle.NoPen)


def boat(painter: QPainter, x: float, y: float) -> None:
    painter.setBrush(QColor("#2a1f3d"))
    hull = QPainterPath(QPointF(x - 44, y))
    hull.quadTo(x, y + 26, x + 46, y)
    hull.closeSubpath()
    painter.drawPath(hull)
    for side, color in ((-1, "#fbe9d2"), (1, "#e9c3b0")):
        sail = QPainterPath(QPointF(x + 3 * side, y - 104))
        sail.quadTo(x + 34 * side, y - 50, x + (38 if side > 0 else -30), y - 6)
        sail.lineTo(x + 3 * side, y - 6)
        sail.closeSubpath()
        painter.setBrush(QColor(color))
        painter.drawPath(sail)
    painter.setBrush(faded("#1b1630", 90))
    painter.drawEllipse(QPointF(x, y + 20), 46, 5)


def houses(painter: QPainter, numbers: random.Random, base: float, wall: str, light: str, lit: float) -> None:
    x = 90.0
    while x < 680:
        width, height = numbers.uniform(46, 84), numbers.uniform(60, 150)
        top = base - height + 60
        painter.fillRect(QRectF(x, top, width, SIZE), QColor(wall))
        roof = QPainterPath(QPointF(x - 3, top))
        roof.lineTo(x + width / 2, top - numbers.uniform(6, 34))
        roof.lineTo(x + width + 3, top)
        roof.closeSubpath()
        painter.fillPath(roof, QBrush(QColor(wall)))
        for row in range(7):
            for column in range(int(width // 17)):
                if numbers.random() < lit:
                    pane = QRectF(x + 7 + column * 16, top + 10 + row * 20, 7, 10)
                    painter.fillRect(pane, faded(light, numbers.randint(150, 240)))
        x += width + numbers.uniform(-2, 7)


def curtain(edge: float, side: int) -> QPainterPath:
    path = QPainterPath(QPointF(edge, 0))
    path.lineTo(edge + 168 * side, 0)
    path.cubicTo(edge + 176 * side, 220, edge + 96 * side, 360, edge + 84 * side, 470)
    path.cubicTo(edge + 78 * side, 520, edge + 104 * side, 600, edge + 96 * side, SIZE)
    path.lineTo(edge, SIZE)
    path.closeSubpath()
    return path


def cat_shape() -> QPainterPath:
    """A sitting cat, seen from the front, with its tail along the sill."""
    body = QPainterPath(QPointF(400, 622))
    body.cubicTo(376, 560, 394, 500, 424, 462)
    body.cubicTo(438, 444, 440, 424, 440, 400)
    body.lineTo(520, 400)
    body.cubicTo(520, 424, 522, 444, 536, 462)
    body.cubicTo(566, 500, 584, 560, 560, 622)
    body.closeSubpath()
    head = QPainterPath()
    head.addEllipse(QPointF(480, 366), 64, 56)
    ears = QPainterPath(QPointF(422, 350))
    ears.quadTo(416, 304, 428, 284)
    ears.quadTo(450, 298, 468, 318)
    ears.lineTo(492, 318)
    ears.quadTo(510, 298, 532, 284)
    ears.quadTo(544, 304, 538, 350)
    ears.closeSubpath()
    tail = QPainterPath(QPointF(404, 604))
    tail.cubicTo(330, 630, 280, 588, 296, 540)
    tail.cubicTo(302, 520, 326, 520, 326, 542)
    tail.cubicTo(322, 580, 350, 596, 410, 574)
    tail.closeSubpath()
    paws = QPainterPath()
    for x in (446, 514):
        paws.addEllipse(QPointF(x, 612), 34, 15)
    return body.united(head).united(ears).united(tail).united(paws)


def blob(x: float, y: float, radius: float, numbers: random.Random) -> QPainterPath:
    count = 7
    radii = [radius * numbers.uniform(0.72, 1.2) for _ in range(count)]
    points = [
        QPointF(x + r * math.cos(6.2832 * i / count), y + r * math.sin(6.2832 * i / count)) for i, r in enumerate(radii)
    ]
    middles = [(points[i] + points[(i + 1) % count]) / 2 for i in range(count)]
    path = QPainterPath(middles[-1])
    for i in range(count):
        path.quadTo(points[i], middles[i])
    path.closeSubpath()
    return path


def blend(one: str, other: str, share: float) -> str:
    first, second = QColor(one), QColor(other)
    parts = zip(first.getRgb()[:3], second.getRgb()[:3], strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in parts)


def faded(color: str, alpha: int) -> QColor:
    result = QColor(color)
    result.setAlpha(alpha)
    return result


PAINTINGS: dict[str, Painting] = {"landscape": landscape, "sea": sea, "cat": cat, "abstract": abstract}

if __name__ == "__main__":
    main()
