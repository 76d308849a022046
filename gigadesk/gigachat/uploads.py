"""Sends a file to the service, piece by piece, and watches that it goes on."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from yarl import URL

from gigadesk.errors import AttachmentCause, AttachmentError, NetworkCause, NetworkError, ServiceError
from gigadesk.gigachat.calls import understood
from gigadesk.gigachat.connection import Connection
from gigadesk.gigachat.protocol.multipart import Envelope, envelope
from gigadesk.gigachat.protocol.stored_files import read_stored_file
from gigadesk.gigachat.threads import in_thread
from gigadesk.gigachat.transport import json_body
from gigadesk.gigachat.upload_body import Checked, Pieces, Progress, check, check_lines
from gigadesk.gigachat.values import StoredFile, UploadSource
from gigadesk.limits import TEXT_FILE_MAX_BYTES

T = TypeVar("T")

Once = Callable[[Mapping[str, str], Any], Awaitable[T]]
"""One exchange, given further headers and a body. Any: see `transport.Body`."""


async def upload(connection: Connection, source: UploadSource, on_progress: Progress | None = None) -> StoredFile:
    """See `FileCalls.upload`."""
    checked = await in_thread(check, source)
    form = envelope(checked.sent_name, checked.mime, source.purpose)

    async def once(failures_known: int, headers: Mapping[str, str], body: Any) -> bytes:
        headers = {"Accept": "application/json", "Content-Type": form.content_type, **headers}
        answer = await connection.open_once("POST", "/files", failures_known, headers=headers, body=body)
        return await json_body(answer)

    async def whole(failures_known: int) -> bytes:
        return await sent(connection, checked, partial(once, failures_known), form, on_progress)

    return understood(read_stored_file, await connection.trying(whole))


async def checked_lines(source: Path | bytes) -> Checked:
    """Lines that are sent as they are, 40 MB at most.

    Raises:
        AttachmentError: they cannot be read, or there are none or too many of them.
    """
    if isinstance(source, Path):
        return await in_thread(check_lines, source, TEXT_FILE_MAX_BYTES)
    if not source:
        raise AttachmentError(AttachmentCause.EMPTY)
    return Checked(source, "", "", "", len(source))


async def sent(
    connection: Connection,
    checked: Checked,
    once: Once[T],
    form: Envelope | None = None,
    on_progress: Progress | None = None,
) -> T:
    """What `once` gives for the bytes of a checked source.

    Raises:
        AttachmentError: the file could not be read to its end, or changed meanwhile.
        NetworkError: among others, when the network took nothing for a while, or no answer followed.
    """
    form = form or Envelope(b"", b"", "")
    headers = {"Content-Length": str(form.length(checked.size_bytes))}
    silence_s = connection.timeouts.read_s
    loop = asyncio.get_running_loop()
    pieces: list[Pieces] = []
    failure: ServiceError | None = None
    try:
        async with asyncio.timeout(None) as limit:

            def on_piece(done: int, total: int) -> None:
                # aiohttp watches over what it reads only: a network that takes nothing would be waited for for ever.
                limit.reschedule(loop.time() + silence_s)
                if on_progress is not None:
                    on_progress(done, total)

            def body() -> Any:
                # Made anew for a second try, as after a refused token: the file is read from its beginning again.
                pieces.append(Pieces(checked, form.head, form.tail, on_piece))
                return pieces[-1].read()

            return await once(headers, body)
    except TimeoutError:
        host = URL(connection.addresses.base).host or ""
        failure = NetworkError("the upload fell silent", cause=NetworkCause.TIMEOUT, host=host)
    except ServiceError as error:
        failure = error
    raise next((each.failure for each in pieces if each.failure is not None), failure)
