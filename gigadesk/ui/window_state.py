"""What a window remembers until the next start, as bytes. Damaged bytes give the defaults."""

import base64
import json
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WindowState:
    """Qt's own bytes about the place of the window, and what was on the screen."""

    geometry: bytes = b""
    is_sidebar_wanted: bool = True
    sidebar_width: int = 0
    """In pixels; 0 is not known."""
    chat_id: int = 0
    """0 for none."""


def pack(state: WindowState) -> bytes:
    """The state as ASCII."""
    return json.dumps(
        {
            "geometry": base64.b64encode(state.geometry).decode(),
            "sidebar": state.is_sidebar_wanted,
            "sidebar_width": state.sidebar_width,
            "chat": state.chat_id,
        }
    ).encode()


def unpack(data: bytes) -> WindowState:
    """What `pack` was given."""
    try:
        found = json.loads(data)
        return WindowState(
            geometry=base64.b64decode(found["geometry"], validate=True),
            is_sidebar_wanted=bool(found["sidebar"]),
            sidebar_width=int(found["sidebar_width"]),
            chat_id=int(found["chat"]),
        )
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return WindowState()
