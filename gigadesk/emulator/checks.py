"""Is a v1 request valid? Every refusal with the status and text of the service, in its order. Does no I/O."""

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gigadesk.emulator.wire import INVALID_JSON

BUILT_IN_FUNCTIONS = frozenset({"text2image", "text2model3d", "get_file_content"})
_ROLES = frozenset({"system", "user", "assistant", "function", "search_result", "function_in_progress"})
_FUNCTION_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*")
_POSITIVE = "(0, +inf)"
_RANGES = {
    "temperature": _POSITIVE,
    "top_p": "[0, 1]",
    "max_tokens": _POSITIVE,
    "repetition_penalty": _POSITIVE,
    "update_interval": "[0, +inf)",
}
"""The text for `repetition_penalty` is recorded, the others follow it."""


@dataclass(frozen=True, slots=True)
class RefusedError(Exception):
    """The request is answered with this status and message."""

    status: int
    message: str


INT32_MAX = 2**31 - 1


def malformed() -> RefusedError:
    """The refusal of what has not the shape of the schema."""
    return RefusedError(400, INVALID_JSON)


def text(body: Mapping[str, Any], name: str) -> str:  # JSON of the client's making
    """A field that is text, or missing."""
    return _typed(body, name, str) or ""


def flag(body: Mapping[str, Any], name: str) -> bool:  # JSON of the client's making
    return _typed(body, name, bool) or False


def mapping(body: Mapping[str, Any], name: str) -> Mapping[str, Any]:  # JSON of the client's making
    return _typed(body, name, dict) or {}


def texts(body: Mapping[str, Any], name: str) -> Sequence[str]:  # JSON of the client's making
    values = _typed(body, name, list) or []
    if not all(isinstance(value, str) for value in values):
        raise malformed()
    return values


def mappings(body: Mapping[str, Any], name: str) -> Sequence[Mapping[str, Any]]:  # JSON of the client's making
    values = _typed(body, name, list) or []
    if not all(isinstance(value, dict) for value in values):
        raise malformed()
    return values


def number(body: Mapping[str, Any], name: str) -> float | None:  # JSON of the client's making
    value = body.get(name)
    if value is None or (isinstance(value, (int, float)) and not isinstance(value, bool)):
        return value
    raise malformed()


def whole_number(body: Mapping[str, Any], name: str) -> int | None:  # JSON of the client's making
    """A 32-bit integer, or missing."""
    value = number(body, name)
    if value is None or (isinstance(value, int) and abs(value) <= INT32_MAX):
        return value
    raise malformed()


def check_shape(body: Any) -> None:  # JSON of the client's making
    """Refuse with 400 what has not the types of the schema; unknown fields are ignored."""
    if not isinstance(body, dict) or not isinstance(body.get("model"), str):
        raise RefusedError(400, INVALID_JSON)
    messages = body.get("messages")
    if not isinstance(messages, list) or not all(_is_message(message) for message in messages):
        raise RefusedError(400, INVALID_JSON)
    is_number = all(_is_number(body.get(name)) for name in _RANGES)
    is_flag = body.get("stream") is None or isinstance(body["stream"], bool)
    functions = body.get("functions") or []
    are_functions = isinstance(functions, list) and all(isinstance(one, dict) for one in functions)
    is_call = body.get("function_call") is None or isinstance(body["function_call"], (str, dict))
    if not (is_number and is_flag and are_functions and is_call):
        raise RefusedError(400, INVALID_JSON)


def check_parameters(body: Mapping[str, Any]) -> None:  # JSON that `check_shape` has passed
    """Refuse with 422 (404 for an unknown function) what is well-formed but not allowed."""
    _check_history(body["messages"])
    for name, allowed in _RANGES.items():
        value = body.get(name)
        if value is not None and not _is_within(value, allowed):
            raise RefusedError(422, f"Invalid params: {name} must be in range {allowed}")
    _check_functions(body)


def _check_history(messages: Sequence[Mapping[str, Any]]) -> None:  # JSON
    if not messages:
        raise RefusedError(422, "Invalid params: messages must not be empty")
    called = False
    for index, message in enumerate(messages):
        role = message["role"]
        if role not in _ROLES:
            raise RefusedError(422, f"Invalid params: unknown role {role}")
        if role == "system" and index > 0:
            raise RefusedError(422, "Invalid params: system message must be the first message")
        if called and role != "function":
            raise RefusedError(422, "Invalid params: every assistant function call must have a result in history")
        if role == "function":
            _check_result(message, was_called=called)
        called = role == "assistant" and message.get("function_call") is not None
    if called:
        raise RefusedError(422, "Invalid params: every assistant function call must have a result in history")


def _check_result(message: Mapping[str, Any], *, was_called: bool) -> None:  # JSON
    if not was_called:
        text = "every assistant function result must have an assistant function call in history"
        raise RefusedError(422, f"Invalid params: {text}")
    content = message.get("content") or ""
    try:
        json.loads(content)
    except ValueError as exc:
        name = message.get("name", "")
        text = f"invalid function result for function {name} json string {content}"
        raise RefusedError(422, f"{text}, error: JSON parse error at line 1 column 1") from exc


def _check_functions(body: Mapping[str, Any]) -> None:  # JSON
    names = [str(function.get("name", "")) for function in body.get("functions") or []]
    wrong = [name for name in names if not _FUNCTION_NAME.fullmatch(name)]
    if wrong:
        allowed = "Only Latin letters (A-Z or a-z), underscore (_), hyphen (-), dot (.) and digits (not leading)"
        text = f"Invalid function names. {allowed} are allowed.: [{', '.join(wrong)}]"
        raise RefusedError(422, f"Invalid params: {text}")
    forced = body.get("function_call")
    if isinstance(forced, dict) and forced.get("name") not in {*names, *BUILT_IN_FUNCTIONS}:
        raise RefusedError(404, f"Function schema for {forced.get('name')} not found")


def _is_message(message: Any) -> bool:  # JSON
    if not isinstance(message, dict) or not isinstance(message.get("role"), str):
        return False
    return isinstance(message.get("content", ""), str) or message.get("content") is None


def _is_number(value: Any) -> bool:  # JSON
    return value is None or (isinstance(value, (int, float)) and not isinstance(value, bool))


def _is_within(value: float, allowed: str) -> bool:
    if not math.isfinite(value):
        return False
    match allowed:
        case "[0, 1]":
            return 0 <= value <= 1
        case "[0, +inf)":
            return value >= 0
        case _:
            return value > 0


def _typed(body: Mapping[str, Any], name: str, kind: type) -> Any:  # JSON of the client's making
    value = body.get(name)
    if value is not None and not isinstance(value, kind):
        raise malformed()
    return value
