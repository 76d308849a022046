"""Width and height of a picture, read from its header: nothing is decoded. Pure.

Sources: PNG (W3C, 11.2.2 IHDR), JPEG (ITU-T T.81, B.2.2), BMP (Microsoft, BITMAPINFOHEADER), TIFF 6.0 (section 2).
"""

import struct

_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""Start-of-frame markers; the three others of the range are tables and an extension."""
_JPEG_LONE = frozenset({0x01, *range(0xD0, 0xD9)})
_TIFF_WIDTH, _TIFF_HEIGHT = 256, 257
_TIFF_FORMATS = {3: "H", 4: "I"}


def picture_size(content: bytes) -> tuple[int, int] | None:
    """Width and height in pixels; None when this is not a whole header of a PNG, JPEG, BMP or TIFF."""
    try:
        found = _size(content)
    except struct.error:
        return None
    return found if found is not None and min(found) > 0 else None


def _size(content: bytes) -> tuple[int, int] | None:
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return _png_size(content)
    if content.startswith(b"\xff\xd8\xff"):
        return _jpeg_size(content)
    if content.startswith(b"BM"):
        return _bmp_size(content)
    if content.startswith((b"II*\0", b"MM\0*")):
        return _tiff_size(content)
    return None


def _png_size(content: bytes) -> tuple[int, int] | None:
    if content[12:16] != b"IHDR":
        return None
    width, height = struct.unpack_from(">II", content, 16)
    return width, height


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 4 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker == 0xFF:  # padding
            at += 1
        elif marker in _JPEG_LONE:
            at += 2
        elif marker in _JPEG_FRAMES:
            height, width = struct.unpack_from(">HH", content, at + 5)
            return width, height
        else:
            (length,) = struct.unpack_from(">H", content, at + 2)
            at += 2 + max(length, 2)
    return None


def _bmp_size(content: bytes) -> tuple[int, int] | None:
    (header_bytes,) = struct.unpack_from("<I", content, 14)
    if header_bytes == 12:
        width, height = struct.unpack_from("<HH", content, 18)
    elif 40 <= header_bytes <= 124:
        width, height = struct.unpack_from("<ii", content, 18)
    else:
        return None
    return width, abs(height)  # a negative height means: the first row is the top one


def _tiff_size(content: bytes) -> tuple[int, int] | None:
    order = "<" if content.startswith(b"II") else ">"
    (folder,) = struct.unpack_from(f"{order}I", content, 4)
    (entries,) = struct.unpack_from(f"{order}H", content, folder)
    found: dict[int, int] = {}
    for at in range(folder + 2, folder + 2 + 12 * entries, 12):
        tag, kind, count = struct.unpack_from(f"{order}HHI", content, at)
        if tag in {_TIFF_WIDTH, _TIFF_HEIGHT} and kind in _TIFF_FORMATS and count == 1:
            (found[tag],) = struct.unpack_from(f"{order}{_TIFF_FORMATS[kind]}", content, at + 8)
    if len(found) < 2:
        return None
    return found[_TIFF_WIDTH], found[_TIFF_HEIGHT]
