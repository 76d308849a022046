"""The settings: an account, how answers are made, how the window looks. Every valid change applies at once."""

from gigadesk.ui.settings_dialog.dialog import SettingsDialog
from gigadesk.ui.settings_dialog.secret_words import KeyPlace

__all__ = ["KeyPlace", "SettingsDialog"]
