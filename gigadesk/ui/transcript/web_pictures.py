"""The pictures of the web that answers name: placeholders until the user asks for one, and what became of that."""

from collections import OrderedDict
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from PySide6.QtCore import QCoreApplication, QObject

from gigadesk.limits import LINK_MAX_CHARS, WEB_PICTURES_MAX
from gigadesk.ui.pictures import Pictures

if TYPE_CHECKING:
    from gigadesk.ui.file_saving import FileSaver
    from gigadesk.ui.transcript.view import Transcript


class WebState(StrEnum):
    """How far a picture has come."""

    NOT_ASKED = "not_asked"
    LOADING = "loading"
    LOADED = "loaded"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class WebPicture:
    """What is known of the picture at an address."""

    state: WebState = WebState.NOT_ASKED
    path: str = ""
    """Of the file, once it is loaded."""
    words: str = ""
    """Why it is not there."""


NOT_ASKED = WebPicture()


def is_loadable(address: str) -> bool:
    """Whether there is anything to offer: other addresses are words and nothing else."""
    return address[:8].lower() == "https://" and len(address) <= LINK_MAX_CHARS


class WebPictures(QObject):
    """Known by their addresses while the program runs. Fetches nothing: see `Transcript.picture_requested`."""

    def __init__(self, view: "Transcript") -> None:
        super().__init__(view)
        self._view = view
        self._known: OrderedDict[str, WebPicture] = OrderedDict()
        self._saver: FileSaver | None = None
        self._watched: Pictures | None = None

    def of(self, address: str) -> WebPicture:
        return self._known.get(address, NOT_ASKED)

    def set_loading(self, address: str) -> None:
        self._set(address, WebPicture(WebState.LOADING))

    def set_loaded(self, address: str, path: str) -> None:
        """The picture is in this file. It may still turn out to be none."""
        if not self._view.pictures.size(path).isValid():
            self.set_failed(address, _not_a_picture())
            return
        if self._watched is not self._view.pictures:
            self._watched = self._view.pictures
            self._watched.loaded.connect(self._on_decoded)
        self._set(address, WebPicture(WebState.LOADED, path))

    def set_failed(self, address: str, words: str) -> None:
        self._set(address, WebPicture(WebState.FAILED, words=words))

    def set_not_asked(self, address: str) -> None:
        """Nothing was fetched, or what was is forgotten."""
        if self._known.pop(address, None) is not None:
            self._view.stage.rebuild()

    def activate(self, address: str) -> None:
        """Do what a click means: ask for the picture, or show it large."""
        known = self.of(address)
        if known.state is WebState.LOADED:
            from gigadesk.ui.file_saving import FileSaver
            from gigadesk.ui.picture_viewer import show_picture

            if self._saver is None:
                self._saver = FileSaver(self._view)
            name = PurePosixPath(urlsplit(address).path).name or QCoreApplication.translate("Transcript", "Picture")
            show_picture(self._view, self._view.pictures, known.path, name, self._saver)
        elif known.state is not WebState.LOADING:
            self._view.picture_requested.emit(address)

    def _set(self, address: str, picture: WebPicture) -> None:
        self._known[address] = picture
        self._known.move_to_end(address)
        while len(self._known) > 2 * WEB_PICTURES_MAX:
            self._known.popitem(last=False)
        self._view.stage.rebuild()

    def _on_decoded(self, path: str) -> None:
        for address, known in list(self._known.items()):
            if known.path == path:
                if self._view.pictures.has_failed(path):
                    self.set_failed(address, _not_a_picture())
                else:
                    self._view.viewport().update()


def _not_a_picture() -> str:
    return QCoreApplication.translate("Transcript", "Not a picture that can be shown")
