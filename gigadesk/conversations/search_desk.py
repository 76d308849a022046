"""Searches in all chats, and keeps the index of them up in idle moments."""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TypeVar

from gigadesk.chat import MessageId
from gigadesk.conversations.live_chats import LiveChats
from gigadesk.errors import StorageError
from gigadesk.facts import (
    BranchChanged,
    Event,
    FileProgress,
    MessageGrew,
    MessageThought,
    SavingFailed,
    SearchCounted,
    SearchFound,
    SearchProgress,
)
from gigadesk.search.hits import Hit, HitKind, Order, Place, Position, Results, Vocabulary
from gigadesk.search.matching import Matcher
from gigadesk.search.query import Query, parse
from gigadesk.search.snippets import snippet
from gigadesk.store import Store
from gigadesk.store.search_index import SearchIndex
from gigadesk.store.search_reader import SearchReader
from gigadesk.store.search_suggest import suggestion
from gigadesk.tasks import TaskScope, Work

PAGE = 50
"""Hits that are told at a time."""
RANKED = 200
PORTION_S = 0.15
"""After this long what was found is told, and the search goes on."""
TALLY_S = 3.0
SLICE_S = 0.008
PAUSE_S = 0.006
"""Between two slices: what the user does goes before."""
RESTING_S = 0.4
"""After a letter, a turn of the wheel or a piece of an answer."""
RESTING_MAX_S = 3.0
"""So long a row of them keeps the next slice waiting: long answers must not stop the index."""
BEGIN_AFTER_S = 2.0
REST_S = 0.3
PROGRESS_EVERY = 40
"""Slices."""
RETRY_S = 20.0

_SEARCH_SLOT = "search"
_INDEX_SLOT = "index of the search"
_QUIET = (MessageGrew, MessageThought, FileProgress, SearchFound, SearchCounted, SearchProgress, BranchChanged)
"""They bring nothing that can be indexed."""

T = TypeVar("T")


