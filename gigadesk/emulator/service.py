"""The emulated service without a network: a request goes in, a reply comes out. Does no I/O."""

import time
from collections import OrderedDict, deque
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from gigadesk.emulator import models
from gigadesk.emulator.accounts import Account, Lanes, RateLimiter, Tokens, seeded_account
from gigadesk.emulator.answers import Answer, compose, is_title_request
from gigadesk.emulator.chance import numbers_for
from gigadesk.emulator.checks import RefusedError, check_parameters, check_shape
from gigadesk.emulator.completions import Completion, Speed, streamed_reply, whole_reply
from gigadesk.emulator.exchange import RecordedRequest, Reply
from gigadesk.emulator.oauth import AuthorizationHost
from gigadesk.emulator.options import EmulatorOptions, Plan
from gigadesk.emulator.tokens import MESSAGE_OVERHEAD, PROMPT_OVERHEAD, count
from gigadesk.emulator.wire import INVALID_JSON, api_error, api_reply, raw_error

OLD_BASE = "/api/v1"
NEW_BASE = "/v1"
OAUTH_PATH = "/api/v2/oauth"
SESSIONS_KEPT = 256
PRECACHED_MIN = 2
"""Even a first request shows a few cached tokens: the service's own prefix."""


class Service:
    """Everything between the request that was read and the reply that will be written."""

    def __init__(self, options: EmulatorOptions) -> None:
        self._options = options
        self._speed = Speed(options.characters_per_s, options.first_delay_s)
        self.account = seeded_account(options.seed, Plan(options.plan))
        self.tokens = Tokens(options.token_lifetime_s, time.time)
        self.lanes = Lanes()
        self.scripted: deque[Answer] = deque()
        limiter = RateLimiter(options.token_requests_per_s, time.monotonic)
        self._authorization = AuthorizationHost((self.account,), self.tokens, limiter)
        self._sessions: OrderedDict[str, tuple[str, ...]] = OrderedDict()
        self._balance = dict.fromkeys(self._chat_models(), options.balance_tokens)

    def reply(self, request: RecordedRequest) -> Reply:
        """The reply to any request. When it holds a lane, `lanes.release` is due after it has ended."""
        if request.path == OAUTH_PATH:
            return self._authorization.reply(request)
        base = next((base for base in (OLD_BASE, NEW_BASE) if request.path.startswith(base + "/")), None)
        if base is None:
            return api_error(404, request.headers, "Not Found")
        if base == NEW_BASE and not request.headers.get("User-Agent"):
            return raw_error(403, request.headers, {"message": "Unauthorized"})
        account = self._account(request.headers.get("Authorization", ""))
        if isinstance(account, str):
            return api_error(401, request.headers, account)
        try:
            return self._route(request, request.path.removeprefix(base), account, is_old_host=base == OLD_BASE)
        except RefusedError as refused:
            return api_error(refused.status, request.headers, refused.message)

    def _route(self, request: RecordedRequest, path: str, account: Account, *, is_old_host: bool) -> Reply:
        match request.method, path.strip("/").split("/"):
            case "GET", ["models"]:
                found = models.model_list(is_old_host=is_old_host, plan=account.plan)
                data = [models.model_object(name, kind) for name, kind in found]
                return api_reply({"object": "list", "data": data}, request.headers)
            case "GET", ["models", name]:
                kinds = dict(models.model_list(is_old_host=is_old_host, plan=account.plan))
                if name not in kinds:
                    return api_error(404, request.headers)
                return api_reply(models.model_object(name, kinds[name]), request.headers)
            case "POST", ["chat", "completions"]:
                return self._complete(request, account, is_old_host=is_old_host)
            case "POST", ["tokens", "count"]:
                return self._count_tokens(request)
            case "GET", ["balance"]:
                return self._show_balance(request, account)
        return api_error(404, request.headers, "Not Found")

    def _complete(self, request: RecordedRequest, account: Account, *, is_old_host: bool) -> Reply:
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
        if not self.lanes.take(account.client_id, self._options.lanes or account.plan.lanes):
            raise RefusedError(429, "Too many requests")
        if self._balance[alias] <= 0 and account.plan is not Plan.CORP:
            self.lanes.release(account.client_id)
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
        self._balance[alias] -= completion.usage["total_tokens"] - completion.precached_tokens
        numbers = numbers_for(self._options.seed, completion.text)
        make = streamed_reply if body.get("stream") else whole_reply
        return replace(make(completion, request.headers, self._speed, numbers), lane=account.client_id)

    def _answer(self, body: Mapping[str, Any]) -> Answer:  # JSON that was checked
        if self.scripted and not is_title_request(body):
            return self.scripted.popleft()
        return compose(body, self._options.seed)

    def _account(self, authorization: str) -> Account | str:
        kind, _, token = authorization.partition(" ")
        return self.tokens.account(token.strip()) if kind.lower() == "bearer" else "Unauthorized"

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

    def _count_tokens(self, request: RecordedRequest) -> Reply:
        body = _json_body(request)
        texts = body.get("input") if isinstance(body, dict) else None
        if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
            raise RefusedError(400, INVALID_JSON)
        counted = [{"object": "tokens", "tokens": count(text), "characters": len(text)} for text in texts]
        return api_reply(counted, request.headers)

    def _show_balance(self, request: RecordedRequest, account: Account) -> Reply:
        if account.plan is Plan.CORP:
            return api_error(403, request.headers)
        left = [{"usage": name, "value": max(0, value)} for name, value in self._balance.items()]
        return api_reply({"balance": left}, request.headers)

    def _chat_models(self) -> list[str]:
        plan = self.account.plan
        both = [*models.model_list(is_old_host=False, plan=plan), *models.model_list(is_old_host=True, plan=plan)]
        return [name for name, kind in dict(both).items() if kind == "chat"]


def _part_tokens(part: str) -> int:
    return MESSAGE_OVERHEAD + count(part)


def _json_body(request: RecordedRequest) -> Any:  # JSON of the client's making
    try:
        return request.json()
    except (ValueError, RecursionError) as exc:
        raise RefusedError(400, INVALID_JSON) from exc
