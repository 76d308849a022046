"""`/files`: upload, list, info, content, delete. Does no I/O."""

from gigadesk.emulator.calls import Call
from gigadesk.emulator.checks import RefusedError
from gigadesk.emulator.exchange import Piece, Reply
from gigadesk.emulator.file_types import modalities, recognise
from gigadesk.emulator.files import FileRoom
from gigadesk.emulator.multipart import BrokenFormError, read_form
from gigadesk.emulator.wire import api_headers, api_reply

PIECE_BYTES = 32 * 1024
"""Of a download that is slowed down."""
PURPOSES = frozenset({"general", "assistant"})
NO_FORM = "Request body must be a multipart form with a file"
NO_FILE = "Invalid params: file is required"
EMPTY_FILE = "Invalid params: file is empty"
UNSUPPORTED = "Invalid params: unsupported file type {mime}"
WRONG_PURPOSE = "Invalid params: purpose must be general or assistant"
"""The texts of refused uploads are not published: these are ours, in the manner of the others."""


class FileRoutes:
    """The five calls about files."""

    def __init__(self, room: FileRoom, bytes_per_s: float = 0.0) -> None:
        self._room = room
        self._bytes_per_s = bytes_per_s

    def reply(self, call: Call) -> Reply | None:
        match call.method, call.path:
            case "POST", ("files",):
                return self._upload(call)
            case "GET", ("files",):
                files = [file.value for file in self._room.owned(call.client_id)]
                return api_reply({"data": files}, call.headers)
            case "GET", ("files", file_id):
                return api_reply(self._room.get(file_id, call.client_id).value, call.headers)
            case "GET", ("files", file_id, "content"):
                return self._content(call, file_id)
            case "POST", ("files", file_id, "delete"):
                return self._delete(call, file_id)
        return None

    def _upload(self, call: Call) -> Reply:
        try:
            form = read_form(call.headers.get("Content-Type", ""), call.request.body)
        except BrokenFormError as exc:
            raise RefusedError(400, NO_FORM) from exc
        part = form.get("file")
        if part is None or part.file_name is None:
            raise RefusedError(422, NO_FILE)
        purpose = form["purpose"].text if "purpose" in form else "general"
        if purpose not in PURPOSES:
            raise RefusedError(422, WRONG_PURPOSE)
        found = recognise(part.content_type, part.file_name)
        if found is None:
            raise RefusedError(422, UNSUPPORTED.format(mime=part.content_type or "unknown"))
        mime, sort = found
        if not part.data:
            raise RefusedError(422, EMPTY_FILE)
        if len(part.data) > sort.max_bytes:
            raise RefusedError(413, "Payload too large")
        file = self._room.add(
            part.data,
            mime,
            call.client_id,
            name=part.file_name,
            purpose=purpose,
            modalities=modalities(sort, part.data),
        )
        return api_reply(file.value, call.headers)

    def _content(self, call: Call, file_id: str) -> Reply:
        """The raw bytes. The descriptions of two years disagree on their type: each host follows the one of its time.

        Source: `image/jpg` in the official description of February 2025, `application/octet-stream` in that of 2026.
        """
        file = self._room.get(file_id, call.client_id)
        is_old_picture = call.is_old_host and file.mime == "image/jpeg"
        content_type = "image/jpg" if is_old_picture else "application/octet-stream"
        headers = api_headers(200, call.headers, content_type)
        if self._bytes_per_s <= 0:
            return Reply(200, headers, (Piece(0.0, file.data),))
        places = range(0, len(file.data), PIECE_BYTES)
        pieces = tuple(Piece(at / self._bytes_per_s, file.data[at : at + PIECE_BYTES]) for at in places)
        return Reply(200, headers, pieces, is_paced=True)

    def _delete(self, call: Call, file_id: str) -> Reply:
        """Whatever the body is: one SDK sends a form, one an empty object, one nothing.

        `access_policy` is not in the recording, but in the official description of 2026.
        """
        self._room.remove(file_id, call.client_id)
        value = {"id": file_id, "object": "file", "deleted": True}
        return api_reply(value if call.is_old_host else value | {"access_policy": "private"}, call.headers)
