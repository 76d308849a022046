"""The page that tells the keys: by subject, in as many columns as there is room for, with a line that filters them."""

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from gigadesk.ui.shortcuts import Shortcut, Subject, native_keys
from gigadesk.ui.widgets.labels import Heading, PlainLabel

_SCREEN_SHARE = 0.8
"""Of the screen's height, at most: the dialog has a title and a button besides."""
_COLUMN_LINES = 20.0
"""Width of a column, in heights of a line."""
_GAP_LINES = 2.0
_MOST_COLUMNS = 3
_KEYS_SHARE = 0.5
"""Keys that take more than this of a column stand below their words."""
_AIR = 4
_EDGE = 14
"""Beside the scroll bar."""
_ORDER = list(Subject)


class ShortcutsDialog(QDialog):
    """A list of the keys. Does not block the window; Esc empties the filter, then closes the page."""

    def __init__(self, shortcuts: Sequence[Shortcut], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self.filter = QLineEdit(self)
        self.filter.setPlaceholderText(self.tr("What do you want to do?"))
        self.filter.setAccessibleName(self.tr("Filter the shortcuts by words or keys"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._on_filter_changed)
        self.filter.installEventFilter(self)
        self.sections = _Sections(self, [_Section(self, _title(each), keys) for each, keys in _by_subject(shortcuts)])
        self._nothing = PlainLabel(self, self.tr("No shortcut is like that."), kind="muted")
        self._nothing.hide()
        self._area = _Area(self, self.sections)
        self._area.setAccessibleName(self.windowTitle())
        close = QPushButton(self.tr("Close"), self)
        close.setAutoDefault(False)
        close.clicked.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 10, 16)
        layout.setSpacing(16)
        top = QHBoxLayout()
        top.setContentsMargins(0, 0, 14, 0)
        top.addWidget(self.filter)
        layout.addLayout(top)
        layout.addWidget(self._nothing)
        layout.addWidget(self._area, 1)
        bottom = QHBoxLayout()
        bottom.setContentsMargins(0, 0, 14, 0)
        bottom.addStretch()
        bottom.addWidget(close)
        layout.addLayout(bottom)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # The arrows move the list while the hands stay in the filter.
        if watched is self.filter and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            bar, key = self._area.verticalScrollBar(), event.key()
            steps = {Qt.Key.Key_Down: bar.singleStep(), Qt.Key.Key_Up: -bar.singleStep()}
            steps |= {Qt.Key.Key_PageDown: bar.pageStep(), Qt.Key.Key_PageUp: -bar.pageStep()}
            if key in steps:
                bar.setValue(bar.value() + steps[Qt.Key(key)])
                return True
            if key == Qt.Key.Key_Escape and self.filter.text():
                self.filter.clear()
                return True
        return super().eventFilter(watched, event)

    def _on_filter_changed(self, text: str) -> None:
        self.sections.show_only(_folded(text).split())
        self._nothing.setVisible(self.sections.is_empty)
        self._area.setVisible(not self.sections.is_empty)
        self._area.verticalScrollBar().setValue(0)


class _Section(QWidget):
    """The keys for one subject."""

    def __init__(self, parent: QWidget, title: str, shortcuts: Sequence[Shortcut]) -> None:
        super().__init__(parent)
        self._title = title
        layout = self._form = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(7)
        layout.addWidget(Heading(self, title))
        self._rows = [_Row(self, shortcut) for shortcut in shortcuts]
        for row in self._rows:
            layout.addWidget(row)
        self.setAccessibleName(title)
        self.is_empty = False

    def height_for(self, width: int) -> int:
        """How high it is with this width."""
        return max(self._form.heightForWidth(width), 1)

    def show_only(self, words: Sequence[str]) -> None:
        """Show the keys of which all these words tell something."""
        is_meant = all(word in _folded(self._title) for word in words)
        for row in self._rows:
            row.setVisible(is_meant or all(word in row.text for word in words))
        self.is_empty = all(row.isHidden() for row in self._rows)
        self.setVisible(not self.is_empty)


class _Row(QWidget):
    """What keys do, and the keys as caps."""

    def __init__(self, parent: QWidget, shortcut: Shortcut) -> None:
        super().__init__(parent)
        names = [native_keys(each) for each in shortcut.keys]
        self.text = _folded(" ".join([shortcut.words, *names]))
        caps = [_cap(self, name) for name in names]
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(_AIR)
        first = QHBoxLayout()
        first.setSpacing(_AIR)
        words = PlainLabel(self, shortcut.words)
        first.addWidget(words, 1)
        layout.addLayout(first)
        room = _column_width(self)
        taken = sum(cap.sizeHint().width() + _AIR for cap in caps)
        if taken <= max(room - words.fontMetrics().horizontalAdvance(shortcut.words) - _AIR, room * _KEYS_SHARE):
            for cap in caps:
                first.addWidget(cap, 0, Qt.AlignmentFlag.AlignTop)
            return
        line, left = _line_of_keys(layout), room
        for cap in caps:
            if cap.sizeHint().width() > left:
                line, left = _line_of_keys(layout), room
            line.addWidget(cap)
            left -= cap.sizeHint().width() + _AIR


def _cap(parent: QWidget, name: str) -> PlainLabel:
    cap = PlainLabel(parent, name, kind="key")
    cap.setWordWrap(False)
    cap.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    cap.ensurePolished()
    return cap


def _line_of_keys(layout: QVBoxLayout) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(_AIR)
    line.addStretch()
    layout.addLayout(line)
    return line


def _column_width(widget: QWidget) -> int:
    return round(_COLUMN_LINES * widget.fontMetrics().height())


class _Sections(QWidget):
    """Sections under each other in columns of about the same height, in their order."""

    def __init__(self, parent: QWidget, sections: Sequence[_Section]) -> None:
        super().__init__(parent)
        self._sections = sections
        for section in sections:
            section.setParent(self)

    @property
    def is_empty(self) -> bool:
        return all(section.is_empty for section in self._sections)

    def show_only(self, words: Sequence[str]) -> None:
        for section in self._sections:
            section.show_only(words)
        self._arrange()

    def height_for(self, width: int) -> int:
        """How high they are with this width."""
        return max((top + height for _, _, top, height in self._places(width)), default=0)

    @property
    def column_width(self) -> int:
        return _column_width(self)

    @property
    def gap(self) -> int:
        return round(_GAP_LINES * self.fontMetrics().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._arrange()

    def _arrange(self) -> None:
        bottom = 0
        room = self.width() - _EDGE
        width = self._width_of_column(room)
        for section, left, top, height in self._places(room):
            section.setGeometry(left, top, width, height)
            bottom = max(bottom, top + height)
        self.setMinimumHeight(bottom)

    def _count(self, width: int) -> int:
        return max(1, min(_MOST_COLUMNS, (width + self.gap) // (self.column_width + self.gap)))

    def _width_of_column(self, width: int) -> int:
        count = self._count(width)
        return max(1, (width - (count - 1) * self.gap) // count)

    def _places(self, width: int) -> list[tuple[_Section, int, int, int]]:
        """Each section with its left edge, top and height."""
        own = self._width_of_column(width)
        shown = [(section, section.height_for(own)) for section in self._sections]
        shown = [(section, height) for section, height in shown if not section.is_empty]
        most = _lowest([height + self.gap for _, height in shown], self._count(width))
        places, column, top = [], 0, 0
        for section, height in shown:
            if top and top + height + self.gap > most:
                column, top = column + 1, 0
            places.append((section, column * (own + self.gap), top, height))
            top += height + self.gap
        return places


class _Area(QScrollArea):
    """As wide and as high as its content wants to be, within the screen."""

    def __init__(self, parent: QWidget, content: _Sections) -> None:
        super().__init__(parent)
        self._content = content
        self.setWidget(content)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def sizeHint(self) -> QSize:
        screen = self.screen().availableGeometry()
        column, gap = self._content.column_width, self._content.gap
        room = round(screen.width() * _SCREEN_SHARE)
        count = max(1, min(_MOST_COLUMNS, (room + gap) // (column + gap)))
        width = min(count * column + (count - 1) * gap, room)
        height = min(self._content.height_for(width), round(screen.height() * _SCREEN_SHARE) - 160)
        return QSize(width + self.verticalScrollBar().sizeHint().width() + _EDGE, max(height, 120))

    def minimumSizeHint(self) -> QSize:
        return QSize(280, 120)


def show_shortcuts(parent: QWidget, shortcuts: tuple[Shortcut, ...]) -> None:
    """Open the page, or bring it to the front."""
    found = parent.findChild(ShortcutsDialog)
    dialog = found if isinstance(found, ShortcutsDialog) else ShortcutsDialog(shortcuts, parent)
    if dialog is not found:
        dialog.ensurePolished()
        dialog.resize(dialog.sizeHint())  # by itself, a window takes no more than two thirds of the screen
    dialog.show()
    dialog.raise_()
    dialog.activateWindow()


def _by_subject(shortcuts: Sequence[Shortcut]) -> list[tuple[Subject, list[Shortcut]]]:
    ordered = sorted(shortcuts, key=lambda each: _ORDER.index(each.subject))
    return [(subject, list(keys)) for subject, keys in groupby(ordered, key=lambda each: each.subject)]


def _lowest(heights: Sequence[int], columns: int) -> int:
    """The least height of columns that hold all of these in their order."""
    low, high = max(heights, default=0), sum(heights)
    while low < high:
        middle = (low + high) // 2
        if _columns_for(heights, middle) <= columns:
            high = middle
        else:
            low = middle + 1
    return low


def _columns_for(heights: Sequence[int], most: int) -> int:
    count, top = 1, 0
    for height in heights:
        if top and top + height > most:
            count, top = count + 1, 0
        top += height
    return count


def _folded(text: str) -> str:
    return text.casefold().replace("ё", "е")


def _title(subject: Subject) -> str:
    match subject:
        case Subject.WRITING:
            return QCoreApplication.translate("ShortcutsDialog", "Writing")
        case Subject.MESSAGES:
            return QCoreApplication.translate("ShortcutsDialog", "Messages and answers")
        case Subject.READING:
            return QCoreApplication.translate("ShortcutsDialog", "Reading")
        case Subject.FINDING:
            return QCoreApplication.translate("ShortcutsDialog", "Searching")
        case Subject.CHATS:
            return QCoreApplication.translate("ShortcutsDialog", "Chats")
        case Subject.LIST:
            return QCoreApplication.translate("ShortcutsDialog", "In the list of chats")
        case Subject.WINDOW:
            return QCoreApplication.translate("ShortcutsDialog", "Window and program")
