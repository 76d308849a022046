"""A scripted service, a loop whose clock jumps instead of waiting, and a desk that ties them to a real store."""

import asyncio
import selectors
import shutil
import tempfile
import uuid
from collections.abc import AsyncGenerator, Callable, Coroutine, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from gigadesk.attachments import Shelf
from gigadesk.chat import Chat, ChatId, FileKind, Message
from gigadesk.conversations import Conversations
from gigadesk.conversations.gathering import GATHERED_S
from gigadesk.conversations.service import Progress, Services
from gigadesk.errors import GigadeskError, StorageCause, StorageError
from gigadesk.facts import Event, MessageEnded, MessageGrew
from gigadesk.files import write_private
from gigadesk.gigachat.events import Finished, Model, ReplyEvent, ReplyRequest, TextDelta
from gigadesk.limits import TITLE_MAX_CHARS
from gigadesk.settings import Generation
from gigadesk.store import Store
from gigadesk.tasks import TaskScope

STEPS_LIMIT = 2000
FULL = StorageError(StorageCause.FULL, "chats.db")
PICTURE_PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x02\x00\x00\x00\x02\x08\x02\x00\x00\x00"
"""The beginning of a picture of two by two pixels; nobody looks further."""
PICTURE = b"\xff\xd8\xff\xe0 a picture"


class _JumpingSelector(selectors.DefaultSelector):
    def __init__(self) -> None:
        super().__init__()
        self.skipped_s = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready = super().select(0)
        if not ready and timeout is None:
            raise RuntimeError("nothing will ever happen any more")
        if not ready and timeout:
            self.skipped_s += timeout
        return ready


class JumpingLoop(asyncio.SelectorEventLoop):
    """When everybody waits for a time, it is that time; till then none passes, however slow the machine is."""

    def __init__(self) -> None:
        self._jumping = _JumpingSelector()
        super().__init__(self._jumping)

    def time(self) -> float:
        return self._jumping.skipped_s

    def run_in_executor(self, executor: Any, func: Callable[..., Any], *args: Any) -> "asyncio.Future[Any]":
        # What a thread would do is done at once: nobody may wait for a thread where time jumps.
        future = self.create_future()
        try:
            future.set_result(func(*args))
        except Exception as exc:  # noqa: BLE001  (it is passed on)
            future.set_exception(exc)
        return future


