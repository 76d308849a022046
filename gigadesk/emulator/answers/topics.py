"""What a question is about, found by its words. Pure."""

import re

PICTURE_WORDS = (
    r"\bнарису[йе]|\bрисуй|\bизобрази|^\W*(?:картинка|рисунок|иллюстрация)\b"
    r"|(?:сдела|созда|сгенериру|придума)\w* (?:\w+ )?(?:картинк|изображени|рисун|иллюстраци)"
    r"|^\W*(?:please )?(?:draw|paint|sketch|illustrate)\b|^\W*(?:an? |the )?(?:picture|drawing|illustration) of\b"
    r"|(?:make|create|generate|draw|paint) (?:me |us )?(?:an? |the )?(?:picture|image|drawing|illustration)"
)
MODEL_3D_WORDS = (
    r"(?:сдела|созда|сгенериру|постро|слепи|make|create|generate|build)\w*\b.*(?:\b3[dд]\b|трехмерн|объемн)|^\W*3[dд]\b"
)
_TOPICS = (
    ("refusal", r"\[(?:blacklist|запрет)\]|запретн\w+ тем|forbidden (?:topic|subject)"),
    ("model_3d", MODEL_3D_WORDS),
    ("picture", PICTURE_WORDS),
    ("tour", r"markdown|маркдаун|разметк|оформлени|что (?:ты|вы) уме|what can you do|formatting"),
    ("sql", r"\bsql\b|select\b.*\bfrom|запрос\w* к базе|базы? данных|database"),
    ("bash", r"\bbash\b|\blinux\b|\bshell\b|терминал|командн\w+ строк|command line"),
    ("javascript", r"javascript|typescript|\bjs\b|\breact\b|\bnode"),
    ("sorting", r"сортир|\bsort"),
    (
        "python",
        r"python|питон|пайтон|\bкода?\b|функци[юяи] |программ\w* на|\bcode\b|write a (?:function|script)",
    ),
    ("week", r"расписани|распоряд|на неделю|schedule"),
    ("table", r"таблиц|сравн|\btable\b|compare|comparison"),
    ("math", r"матем|уравнен|формул|интеграл|производн|теорем|\bmath|equation|formula|integral|derivative|theorem"),
    ("soup", r"борщ|\bсуп|\bsoup"),
    ("recipe", r"рецепт|приготов|испечь|\bблин|пирог|recipe|\bcook|\bbake|pancake"),
    ("letter", r"письм|\bletter\b|e-?mail|draft a message"),
    ("poem", r"стих|поэм|рифм|\bpoem|\bverse|rhyme"),
    ("joke", r"шутк|пошути|анекдот|\bjoke|funny"),
    ("translation", r"перевод|перевед|translat"),
    ("travel", r"поездк|путешеств|маршрут|петербург|отпуск|\btravel|\btrip\b|itinerary|petersburg|holiday"),
    ("story", r"сказк|\bрассказ\b|истори[юя]\b|\bstory|fairy tale|\btale\b"),
    ("habits", r"привыч|habit"),
    ("list", r"список|списк|\bплан\b|\bплана\b|советы|\bидеи|\blist\b|\bplan\b|\btips\b|\bideas\b|\bsteps\b"),
    ("sky", r"небо|\bsky\b"),
    (
        "network",
        # Who wants something found on the internet does not ask about it, nor does an address of a page.
        (
            r"\btcp\b|\bhttps?\b(?!:)|\bинтернет(?!е)|(?<!в )браузер|компьютерн\w+ сет|как\b.{0,20}\bсеть\b"
            r"|(?<!on the )(?<!search the )(?<!from the )\binternet\b|\bbrowser|computer network|how\b.{0,20}\bnetwork"
        ),
    ),
    (
        "explain",
        r"почему|зачем|объясни|поясни|что такое|как (?:работа|устро)|\bwhy\b|explain|what (?:is|are)\b|how do(?:es)?\b",
    ),
)
_SMALL_TALK = (
    (
        "greeting",
        r"^\W*(?:привет|здравствуй|добр(?:ый|ое|ого)|салют|hello|hi\b|hey\b|good (?:morning|day|evening))",
    ),
    ("thanks", r"спасибо|благодар|thank"),
    ("farewell", r"^\W*(?:пока\b|до свидан|до встреч|bye|goodbye|see you)"),
)
SMALL_TALK_MAX_CHARS = 60
_CONTINUE = re.compile(
    r"ответ оборвался|^\W*продолж|answer broke off|^\W*(?:please )?(?:continue|go on)\b", re.IGNORECASE
)
_TITLE = re.compile(
    r"(?:заголов|назван)\w*\s(?:\w+\s){0,3}(?:бесед|диалог|чат|разговор|переписк)"
    r"|\btitle\s(?:\w+\s){0,3}(?:conversation|chat|dialogue)",
    re.IGNORECASE,
)
_FILE = re.compile(
    r"\b(?:файл|документ|вложени|картинк|изображени|фото|запис)\w*|\b(?:file|document|attachment|picture|image|photo)s?\b",
    re.IGNORECASE,
)
_LONG = re.compile(r"длинн\w+ (?:ответ|текст)|long (?:answer|text)", re.IGNORECASE)
_LENGTH = re.compile(r"(\d[\d  \u202f_,]*)\s*(тыс\w*\.?|к|k|thousand)?\s*(?:знак|символ|букв|char)", re.IGNORECASE)
LONG_CHARS = 20_000
LONG_MAX_CHARS = 4_000_000


def topic_of(question: str) -> str:
    """The topic with prepared answers that fits best."""
    text = question.lower().replace("ё", "е")
    for topic, pattern in _TOPICS:
        if re.search(pattern, text):
            return topic
    if len(text) <= SMALL_TALK_MAX_CHARS:
        for topic, pattern in _SMALL_TALK:
            if re.search(pattern, text):
                return topic
    return "default"


def is_small_talk(question: str) -> bool:
    """Whether this is a greeting or the like, which nobody looks up or thinks over."""
    return topic_of(question) in {topic for topic, _ in _SMALL_TALK}


def mentions_file(question: str) -> bool:
    """Whether this is about something that was attached."""
    return _FILE.search(question) is not None


def wanted_length(question: str) -> int:
    """How many characters a long answer should have; 0 when no long one is asked for."""
    found = _LENGTH.search(question)
    if found:
        number = int(re.sub(r"\D", "", found.group(1))) * (1000 if found.group(2) else 1)
        return min(number, LONG_MAX_CHARS)
    return LONG_CHARS if _LONG.search(question) else 0


def asks_to_continue(question: str) -> bool:
    return _CONTINUE.search(question) is not None


def asks_for_title(instruction: str) -> bool:
    """Whether a system prompt (or a question) wants a name for the conversation."""
    return _TITLE.search(instruction) is not None
