"""What comes in and what goes out, as values: a request that was read, a reply in timed pieces. Does no I/O."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class RecordedRequest:
    """One request as it came, its body complete."""

    method: str
    path: str
    """Without the query."""
    query: str
    headers: Mapping[str, str]
    """Case-insensitive when it came from the network."""
    body: bytes
    certificate: str = ""
    """The name in the client certificate, which was verified; empty when none was shown."""

    def json(self) -> Any:  # JSON of the client's making
        """The body read as JSON in UTF-8; raises `ValueError` or `RecursionError` when it is none."""
        return json.loads(self.body.decode(), parse_constant=_no_constant)


@dataclass(frozen=True, slots=True)
class Piece:
    """Bytes that are due `at_s` seconds after the reply has begun."""

    at_s: float
    data: bytes


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply: a stream goes piece by piece, nearly anything else as a whole when its last piece is due."""

    status: int
    headers: Headers
    pieces: tuple[Piece, ...]
    is_stream: bool = False
    is_chunked: bool = False
    """Sent as a whole, but without telling its length first."""
    is_paced: bool = False
    """Of known length, but sent piece by piece like a stream."""
    lane: str = ""
    """The client id whose lane this reply holds until it has ended; empty when it holds none."""

    @property
    def body(self) -> bytes:
        return b"".join(piece.data for piece in self.pieces)


def _no_constant(name: str) -> float:
    """`NaN` and `Infinity` are Python's, not JSON's."""
    raise ValueError(name)
