"""One answer as the second chat contract has it on the wire, whole or streamed. Does no I/O.

Named events and no `[DONE]`. Key order as recorded in June 2026; `choices` lists what had to be chosen.
"""

import random
from collections.abc import Iterator, Mapping
from typing import Any, assert_never

from gigadesk.emulator.answers.answer import FILE_MARK, ToolWork
from gigadesk.emulator.completions import WHOLE_ANSWER_MAX_S
from gigadesk.emulator.exchange import Piece, Reply
from gigadesk.emulator.generation import Completion, Happening, Made, Speed, Thought, Words, Worked, Working, timeline
from gigadesk.emulator.wire import EVENT_STREAM, api_headers, compact, named_event

Object = dict[str, Any]  # JSON

DELTA = "response.message.delta"
MESSAGE_DONE = "response.message.done"
TOOL_IN_PROGRESS = "response.tool.in_progress"
TOOL_COMPLETED = "response.tool.completed"


def usage(done: Completion) -> Object:
    return {
        "input_tokens": done.prompt_tokens,
        "input_tokens_details": {"prompt_tokens": done.prompt_tokens, "cached_tokens": done.cached_tokens},
        "output_tokens": done.completion_tokens,
        "total_tokens": done.prompt_tokens + done.completion_tokens,
    }


def whole_reply(done: Completion, request: Mapping[str, str], speed: Speed, numbers: random.Random) -> Reply:
    """The answer in one JSON body, sent when a stream of it would end."""
    thoughts = [_message(done, [{"text": done.reasoning}], role="reasoning")] if done.reasoning else []
    messages = [*thoughts, _message(done, _content(done), has_state=True)]
    body = _envelope(done) | {"messages": messages, "finish_reason": done.finish_reason, "usage": usage(done)}
    end_s = timeline(done, speed, numbers)[-1][0]
    return Reply(200, api_headers(200, request), (Piece(min(end_s, WHOLE_ANSWER_MAX_S), compact(body)),))


def streamed_reply(done: Completion, request: Mapping[str, str], speed: Speed, numbers: random.Random) -> Reply:
    """The answer as named events; the last one has reason and usage, and the call or the state id if there are any."""
    happenings = timeline(done, speed, numbers)
    end_s = happenings[-1][0]
    pieces = [
        Piece(at_s, named_event(name, _envelope(done) | {"messages": [message]}))
        for at_s, happening in happenings
        for name, message in _events(done, happening)
    ]
    ending: Object = _envelope(done)
    if done.answer.function_call is not None:
        ending["messages"] = [_message(done, _content(done), has_state=True)]
    elif done.state_id:
        ending["messages"] = [_message(done, None, has_state=True)]
    ending |= {"finish_reason": done.finish_reason, "usage": usage(done)}
    pieces.append(Piece(end_s, named_event(MESSAGE_DONE, ending)))
    return Reply(200, api_headers(200, request, EVENT_STREAM), tuple(pieces), is_stream=True)


def _events(done: Completion, happening: Happening) -> Iterator[tuple[str, Object]]:
    match happening:
        case Thought(text):
            yield DELTA, _message(done, [{"text": text}], role="reasoning")
        case Words(text, is_last):
            if done.answer.function_call is None:
                yield DELTA, _message(done, [_text_part(done, text, is_last=is_last)])
        case Working(tool, seconds_left):
            execution: Object = {"name": tool}
            if seconds_left is not None:
                execution["seconds_left"] = seconds_left
            yield TOOL_IN_PROGRESS, _message(done, [{"tool_execution": execution}])
        case Worked(work):
            yield TOOL_COMPLETED, _message(done, [{"tool_execution": _execution(work)}])
        case Made(file):
            yield DELTA, _message(done, [_file_part(file.id, file.mime, file.target)])
        case _:
            assert_never(happening)


def _envelope(done: Completion) -> Object:
    thread: Object = {"thread_id": done.thread_id} if done.thread_id else {}
    return {"model": done.model} | thread | {"created_at": done.created}


def _message(
    done: Completion, content: list[Object] | None, *, role: str = "assistant", has_state: bool = False
) -> Object:
    message: Object = {"message_id": done.message_id} if done.message_id else {}
    message["role"] = role
    if has_state and done.state_id:
        message["tool_state_id"] = done.state_id
    return message if content is None else message | {"content": content}


def _content(done: Completion) -> list[Object]:
    """The parts of the answer: files before the words, a call alone."""
    if done.answer.function_call is not None:
        name, arguments = done.answer.function_call
        return [{"function_call": {"id": done.call_id, "name": name, "arguments": arguments}}]
    files = [_file_part(file.id, file.mime, file.target) for file in done.files]
    return [*files, _text_part(done, done.text, is_last=True)]


def _text_part(done: Completion, text: str, *, is_last: bool) -> Object:
    part: Object = {"text": text.replace(FILE_MARK, "")}
    if is_last and done.answer.sources:
        pages = enumerate(done.answer.sources, start=1)
        sources = {str(number): {"url": page.url, "title": page.title} for number, page in pages}
        part["inline_data"] = {"images": [], "sources": sources}
    return part


def _file_part(file_id: str, mime: str, target: str) -> Object:
    return {"files": [{"id": file_id, "mime": mime, "target": target}]}


def _execution(work: ToolWork) -> Object:
    value: Object = {"name": work.name, "status": "fail" if work.is_failed or work.is_censored else "success"}
    return value | {"censored": True} if work.is_censored else value
