"""From a branch of the chat to what is sent. Pure."""

from collections.abc import Iterable, Sequence

from gigadesk.chat import Message, Role
from gigadesk.conversations.prompts import continue_prompt
from gigadesk.errors import ContentRefusedError
from gigadesk.gigachat.events import RequestMessage

REFUSALS = frozenset({"blacklist", "request_blacklist", "request_filter", "response_blacklist"})
"""Finish reasons that mean: the content filter stopped the question or the answer."""


def history_for_reply(branch: Sequence[Message], system_prompt: str) -> tuple[RequestMessage, ...]:
    """What to send for an answer to the last message of `branch`.

    Left out are replies without text, and earlier turns that the content filter refused: they would be refused
    again with each later request, although the user has moved on.
    """
    return _joined([*_system(system_prompt), *_turns(branch)])


def history_for_continuation(branch: Sequence[Message], system_prompt: str) -> tuple[RequestMessage, ...]:
    """What to send so that the model goes on with the reply that `branch` ends in."""
    if not branch[-1].text.strip():
        return history_for_reply(branch[:-1], system_prompt)
    unfinished = RequestMessage(Role.ASSISTANT, branch[-1].text)
    wish = RequestMessage(Role.USER, continue_prompt(branch[-1].text))
    return _joined([*_system(system_prompt), *_turns(branch[:-1]), unfinished, wish])


def _system(prompt: str) -> Iterable[RequestMessage]:
    if prompt.strip():
        yield RequestMessage(Role.SYSTEM, prompt)


def _turns(branch: Sequence[Message]) -> Iterable[RequestMessage]:
    for position, message in enumerate(branch):
        following = branch[position + 1] if position + 1 < len(branch) else None
        if _was_refused(message) or (following is not None and _was_refused(following)):
            continue
        if message.text.strip():
            yield RequestMessage(message.role, message.text)


def _was_refused(message: Message) -> bool:
    return message.role is Role.ASSISTANT and (
        message.finish_reason in REFUSALS or isinstance(message.error, ContentRefusedError)
    )


def _joined(messages: Iterable[RequestMessage]) -> tuple[RequestMessage, ...]:
    # Where a reply was left out, two messages of the user follow each other; the service wants turns.
    joined: list[RequestMessage] = []
    for message in messages:
        if joined and joined[-1].role is message.role:
            joined[-1] = RequestMessage(message.role, f"{joined[-1].text}\n\n{message.text}")
        else:
            joined.append(message)
    return tuple(joined)
