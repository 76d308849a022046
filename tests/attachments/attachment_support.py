"""Small files of every kind, made here byte by byte."""

import struct
import zlib

DOCX_PART, XLSX_PART, PPTX_PART = "word/document.xml", "xl/workbook.xml", "ppt/presentation.xml"


def png(width: int = 3, height: int = 2) -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x20\x80\x20" * min(width, 64)) * min(height, 64))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def jpeg(width: int = 3, height: int = 2, *, before: bytes = b"") -> bytes:
    app = b"\xff\xe0" + struct.pack(">H", 16) + b"JFIF\0\1\1\0\0\1\0\1\0\0"
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 17, 8, height, width, 3) + bytes(9)
    return b"\xff\xd8" + app + before + frame + b"\xff\xd9"


def bmp(width: int = 3, height: int = 2) -> bytes:
    return b"BM" + struct.pack("<IHHI", 54 + 24, 0, 0, 54) + struct.pack("<IiiHH", 40, width, height, 1, 24) + bytes(48)


def old_bmp(width: int = 3, height: int = 2) -> bytes:
    return b"BM" + struct.pack("<IHHI", 26 + 24, 0, 0, 26) + struct.pack("<IHHHH", 12, width, height, 1, 24) + bytes(24)


def tiff(width: int = 3, height: int = 2, order: str = "<", kind: int = 3) -> bytes:
    value = {3: "HH", 4: "I"}[kind]
    folder = struct.pack(f"{order}H", 2)
    for tag, size in ((256, width), (257, height)):
        values = (size, 0) if kind == 3 else (size,)
        folder += struct.pack(f"{order}HHI{value}", tag, kind, 1, *values)
    return {"<": b"II*\0", ">": b"MM\0*"}[order] + struct.pack(f"{order}I", 8) + folder + bytes(4)


def zipped(*names: str, stored: bytes = b"") -> bytes:
    import io
    import zipfile

    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        if stored:
            archive.writestr(zipfile.ZipInfo("mimetype"), stored)
        for name in names:
            archive.writestr(name, "<xml/>" * 20)
    return buffer.getvalue()


def ole(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + stream.encode("utf-16-le") + bytes(64)


WAV = b"RIFF" + struct.pack("<I", 40) + b"WAVEfmt " + bytes(32)
MP3 = b"\xff\xfb\x90\x00" + bytes(64)
MP3_TAGGED = b"ID3\x04\0\0" + bytes(64)
OGG = b"OggS\0\2" + bytes(22) + b"\x01vorbis" + bytes(32)
OPUS = b"OggS\0\2" + bytes(22) + b"OpusHead" + bytes(32)
OGV = b"OggS\0\2" + bytes(22) + b"\x80theora" + bytes(32)
M4A = struct.pack(">I", 24) + b"ftypM4A " + bytes(32)
MP4 = struct.pack(">I", 24) + b"ftypisom" + bytes(32)
HEIC = struct.pack(">I", 24) + b"ftypheic" + bytes(32)
WEBA = b"\x1aE\xdf\xa3" + bytes(8) + b"\x42\x82\x84webm" + bytes(32)
WEBP = b"RIFF" + struct.pack("<I", 40) + b"WEBPVP8 " + bytes(32)
GIF = b"GIF89a\3\0\2\0" + bytes(32)
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n"
EPUB = zipped("META-INF/container.xml", stored=b"application/epub+zip")
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"/>'
