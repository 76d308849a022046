"""What a window remembers until the next start, as bytes. Damaged bytes give the defaults."""

import base64
import json
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WindowState:
    """Qt's own geometry and splitter bytes, and what was on the screen."""

    geometry: bytes = b""
    splitter: bytes = b""
    is_sidebar_wanted: bool = True
    chat_id: int = 0
    """0 for none."""


def pack(state: WindowState) -> bytes:
    """The state as ASCII."""
    return json.dumps(
        {
            "geometry": base64.b64encode(state.geometry).decode(),
            "splitter": base64.b64encode(state.splitter).decode(),
            "sidebar": state.is_sidebar_wanted,
            "chat": state.chat_id,
        }
    ).encode()


def unpack(data: bytes) -> WindowState:
    """What `pack` was given."""
    try:
        found = json.loads(data)
        return WindowState(
            geometry=base64.b64decode(found["geometry"], validate=True),
            splitter=base64.b64decode(found["splitter"], validate=True),
            is_sidebar_wanted=bool(found["sidebar"]),
            chat_id=int(found["chat"]),
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        return WindowState()
