"""What a run of the program is asked to do, how it ended, and where its data is. Part of the composition root."""

from dataclasses import dataclass, field
from pathlib import Path

from gigadesk.data_folder import find_place
from gigadesk.kept import StartWish

DEMO_FOLDER = "demo"


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line asks for."""

    data_folder: Path | None = None
    is_demo: bool = False
    screenshot: Path | None = None
    is_self_test: bool = False
    theme: str | None = None
    language: str | None = None
    ends_after_first_paint: bool = False
    wish: StartWish = field(default_factory=StartWish)
    """What this run is to do with the data; a following run has its own."""

    @property
    def is_scripted(self) -> bool:
        """Whether the program does one thing by itself and ends."""
        return self.is_self_test or self.screenshot is not None


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run ended: the exit code, or the options of the run that follows."""

    code: int = 0
    following: Options | None = None
    place: bytes = b""
    """Where the window stood, for the following run."""


def data_folder(options: Options) -> Path:
    """The folder of this run's data; the demo has one of its own inside."""
    place = find_place(first_folder(options))
    # What was moved to a drive that is not connected cannot be looked for there; the session says so.
    folder = place.first if place.is_missing else place.folder
    return folder / DEMO_FOLDER if options.is_demo else folder


def first_folder(options: Options) -> Path:
    """Where to begin to look for the data: the user's own folder, not roaming and not synced."""
    if options.wish.folder is not None:
        return options.wish.folder
    if options.data_folder is not None:
        return options.data_folder.absolute()
    from platformdirs import user_data_path

    return user_data_path("GigaDesk", appauthor=False, roaming=False)
