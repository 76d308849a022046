"""Pictures from files: what is shown, what is refused, and that neither stops the window."""

import os
import struct
import zlib
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QSize
from PySide6.QtGui import QColor, QImage, QImageWriter

from gigadesk.ui.pictures import Pictures

EXIF_TURNED = (
    b"\xff\xe1\x00\x22Exif\x00\x00II*\x00\x08\x00\x00\x00\x01\x00\x12\x01\x03\x00\x01\x00\x00\x00\x06\x00\x00\x00"
    b"\x00\x00\x00\x00"
)
"""Says that the picture is to be turned by 90 degrees."""


def picture(folder: Path, name: str, width: int = 60, height: int = 40, color: str = "#c03020") -> str:
    path = str(folder / name)
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(color))
    writer = QImageWriter(path, QByteArray(name.rpartition(".")[2].encode()))
    assert writer.write(image)
    return path


def load(qtbot, pictures: Pictures, path: str, width: int = 100, height: int = 100) -> QImage | None:
    with qtbot.waitSignal(pictures.loaded, timeout=10_000):
        assert pictures.image(path, width, height) is None
    return pictures.image(path, width, height)


def png_of_size(width: int, height: int) -> bytes:
    """A picture of 70 bytes that claims to be huge."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


@pytest.mark.parametrize("ending", ["png", "jpeg", "webp", "bmp"])
def test_a_picture_is_there_after_its_loading(qtbot, tmp_path, ending):
    pictures = Pictures()
    path = picture(tmp_path, f"one.{ending}")

    image = load(qtbot, pictures, path)

    assert image is not None
    assert image.size() == QSize(60, 40)
    assert pictures.size(path) == QSize(60, 40)
    assert not pictures.has_failed(path)


def test_a_gif_stands_still_on_its_first_frame(qtbot, tmp_path):
    frame = b"\x2c\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02\x44\x01\x00"
    whole = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\x00\x00\x00\x00\xff" + frame * 50 + b"\x3b"
    (tmp_path / "moving").write_bytes(whole)

    image = load(qtbot, Pictures(), str(tmp_path / "moving"))

    assert image is not None
    assert image.size() == QSize(1, 1)


def test_a_large_picture_is_decoded_at_the_wanted_size(qtbot, tmp_path):
    pictures = Pictures()
    path = picture(tmp_path, "large.jpeg", 3000, 1500)

    image = load(qtbot, pictures, path, 200, 200)

    assert image is not None
    assert image.size() == QSize(200, 100)
    assert pictures.size(path) == QSize(3000, 1500)


def test_a_very_large_photograph_is_held_smaller_than_it_is(qtbot, tmp_path):
    path = picture(tmp_path, "photo.jpeg", 6000, 5000)
    pictures = Pictures()

    image = load(qtbot, pictures, path, 6000, 5000)

    assert image is not None
    assert image.size() == QSize(3000, 2500)
    assert pictures.size(path) == QSize(6000, 5000)


def test_the_camera_s_note_turns_the_picture_upright(qtbot, tmp_path):
    pictures = Pictures()
    path = picture(tmp_path, "photo.jpeg", 600, 300)
    content = Path(path).read_bytes()
    Path(path).write_bytes(content[:2] + EXIF_TURNED + content[2:])

    image = load(qtbot, pictures, path, 100, 100)

    assert pictures.size(path) == QSize(300, 600)
    assert image is not None
    assert image.size() == QSize(50, 100)


def test_size_is_read_without_decoding(qtbot, tmp_path):
    pictures = Pictures()

    assert pictures.size(picture(tmp_path, "one.png", 33, 44)) == QSize(33, 44)
    assert pictures.cached_bytes == 0


def hostile_files() -> dict[str, bytes]:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="/etc/passwd"/></svg>'
    return {
        "svg that calls itself a png": svg,
        "xpm": b'/* XPM */ static char *x[] = {"1 1 1 1", "a c red", "a"};',
        "tiff": b"II*\x00\x08\x00\x00\x00",
        "icon": b"icns\x00\x00\x00\x08",
        "only the first bytes of a png": b"\x89PNG\r\n\x1a\n",
        "only the first bytes of a jpeg": b"\xff\xd8\xff\xe0",
        "bytes of nothing": os.urandom(500),
        "empty": b"",
        "claims 100000 x 100000": png_of_size(100_000, 100_000),
        "claims more than is allowed": png_of_size(7000, 7000),
        "claims much and has nothing": png_of_size(4000, 4000),
    }


@pytest.mark.qt_log_ignore("JPEG")
@pytest.mark.parametrize("name", hostile_files())
def test_what_is_no_picture_fails(qtbot, tmp_path, name):
    pictures = Pictures()
    path = tmp_path / "photo.png"
    path.write_bytes(hostile_files()[name])

    if name == "claims much and has nothing":
        load(qtbot, pictures, str(path))  # what is there of it is shown: nothing
        return
    assert load(qtbot, pictures, str(path)) is None
    assert pictures.has_failed(str(path))
    assert not pictures.size(str(path)).isValid()


def test_a_pipe_a_device_a_folder_and_nothing_fail_at_once(qtbot, tmp_path):
    if not hasattr(os, "mkfifo"):
        pytest.skip("no pipes with names here")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("/dev/zero")
    pictures = Pictures()

    for path in (str(tmp_path / "pipe"), str(tmp_path / "link"), "/dev/zero", str(tmp_path), str(tmp_path / "none")):
        assert not pictures.size(path).isValid()
        assert load(qtbot, pictures, path) is None
        assert pictures.has_failed(path)


def test_a_failed_path_is_not_tried_again_until_it_is_forgotten(qtbot, tmp_path):
    pictures = Pictures()
    path = str(tmp_path / "later.png")
    load(qtbot, pictures, path)
    picture(tmp_path, "later.png")

    assert pictures.image(path, 10, 10) is None
    assert pictures.has_failed(path)
    pictures.forget(path)

    assert load(qtbot, pictures, path) is not None


def test_the_cache_keeps_what_was_used_last_and_no_more_than_its_bytes(qtbot, tmp_path):
    one = 60 * 40 * 4
    pictures = Pictures(cache_max_bytes=3 * one)
    paths = [picture(tmp_path, f"{number}.png") for number in range(4)]
    for path in paths[:3]:
        load(qtbot, pictures, path)
    assert pictures.image(paths[0], 100, 100) is not None

    load(qtbot, pictures, paths[3])

    assert pictures.cached_bytes == 3 * one
    assert pictures.image(paths[0], 100, 100) is not None
    assert pictures.image(paths[1], 100, 100) is None


def test_hundreds_asked_for_at_once_load_the_newest(qtbot, tmp_path):
    pictures = Pictures()
    paths = [picture(tmp_path, f"{number}.bmp", 4, 4) for number in range(200)]
    loaded = []
    pictures.loaded.connect(loaded.append)

    for path in paths:
        pictures.image(path, 4, 4)

    qtbot.waitUntil(lambda: paths[-1] in loaded and paths[-20] in loaded)
    assert pictures.image(paths[-1], 4, 4) is not None
