"""One reply, from the queue until it is stored whole."""

import asyncio
import random
from collections.abc import Callable, Iterator
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import assert_never

from gigadesk.chat import ChatId, FileId, Message, MessageId, Status, Usage
from gigadesk.conversations.file_desk import FileDesk
from gigadesk.conversations.queue_share import QueueShare
from gigadesk.conversations.reply_text import ReplyText
from gigadesk.conversations.request_plan import RequestPlan
from gigadesk.conversations.saver import Saver
from gigadesk.conversations.send_queue import Job
from gigadesk.conversations.service_link import ServiceLink, ServiceLinks
from gigadesk.conversations.transfers import Transfers
from gigadesk.errors import (
    AnswerInterruptedError,
    AttachmentError,
    FileGoneError,
    GigadeskError,
    MissingAuthError,
    RateLimitError,
    RequestRejectedError,
    ServiceError,
    TooLargeError,
)
from gigadesk.facts import Event, ReplyQueued, ReplyRetrying, ReplyStarted
from gigadesk.gigachat.events import (
    FileReady,
    Finished,
    FunctionCall,
    ReasoningDelta,
    ReplyEvent,
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
SMALLER_SHARES = (0.75, 0.5, 0.25)
"""Of the context, when the service finds too long what was estimated to fit into it."""


@dataclass(frozen=True, slots=True)
class ReplySetting:
    """What a reply needs around it.

    `account_of` gives the account of a chat, `choose_model` the model to ask (empty: the service's first). `plan` is
    called when the reply starts, with the account, the model and the share of its context to use. `tell_changed`
    publishes a message as it is now.
    """

    links: ServiceLinks
    saver: Saver
    queue: QueueShare
    files: FileDesk
    transfers: Transfers
    publish: Callable[[Event], None]
    account_of: Callable[[ChatId], str]
    choose_model: Callable[["Reply"], str]
    plan: Callable[["Reply", str, str, float], RequestPlan]
    is_unread: Callable[[ChatId], bool]
    tell_changed: Callable[[MessageId], None]
    on_end: Callable[[Message], None]
    is_held: Callable[["Reply"], bool]
    """Whether it must not begin, although its turn has come."""


class Reply:
    """A reply that waits or is being written.

    Its status starts as failed and is raised when its end is known, so that an exception nobody thought of
    leaves the truth behind. Whatever happens, the text that had come is kept.
    """

    def __init__(self, message: Message, setting: ReplySetting, *, is_continuation: bool = False) -> None:
        self._message = replace(message, status=Status.QUEUED, finish_reason="", error=None)
        self._unasked = self._message
        self._setting = setting
        self._text = ReplyText(message, setting.saver, setting.files, setting.publish, setting.tell_changed)
        self._finished: Finished | None = None
        self._refusals = 0
        self.is_continuation = is_continuation
        self.is_stopping = False
        self.job = Job(
            slot=("reply", message.id),
            chat_id=message.chat_id,
            name=f"reply {message.id}",
            account=lambda: setting.account_of(message.chat_id),
            run=self._run,
            on_queued=self._publish_position,
            is_held=lambda: setting.is_held(self),
        )

    @property
    def id(self) -> MessageId:
        return self._message.id

    @property
    def chat_id(self) -> ChatId:
        return self._message.chat_id

    @property
    def message(self) -> Message:
        """The reply as it is now, with the text so far; its files are as they were at its beginning."""
        return self._text.put_into(self._message)

    def swap_models(self, other: "Reply") -> None:
        """Their questions have changed places: the models that were chosen for them go along."""
        models = other._message.model, self._message.model
        for reply, model in zip((self, other), models, strict=True):
            reply._message = replace(reply._message, model=model)

    def end_unstarted(self) -> None:
        """End a reply that still waits."""
        self._end(Status.STOPPED, None)

    async def _run(self) -> float | None:
        self._message = replace(self._message, status=Status.STREAMING)
        self._setting.publish(ReplyStarted(self.chat_id, self.id))
        link = self._setting.links.of(self._setting.queue.account_of(self.job))
        status = Status.FAILED
        error: GigadeskError | None = None
        delay: float | None = None
        try:
            await self._stream(link)
            status = Status.DONE
        except GigadeskError as exc:
            error = exc
            if isinstance(exc, ServiceError | MissingAuthError):
                link.note_failure(exc)
            if isinstance(exc, RateLimitError):
                delay = self._delay_after(exc)
        except asyncio.CancelledError:
            status = Status.STOPPED if self._finished is None else Status.DONE
            raise
        finally:
            if delay is None:
                self._end(status, error)
            else:
                # As if it had not been asked: until its turn comes again the question can be changed or taken back.
                self._message = self._unasked
        return delay

    async def _stream(self, link: ServiceLink) -> None:
        setting = self._setting
        model = setting.choose_model(self) or await link.default_model()
        self._message = replace(self._message, model=model, account=link.account)
        refusal = TooLargeError()
        for plan in self._plans(link.account, model):
            try:
                await self._ask(link, plan)
            except TooLargeError as exc:
                if self._text.has_grown:
                    raise
                refusal = exc
            else:
                return
        raise refusal

    def _plans(self, account: str, model: str) -> Iterator[RequestPlan]:
        """What to ask, then shorter and shorter versions of it."""
        plan = self._setting.plan(self, account, model, 1.0)
        yield plan
        for share in SMALLER_SHARES:
            shorter = self._setting.plan(self, account, model, share)
            if shorter.length < plan.length:
                plan = shorter
                yield plan

    async def _ask(self, link: ServiceLink, plan: RequestPlan) -> None:
        """Send the files, then the request; once more when the service has forgotten what the request refers to."""
        remote_ids = await self._send_files(plan)
        request = plan.request(remote_ids)
        try:
            await self._receive(link, request)
        except FileGoneError as exc:
            if not remote_ids or self._text.has_grown:
                raise
            self._forget_gone(plan, remote_ids, exc)
            await self._receive(link, plan.request(await self._send_files(plan)))
        except RequestRejectedError:
            # Its notes on earlier answers are optional, and mean nothing to the other chat contract.
            if self._text.has_grown or not any(message.state_id for message in request.messages):
                raise
            await self._receive(link, plan.request(remote_ids, has_states=False))

    async def _send_files(self, plan: RequestPlan) -> dict[FileId, str]:
        """The ids by which the service knows the files of the request; those it does not know are sent first."""
        remote_ids: dict[FileId, str] = {}
        for file in plan.files:
            try:
                remote_ids[file.id] = await self._setting.transfers.remote_id(file, plan.account)
            except AttachmentError:
                # What an earlier question was about may be lost; the talk goes on without.
                if file.id in plan.required:
                    raise
        return remote_ids

    def _forget_gone(self, plan: RequestPlan, remote_ids: dict[FileId, str], error: FileGoneError) -> None:
        named = [file for file in plan.files if file.id in remote_ids and remote_ids[file.id] in error.detail]
        for file in named or plan.files:
            self._setting.transfers.forget_remote(file)

    async def _receive(self, link: ServiceLink, request: ReplyRequest) -> None:
        link.note_request()
        self._text.begin()
        async with aclosing(link.service.reply(request)) as events:
            async for event in events:
                if not isinstance(event, Retrying):
                    link.note_answer()
                self._take(event)
        if self._finished is None:
            raise AnswerInterruptedError("the answer has no end")

    def _take(self, event: ReplyEvent) -> None:
        match event:
            case TextDelta(text=text):
                self._text.grow(text)
            case ReasoningDelta(text=text):
                self._text.think(text)
            case Finished():
                self._finished = event
            case ToolProgress():
                self._text.note_tool(event)
            case FileReady():
                self._text.add_file(event, self._message.account)
            case SourcesFound(sources=sources):
                self._text.add_sources(sources)
            case Retrying(delay_s=delay_s, error=error):
                self._setting.publish(ReplyRetrying(self.chat_id, self.id, delay_s, error))
            case FunctionCall():
                pass  # the program offers no functions of its own
            case _:
                assert_never(event)

    def _end(self, status: Status, error: GigadeskError | None) -> None:
        self._text.end()
        finished = self._finished
        message = replace(
            self.message,
            status=status,
            error=error,
            seconds=self._text.seconds,
            finish_reason=finished.reason if finished is not None else "",
            usage=_sum(self._message.usage, finished.usage if finished is not None else None),
            state_id=(finished.state_id if finished is not None else "") or self._message.state_id,
        )
        is_unread = status is not Status.STOPPED and self._setting.is_unread(self.chat_id)
        self._setting.saver.finish(message, is_unread=is_unread)
        self._message = message
        self._setting.on_end(message)

    def _delay_after(self, refusal: RateLimitError) -> float | None:
        """Seconds until another try; None when it is not worth one, or when text was already shown."""
        limit = RETRIES_BESIDE_OTHERS if self._setting.queue.others_running(self.job) else RETRIES_ALONE
        if self._text.has_grown or self._refusals >= limit:
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
