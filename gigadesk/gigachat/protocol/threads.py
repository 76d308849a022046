"""Conversations that the service keeps, `/threads`, which it does not document in public. Pure."""

from collections.abc import Sequence
from typing import Any

from gigadesk.gigachat.events import FunctionCall, ReplyRequest, RequestMessage
from gigadesk.gigachat.protocol.assistants import named_files
from gigadesk.gigachat.protocol.decode import Decoder, OddJsonError, encode, number_of, text_of
from gigadesk.gigachat.protocol.request_v1 import message_fields, request_fields
from gigadesk.gigachat.stateful_values import (
    AddedMessages,
    Thread,
    ThreadMessage,
    ThreadRequest,
    ThreadRun,
    ThreadStatus,
)
from gigadesk.text import clean

_decode = Decoder(dict[str, Any])


def threads_request(thread_ids: Sequence[str]) -> bytes:
    """The body that asks for threads by their ids."""
    return encode({"threads_ids": list(thread_ids)})


def messages_request(messages: Sequence[RequestMessage], *, thread_id: str, assistant_id: str, model: str) -> bytes:
    """The body that adds messages to a thread, or begins one with them."""
    place = _place(thread_id, assistant_id, model)
    return encode({**place, "messages": [message_fields(message) for message in messages]})


def run_request(request: ThreadRequest, *, stream: bool) -> bytes:
    """The body that asks for an answer: keys as in a chat request, and the thread instead of the history."""
    asked = ReplyRequest(
        model="",
        messages=request.messages,
        temperature=request.temperature,
        top_p=request.top_p,
        max_tokens=request.max_tokens,
        repetition_penalty=request.repetition_penalty,
        update_interval_s=request.update_interval_s,
        profanity_check=request.profanity_check,
        flags=request.flags,
        functions=request.functions,
        function_call=request.function_call,
    )
    fields = request_fields(asked, stream=stream)
    del fields["model"]
    if not request.messages:
        del fields["messages"]
    if request.limit is not None:
        fields["limit"] = request.limit
    return encode(_place(request.thread_id, request.assistant_id, request.model) | fields)


def read_threads(body: bytes) -> tuple[Thread, ...]:
    """The threads in the server's order; those without an id are left out.

    Raises:
        OddJsonError: the body is no list of threads.
    """
    found = (_thread_of(entry) for entry in _list_in(_decode(body), "threads"))
    return tuple(thread for thread in found if thread is not None)


def read_thread(body: bytes) -> Thread:
    """One thread.

    Raises:
        OddJsonError: the body is none.
    """
    thread = _thread_of(_decode(body))
    if thread is None:
        raise OddJsonError
    return thread


def read_messages(body: bytes) -> tuple[ThreadMessage, ...]:
    """The messages in the server's order; those without an id are left out.

    Raises:
        OddJsonError: the body is no list of messages.
    """
    return _messages_of(_list_in(_decode(body), "messages"))


def read_added(body: bytes) -> AddedMessages:
    """Where messages have gone.

    Raises:
        OddJsonError: the body does not say.
    """
    fields = _decode(body)
    entries = _list_in(fields, "messages")
    ids = (clean(text_of(entry.get("message_id"))) for entry in entries if isinstance(entry, dict))
    return AddedMessages(_thread_id(fields, "thread_id"), tuple(filter(None, ids)))


def read_run(body: bytes) -> ThreadRun:
    """How an answer stands.

    Raises:
        OddJsonError: the body does not say.
    """
    fields = _decode(body)
    entries = fields.get("messages")
    return ThreadRun(
        _thread_id(fields, "thread_id"),
        _status_of(fields.get("status")),
        clean(text_of(fields.get("model"))),
        _messages_of(entries if isinstance(entries, list) else []),
        number_of(fields.get("created_at")),
        number_of(fields.get("updated_at")),
    )


def _place(thread_id: str, assistant_id: str, model: str) -> dict[str, str]:
    """Where to: a model beside one of the ids is refused."""
    if not thread_id and not assistant_id:
        return {"model": model} if model else {}
    return {name: id_ for name, id_ in (("thread_id", thread_id), ("assistant_id", assistant_id)) if id_}


def _list_in(fields: dict[str, Any], name: str) -> list[Any]:  # JSON
    entries = fields.get(name)
    if not isinstance(entries, list):
        raise OddJsonError
    return entries


def _thread_id(fields: dict[str, Any], name: str) -> str:  # JSON
    thread_id = clean(text_of(fields.get(name)))
    if not thread_id:
        raise OddJsonError
    return thread_id


def _thread_of(entry: Any) -> Thread | None:  # a leaf of foreign JSON: may be anything
    if not isinstance(entry, dict) or not (thread_id := clean(text_of(entry.get("id")))):
        return None
    return Thread(
        thread_id,
        clean(text_of(entry.get("model"))),
        clean(text_of(entry.get("assistant_id"))),
        _status_of(entry.get("status")),
        entry.get("run_lock") is True,
        number_of(entry.get("created_at")),
        number_of(entry.get("updated_at")),
    )


def _messages_of(entries: list[Any]) -> tuple[ThreadMessage, ...]:
    return tuple(
        ThreadMessage(
            message_id,
            clean(text_of(entry.get("role"))),
            clean(text_of(entry.get("content"))),
            named_files(entry.get("attachments")),
            _call_of(entry.get("function_call")),
            clean(text_of(entry.get("finish_reason"))),
            number_of(entry.get("created_at")),
        )
        for entry in entries
        if isinstance(entry, dict) and (message_id := clean(text_of(entry.get("message_id"))))
    )


def _call_of(value: Any) -> FunctionCall | None:  # JSON of the model's making
    if not isinstance(value, dict) or not (name := clean(text_of(value.get("name")))):
        return None
    arguments = value.get("arguments")
    if isinstance(arguments, str):
        # Old descriptions of the service put the object into a string.
        try:
            arguments = _decode(arguments)
        except OddJsonError:
            arguments = {}
    return FunctionCall(name, arguments if isinstance(arguments, dict) else {})


def _status_of(value: Any) -> ThreadStatus:  # a leaf of foreign JSON: may be anything
    try:
        return ThreadStatus(text_of(value))
    except ValueError:
        return ThreadStatus.UNKNOWN
