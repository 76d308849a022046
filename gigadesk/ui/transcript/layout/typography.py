"""Fonts, distances and text formats, all derived from one font, its zoom and one set of colours."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QBrush, QColor, QFont, QFontInfo, QFontMetricsF, QTextCharFormat

from gigadesk.markdown.blocks import Span
from gigadesk.ui.theme import Theme

if TYPE_CHECKING:
    from gigadesk.ui.transcript.layout.text_part import TextPart

CODE_FAMILIES = [
    "JetBrains Mono",
    "Cascadia Mono",
    "Cascadia Code",
    "SF Mono",
    "Menlo",
    "Consolas",
    "DejaVu Sans Mono",
    "Liberation Mono",
    "monospace",
]
CODE_SCALE = 0.92
LIGATURES = ("liga", "clig")
"""Features of fonts that draw some letters as one, as the f and the i of "office"."""
CODE_AREA = 2
"""So far the area behind inline code goes beyond its letters, in pixels."""
CODE_EDGE = CODE_AREA + 1
"""Between the letters of inline code and what stands beside it."""
SMALL_SCALE = 0.86
HEADING_SCALES = (1.35, 1.2, 1.1, 1.0, 1.0, 0.94)
LINE_HEIGHT = 1.5
CODE_LINE_HEIGHT = 1.45
HEADING_LINE_HEIGHT = 1.3
FORMULA_X_HEIGHT = 0.467
"""Of a small letter in the font of the formulas, in ems."""
FORMULA_SCALES = (1.0, 1.2)


@dataclass(frozen=True, slots=True)
class LineStyle:
    """How lines of one kind stand: from line to line, and from a line's top to its baseline, in whole pixels."""

    font: QFont
    pitch: int
    baseline: int
    character_width: float
    """Mean width, for estimates."""


class Typography:
    """What text looks like. Made anew when the font, the zoom or the theme changes."""

    def __init__(self, font: QFont, theme: Theme, zoom: float = 1.0) -> None:
        self.labels: dict[tuple[str, int, float], TextPart] = {}
        """See `labels.label`."""
        self.theme = theme
        self.zoom = zoom
        if zoom != 1.0:
            font = _scaled(font, zoom)
        self.em = _pixel_size(font)
        self.body = _line_style(font, LINE_HEIGHT)
        self.bold = _line_style(_bold(font), LINE_HEIGHT)
        self.small = _line_style(_scaled(font, SMALL_SCALE), 1.35)
        self.small_bold = _line_style(_bold(_scaled(font, SMALL_SCALE)), 1.35)
        self.headings = [_line_style(_bold(_scaled(font, scale)), HEADING_LINE_HEIGHT) for scale in HEADING_SCALES]
        code_font = _code_font(font)
        code_font.setFixedPitch(True)
        self.code = _line_style(code_font, CODE_LINE_HEIGHT)
        self._formats: dict[tuple[tuple[bool, ...], int], QTextCharFormat] = {}
        self._spaced: dict[int, tuple[QTextCharFormat | None, QTextCharFormat]] = {}
        self._formula_ems: dict[int, float] = {}
        self._syntax = {
            kind: _coloured(getattr(theme, f"syntax_{kind}"))
            for kind in ("keyword", "string", "number", "comment", "name", "type", "operator", "error")
        }

    @property
    def column_width(self) -> int:
        """The widest a line of an answer may be."""
        return round(46 * self.em)

    def gap(self, ems: float) -> int:
        """A distance in whole pixels."""
        return round(ems * self.em)

    def px(self, pixels: float) -> int:
        """So many pixels, zoomed: for what does not follow the font, as icons and edges."""
        return round(pixels * self.zoom)

    def span_format(self, span: Span, line_style: LineStyle) -> QTextCharFormat | None:
        """The format of a span on top of its line's font; None when it has none."""
        key = (
            span.is_bold,
            span.is_italic,
            span.is_strike,
            span.is_code,
            bool(span.link),
            span.is_image,
            bool(span.footnote),
            span.is_formula,
        )
        if True not in key:
            return None
        found = self._formats.get((key, id(line_style)))
        if found is None:
            found = self._formats[key, id(line_style)] = self._make_format(span, line_style)
        return found

    def spaced(self, text_format: QTextCharFormat | None) -> QTextCharFormat:
        """The same format with room behind its letter for the edge of inline code."""
        found = self._spaced.get(id(text_format))
        if found is None:
            result = QTextCharFormat(text_format) if text_format is not None else QTextCharFormat()
            result.setFontLetterSpacingType(QFont.SpacingType.AbsoluteSpacing)
            result.setFontLetterSpacing(self.px(CODE_EDGE))
            # The first is kept so that no other can have its number.
            found = self._spaced[id(text_format)] = (text_format, result)
        return found[1]

    def formula_em(self, line_style: LineStyle) -> float:
        """Size of the font of formulas in such a line, in pixels: their small letters are as high as those around."""
        found = self._formula_ems.get(id(line_style))
        if found is None:
            size = _pixel_size(line_style.font)
            scale = QFontMetricsF(line_style.font).xHeight() / size / FORMULA_X_HEIGHT
            found = self._formula_ems[id(line_style)] = size * min(max(scale, FORMULA_SCALES[0]), FORMULA_SCALES[1])
        return found

    def syntax_format(self, kind: str) -> QTextCharFormat | None:
        """The format of a highlighted run of code; None for a kind that is not coloured."""
        return self._syntax.get(kind)

    def _make_format(self, span: Span, line_style: LineStyle) -> QTextCharFormat:
        result = QTextCharFormat()
        if span.is_code or span.is_formula:
            result.setFont(
                _code_font(line_style.font),
                QTextCharFormat.FontPropertiesInheritanceBehavior.FontPropertiesSpecifiedOnly,
            )
        if span.is_bold:
            result.setFontWeight(QFont.Weight.Bold)
        if span.is_italic:
            result.setFontItalic(True)
        if span.is_strike:
            result.setFontStrikeOut(True)
        if span.footnote:
            result.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSuperScript)
        if span.is_image or span.is_formula:
            result.setForeground(QBrush(self.theme.text_muted))
        elif span.link or span.footnote:
            result.setForeground(QBrush(self.theme.link))
        return result


