"""Short names: for a chat by its first question, and what a question is about in a few words. Pure."""

import re

_RUSSIAN = {
    "model_3d": "Трёхмерная модель",
    "greeting": "Знакомство с программой",
    "thanks": "Слова благодарности",
    "farewell": "До встречи",
    "tour": "Экскурсия по Markdown",
    "sql": "Запрос к базе данных",
    "bash": "Команды терминала",
    "javascript": "Пример на JavaScript",
    "python": "Код на Python",
    "sorting": "Сортировка слиянием",
    "week": "Расписание на неделю",
    "soup": "Борщ на каждый день",
    "habits": "Полезные привычки",
    "table": "Сравнение в таблице",
    "math": "Задача по математике",
    "recipe": "Тонкие блины на молоке",
    "letter": "Черновик письма",
    "poem": "Стихотворение",
    "joke": "Минутка юмора",
    "translation": "Перевод фраз",
    "travel": "Поездка в Петербург",
    "story": "Сказка о фонарщике",
    "list": "План действий",
    "sky": "Почему небо голубое",
    "network": "Как работает сеть",
}
_ENGLISH = {
    "model_3d": "A 3D model",
    "greeting": "Getting to know GigaDesk",
    "thanks": "Words of thanks",
    "farewell": "See you",
    "tour": "A tour of Markdown",
    "sql": "A database query",
    "bash": "Commands for the shell",
    "javascript": "An example in JavaScript",
    "python": "Code in Python",
    "sorting": "Merge sort",
    "week": "A plan for the week",
    "soup": "Borscht for every day",
    "habits": "Small good habits",
    "table": "A comparison table",
    "math": "A problem in mathematics",
    "recipe": "Thin pancakes",
    "letter": "Draft of a letter",
    "poem": "A poem",
    "joke": "Jokes",
    "translation": "Phrases translated",
    "travel": "A trip to Saint Petersburg",
    "story": "The lamplighter's tale",
    "list": "A plan of action",
    "sky": "Why the sky is blue",
    "network": "How the network works",
}
_FITS = {
    "network": r"как|работа|устро|протокол|how|work|protocol",
    "sky": r"почему|голуб|why|blue",
    "recipe": r"блин|pancake",
    "soup": r"борщ|borscht",
    "travel": r"петербург|питер|petersburg",
    "sorting": r"слиян|merge",
    "table": r"таблиц|table",
    "week": r"недел|week",
    "math": r"матем|уравнен|math|equation",
    "python": r"python|питон|пайтон|функци|function|script|скрипт",
    "story": r"сказк|tale|^\W*tell me a story",
    "list": r"\bплан|\bplan",
}
"""What a question must hold besides its topic: without it the answer may fit, but a prepared title would be wrong."""
TITLE_MAX_WORDS = 6
SUBJECT_MAX_CHARS = 120
_FILLER = re.compile(
    r"^(?:(?:привет|здравствуйте?|добрый день|пожалуйста|мне|нам|можешь"
    r"|(?:скажи|подскажи|расскажи|напиши|объясни|помоги|покажи|найди|поищи|посмотри)(?:те)?|в интернете"
    r"|hello|hi|please|can you|could you|would you|tell me|show me|explain|describe|write|give me|help me"
    r"|(?:search|look)(?: on| in)?(?: the)?(?: web| internet)?(?: for)?|find|(?:on|in) the (?:internet|web))"
    r"\b[\s,.!:—-]*)+",
    re.IGNORECASE,
)
_TIMES = re.compile(r"(?<=\d)\s*\*\s*(?=\d)")
_SPECIAL = re.compile(r"[\\`*<>\[\]|~$&]|(?<!\w)[_#]|_(?!\w)|#$")
_BEGINNING = re.compile(r"^(\d{0,9})([-+=.)])(?=[\s=-]|$)")
_MARKS = re.compile(r"[*_`#<>\[\]|~$\\]+")


def subject_of(question: str) -> str:
    """The question on one line without Markdown and words of politeness, at most `SUBJECT_MAX_CHARS` long."""
    return _shortened(" ".join(_MARKS.sub(" ", _TIMES.sub("×", question)).split()))


def echo_of(question: str) -> str:
    """The same with its Markdown, escaped: to be repeated in an answer."""
    return escaped(_shortened(" ".join(question.split())))


def escaped(text: str) -> str:
    """A line of Markdown that shows exactly this text."""
    return _BEGINNING.sub(r"\1\\\2", _SPECIAL.sub(r"\\\g<0>", text))


def _shortened(line: str) -> str:
    subject = _FILLER.sub("", line).rstrip(" ?!.…") or line
    if len(subject) > SUBJECT_MAX_CHARS:
        subject = subject[:SUBJECT_MAX_CHARS].rsplit(" ", 1)[0] + "…"
    return subject or "…"


def title_of(question: str, topic: str, *, is_russian: bool) -> str:
    """Two to six words in the language of the question, without quotation marks or a full stop."""
    known = (_RUSSIAN if is_russian else _ENGLISH).get(topic)
    if known and re.search(_FITS.get(topic, ""), question.lower()):
        return known
    title = " ".join(subject_of(question).split()[:TITLE_MAX_WORDS]).rstrip(",;:—- ")
    return title[:1].upper() + title[1:]
