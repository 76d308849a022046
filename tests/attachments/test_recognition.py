"""What a file is: content first, name second; nothing is decoded, and no bytes whatever bring another failure."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gigadesk.attachments.picture_size import picture_size
from gigadesk.attachments.recognition import recognise
from gigadesk.errors import AttachmentCause, AttachmentError
from gigadesk.gigachat.file_kinds import FILE_TYPES
from gigadesk.limits import IMAGE_FILE_MAX_BYTES
from tests.attachments.attachment_support import (
    DOCX_PART,
    EPUB,
    GIF,
    HEIC,
    M4A,
    MP3,
    MP3_TAGGED,
    MP4,
    OGG,
    OGV,
    OPUS,
    PDF,
    PPTX_PART,
    SVG,
    WAV,
    WEBA,
    WEBP,
    XLSX_PART,
    bmp,
    jpeg,
    old_bmp,
    ole,
    png,
    tiff,
    zipped,
)

DOCX, XLSX, PPTX = (zipped("[Content_Types].xml", part) for part in (DOCX_PART, XLSX_PART, PPTX_PART))

TAKEN = [
    ("a.png", png(), "image/png"),
    ("a.jpg", jpeg(), "image/jpeg"),
    ("a.JPEG", jpeg(), "image/jpeg"),
    ("a.bmp", bmp(), "image/bmp"),
    ("a.bmp", old_bmp(), "image/bmp"),
    ("a.tiff", tiff(), "image/tiff"),
    ("a.tif", tiff(order=">", kind=4), "image/tiff"),
    ("photo.jpg", png(), "image/png"),
    ("photo.png", jpeg(), "image/jpeg"),
    ("photo", png(), "image/png"),
    ("notes.txt", png(), "image/png"),
    ("a.mp3", MP3, "audio/mp3"),
    ("a.mp3", MP3_TAGGED, "audio/mp3"),
    ("a.mp3", bytes(100) + MP3, "audio/mp3"),
    ("a.bin", MP3, "audio/mp3"),
    ("a.wav", WAV, "audio/x-wav"),
    ("a.mp3", WAV, "audio/x-wav"),
    ("a.ogg", OGG, "audio/x-ogg"),
    ("a.ogg", OPUS, "audio/x-ogg"),
    ("a.opus", OPUS, "audio/opus"),
    ("a.m4a", M4A, "audio/x-m4a"),
    ("a.aac", M4A, "audio/x-m4a"),
    ("a.mp4", MP4, "audio/mp4"),
    ("a.weba", WEBA, "audio/webm"),
    ("a.pdf", PDF, "application/pdf"),
    ("a.pdf", b"\n\n" + PDF, "application/pdf"),
    ("a.docx", DOCX, FILE_TYPES["docx"].mime),
    ("a.pptx", PPTX, "application/pptx"),
    ("a.xlsx", XLSX, "application/vnd.ms-excel"),
    ("a.xlsx", DOCX, FILE_TYPES["docx"].mime),
    ("a.epub", EPUB, "application/epub"),
    ("a.doc", ole("WordDocument"), "application/msword"),
    ("a.ppt", ole("PowerPoint Document"), "application/ppt"),
    ("a.txt", "Привет".encode(), "text/plain"),
    ("main.py", b"print(1)\n", "text/plain"),
    ("README", b"# Title", "text/plain"),
    ("data.csv", b"a;b\r\n1;2\r\n", "text/plain"),
    ("a.json", b'{"a": 1}', "text/plain"),
    ("drawing.svg", SVG, "text/plain"),
    ("a.log", b"\x1b[31mred\x1b[0m", "text/plain"),
    ("about.txt", b"ID3 is a tag, RIFF a container, OggS a page, GIF8 a picture", "text/plain"),
    ("a.txt", b"BM is short for many things, and so is MM", "text/plain"),
    ("a.txt", b"RIFF and OggS", "text/plain"),
    ("a.xls", b"<table><tr><td>1</td></tr></table>", "text/plain"),
]
U, B = AttachmentCause.UNSUPPORTED, AttachmentCause.BAD_PICTURE
REFUSED = [
    ("a.txt", b"\0\1\2\3binary", U),
    ("a.txt", bytes(range(256)), U),
    ("a.exe", b"MZ\x90\0\3", U),
    ("a.zip", zipped("a.txt"), U),
    ("a.odt", zipped("content.xml"), U),
    ("a.docx", zipped("content.xml"), U),
    ("a.xls", ole("Workbook"), U),
    ("a.doc", b"{\\rtf1 text}", U),
    ("a.rtf", b"{\\rtf1 text}", U),
    ("a.pdf", b"<html>Not found</html>", U),
    ("a.mp3", b"no sound", U),
    ("a.webp", WEBP, U),
    ("a.png", WEBP, U),
    ("a.gif", GIF, U),
    ("a.heic", HEIC, U),
    ("a.mov", MP4, U),
    ("a.webm", WEBA, U),
    ("a.ogv", OGV, U),
    ("a.flac", b"fLaC\0\0\0\x22", U),
    ("a.png", GIF, B),
    ("photo.png", SVG, B),
    ("photo.jpg", b"text", B),
    ("a.png", png()[:20], B),
    ("a.png", png(0, 5), B),
    ("a.png", png(8000, 8000), B),
    ("a.jpg", jpeg()[:20], B),
    ("a.jpg", b"\xff\xd8\xff\xe1\xff\xff", B),
    ("a.bmp", b"BM what", B),
    ("a.tif", b"II*\0\xff\xff\xff\xff", B),
    ("a.txt", b" \n\t ", AttachmentCause.EMPTY),
]


@pytest.mark.parametrize(("name", "content", "mime"), TAKEN, ids=[f"{name}-{mime}" for name, _, mime in TAKEN])
def test_content_says_what_a_file_is(name, content, mime):
    found = recognise(name, content)

    assert found.type.mime == mime
    assert found.content == content


@pytest.mark.parametrize(("name", "content", "cause"), REFUSED, ids=[f"{name}-{cause}" for name, _, cause in REFUSED])
def test_what_the_service_does_not_take_is_refused(name, content, cause):
    with pytest.raises(AttachmentError) as caught:
        recognise(name, content)

    assert caught.value.cause is cause
    assert caught.value.name == name


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", "Привет, мир".encode("cp1251")),
        ("a.txt", "Привет, мир".encode("utf-16")),
        ("a.csv", b"\xfe\xff" + "Привет, мир".encode("utf-16-be")),
        ("a.txt", "Привет, мир".encode("utf-32")),
    ],
    ids=["windows", "utf-16", "utf-16-be", "utf-32"],
)
def test_text_in_an_old_encoding_is_kept_as_utf8(name, content):
    assert recognise(name, content).content.decode() == "Привет, мир"


def test_russian_words_that_look_like_a_frame_of_sound_are_text():
    assert recognise("a.txt", "является".encode("cp1251")).type.mime == "text/plain"


def test_the_limit_is_that_of_the_true_kind():
    with pytest.raises(AttachmentError) as caught:
        recognise("notes.txt", png() + bytes(IMAGE_FILE_MAX_BYTES))

    assert caught.value.cause is AttachmentCause.TOO_LARGE
    assert caught.value.limit_bytes == IMAGE_FILE_MAX_BYTES


@pytest.mark.parametrize(
    ("content", "size"),
    [
        (png(640, 480), (640, 480)),
        (jpeg(640, 480), (640, 480)),
        (jpeg(640, 480, before=b"\xff\xff\xfe\0\4ab\xff\xd0"), (640, 480)),
        (bmp(640, -480), (640, 480)),
        (old_bmp(640, 480), (640, 480)),
        (tiff(640, 480), (640, 480)),
        (tiff(640, 480, ">", 4), (640, 480)),
        (tiff()[:30], None),
        (png(0, 480), None),
        (bmp(-5, 480), None),
        (b"BM" + bytes(60), None),
        (GIF, None),
        (b"", None),
    ],
)
def test_the_size_of_a_picture_is_read_from_its_header(content, size):
    assert picture_size(content) == size


MAGICS = st.sampled_from(sorted({content[:12] for _, content, _ in TAKEN} | {b"", b"RIFF", b"OggS\0", b"II*\0\x08"}))
NAMES = st.builds(lambda ending: f"a.{ending}", st.sampled_from([*FILE_TYPES, "py", "exe", ""]))


@given(NAMES, MAGICS, st.binary(max_size=200))
def test_any_bytes_are_a_known_kind_or_a_typed_refusal(name, magic, rest):
    with contextlib.suppress(AttachmentError):
        found = recognise(name, magic + rest)
        assert found.type in FILE_TYPES.values()
        if found.type.mime == "text/plain":
            found.content.decode()


@given(st.sampled_from([png(), jpeg(), bmp(), old_bmp(), tiff(), tiff(order=">", kind=4)]), st.data())
def test_a_damaged_header_gives_a_size_or_none(whole, data):
    damaged = bytearray(whole[: data.draw(st.integers(0, len(whole)))])
    for _ in range(data.draw(st.integers(0, 4))):
        if damaged:
            damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))

    found = picture_size(bytes(damaged))

    assert found is None or min(found) > 0
