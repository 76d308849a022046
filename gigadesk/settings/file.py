"""The file of the settings."""

import errno
import json
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from gigadesk.files import make_private_folder, write_private
from gigadesk.limits import SETTINGS_MAX_BYTES
from gigadesk.settings.stored import from_json, to_json
from gigadesk.settings.values import Settings

# The errors are imported where one is raised: the first window comes first.
if TYPE_CHECKING:
    from gigadesk.errors import SettingsError, StorageCause


class SettingsFile:
    """The settings on the disk: JSON that holds only what differs from `Settings()`.

    What this program does not know (keys of a newer one) stays in the file.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stored: Mapping[str, object] = {}
        self.is_new = True
        """Whether the last `load` found no file."""
        self.problem: SettingsError | None = None
        """Why the last `load` could not read the file; None when it could, or when there was none."""

    def load(self) -> Settings:
        """What was saved. A damaged file is set aside under a dated name, and the defaults are in force.

        One wrong value costs only itself: the rest of the file counts.
        """
        self.problem = None
        self.is_new = False
        self._stored = {}
        try:
            self._stored = _decode(self._path)
        except FileNotFoundError:
            self.is_new = True
        except (OSError, ValueError, RecursionError):
            from gigadesk.errors import SettingsError

            self.problem = SettingsError(str(self._set_aside()))
        return from_json(self._stored)

    def save(self, settings: Settings) -> None:
        """Replace the file at once, readable by its owner only.

        Raises:
            StorageError: nothing was changed on the disk.
        """
        stored = to_json(settings, self._stored)
        content = json.dumps(stored, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
        try:
            make_private_folder(self._path.parent)
            write_private(self._path, content.encode())
        except OSError as exc:
            from gigadesk.errors import StorageError

            raise StorageError(_cause(exc), str(self._path), exc.strerror or "") from exc
        self._stored = stored

    def _set_aside(self) -> Path:
        aside = self._path.with_name(f"{self._path.stem}.damaged-{time.strftime('%Y%m%d-%H%M%S')}{self._path.suffix}")
        try:
            return self._path.replace(aside)
        except OSError:
            return self._path


def _decode(path: Path) -> dict[str, object]:
    with path.open("rb") as file:
        content = file.read(SETTINGS_MAX_BYTES + 1)
    if len(content) > SETTINGS_MAX_BYTES:
        raise ValueError("too large")
    stored = json.loads(content.decode("utf-8-sig"))
    if not isinstance(stored, dict):
        raise ValueError("not an object")  # noqa: TRY004  damaged content, as any other
    return stored


def _cause(exc: OSError) -> "StorageCause":
    from gigadesk.errors import StorageCause

    if exc.errno in {errno.ENOSPC, errno.EDQUOT}:
        return StorageCause.FULL
    if exc.errno in {errno.EROFS, errno.EACCES, errno.EPERM}:
        return StorageCause.READ_ONLY
    return StorageCause.UNKNOWN
