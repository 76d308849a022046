"""The emulated service without a network: a request goes in, a reply comes out. Does no I/O."""

import time
from dataclasses import replace

from gigadesk.emulator.accounts import Account, Lanes, RateLimiter, Tokens, seeded_account, seeded_password
from gigadesk.emulator.assistants import AssistantRoutes
from gigadesk.emulator.batch_routes import BatchRoutes
from gigadesk.emulator.calls import Call, Routes
from gigadesk.emulator.chat_routes import ChatRoutes
from gigadesk.emulator.checks import RefusedError
from gigadesk.emulator.exchange import Piece, RecordedRequest, Reply
from gigadesk.emulator.file_routes import FileRoutes
from gigadesk.emulator.files import FileRoom
from gigadesk.emulator.function_routes import FunctionRoutes
from gigadesk.emulator.model_routes import ModelRoutes
from gigadesk.emulator.oauth import AuthorizationHost, PasswordLogin
from gigadesk.emulator.options import EmulatorOptions, Plan
from gigadesk.emulator.packages import Packages
from gigadesk.emulator.text_routes import TextRoutes
from gigadesk.emulator.thread_routes import ThreadRoutes
from gigadesk.emulator.wire import api_error, api_headers, gateway_page, raw_error

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
        self.files = FileRoom(options.files_max_bytes)
        self.password = options.password or seeded_password(options.seed)
        limiter = RateLimiter(options.token_requests_per_s, time.monotonic)
        self._authorization = AuthorizationHost((self.account,), self.tokens, limiter)
        self._login = PasswordLogin(options.user, self.password, self.account, self.tokens)
        packages = Packages(options.balance_tokens)
        self.chat = ChatRoutes(options, self.lanes, packages, self.files)
        assistants = AssistantRoutes(self.files)
        self._routes: tuple[Routes, ...] = (
            ModelRoutes(packages),
            TextRoutes(packages),
            FileRoutes(self.files, options.transfer_bytes_per_s),
            FunctionRoutes(),
            BatchRoutes(self.files, self._answer_quietly),
            assistants,
            ThreadRoutes(self.files, assistants, self._complete),
        )

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
        if (request.method, request.path) == ("POST", OLD_BASE + "/token"):
            return self._login.reply(request)
        if request.path == NEW_BASE + "/token":
            # Not there. What the new host answers is not known; here it cannot be taken for a wrong password.
            return api_error(404, request.headers, "Not Found")
        account = self._account(request)
        if isinstance(account, str):
            return api_error(401, request.headers, account)
        path = tuple(request.path.removeprefix(base).strip("/").split("/"))
        call = Call(request, account, path, is_old_host=base in {OLD_BASE, OLD_BASE_V2})
        try:
            found = self._found_v2(call) if base in {OLD_BASE_V2, NEW_BASE_V2} else self._found(call)
        except RefusedError as refused:
            return api_error(refused.status, request.headers, refused.message)
        return found or api_error(404, request.headers, "Not Found")

    def _found(self, call: Call) -> Reply | None:
        if (call.method, call.path) == ("POST", ("chat", "completions")):
            return self._complete(call)
        return next((reply for routes in self._routes if (reply := routes.reply(call)) is not None), None)

    def _complete(self, call: Call) -> Reply:
        return self.chat.complete(call.request, call.account, is_old_host=call.is_old_host)

    def _answer_quietly(self, call: Call) -> Reply:
        """The reply to a request that nobody waits for: it holds no lane."""
        reply = self._found(call)
        if reply is None:
            raise RefusedError(404, "Not Found")
        if reply.lane:
            self.lanes.release(reply.lane)
        return replace(reply, lane="")

    def _found_v2(self, call: Call) -> Reply | None:
        if (call.method, call.path) == ("POST", ("chat", "completions")):
            return self.chat.complete_v2(call.request, call.account, is_old_host=call.is_old_host)
        if call.path[0] == "files" and not call.is_old_host:
            # Seen live in September 2026: a page of the proxy, whoever asks.
            kind, page = gateway_page(403)
            return Reply(403, api_headers(403, call.headers, kind), (Piece(0.0, page),))
        return None

    def _account(self, request: RecordedRequest) -> Account | str:
        """Whose request this is, or the message of the 401. A token decides even when there is a certificate."""
        authorization = request.headers.get("Authorization", "")
        if not authorization and request.certificate:
            return self.account
        kind, _, token = authorization.partition(" ")
        return self.tokens.account(token.strip()) if kind.lower() == "bearer" else "Unauthorized"
