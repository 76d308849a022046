"""Answers that satisfy a schema or match a pattern."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gigadesk.emulator import Emulator
from gigadesk.emulator.answers.patterns import matching
from gigadesk.emulator.answers.schemas import satisfying
from tests.emulator.chat_support import ask_v2, json_v2
from tests.emulator.emulator_support import Visitor

SCHEMAS = {
    "nothing": ({}, "Казани"),
    "const": ({"const": [1]}, [1]),
    "enum": ({"type": "string", "enum": ["b", "a"]}, "b"),
    "integer": ({"type": "integer", "minimum": 5, "maximum": 9}, 5),
    "open limit": ({"type": "integer", "exclusiveMinimum": 5}, 6),
    "maximum": ({"type": "number", "maximum": -1}, -1),
    "open maximum": ({"type": "number", "exclusiveMaximum": 0}, -0.5),
    "multiple": ({"type": "integer", "multipleOf": 10, "minimum": 1}, 10),
    "boolean": ({"type": "boolean"}, True),
    "null": ({"type": "null"}, None),
    "optional": ({"anyOf": [{"type": "null"}, {"type": "integer"}]}, 1),
    "several types": ({"type": ["null", "boolean"]}, True),
    "date": ({"type": "string", "format": "date"}, "2026-03-01"),
    "pattern": ({"type": "string", "pattern": r"^\d{4}-[A-F]{2}$"}, "1111-AA"),
    "short text": ({"type": "string", "maxLength": 3}, "Каз"),
    "long text": ({"type": "string", "minLength": 8}, "Казани.."),
    "list": ({"type": "array", "items": {"type": "integer"}}, [1]),
    "longer list": ({"type": "array", "items": {"type": "boolean"}, "minItems": 2}, [True, True]),
    "empty list": ({"type": "array", "maxItems": 0}, []),
    "tuple": ({"type": "array", "prefixItems": [{"type": "integer"}, {"type": "null"}]}, [1, None]),
    "object": (
        {"properties": {"a": {"type": "integer"}, "b": {"type": "object"}}, "required": ["a", "c"]},
        {"a": 1, "b": {}, "c": "Казани"},
    ),
    "reference": (
        {
            "$defs": {"Step": {"type": "object", "properties": {"n": {"type": "integer"}}}},
            "type": "object",
            "properties": {"steps": {"type": "array", "items": {"$ref": "#/$defs/Step"}}},
        },
        {"steps": [{"n": 1}]},
    ),
    "all of": (
        {
            "allOf": [
                {"type": "object", "properties": {"a": {"type": "integer"}}, "required": ["a"]},
                {"properties": {"b": {"type": "boolean"}}, "required": ["b"]},
            ]
        },
        {"a": 1, "b": True},
    ),
}


@pytest.mark.parametrize(("schema", "value"), SCHEMAS.values(), ids=SCHEMAS.keys())
def test_value_satisfies_the_schema(schema, value):
    assert satisfying(schema, "Погода в Казани") == value


def test_schema_that_contains_itself_ends():
    schema = {"$defs": {"N": {"type": "object", "properties": {"n": {"$ref": "#/$defs/N"}}}}, "$ref": "#/$defs/N"}

    assert json.dumps(satisfying(schema, "a"))
    assert json.dumps(satisfying({"$ref": "#"}, "a"))


KEYWORDS = ["type", "properties", "items", "required", "$ref", "anyOf", "allOf", "enum", "a", "minItems", "minimum"]
MORE_KEYWORDS = ["multipleOf", "pattern", "maxLength", "minLength", "prefixItems", "exclusiveMaximum"]
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.floats(-3, 3) | st.sampled_from(["object", "a", "string", "#"]),
    lambda children: (
        st.lists(children, max_size=3)
        | st.dictionaries(
            st.sampled_from([*KEYWORDS, *MORE_KEYWORDS]),
            children,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(["type", "properties", "items", "$ref", "allOf", "pattern"]), json_values))
def test_any_schema_gives_some_json(schema):
    json.dumps(satisfying(schema, "Какой-то вопрос"))


PATTERNS = [
    r"^(positive|negative)$",
    r"\d{3}-\d{2,5}",
    r"[A-Z][a-z]+(?: [A-Z][a-z]*)?",
    r"(?P<year>\d{4})-(?P=year)",
    r"(a|b)\1",
    r"[^a-z ]{2}",
    r"[]x]+[\]y]",
    r"\.\*\\\x41\u0416",
    r"(?i:да|нет)",
    r"(?#note)x(?=y)y",
    r"\w+\s\w+\b",
    r"a{0}b{2}c{,3}d{1,}",
    r"(?:)|x",
    r"[\d\w]+?$",
    r"{}",
]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_text_matches_its_pattern(pattern):
    assert re.fullmatch(pattern, matching(pattern))


@pytest.mark.parametrize("pattern", ["(", "a**", "[", r"\1"])
def test_what_is_no_pattern_is_an_error(pattern):
    with pytest.raises(re.error):
        matching(pattern)


def test_endless_repetition_is_an_error():
    with pytest.raises(OverflowError):
        matching("(a{1000}){1001}")


async def test_answer_of_the_second_contract_matches(emulator: Emulator, visitor: Visitor):
    answer = await json_v2(
        visitor, ask_v2("Тон?", model_options={"response_format": {"type": "regex", "regex": "^(positive|negative)$"}})
    )

    assert answer["messages"][0]["content"] == [{"text": "positive"}]


async def test_schema_of_the_second_contract_may_be_text(visitor: Visitor):
    schema = json.dumps({"type": "object", "properties": {"ok": {"type": "boolean"}}, "required": ["ok"]})

    answer = await json_v2(
        visitor, ask_v2("a", model_options={"response_format": {"type": "json_schema", "schema": schema}})
    )

    assert answer["messages"][0]["content"][0]["text"] == '{\n    "ok": true\n}'
