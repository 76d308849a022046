"""Brings a file of the service to the disk: whole under its name, or not at all."""

import asyncio
import errno
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

import aiohttp

from gigadesk.errors import (
    AnswerInterruptedError,
    BrokenAnswerCause,
    BrokenAnswerError,
    StorageCause,
    StorageError,
)
from gigadesk.files import new_unfinished, put_in_place
from gigadesk.gigachat.connection import Connection
from gigadesk.gigachat.connection_failures import READ_ERRORS
from gigadesk.gigachat.failures import from_files, not_gigachat
from gigadesk.gigachat.file_kinds import HEAD_BYTES, type_of_content
from gigadesk.gigachat.threads import in_thread
from gigadesk.gigachat.transport import content_type_of, described, drop, request_id_of
from gigadesk.gigachat.upload_body import Progress
from gigadesk.gigachat.values import Downloaded
from gigadesk.limits import ANSWER_MAX_S, DOWNLOAD_MAX_BYTES

_CAUSES = {
    errno.ENOSPC: StorageCause.FULL,
    errno.EDQUOT: StorageCause.FULL,
    errno.EROFS: StorageCause.READ_ONLY,
    errno.EACCES: StorageCause.READ_ONLY,
    errno.EPERM: StorageCause.READ_ONLY,
}


async def download(
    connection: Connection, file_id: str, target: Path, on_progress: Progress | None = None
) -> Downloaded:
    """See `FileCalls.download`."""

    async def once(failures_known: int) -> Downloaded:
        response = await connection.open_once(
            "GET",
            connection.addresses.path("files", file_id, "content"),
            failures_known,
            headers={"Accept": "application/octet-stream"},
            failure=from_files,
        )
        try:
            return await _save(response, target, on_progress)
        finally:
            drop(response)

    return await connection.trying(once)


async def _save(response: aiohttp.ClientResponse, target: Path, on_progress: Progress | None) -> Downloaded:
    if content_type_of(response) == "text/html":
        raise not_gigachat(described(response))
    total = response.content_length or 0
    if total > DOWNLOAD_MAX_BYTES:
        raise _too_long(response)
    try:
        file, temporary = await in_thread(new_unfinished, target, undo=_forget)
        try:
            with file:
                found = await _write(response, file, total, on_progress)
            await in_thread(put_in_place, temporary, target)
        except BaseException:
            _forget((file, temporary))
            raise
    except OSError as error:
        cause = _CAUSES.get(error.errno or 0, StorageCause.UNKNOWN)
        raise StorageError(cause, str(target.parent), error.strerror or "") from error
    return found


def _forget(unfinished: tuple[BinaryIO, Path]) -> None:
    file, temporary = unfinished
    file.close()
    with suppress(OSError):
        temporary.unlink()


async def _write(
    response: aiohttp.ClientResponse, file: BinaryIO, total: int, on_progress: Progress | None
) -> Downloaded:
    over_at = asyncio.get_running_loop().time() + ANSWER_MAX_S
    head, done = b"", 0
    while piece := await _next_piece(response, over_at):
        done += len(piece)
        if done > DOWNLOAD_MAX_BYTES:
            raise _too_long(response)
        if len(head) < HEAD_BYTES:
            head += piece[: HEAD_BYTES - len(head)]
        await in_thread(_write_all, file, piece)
        if on_progress is not None:
            on_progress(done, total)
    if not done:
        raise BrokenAnswerError("the file is empty", status=200, request_id=request_id_of(response))
    found = type_of_content(head)
    return Downloaded(found.kind, found.mime, done)


async def _next_piece(response: aiohttp.ClientResponse, over_at: float) -> bytes:
    try:
        async with asyncio.timeout_at(over_at):
            return await response.content.readany()
    except READ_ERRORS as error:
        why = type(error).__name__
    raise AnswerInterruptedError(why, status=200, request_id=request_id_of(response))


def _write_all(file: BinaryIO, piece: bytes) -> None:
    rest = memoryview(piece)
    while rest:
        rest = rest[file.write(rest) :]


def _too_long(response: aiohttp.ClientResponse) -> BrokenAnswerError:
    return BrokenAnswerError(
        "the file is too long", cause=BrokenAnswerCause.TOO_LONG, status=200, request_id=request_id_of(response)
    )
