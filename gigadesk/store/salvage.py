"""Saves what is readable of a damaged database into a new one, row by row.

The pages are read directly: SQLite gives up a whole table when a page that leads to its rows is damaged, although the
rows themselves are there. Then the tree of each chat is made whole again.
"""

import sqlite3
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from gigadesk.kept import Salvage
from gigadesk.store.file_names import HEADER_BYTES
from gigadesk.store.pages import INDEX_INNER, INDEX_LEAF, TABLE_INNER, TABLE_LEAF, Cell, Field, Pages
from gigadesk.store.salvaged_rows import ID_MAX, TABLES, fits, table_of, usable
from gigadesk.store.salvaged_trees import mend

PORTION_PAGES = 200
_EMPTY: dict[str, Field] = {"TEXT": "", "REAL": 0.0, "INTEGER": 0}

Going = Callable[[int, int], None]
"""Told how much of how much is done; what it raises ends the work."""


def salvage(source: Path, target: Path, going: Going) -> Salvage:
    """Copy every readable row of the database at `source` into the empty database of today's shape at `target`.

    `source`, and the write-ahead log beside it, are only read. Blocks; give it a thread.

    Raises:
        sqlite3.Error, OSError: `target` cannot be written, or there is no `source`.
    """
    with (
        closing(Pages(source)) as pages,
        closing(sqlite3.connect(target, isolation_level=None)) as connection,
    ):
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        return _Rescue(pages, connection, going).run()


@dataclass(slots=True)
class _Map:
    """To which tree each page belongs, as far as the trees can be walked."""

    table_of: dict[int, str] = field(default_factory=dict)
    is_whole: set[str] = field(default_factory=set)
    """Tables whose trees have no damage: a row that lies elsewhere is an old one that was deleted."""
    messages: set[int] = field(default_factory=set)
    """What the indexes name."""
    chats: set[int] = field(default_factory=set)
    chat_of: dict[int, int] = field(default_factory=dict)


