"""Whatever is done in whatever order: lanes are kept, nothing is lost, and the facts told are the whole truth."""

import asyncio
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field, replace

from hypothesis import example, given, settings
from hypothesis import strategies as st

from gigadesk.chat import ChatFile, ChatId, Effort, FileState, Message, MessageId, Role, Source, Status, Tool
from gigadesk.conversations.titles import TITLE_MAX_TOKENS
from gigadesk.errors import (
    AnswerInterruptedError,
    FileGoneError,
    RateLimitError,
    RequestRejectedError,
    StorageError,
)
from gigadesk.facts import (
    BranchChanged,
    ChatAdded,
    ChatChanged,
    ChatRemoved,
    DraftFilesChanged,
    EditChanged,
    Event,
    MessageAdded,
    MessageChanged,
    MessageEnded,
    MessageGrew,
    MessageThought,
    QueueChanged,
    ReplyQueued,
    ReplyStarted,
)
from gigadesk.gigachat.events import FileReady, ReasoningDelta, SourcesFound
from tests.conversations_support import Desk, FakeService, play

ACTS = [
    "send",
    "send",
    "send",
    "say",
    "say",
    "say",
    "answer",
    "break",
    "refuse",
    "stop",
    "again",
    "again",
    "go_on",
    "go_on",
    "front",
    "wait",
    "delete",
    "restore",
    "branch",
    "new",
    "edit",
    "edit",
    "give_up",
    "erase",
    "erase",
    "bring_back",
    "think",
    "think",
    "attach",
    "attach",
    "detach",
    "retry",
    "upload",
    "refuse_file",
    "draw",
    "fetch",
    "search",
    "account",
    "account",
    "tools",
    "up",
    "down",
    "take_back",
    "send_waiting",
    "send_waiting",
]
STEPS = st.lists(st.tuples(st.sampled_from([*ACTS, "lanes"]), st.integers(0, 5)), max_size=40)
FAULTS = ["full disk", "full disk", "full disk", "room again", "room again"]
FAULTY_STEPS = st.lists(st.tuples(st.sampled_from([*ACTS, *FAULTS]), st.integers(0, 5)), max_size=40)


@dataclass
class View:
    """What a window knows that only listens, and reads a branch again when it is told to."""

    desk: Desk
    chats: dict[ChatId, tuple[str, bool]] = field(default_factory=dict)
    shown: dict[ChatId, list[MessageId]] = field(default_factory=dict)
    texts: dict[MessageId, str] = field(default_factory=dict)
    thoughts: dict[MessageId, str] = field(default_factory=dict)
    files: dict[MessageId, tuple[ChatFile, ...]] = field(default_factory=dict)
    sources: dict[MessageId, tuple[Source, ...]] = field(default_factory=dict)
    drafts: dict[ChatId, tuple[ChatFile, ...]] = field(default_factory=dict)
    statuses: dict[MessageId, Status] = field(default_factory=dict)
    waiting: set[MessageId] = field(default_factory=set)
    counts: tuple[int, int] = (0, 0)

    def apply(self, event: Event) -> None:  # noqa: C901, PLR0912  (one line for each event)
        match event:
            case ChatAdded(chat=chat) | ChatChanged(chat=chat):
                self.chats[chat.id] = (chat.title, chat.is_streaming)
            case ChatRemoved(chat_id=chat_id):
                self.chats.pop(chat_id, None)
            case MessageAdded(message=message):
                self.shown.setdefault(message.chat_id, []).append(message.id)
                self.learn(message)
            case BranchChanged(chat_id=chat_id):
                branch = self.desk.conversations.messages(chat_id)
                self.shown[chat_id] = [message.id for message in branch]
                for message in branch:
                    self.learn(message)
            case MessageGrew(message_id=message_id, delta=delta):
                self.texts[message_id] += delta
            case MessageThought(message_id=message_id, delta=delta):
                self.thoughts[message_id] += delta
            case MessageEnded(message=message):
                assert self.texts[message.id] == message.text
                assert self.thoughts[message.id] == message.reasoning
                self.learn(message)
            case MessageChanged(message=message):
                self.files[message.id] = message.files
                self.sources[message.id] = message.sources
                if message.role is Role.USER:
                    self.texts[message.id] = message.text
            case DraftFilesChanged(chat_id=chat_id) | EditChanged(chat_id=chat_id):
                self.drafts[chat_id] = self.desk.conversations.draft_files(chat_id)
            case ReplyQueued(message_id=message_id):
                self.statuses[message_id] = Status.QUEUED
            case ReplyStarted(message_id=message_id):
                self.statuses[message_id] = Status.STREAMING
            case QueueChanged(running=running, waiting=waiting):
                self.counts = (running, waiting)
            case _:
                pass

    def learn(self, message: Message) -> None:
        self.texts[message.id] = message.text
        self.thoughts[message.id] = message.reasoning
        self.files[message.id] = message.files
        self.sources[message.id] = message.sources
        self.statuses[message.id] = message.status


