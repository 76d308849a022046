"""Lays out a table: columns as wide as they need, wrapped when the place is short, scrolled when it is not enough."""

import itertools
import math
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF

from gigadesk.markdown.blocks import Align, Table
from gigadesk.ui.transcript.copy.table_texts import is_number
from gigadesk.ui.transcript.layout.boxes import SCROLL_BAR_HEIGHT, Area, Fill, Zone, ZoneKind
from gigadesk.ui.transcript.layout.grown_text import AnyText
from gigadesk.ui.transcript.layout.letters import starts_right_to_left
from gigadesk.ui.transcript.layout.pieces import Cell, shown
from gigadesk.ui.transcript.layout.text_part import ENDLESS

if TYPE_CHECKING:
    from gigadesk.ui.transcript.layout.builder import Builder
    from gigadesk.ui.transcript.layout.typography import Typography

PADDING_X = 12
PADDING_Y = 6
RADIUS = 8
BUTTON_SIDE = 26
_NOTHING = {"-", "–", "—"}
LEAST_COLUMN_EMS = 7.0
LEAST_PAPER_EMS = 3.5
SMALLEST_ON_PAPER = 0.62
"""So much smaller than the text around it may a table be printed: 6 points of 10."""
WIDEST_WORD_EMS = 16.0
LONGEST_WORD = 64
WIDEST_LETTERS = 1.5
"""So much wider than plain letters may those in bold or of code be."""
WIDEST_COLUMN_EMS = 24.0
NARROWED = 1.2
"""A table that is this much too wide at most is made to fit: nothing is hidden for the sake of a shorter row."""
LINES_WANTED = 3
"""In a cell of a table that is scrolled sideways anyway."""

_WORD = re.compile(r"\S+")
_ALIGNS = {Align.RIGHT: Qt.AlignmentFlag.AlignRight, Align.CENTER: Qt.AlignmentFlag.AlignHCenter}


def add(
    builder: "Builder",
    block: Table,
    x: float,
    y: float,
    width: float,
    given_columns: Sequence[float],
    is_continued: bool,  # noqa: FBT001 - positional like the other places
) -> float:
    """Put a table into the builder's box; returns its height."""
    name = f"t{builder.table_count}"
    builder.table_count += 1
    rows = ([block.header] if block.header else []) + list(block.rows)
    count = max([len(row) for row in rows], default=0)
    if not count:
        return 0.0
    first_place = builder.next_place
    cells = [
        [_natural(builder, cell, is_header=bool(block.header) and not index) for cell in row]
        for index, row in enumerate(rows)
    ]
    last_place = builder.next_place
    columns = list(given_columns) if len(given_columns) >= count else _columns(builder, cells, count, width)
    builder.box.columns = columns
    aligns = list(builder.neighbours.aligns) if block.continues else []
    aligns = builder.box.aligns = aligns or aligns_of(block)
    is_mirrored = builder.neighbours.is_mirrored if block.continues else runs_right_to_left(block)
    builder.box.is_mirrored = is_mirrored
    area_index = len(builder.box.areas)
    typography = builder.look.typography
    table_width = sum(columns) + 2 * typography.px(PADDING_X) * count
    theme, radius = typography.theme, typography.px(RADIUS)
    edge, shown_width = x, min(width, table_width)
    if is_mirrored:
        x += width - shown_width
    fills: list[Fill] = []
    builder.next_place = first_place
    height = 0.0
    for index, row in enumerate(rows):
        is_header = bool(block.header) and not index
        if index or block.continues:
            fills.append(Fill(QRectF(x, y + height, table_width, 1), theme.border, area=area_index))
        row_top = height
        lefts = _lefts(columns, x, 2 * typography.px(PADDING_X), is_mirrored=is_mirrored)
        height += _add_row(
            builder, aligns, row, cells[index], columns, lefts, y + height, area_index, is_header, is_mirrored
        )
        if is_header:
            header_rect = QRectF(x, y + row_top, table_width, height - row_top)
            fills.insert(
                0, Fill(header_rect, theme.code_background, None, radius, rounds_bottom=False, area=area_index)
            )
    builder.next_place = last_place
    frame = QRectF(x, y, table_width, height)
    outline = Fill(
        frame,
        None,
        theme.border,
        radius,
        rounds_top=not block.continues,
        rounds_bottom=not is_continued,
        area=area_index,
    )
    builder.box.ornaments.extend([*fills, outline])
    begins_right = is_mirrored and not builder.look.is_paper
    builder.box.areas.append(Area(QRectF(x, y, shown_width, height), table_width, begins_right))
    builder.box.natural_width = max(builder.box.natural_width, x + shown_width)
    builder.box.tables.append((QRectF(x, y, shown_width, height), name))
    if block.header and not builder.look.is_paper:
        _add_button(builder, name, edge, y, width, table_width, is_mirrored=is_mirrored)
    scrolls = table_width > width and not is_continued
    return height + (typography.px(SCROLL_BAR_HEIGHT) + 2 if scrolls else 0)


