"""Is what a chat request says allowed? The refusals of both contracts, with their status and text. Does no I/O.

A wrong type is 400, a wrong value 422; see `choices` for what is known about them.
"""

import json
import math
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from gigadesk.emulator import choices
from gigadesk.emulator.checks import RefusedError, flag, malformed, mapping, text
from gigadesk.emulator.prompts import Part, Turn

SCHEMA_MAX_DEPTH = 32
_FUNCTION_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*")
_POSITIVE = "(0, +inf)"
RANGES = {
    "temperature": _POSITIVE,
    "top_p": "[0, 1]",
    "max_tokens": _POSITIVE,
    "repetition_penalty": _POSITIVE,
    "update_interval": "[0, +inf)",
    "top_logprobs": "[1, 5]",
}
_LOOSE_TYPES = ("type", "$ref", "anyOf", "oneOf", "allOf", "enum", "const")


def check_range(values: Mapping[str, Any], name: str) -> None:  # JSON whose types are right
    """Refuse a number that is out of its range; `None` is always right."""
    value = values.get(name)
    if value is not None and not _is_within(value, RANGES[name]):
        raise RefusedError(422, choices.NOT_IN_RANGE.format(name=name, allowed=RANGES[name]))


def check_among(value: str, name: str, allowed: Collection[str]) -> None:
    """Refuse a word that the closed set does not have; empty means that the field is missing."""
    if value and value not in allowed:
        raise RefusedError(422, choices.NOT_AMONG.format(name=name, allowed=", ".join(allowed)))


def check_history(turns: Sequence[Turn], call_states: Collection[str], *, invalid_result_status: int) -> None:
    """Refuse a history in which system prompts, calls and results are not in their places.

    `call_states` are the state ids that were given out with function calls: whoever sends one back must send the
    result as well.
    """
    if not turns:
        raise RefusedError(422, choices.EMPTY_MESSAGES)
    waiting = 0
    for index, turn in enumerate(turns):
        if turn.part is Part.SYSTEM and index > 0:
            raise RefusedError(422, choices.PARAMS + "system message must be the first message")
        if waiting and turn.part is not Part.FUNCTION:
            raise _unanswered()
        if turn.part is Part.FUNCTION:
            _check_result(turn, invalid_result_status, was_called=waiting > 0)
            waiting -= 1
        elif turn.part is Part.ASSISTANT:
            waiting = len(turn.calls) or int(turn.state_id in call_states)
    if waiting:
        raise _unanswered()


def check_functions(functions: Sequence[Mapping[str, Any]]) -> None:  # JSON of the client's making
    """Refuse names and parameters that the service does not take."""
    names = [str(function.get("name", "")) for function in functions]
    wrong = [name for name in names if not _FUNCTION_NAME.fullmatch(name)]
    if wrong:
        allowed = "Only Latin letters (A-Z or a-z), underscore (_), hyphen (-), dot (.) and digits (not leading)"
        message = f"Invalid function names. {allowed} are allowed.: [{', '.join(wrong)}]"
        raise RefusedError(422, choices.PARAMS + message)
    for name, function in zip(names, functions, strict=True):
        parameters = mapping(function, "parameters")
        for refused in _wrong_parameters(name, parameters, "parameters", is_property=False):
            raise refused


def checked_schema(
    response_format: Mapping[str, Any], *, takes_regex: bool
) -> tuple[Mapping[str, Any] | None, str]:  # JSON
    """JSON Schema and regular expression that an answer must satisfy, as far as they are wished for.

    Source of the two texts with status 400: live probes of the second contract in September 2026.
    """
    kind = text(response_format, "type") if response_format else "text"
    schema = response_format.get("schema")
    if isinstance(schema, str):
        try:
            schema = json.loads(schema)
        except (ValueError, RecursionError) as exc:
            raise malformed() from exc
    if kind == "text":
        if set(response_format) - {"type"}:
            raise RefusedError(422, choices.TEXT_FORMAT_KEYS)
        return None, ""
    if kind == "json_schema":
        if not isinstance(schema, dict) or not schema:
            raise RefusedError(400, "Empty schema with json format type is not supported")
        flag(response_format, "strict")
        return schema, ""
    if kind == "regex" and takes_regex:
        return None, _checked_regex(text(response_format, "regex"))
    raise RefusedError(400, f'Unknown type "{kind}" in response_format')


def _checked_regex(regex: str) -> str:
    try:
        re.compile(regex)
    except (re.error, RecursionError, OverflowError) as exc:
        raise RefusedError(400, choices.INVALID_REGEX) from exc
    if not regex:
        raise RefusedError(400, choices.INVALID_REGEX)
    return regex


def _unanswered() -> RefusedError:
    return RefusedError(422, choices.PARAMS + "every assistant function call must have a result in history")


def _check_result(turn: Turn, status: int, *, was_called: bool) -> None:
    if not was_called:
        message = "every assistant function result must have an assistant function call in history"
        raise RefusedError(422, choices.PARAMS + message)
    try:
        json.loads(turn.text)
    except (ValueError, RecursionError) as exc:
        message = choices.INVALID_RESULT.format(name=turn.result_of, text=turn.text)
        raise RefusedError(status, message) from exc


def _wrong_parameters(
    name: str,
    schema: Any,  # JSON of the client's making
    path: str,
    *,
    is_property: bool = True,
    depth: int = 0,
) -> Iterator[RefusedError]:
    """Every property needs a type, every object its properties.

    Source: the changelog of gpt2giga, which had to add them.
    """
    if not isinstance(schema, dict):
        raise malformed()
    if depth > SCHEMA_MAX_DEPTH:
        return
    if is_property and not any(key in schema for key in _LOOSE_TYPES):
        yield RefusedError(422, choices.NO_TYPE.format(name=name, path=path))
    properties = schema.get("properties")
    if properties is None and schema.get("type") == "object":
        yield RefusedError(422, choices.NO_PROPERTIES.format(name=name, path=path))
    elif properties is not None and not isinstance(properties, dict):
        raise malformed()
    for key, value in (properties or {}).items():
        yield from _wrong_parameters(name, value, f"{path}.{key}", depth=depth + 1)


def _is_within(value: float, allowed: str) -> bool:
    if not math.isfinite(value):
        return False
    match allowed:
        case "[0, 1]":
            return 0 <= value <= 1
        case "[1, 5]":
            return 1 <= value <= 5
        case "[0, +inf)":
            return value >= 0
        case _:
            return value > 0
