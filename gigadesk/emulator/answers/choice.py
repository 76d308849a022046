"""Which answer a conversation gets. Pure: nothing but the seed and the messages counts."""

import json
import random
import re
from collections.abc import Mapping, Sequence
from typing import Any

from gigadesk.emulator.answers.answer import Answer
from gigadesk.emulator.answers.functions import called_function
from gigadesk.emulator.answers.library import ENGLISH, RUSSIAN, Library, long_text
from gigadesk.emulator.answers.titles import subject_of, title_of
from gigadesk.emulator.answers.topics import asks_for_title, asks_to_continue, topic_of, wanted_length
from gigadesk.emulator.chance import numbers_for

Messages = Sequence[Mapping[str, Any]]  # JSON that was checked

_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
_LATIN = re.compile("[a-z]", re.IGNORECASE)
EXCERPT_RULE = "\n\n---\n\n"
"""Stands between question and answer when a title for both is asked for."""


def compose(body: Mapping[str, Any], seed: int) -> Answer:  # JSON that was checked
    """The answer to the last message: a title, the rest of an answer that broke off, a function call, or a text."""
    messages: Messages = body["messages"]
    question = _last_question(messages)
    numbers = numbers_for(seed, question)
    if is_title_request(body):
        return Answer(_title(messages))
    if call := called_function(body, question, numbers):
        return call
    if messages[-1]["role"] == "function":
        return _answer_from_result(messages[-1], question, numbers)
    if asks_to_continue(question) and (rest := _rest(messages, seed)) is not None:
        return rest
    return _answer_to(question, numbers)


def is_title_request(body: Mapping[str, Any]) -> bool:  # JSON that was checked
    """Whether a name for the conversation is wanted rather than an answer in it."""
    messages: Messages = body["messages"]
    instructions = [_content(message) for message in messages[:1] if message["role"] == "system"]
    last = _last_question(messages)
    return any(map(asks_for_title, instructions)) or (len(messages) > 1 and asks_for_title(last))


def _answer_to(question: str, numbers: random.Random) -> Answer:
    library = _library(question)
    if length := wanted_length(question):
        return Answer(long_text(library, length, numbers))
    topic = topic_of(question)
    text = library.text(topic, subject_of(question), numbers)
    return Answer(text, "blacklist" if topic == "refusal" else "stop")


def _rest(messages: Messages, seed: int) -> Answer | None:
    """What the broken answer before the last question lacks; None when there is no answer to continue."""
    answers = [index for index, message in enumerate(messages) if message["role"] == "assistant"]
    if not answers:
        return None
    written = _content(messages[answers[-1]])
    questions = [_content(message) for message in messages[: answers[-1]] if message["role"] == "user"]
    question = next((text for text in reversed(questions) if not asks_to_continue(text)), "")
    whole = _answer_to(question, numbers_for(seed, question)).text
    for beginning in (written, written.rstrip()):
        if whole.startswith(beginning) and len(whole) > len(beginning):
            return Answer(whole[len(beginning) :])
    return Answer(_library(question).nothing_left)


def _answer_from_result(message: Mapping[str, Any], question: str, numbers: random.Random) -> Answer:  # JSON
    result = json.dumps(json.loads(_content(message)), ensure_ascii=False, indent=4)
    return Answer(_library(question).text("function_result", result, numbers))


def _title(messages: Messages) -> str:
    """By the first question: the first message of the user, or the part of it above the rule."""
    first = next((_content(message) for message in messages if message["role"] == "user"), "")
    question = first.partition(EXCERPT_RULE)[0]
    return title_of(question, topic_of(question), is_russian=_library(question) is RUSSIAN)


def _last_question(messages: Messages) -> str:
    return next((_content(message) for message in reversed(messages) if message["role"] == "user"), "")


def _content(message: Mapping[str, Any]) -> str:  # JSON
    return message.get("content") or ""


def _library(text: str) -> Library:
    return ENGLISH if _LATIN.search(text) and not _CYRILLIC.search(text) else RUSSIAN