def aligns_of(block: Table) -> list[Align]:
    """As the author wants them; numbers to the right if nothing is said. The last row may not be complete yet."""
    aligns = list(block.aligns)
    rows = block.rows[:-1] if len(block.rows) > 1 else block.rows
    for column, align in enumerate(aligns):
        if align is Align.DEFAULT:
            texts = ["".join(shown(span) for span in row[column]).strip() for row in rows if column < len(row)]
            filled = [text for text in texts if text and text not in _NOTHING]
            if filled and all(map(is_number, filled)):
                aligns[column] = Align.RIGHT
    return aligns


def runs_right_to_left(block: Table) -> bool:
    """Whether the first strong letter does: then the first column is the one on the right."""
    first = block.header or next(iter(block.rows), ())
    return starts_right_to_left(" ".join(shown(span) for cell in first for span in cell))


def _lefts(columns: Sequence[float], x: float, padding: float, *, is_mirrored: bool) -> list[float]:
    """Where each column begins, with its padding."""
    widths = [each + padding for each in columns]
    *lefts, right = itertools.accumulate(widths, initial=x)
    return [x + right - left - each for left, each in zip(lefts, widths, strict=True)] if is_mirrored else lefts


def _add_button(
    builder: "Builder", name: str, x: float, y: float, width: float, table_width: float, *, is_mirrored: bool
) -> None:
    """Beside the table if there is room, else over its corner; it waits for the pointer or the keyboard."""
    px = builder.look.typography.px
    side = px(BUTTON_SIDE)
    left = (
        x + table_width + px(6) if table_width + px(6) + side <= width else x + min(width, table_width) - side - px(4)
    )
    if is_mirrored:
        left = 2 * x + width - left - side
    rect = QRectF(left, y + px(4), side, side)
    builder.box.zones.append(Zone(ZoneKind.TABLE, (rect,), name, builder.look.words.table, icon="table"))


def _natural(builder: "Builder", cell: Cell, *, is_header: bool) -> list[AnyText]:
    typography = builder.look.typography
    return builder.parts_of(cell, typography.bold if is_header else typography.body, ENDLESS)


def _columns(builder: "Builder", cells: Sequence[Sequence[Sequence[AnyText]]], count: int, width: float) -> list[float]:
    typography = builder.look.typography
    em = typography.em
    natural = [2 * em] * count
    for row in cells:
        for column, parts in enumerate(row):
            natural[column] = max(natural[column], *[part.natural_width + 1 for part in parts])
    room = width - 2 * typography.px(PADDING_X) * count
    if sum(natural) <= room:
        return [float(round(each + 0.5)) for each in natural]
    words = [0.0] * count
    for row in cells:
        for column, parts in enumerate(row):
            words[column] = max(words[column], *[_longest_word(part, words[column]) for part in parts])
    # A word is not broken while there is room for it, or while it is not too long for a column.
    bare = [min(each, word, WIDEST_WORD_EMS * em) for each, word in zip(natural, words, strict=True)]
    if builder.look.is_paper:
        return _paper_columns(typography, natural, bare, width)
    least = [max(own, min(each, LEAST_COLUMN_EMS * em)) for own, each in zip(bare, natural, strict=True)]
    if sum(least) >= room:
        if sum(bare) <= room and sum(least) <= room * NARROWED:
            return _narrowed(bare, least, room)
        # A column of long texts is wider, but never wider than what is seen at once.
        most = min(WIDEST_COLUMN_EMS * em, max(width - 2 * typography.px(PADDING_X), 0))
        return [
            float(round(max(own, _short(each, LEAST_COLUMN_EMS * 1.6 * em), min(each / LINES_WANTED, most))))
            for own, each in zip(least, natural, strict=True)
        ]
    return [float(int(each)) for each in _shared(natural, least, room)]


