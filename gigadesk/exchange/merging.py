"""From the small parts in which other programs keep an answer to our messages. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from gigadesk.chat import Role, Source, Status, Usage
from gigadesk.exchange.problems import Trouble
from gigadesk.exchange.records import FileRecord, MessageRecord, StoredError
from gigadesk.exchange.trees import tree_of
from gigadesk.limits import IMPORT_FILES_PER_MESSAGE, IMPORT_MESSAGES_PER_CHAT, MESSAGE_MAX_CHARS

_CITED = re.compile("\ue200(\\d{1,6})\ue201")


def cited(number: int) -> str:
    """Stands in the text of a part for its source of this number, until it is known what number that gets."""
    return f"\ue200{number}\ue201"


@dataclass(frozen=True, slots=True)
class Part:
    """A node of a conversation. Without a role it only holds others together."""

    node: str
    parent: str | None
    role: Role | None = None
    text: str = ""
    created_at: float | None = None
    model: str = ""
    reasoning: str = ""
    reasoning_s: float | None = None
    files: tuple[FileRecord, ...] = ()
    sources: tuple[Source, ...] = ()
    status: str = Status.DONE.value
    usage: Usage | None = None
    error: StoredError | None = None
    seconds: float | None = None

    @property
    def says_something(self) -> bool:
        return bool(self.text.strip() or self.reasoning or self.files or self.error) or self.reasoning_s is not None


def merged(
    parts: Sequence[Part], shown: str, before: float, now: float, problems: list[tuple[Trouble, str]]
) -> tuple[list[MessageRecord], int | None]:
    """The messages, numbered from 1, parents first, and which ends the shown branch.

    Parts of an answer that follow each other without a fork become one message.
    """
    tree = tree_of([(part.node, part.parent) for part in parts])
    problems += tree.mistakes
    known: dict[str, Part] = {}
    for part in parts:
        known.setdefault(part.node, part)
    children: dict[str | None, int] = {}
    for parent in tree.parents.values():
        children[parent] = children.get(parent, 0) + 1
    messages: list[MessageRecord] = []
    more: dict[int, list[Part]] = {}
    place: dict[str, int | None] = {}
    for node in tree.order:
        part, parent = known[node], tree.parents[node]
        above = None if parent is None else place[parent]
        if part.role is None or not part.says_something:
            place[node] = above
            continue
        last = messages[above - 1] if above is not None else None
        if last is not None and part.role is Role.ASSISTANT and last.role == Role.ASSISTANT and children[parent] == 1:
            more.setdefault(last.number, []).append(part)
            place[node] = above
            continue
        if len(messages) >= IMPORT_MESSAGES_PER_CHAT:
            problems.append((Trouble.TOO_MANY_MESSAGES, node))
            break
        if part.created_at is None and part.role is not Role.SYSTEM:
            problems.append((Trouble.BAD_TIME, node))
        created_at = part.created_at or (last.created_at if last is not None else before) or now
        if len(part.text) > MESSAGE_MAX_CHARS:
            problems.append((Trouble.TEXT_CUT, node))
        messages.append(_message(part, len(messages) + 1, above, created_at))
        place[node] = len(messages)
    for number, others in more.items():
        messages[number - 1] = _joined(messages[number - 1], others, problems)
    messages = list(map(_printed, messages))
    end = place.get(shown)
    if end is None and messages:
        end = messages[-1].number
    elif end is not None:
        end = _deepest(messages, end)
    return _with_ways(messages, end), end


def _message(part: Part, number: int, parent: int | None, created_at: float) -> MessageRecord:
    return MessageRecord(
        number=number,
        parent=parent,
        role=str(part.role),
        status=Status.FAILED.value if part.error is not None else part.status,
        created_at=created_at,
        text=part.text[:MESSAGE_MAX_CHARS],
        model=part.model if part.role is Role.ASSISTANT else "",
        usage=part.usage,
        error=part.error,
        reasoning=part.reasoning[:MESSAGE_MAX_CHARS],
        reasoning_s=part.reasoning_s,
        seconds=part.seconds,
        sources=part.sources,
        files=part.files,
    )


def _joined(first: MessageRecord, others: Sequence[Part], problems: list[tuple[Trouble, str]]) -> MessageRecord:
    sources = {source.url: source for source in first.sources}
    texts = [first.text]
    for part in others:
        numbers = {}
        for source in part.sources:
            numbers[source.number] = sources.setdefault(source.url, replace(source, number=len(sources) + 1)).number
        texts.append(_renumbered(part.text, numbers))
    files = [*first.files, *(file for part in others for file in part.files)]
    times = [part.reasoning_s for part in others if part.reasoning_s is not None]
    text = "\n\n".join(filter(None, texts))
    reasoning = "\n\n".join(filter(None, (first.reasoning, *(part.reasoning for part in others))))
    if max(len(text), len(reasoning)) > MESSAGE_MAX_CHARS:
        problems.append((Trouble.TEXT_CUT, others[-1].node))
    return replace(
        first,
        text=text[:MESSAGE_MAX_CHARS],
        reasoning=reasoning[:MESSAGE_MAX_CHARS],
        reasoning_s=(first.reasoning_s or 0.0) + sum(times) if times else first.reasoning_s,
        model=next(filter(None, (part.model for part in reversed(others))), first.model),
        files=tuple(files[:IMPORT_FILES_PER_MESSAGE]),
        sources=tuple(sources.values()),
        status=others[-1].status,
    )


def _renumbered(text: str, numbers: Mapping[int, int]) -> str:
    return _CITED.sub(lambda found: cited(numbers.get(int(found[1]), 0)), text) if numbers else text


def _printed(message: MessageRecord) -> MessageRecord:
    """With its citations as they are printed: `[2]`."""
    if "\ue200" not in message.text:
        return message
    return replace(message, text=_CITED.sub(lambda found: f"[{found[1]}]" if found[1] != "0" else "", message.text))


def _deepest(messages: Sequence[MessageRecord], number: int) -> int:
    """The end of the branch through a message, the newest child each time."""
    newest = {message.parent: message.number for message in messages}
    while number in newest:
        number = newest[number]
    return number


def _with_ways(messages: list[MessageRecord], end: int | None) -> list[MessageRecord]:
    """Each message on the way to the shown end knows its shown child."""
    while end is not None:
        parent = messages[end - 1].parent
        if parent is not None:
            messages[parent - 1] = replace(messages[parent - 1], shown_child=end)
        end = parent
    return messages
