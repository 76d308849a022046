"""Titles of chats and names of files in the index of the search."""

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
        if self.forget():
            return True
        database = self._database
        queued = database.rows("SELECT name_id FROM search_name_queue ORDER BY 1 DESC LIMIT ?", (AT_ONCE,))
        if queued:
            with database.transaction(is_barrier=False):
                for (number,) in queued:
                    self._put(number, self._name(number))
                    database.execute("DELETE FROM search_name_queue WHERE name_id = ?", (number,))
            return True
        return any(self._step_back(*source) for source in (_TITLES, _FILES))

    def forget(self) -> bool:
        """Take out some that have gone or changed; False when there was none."""
        database = self._database
        gone = database.rows("SELECT name_id, name FROM search_name_gone LIMIT ?", (AT_ONCE,))
        if not gone:
            return False
        with database.transaction(is_barrier=False):
            for number, name in gone:
                database.execute(
                    "INSERT INTO search_names (search_names, rowid, terms) VALUES ('delete', ?, ?)",
                    (number, _terms(name)),
                )
                database.execute("DELETE FROM search_name_gone WHERE name_id = ?", (number,))
            database.execute("UPDATE search_state SET must_purge = 1")
        return True

    def start_over(self) -> None:
        """Forget all, and take up again what is there. Inside a transaction."""
        self._database.execute("INSERT INTO search_names (search_names) VALUES ('delete-all')")
        for table in ("search_name_queue", "search_name_gone"):
            self._database.execute(f"DELETE FROM {table}")  # noqa: S608  (constants)
        self._database.execute(
            "UPDATE search_state SET next_old_chat = (SELECT coalesce(max(id), 0) FROM chats),"
            " next_old_file = (SELECT coalesce(max(id), 0) FROM files)"
        )

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
        if name is not None:
            self._database.execute("INSERT INTO search_names (rowid, terms) VALUES (?, ?)", (number, _terms(name)))


def _terms(name: str) -> str:
    chunks = CHUNK.findall(plain(name))
    return " ".join(sorted({term for chunk in chunks for term in (*words_of(chunk), *stems_of(chunk))}))
