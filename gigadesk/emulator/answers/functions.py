"""When the emulated model calls a function of the client, and with which arguments. Pure."""

import re
from collections.abc import Mapping
from typing import Any

from gigadesk.emulator.answers.answer import Answer
from gigadesk.emulator.answers.schemas import satisfying
from gigadesk.emulator.prompts import Mode, Part, Prompt

_WORD = re.compile(r"[^\W\d_]{4,}")
_STEM_CHARS = 5
"""Russian endings differ; the first letters of a word do not."""


def called_function(prompt: Prompt) -> Answer | None:
    """The call that is forced, or with `auto` one whose name or description shares a word with the question."""
    if prompt.forced_function:
        chosen = next((one for one in prompt.functions if one["name"] == prompt.forced_function), None)
    elif prompt.mode is Mode.AUTO and prompt.turns[-1].part is Part.USER:
        words = _stems(prompt.question)
        chosen = next(
            (one for one in prompt.functions if words & _stems(f"{one['name']} {one.get('description')}")), None
        )
    else:
        return None
    if chosen is None:
        return None
    arguments = _arguments(chosen.get("parameters"), prompt.question) | dict(prompt.given_arguments)
    return Answer("", "function_call", function_call=(chosen["name"], arguments))


def _stems(text: str) -> set[str]:
    return {word[:_STEM_CHARS].lower() for word in _WORD.findall(text.replace("_", " "))}


def _arguments(schema: Any, question: str) -> dict[str, Any]:  # JSON Schema of the client's making
    """A value for each required property, or for each one when none is required."""
    properties = schema.get("properties") if isinstance(schema, Mapping) else None
    if not isinstance(properties, Mapping):
        return {}
    required = schema.get("required")
    wanted = required if isinstance(required, list) and required else list(properties)
    shown = {name: value for name, value in properties.items() if name in wanted}
    value = satisfying({**schema, "type": "object", "properties": shown}, question)
    return value if isinstance(value, dict) else {}
