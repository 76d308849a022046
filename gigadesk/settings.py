"""What the user has chosen. Frozen values with units in their names, saved sparsely as JSON.

Holds no secret: the authorization key lives in the OS keyring (`credentials.py`).
"""

import errno
import json
import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from gigadesk.errors import SettingsError, StorageCause, StorageError
from gigadesk.files import make_private_folder, write_private
from gigadesk.limits import LINK_MAX_CHARS, MESSAGE_MAX_CHARS, SETTINGS_MAX_BYTES, TITLE_MAX_CHARS
from gigadesk.text import clean

DEFAULT_BASE_URL = "https://api.giga.chat/v1"
DEFAULT_AUTH_URL = "https://ngw.devices.sberbank.ru:9443/api/v2/oauth"

MAX_LANES = 100
MAX_TEMPERATURE = 2.0  # the service takes more, and calls the outcome excessively random
MAX_TOKENS = 2**31 - 1  # an int32 on the wire
MAX_REPETITION_PENALTY = 10.0
MAX_UPDATE_INTERVAL_S = 10.0
MIN_FONT_SIZE_PT = 6
MAX_FONT_SIZE_PT = 40


class Scope(StrEnum):
    """The kind of account a key belongs to."""

    PERS = "GIGACHAT_API_PERS"
    B2B = "GIGACHAT_API_B2B"
    CORP = "GIGACHAT_API_CORP"


class Theme(StrEnum):
    """Which colours the window has."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Language(StrEnum):
    """Which language the window speaks."""

    SYSTEM = "system"
    RUSSIAN = "ru"
    ENGLISH = "en"


class FollowMode(StrEnum):
    """What the transcript does while an answer grows."""

    END = "end"
    FIRST_LINE = "first_line"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Account:
    """Where and as whom to ask. Empty strings mean: as the environment says, else the default."""

    name: str = "GigaChat"
    """The user name under which the key is kept in the keyring."""
    scope: Scope = Scope.PERS
    base_url: str = ""
    auth_url: str = ""
    proxy: str = ""
    """`http://`, `https://` or `socks5://`; empty follows the system's proxy, `none` uses none."""
    ca_file: str = ""
    """Path of a further certificate authority (PEM or DER)."""
    lanes: int = 0
    """How many answers may be written at once; 0 follows the scope (1 for individuals, 10 for companies)."""


@dataclass(frozen=True, slots=True)
class Generation:
    """How answers are made. `None` leaves the choice to the model."""

    model: str = ""
    """Empty: the first chat model that the service lists."""
    temperature: float | None = None
    top_p: float | None = None
    max_tokens: int | None = None
    repetition_penalty: float | None = None
    system_prompt: str = ""
    update_interval_s: float = 0.0
    """Sent to the service as `update_interval`, and the least time between two repaints of a live answer."""


@dataclass(frozen=True, slots=True)
class Appearance:
    """How the window looks."""

    theme: Theme = Theme.SYSTEM
    font_size_pt: int = 0
    """0 is the system's size."""
    language: Language = Language.SYSTEM
    follow_mode: FollowMode = FollowMode.END


@dataclass(frozen=True, slots=True)
class Settings:
    """All of it. `Settings()` is what a new user has."""

    account: Account = field(default_factory=Account)
    generation: Generation = field(default_factory=Generation)
    appearance: Appearance = field(default_factory=Appearance)


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
            raise StorageError(_cause(exc), str(self._path), exc.strerror or "") from exc
        self._stored = stored

    def _set_aside(self) -> Path:
        aside = self._path.with_name(f"{self._path.stem}.damaged-{time.strftime('%Y%m%d-%H%M%S')}{self._path.suffix}")
        try:
            return self._path.replace(aside)
        except OSError:
            return self._path


def to_json(settings: Settings, stored: Mapping[str, object] | None = None) -> dict[str, object]:
    """Sections and keys that differ from the defaults, over the unknown ones of `stored`. Pure."""
    result: dict[str, object] = dict(stored or {})
    for section in fields(Settings):
        old = result.pop(section.name, None)
        values: dict[str, object] = dict(old) if isinstance(old, Mapping) else {}
        chosen = getattr(settings, section.name)
        default = getattr(_DEFAULTS, section.name)
        for key in _READERS[section.name]:
            values.pop(key, None)
            if getattr(chosen, key) != getattr(default, key):
                values[key] = getattr(chosen, key)
        if values:
            result[section.name] = values
    return result