def play(story: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run a story on a loop that never waits."""
    with asyncio.Runner(loop_factory=JumpingLoop) as runner:
        runner.run(story())


class Call:
    """One request that reached the service; the test says what comes back."""

    def __init__(self, request: ReplyRequest) -> None:
        self.request = request
        self.is_open = True
        self._script: asyncio.Queue[ReplyEvent | BaseException | None] = asyncio.Queue()

    @property
    def texts(self) -> list[str]:
        return [message.text for message in self.request.messages]

    def say(self, *texts: str) -> None:
        for text in texts:
            self._script.put_nowait(TextDelta(text))

    def finish(self, reason: str = "stop", **finished: Any) -> None:
        self._script.put_nowait(Finished(reason, **finished))
        self._script.put_nowait(None)

    def answer(self, *texts: str) -> None:
        self.say(*texts)
        self.finish()

    def fail(self, error: BaseException) -> None:
        self._script.put_nowait(error)

    def give(self, event: ReplyEvent) -> None:
        self._script.put_nowait(event)

    def cut(self) -> None:
        """End without a word, as a lost connection that nobody noticed."""
        self._script.put_nowait(None)

    async def stream(self) -> AsyncGenerator[ReplyEvent, None]:
        try:
            while (event := await self._script.get()) is not None:
                if isinstance(event, BaseException):
                    raise event
                yield event
        finally:
            self.is_open = False


class Transfer:
    """One file that reached the service, or is wanted from it; the test says what comes of it."""

    def __init__(self, content: bytes, name: str, mime: str, on_progress: Progress) -> None:
        self.content = content
        self.name = name
        self.mime = mime
        self.on_progress = on_progress
        self.is_open = True
        self._outcome: asyncio.Queue[str | GigadeskError] = asyncio.Queue()

    def succeed(self, outcome: str) -> None:
        self._outcome.put_nowait(outcome)

    def fail(self, error: GigadeskError) -> None:
        self._outcome.put_nowait(error)

    async def outcome(self) -> str:
        try:
            outcome = await self._outcome.get()
            if isinstance(outcome, GigadeskError):
                raise outcome
            return outcome
        finally:
            self.is_open = False


class FakeService:
    """Keeps every request for the test to answer."""

    def __init__(self, *models: str) -> None:
        self.calls: list[Call] = []
        self.listed: tuple[Model, ...] | GigadeskError = tuple(map(Model, models or ("GigaChat-2", "GigaChat-2-Max")))
        self.lists_asked = 0
        self.uploads: list[Transfer] = []
        self.downloads: list[Transfer] = []
        self.holds_transfers = False
        """Whether uploads and downloads wait for the test; else they succeed at once."""
        self.counted: list[tuple[str, tuple[str, ...]]] = []
        self.tokens: int | GigadeskError = 100
        """What each text is counted as."""

    def reply(self, request: ReplyRequest) -> AsyncGenerator[ReplyEvent, None]:
        call = Call(request)
        self.calls.append(call)
        return call.stream()

    async def models(self) -> tuple[Model, ...]:
        self.lists_asked += 1
        await asyncio.sleep(0)
        if isinstance(self.listed, GigadeskError):
            raise self.listed
        return self.listed

    async def upload(self, path: Path, name: str, mime: str, on_progress: Progress) -> str:
        transfer = Transfer(path.read_bytes(), name, mime, on_progress)  # noqa: ASYNC240  (a small one)
        self.uploads.append(transfer)
        await asyncio.sleep(0)
        return await transfer.outcome() if self.holds_transfers else f"remote-{len(self.uploads)}"

    async def download(self, remote_id: str, target: Path, on_progress: Progress) -> tuple[FileKind, str, int]:
        transfer = Transfer(b"", remote_id, "", on_progress)
        self.downloads.append(transfer)
        await asyncio.sleep(0)
        content = (await transfer.outcome()).encode() if self.holds_transfers else PICTURE
        write_private(target, content)
        return FileKind.IMAGE, "image/jpeg", len(content)

    async def count_tokens(self, model: str, texts: Sequence[str]) -> int:
        self.counted.append((model, tuple(texts)))
        await asyncio.sleep(0)
        if isinstance(self.tokens, GigadeskError):
            raise self.tokens
        return self.tokens * len(texts)

    @property
    def open_calls(self) -> list[Call]:
        return [call for call in self.calls if call.is_open]


class FakeServices:
    """The default account, whose id is empty, and whichever others a test opens."""

    default_id = ""

    def __init__(self, lanes: int) -> None:
        self.numbers = {"": lanes}
        self.by_id = {"": FakeService()}
        self.v2: set[str] = set()

    def open(self, account: str, *, lanes: int = 1, models: Sequence[str] = ()) -> FakeService:
        self.numbers[account] = lanes
        self.by_id[account] = FakeService(*models)
        return self.by_id[account]

    def of(self, account: str) -> FakeService:
        return self.by_id[self.resolve(account)]

    def service(self, account_id: str) -> FakeService:
        return self.of(account_id)

    def lanes(self, account_id: str) -> int:
        return self.numbers[self.resolve(account_id)]

    def resolve(self, account_id: str) -> str:
        return account_id if account_id in self.by_id else ""

    def uses_v2(self, account_id: str) -> bool:
        return self.resolve(account_id) in self.v2


class Desk:
    """Conversations over a real store, with what they published. Fails at the end on any unexpected exception."""

    def __init__(
        self,
        store: Store | None = None,
        *,
        lanes: int = 1,
        generation: Generation | None = None,
        titles: bool = False,
        folder: Path | None = None,
        keeps_folder: bool = False,
        services: Services | None = None,
    ) -> None:
        self.store = store or Store.in_memory()
        self.folder = folder or Path(tempfile.gettempdir()) / f"gd-desk-{uuid.uuid4().hex}"
        """Made when the first file is kept, and gone at the end."""
        self.shelf = Shelf(self.folder)
        self._keeps_folder = keeps_folder
        self.services = FakeServices(lanes)
        self.events: list[Event] = []
        self.crashes: list[tuple[str, BaseException]] = []
        self.tasks = TaskScope(lambda name, error: self.crashes.append((name, error)))
        self.now = 1000.0
        self.listener: Callable[[Event], object] = id
        self._names_chats_itself = not titles
        self.conversations = Conversations(
            self.store,
            services or self.services,
            self.tasks,
            self._publish,
            generation=generation or Generation(),
            shelf=self.shelf,
            clock=self._clock,
        )

    @property
    def service(self) -> FakeService:
        """The service of the default account."""
        return self.services.of("")

    def set_lanes(self, lanes: int) -> None:
        self.services.numbers[""] = lanes
        self.conversations.accounts_changed()

    def _clock(self) -> float:
        self.now += 1
        return self.now

    def _publish(self, event: Event) -> None:
        self.listener(event)
        self.events.append(event)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        await self.conversations.close()
        await self.tasks.close(1)
        self.store.close()
        if not self._keeps_folder:
            shutil.rmtree(self.folder, ignore_errors=True)
        assert exc_info[0] is not None or self.crashes == []

    def new_chat(self) -> ChatId:
        chat_id = self.conversations.new_chat()
        if self._names_chats_itself:
            # A name of the user's own: the model is not asked for one, and the test sees only its own requests.
            self.conversations.rename(chat_id, f"Chat {chat_id}"[:TITLE_MAX_CHARS])
        return chat_id

    @contextmanager
    def refusing(self) -> Iterator[None]:
        """Meanwhile every transaction fails as on a full disk."""
        database = self.store._database
        transaction = database.transaction

        @contextmanager
        def refuse(*, is_barrier: bool) -> Iterator[None]:
            raise FULL
            yield

        database.transaction = refuse  # type: ignore[method-assign]
        try:
            yield
        finally:
            database.transaction = transaction  # type: ignore[method-assign]

    async def until(self, condition: Callable[[], object]) -> None:
        for _ in range(STEPS_LIMIT):
            if condition():
                return
            await asyncio.sleep(0)
        raise AssertionError("it never came true")

    async def idle(self) -> None:
        """Let everything happen that happens without waiting for a time."""
        for _ in range(50):
            await asyncio.sleep(0)

    async def gathered(self) -> None:
        """Let what has come so far be saved and shown: pieces that follow each other fast wait for a moment."""
        await self.idle()
        await asyncio.sleep(1.01 * GATHERED_S)

    async def call(self, number: int) -> Call:
        """The request with this number, from 0, once it is made."""
        await self.until(lambda: len(self.service.calls) > number)
        return self.service.calls[number]

    async def ask(self, chat_id: ChatId, question: str) -> Call:
        """Send and wait for the request. Only while a lane is free."""
        number = len(self.service.calls)
        assert self.conversations.send(chat_id, question)
        return await self.call(number)

    async def exchange(self, chat_id: ChatId, question: str, answer: str) -> Message:
        """A whole exchange; gives the reply."""
        call = await self.ask(chat_id, question)
        call.answer(answer)
        ended = len(self.of(MessageEnded))
        await self.until(lambda: len(self.of(MessageEnded)) > ended)
        await self.idle()
        return self.of(MessageEnded)[-1].message

    def of(self, kind: type) -> list[Any]:
        return [event for event in self.events if isinstance(event, kind)]

    def kinds(self) -> list[type]:
        return [type(event) for event in self.events]

    def last(self, chat_id: ChatId) -> Message:
        return self.conversations.messages(chat_id)[-1]

    def texts(self, chat_id: ChatId) -> list[str]:
        return [message.text for message in self.conversations.messages(chat_id)]

    def shown_text(self, message: Message) -> str:
        """What a view that applied every event would show of a reply."""
        return "".join(event.delta for event in self.of(MessageGrew) if event.message_id == message.id)

    def chat(self, chat_id: ChatId) -> Chat:
        return self.conversations.chat(chat_id)
