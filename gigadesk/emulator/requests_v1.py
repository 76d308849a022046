"""Reading a request of the first chat contract. Does no I/O.

`check_shape` refuses wrong types (400), `read_prompt` wrong values (422, or 404 for a function nobody described).
"""

from collections.abc import Collection, Mapping
from typing import Any

from gigadesk.emulator import choices, models
from gigadesk.emulator.answers.answer import IMAGE_TOOL, MODEL_3D_TOOL
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

BUILT_IN = {"text2image": IMAGE_TOOL, "text2model3d": MODEL_3D_TOOL}
"""Built-in functions by the names the second contract has for them. Documents are read without being told to."""
READS_FILES = "get_file_content"
_PARTS = {str(part): part for part in (Part.SYSTEM, Part.USER, Part.ASSISTANT, Part.FUNCTION)}
_UNSEEN_ROLES = frozenset({"search_result", "function_in_progress"})
_NUMBERS = ("temperature", "top_p", "repetition_penalty", "update_interval")
_EFFORTS = ("low", "medium", "high")


def check_shape(body: Any) -> None:  # JSON of the client's making
    """Refuse with 400 what has not the types of the schema; unknown fields are ignored."""
    if not isinstance(body, dict) or not isinstance(body.get("messages"), list):
        raise malformed()
    storage = mapping(body, "storage")
    if not isinstance(body.get("model"), str) and not (storage.get("assistant_id") or storage.get("thread_id")):
        raise malformed()
    for message in mappings(body, "messages"):
        _check_message(message)
    for name in _NUMBERS:
        number(body, name)
    for name in ("max_tokens", "n"):
        whole_number(body, name)
    for name in ("stream", "profanity_check"):
        flag(body, name)
    for name in ("response_format", "function_ranker", "additional_data"):
        mapping(body, name)
    texts(body, "flags")
    text(body, "reasoning_effort")
    for function in mappings(body, "functions"):
        text(function, "name")
    _check_call(body.get("function_call"))
    flag(storage, "is_stateful")
    whole_number(storage, "limit")
    for name in ("thread_id", "assistant_id"):
        text(storage, name)


def read_prompt(body: Body, model: str, call_states: Collection[str]) -> Prompt:
    """What `check_shape` has passed, as the model is to see it."""
    turns = tuple(_turn(message) for message in body["messages"])
    check_history(turns, call_states, invalid_result_status=422)
    for name in (*_NUMBERS, "max_tokens"):
        check_range(body, name)
    check_among(text(body, "reasoning_effort"), "reasoning_effort", _EFFORTS)
    functions = mappings(body, "functions")
    check_functions(functions)
    schema, _ = checked_schema(mapping(body, "response_format"), takes_regex=False)
    mode, forced = _mode(body)
    names = [str(function["name"]) for function in functions]
    if forced and forced not in {*names, *BUILT_IN, READS_FILES}:
        raise RefusedError(404, f"Function schema for {forced} not found")
    if (functions or mode is not Mode.NONE) and not models.has_functions(model):
        raise RefusedError(422, choices.NO_FUNCTIONS)
    own = tuple(function for function in functions if function["name"] not in {*BUILT_IN, READS_FILES})
    is_own = forced in {function["name"] for function in own}
    return Prompt(
        model=model,
        turns=turns,
        tools=_tools(mode, forced, names),
        mode=mode,
        forced_tool="" if is_own else BUILT_IN.get(forced, ""),
        forced_function=forced if is_own else "",
        given_arguments=_given(body),
        functions=own,
        schema=schema,
        effort=text(body, "reasoning_effort"),
        thinks=models.thinks(model),
        max_tokens=body.get("max_tokens"),
        update_interval_s=body.get("update_interval") or 0.0,
        is_streamed=bool(body.get("stream")),
        storage=_storage(mapping(body, "storage")),
    )


def _check_message(message: Body) -> None:
    if not isinstance(message.get("role"), str):
        raise malformed()
    for name in ("content", "name", "functions_state_id"):
        text(message, name)
    texts(message, "attachments")
    call = mapping(message, "function_call")
    # Recorded is an object, one schema says text: a string that holds an object is taken as well.
    if call and not (isinstance(call.get("name"), str) and isinstance(call.get("arguments", {}), (dict, str))):
        raise malformed()


def _check_call(call: Any) -> None:  # JSON of the client's making
    if isinstance(call, dict):
        if not isinstance(call.get("name"), str):
            raise malformed()
        mapping(call, "partial_arguments")
    elif not isinstance(call, str) and call is not None:
        raise malformed()


def _turn(message: Body) -> Turn:
    role = message["role"]
    if role not in _PARTS and role not in _UNSEEN_ROLES:
        raise RefusedError(422, choices.UNKNOWN_ROLE.format(role=role))
    part = _PARTS.get(role, Part.OTHER)
    call = mapping(message, "function_call")
    return Turn(
        part=part,
        text=text(message, "content"),
        file_ids=tuple(texts(message, "attachments")) if part is Part.USER else (),
        calls=(call["name"],) if call and part is Part.ASSISTANT else (),
        result_of=text(message, "name") if part is Part.FUNCTION else "",
        state_id=text(message, "functions_state_id"),
    )


def _mode(body: Body) -> tuple[Mode, str]:
    """The mode, and the name of the function that must be called."""
    call = body.get("function_call")
    if isinstance(call, dict):
        return Mode.FORCED, call["name"]
    check_among(call or "", "function_call", ("none", "auto"))
    return Mode(call or "none"), ""


def _given(body: Body) -> Body:
    call = body.get("function_call")
    return mapping(call, "partial_arguments") if isinstance(call, dict) else {}


def _tools(mode: Mode, forced: str, names: list[str]) -> frozenset[str]:
    """Pictures are there unless functions are described without them; 3D models must always be named."""
    if mode is Mode.FORCED:
        return frozenset({BUILT_IN[forced]} if forced in BUILT_IN else ())
    if mode is Mode.NONE:
        return frozenset()
    listed = {BUILT_IN[name] for name in names if name in BUILT_IN}
    return frozenset(listed if names else {IMAGE_TOOL})


def _storage(storage: Body) -> Storage | None:
    if not storage.get("is_stateful"):
        return None
    return Storage(text(storage, "thread_id"), whole_number(storage, "limit"))
