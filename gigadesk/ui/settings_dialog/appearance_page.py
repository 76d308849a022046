"""How the window looks and speaks."""

from dataclasses import replace
from typing import assert_never

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from gigadesk.settings import Appearance, FollowMode, Language, Theme
from gigadesk.ui.settings_dialog.choice_field import ChoiceField
from gigadesk.ui.settings_dialog.page import Page

FONT_SIZES_PT = (8, 9, 10, 11, 12, 13, 14, 16, 18, 20, 24, 28)


class AppearancePage(Page):
    """Colours, size, language, scrolling.

    Signals:
        changed(object): the user wants this `Appearance`.
    """

    changed = Signal(object)

    def __init__(self, parent: QWidget, appearance: Appearance) -> None:
        super().__init__(parent)
        self._appearance = appearance
        default = Appearance()
        self._theme = ChoiceField(self.column, tuple(Theme), default.theme)
        self._font_size = ChoiceField(self.column, (0, *FONT_SIZES_PT), default.font_size_pt)
        self._language = ChoiceField(self.column, tuple(Language), default.language)
        self._follow_mode = ChoiceField(self.column, tuple(FollowMode), default.follow_mode)
        for field in (self._theme, self._font_size, self._language, self._follow_mode):
            self.add(field)
            field.changed.connect(self._on_field_changed)
        self.show_values(appearance)
        self._retranslate()

    def show_values(self, appearance: Appearance) -> None:
        """Show what is in force."""
        self._appearance = appearance
        self._theme.set_value(appearance.theme)
        self._font_size.set_value(appearance.font_size_pt)
        self._language.set_value(appearance.language)
        self._follow_mode.set_value(appearance.follow_mode)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._theme.set_words(self.tr("Colours"))
        self._theme.set_texts([self._theme_text(theme) for theme in Theme])
        self._font_size.set_words(self.tr("Font size"))
        sizes = [self.tr("{size} pt").format(size=size) for size in FONT_SIZES_PT]
        self._font_size.set_texts([self.tr("As the system"), *sizes])
        self._language.set_words(self.tr("Language"))
        # A language is called by its own name, so that it can be found from any other.
        self._language.set_texts([self.tr("As the system"), "Русский", "English"])
        self._follow_mode.set_words(
            self.tr("While an answer is written"), self.tr("Scrolling up always stops the window from following.")
        )
        self._follow_mode.set_texts([self._follow_mode_text(mode) for mode in FollowMode])

    def _theme_text(self, theme: Theme) -> str:
        match theme:
            case Theme.SYSTEM:
                return self.tr("As the system")
            case Theme.LIGHT:
                return self.tr("Light")
            case Theme.DARK:
                return self.tr("Dark")
            case _:
                assert_never(theme)

    def _follow_mode_text(self, mode: FollowMode) -> str:
        match mode:
            case FollowMode.END:
                return self.tr("Follow its end")
            case FollowMode.FIRST_LINE:
                return self.tr("Hold its first line")
            case FollowMode.NEVER:
                return self.tr("Do not scroll")
            case _:
                assert_never(mode)

    def _on_field_changed(self) -> None:
        self._appearance = replace(
            self._appearance,
            theme=self._theme.value,
            font_size_pt=self._font_size.value,
            language=self._language.value,
            follow_mode=self._follow_mode.value,
        )
        self.changed.emit(self._appearance)
