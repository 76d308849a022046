"""Which table a row of a damaged file belonged to, and what of it can be used. Pure but for `has_rows`."""

import math
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import cast

from gigadesk.chat import FileState, Role, Status
from gigadesk.store.file_names import wal_of
from gigadesk.store.pages import TABLE_LEAF, Cell, Field, Pages
from gigadesk.text import clean

ID_MAX = 1 << 48
"""No number of a row will ever be so great: a greater one is damaged."""
TIME_MAX = 32_503_680_000.0
"""The year 3000: a later one is damage, and no calendar can show it."""
_LOOKED_AT_PAGES = 2_000

_ROLE, _STATUS = 3, 4
"""Columns of messages."""
_ROLES = frozenset(Role)
_STATUSES = frozenset(Status)
_STATES = frozenset(FileState)
_ORIGINS = frozenset({"none", "first_words", "model", "user"})
_KINDS = frozenset({"text", "reasoning"})
_WORDS: dict[str, tuple[frozenset[str], str]] = {
    "role": (frozenset(_ROLES), Role.ASSISTANT.value),
    "status": (frozenset(_STATUSES), Status.STOPPED.value),
}
"""Columns with one of a few words, and which stands for one that is damaged."""


def table_of(cell: Cell) -> str:
    """The table whose rows look like this one; empty when no table, or more than one, may have it."""
    fields = cell.fields
    if not fields or fields[0] is not None or not 0 < cell.rowid < ID_MAX:
        return ""  # all our tables have their number as the first column, which is not written twice
    return next((name for name, looks_like in _SIGNATURES.items() if looks_like(fields)), "")


def fits(table: str, cell: Cell) -> bool:
    """Whether a row that lies in the pages of a table can be one of it."""
    if not 0 < cell.rowid < ID_MAX:
        return False
    looks_like = _SIGNATURES.get(table) or _WEAK_SIGNATURES.get(table)
    if table == "messages" and len(cell.fields) > _STATUS:
        # A flipped bit in one word costs no message, where it lies among others.
        known = list(cell.fields)
        known[_ROLE], known[_STATUS] = Role.ASSISTANT, Status.STOPPED
        return _is_message(known) and isinstance(cell.fields[_ROLE], str) and isinstance(cell.fields[_STATUS], str)
    return looks_like is not None and looks_like(cell.fields)


def usable(names: Sequence[str], types: Sequence[str], defaults: Sequence[Field], cell: Cell) -> list[Field]:
    """The values of a row for the columns of today: of the right kinds, within sane limits, texts clean."""
    values = [*cell.fields[: len(names)], *defaults[len(cell.fields) :]]
    values[0] = cell.rowid
    for place, (name, kind) in enumerate(zip(names, types, strict=True)):
        values[place] = _usable(values[place], name, kind, defaults[place])
    return values


def has_rows(path: Path) -> bool:
    """Whether a file has rows that this program wrote; only its first pages and its log are looked at."""
    with closing(Pages(path)) as pages:
        last = pages.count if wal_of(path).exists() else min(pages.count, _LOOKED_AT_PAGES)
        for number in range(1, last + 1):
            page = pages.page(number)
            if pages.kind(page, number) == TABLE_LEAF and any(map(table_of, pages.cells(page, number))):
                return True
    return False


def _usable(value: Field, name: str, kind: str, default: Field) -> Field:
    match kind:
        case "TEXT" if name in _WORDS:
            known, usual = _WORDS[name]
            return value if value in known else usual
        case "TEXT":
            return clean(value) if isinstance(value, str) else default
        case "INTEGER":
            return value if isinstance(value, int) and abs(value) < ID_MAX else default
        case "REAL":
            if not isinstance(value, int | float) or not math.isfinite(value):
                return default
            is_sane = name == "position" or 0 <= value < TIME_MAX
            return float(value) if is_sane else default
        case _:
            return value


def _is_number(value: Field) -> bool:
    return isinstance(value, int | float)


def _is_id(value: Field) -> bool:
    return isinstance(value, int) and 0 < value < ID_MAX


def _is_message(fields: Sequence[Field]) -> bool:
    return (
        len(fields) >= 15
        and _is_id(fields[1])
        and (fields[2] is None or _is_id(fields[2]))
        and fields[3] in _ROLES
        and fields[4] in _STATUSES
        and _is_number(fields[5])
        and isinstance(fields[14], str)
    )


def _is_chat(fields: Sequence[Field]) -> bool:
    return (
        len(fields) >= 10
        and isinstance(fields[1], str)
        and fields[2] in _ORIGINS
        and _is_number(fields[3])
        and _is_number(fields[4])
        and isinstance(fields[5], str)
    )


def _is_file(fields: Sequence[Field]) -> bool:
    return (
        len(fields) >= 14
        and _is_id(fields[1])
        and (fields[2] is None or _is_id(fields[2]))
        and isinstance(fields[3], str)
        and isinstance(fields[7], str)
        and fields[8] in _STATES
    )


def _is_journal(fields: Sequence[Field]) -> bool:
    return len(fields) == 4 and _is_id(fields[1]) and isinstance(fields[2], str) and fields[3] in _KINDS


def _is_folder(fields: Sequence[Field]) -> bool:
    return (
        len(fields) >= 8
        and (fields[1] is None or _is_id(fields[1]))
        and isinstance(fields[2], str)
        and isinstance(fields[3], str)
        and _is_number(fields[4])
        and _is_number(fields[5])
        and (fields[6] is None or _is_number(fields[6]))
    )


def _is_edit(fields: Sequence[Field]) -> bool:
    return len(fields) == 3 and _is_id(fields[1]) and isinstance(fields[2], str)


def _is_draft(fields: Sequence[Field]) -> bool:
    return len(fields) == 2 and isinstance(fields[1], str)


Signature = Callable[[Sequence[Field]], bool]

_SIGNATURES: dict[str, Signature] = {
    "messages": _is_message,
    "chats": _is_chat,
    "files": _is_file,
    "journal": _is_journal,
    "folders": _is_folder,
}
"""Rows of these are recognised wherever they lie."""

_WEAK_SIGNATURES: dict[str, Signature] = {"edits": _is_edit, "drafts": _is_draft}
"""Rows of these look like many others: they are believed only in pages that belong to their table."""

TABLES = (*cast("tuple[str, ...]", tuple(_SIGNATURES)), *_WEAK_SIGNATURES)
