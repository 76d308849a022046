"""The language of the window. Sources are English; Russian and the English plurals are translations."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from gigadesk.resources import resource_path
from gigadesk.settings import Language


def resolve_language(choice: Language, system_languages: Sequence[str] | None = None) -> Language:
    """Russian or English for the user's choice; `SYSTEM` is Russian where the system's first language is.

    `system_languages` are names such as `ru-RU`, best first; by default those of this system.
    """
    if choice is not Language.SYSTEM:
        return choice
    first = next(iter(QLocale.system().uiLanguages() if system_languages is None else system_languages), "")
    return Language.RUSSIAN if first.split("-")[0].split("_")[0] == "ru" else Language.ENGLISH


class LanguageSwitcher:
    """Installs the translators of one language at a time; every open widget hears of it by `LanguageChange`."""

    def __init__(self, app: QCoreApplication) -> None:
        self._app = app
        self._installed: list[QTranslator] = []
        self._current: Language | None = None
        self._words: dict[str, bytes] = {}

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
        self._drop(former)

    def remove(self) -> None:
        """Take the translators away: the program speaks the English of its source, with the system's numbers."""
        self._current = None
        QLocale.setDefault(QLocale.system())
        self._drop(self._installed)
        self._installed = []

    def _drop(self, translators: list[QTranslator]) -> None:
        for translator in translators:
            self._app.removeTranslator(translator)
            translator.deleteLater()

    def _load(self, language: Language) -> list[QTranslator]:
        """Qt's words first: of two translators the one installed later is asked first, and ours shall win."""
        qt_words = f"{QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)}/qtbase_{language}.qm"
        our_words = str(resource_path(f"translations/gigadesk_{language}.qm"))
        loaded = []
        for path in (qt_words, our_words):
            translator = QTranslator(self._app)
            # Read as a whole: Qt would map the file into memory, and words would change when an update replaces it.
            words = self._words.get(path) or _bytes_of(path)
            if words and translator.load(words):
                self._words[path] = words  # Qt keeps only the address
                loaded.append(translator)
        return loaded


def _bytes_of(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError:
        return b""


def _locale(language: Language) -> QLocale:
    """The system's own locale where it speaks that language: its user may have chosen other dates."""
    system = QLocale.system()
    wanted = QLocale.Language.Russian if language is Language.RUSSIAN else QLocale.Language.English
    return system if system.language() == wanted else QLocale(wanted)
