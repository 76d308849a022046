"""The two chat endpoints: a checked request becomes an answer, and the answer a reply. Does no I/O."""

import time
from collections import OrderedDict, deque
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from gigadesk.emulator import models
from gigadesk.emulator.accounts import Account, Lanes
from gigadesk.emulator.answers import Answer, compose, is_title_request
from gigadesk.emulator.chance import numbers_for
from gigadesk.emulator.checks import RefusedError, check_parameters, check_shape
from gigadesk.emulator.completions import Completion, Speed, streamed_reply, whole_reply
from gigadesk.emulator.exchange import RecordedRequest, Reply
from gigadesk.emulator.files import FileRoom
from gigadesk.emulator.options import EmulatorOptions
from gigadesk.emulator.packages import Packages
from gigadesk.emulator.tokens import MESSAGE_OVERHEAD, PROMPT_OVERHEAD, count
from gigadesk.emulator.wire import INVALID_JSON

SESSIONS_KEPT = 256
PRECACHED_MIN = 2
"""Even a first request shows a few cached tokens: the service's own prefix."""


class ChatRoutes:
    """`POST .../chat/completions` of both contracts, for requests whose token is good.

    A reply that holds a lane says so in `Reply.lane`; the caller releases it after the reply has ended.

    Raises (both methods):
        RefusedError: the request is answered with an error.
    """

    def __init__(self, options: EmulatorOptions, lanes: Lanes, packages: Packages, files: FileRoom) -> None:
        self.scripted: deque[Answer] = deque()
        """The next answers, whatever is asked; a request for a title does not use them up."""
        self._options = options
        self._lanes = lanes
        self._packages = packages
        self._files = files
        self._speed = Speed(options.characters_per_s, options.first_delay_s)
        self._sessions: OrderedDict[str, tuple[str, ...]] = OrderedDict()

    def complete(self, request: RecordedRequest, account: Account, *, is_old_host: bool) -> Reply:
        """`POST /chat/completions` of the first contract."""
        body = _json_body(request)
        check_shape(body)
        alias = models.served_name(body["model"], is_old_host=is_old_host, plan=account.plan)
        if alias is None:
            raise RefusedError(404, "No such model")
        check_parameters(body)
        parts = [f"{message['role']}\n{message.get('content') or ''}" for message in body["messages"]]
        prompt_tokens = PROMPT_OVERHEAD + sum(map(_part_tokens, parts))
        if prompt_tokens > models.CONTEXT_TOKENS:
            raise RefusedError(413, "Payload too large")
        if not self._lanes.take(account.client_id, self._options.lanes or account.plan.lanes):
            raise RefusedError(429, "Too many requests")
        if self._packages.is_used_up(account, alias):
            self._lanes.release(account.client_id)
            raise RefusedError(402, "Payment Required")
        completion = Completion(
            answer=self._answer(body),
            model=models.version_of(alias),
            created=int(time.time()),
            prompt_tokens=prompt_tokens,
            precached_tokens=self._precached(request.headers.get("X-Session-ID", ""), parts),
            max_tokens=int(body["max_tokens"]) if body.get("max_tokens") else None,
            update_interval_s=body.get("update_interval") or 0.0,
        )
        self._packages.spend(account, alias, completion.usage["total_tokens"] - completion.precached_tokens)
        numbers = numbers_for(self._options.seed, completion.text)
        make = streamed_reply if body.get("stream") else whole_reply
        return replace(make(completion, request.headers, self._speed, numbers), lane=account.client_id)

    def complete_v2(self, request: RecordedRequest, account: Account, *, is_old_host: bool) -> Reply:  # noqa: ARG002
        """`POST /v2/chat/completions` (old host: `/api/v2/chat/completions`)."""
        raise RefusedError(404, "Not Found")

    def _answer(self, body: Mapping[str, Any]) -> Answer:  # JSON that was checked
        if self.scripted and not is_title_request(body):
            return self.scripted.popleft()
        return compose(body, self._options.seed)

    def _precached(self, session_id: str, parts: Sequence[str]) -> int:
        """Tokens of the beginning that the last request of this session had too."""
        if not session_id:
            return PRECACHED_MIN
        before = self._sessions.pop(session_id, ())
        self._sessions[session_id] = tuple(parts)
        if len(self._sessions) > SESSIONS_KEPT:
            self._sessions.popitem(last=False)
        same = 0
        for old, new in zip(before, parts, strict=False):
            if old != new:
                break
            same += _part_tokens(new)
        return PRECACHED_MIN + same


def _part_tokens(part: str) -> int:
    return MESSAGE_OVERHEAD + count(part)


def _json_body(request: RecordedRequest) -> Any:  # JSON of the client's making
    try:
        return request.json()
    except (ValueError, RecursionError) as exc:
        raise RefusedError(400, INVALID_JSON) from exc
