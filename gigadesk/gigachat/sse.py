"""Server-sent events: bytes in, events out. Does no I/O and knows nothing of JSON.

Follows https://html.spec.whatwg.org/multipage/server-sent-events.html (9.2.6), with one addition: an event that the end
of the stream cuts off from its empty line is still given out by `close`, since some gateways forget that line.
"""

from collections.abc import Iterator

from gigadesk.errors import BrokenAnswerCause, BrokenAnswerError
from gigadesk.limits import SSE_LINE_MAX_BYTES

_BOM = b"\xef\xbb\xbf"
_DATA_LINES_MAX = 1 << 14
"""For one event: two million lines of two bytes would take six seconds to read, and no answer is like that."""

ServerEvent = tuple[bytes, str]
"""The data of one event, its lines joined with line feeds, and its name, empty when the server gave none."""


class EventReader:
    """Puts events together from pieces of any size; where the pieces were cut makes no difference.

    The data is given out as it came: who reads it decides what becomes of bytes that are not UTF-8. Lines are split
    before anything is decoded: no byte of a longer UTF-8 sequence is a line end, so a sequence is never torn apart.
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

    def only_data(self, chunk: bytes) -> bytes | None:
        """The data of a piece that is one nameless event of one line, as the service sends them, and nothing else.

        None if it is anything else: then it has not been taken, and is for `feed`.
        """
        size = len(chunk)
        if (
            chunk[-2:] == b"\n\n"
            and chunk.find(b"\n") == size - 2
            and chunk[:6] == b"data: "
            and not (self._pending or self._data or self._name or self._is_first_line or self._ended_with_cr)
            and size - 2 <= self._line_max_bytes
            and b"\r" not in chunk
        ):
            return chunk[6:-2]
        return None

    def feed(self, chunk: bytes) -> Iterator[ServerEvent]:
        """The events that this piece completes. To be read to its end before the next piece is fed.

        Raises:
            BrokenAnswerError: a line, or the data of one event, is longer than the limits. Nothing can follow.
        """
        if not chunk:
            return
        if self._is_first_line or self._ended_with_cr or b"\r" in chunk:
            yield from self._feed_lines(chunk)
            return
        # The service ends its lines with "\n" alone: this is the same in few words, at a fifth of the price.
        *lines, rest = chunk.split(b"\n")
        if lines and self._pending:
            lines[0] = self._completed(lines[0])
        only: bytes | None = None  # the data of an event that so far has no other line of data
        for line in lines:
            if not line and only is not None:
                yield only, self._name
                only, self._name = None, ""
            elif only is None and not self._data and line[:6] == b"data: " and len(line) <= self._line_max_bytes:
                only = line[6:]
            else:
                if only is not None:
                    self._take_data(only)
                    only = None
                event = self._take_line(line)
                if event is not None:
                    yield event
        if only is not None:
            self._take_data(only)
        if rest:
            self._hold(rest)

    def close(self) -> Iterator[ServerEvent]:
        """The event that the end of the stream cut off from its last line end, if there is one."""
        line = b"".join(self._pending)
        self._pending.clear()
        for last in (line, b""):
            event = self._take_line(last)
            if event is not None:
                yield event

    def _feed_lines(self, chunk: bytes) -> Iterator[ServerEvent]:
        if self._ended_with_cr:
            # The last piece ended between the two halves of "\r\n": its line was given out already.
            self._ended_with_cr = False
            chunk = chunk.removeprefix(b"\n")
        for line in chunk.splitlines(keepends=True):
            end = line[-1]
            if end not in b"\r\n":
                self._hold(line)
                return
            event = self._take_line(self._completed(line).rstrip(b"\r\n"))
            if event is not None:
                yield event
        self._ended_with_cr = chunk.endswith(b"\r")

    def _completed(self, end: bytes) -> bytes:
        """The line that ends with `end`, with what came of it before."""
        if not self._pending:
            return end
        line = b"".join((*self._pending, end))
        self._pending.clear()
        self._pending_bytes = 0
        return line

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
        return data, name


def _too_long() -> BrokenAnswerError:
    return BrokenAnswerError("a line of the answer is too long", cause=BrokenAnswerCause.TOO_LONG)
