"""How what is being typed into the search can go on: names of filters, then their values. Pure."""

from collections.abc import Sequence

from gigadesk.search.hits import Vocabulary
from gigadesk.search.query import KEYS, Key, last_token

NAME_MIN_CHARS = 2
CHOICES_MAX = 12

NAMES = {
    "en": ("from:", "has:", "in:", "model:", "before:", "after:", "on:", "chat:"),
    "ru": ("от:", "есть:", "в:", "модель:", "до:", "после:", "за:", "чат:"),
}
_VALUES = {
    "en": {
        Key.FROM: ("me", "assistant"),
        Key.HAS: ("code", "table", "link", "file"),
        Key.IN: ("archive", "trash"),
        Key.BEFORE: ("today", "yesterday", "7d"),
        Key.AFTER: ("yesterday", "7d", "30d"),
        Key.ON: ("today", "yesterday"),
    },
    "ru": {
        Key.FROM: ("меня", "ассистента"),
        Key.HAS: ("код", "таблица", "ссылка", "файл"),
        Key.IN: ("архив", "корзина"),
        Key.BEFORE: ("сегодня", "вчера", "7д"),
        Key.AFTER: ("вчера", "7д", "30д"),
        Key.ON: ("сегодня", "вчера"),
    },
}


def completions(text: str, language: str, vocabulary: Vocabulary) -> tuple[int, Sequence[str]]:
    """Where in a text what is completed begins, and with what; nothing when it is complete or no filter."""
    language = language if language in NAMES else "en"
    start, name, value = last_token(text)
    if not name and text.endswith(":"):
        # `from:`, and nothing yet behind the colon.
        start = max(text.rfind(" "), text.rfind('"')) + 1
        name, value = text[start:-1].lstrip("-"), ""
        start = len(text) - 1 - len(name)
    if not name:
        if len(value) < NAME_MIN_CHARS or not text.endswith(value):
            return start, ()
        start = len(text) - len(value.lstrip("-"))
        wanted = value.lstrip("-").lower()
        names = [each for known in NAMES.values() for each in known if each.startswith(wanted)]
        return start, tuple(names)
    key = KEYS.get(name.lower())
    if key is None:
        return start, ()
    values: Sequence[str] = _VALUES[_language_of(name, language)].get(key, ())
    if key is Key.MODEL:
        values = vocabulary.models
    elif key is Key.IN:
        values = (*values, *vocabulary.folders)
    found = [each for each in values if each.lower().startswith(value.lower()) and each.lower() != value.lower()]
    return start, tuple(f"{name}:{_quoted(each)} " for each in found[:CHOICES_MAX])


def values_of(key: Key, language: str) -> Sequence[str]:
    """What can stand behind the colon, where that can be listed."""
    return _VALUES[language if language in NAMES else "en"].get(key, ())


def _quoted(value: str) -> str:
    return f'"{value}"' if any(each.isspace() for each in value) else value


def _language_of(name: str, language: str) -> str:
    for known, names in NAMES.items():
        if f"{name.lower()}:" in names:
            return known
    return language
