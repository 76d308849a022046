"""The attached files above the text, in as many rows as they need."""

import itertools
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QSizePolicy, QWidget

from gigadesk.chat import ChatFile, FileId
from gigadesk.ui.pictures import Pictures
from gigadesk.ui.theme import LIGHT, Theme
from gigadesk.ui.widgets.announce import announce

if TYPE_CHECKING:
    from gigadesk.ui.composer.chip import Chip

SPACING = 6
ROWS_MAX = 2.4
"""A bit of the next row tells that there is more to scroll to."""


class ChipShelf(QScrollArea):
    """Hidden while it is empty.

    Signals:
        remove_requested(int), retry_requested(int), opened(int): by the file's id.
        left(): the keyboard goes on to the text: the last chip is gone, or was stepped over.
    """

    remove_requested = Signal(int)
    retry_requested = Signal(int)
    opened = Signal(int)
    left = Signal()

    def __init__(self, pictures: Pictures, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._pictures = pictures
        self._inside = QWidget()
        self._inside.setProperty("kind", "bare")
        self.setProperty("kind", "bare")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidget(self._inside)
        self._inside.installEventFilter(self)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._chips: list[Chip] = []
        self._room = 0
        # Never shown: it marks the place of the chips in the order of Tab, which is before the text.
        self._first = QWidget(self._inside)
        self._first.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._first.hide()
        self._retranslate()
        self.hide()

    @property
    def chips(self) -> "tuple[Chip, ...]":
        return tuple(self._chips)

    def show_files(self, files: Sequence[ChatFile], paths: Mapping[FileId, str]) -> None:
        """Show these, in this order; `paths` says where their bytes lie."""
        known = {chip.file.id: chip for chip in self._chips}
        focused = next((place for place, chip in enumerate(self._chips) if chip.hasFocus()), None)
        gone = [chip for chip in self._chips if chip.file.id not in {file.id for file in files}]
        self._chips = [self._chip_for(file, paths.get(file.id, ""), known.get(file.id)) for file in files]
        had_focus = focused is not None and any(chip.hasFocus() for chip in gone)
        if had_focus and focused is not None:
            self._focus_near(focused)
        for chip in gone:
            chip.hide()
            chip.deleteLater()
        for before, after in itertools.pairwise((self._first, *self._chips)):
            self.setTabOrder(before, after)
        self.setVisible(bool(self._chips))
        self._arrange()
        added = [file.name for file in files if file.id not in known]
        if added:
            announce(self, self.tr("Attached: {names}").format(names=", ".join(added)))

    def set_progress(self, file_id: int, done_bytes: int, total_bytes: int) -> None:
        """So much of a file has gone up. Others are ignored."""
        for chip in self._chips:
            if chip.file.id == file_id:
                chip.set_progress(done_bytes, total_bytes)

    def focus_last(self) -> None:
        """Give the keyboard to the last chip, if there is one."""
        if self._chips:
            self._focus(self._chips[-1])

    def set_room(self, height: int) -> None:
        """Become no higher than this, in pixels, where one row has room."""
        if height != self._room:
            self._room = height
            self._arrange()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for chip in self._chips:
            chip.set_theme(theme)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._inside and event.type() == QEvent.Type.LayoutRequest:
            self._arrange()  # a chip needs more room, or less
        return super().eventFilter(watched, event)

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Attached files"))

    def _chip_for(self, file: ChatFile, path: str, known: "Chip | None") -> "Chip":
        if known is not None:
            known.show_file(file, path)
            return known
        from gigadesk.ui.composer.chip import Chip  # the first window has none

        chip = Chip(file, path, self._pictures, self._inside)
        chip.set_theme(self._theme)
        chip.remove_requested.connect(self.remove_requested)
        chip.retry_requested.connect(self.retry_requested)
        chip.clicked.connect(lambda: self.opened.emit(chip.file.id))
        chip.stepped.connect(lambda step: self._step(chip, step))
        chip.show()
        return chip

    def _step(self, chip: "Chip", step: int) -> None:
        if QApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            step = -step
        place = self._chips.index(chip) + step
        if 0 <= place < len(self._chips):
            self._focus(self._chips[place])
        elif step > 0:
            self.left.emit()

    def _focus_near(self, place: int) -> None:
        if self._chips:
            self._focus(self._chips[min(place, len(self._chips) - 1)])
        else:
            self.left.emit()

    def _focus(self, chip: "Chip") -> None:
        chip.setFocus(Qt.FocusReason.OtherFocusReason)
        self.ensureWidgetVisible(chip, 0, SPACING)

    def _arrange(self) -> None:
        """Row by row; the height follows, up to `ROWS_MAX` rows."""
        if not self._chips:
            self.setFixedHeight(0)
            return
        row_height = max(chip.sizeHint().height() for chip in self._chips)
        most = round(ROWS_MAX * (row_height + SPACING))
        if self._room:
            most = max(min(most, self._room), row_height)
        whole = self._place(self.width(), row_height)
        needs_bar = whole > most
        if needs_bar:
            whole = self._place(self.width() - self.verticalScrollBar().sizeHint().width(), row_height)
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(policy.ScrollBarAsNeeded if needs_bar else policy.ScrollBarAlwaysOff)
        height = min(whole, most)
        if self.height() != height or self.minimumHeight() != height:
            self.setFixedHeight(height)

    def _place(self, room: int, row_height: int) -> int:
        """Put the chips into rows as wide as `room`; the height of all rows."""
        place = QPoint(0, 0)
        for chip in self._chips:
            width = min(chip.sizeHint().width(), room)
            if place.x() > 0 and place.x() + width > room:
                place = QPoint(0, place.y() + row_height + SPACING)
            chip.setGeometry(place.x(), place.y(), width, row_height)
            place.setX(place.x() + width + SPACING)
        whole = place.y() + row_height
        self._inside.resize(room, whole)
        return whole
