"""The place of a picture of the web, below the words that name it: a card that offers it, or the picture itself."""

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF

from gigadesk.markdown.blocks import Span
from gigadesk.ui.transcript.boxes import Fill, Zone, ZoneKind
from gigadesk.ui.transcript.pieces import Cell
from gigadesk.ui.transcript.text_part import ENDLESS, HIDDEN_CHARACTERS, HIDDEN_MARK, TextPart
from gigadesk.ui.transcript.web_pictures import WebPicture, WebState, is_loadable

if TYPE_CHECKING:
    from gigadesk.ui.transcript.builder import Builder

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
    padding, side = typography.px(PADDING), typography.px(ICON_SIDE)
    height = typography.body.pitch + typography.small.pitch + 2 * padding
    rect = QRectF(x, y, min(typography.px(CARD_WIDTH), width), height)
    builder.box.ornaments.append(Fill(rect, theme.surface, theme.border, typography.px(8)))
    icon_rect = QRectF(rect.left() + padding, rect.center().y() - side / 2, side, side)
    icon = "warning" if known.state is WebState.FAILED else "picture"
    builder.box.zones.append(Zone(ZoneKind.PICTURE, (icon_rect,), "", "", icon=icon, is_enabled=False))
    left = icon_rect.right() + padding
    inner = max(40.0, rect.right() - padding - left)
    words = _state_words(span, known)
    for text, style, top, color in (
        (_description(span), typography.body, rect.top() + padding, theme.text),
        (
            words,
            typography.small,
            rect.top() + padding + typography.body.pitch,
            theme.danger if known.state is WebState.FAILED else theme.text_muted,
        ),
    ):
        elided = QFontMetricsF(style.font).elidedText(text, Qt.TextElideMode.ElideRight, inner)
        mark = TextPart(elided, style, ENDLESS)
        mark.x, mark.y, mark.color = left, top, color
        builder.box.marks.append(mark)
    name = f"{_description(span)}, {words}"
    is_enabled = known.state is not WebState.LOADING
    zone = Zone(ZoneKind.PICTURE, (rect,), span.link, name, is_enabled=is_enabled, is_line=True)
    builder.box.zones.append(zone)
    return height


def _description(span: Span) -> str:
    text = HIDDEN_CHARACTERS.sub(HIDDEN_MARK, " ".join(span.text.split()))
    return text or QCoreApplication.translate("Transcript", "Picture")


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