class SearchDesk:
    """One search at a time: a new one ends the one before it. What is found is published with a ticket."""

    def __init__(
        self,
        store: Store,
        live: LiveChats,
        tasks: TaskScope,
        publish: Callable[[Event], None],
        today: Callable[[], date] = date.today,
    ) -> None:
        self._store = store
        self._live = live
        self._tasks = tasks
        self._publish = publish
        self._today = today
        self._reader: SearchReader | None = None
        self._is_closed = False
        self._ticket = 0
        self._next: tuple[Query, Position] | None = None
        """How the search can go on."""
        self._is_counted = False
        self._wake = asyncio.Event()
        self._hurry = asyncio.Event()
        """Somebody searches: what waits is taken up at once."""
        self._index: SearchIndex = store.search
        self._rested_at = -RESTING_S
        self.waiting = 0
        """Messages that cannot be found yet, as `SearchProgress` has told last."""

    # What is asked

    def search(
        self,
        text: str,
        order: Order = Order.NEWEST,
        *,
        also: frozenset[Place] = frozenset(),
        is_typing: bool = False,
        as_typed: bool = False,
    ) -> int:
        """Search from now on: `SearchFound`, perhaps several times, then `SearchCounted`. Gives the ticket.

        `also`: where else, besides what the text says. When nothing is found, what was perhaps meant is searched,
        unless it is wanted `as_typed`.
        """
        self._ticket += 1
        self._next = None
        self._is_counted = False
        self._hurry.set()
        read = partial(self._parse, also=also, is_typing=is_typing)
        work = partial(self._search, self._ticket, text, read, order, as_typed=as_typed)
        self._start(work)
        return self._ticket

    def go_on(self) -> None:
        """Tell the next hits of the last search. They go before the counting, which is begun anew after them."""
        if self._next is not None:
            query, before = self._next
            self._next = None
            self._start(partial(self._go_on, self._ticket, query, before))

    def _start(self, work: Work) -> None:
        # At the end of the program a page may ask once more: a second connection would keep the log beside the file.
        if not self._is_closed:
            self._tasks.start(_SEARCH_SLOT, "search", work)

    def stop(self) -> None:
        """Search no more."""
        self._ticket += 1
        self._next = None
        self._tasks.cancel(_SEARCH_SLOT)

    def is_in_trash(self, hit: Hit) -> tuple[bool, bool]:
        """Whether the chat of a hit is in the trash, and whether the message is."""
        is_message_gone = hit.message_id is not None and self._store.is_message_deleted(hit.message_id)
        return self._store.is_deleted(hit.chat_id), is_message_gone

    def is_gone(self, hit: Hit) -> bool:
        """Whether what was found has been deleted for ever since."""
        return self._store.trash.is_gone(hit.chat_id, hit.message_id)

    def vocabulary(self) -> Vocabulary:
        """What the filters can be completed with."""
        is_free = not self._is_closed and not self._tasks.is_running(_SEARCH_SLOT)
        return self._asked().vocabulary() if is_free else Vocabulary((), ())

    # The index

    def begin(self) -> None:
        """Take up what waits, now and whenever there is something new."""
        self._tasks.start(_INDEX_SLOT, "index of the search", self._keep_up)

    def note(self, event: Event) -> None:
        """Something has happened that there may be words in."""
        if not isinstance(event, _QUIET):
            self._wake.set()
        if isinstance(event, MessageGrew | MessageThought):
            self.rest()

    def rest(self) -> None:
        """Somebody types or scrolls, or an answer comes: do nothing else for a moment."""
        self._rested_at = time.monotonic()

    async def go_over(self) -> None:
        """The store goes on with another file."""
        self.stop()
        await self._tasks.end((_SEARCH_SLOT,), TALLY_S)
        self.close()

    def end(self) -> None:
        """Begin no search any more, and open no connection: the program ends."""
        self._is_closed = True

    def close(self) -> None:
        """Let go of the second connection; the tasks have ended."""
        if self._reader is not None:
            self._reader.close()
            self._reader = None

    def slots(self) -> tuple[str, ...]:
        """What has to end before `close`."""
        return (_SEARCH_SLOT, _INDEX_SLOT)

    async def _keep_up(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(BEGIN_AFTER_S):
                await self._hurry.wait()
        if self._index.is_on_disk:
            await asyncio.to_thread(self._index.prepare)
        while True:
            self._wake.clear()
            try:
                await self._take_up()
                is_pure = self._index.purge(SLICE_S)
                while not is_pure:
                    await asyncio.sleep(PAUSE_S)
                    is_pure = self._index.purge(SLICE_S)
            except StorageError:
                # Whoever writes what the user wants says so; the index is not worth words of its own.
                await asyncio.sleep(RETRY_S)
                continue
            await self._wake.wait()
            await asyncio.sleep(REST_S)

    async def _take_up(self) -> None:
        slices = 0
        while self._index.step(SLICE_S):
            if slices % PROGRESS_EVERY == 0:
                self._tell_progress()
            slices += 1
            await self._pause()
        if slices or self.waiting:
            self._tell_progress()

    async def _pause(self) -> None:
        """Between two slices: what the user does goes before, but not for ever."""
        await asyncio.sleep(PAUSE_S)
        end = time.monotonic() + RESTING_MAX_S
        while (left := min(self._rested_at + RESTING_S, end) - time.monotonic()) > 0:  # noqa: ASYNC110
            await asyncio.sleep(left)  # and see whether there was another letter meanwhile: one for each is no event

    def _tell_progress(self) -> None:
        progress = self._index.progress()
        self.waiting = progress.waiting
        self._publish(SearchProgress(progress.waiting, progress.total))

    # Searching

    def _parse(self, text: str, *, also: frozenset[Place], is_typing: bool) -> Query:
        query = parse(text, self._today(), is_typing=is_typing)
        return replace(query, places=query.places | also)

    async def _go_on(self, ticket: int, query: Query, place: Position) -> None:
        try:
            await self._newest(ticket, query, place, PAGE, is_first=False)
            await self._count(ticket, query)
        except StorageError as error:
            self._publish(SavingFailed(error))

    async def _search(
        self, ticket: int, text: str, read: Callable[[str], Query], order: Order, *, as_typed: bool
    ) -> None:
        query = read(text)
        if query.is_empty:
            self._tell(ticket, SearchFound(ticket, (), is_first=True, can_go_on=False, is_working=False))
            return
        try:
            if await self._find(ticket, query, order, "") or as_typed:
                return
            instead = await self._asking(lambda reader: suggestion(text, reader.words))
            if instead is not None:
                await self._find(ticket, read(instead), order, instead)
        except StorageError as error:
            self._publish(SavingFailed(error))

    async def _find(self, ticket: int, query: Query, order: Order, instead: str) -> bool:
        """Tell what is found; False when nothing is. A first nothing is told only without `instead`."""
        names = await self._asking(lambda reader: reader.names(query))
        if order is Order.RELEVANCE and query.terms:
            results = await self._asking(lambda reader: reader.best(query, RANKED))
            hits = (*names, *results.hits)
            if hits or not instead:
                self._tell(
                    ticket,
                    SearchFound(ticket, hits, is_first=True, can_go_on=False, is_working=False, instead=instead),
                )
        else:
            hits = (*names, *self._live_hits(query))
            known = frozenset(hit.message_id for hit in hits if hit.kind is HitKind.MESSAGE and hit.message_id)
            found = await self._newest(
                ticket, query, None, PAGE, is_first=True, before=hits, known=known, instead=instead
            )
            hits = (*hits, *found)
        if not hits:
            return False
        await self._count(ticket, query)
        return True

    async def _count(self, ticket: int, query: Query) -> None:
        if not self._is_counted:
            tally = await self._asking(lambda reader: reader.tally(query, TALLY_S))
            self._is_counted = ticket == self._ticket
            self._tell(ticket, SearchCounted(ticket, tally))

    async def _newest(
        self,
        ticket: int,
        query: Query,
        place: Position | None,
        count: int,
        *,
        is_first: bool,
        before: tuple[Hit, ...] = (),
        known: frozenset[MessageId] = frozenset(),
        instead: str = "",
    ) -> tuple[Hit, ...]:
        """Look for so many hits, older than a place, and tell what is found from time to time."""
        found: list[Hit] = []
        while True:
            left, start = count - len(found), place
            results = await self._asking(partial(_read, query=query, count=left, before=start))
            fresh = tuple(hit for hit in results.hits if hit.message_id not in known)
            found += fresh
            place = results.next_place
            is_working = place is not None and len(found) < count
            if place is not None and not is_working:
                self._next = (query, place)
            told = (*before, *fresh) if is_first else fresh
            if told or not is_first or not (is_working or instead):
                self._tell(
                    ticket,
                    SearchFound(
                        ticket,
                        told,
                        is_first=is_first,
                        can_go_on=place is not None,
                        is_working=is_working,
                        searched_to=results.searched_to if place is not None else None,
                        instead=instead,
                    ),
                )
                is_first = False
            if not is_working:
                return tuple(found)

    def _live_hits(self, query: Query) -> list[Hit]:
        """Replies that are being written: they are not in the index before they have ended."""
        if not query.terms or query.features or query.models or query.folders or query.titles:
            return []
        matcher = Matcher(query)
        hits = []
        for reply in self._live.replies():
            message = reply.message
            spots = matcher.numbered_spots(message.text)
            is_wanted = query.role in {None, message.role} and Place.LISTED in query.places
            is_wanted = is_wanted and (query.since or 0.0) <= message.created_at < (query.until or float("inf"))
            if is_wanted and {number for _, number in spots} == set(range(len(query.terms))):
                title = self._live.chat(message.chat_id).title
                shown, marks = snippet(message.text, matcher.spots(message.text))
                hits.append(
                    Hit(
                        HitKind.MESSAGE,
                        message.chat_id,
                        message.id,
                        title,
                        message.role,
                        message.created_at,
                        shown,
                        marks,
                        Place.LISTED,
                    )
                )
        return hits

    def _tell(self, ticket: int, event: Event) -> None:
        if ticket == self._ticket:
            self._publish(event)

    def _asked(self) -> SearchReader:
        if self._reader is None:
            self._reader = self._store.open_search()
        return self._reader

    async def _asking(self, question: Callable[[SearchReader], T]) -> T:
        """Ask in a thread; who is cancelled meanwhile leaves when the thread has ended, which is at once."""
        reader = self._asked()
        if not reader.is_threaded:
            await asyncio.sleep(0)
            return question(reader)
        answer = asyncio.get_running_loop().run_in_executor(None, question, reader)
        try:
            return await asyncio.shield(answer)
        except asyncio.CancelledError:
            reader.interrupt()
            await asyncio.wait([answer])
            answer.exception()  # that it was interrupted is known
            reader.resume()
            raise


def _read(reader: SearchReader, *, query: Query, count: int, before: Position | None) -> Results:
    return reader.newest(query, count, before, PORTION_S)