def without_ligatures(font: QFont) -> QFont:
    """The same font with each letter by itself; what a script cannot do without stays."""
    result = QFont(font)
    for tag in LIGATURES:
        result.setFeature(QFont.Tag(tag), 0)
    return result


def _pixel_size(font: QFont) -> float:
    return (
        QFontMetricsF(font).fontDpi() * font.pointSizeF() / 72 if font.pointSizeF() > 0 else QFontInfo(font).pixelSize()
    )


def _scaled(font: QFont, scale: float) -> QFont:
    result = QFont(font)
    if font.pointSizeF() > 0:
        result.setPointSizeF(font.pointSizeF() * scale)
    else:
        result.setPixelSize(max(1, round(font.pixelSize() * scale)))
    return result


def _code_font(font: QFont) -> QFont:
    """Beside text in `font`. Some of these families draw `!=` as one sign: code is shown letter by letter."""
    result = without_ligatures(_scaled(font, CODE_SCALE))
    result.setFeature(QFont.Tag("calt"), 0)
    result.setFamilies(CODE_FAMILIES)
    result.setStyleHint(QFont.StyleHint.Monospace)
    return result


def _bold(font: QFont) -> QFont:
    result = QFont(font)
    result.setWeight(QFont.Weight.DemiBold)
    return result


def _line_style(font: QFont, line_height: float) -> LineStyle:
    metrics = QFontMetricsF(font)
    natural = metrics.ascent() + metrics.descent()
    pitch = max(round(_pixel_size(font) * line_height), round(natural))
    baseline = round((pitch - natural) / 2 + metrics.ascent())
    return LineStyle(font, pitch, baseline, metrics.averageCharWidth())


def _coloured(color: QColor) -> QTextCharFormat:
    result = QTextCharFormat()
    result.setForeground(QBrush(color))
    return result
