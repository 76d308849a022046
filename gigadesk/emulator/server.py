"""The emulator as a server on the loopback interface. aiohttp is imported when it starts, not before."""

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

from gigadesk.emulator.exchange import RecordedRequest
from gigadesk.emulator.faults import Fault, Faults
from gigadesk.emulator.options import ClientCertificates, EmulatorOptions, Endpoint

if TYPE_CHECKING:
    from aiohttp import web

    from gigadesk.emulator.answers import Answer
    from gigadesk.emulator.certificates import PrivateAuthority
    from gigadesk.emulator.service import Service

HOST = "127.0.0.1"
SHUTDOWN_S = 1.0
"""Replies are cancelled before the server closes, so this is only for connections that do not end."""


class Emulator:
    """A GigaChat of one's own: OAuth and API under one address, faults on demand, a log of what was asked.

    Runs on the event loop that calls `start` and lives until `stop`; may be started again afterwards.
    """

    def __init__(self, options: EmulatorOptions | None = None) -> None:
        self.options = options or EmulatorOptions()
        self.faults = Faults()
        self.requests: list[RecordedRequest] = []
        """What came, newest last; only the last `options.requests_kept` are kept, fewer when they are large."""
        self._service: Service | None = None
        self._runner: web.ServerRunner | None = None
        self._authority: PrivateAuthority | None = None
        self._replies: set[asyncio.Task[object]] = set()

    async def start(self) -> Endpoint:
        """Listen, and tell where.

        Raises:
            OSError: the port is taken.
            MissingAuthorityError: TLS is asked for and its library is not installed.
        """
        from aiohttp import web

        from gigadesk.emulator.certificates import PrivateAuthority
        from gigadesk.emulator.front import FrontServer, small_socket
        from gigadesk.emulator.service import Service

        if self._runner is not None:
            raise RuntimeError("the emulator is running already")
        self._service = Service(self.options)
        front = FrontServer(self._handle, self.options.body_max_bytes)
        self._runner = web.ServerRunner(front, shutdown_timeout=SHUTDOWN_S)
        try:
            clients = ClientCertificates(self.options.mtls)
            if self.options.tls or clients:
                self._authority = PrivateAuthority(clients)
            await self._runner.setup()
            context = self._authority.context if self._authority else None
            if self.options.transfer_bytes_per_s > 0:
                listener = small_socket(HOST, self.options.port)
                await web.SockSite(self._runner, listener, ssl_context=context).start()
            else:
                await web.TCPSite(self._runner, HOST, self.options.port, ssl_context=context).start()
        except BaseException:
            await self.stop()
            raise
        return self._endpoint(self._service, self._runner.addresses[0][1])

    async def stop(self) -> None:
        """Cut every reply, close every connection, remove the certificate. Does nothing when not running."""
        runner, self._runner = self._runner, None
        authority, self._authority = self._authority, None
        for reply in self._replies:
            reply.cancel()
        if runner is not None:
            await runner.cleanup()
        if authority is not None:
            authority.close()

    @property
    def generations_running(self) -> int:
        """Lanes taken now."""
        return self._service.lanes.running if self._service else 0

    def answer_with(self, *answers: "Answer") -> None:
        """Let the next chat requests that want no title have exactly these answers, one each.

        `gigadesk.emulator.answers` has the pieces: tools, files, sources, thoughts, a function call, any ending.
        """
        self._running().chat.scripted.extend(answers)

    def answer_next(self, *phrases: str, finish_reason: str = "stop") -> None:
        """Let the next chat request that wants no title be answered with these phrases, one chunk each."""
        from gigadesk.emulator.answers import Answer

        self._running().chat.scripted.append(Answer("".join(phrases), finish_reason=finish_reason, phrases=phrases))

    def forget_answers(self) -> None:
        """Drop the answers that still wait for their request."""
        self._running().chat.scripted.clear()

    def expire_tokens(self) -> None:
        """From now on the API answers tokens given out so far with 401 `Token has expired`."""
        self._running().tokens.expire()

    def revoke_tokens(self) -> None:
        """From now on the API answers tokens given out so far with 401 `Unauthorized`."""
        self._running().tokens.revoke()

    def forget_files(self) -> None:
        """From now on no stored file is known any more, as after the service has cleaned up."""
        self._running().files.clear()

    def requests_to(self, path: str) -> Sequence[RecordedRequest]:
        """The kept requests whose path holds this text."""
        return [request for request in self.requests if path in request.path]

    def _running(self) -> "Service":
        if self._service is None:
            raise RuntimeError("the emulator has not been started")
        return self._service

    def _endpoint(self, service: "Service", port: int) -> Endpoint:
        authority = self._authority
        origin = f"{'https' if authority else 'http'}://{HOST}:{port}"
        has_client = authority is not None and bool(self.options.mtls)
        return Endpoint(
            base_url=f"{origin}/v1",
            auth_url=f"{origin}/api/v2/oauth",
            ca_file=str(authority.ca_file) if authority else "",
            credentials=service.account.credentials,
            scope=service.account.plan.scope,
            old_base_url=f"{origin}/api/v1",
            user=self.options.user,
            password=service.password,
            cert_file=str(authority.cert_file) if authority and has_client else "",
            key_file=str(authority.key_file) if authority and has_client else "",
            protected_key_file=str(authority.protected_key_file) if authority and has_client else "",
            key_file_password=authority.key_file_password if authority else "",
        )

    async def _handle(self, http: "web.BaseRequest") -> "web.StreamResponse":
        from aiohttp import web

        from gigadesk.emulator.delivery import DroppedError, deliver, replaced_reply, spoiled_reply
        from gigadesk.emulator.front import PackedBodyError
        from gigadesk.emulator.wire import api_error

        task = asyncio.current_task()
        if task is not None:
            self._replies.add(task)
        lane = ""
        try:
            request = await self._record(http)
            fault = self.faults.take(request.path)
            reply = replaced_reply(fault, request) or self._running().reply(request)
            lane = reply.lane
            return await deliver(http, spoiled_reply(reply, fault), fault, self.faults)
        except web.HTTPRequestEntityTooLarge:
            return await deliver(http, api_error(413, http.headers), Fault(), self.faults)
        except PackedBodyError as exc:
            return await deliver(http, api_error(exc.status, http.headers), Fault(), self.faults)
        except (DroppedError, ConnectionError):
            # Cut by a fault, or the client has gone in the middle of a write.
            raise asyncio.CancelledError from None
        finally:
            if lane:
                self._release(lane)
            if task is not None:
                self._replies.discard(task)

    async def _record(self, http: "web.BaseRequest") -> RecordedRequest:
        from gigadesk.emulator.certificates import common_name
        from gigadesk.emulator.front import read_body

        peer = common_name(http.transport.get_extra_info("peercert")) if http.transport else ""
        body = await read_body(http, self.options.body_max_bytes, self.options.transfer_bytes_per_s)
        request = RecordedRequest(http.method, http.path, http.query_string, http.headers, body, peer)
        self.requests.append(request)
        del self.requests[: -self.options.requests_kept]
        while (
            len(self.requests) > 1
            and sum(len(each.body) for each in self.requests) > self.options.bodies_kept_max_bytes
        ):
            del self.requests[0]
        return request

    def _release(self, lane: str) -> None:
        lanes, delay_s = self._running().lanes, self.options.lane_release_delay_s
        if delay_s > 0:
            asyncio.get_running_loop().call_later(delay_s, lanes.release, lane)
        else:
            lanes.release(lane)
