"""What the user has chosen. Frozen values with units in their names, saved sparsely as JSON.

Holds no secret: keys and passwords live in the OS keyring (`credentials.py`).
"""

from gigadesk.settings.file import SettingsFile
from gigadesk.settings.stored import from_json, to_json
from gigadesk.settings.values import (
    DEFAULT_AUTH_URL,
    DEFAULT_BASE_URL,
    MAX_ACCOUNTS,
    MAX_FONT_SIZE_PT,
    MAX_LANES,
    MAX_REPETITION_PENALTY,
    MAX_TEMPERATURE,
    MAX_TOKENS,
    MAX_UPDATE_INTERVAL_S,
    MAX_ZOOM_PERCENT,
    MIN_FONT_SIZE_PT,
    MIN_ZOOM_PERCENT,
    OLD_BASE_URL,
    Account,
    ApiChoice,
    Appearance,
    FollowMode,
    Generation,
    Language,
    Scope,
    Settings,
    SignIn,
    Theme,
)

__all__ = [
    "DEFAULT_AUTH_URL",
    "DEFAULT_BASE_URL",
    "MAX_ACCOUNTS",
    "MAX_FONT_SIZE_PT",
    "MAX_LANES",
    "MAX_REPETITION_PENALTY",
    "MAX_TEMPERATURE",
    "MAX_TOKENS",
    "MAX_UPDATE_INTERVAL_S",
    "MAX_ZOOM_PERCENT",
    "MIN_FONT_SIZE_PT",
    "MIN_ZOOM_PERCENT",
    "OLD_BASE_URL",
    "Account",
    "ApiChoice",
    "Appearance",
    "FollowMode",
    "Generation",
    "Language",
    "Scope",
    "Settings",
    "SettingsFile",
    "SignIn",
    "Theme",
    "from_json",
    "to_json",
]
