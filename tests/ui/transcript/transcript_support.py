"""Messages to show and a transcript that is really on the (offscreen) screen."""

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from gigadesk.chat import ChatId, Message, MessageId, Role, Status
from gigadesk.ui.transcript import MessageView, Transcript
from gigadesk.ui.transcript.layout.boxes import ZoneKind
from gigadesk.ui.transcript.selecting.selection import Position
from gigadesk.ui.transcript.zones import FoundZone

CHAT = ChatId(1)
LIMIT_MS = 60_000
LONG = "\n\n".join(
    f"Paragraph number {n} with *some* words in it, enough of them to fill a line or two." for n in range(60)
)


def user(number: int, text: str, **extra) -> MessageView:
    message = Message(MessageId(number), CHAT, None, Role.USER, text, Status.DONE, 1_700_000_000.0)
    return MessageView(message, **extra)


def answer(number: int, text: str, status: Status = Status.DONE, **extra) -> MessageView:
    message = Message(MessageId(number), CHAT, None, Role.ASSISTANT, text, status, 1_700_000_000.0, "GigaChat-2")
    return MessageView(message, **extra)


def shown(qtbot, views: Iterable[MessageView] = (), width: int = 800, height: int = 600) -> Transcript:
    transcript = Transcript()
    qtbot.addWidget(transcript)
    transcript.resize(width, height)
    transcript.show()
    qtbot.waitExposed(transcript)
    transcript.show_chat(CHAT, list(views))
    settle(transcript)
    return transcript


def begun(qtbot, views: Iterable[MessageView]) -> Transcript:
    """A chat that was opened this moment: what is parsed in slices is not parsed to its end."""
    transcript = shown(qtbot)
    transcript.show_chat(CHAT, list(views))
    return transcript


def settle(transcript: Transcript) -> None:
    """Everything that has been asked for is shown."""
    transcript.show_pending()
    limit = QDeadlineTimer(LIMIT_MS)
    while transcript.is_parsing and not limit.hasExpired():
        # On a busy machine even a short text may come in slices.
        QCoreApplication.processEvents()
    assert not transcript.is_parsing
    transcript.grab()


def point_of(transcript: Transcript, text: str, offset: int = 0, message: int | None = None) -> QPoint:
    """Where in the viewport a text stands; `offset` characters into it."""
    for placed in transcript.arranged().placed:
        index, row = placed.key
        item = transcript.rows.items[index]
        if not 0 < row <= len(item.blocks) or (message is not None and index != message):
            continue
        for part in item.box(row).parts:
            found = part.text.find(text)
            if found >= 0:
                place = part.start + found + offset
                rects = part.rects(place, place + 1) or part.rects(place - 1, place)
                rect = rects[0]
                x = rect.left() if part.rects(place, place + 1) else rect.right()
                corner = transcript.zones.point_in_row(QPointF(0, 0), placed.key)
                shift = item.box(row).shift_of(part.area, item.scrolls(row))
                return QPoint(round(x + part.x - corner.x() - shift), round(rect.center().y() + part.y - corner.y()))
    raise AssertionError(f"{text!r} is not in sight")


def drag(transcript: Transcript, start: QPoint, end: QPoint) -> None:
    viewport = transcript.viewport()
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    # Two steps, as a hand does it.
    QTest.mouseMove(viewport, (start + end) / 2)
    move(transcript, (start + end) / 2, Qt.MouseButton.LeftButton)
    move(transcript, end, Qt.MouseButton.LeftButton)
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, end)


def move(transcript: Transcript, point: QPoint, buttons: Qt.MouseButton = Qt.MouseButton.NoButton) -> None:
    """A move with buttons held: `QTest.mouseMove` knows none."""
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QMouseEvent

    where = QPointF(point)
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        where,
        QPointF(transcript.viewport().mapToGlobal(point)),
        Qt.MouseButton.NoButton,
        buttons,
        Qt.KeyboardModifier.NoModifier,
    )
    QGuiApplication.sendEvent(transcript.viewport(), event)


def click(transcript: Transcript, point: QPoint, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
    QTest.mouseClick(transcript.viewport(), Qt.MouseButton.LeftButton, modifiers, point)


def zones(transcript: Transcript, kind: ZoneKind) -> list[FoundZone]:
    return [found for found in transcript.zones.in_sight() if found.zone.kind is kind]


def click_zone(transcript: Transcript, found: FoundZone) -> None:
    click(transcript, transcript.zones.rect(found).center().toPoint())


def selected_text(transcript: Transcript) -> str:
    transcript.copy()
    return QGuiApplication.clipboard().mimeData().text()


def top_line(transcript: Transcript) -> tuple[str, float]:
    """The first text that is wholly in sight, and its height in the viewport: what the reader reads."""
    for placed in transcript.arranged().placed:
        item = transcript.rows.items[placed.key.message]
        if 0 < placed.key.row <= len(item.blocks):
            for part in item.box(placed.key.row).parts:
                y = placed.y + item.gap(placed.key.row) + part.y
                if y >= 0:
                    return part.text, y
    raise AssertionError("nothing in sight")


def position(message: int, block: int, place: int) -> Position:
    return Position(message, block, place)
