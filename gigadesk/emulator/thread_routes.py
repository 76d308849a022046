"""`/threads`: conversations on the side of the service, with or without an assistant. Does no I/O.

Not documented in public: the paths and fields are those of the official SDK, the texts of refusals are ours.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from gigadesk.emulator import models
from gigadesk.emulator.assistants import AssistantRoutes
from gigadesk.emulator.calls import Call
from gigadesk.emulator.checks import RefusedError, flag, malformed, mappings, text, texts, whole_number
from gigadesk.emulator.exchange import Reply
from gigadesk.emulator.files import FileRoom
from gigadesk.emulator.thread_runs import duration_s, streamed_run, whole_run
from gigadesk.emulator.threads import Thread, ThreadMessage, ThreadRoom, new_message
from gigadesk.emulator.wire import api_reply, compact

BUSY = "Invalid params: thread is locked by a run"
NOTHING_TO_RUN = "Invalid params: thread has no messages"
DEFAULT_MODEL = "GigaChat-2"
_OPTIONS = (
    "temperature",
    "top_p",
    "max_tokens",
    "repetition_penalty",
    "profanity_check",
    "flags",
    "function_call",
    "functions",
    "update_interval",
)
_MESSAGE_FIELDS = ("role", "content", "function_call", "name", "attachments", "functions_state_id")

Body = Mapping[str, Any]  # JSON of the client's making


class ThreadRoutes:
    """All calls about threads. `complete` answers a chat request of the first contract."""

    def __init__(self, files: FileRoom, assistants: AssistantRoutes, complete: Callable[[Call], Reply]) -> None:
        self._files = files
        self._assistants = assistants
        self._complete = complete
        self._room = ThreadRoom()
        assistants.count_threads(self._room.count)

    def reply(self, call: Call) -> Reply | None:
        if call.path[:1] != ("threads",):
            return None
        if call.path[1:2] == ("messages",):
            return self._reply_about_messages(call)
        match call.method, call.path[1:]:
            case "GET", ():
                before, limit = _number(call, "before"), _number(call, "limit")
                found = self._room.listed(call.queries("assistants_ids"), before, limit)
                return _threads(call, found)
            case "POST", ():
                thread = self._room.begin(DEFAULT_MODEL)
                self._room.keep(thread)
                return api_reply(thread.value, call.headers)
            case "POST", ("retrieve",):
                body = call.json()
                if "threads_ids" not in body:
                    raise malformed()
                return _threads(call, self._room.known(texts(body, "threads_ids")))
            case "POST", ("delete",):
                thread = self._room.remove(text(call.json(), "thread_id"))
                return api_reply({"thread_id": thread.id, "deleted": True}, call.headers)
            case "GET", ("run",):
                return self._last_run(call)
            case "POST", ("run",):
                return self._run(call)
        return None

    def _reply_about_messages(self, call: Call) -> Reply | None:
        match call.method, call.path[2:]:
            case "GET", ():
                return self._messages(call)
            case "POST", ():
                return self._add(call)
            case "POST", ("run",):
                body = call.json()
                thread = self._thread(call, body)
                return self._answered(call, body, thread, self._read_messages(call, body))
            case "POST", ("rerun",):
                return self._rerun(call)
        return None

    def _messages(self, call: Call) -> Reply:
        thread = self._room.get(call.query("thread_id"))
        before, limit = _number(call, "before"), _number(call, "limit")
        found = [each.value for each in thread.messages if before is None or each.created_at < before]
        shown = found if limit is None else found[max(0, len(found) - limit) :]
        return api_reply({"thread_id": thread.id, "messages": shown}, call.headers)

    def _add(self, call: Call) -> Reply:
        body = call.json()
        thread = self._thread(call, body)
        added = self._read_messages(call, body)
        thread.add(added)
        self._room.keep(thread)
        told = [{"created_at": each.created_at, "message_id": each.id} for each in added]
        return api_reply({"thread_id": thread.id, "messages": told}, call.headers)

    def _run(self, call: Call) -> Reply:
        """Streamed, or in the background: then the thread is locked for as long as the answer takes."""
        body = call.json()
        thread = self._room.get(text(body, "thread_id"))
        if assistant_id := text(body, "assistant_id"):
            thread.model, thread.assistant_id = self._assistants.get(assistant_id).model, assistant_id
        reply = self._answered(call, body, thread, [])
        if flag(body, "stream"):
            return reply
        thread.busy_until = thread.updated_at + duration_s(reply) if duration_s(reply) else 0.0
        started = {"status": "in_progress", "thread_id": thread.id, "created_at": thread.updated_at}
        return replace(api_reply(started, call.headers), lane=reply.lane)

    def _last_run(self, call: Call) -> Reply:
        thread = self._room.get(call.query("thread_id"))
        value = {
            "status": thread.status,
            "thread_id": thread.id,
            "updated_at": thread.updated_at,
            "model": thread.model,
        }
        if not thread.is_busy:
            value["messages"] = [each.value for each in thread.made_by_run]
        return api_reply(value, call.headers)

    def _rerun(self, call: Call) -> Reply:
        """Answer the last question anew; the old answer is forgotten when there is a new one."""
        body = call.json()
        thread = self._room.get(text(body, "thread_id"))
        kept = list(thread.messages)
        while kept and kept[-1].message["role"] == "assistant":
            kept.pop()
        shortened = replace(thread, messages=kept)
        return self._answered(call, body, shortened, [])

    def _answered(self, call: Call, body: Body, thread: Thread, added: Sequence[ThreadMessage]) -> Reply:
        """The answer to the thread with these messages, which are kept only if there is one."""
        if thread.is_busy:
            raise RefusedError(422, BUSY)
        is_stream = flag(body, "stream")
        history = [*thread.messages, *added]
        if not history:
            raise RefusedError(422, NOTHING_TO_RUN)
        limit = whole_number(body, "limit")
        shown = history if limit is None else history[max(0, len(history) - limit) :]
        asked: dict[str, Any] = {name: body[name] for name in _OPTIONS if body.get(name) is not None}
        asked |= {"model": thread.model, "messages": [dict(each.message) for each in shown], "stream": is_stream}
        if thread.assistant_id:
            self._instruct(asked, thread.assistant_id)
        request = replace(call.request, body=compact(asked))
        reply = self._complete(replace(call, request=request, path=("chat", "completions")))
        answer = new_message({})
        run = (streamed_run if is_stream else whole_run)(reply, thread.id, answer.id)
        made = replace(answer, message=run.message, finish_reason=run.finish_reason)
        thread.add([*added, made])
        thread.made_by_run = (made,)
        self._room.keep(thread)
        return run.reply

    def _instruct(self, asked: dict[str, Any], assistant_id: str) -> None:
        assistant = self._assistants.get(assistant_id)
        if assistant.instructions and not any(message["role"] == "system" for message in asked["messages"]):
            asked["messages"].insert(0, {"role": "system", "content": assistant.instructions})
        if assistant.functions:
            asked.setdefault("functions", list(assistant.functions))
            asked.setdefault("function_call", "auto")

    def _thread(self, call: Call, body: Body) -> Thread:
        """The thread the body names, or a new one with its assistant or model."""
        model, assistant_id = text(body, "model"), text(body, "assistant_id")
        if thread_id := text(body, "thread_id"):
            return self._room.get(thread_id)
        if assistant_id:
            return self._room.begin(self._assistants.get(assistant_id).model, assistant_id)
        alias = models.served_name(model or DEFAULT_MODEL, is_old_host=call.is_old_host, plan=call.account.plan)
        if alias is None:
            raise RefusedError(404, "No such model")
        return self._room.begin(alias)

    def _read_messages(self, call: Call, body: Body) -> list[ThreadMessage]:
        """The messages of a request. What they mean is checked when they are run."""
        found = []
        for each in mappings(body, "messages"):
            if not isinstance(each.get("role"), str) or not isinstance(each.get("content") or "", str):
                raise malformed()
            names = {file_id: self._files.get(file_id, call.client_id).name for file_id in texts(each, "attachments")}
            message = {name: each[name] for name in _MESSAGE_FIELDS if each.get(name) is not None}
            found.append(new_message(message, names))
        return found


def _threads(call: Call, found: Sequence[Thread]) -> Reply:
    return api_reply({"threads": [thread.value for thread in found]}, call.headers)


def _number(call: Call, name: str) -> int | None:
    """A number of the query, or None."""
    value = call.query(name)
    if not value:
        return None
    if not value.isascii() or not value.isdigit() or len(value) > 12:
        raise RefusedError(422, f"Invalid params: {name} must be a number")
    return int(value)
