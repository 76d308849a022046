"""What is asked of `/v1/chat/completions`, as a request body. Pure."""

from typing import Any

from gigadesk.chat import Role, Tool
from gigadesk.errors import ToolUnavailableError
from gigadesk.gigachat.events import ForcedFunction, ReplyRequest, RequestMessage
from gigadesk.gigachat.protocol.decode import encode

_BUILT_IN = {Tool.IMAGE: "text2image", Tool.MODEL_3D: "text2model3d"}
_FILE_READER = "get_file_content"
_ALWAYS_THERE = frozenset({Tool.DATETIME, Tool.MEMORY})
"""Nothing to switch on in this contract, and nothing missing without it."""


def request_body(request: ReplyRequest, *, stream: bool) -> bytes:
    """The JSON of one request.

    Raises:
        ToolUnavailableError: this contract does not have the tool.
    """
    return encode(request_fields(request, stream=stream))


def request_fields(request: ReplyRequest, *, stream: bool) -> dict[str, Any]:  # JSON
    """The fields of one request, in the order of the official SDK, parameters that are None left out.

    Raises:
        ToolUnavailableError: this contract does not have the tool.
    """
    fields: dict[str, Any] = {  # JSON
        "model": request.model,
        "messages": [message_fields(message) for message in request.messages],
        "temperature": request.temperature,
        "top_p": request.top_p,
        "max_tokens": request.max_tokens,
        "repetition_penalty": request.repetition_penalty,
        "update_interval": request.update_interval_s if stream and request.update_interval_s > 0 else None,
        "profanity_check": request.profanity_check,
        "function_call": _function_call(request),
        "functions": _functions(request) or None,
        "response_format": request.response_format,
        "reasoning_effort": request.effort,
        "storage": request.storage,
        "flags": request.flags or None,
    }
    fields = {name: value for name, value in fields.items() if value is not None}
    fields.update(request.extra)
    if stream:
        fields["stream"] = True
    return fields


def message_fields(message: RequestMessage) -> dict[str, Any]:  # JSON
    """One message of a request."""
    fields: dict[str, Any] = {"role": message.role.value, "content": message.text}
    if message.attachments and message.role is Role.USER:
        fields["attachments"] = message.attachments
    if message.function_call is not None:
        call = message.function_call
        fields["function_call"] = {"name": call.name, "arguments": call.arguments}
    if message.role is Role.FUNCTION:
        fields["name"] = message.function_name
    if state_id := _state_id(message):
        fields["functions_state_id"] = state_id
    return fields


def _state_id(message: RequestMessage) -> str:
    if message.role is not Role.ASSISTANT:
        return ""
    return message.state_id or (message.function_call.state_id if message.function_call is not None else "")


def _function_call(request: ReplyRequest) -> Any:  # JSON
    wish = request.function_call
    if isinstance(wish, ForcedFunction):
        forced: dict[str, Any] = {"name": wish.name}
        if wish.partial_arguments:
            forced["partial_arguments"] = wish.partial_arguments
        return forced
    if wish is not None:
        return wish.value
    # Built-in tools work only with it: those asked for, and the one that reads attached documents.
    return "auto" if set(request.tools) - _ALWAYS_THERE or _has_attachments(request) else None


def _has_attachments(request: ReplyRequest) -> bool:
    return any(message.attachments for message in request.messages)


def _functions(request: ReplyRequest) -> list[Any]:  # JSON
    """The functions to name. While none is named, the service uses every built-in one but the maker of 3D models."""
    missing = set(request.tools) - _BUILT_IN.keys() - _ALWAYS_THERE
    if missing:
        raise ToolUnavailableError(f"{min(missing)} needs the second chat contract")
    functions: list[Any] = list(request.functions)
    if functions or Tool.MODEL_3D in request.tools:
        functions += [{"name": _BUILT_IN[tool]} for tool in request.tools if tool in _BUILT_IN]
        if _has_attachments(request):
            functions.append({"name": _FILE_READER})
    return functions
