"""Server-sent events: bytes in, events out. Does no I/O and knows nothing of JSON.

Follows https://html.spec.whatwg.org/multipage/server-sent-events.html (9.2.6), with one addition: an event that the end
of the stream cuts off from its empty line is still given out by `close`, since some gateways forget that line.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from gigadesk.errors import BrokenAnswerCause, BrokenAnswerError
from gigadesk.limits import SSE_LINE_MAX_BYTES

_BOM = b"\xef\xbb\xbf"
_DATA_LINES_MAX = 1 << 16
"""For one event: two million lines of two bytes would take six seconds to read, and no answer is like that."""


@dataclass(slots=True)
class ServerEvent:
    """One event. `name` is empty when the server gave none; lines of data are joined with line feeds."""

    data: str
    name: str = ""


class EventReader:
    """Puts events together from pieces of any size; where the pieces were cut makes no difference.

    Bytes that are not UTF-8 become U+FFFD. Lines are split before they are decoded: no byte of a longer UTF-8
    sequence is a line end, so a sequence is never torn apart.
    """

    def __init__(self, line_max_bytes: int = SSE_LINE_MAX_BYTES) -> None:
        self._line_max_bytes = line_max_bytes
        self._pending: list[bytes] = []  # pieces of the line that is not complete yet
        self._pending_bytes = 0
        self._ended_with_cr = False
        self._is_first_line = True
        self._data: list[bytes] = []
        self._data_bytes = 0
        self._name = ""

    def feed(self, chunk: bytes) -> Iterator[ServerEvent]:
        """The events that this piece completes. To be read to its end before the next piece is fed.

        Raises:
            BrokenAnswerError: a line, or the data of one event, is longer than the limits. Nothing can follow.
        """
        if self._ended_with_cr and chunk:
            # The last piece ended between the two halves of "\r\n": its line was given out already.
            self._ended_with_cr = False
            chunk = chunk.removeprefix(b"\n")
        for line in chunk.splitlines(keepends=True):
            end = line[-1]
            if end not in b"\r\n":
                self._hold(line)
                return
            if self._pending:
                line = b"".join((*self._pending, line))  # noqa: PLW2901 - the line is whole only now
                self._pending.clear()
                self._pending_bytes = 0
            event = self._take_line(line.rstrip(b"\r\n"))
            if event is not None:
                yield event
        self._ended_with_cr = chunk.endswith(b"\r")

    def close(self) -> Iterator[ServerEvent]:
        """The event that the end of the stream cut off from its last line end, if there is one."""
        line = b"".join(self._pending)
        self._pending.clear()
        for last in (line, b""):
            event = self._take_line(last)
            if event is not None:
                yield event

    def _hold(self, piece: bytes) -> None:
        self._pending.append(piece)
        self._pending_bytes += len(piece)
        if self._pending_bytes > self._line_max_bytes:
            raise _too_long()

    def _take_line(self, line: bytes) -> ServerEvent | None:
        if self._is_first_line:
            self._is_first_line = False
            line = line.removeprefix(_BOM)
        if len(line) > self._line_max_bytes:
            raise _too_long()
        if not line:
            return self._end_event()
        if line.startswith(b"data: "):  # what the service sends; all else takes the long way
            self._take_data(line[6:])
            return None
        field, _, value = line.partition(b":")
        value = value.removeprefix(b" ")
        if field == b"data":
            self._take_data(value)
        elif field == b"event":
            self._name = value.decode("utf-8", "replace")
        # Comments, `id`, `retry` and unknown fields mean nothing to us.
        return None

    def _take_data(self, value: bytes) -> None:
        self._data.append(value)
        self._data_bytes += len(value)
        if self._data_bytes > self._line_max_bytes or len(self._data) > _DATA_LINES_MAX:
            raise _too_long()

    def _end_event(self) -> ServerEvent | None:
        name, self._name = self._name, ""
        if not self._data:
            return None  # an empty line, or a name without data
        data = self._data[0] if len(self._data) == 1 else b"\n".join(self._data)
        self._data.clear()
        self._data_bytes = 0
        return ServerEvent(data.decode("utf-8", "replace"), name)


def _too_long() -> BrokenAnswerError:
    return BrokenAnswerError("a line of the answer is too long", cause=BrokenAnswerCause.TOO_LONG)
