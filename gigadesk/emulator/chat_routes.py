"""The two chat endpoints: a checked request becomes an answer, and the answer a reply. Does no I/O."""

import json
import random
import time
import uuid
from collections import OrderedDict, deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from gigadesk.emulator import completions, completions_v2, models, requests_v1, requests_v2
from gigadesk.emulator.accounts import Account, Lanes
from gigadesk.emulator.answers import Answer, MadeFile, compose, is_russian, is_title_request
from gigadesk.emulator.attachments import attached_files, file_tokens, read_documents
from gigadesk.emulator.chance import numbers_for
from gigadesk.emulator.checks import RefusedError
from gigadesk.emulator.exchange import RecordedRequest, Reply
from gigadesk.emulator.files import FileRoom
from gigadesk.emulator.generation import Completion, Speed, StoredFile
from gigadesk.emulator.histories import Histories
from gigadesk.emulator.options import EmulatorOptions
from gigadesk.emulator.packages import Packages
from gigadesk.emulator.prompts import Part, Prompt, Turn, normalised
from gigadesk.emulator.tokens import MESSAGE_OVERHEAD, PROMPT_OVERHEAD, count
from gigadesk.emulator.wire import INVALID_JSON
from gigadesk.resources import resource_bytes

SESSIONS_KEPT = 256
CALL_STATES_KEPT = 1000
PRECACHED_MIN = 2
"""Even a first request shows a few cached tokens: the service's own prefix."""
THREAD_MODEL = "GigaChat-2"
"""Answers in a thread whose request names no model."""

_Maker = Callable[[Completion, Mapping[str, str], Speed, random.Random], Reply]


@dataclass(frozen=True, slots=True)
class _Asked:
    """Who asks, and what is needed to answer over the wire."""

    request: RecordedRequest
    account: Account
    client_id: str
    """Of the user, by `X-Client-ID`."""


