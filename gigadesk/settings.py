"""What the user has chosen. Frozen values with units in their names, saved sparsely as JSON.

Holds no secret: the authorization key lives in the OS keyring (`credentials.py`).
"""

from dataclasses import dataclass, field
from enum import StrEnum

DEFAULT_BASE_URL = "https://api.giga.chat/v1"
DEFAULT_AUTH_URL = "https://ngw.devices.sberbank.ru:9443/api/v2/oauth"


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
