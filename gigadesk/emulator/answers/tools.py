"""Which built-in tool an answer uses, and what it says then. Pure."""

import re
from datetime import UTC, datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from gigadesk.emulator.answers.answer import (
    CODE_TOOL,
    IMAGE_TOOL,
    MEMORY_TOOL,
    MODEL_3D_TOOL,
    SEARCH_TOOL,
    TIME_TOOL,
    URL_TOOL,
    Answer,
    MadeFile,
    ToolWork,
)
from gigadesk.emulator.answers.arithmetic import sum_in, written
from gigadesk.emulator.answers.titles import echo_of
from gigadesk.emulator.answers.tool_texts import ToolTexts
from gigadesk.emulator.answers.topics import MODEL_3D_WORDS, PICTURE_WORDS, is_small_talk, topic_of
from gigadesk.emulator.prompts import Prompt

PICTURE_SECONDS = 5
MODEL_3D_SECONDS = 8
SEARCH_SECONDS = 2
CODE_SECONDS = 2
PAGE_SECONDS = 1

_WISHES = (
    (MODEL_3D_TOOL, MODEL_3D_WORDS),
    (IMAGE_TOOL, PICTURE_WORDS),
    (URL_TOOL, r"https?://\S"),
    (CODE_TOOL, r"посчита|вычисл|сосчита|сколько будет|\bкодом\b|calculate|comput|work out|how much is|use code"),
    (TIME_TOOL, r"котор\w+ час|сколько времени|как\w+ сегодня (?:день|число|дата)|what time|today.?s date|what day"),
    (MEMORY_TOOL, r"запомни|remember"),
    (
        SEARCH_TOOL,
        r"найди|поищи|загугли|новост|что нового|в интернете|байкал|погод|\bsearch|look up|\bnews\b|what.?s new|baikal",
    ),
)
_QUESTION = re.compile(
    r"\?\s*$|^\W*(?:кто|что|где|когда|сколько|как\w*|почему|who|what|where|when|which|how|why)\b", re.IGNORECASE
)
_URL = re.compile(r"https?://[^\s<>\"]+")
_SEARCH_IN_SO_MANY_WORDS = re.compile(
    r"в интернете|в сети\b|загугли|погугли|поищи|новост|\bsearch (?:the |for\b)|look up|\bonline\b|\bnews\b",
    re.IGNORECASE,
)
_SCENES = (
    ("cat", r"кот|кош|\bcats?\b|kitten|зверь|животн"),
    ("sea", r"мор[ея]|океан|закат|пляж|волн|парус|\bsea\b|ocean|sunset|beach|\bship|\bboat"),
    ("landscape", r"пейзаж|гор[ыау]\b|холм|лес\b|природ|рассвет|туман|landscape|mountain|hill|forest|nature|sunrise"),
)


def answer_with_tool(prompt: Prompt, texts: ToolTexts) -> Answer | None:
    """The answer of the tool that is forced or that the question calls for; None when none of the tools is wanted."""
    question = prompt.question
    match prompt.forced_tool or _wanted(prompt, question):
        case "image_generate":
            return _picture(question, texts)
        case "model_3d_generate":
            file = MadeFile("model/fbx", "3dmodel", "emulator/vase.fbx")
            return Answer(texts.model_3d, tools=(ToolWork(MODEL_3D_TOOL, MODEL_3D_SECONDS),), files=(file,))
        case "web_search":
            return _search(question, texts)
        case "code_interpreter":
            return Answer(_calculation(question, texts), tools=(ToolWork(CODE_TOOL, CODE_SECONDS),))
        case "url_content_extraction":
            found = _URL.search(question)
            url = "https://example.org/" if found is None else found.group()
            text = texts.page.format(url=url, host=_host(url))
            return Answer(text, tools=(ToolWork(URL_TOOL, PAGE_SECONDS),))
        case "get_datetime":
            return Answer(_now(prompt, texts), tools=(ToolWork(TIME_TOOL),))
        case "memory":
            return Answer(texts.remembered, tools=(ToolWork(MEMORY_TOOL),))
        case _:
            return None


def is_to_be_searched(prompt: Prompt) -> bool:
    """Whether a search is on and asked for in so many words, so that not even an attached file comes first."""
    return SEARCH_TOOL in prompt.tools and _SEARCH_IN_SO_MANY_WORDS.search(prompt.question) is not None


def _wanted(prompt: Prompt, question: str) -> str:
    lower = question.lower().replace("ё", "е")
    if topic_of(question) == "refusal":
        return ""
    for tool, words in _WISHES:
        if tool in prompt.tools and re.search(words, lower):
            return tool
    # Whoever switches the search on wants it for questions that nothing prepared answers.
    is_open = topic_of(question) in {"default", "explain"} and not is_small_talk(question)
    return SEARCH_TOOL if SEARCH_TOOL in prompt.tools and is_open and _QUESTION.search(question) else ""


def _picture(question: str, texts: ToolTexts) -> Answer:
    lower = question.lower().replace("ё", "е")
    scene = next((scene for scene, words in _SCENES if re.search(words, lower)), "abstract")
    return Answer(
        texts.pictures[scene].format(subject=echo_of(question)),
        tools=(ToolWork(IMAGE_TOOL, PICTURE_SECONDS),),
        files=(MadeFile("image/jpeg", "image", f"emulator/{scene}.jpg"),),
    )


def _search(question: str, texts: ToolTexts) -> Answer:
    lower = question.lower()
    found = next(found for found in texts.found if re.search(found.pattern, lower))
    text = found.text.replace("{subject}", echo_of(question))
    return Answer(text, tools=(ToolWork(SEARCH_TOOL, SEARCH_SECONDS),), sources=found.pages)


def _calculation(question: str, texts: ToolTexts) -> str:
    found = sum_in(question)
    if found is None:
        return texts.simulation
    code, value = found
    result = written(value, decimal_comma=texts.decimal_comma)
    return texts.calculation.format(code=f"print({code})", result=result)


def _now(prompt: Prompt, texts: ToolTexts) -> str:
    zone = _zone(prompt.timezone)
    moment = datetime.fromtimestamp(prompt.asked_at, UTC if zone is None else zone)
    date = moment.strftime("%d.%m.%Y" if texts.decimal_comma else "%Y-%m-%d")
    return texts.now.format(time=moment.strftime("%H:%M"), date=date, zone=zone.key if zone is not None else "UTC")


def _zone(name: str) -> ZoneInfo | None:
    """The time zone of this name; None when there is none, or the system knows no zones."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or url
    except ValueError:
        return url