class ChatRoutes:
    """`POST .../chat/completions` of both contracts, for requests whose token is good.

    A reply that holds a lane says so in `Reply.lane`; the caller releases it after the reply has ended.

    Raises (both methods):
        RefusedError: the request is answered with an error.
    """

    def __init__(
        self, options: EmulatorOptions, lanes: Lanes, packages: Packages, files: FileRoom | None = None
    ) -> None:
        self.scripted: deque[Answer] = deque()
        """The next answers, whatever is asked; a request for a title does not use them up."""
        self._options = options
        self._lanes = lanes
        self._packages = packages
        self._files = files or FileRoom()
        self._speed = Speed(options.characters_per_s, options.first_delay_s)
        self._sessions: OrderedDict[tuple[str, str], tuple[str, ...]] = OrderedDict()
        self._call_states: OrderedDict[str, None] = OrderedDict()
        self._histories = Histories()

    def complete(self, request: RecordedRequest, account: Account, *, is_old_host: bool) -> Reply:
        """`POST /chat/completions` of the first contract."""
        body = _json_body(request)
        requests_v1.check_shape(body)
        model = self._model(body, account, is_old_host=is_old_host)
        prompt = requests_v1.read_prompt(body, model, self._call_states)
        make = completions.streamed_reply if prompt.is_streamed else completions.whole_reply
        return self._reply(prompt, request, account, make)

    def complete_v2(self, request: RecordedRequest, account: Account, *, is_old_host: bool) -> Reply:
        """`POST /v2/chat/completions` (old host: `/api/v2/chat/completions`)."""
        body = _json_body(request)
        requests_v2.check_shape(body)
        model = self._model(body, account, is_old_host=is_old_host)
        prompt = requests_v2.read_prompt(body, model, self._call_states, self._options.closed_tools)
        make = completions_v2.streamed_reply if prompt.is_streamed else completions_v2.whole_reply
        return self._reply(prompt, request, account, make)

    def _model(self, body: Any, account: Account, *, is_old_host: bool) -> str:  # JSON of the client's making
        # An empty name is no missing one: nothing is called so.
        asked = THREAD_MODEL if body.get("model") is None else body["model"]
        alias = models.served_name(asked, is_old_host=is_old_host, plan=account.plan)
        if alias is None:
            raise RefusedError(404, "No such model")
        return alias

    def _reply(self, prompt: Prompt, request: RecordedRequest, account: Account, make: _Maker) -> Reply:
        asked = _Asked(request, account, request.headers.get("X-Client-ID", ""))
        sent = prompt.turns
        if prompt.storage is not None:
            earlier = self._histories.shown(account.client_id, prompt.storage)
            prompt = replace(prompt, turns=(*earlier, *sent))
        prompt = replace(prompt, files=attached_files(prompt, self._files, asked.client_id), asked_at=time.time())
        if prompt.is_normalised:
            prompt = replace(prompt, turns=normalised(prompt.turns))
        parts = _parts(prompt)
        shown_tokens = PROMPT_OVERHEAD + sum(map(_part_tokens, parts))
        shown_tokens += sum(map(file_tokens, read_documents(prompt.files)))
        if shown_tokens > models.CONTEXT_TOKENS:
            raise RefusedError(413, "Payload too large")
        if not self._lanes.take(account.client_id, self._options.lanes or account.plan.lanes):
            raise RefusedError(429, "Too many requests")
        try:
            return replace(self._made(prompt, sent, asked, (shown_tokens, parts), make), lane=account.client_id)
        except BaseException:
            self._lanes.release(account.client_id)
            raise

    def _made(
        self, prompt: Prompt, sent: tuple[Turn, ...], asked: _Asked, shown: tuple[int, list[str]], make: _Maker
    ) -> Reply:
        """The reply of the model; `shown` are the tokens and the parts of what it is shown."""
        account, (shown_tokens, parts) = asked.account, shown
        if self._packages.is_used_up(account, prompt.model):
            raise RefusedError(402, "Payment Required")
        done = self._completion(prompt, asked, shown_tokens, self._precached(asked, parts))
        if prompt.storage is not None:
            kept = Turn(Part.ASSISTANT, done.text, calls=_called(done.answer), state_id=done.state_id)
            thread_id = self._histories.keep(account.client_id, prompt.storage, (*sent, kept))
            done = replace(done, thread_id=thread_id, message_id=str(uuid.uuid4()))
        self._packages.spend(account, prompt.model, done.billed_tokens)
        numbers = numbers_for(self._options.seed, done.text)
        return make(done, asked.request.headers, self._speed, numbers)

    def _completion(self, prompt: Prompt, asked: _Asked, shown_tokens: int, cached_tokens: int) -> Completion:
        answer = self._answer(prompt)
        is_after_call = prompt.turns[-1].part is Part.FUNCTION
        has_state = bool(answer.tools or answer.function_call or is_after_call)
        state_id = answer.state_id or (_state_id() if has_state else "")
        if answer.function_call is not None:
            self._call_states[state_id] = None
            if len(self._call_states) > CALL_STATES_KEPT:
                self._call_states.popitem(last=False)
        return Completion(
            answer=answer,
            model=models.version_of(prompt.model),
            created=int(prompt.asked_at),
            shown_tokens=shown_tokens,
            cached_tokens=cached_tokens,
            max_tokens=prompt.max_tokens,
            update_interval_s=prompt.update_interval_s,
            files=tuple(self._stored(file, asked.client_id) for file in answer.files),
            state_id=state_id,
            call_id=str(uuid.uuid4()) if answer.function_call else "",
            is_russian=is_russian(prompt.question),
        )

    def _answer(self, prompt: Prompt) -> Answer:
        if self.scripted and not is_title_request(prompt):
            return self.scripted.popleft()
        return compose(prompt, self._options.seed)

    def _stored(self, made: MadeFile, client_id: str) -> StoredFile:
        data = made.data or resource_bytes(made.resource)
        return StoredFile(self._files.add_generated(data, made.mime, client_id), made.mime, made.target)

    def _precached(self, asked: _Asked, parts: Sequence[str]) -> int:
        """Tokens of the beginning that the last request of this session had too."""
        session_id = asked.request.headers.get("X-Session-ID", "")
        if not session_id:
            return PRECACHED_MIN
        key = asked.account.client_id, session_id
        before = self._sessions.pop(key, ())
        self._sessions[key] = tuple(parts)
        if len(self._sessions) > SESSIONS_KEPT:
            self._sessions.popitem(last=False)
        same = 0
        for old, new in zip(before, parts, strict=False):
            if old != new:
                break
            same += _part_tokens(new)
        return PRECACHED_MIN + same


def _parts(prompt: Prompt) -> list[str]:
    """What the prompt cache compares: the functions, then turn by turn."""
    functions = [json.dumps(prompt.functions, ensure_ascii=False)] if prompt.functions else []
    return functions + [f"{turn.part}\n{turn.text}" for turn in prompt.turns]


def _part_tokens(part: str) -> int:
    return MESSAGE_OVERHEAD + count(part)


def _called(answer: Answer) -> tuple[str, ...]:
    return (answer.function_call[0],) if answer.function_call else ()


def _state_id() -> str:
    """An id like those of the service: UUID version 7, which begins with the time."""
    value = (int(time.time() * 1000) << 80) | (uuid.uuid4().int & ((1 << 80) - 1))
    value = value & ~(0xF << 76) | (0x7 << 76)
    return str(uuid.UUID(int=value & ~(0x3 << 62) | (0x2 << 62)))


def _json_body(request: RecordedRequest) -> Any:  # JSON of the client's making
    try:
        return request.json()
    except (ValueError, RecursionError) as exc:
        raise RefusedError(400, INVALID_JSON) from exc
