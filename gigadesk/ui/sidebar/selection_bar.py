"""A slim bar that says how many chats are selected, with what can be done with all of them."""

from PySide6.QtCore import QCoreApplication, QEvent, QRectF, QSize, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from gigadesk.ui.shortcuts import with_keys
from gigadesk.ui.sidebar.list_wishes import ARCHIVE_KEYS, MOVE_KEYS, PIN_KEYS, ListCommand
from gigadesk.ui.theme import LIGHT, Theme
from gigadesk.ui.widgets.announce import announce
from gigadesk.ui.widgets.buttons import Button
from gigadesk.ui.widgets.elided_label import ElidedLabel

ANNOUNCE_MS = 700
"""How many are selected is said when no more come."""

_ICON_SIZE = 16
_BUTTONS = (
    (ListCommand.PIN, "pin", PIN_KEYS),
    (ListCommand.ARCHIVE, "archive", ARCHIVE_KEYS),
    (ListCommand.MOVE, "folder", MOVE_KEYS),
    (ListCommand.DELETE, "trash", "Del"),
)


class SelectionBar(QWidget):
    """Hidden until several chats are selected.

    Signals:
        command_chosen(str): the value of a `ListCommand`: pin, archive (or the opposite), move, delete.
        given_up(): select nothing any more.
    """

    command_chosen = Signal(str)
    given_up = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._count = 0
        self._words = ElidedLabel(self)
        self._words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._announcing = QTimer(self)
        self._announcing.setSingleShot(True)
        self._announcing.setInterval(ANNOUNCE_MS)
        self._announcing.timeout.connect(lambda: announce(self, self._words.whole_text()))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 2, 4, 2)
        layout.setSpacing(0)
        layout.addWidget(self._words, 1)
        self._buttons: dict[ListCommand, Button] = {}
        for command, icon_name, _ in _BUTTONS:
            button = Button(icon_name, parent=self, icon_size=_ICON_SIZE)
            button.clicked.connect(lambda _=False, name=command.value: self.command_chosen.emit(name))
            self._buttons[command] = button
            layout.addWidget(button)
        self._close = Button("close", parent=self, icon_size=_ICON_SIZE)
        self._close.clicked.connect(self.given_up)
        layout.addWidget(self._close)
        self._retranslate()
        self.hide()

    def show_count(self, count: int) -> None:
        """So many chats are selected; the bar is there from two on."""
        if count != self._count:
            self._announcing.start()
        self._count = count
        self._words.set_text(self.tr("%n selected", "", count), self.locale().toString(count))
        self.setVisible(count > 1)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for button in (*self._buttons.values(), self._close):
            button.set_theme(theme)
        self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.border, 1))
        painter.setBrush(self._theme.surface)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)

    def _retranslate(self) -> None:
        self.show_count(self._count)
        for command, _, keys in _BUTTONS:
            words = command_words(command)
            self._buttons[command].setAccessibleName(words)
            self._buttons[command].setToolTip(with_keys(words, keys))
        self._close.setAccessibleName(self.tr("Select nothing"))
        self._close.setToolTip(with_keys(self.tr("Select nothing"), "Esc"))


def command_words(command: ListCommand) -> str:  # noqa: C901, PLR0912 - a table
    """What a command is called in menus and on buttons."""
    match command:
        case ListCommand.PIN:
            return QCoreApplication.translate("ListCommands", "Pin")
        case ListCommand.UNPIN:
            return QCoreApplication.translate("ListCommands", "Unpin")
        case ListCommand.ARCHIVE:
            return QCoreApplication.translate("ListCommands", "Archive")
        case ListCommand.UNARCHIVE:
            return QCoreApplication.translate("ListCommands", "Take out of the archive")
        case ListCommand.MARK_READ:
            return QCoreApplication.translate("ListCommands", "Mark as read")
        case ListCommand.MARK_UNREAD:
            return QCoreApplication.translate("ListCommands", "Mark as unread")
        case ListCommand.MOVE:
            return QCoreApplication.translate("ListCommands", "Move to folder…")
        case ListCommand.DUPLICATE:
            return QCoreApplication.translate("ListCommands", "Duplicate")
        case ListCommand.OPEN_WINDOW:
            return QCoreApplication.translate("ListCommands", "Open in a new window")
        case ListCommand.NEW_FOLDER:
            return QCoreApplication.translate("ListCommands", "New folder")
        case ListCommand.COLOR_FOLDER:
            return QCoreApplication.translate("ListCommands", "Color")
        case ListCommand.MOVE_FOLDER:
            return QCoreApplication.translate("ListCommands", "Move folder…")
        case ListCommand.DELETE_FOLDER:
            return QCoreApplication.translate("ListCommands", "Delete folder")
        case ListCommand.EXPORT:
            return QCoreApplication.translate("ListCommands", "Export…")
        case ListCommand.IMPORT:
            return QCoreApplication.translate("ListCommands", "Import chats…")
        case _:
            return QCoreApplication.translate("ListCommands", "Delete")
