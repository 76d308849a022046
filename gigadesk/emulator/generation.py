"""What is generated for one request, and when each part of it is ready. Knows no wire format. Does no I/O."""

import itertools
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass

from gigadesk.emulator.answers.answer import IMAGE_TOOL, MODEL_3D_TOOL, Answer, ToolWork
from gigadesk.emulator.choices import TOOL_TOKENS
from gigadesk.emulator.pacing import coalesce, phrases, schedule
from gigadesk.emulator.tokens import count, cut

TOLD_BY_SECOND = frozenset({IMAGE_TOOL, MODEL_3D_TOOL})
"""Tools that tell how long they will take."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that the answer has made, as it lies in the file storage now."""

    id: str
    mime: str
    target: str


@dataclass(frozen=True, slots=True)
class Thought:
    """A piece of what the model thinks."""

    text: str


@dataclass(frozen=True, slots=True)
class Words:
    """A piece of the answer."""

    text: str
    is_last: bool = False


@dataclass(frozen=True, slots=True)
class Working:
    """A tool is at work."""

    tool: str
    seconds_left: int | None


@dataclass(frozen=True, slots=True)
class Worked:
    """A tool has ended."""

    work: ToolWork


@dataclass(frozen=True, slots=True)
class Made:
    """A file is ready."""

    file: StoredFile


Happening = Thought | Words | Working | Worked | Made
Timeline = list[tuple[float, Happening]]


@dataclass(frozen=True, slots=True)
class Speed:
    """How fast an answer is written."""

    characters_per_s: float
    first_delay_s: float

    @property
    def is_immediate(self) -> bool:
        return self.characters_per_s <= 0


@dataclass(frozen=True, slots=True)
class Completion:
    """An answer that is decided, before it has the form of a reply."""

    answer: Answer
    model: str
    """Alias, colon, version."""
    created: int
    shown_tokens: int
    """Of the conversation, without what tools add."""
    cached_tokens: int
    max_tokens: int | None = None
    update_interval_s: float = 0.0
    files: tuple[StoredFile, ...] = ()
    state_id: str = ""
    call_id: str = ""
    thread_id: str = ""
    message_id: str = ""
    is_russian: bool = True

    @property
    def reasoning(self) -> str:
        return self.answer.reasoning if self.max_tokens is None else cut(self.answer.reasoning, self.max_tokens)

    @property
    def text(self) -> str:
        if self.max_tokens is None:
            return self.answer.text
        return cut(self.answer.text, max(0, self.max_tokens - count(self.reasoning)))

    @property
    def finish_reason(self) -> str:
        is_whole = (self.text, self.reasoning) == (self.answer.text, self.answer.reasoning)
        return self.answer.finish_reason if is_whole else "length"

    @property
    def prompt_tokens(self) -> int:
        return self.shown_tokens + sum(TOOL_TOKENS.get(work.name, 0) for work in self.answer.tools)

    @property
    def completion_tokens(self) -> int:
        call = "" if self.answer.function_call is None else json.dumps(self.answer.function_call, ensure_ascii=False)
        return count(self.reasoning) + count(self.text) + count(call) + 1

    @property
    def billed_tokens(self) -> int:
        return self.prompt_tokens + self.completion_tokens - self.cached_tokens


def timeline(done: Completion, speed: Speed, numbers: random.Random) -> Timeline:
    """Thinking, tools at work, files, then the text: never empty."""
    happenings: Timeline = []
    start_s = 0.0 if speed.is_immediate else speed.first_delay_s * numbers.uniform(0.65, 1.35)
    if done.reasoning:
        thoughts = schedule(phrases(done.reasoning, numbers), speed.characters_per_s, 0.0, numbers)
        joined = coalesce([(start_s + at_s, text) for at_s, text in thoughts], done.update_interval_s)
        happenings += [(at_s, Thought(text)) for at_s, text in joined]
        start_s = joined[-1][0]
    for work in done.answer.tools:
        for after_s, happening in _steps(work):
            happenings.append((start_s if speed.is_immediate else start_s + after_s, happening))
        start_s = happenings[-1][0]
    happenings += [(start_s, Made(file)) for file in done.files]
    written = schedule(_phrases(done, numbers), speed.characters_per_s, 0.0, numbers)
    joined = coalesce([(start_s + at_s, text) for at_s, text in written], done.update_interval_s)
    happenings += [(at_s, Words(text)) for at_s, text in joined[:-1]]
    happenings.append((joined[-1][0], Words(joined[-1][1], is_last=True)))
    return happenings


def _phrases(done: Completion, numbers: random.Random) -> list[str]:
    exact = list(done.answer.phrases) if done.text == done.answer.text else []
    return exact or phrases(done.text, numbers) or [""]


def _steps(work: ToolWork) -> Iterator[tuple[float, Happening]]:
    """What is told of a tool, second by second or only at its beginning, and its end."""
    if work.name in TOLD_BY_SECOND:
        seconds = range(max(1, work.seconds), 0, -1)
        yield from ((float(passed), Working(work.name, left)) for passed, left in zip(itertools.count(), seconds))
    else:
        yield 0.0, Working(work.name, None)
    yield float(work.seconds), Worked(work)
