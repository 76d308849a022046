"""Titles of chats and names of files in the index of the search. Small beside the messages, so it keeps its terms."""

from gigadesk.search.words import CHUNK, plain, stems_of, words_of
from gigadesk.store.database import Database

AT_ONCE = 40

_TITLES = ("chats", "next_old_chat", "title", 0)
_FILES = ("files", "next_old_file", "name", 1)


class NameIndex:
    """A title has twice the id of its chat as its number, a file twice its id and one more."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def step(self) -> bool:
        """Take some up; False when none waits any more."""
        database = self._database
        queued = database.rows("SELECT name_id FROM search_name_queue ORDER BY 1 DESC LIMIT ?", (AT_ONCE,))
        if queued:
            with database.transaction(is_barrier=False):
                for (number,) in queued:
                    self._put(number, self._name(number))
                    database.execute("DELETE FROM search_name_queue WHERE name_id = ?", (number,))
            return True
        return any(self._step_back(*source) for source in (_TITLES, _FILES))

    def _step_back(self, table: str, cursor: str, column: str, odd: int) -> bool:
        """Go on with what was there before the index was."""
        database = self._database
        rows = database.rows(
            f"SELECT id, {column} FROM {table} WHERE id <= (SELECT {cursor} FROM search_state)"  # noqa: S608  (constants)
            f" ORDER BY id DESC LIMIT {AT_ONCE}"
        )
        if not rows:
            return False
        with database.transaction(is_barrier=False):
            for row_id, name in rows:
                self._put(2 * row_id + odd, name)
            database.execute(f"UPDATE search_state SET {cursor} = ?", (rows[-1][0] - 1,))  # noqa: S608
        return True

    def _name(self, number: int) -> str | None:
        """None when there is no such thing any more."""
        table, _, column, _ = _FILES if number % 2 else _TITLES
        row = self._database.row(f"SELECT {column} FROM {table} WHERE id = ?", (number // 2,))  # noqa: S608
        return row[0] if row is not None else None

    def _put(self, number: int, name: str | None) -> None:
        known = self._database.row("SELECT 1 FROM search_names WHERE rowid = ?", (number,)) is not None
        if known:
            self._database.execute("DELETE FROM search_names WHERE rowid = ?", (number,))
        if name is None and known:
            self._database.execute("UPDATE search_state SET must_purge = 1")
        if name:
            chunks = CHUNK.findall(plain(name))
            terms = {term for chunk in chunks for term in (*words_of(chunk), *stems_of(chunk))}
            self._database.execute(
                "INSERT INTO search_names (rowid, terms) VALUES (?, ?)", (number, " ".join(sorted(terms)))
            )
