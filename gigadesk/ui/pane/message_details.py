"""All that is known about one message, to be read and copied."""

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from gigadesk.chat import FileState, Message, Role, Status
from gigadesk.ui.notices import notice_for
from gigadesk.ui.widgets.labels import PlainLabel
from gigadesk.ui.widgets.screen_room import resize_within_screen
from gigadesk.ui.words.numbers import number_text

MARGIN = 24
SIZE = (520, 540)


def details_of(message: Message, account: str, session_id: str) -> Iterator[tuple[str, str]]:
    """Names and values, in the language of the window; what is not known is left out."""
    is_answer = message.role is Role.ASSISTANT
    yield (
        QCoreApplication.translate("Details", "Author"),
        QCoreApplication.translate("Details", "GigaChat")
        if is_answer
        else QCoreApplication.translate("Details", "You"),
    )
    if message.model:
        yield QCoreApplication.translate("Details", "Model"), message.model
    if account:
        yield QCoreApplication.translate("Details", "Account"), account
    yield QCoreApplication.translate("Details", "Created"), _moment(message.created_at)
    yield QCoreApplication.translate("Details", "State"), _status_text(message.status)
    if message.error is not None:
        notice = notice_for(message.error)
        yield (
            QCoreApplication.translate("Details", "Error"),
            "\n".join(part for part in (notice.title, notice.text, notice.detail) if part),
        )
    if message.finish_reason:
        yield QCoreApplication.translate("Details", "Reason for the end"), message.finish_reason
    yield from _figures(message)
    yield from _things(message)
    if message.state_id:
        yield QCoreApplication.translate("Details", "Note of the tools"), message.state_id
    if is_answer and session_id:
        yield QCoreApplication.translate("Details", "Session"), session_id
    yield QCoreApplication.translate("Details", "Number"), str(message.id)


def _figures(message: Message) -> Iterator[tuple[str, str]]:
    usage = message.usage
    if usage is not None:
        yield QCoreApplication.translate("Details", "Tokens of the question"), number_text(usage.prompt)
        if usage.cached:
            yield QCoreApplication.translate("Details", "Of these from the cache"), number_text(usage.cached)
        yield QCoreApplication.translate("Details", "Tokens of the answer"), number_text(usage.completion)
        yield QCoreApplication.translate("Details", "Tokens together"), number_text(usage.total)
    if message.reasoning_s is not None:
        yield QCoreApplication.translate("Details", "Thought for"), _seconds(message.reasoning_s)
    if message.seconds is not None:
        yield QCoreApplication.translate("Details", "Took"), _seconds(message.seconds)
        if message.seconds > 0 and message.text:
            speed = number_text(round(len(message.text) / message.seconds))
            yield (
                QCoreApplication.translate("Details", "Speed"),
                QCoreApplication.translate("Usage", "{count} characters/s").format(count=speed),
            )
    yield QCoreApplication.translate("Details", "Characters"), number_text(len(message.text))


def _things(message: Message) -> Iterator[tuple[str, str]]:
    if message.files:
        names = [f"{file.name}{_size(file.size_bytes)}{_failure(file.state)}" for file in message.files]
        yield QCoreApplication.translate("Details", "Files"), "\n".join(names)
    if message.sources:
        yield (
            QCoreApplication.translate("Details", "Sources"),
            "\n".join(f"{each.number}. {each.url}" for each in message.sources),
        )


def _size(size_bytes: int) -> str:
    return f", {QLocale().formattedDataSize(size_bytes)}" if size_bytes else ""


def _failure(state: FileState) -> str:
    words = QCoreApplication.translate("Details", "failed")
    return f" ({words})" if state is FileState.FAILED else ""


def _seconds(seconds: float) -> str:
    number = QLocale().toString(seconds, "f", 2)
    return QCoreApplication.translate("Usage", "{seconds} s").format(seconds=number)


def _moment(seconds: float) -> str:
    """To the second, with the zone: for comparing with a log."""
    moment = QDateTime.fromMSecsSinceEpoch(round(seconds * 1000))
    locale = QLocale()
    date = locale.toString(moment.date(), QLocale.FormatType.LongFormat)
    return f"{date}, {moment.time().toString('HH:mm:ss')} ({moment.timeZoneAbbreviation()})"


def _status_text(status: Status) -> str:
    return {
        Status.QUEUED: QCoreApplication.translate("Details", "waiting"),
        Status.STREAMING: QCoreApplication.translate("Details", "being written"),
        Status.DONE: QCoreApplication.translate("Details", "complete"),
        Status.STOPPED: QCoreApplication.translate("Details", "stopped"),
        Status.FAILED: QCoreApplication.translate("Details", "failed"),
    }[status]


class MessageDetails(QDialog):
    """A list of names and values. Does not block the window; Esc closes it."""

    def __init__(self, parent: QWidget, rows: list[tuple[str, str]]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Details of the message"))
        self._rows = rows
        content = QWidget(self)
        grid = QGridLayout(content)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for row, (name, value) in enumerate(rows):
            label, text = PlainLabel(content, name, kind="muted"), PlainLabel(content, value)
            label.setWordWrap(False)
            text.make_selectable()
            text.setAccessibleName(f"{name}: {value}")
            grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(text, row, 1, Qt.AlignmentFlag.AlignTop)
        grid.setRowStretch(len(rows), 1)
        area = QScrollArea(self)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(content)
        buttons = QDialogButtonBox(self)
        self._copy_button = QPushButton(self.tr("Copy all"), buttons)
        self._copy_button.clicked.connect(self._copy)
        close = QPushButton(self.tr("Close"), buttons)
        close.setDefault(True)
        buttons.addButton(self._copy_button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(close, QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, 16)
        layout.setSpacing(16)
        layout.addWidget(area, 1)
        layout.addWidget(buttons)
        # No higher than what it has to say. The area for it is never lower than what words that break ask for at least.
        rows_height = max(grid.heightForWidth(SIZE[0] - 2 * MARGIN), grid.minimumSize().height())
        height = rows_height + buttons.sizeHint().height() + MARGIN + 32
        resize_within_screen(self, SIZE[0], min(SIZE[1], height))

    def _copy(self) -> None:
        lines = [f"{name}: {value}" for name, value in self._rows]
        QGuiApplication.clipboard().setText("\n".join(lines))


def show_details(parent: QWidget, message: Message, account: str, session_id: str) -> None:
    """Open the details, in the place of those of another message."""
    for former in parent.findChildren(MessageDetails):
        former.close()
    MessageDetails(parent, list(details_of(message, account, session_id))).show()
