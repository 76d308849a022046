"""Draw the program's icons from `resources/icons/logo.svg`: .png (Linux), .ico (Windows), .icns (macOS).

    python resources/desktop/make_icons.py

Run it after the logo has changed, and commit what it writes. Both containers hold PNG files behind a small table.
"""

import os
import struct
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

FOLDER = Path(__file__).resolve().parent
LOGO = FOLDER.parent / "icons" / "logo.svg"
PNG_SIZE = 512
ICO_SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
# Type codes of macOS by pixels; twice where a size also serves screens of double density.
ICNS_TYPES = ((16, b"icp4"), (32, b"icp5"), (32, b"ic11"), (64, b"ic12"), (128, b"ic07"), (256, b"ic08"),
              (256, b"ic13"), (512, b"ic09"), (512, b"ic14"), (1024, b"ic10"))  # fmt: skip


def main() -> None:
    """Write the three files."""
    application = QGuiApplication([])
    renderer = QSvgRenderer(str(LOGO))
    (FOLDER / "gigadesk.png").write_bytes(draw(renderer, PNG_SIZE))
    (FOLDER / "gigadesk.ico").write_bytes(ico({size: draw(renderer, size) for size in ICO_SIZES}))
    (FOLDER / "gigadesk.icns").write_bytes(icns([(kind, draw(renderer, size)) for size, kind in ICNS_TYPES]))
    del application


def draw(renderer: QSvgRenderer, size: int) -> bytes:
    """The logo as a PNG file of `size` pixels."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())


def ico(pictures: dict[int, bytes]) -> bytes:
    """Header, a table entry of 16 bytes for each picture (a size of 256 is written as 0), then the pictures."""
    offset = 6 + 16 * len(pictures)
    table, content = b"", b""
    for size, picture in pictures.items():
        table += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(picture), offset + len(content))
        content += picture
    return struct.pack("<HHH", 0, 1, len(pictures)) + table + content


def icns(pictures: list[tuple[bytes, bytes]]) -> bytes:
    """Chunks of type, length with the header's 8 bytes, picture; within one of type `icns`."""
    chunks = b"".join(kind + struct.pack(">I", 8 + len(picture)) + picture for kind, picture in pictures)
    return b"icns" + struct.pack(">I", 8 + len(chunks)) + chunks


if __name__ == "__main__":
    main()
