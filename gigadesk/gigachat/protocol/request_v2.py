"""What is asked of `/v2/chat/completions`, as a request body. Pure."""

from dataclasses import dataclass
from typing import Any

from gigadesk.chat import Role, Tool
from gigadesk.gigachat.events import ForcedFunction, ReplyRequest, RequestMessage
from gigadesk.gigachat.protocol.decode import Decoder, OddJsonError, encode


@dataclass(frozen=True, slots=True)
class Dialect:
    """What the sources disagree on, so that a service may want it one way or the other."""

    result_role: str = "tool"
    """The role of a function's result; some hosts know only `function`."""
    has_result_objects: bool = False
    """Whether a function's result is a JSON object; else a string that holds one."""


def request_body(request: ReplyRequest, *, stream: bool, dialect: Dialect | None = None) -> bytes:
    """The JSON of one request, keys in the order of the documentation, parameters that are None left out."""
    dialect = dialect or Dialect()
    storage = dict(request.storage) if request.storage is not None else None
    assistant_id = storage.pop("assistant_id", None) if storage is not None else None
    fields: dict[str, Any] = {  # JSON
        # An assistant brings its own model.
        "model": request.model if assistant_id is None else None,
        "assistant_id": assistant_id,
        "messages": [_message(message, dialect) for message in request.messages],
        "model_options": _model_options(request, stream=stream) or None,
        "tool_config": _tool_config(request),
        "tools": _tools(request) or None,
        "storage": storage,
        "disable_filter": None if request.profanity_check is None else not request.profanity_check,
        "flags": request.flags or None,
    }
    fields = {name: value for name, value in fields.items() if value is not None}
    fields.update(request.extra)
    if stream:
        fields["stream"] = True
    return encode(fields)


def has_results(request: ReplyRequest) -> bool:
    """Whether the request holds what dialects differ in."""
    return any(message.role is Role.FUNCTION for message in request.messages)


def _message(message: RequestMessage, dialect: Dialect) -> dict[str, Any]:  # JSON
    if message.role is Role.FUNCTION:
        result = {"name": message.function_name, "result": _result(message.text, dialect)}
        return {"role": dialect.result_role, "content": [{"function_result": result}]}
    parts: list[Any] = []
    if message.text:
        parts.append({"text": message.text})
    if message.attachments:
        parts.append({"files": [{"id": file_id} for file_id in message.attachments]})
    call = message.function_call
    if call is not None:
        named = {"name": call.name, "arguments": call.arguments}
        parts.append({"function_call": {"id": call.call_id, **named} if call.call_id else named})
    fields: dict[str, Any] = {"role": message.role.value}
    state_id = message.state_id or (call.state_id if call is not None else "")
    if state_id and message.role is Role.ASSISTANT:
        fields["tool_state_id"] = state_id
    fields["content"] = parts or [{"text": ""}]
    return fields


def _result(text: str, dialect: Dialect) -> Any:  # JSON
    if dialect.has_result_objects:
        try:
            return _decode_any(text)
        except OddJsonError:
            return text
    return text


def _model_options(request: ReplyRequest, *, stream: bool) -> dict[str, Any]:  # JSON
    options: dict[str, Any] = {
        "temperature": request.temperature,
        "top_p": request.top_p,
        "max_tokens": request.max_tokens,
        "repetition_penalty": request.repetition_penalty,
        "update_interval": request.update_interval_s if stream and request.update_interval_s > 0 else None,
        "reasoning": {"effort": request.effort} if request.effort is not None else None,
        "response_format": request.response_format,
    }
    return {name: value for name, value in options.items() if value is not None}


def _tool_config(request: ReplyRequest) -> dict[str, Any] | None:  # JSON
    wish = request.function_call
    if wish is None:
        return None
    if not isinstance(wish, ForcedFunction):
        return {"mode": wish.value}
    is_built_in = wish.name in {tool.value for tool in Tool}
    return {"mode": "forced", "tool_name" if is_built_in else "function_name": wish.name}


def _tools(request: ReplyRequest) -> list[Any]:  # JSON
    tools: list[Any] = [{tool.value: {}} for tool in request.tools]
    if request.functions:
        tools.append({"functions": {"specifications": request.functions}})
    return tools


_decode_any: Decoder[Any] = Decoder(object)