class _Rescue:
    def __init__(self, pages: Pages, connection: sqlite3.Connection, going: Going) -> None:
        self._pages = pages
        self._connection = connection
        self._going = going
        self._map = _Map()
        self._columns = {name: self._columns_of(name) for name in TABLES}
        self._cut: set[int] = set()
        self._odd_texts = 0

    def run(self) -> Salvage:
        self._walk()
        steps = 2 * self._pages.count
        for is_in_place in (True, False):
            for first in range(1, self._pages.count + 1, PORTION_PAGES):
                self._going(first + (0 if is_in_place else self._pages.count), steps)
                self._connection.execute("BEGIN")
                for number in range(first, min(first + PORTION_PAGES, self._pages.count + 1)):
                    self._take_page(number, is_in_place=is_in_place)
                self._connection.execute("COMMIT")
        self._going(steps, steps)
        return self._settle()

    def _columns_of(self, table: str) -> tuple[list[str], list[str], list[Field], str]:
        rows = self._connection.execute(f"PRAGMA table_info({table})").fetchall()
        names, types = [row[1] for row in rows], [row[2] for row in rows]
        defaults: list[Field] = []
        for _, _, kind, is_needed, default, _ in rows:
            if default is not None:
                [(value,)] = self._connection.execute(f"SELECT {default}").fetchall()
                defaults.append(value)
            else:
                defaults.append(_EMPTY.get(kind) if is_needed else None)
        marks = ", ".join("?" * len(names))
        return names, types, defaults, f"INTO {table} ({', '.join(names)}) VALUES ({marks})"

    # Where things are

    def _walk(self) -> None:
        for kind, name, root, sql in self._schema():
            if kind == "table" and name in TABLES:
                is_whole = True
                for number, page_kind in self._tree(root, {TABLE_INNER, TABLE_LEAF}):
                    is_whole &= page_kind != 0
                    if page_kind == TABLE_LEAF:
                        self._map.table_of[number] = name
                if is_whole:
                    self._map.is_whole.add(name)
            elif kind == "index":
                self._read_index(name, root, has_chat="(chat_id," in sql)

    def _schema(self) -> list[tuple[str, str, int, str]]:
        """Tables, and indexes with the table that they are of; where their trees begin, and their SQL."""
        found: list[tuple[str, str, int, str]] = []
        for number, kind in self._tree(1, {TABLE_INNER, TABLE_LEAF}):
            if kind == TABLE_LEAF:
                for cell in self._pages.cells(self._pages.page(number), number):
                    match cell.fields:
                        case ["table" | "index" as what, str(), str() as table, int() as root, str() as sql, *_] if (
                            1 < root <= self._pages.count
                        ):
                            found.append((what, table, root, sql))
        return found

    def _tree(self, root: int, kinds: set[int]) -> Iterator[tuple[int, int]]:
        """The pages of a tree with their kinds; 0 stands for a damaged one."""
        waiting, seen = [root], {root}
        while waiting:
            number = waiting.pop()
            page = self._pages.page(number)
            kind = self._pages.kind(page, number)
            yield number, kind if kind in kinds else 0
            if kind in kinds & {TABLE_INNER, INDEX_INNER}:
                below = [child for child in self._pages.children(page, number) if child not in seen]
                seen.update(below)
                waiting.extend(below)

    def _read_index(self, table: str, root: int, *, has_chat: bool) -> None:
        """An index names rows that may be lost: the last field of an entry is the number of its row."""
        if table not in {"messages", "chats"}:
            return
        named = self._map.messages if table == "messages" else self._map.chats
        for number, kind in self._tree(root, {INDEX_INNER, INDEX_LEAF}):
            if not kind:
                continue
            for cell in self._pages.cells(self._pages.page(number), number):
                match cell.fields:
                    case [first, *_, int() as row] if 0 < row < ID_MAX:
                        named.add(row)
                        if has_chat and isinstance(first, int):
                            self._map.chat_of[row] = first

    # Rows

    def _take_page(self, number: int, *, is_in_place: bool) -> None:
        owner = self._map.table_of.get(number)
        if (owner is not None) != is_in_place:
            return
        page = self._pages.page(number)
        if self._pages.kind(page, number) != TABLE_LEAF or (number == 1 and page[HEADER_BYTES] != TABLE_LEAF):
            return
        for cell in self._pages.cells(page, number):
            table = owner if owner is not None and fits(owner, cell) else table_of(cell)
            if table and (owner is not None or table not in self._map.is_whole):
                self._insert(table, cell)
        # Of what was deleted meanwhile no index tells.
        for cell in self._pages.cells(self._pages.spare(number), number):
            table = table_of(cell)
            if cell.rowid in {"messages": self._map.messages, "chats": self._map.chats}.get(table, ()):
                self._insert(table, cell)

    def _insert(self, table: str, cell: Cell) -> None:
        names, types, defaults, into = self._columns[table]
        # What was found first lay where it belongs; but a text that is whole is better than one that is cut.
        is_better = table == "messages" and cell.rowid in self._cut and not cell.is_cut
        values = usable(names, types, defaults, cell)
        done = self._connection.execute(f"INSERT OR {'REPLACE' if is_better else 'IGNORE'} {into}", values)
        if not done.rowcount:
            return
        self._odd_texts += cell.has_odd_text
        if table == "messages":
            (self._cut.add if cell.is_cut else self._cut.discard)(cell.rowid)

    # The whole

    def _settle(self) -> Salvage:
        connection = self._connection
        connection.execute("BEGIN")
        found = {row[0] for row in connection.execute("SELECT id FROM messages")}
        lost = self._map.messages - found
        chats = {row[0] for row in connection.execute("SELECT id FROM chats")}
        known_chats = chats | self._map.chats | set(self._map.chat_of.values())
        mended = mend(connection, lambda: str(uuid.uuid4()))
        hurt = {self._map.chat_of[each] for each in lost if each in self._map.chat_of}
        for message_id in self._cut:
            row = connection.execute("SELECT chat_id FROM messages WHERE id = ?", (message_id,)).fetchone()
            hurt.add(row[0])
        [(count,)] = connection.execute("SELECT count(*) FROM chats").fetchall()
        [(files,)] = connection.execute("SELECT count(*) FROM files").fetchall()
        titles = []
        for chat_id in sorted(hurt):
            row = connection.execute("SELECT title FROM chats WHERE id = ?", (chat_id,)).fetchone()
            titles.append(row[0] if row is not None else "")
        connection.execute("COMMIT")
        return Salvage(
            chats=count,
            known_chats=len(known_chats | mended.new_chats),
            messages=len(found),
            known_messages=len(found | self._map.messages),
            cut_messages=len(self._cut),
            mended_texts=self._odd_texts,
            unnamed_chats=len(mended.new_chats),
            rehung_messages=mended.rehung,
            files=files,
            hurt=tuple(titles),
        )
