"""What a window remembers until the next start, as bytes. Damaged bytes give the defaults."""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

_ID_MAX = 2**63 - 1


@dataclass(frozen=True, slots=True)
class WindowState:
    """Qt's own bytes about the place of the window, and what was on the screen."""

    geometry: bytes = b""
    is_sidebar_wanted: bool = True
    sidebar_width: int = 0
    """In pixels; 0 is not known."""
    chat_id: int = 0
    """0 for none."""
    folded_folders: tuple[int, ...] = ()
    """The folders of the list that are not open, by id."""
    chat_windows: Mapping[int, bytes] = field(default_factory=dict)
    """Qt's own bytes about where the windows of single chats stood, by the id of the chat."""
    open_windows: tuple[int, ...] = ()
    """The chats that were in windows of their own at the end, the first opened first."""


def pack(state: WindowState) -> bytes:
    """The state as ASCII."""
    return json.dumps(
        {
            "geometry": base64.b64encode(state.geometry).decode(),
            "sidebar": state.is_sidebar_wanted,
            "sidebar_width": state.sidebar_width,
            "chat": state.chat_id,
            "folded": state.folded_folders,
            "open_windows": state.open_windows,
            "windows": {str(each): base64.b64encode(place).decode() for each, place in state.chat_windows.items()},
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
            chat_id=_id(found["chat"]),
            # Not known to the first versions.
            folded_folders=tuple(map(_id, found.get("folded", ()))),
            open_windows=tuple(map(_id, found.get("open_windows", ()))),
            chat_windows={
                _id(each): base64.b64decode(place, validate=True) for each, place in found.get("windows", {}).items()
            },
        )
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        return WindowState()


def _id(value: str | int) -> int:
    """A number that a database may be asked for."""
    number = int(value)
    if not 0 <= number <= _ID_MAX:
        raise ValueError
    return number
