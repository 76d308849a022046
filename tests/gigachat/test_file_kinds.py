"""What a file is, by its name and by its first bytes, and how its name is cleaned."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gigadesk.chat import FileKind
from gigadesk.gigachat.file_kinds import FILE_TYPES, HEAD_BYTES, clean_file_name, file_type_of, type_of_content
from gigadesk.limits import FILE_NAME_MAX_CHARS

HEADS = {
    "jpeg": (b"\xff\xd8\xff\xe0\x00\x10JFIF", FileKind.IMAGE, "image/jpeg"),
    "png": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", FileKind.IMAGE, "image/png"),
    "gif": (b"GIF89a\x01\x00\x01\x00", FileKind.IMAGE, "image/gif"),
    "webp": (b"RIFF\x24\x00\x00\x00WEBPVP8 ", FileKind.IMAGE, "image/webp"),
    "webp with a line feed in its size": (b"RIFF\n\n\n\nWEBPVP8 ", FileKind.IMAGE, "image/webp"),
    "tiff": (b"II*\x00\x08\x00\x00\x00", FileKind.IMAGE, "image/tiff"),
    "bmp": (b"BM\x36\x00\x0c\x00\x00\x00\x00\x00\x36\x00", FileKind.IMAGE, "image/bmp"),
    "fbx": (b"Kaydara FBX Binary  \x00\x1a\x00", FileKind.MODEL_3D, "model/fbx"),
    "fbx as text": (b"; FBX 7.3.0 project file\n", FileKind.MODEL_3D, "model/fbx"),
    "gltf": (b"glTF\x02\x00\x00\x00", FileKind.MODEL_3D, "model/gltf-binary"),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3", FileKind.TEXT, "application/pdf"),
    "docx": (b"PK\x03\x04\x14\x00", FileKind.OTHER, "application/zip"),
    "wav": (b"RIFF\x24\x00\x00\x00WAVEfmt ", FileKind.AUDIO, "audio/x-wav"),
    "mp3": (b"ID3\x04\x00", FileKind.AUDIO, "audio/mp3"),
    "ogg": (b"OggS\x00\x02", FileKind.AUDIO, "audio/x-ogg"),
    "m4a": (b"\x00\x00\x00\x20ftypM4A ", FileKind.AUDIO, "audio/x-m4a"),
    "jsonl": (b'{"id":"1"}\n{"id":"2"}\n', FileKind.TEXT, "application/json"),
    "text": ("Привет, мир\n".encode(), FileKind.TEXT, "text/plain"),
    "text that begins like a picture": (b"BMW is a car", FileKind.TEXT, "text/plain"),
    "svg is text": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", FileKind.TEXT, "text/plain"),
    "text cut within a letter": (("a" + "я" * HEAD_BYTES).encode()[:HEAD_BYTES], FileKind.TEXT, "text/plain"),
    "program": (b"\x7fELF\x02\x01\x01\x00", FileKind.OTHER, "application/octet-stream"),
    "nothing": (b"", FileKind.TEXT, "text/plain"),
}


@pytest.mark.parametrize(("head", "kind", "mime"), HEADS.values(), ids=HEADS)
def test_content_tells_what_a_file_is(head, kind, mime):
    found = type_of_content(head)

    assert (found.kind, found.mime) == (kind, mime)


@given(st.binary(max_size=64))
def test_any_content_is_something(head):
    assert type_of_content(head).max_bytes > 0


def test_ending_tells_what_the_service_takes():
    assert file_type_of("Отчёт.PDF") == FILE_TYPES["pdf"]
    assert file_type_of("archive.tar.gz") is None
    assert file_type_of("pdf") is None


NAMES = {
    "plain": ("отчёт за год.pdf", "отчёт за год.pdf"),
    "folders": ("/home/user/secret/a.txt", "a.txt"),
    "folders of Windows": ("C:\\Users\\user\\a.txt", "a.txt"),
    "line ends": ("a\r\nContent-Type: x\x00.txt", "a Content-Type: x\ufffd.txt"),
    "turned around": ("invoice\u202efdp.exe", "invoicefdp.exe"),
    "spaces": ("  a \t b .txt ", "a b .txt"),
    "only dots": ("..", "file"),
    "nothing": ("", "file"),
    "ends in a folder": ("a/", "file"),
    "quotes stay": ('a"b.txt', 'a"b.txt'),
    "half a character": ("a\ud800.txt", "a\ufffd.txt"),
}


@pytest.mark.parametrize(("name", "cleaned"), NAMES.values(), ids=NAMES)
def test_name_is_cleaned(name, cleaned):
    assert clean_file_name(name) == cleaned


def test_long_name_keeps_its_ending():
    cleaned = clean_file_name("я" * 1000 + ".docx")

    assert len(cleaned) == FILE_NAME_MAX_CHARS
    assert cleaned.endswith("я.docx")


@given(st.text())
def test_cleaned_name_is_fit_for_a_header_and_a_folder(name):
    cleaned = clean_file_name(name)

    assert 0 < len(cleaned) <= FILE_NAME_MAX_CHARS
    assert cleaned not in {".", ".."}
    assert not set(cleaned) & set("/\\\r\n\x00\t")
    assert clean_file_name(cleaned) == cleaned
    cleaned.encode()
