"""Questions that wait in a chat, for an answer before them or for a lane: edited, moved, taken back, sent after all."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from gigadesk.chat import ChatId, Message, MessageId, Status, Waiting, WaitState
from gigadesk.conversations.live_chats import LiveChats, reporting
from gigadesk.conversations.reply import Reply
from gigadesk.conversations.reply_line import ReplyLine
from gigadesk.conversations.saver import Saver
from gigadesk.conversations.transfers import Transfers
from gigadesk.errors import StorageError
from gigadesk.facts import BranchChanged, DraftFilesChanged, EditChanged, Event, MessageChanged
from gigadesk.store import Pair, Store


class WaitingDesk:
    """What is done with questions at the end of a branch that nobody was asked yet.

    They are asked in their order, each when the answer before it is there. One that is being edited is not asked
    meanwhile, nor are those behind it. When an answer fails, those behind it are not asked (`UNSENT`), until the user
    says so, or has the answer written again. So it is with those that waited when the program ended.
    """

    def __init__(
        self,
        store: Store,
        live: LiveChats,
        saver: Saver,
        line: ReplyLine,
        transfers: Transfers,
        publish: Callable[[Event], None],
    ) -> None:
        self._store = store
        self._live = live
        self._saver = saver
        self._line = line
        self._transfers = transfers
        self._publish = publish

    def of_chat(self, chat_id: ChatId) -> tuple[Waiting, ...]:
        """Those at the end of the shown branch, in the order in which they will be asked."""
        pairs = self._pairs_above(self._store.chat(chat_id).leaf_id)
        edited = self._store.edited(chat_id) if pairs else None
        return tuple(
            Waiting(
                question_id=pair.question,
                reply_id=pair.reply,
                place=place,
                count=len(pairs),
                state=self._state(pair, edited),
                can_move_up=place > 1 and pair.versions == pairs[place - 2].versions == 1,
                can_move_down=place < len(pairs) and pair.versions == pairs[place].versions == 1,
            )
            for place, pair in enumerate(pairs, start=1)
        )

    def find(self, message_id: MessageId) -> Waiting | None:
        """The one that a message, the question or its reply, belongs to; None when it does not wait."""
        return self._found(message_id)[0]

    def position(self, reply_id: MessageId) -> int:
        """Place of a reply in the line of its account, from 1; 0 when it does not wait."""
        reply = self._live.reply(reply_id)
        return 0 if reply is None else self._line.position(reply)

    def move_to_front(self, reply_id: MessageId) -> None:
        """Let a waiting reply be the next one of its account."""
        if (reply := self._live.reply(reply_id)) is not None:
            self._line.move_to_front(reply)

    def is_held(self, reply: Reply) -> bool:
        """Whether a reply must not begin: its question is being written anew."""
        parent_id = reply.message.parent_id
        if reply.is_continuation or self._store.edited(reply.chat_id) != parent_id:
            return False
        pair = self._store.waiting.pair(reply.id)
        return pair is not None and pair.replies == 1

    def can_rewrite(self, question_id: MessageId) -> bool:
        """Whether an edit of a question takes its place instead of becoming another version of it."""
        questions = [question_id]
        while questions:
            replies = self._store.waiting.children(questions.pop())
            pair = self._store.waiting.pair(replies[0]) if len(replies) == 1 else None
            if pair is None or not self._waits(pair):
                return False
            questions.extend(self._store.waiting.children(pair.reply))
        return True

    def rewrite(self, question_id: MessageId, text: str) -> bool:
        """Let `text`, with the files of the edit, take the place of a question, and ask it when its turn comes.

        False when the disk refuses; the text is the edit's then.
        """
        question = self._store.message(question_id)
        files = self._live.draft_files(question.chat_id)
        try:
            self._store.waiting.rewrite(question_id, text)
        except StorageError as exc:
            self._saver.hold_draft(question.chat_id, text, exc)
            return False
        self._saver.drop_draft(question.chat_id)
        for file in question.files:
            self._saver.drop_file(file.id)
            self._transfers.drop(file.id)
        self._publish(MessageChanged(self._live.message(question_id)))
        self._publish(EditChanged(question.chat_id))
        if files:
            self._publish(DraftFilesChanged(question.chat_id))
        self._line.refresh()
        [reply_id] = self._store.waiting.children(question_id)
        self.send(reply_id)
        return True

    def move(self, message_id: MessageId, step: int) -> bool:
        """Let a question be asked before the one before it (-1), or after the one behind it (1).

        Gives whether it was. The two change places by their words and files: `MessageChanged` for both.
        """
        waiting, line = self._found(message_id)
        if waiting is None or not (waiting.can_move_up if step < 0 else waiting.can_move_down):
            return False
        other = line[waiting.place - 1 + step]
        is_moved = False
        with reporting(self._publish):
            self._store.waiting.swap(waiting.question_id, other.question_id)
            is_moved = True
            replies = [self._live.reply(each.reply_id) for each in (waiting, other)]
            if replies[0] is not None and replies[1] is not None:
                replies[0].swap_models(replies[1])
            for each in (waiting, other):
                self._publish(MessageChanged(self._live.message(each.question_id)))
            self._line.refresh()
        return is_moved

    def take_back(self, message_id: MessageId) -> bool:
        """Make a question a part of the draft again, before what stands there: `BranchChanged`, `EditChanged`.

        Gives whether it is; what waits behind it moves up.
        """
        waiting = self.find(message_id)
        pair = None if waiting is None else self._store.waiting.pair(waiting.reply_id)
        is_taken = False
        if pair is None:
            return False
        chat_id = self._store.message(pair.question).chat_id
        with reporting(self._publish):
            # Typed text that the disk has refused until now: afterwards it would take the place of what came back.
            if (unsaved := self._saver.unsaved_draft(chat_id)) is not None:
                self._store.set_draft(chat_id, unsaved)
                self._saver.drop_draft(chat_id)
            self._store.waiting.take_back(pair)
            is_taken = True
            if (reply := self._live.reply(pair.reply)) is not None:
                self._line.forget(reply)
            self._publish(BranchChanged(chat_id))
            self._publish(EditChanged(chat_id))
        return is_taken

    def send(self, message_id: MessageId, model: str = "") -> bool:
        """Ask what was not sent: this question, with all that stand in the line with it. `model` is for it alone.

        Gives whether there was something to ask.
        """
        waiting, line = self._found(message_id)
        if waiting is None or waiting.state is not WaitState.UNSENT:
            return False
        models = {each.reply_id: model if each is waiting else "" for each in line if each.state is WaitState.UNSENT}
        self._ask([replace(self._store.message(reply_id), model=chosen) for reply_id, chosen in models.items()])
        return True

    # What happens to the answer before them

    def pause_below(self, reply_id: MessageId) -> None:
        """An answer has failed: what was to build on it is not asked."""
        below = set(self._store.below(reply_id))
        for reply in self._live.replies():
            if reply.id in below and not self._line.is_running(reply):
                self._line.stop(reply)

    def line_below(self, reply: Message) -> Sequence[Waiting]:
        """What waits for this answer, if that is shown."""
        line = self.of_chat(reply.chat_id)
        return line if line and self._store.message(line[0].question_id).parent_id == reply.id else ()

    def answer_of(self, question_id: MessageId, line: Sequence[Waiting]) -> Message | None:
        """The answer of this question, if the line waits for that and nothing else; None when there is more between."""
        parent_id = self._store.message(line[0].question_id).parent_id if line else None
        answer = None if parent_id is None else self._live.message(parent_id)
        return answer if answer is not None and answer.parent_id == question_id else None

    def resume_below(self, failed: Message) -> None:
        """An answer that had failed is gone on with: ask what was to build on it."""
        line = self.line_below(failed)
        self._ask([self._store.message(each.reply_id) for each in line if each.state is WaitState.UNSENT])

    def carry(self, line: Sequence[Waiting], former: Message, reply_id: MessageId) -> Callable[[], None]:
        """Let what waited below `former` wait for another version of it; gives how to go on when that is in the line.

        What was not sent stays so, unless for the failure of `former`.
        """
        asked: list[MessageId] = []
        with reporting(self._publish):
            pairs = [pair for each in line if (pair := self._store.waiting.pair(each.reply_id)) is not None]
            carried = self._store.waiting.carry(pairs, reply_id)
            for old, new in zip(line, carried, strict=True):
                reply = self._live.reply(old.reply_id)
                if reply is not None:
                    self._line.forget(reply)
                if reply is not None or former.status is Status.FAILED:
                    asked.append(new)
        return lambda: self._ask([self._store.message(each) for each in asked])

    # Inside

    def _found(self, message_id: MessageId) -> tuple[Waiting | None, Sequence[Waiting]]:
        line = self.of_chat(self._store.message(message_id).chat_id)
        return next((each for each in line if message_id in {each.question_id, each.reply_id}), None), line

    def _pairs_above(self, leaf_id: MessageId | None) -> list[Pair]:
        pairs: list[Pair] = []
        while (pair := self._store.waiting.pair(leaf_id)) is not None and self._waits(pair):
            pairs.append(pair)
            leaf_id = pair.parent
        return pairs[::-1]

    def _waits(self, pair: Pair) -> bool:
        if pair.replies > 1:
            return False
        reply = self._live.reply(pair.reply)
        if reply is None:
            return pair.is_unasked
        is_begun = self._line.is_running(reply) or reply.is_stopping or reply.is_continuation
        return not is_begun and not reply.message.text

    def _state(self, pair: Pair, edited: MessageId | None) -> WaitState:
        if self._live.reply(pair.reply) is None:
            return WaitState.UNSENT
        return WaitState.HELD if pair.question == edited else WaitState.WAITING

    def _ask(self, replies: Sequence[Message]) -> None:
        with reporting(self._publish):
            for reply in replies:
                self._store.reopen_reply(reply.id)
                self._line.begin(reply)
