"""What the emulator is told to do wrong. A fault is a value; `Faults` says which request it hits. Does no I/O."""

import asyncio
from dataclasses import dataclass
from enum import StrEnum


class Cut(StrEnum):
    """How the body of a reply ends too early."""

    RST = "rst"
    """The connection is reset."""
    FIN = "fin"
    """The connection is closed in the middle of the body."""
    CLEAN = "clean"
    """The body ends as if it were complete."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One kind of misbehaviour; several knobs may be turned at once. Counts are of the body, without chunk framing."""

    path: str = "/chat/completions"
    """The requests it concerns: those whose path holds this text; empty means all."""
    status: int = 0
    """Answer with this status and its recorded error body instead of asking the service."""
    message: str = ""
    """With `status`: another message in the error body."""
    html: bool = False
    """Answer with a gateway's HTML page, with `status` or 200."""
    body: str = ""
    """Answer with exactly this text, with `status` or 200."""
    content_type: str = ""
    """Declare this instead of the right content type."""
    headers: tuple[tuple[str, str], ...] = ()
    """Added to the reply: `Retry-After`, `Location`, ..."""
    drop: bool = False
    """Close the connection without any answer."""
    hold: bool = False
    """Say nothing before `Faults.release()`."""
    delay_s: float = 0.0
    """Say nothing for so long."""
    stall_after_bytes: int = -1
    """Fall silent after so many bytes until `Faults.release()`; -1 never does."""
    stall_after_chunks: int = -1
    """The same, counted in events of a stream."""
    cut_after_bytes: int = -1
    """End the body after so many bytes, as `cut` says; -1 does not."""
    cut: Cut = Cut.RST
    piece_bytes: int = 0
    """Write the body in pieces of so many bytes, anywhere in a character; 0 leaves the events whole."""
    piece_delay_s: float = 0.0
    """Wait so long before each piece."""
    without_done: bool = False
    """Leave out `data: [DONE]`."""
    without_finish: bool = False
    """Leave out the event with finish reason and usage, and `[DONE]`."""
    error_after_chunks: int = -1
    """End a stream with an error event after so many events; -1 does not. The first contract has no documented form
    of it (a bare error object is sent), the second one a `done` with the reason `error`."""
    comments: int = 0
    """Send so many `: ping` lines before the first event."""
    line_end: str = "\n"
    gzip: bool = False
    """Compress the body, whatever the client accepts."""


class Faults:
    """The faults to come: for the next requests or for all until `reset`."""

    def __init__(self) -> None:
        self._next: list[Fault] = []
        self._always: list[Fault] = []
        self._released = asyncio.Event()
        self.waiting = 0
        """How many replies are held or stalled now."""

    def next(self, fault: Fault, times: int = 1) -> None:
        """Let this fault hit the next `times` requests of its path, after those already waiting."""
        self._next += [fault] * times

    def set(self, fault: Fault) -> None:
        """Let this fault hit every request of its path that no waiting one hits, until `reset`."""
        self._always.insert(0, fault)

    def reset(self) -> None:
        """Forget all faults and let what stands still go on."""
        self._next.clear()
        self._always.clear()
        self.release()

    def release(self) -> None:
        """Let every reply that is held or stalled now go on."""
        self._released.set()
        self._released = asyncio.Event()

    def take(self, path: str) -> Fault:
        """The fault for a request that has just come; a harmless one when there is none."""
        for fault in self._next:
            if fault.path in path:
                self._next.remove(fault)
                return fault
        return next((fault for fault in self._always if fault.path in path), Fault())

    async def wait_released(self) -> None:
        self.waiting += 1
        try:
            await self._released.wait()
        finally:
            self.waiting -= 1
