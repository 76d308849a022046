"""Which answer a conversation gets. Pure: nothing but the seed and the messages counts."""

import json
import random
import re
from collections.abc import Sequence
from dataclasses import replace

from gigadesk.emulator.answers.answer import Answer
from gigadesk.emulator.answers.arithmetic import asks_for_sum, equation, sum_in, written
from gigadesk.emulator.answers.file_talk import talk_about
from gigadesk.emulator.answers.functions import called_function
from gigadesk.emulator.answers.library import ENGLISH, RUSSIAN, Library, long_text
from gigadesk.emulator.answers.patterns import matching
from gigadesk.emulator.answers.schemas import satisfying
from gigadesk.emulator.answers.titles import echo_of, title_of
from gigadesk.emulator.answers.tools import answer_with_tool, is_to_be_searched
from gigadesk.emulator.answers.topics import (
    asks_for_title,
    asks_to_continue,
    is_small_talk,
    mentions_file,
    topic_of,
    wanted_length,
)
from gigadesk.emulator.chance import numbers_for
from gigadesk.emulator.prompts import HeldFile, Part, Prompt, Turn

_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
_LATIN = re.compile("[a-z]", re.IGNORECASE)
_TAG = re.compile(r"<(?:img src|div data-model-id)=\"[^\"]*\"[^>]*/> ?")
"""Of a made file, as it stands in the history of the first contract."""
THOUGHT_OVER_CHARS = 20
_EFFORTS = {"low": 1, "medium": 3, "high": 5}
EXCERPT_RULE = "\n\n---\n\n"
"""Stands between question and answer when a title for both is asked for."""


def compose(prompt: Prompt, seed: int) -> Answer:
    """The answer to the last turn: a title, the rest of an answer that broke off, a function call, a text, ..."""
    numbers = numbers_for(seed, prompt.question)
    if is_title_request(prompt):
        return Answer(_title(prompt.turns))
    answer = _spoken(prompt, seed, numbers)
    paragraphs = _paragraphs(prompt)
    thoughts = _library(prompt.question).tools.thoughts[:paragraphs]
    reasoning = "\n\n".join(thought.format(subject=echo_of(prompt.question)) for thought in thoughts)
    return replace(answer, reasoning=reasoning)


def is_title_request(prompt: Prompt) -> bool:
    """Whether a name for the conversation is wanted rather than an answer in it."""
    instructions = [turn.text for turn in prompt.turns[:1] if turn.part is Part.SYSTEM]
    return any(map(asks_for_title, instructions)) or (len(prompt.turns) > 1 and asks_for_title(prompt.question))


def _spoken(prompt: Prompt, seed: int, numbers: random.Random) -> Answer:
    question = prompt.question
    library = _library(question)
    if prompt.schema is not None:
        return Answer(json.dumps(satisfying(prompt.schema, question), ensure_ascii=False, indent=4))
    if prompt.regex:
        return Answer(matching(prompt.regex))
    if call := called_function(prompt):
        return call
    if prompt.turns[-1].part is Part.FUNCTION:
        return _answer_from_result(prompt.turns[-1], library, numbers)
    if asks_to_continue(question) and (rest := _rest(prompt, seed)) is not None:
        return rest
    if prompt.last_files and not prompt.forced_tool and not is_to_be_searched(prompt):
        # What was attached to this very question is what it is about, whatever tools are switched on.
        return Answer(talk_about(prompt.last_files, library.tools))
    if answer := answer_with_tool(prompt, library.tools):
        return answer
    if files := prompt.last_files or _meant_files(prompt):
        return Answer(talk_about(files, library.tools))
    return _answer_to(question, numbers)


def _meant_files(prompt: Prompt) -> tuple[HeldFile, ...]:
    """The files of an earlier message, when the question speaks of one."""
    earlier = next((turn.file_ids for turn in reversed(prompt.turns) if turn.file_ids), ())
    return tuple(prompt.files[file_id] for file_id in earlier) if mentions_file(prompt.question) else ()


def _paragraphs(prompt: Prompt) -> int:
    """How many paragraphs the model thinks.

    Without an effort short questions and those for tools are answered at once, as recorded of GigaChat-3-Ultra.
    """
    if not prompt.thinks or prompt.effort == "off" or prompt.schema is not None or prompt.regex:
        return 0
    if prompt.effort:
        return _EFFORTS[prompt.effort]
    is_quick = len(prompt.question) < THOUGHT_OVER_CHARS or is_small_talk(prompt.question)
    return 0 if is_quick or prompt.tools or prompt.functions else _EFFORTS["medium"]


def _answer_to(question: str, numbers: random.Random) -> Answer:
    library = _library(question)
    if length := wanted_length(question):
        return Answer(long_text(library, length, numbers))
    topic = topic_of(question)
    if topic != "refusal" and asks_for_sum(question) and (found := sum_in(question)) is not None:
        code, value = found
        return Answer(equation(code, written(value, decimal_comma=library.tools.decimal_comma)) + ".")
    text = library.text(topic, echo_of(question), numbers)
    return Answer(text, "blacklist" if topic == "refusal" else "stop")


def _rest(prompt: Prompt, seed: int) -> Answer | None:
    """What the broken answer before the last question lacks; None when there is no answer to continue."""
    turns = prompt.turns
    answers = [index for index, turn in enumerate(turns) if turn.part is Part.ASSISTANT]
    if not answers:
        return None
    written = _TAG.sub("", turns[answers[-1]].text)
    asked = [index for index in range(answers[-1]) if turns[index].part is Part.USER]
    begun = next((index for index in reversed(asked) if not asks_to_continue(turns[index].text)), None)
    if begun is not None:
        before = replace(prompt, turns=turns[: begun + 1])
        whole = _spoken(before, seed, numbers_for(seed, before.question)).text
        for beginning in (written, written.rstrip()):
            if whole.startswith(beginning) and len(whole) > len(beginning):
                return Answer(whole[len(beginning) :])
    return Answer(_library(prompt.question).nothing_left)


def _answer_from_result(turn: Turn, library: Library, numbers: random.Random) -> Answer:
    result = json.dumps(json.loads(turn.text), ensure_ascii=False, indent=4)
    return Answer(library.text("function_result", result, numbers))


def _title(turns: Sequence[Turn]) -> str:
    """By the first question: the first message of the user, or the part of it above the rule."""
    first = next((turn.text for turn in turns if turn.part is Part.USER), "")
    question = first.partition(EXCERPT_RULE)[0]
    return title_of(question, topic_of(question), is_russian=is_russian(question))


def is_russian(question: str) -> bool:
    """The language of the answer: English for questions in Latin letters only."""
    return _library(question) is RUSSIAN


def _library(text: str) -> Library:
    return ENGLISH if _LATIN.search(text) and not _CYRILLIC.search(text) else RUSSIAN
