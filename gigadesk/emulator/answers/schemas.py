"""A JSON value that satisfies a JSON Schema, with what the question offers as text. Pure.

Knows what pydantic and people write: types, `enum`, `const`, `$ref`, `anyOf` and its like, required properties,
limits of numbers, texts and lists, common formats. What it does not know is left out of account.
"""

import re
from collections.abc import Mapping
from typing import Any

from gigadesk.emulator.answers.patterns import matching

Schema = Mapping[str, Any]  # JSON Schema of the client's making
DEPTH_MAX = 24
LIST_MAX = 32
_FORMATS = {
    "date": "2026-03-01",
    "date-time": "2026-03-01T12:00:00Z",
    "time": "12:00:00Z",
    "email": "user@example.org",
    "uri": "https://example.org/",
    "uuid": "59af540e-321d-434a-8b46-4d5adb3c92ff",
}
_BRANCHES = ("anyOf", "oneOf")


def satisfying(schema: Schema, question: str) -> Any:  # JSON
    """The value. Every property is there, the required ones and the others."""
    return _Writer(schema, question).value(schema, 0)


class _Writer:
    def __init__(self, root: Schema, question: str) -> None:
        self._root = root
        names = re.findall(r"(?<=\s)[A-ZА-ЯЁ]\w+", question)
        self._words = names[-1] if names else question[:80]

    def value(self, given: Any, depth: int) -> Any:  # JSON
        schema = self._resolved(given)
        if not schema or depth > DEPTH_MAX:
            return {} if schema.get("type") == "object" else None if schema else self._words
        if "const" in schema:
            return schema["const"]
        if isinstance(schema.get("enum"), list) and schema["enum"]:
            return schema["enum"][0]
        for name in _BRANCHES:
            if isinstance(schema.get(name), list) and schema[name]:
                # A branch that is not null says more; `Optional[X]` is written as X or null.
                branches = sorted(schema[name], key=lambda branch: _type(self._resolved(branch)) == "null")
                return self.value(branches[0], depth + 1)
        match _type(schema):
            case "object":
                return self._object(schema, depth)
            case "array":
                return self._list(schema, depth)
            case "integer":
                return int(_number(schema, 1, step=1))
            case "number":
                return _number(schema, 1.5, step=0.5)
            case "boolean":
                return True
            case "null":
                return None
            case _:
                return self._text(schema)

    def _resolved(self, schema: Any) -> Schema:  # JSON of the client's making
        """The schema behind references, joined with all that `allOf` adds."""
        for _ in range(DEPTH_MAX):
            if not isinstance(schema, Mapping):
                return {}
            if isinstance(schema.get("$ref"), str):
                others = {key: value for key, value in schema.items() if key != "$ref"}
                target = self._target(schema["$ref"])
                schema = {**target, **others} if isinstance(target, Mapping) else others
            elif isinstance(schema.get("allOf"), list):
                joined: dict[str, Any] = {key: value for key, value in schema.items() if key != "allOf"}
                for part in schema["allOf"]:
                    joined = _joined(joined, part)
                schema = joined
            else:
                return schema
        return {}

    def _target(self, reference: str) -> Any:  # JSON of the client's making
        found: Any = self._root
        for step in reference.removeprefix("#").strip("/").split("/"):
            found = found.get(step) if isinstance(found, Mapping) else None
        return found

    def _object(self, schema: Schema, depth: int) -> dict[str, Any]:
        properties = schema.get("properties")
        required = schema.get("required")
        names = list(properties) if isinstance(properties, Mapping) else []
        names += [name for name in required if isinstance(name, str)] if isinstance(required, list) else []
        known: Mapping[str, Any] = properties if isinstance(properties, Mapping) else {}
        return {name: self.value(known.get(name, {}), depth + 1) for name in dict.fromkeys(names)}

    def _list(self, schema: Schema, depth: int) -> list[Any]:
        first = schema.get("prefixItems")
        if isinstance(first, list):
            return [self.value(item, depth + 1) for item in first[:LIST_MAX]]
        least = schema.get("minItems")
        count = min(LIST_MAX, least) if isinstance(least, int) else 1
        if schema.get("maxItems") == 0:
            count = 0
        return [self.value(schema.get("items"), depth + 1) for _ in range(max(0, count))]

    def _text(self, schema: Schema) -> str:
        pattern = schema.get("pattern")
        if isinstance(pattern, str):
            try:
                return matching(pattern)
            except (re.error, RecursionError, OverflowError):
                pass
        text = _FORMATS.get(str(schema.get("format")), self._words)
        longest, shortest = schema.get("maxLength"), schema.get("minLength")
        if isinstance(longest, int):
            text = text[: max(0, longest)]
        return text.ljust(min(shortest, 10_000), ".") if isinstance(shortest, int) else text


def _type(schema: Schema) -> str:
    kind = schema.get("type")
    if isinstance(kind, list):
        kind = next((one for one in kind if one != "null"), "null")
    if isinstance(kind, str):
        return kind
    return "object" if "properties" in schema else "array" if "items" in schema else "string"


def _number(schema: Schema, usual: float, *, step: float) -> float:
    """The usual number, or the nearest that the limits allow."""
    value = usual
    multiple = schema.get("multipleOf")
    for name, is_open, is_lower in (
        ("minimum", False, True),
        ("exclusiveMinimum", True, True),
        ("maximum", False, False),
        ("exclusiveMaximum", True, False),
    ):
        limit = schema.get(name)
        if isinstance(limit, (int, float)) and not isinstance(limit, bool):
            edge = (limit + step if is_lower else limit - step) if is_open else limit
            value = max(value, edge) if is_lower else min(value, edge)
    if isinstance(multiple, (int, float)) and not isinstance(multiple, bool) and multiple > 0:
        value = -(-value // multiple) * multiple
    return value


def _joined(one: Mapping[str, Any], other: Any) -> dict[str, Any]:  # JSON of the client's making
    if not isinstance(other, Mapping):
        return dict(one)
    both = {**one, **other}
    left, right = one.get("properties"), other.get("properties")
    if isinstance(left, Mapping) and isinstance(right, Mapping):
        both["properties"] = {**left, **right}
    first, more = one.get("required"), other.get("required")
    if isinstance(first, list) and isinstance(more, list):
        both["required"] = [*first, *more]
    return both