def check(desk: Desk, view: View, lanes: int) -> None:
    for service in services(desk):
        assert len(service.open_calls) <= lanes
    open_calls = [call for service in services(desk) for call in service.open_calls]
    sessions = [call.request.session_id for call in open_calls if call.request.max_tokens != TITLE_MAX_TOKENS]
    assert len(sessions) == len(set(sessions))
    for chat in desk.conversations.chats():
        assert view.chats[chat.id] == (chat.title, chat.is_streaming)
        assert bare(view.drafts.get(chat.id, ())) == bare(desk.conversations.draft_files(chat.id))
        assert desk.conversations.context.use(chat.id, "x").used_tokens > 0
        branch = desk.conversations.messages(chat.id)
        assert view.shown.get(chat.id, []) == [message.id for message in branch]
        for message in branch:
            assert view.texts[message.id] == message.text
            assert view.thoughts[message.id] == message.reasoning
            assert bare(view.files[message.id]) == bare(message.files)
            assert view.sources[message.id] == message.sources
            assert view.statuses[message.id] is message.status
    live = [reply.message.status for reply in desk.conversations._live.replies()]
    assert view.counts == (live.count(Status.STREAMING), live.count(Status.QUEUED))


def bare(files: tuple[ChatFile, ...]) -> list[ChatFile]:
    """Without their errors, which have no equality of their own."""
    return [replace(file, error=None) for file in files]


def services(desk: Desk) -> list[FakeService]:
    return list(desk.services.by_id.values())


async def act(desk: Desk, step: str, number: int) -> None:  # noqa: C901, PLR0912  (one line for each act)
    conversations = desk.conversations
    chats = conversations.chats()
    if not chats:
        with suppress(StorageError):
            conversations.new_chat()
        return
    chat_id = chats[number % len(chats)].id
    shown = conversations.messages(chat_id)
    replies = [message for message in shown if message.role is Role.ASSISTANT]
    questions = [message for message in shown if message.role is Role.USER]
    calls = [call for service in services(desk) for call in service.open_calls]
    waiting = conversations.waiting.of_chat(chat_id)
    draft = conversations.draft_files(chat_id)
    files = [*draft, *(file for message in conversations.messages(chat_id) for file in message.files)]
    uploads = [sent for service in services(desk) for sent in service.uploads if sent.is_open]
    downloads = [wanted for service in services(desk) for wanted in service.downloads if wanted.is_open]
    match step:
        case "think" if calls:
            calls[number % len(calls)].give(ReasoningDelta(f"{number}?\r"))
        case "attach":
            conversations.files.attach(chat_id, f"words {number}".encode(), f"{number}.txt")
        case "detach" if draft:
            conversations.files.detach(draft[number % len(draft)].id)
        case "retry" if files:
            conversations.files.retry(files[number % len(files)].id)
        case "upload" if uploads:
            uploads[number % len(uploads)].succeed(f"remote-{number}")
        case "refuse_file" if uploads:
            uploads[number % len(uploads)].fail(RequestRejectedError() if number % 2 else AnswerInterruptedError())
        case "draw" if calls:
            calls[number % len(calls)].give(FileReady(f"picture-{number}"))
        case "fetch" if downloads:
            downloads[number % len(downloads)].succeed("bytes")
        case "search" if calls:
            calls[number % len(calls)].give(SourcesFound((Source(number, "https://a.example"),)))
        case "account":
            conversations.choices.set_account(chat_id, "work" if number % 2 else "")
        case "tools":
            conversations.choices.set_tools(chat_id, (Tool.WEB_SEARCH,) if number % 2 else ())
            conversations.choices.set_effort(chat_id, Effort.HIGH if number % 2 else None)
        case "send":
            conversations.send(chat_id, f"question {number}")
        case "say" if calls:
            calls[number % len(calls)].say(f"{number}-", "more ")
        case "answer" if calls:
            calls[number % len(calls)].answer(f"answer {number}")
        case "break" if calls:
            calls[number % len(calls)].fail(FileGoneError() if number % 2 else AnswerInterruptedError())
        case "refuse" if calls:
            calls[number % len(calls)].fail(RateLimitError(retry_after_s=number))
        case "stop":
            conversations.stop(chat_id)
        case "again" if replies:
            conversations.regenerate(replies[number % len(replies)].id)
        case "go_on" if replies:
            conversations.continue_reply(replies[number % len(replies)].id)
        case "front" if replies:
            conversations.waiting.move_to_front(replies[-1].id)
        case "wait":
            await asyncio.sleep(number * 10)
        case "delete":
            conversations.library.delete_chats([chat_id])
        case "restore":
            for (deleted,) in desk.store._database.rows("SELECT id FROM chats WHERE deleted_at IS NOT NULL"):
                conversations.library.restore_chats([deleted])
        case "branch" if replies:
            versions = conversations.siblings(replies[number % len(replies)].id)
            conversations.show_branch(versions[number % len(versions)])
        case "edit" if questions:
            conversations.edits.begin(questions[number % len(questions)].id)
        case "give_up":
            conversations.edits.give_up(chat_id)
        case "erase" if shown:
            conversations.delete_message(shown[number % len(shown)].id)
        case "bring_back":
            for (deleted,) in desk.store._database.rows("SELECT id FROM messages WHERE id = deleted_with"):
                conversations.restore_message(deleted)
        case "up" | "down" if waiting:
            conversations.waiting.move(waiting[number % len(waiting)].question_id, -1 if step == "up" else 1)
        case "take_back" if waiting:
            conversations.waiting.take_back(waiting[number % len(waiting)].question_id)
        case "send_waiting" if waiting:
            conversations.waiting.send(waiting[number % len(waiting)].reply_id)
        case "new":
            with suppress(StorageError):
                conversations.new_chat()
        case _:
            pass


