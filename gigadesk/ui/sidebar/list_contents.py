"""What the list of chats shows now, and where in it a chat stands. Holds numbers and a few pages of chats. No Qt."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from math import inf

from gigadesk.chat import Chat, ChatId, Folder, FolderId, Section, SectionKind
from gigadesk.ui.sidebar.chat_pages import ChatPages
from gigadesk.ui.sidebar.chat_source import ChatSource, NoChats
from gigadesk.ui.sidebar.day_groups import DayGroups
from gigadesk.ui.sidebar.found_chats import FoundChats
from gigadesk.ui.sidebar.list_rows import HEAD, ListRows, Part

Spot = tuple[Part, int]
"""A part of the list, and how many of its chats stand before the one that is meant."""


@dataclass(frozen=True, slots=True)
class Change:
    """From which spot a chat goes, and to which; None when it was, or will be, nowhere in the list."""

    before: Spot | None
    after: Spot | None
    commit: Callable[[], None]
    """From now on the chat is known as it is now."""


class ListContents:
    """Reads what is shown: all chats, or the archive; of these all, or those whose titles hold some words."""

    def __init__(self, today: date, on_short: Callable[[], None]) -> None:
        """`on_short` is called when the source has fewer chats than were counted."""
        self.days = DayGroups(today)
        self.rows = ListRows()
        self.folded: set[FolderId] = set()
        self.folders: Sequence[Folder] = ()
        self.is_archive = False
        self.found: FoundChats | None = None
        self._source: ChatSource = NoChats()
        self.pages = ChatPages(self._source, on_short)

    def use_source(self, source: ChatSource) -> None:
        self._source = source
        self.found = None
        self.folders = ()

    def look_for(self, text: str, nameless: str) -> None:
        """Show only chats whose title holds every word of `text`; of all of them for an empty one."""
        self.found = None
        if text.strip():
            self.found = FoundChats(self._source, text, is_archived=self.is_archive, nameless=nameless)
            self.found.go_on()

    def renew(self, chat_ids: Collection[ChatId]) -> None:
        """Many chats have changed, gone or come back; to be followed by `read`."""
        if self.found is not None:
            self.found.renew(chat_ids)

    def read(self) -> None:
        """Count everything anew."""
        self.pages.use_source(self.source)
        if self.is_flat:
            self.rows.build(0, (), {}, self.read_days(), self.is_open)
        else:
            pinned = self._source.count(Section(SectionKind.PINNED))
            counts = self._source.folder_counts()
            self.rows.build(pinned, self.folders, counts, self.read_days(), self.is_open)

    def read_days(self) -> list[Part]:
        """The groups of days that have chats, the newest first."""
        parts: list[Part] = []
        before = inf
        while (time := self.source.newest_time(Section(self._kind, before=before))) is not None:
            section, group = self._days_of(time)
            parts.append(Part(section, self.source.count(section), group, has_head=True))
            before = section.since
        return parts

    @property
    def source(self) -> ChatSource:
        return self.found or self._source

    @property
    def is_flat(self) -> bool:
        """Without pinned chats and folders."""
        return self.found is not None or self.is_archive

    def is_open(self, folder_id: FolderId) -> bool:
        return folder_id not in self.folded

    # Chats

    def chat(self, chat_id: ChatId) -> Chat | None:
        """A chat that the list has; None when it is filtered away, or not there."""
        chat = self.pages.known(chat_id) or next(iter(self.source.some([chat_id])), None)
        if chat is None or self.section(chat) is None:
            return None
        self.pages.put(chat)
        return chat

    def exists(self, chat_id: ChatId) -> bool:
        """Whether there is such a chat outside of the trash."""
        return bool(self._source.some([chat_id]))

    def chat_in(self, row: int) -> Chat | None:
        """The chat of a row; None for a heading or no row."""
        found = self.rows.at(row)
        return None if found is None or found[1] == HEAD else self.pages.chat(found[0].section, found[1])

    def row_of(self, chat_id: ChatId) -> int | None:
        """The row of a chat; None when it is filtered or folded away."""
        chat = self.chat(chat_id)
        section = self.section(chat) if chat is not None else None
        part = self.rows.part(section) if section is not None else None
        if chat is None or part is None or not part.count:
            return None
        rank = self.source.rank(part.section, chat.updated_at, chat.id)
        return self.rows.row(part, min(rank, part.count - 1))

    def chat_ids(self, first: int, last: int) -> list[ChatId]:
        """The chats of these rows, from top to bottom; headings are left out."""
        found: list[ChatId] = []
        row = first
        while row <= last and (at := self.rows.at(row)) is not None:
            part, offset = at
            count = 1 if offset == HEAD else min(part.count - offset, last - row + 1)
            if offset != HEAD:
                found += self.pages.ids(part.section, offset, count)
            row += count
        return found

    def held_id(self, row: int) -> ChatId | None:
        """The chat of a row as the list knows it, without a look into the store; None if it does not know."""
        found = self.rows.at(row)
        return None if found is None or found[1] == HEAD else self.pages.held(found[0].section, found[1])

    def left_near(self, row: int, gone: Collection[ChatId]) -> ChatId | None:
        """The first chat that is not among these, as the source has it now, of the part of a row, or of the nearest."""
        for part in self.rows.shown_parts_from(row):
            left = (each for each in self.source.ids(part.section, 0, part.count) if each not in gone)
            if (chat_id := next(left, None)) is not None:
                return chat_id
        return None

    def section(self, chat: Chat) -> Section | None:
        """Where a chat stands in what is shown now; None when nowhere."""
        if chat.is_archived != self.is_archive or (self.found is not None and not self.found.has(chat.id)):
            return None
        if chat.is_pinned and not self.is_flat:
            return Section(SectionKind.PINNED)
        if chat.folder_id is not None and not self.is_flat:
            return Section(SectionKind.FOLDER, chat.folder_id)
        return self._days_of(chat.updated_at)[0]

    def change(self, chat_id: ChatId, old: Chat | None, new: Chat | None) -> Change:
        """One chat is another, or elsewhere, or new, or gone."""
        was = self.section(old) if old is not None else None
        if self.found is not None:
            self.found.put(new) if new is not None else self.found.remove(chat_id)
        now = self.section(new) if new is not None else None
        before = after = None
        if old is not None and was is not None and (part := self._part(was, old)) is not None:
            # Itself may stand before its old place by now.
            has_risen = new is not None and now == was and new.updated_at > old.updated_at
            before = part, self.source.rank(was, old.updated_at, chat_id) - has_risen
        if new is not None and now is not None and (part := self._part(now, new)) is not None:
            after = part, self.source.rank(now, new.updated_at, chat_id)
        moved = [section for section in (was, now) if section is not None and before != after]
        return Change(before, after, partial(self._commit, chat_id, new, moved))

    def _commit(self, chat_id: ChatId, new: Chat | None, moved: Sequence[Section]) -> None:
        for section in moved:
            self.pages.forget(section)
        if new is None:
            self.pages.remove(chat_id)
        else:
            self.pages.put(new)

    @property
    def _kind(self) -> SectionKind:
        return SectionKind.ARCHIVED if self.is_archive else SectionKind.LISTED

    def _days_of(self, time: float) -> tuple[Section, int]:
        group = self.days.group(time)
        since, before = self.days.span(group)
        return Section(self._kind, since=since, before=before), group

    def _part(self, section: Section, chat: Chat) -> Part | None:
        """The part of a section, made if it is a group of days; None for a folder that is not known yet."""
        part = self.rows.part(section)
        if part is None and section.kind is self._kind:
            part = Part(section, group=self.days.group(chat.updated_at))
            self.rows.add_days(part)
        return part
