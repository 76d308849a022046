"""Names of files that are made of titles: valid on any system, each once. Pure."""

NAME_MAX_CHARS = 80
NAME_MAX_BYTES = 200
"""File systems take 255, and a number and an ending come behind it: 80 pictures of a face are 320."""
_ENDING_MAX_CHARS = 12
_NOT_IN_NAMES = '<>:"/\\|?*'
_RESERVED = frozenset(
    {
        "con",
        "prn",
        "aux",
        "nul",
        "conin$",
        "conout$",
        *(f"com{number}" for number in "123456789¹²³"),
        *(f"lpt{number}" for number in "123456789¹²³"),
    }
)
"""Windows takes these for devices, whatever ending they have."""


def file_name(title: str) -> str:
    """A title as the name of a file on any system, without an ending."""
    shown = "".join(" " if each in _NOT_IN_NAMES or not each.isprintable() else each for each in title)
    short = " ".join(shown.split())[:NAME_MAX_CHARS].encode()[:NAME_MAX_BYTES].decode(errors="ignore")
    name = short.strip(" .") or "GigaDesk"
    return f"_{name}" if name.split(".")[0].strip().lower() in _RESERVED else name


def file_ending(ending: str) -> str:
    """What comes behind the dot of a name, with the dot; nothing for what is no ending."""
    return f".{ending}" if ending.isalnum() and ending.isascii() and len(ending) <= _ENDING_MAX_CHARS else ""


class Names:
    """Gives each name once; some systems do not tell large letters from small ones."""

    def __init__(self) -> None:
        self._taken: dict[str, int] = {}

    def next(self, name: str, ending: str = "") -> str:
        """This name, or with a number behind it."""
        count = self._taken.get((name + ending).casefold(), 0)
        while True:
            count += 1
            shown = f"{name}{ending}" if count == 1 else f"{name} ({count}){ending}"
            self._taken[(name + ending).casefold()] = count
            if count == 1 or shown.casefold() not in self._taken:
                self._taken.setdefault(shown.casefold(), 1)
                return shown
