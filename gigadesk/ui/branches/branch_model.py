"""The runs of a chat's branches as a model for a tree view. Words are read when a row comes into sight."""

import re
from collections.abc import Callable, Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QCoreApplication, QModelIndex, QObject, QPersistentModelIndex, Qt

from gigadesk.chat import MessageId, Role
from gigadesk.conversations import Beginning, BranchRun
from gigadesk.text import clean
from gigadesk.ui.transcript.words import short_moment_text
from gigadesk.ui.widgets.two_lines import spoken

Index = QModelIndex | QPersistentModelIndex
READ_AT_ONCE = 40
_MARKS = re.compile(
    r"^\s*(?:#{1,6}|[-*+>])\s+|\*\*|~~|`+|(?<![\w*])[*_](?=[^\s*_])|(?<=[^\s*_])[*_](?![\w*])", re.MULTILINE
)
"""Of Markdown; what the words look like matters, not what they are."""
_LINK = re.compile(r"!?\[([^\]\n]*)\]\([^)\s]*\)")
_FENCE = re.compile(r"^[ >]*(?:`{3,}|~{3,})[ ]*(\S*)[^`\n]*$", re.MULTILINE)
"""The line above code, with the name of its language, and the line below."""
_ROOT = QModelIndex()


class BranchRole(IntEnum):
    """What the delegate asks for, beside Qt's own."""

    RUN = Qt.ItemDataRole.UserRole + 1
    DETAILS = Qt.ItemDataRole.UserRole + 2


class _Node:
    __slots__ = ("children", "parent", "row", "run")

    def __init__(self, run: BranchRun, parent: int, row: int) -> None:
        self.run = run
        self.parent = parent
        self.row = row
        self.children: list[int] = []


class BranchModel(QAbstractItemModel):
    """`read` gives what messages begin with."""

    def __init__(
        self,
        runs: Sequence[BranchRun],
        read: Callable[[Sequence[MessageId]], dict[MessageId, Beginning]],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._read = read
        self._known: dict[MessageId, Beginning | None] = {}
        self._nodes: list[_Node] = []
        self._top: list[int] = []
        self._add(runs)

    def run(self, index: Index) -> BranchRun:
        """The run of a row."""
        return self._nodes[index.internalId()].run

    def last_shown(self) -> QModelIndex:
        """The row in which the shown branch ends."""
        shown = [number for number in self._top if self._nodes[number].run.is_shown]
        number = (shown or self._top)[-1]
        return self.createIndex(self._nodes[number].row, 0, number)

    def index(self, row: int, column: int, parent: Index = _ROOT) -> QModelIndex:
        numbers = self._nodes[parent.internalId()].children if parent.isValid() else self._top
        if column or not 0 <= row < len(numbers):
            return QModelIndex()
        return self.createIndex(row, 0, numbers[row])

    def parent(self, index: Index = _ROOT) -> QModelIndex:  # type: ignore[override]  # QObject has one without arguments
        number = self._nodes[index.internalId()].parent if index.isValid() else -1
        return self.createIndex(self._nodes[number].row, 0, number) if number >= 0 else QModelIndex()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return len(self._nodes[parent.internalId()].children if parent.isValid() else self._top)

    def columnCount(self, parent: Index = _ROOT) -> int:  # noqa: ARG002 - Qt's signature
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # what Qt asks for differs
        if not index.isValid():
            return None
        run = self.run(index)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._words(index)
            case Qt.ItemDataRole.AccessibleTextRole:
                shown = QCoreApplication.translate("BranchWindow", "Shown now") if run.is_shown else ""
                return spoken(self._words(index), self._details(index), shown)
            case BranchRole.RUN:
                return run
            case BranchRole.DETAILS:
                return self._details(index)
        return None

    def _add(self, runs: Sequence[BranchRun]) -> None:
        waiting = [(run, -1, row) for row, run in reversed(list(enumerate(runs)))]
        while waiting:
            run, parent, row = waiting.pop()
            number = len(self._nodes)
            self._nodes.append(_Node(run, parent, row))
            (self._nodes[parent].children if parent >= 0 else self._top).append(number)
            waiting.extend((below, number, place) for place, below in reversed(list(enumerate(run.below))))

    def _beginning(self, index: Index) -> Beginning | None:
        number = index.internalId()
        if self._nodes[number].run.head not in self._known:
            some = self._nodes[max(0, number - READ_AT_ONCE // 2) : number + READ_AT_ONCE]
            wanted = [node.run.head for node in some if node.run.head not in self._known]
            found = self._read(wanted)
            self._known.update((each, found.get(each)) for each in wanted)
        return self._known[self._nodes[number].run.head]

    def _words(self, index: Index) -> str:
        beginning = self._beginning(index)
        if beginning is None:
            return QCoreApplication.translate("BranchWindow", "No text yet")
        written = clean(beginning.text)
        text = _without_marks(_FENCE.sub("", written)) or beginning.file_name
        if not text and (fence := _FENCE.search(written)) is not None:
            return QCoreApplication.translate("BranchWindow", "Code ({language})").format(language=fence[1] or "…")
        return text or QCoreApplication.translate("BranchWindow", "No text yet")

    def _details(self, index: Index) -> str:
        run, beginning = self.run(index), self._beginning(index)
        parts = []
        if run.versions > 1:
            parts.append(f"{run.version}/{run.versions}")
        if beginning is not None:
            if beginning.role is Role.USER:
                parts.append(QCoreApplication.translate("Transcript", "You"))
            else:
                parts.append(beginning.model or QCoreApplication.translate("Transcript", "GigaChat"))
            parts.append(short_moment_text(beginning.created_at))
        if run.count > 1:
            parts.append(self.tr("%n message(s)", "", run.count))
        return "  ·  ".join(parts)


def _without_marks(text: str) -> str:
    """The words of Markdown in one line."""
    return " ".join(_MARKS.sub("", _LINK.sub(r"\1", text)).split())
