"""Threads: conversations that the service keeps, and the answers in them."""

from collections.abc import AsyncGenerator, Sequence
from dataclasses import replace
from functools import partial

from yarl import URL

from gigadesk.errors import ServiceError
from gigadesk.gigachat import replies
from gigadesk.gigachat.calls import Calls, understood
from gigadesk.gigachat.connection import Connection
from gigadesk.gigachat.events import ReplyEvent, RequestMessage
from gigadesk.gigachat.protocol.answer import ReplyReader
from gigadesk.gigachat.protocol.assistants import named_request, read_deleted
from gigadesk.gigachat.protocol.thread_reply import ThreadReplyReader
from gigadesk.gigachat.protocol.threads import (
    messages_request,
    read_added,
    read_messages,
    read_run,
    read_thread,
    read_threads,
    run_request,
    threads_request,
)
from gigadesk.gigachat.stateful_values import AddedMessages, Thread, ThreadMessage, ThreadRequest, ThreadRun
from gigadesk.gigachat.transport import content_type_of, drop, json_body

_JSON = {"Content-Type": "application/json"}


class ThreadCalls(Calls):
    """Not in the public reference: the official Python library has them, and an account may not.

    What adds to a thread is never sent again by itself, since it would be there twice.
    """

    async def threads(
        self, assistant_ids: Sequence[str] = (), *, limit: int | None = None, before: int | None = None
    ) -> tuple[Thread, ...]:
        """The threads of the account in the server's order. Not documented in public.

        Args:
            assistant_ids: only those of these assistants.
            limit: at most so many.
            before: only those that were begun before this time, in Unix seconds.

        Raises:
            GigadeskError: the service could not be asked.
        """
        query = [("assistants_ids", assistant_id) for assistant_id in assistant_ids]
        url = self._connection.addresses.path("threads").with_query([*query, *_page(limit, before)])
        return await self._ask(read_threads, "GET", url)

    async def threads_by_id(self, thread_ids: Sequence[str]) -> tuple[Thread, ...]:
        """Those of these threads that exist. Not documented in public.

        Raises:
            GigadeskError: the service could not be asked.
        """
        body = threads_request(thread_ids)
        return await self._ask(read_threads, "POST", "/threads/retrieve", headers=_JSON, body=body)

    async def create_thread(self) -> Thread:
        """An empty thread. One with a model or an assistant begins with its messages. Not documented in public.

        Raises:
            GigadeskError: the service could not be asked.
        """
        return await self._ask_once(read_thread, "/threads", b"{}")

    async def delete_thread(self, thread_id: str) -> bool:
        """Whether the service has deleted the thread. Not documented in public.

        Raises:
            ModelUnavailableError: there is none with this id; also when a first try, whose answer was lost, did it.
            GigadeskError: the service could not be asked.
        """
        body = named_request(thread_id=thread_id)
        response = await self._connection.open("POST", "/threads/delete", headers=_JSON, body=body)
        if not content_type_of(response):
            drop(response)
            return True  # the official library looks at the status only: there may be no body
        return understood(read_deleted, await json_body(response))

    async def thread_messages(
        self, thread_id: str, *, limit: int | None = None, before: int | None = None
    ) -> tuple[ThreadMessage, ...]:
        """The messages of a thread in the server's order. Not documented in public.

        Args:
            thread_id: of the thread.
            limit: at most so many.
            before: only those from before this time, in Unix seconds.

        Raises:
            ModelUnavailableError: there is no such thread.
            GigadeskError: the service could not be asked.
        """
        url = self._connection.addresses.path("threads", "messages")
        return await self._ask(read_messages, "GET", url.with_query([("thread_id", thread_id), *_page(limit, before)]))

    async def add_thread_messages(
        self, messages: Sequence[RequestMessage], *, thread_id: str = "", assistant_id: str = "", model: str = ""
    ) -> AddedMessages:
        """Add messages that nobody answers yet. Without `thread_id` a thread begins. Not documented in public.

        Raises:
            ModelUnavailableError: there is no such thread, assistant or model.
            FileGoneError: a file is not there.
            GigadeskError: the service could not be asked, or does not want them.
        """
        model = model or self._connection.options.model
        body = messages_request(messages, thread_id=thread_id, assistant_id=assistant_id, model=model)
        return await self._ask_once(read_added, "/threads/messages", body)

    async def start_run(self, request: ThreadRequest) -> ThreadRun:
        """Have a thread answered while nobody waits; `thread_run` tells how it goes. Not documented in public.

        Only the options of `request` are sent, no messages: add them before.

        Raises:
            ModelUnavailableError: there is no such thread or assistant.
            RequestRejectedError: the thread is locked by another run, or holds nothing to answer.
            GigadeskError: the service could not be asked.
        """
        body = run_request(_completed(replace(request, messages=()), self._connection), stream=False)
        return await self._ask_once(read_run, "/threads/run", body)

    async def thread_run(self, thread_id: str) -> ThreadRun:
        """How the last run of a thread stands, and what the model has said. Not documented in public.

        Raises:
            ModelUnavailableError: there is no such thread.
            GigadeskError: the service could not be asked.
        """
        url = self._connection.addresses.path("threads", "run").with_query({"thread_id": thread_id})
        return await self._ask(read_run, "GET", url)

    def reply_in_thread(self, request: ThreadRequest) -> AsyncGenerator[ReplyEvent, None]:
        """Add the messages and stream the answer; the last event is `Finished`. Not documented in public.

        Without messages those that are there are answered.

        Raises:
            GigadeskError: while iterating; what was yielded before stands.
        """
        path = ("threads", "messages", "run") if request.messages else ("threads", "run")
        return replies.stream(self._connection, self._wire(path, request, stream=True), only_once=True)

    async def complete_in_thread(self, request: ThreadRequest) -> tuple[ReplyEvent, ...]:
        """The same in a single piece; the last event is `Finished`. Needs messages. Not documented in public.

        Raises:
            GigadeskError: there is no answer.
        """
        path = ("threads", "messages", "run")
        return await replies.whole(self._connection, self._wire(path, request, stream=False), only_once=True)

    def rerun_thread(self, request: ThreadRequest) -> AsyncGenerator[ReplyEvent, None]:
        """Stream another answer to the last question, in place of the old one. Not documented in public.

        Only the thread and the options of `request` are sent. Sent again when it fails before its first event.

        Raises:
            GigadeskError: while iterating; what was yielded before stands.
        """
        return replies.stream(self._connection, self._rerun_wire(request, stream=True))

    async def complete_rerun(self, request: ThreadRequest) -> tuple[ReplyEvent, ...]:
        """The same in a single piece; the last event is `Finished`. Not documented in public.

        Raises:
            GigadeskError: there is no answer.
        """
        return await replies.whole(self._connection, self._rerun_wire(request, stream=False))

    def _rerun_wire(self, request: ThreadRequest, *, stream: bool) -> "partial[_ThreadWire]":
        request = replace(request, messages=(), assistant_id="")
        return self._wire(("threads", "messages", "rerun"), request, stream=stream)

    def _wire(self, path: tuple[str, ...], request: ThreadRequest, *, stream: bool) -> "partial[_ThreadWire]":
        return partial(_ThreadWire, self._connection, path, request, stream=stream)


class _ThreadWire:
    """An answer in a thread: a `replies.Wire`."""

    def __init__(self, connection: Connection, path: tuple[str, ...], request: ThreadRequest, *, stream: bool) -> None:
        self._url = connection.addresses.path(*path)
        self._body = run_request(_completed(request, connection), stream=stream)

    def url(self) -> URL:
        return self._url

    def body(self) -> bytes:
        return self._body

    def reader(self) -> ReplyReader:
        return ThreadReplyReader()

    def says_it_otherwise(self, error: ServiceError) -> bool:  # noqa: ARG002 - there is no other way
        return False


def _completed(request: ThreadRequest, connection: Connection) -> ThreadRequest:
    """With what the options say about every request."""
    options = connection.options
    return replace(
        request,
        model=request.model or options.model,
        profanity_check=options.profanity_check if request.profanity_check is None else request.profanity_check,
        flags=request.flags or options.flags,
    )


def _page(limit: int | None, before: int | None) -> list[tuple[str, str]]:
    return [(name, str(value)) for name, value in (("limit", limit), ("before", before)) if value is not None]
