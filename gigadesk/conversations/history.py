"""From a branch of the chat to what is sent. Pure."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from gigadesk.chat import Message, Role
from gigadesk.conversations.prompts import continue_prompt
from gigadesk.errors import ContentRefusedError
from gigadesk.gigachat.events import RequestMessage

REFUSALS = frozenset({"blacklist", "request_blacklist", "request_filter", "response_blacklist"})
"""Finish reasons that mean: the content filter stopped the question or the answer."""

Writer = Callable[[Message], RequestMessage]
"""Makes of a message what is sent of it: which files and notes go along depends on the account."""


def text_only(message: Message) -> RequestMessage:
    """A message without its files."""
    return RequestMessage(message.role, text_of(message))


def text_of(message: Message) -> str:
    """The text that is sent; a question without words says at least what its files are called."""
    if message.text.strip() or message.role is not Role.USER:
        return message.text
    return ", ".join(file.name for file in message.files)


def history_for_reply(
    branch: Sequence[Message], system_prompt: str, write: Writer = text_only
) -> tuple[RequestMessage, ...]:
    """What to send for an answer to the last message of `branch`."""
    return _joined([*_system(system_prompt), *map(write, sendable(branch))])


def history_for_continuation(
    branch: Sequence[Message], system_prompt: str, write: Writer = text_only
) -> tuple[RequestMessage, ...]:
    """What to send so that the model goes on with the reply that `branch` ends in."""
    if not branch[-1].text.strip():
        return history_for_reply(branch[:-1], system_prompt, write)
    unfinished = RequestMessage(Role.ASSISTANT, branch[-1].text)
    wish = RequestMessage(Role.USER, continue_prompt(branch[-1].text))
    return _joined([*_system(system_prompt), *map(write, sendable(branch[:-1])), unfinished, wish])


def sendable(branch: Sequence[Message]) -> list[Message]:
    """The messages of a branch that are sent.

    Left out are replies without text, and earlier turns that the content filter refused: they would be refused
    again with each later request, although the user has moved on.
    """
    sent: list[Message] = []
    for position, message in enumerate(branch):
        following = branch[position + 1] if position + 1 < len(branch) else None
        if _was_refused(message) or (following is not None and _was_refused(following)):
            continue
        if text_of(message).strip():
            sent.append(message)
    return sent


def _system(prompt: str) -> Iterable[RequestMessage]:
    if prompt.strip():
        yield RequestMessage(Role.SYSTEM, prompt)


def _was_refused(message: Message) -> bool:
    return message.role is Role.ASSISTANT and (
        message.finish_reason in REFUSALS or isinstance(message.error, ContentRefusedError)
    )


def _joined(messages: Iterable[RequestMessage]) -> tuple[RequestMessage, ...]:
    # Where a reply was left out, two messages of the user follow each other; the service wants turns.
    joined: list[RequestMessage] = []
    for message in messages:
        if joined and joined[-1].role is message.role:
            joined[-1] = replace(
                joined[-1],
                text=f"{joined[-1].text}\n\n{message.text}",
                attachments=joined[-1].attachments + message.attachments,
                state_id=message.state_id,
            )
        else:
            joined.append(message)
    return tuple(joined)
