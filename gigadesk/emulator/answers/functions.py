"""When the emulated model calls a function of the client, and with which arguments. Pure."""

import re
import uuid
from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from gigadesk.emulator.answers.answer import Answer

_WORD = re.compile(r"[^\W\d_]{4,}")
_STEM_CHARS = 5
"""Russian endings differ; the first letters of a word do not."""


def called_function(body: Mapping[str, Any], question: str, numbers: Random) -> Answer | None:  # checked JSON
    """The call that is forced, or with `auto` one whose name or description shares a word with the question."""
    functions: Sequence[Mapping[str, Any]] = body.get("functions") or []
    mode = body.get("function_call")
    if isinstance(mode, Mapping):
        chosen = next((one for one in functions if one["name"] == mode["name"]), None)
        given = mode.get("partial_arguments")
    elif mode == "auto" and body["messages"][-1]["role"] == "user":
        words = _stems(question)
        chosen = next((one for one in functions if words & _stems(f"{one['name']} {one.get('description')}")), None)
        given = None
    else:
        return None
    if chosen is None:
        return None
    arguments = _arguments(chosen.get("parameters"), question) | (given if isinstance(given, dict) else {})
    state_id = str(uuid.UUID(int=numbers.getrandbits(128), version=4))
    return Answer("", "function_call", function_call=(chosen["name"], arguments), state_id=state_id)


def _stems(text: str) -> set[str]:
    return {word[:_STEM_CHARS].lower() for word in _WORD.findall(text.replace("_", " "))}


def _arguments(schema: Any, question: str) -> dict[str, Any]:  # JSON Schema of the client's making
    """A value for each required property, or for each one when none is required."""
    properties = schema.get("properties") if isinstance(schema, Mapping) else None
    if not isinstance(properties, Mapping):
        return {}
    required = schema.get("required")
    wanted = required if isinstance(required, list) and required else list(properties)
    return {name: _value(value, question) for name, value in properties.items() if name in wanted}


def _value(schema: Any, question: str) -> Any:  # JSON Schema and JSON
    if not isinstance(schema, Mapping):
        return None
    if isinstance(schema.get("enum"), list) and schema["enum"]:
        return schema["enum"][0]
    kinds: dict[str, Any] = {"integer": 1, "number": 1.5, "boolean": True, "array": []}
    kind = str(schema.get("type"))
    if kind == "object":
        return _arguments(schema, question)
    names = re.findall(r"(?<=\s)[A-ZА-ЯЁ]\w+", question)
    return kinds.get(kind, names[-1] if names else question[:80])
