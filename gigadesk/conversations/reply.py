"""One reply, from the queue until it is stored whole."""

import asyncio
import random
from collections.abc import Callable
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import assert_never

from gigadesk.chat import ChatId, Message, MessageId, Status, Usage
from gigadesk.conversations.delta_cleaner import DeltaCleaner
from gigadesk.conversations.saver import Saver
from gigadesk.conversations.send_queue import Job, SendQueue
from gigadesk.conversations.service_link import ServiceLink
from gigadesk.errors import AnswerInterruptedError, GigadeskError, MissingAuthError, RateLimitError, ServiceError
from gigadesk.facts import Event, MessageGrew, ReplyQueued, ReplyStarted
from gigadesk.gigachat.events import (
    FileReady,
    Finished,
    FunctionCall,
    ReasoningDelta,
    ReplyRequest,
    Retrying,
    SourcesFound,
    TextDelta,
    ToolProgress,
)

RETRIES_ALONE = 2
"""After a stream was stopped the service may need a moment to free its lane."""
RETRIES_BESIDE_OTHERS = 5
BACK_OFF_S = 1.0
BACK_OFF_MAX_S = 60.0


@dataclass(frozen=True, slots=True)
class ReplySetting:
    """What a reply needs around it.

    `make_request` is called when the reply starts, with the model to ask (empty: the service's first), so that
    answers which came while it waited are in its history.
    """

    link: ServiceLink
    saver: Saver
    queue: SendQueue
    publish: Callable[[Event], None]
    choose_model: Callable[["Reply"], str]
    make_request: Callable[["Reply", str], ReplyRequest]
    is_unread: Callable[[ChatId], bool]
    on_end: Callable[[Message], None]


class Reply:
    """A reply that waits or is being written.

    Its status starts as failed and is raised when its end is known, so that an exception nobody thought of
    leaves the truth behind. Whatever happens, the text that had come is kept.
    """

    def __init__(self, message: Message, setting: ReplySetting, *, is_continuation: bool = False) -> None:
        self._message = replace(message, status=Status.QUEUED, finish_reason="", error=None)
        self._setting = setting
        self._text: list[str] = [message.text]
        self._cleaner = DeltaCleaner()
        self._finished: Finished | None = None
        self._has_grown = False
        self._refusals = 0
        self.is_continuation = is_continuation
        self.is_stopping = False
        self.job = Job(
            slot=("reply", message.id),
            chat_id=message.chat_id,
            name=f"reply {message.id}",
            run=self._run,
            on_queued=self._publish_position,
        )

    @property
    def id(self) -> MessageId:
        return self._message.id

    @property
    def chat_id(self) -> ChatId:
        return self._message.chat_id

    @property
    def message(self) -> Message:
        """The reply as it is now, with the text so far."""
        if len(self._text) > 1:
            self._text = ["".join(self._text)]
        return replace(self._message, text=self._text[0])

    def end_unstarted(self) -> None:
        """End a reply that still waits."""
        self._end(Status.STOPPED, None)

    async def _run(self) -> float | None:
        self._message = replace(self._message, status=Status.STREAMING)
        self._setting.publish(ReplyStarted(self.chat_id, self.id))
        status = Status.FAILED
        error: GigadeskError | None = None
        delay: float | None = None
        try:
            await self._stream()
            status = Status.DONE
        except GigadeskError as exc:
            error = exc
            if isinstance(exc, ServiceError | MissingAuthError):
                self._setting.link.note_failure(exc)
            if isinstance(exc, RateLimitError):
                delay = self._delay_after(exc)
        except asyncio.CancelledError:
            status = Status.STOPPED if self._finished is None else Status.DONE
            raise
        finally:
            if delay is None:
                self._end(status, error)
            else:
                self._message = replace(self._message, status=Status.QUEUED)
        return delay

    async def _stream(self) -> None:
        setting = self._setting
        model = setting.choose_model(self) or await setting.link.default_model()
        self._message = replace(self._message, model=model)
        request = setting.make_request(self, model)
        setting.link.note_request()
        async with aclosing(setting.link.service.reply(request)) as events:
            async for event in events:
                setting.link.note_answer()
                match event:
                    case TextDelta(text=text):
                        self._grow(self._cleaner.feed(text))
                    case Finished():
                        self._finished = event
                    case ReasoningDelta() | FunctionCall() | ToolProgress() | FileReady() | SourcesFound() | Retrying():
                        pass
                    case _:
                        assert_never(event)
        if self._finished is None:
            raise AnswerInterruptedError("the answer has no end")

    def _grow(self, delta: str) -> None:
        if not delta:
            return
        self._has_grown = True
        self._text.append(delta)
        self._setting.saver.append(self.id, delta)
        self._setting.publish(MessageGrew(self.chat_id, self.id, delta))

    def _end(self, status: Status, error: GigadeskError | None) -> None:
        self._grow(self._cleaner.rest())
        finished = self._finished
        message = replace(
            self.message,
            status=status,
            error=error,
            finish_reason=finished.reason if finished is not None else "",
            usage=_sum(self._message.usage, finished.usage if finished is not None else None),
        )
        is_unread = status is not Status.STOPPED and self._setting.is_unread(self.chat_id)
        self._setting.saver.finish(message, is_unread=is_unread)
        self._message = message
        self._setting.on_end(message)

    def _delay_after(self, refusal: RateLimitError) -> float | None:
        """Seconds until another try; None when it is not worth one, or when text was already shown."""
        limit = RETRIES_BESIDE_OTHERS if self._setting.queue.others_running(self.job) else RETRIES_ALONE
        if self._has_grown or self._refusals >= limit:
            return None
        self._setting.queue.note_refusal(self.job)
        back_off = BACK_OFF_S * 2.0**self._refusals * random.uniform(1.0, 2.0)  # noqa: S311  (spreads retries, no secret)
        self._refusals += 1
        return min(max(back_off, refusal.retry_after_s or 0.0), BACK_OFF_MAX_S)

    def _publish_position(self, position: int) -> None:
        self._setting.publish(ReplyQueued(self.chat_id, self.id, position))


def _sum(first: Usage | None, second: Usage | None) -> Usage | None:
    """A continued reply has cost both requests."""
    if first is None or second is None:
        return first or second
    return Usage(
        first.prompt + second.prompt,
        first.completion + second.completion,
        first.total + second.total,
        first.cached + second.cached,
    )