def from_json(stored: Mapping[str, object]) -> Settings:
    """Settings from decoded JSON of any shape: a value that is missing, wrong or out of range is the default. Pure."""
    return Settings(
        account=_section(stored, "account", _DEFAULTS.account),
        generation=_section(stored, "generation", _DEFAULTS.generation),
        appearance=_section(stored, "appearance", _DEFAULTS.appearance),
    )


_Section = TypeVar("_Section", Account, Generation, Appearance)
_Reader = Callable[[object], Any]  # Any: each field has its own type, which `replace` puts in its place
# A reader raises ValueError for whatever is wrong with a value, its type too (hence the noqa: TRY004).
_DEFAULTS = Settings()


def _section(stored: Mapping[str, object], name: str, default: _Section) -> _Section:
    values = stored.get(name)
    if not isinstance(values, Mapping):
        return default
    chosen = {}
    for key, read in _READERS[name].items():
        if key in values:
            try:
                chosen[key] = read(values[key])
            except (ValueError, OverflowError):
                continue
    return replace(default, **chosen)


def _text(max_chars: int = LINK_MAX_CHARS) -> _Reader:
    def read(value: object) -> str:
        if not isinstance(value, str) or len(value) > max_chars:
            raise ValueError
        return clean(value)

    return read


def _account_name(value: object) -> str:
    # An empty user name would mean "any" to some keyrings.
    name: str = _text(TITLE_MAX_CHARS)(value).strip()
    if not name:
        raise ValueError
    return name


def _choice(kind: type[StrEnum]) -> _Reader:
    def read(value: object) -> StrEnum:
        if not isinstance(value, str):
            raise ValueError  # noqa: TRY004
        return kind(value)

    return read


def _number(is_valid: Callable[[float], bool]) -> _Reader:
    def read(value: object) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise ValueError  # noqa: TRY004
        number = float(value)
        if not math.isfinite(number) or not is_valid(number):
            raise ValueError
        return number

    return read


def _whole(is_valid: Callable[[int], bool]) -> _Reader:
    def read(value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not is_valid(value):
            raise ValueError
        return value

    return read


def _or_none(read: _Reader) -> _Reader:
    return lambda value: None if value is None else read(value)


_READERS: dict[str, dict[str, _Reader]] = {
    "account": {
        "name": _account_name,
        "scope": _choice(Scope),
        "base_url": _text(),
        "auth_url": _text(),
        "proxy": _text(),
        "ca_file": _text(),
        "lanes": _whole(lambda value: 0 <= value <= MAX_LANES),
    },
    "generation": {
        "model": _text(TITLE_MAX_CHARS),
        "temperature": _or_none(_number(lambda value: 0 < value <= MAX_TEMPERATURE)),
        "top_p": _or_none(_number(lambda value: 0 <= value <= 1)),
        "max_tokens": _or_none(_whole(lambda value: 0 < value <= MAX_TOKENS)),
        "repetition_penalty": _or_none(_number(lambda value: 0 < value <= MAX_REPETITION_PENALTY)),
        "system_prompt": _text(MESSAGE_MAX_CHARS),
        "update_interval_s": _number(lambda value: 0 <= value <= MAX_UPDATE_INTERVAL_S),
    },
    "appearance": {
        "theme": _choice(Theme),
        "font_size_pt": _whole(lambda value: value == 0 or MIN_FONT_SIZE_PT <= value <= MAX_FONT_SIZE_PT),
        "language": _choice(Language),
        "follow_mode": _choice(FollowMode),
    },
}


def _decode(path: Path) -> dict[str, object]:
    with path.open("rb") as file:
        content = file.read(SETTINGS_MAX_BYTES + 1)
    if len(content) > SETTINGS_MAX_BYTES:
        raise ValueError("too large")
    stored = json.loads(content.decode("utf-8-sig"))
    if not isinstance(stored, dict):
        raise ValueError("not an object")  # noqa: TRY004  damaged content, as any other
    return stored


def _cause(exc: OSError) -> StorageCause:
    if exc.errno in {errno.ENOSPC, errno.EDQUOT}:
        return StorageCause.FULL
    if exc.errno in {errno.EROFS, errno.EACCES, errno.EPERM}:
        return StorageCause.READ_ONLY
    return StorageCause.UNKNOWN
