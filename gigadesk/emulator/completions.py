"""One answer as the first chat contract has it on the wire, whole or streamed. Does no I/O.

Key order, line ends and the place of each field are as recorded; `choices` lists what had to be chosen.
"""

import random
from collections.abc import Iterator, Mapping
from typing import Any

from gigadesk.emulator.answers.answer import FILE_MARK, IMAGE_TOOL, MODEL_3D_TOOL
from gigadesk.emulator.exchange import Piece, Reply
from gigadesk.emulator.generation import Completion, Happening, Speed, Thought, Words, Working, timeline
from gigadesk.emulator.wire import DONE, EVENT_STREAM, api_headers, compact, event

Object = dict[str, Any]  # JSON

FUNCTION_NAMES = {IMAGE_TOOL: "text2image", MODEL_3D_TOOL: "text2model3d"}
WHOLE_ANSWER_MAX_S = 10.0
"""A whole answer takes as long as its stream, but no longer: clients wait 30 s."""


def usage(done: Completion) -> dict[str, int]:
    """Recorded totals are prompt + completion, although the documentation subtracts the cached ones."""
    return {
        "prompt_tokens": done.prompt_tokens,
        "completion_tokens": done.completion_tokens,
        "total_tokens": done.prompt_tokens + done.completion_tokens,
        "precached_prompt_tokens": done.cached_tokens,
    }


def tag(target: str, file_id: str) -> str:
    """How a made file stands in the text."""
    return f'<div data-model-id="{file_id}"/>' if target == "3dmodel" else f'<img src="{file_id}" fuse="true"/>'


def whole_reply(done: Completion, request: Mapping[str, str], speed: Speed, numbers: random.Random) -> Reply:
    """The answer in one JSON body, sent when a stream of it would end."""
    message: Object = {"content": _Tags(done).put_into(done.text, is_last=True), "role": "assistant"}
    message |= _call(done)
    if done.state_id:
        message["functions_state_id"] = done.state_id
    if done.reasoning:
        message["reasoning_content"] = done.reasoning
    choice = {"message": message, "index": 0, "finish_reason": done.finish_reason}
    end_s = timeline(done, speed, numbers)[-1][0]
    body = compact(_envelope(done, choice) | {"usage": usage(done)})
    return Reply(200, api_headers(200, request), (Piece(min(end_s, WHOLE_ANSWER_MAX_S), body),))


def streamed_reply(done: Completion, request: Mapping[str, str], speed: Speed, numbers: random.Random) -> Reply:
    """The answer as events: text with the role, more text, an empty one with reason and usage, `[DONE]`."""
    happenings = timeline(done, speed, numbers)
    if done.answer.function_call is not None:
        # A call comes in one piece; only what was thought comes before it.
        happenings = [pair for pair in happenings if isinstance(pair[1], Thought)] or happenings[-1:]
    pieces = [
        Piece(at_s, event(_envelope(done, {"delta": delta, "index": 0}))) for at_s, delta in _deltas(done, happenings)
    ]
    end_s = happenings[-1][0]
    if done.answer.function_call is not None:
        last: Object = {"content": "", "role": "assistant"} | _call(done)
    else:
        last = {"content": ""}
    if done.state_id:
        last["functions_state_id"] = done.state_id
    choice = {"delta": last, "index": 0, "finish_reason": done.finish_reason}
    pieces.append(Piece(end_s, event(_envelope(done, choice) | {"usage": usage(done)})))
    pieces.append(Piece(end_s, DONE))
    return Reply(200, api_headers(200, request, EVENT_STREAM), tuple(pieces), is_stream=True)


def _deltas(done: Completion, happenings: list[tuple[float, Happening]]) -> Iterator[tuple[float, Object]]:
    tags = _Tags(done)
    has_role = False
    for at_s, happening in happenings:
        if isinstance(happening, Working):
            name = FUNCTION_NAMES.get(happening.tool, happening.tool)
            yield at_s, _progress(done, name, happening.seconds_left)
            continue
        if isinstance(happening, Thought):
            delta: Object = {"content": "", "reasoning_content": happening.text}
        elif isinstance(happening, Words) and done.answer.function_call is None:
            delta = {"content": tags.put_into(happening.text, is_last=happening.is_last)}
        else:
            # Files stand in the text as tags; the end of a tool is not told.
            continue
        if not has_role:
            delta = {"content": delta.pop("content"), "role": "assistant"} | delta
            has_role = True
        yield at_s, delta


def _progress(done: Completion, name: str, seconds_left: int | None) -> Object:
    left = "" if seconds_left is None else _seconds(seconds_left, is_russian=done.is_russian)
    return {"content": left, "role": "function_in_progress", "created": done.created, "name": name}


def _seconds(left: int, *, is_russian: bool) -> str:
    return f"осталось {left} с" if is_russian else f"{left} second{'s' * (left != 1)} left"


def _envelope(done: Completion, choice: Object) -> Object:
    value: Object = {"choices": [choice], "created": done.created, "model": done.model, "object": "chat.completion"}
    if done.thread_id:
        value |= {"thread_id": done.thread_id, "message_id": done.message_id}
    return value


def _call(done: Completion) -> Object:
    if done.answer.function_call is None:
        return {}
    name, arguments = done.answer.function_call
    return {"function_call": {"name": name, "arguments": arguments}}


class _Tags:
    """Puts the tags of the made files where the text has marks, what is left before or after it."""

    def __init__(self, done: Completion) -> None:
        self._left = [tag(file.target, file.id) for file in done.files]
        self._begins = FILE_MARK not in done.text

    def put_into(self, text: str, *, is_last: bool) -> str:
        while self._left and FILE_MARK in text:
            text = text.replace(FILE_MARK, self._left.pop(0), 1)
        text = text.replace(FILE_MARK, "")
        if self._left and (self._begins or is_last):
            tags = " ".join(self._left)
            self._left.clear()
            text = " ".join(filter(None, (tags, text) if self._begins else (text, tags)))
        return text
