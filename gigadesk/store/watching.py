"""Statements that take long, and may be ended while they run."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager

STEPS = 50_000
"""Of SQLite's machine between two looks: some milliseconds."""


class BrokenOffError(Exception):
    """The work was ended by whoever watched it. What was not committed has not happened."""


@contextmanager
def watched(connection: sqlite3.Connection, going: Callable[[], bool]) -> Iterator[None]:
    """Ask `going` again and again while statements run inside; when it says no, they end with `BrokenOffError`."""
    connection.set_progress_handler(lambda: not going(), STEPS)
    try:
        yield
    except sqlite3.OperationalError as exc:
        # Some errors of the `sqlite3` module itself carry no code.
        if getattr(exc, "sqlite_errorcode", 0) != sqlite3.SQLITE_INTERRUPT:
            raise
        raise BrokenOffError from exc
    except InterruptedError as exc:  # that has been translated already
        raise BrokenOffError from exc
    finally:
        connection.set_progress_handler(None, 0)
