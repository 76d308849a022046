"""Tables as text for other programs: CSV, and cells for spreadsheets. Pure.

CSV is that of RFC 4180: commas, CRLF, quotes where they are needed. A comma in every language: numbers with a decimal
comma stand in quotes, and what is pasted into a spreadsheet is offered as cells anyway.
"""

import html
import re
from collections.abc import Iterable, Sequence

Row = Sequence[str]

_QUOTED = re.compile(r'[",\r\n]|^\s|\s$')
_NUMBER = re.compile(
    r"[+\-\u2212]?(?:\d[\d\s\u00a0\u202f.,]*|\.\d+)(?:[eE][+-]?\d+)?\s*(?:%|[€$£¥₽]|[a-zа-я°]{1,4}\.?)?"
)
_FORMULA_BEGINNINGS = ("=", "+", "-", "@", "\t", "\r")


def csv_text(rows: Iterable[Row]) -> str:
    """The rows as CSV."""
    return "".join(",".join(_csv_cell(guarded(cell)) for cell in row) + "\r\n" for row in rows)


def tab_text(rows: Iterable[Row]) -> str:
    """The rows as lines of cells with tabs between them, as spreadsheets paste them."""
    return "\n".join("\t".join(" ".join(guarded(cell).split()) for cell in row) for row in rows)


def html_table(rows: Iterable[Row]) -> str:
    """The rows as a table of HTML; cells that would be formulas are marked as text."""
    return "<table>" + "".join("<tr>" + "".join(map(_html_cell, row)) + "</tr>" for row in rows) + "</table>"


def guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: what a model wrote must not run. Numbers stay what they are."""
    return "'" + cell if is_formula(cell) else cell


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet would compute it."""
    return cell.startswith(_FORMULA_BEGINNINGS) and not is_number(cell) and len(cell) > 1


def is_number(cell: str) -> bool:
    """Whether a cell is a number, with its sign, unit or currency."""
    return bool(_NUMBER.fullmatch(cell.strip()))


def _csv_cell(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if _QUOTED.search(cell) else cell


def _html_cell(cell: str) -> str:
    # Excel reads the one, LibreOffice takes cells with such a format for text.
    style = " style=\"mso-number-format:'\\@'\"" if is_formula(cell) else ""
    return f"<td{style}>{html.escape(guarded(cell))}</td>"
