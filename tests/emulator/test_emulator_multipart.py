"""Reading forms: what browsers and libraries send, and what is no form."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gigadesk.emulator.multipart import PARTS_MAX, BrokenFormError, read_form

TYPE = "multipart/form-data; boundary=b"


def form(*parts: bytes, boundary: bytes = b"b") -> bytes:
    line = b"--" + boundary
    return b"".join(line + b"\r\n" + part + b"\r\n" for part in parts) + line + b"--\r\n"


def part(disposition: bytes, data: bytes = b"text", more: bytes = b"") -> bytes:
    return b"Content-Disposition: form-data; " + disposition + b"\r\n" + more + b"\r\n" + data


FILE = part(b'name="file"; filename="a.txt"', b"text", b"Content-Type: text/plain\r\n")


def test_fields_and_files():
    fields = read_form(TYPE, form(part(b'name="purpose"', b"general"), FILE))

    assert (fields["purpose"].file_name, fields["purpose"].text) == (None, "general")
    assert (fields["file"].file_name, fields["file"].content_type, fields["file"].data) == (
        "a.txt",
        "text/plain",
        b"text",
    )


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ('filename="отчёт «1».txt"'.encode(), "отчёт «1».txt"),
        (b'filename="%D0%BE.txt"', "о.txt"),
        (b'filename="a%22b.txt"', 'a"b.txt'),
        (rb'filename="a\"b.txt"', 'a"b.txt'),
        (b"filename=a.txt", "a.txt"),
        (b"filename=\"x\"; filename*=UTF-8''%D0%BE.txt", "о.txt"),
        (b'filename=""', ""),
        (b'filename="\xff.txt"', "\ufffd.txt"),
    ],
    ids=["UTF-8", "percent", "quote in percent", "quote with backslash", "bare", "extended", "empty", "no UTF-8"],
)
def test_file_names_as_clients_write_them(written, name):
    assert read_form(TYPE, form(part(b'name="file"; ' + written)))["file"].file_name == name


@pytest.mark.parametrize(
    "content_type",
    ['multipart/form-data; boundary="b"', "Multipart/Form-Data; charset=utf-8; BOUNDARY=b", TYPE + " ; x=y"],
)
def test_boundary_is_found_however_it_is_written(content_type):
    assert read_form(content_type, form(FILE))["file"].data == b"text"


def test_text_before_and_after_the_parts_is_passed_over():
    assert read_form(TYPE, b"preamble\r\n" + form(FILE) + b"epilogue")["file"].data == b"text"


def test_data_may_look_like_a_boundary():
    data = b"-b\r\n-b\r\n--a\r\n\r\n--"

    assert read_form(TYPE, form(part(b'name="file"', data)))["file"].data == data
    assert read_form(TYPE, form(part(b'name="file"', b"")))["file"].data == b""


def test_first_of_two_fields_with_one_name_counts():
    assert read_form(TYPE, form(part(b'name="a"', b"1"), part(b'name="a"', b"2")))["a"].data == b"1"


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/json", form(FILE)),
        ("multipart/form-data", form(FILE)),
        ("multipart/form-data; boundary=" + "x" * 71, form(FILE)),
        (TYPE, b""),
        (TYPE, b"nonsense"),
        (TYPE, form(FILE)[:-6]),
        (TYPE, form(FILE)[:-20]),
        (TYPE, form(FILE, boundary=b"c")),
        (TYPE, form(b"no headers")),
        (TYPE, form(part(b'filename="a"'))),
        (TYPE, form(b"Content-Type: text/plain\r\n\r\ntext")),
        (TYPE, form(part(b'name="a"', more=b"X: y\r\n" * 10_000))),
        (TYPE, form(*[part(b'name="a"')] * (PARTS_MAX + 1))),
        (TYPE, b"--b\r\n" * 10_000),
    ],
    ids=[
        "JSON",
        "no boundary",
        "long boundary",
        "empty",
        "nonsense",
        "no end",
        "cut in the data",
        "other boundary",
        "no headers",
        "no name",
        "no disposition",
        "endless headers",
        "too many parts",
        "boundaries only",
    ],
)
def test_what_is_no_form_is_refused(content_type, body):
    with pytest.raises(BrokenFormError):
        read_form(content_type, body)


@given(st.binary(max_size=60), st.integers(0, 200), st.binary(max_size=3))
def test_any_damage_gives_a_form_or_a_refusal(data, place, patch):
    whole = form(part(b'name="purpose"', b"general"), part(b'name="file"; filename="a"', data))
    damaged = whole[:place] + patch + whole[place + len(patch) :]

    with contextlib.suppress(BrokenFormError):
        read_form(TYPE, damaged)


@given(st.binary(max_size=200))
def test_data_arrives_as_it_was_sent(data):
    body = form(part(b'name="file"; filename="a"', data), boundary=b"unlikely-boundary")

    if b"\r\n--unlikely-boundary" not in data:
        assert read_form("multipart/form-data; boundary=unlikely-boundary", body)["file"].data == data
