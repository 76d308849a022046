"""The file storage: what was uploaded and what answers have made. Does no I/O; the bytes lie in memory.

Files belong to an account and a value of `X-Client-ID`, and are denied to every other value. How long the service
keeps a file is not documented; this one forgets the oldest when all of them take more than `max_bytes`.
"""

import time
import uuid
from collections import OrderedDict
from dataclasses import dataclass, field

from gigadesk.emulator.checks import RefusedError

KEPT_MAX_BYTES = 256 * 1024 * 1024
FILES_MAX = 10_000
UNKNOWN = "No such file"
"""Not published; the official description has `No such model` here, a slip."""
DENIED = "Access to file '{id}' is denied"

_ENDINGS = {"image/jpeg": "jpg", "model/fbx": "fbx", "audio/mpeg": "mp3", "application/jsonl": "jsonl"}


@dataclass(frozen=True, slots=True)
class KeptFile:
    """One stored file."""

    id: str
    name: str
    mime: str
    data: bytes = field(repr=False)
    client_id: str
    purpose: str
    created_at: int
    modalities: tuple[str, ...] | None

    @property
    def value(self) -> dict[str, object]:
        """As the service describes it, in the order of the wire."""
        return {
            "id": self.id,
            "object": "file",
            "bytes": len(self.data),
            "access_policy": "private",
            "created_at": self.created_at,
            "filename": self.name,
            "purpose": self.purpose,
            "modalities": list(self.modalities) if self.modalities else None,
        }


class FileRoom:
    """All files of the one account, by id."""

    def __init__(self, max_bytes: int = KEPT_MAX_BYTES) -> None:
        self._max_bytes = max_bytes
        self._files: OrderedDict[str, KeptFile] = OrderedDict()
        self._bytes = 0

    def add(
        self,
        data: bytes,
        mime: str,
        client_id: str,
        *,
        name: str,
        purpose: str = "general",
        modalities: tuple[str, ...] | None = None,
    ) -> KeptFile:
        """Keep these bytes under a new id."""
        file = KeptFile(str(uuid.uuid4()), name, mime, data, client_id, purpose, int(time.time()), modalities)
        self._files[file.id] = file
        self._bytes += len(data)
        while len(self._files) > 1 and (self._bytes > self._max_bytes or len(self._files) > FILES_MAX):
            self._bytes -= len(self._files.popitem(last=False)[1].data)
        return file

    def add_generated(self, data: bytes, mime: str, client_id: str) -> str:
        """Keep what an answer has made; gives its id. Such files are listed like uploaded ones."""
        family = mime.partition("/")[0]
        modalities = (family,) if family in {"image", "audio"} else None
        name = f"{uuid.uuid4()}.{_ENDINGS.get(mime, 'bin')}"
        return self.add(data, mime, client_id, name=name, modalities=modalities).id

    def get(self, file_id: str, client_id: str) -> KeptFile:
        """The file with this id.

        Raises:
            RefusedError: it does not exist (404), or belongs to another `X-Client-ID` (403).
        """
        file = self._files.get(file_id)
        if file is None:
            raise RefusedError(404, UNKNOWN)
        if file.client_id != client_id:
            raise RefusedError(403, DENIED.format(id=file_id))
        return file

    def owned(self, client_id: str) -> list[KeptFile]:
        """Those of this `X-Client-ID`, oldest first."""
        return [file for file in self._files.values() if file.client_id == client_id]

    def remove(self, file_id: str, client_id: str) -> None:
        """Forget this file; raises as `get`."""
        self._bytes -= len(self.get(file_id, client_id).data)
        del self._files[file_id]

    def clear(self) -> None:
        """Forget all files."""
        self._files.clear()
        self._bytes = 0