def _narrowed(bare: Sequence[float], least: Sequence[float], room: float) -> list[float]:
    """Columns that fill the room: all give up the same part of what they have beyond their longest word."""
    spare = sum(least) - sum(bare)
    share = (room - sum(bare)) / spare if spare else 0.0
    return [float(int(own + (each - own) * share)) for own, each in zip(bare, least, strict=True)]


def _short(natural: float, wanted: float) -> float:
    """The width of a column with short texts: none is wrapped for the sake of a few letters."""
    return natural if natural <= wanted * 1.25 else wanted


def _paper_columns(
    typography: "Typography", natural: Sequence[float], bare: Sequence[float], width: float
) -> list[float]:
    """Columns for a page: the whole table is made smaller before a word is broken, and only then are words broken."""
    paddings = 2 * typography.px(PADDING_X) * len(natural)
    if sum(bare) + paddings <= width:
        return [float(int(each)) for each in _shared(natural, bare, width - paddings)]
    shrunk = min((width / SMALLEST_ON_PAPER - paddings) / sum(bare), 1.0)
    least = LEAST_PAPER_EMS * typography.em
    return [float(math.ceil(max(each * shrunk, min(each, least)))) for each in bare]


def _longest_word(part: AnyText, known: float) -> float:
    """Width of the longest word in its own letters, in pixels, if it may be above `known`. A number is one word."""
    if is_number(part.text):
        return part.natural_width + 1
    longest = max(_WORD.finditer(part.text), key=_length, default=None)
    if longest is None:
        return 0.0
    start, end = longest.start(), min(longest.end(), longest.start() + LONGEST_WORD)
    if QFontMetricsF(part.line_style.font).horizontalAdvance(part.text[start:end]) * WIDEST_LETTERS < known:
        return 0.0
    # Measured where it stands: in bold or as code it is wider.
    return sum(rect.width() for rect in part.rects(part.start + start, part.start + end)) + 1


def _length(word: re.Match[str]) -> int:
    return word.end() - word.start()


def _shared(natural: Sequence[float], least: Sequence[float], room: float) -> list[float]:
    """Narrow columns keep what they need, the others share what is left."""
    widths = list(least)
    open_columns = list(range(len(natural)))
    while open_columns:
        left = room - sum(widths[column] for column in range(len(natural)) if column not in open_columns)
        share = left / len(open_columns)
        fitting = [column for column in open_columns if natural[column] <= share or least[column] >= share]
        if not fitting:
            for column in open_columns:
                widths[column] = share
            break
        for column in fitting:
            widths[column] = natural[column] if natural[column] <= share else least[column]
            open_columns.remove(column)
    return widths


def _add_row(
    builder: "Builder",
    aligns: Sequence[Align],
    row: Sequence[Cell],
    cells: Sequence[list[AnyText]],
    columns: Sequence[float],
    lefts: Sequence[float],
    y: float,
    area: int,
    is_header: bool,  # noqa: FBT001 - positional like the other places
    is_mirrored: bool,  # noqa: FBT001
) -> float:
    typography = builder.look.typography
    style = typography.bold if is_header else typography.body
    padding_x, padding_y = typography.px(PADDING_X), typography.px(PADDING_Y)
    height = float(style.pitch)
    # All cells begin on one line: a formula may be higher than the words beside it.
    baseline = max([parts[0].first_baseline for parts in cells], default=0.0)
    for column, parts in enumerate(cells):
        align = _ALIGNS.get(aligns[column]) if column < len(aligns) else None
        if align is None and is_mirrored and (column >= len(aligns) or aligns[column] is Align.DEFAULT):
            align = Qt.AlignmentFlag.AlignRight
        column_width = columns[column]
        fits = len(parts) == 1 and parts[0].natural_width <= column_width and not parts[0].has_right_to_left
        if fits:
            builder.next_place = parts[0].start + parts[0].length + 1
            shown_parts = parts
        else:
            builder.next_place = parts[0].start
            shown_parts = builder.parts_of(row[column], style, column_width, align)
        cell_height = max(0.0, baseline - shown_parts[0].first_baseline)
        for part in shown_parts:
            slack = max(0.0, column_width - part.natural_width) if fits else 0.0
            shift = (
                {Qt.AlignmentFlag.AlignRight: slack, Qt.AlignmentFlag.AlignHCenter: slack / 2}.get(align, 0.0)
                if align
                else 0.0
            )
            part.width = column_width
            builder.place(part, lefts[column] + padding_x + round(shift), y + padding_y + cell_height, area)
            cell_height += part.height
        height = max(height, cell_height)
    return height + 2 * padding_y
