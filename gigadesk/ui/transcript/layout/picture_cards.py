"""The place of a picture of the web, below the words that name it: a card that offers it, or the picture itself."""

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QTextCharFormat

from gigadesk.limits import PARAGRAPH_MAX_CHARS
from gigadesk.markdown.blocks import Span
from gigadesk.ui.transcript.layout.boxes import Fill, Zone, ZoneKind
from gigadesk.ui.transcript.layout.letters import HIDDEN_CHARACTERS, HIDDEN_MARK
from gigadesk.ui.transcript.layout.pieces import IMAGE_MARK, Cell, shown
from gigadesk.ui.transcript.layout.text_part import ENDLESS, FormatRun, TextPart
from gigadesk.ui.transcript.layout.typography import LineStyle, Typography
from gigadesk.ui.transcript.web_pictures import WebPicture, WebState, is_loadable

if TYPE_CHECKING:
    from gigadesk.ui.transcript.layout.builder import Builder

CARDS_MAX = 12
"""Below one paragraph; more pictures stay words."""
CARD_WIDTH = 420
PICTURE_SIDE = 512
PADDING = 10
GAP = 8
ICON_SIDE = 20


def add(builder: "Builder", spans: Cell, x: float, y: float, width: float) -> float:
    """Put cards for the pictures that a text names below it; returns their height."""
    height = 0.0
    named = [span for span in spans if span.is_image and is_loadable(span.link)]
    for span in named[:CARDS_MAX]:
        known = builder.look.web_picture(span.link)
        height += builder.look.typography.px(GAP)
        if known.state is WebState.LOADED:
            height += _add_picture(builder, span, known, x, y + height, width)
        else:
            height += _add_card(builder, span, known, x, y + height, width)
    return height


def stands_alone(builder: "Builder", spans: Cell) -> bool:
    """Whether a text is nothing but one picture that is not loaded: its words belong on the card then."""
    if builder.look.is_paper or len(spans) != 1 or not spans[0].is_image or not is_loadable(spans[0].link):
        return False
    is_loaded = builder.look.web_picture(spans[0].link).state is WebState.LOADED
    return not is_loaded and len(shown(spans[0])) <= PARAGRAPH_MAX_CHARS


def add_alone(builder: "Builder", span: Span, style: LineStyle, x: float, y: float, width: float) -> float:
    """Put a card that has the words of the text themselves on it; returns its height."""
    typography, known = builder.look.typography, builder.look.web_picture(span.link)
    padding = typography.px(PADDING)
    card_width = min(typography.px(CARD_WIDTH), width)
    left = x + 2 * padding + typography.px(ICON_SIDE)
    inner = max(40.0, x + card_width - padding - left)
    text = HIDDEN_CHARACTERS.sub(HIDDEN_MARK, shown(span))
    part = TextPart(text, style, inner, start=builder.next_place, formats=_formats_alone(span, style, typography))
    builder.next_place += len(text) + 1
    builder.place(part, left, y + padding)
    state = TextPart(_state_words(span, known), typography.small, inner)
    state.x, state.y, state.color = left, part.y + part.height, _state_color(known, typography)
    builder.box.marks.append(state)
    height = state.y + state.height + padding - y
    _add_frame(builder, span, known, QRectF(x, y, card_width, height))
    return height


def _formats_alone(span: Span, style: LineStyle, typography: Typography) -> list[FormatRun]:
    """The icon of the card stands for the mark, whose place stays; the address is less than the description."""
    nothing, name, address = QTextCharFormat(), QTextCharFormat(), QTextCharFormat()
    font = QFont(style.font)
    font.setPixelSize(1)
    nothing.setFont(font)
    nothing.setForeground(QBrush(Qt.GlobalColor.transparent))
    name.setForeground(QBrush(typography.theme.text))
    address.setForeground(QBrush(typography.theme.text_muted))
    begin = len(IMAGE_MARK) + 1
    end = begin + len(span.text) + 1 if span.text else begin
    return [(0, begin, nothing), (begin, end - begin, name), (end, len(shown(span)) - end, address)]


