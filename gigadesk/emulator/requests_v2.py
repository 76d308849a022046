"""Reading a request of the second chat contract. Does no I/O.

`check_shape` refuses wrong types (400), `read_prompt` wrong values (422, 404 for tools and functions nobody knows,
400 for results and formats as probed live).

Source: the official description of September 2026, and live probes of that month for the texts.
"""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from gigadesk.emulator import choices, models
from gigadesk.emulator.answers.answer import (
    CODE_TOOL,
    IMAGE_TOOL,
    MEMORY_TOOL,
    MODEL_3D_TOOL,
    SEARCH_TOOL,
    TIME_TOOL,
    URL_TOOL,
)
from gigadesk.emulator.checks import (
    RefusedError,
    flag,
    malformed,
    mapping,
    mappings,
    number,
    text,
    texts,
    whole_number,
)
from gigadesk.emulator.prompts import Mode, Part, Prompt, Storage, Turn
from gigadesk.emulator.rules import check_among, check_functions, check_history, check_range, checked_schema

Body = Mapping[str, Any]  # JSON of the client's making

TOOLS = frozenset({IMAGE_TOOL, MODEL_3D_TOOL, SEARCH_TOOL, URL_TOOL, CODE_TOOL, TIME_TOOL, MEMORY_TOOL})
STATE_FIELDS = ("tool_state_id", "tools_state_id", "functions_state_id")
"""Documented, sent by the official SDK, accepted live."""
_PARTS = {
    "system": Part.SYSTEM,
    "user": Part.USER,
    "assistant": Part.ASSISTANT,
    "tool": Part.FUNCTION,
    "function": Part.FUNCTION,
    "reasoning": Part.OTHER,
}
_NUMBERS = ("temperature", "top_p", "repetition_penalty", "update_interval")
_WHOLE_NUMBERS = ("max_tokens", "top_logprobs")
_EFFORTS = ("low", "medium", "high", "off")
_FUNCTIONS = "functions"


def check_shape(body: Any) -> None:  # JSON of the client's making
    """Refuse with 400 what has not the types of the schema; unknown fields are ignored."""
    if not isinstance(body, dict) or not isinstance(body.get("messages"), list):
        raise malformed()
    storage = mapping(body, "storage")
    stands_for_model = text(body, "assistant_id") or storage.get("thread_id")
    if not isinstance(body.get("model"), str) and not stands_for_model:
        raise malformed()
    for message in mappings(body, "messages"):
        _check_message(message)
    for name in ("stream", "disable_filter"):
        flag(body, name)
    for name in ("filter_config", "ranker_options"):
        mapping(body, name)
    texts(body, "flags")
    text(body, "memory_id")
    text(mapping(body, "user_info"), "timezone")
    text(storage, "thread_id")
    whole_number(storage, "limit")
    _check_options(mapping(body, "model_options"))
    _check_tools(body)


def read_prompt(body: Body, model: str, call_states: Collection[str], closed_tools: Collection[str]) -> Prompt:
    """What `check_shape` has passed, as the model is to see it."""
    turns = tuple(turn for message in body["messages"] for turn in _turns(message))
    check_history(turns, call_states, invalid_result_status=400)
    options = mapping(body, "model_options")
    for name in (*_NUMBERS, *_WHOLE_NUMBERS):
        check_range(options, name)
    effort = text(mapping(options, "reasoning"), "effort")
    check_among(effort, "effort", _EFFORTS)
    schema, regex = checked_schema(mapping(options, "response_format"), takes_regex=True)
    tools = _checked_tools(body, closed_tools)
    functions = _functions(body)
    check_functions(functions)
    mode, forced_tool, forced_function = _mode(body, tools, functions)
    if (tools or functions) and not models.has_functions(model):
        raise RefusedError(422, choices.NO_FUNCTIONS)
    return Prompt(
        model=model,
        turns=turns,
        tools=tools if mode is not Mode.NONE else frozenset(),
        mode=mode,
        forced_tool=forced_tool,
        forced_function=forced_function,
        functions=functions,
        schema=schema,
        regex=regex,
        effort=effort,
        thinks=models.thinks(model),
        timezone=text(mapping(body, "user_info"), "timezone"),
        max_tokens=options.get("max_tokens"),
        update_interval_s=options.get("update_interval") or 0.0,
        is_streamed=bool(body.get("stream")),
        is_normalised=not options.get("unnormalized_history"),
        storage=_storage(body),
    )


