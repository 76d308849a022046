"""A small window to choose a folder in: typing narrows the list down, and makes a new one."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from gigadesk.chat import Folder, FolderId
from gigadesk.limits import TITLE_MAX_CHARS
from gigadesk.text import one_line
from gigadesk.ui.sidebar.folder_colors import folder_shade
from gigadesk.ui.sidebar.found_chats import folded
from gigadesk.ui.sidebar.list_words import PATH_SIGN, folder_words
from gigadesk.ui.theme import Theme
from gigadesk.ui.widgets.announce import announce
from gigadesk.ui.widgets.icons import icon
from gigadesk.ui.widgets.tooltips import plain_tooltip

WIDTH_EM = 22
_ROWS = 9


class MovePopup(QWidget):
    """Lists folders with those above them. Esc closes it; it goes by itself when it loses the keyboard.

    Signals:
        folder_chosen(object): the `FolderId`, or None for no folder.
        new_folder_chosen(str): the name of a folder that is to be made.
    """

    folder_chosen = Signal(object)
    new_folder_chosen = Signal(str)

    def __init__(self, parent: QWidget, folders: Sequence[Folder], theme: Theme, *, is_new_possible: bool) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("move-popup")
        self._anchor = parent
        self._theme = theme
        self._is_new_possible = is_new_possible
        self._folders = folders
        self._paths = _paths(folders)
        self._field = QLineEdit(self)
        self._field.setMaxLength(TITLE_MAX_CHARS)
        hint = self.tr("Find a folder, or name a new one") if is_new_possible else self.tr("Find a folder")
        self._field.setPlaceholderText(hint)
        self._field.setAccessibleName(hint)
        self._field.textChanged.connect(self._fill)
        self._field.installEventFilter(self)
        self._list = QListWidget(self)
        self._list.setAccessibleName(self.tr("Folders"))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self._list.setUniformItemSizes(True)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setStyleSheet(
            f"QListWidget {{ background: transparent; color: {theme.text.name()}; outline: none; }}"
            "QListWidget::item { padding: 5px 6px; border-radius: 6px; }"
            f"QListWidget::item:selected {{ background: {theme.selected.name()}; color: {theme.text.name()}; }}"
        )
        self._list.itemClicked.connect(self._on_item_chosen)
        self._list.currentRowChanged.connect(self._tell)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(6)
        layout.addWidget(self._field)
        layout.addWidget(self._list)
        self._fill("")

    def open_at(self, place: QPoint) -> None:
        """Show it with a corner at this place of the screen, as far as there is room."""
        row = self._list.sizeHintForRow(0) if self._list.count() else self.fontMetrics().height()
        height = max(row, 1) * min(max(self._list.count(), 3), _ROWS) + 4 * self._list.frameWidth()
        self._list.setFixedHeight(height)
        self.resize(QSize(self.fontMetrics().height() * WIDTH_EM, self.sizeHint().height()))
        room = self._anchor.screen().availableGeometry()
        x = min(place.x(), room.right() - self.width())
        y = min(place.y(), room.bottom() - self.height())
        self.move(max(x, room.left()), max(y, room.top()))
        self.show()
        self._field.setFocus()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.surface)
        painter.setPen(self._theme.border)
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            row = self._list.currentRow()
            match event.key():
                case Qt.Key.Key_Down:
                    self._list.setCurrentRow(min(row + 1, self._list.count() - 1))
                case Qt.Key.Key_Up:
                    self._list.setCurrentRow(max(row - 1, 0))
                case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                    self._on_item_chosen(self._list.currentItem())
                case Qt.Key.Key_Escape:
                    self.close()
                case _:
                    return False
            return True
        return super().eventFilter(watched, event)

    def _fill(self, text: str) -> None:
        words = folded(text).split()
        self._list.clear()
        if not words:
            self._add(self.tr("No folder"), None, "close")
        for folder in self._folders:
            path = self._paths[folder.id]
            if all(word in folded(path) for word in words):
                item = self._add(path, folder.id, "folder")
                item.setIcon(icon("folder", folder_shade(folder.color, self._theme)))
        name = one_line(text)
        if self._is_new_possible and name and not any(folder_words(each) == name for each in self._folders):
            self._add(self.tr("New folder “%1”").replace("%1", name), name, "folder-plus")
        self._list.setCurrentRow(0)

    def _add(self, words: str, value: FolderId | str | None, icon_name: str) -> QListWidgetItem:
        item = QListWidgetItem(icon(icon_name, self._theme.text_muted), words, self._list)
        item.setData(Qt.ItemDataRole.UserRole, value)
        item.setToolTip(plain_tooltip(words))
        return item

    def _tell(self, row: int) -> None:
        """The keyboard stays in the field: which row is chosen has to be said."""
        item = self._list.item(row)
        if item is not None:
            announce(self, item.text())

    def _on_item_chosen(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        value = item.data(Qt.ItemDataRole.UserRole)
        self.close()
        if isinstance(value, str):
            self.new_folder_chosen.emit(value)
        else:
            self.folder_chosen.emit(value)


def _paths(folders: Sequence[Folder]) -> dict[FolderId, str]:
    """Each folder with those above it; a parent stands before its children."""
    paths: dict[FolderId, str] = {}
    for folder in folders:
        above = paths.get(folder.parent_id) if folder.parent_id is not None else None
        name = folder_words(folder)
        paths[folder.id] = name if above is None else f"{above}{PATH_SIGN}{name}"
    return paths