def _add_picture(builder: "Builder", span: Span, known: WebPicture, x: float, y: float, width: float) -> float:
    side = builder.look.typography.px(PICTURE_SIDE)
    original = builder.look.picture_size(known.path)
    bounds = QSize(int(min(side, width)), int(side))
    size = original
    if original.width() > bounds.width() or original.height() > bounds.height():
        size = original.scaled(bounds, Qt.AspectRatioMode.KeepAspectRatio)
    size = size.expandedTo(QSize(24, 24))
    rect = QRectF(x, y, size.width(), size.height())
    builder.box.pictures.append((rect, known.path))
    name = QCoreApplication.translate("Transcript", "Picture: {name}").format(name=_description(span))
    builder.box.zones.append(Zone(ZoneKind.PICTURE, (rect,), span.link, name))
    return rect.height()


def _add_card(builder: "Builder", span: Span, known: WebPicture, x: float, y: float, width: float) -> float:
    typography, theme = builder.look.typography, builder.look.typography.theme
    padding = typography.px(PADDING)
    height = typography.body.pitch + typography.small.pitch + 2 * padding
    rect = QRectF(x, y, min(typography.px(CARD_WIDTH), width), height)
    left = rect.left() + 2 * padding + typography.px(ICON_SIDE)
    inner = max(40.0, rect.right() - padding - left)
    for text, style, top, color in (
        (_description(span), typography.body, rect.top() + padding, theme.text),
        (
            _state_words(span, known),
            typography.small,
            rect.top() + padding + typography.body.pitch,
            _state_color(known, typography),
        ),
    ):
        elided = QFontMetricsF(style.font).elidedText(text, Qt.TextElideMode.ElideRight, inner)
        mark = TextPart(elided, style, ENDLESS)
        mark.x, mark.y, mark.color = left, top, color
        builder.box.marks.append(mark)
    _add_frame(builder, span, known, rect)
    return height


def _add_frame(builder: "Builder", span: Span, known: WebPicture, rect: QRectF) -> None:
    """The edge of a card, its icon, and what a click on it does."""
    typography, theme = builder.look.typography, builder.look.typography.theme
    side = typography.px(ICON_SIDE)
    builder.box.ornaments.append(Fill(rect, theme.surface, theme.border, typography.px(8)))
    icon_rect = QRectF(rect.left() + typography.px(PADDING), rect.center().y() - side / 2, side, side)
    icon = "warning" if known.state is WebState.FAILED else "picture"
    builder.box.zones.append(Zone(ZoneKind.PICTURE, (icon_rect,), "", "", icon=icon, is_enabled=False))
    name = f"{_description(span)}, {_state_words(span, known)}"
    is_enabled = known.state is not WebState.LOADING
    zone = Zone(ZoneKind.PICTURE, (rect,), span.link, name, is_enabled=is_enabled, is_line=True)
    builder.box.zones.append(zone)


def _description(span: Span) -> str:
    text = HIDDEN_CHARACTERS.sub(HIDDEN_MARK, " ".join(span.text.split()))
    return text or QCoreApplication.translate("Transcript", "Picture")


def _state_color(known: WebPicture, typography: Typography) -> QColor:
    return typography.theme.danger if known.state is WebState.FAILED else typography.theme.text_muted


def _state_words(span: Span, known: WebPicture) -> str:
    match known.state:
        case WebState.LOADING:
            return QCoreApplication.translate("Transcript", "The picture is coming…")
        case WebState.FAILED:
            again = QCoreApplication.translate("Transcript", "Try again")
            return f"{known.words} · {again}"
        case _:
            words = QCoreApplication.translate("Transcript", "Load picture from {host}")
            return words.format(host=HIDDEN_CHARACTERS.sub(HIDDEN_MARK, _host(span.link)))


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or address
    except ValueError:
        return address
