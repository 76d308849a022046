"""Names as the user sees them, and as the service gets them."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gigadesk.attachments import clean_name, upload_name
from gigadesk.gigachat.file_kinds import FILE_TYPES, file_type_of
from gigadesk.limits import FILE_NAME_MAX_CHARS


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("отчёт за год.pdf", "отчёт за год.pdf"),
        ("/home/user/a.txt", "a.txt"),
        ("C:\\Users\\me\\a.txt", "a.txt"),
        ("folder/", "folder"),
        ("", "file"),
        ("...", "file"),
        ("///", "file"),
        (" a  b\tc\n.txt ", "a b c .txt"),
        ("invoice\u202etxt.exe", "invoicetxt.exe"),
        ("a\0b\r\nc.txt", "a\ufffdb c.txt"),
        ("и\u0306.txt", "й.txt"),
        ("a\ud800.txt", "a\ufffd.txt"),
        ("😀.png", "😀.png"),
        (".gitignore", "gitignore"),
    ],
)
def test_a_name_becomes_one_line_without_folders(name, cleaned):
    assert clean_name(name) == cleaned


def test_a_long_name_keeps_its_ending():
    cleaned = clean_name("я" * 500 + ".docx")

    assert len(cleaned) == FILE_NAME_MAX_CHARS
    assert cleaned.endswith("я.docx")
    assert len(clean_name("я" * 500)) == FILE_NAME_MAX_CHARS
    assert len(clean_name("a." + "я" * 500)) <= FILE_NAME_MAX_CHARS


@given(st.text(max_size=400))
def test_any_name_can_be_shown_and_stays_when_cleaned_again(name):
    cleaned = clean_name(name)

    assert 0 < len(cleaned) <= FILE_NAME_MAX_CHARS
    assert not {"/", "\\"} & set(cleaned)
    assert all(unicodedata.category(letter) not in {"Cc", "Cf", "Cs"} for letter in cleaned)
    assert clean_name(cleaned) == cleaned


@pytest.mark.parametrize(
    ("name", "mime", "sent"),
    [
        ("a.txt", "text/plain", "a.txt"),
        ("main.py", "text/plain", "main.py.txt"),
        ("README", "text/plain", "README.txt"),
        ("photo.jpg", "image/png", "photo.jpg.png"),
        ("photo.JPG", "image/jpeg", "photo.JPG"),
        ("a.fbx", "model/fbx", "a.fbx"),
    ],
)
def test_the_service_gets_an_ending_that_fits(name, mime, sent):
    assert upload_name(name, mime) == sent


@given(st.text(min_size=1, max_size=50), st.sampled_from(sorted(FILE_TYPES)))
def test_the_service_finds_the_type_by_the_name_it_gets(name, ending):
    found = file_type_of(upload_name(clean_name(name), FILE_TYPES[ending].mime))

    assert found is not None
    assert found.mime == FILE_TYPES[ending].mime
