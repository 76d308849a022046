import contextlib
import json
import math
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gigadesk.gigachat.protocol.decode import Decoder, OddJsonError, encode, number_of, text_of

decode = Decoder(dict[str, Any])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        '"a"',
        "{'a': 1}",
        '{"a": ' + "9" * 5000 + "}",
        "[" * 100_000,
        '{"a":' * 200_000 + "1" + "}" * 200_000,  # newer interpreters bear some thousands
    ],
    ids=["empty", "open", "array", "null", "text", "quotes", "digits", "open depth", "depth"],
)
def test_odd_json_is_one_kind_of_error_without_the_text(text):
    with pytest.raises(OddJsonError) as caught:
        decode(text)

    assert caught.value.__context__ is None
    assert str(caught.value) == ""


@pytest.mark.parametrize("text", [r'{"a":"\ud800x"}', r'{"a":"x\udc00"}', r'{"a":"\ud800\ud800"}'])
def test_lone_surrogates_do_not_make_json_odd(text):
    assert decode(text) == json.loads(text)


def test_bytes_that_are_not_utf8_become_replacement_characters():
    assert decode(b'{"a":"x\xff"}') == {"a": "x\ufffd"}


def test_json_in_another_encoding_is_odd():
    with pytest.raises(OddJsonError):
        decode('{"a":1}'.encode("utf-16"))


@given(st.text() | st.binary())
def test_any_input_gives_a_value_or_odd_json(text):
    with contextlib.suppress(OddJsonError):
        assert isinstance(decode(text), dict)


class _Shape(msgspec.Struct):
    name: str


def test_another_shape_is_odd():
    with pytest.raises(OddJsonError):
        Decoder(_Shape)(r'{"name": {"\ud800": 1}}')


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(alphabet=st.characters(codec="utf-8")),
    lambda values: st.lists(values) | st.dictionaries(st.text(alphabet=st.characters(codec="utf-8")), values),
    max_leaves=10,
)


@given(_JSON)
def test_encoding_is_compact_raw_json(value):
    assert (
        encode(value) == json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
        or json.loads(encode(value)) == value
    )


def test_lone_surrogates_are_repaired_on_the_way_out():
    assert encode({"a": "x\ud83d\ude00\ud800"}) == '{"a":"x😀\ufffd"}'.encode()


def test_a_value_without_a_json_form_is_the_callers_mistake():
    with pytest.raises(TypeError):
        encode({"a": object()})


@pytest.mark.parametrize(
    ("value", "number"),
    [(1, 1), (1.5, 1.5), (0, 0), (-1, 0), (True, 0), ("1", 0), (None, 0), (math.nan, 0), (math.inf, 0), ([], 0)],
)
def test_numbers_from_outside(value, number):
    assert number_of(value) == number


@pytest.mark.parametrize(("value", "text"), [("a", "a"), (None, ""), (1, ""), ({}, "")])
def test_texts_from_outside(value, text):
    assert text_of(value) == text
