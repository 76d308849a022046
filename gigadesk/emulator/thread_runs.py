"""A chat answer of the first contract in the form that `/threads` gives it. Pure.

Streams have no empty last event: the last text says why the answer has ended, and each event tells the usage.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from gigadesk.emulator.exchange import Piece, Reply
from gigadesk.emulator.wire import DONE, compact, event

OBJECT = "threads.messages.run"
"""Recorded in streams; taken for whole answers too."""

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Run:
    """What a model has answered in a thread."""

    message: Json
    finish_reason: str
    reply: Reply


def whole_run(reply: Reply, thread_id: str, message_id: str) -> Run:
    """From one JSON answer."""
    value = json.loads(reply.body)
    choice = value["choices"][0]
    reshaped = {
        "object": OBJECT,
        "model": value["model"],
        "thread_id": thread_id,
        "message_id": message_id,
        "created": value["created"],
        "usage": value["usage"],
        "message": choice["message"],
        "finish_reason": choice["finish_reason"],
    }
    piece = Piece(reply.pieces[-1].at_s, compact(reshaped))
    return Run(choice["message"], choice["finish_reason"], replace(reply, pieces=(piece,)))


def streamed_run(reply: Reply, thread_id: str, message_id: str) -> Run:
    """From a stream of events."""
    timed = list(_events(reply))
    last = timed[-1][1]
    finish_reason = last["choices"][0]["finish_reason"]
    if len(timed) > 1 and set(last["choices"][0]["delta"]) == {"content"}:
        # The empty event: its reason goes to the text before it.
        timed.pop()
        timed[-1][1]["choices"][0]["finish_reason"] = finish_reason
    pieces = []
    message: Json = {"content": "", "role": "assistant"}
    for at_s, value in timed:
        delta = value["choices"][0]["delta"]
        if delta.get("role", "assistant") == "assistant":
            message["content"] += delta.get("content") or ""
            message |= {name: delta[name] for name in ("function_call", "functions_state_id") if name in delta}
        told = {"thread_id": thread_id, "message_id": message_id, "usage": last["usage"]}
        pieces.append(Piece(at_s, event(value | {"object": OBJECT} | told)))
    pieces.append(Piece(reply.pieces[-1].at_s, DONE))
    return Run(message, finish_reason, replace(reply, pieces=tuple(pieces)))


def duration_s(reply: Reply) -> float:
    """How long the answer takes."""
    return max((piece.at_s for piece in reply.pieces), default=0.0)


def _events(reply: Reply) -> Iterator[tuple[float, Json]]:
    for piece in reply.pieces:
        for line in piece.data.split(b"\n"):
            if line.startswith(b"data: {"):
                value: Mapping[str, Any] = json.loads(line.removeprefix(b"data: "))
                yield piece.at_s, dict(value)
