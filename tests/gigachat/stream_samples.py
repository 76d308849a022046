"""Answers of every kind as the service writes them, made at random from a seed."""

import json
import random

from gigadesk.gigachat.events import ReasoningDelta, TextDelta
from gigadesk.gigachat.protocol.answer import AnswerReader

_TEXTS = (
    *(
        "Привет",
        " мир",
        "\n\n",
        "code `x`",
        "😀",
        "é",
        "a<b>",
        "[1]",
        "\r\n",
        "\u2028",
        "\x00",
        " ",
        "",
        "{}",
        "data: x",
    ),
    *("<think>", "</think>", "[sources=[1]]", "[sources=[", "1, 2]]", '<img src="id-1" fuse="true"/>', "<img src="),
)
_ESCAPED = (r"\ud83d", r"\ude00", r"\ud83d\ude00", r"\u0000", r"\u2028", r"\r")
_REASONS = ("stop", "length", "blacklist", "function_call", "error", "news_of_tomorrow")
_USAGE_V1 = {"prompt_tokens": 17, "completion_tokens": 42, "total_tokens": 59, "precached_prompt_tokens": 2}
_USAGE_V2 = {"input_tokens": 19, "input_tokens_details": {"cached_tokens": 1}, "output_tokens": 8, "total_tokens": 27}
_CALL = {"name": "f", "arguments": {"город": "Уфа", "n": [1, {"a": None}]}}


def texts_v1(dice):
    """The data of the events of one streamed answer of the first contract."""
    origin = {"created": 1768996176, "model": "GigaChat:2.0.28.2", "object": "chat.completion"}
    deltas = []
    for _ in range(dice.randrange(8)):
        match dice.randrange(8):
            case 0:
                deltas.append({"role": "assistant", "reasoning_content": _text(dice)})
            case 1:
                deltas.append({"role": "function_in_progress", "name": "text2image", "content": "10 seconds left"})
            case 2:
                deltas.append({"content": "", "function_call": _CALL, "functions_state_id": "state"})
            case _:
                deltas.append({"content": _text(dice), "role": "assistant"})
    chunks = [{"choices": [{"delta": delta, "index": 0}], **origin} for delta in deltas]
    chunks.append({"choices": [_last(dice)], **origin, "usage": _USAGE_V1, "thread_id": "t"})
    return [*(_escaped(dice, json.dumps(chunk, ensure_ascii=dice.random() < 0.2)) for chunk in chunks), "[DONE]"]


def texts_v2(dice):
    """Names and data of the events of one streamed answer of the second contract."""
    origin = {"model": "GigaChat-3-Ultra:32.3.18.5", "created_at": dice.choice([1780321864, "1780321864"])}
    events = [_event_v2(dice) for _ in range(dice.randrange(8))]
    message = {"role": "assistant", "tool_state_id": "state", "content": [{"function_call": {"id": "c", **_CALL}}]}
    end = {"finish_reason": dice.choice(_REASONS), "usage": _USAGE_V2}
    events.append(("response.message.done", {**end, **({"messages": [message]} if dice.random() < 0.3 else {})}))
    return [
        (name, _escaped(dice, json.dumps({**origin, **value}, ensure_ascii=dice.random() < 0.2)))
        for name, value in events
    ]


def wire_of(dice, events):
    """The bytes of a stream: the service's own framing, or any that the standard allows."""
    is_plain = dice.random() < 0.4
    wire = b"" if is_plain or dice.random() < 0.7 else b"\xef\xbb\xbf"
    for event in events:
        name, data = event if isinstance(event, tuple) else ("", event)
        end = b"\n" if is_plain else dice.choice([b"\n", b"\r\n", b"\r"])
        space = b" " if is_plain or dice.random() < 0.7 else b""
        if not is_plain and dice.random() < 0.3:
            wire += dice.choice([b": ping", b"id: 5", b"retry: 10", b"news"]) + end
        if name:
            wire += b"event:" + space + name.encode() + end
        if not is_plain and dice.random() < 0.2:
            data = json.dumps(json.loads(data), indent=1) if data != "[DONE]" else data
        for line in data.split("\n"):
            wire += b"data:" + space + line.encode() + end
        wire += end
    return wire


def pieces_of(dice, wire):
    """The same bytes, cut at random."""
    cuts = sorted(dice.randrange(len(wire) + 1) for _ in range(dice.choice([0, 1, 3, 10, len(wire) // 3])))
    return [wire[start:end] for start, end in zip([0, *cuts], [*cuts, len(wire)], strict=True)]


def play(reply, pieces):
    """All events that these bytes stand for, neighbouring texts joined, and how the answer stands."""
    reader = AnswerReader(reply)
    events = []
    for piece in pieces:
        events += reader.feed(piece)
        if reader.failure is not None or reply.is_ended:
            break
    else:
        events += reader.close()
    is_good = reader.failure is None and reply.is_complete and not reply.is_nonsense
    events += reply.finish() if is_good else reply.rest()
    return _joined(events), type(reader.failure), reply.is_complete, reply.is_nonsense


def _joined(events):
    joined = []
    for event in events:
        kind = type(event)
        if kind in (TextDelta, ReasoningDelta) and joined and type(joined[-1]) is kind:
            joined[-1] = kind(joined[-1].text + event.text)
        else:
            joined.append(event)
    return joined


def _event_v2(dice):
    match dice.randrange(8):
        case 0:
            execution = {"name": "image_generate", "status": dice.choice(["success", "fail"]), "seconds_left": 5}
            message = {"role": "assistant", "content": [{"tool_execution": execution}]}
            return "response.tool.in_progress", {"messages": [message]}
        case 1:
            return "response.message.delta", _message([{"text": _text(dice)}], "reasoning")
        case 2:
            files = [{"id": "file-1", "mime": "image/jpeg", "target": "image"}]
            return "response.message.delta", _message([{"files": files}, {"text": _text(dice)}])
        case 3:
            data = {"images": [], "sources": {"1": {"url": "https://example.org", "title": "Пример"}}}
            return "response.message.delta", _message([{"text": "[sources=[1]]", "inline_data": data}])
        case 4:
            return "response.news", {"news": [1]}
        case _:
            return "response.message.delta", _message([{"text": _text(dice)}])


def _message(content, role="assistant"):
    return {"messages": [{"role": role, "content": content}]}


def _last(dice):
    return {"delta": {"content": ""}, "index": 0, "finish_reason": dice.choice(_REASONS)}


def _text(dice):
    return "".join(dice.choice(_TEXTS) for _ in range(dice.randrange(4)))


def _escaped(dice, text):
    """Some texts are written with escapes, pairs torn apart included."""
    if dice.random() < 0.3:
        return text.replace("мир", dice.choice(_ESCAPED))
    return text


def dice_for(seed):
    return random.Random(seed)
