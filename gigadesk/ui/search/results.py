"""The results as a model: hits in their order, read as the list asks for them."""

from enum import IntEnum

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from gigadesk.search.hits import Hit, HitKind

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class Role(IntEnum):
    """What a row has besides what it says."""

    HIT = Qt.ItemDataRole.UserRole + 1


class ResultModel(QAbstractListModel):
    """Grows at its end.

    Signals:
        more_wanted(): the last hits are near the sight.
    """

    more_wanted = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.hits: list[Hit] = []
        self.can_go_on = False

    def set_hits(self, hits: tuple[Hit, ...]) -> None:
        """Begin anew."""
        self.beginResetModel()
        self.hits = list(hits)
        self.endResetModel()

    def add_hits(self, hits: tuple[Hit, ...]) -> None:
        """These come after the others."""
        if not hits:
            return
        self.beginInsertRows(QModelIndex(), len(self.hits), len(self.hits) + len(hits) - 1)
        self.hits.extend(hits)
        self.endInsertRows()

    def number_of(self, wanted: Hit) -> int | None:
        """The row with the same message, title or file; None if it is not there."""
        return next((number for number, hit in enumerate(self.hits) if _name(hit) == _name(wanted)), None)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.hits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self.hits):
            return None
        hit = self.hits[index.row()]
        if role == Role.HIT:
            return hit
        if role == Qt.ItemDataRole.AccessibleTextRole or role == Qt.ItemDataRole.DisplayRole:  # noqa: PLR1714 - ints
            return f"{hit.title}: {hit.preview if hit.kind is HitKind.TITLE else hit.snippet}"
        return None

    def canFetchMore(self, parent: Index = _NOWHERE) -> bool:
        return not parent.isValid() and self.can_go_on

    def fetchMore(self, parent: Index = _NOWHERE) -> None:
        if not parent.isValid() and self.can_go_on:
            self.can_go_on = False  # until it is told again
            self.more_wanted.emit()


def _name(hit: Hit) -> tuple[object, ...]:
    """What is the same when it is found again."""
    return hit.kind, hit.chat_id, hit.message_id, hit.snippet if hit.kind is HitKind.FILE else ""
