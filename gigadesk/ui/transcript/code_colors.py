"""Colours of code, from the highlighter when it has them; code that grows keeps the colours of its beginning."""

from collections import OrderedDict
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gigadesk.markdown.blocks import Block, CodeBlock, Footnote, ItemList, Quote
from gigadesk.ui.transcript.builder import HighlightRuns
from gigadesk.ui.transcript.message_item import MessageItem

if TYPE_CHECKING:
    from gigadesk.ui.highlighter import Highlighter

_KEPT_BEGINNINGS = 24


class CodeColors(QObject):
    """Asks a highlighter, which works in another process.

    Signals:
        arrived(): colours that were asked for are there now; build the code blocks in sight again.
    """

    arrived = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._highlighter: Highlighter | None = None
        self._asked: dict[str, tuple[str, str]] = {}
        self._beginnings: OrderedDict[tuple[str, str], HighlightRuns] = OrderedDict()
        """Codes whose colours are known, newest last."""

    def runs(self, language: str, code: str) -> HighlightRuns | None:
        """The colours known now. What is not known is asked for."""
        highlighter = self._highlighter or self._start()
        waits_for_beginning = any(
            asked_language == language and code != asked and code.startswith(asked)
            for asked_language, asked in self._asked.values()
        )
        if not waits_for_beginning:
            found = highlighter.request(language, code)
            if found is not None:
                return found
            self._asked[highlighter.key(language, code)] = (language, code)
        return self._runs_of_beginning(language, code)

    def concerns(self, item: MessageItem, row: int) -> bool:
        """Whether a row shows code that may have got colours."""
        return 0 < row <= len(item.blocks) and _has_code(item.blocks[row - 1])

    def _start(self) -> "Highlighter":
        # Loaded with the first code: the first window has none.
        from gigadesk.ui.highlighter import Highlighter

        self._highlighter = Highlighter(self)
        self._highlighter.highlighted.connect(self._on_highlighted)
        return self._highlighter

    def _runs_of_beginning(self, language: str, code: str) -> HighlightRuns | None:
        for (known_language, known), runs in reversed(self._beginnings.items()):
            if known_language == language and code.startswith(known):
                # The last line may have changed its meaning with what came after.
                end = known.rfind("\n") + 1
                return [run for run in runs if run[0] + run[1] <= end]
        return None

    def _on_highlighted(self, key: str, runs: HighlightRuns) -> None:
        asked = self._asked.pop(key, None)
        if asked is None:
            return
        self._beginnings[asked] = runs
        while len(self._beginnings) > _KEPT_BEGINNINGS:
            self._beginnings.popitem(last=False)
        self.arrived.emit()


def _has_code(block: Block) -> bool:
    match block:
        case CodeBlock():
            return bool(block.language)
        case Quote() | Footnote():
            return any(_has_code(inner) for inner in block.blocks)
        case ItemList():
            return any(_has_code(inner) for item in block.items for inner in item.blocks)
        case _:
            return False
