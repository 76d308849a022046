"""Better names for chats: asked of the model in the background, when nothing of the user wants the lane."""

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import aclosing

from gigadesk.chat import ChatId, Message, Role
from gigadesk.conversations.history import REFUSALS
from gigadesk.conversations.prompts import title_prompt
from gigadesk.conversations.queue_share import QueueShare
from gigadesk.conversations.send_queue import Job
from gigadesk.conversations.service_link import ServiceLinks
from gigadesk.conversations.title_text import read_proposal
from gigadesk.errors import GigadeskError, RateLimitError
from gigadesk.gigachat.events import Finished, ReplyRequest, RequestMessage, TextDelta

TITLE_MAX_TOKENS = 40
EXCERPT_MAX_CHARS = 1000
"""Of question and answer; enough to name them, and cheap."""
RETRIES = 2
RETRY_DELAY_S = 10.0
"""The service may still count the answer that has just ended, or another program of the user holds the key."""


class Titles:
    """Asks once for each chat. A failure changes nothing: the first words remain.

    `first_messages` gives the beginning of a chat, or nothing when it needs no title (any more); `name` is called
    with what the model proposed.
    """

    def __init__(
        self,
        links: ServiceLinks,
        queue: QueueShare,
        account_of: Callable[[ChatId], str],
        first_messages: Callable[[ChatId], Sequence[Message]],
        name: Callable[[ChatId, str], None],
    ) -> None:
        self._links = links
        self._queue = queue
        self._account_of = account_of
        self._first_messages = first_messages
        self._name = name
        self._wished: set[ChatId] = set()
        self._refusals: Counter[ChatId] = Counter()

    def wish(self, chat_id: ChatId) -> None:
        """Ask for a title some time, unless that was wished before."""
        if chat_id in self._wished or not self._first_messages(chat_id):
            return
        self._wished.add(chat_id)
        self._queue.add(self._job(chat_id))

    def _job(self, chat_id: ChatId) -> Job:
        job = Job(
            slot=("title", chat_id),
            chat_id=chat_id,
            name=f"title of chat {chat_id}",
            account=lambda: self._account_of(chat_id),
            run=lambda: self._ask(chat_id, self._queue.account_of(job)),
            is_background=True,
        )
        return job

    async def _ask(self, chat_id: ChatId, account: str) -> float | None:
        request = _request(self._first_messages(chat_id))
        if request is None:  # named by the user while it waited
            return None
        pieces: list[str] = []
        reason = ""
        try:
            async with aclosing(self._links.of(account).service.reply(request)) as events:
                async for event in events:
                    if isinstance(event, TextDelta):
                        pieces.append(event.text)
                    elif isinstance(event, Finished):
                        reason = event.reason
        except RateLimitError:
            self._refusals[chat_id] += 1
            return RETRY_DELAY_S if self._refusals[chat_id] <= RETRIES else None
        except GigadeskError:
            return None
        title = read_proposal("".join(pieces))
        if title and reason and reason not in REFUSALS and self._first_messages(chat_id):
            self._name(chat_id, title)
        return None


def _request(messages: Sequence[Message]) -> ReplyRequest | None:
    # Without a session id: this is no part of the chat's cached prompt.
    if len(messages) < 2 or not messages[1].text or not messages[1].model:
        return None
    question, answer = messages[:2]
    # A message may be nothing but files: then their names are what was said.
    asked = question.text.strip() or ", ".join(file.name for file in question.files)
    excerpt = f"{asked[:EXCERPT_MAX_CHARS]}\n\n---\n\n{answer.text[:EXCERPT_MAX_CHARS]}"
    prompt = title_prompt(question.text.strip() or answer.text)
    return ReplyRequest(
        model=answer.model,
        messages=(
            RequestMessage(Role.SYSTEM, prompt),
            RequestMessage(Role.USER, excerpt),
        ),
        max_tokens=TITLE_MAX_TOKENS,
    )
