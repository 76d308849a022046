"""Writing a reply to a client through aiohttp: in time, and with the faults that were asked for."""

import asyncio
import itertools
import socket
import struct
import zlib
from collections.abc import Iterator
from dataclasses import replace

from aiohttp import web
from multidict import CIMultiDict

from gigadesk.emulator.exchange import Piece, RecordedRequest, Reply
from gigadesk.emulator.faults import Cut, Fault, Faults
from gigadesk.emulator.wire import DONE, api_error, api_headers, failed_stream, gateway_page, oauth_failure


class DroppedError(Exception):
    """The connection is gone on purpose: nothing more can be written."""


def replaced_reply(fault: Fault, request: RecordedRequest) -> Reply | None:
    """The reply this fault puts in the place of the service's, if it does."""
    if not (fault.status or fault.html or fault.body):
        return None
    status = fault.status or 200
    is_sign_in = request.path.endswith("/oauth")
    reply = oauth_failure(status, fault.message) if is_sign_in else api_error(status, request.headers, fault.message)
    if fault.html or fault.body:
        kind, page = gateway_page(status) if fault.html else ("text/plain; charset=utf-8", fault.body.encode())
        reply = Reply(status, api_headers(status, request.headers, kind), (Piece(0.0, page),))
    return reply


def spoiled_reply(reply: Reply, fault: Fault) -> Reply:
    """The reply with the faults that only change what is sent."""
    pieces = list(reply.pieces)
    if reply.is_stream and (fault.without_done or fault.without_finish) and pieces and pieces[-1].data == DONE:
        pieces.pop()
    if reply.is_stream and fault.without_finish:
        pieces = pieces[:-1]
    if reply.is_stream and 0 <= fault.error_after_chunks < len(pieces):
        failed_at_s = pieces[fault.error_after_chunks].at_s
        error = failed_stream(reply.pieces[-1].data)
        pieces = [*pieces[: fault.error_after_chunks], Piece(failed_at_s, error)]
    if reply.is_stream and fault.line_end != "\n":
        pieces = [Piece(piece.at_s, piece.data.replace(b"\n", fault.line_end.encode())) for piece in pieces]
    pieces = [Piece(0.0, b": ping\n\n")] * fault.comments + pieces
    headers = [pair for pair in reply.headers if not (fault.content_type and pair[0] == "Content-Type")]
    if fault.content_type:
        headers.append(("Content-Type", fault.content_type))
    if fault.gzip:
        headers.append(("Content-Encoding", "gzip"))
        pieces = list(_compressed(pieces))
    return replace(reply, headers=(*headers, *fault.headers), pieces=tuple(pieces))


async def deliver(http: web.BaseRequest, reply: Reply, fault: Fault, faults: Faults) -> web.StreamResponse:
    """Write the reply; raises `DroppedError` when a fault has ended the connection."""
    if fault.drop:
        _close(http, Cut.FIN)
    await asyncio.sleep(fault.delay_s)
    if fault.hold:
        await faults.wait_released()
    started = asyncio.get_running_loop().time()
    response = web.StreamResponse(status=reply.status, headers=CIMultiDict(reply.headers))
    if http.keep_alive:
        response.headers["Connection"] = "keep-alive"
    if reply.is_stream or reply.is_chunked:
        response.enable_chunked_encoding()
    else:
        response.content_length = sum(len(piece.data) for piece in reply.pieces)
    if not (reply.is_stream or reply.is_paced):
        # Nothing is said before a whole answer is ready, as with a server that computes it.
        await _sleep_until(started + max((piece.at_s for piece in reply.pieces), default=0.0))
    await response.prepare(http)
    writer = _Writer(http, response, fault, faults)
    for number, piece in enumerate(reply.pieces if http.method != "HEAD" else ()):
        if number == fault.stall_after_chunks:
            await faults.wait_released()
        await _sleep_until(started + piece.at_s)
        if not await writer.write(piece.data):
            break
    await response.write_eof()
    return response


class _Writer:
    """Writes the bytes of a body and counts them, so that a fault can strike at an exact one."""

    def __init__(self, http: web.BaseRequest, response: web.StreamResponse, fault: Fault, faults: Faults) -> None:
        self._http = http
        self._response = response
        self._fault = fault
        self._faults = faults
        self._written = 0

    async def write(self, data: bytes) -> bool:
        """False when the body is to end here as if it were complete."""
        cut_at, stall_at = self._fault.cut_after_bytes, self._fault.stall_after_bytes
        for part in _parts(data, self._fault.piece_bytes):
            for small in _split_at(part, [mark - self._written for mark in (stall_at, cut_at)]):
                if self._written == cut_at:
                    break
                if self._written == stall_at:
                    await self._faults.wait_released()
                await asyncio.sleep(self._fault.piece_delay_s)
                await self._response.write(small)
                self._written += len(small)
            if self._written == cut_at:
                return await self._cut()
        return True

    async def _cut(self) -> bool:
        if self._fault.cut is Cut.CLEAN:
            return False
        # What was written before must arrive: a reset discards what the kernel has not sent.
        await asyncio.sleep(0.05)
        _close(self._http, self._fault.cut)
        return False


def _close(http: web.BaseRequest, cut: Cut) -> None:
    transport = http.transport
    if transport is not None:
        if cut is Cut.RST:
            sock = transport.get_extra_info("socket")
            # Linger of zero seconds: closing sends RST instead of FIN.
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            transport.abort()
        else:
            transport.close()
    raise DroppedError


async def _sleep_until(moment: float) -> None:
    wait_s = moment - asyncio.get_running_loop().time()
    if wait_s > 0:
        await asyncio.sleep(wait_s)


def _parts(data: bytes, size: int) -> Iterator[bytes]:
    step = size or max(1, len(data))
    return (data[at : at + step] for at in range(0, len(data), step))


def _split_at(data: bytes, marks: list[int]) -> Iterator[bytes]:
    """The data cut at those of the marks that lie within it."""
    edges = sorted({0, len(data), *(mark for mark in marks if 0 < mark < len(data))})
    return (data[start:end] for start, end in itertools.pairwise(edges))


def _compressed(pieces: list[Piece]) -> Iterator[Piece]:
    packer = zlib.compressobj(wbits=31)
    for piece in pieces:
        yield Piece(piece.at_s, packer.compress(piece.data) + packer.flush(zlib.Z_SYNC_FLUSH))
    yield Piece(pieces[-1].at_s if pieces else 0.0, packer.flush())
