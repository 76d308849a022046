"""Lays out a code block: a header with the language and a copy button, and lines that scroll sideways."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF

from gigadesk.limits import CODE_HIGHLIGHT_MAX_CHARS, PARAGRAPH_MAX_CHARS
from gigadesk.markdown.blocks import CodeBlock
from gigadesk.ui.transcript.boxes import SCROLL_BAR_HEIGHT, Area, Fill, Zone, ZoneKind
from gigadesk.ui.transcript.text_part import ENDLESS, HIDDEN_CHARACTERS, HIDDEN_MARK, FormatRun, TextPart

if TYPE_CHECKING:
    from gigadesk.ui.transcript.builder import Builder

PADDING = 12
RADIUS = 8
BUTTON_SIDE = 26
PART_CHARS = PARAGRAPH_MAX_CHARS
"""Code is laid out in parts of about this size: so that a single line of a megabyte is none either."""


def add(builder: "Builder", block: CodeBlock, x: float, y: float, width: float, *, is_continued: bool) -> float:
    """Put a code block into the builder's box; returns its height."""
    typography = builder.look.typography
    theme = typography.theme
    fill_index = len(builder.box.ornaments)
    height = 0.0 if block.continues else _add_header(builder, block, x, y, width)
    area_index = len(builder.box.areas)
    padding, bar = typography.px(PADDING), typography.px(SCROLL_BAR_HEIGHT)
    left = x + padding
    top = y + height
    content_width = 0.0
    inner = width - 2 * padding
    for part in _parts(builder, block, inner if builder.look.is_paper else ENDLESS):
        builder.place(part, left, y + height, area_index)
        height += part.height
        content_width = max(content_width, part.natural_width)
    builder.box.areas.append(Area(QRectF(left, top, inner, height - (top - y)), content_width + 1))
    if not is_continued:
        height += padding if content_width + 1 <= inner else padding + bar - 2
    fill = Fill(
        QRectF(x, y, width, height),
        theme.code_background,
        theme.code_border,
        typography.px(RADIUS),
        rounds_top=not block.continues,
        rounds_bottom=not is_continued,
    )
    builder.box.ornaments.insert(fill_index, fill)
    builder.box.natural_width = max(builder.box.natural_width, x + min(content_width + 2 * padding, width))
    return height


def _add_header(builder: "Builder", block: CodeBlock, x: float, y: float, width: float) -> float:
    look = builder.look
    typography = look.typography
    px = typography.px
    side = px(BUTTON_SIDE)
    height = max(side, typography.small.pitch) + px(8)
    label = TextPart(block.language[:40] or look.words.code, typography.small, max(40.0, width - side - px(24)))
    label.x, label.y = x + px(PADDING), y + round((height - typography.small.pitch) / 2)
    label.color = typography.theme.text_muted
    builder.box.marks.append(label)
    hidden = len(HIDDEN_CHARACTERS.findall(block.text))
    if hidden:
        warning = TextPart(look.words.hidden_characters.format(count=hidden), typography.small, ENDLESS)
        warning.x, warning.y = label.x + label.natural_width + px(16), label.y
        warning.color = typography.theme.warning
        builder.box.marks.append(warning)
    button = QRectF(x + width - side - px(5), y + (height - side) / 2, side, side)
    builder.box.zones.append(Zone(ZoneKind.COPY_CODE, (button,), "", look.words.copy_code, icon="copy"))
    return height


def _parts(builder: "Builder", block: CodeBlock, width: float) -> list[TextPart]:
    style = builder.look.typography.code
    start = builder.next_place
    builder.next_place += len(block.text) + 1
    runs = _runs(builder, block)
    parts = []
    display = HIDDEN_CHARACTERS.sub(HIDDEN_MARK, block.text)
    for first, last in _cut_at_lines(display):
        formats = [
            (max(run_start, first) - first, min(run_start + length, last) - max(run_start, first), text_format)
            for run_start, length, text_format in runs
            if run_start < last and run_start + length > first
        ]
        parts.append(TextPart(display[first:last], style, width, start=start + first, formats=formats, is_code=True))
    return parts


def _runs(builder: "Builder", block: CodeBlock) -> list[FormatRun]:
    if not block.language or len(block.text) > CODE_HIGHLIGHT_MAX_CHARS:
        return []
    typography = builder.look.typography
    found = builder.look.highlight(block.language, block.text) or ()
    return [
        (start, length, text_format)
        for start, length, kind in found
        if (text_format := typography.syntax_format(kind)) is not None
    ]


def _cut_at_lines(text: str) -> list[tuple[int, int]]:
    """Ranges of whole lines (the line ends between two ranges belong to none); longer lines are cut."""
    ranges = []
    start = 0
    while len(text) - start > PART_CHARS:
        end = text.rfind("\n", start, start + PART_CHARS + 1)
        if end > start:
            ranges.append((start, end))
            start = end + 1
        else:
            ranges.append((start, start + PART_CHARS))
            start += PART_CHARS
    ranges.append((start, len(text)))
    return ranges
