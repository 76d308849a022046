"""The emulated service without a network: a request goes in, a reply comes out. Does no I/O."""

import time
from typing import Any

from gigadesk.emulator import models
from gigadesk.emulator.accounts import Account, Lanes, RateLimiter, Tokens, seeded_account
from gigadesk.emulator.chat_routes import ChatRoutes
from gigadesk.emulator.checks import RefusedError
from gigadesk.emulator.exchange import RecordedRequest, Reply
from gigadesk.emulator.oauth import AuthorizationHost
from gigadesk.emulator.options import EmulatorOptions, Plan
from gigadesk.emulator.packages import Packages
from gigadesk.emulator.tokens import count
from gigadesk.emulator.wire import INVALID_JSON, api_error, api_reply, raw_error

OLD_BASE = "/api/v1"
NEW_BASE = "/v1"
OLD_BASE_V2 = "/api/v2"
NEW_BASE_V2 = "/v2"
OAUTH_PATH = "/api/v2/oauth"


class Service:
    """Everything between the request that was read and the reply that will be written."""

    def __init__(self, options: EmulatorOptions) -> None:
        self._options = options
        self.account = seeded_account(options.seed, Plan(options.plan))
        self.tokens = Tokens(options.token_lifetime_s, time.time)
        self.lanes = Lanes()
        limiter = RateLimiter(options.token_requests_per_s, time.monotonic)
        self._authorization = AuthorizationHost((self.account,), self.tokens, limiter)
        self._packages = Packages(options.balance_tokens)
        self.chat = ChatRoutes(options, self.lanes, self._packages)

    def reply(self, request: RecordedRequest) -> Reply:
        """The reply to any request. When it holds a lane, `lanes.release` is due after it has ended."""
        if request.path == OAUTH_PATH:
            return self._authorization.reply(request)
        bases = (OLD_BASE, NEW_BASE, OLD_BASE_V2, NEW_BASE_V2)
        base = next((base for base in bases if request.path.startswith(base + "/")), None)
        if base is None:
            return api_error(404, request.headers, "Not Found")
        if base in {NEW_BASE, NEW_BASE_V2} and not request.headers.get("User-Agent"):
            return raw_error(403, request.headers, {"message": "Unauthorized"})
        account = self._account(request.headers.get("Authorization", ""))
        if isinstance(account, str):
            return api_error(401, request.headers, account)
        is_old_host = base in {OLD_BASE, OLD_BASE_V2}
        path = request.path.removeprefix(base)
        try:
            if base in {OLD_BASE_V2, NEW_BASE_V2}:
                return self._route_v2(request, path, account, is_old_host=is_old_host)
            return self._route(request, path, account, is_old_host=is_old_host)
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
                return self.chat.complete(request, account, is_old_host=is_old_host)
            case "POST", ["tokens", "count"]:
                return self._count_tokens(request)
            case "GET", ["balance"]:
                return self._show_balance(request, account)
        return api_error(404, request.headers, "Not Found")

    def _route_v2(self, request: RecordedRequest, path: str, account: Account, *, is_old_host: bool) -> Reply:
        if (request.method, path.strip("/")) == ("POST", "chat/completions"):
            return self.chat.complete_v2(request, account, is_old_host=is_old_host)
        return api_error(404, request.headers, "Not Found")

    def _account(self, authorization: str) -> Account | str:
        kind, _, token = authorization.partition(" ")
        return self.tokens.account(token.strip()) if kind.lower() == "bearer" else "Unauthorized"

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
        packages = self._packages.left(account, self._chat_models())
        left = [{"usage": name, "value": value} for name, value in packages.items()]
        return api_reply({"balance": left}, request.headers)

    def _chat_models(self) -> list[str]:
        plan = self.account.plan
        both = [*models.model_list(is_old_host=False, plan=plan), *models.model_list(is_old_host=True, plan=plan)]
        return [name for name, kind in dict(both).items() if kind == "chat"]


def _json_body(request: RecordedRequest) -> Any:  # JSON of the client's making
    try:
        return request.json()
    except (ValueError, RecursionError) as exc:
        raise RefusedError(400, INVALID_JSON) from exc