@settings(max_examples=60)
@given(STEPS, st.integers(1, 3))
def test_in_any_order_nothing_is_lost_and_everything_is_told(steps, lanes):
    play_steps(steps, lanes)


@settings(max_examples=60)
@given(FAULTY_STEPS, st.integers(1, 3))
@example([("attach", 1), ("take_back", 0), ("send", 1), ("break", 0)], 1)  # the file outlives what it was sent with
def test_not_even_when_the_disk_refuses_now_and_then(steps, lanes):
    play_steps(steps, lanes)


def play_steps(steps: list[tuple[str, int]], lanes: int) -> None:
    async def story() -> None:
        async with Desk(lanes=lanes, titles=True) as desk:
            for service in (desk.service, desk.services.open("work", lanes=lanes)):
                service.holds_transfers = True
            view = View(desk)
            desk.listener = view.apply
            for _ in range(2):
                desk.conversations.send(desk.conversations.new_chat(), "hello")

            faults = ExitStack()
            limit = lanes
            for step, number in steps:
                if step == "lanes":
                    limit = number % 3 + 1
                    desk.services.numbers["work"] = limit
                    desk.set_lanes(limit)
                elif step == "full disk":
                    faults.enter_context(desk.refusing())
                elif step == "room again":
                    faults.close()
                else:
                    await act(desk, step, number)
                await desk.idle()
                # Fewer lanes do not break off what runs already.
                check(desk, view, max(limit, lanes, 3))

            faults.close()
            await end(desk)
            check(desk, view, 0)
            check_stored(desk, view)

    play(story)


async def end(desk: Desk) -> None:
    """Let everything come to its end, and what waited for the disk come onto it."""
    await asyncio.sleep(2)
    for _ in range(200):
        open_calls = [call for each in services(desk) for call in each.open_calls]
        transfers = [sent for each in services(desk) for sent in (*each.uploads, *each.downloads) if sent.is_open]
        if not desk.conversations._live.replies() and not open_calls and not transfers:
            return
        for chat in desk.conversations.chats():
            desk.conversations.edits.give_up(chat.id)
        for service in services(desk):
            service.holds_transfers = False
        for call in open_calls:
            call.answer("end")
        for transfer in transfers:
            transfer.succeed("remote")
        await asyncio.sleep(100)


def check_stored(desk: Desk, view: View) -> None:
    assert view.counts == (0, 0)
    assert desk.store._database.rows("SELECT * FROM journal") == []
    stored = desk.store._database.rows("SELECT id, text, status FROM messages")
    # Questions that were taken back, or went along to another version of an answer, are gone from where they waited.
    there = {row[0] for row in stored}
    assert {row[0]: row[1] for row in stored} == {each: text for each, text in view.texts.items() if each in there}
    assert {row[2] for row in stored} <= {"done", "stopped", "failed"}
    files = [file for each, files in view.files.items() if each in there for file in files]
    assert not {FileState.READING, FileState.UPLOADING} & {file.state for file in files}
