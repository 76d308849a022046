"""A layout that goes on in the next line, as words do."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class WrappingLayout(QLayout):
    """Parts one after the other, each as wide as it likes but no wider than a line."""

    def __init__(self, parent: QWidget, spacing: int) -> None:
        super().__init__(parent)
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)
        self._items: list[QLayoutItem] = []

    # What Qt asks

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        spots = self._spots(width)
        return max((spot.bottom() + 1 for spot in spots), default=0)

    def sizeHint(self) -> QSize:
        hints = [item.sizeHint() for item in self._items]
        width = sum(hint.width() + self.spacing() for hint in hints) - self.spacing()
        return QSize(max(width, 0), max((hint.height() for hint in hints), default=0))

    def minimumSize(self) -> QSize:
        sizes = [item.minimumSize() for item in self._items]
        return QSize(
            max((size.width() for size in sizes), default=0), max((size.height() for size in sizes), default=0)
        )

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        parent = self.parentWidget()
        is_mirrored = parent is not None and parent.isRightToLeft()
        for item, spot in zip(self._items, self._spots(rect.width()), strict=True):
            if is_mirrored:
                spot.moveRight(rect.width() - 1 - spot.left())
            item.setGeometry(spot.translated(rect.topLeft()))

    def _spots(self, width: int) -> list[QRect]:
        """Where the parts are in lines of this width."""
        spots: list[QRect] = []
        corner, bottom = QPoint(0, 0), 0
        for item in self._items:
            size = item.sizeHint().boundedTo(QSize(width, item.sizeHint().height()))
            if corner.x() > 0 and corner.x() + size.width() > width:
                corner = QPoint(0, bottom + self.spacing())
            spots.append(QRect(corner, size))
            bottom = max(bottom, corner.y() + size.height())
            corner = QPoint(corner.x() + size.width() + self.spacing(), corner.y())
        return spots
