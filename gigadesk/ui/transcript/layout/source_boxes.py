"""The numbered sources below an answer."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QFontMetricsF

from gigadesk.chat import Source
from gigadesk.ui.transcript.layout.boxes import Box, Zone, ZoneKind
from gigadesk.ui.transcript.layout.letters import HIDDEN_CHARACTERS, HIDDEN_MARK
from gigadesk.ui.transcript.layout.line_zones import add_line_zone
from gigadesk.ui.transcript.layout.text_part import ENDLESS, TextPart

if TYPE_CHECKING:
    from gigadesk.ui.transcript.layout.frame import Frame

SHOWN_AT_FIRST = 5
LINE_GAP = 3


def add_sources(box: Box, sources: tuple[Source, ...], y: float, frame: "Frame", *, shows_all: bool) -> float:
    """Put the sources into a box, the first few of a long list; returns where they end."""
    typography = frame.typography
    heading = TextPart(QCoreApplication.translate("Transcript", "Sources"), typography.small_bold, ENDLESS)
    heading.y, heading.color = y + typography.gap(0.9), typography.theme.text_muted
    box.marks.append(heading)
    y = heading.y + typography.small.pitch + typography.px(LINE_GAP)
    is_long = len(sources) > SHOWN_AT_FIRST + 1
    shown = sources if shows_all or not is_long else sources[:SHOWN_AT_FIRST]
    indent = QFontMetricsF(typography.small.font).horizontalAdvance(f"{max(each.number for each in shown)}.") + 8
    for source in shown:
        y = _add_source(box, source, y, indent, frame)
    if is_long:
        words = (
            QCoreApplication.translate("Transcript", "Show fewer sources")
            if shows_all
            else QCoreApplication.translate("Transcript", "Show all sources ({count})").format(count=len(sources))
        )
        y = add_line_zone(box, ZoneKind.SOURCES, words, y, frame.typography, is_unfolded=shows_all)
    return y + typography.gap(0.3)


def source_title(source: Source) -> str:
    """What a source is called: its title, else its host, else its address."""
    title = HIDDEN_CHARACTERS.sub(HIDDEN_MARK, " ".join(source.title.split()))
    return title or host_of(source) or source.url


def host_of(source: Source) -> str:
    """The host of a source as the network knows it; empty for what is no address of the web."""
    # Loaded late: most chats have no sources.
    from gigadesk.ui.links import read_link

    return read_link(source.url).host.removeprefix("www.")


def _add_source(box: Box, source: Source, y: float, indent: float, frame: "Frame") -> float:
    typography, theme = frame.typography, frame.typography.theme
    style = typography.small
    metrics = QFontMetricsF(style.font)
    number = TextPart(f"{source.number}.", style, ENDLESS)
    number.x, number.y, number.color = indent - 8 - number.natural_width, y, theme.text_muted
    host = host_of(source) if source.title.strip() else ""
    host_width = min(metrics.horizontalAdvance(host), frame.width * 0.4)
    room = max(40.0, frame.width - indent - (host_width + 10 if host else 0))
    whole = source_title(source)
    title = TextPart(metrics.elidedText(whole, Qt.TextElideMode.ElideRight, room), style, ENDLESS)
    title.x, title.y, title.color = indent, y, theme.link
    box.marks.extend((number, title))
    rect = QRectF(indent, y, title.natural_width, style.pitch)
    name = QCoreApplication.translate("Transcript", "Source {number}: {title}").format(
        number=source.number, title=whole
    )
    box.zones.append(Zone(ZoneKind.LINK, (rect,), source.url, name, text=whole, is_line=True))
    if host:
        shown = metrics.elidedText(host, Qt.TextElideMode.ElideMiddle, host_width + 1)
        label = TextPart(shown, style, ENDLESS)
        label.x, label.y, label.color = indent + title.natural_width + 10, y, theme.text_muted
        box.marks.append(label)
    return y + style.pitch + typography.px(LINE_GAP)
