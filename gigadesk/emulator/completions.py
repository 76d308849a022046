"""One answer as the v1 chat wire has it, whole or streamed. Does no I/O.

Key order, line ends and the place of each field are as recorded; what the answer says comes from `answers`.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gigadesk.emulator.answers import Answer
from gigadesk.emulator.exchange import Piece, Reply
from gigadesk.emulator.pacing import Schedule, coalesce, phrases, schedule
from gigadesk.emulator.tokens import count, cut
from gigadesk.emulator.wire import DONE, EVENT_STREAM, api_headers, compact, event

WHOLE_ANSWER_MAX_S = 10.0
"""A whole answer takes as long as its stream, but no longer: clients wait 30 s."""


@dataclass(frozen=True, slots=True)
class Completion:
    """An answer that is decided, before it has the form of a reply."""

    answer: Answer
    model: str
    """Alias, colon, version."""
    created: int
    prompt_tokens: int
    precached_tokens: int
    max_tokens: int | None
    update_interval_s: float

    @property
    def text(self) -> str:
        return self.answer.text if self.max_tokens is None else cut(self.answer.text, self.max_tokens)

    @property
    def finish_reason(self) -> str:
        return self.answer.finish_reason if self.text == self.answer.text else "length"

    @property
    def usage(self) -> dict[str, int]:
        """Recorded totals are prompt + completion, although the documentation subtracts the cached ones."""
        completion = count(self.text) + 1
        return {
            "prompt_tokens": self.prompt_tokens,
            "completion_tokens": completion,
            "total_tokens": self.prompt_tokens + completion,
            "precached_prompt_tokens": self.precached_tokens,
        }


@dataclass(frozen=True, slots=True)
class Speed:
    """How fast an answer is written."""

    characters_per_s: float
    first_delay_s: float


def whole_reply(done: Completion, request: Mapping[str, str], speed: Speed, numbers: random.Random) -> Reply:
    """The answer in one JSON body, sent when a stream of it would end."""
    message: dict[str, Any] = {"content": done.text, "role": "assistant"}
    message |= _call_fields(done.answer)
    value = {
        "choices": [{"message": message, "index": 0, "finish_reason": done.finish_reason}],
        "created": done.created,
        "model": done.model,
        "object": "chat.completion",
        "usage": done.usage,
    }
    end_s = _moments(done, speed, numbers)[-1][0]
    piece = Piece(min(end_s, WHOLE_ANSWER_MAX_S), compact(value))
    return Reply(200, api_headers(200, request), (piece,))


def streamed_reply(done: Completion, request: Mapping[str, str], speed: Speed, numbers: random.Random) -> Reply:
    """The answer as events: text with the role, more text, an empty one with reason and usage, `[DONE]`."""
    moments = coalesce(_moments(done, speed, numbers), done.update_interval_s)
    pieces = [Piece(at_s, event(_chunk(done, _delta(text, at == 0)))) for at, (at_s, text) in enumerate(moments)]
    end_s = moments[-1][0]
    if done.answer.function_call is not None:
        last = {"content": "", "role": "assistant"} | _call_fields(done.answer)
        pieces = []
    else:
        last = {"content": ""}
    pieces.append(Piece(end_s, event(_chunk(done, last, is_last=True))))
    pieces.append(Piece(end_s, DONE))
    return Reply(200, api_headers(200, request, EVENT_STREAM), tuple(pieces), is_stream=True)


def _moments(done: Completion, speed: Speed, numbers: random.Random) -> Schedule:
    texts = list(done.answer.phrases) if done.answer.phrases and done.finish_reason != "length" else []
    texts = texts or phrases(done.text, numbers) or [""]
    return schedule(texts, speed.characters_per_s, speed.first_delay_s, numbers)


def _delta(text: str, is_first: bool) -> dict[str, Any]:  # noqa: FBT001 - private, named at its only call
    return {"content": text, "role": "assistant"} if is_first else {"content": text}


def _chunk(done: Completion, delta: Mapping[str, Any], *, is_last: bool = False) -> dict[str, Any]:  # JSON
    choice: dict[str, Any] = {"delta": delta, "index": 0}
    if is_last:
        choice["finish_reason"] = done.finish_reason
    value = {"choices": [choice], "created": done.created, "model": done.model, "object": "chat.completion"}
    return value | {"usage": done.usage} if is_last else value


def _call_fields(answer: Answer) -> dict[str, Any]:  # JSON
    if answer.function_call is None:
        return {}
    name, arguments = answer.function_call
    return {"function_call": {"name": name, "arguments": arguments}, "functions_state_id": answer.state_id}
