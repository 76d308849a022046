"""What is asked of `/v1/chat/completions`, as a request body. Pure."""

from typing import Any

from gigadesk.gigachat.events import ReplyRequest
from gigadesk.gigachat.protocol.decode import encode


def request_body(request: ReplyRequest, *, stream: bool) -> bytes:
    """The JSON of one request, keys in the order of the official SDK, parameters that are None left out."""
    fields: dict[str, Any] = {  # JSON
        "model": request.model,
        "messages": [{"role": message.role.value, "content": message.text} for message in request.messages],
    }
    parameters = {
        "temperature": request.temperature,
        "top_p": request.top_p,
        "max_tokens": request.max_tokens,
        "repetition_penalty": request.repetition_penalty,
    }
    fields.update({name: value for name, value in parameters.items() if value is not None})
    if stream and request.update_interval_s > 0:
        fields["update_interval"] = request.update_interval_s
    fields.update(request.extra)
    if stream:
        fields["stream"] = True
    return encode(fields)
