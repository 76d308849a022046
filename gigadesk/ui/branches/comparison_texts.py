"""Fills text views with rows of a comparison: what was removed is struck through, what was added is underlined."""

from collections.abc import Sequence

from PySide6.QtGui import QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextEdit

from gigadesk.comparison import Change, Row
from gigadesk.ui.theme import Theme
from gigadesk.ui.widgets.long_words import wrap_mode_for

LINE_HEIGHT = 130.0
"""In per cent."""
LEVELLED_CHARS_MAX = 60_000
"""Characters of both sides whose rows are kept beside each other; longer texts only scroll together."""


def fill_side(view: QTextEdit, rows: Sequence[Row], theme: Theme, change: Change) -> None:
    """One column: the text of one side, with what only it has marked; where it has no line stands an empty one.

    `change` says which side: what was `REMOVED` is on the left, what was `ADDED` on the right.
    """
    formats = _formats(theme)
    cursor = _begin(view, rows)
    for number, row in enumerate(rows):
        if number:
            cursor.insertBlock(_line_format(), QTextCharFormat())
        is_there = row.has_left if change is Change.REMOVED else row.has_right
        if not is_there:
            empty = _line_format()
            empty.setBackground(theme.sidebar)
            cursor.setBlockFormat(empty)
        for piece in row.pieces:
            if piece.change in {Change.SAME, change}:
                cursor.insertText(piece.text, formats[piece.change])
    cursor.endEditBlock()


def fill_unified(view: QTextEdit, rows: Sequence[Row], theme: Theme) -> None:
    """One column for both: what was removed stands before what was added."""
    formats = _formats(theme)
    cursor = _begin(view, rows)
    for number, row in enumerate(rows):
        if number:
            cursor.insertBlock(_line_format(), QTextCharFormat())
        for piece in row.pieces:
            cursor.insertText(piece.text, formats[piece.change])
    cursor.endEditBlock()


def level(left: QTextDocument, right: QTextDocument) -> None:
    """Give the rows of both columns the same heights, with space below the lower one."""
    if left.characterCount() + right.characterCount() > LEVELLED_CHARS_MAX:
        return
    layouts = left.documentLayout(), right.documentLayout()
    first, second = left.begin(), right.begin()
    gaps: list[tuple[int, float]] = []
    while first.isValid() and second.isValid():
        heights = []
        for block, layout in zip((first, second), layouts, strict=True):
            heights.append(layout.blockBoundingRect(block).height() - block.blockFormat().bottomMargin())
        gaps.append((first.blockNumber(), heights[1] - heights[0]))
        first, second = first.next(), second.next()
    for document, sign in ((left, 1), (right, -1)):
        cursor = QTextCursor(document)
        cursor.beginEditBlock()
        for number, gap in gaps:
            block = document.findBlockByNumber(number)
            margin = max(0.0, gap * sign)
            if abs(block.blockFormat().bottomMargin() - margin) > 0.5:
                cursor.setPosition(block.position())
                wanted = QTextBlockFormat()
                wanted.setBottomMargin(margin)
                cursor.mergeBlockFormat(wanted)
        cursor.endEditBlock()


def _begin(view: QTextEdit, rows: Sequence[Row]) -> QTextCursor:
    view.clear()
    view.setWordWrapMode(wrap_mode_for("\n".join("".join(piece.text for piece in row.pieces) for row in rows)))
    document = view.document()
    document.setUndoRedoEnabled(False)
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    cursor.setBlockFormat(_line_format())
    return cursor


def _line_format() -> QTextBlockFormat:
    line = QTextBlockFormat()
    line.setLineHeight(LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    return line


def _formats(theme: Theme) -> dict[Change, QTextCharFormat]:
    same, removed, added = QTextCharFormat(), QTextCharFormat(), QTextCharFormat()
    removed.setBackground(theme.danger_background)
    removed.setForeground(theme.danger)
    removed.setFontStrikeOut(True)
    added.setBackground(theme.selected)
    added.setForeground(theme.accent)
    added.setFontUnderline(True)
    return {Change.SAME: same, Change.REMOVED: removed, Change.ADDED: added}
