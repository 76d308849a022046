"""Names of chats: the first words at once, a better one from the model when nothing else wants the lane."""

import re
from collections.abc import Callable
from contextlib import aclosing

from gigadesk.chat import ChatId, Message, Role
from gigadesk.conversations.history import REFUSALS
from gigadesk.conversations.prompts import title_prompt
from gigadesk.conversations.send_queue import Job
from gigadesk.conversations.service_link import ServiceLink
from gigadesk.errors import GigadeskError
from gigadesk.gigachat.events import Finished, ReplyRequest, RequestMessage, TextDelta
from gigadesk.limits import TITLE_MAX_CHARS
from gigadesk.text import clean

FIRST_WORDS_MAX_CHARS = 60
PROPOSAL_MAX_CHARS = 80
"""A longer proposal is no title: the model has answered the question instead."""
TITLE_MAX_TOKENS = 40
EXCERPT_MAX_CHARS = 1000
"""Of question and answer; enough to name them, and cheap."""

_SPACES = re.compile(r"\s+")
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f]")
_LINE_MARKS = re.compile(r"^\s*(?:#{1,6}\s+|>\s*|[-*+]\s+)+")
_INLINE_MARKS = re.compile(r"\*\*|__|`+|~~")
_LINKS = re.compile(r"!?\[([^\]\n]*)\]\([^)\n]*\)")
_LABEL = re.compile(r"^(?:заголовок|название|тема|title)\s*:\s*", re.IGNORECASE)
_QUOTES = "\"'«»„“”‘’‹›*_ "


def first_words(text: str) -> str:
    """A title from what the user said first; empty only if there is nothing to see in it."""
    line = _one_line(text)
    if len(line) <= FIRST_WORDS_MAX_CHARS:
        return line
    cut = line[:FIRST_WORDS_MAX_CHARS]
    # Not in the middle of a word, unless it is one very long word.
    head, space, _ = cut.rpartition(" ")
    return f"{head if space and len(head) >= FIRST_WORDS_MAX_CHARS // 2 else cut}…"


def clean_title(text: str) -> str:
    """A title typed by the user, fit for one line of the list."""
    return _one_line(text)[:TITLE_MAX_CHARS].strip()


def read_proposal(text: str) -> str:
    """The title in an answer of the model; empty when it holds none."""
    lines = [line for line in clean(text).split("\n") if line.strip(_QUOTES + "#>-`~")]
    if not lines:
        return ""
    line = _INLINE_MARKS.sub("", _LINKS.sub(r"\1", _LINE_MARKS.sub("", lines[0])))
    line = _LABEL.sub("", _one_line(line).strip(_QUOTES)).strip(_QUOTES)
    line = line.removesuffix(".").strip(_QUOTES)
    return line if len(line) <= PROPOSAL_MAX_CHARS else ""


def title_request(question: Message, answer: Message, model: str) -> ReplyRequest:
    """Ask for a title. Without a session id: this is no part of the chat's cached prompt."""
    excerpt = f"{question.text[:EXCERPT_MAX_CHARS]}\n\n---\n\n{answer.text[:EXCERPT_MAX_CHARS]}"
    return ReplyRequest(
        model=model,
        messages=(
            RequestMessage(Role.SYSTEM, title_prompt(question.text)),
            RequestMessage(Role.USER, excerpt),
        ),
        max_tokens=TITLE_MAX_TOKENS,
    )


class TitleJob:
    """Asks the model for a title of one chat, in the background, once. A failure changes nothing."""

    def __init__(
        self,
        chat_id: ChatId,
        link: ServiceLink,
        make_request: Callable[[], ReplyRequest | None],
        on_title: Callable[[ChatId, str], None],
    ) -> None:
        self._chat_id = chat_id
        self._link = link
        self._make_request = make_request
        self._on_title = on_title
        self.job = Job(("title", chat_id), chat_id, f"title of chat {chat_id}", self._run, is_background=True)

    async def _run(self) -> None:
        request = self._make_request()
        if request is None:  # named by the user or deleted while it waited
            return
        pieces: list[str] = []
        reason = ""
        try:
            async with aclosing(self._link.service.reply(request)) as events:
                async for event in events:
                    if isinstance(event, TextDelta):
                        pieces.append(event.text)
                    elif isinstance(event, Finished):
                        reason = event.reason
        except GigadeskError:
            return
        title = read_proposal("".join(pieces))
        if title and reason and reason not in REFUSALS:
            self._on_title(self._chat_id, title)


def _one_line(text: str) -> str:
    return _SPACES.sub(" ", _CONTROLS.sub(" ", clean(text))).strip()