def _check_message(message: Body) -> None:
    """Content is a list of parts; plain text is refused like anything else that is no list."""
    if not isinstance(message.get("role"), str) or not isinstance(message.get("content"), list):
        raise malformed()
    for name in STATE_FIELDS:
        text(message, name)
    for part in mappings(message, "content"):
        text(part, "text")
        mapping(part, "inline_data")
        if not all(isinstance(file.get("id"), str) for file in mappings(part, "files")):
            raise malformed()
        call, result = mapping(part, "function_call"), mapping(part, "function_result")
        # Arguments as a string were answered with this 400, live.
        if call and not (isinstance(call.get("name"), str) and isinstance(call.get("arguments", {}), dict)):
            raise malformed()
        if result and not (isinstance(result.get("name"), str) and "result" in result):
            raise malformed()
    brings_result = any(part.get("function_result") for part in mappings(message, "content"))
    if _PARTS.get(message["role"]) is Part.FUNCTION and not brings_result:
        raise malformed()


def _check_options(options: Body) -> None:
    for name in _NUMBERS:
        number(options, name)
    for name in _WHOLE_NUMBERS:
        whole_number(options, name)
    flag(options, "unnormalized_history")
    text(options, "preset")
    text(mapping(options, "reasoning"), "effort")
    mapping(options, "response_format")


def _check_tools(body: Body) -> None:
    for tool in mappings(body, "tools"):
        if len(tool) != 1:
            raise malformed()
        mapping(tool, next(iter(tool)))
    for function in _functions(body):
        text(function, "name")
    config = mapping(body, "tool_config")
    for name in ("mode", "tool_name", "function_name"):
        text(config, name)


def _turns(message: Body) -> Iterator[Turn]:
    """One turn, or one for each result that the message brings."""
    role = message["role"]
    if role not in _PARTS:
        raise RefusedError(422, choices.UNKNOWN_ROLE.format(role=role))
    part = _PARTS[role]
    contents = mappings(message, "content")
    state_id = next(filter(None, (text(message, name) for name in STATE_FIELDS)), "")
    if part is Part.FUNCTION:
        results = [mapping(content, "function_result") for content in contents]
        yield from (
            Turn(part, _json_text(result["result"]), result_of=result["name"], state_id=state_id)
            for result in results
            if result
        )
        return
    words = "\n".join(filter(None, (text(content, "text") for content in contents)))
    calls = tuple(call["name"] for content in contents if (call := mapping(content, "function_call")))
    files = tuple(file["id"] for content in contents for file in mappings(content, "files"))
    yield Turn(
        part,
        words,
        file_ids=files if part is Part.USER else (),
        calls=calls if part is Part.ASSISTANT else (),
        state_id=state_id,
    )


def _json_text(result: Any) -> str:  # JSON of the client's making
    """A result as JSON text: documented as such, sent as an object by the official SDK."""
    return result if isinstance(result, str) else json.dumps(result, ensure_ascii=False)


def _functions(body: Body) -> tuple[Body, ...]:
    return tuple(
        function
        for tool in mappings(body, "tools")
        for function in mappings(mapping(tool, _FUNCTIONS), "specifications")
    )


def _checked_tools(body: Body, closed: Collection[str]) -> frozenset[str]:
    names = [next(iter(tool)) for tool in mappings(body, "tools")]
    for name in names:
        _check_tool(name, closed)
    return frozenset(names) - {_FUNCTIONS}


def _check_tool(name: str, closed: Collection[str]) -> None:
    if name not in TOOLS and name != _FUNCTIONS:
        raise RefusedError(404, f"Unknown tool {name}")
    if name in closed:
        raise RefusedError(422, f"Tool {name} is unavailable")


def _mode(body: Body, tools: Collection[str], functions: Sequence[Body]) -> tuple[Mode, str, str]:
    """The mode, and the tool or function that must be used."""
    config = mapping(body, "tool_config")
    name = text(config, "mode")
    check_among(name, "tool_config.mode", tuple(map(str, Mode)))
    mode = Mode(name) if name else Mode.AUTO if body.get("tools") else Mode.NONE
    if mode is not Mode.FORCED:
        return mode, "", ""
    tool, function = text(config, "tool_name"), text(config, "function_name")
    if not tool and not function:
        raise RefusedError(422, choices.NO_FORCED_NAME)
    if tool and tool not in tools:
        raise RefusedError(404, f"Unknown tool {tool}")
    if function and function not in {one["name"] for one in functions}:
        raise RefusedError(404, f"Function schema for {function} not found")
    return mode, tool, "" if tool else function


def _storage(body: Body) -> Storage | None:
    storage = body.get("storage")
    if storage is None:
        return None
    return Storage(text(storage, "thread_id"), whole_number(storage, "limit"))
