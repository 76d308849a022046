"""Brings what comes piece by piece (replies, drafts, files) onto the disk, and goes on trying when the disk refuses."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

from gigadesk.chat import ChatFile, ChatId, FileId, Message, MessageId, Source
from gigadesk.errors import StorageError
from gigadesk.facts import Event, SavingFailed, SavingResumed
from gigadesk.store import JournalKind, Store

BARRIER_INTERVAL_S = 1.0
"""A power cut may take at most this much; a barrier for each delta or key would cost a disk flush each."""
RETRY_INTERVAL_S = 1.0


class Saver:
    """Writes deltas, sources and ends of replies, generated files, what becomes of files, and drafts.

    When the disk refuses, they wait in memory and are tried again each second and at the end of each reply.
    `SavingFailed` is published when that begins, `SavingResumed` when all of it is saved.
    """

    def __init__(self, store: Store, publish: Callable[[Event], None], clock: Callable[[], float]) -> None:
        self._store = store
        self._publish = publish
        self._clock = clock
        self._texts: dict[tuple[MessageId, JournalKind], str] = {}
        self._sources: dict[MessageId, tuple[Source, ...]] = {}
        self._new_files: list[tuple[ChatFile, Callable[[ChatFile], None]]] = []
        self._files: dict[FileId, ChatFile] = {}
        self._ends: dict[MessageId, tuple[Message, bool]] = {}
        self._drafts: dict[ChatId, str] = {}
        self._is_failing = False
        self.refusal: StorageError | None = None
        """Why the disk has refused the last time."""
        self._is_flushed = True
        self._is_closed = False
        self._last_barrier_at = float("-inf")
        self._timer: asyncio.TimerHandle | None = None
        if store.refusal is not None:
            # The disk had no room at the start: said as soon as there is somebody to hear it, and tried again.
            self._is_flushed = False
            asyncio.get_running_loop().call_soon(self._refused, store.refusal)

    def append(self, message_id: MessageId, delta: str, kind: JournalKind = JournalKind.TEXT) -> None:
        """Put `delta` into the journal: on return it survives a crash, a second later a power cut."""
        self._texts[message_id, kind] = self._texts.get((message_id, kind), "") + delta
        # While the disk refuses, each try may cost 0.2 s of waiting for a lock: leave it to the timer.
        if not self._is_failing:
            self._write(is_barrier=self._is_barrier_due())

    def finish(self, message: Message, *, is_unread: bool) -> None:
        """Save the end of a reply, with its whole text."""
        for kind in JournalKind:
            self._texts.pop((message.id, kind), None)
        self._sources.pop(message.id, None)
        self._ends[message.id] = (message, is_unread)
        self._write(is_barrier=True)

    def save_sources(self, message_id: MessageId, sources: tuple[Source, ...]) -> None:
        """Keep the sources of a running reply; its end saves them anyway."""
        self._sources[message_id] = sources
        if not self._is_failing:
            self._write(is_barrier=False)

    def add_file(self, file: ChatFile, on_added: Callable[[ChatFile], None]) -> None:
        """Keep a generated file; `on_added` is called with it, and with its id, as soon as it is on the disk."""
        self._new_files.append((file, on_added))
        if not self._is_failing:
            self._write(is_barrier=False)

    def save_file(self, file: ChatFile) -> None:
        """Keep what became of a file."""
        self._files[file.id] = file
        if not self._is_failing:
            self._write(is_barrier=False)

    def drop_file(self, file_id: FileId) -> None:
        """It was removed: forget what waited."""
        self._files.pop(file_id, None)

    def latest(self, file: ChatFile) -> ChatFile:
        """A stored file as it is now, although the disk has not taken that yet."""
        waiting = self._files.get(file.id)
        return file if waiting is None else replace(waiting, message_id=file.message_id)

    def save_draft(self, chat_id: ChatId, text: str) -> None:
        """Keep what is being typed: on return it survives a crash, a second later a power cut."""
        self._drafts[chat_id] = text
        if not self._is_failing:
            self._write(is_barrier=False)

    def hold_draft(self, chat_id: ChatId, text: str, refusal: StorageError) -> None:
        """Keep a text that the disk has just refused as a message."""
        self._drafts[chat_id] = text
        self._refused(refusal)

    def drop_draft(self, chat_id: ChatId) -> None:
        """It was sent: forget what waited."""
        self._drafts.pop(chat_id, None)

    def unsaved_draft(self, chat_id: ChatId) -> str | None:
        """A draft that the disk has not taken yet."""
        return self._drafts.get(chat_id)

    def unsaved(self, message_id: MessageId) -> Message | None:
        """An ended reply that the disk has not taken yet."""
        end = self._ends.get(message_id)
        return None if end is None else end[0]

    def waiting_texts(self) -> list[str]:
        """Answers and drafts that the disk has not taken."""
        answers = [message.text for message, _ in self._ends.values()]
        return [text for text in (*answers, *self._texts.values(), *self._drafts.values()) if text]

    def settle(self) -> None:
        """Save whatever waits, now.

        Raises:
            StorageError: the disk still refuses; it waits on.
        """
        self._write(is_barrier=True)
        if self._texts or self._ends or self._new_files:
            self._write_all(is_barrier=True)

    def save_all(self) -> int:
        """Try once more to save whatever waits; of how many answers, drafts and files the disk refuses something."""
        self._write(is_barrier=True)
        answers = {message_id for message_id, _ in self._texts} | self._ends.keys()
        return len(answers) + len(self._new_files) + sum(bool(text) for text in self._drafts.values())

    def note_refusal(self, refusal: StorageError) -> None:
        """The disk is known to refuse, although nothing waits: said now, and tried again each second."""
        if not self._is_failing:
            self._is_flushed = False
            self._refused(refusal)

    def close(self) -> None:
        """Try a last time; no timer is left."""
        self._is_closed = True
        self._write(is_barrier=True)
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _write(self, *, is_barrier: bool) -> None:
        try:
            self._write_all(is_barrier=is_barrier)
        except StorageError as exc:
            self.refusal = exc
            if self._is_failing:
                self._schedule(RETRY_INTERVAL_S)
            else:
                self._refused(exc)
        else:
            if self._is_failing:
                self._is_failing = False
                self._publish(SavingResumed())
            if not self._is_flushed:
                self._schedule(self._last_barrier_at + BARRIER_INTERVAL_S - self._now())

    def _refused(self, refusal: StorageError) -> None:
        self._is_failing = True
        self.refusal = refusal
        self._publish(SavingFailed(refusal))
        self._schedule(RETRY_INTERVAL_S)

    def _write_all(self, *, is_barrier: bool) -> None:
        for (message_id, kind), text in list(self._texts.items()):
            self._store.append(message_id, text, kind, is_barrier=is_barrier)
            del self._texts[message_id, kind]
            self._note_commit(is_barrier=is_barrier)
        for message_id, sources in list(self._sources.items()):
            self._store.set_sources(message_id, sources)
            del self._sources[message_id]
            self._note_commit(is_barrier=False)
        while self._new_files:
            new, on_added = self._new_files[0]
            added = self._store.add_file(new)
            del self._new_files[0]
            self._note_commit(is_barrier=True)
            on_added(added)
        for file_id, file in list(self._files.items()):
            self._store.update_file(file)
            del self._files[file_id]
            self._note_commit(is_barrier=False)
        for message_id, (message, is_unread) in list(self._ends.items()):
            self._store.finish_reply(message, self._clock(), is_unread=is_unread)
            del self._ends[message_id]
            self._note_commit(is_barrier=True)
        for chat_id, text in list(self._drafts.items()):
            self._store.set_draft(chat_id, text)
            del self._drafts[chat_id]
            self._note_commit(is_barrier=False)
        if is_barrier and not self._is_flushed:
            self._store.flush()
            self._note_commit(is_barrier=True)

    def _note_commit(self, *, is_barrier: bool) -> None:
        self._is_flushed = is_barrier
        if is_barrier:
            self._last_barrier_at = self._now()

    def _on_timer(self) -> None:
        self._timer = None
        self._write(is_barrier=self._is_barrier_due())

    def _schedule(self, delay_s: float) -> None:
        if self._timer is None and not self._is_closed:
            self._timer = asyncio.get_running_loop().call_later(max(delay_s, 0.0), self._on_timer)

    def _is_barrier_due(self) -> bool:
        return self._now() - self._last_barrier_at >= BARRIER_INTERVAL_S

    @staticmethod
    def _now() -> float:
        return asyncio.get_running_loop().time()
