"""How much of the model's context a chat takes: estimated at once, counted by the service when there is time."""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from gigadesk.chat import ChatId, ContextUse, Message, MessageId
from gigadesk.conversations.branch_estimate import READ_MAX_CHARS, BranchEstimate
from gigadesk.conversations.history import sendable, text_of
from gigadesk.conversations.live_chats import LiveChats
from gigadesk.conversations.service import Service
from gigadesk.conversations.token_estimate import MESSAGE_TOKENS, tokens_of_message, tokens_of_text
from gigadesk.errors import GigadeskError
from gigadesk.facts import (
    BranchChanged,
    ChatRemoved,
    ChatsRemoved,
    ContextMeasured,
    Event,
    FolderRemoved,
    MessageAdded,
    MessageChanged,
    MessageEnded,
)
from gigadesk.gigachat.capabilities import capabilities_of
from gigadesk.settings import Generation
from gigadesk.tasks import TaskScope

ANSWER_RESERVE_TOKENS = 4_096
"""Kept free for the answer when the settings set it no limit: more than answers usually are."""
LEAST_LIMIT_TOKENS = 1_024
SLOT = "context"
CHATS_KEPT = 8
COUNTS_KEPT = 64


class ContextDesk:
    """Keeps the estimates of the chats that were asked about last; `note` tells it what happens."""

    def __init__(
        self,
        live: LiveChats,
        publish: Callable[[Event], None],
        generation: Callable[[], Generation],
        model_for: Callable[[ChatId], str],
        service_for: Callable[[ChatId], Service],
        tasks: TaskScope,
    ) -> None:
        self._live = live
        self._publish = publish
        self._generation = generation
        self._model_for = model_for
        self._service_for = service_for
        self._tasks = tasks
        self._estimates: OrderedDict[ChatId, BranchEstimate] = OrderedDict()
        self._reading: tuple[ChatId, Iterator[None]] | None = None
        """What an estimate is being made of, if one is."""
        self._offered: tuple[ChatId, Sequence[MessageId]] | None = None
        self._counts: OrderedDict[tuple[str, int, int], int] = OrderedDict()

    def use(self, chat_id: ChatId, draft: str) -> ContextUse:
        """What the next request would take if `draft` were sent now, estimated. Cheap after `prepare`."""
        estimate = self._estimate(chat_id)
        limit = self.limit(self._model_for(chat_id))
        files = estimate.file_tokens(self._live.draft_files(chat_id))
        own = self._system_tokens() + _tokens_of_draft(draft)
        start = estimate.first_that_fits((limit - files) / estimate.ratio - own)
        used = estimate.ratio * (own + estimate.tokens_from(start)) + files
        return ContextUse(round(used), limit, is_exact=False, dropped_messages=start)

    def prepare(self, chat_id: ChatId) -> bool:
        """Read some messages of a chat that `use` will be asked about; True when all that it needs is read."""
        if chat_id in self._estimates:
            return True
        known, self._reading = self._reading, None
        reading = known[1] if known is not None and known[0] == chat_id else self._read(chat_id)
        next(reading, None)
        if chat_id in self._estimates:
            return True
        self._reading = chat_id, reading
        return False

    def fitting(self, branch: Sequence[Message], model: str, share: float = 1.0) -> Sequence[Message]:
        """The end of `branch` that fits into this share of the limit.

        Whole turns are cut from its front; its last question always stays.
        """
        room = self.limit(model) * share
        # The estimate is never more than a token for two characters: most chats need no closer look.
        if sum(len(message.text) for message in branch) / 2 + MESSAGE_TOKENS * len(branch) < room / 2:
            return branch
        counted = BranchEstimate(branch, self._system_tokens())
        known = self._estimates.get(branch[-1].chat_id)
        ratio = counted.ratio if known is None else known.ratio
        return branch[counted.first_that_fits((room - counted.file_tokens(())) / ratio - self._system_tokens()) :]

    def limit(self, model: str) -> int:
        """Tokens that a request may have, the answer's share taken off."""
        reserve = self._generation().max_tokens or ANSWER_RESERVE_TOKENS
        return max(capabilities_of(model).context_tokens - reserve, LEAST_LIMIT_TOKENS)

    def offer(self, chat_id: ChatId, ids: Sequence[MessageId]) -> None:
        """Somebody has just read which messages the shown branch of a chat has: that need not be read again."""
        if chat_id not in self._estimates:
            self._offered = (chat_id, ids)

    def note(self, event: Event) -> None:
        """Keep the estimates in step with what happens."""
        match event:
            case MessageAdded(message=message) | MessageEnded(message=message) | MessageChanged(message=message):
                self._offered = self._reading = None
                estimate = self._estimates.get(message.chat_id)
                if estimate is not None and not estimate.learn(message):
                    del self._estimates[message.chat_id]
            case BranchChanged(chat_id=chat_id) | ChatRemoved(chat_id=chat_id):
                self._forget_chats([chat_id])
            case ChatsRemoved(chat_ids=chat_ids) | FolderRemoved(chat_ids=chat_ids):
                self._forget_chats(chat_ids)
            case _:
                pass

    def _forget_chats(self, chat_ids: Iterable[ChatId]) -> None:
        self._offered = self._reading = None
        for chat_id in self._estimates.keys() & set(chat_ids):
            del self._estimates[chat_id]

    def forget(self) -> None:
        """The system prompt or the accounts changed."""
        self._estimates.clear()
        self._reading = None

    def measure(self, chat_id: ChatId, draft: str) -> None:
        """Let the service count what `use` estimates: `ContextMeasured`, or nothing when it cannot be asked.

        One count runs at a time; a new one takes the place of the old. For moments when the user does not type.
        """
        measure = partial(self._measure, chat_id, draft, self._service_for(chat_id))
        self._tasks.start(SLOT, "context", measure)

    async def _measure(self, chat_id: ChatId, draft: str, service: Service) -> None:
        model = self._model_for(chat_id)
        if not model:
            return
        dropped = self.use(chat_id, draft).dropped_messages
        branch = self._estimate(chat_id).messages_from(dropped)
        texts = (self._generation().system_prompt, *map(text_of, sendable(branch)))
        try:
            counted = await self._count(service, model, texts) + await self._count(service, model, (draft,))
        except GigadeskError:
            return
        estimate = self._estimate(chat_id)
        own = self._system_tokens() + _tokens_of_draft(draft)
        estimate.correct(counted, own + estimate.tokens_from(dropped))
        files = estimate.file_tokens(self._live.draft_files(chat_id))
        use = ContextUse(counted + round(files), self.limit(model), is_exact=not files, dropped_messages=dropped)
        self._publish(ContextMeasured(chat_id, use))

    async def _count(self, service: Service, model: str, texts: tuple[str, ...]) -> int:
        texts = tuple(filter(str.strip, texts))
        if not texts:
            return 0
        key = (model, sum(map(len, texts)), hash(texts))  # not the texts: they would be kept in memory
        if key not in self._counts:
            self._counts[key] = await service.count_tokens(model, texts)
            if len(self._counts) > COUNTS_KEPT:
                self._counts.popitem(last=False)
        return self._counts[key]

    def _estimate(self, chat_id: ChatId) -> BranchEstimate:
        while not self.prepare(chat_id):
            pass
        self._estimates.move_to_end(chat_id)
        return self._estimates[chat_id]

    def _read(self, chat_id: ChatId) -> Iterator[None]:
        """Make the estimate of a chat, with a pause behind each portion of its messages."""
        offered, self._offered = self._offered, None
        ids = offered[1] if offered is not None and offered[0] == chat_id else self._live.outline(chat_id).ids
        end: list[Message] = []
        tokens: list[float] = []
        for portion in self._live.portions_of_branch(ids[-1] if ids else None, READ_MAX_CHARS):
            end = portion + end
            tokens = [*map(tokens_of_message, portion), *tokens]
            yield
        unread = ids[: len(ids) - len(end)]
        self._estimates[chat_id] = BranchEstimate(end, self._system_tokens(), unread, tokens)
        if len(self._estimates) > CHATS_KEPT:
            self._estimates.popitem(last=False)

    def _system_tokens(self) -> float:
        return tokens_of_text(self._generation().system_prompt)


def _tokens_of_draft(draft: str) -> float:
    return tokens_of_text(draft) + MESSAGE_TOKENS if draft.strip() else 0.0
