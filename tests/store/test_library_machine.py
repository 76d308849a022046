"""Folders, trash, copies, imports and waiting questions against a plain model, in any order, with ends in between."""

import tempfile
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from gigadesk.chat import (
    ChatFile,
    ChatId,
    FileId,
    FileKind,
    FileState,
    FolderId,
    MessageId,
    Section,
    SectionKind,
    Status,
    TrashEntry,
    TrashKind,
)
from gigadesk.exchange.records import ChatRecord, FileRecord, FolderRecord, MessageRecord
from gigadesk.search.query import parse
from gigadesk.store import Store, importing, trash
from gigadesk.store.copying import Copy
from tests.store.test_store_machine import Model, ModelChat

TODAY = date(2026, 11, 28)
LETTERS = "bcdfghjklm"
NUMBERS = st.integers(0, 7)
SOME = st.lists(st.integers(0, 7), min_size=1, max_size=3)


@dataclass
class Shelved(ModelChat):
    """A chat, and where it stands."""

    folder: FolderId | None = None
    is_pinned: bool = False
    is_archived: bool = False
    deleted_at: float | None = None
    deleted_with: FolderId | None = None


@dataclass
class ModelFolder:
    name: str
    parent: FolderId | None
    deleted_at: float | None = None
    deleted_with: FolderId | None = None


@dataclass
class LibraryModel(Model):
    """What the store should hold."""

    chats: dict[ChatId, Shelved] = field(default_factory=dict)
    folders: dict[FolderId, ModelFolder] = field(default_factory=dict)
    order: dict[FolderId | None, list[FolderId]] = field(default_factory=dict)
    """Of each parent, its live folders."""
    trashed_at: dict[MessageId, float] = field(default_factory=dict)
    digests: dict[MessageId, str] = field(default_factory=dict)
    forgotten: list[str] = field(default_factory=list)

    def is_live(self, folder: FolderId | None) -> bool:
        return folder in self.folders and self.folders[folder].deleted_at is None

    def inside(self, top: FolderId) -> list[FolderId]:
        """A live folder and the live ones below it."""
        return [top, *(low for each in self.order.get(top, []) for low in self.inside(each))]

    def settle(self, chat: Shelved) -> None:
        chat.folder = chat.folder if self.is_live(chat.folder) else None

    def forget(self, message_ids: list[MessageId]) -> None:
        for each in message_ids:
            self.forgotten.append(self.messages.pop(each).text)
            self.trash.pop(each, None)
            self.trashed_at.pop(each, None)
            self.digests.pop(each, None)

    def section(self, chat: Shelved) -> Section:
        if chat.is_archived:
            return Section(SectionKind.ARCHIVED)
        if chat.is_pinned:
            return Section(SectionKind.PINNED)
        return Section(SectionKind.LISTED) if chat.folder is None else Section(SectionKind.FOLDER, chat.folder)

    def live_chats(self) -> list[ChatId]:
        return [chat_id for chat_id, chat in self.chats.items() if chat.deleted_at is None]

    def live_folders(self) -> list[FolderId]:
        return [folder for folder in self.folders if self.is_live(folder)]

    def entries(self) -> list[tuple[TrashKind, int]]:
        found = [(chat.deleted_at, 1, i) for i, chat in self.chats.items() if chat.deleted_at and not chat.deleted_with]
        found += [(each.deleted_at, 0, i) for i, each in self.folders.items() if each.deleted_with == i]
        found += [
            (self.trashed_at[i], 2, i)
            for i, top in self.trash.items()
            if i == top and self.chats[self.messages[i].chat_id].deleted_at is None
        ]
        found.sort(key=lambda each: (-(each[0] or 0), each[1], -each[2]))
        kinds = (TrashKind.FOLDER, TrashKind.CHAT, TrashKind.MESSAGE)
        return [(kinds[rank], number) for _, rank, number in found]


@dataclass
class Incoming:
    """An import that has not come to its end."""

    number: int
    folder: FolderId
    at: float
    chats: list[tuple[ChatId, list[MessageId], list[str]]] = field(default_factory=list)
    """Hidden ones, with the ids and the texts of their messages."""
    is_shown: bool = False


SMALL_PORTIONS = ((trash, 2), (importing, 1))
"""What the program does in portions it does here in smaller ones, so that there is something between two of them."""


