"""One quiet line at the bottom: whose account, what waits, and whether the service can be reached."""

from typing import assert_never

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from gigadesk.errors import GigadeskError
from gigadesk.facts import Connection
from gigadesk.ui.notices import notice_for
from gigadesk.ui.theme import LIGHT, Theme
from gigadesk.ui.widgets.buttons import Button
from gigadesk.ui.widgets.elided_label import ElidedLabel
from gigadesk.ui.widgets.tooltips import plain_tooltip


class StatusLine(QWidget):
    """Account on the left; queue and connection on the right.

    Signals:
        leave_demo_requested(): the user wants back to the real service.
        problem_clicked(): the user wants to read why the service cannot be reached.
        balance_clicked(): the user wants to see what is left of the packages.
    """

    leave_demo_requested = Signal()
    problem_clicked = Signal()
    balance_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._running = 0
        self._waiting = 0
        self._connection = Connection.UNKNOWN
        self.error: GigadeskError | None = None
        self._demo = _Pill(self)
        self._demo.hide()
        self._leave_demo = Button(parent=self)
        self._leave_demo.clicked.connect(self.leave_demo_requested)
        self._leave_demo.hide()
        self._account = ElidedLabel(self)
        self._low_balance = ("", "")
        self._balance = Button(parent=self)
        self._balance.clicked.connect(self.balance_clicked)
        self._balance.hide()
        self._queue = ElidedLabel(self)
        self._queue.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)  # the account gives way first
        self._dot = _Dot(self)
        self._state = ElidedLabel(self)
        self._problem = Button(parent=self)
        self._problem.clicked.connect(self.problem_clicked)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 0, 16, 4)
        layout.setSpacing(8)
        layout.addWidget(self._demo, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self._account)
        layout.addWidget(self._balance)
        layout.addWidget(self._leave_demo)
        layout.addStretch(1)
        layout.addWidget(self._queue)
        layout.addSpacing(8)
        layout.addWidget(self._dot)
        layout.addWidget(self._state)
        layout.addWidget(self._problem)
        self.setMinimumHeight(self._problem.sizeHint().height() + 4)  # else the page jumps when a problem comes
        self._retranslate()

    def set_account(self, text: str) -> None:
        """Whose account is in use; empty shows nothing."""
        self._account.set_text(text)

    def set_demo(self, *, demo: bool) -> None:
        """Mark that nothing here comes from the real service, where nobody has an account."""
        self._demo.setVisible(demo)
        self._account.setVisible(not demo)
        self._leave_demo.setVisible(demo)

    def set_low_balance(self, package: str, tokens: str) -> None:
        """Warn that little is left of a package; empty takes the words away."""
        self._low_balance = (package, tokens)
        self._show_balance()

    def balance_text(self) -> str:
        """What the line says about the balance; empty while there is enough."""
        return self._balance.text() if self._low_balance[0] else ""

    def set_queue(self, running: int, waiting: int) -> None:
        """How many answers are being written and how many wait."""
        self._running, self._waiting = running, waiting
        self._show_queue()

    @property
    def queue(self) -> tuple[int, int]:
        """How many answers are being written and how many wait."""
        return self._running, self._waiting

    def set_connection(self, connection: Connection, error: GigadeskError | None) -> None:
        """Whether the service can be reached, and if not, why."""
        self._connection, self.error = connection, error
        self._show_connection()

    def account_text(self) -> str:
        """What the line says about the account."""
        return self._account.whole_text()

    def queue_text(self) -> str:
        """What the line says about the queue."""
        return self._queue.whole_text()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._problem.set_theme(theme)
        self._balance.set_theme(theme)
        self._demo.set_theme(theme)
        self._leave_demo.set_theme(theme)
        self._show_connection()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Status"))
        self._demo.setText(self.tr("Demo"))
        self._demo.setToolTip(self.tr("Answers come from this computer, not from GigaChat"))
        self._leave_demo.setText(self.tr("Leave the demo"))
        self._leave_demo.setAccessibleName(self.tr("Leave the demo"))
        words = self.tr("Back to your own chats; those of the demo stay in the demo")
        self._leave_demo.setToolTip(plain_tooltip(words))
        self._show_balance()
        self._show_queue()
        self._show_connection()

    def _show_balance(self) -> None:
        package, tokens = self._low_balance
        words = self.tr("{tokens} tokens left").format(tokens=tokens)
        self._balance.setText(words)
        self._balance.setAccessibleName(words)
        explanation = self.tr("The package {package} is running out. Show the balance").format(package=package)
        self._balance.setToolTip(plain_tooltip(explanation))
        self._balance.setAccessibleDescription(explanation)
        self._balance.setVisible(bool(package))

    def _show_queue(self) -> None:
        parts = []
        if self._running:
            parts.append(self.tr("%n running", "answers in the queue", self._running))
        if self._waiting:
            parts.append(self.tr("%n waiting", "answers in the queue", self._waiting))
        self._queue.set_text(", ".join(parts))
        self._queue.setVisible(bool(parts))

    def _show_connection(self) -> None:
        words, color = "", self._theme.text_faint
        match self._connection:
            case Connection.UNKNOWN:
                pass
            case Connection.CONNECTING:
                words, color = self.tr("Connecting…"), self._theme.warning
            case Connection.ONLINE:
                words, color = self.tr("Connected"), self._theme.accent
            case Connection.OFFLINE:
                words, color = self.tr("No connection"), self._theme.danger
            case _:
                assert_never(self._connection)
        has_problem = self._connection is Connection.OFFLINE and self.error is not None
        if self.error is not None and has_problem:
            notice = notice_for(self.error)
            words = notice.title
            self._problem.setToolTip(plain_tooltip(notice.text))
            self._problem.setAccessibleDescription(notice.text)
        self._state.set_text("" if has_problem else words)
        self._state.setVisible(bool(words) and not has_problem)
        self._problem.setText(words)
        self._problem.setAccessibleName(words)
        self._problem.setVisible(has_problem)
        self._dot.set_color(color)
        self._dot.setVisible(bool(words))
        self._dot.setToolTip(plain_tooltip(words))


class _Dot(QWidget):
    """The colour of the connection; the words beside it say the same."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._color = LIGHT.text_faint
        self.setFixedSize(8, 8)

    def set_color(self, color: QColor) -> None:
        self._color = color
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._color)
        painter.drawEllipse(QPointF(self.width() / 2, self.height() / 2), 3.5, 3.5)


class _Pill(QLabel):
    """A word on a rounded ground."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setContentsMargins(8, 1, 8, 1)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.warning_background)
        painter.drawRoundedRect(self.rect(), self.height() / 2, self.height() / 2)
        painter.setPen(self._theme.warning)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
