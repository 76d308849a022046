"""A program to be killed: answers stream into two chats, and every fact is printed once it was published.

Usage: kill_driver.py DATABASE SEED. Prints one JSON line for each stored question and each piece shown;
pieces of reasoning under the negative id of their message.
"""

import asyncio
import json
import random
import sys
from collections.abc import AsyncGenerator
from pathlib import Path

from gigadesk.attachments import Shelf
from gigadesk.conversations import Conversations
from gigadesk.facts import Event, MessageAdded, MessageGrew, MessageThought
from gigadesk.gigachat.events import Finished, Model, ReasoningDelta, ReplyEvent, ReplyRequest, TextDelta
from gigadesk.settings import Generation
from gigadesk.store import Store
from gigadesk.tasks import TaskScope


class Chatterbox:
    """Answers with numbered words, in pieces of odd sizes."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    async def reply(self, request: ReplyRequest) -> AsyncGenerator[ReplyEvent, None]:
        for number in range(self._random.randrange(len(request.messages), 200)):
            await asyncio.sleep(self._random.choice([0, 0, 0, 0.001]))
            words = f"слово-{number} " * self._random.randrange(1, 8)
            yield ReasoningDelta(words) if self._random.random() < 0.4 else TextDelta(words)
        yield Finished("stop")

    async def models(self) -> tuple[Model, ...]:
        return (Model("GigaChat-2"),)


class OneAccount:
    """Two lanes to the chatterbox."""

    default_id = ""

    def __init__(self, chatterbox: Chatterbox) -> None:
        self._chatterbox = chatterbox

    def service(self, _: str) -> Chatterbox:
        return self._chatterbox

    def lanes(self, _: str) -> int:
        return 2

    def resolve(self, _: str) -> str:
        return ""

    def uses_v2(self, _: str) -> bool:
        return False


def show(event: Event) -> None:
    match event:
        case MessageAdded(message=message) if message.text:
            write(message.id, message.text)
        case MessageGrew(message_id=message_id, delta=delta):
            write(message_id, delta)
        case MessageThought(message_id=message_id, delta=delta):
            write(-message_id, delta)
        case _:
            pass


def write(message_id: int, text: str) -> None:
    sys.stdout.write(json.dumps([message_id, text]) + "\n")
    sys.stdout.flush()


async def main(path: Path, seed: int) -> None:
    store = Store.open(path)
    tasks = TaskScope(lambda name, error: sys.exit(f"{name}: {type(error).__name__}"))
    conversations = Conversations(
        store,
        OneAccount(Chatterbox(seed)),
        tasks,
        show,
        generation=Generation(),
        shelf=Shelf(path.parent / "files"),
    )
    chats = []
    for number in range(2):
        chats.append(conversations.new_chat())
        conversations.send(chats[-1], f"Вопрос {number}")
    while True:
        await asyncio.sleep(0.005)
        for chat_id in chats:
            reply = conversations.messages(chat_id)[-1]
            if not conversations.chat(chat_id).is_streaming:
                conversations.continue_reply(reply.id)
            elif seed % 3 == 0 and len(reply.text) > 500:
                conversations.stop(chat_id)
            elif seed % 3 == 1 and len(reply.text) > 500:
                conversations.send(chat_id, "Ещё вопрос")


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), int(sys.argv[2])))