class LibraryMachine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self._usual = [module.PORTION for module, _ in SMALL_PORTIONS]
        for module, portion in SMALL_PORTIONS:
            module.PORTION = portion
        self._folder = tempfile.TemporaryDirectory()
        self._path = Path(self._folder.name) / "chats.db"
        self.store = Store.open(self._path)
        self.model = LibraryModel()
        self.now = 1000.0
        self.words = 0
        self.copy: tuple[Copy, Shelved, dict[MessageId, MessageId]] | None = None
        self.incoming: Incoming | None = None
        self.doomed: list[tuple[TrashKind, int]] = []

    def teardown(self) -> None:
        self.store.close()
        self._folder.cleanup()
        for (module, _), portion in zip(SMALL_PORTIONS, self._usual, strict=True):
            module.PORTION = portion

    def tick(self) -> float:
        self.now += 1
        return self.now

    def word(self) -> str:
        """One that nobody said before."""
        self.words += 1
        return "q" + "".join(LETTERS[int(digit)] for digit in f"{self.words:04}")

    @initialize()
    def begin(self):
        self.add_chat()
        self.say(0, has_file=True)

    @rule()
    def add_chat(self):
        chat_id = self.store.add_chat(f"s{self.tick()}", self.now)
        self.model.chats[chat_id] = Shelved(updated_at=self.now)

    def chosen(self, number: int) -> ChatId | None:
        live = self.model.live_chats()
        return live[number % len(live)] if live else None

    def exchange(
        self, chat_id: ChatId, status: Status, *, has_file: bool = False, edited: MessageId | None = None
    ) -> None:
        chat = self.model.chats[chat_id]
        word = self.word()
        if has_file:
            file = ChatFile(FileId(0), chat_id, "a", FileKind.TEXT, "text/plain", 1, FileState.KEPT, f"d-{word}")
            self.store.add_file(file)
        exchange = self.store.add_exchange(chat_id, word, self.tick(), first_title="")
        assert exchange.question.parent_id == (chat.leaf if edited is None else self.model.messages[edited].parent_id)
        if has_file:
            self.model.digests[exchange.question.id] = f"d-{word}"
        elif edited in self.model.digests:
            self.model.digests[exchange.question.id] = self.model.digests[edited]
        answer = self.word() if status is Status.DONE else ""
        reply = replace(exchange.reply, status=status, text=answer, model="M" if answer else "")
        self.store.finish_reply(reply, self.now, is_unread=False)
        for message in (replace(exchange.question, files=()), reply):
            self.model.add(message)
        chat.updated_at = self.now
        if edited is None:
            chat.draft = ""

    @rule(number=NUMBERS, status=st.sampled_from([Status.DONE, Status.STOPPED]), is_sent=st.booleans())
    def ask_otherwise(self, number, status, is_sent):
        """Edit a question that was asked: another version of it, with its files, and a branch below."""
        asked = [i for i in self.live_messages() if self.model.messages[i].role == "user"]
        if asked:
            question = self.model.messages[asked[number % len(asked)]]
            self.store.begin_edit(question.id)
            self.store.set_draft(question.chat_id, "another wording")
            if is_sent:
                self.exchange(question.chat_id, status, edited=question.id)
            else:
                self.store.end_edit(question.chat_id)

    @rule(number=NUMBERS)
    def show_branch(self, number):
        live = self.live_messages()
        if live:
            self.store.show_branch(live[number % len(live)])
            self.model.show(live[number % len(live)])

    @rule(number=NUMBERS, has_file=st.booleans())
    def say(self, number, has_file):
        chat_id = self.chosen(number)
        if chat_id is not None:
            self.exchange(chat_id, Status.DONE, has_file=has_file)

    @rule(number=NUMBERS, has_file=st.booleans())
    def say_what_waits(self, number, has_file):
        chat_id = self.chosen(number)
        if chat_id is not None:
            self.exchange(chat_id, Status.STOPPED, has_file=has_file)

    # Folders and places

    @rule(parent=st.none() | NUMBERS, name=st.sampled_from(["Imported", "B"]))
    def add_folder(self, parent, name):
        live = self.model.live_folders()
        above = live[parent % len(live)] if parent is not None and live else None
        if self.store.folders.may_hold(above):
            folder = self.store.folders.add(name, above, self.tick())
            self.model.folders[folder] = ModelFolder(name, above)
            self.model.order.setdefault(above, []).append(folder)

    @rule(number=NUMBERS, parent=st.none() | NUMBERS, index=st.integers(0, 3))
    def move_folder(self, number, parent, index):
        live = self.model.live_folders()
        if not live:
            return
        folder = live[number % len(live)]
        above = live[parent % len(live)] if parent is not None and live else None
        may = self.store.folders.may_hold(above, folder)
        if above in self.model.inside(folder):
            assert not may
        if may:
            self.store.folders.move(folder, above, index)
            self.model.order[self.model.folders[folder].parent].remove(folder)
            self.model.order.setdefault(above, []).insert(index, folder)
            self.model.folders[folder].parent = above

    @rule(number=NUMBERS, name=st.sampled_from(["Imported", "C"]))
    def rename_folder(self, number, name):
        live = self.model.live_folders()
        if live:
            self.store.folders.rename(live[number % len(live)], name)
            self.model.folders[live[number % len(live)]].name = name

    @rule(number=NUMBERS)
    def delete_folder(self, number):
        live = self.model.live_folders()
        if not live:
            return
        top = live[number % len(live)]
        inside = self.model.inside(top)
        gone = self.store.folders.delete(top, self.tick())
        expected = [
            chat_id
            for chat_id in self.model.live_chats()
            if (section := self.model.section(self.model.chats[chat_id])).kind is SectionKind.FOLDER
            and section.folder_id in inside
        ]
        assert sorted(gone) == sorted(expected)
        self.model.order[self.model.folders[top].parent].remove(top)
        for folder in inside:
            self.model.order.pop(folder, None)
        for each in [*(self.model.chats[i] for i in expected), *(self.model.folders[i] for i in inside)]:
            each.deleted_at, each.deleted_with = self.now, top

    @rule(number=NUMBERS)
    def restore_folder(self, number):
        tops = [folder for folder, each in self.model.folders.items() if each.deleted_with == folder]
        if not tops:
            return
        top = tops[number % len(tops)]
        self.store.folders.restore(top)
        back = [i for i, each in self.model.folders.items() if each.deleted_with == top]
        for each in [*self.model.chats.values(), *self.model.folders.values()]:
            if each.deleted_with == top:
                each.deleted_at = each.deleted_with = None
        if not self.model.is_live(self.model.folders[top].parent):
            self.model.folders[top].parent = None
        self.ask_order(back)

    def ask_order(self, back: list[FolderId]) -> None:
        """Where exactly a folder comes back is not promised: only in which folder, and that the others keep theirs."""
        found: dict[FolderId | None, list[FolderId]] = {}
        for folder in self.store.folders.all():
            found.setdefault(folder.parent_id, []).append(folder.id)
        for parent, order in found.items():
            assert [each for each in order if each not in back] == self.model.order.get(parent, [])
        self.model.order = found

    @rule(numbers=SOME, folder=st.none() | NUMBERS)
    def move_chats(self, numbers, folder):
        live = self.model.live_folders()
        target = live[folder % len(live)] if folder is not None and live else None
        chats = [chat_id for number in numbers if (chat_id := self.chosen(number))]
        self.store.places.move(chats, target)
        for chat_id in chats:
            self.model.chats[chat_id].folder = target

    @rule(numbers=SOME, is_pinned=st.booleans(), is_on=st.booleans())
    def pin_or_archive(self, numbers, is_pinned, is_on):
        chats = [chat_id for number in numbers if (chat_id := self.chosen(number))]
        if is_pinned:
            self.store.places.set_pinned(chats, self.tick(), is_pinned=is_on)
        else:
            self.store.places.set_archived(chats, self.tick(), is_archived=is_on)
        for chat_id in chats:
            chat = self.model.chats[chat_id]
            self.model.settle(chat)
            if is_pinned:
                chat.is_pinned = is_on
            else:
                chat.is_archived = is_on

    # The trash

    @rule(numbers=SOME)
    def delete_chats(self, numbers):
        chats = sorted({chat_id for number in numbers if (chat_id := self.chosen(number))})
        assert sorted(self.store.places.delete(chats, self.tick())) == chats
        for chat_id in chats:
            self.model.chats[chat_id].deleted_at = self.now

    @rule(numbers=SOME)
    def restore_chats(self, numbers):
        there = list(self.model.chats)
        asked = sorted({there[number % len(there)] for number in numbers if there})
        back = [chat_id for chat_id in asked if self.model.chats[chat_id].deleted_at]
        assert sorted(self.store.places.restore(asked)) == back
        for chat_id in back:
            chat = self.model.chats[chat_id]
            chat.deleted_at = chat.deleted_with = None
            self.model.settle(chat)

    def live_messages(self) -> list[MessageId]:
        live = self.model.live_chats()
        return [i for i in self.model.live() if self.model.messages[i].chat_id in live]

    @rule(number=NUMBERS)
    def delete_message(self, number):
        live = self.live_messages()
        if not live:
            return
        message = self.model.messages[live[number % len(live)]]
        siblings = self.model.siblings(message.id)
        taken = [each for each in self.model.below(message.id) if each not in self.model.trash]
        self.store.delete_message(message.id, self.tick())
        self.model.trash |= dict.fromkeys(taken, message.id)
        self.model.trashed_at |= dict.fromkeys(taken, self.now)
        chat = self.model.chats[message.chat_id]
        if chat.leaf in taken:
            place = siblings.index(message.id)
            if len(siblings) > 1:
                self.model.show(siblings[place - 1] if place else siblings[1])
            else:
                chat.leaf = message.parent_id

    @rule(number=NUMBERS)
    def restore_message(self, number):
        tops = [number for kind, number in self.model.entries() if kind is TrashKind.MESSAGE]
        if tops:
            message_id = MessageId(tops[number % len(tops)])
            above = {self.model.trash.get(message.id) for message in self.model.branch(message_id)}
            self.store.restore_message(message_id)
            self.model.trash = {each: top for each, top in self.model.trash.items() if top not in above}
            self.model.show(message_id)

    @rule(numbers=SOME, is_purged=st.booleans())
    def delete_for_ever(self, numbers, is_purged):
        entries = self.all_entries()
        chosen = [entries[number] for number in sorted({number % len(entries) for number in numbers if entries})]
        doomed = self.store.trash.doom(chosen)
        folders = [entry.id for entry in chosen if entry.kind is TrashKind.FOLDER]
        chats = [entry.id for entry in chosen if entry.kind is TrashKind.CHAT]
        chats += [i for i, chat in self.model.chats.items() if chat.deleted_with in folders]
        assert sorted(doomed.chat_ids) == sorted(chats)
        gone = [i for i, each in self.model.folders.items() if each.deleted_with in folders]
        for folder in gone:
            del self.model.folders[folder]
        for folder_below in self.model.folders.values():
            if folder_below.parent in gone:
                folder_below.parent = None
        for chat_id in chats:
            self.model.forget([i for i, message in self.model.messages.items() if message.chat_id == chat_id])
            del self.model.chats[ChatId(chat_id)]
        for chat in self.model.chats.values():
            if chat.folder in gone:
                chat.folder = None
        for entry in chosen:
            if entry.kind is TrashKind.MESSAGE and entry.id in self.model.messages:
                self.model.forget(self.model.below(MessageId(entry.id)))
        self.doomed += [(TrashKind.MESSAGE, i) for i in doomed.message_ids]
        self.doomed += [(TrashKind.CHAT, i) for i in doomed.chat_ids]
        if is_purged:
            self.purge()

    @precondition(lambda self: self.doomed)
    @rule(portions=st.integers(1, 3))
    def purge_a_little(self, portions):
        """Between two portions the program does whatever else there is to do."""
        for _ in range(portions):
            self.purge_a_portion()

    def purge_a_portion(self) -> None:
        if not self.doomed:
            return
        self.doomed.sort(key=lambda entry: (entry[0] is TrashKind.CHAT, -entry[1]))
        kind, number = self.doomed[0]
        if kind is TrashKind.MESSAGE:
            has_more = self.store.trash.purge_message(MessageId(number))
        else:
            has_more = self.store.trash.purge_chat(ChatId(number))
        if not has_more:
            del self.doomed[0]

    def purge(self) -> None:
        while self.doomed:
            self.purge_a_portion()

    # Questions that wait

    def line(self, number: int) -> list[tuple[MessageId, MessageId]]:
        """The questions at the end of a chat that were not asked, each with its reply."""
        chat_id = self.chosen(number)
        found: list[tuple[MessageId, MessageId]] = []
        leaf = None if chat_id is None else self.model.chats[chat_id].leaf
        while leaf is not None:
            reply = self.model.messages[leaf]
            children = [i for i, each in self.model.messages.items() if each.parent_id == reply.parent_id]
            pair = self.store.waiting.pair(leaf)
            waits = reply.role == "assistant" and reply.status is Status.STOPPED and not reply.text
            assert (pair is not None and pair.is_unasked) == waits
            if not waits or children != [leaf] or reply.parent_id is None:
                break
            found.append((reply.parent_id, leaf))
            leaf = self.model.messages[reply.parent_id].parent_id
        return found[::-1]

    @rule(number=NUMBERS)
    def rewrite(self, number):
        line = self.line(number)
        if line:
            question = line[-1][0]
            self.store.begin_edit(question)
            word = self.word()
            self.store.waiting.rewrite(question, word)
            self.model.forgotten.append(self.model.messages[question].text)
            self.model.messages[question] = replace(self.model.messages[question], text=word)

    @rule(number=NUMBERS, place=st.integers(0, 2))
    def swap(self, number, place):
        line = self.line(number)
        if place + 1 >= len(line):
            return
        first, second = line[place][0], line[place + 1][0]
        self.store.waiting.swap(first, second)
        messages = self.model.messages
        texts = (messages[second].text, messages[first].text)
        digests = (self.model.digests.pop(second, ""), self.model.digests.pop(first, ""))
        for each, text, digest in zip((first, second), texts, digests, strict=True):
            messages[each] = replace(messages[each], text=text)
            if digest:
                self.model.digests[each] = digest

    @rule(number=NUMBERS, place=st.integers(0, 2))
    def take_back(self, number, place):
        line = self.line(number)
        if place >= len(line):
            return
        question, reply = line[place]
        model, messages = self.model, self.model.messages
        chat_id = messages[question].chat_id
        chat = model.chats[chat_id]
        parent = messages[question].parent_id
        siblings = [each for each in model.siblings(question) if each != question]
        following = [i for i, each in messages.items() if each.parent_id == reply and i not in model.trash]
        pair = self.store.waiting.pair(reply)
        self.store.waiting.take_back(pair)
        chat.draft = "\n\n".join(filter(None, (messages[question].text, chat.draft)))
        for i, each in list(messages.items()):
            if each.parent_id == reply:
                messages[i] = replace(each, parent_id=parent)
        del messages[question], messages[reply]
        if question in model.digests:
            [file] = self.store.draft_files(chat_id)
            assert file.digest == model.digests.pop(question)
            self.store.delete_file(file.id)
        shown = (following or siblings or [None])[-1]
        if model.chosen.get(reply) in following:
            shown = model.chosen[reply]
        if parent is not None:
            model.chosen.pop(parent, None)
            if shown is not None:
                model.chosen[parent] = shown
        if chat.leaf == reply:
            chat.leaf = parent if shown is None else model.end_of(shown)

    # What is made portion by portion

    @precondition(lambda self: self.copy is None)
    @rule(number=NUMBERS, is_branch=st.booleans())
    def begin_copy(self, number, is_branch):
        chat_id = self.chosen(number)
        if chat_id is None:
            return
        chat = self.model.chats[chat_id]
        leaf = chat.leaf if is_branch else None
        copy = self.store.copies.begin(chat_id, leaf, "copy", "s", self.tick())
        ids = [i for i in self.model.live() if self.model.messages[i].chat_id == chat_id]
        if leaf is not None:
            ids = [message.id for message in self.model.branch(leaf)]
        pairs = {i: copied for i in ids if (copied := copy.copy_of(i)) is not None}
        assert list(pairs) == list(copy.ids) == ids
        self.copy = (copy, Shelved("copy", updated_at=self.now, folder=chat.folder), pairs)
        self.copied = {i: (self.model.messages[i], self.model.digests.get(i), self.model.chosen.get(i)) for i in ids}

    @precondition(lambda self: self.copy is not None)
    @rule(is_kept=st.booleans())
    def end_copy(self, is_kept):
        copy, chat, pairs = self.copy
        self.copy = None
        is_whole = all(
            i in self.model.messages and self.model.messages[i] == before for i, (before, _, _) in self.copied.items()
        )
        if not is_kept or not is_whole or self.doomed:
            self.store.copies.give_up(copy)
            return
        assert not self.store.copies.go_on(copy)
        for i, new in pairs.items():
            message, _, chosen = self.copied[i]
            parent = pairs.get(message.parent_id) if message.parent_id else None
            copied = replace(message, id=new, chat_id=copy.chat_id, parent_id=parent)
            self.model.messages[new] = copied
            if i in self.model.digests:
                self.model.digests[new] = self.model.digests[i]
            if chosen in pairs:
                self.model.chosen[new] = pairs[chosen]
        chat.leaf = copy.leaf_id
        self.model.settle(chat)
        self.model.chats[copy.chat_id] = chat

    @precondition(lambda self: self.incoming is None)
    @rule()
    def begin_import(self):
        imports = self.store.imports
        number = imports.begin(self.tick())
        same = [i for i in self.model.order.get(None, []) if self.model.folders[i].name == "Imported"]
        folders = imports.add_folders(number, [FolderRecord(1, "Imported", created_at=self.now)], None, self.now)
        assert not same or folders[1] in same
        self.incoming = Incoming(number, folders[1], self.now)
        self.import_chat()

    @precondition(lambda self: self.incoming is not None and not self.incoming.is_shown)
    @rule()
    def import_chat(self):
        """Another chat, of which the second message comes in a portion of its own."""
        incoming, imports = self.incoming, self.store.imports
        words = [self.word(), self.word()]
        chat = ChatRecord("imported", "user", incoming.at, incoming.at, shown=2)
        file = FileRecord("a", "text", "text/plain", 1, f"d-{words[0]}")
        ids: dict[int, int | None] = {}
        with imports.portion():
            key = f"key{incoming.number}-{len(incoming.chats)}"
            chat_id = imports.writer.insert_chat(incoming.number, chat, incoming.folder, key, "c", incoming.at)
            question = MessageRecord(1, None, "user", "done", incoming.at, words[0], files=(file,))
            ids[1] = imports.writer.insert_message(chat_id, question, ids, {file.digest})
        with imports.portion():
            answer = MessageRecord(2, 1, "assistant", "done", incoming.at, words[1])
            ids[2] = imports.writer.insert_message(chat_id, answer, ids, {file.digest})
            imports.writer.finish_chat(chat_id, chat, ids, [(1, 2)], {file.digest})
        incoming.chats.append((chat_id, [MessageId(i) for i in ids.values() if i], words))

    @precondition(lambda self: self.incoming is not None and not self.incoming.is_shown)
    @rule(is_kept=st.booleans())
    def end_import(self, is_kept):
        if is_kept:
            self.store.imports.show(self.incoming.number)
            self.incoming.is_shown = True
            return
        self.give_import_up()
        while self.store.imports.sweep():
            pass

    def give_import_up(self) -> None:
        self.model.forgotten += [word for _, _, words in self.incoming.chats for word in words]
        self.incoming = None

    @precondition(lambda self: self.incoming is not None and self.incoming.is_shown)
    @rule()
    def reveal_a_portion(self):
        has_more = self.store.imports.reveal(self.incoming.number)
        self.see_the_folder()
        if self.incoming.chats:
            self.see(*self.incoming.chats.pop(0))
        assert has_more or not self.incoming.chats
        if not has_more:
            self.incoming = None

    def see_the_folder(self) -> None:
        folder = self.incoming.folder
        if folder not in self.model.folders and folder in {each.id for each in self.store.folders.all()}:
            self.model.folders[folder] = ModelFolder("Imported", None)
            self.ask_order([folder])

    def see(self, chat_id: ChatId, ids: list[MessageId], words: list[str]) -> None:
        chat = Shelved("imported", updated_at=self.incoming.at, folder=self.incoming.folder, leaf=ids[1])
        self.model.settle(chat)
        self.model.chats[chat_id] = chat
        for message in self.store.some_messages(ids):
            self.model.messages[message.id] = replace(message, files=())
        assert [self.model.messages[i].text for i in ids] == words
        self.model.chosen[ids[0]] = ids[1]
        self.model.digests[ids[0]] = f"d-{words[0]}"

    @rule()
    def restart(self):
        self.reopen()

    def reopen(self) -> None:
        """The end of the program, and what a start does."""
        self.store.close()
        self.store = Store.open(self._path)
        left = self.store.trash.doomed()
        self.copy = None
        self.doomed = [(TrashKind.MESSAGE, i) for i in left.message_ids] + [(TrashKind.CHAT, i) for i in left.chat_ids]
        if self.incoming is not None and self.incoming.is_shown:
            self.see_the_folder()
            for each in self.incoming.chats:
                self.see(*each)
            self.incoming = None
        elif self.incoming is not None:
            self.give_import_up()
        while self.store.imports.sweep():
            pass

    # What has to be true

    def all_entries(self) -> list[TrashEntry]:
        found: list[TrashEntry] = []
        while page := self.store.trash.entries(found[-1] if found else None, 2):
            found += page
        return found

    @invariant()
    def every_chat_is_listed_once_where_it_stands(self):
        pages: dict[Section, list[tuple[float, ChatId]]] = {
            Section(kind): [] for kind in SectionKind if kind is not SectionKind.FOLDER
        }
        pages |= {Section(SectionKind.FOLDER, folder): [] for folder in self.model.live_folders()}
        for chat_id in self.model.live_chats():
            chat = self.model.chats[chat_id]
            pages[self.model.section(chat)].append((chat.updated_at, chat_id))
        for section, expected in pages.items():
            ids = [chat_id for _, chat_id in sorted(expected, reverse=True)]
            count = self.store.listing.count(section)
            assert count == len(ids)
            listed = [chat.id for offset in range(0, count, 2) for chat in self.store.listing.page(section, offset, 2)]
            assert (section, listed) == (section, ids)
        counts = {s.folder_id: len(ids) for s, ids in pages.items() if s.kind is SectionKind.FOLDER and ids}
        assert self.store.listing.folder_counts() == counts

    @invariant()
    def the_folders_are_the_same(self):
        stored = self.store.folders.all()
        assert {each.id: (each.name, each.parent_id) for each in stored} == {
            i: (self.model.folders[i].name, self.model.folders[i].parent) for i in self.model.live_folders()
        }
        for parent, order in self.model.order.items():
            assert [each.id for each in stored if each.parent_id == parent] == order

    @invariant()
    def the_trash_is_the_same(self):
        assert [(entry.kind, entry.id) for entry in self.all_entries()] == self.model.entries()

    @invariant()
    def the_branches_are_the_same(self):
        for chat_id, chat in self.model.chats.items():
            stored = self.store.branch(self.store.chat(chat_id).leaf_id)
            expected = self.model.branch(chat.leaf)
            assert [(m.id, m.parent_id, m.text, m.status) for m in stored] == [
                (m.id, m.parent_id, m.text, m.status) for m in expected
            ]
            assert [[file.digest for file in m.files] for m in stored] == [
                [self.model.digests[m.id]] if m.id in self.model.digests else [] for m in stored
            ]
            assert self.store.draft(chat_id) == chat.draft
            assert {self.store.shown_leaf(message.id) for message in stored} <= {chat.leaf}

    @invariant()
    def no_file_is_kept_for_what_is_gone(self):
        if not self.doomed and self.copy is None and self.incoming is None:
            assert self.store.digests() == set(self.model.digests.values())

    @precondition(lambda self: self.incoming is None)  # meanwhile nothing is taken up
    @rule()
    def look_everything_up(self):
        while self.store.search.step(1.0):
            pass
        with closing(self.store.open_search()) as reader:
            live = self.model.live_chats()
            texts: dict[str, list[MessageId]] = {text: [] for text in self.model.forgotten if text}
            for i, message in self.model.messages.items():
                if message.text:
                    found = texts.setdefault(message.text, [])
                    chat = self.model.chats[message.chat_id]
                    if i not in self.model.trash and message.chat_id in live and not chat.is_archived:
                        found.append(i)
            for text, expected in texts.items():
                hits = reader.newest(parse(text, TODAY), 50, None, 1.0).hits
                assert (text, sorted(hit.message_id for hit in hits)) == (text, sorted(expected))

    @rule()
    def look_into_the_file(self):
        assert self.store._database.rows("PRAGMA foreign_key_check") == []
        assert self.store._database.rows("PRAGMA integrity_check") == [("ok",)]


LibraryMachine.TestCase.settings = settings(max_examples=15, stateful_step_count=40, deadline=None)
TestLibraryMachine = LibraryMachine.TestCase


def test_what_comes_while_its_folder_goes_to_the_trash_is_seen():
    machine = LibraryMachine()
    try:
        machine.begin()
        machine.add_folder(None, "Imported")
        machine.move_chats([0], 0)
        machine.begin_copy(0, is_branch=False)
        machine.begin_import()
        machine.delete_folder(0)
        machine.end_copy(is_kept=True)
        machine.end_import(is_kept=True)
        while machine.incoming is not None:
            machine.reveal_a_portion()

        machine.every_chat_is_listed_once_where_it_stands()
        assert machine.store.listing.count(Section(SectionKind.LISTED)) == 2
    finally:
        machine.teardown()
