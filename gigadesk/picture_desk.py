"""Pictures of the web: asked about, fetched, kept in files for a while. Part of the composition root."""

import asyncio
import hashlib
import shutil
from collections import OrderedDict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from gigadesk.errors import WebPictureCause, WebPictureError
from gigadesk.files import make_private_folder, write_private
from gigadesk.limits import WEB_PICTURES_MAX
from gigadesk.tasks import in_thread

if TYPE_CHECKING:
    from gigadesk.session import Session
    from gigadesk.ui.transcript.web_pictures import WebPictures as ShownPictures

FOLDER_NAME = "web-pictures"


class PictureDesk:
    """Nothing is fetched that the user did not ask for, and nothing of it outlives the run.

    What a temporary chat asked for lies in the folder of that chat, is shown nowhere else, and ends with it.
    """

    def __init__(self, session: "Session", folder: Path, *, is_temporary: bool = False) -> None:
        self._session = session
        self._folder = folder / FOLDER_NAME
        self._is_temporary = is_temporary
        self._kept: OrderedDict[str, Path] = OrderedDict()

    def forget_all(self) -> None:
        """Remove what a run has left, this one or one that was ended by force."""
        self._kept.clear()
        shutil.rmtree(self._folder, ignore_errors=True)

    def request(self, address: str) -> None:
        """The user clicked on a placeholder."""
        self._session.tasks.start(
            ("web picture", address, self._is_temporary), "load picture", partial(self._load, address)
        )

    async def _load(self, address: str) -> None:
        from gigadesk.ui.notices import notice_for
        from gigadesk.ui.words.web_picture_words import asks_for_picture
        from gigadesk.web.pictures import WebPictures

        if not await asks_for_picture(self._session.window.front(), address):
            return
        for shown in self._shown:
            shown.set_loading(address)
        failure = WebPictureError(WebPictureCause.NO_CONNECTION)
        try:
            content, end = await WebPictures(proxy=self._session.settings.account.proxy).fetch(address)
            if self._is_temporary and not self._shown:
                return
            path = await in_thread(partial(self._keep, content, end))
        except WebPictureError as error:
            failure = error
        except OSError:
            pass
        except asyncio.CancelledError:
            for shown in self._shown:
                shown.set_not_asked(address)
            raise
        else:
            if self._is_temporary and not self._shown:
                self.forget_all()  # the chat has ended meanwhile, and its folder was cleared
            else:
                self._note(address, path)
            for shown in self._shown:
                shown.set_loaded(address, str(path))
            return
        for shown in self._shown:
            shown.set_failed(address, notice_for(failure).title)

    @property
    def _shown(self) -> "list[ShownPictures]":
        """The same answer may be in several windows."""
        pages = self._session.window.pages(is_temporary_only=self._is_temporary)
        return [page.transcript.web_pictures for page in pages]

    def _keep(self, content: bytes, end: str) -> Path:
        make_private_folder(self._folder)
        path = self._folder / f"{hashlib.sha256(content).hexdigest()}.{end}"
        write_private(path, content)
        return path

    def _note(self, address: str, path: Path) -> None:
        self._kept[address] = path
        while len(self._kept) > WEB_PICTURES_MAX:
            oldest, old_path = self._kept.popitem(last=False)
            for shown in self._shown:
                shown.set_not_asked(oldest)
            if old_path not in self._kept.values():
                old_path.unlink(missing_ok=True)
