"""The envelope of an upload: what stands before and after the bytes of the file. Pure.

Written here and not by aiohttp, which shows the service `%D0%BE...` instead of the letters of a name: this is the
form that browsers send, and the official client with them.

Source: https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data
"""

import uuid
from dataclasses import dataclass

_ESCAPES = str.maketrans({'"': "%22", "\r": "%0D", "\n": "%0A"})


@dataclass(frozen=True, slots=True)
class Envelope:
    """Bytes around a file of known length."""

    head: bytes
    tail: bytes
    content_type: str

    def length(self, file_bytes: int) -> int:
        """Bytes of the whole request body."""
        return len(self.head) + file_bytes + len(self.tail)


def envelope(name: str, mime: str, purpose: str) -> Envelope:
    """The form with `purpose` and, last, the file."""
    boundary = uuid.uuid4().hex
    head = (
        f"--{boundary}\r\n"
        f'Content-Disposition: form-data; name="purpose"\r\n\r\n{_one_line(purpose)}\r\n'
        f"--{boundary}\r\n"
        f'Content-Disposition: form-data; name="file"; filename="{name.translate(_ESCAPES)}"\r\n'
        f"Content-Type: {_one_line(mime)}\r\n\r\n"
    )
    return Envelope(
        head.encode("utf-8", "replace"), f"\r\n--{boundary}--\r\n".encode(), f"multipart/form-data; boundary={boundary}"
    )


def _one_line(value: str) -> str:
    return value.translate(_ESCAPES)
