"""The language of the window. Sources are English; Russian and the English plurals are translations."""

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from gigadesk.resources import resource_path
from gigadesk.settings import Language


def resolve_language(choice: Language) -> Language:
    """Russian or English for the user's choice; `SYSTEM` is Russian where the system's first language is."""
    if choice is not Language.SYSTEM:
        return choice
    first = next(iter(QLocale.system().uiLanguages()), "")
    return Language.RUSSIAN if first.split("-")[0].split("_")[0] == "ru" else Language.ENGLISH


class LanguageSwitcher:
    """Installs the translators of one language at a time; every open widget hears of it by `LanguageChange`."""

    def __init__(self, app: QCoreApplication) -> None:
        self._app = app
        self._installed: list[QTranslator] = []
        self._current: Language | None = None

    @property
    def current(self) -> Language:
        """Russian or English; English before the first `apply`."""
        return self._current or Language.ENGLISH

    def apply(self, choice: Language) -> None:
        """Speak the chosen language from now on: our words, Qt's own, numbers and dates."""
        language = resolve_language(choice)
        if language is self._current:
            return
        self._current = language
        # Before the translators: widgets ask for it when they translate themselves anew.
        QLocale.setDefault(_locale(language))
        former, self._installed = self._installed, self._load(language)
        for translator in self._installed:
            self._app.installTranslator(translator)
        for translator in former:
            self._app.removeTranslator(translator)
            translator.deleteLater()

    def _load(self, language: Language) -> list[QTranslator]:
        """Qt's words first: of two translators the one installed later is asked first, and ours shall win."""
        qt_words = f"{QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)}/qtbase_{language}.qm"
        our_words = str(resource_path(f"translations/gigadesk_{language}.qm"))
        loaded = []
        for path in (qt_words, our_words):
            translator = QTranslator(self._app)
            if translator.load(path):
                loaded.append(translator)
        return loaded


def _locale(language: Language) -> QLocale:
    """The system's own locale where it speaks that language: its user may have chosen other dates."""
    system = QLocale.system()
    wanted = QLocale.Language.Russian if language is Language.RUSSIAN else QLocale.Language.English
    return system if system.language() == wanted else QLocale(wanted)
